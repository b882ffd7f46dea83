//! Answers that say what was wrong with a request, in the shape of GraphQL errors.
//!
//! 413 → `{"errors": [{"message": "the request is larger than 1048576 bytes", "extensions": {"code": "PAYLOAD_TOO_LARGE"}}]}`
//!
//! Must not know routes.

use axum::body::Body;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

/// A refusal of a request as such.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    code: &'static str,
    message: String,
    allow: Option<&'static str>,
    media_type: &'static str,
}

/// The media type of errors when no other was agreed on.
const JSON: &str = "application/json; charset=utf-8";

impl Refused {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), allow: None, media_type: JSON }
    }

    /// A request that is no GraphQL request.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// A method that is not answered here.
    pub(super) fn method(allow: &'static str, message: impl Into<String>) -> Self {
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message) }
    }

    /// The same refusal in another media type.
    pub(super) fn with_type(self, media_type: &'static str) -> Self {
        Self { media_type, ..self }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "errors": [{ "message": self.message, "extensions": { "code": self.code } }] });
        let mut response = written(self.status, self.media_type, &body);
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
        }
        response
    }
}

/// An answer with a JSON body.
pub(super) fn written(status: StatusCode, media_type: &'static str, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Nothing at this path.
pub(super) async fn not_found(uri: Uri) -> Refused {
    let message = format!("nothing at {}; the API is at /graphql, the playground at /graphiql", uri.path());
    Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
}
