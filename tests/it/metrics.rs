//! What is counted at `/metrics`, and logs that machines read.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use maillage::knowledge_base::KnowledgeBase;
use maillage::server::{Settings, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::fixture;

async fn ask(router: &Router, request: Request<Body>) -> (u16, String) {
    let response = router.clone().oneshot(request).await.expect("a router never fails");
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

async fn query(router: &Router, query: &str) {
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "query": query }).to_string();
    ask(router, request.body(Body::from(body)).expect("a request")).await;
}

async fn get(router: &Router, method: &str, path: &str) -> (u16, String) {
    ask(router, Request::builder().method(method).uri(path).body(Body::empty()).expect("a request")).await
}

fn served(settings: &Settings) -> Router {
    router(Arc::new(KnowledgeBase::of(fixture::snapshot())), settings)
}

#[tokio::test]
async fn requests_operations_and_errors_are_counted() {
    let router = served(&Settings::default());
    query(&router, "{ stats { version } }").await;
    query(&router, "query Secret7 { stats { version } }").await;
    query(&router, "mutation { withdrawDocument(id: \"document:secret7\") { version } }").await;
    query(&router, "{ secret7 }").await;
    query(&router, "{").await;
    query(&router, "{ entities(first: 5000) { totalCount } }").await;
    get(&router, "GET", "/graphql").await;
    get(&router, "GET", "/assets/secret7.js").await;
    get(&router, "GET", "/secret7").await;
    get(&router, "PURGE", "/healthz").await;
    let (status, text) = get(&router, "GET", "/metrics").await;
    assert_eq!(status, 200);
    for line in [
        "maillage_http_requests_total{route=\"/graphql\",method=\"POST\",status=\"200\"} 6",
        "maillage_http_requests_total{route=\"/graphql\",method=\"GET\",status=\"400\"} 1",
        "maillage_http_requests_total{route=\"/assets/{*file}\",method=\"GET\",status=\"404\"} 1",
        "maillage_http_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
        "maillage_http_requests_total{route=\"/healthz\",method=\"other\",status=\"405\"} 1",
        "maillage_http_request_duration_seconds_count{route=\"/graphql\"} 7",
        "maillage_http_request_duration_seconds_bucket{route=\"/graphql\",le=\"+Inf\"} 7",
        "maillage_graphql_operations_total{type=\"query\",transport=\"http\"} 4",
        "maillage_graphql_operations_total{type=\"mutation\",transport=\"http\"} 1",
        "maillage_graphql_operations_total{type=\"unknown\",transport=\"http\"} 1",
        "maillage_graphql_operation_duration_seconds_count{type=\"query\"} 4",
        "maillage_graphql_errors_total{code=\"FORBIDDEN\"} 1",
        "maillage_graphql_errors_total{code=\"GRAPHQL_VALIDATION_FAILED\"} 1",
        "maillage_graphql_errors_total{code=\"GRAPHQL_PARSE_FAILED\"} 1",
        "maillage_graphql_errors_total{code=\"LIMIT_EXCEEDED\"} 1",
        "maillage_connections_open{transport=\"websocket\"} 0",
        "maillage_connections_open{transport=\"sse\"} 0",
        "maillage_graph_version 7",
        "maillage_documents 3",
        "maillage_entities 15",
        "maillage_relations 20",
        "# TYPE maillage_http_requests_total counter",
        "# TYPE maillage_http_request_duration_seconds histogram",
    ] {
        assert!(text.lines().any(|l| l == line), "{line} is missing in\n{text}");
    }
    // Nothing that a client wrote becomes a label.
    assert!(!text.to_lowercase().contains("secret7"), "{text}");
    assert!(
        text.contains("\nprocess_start_time_seconds 1") && text.contains("maillage_build_info{version=\""),
        "{text}"
    );
}

#[tokio::test]
async fn every_server_counts_for_itself_or_not_at_all() {
    let (one, other) = (served(&Settings::default()), served(&Settings::default()));
    query(&one, "{ stats { version } }").await;
    let counted = |text: &str| text.contains("maillage_graphql_operations_total{");
    assert!(counted(&get(&one, "GET", "/metrics").await.1) && !counted(&get(&other, "GET", "/metrics").await.1));
    let off = served(&Settings { metrics: false, ..Settings::default() });
    query(&off, "{ stats { version } }").await;
    assert_eq!(get(&off, "GET", "/metrics").await.0, 404);
}

#[test]
fn logs_are_lines_for_people_or_json_for_machines() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), b"%PDF-1.4").expect("a file");
    let said = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
        command.args(arguments).arg("extract").args([folder.path(), Path::new("/nowhere/at/all")]);
        let output = command.env_remove("RUST_LOG").stdin(Stdio::null()).output().expect("the program runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let text = said(&[]);
    assert!(text.contains("warning: ") && text.contains("error: "), "{text}");
    let json: Vec<Value> = said(&["--log-format", "json"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    let levels: Vec<_> = json.iter().filter_map(|line| line["level"].as_str()).collect();
    assert_eq!(levels, ["WARN", "WARN", "ERROR"], "{json:?}");
    assert!(json.iter().all(|line| line["timestamp"].is_string() && line["message"].is_string()), "{json:?}");
    assert_eq!(said(&["--log-format", "json", "--quiet"]).lines().count(), 1);
}
