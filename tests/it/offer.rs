//! What a server offers to whom: switches of the schema and the playground, tokens for reading, operations that it knows, what a
//! request costs, and the limits that belong to connections.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_graphql::futures_util::future::join_all;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use maillage::api::{self, Limits, Offer};
use maillage::knowledge_base::{self, KnowledgeBase, new_token};
use maillage::server::{HttpProfile, Settings, Trusted, router};
use maillage::store::MemoryStore;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use crate::live::{self, in_time};

static SAMPLE: LazyLock<Arc<KnowledgeBase>> = LazyLock::new(|| {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    Arc::new(knowledge_base::read(&[corpus], &|_| {}).expect("read").knowledge_base)
});

struct Answer {
    status: u16,
    headers: HeaderMap,
    json: Value,
}

impl Answer {
    fn code(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }
}

async fn ask(base: &Arc<KnowledgeBase>, settings: &Settings, request: Request<Body>) -> Answer {
    let response = router(Arc::clone(base), settings).oneshot(request).await.expect("a router never fails");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    Answer { status, headers, json: serde_json::from_slice(&body).unwrap_or_default() }
}

fn request(body: &Value) -> Request<Body> {
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
    request
        .header(header::ACCEPT, "application/graphql-response+json")
        .body(body.to_string().into())
        .expect("a request")
}

async fn post(settings: &Settings, body: Value) -> Answer {
    ask(&SAMPLE, settings, request(&body)).await
}

async fn get(settings: &Settings, path: &str) -> Answer {
    ask(&SAMPLE, settings, Request::get(path).body(Body::empty()).expect("a request")).await
}

const STATS: &str = "{ stats { documentCount } }";
/// Of [`STATS`].
const HASH: &str = "54cd8eead0620f8b5089bee290ff452a94f4958a621dadde751c84cd7f27bb85";

#[tokio::test]
async fn a_server_that_cannot_write_has_no_mutations_in_its_schema() {
    let asked = json!({ "query": "{ __schema { mutationType { name } types { name } } }" });
    let reads = Settings { offer: Offer { mutations: false, ..Offer::default() }, ..Settings::default() };
    let reading = post(&reads, asked.clone()).await.json;
    assert_eq!(reading["data"]["__schema"]["mutationType"], Value::Null);
    assert!(!reading.to_string().contains("DocumentInput"), "{reading}");
    let store = Arc::new(KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).expect("a store in memory"));
    let fixed = Arc::new(KnowledgeBase::of(maillage::snapshot::Snapshot::default()));
    let fixed = ask(&fixed, &Settings::default(), request(&asked)).await.json;
    assert_eq!(fixed["data"]["__schema"]["mutationType"], Value::Null);
    let writing = ask(&store, &Settings::default(), request(&asked)).await.json;
    assert_eq!(writing["data"]["__schema"]["mutationType"]["name"], "Mutation");
}

