//! WebSockets as `graphql-transport-ws` says, against a server on a port of its own: how a connection begins, what may be said, who may.

use std::time::Duration;

use maillage::server::Settings;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::live::{self, FOLLOW};
use crate::socket::{Client, raw, streams};

const STATS: &str = "{ stats { version } }";

#[tokio::test]
async fn queries_are_answered_once_and_errors_are_errors() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(server.address).await;
    client.pong().await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    client.say(json!({ "type": "pong" })).await;
    let query = "query A { __typename } query B($n: Int) { documents(first: $n) { totalCount } }";
    let payload = json!({ "query": query, "operationName": "B", "variables": { "n": 1 }, "extensions": null });
    client.say(json!({ "id": "a", "type": "subscribe", "payload": payload })).await;
    let data = json!({ "documents": { "totalCount": 0 } });
    let next = json!({ "data": data, "extensions": { "graph": { "version": 0 } } });
    assert_eq!(client.hear().await, json!({ "id": "a", "type": "next", "payload": next }));
    assert_eq!(client.hear().await, json!({ "id": "a", "type": "complete" }));
    // An id may be used again, and what is not executed is an error without anything behind it.
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { graphChanged(sinceVersion: 9) { version } }", "BAD_USER_INPUT"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        client.subscribe("a", query).await;
        let error = client.hear().await;
        assert_eq!((&error["id"], &error["type"]), (&json!("a"), &json!("error")), "{query}: {error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{query}: {error}");
        client.pong().await;
    }
    // An error of a field is part of an answer.
    client.subscribe("b", "{ entities(first: 5000) { totalCount } }").await;
    let next = client.hear().await;
    assert_eq!(next["type"], "next");
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED", "{next}");
    assert_eq!(client.hear().await["type"], "complete");
}

#[tokio::test]
async fn what_the_protocol_forbids_closes_the_connection() {
    let server = live::start(Settings::default()).await;
    for invalid in ["{", "[]", "{\"type\": \"hello\"}", "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {}}"] {
        let mut client = Client::ready(server.address).await;
        client.send(Message::text(invalid)).await;
        assert_eq!(client.code().await, 4400, "{invalid}");
    }
    let mut client = Client::ready(server.address).await;
    client.send(Message::binary(b"{\"type\": \"ping\"}".to_vec())).await;
    assert_eq!(client.code().await, 4400);

    let mut client = Client::new(server.address).await;
    client.subscribe("1", STATS).await;
    assert_eq!(client.closed().await, (4401, "Unauthorized".into()));

    let mut client = Client::ready(server.address).await;
    client.say(json!({ "type": "connection_init" })).await;
    assert_eq!(client.closed().await, (4429, "Too many initialisation requests".into()));

    let mut client = Client::ready(server.address).await;
    client.subscribe("one", FOLLOW).await;
    client.subscribe("one", STATS).await;
    assert_eq!(client.closed().await, (4409, "Subscriber for one already exists".into()));

    for headers in [&[][..], &[("sec-websocket-protocol", "graphql-ws")]] {
        let client = raw(server.address, headers).await;
        assert_eq!(Client(client).closed().await, (4406, "Subprotocol not acceptable".into()), "{headers:?}");
    }
}

#[tokio::test]
async fn whoever_does_not_begin_or_does_nothing_is_closed() {
    let server = live::start(streams(|s| s.init_timeout = Duration::from_millis(1))).await;
    assert_eq!(Client::new(server.address).await.closed().await, (4408, "Connection initialisation timeout".into()));

    let server = live::start(streams(|s| s.idle_timeout = Duration::from_millis(20))).await;
    let mut busy = Client::ready(server.address).await;
    busy.subscribe("1", FOLLOW).await;
    assert_eq!(Client::ready(server.address).await.code().await, 1000);
    // Whoever has an operation is not idle, and becomes so when it is stopped.
    busy.pong().await;
    busy.complete("1").await;
    assert_eq!(busy.code().await, 1000);
}

