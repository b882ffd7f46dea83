//! Eight who read over HTTP from the program itself while one writes and one follows: every answer is that of one version, from its first
//! field to its last, and every change is told once and in order.
//!
//! What each version must answer is known beforehand: the same mutations are made on a knowledge base in this process, one by one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_graphql::{Request, Variables};
use maillage::api::{self, Caller, Limits};
use maillage::knowledge_base::KnowledgeBase;
use maillage::store::MemoryStore;
use serde_json::{Value, json};

use crate::client::Client;
use crate::fixture::block_on;
use crate::made_up::Dice;
use crate::press;
use crate::program::{Served, run};
use crate::socket;

const DOCUMENTS: usize = 100;
const READERS: u64 = 8;

/// Counts, a list, two hops from one entity with evidence, decisions, the log: whatever could come from another version than the rest.
const QUESTION: &str = r#"{
    stats { version documentCount entityCount relationCount mentionCount componentCount }
    documents(first: 100) { totalCount nodes { id source } }
    entity(id: "organization:iom") {
        documentCount mentionCount confirmed
        relations(first: 10) { totalCount nodes { kind confirmed subject { id } object {
            id documentCount
            relations(first: 5) { totalCount nodes { id subject { id } object { id } evidence(first: 2) { text document { source } } } }
        } } }
    }
    decisions { verdict text }
    changes(sinceVersion: 0, first: 100) { version complete changes { version kind document { source } } }
}"#;

const INGEST: &str = "mutation($documents: [DocumentInput!]!) { m: ingestDocuments(documents: $documents) {
    version documents { id } } }";
const WITHDRAW: &str = "mutation($id: ID!) { m: withdrawDocument(id: $id) { version } }";
const DECIDE: &str =
    "mutation { m: decide(verdict: CONFIRMED, entities: [\"organization:iom\"]) { version decision { id } } }";
const UNDO: &str = "mutation($id: ID!) { m: undoDecision(id: $id) { version } }";

/// What is done, one version each. Ids of documents follow from what is sent; that of a decision is known when it was made.
enum Act {
    Ingest(usize),
    Withdraw(usize),
    Decide,
    Undo,
}

fn acts() -> Vec<Act> {
    let mut acts = Vec::new();
    for number in 0..DOCUMENTS {
        acts.push(Act::Ingest(number));
        match number % 10 {
            3 => acts.push(Act::Decide),
            6 => acts.push(Act::Undo),
            8 => acts.push(Act::Withdraw(number - 4)),
            _ => {}
        }
    }
    acts
}

/// Somebody who does one after the other, however that is asked for.
#[derive(Default)]
struct Writer {
    documents: BTreeMap<usize, Value>,
    decision: Value,
}

impl Writer {
    /// Does it; the version that has it.
    fn act(&mut self, act: &Act, mut ask: impl FnMut(&str, Value) -> Value) -> u64 {
        let done = match act {
            Act::Ingest(number) => {
                let done = ask(INGEST, json!({ "documents": [document(*number)] }));
                self.documents.insert(*number, done["documents"][0]["id"].clone());
                done
            }
            Act::Withdraw(number) => ask(WITHDRAW, json!({ "id": self.documents[number] })),
            Act::Decide => {
                let done = ask(DECIDE, Value::Null);
                self.decision = done["decision"]["id"].clone();
                done
            }
            Act::Undo => ask(UNDO, json!({ "id": self.decision })),
        };
        done["version"].as_u64().unwrap_or_else(|| panic!("{done}"))
    }
}

/// All of them say something of one body.
fn document(number: usize) -> Value {
    let mut input = press::input(number);
    input["text"] = format!("{} Le Canada finance l’OIM.", press::text(number)).into();
    input
}

/// What the question is answered in each version, and what is told of each.
fn expected(acts: &[Act]) -> (BTreeMap<u64, Value>, Vec<Value>) {
    let base = Arc::new(KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).unwrap());
    let schema = api::schema(base, &Limits::default());
    let ask = |query: &str, variables: Value| {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let answer = block_on(api::execute(&schema, request.data(Caller(Some("ana".into())))));
        assert_eq!(answer.errors, [], "{query}");
        answer.data.into_json().unwrap()
    };
    let mut writer = Writer::default();
    let mut answers = BTreeMap::new();
    for (version, act) in (1..).zip(acts) {
        assert_eq!(writer.act(act, |query, variables| ask(query, variables)["m"].take()), version);
        answers.insert(version, ask(QUESTION, Value::Null));
    }
    let mut changes: Vec<Value> = Vec::new();
    while changes.len() < acts.len() {
        let query = format!(
            "{{ changes(sinceVersion: {}, first: 100) {{ changes {{ version kind documentId }} }} }}",
            changes.len()
        );
        changes.extend(ask(&query, Value::Null)["changes"]["changes"].as_array().unwrap().iter().cloned());
    }
    (answers, changes)
}

