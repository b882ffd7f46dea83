//! Traces of the program as a collector sees them, and that no collector can hold the program up.
#![cfg(unix)]

use std::net::{TcpListener, TcpStream};
use std::process::Command;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};

use crate::collector::{Attributes, Collector, Span};
use crate::program::{Served, maillage, run};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

/// Spans are sent at the end and not before, unless there are very many.
const AT_THE_END: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "3600000");
/// Spans are sent as soon as there are any.
const AT_ONCE: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "10");

fn serving(arguments: &[&str], variables: &[(&str, &str)]) -> Served {
    let mut command = maillage(&[&["serve", "--port", "0"], arguments].concat());
    command.envs(variables.iter().copied());
    Served::logged(command)
}

/// Asks, and waits for the whole answer.
fn post(server: &Served, headers: &str, body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    server.ask(&format!(
        "POST /graphql HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}\
         Content-Length: {length}\r\n\r\n{body}"
    ))
}

fn attributes(expected: &[(&str, &str)]) -> Attributes {
    expected.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// Nothing that was sent has any of these texts in it.
fn keeps_to_itself(collector: &Collector, texts: &[&str]) {
    for taken in collector.taken() {
        let body = String::from_utf8_lossy(&taken.body).to_lowercase();
        for text in texts {
            assert!(!body.contains(&text.to_lowercase()), "{text}: {body}");
        }
    }
}

/// The spans of a trace by their names.
fn of_trace(collector: &Collector, trace: &str) -> Vec<String> {
    let mut names: Vec<_> =
        collector.spans().into_iter().filter(|span| span.trace == trace).map(|span| span.name).collect();
    names.sort();
    names
}

#[test]
fn a_request_is_traced_as_a_part_of_what_its_sender_does() {
    let collector = Collector::answering(200);
    let headers = ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=graph");
    let server = serving(&["corpus", "--otlp", collector.address()], &[AT_THE_END, headers]);
    let query = "query Funders($secret7: String!) { entity(name: $secret7) { name } stats { documentCount } }";
    let asked = json!({ "query": query, "variables": { "secret7": "Secret8" } });
    let answer = post(&server, &format!("traceparent: 00-{TRACE}-{PARENT}-01\r\ntracestate: a=b\r\n"), &asked);
    assert!(answer.contains("\"documentCount\":5"), "{answer}");
    // Whose sender is not traced is not traced.
    let unwanted = "00000000000000000000000000000bad";
    post(&server, &format!("traceparent: 00-{unwanted}-{PARENT}-00\r\n"), &asked);
    // Nothing is known of whose header makes no sense.
    post(
        &server,
        "traceparent: secret9\r\n",
        &json!({ "query": "mutation Write { undoDecision(id: \"a\") { undone } }" }),
    );
    let (status, log) = server.end("-INT");
    assert_eq!(status, Some(0), "{log}");
    assert!(log.contains(&format!("trace_id=\"{TRACE}\"")), "{log}");

    let head = &collector.taken()[0].head;
    assert!(head.starts_with("post /v1/traces http/1.1\r\n") && head.contains("\r\nx-team: graph\r\n"), "{head}");
    let resource = collector.resource();
    assert_eq!(resource["service.name"], "maillage");
    assert_eq!(resource["service.version"], env!("CARGO_PKG_VERSION"));

    let http = collector.spans().into_iter().find(|span| span.parent == PARENT).expect("a span of the request");
    let expected = attributes(&[
        ("http.request.method", "POST"),
        ("http.response.status_code", "200"),
        ("http.route", "/graphql"),
        ("url.path", "/graphql"),
        ("url.scheme", "http"),
    ]);
    let (id, trace) = (http.id.clone(), TRACE.to_owned());
    let name = "POST /graphql".to_owned();
    let (links, parent) = (Vec::new(), PARENT.to_owned());
    assert_eq!(http, Span { name, trace, id, parent, links, is_server: true, is_error: false, attributes: expected });

    let query = collector.span("query");
    assert_eq!((&query.parent, query.trace.as_str(), query.is_server), (&http.id, TRACE, true));
    let expected = [("graphql.operation.name", "Funders"), ("graphql.operation.type", "query")];
    assert_eq!((query.attributes, query.is_error), (attributes(&expected), false));

    let mutation = collector.span("mutation");
    assert_eq!(
        (mutation.attribute("graphql.operation.name"), mutation.attribute("error.type")),
        ("Write", "FORBIDDEN")
    );
    assert!(mutation.is_error && mutation.trace != TRACE, "{mutation:?}");
    assert_eq!(of_trace(&collector, &mutation.trace), ["POST /graphql", "mutation"]);
    assert_eq!(of_trace(&collector, unwanted), [""; 0]);
    keeps_to_itself(&collector, &["secret", "entity", "documentCount", "undoDecision", "/corpus"]);
}

#[test]
fn what_a_client_writes_is_not_in_its_traces() {
    let collector = Collector::answering(200);
    let server = serving(&["corpus", "--otlp", collector.address()], &[AT_THE_END]);
    let long = "Funders".repeat(20);
    for query in [
        format!("query {long} {{ stats {{ version }} }}"),
        "query Secret1 { secret2 }".into(),
        "{ secret3".into(),
        "query Secret4 { stats { version } } query Secret5 { stats { version } }".into(),
    ] {
        post(&server, "x-secret6: secret7\r\nuser-agent: secret8\r\n", &json!({ "query": query }));
    }
    let asked = json!({ "query": "query Known { stats { version } }", "operationName": "Secret9" });
    post(&server, "", &asked);
    server.get("/graphql?query=%7Bsecret10%7D");
    server.get("/secret11");
    server.get("/assets/secret12.js");
    server.ask("PURGE /healthz HTTP/1.1\r\nHost: secret13\r\nConnection: close\r\n\r\n");
    assert_eq!(server.end("-TERM").0, Some(0));

    let named: Vec<_> = collector.spans().into_iter().filter(|span| span.name == "query").collect();
    assert!(named.iter().any(|span| span.attribute("graphql.operation.name") == &long[..64]), "{named:#?}");
    // The name of an operation that was executed, or would have been, is its author's to choose.
    let refused = named.iter().find(|span| span.is_error).expect("an operation that was refused");
    assert_eq!(refused.attribute("error.type"), "GRAPHQL_VALIDATION_FAILED");
    let unknown = |span: &&Span| span.name == "GraphQL Operation";
    let reasons: Vec<_> =
        collector.spans().iter().filter(unknown).map(|span| span.attribute("error.type").to_owned()).collect();
    assert_eq!(reasons, ["GRAPHQL_PARSE_FAILED", "OPERATION_RESOLUTION_FAILURE", "OPERATION_RESOLUTION_FAILURE"]);

    let nowhere = collector.span("GET");
    assert!(nowhere.attribute("http.response.status_code") == "404" && !nowhere.is_error, "{nowhere:?}");
    assert!(!nowhere.attributes.contains_key("http.route") && !nowhere.attributes.contains_key("url.path"));
    let file = collector.span("GET /assets/{*file}");
    assert!(!file.attributes.contains_key("url.path"), "{file:?}");
    assert_eq!(collector.span("HTTP /healthz").attribute("http.request.method"), "_OTHER");
    let texts = (2..=13).map(|number| format!("secret{number}")).collect::<Vec<_>>();
    keeps_to_itself(&collector, &texts.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn writes_are_traced_with_how_many_documents_came() {
    let collector = Collector::answering(200);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("store").to_string_lossy().into_owned();
    let secret = run(&["token", "new", "--data", &data, "ana"]).1;
    let server = serving(&["--data", &data, "--otlp", collector.address()], &[AT_THE_END]);
    let text = |number: u32| format!("{{ source: \"note {number}\", text: \"Le Canada finance l’OIM. {number}\" }}");
    let documents = [text(1), text(2), text(2)].join(" ");
    let query = format!("mutation {{ ingestDocuments(documents: [{documents}]) {{ added }} }}");
    let answer = post(&server, &format!("authorization: Bearer {}\r\n", secret.trim()), &json!({ "query": query }));
    assert!(answer.contains("\"added\":2"), "{answer}");
    assert_eq!(server.end("-INT").0, Some(0));

    let (mutation, ingest, write) = (collector.span("mutation"), collector.span("ingest"), collector.span("write"));
    assert_eq!((&ingest.parent, &write.parent), (&mutation.id, &ingest.id));
    let expected = [("added", "2"), ("extracted", "0"), ("skipped", "0"), ("unchanged", "0"), ("withdrawn", "0")];
    for (name, number) in expected {
        assert_eq!(ingest.attribute(&format!("maillage.documents.{name}")), number, "{ingest:?}");
    }
    assert_eq!((write.attribute("maillage.documents.added"), write.attribute("maillage.log.entries")), ("2", "2"));
    assert!(!mutation.is_error && !ingest.is_error && !ingest.is_server && !write.is_error);
    keeps_to_itself(&collector, &["note 1", "Canada", "ana", secret.trim(), "document:"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_that_fails_is_traced_as_an_error_and_logged_once() {
    let collector = Collector::answering(200);
    let folder = tempfile::tempdir().expect("a folder");
    let (library, full) = (crate::faults::compile(folder.path()), folder.path().join("full"));
    let data = folder.path().join("store").to_string_lossy().into_owned();
    let secret = run(&["token", "new", "--data", &data, "ana"]).1;
    let mut command = maillage(&["serve", "--port", "0", "--data", &data, "--otlp", collector.address()]);
    command.env("LD_PRELOAD", library).env("FAIL_FOLDER", &data).env("FAIL_WHEN", &full);
    command.envs([AT_THE_END, ("FAIL_AT", "1"), ("FAIL_HOW", "ENOSPC"), ("FAIL_ALWAYS", "1")]);
    let server = Served::logged(command);
    std::fs::write(&full, "").expect("a file");
    let query = "mutation { ingestDocuments(documents: [{ source: \"a\", text: \"Un texte.\" }]) { added } }";
    let answer = post(&server, &format!("authorization: Bearer {}\r\n", secret.trim()), &json!({ "query": query }));
    assert!(answer.contains("STORE_FAILED") && answer.contains("no room left"), "{answer}");
    std::fs::remove_file(&full).expect("a file");
    let (status, log) = server.end("-INT");
    assert_eq!(status, Some(0), "{log}");
    let said: Vec<_> = log.lines().filter(|line| line.contains("WARN") || line.contains("ERROR")).collect();
    assert!(said.len() == 1 && said[0].contains("a write failed"), "{log}");
    for (name, reason) in [("mutation", "STORE_FAILED"), ("ingest", "store_full"), ("write", "store_full")] {
        let span = collector.span(name);
        assert_eq!((span.is_error, span.attribute("error.type")), (true, reason), "{span:?}");
    }
    let http = collector.span("POST /graphql");
    assert!(!http.is_error && http.attribute("http.response.status_code") == "200", "{http:?}");
    keeps_to_itself(&collector, &["no room", "Un texte"]);
}

#[test]
fn streams_that_the_end_closes_are_traced() {
    let collector = Collector::answering(200);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_string_lossy().into_owned();
    let server = serving(&["--data", &data, "--otlp", collector.address()], &[AT_THE_END]);
    let follow = "subscription%20Events%7BingestProgress%7Brunning%7D%7D";
    let _open = server
        .open(&format!("GET /graphql?query={follow} HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\n\r\n"));
    let mut request = format!("ws://{}/graphql", server.address).into_client_request().expect("a request");
    let protocol = HeaderValue::from_static("graphql-transport-ws");
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let stream = TcpStream::connect(&server.address).expect("it listens");
    let (mut socket, _) = tungstenite::client(request, stream).expect("an upgrade");
    let mut say = |message: Value| {
        socket.send(Message::text(message.to_string())).expect("sent");
        socket.read().expect("an answer")
    };
    say(json!({ "type": "connection_init" }));
    let query = "query Once { stats { version } }";
    say(json!({ "id": "1", "type": "subscribe", "payload": { "query": query } }));
    let query = "subscription Socket { ingestProgress { running } }";
    // Tells at once how far it is, so that it is known to have begun.
    say(json!({ "id": "2", "type": "subscribe", "payload": { "query": query } }));
    assert_eq!(server.end("-INT").0, Some(0));

    let named = |name: &str| {
        let is = |span: &Span| span.attributes.get("graphql.operation.name").is_some_and(|found| found == name);
        collector.spans().into_iter().find(is).unwrap_or_else(|| panic!("{name} in {:#?}", collector.spans()))
    };
    let opened: Vec<_> = collector.spans().into_iter().filter(|span| span.name == "GET /graphql").collect();
    let by = |status: &str| {
        let is = |span: &&Span| span.attribute("http.response.status_code") == status;
        opened.iter().find(is).expect("a span of the request").id.clone()
    };
    assert_eq!((named("Events").name.as_str(), named("Events").parent), ("subscription", by("200")));
    for (name, kind) in [("Once", "query"), ("Socket", "subscription")] {
        let span = named(name);
        assert_eq!((span.name.as_str(), span.parent.as_str(), span.links), (kind, "", vec![by("101")]));
    }
}

#[test]
fn a_collector_that_takes_nothing_is_said_once() {
    let collector = Collector::answering(503);
    let server = serving(&["corpus", "--otlp", collector.address()], &[AT_ONCE]);
    let asked = json!({ "query": "{ stats { documentCount } }" });
    let answered = || assert!(post(&server, "", &asked).contains("\"documentCount\":5"));
    // Each batch is tried four times.
    for requests in [4, 8, 9] {
        answered();
        collector.waits_for(requests);
    }
    collector.answer(200);
    collector.waits_for(10);
    for requests in [11, 12] {
        answered();
        collector.waits_for(requests);
    }
    let (status, log) = server.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    let said = |text: &str| log.lines().filter(|line| line.contains(text)).count();
    let refusal = format!("traces cannot be sent to {}/v1/traces: it answers 503", collector.address());
    assert_eq!((said(&refusal), said("traces are taken again")), (1, 1), "{log}");
    assert_eq!(said("WARN"), 1, "{log}");
    assert_eq!(said("ERROR"), 0, "{log}");
}

#[test]
fn a_collector_that_is_not_there_changes_nothing() {
    let gone = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    // This one is there, but never answers: who waited for it would wait for an hour.
    let silent = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let silence = format!("http://{}", silent.local_addr().expect("an address"));
    for (address, said) in [(address, "traces cannot be sent to"), (silence, "the last traces were not taken")] {
        let timeout = ("OTEL_EXPORTER_OTLP_TIMEOUT", "3600000");
        let server = serving(&["corpus", "--otlp", &address], &[AT_ONCE, timeout]);
        for _ in 0..10 {
            let answer = post(&server, "", &json!({ "query": "{ stats { documentCount } }" }));
            assert!(answer.contains("\"documentCount\":5"), "{answer}");
        }
        let (status, log) = server.end("-INT");
        assert_eq!(status, Some(0), "{log}");
        let warnings: Vec<_> = log.lines().filter(|line| line.contains("WARN") || line.contains("ERROR")).collect();
        assert!(warnings.len() == 1 && warnings[0].contains(said), "{log}");
    }
}

#[test]
fn variables_say_where_traces_go_and_whether_any_do() {
    let collector = Collector::answering(200);
    let to = |name| (name, collector.address());
    let general = to("OTEL_EXPORTER_OTLP_ENDPOINT");
    let ends = |server: Served| {
        server.get("/healthz");
        let (status, log) = server.end("-INT");
        assert_eq!(status, Some(0), "{log}");
        log
    };
    for off in [("OTEL_SDK_DISABLED", "true"), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_TRACES_SAMPLER", "always_off")]
    {
        let log = ends(serving(&["corpus"], &[general, off]));
        assert!(!log.contains("WARN"), "{log}");
    }
    assert!(!ends(serving(&["corpus"], &[("OTEL_SERVICE_NAME", "graph")])).contains("trace_id"));
    assert_eq!(collector.taken().len(), 0);
    let log = ends(serving(&["corpus"], &[general, ("OTEL_SERVICE_NAME", "graph"), ("OTEL_TRACES_SAMPLER", "maybe")]));
    assert!(log.contains("'maybe'") && log.contains("OTEL_TRACES_SAMPLER"), "{log}");
    assert_eq!(collector.resource()["service.name"], "graph");
    assert_eq!(collector.span("GET /healthz").attribute("http.response.status_code"), "200");
    let own = format!("{}/elsewhere", collector.address());
    ends(serving(&["corpus"], &[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", &own)]));
    assert!(collector.taken()[1].head.starts_with("post /elsewhere http/1.1"), "{:?}", collector.taken()[1]);
}

#[test]
fn an_address_that_cannot_be_sent_to_says_why() {
    let refused = |command: &mut Command| {
        let output = command.output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, said) = refused(&mut maillage(&["serve", "corpus", "--otlp", "https://collector.example:4318"]));
    assert!(status == Some(2) && said.contains("speaks no TLS; send to a collector nearby"), "{said}");
    // A variable may be meant for other programs: it is no reason not to serve.
    let server = serving(&["corpus"], &[("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4318")]);
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let (status, log) = server.end("-INT");
    assert_eq!(status, Some(0), "{log}");
    let lines: Vec<_> = log.lines().filter(|line| line.contains("WARN")).collect();
    let expected = "no traces are sent: OTEL_EXPORTER_OTLP_ENDPOINT: this program speaks no TLS";
    assert!(lines.len() == 1 && lines[0].contains(expected), "{log}");
}
