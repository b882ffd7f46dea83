//! What a client sends becomes a GraphQL request.
//!
//! `POST {"query": "{ stats { entityCount } }"}`, `GET ?query=…` → a request; a batch, no JSON, too many bytes → a refusal
//!
//! Follows *GraphQL over HTTP*. Must not know what a query means.

use async_graphql::futures_util::StreamExt;
use async_graphql::{Extensions, ParseRequestError, Request, Variables};
use async_graphql_axum::GraphQLRequest;
use axum::body::{Body, Bytes};
use axum::extract::FromRequest;
use axum::http::{HeaderMap, HeaderValue, Method, Request as HttpRequest, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Settings;
use super::accept::is_json;
use super::answer::Refused;

/// How many times the largest body is read of one that is too large.
const OVERHEARD: usize = 8;
const NO_QUERY: &str = "there is no query";

/// A request, perhaps for an operation that the server has by an id.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) document_id: Option<String>,
}

impl Asked {
    /// Whether the query may be left out because it is named otherwise.
    fn names_query(&self) -> bool {
        self.document_id.is_some() || self.request.extensions.contains_key("persistedQuery")
    }

    fn checked(mut self) -> Result<Self, Refused> {
        self.request.operation_name = self.request.operation_name.filter(|name| !name.is_empty());
        self.document_id = self.document_id.filter(|id| !id.is_empty());
        if self.request.query.trim().is_empty() && !self.names_query() {
            return Err(Refused::shape(NO_QUERY));
        }
        Ok(self)
    }
}

/// What a client sends: in the URL, or as the payload of a message.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sent {
    pub(super) query: Option<String>,
    #[serde(alias = "doc_id", alias = "id")]
    pub(super) document_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<Map<String, Value>>,
    extensions: Option<Map<String, Value>>,
}

impl Sent {
    pub(super) fn asked(self) -> Result<Asked, Refused> {
        let mut request = Request::new(self.query.unwrap_or_default());
        request.operation_name = self.operation_name;
        if let Some(variables) = self.variables {
            request = request.variables(Variables::from_json(Value::Object(variables)));
        }
        for (name, value) in self.extensions.into_iter().flatten() {
            if let Ok(value) = async_graphql::Value::from_json(value) {
                request.extensions.insert(name, value);
            }
        }
        Asked { request, document_id: self.document_id }.checked()
    }
}

/// The request that a URL's parameters hold.
pub(super) fn from_url(query: &str) -> Result<Asked, Refused> {
    parameters(query).and_then(Sent::asked)
}

/// The request that the body of a POST holds.
pub(super) async fn from_post(headers: &HeaderMap, sent: Body, settings: &Settings) -> Result<Asked, Refused> {
    from_body(json_body(headers, sent, settings).await?).await
}

/// The body of a POST, when it is JSON, not too large and there in time.
pub(super) async fn json_body(headers: &HeaderMap, sent: Body, settings: &Settings) -> Result<Bytes, Refused> {
    let read = body(headers, sent, settings.largest_body_bytes);
    let Ok(bytes) = tokio::time::timeout(settings.read_timeout, read).await else {
        let message = format!("the body did not arrive within {} s", settings.read_timeout.as_secs_f32());
        return Err(Refused::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", message).closing());
    };
    bytes
}

fn parameters(query: &str) -> Result<Sent, Refused> {
    let mut sent = Sent::default();
    let object = |name: &str, text: &str| match text {
        "" | "null" => Ok(None),
        text => {
            serde_json::from_str(text).map(Some).map_err(|_| Refused::shape(format!("{name} must be a JSON object")))
        }
    };
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_| Refused::bad("the URL's parameters cannot be read"))?;
    for (name, value) in pairs {
        match name.as_str() {
            "query" => sent.query = Some(value),
            "documentId" | "doc_id" | "id" => sent.document_id = Some(value),
            "operationName" => sent.operation_name = Some(value),
            "variables" => sent.variables = object("variables", &value)?,
            "extensions" => sent.extensions = object("extensions", &value)?,
            _ => {}
        }
    }
    Ok(sent)
}

/// The body of a POST as it mostly is. What cannot be read so is looked at more closely, to say what is wrong with it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usual {
    #[serde(default)]
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    #[serde(default)]
    extensions: Extensions,
    #[serde(default, alias = "doc_id", alias = "id")]
    document_id: Option<String>,
}

/// The body of a POST, read by the framework's extractor where it is not as it mostly is, and known to be one request in JSON.
async fn from_body(bytes: Bytes) -> Result<Asked, Refused> {
    if bytes.trim_ascii_start().starts_with(b"{")
        && let Ok(sent) = serde_json::from_slice::<Usual>(&bytes)
    {
        let mut request = Request::new(sent.query).variables(sent.variables);
        (request.operation_name, request.extensions) = (sent.operation_name, sent.extensions);
        return Asked { request, document_id: sent.document_id }.checked();
    }
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refused::shape("batches are not answered; send one request at a time"));
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).map_err(|error| {
        Refused::bad(format!("the body is no JSON (line {}, column {})", error.line(), error.column()))
    })?;
    // The framework's request knows no such member.
    let document_id = serde_json::from_slice::<Named>(&bytes).ok().and_then(|named| named.document_id);
    let mut request = HttpRequest::new(Body::from(bytes));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let request = GraphQLRequest::<Refused>::from_request(request, &()).await?.into_inner();
    Asked { request, document_id }.checked()
}

/// What of a body names an operation that the server has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    #[serde(alias = "doc_id", alias = "id")]
    document_id: Option<String>,
}

impl From<ParseRequestError> for Refused {
    /// The framework's own words name its types; what the client can do is to send the right shape.
    fn from(_: ParseRequestError) -> Self {
        Self::shape("the body must be an object with query: string, operationName: string, variables: object")
    }
}

/// The body of a request, when it is JSON and not too large.
async fn body(headers: &HeaderMap, sent: Body, largest: usize) -> Result<Bytes, Refused> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(is_json) {
        let message = "the body must be application/json in UTF-8";
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    let too_large = || {
        let message = format!("the request is larger than {largest} bytes; pass less, or in several requests");
        Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message).closing()
    };
    let mut body = sent.into_data_stream();
    let (mut bytes, mut read) = (Parts::None, 0_usize);
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| Refused::bad("the body ended too early").closing())?;
        read = read.saturating_add(part.len());
        bytes = if read <= largest { bytes.with(part) } else { Parts::None };
        // Whoever still sends does not hear the answer: a little more is read, and thrown away.
        if read > largest.saturating_mul(OVERHEARD) {
            return Err(too_large());
        }
    }
    if read > largest { Err(too_large()) } else { Ok(bytes.whole()) }
}

/// What has come of a body. Most come in one part, which is not copied.
enum Parts {
    None,
    One(Bytes),
    Several(Vec<u8>),
}

impl Parts {
    fn with(self, part: Bytes) -> Self {
        match self {
            Self::None => Self::One(part),
            Self::One(first) => Self::Several([first, part].concat()),
            Self::Several(mut parts) => {
                parts.extend_from_slice(&part);
                Self::Several(parts)
            }
        }
    }

    fn whole(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::One(part) => part,
            Self::Several(parts) => parts.into(),
        }
    }
}
