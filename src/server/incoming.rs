//! What a client sends becomes a GraphQL request.
//!
//! `POST {"query": "{ stats { entityCount } }"}`, `GET ?query=…` → a request; a batch, no JSON, too many bytes → a refusal
//!
//! Follows *GraphQL over HTTP*. Must not know what a query means.

use async_graphql::{ParseRequestError, Request, Variables};
use async_graphql_axum::GraphQLRequest;
use axum::body::{Body, Bytes};
use axum::extract::FromRequest;
use axum::http::{HeaderValue, Method, Request as HttpRequest, StatusCode, header};
use serde::Deserialize;
use serde_json::Value;

use super::accept::is_json;
use super::answer::Refused;

const NO_QUERY: &str = "there is no query";

/// What a client sends: in the URL, or as the payload of a message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sent {
    pub(super) query: Option<String>,
    operation_name: Option<String>,
    variables: Option<serde_json::Map<String, Value>>,
    /// Accepted as the protocol demands; nothing here uses them.
    #[allow(dead_code)]
    extensions: Option<serde_json::Map<String, Value>>,
}

impl Sent {
    pub(super) fn request(self) -> Result<Request, Refused> {
        let query = self.query.filter(|query| !query.trim().is_empty()).ok_or_else(|| Refused::bad(NO_QUERY))?;
        let mut request = Request::new(query);
        request.operation_name = self.operation_name.filter(|name| !name.is_empty());
        if let Some(variables) = self.variables {
            request = request.variables(Variables::from_json(Value::Object(variables)));
        }
        Ok(request)
    }
}

/// The request that a URL's parameters hold.
pub(super) fn from_url(query: &str) -> Result<Request, Refused> {
    parameters(query).and_then(Sent::request)
}

/// The request that the body of a POST holds.
pub(super) async fn from_post(request: HttpRequest<Body>, largest_bytes: usize) -> Result<Request, Refused> {
    from_body(body(request, largest_bytes).await?).await
}

fn parameters(query: &str) -> Result<Sent, Refused> {
    let mut sent = Sent { query: None, operation_name: None, variables: None, extensions: None };
    let object = |name: &str, text: &str| match text {
        "" | "null" => Ok(None),
        text => serde_json::from_str(text).map(Some).map_err(|_| Refused::bad(format!("{name} must be a JSON object"))),
    };
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_| Refused::bad("the URL's parameters cannot be read"))?;
    for (name, value) in pairs {
        match name.as_str() {
            "query" => sent.query = Some(value),
            "operationName" => sent.operation_name = Some(value),
            "variables" => sent.variables = object("variables", &value)?,
            "extensions" => sent.extensions = object("extensions", &value)?,
            _ => {}
        }
    }
    Ok(sent)
}

/// The body of a POST, read by the framework's extractor once it is known to be one request in JSON.
async fn from_body(bytes: Bytes) -> Result<Request, Refused> {
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refused::bad("batches are not answered; send one request at a time"));
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).map_err(|error| {
        Refused::bad(format!("the body is no JSON (line {}, column {})", error.line(), error.column()))
    })?;
    let mut request = HttpRequest::new(Body::from(bytes));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut request = GraphQLRequest::<Refused>::from_request(request, &()).await?.into_inner();
    if request.query.trim().is_empty() {
        return Err(Refused::bad(NO_QUERY));
    }
    request.operation_name = request.operation_name.filter(|name| !name.is_empty());
    Ok(request)
}

impl From<ParseRequestError> for Refused {
    /// The framework's own words name its types; what the client can do is to send the right shape.
    fn from(_: ParseRequestError) -> Self {
        Self::bad("the body must be an object with query: string, operationName: string, variables: object")
    }
}

/// The body of a request, when it is JSON and not too large.
async fn body(request: HttpRequest<Body>, largest: usize) -> Result<Bytes, Refused> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(is_json) {
        let message = "the body must be application/json in UTF-8";
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    let too_large = || {
        let message = format!("the request is larger than {largest} bytes; pass less, or in several requests");
        Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
    };
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > largest as u64) {
        return Err(too_large());
    }
    axum::body::to_bytes(request.into_body(), largest).await.map_err(|error| {
        let source: Option<&dyn std::error::Error> = std::error::Error::source(&error);
        match source.is_some_and(|s| s.to_string().contains("length limit"))
            || error.to_string().contains("length limit")
        {
            true => too_large(),
            false => Refused::bad("the body ended too early"),
        }
    })
}
