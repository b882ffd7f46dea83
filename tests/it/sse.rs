//! Answers as Server-Sent Events, as `graphql-sse` says, against a server on a port of its own.

use std::time::Duration;

use maillage::server::{Settings, Streams};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::live::{self, FOLLOW, Server, in_time, version};

const EVENTS: &str = "text/event-stream";

/// A stream of events as it comes.
struct Events {
    stream: BufReader<TcpStream>,
    head: String,
    text: String,
}

impl Events {
    async fn open(server: &Server, request: String) -> Self {
        let mut stream = BufReader::new(TcpStream::connect(server.address).await.expect("a connection"));
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(in_time(stream.read_line(&mut head)).await.expect("a head") > 0, "{head}");
        }
        Self { stream, head: head.to_ascii_lowercase(), text: String::new() }
    }

    async fn post(server: &Server, query: &str) -> Self {
        Self::open(server, posted(EVENTS, query)).await
    }

    /// The next block, which is an event or a comment; none when the stream has ended.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let mut size = String::new();
            in_time(self.stream.read_line(&mut size)).await.ok().filter(|bytes| *bytes > 0)?;
            let size = usize::from_str_radix(size.trim(), 16).expect("the size of a chunk");
            let mut chunk = vec![0; size + 2];
            in_time(self.stream.read_exact(&mut chunk)).await.expect("a chunk");
            if size == 0 {
                return None;
            }
            self.text.push_str(std::str::from_utf8(&chunk[..size]).expect("text"));
        }
    }

    /// The next event with its data, comments passed over.
    async fn event(&mut self) -> Option<(String, String)> {
        loop {
            let block = self.block().await?;
            if block.starts_with(':') {
                continue;
            }
            let (event, data) = block.split_once('\n').expect("two lines");
            let name = event.strip_prefix("event: ").expect("the name of an event");
            return Some((name.to_owned(), data.strip_prefix("data:").expect("data").trim_start().to_owned()));
        }
    }

    async fn next(&mut self) -> Value {
        let (name, data) = self.event().await.expect("an event");
        assert_eq!(name, "next", "{data}");
        serde_json::from_str(&data).expect("JSON")
    }

    async fn complete(mut self) {
        assert_eq!(self.event().await, Some(("complete".into(), String::new())));
        assert_eq!(self.event().await, None);
    }
}

