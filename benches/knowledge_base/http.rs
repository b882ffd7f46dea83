//! The same over HTTP, against the program as a process of its own: eight who read, one who writes, one who follows.
//!
//! `two hops over HTTP, eight readers: 4.1 ms (p99 9.8 ms) idle, 6.0 ms (p99 17.2 ms) busy: p99 1.8 times`
//!
//! Everything runs on the same cores: readers count their own work, too.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use maillage::knowledge_base::new_token;
use maillage::store::SqliteStore;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, WebSocket, client};

use super::client::Client;
use super::{percentile, releases, spread};

const READERS: usize = 8;
const WRITES: usize = 1000;
/// A reader reads this often, so that what was measured idle is as much as what was measured busy.
const IDLE: Duration = Duration::from_secs(10);

const TWO_HOPS: &str = "query($id: ID!) { neighborhood(id: $id, maxHops: 2, first: 100) {
    complete neighbors { hops entity { id name } via { relation { kind evidence(first: 1) { document { id } } } } } } }";
const PEOPLE: &str = "query($after: String) { entities(where: {kind: [PERSON]}, first: 100, after: $after) {
    nodes { id } pageInfo { endCursor } } }";
const INGEST: &str = "mutation($documents: [DocumentInput!]!) { ingestDocuments(documents: $documents) {
    version documents { id } } }";