#[tokio::test]
async fn introspection_and_playground_can_be_left_out() {
    let offer = Offer { introspection: false, ..Offer::default() };
    let settings = Settings { offer, playground: false, ..Settings::default() };
    for query in ["{ __schema { types { name } } }", "{ __type(name: \"Country\") { name } }"] {
        let answer = post(&settings, json!({ "query": query })).await;
        assert!(
            answer.json["errors"].is_array() || answer.json["data"].to_string().contains("null"),
            "{}",
            answer.json
        );
        assert!(!answer.json.to_string().contains("Organization"), "{}", answer.json);
    }
    assert_eq!(post(&settings, json!({ "query": STATS })).await.status, 200);
    for path in ["/", "/explore/graph", "/favicon.svg", "/graphiql", "/graphiql/examples.json"] {
        assert_eq!(get(&settings, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn reading_needs_a_token_where_that_is_wanted() {
    let mut store = MemoryStore::new();
    let secret = new_token(&mut store, "ana", jiff::Timestamp::UNIX_EPOCH).expect("a token");
    let base = Arc::new(KnowledgeBase::open(Box::new(store), &|_| {}).expect("a store in memory"));
    let settings = Settings { read_tokens: true, ..Settings::default() };
    let refused = ask(&base, &settings, request(&json!({ "query": STATS }))).await;
    assert_eq!((refused.status, refused.code()), (401, "UNAUTHENTICATED"));
    assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "Bearer");
    let mut wrong = request(&json!({ "query": STATS }));
    wrong.headers_mut().insert(header::AUTHORIZATION, "Bearer mlg_no".parse().unwrap());
    assert_eq!(ask(&base, &settings, wrong).await.status, 401);
    let mut known = request(&json!({ "query": STATS }));
    known.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {secret}").parse().unwrap());
    assert_eq!(ask(&base, &settings, known).await.status, 200);
    let examples = Request::get("/graphiql/examples.json").body(Body::empty()).unwrap();
    assert_eq!(ask(&base, &settings, examples).await.status, 401);
    let mut events = request(&json!({ "query": STATS }));
    events.headers_mut().insert(header::ACCEPT, "text/event-stream".parse().unwrap());
    assert_eq!(ask(&base, &settings, events).await.status, 401);
}

#[tokio::test]
async fn a_query_is_named_by_its_hash_once_it_was_sent() {
    let router = router(Arc::clone(&SAMPLE), &Settings::default());
    let ask = async |body: &Value| {
        let response = router.clone().oneshot(request(body)).await.expect("a router never fails");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
        (status, serde_json::from_slice::<Value>(&bytes).expect("JSON"))
    };
    let named = json!({ "persistedQuery": { "version": 1, "sha256Hash": HASH } });
    let (status, unknown) = ask(&json!({ "extensions": named })).await;
    assert_eq!((status, &unknown["errors"][0]["message"]), (StatusCode::OK, &json!("PersistedQueryNotFound")));
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    for body in [json!({ "query": STATS, "extensions": named }), json!({ "extensions": named })] {
        assert_eq!(ask(&body).await.1["data"]["stats"]["documentCount"], 5, "{body}");
    }
    let other = json!({ "query": "{ __typename }", "extensions": named });
    assert_eq!(ask(&other).await.1["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_HASH_MISMATCH");
}

#[tokio::test]
async fn only_trusted_operations_run_where_there_is_a_list() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("operations.json"), json!({ "a1": STATS }).to_string()).expect("written");
    let trusted = Some(Arc::new(Trusted::load(folder.path()).expect("read")));
    let settings = Settings { trusted, ..Settings::default() };
    let hashed = json!({ "persistedQuery": { "version": 1, "sha256Hash": HASH } });
    for body in [
        json!({ "documentId": "a1" }),
        json!({ "documentId": format!("sha256:{HASH}") }),
        json!({ "extensions": hashed }),
        json!({ "query": STATS }),
    ] {
        assert_eq!(post(&settings, body.clone()).await.json["data"]["stats"]["documentCount"], 5, "{body}");
    }
    for body in [
        json!({ "query": format!("{STATS} ") }),
        json!({ "documentId": "a2" }),
        json!({ "query": "{", "documentId": "b" }),
    ] {
        let refused = post(&settings, body.clone()).await;
        assert_eq!((refused.status, refused.code()), (403, "OPERATION_NOT_TRUSTED"), "{body}");
    }
    assert_eq!(get(&settings, "/graphql?documentId=a1").await.json["data"]["stats"]["documentCount"], 5);
}

#[tokio::test]
async fn a_request_is_told_what_it_costs_when_it_asks_or_costs_too_much() {
    let query = "{ entities(first: 10) { nodes { a: name } } }";
    let plain = post(&Settings::default(), json!({ "query": query })).await.json;
    assert_eq!(plain["extensions"]["cost"], Value::Null);
    let asked = post(&Settings::default(), json!({ "query": query, "extensions": { "cost": true } })).await.json;
    let cost = &asked["extensions"]["cost"];
    assert_eq!((&cost["complexity"], &cost["depth"], &cost["aliases"]), (&json!(21), &json!(3), &json!(1)));
    assert_eq!(cost["most"]["depth"], 30);
    let mut header = request(&json!({ "query": query }));
    header.headers_mut().insert("x-graphql-cost", "1".parse().unwrap());
    assert_eq!(ask(&SAMPLE, &Settings::default(), header).await.json["extensions"]["cost"], *cost);
    let limits = Limits { complexity: 20, ..Limits::default() };
    let refused = post(&Settings { limits, ..Settings::default() }, json!({ "query": query })).await;
    assert_eq!((refused.code(), &refused.json["extensions"]["cost"]["complexity"]), ("LIMIT_EXCEEDED", &json!(21)));
    assert_eq!(refused.json["extensions"]["cost"]["most"]["complexity"], 20);
}

#[tokio::test]
async fn the_newer_edition_has_its_own_status_codes() {
    let settings = Settings { http_profile: HttpProfile::September2026, ..Settings::default() };
    let field = "{ entities(first: 5000) { totalCount } }";
    for (body, audited, newer) in [
        (json!({ "query": STATS }), 200, 200),
        (json!({ "query": "{" }), 400, 400),
        (json!({ "query": "{ nothing }" }), 400, 422),
        (json!({ "query": field }), 200, 294),
        (json!({ "query": "query A { __typename } query B { __typename }" }), 400, 422),
        (json!({ "query": 7 }), 400, 422),
    ] {
        assert_eq!(post(&Settings::default(), body.clone()).await.status, audited, "{body}");
        assert_eq!(post(&settings, body.clone()).await.status, newer, "{body}");
    }
}

#[tokio::test]
async fn a_federated_graph_finds_things_by_type_and_id() {
    let offer = Offer { federation: true, ..Offer::default() };
    let settings = Settings { offer, ..Settings::default() };
    let query =
        "query($r: [_Any!]!) { _entities(representations: $r) { ... on Country { name } ... on Document { title } } }";
    let representations = json!([
        { "__typename": "Country", "id": "country:CA" },
        { "__typename": "Country", "id": "organization:iom" },
        { "__typename": "Relation", "id": "none" },
    ]);
    let asked = json!({ "query": query, "variables": { "r": representations } });
    let found = post(&settings, asked.clone()).await.json;
    assert_eq!(found["data"]["_entities"], json!([{ "name": "Canada" }, null, null]), "{found}");
    assert!(post(&Settings::default(), asked).await.json.get("data").is_none(), "only on request");
    // The same root fields, and nothing of it in the plain schema.
    let fields = async |settings: &Settings| {
        let answer = post(settings, json!({ "query": "{ __type(name: \"Query\") { fields { name } } }" })).await.json;
        let fields: Vec<_> = answer["data"]["__type"]["fields"].as_array().expect("fields").clone();
        fields
            .into_iter()
            .filter(|field| !["_service", "_entities"].map(Value::from).contains(&field["name"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&settings).await, fields(&Settings::default()).await, "FederatedQuery lacks a part of Query");
    assert!(!api::sdl().contains("_entities") && !api::sdl().contains("@key"));
}

#[tokio::test]
async fn too_many_connections_are_turned_away_and_places_come_free_again() {
    let server = live::start(Settings { most_connections: 2, ..Settings::default() }).await;
    let connect = async || {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
        let mut answer = [0; 12];
        in_time(stream.read_exact(&mut answer)).await.expect("read");
        (stream, String::from_utf8_lossy(&answer).into_owned())
    };
    let held = [connect().await, connect().await];
    assert!(held.iter().all(|(_, answer)| answer.ends_with("200")));
    let (mut away, answer) = connect().await;
    assert!(answer.ends_with("503"), "{answer}");
    let mut rest = String::new();
    in_time(away.read_to_string(&mut rest)).await.expect("read");
    assert!(rest.contains("LIMIT_EXCEEDED") && rest.contains("the number of connections"), "{rest}");
    drop(held);
    in_time(async { while !connect().await.1.ends_with("200") {} }).await;
}

#[tokio::test]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let server = live::start(Settings { read_timeout: Duration::from_millis(50), ..Settings::default() }).await;
    let slow = (0..20).map(async |_| {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHos").await.expect("sent");
        let mut answer = Vec::new();
        drop(in_time(stream.read_to_end(&mut answer)).await);
    });
    join_all(slow).await;
    assert!(server.ask("GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_from_harm() {
    for path in ["/graphql?query=%7B__typename%7D", "/", "/graphiql", "/healthz", "/nowhere"] {
        let headers = get(&Settings::default(), path).await.headers;
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer", "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(policy.contains("script-src 'self'"), path == "/graphiql" || path == "/", "{path}: {policy}");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
}