#[tokio::test]
async fn messages_and_operations_are_limited() {
    let settings = Settings { largest_body_bytes: 1000, ..streams(|s| s.most_operations = 2) };
    let server = live::start(settings).await;
    let mut client = Client::ready(server.address).await;
    for id in ["1", "2", "3"] {
        client.subscribe(id, FOLLOW).await;
    }
    let error = client.hear().await;
    assert_eq!((&error["id"], &error["type"]), (&json!("3"), &json!("error")), "{error}");
    let message = error["payload"][0]["message"].as_str().expect("a message");
    assert!(
        message.starts_with("the number of operations of a connection is 3, but at most 2 is allowed;"),
        "{message}"
    );
    assert_eq!(error["payload"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
    client.complete("1").await;
    client.subscribe("3", STATS).await;
    assert_eq!(client.hear().await["type"], "next");
    assert_eq!(client.hear().await["type"], "complete");

    for bytes in [1001, 1999, 200_000] {
        let mut client = Client::ready(server.address).await;
        let padding = "x".repeat(bytes - 26);
        client.send(Message::text(format!("{{\"type\": \"ping\", \"id\": \"{padding}\"}}"))).await;
        assert_eq!(client.closed().await, (1009, "a message has at most 1000 bytes".into()), "{bytes}");
    }
}

#[tokio::test]
async fn a_token_is_shown_at_the_beginning_or_in_the_head() {
    let server = live::start(Settings::default()).await;
    let write = "mutation { withdrawDocument(id: \"document:none\") { withdrawn } }";
    let good = format!("Bearer {}", server.secret);
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    for (header, payload, allowed) in [
        ("", json!({ "authorization": good }), true),
        ("", json!({ "Authorization": good }), true),
        (good.as_str(), Value::Null, true),
        (good.as_str(), json!({ "other": 1 }), true),
        ("", Value::Null, false),
        ("", json!({ "authorization": "Bearer mlg_wrong" }), false),
        ("", json!({ "authorization": server.secret }), false),
        // What is said at the beginning counts, also when it is wrong.
        (good.as_str(), json!({ "authorization": "Bearer mlg_wrong" }), false),
        (good.as_str(), json!({ "authorization": 7 }), false),
    ] {
        let mut client = Client::open(server.address, &[protocol, ("authorization", header)]).await;
        client.init(payload.clone()).await;
        client.subscribe("1", write).await;
        let answer = client.hear().await["payload"].take();
        match allowed {
            true => assert_eq!(answer["data"]["withdrawDocument"]["withdrawn"], false, "{payload}: {answer}"),
            false => assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{payload}: {answer}"),
        }
    }
}

#[tokio::test]
async fn pages_of_strange_origins_are_refused() {
    let settings = Settings { cors_origins: vec!["https://app.example".into()], ..Settings::default() };
    let server = live::start(settings).await;
    let upgrade = |origin: &str| {
        format!(
            "GET /graphql HTTP/1.1\nHost: here:8080\nOrigin: {origin}\nConnection: Upgrade, close\nUpgrade: websocket\n\
             Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n"
        )
    };
    for (origin, status) in [
        ("https://elsewhere.example", "HTTP/1.1 403"),
        ("null", "HTTP/1.1 403"),
        ("http://here:8080", "HTTP/1.1 101"),
        ("https://app.example", "HTTP/1.1 101"),
    ] {
        // Without a protocol the connection is closed at once, so there is a whole answer.
        let answer = server.ask(&upgrade(origin)).await;
        assert!(answer.starts_with(status), "{origin}: {answer}");
        assert_eq!(answer.contains("\"code\":\"FORBIDDEN\""), status.ends_with("403"), "{origin}: {answer}");
    }
    let broken = "GET /graphql HTTP/1.1\nHost: here\nConnection: Upgrade, close\nUpgrade: websocket\n\n";
    assert!(server.ask(broken).await.starts_with("HTTP/1.1 400"));
}