/// The program, ended when the benchmark is.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
        command.args(["serve", "--quiet", "--port", "0", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("an output"));
        let line = out.lines().map_while(Result::ok).find(|line| line.starts_with("GraphQL")).expect("an address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { child, address: address.to_owned() }
    }

    fn client(&self) -> Client {
        Client::connect(&self.address).expect("it listens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Measures a store of so many documents, and says what it found.
pub(crate) fn measure(data: &Path, count: usize) {
    let secret = new_token(&mut SqliteStore::open(data).expect("a store"), "bench", Timestamp::now()).expect("a token");
    let server = Server::start(data);
    let people = people(&mut server.client());
    let read_while = |until: &(dyn Fn() + Sync)| {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let (stop, people) = (&stop, &people);
            let reader = |reader| {
                let client = server.client();
                scope.spawn(move || read_in_a_loop(client, people, stop, reader))
            };
            let readers: Vec<_> = (0..READERS as u64).map(reader).collect();
            until();
            stop.store(true, Ordering::Relaxed);
            readers.into_iter().flat_map(|reader| reader.join().expect("a reader")).collect::<Vec<_>>()
        })
    };
    let idle = read_while(&|| thread::sleep(IDLE));
    let busy = read_while(&|| write_and_follow(&server, &secret, count));
    let ratio = percentile(&busy, 99) / percentile(&idle, 99);
    let per_second = idle.len() as f64 / IDLE.as_secs_f64();
    println!("two hops over HTTP, eight readers: {}, {per_second:.0}/s", spread(idle));
    println!("the same while {WRITES} documents come in by mutation: {}: p99 {ratio:.1} times", spread(busy));
}

fn asked(client: &mut Client, query: &str, variables: Value, secret: Option<&str>) -> Value {
    let request = json!({ "query": query, "variables": variables }).to_string();
    let (status, body) = client.ask(&request, secret).expect("an answer");
    let mut answer: Value = serde_json::from_str(&body).expect("JSON");
    assert!(status == 200 && answer.get("errors").is_none(), "{body}");
    answer["data"].take()
}

/// Some people of the store: each has neighbours of their own.
fn people(client: &mut Client) -> Vec<String> {
    let (mut people, mut after) = (Vec::new(), Value::Null);
    while people.len() < 1000 {
        let page = asked(client, PEOPLE, json!({ "after": after }), None)["entities"].take();
        let nodes = page["nodes"].as_array().expect("a list");
        people.extend(nodes.iter().filter_map(|person| person["id"].as_str().map(str::to_owned)));
        after = page["pageInfo"]["endCursor"].clone();
        if nodes.len() < 100 {
            break;
        }
    }
    people
}

/// Asks for what lies two hops around people until told to stop; how long each took.
fn read_in_a_loop(mut client: Client, people: &[String], stop: &AtomicBool, reader: u64) -> Vec<Duration> {
    let (mut times, mut numbers, mut last) = (Vec::new(), releases::Numbers::new(reader), 0);
    while !stop.load(Ordering::Relaxed) {
        let variables = json!({ "id": people[numbers.below(people.len())] });
        let request = json!({ "query": TWO_HOPS, "variables": variables }).to_string();
        let started = Instant::now();
        let (status, body) = client.ask(&request, None).expect("an answer");
        times.push(started.elapsed());
        assert!(status == 200 && body.starts_with("{\"data\":{\"neighborhood\":{"), "{body}");
        let version = body.rsplit("\"version\":").next().and_then(|rest| rest.trim_end_matches('}').parse().ok());
        assert!(version.is_some_and(|version: u64| version >= last), "{body}");
        last = version.unwrap_or(last);
    }
    times
}

/// Sends documents one by one, while somebody follows what comes.
fn write_and_follow(server: &Server, secret: &str, count: usize) {
    let mut client = server.client();
    let version = asked(&mut client, "{ stats { version } }", Value::Null, None)["stats"]["version"].as_u64();
    let since = version.expect("a version");
    let (written, told) = thread::scope(|scope| {
        let follower = scope.spawn(|| follow(&server.address, since, WRITES));
        let (mut times, mut written) = (Vec::new(), HashMap::new());
        // Others than those that came and went before.
        for number in count + 10_000..count + 10_000 + WRITES {
            let document = json!({ "source": number.to_string(), "text": releases::release(number), "language": "fr" });
            let started = Instant::now();
            let done = asked(&mut client, INGEST, json!({ "documents": [document] }), Some(secret));
            times.push(started.elapsed());
            let done = &done["ingestDocuments"];
            written.insert(done["version"].as_u64().expect("a version"), done["documents"][0]["id"].clone());
        }
        println!("one document more over HTTP, until it is acknowledged: {}", spread(times));
        (written, follower.join().expect("a follower"))
    });
    // Each once and in order, across connections.
    assert_eq!(told.len(), WRITES);
    for (expected, (version, document)) in (since + 1..).zip(&told) {
        assert_eq!((*version, document), (expected, &written[&expected]));
    }
}

/// What is told over WebSockets, each of which is left after a hundred changes.
fn follow(address: &str, since: u64, most: usize) -> Vec<(u64, Value)> {
    let mut told: Vec<(u64, Value)> = Vec::new();
    while told.len() < most {
        let after = told.last().map_or(since, |(version, _)| *version);
        let mut socket = open(address);
        let query = format!("subscription {{ graphChanged(sinceVersion: {after}) {{ version documentId }} }}");
        say(&mut socket, json!({ "id": "1", "type": "subscribe", "payload": { "query": query } }));
        for _ in 0..100.min(most - told.len()) {
            let mut change = hear(&mut socket)["payload"]["data"]["graphChanged"].take();
            told.push((change["version"].as_u64().expect("a version"), change["documentId"].take()));
        }
    }
    told
}

fn open(address: &str) -> WebSocket<TcpStream> {
    let mut request = format!("ws://{address}/graphql").into_client_request().expect("a request");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a value"));
    let (mut socket, _) = client(request, TcpStream::connect(address).expect("it listens")).expect("an upgrade");
    say(&mut socket, json!({ "type": "connection_init" }));
    assert_eq!(hear(&mut socket)["type"], "connection_ack");
    socket
}

fn say(socket: &mut WebSocket<TcpStream>, message: Value) {
    socket.send(Message::text(message.to_string())).expect("sent");
}

fn hear(socket: &mut WebSocket<TcpStream>) -> Value {
    loop {
        if let Message::Text(text) = socket.read().expect("a message") {
            return serde_json::from_str(&text).expect("JSON");
        }
    }
}
