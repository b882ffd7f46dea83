//! `/graphql`: a request over GET or POST becomes a GraphQL request, its answer an HTTP answer.
//!
//! `POST {"query": "{ stats { entityCount } }"}` → 200; `GET ?query=mutation…` → 405; a batch → 400
//!
//! Follows *GraphQL over HTTP*. Must not know what a query means.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{ParseRequestError, Request, ServerError, Variables};
use async_graphql_axum::GraphQLRequest;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, Request as HttpRequest, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::task::JoinHandle;

use super::Settings;
use super::accept::{MediaType, is_json, negotiate};
use super::answer::{Refused, written};
use crate::api::{self, Schema};

const NO_QUERY: &str = "there is no query";

/// What the handlers need.
struct Endpoint {
    schema: Schema,
    settings: Settings,
}

/// The endpoint's routes.
pub(super) fn routes(schema: Schema, settings: &Settings) -> Router {
    let endpoint = Arc::new(Endpoint { schema, settings: settings.clone() });
    let other = || async { Refused::method("GET, POST", "the API answers GET and POST") };
    Router::new().route("/graphql", get(ask).post(tell).fallback(other)).with_state(endpoint)
}

/// What a client may send in the URL.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<serde_json::Map<String, Value>>,
    /// Accepted as the protocol demands; nothing here uses them.
    #[allow(dead_code)]
    extensions: Option<serde_json::Map<String, Value>>,
}

impl Sent {
    fn request(self) -> Result<Request, Refused> {
        let query = self.query.filter(|query| !query.trim().is_empty()).ok_or_else(|| Refused::bad(NO_QUERY))?;
        let mut request = Request::new(query);
        request.operation_name = self.operation_name.filter(|name| !name.is_empty());
        if let Some(variables) = self.variables {
            request = request.variables(Variables::from_json(Value::Object(variables)));
        }
        Ok(request)
    }
}

/// GET: only reads.
async fn ask(State(endpoint): State<Arc<Endpoint>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let media_type = match agreed(&headers) {
        Ok(media_type) => media_type,
        Err(refused) => return refused.into_response(),
    };
    let request = from_url(query.as_deref().unwrap_or_default()).and_then(Sent::request).and_then(|request| {
        match operation(&request, &endpoint.settings) {
            Some(OperationType::Query) | None => Ok(request),
            Some(_) => Err(Refused::method("POST", "only queries are answered over GET; send a POST")),
        }
    });
    endpoint.answer(request, media_type).await
}

/// POST: anything, in JSON.
async fn tell(State(endpoint): State<Arc<Endpoint>>, request: HttpRequest<Body>) -> Response {
    let media_type = match agreed(request.headers()) {
        Ok(media_type) => media_type,
        Err(refused) => return refused.into_response(),
    };
    let sent = match endpoint.body(request).await {
        Ok(bytes) => from_body(bytes).await,
        Err(refused) => Err(refused),
    };
    endpoint.answer(sent, media_type).await
}

fn agreed(headers: &HeaderMap) -> Result<MediaType, Refused> {
    // Several Accept headers count as one.
    let accept: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    negotiate(Some(accept.join(",").as_str()).filter(|accept| !accept.is_empty())).ok_or_else(|| {
        let message = "answers are application/graphql-response+json or application/json";
        Refused::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
    })
}

/// The type of the operation that would be executed; `None` when there is none, which execution will say.
fn operation(request: &Request, settings: &Settings) -> Option<OperationType> {
    // The parser recurses into brackets: nothing is parsed that the guard refuses.
    api::guard(&request.query, &settings.limits).ok()?;
    let document = async_graphql::parser::parse_query(&request.query).ok()?;
    match (&document.operations, &request.operation_name) {
        (DocumentOperations::Single(operation), _) => Some(operation.node.ty),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name.as_str()).map(|operation| operation.node.ty),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

fn from_url(query: &str) -> Result<Sent, Refused> {
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

impl Endpoint {
    /// The body of a request, when it is JSON and not too large.
    async fn body(&self, request: HttpRequest<Body>) -> Result<Bytes, Refused> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_json) {
            let message = "the body must be application/json in UTF-8";
            return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message));
        }
        let largest = self.settings.largest_body_bytes;
        let too_large = || {
            let message = format!("the request is larger than {largest} bytes; pass less, or in several requests");
            Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
        };
        let announced =
            request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
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

    async fn answer(&self, request: Result<Request, Refused>, media_type: MediaType) -> Response {
        let request = match request {
            Ok(request) => request,
            Err(refused) => return refused.with_type(media_type.header()).into_response(),
        };
        let schema = self.schema.clone();
        let work = tokio::spawn(async move { api::execute(&schema, request).await });
        match in_time(work, self.settings.request_timeout).await {
            Ok(response) => executed(response, media_type),
            Err(refused) => refused.with_type(media_type.header()).into_response(),
        }
    }
}

/// Waits for work that has a task of its own: the answer to a request that takes too long is not held up by its work.
async fn in_time<T>(mut work: JoinHandle<T>, most: Duration) -> Result<T, Refused> {
    match tokio::time::timeout(most, &mut work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(failed)) => match failed.try_into_panic() {
            // To the layer that answers panics.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "the request was ended")),
        },
        Err(_) => {
            work.abort();
            let message = format!("the request took longer than {} s; ask for less at once", most.as_secs_f32());
            Err(Refused::new(StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT", message))
        }
    }
}

/// The HTTP answer to an executed request, or to one that was refused before its execution.
fn executed(response: async_graphql::Response, media_type: MediaType) -> Response {
    let not_executed = !response.errors.is_empty()
        && response.data == async_graphql::Value::Null
        && response.errors.iter().all(|error| error.path.is_empty());
    let status = match media_type {
        MediaType::GraphqlResponse if not_executed => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let body = AnswerBody {
        data: (!not_executed).then_some(&response.data),
        errors: &response.errors,
        extensions: &response.extensions,
    };
    written(status, media_type.header(), &body)
}

/// The body of an answer, written as it is: the order of its fields is the order in which the query asks for them.
#[derive(Serialize)]
struct AnswerBody<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'r async_graphql::Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'r [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'r BTreeMap<String, async_graphql::Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_takes_too_long_is_given_up() {
        let refused =
            in_time(tokio::spawn(std::future::pending::<()>()), Duration::from_millis(1)).await.expect_err("too long");
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(in_time(tokio::spawn(async { 7 }), Duration::from_secs(60)).await.ok(), Some(7));
    }
}
