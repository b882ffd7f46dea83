//! The server's answers, asked in memory without a port: status, media type, limits, pages, health.
//!
//! Every test goes through [`ask`].

use std::path::Path;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use maillage::knowledge_base::{self, KnowledgeBase};
use maillage::server::{Settings, router};
use maillage::snapshot::Snapshot;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The knowledge base of the sample corpus.
static SAMPLE: LazyLock<Arc<KnowledgeBase>> = LazyLock::new(|| {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    Arc::new(knowledge_base::read(&[corpus], &|_| {}).expect("read").knowledge_base)
});

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_string()
    }
}

async fn ask_router(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.expect("a router never fails");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

async fn ask(request: Request<Body>) -> Answer {
    ask_router(router(Arc::clone(&SAMPLE), &Settings::default()), request).await
}

async fn get(path: &str) -> Answer {
    ask(Request::get(path).body(Body::empty()).expect("a request")).await
}

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

async fn post(accept: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, JSON).header(header::ACCEPT, accept);
    ask(request.body(body.into()).expect("a request")).await
}

async fn post_query(accept: &str, query: &str) -> Answer {
    post(accept, json!({ "query": query }).to_string()).await
}

/// A text as a URL parameter.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[tokio::test]
async fn queries_are_answered_over_post_and_get() {
    let answer = post_query(GRAPHQL, "{ stats { documentCount } }").await;
    assert_eq!(
        (answer.status, answer.header(header::CONTENT_TYPE)),
        (StatusCode::OK, "application/graphql-response+json; charset=utf-8")
    );
    assert_eq!(answer.json()["data"], json!({ "stats": { "documentCount": 5 } }));
    assert_eq!(answer.json()["extensions"]["graph"]["version"], 5);

    let body = json!({ "query": "query A { __typename } query B($n: Int) { documents(first: $n) { nodes { id } } }",
        "operationName": "B", "variables": { "n": 2 }, "extensions": {} });
    let answer = post("*/*", body.to_string()).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json; charset=utf-8");
    assert_eq!(answer.json()["data"]["documents"]["nodes"].as_array().map(Vec::len), Some(2), "{}", answer.body);

    let query = encoded("query B($n: Int) { documents(first: $n) { nodes { id } } }");
    let answer = get(&format!("/graphql?query={query}&variables={}&operationName=B", encoded("{\"n\": 3}"))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["data"]["documents"]["nodes"].as_array().map(Vec::len), Some(3), "{}", answer.body);
}

#[tokio::test]
async fn a_query_that_comes_again_is_answered_alike() {
    let router = router(Arc::clone(&SAMPLE), &Settings::default());
    let query = "query Of($id: ID!) { entity(id: $id) { name relations(first: 2) { totalCount nodes { kind } } } }";
    let ask = |id: &str, cost: bool| {
        let body = json!({ "query": query, "variables": { "id": id } }).to_string();
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, JSON).header(header::ACCEPT, GRAPHQL);
        let request = if cost { request.header("x-graphql-cost", "1") } else { request };
        ask_router(router.clone(), request.body(body.into()).expect("a request"))
    };
    let mut answers = [ask("organization:iom", false).await, ask("organization:iom", false).await];
    answers.iter_mut().for_each(|answer| drop(answer.headers.remove("x-request-id")));
    assert_eq!(answers[0].body, answers[1].body);
    assert_eq!(answers[0].headers, answers[1].headers);
    assert_eq!(answers[1].status, StatusCode::OK);
    assert!(answers[1].json()["data"]["entity"]["relations"]["nodes"][1]["kind"].is_string(), "{}", answers[1].body);
    assert_eq!(ask("nobody", false).await.json()["data"], json!({ "entity": null }));
    assert_eq!(ask("organization:iom", true).await.json()["data"], answers[0].json()["data"]);
    assert!(ask("organization:iom", true).await.json()["extensions"]["cost"]["depth"].is_number());
}

#[tokio::test]
async fn fields_come_in_the_order_in_which_they_are_asked_for() {
    let answer = post_query(JSON, "{ stats { version relationCount documentCount } __typename }").await;
    let order = ["version", "relationCount", "documentCount", "__typename"].map(|name| answer.body.find(name));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{}", answer.body);
}

