//! `/graphiql`: the playground, from files inside the binary, with examples made from the loaded graph.
//!
//! `GET /graphiql/graphiql.js` → the script, with an `ETag`; `GET /graphiql/examples.json` → questions that find something
//!
//! Nothing is loaded from elsewhere, and the page may not load anything either. Must not know how the page is built.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use include_dir::{Dir, include_dir};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::answer::Refused;
use super::caller::{caller, secret_in};
use super::graphql::Endpoint;
use crate::api::example_queries;
use crate::query::stats;
use crate::snapshot::Snapshot;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

/// The page runs its own script and asks its own server. CodeMirror and the explorer set styles from scripts.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/// A file as it is served.
struct Asset {
    bytes: &'static [u8],
    media_type: &'static str,
    tag: HeaderValue,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            assets.insert(name.clone(), asset(&name, file.contents()));
        }
    }
    assets
});

fn asset(name: &str, bytes: &'static [u8]) -> Asset {
    let digits: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = HeaderValue::from_str(&format!("\"{digits}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    Asset { bytes, media_type: media_type(name), tag }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The examples of one snapshot, written once.
struct Examples {
    endpoint: Arc<Endpoint>,
    written: Mutex<Option<(u64, Bytes)>>,
}

/// The playground's routes.
pub(super) fn routes(endpoint: Arc<Endpoint>) -> Router {
    let examples = Arc::new(Examples { endpoint, written: Mutex::new(None) });
    let page = |headers: HeaderMap| async move { serve("index.html", &headers) };
    Router::new()
        .route("/graphiql", get(page))
        .route("/graphiql/", get(page))
        .route("/graphiql/examples.json", get(give_examples))
        .route(
            "/graphiql/{*file}",
            get(|Path(file): Path<String>, headers: HeaderMap| async move { serve(&file, &headers) }),
        )
        .with_state(examples)
}

fn serve(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(name) else {
        let message = format!("the playground has no file {name}");
        return Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", message).into_response();
    };
    // Names carry no version, so a browser asks again each time and mostly hears that nothing changed.
    let head = [
        (header::ETAG, asset.tag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &asset.tag));
    if known { (StatusCode::NOT_MODIFIED, head).into_response() } else { (head, asset.bytes).into_response() }
}

fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else { return false };
    tags.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == tag || t == "*")
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