fn posted(accept: &str, query: &str) -> String {
    let body = json!({ "query": query }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAccept: {accept}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn got(accept: &str, query: &str) -> String {
    let query: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("GET /graphql?query={query} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAccept: {accept}\r\n\r\n")
}

#[tokio::test]
async fn queries_are_answered_with_one_event() {
    let server = live::start(Settings::default()).await;
    let query = "{ stats { documentCount } }";
    for request in [posted(EVENTS, query), got(EVENTS, query), posted("text/event-stream, application/json", query)] {
        let mut events = Events::open(&server, request).await;
        assert!(events.head.starts_with("http/1.1 200"), "{}", events.head);
        for line in ["content-type: text/event-stream\r\n", "cache-control: no-cache\r\n", "x-accel-buffering: no\r\n"]
        {
            assert!(events.head.contains(line), "{line}: {}", events.head);
        }
        let expected =
            json!({ "data": { "stats": { "documentCount": 0 } }, "extensions": { "graph": { "version": 0 } } });
        assert_eq!(events.next().await, expected);
        events.complete().await;
    }
    let json = server.ask(&posted("application/json, text/event-stream", query)).await;
    assert!(json.to_ascii_lowercase().contains("content-type: application/json; charset=utf-8"), "{json}");
}

#[tokio::test]
async fn errors_of_an_operation_are_events_too() {
    let server = live::start(Settings::default()).await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { graphChanged(sinceVersion: 9) { version } }", "BAD_USER_INPUT"),
    ] {
        let mut events = Events::post(&server, query).await;
        assert!(events.head.starts_with("http/1.1 200"), "{}", events.head);
        let next = events.next().await;
        assert_eq!((&next["errors"][0]["extensions"]["code"], next.get("data")), (&json!(code), None), "{next}");
        events.complete().await;
    }
}

#[tokio::test]
async fn what_opens_no_stream_is_refused_as_over_http() {
    let server = live::start(Settings::default()).await;
    let mutation = "mutation { __typename }";
    let body = |content_type: &str, body: &str| {
        format!(
            "POST /graphql HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAccept: {EVENTS}\r\nContent-Type: {content_type}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    for (request, status) in [
        (got(EVENTS, mutation), "405"),
        (got(EVENTS, ""), "400"),
        (got("application/json", FOLLOW), "405"),
        (posted("application/json", FOLLOW), "406"),
        (posted("text/event-stream;q=0, application/json", FOLLOW), "406"),
        (posted("text/plain", FOLLOW), "406"),
        (body("text/plain", &json!({ "query": mutation }).to_string()), "415"),
        (body("application/json", "{"), "400"),
        (body("application/json", "[]"), "400"),
    ] {
        let answer = server.ask(&request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}\n{answer}");
        assert!(answer.contains("content-type: application/json") && answer.contains("\"code\":"), "{answer}");
    }
    let mut allowed = Events::post(&server, mutation).await;
    assert_eq!(allowed.next().await["data"]["__typename"], "Mutation");
}

#[tokio::test]
async fn every_change_is_told_once_and_in_order_across_connections() {
    let server = live::start(Settings::default()).await;
    let mut events = Events::post(&server, FOLLOW).await;
    for expected in 1..=10 {
        assert_eq!(server.add(expected), expected);
        assert_eq!(version(&events.next().await), expected);
    }
    drop(events);
    for number in 11..=20 {
        server.add(number);
    }
    let since = "subscription { graphChanged(sinceVersion: 10) { version } }";
    // A subscription takes the stream also when another answer would be preferred.
    let mut events = Events::open(&server, got("application/json, text/event-stream;q=0.1", since)).await;
    for number in 21..=23 {
        server.add(number);
    }
    for expected in 11..=23 {
        assert_eq!(version(&events.next().await), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_loses_nothing() {
    let server = live::start(Settings::default()).await;
    let text = "subscription { graphChanged(sinceVersion: 0) { version document { text } } }";
    let mut events = Events::post(&server, text).await;
    for number in 1..=300 {
        server.add_text(number, "x".repeat(50_000));
    }
    for expected in 1..=300 {
        assert_eq!(version(&events.next().await), expected);
    }
}

#[tokio::test]
async fn a_stream_outlives_the_time_of_a_request_and_shows_that_it_lives() {
    let streams = Streams { keep_alive: Duration::from_millis(5), ..Streams::default() };
    let settings = Settings { request_timeout: Duration::from_millis(20), streams, ..Settings::default() };
    let server = live::start(settings).await;
    let mut events = Events::post(&server, FOLLOW).await;
    // Ten comments take longer than a request may.
    for _ in 0..10 {
        assert_eq!(events.block().await.as_deref(), Some(":"));
    }
    server.add(1);
    assert_eq!(version(&events.next().await), 1);
}

#[tokio::test]
async fn a_stream_that_is_dropped_stops_its_subscription() {
    let server = live::start(Settings::default()).await;
    let mut events = Events::post(&server, FOLLOW).await;
    server.add(1);
    assert_eq!(version(&events.next().await), 1);
    for name in ["connections", "subscriptions"] {
        server.counts(&format!("maillage_{name}_open{{transport=\"sse\"}}"), 1.0).await;
    }
    drop(events);
    for name in ["connections", "subscriptions"] {
        server.counts(&format!("maillage_{name}_open{{transport=\"sse\"}}"), 0.0).await;
    }
}

#[tokio::test]
async fn a_server_that_ends_breaks_its_streams_off() {
    let mut server = live::start(Settings::default()).await;
    let mut events = Events::post(&server, FOLLOW).await;
    server.add(1);
    assert_eq!(version(&events.next().await), 1);
    server.end();
    // Not complete: whoever follows comes back.
    assert_eq!(events.event().await, None);
    server.ended().await;
}