#[tokio::test]
async fn the_status_tells_what_the_media_type_promises() {
    for (query, code) in [("{", "GRAPHQL_PARSE_FAILED"), ("{ nothing }", "GRAPHQL_VALIDATION_FAILED")] {
        for (accept, status) in [(GRAPHQL, StatusCode::BAD_REQUEST), (JSON, StatusCode::OK)] {
            let answer = post_query(accept, query).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{query} as {accept}");
            assert!(answer.json().get("data").is_none(), "{}", answer.body);
        }
    }
    let variables =
        json!({ "query": "query($n: Int!) { documents(first: $n) { totalCount } }", "variables": { "n": "x" } });
    assert_eq!(post(GRAPHQL, variables.to_string()).await.status, StatusCode::BAD_REQUEST);
    // An error of a field is part of an answer.
    let field = post_query(GRAPHQL, "{ entities(first: 5000) { totalCount } }").await;
    assert_eq!((field.status, field.code().as_str()), (StatusCode::OK, "LIMIT_EXCEEDED"), "{}", field.body);
}

#[tokio::test]
async fn what_is_no_graphql_request_is_refused() {
    let bad = [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("\"text\"", "must be an object"),
        ("[{\"query\": \"{ __typename }\"}]", "batches"),
        ("{}", "no query"),
        ("{\"query\": \"\"}", "no query"),
        ("{\"query\": 7}", "must be an object with query"),
        ("{\"query\": \"{ __typename }\", \"variables\": []}", "must be an object with query"),
        ("{\"query\": \"{ __typename }\", \"operationName\": {}}", "must be an object with query"),
        ("{\"query\": \"{ __typename }\", \"extensions\": \"\"}", "must be an object with query"),
    ];
    for (body, reason) in bad {
        let answer = post(GRAPHQL, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.body.contains(reason), "{body}: {}", answer.body);
    }
    assert_eq!(get("/graphql").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(get("/graphql?query=%7B__typename%7D&variables=x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn get_never_executes_anything_but_queries() {
    for query in [
        "mutation { __typename }",
        "mutation Named { __typename }",
        "subscription { __typename }",
        "subscription Named { __typename }",
        "query A { __typename } mutation B { __typename }",
    ] {
        let name = if query.contains('A') { "&operationName=B" } else { "" };
        let answer = get(&format!("/graphql?query={}{name}", encoded(query))).await;
        assert_eq!((answer.status, answer.header(header::ALLOW)), (StatusCode::METHOD_NOT_ALLOWED, "POST"), "{query}");
    }
    let put = ask(Request::put("/graphql").body(Body::empty()).expect("a request")).await;
    assert_eq!((put.status, put.header(header::ALLOW)), (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"));
}

#[tokio::test]
async fn media_types_are_negotiated() {
    for (content_type, status) in [
        ("application/json", StatusCode::OK),
        ("application/json; charset=utf-8", StatusCode::OK),
        ("text/plain", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/x-www-form-urlencoded", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json; charset=utf-16", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, content_type);
        let answer = ask(request.body(Body::from("{\"query\": \"{ __typename }\"}")).expect("a request")).await;
        assert_eq!(answer.status, status, "{content_type}");
    }
    let none =
        ask(Request::post("/graphql").body(Body::from("{\"query\": \"{ __typename }\"}")).expect("a request")).await;
    assert_eq!(none.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(post_query("text/html", "{ __typename }").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn large_and_dangerous_requests_are_refused() {
    let large = json!({ "query": "{ __typename }", "variables": { "x": "y".repeat(1 << 20) } }).to_string();
    let answer = post(JSON, large.clone()).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE"));
    // Without an announced length the limit holds all the same.
    let stream = Body::new(axum::body::Body::from(large));
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, JSON);
    assert_eq!(ask(request.body(stream).expect("a request")).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let nested = format!("{{ entities(where: {}) {{ totalCount }} }}", "{and: [".repeat(2000));
    for answer in [post_query(JSON, &nested).await, get(&format!("/graphql?query={}", encoded(&nested))).await] {
        assert_eq!(answer.code(), "LIMIT_EXCEEDED", "{}", answer.body);
    }
}

/// The files of this server that a page names.
fn named_in(page: &str) -> Vec<&str> {
    let quoted = page.split(['"', '\'']);
    quoted.filter(|text| text.starts_with("/assets/") || text.starts_with("/favicon")).collect()
}

#[tokio::test]
async fn explorer_and_playground_are_served_from_the_binary() {
    for path in ["/", "/graphiql", "/graphiql/"] {
        let page = get(path).await;
        assert_eq!((page.status, page.header(header::CONTENT_TYPE)), (StatusCode::OK, "text/html; charset=utf-8"));
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(!page.header("x-request-id").is_empty());
        assert_eq!(page.header(header::CACHE_CONTROL), "no-cache");
        // Every file that the page names is there, and nothing comes from elsewhere.
        let named = named_in(&page.body);
        assert!(named.len() >= 3, "{}", page.body);
        for path in named {
            let file = get(path).await;
            assert_eq!(file.status, StatusCode::OK, "{path}");
            let request = Request::get(path).header(header::IF_NONE_MATCH, file.header(header::ETAG));
            let again = ask(request.body(Body::empty()).expect("a request")).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        }
        assert!(!page.body.contains("src=\"http") && !page.body.contains("href=\"http"), "{}", page.body);
    }
    for path in ["/assets/none.js", "/assets/../Cargo.toml", "/graphiql/none.js", "/graphiql/../Cargo.toml"] {
        assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get("/elsewhere").await.code(), "NOT_FOUND");
}

#[tokio::test]
async fn an_address_of_the_explorer_brings_the_explorer() {
    let page = get("/").await.body;
    for path in
        ["/explore", "/explore/", "/explore/entity/organization:iom", "/explore/graph?ids=a,b", "/explore/a/b/c.js"]
    {
        let same = get(path).await;
        assert_eq!((same.status, &same.body), (StatusCode::OK, &page), "{path}");
    }
}

#[tokio::test]
async fn files_are_kept_for_as_long_as_their_names_hold_and_packed_for_who_unpacks() {
    let page = get("/").await.body;
    let script = named_in(&page).into_iter().find(|path| path.ends_with(".js")).expect("a script");
    let plain = get(script).await;
    assert_eq!(plain.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8");
    assert_eq!(plain.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(plain.header(header::CONTENT_ENCODING), "");
    assert_eq!(plain.header(header::VARY), "accept-encoding");
    let packed = |tag: &str| {
        let request = Request::get(script).header(header::ACCEPT_ENCODING, "br;q=1, gzip");
        request.header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request")
    };
    let bytes = ask(packed("\"other\"")).await;
    assert_eq!((bytes.status, bytes.header(header::CONTENT_ENCODING)), (StatusCode::OK, "gzip"));
    // Two forms of a file are two things to a cache.
    assert_ne!(bytes.header(header::ETAG), plain.header(header::ETAG));
    let tag = bytes.header(header::ETAG).to_string();
    assert_eq!(ask(packed(&tag)).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(ask(packed(plain.header(header::ETAG))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_example_runs_without_errors() {
    let served = get("/graphiql/examples.json").await.json();
    assert_eq!(served["documents"], 5);
    let examples = served["examples"].as_array().expect("a list");
    assert!(!examples.is_empty());
    for example in examples {
        let body = json!({ "query": example["query"], "variables": example["variables"] });
        let answer = post(GRAPHQL, body.to_string()).await;
        assert!(answer.status == StatusCode::OK && answer.json().get("errors").is_none(), "{example}: {}", answer.body);
    }
}

#[tokio::test]
async fn health_and_readiness_are_told() {
    assert_eq!(get("/healthz").await.status, StatusCode::OK);
    assert_eq!(get("/readyz").await.status, StatusCode::OK);
    let empty = Arc::new(KnowledgeBase::of(Snapshot::default()));
    let ask_empty = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        ask_router(router(Arc::clone(&empty), &Settings::default()), request).await.status
    };
    assert_eq!(ask_empty("/healthz").await, StatusCode::OK);
    assert_eq!(ask_empty("/readyz").await, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn other_origins_are_let_in_only_on_request() {
    let request = || {
        let request = Request::get("/graphql?query=%7B__typename%7D").header(header::ORIGIN, "https://app.example");
        request.body(Body::empty()).expect("a request")
    };
    assert!(ask(request()).await.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none());
    for (origin, expected) in [("https://app.example", "https://app.example"), ("*", "*"), ("https://b.example", "")] {
        let settings = Settings { cors_origins: vec![origin.into()], ..Settings::default() };
        let answer = ask_router(router(Arc::clone(&SAMPLE), &settings), request()).await;
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), expected, "{origin}");
    }
}
