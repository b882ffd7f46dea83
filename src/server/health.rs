//! `/healthz` and `/readyz`: whether the process lives, and whether it has something to answer from that is new enough.
//!
//! Before the first snapshot with documents: `/healthz` → 200, `/readyz` → 503; a replica that keeps up: 200, and how far it is behind
//!
//! Must not know GraphQL.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::knowledge_base::KnowledgeBase;

/// What is asked, and how far a replica may be behind.
#[derive(Clone)]
struct Watched(Arc<KnowledgeBase>, Duration);

/// The routes for whoever watches the process.
pub(super) fn routes(knowledge_base: Arc<KnowledgeBase>, most_behind: Duration) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(Watched(knowledge_base, most_behind))
}

async fn ready(State(Watched(base, most)): State<Watched>) -> (StatusCode, String) {
    let version = base.snapshot().version();
    let lag = base.lag();
    let behind = lag.as_ref().map_or(String::new(), |lag| {
        let (versions, time) = (lag.versions, lag.time.as_millis());
        format!("version {version}\nversions_behind {versions}\nmilliseconds_behind {time}\n")
    });
    let refused = |why: &str| (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n{behind}"));
    if let Some(holder) = base.lost_to() {
        let holder = if holder.is_empty() { "another process" } else { &holder };
        return refused(&format!("the right to write to the store went to {holder}"));
    }
    match lag {
        // Version 0 is the empty snapshot that a knowledge base may start with.
        _ if version == 0 => refused("no snapshot is published yet"),
        Some(lag) if lag.time > most => refused(&format!("more than {} ms behind the store", most.as_millis())),
        _ => (StatusCode::OK, format!("ready\n{behind}")),
    }
}
