//! Who sends a request, by the token in its header.
//!
//! `Authorization: Bearer mlg_…` → the owner of that token; any other header, or none → nobody
//!
//! A token that is not in force makes nobody: reading needs none, and what needs one says so.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use crate::api::Caller;
use crate::knowledge_base::KnowledgeBase;

/// Who sends a request with these headers.
pub(super) async fn caller(knowledge_base: &Arc<KnowledgeBase>, headers: &HeaderMap) -> Caller {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match bearer(header) {
        Some(secret) => owner(knowledge_base, secret).await,
        None => Caller(None),
    }
}

/// The secret in the value of an authorization header.
pub(super) fn bearer(value: &str) -> Option<&str> {
    let (scheme, secret) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

/// Whose secret it is.
pub(super) async fn owner(knowledge_base: &Arc<KnowledgeBase>, secret: &str) -> Caller {
    let (base, secret) = (Arc::clone(knowledge_base), secret.to_owned());
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
