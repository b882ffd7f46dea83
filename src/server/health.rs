//! `/healthz` and `/readyz`: whether the process lives, and whether it has something to answer from.
//!
//! Before the first snapshot with documents: `/healthz` → 200, `/readyz` → 503
//!
//! Must not know GraphQL.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::knowledge_base::KnowledgeBase;

/// The routes for whoever watches the process.
pub(super) fn routes(knowledge_base: Arc<KnowledgeBase>) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(knowledge_base)
}

async fn ready(State(knowledge_base): State<Arc<KnowledgeBase>>) -> (StatusCode, &'static str) {
    // Version 0 is the empty snapshot that a knowledge base may start with.
    match knowledge_base.snapshot().version() {
        0 => (StatusCode::SERVICE_UNAVAILABLE, "not ready: no snapshot is published yet\n"),
        _ => (StatusCode::OK, "ready\n"),
    }
}