/// What readers and the writer know of each other.
#[derive(Default)]
struct Course {
    /// Readers that have read once.
    begun: AtomicU64,
    /// The last version that the writer was told.
    written: AtomicU64,
    stop: AtomicBool,
}

/// Stops all readers when it is dropped, also when a test fails: they would be waited for forever.
struct Stopping<'c>(&'c Course);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::SeqCst);
    }
}

/// Reads until it is told to stop; how many answers, and the first and last version.
fn read(mut client: Client, expected: &BTreeMap<u64, Value>, course: &Course) -> [u64; 3] {
    let request = json!({ "query": QUESTION }).to_string();
    let (mut count, mut first, mut last) = (0, 0, 0);
    loop {
        // In this order: the answer after the last write is the last.
        let (stopped, written) = (course.stop.load(Ordering::SeqCst), course.written.load(Ordering::SeqCst));
        let (status, body) = client.ask(&request, None).unwrap();
        assert_eq!(status, 200, "{body}");
        let answer: Value = serde_json::from_str(&body).unwrap();
        let version = answer["extensions"]["graph"]["version"].as_u64().unwrap();
        assert!(version >= last.max(written), "{version} was answered after {last} was seen and {written} written");
        // The version that it names is the one that it comes from, all of it.
        assert_eq!(answer["data"], expected[&version], "of version {version}");
        (count, last) = (count + 1, version);
        if count == 1 {
            first = version;
            course.begun.fetch_add(1, Ordering::SeqCst);
        }
        if stopped {
            return [count, first, last];
        }
    }
}

/// Follows from the beginning over connection after connection, each time from the last that it was told; what it was told.
async fn follow(address: &str, last: u64) -> (Vec<Value>, u64) {
    let (mut dice, mut told, mut connections) = (Dice(7), Vec::new(), 0);
    while (told.len() as u64) < last {
        connections += 1;
        let mut client = socket::Client::ready(address.parse().unwrap()).await;
        let since = told.len();
        let query = format!("subscription {{ graphChanged(sinceVersion: {since}) {{ version kind documentId }} }}");
        client.subscribe("1", &query).await;
        for _ in 0..(1 + dice.roll(15)).min(last - told.len() as u64) {
            let message = client.hear().await;
            assert_eq!(message["type"], "next", "{message}");
            let (change, seen) =
                (&message["payload"]["data"]["graphChanged"], &message["payload"]["extensions"]["graph"]["version"]);
            assert!(seen.as_u64() >= change["version"].as_u64(), "{message}");
            told.push(change.clone());
        }
        if dice.roll(2) == 0 {
            client.complete("1").await;
        }
    }
    (told, connections)
}

#[test]
fn every_answer_is_of_one_version_and_every_change_is_told_once() {
    let acts = acts();
    let (expected, changes) = expected(&acts);
    let last = acts.len() as u64;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("store").to_string_lossy().into_owned();
    let (_, secret, err) = run(&["token", "new", "--data", &data, "ana"]);
    assert_eq!(err, "");
    let served = Served::start(&["--data", &data]);
    let course = Course::default();
    let (seen, (told, connections)) = std::thread::scope(|scope| {
        let stopping = Stopping(&course);
        let mut client = served.client();
        let mut ask = |query: &str, variables: Value| {
            let request = json!({ "query": query, "variables": variables }).to_string();
            let (_, body) = client.ask(&request, Some(secret.trim())).unwrap();
            let mut answer: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(answer.get("errors"), None, "{body}");
            answer["data"]["m"].take()
        };
        let mut writer = Writer::default();
        writer.act(&acts[0], &mut ask);
        let follower = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(follow(&served.address, last))
        });
        let reader = |_| scope.spawn(|| read(served.client(), &expected, &course));
        let readers: Vec<_> = (0..READERS).map(reader).collect();
        while course.begun.load(Ordering::SeqCst) < READERS && readers.iter().all(|reader| !reader.is_finished()) {
            std::thread::yield_now();
        }
        for (version, act) in (2..).zip(&acts[1..]) {
            assert_eq!(writer.act(act, &mut ask), version);
            course.written.store(version, Ordering::SeqCst);
        }
        let told = follower.join().unwrap();
        drop(stopping);
        (readers.into_iter().map(|reader| reader.join().unwrap()).collect::<Vec<_>>(), told)
    });
    assert!(seen.iter().all(|seen| *seen == [seen[0], 1, last]), "{seen:?}");
    // Kind by kind and document by document as the log has it.
    assert_eq!(told, changes);
    assert!(connections > 5, "{connections}");
    let answers: u64 = seen.iter().map(|[count, ..]| count).sum();
    eprintln!("{answers} answers of {last} versions; {connections} connections to follow them");
}
