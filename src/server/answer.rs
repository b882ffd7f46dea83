//! The shape of answers, and answers that say what was wrong with a request as such, in the shape of GraphQL errors.
//!
//! 413 → `{"errors": [{"message": "the request is larger than 1048576 bytes", "extensions": {"code": "PAYLOAD_TOO_LARGE"}}]}`
//!
//! Must not know routes.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, ServerError, Value};
use axum::body::Body;
use axum::http::{HeaderName, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use crate::query::Code;

/// A refusal of a request as such.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    message: String,
    header: Option<(HeaderName, &'static str)>,
    media_type: &'static str,
    /// Whether what was sent can be read, but has not the shape of a GraphQL request.
    pub(super) misshapen: bool,
}

/// The media type of errors when no other was agreed on.
const JSON: &str = "application/json; charset=utf-8";

impl Refused {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), header: None, media_type: JSON, misshapen: false }
    }

    /// A request that cannot be read.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// A request that is no GraphQL request.
    pub(super) fn shape(message: impl Into<String>) -> Self {
        Self { misshapen: true, ..Self::bad(message) }
    }

    /// A request without a token in force, where one is needed to read.
    pub(super) fn unknown_caller() -> Self {
        let message = "reading needs a token in force here; make one with: maillage token new --data DIR NAME";
        let refused = Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message);
        Self { header: Some((header::WWW_AUTHENTICATE, "Bearer")), ..refused }
    }

    /// An operation that takes too long.
    pub(super) fn overdue(most: std::time::Duration) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::LimitExceeded.as_str(), too_long(most))
    }

    /// Something that there is no room for now.
    pub(super) fn busy(message: impl Into<String>) -> Self {
        let refused = Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::LimitExceeded.as_str(), message);
        Self { header: Some((header::RETRY_AFTER, "5")), ..refused }
    }

    /// A method that is not answered here.
    pub(super) fn method(allow: &'static str, message: impl Into<String>) -> Self {
        Self {
            header: Some((header::ALLOW, allow)),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message)
        }
    }

    /// The same refusal in another media type.
    pub(super) fn with_type(self, media_type: &'static str) -> Self {
        Self { media_type, ..self }
    }

    /// The same refusal, behind which the connection ends.
    pub(super) fn closing(self) -> Self {
        Self { header: Some((header::CONNECTION, "close")), ..self }
    }

    /// The refusal as an error of an operation.
    pub(super) fn error(&self) -> ServerError {
        error(self.code, &self.message)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "errors": [{ "message": self.message, "extensions": { "code": self.code } }] });
        let mut response = written(self.status, self.media_type, &body);
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}

/// An answer with a JSON body.
pub(super) fn written(status: StatusCode, media_type: &'static str, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => written_as(status, media_type, bytes),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An answer whose JSON is written already.
pub(super) fn written_as(status: StatusCode, media_type: &'static str, bytes: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response()
}

/// The body of an answer, written as it is: the order of its fields is the order in which the query asks for them.
#[derive(Serialize)]
pub(super) struct AnswerBody<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'r Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'r [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'r BTreeMap<String, Value>,
}

static NO_EXTENSIONS: BTreeMap<String, Value> = BTreeMap::new();

impl<'r> AnswerBody<'r> {
    /// The body of an answer to what was not executed.
    pub(super) fn of_errors(errors: &'r [ServerError]) -> Self {
        Self { data: None, errors, extensions: &NO_EXTENSIONS }
    }
}

impl<'r> From<&'r async_graphql::Response> for AnswerBody<'r> {
    fn from(response: &'r async_graphql::Response) -> Self {
        let data = (!not_executed(response)).then_some(&response.data);
        Self { data, errors: &response.errors, extensions: &response.extensions }
    }
}

/// Whether a request was refused before its execution.
pub(super) fn not_executed(response: &async_graphql::Response) -> bool {
    !response.errors.is_empty()
        && response.data == Value::Null
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// An error that the server finds outside of any execution.
pub(super) fn error(code: &'static str, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
    error
}

/// The code of an error: a word of ours.
pub(super) fn code(error: &ServerError) -> &str {
    match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code,
        _ => "NONE",
    }
}

/// The error of an operation that took too long.
pub(super) fn too_long(most: std::time::Duration) -> String {
    let most = most.as_secs_f32();
    format!(
        "the time of execution is longer than {most} s, and no more is allowed; ask for less at once, or for smaller pages"
    )
}

/// Nothing at this path.
pub(super) async fn not_found(uri: Uri) -> Refused {
    let message = format!(
        "nothing at {}; the API is at /graphql, the explorer at /, the playground at /graphiql, files at /export",
        uri.path()
    );
    Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
}
