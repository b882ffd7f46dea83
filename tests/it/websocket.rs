//! WebSockets as `graphql-transport-ws` says, against a server on a port of its own.

use std::time::Duration;

use async_graphql::futures_util::{SinkExt, StreamExt};
use maillage::server::{Settings, Streams};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::live::{self, FOLLOW, Server, in_time, version};

const STATS: &str = "{ stats { version } }";

/// A client that says what a test wants said.
struct Client(WebSocketStream<TcpStream>);

impl Client {
    async fn open(server: &Server, headers: &[(&'static str, &str)]) -> Self {
        let mut request = format!("ws://{}/graphql", server.address).into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a value"));
        }
        let stream = TcpStream::connect(server.address).await.expect("a connection");
        Self(in_time(client_async(request, stream)).await.expect("an upgrade").0)
    }

    async fn new(server: &Server) -> Self {
        Self::open(server, &[("sec-websocket-protocol", "graphql-transport-ws")]).await
    }

    /// One that has been acknowledged.
    async fn ready(server: &Server) -> Self {
        let mut client = Self::new(server).await;
        client.init(Value::Null).await;
        client
    }

    async fn init(&mut self, payload: Value) {
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(self.hear().await, json!({ "type": "connection_ack" }));
    }

    async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    async fn send(&mut self, message: Message) {
        in_time(self.0.send(message)).await.expect("sent");
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    async fn complete(&mut self, id: &str) {
        self.say(json!({ "id": id, "type": "complete" })).await;
    }

    async fn hear(&mut self) -> Value {
        loop {
            match in_time(self.0.next()).await.expect("open").expect("whole") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The version of the next change.
    async fn change(&mut self, id: &str) -> u64 {
        let message = self.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message}");
        version(&message["payload"])
    }

    /// Everything that was under way is done: what was said before is answered before this.
    async fn pong(&mut self) {
        self.say(json!({ "type": "ping", "payload": { "at": 7 } })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong", "payload": { "at": 7 } }));
    }

    async fn closed(mut self) -> (u16, String) {
        loop {
            match in_time(self.0.next()).await {
                Some(Ok(Message::Close(Some(frame)))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Ok(_)) => {}
                other => panic!("no close: {other:?}"),
            }
        }
    }

    async fn code(self) -> u16 {
        self.closed().await.0
    }
}

fn streams(change: impl FnOnce(&mut Streams)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings.streams);
    settings
}

#[tokio::test]
async fn queries_are_answered_once_and_errors_are_errors() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(&server).await;
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
        let mut client = Client::ready(&server).await;
        client.send(Message::text(invalid)).await;
        assert_eq!(client.code().await, 4400, "{invalid}");
    }
    let mut client = Client::ready(&server).await;
    client.send(Message::binary(b"{\"type\": \"ping\"}".to_vec())).await;
    assert_eq!(client.code().await, 4400);

    let mut client = Client::new(&server).await;
    client.subscribe("1", STATS).await;
    assert_eq!(client.closed().await, (4401, "Unauthorized".into()));

    let mut client = Client::ready(&server).await;
    client.say(json!({ "type": "connection_init" })).await;
    assert_eq!(client.closed().await, (4429, "Too many initialisation requests".into()));

    let mut client = Client::ready(&server).await;
    client.subscribe("one", FOLLOW).await;
    client.subscribe("one", STATS).await;
    assert_eq!(client.closed().await, (4409, "Subscriber for one already exists".into()));

    for headers in [&[][..], &[("sec-websocket-protocol", "graphql-ws")]] {
        let client = raw(&server, headers).await;
        assert_eq!(Client(client).closed().await, (4406, "Subprotocol not acceptable".into()), "{headers:?}");
    }
}

/// A connection whose client does not look at the protocol that was agreed on.
async fn raw(server: &Server, headers: &[(&str, &str)]) -> WebSocketStream<TcpStream> {
    let stream = shaken(server, headers).await;
    WebSocketStream::from_raw_socket(stream, Role::Client, None).await
}

async fn shaken(server: &Server, headers: &[(&str, &str)]) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!(
        "GET /graphql HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(in_time(stream.read_u8()).await.expect("a head"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
    stream
}

#[tokio::test]
async fn whoever_does_not_begin_or_does_nothing_is_closed() {
    let server = live::start(streams(|s| s.init_timeout = Duration::from_millis(1))).await;
    assert_eq!(Client::new(&server).await.closed().await, (4408, "Connection initialisation timeout".into()));

    let server = live::start(streams(|s| s.idle_timeout = Duration::from_millis(20))).await;
    let mut busy = Client::ready(&server).await;
    busy.subscribe("1", FOLLOW).await;
    assert_eq!(Client::ready(&server).await.code().await, 1000);
    // Whoever has an operation is not idle, and becomes so when it is stopped.
    busy.pong().await;
    busy.complete("1").await;
    assert_eq!(busy.code().await, 1000);
}

#[tokio::test]
async fn messages_and_operations_are_limited() {
    let settings = Settings { largest_body_bytes: 1000, ..streams(|s| s.most_operations = 2) };
    let server = live::start(settings).await;
    let mut client = Client::ready(&server).await;
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
        let mut client = Client::ready(&server).await;
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
        let mut client = Client::open(&server, &[protocol, ("authorization", header)]).await;
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

#[tokio::test]
async fn every_change_is_told_once_and_in_order_across_connections() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(&server).await;
    client.subscribe("1", FOLLOW).await;
    let added: Vec<_> = (1..=10).map(|number| server.add(number)).collect();
    assert_eq!(added, (1..=10).collect::<Vec<_>>());
    for expected in added {
        assert_eq!(client.change("1").await, expected);
    }
    drop(client);
    // What happens in between is told to whoever says what it saw last.
    let between: Vec<_> = (200..210).map(|number| server.add(number)).collect();
    let mut client = Client::ready(&server).await;
    client.subscribe("1", "subscription { graphChanged(sinceVersion: 10) { version } }").await;
    let after: Vec<_> = (300..303).map(|number| server.add(number)).collect();
    for expected in between.into_iter().chain(after) {
        assert_eq!(client.change("1").await, expected);
    }
    client.pong().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_loses_nothing_and_holds_nobody_up() {
    let server = live::start(Settings::default()).await;
    let (mut slow, mut other) = (Client::ready(&server).await, Client::ready(&server).await);
    let text = "subscription { graphChanged(sinceVersion: 0) { version document { text } } }";
    slow.subscribe("1", text).await;
    other.subscribe("1", text).await;
    let most = 300;
    for number in 1..=most {
        server.add_text(number, "x".repeat(50_000));
    }
    // 15 MB do not fit into the buffers between both ends.
    for expected in 1..=most {
        assert_eq!(other.change("1").await, expected);
    }
    for expected in 1..=most {
        assert_eq!(slow.change("1").await, expected);
    }
    slow.pong().await;
}

#[tokio::test]
async fn what_is_stopped_says_nothing_more() {
    let server = live::start(Settings::default()).await;
    let mut client = Client::ready(&server).await;
    client.subscribe("1", FOLLOW).await;
    server.add(1);
    assert_eq!(client.change("1").await, 1);
    client.complete("1").await;
    client.complete("unknown").await;
    server.counts("maillage_subscriptions_open{transport=\"websocket\"}", 0.0).await;
    server.add(500);
    client.pong().await;
    // The id is free again.
    client.subscribe("1", STATS).await;
    assert_eq!(client.hear().await["type"], "next");
    assert_eq!(client.hear().await["type"], "complete");
    // A connection that ends takes its operations with it.
    client.subscribe("2", "subscription { graphChanged(sinceVersion: 2) { version } }").await;
    server.add(501);
    assert_eq!(client.change("2").await, 3);
    drop(client);
    server.counts("maillage_subscriptions_open{transport=\"websocket\"}", 0.0).await;
    server.counts("maillage_connections_open{transport=\"websocket\"}", 0.0).await;
}

#[tokio::test]
async fn whoever_gives_no_sign_of_life_is_closed() {
    let server = live::start(streams(|s| s.keep_alive = Duration::from_millis(20))).await;
    // One that reads what comes, but answers nothing.
    let mut dead = shaken(&server, &[("Sec-WebSocket-Protocol", "graphql-transport-ws")]).await;
    let mut alive = Client::new(&server).await;
    alive.init(Value::Null).await;
    let dead = tokio::spawn(async move {
        let mut read = Vec::new();
        // How the connection ends is no matter.
        drop(dead.read_to_end(&mut read).await);
        read
    });
    // The other answers whatever it is asked, and outlives it.
    let mut pings = 0;
    while pings < 5 || !dead.is_finished() {
        pings += u32::from(matches!(in_time(alive.0.next()).await, Some(Ok(Message::Ping(_)))));
    }
    alive.pong().await;
    // A ping is 0x89, a close 0x88.
    let read = dead.await.expect("no panic");
    assert!(read.starts_with(&[0x89, 0, 0x89, 0, 0x88]), "{read:x?}");
}

#[tokio::test]
async fn a_server_that_ends_says_so() {
    let mut server = live::start(Settings::default()).await;
    let mut client = Client::ready(&server).await;
    client.subscribe("1", FOLLOW).await;
    client.pong().await;
    server.end();
    assert_eq!(client.code().await, 1001);
    server.ended().await;
}
