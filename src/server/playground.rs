//! `/graphiql`: the playground, from files inside the binary, with examples made from the loaded graph.
//!
//! `GET /graphiql/examples.json` → questions that find something
//!
//! Must not know how the page is built.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

use super::answer::Refused;
use super::assets::give;
use super::caller::{caller, secret_in};
use super::graphql::Endpoint;
use crate::api::example_queries;
use crate::query::stats;
use crate::snapshot::Snapshot;

/// The examples of one snapshot, written once.
struct Examples {
    endpoint: Arc<Endpoint>,
    written: Mutex<Option<(u64, Bytes)>>,
}

/// The playground's routes.
pub(super) fn routes(endpoint: Arc<Endpoint>) -> Router {
    let examples = Arc::new(Examples { endpoint, written: Mutex::new(None) });
    let page = |headers: HeaderMap| async move { give("graphiql.html", &headers) };
    Router::new()
        .route("/graphiql", get(page))
        .route("/graphiql/", get(page))
        .route("/graphiql/examples.json", get(give_examples))
        .with_state(examples)
}

async fn give_examples(State(examples): State<Arc<Examples>>, headers: HeaderMap) -> Response {
    let endpoint = &examples.endpoint;
    // They tell of what is in the graph.
    if endpoint.settings.read_tokens && caller(&endpoint.knowledge_base, true, secret_in(&headers)).await.0.is_none() {
        return Refused::unknown_caller().into_response();
    }
    let snapshot = endpoint.knowledge_base.snapshot();
    let mut written = examples.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let bytes = match &*written {
        Some((version, bytes)) if *version == snapshot.version() => bytes.clone(),
        _ => {
            let bytes = Bytes::from(examples_of(&snapshot));
            *written = Some((snapshot.version(), bytes.clone()));
            bytes
        }
    };
    let head = [(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (head, bytes).into_response()
}

fn examples_of(snapshot: &Snapshot) -> String {
    let counts = stats(snapshot);
    let examples: Vec<_> = example_queries(snapshot)
        .into_iter()
        .map(|example| json!({ "title": example.title, "query": example.query, "variables": example.variables }))
        .collect();
    json!({
        "documents": counts.documents,
        "entities": counts.entities,
        "relations": counts.relations,
        "examples": examples,
    })
    .to_string()
}
