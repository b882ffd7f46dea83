//! Who sends a request, by the token in its header.
//!
//! `Authorization: Bearer mlg_…` → the owner of that token; any other header, or none → nobody
//!
//! A token that is not in force makes nobody: reading needs none, and what needs one says so. It is looked up only where it matters:
//! a reader who needs none waits for nothing that a writer holds.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use crate::api::Caller;
use crate::knowledge_base::KnowledgeBase;

/// The secret in the header of a request.
pub(super) fn secret_in(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).and_then(|value| bearer(value.to_str().ok()?))
}

/// The secret in the value of an authorization header.
pub(super) fn bearer(value: &str) -> Option<&str> {
    let (scheme, secret) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

/// Who sends something with that secret; nobody where it is not needed.
pub(super) async fn caller(base: &Arc<KnowledgeBase>, needed: bool, secret: Option<&str>) -> Caller {
    let Some(secret) = secret.filter(|_| needed) else { return Caller(None) };
    let (base, secret) = (Arc::clone(base), secret.to_owned());
    let found = tokio::task::spawn_blocking(move || base.owner_of(&secret)).await;
    match found {
        Ok(Ok(owner)) => Caller(owner),
        Ok(Err(error)) => {
            tracing::warn!(%error, "tokens cannot be read");
            Caller(None)
        }
        Err(_) => Caller(None),
    }
}
