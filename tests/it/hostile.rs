//! Requests of people who mean harm: each is refused, with the code that says why, and the server goes on.
//!
//! The list is `tests/wire/hostile.json`. A text is a list of parts: a string stands for itself, `["a% ", 3]` for `a0 a1 a2 `, and `%+`
//! in it for the number after. `tests/wire/hostile.js` sends the same over a socket and measures.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_graphql::futures_util::stream;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use maillage::api::Offer;
use maillage::knowledge_base::{self, KnowledgeBase};
use maillage::server::{Settings, router};
use serde_json::{Value, json};
use tower::ServiceExt;

static SAMPLE: LazyLock<Arc<KnowledgeBase>> = LazyLock::new(|| {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    Arc::new(knowledge_base::read(&[corpus], &|_| {}).expect("read").knowledge_base)
});

/// The text that parts stand for.
fn expanded(parts: &Value) -> String {
    let mut text = String::new();
    for part in parts.as_array().expect("parts") {
        match part {
            Value::String(part) => text.push_str(part),
            part => {
                let (pattern, count) = (part[0].as_str().expect("a text"), part[1].as_u64().expect("a count"));
                let one = |n: u64| pattern.replace("%+", &(n + 1).to_string()).replace('%', &format!("{n}"));
                text.extend((0..count).map(one));
            }
        }
    }
    text
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn request(case: &Value) -> Request<Body> {
    let text = |name: &str| case.get(name).and_then(Value::as_str);
    let accept = (header::ACCEPT, "application/graphql-response+json");
    let name = text("operationName").map(|name| format!("&operationName={name}")).unwrap_or_default();
    if text("method") == Some("GET") {
        let path = format!("/graphql?query={}{name}", encoded(&expanded(&case["query"])));
        return Request::get(path).header(accept.0, accept.1).body(Body::empty()).expect("a request");
    }
    let body = if let Some(hex) = text("bytes") {
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("a byte");
        (0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>()
    } else if case.get("body").is_some() {
        expanded(&case["body"]).into_bytes()
    } else {
        let variables = case.get("variables").map_or("null".into(), expanded);
        let query = json!(expanded(&case["query"]));
        let name = json!(text("operationName"));
        format!(r#"{{"query": {query}, "operationName": {name}, "variables": {variables}}}"#).into_bytes()
    };
    let request = Request::post("/graphql").header(accept.0, accept.1);
    let request = request.header(header::CONTENT_TYPE, text("type").unwrap_or("application/json"));
    request.body(body.into()).expect("a request")
}

async fn ask(router: Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = router.oneshot(request).await.expect("a router never fails");
    let status = response.status();
    let body = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[test]
fn what_means_harm_is_refused_with_its_code() {
    // As much stack as the server's own threads have.
    let asked = std::thread::Builder::new().stack_size(8 << 20).spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ask_all())
    });
    let wrong = asked.expect("a thread").join().expect("no panic");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn ask_all() -> Vec<String> {
    let text = include_str!("../wire/hostile.json");
    let cases: Vec<Value> = serde_json::from_str(text).expect("a list");
    assert!(cases.len() >= 40);
    // As `maillage serve` has it without a store.
    let settings = Settings { offer: Offer { mutations: false, ..Offer::default() }, ..Settings::default() };
    let router = router(Arc::clone(&SAMPLE), &settings);
    let mut wrong = Vec::new();
    for case in &cases {
        let (status, answer) = ask(router.clone(), request(case)).await;
        let error = &answer["errors"][0];
        let found = (status.as_u16(), error["extensions"]["code"].as_str().unwrap_or_default());
        let expected = (case["status"].as_u64().unwrap_or(0) as u16, case["code"].as_str().unwrap_or_default());
        if found != expected {
            let message: String = error["message"].as_str().unwrap_or_default().chars().take(200).collect();
            wrong.push(format!("{}: {found:?}, expected {expected:?}: {message}", case["name"]));
        }
    }
    let (status, answer) = ask(router, request(&json!({ "query": ["{ stats { documentCount } }"] }))).await;
    assert_eq!((status, &answer["data"]["stats"]["documentCount"]), (StatusCode::OK, &json!(5)));
    wrong
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let settings = Settings { read_timeout: Duration::from_millis(1), ..Settings::default() };
    let never = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json").body(never);
    let (status, answer) = ask(router(Arc::clone(&SAMPLE), &settings), request.expect("a request")).await;
    assert_eq!(
        (status, &answer["errors"][0]["extensions"]["code"]),
        (StatusCode::REQUEST_TIMEOUT, &json!("REQUEST_TIMEOUT"))
    );
}
