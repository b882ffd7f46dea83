//! What a store of generated documents costs: `cargo bench --bench knowledge_base -- 100000`
//!
//! Documents a second and a core, time to open, memory, disk, and how long one document more or less takes to be seen; how long two hops
//! take while somebody writes, in this process and over HTTP. Without a number, 2,000 documents. Figures are of one run; compare them as ratios in one run.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

#[path = "../../tests/it/client.rs"]
mod client;
mod http;
mod releases;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use maillage::corpus;
use maillage::knowledge_base::{IngestOptions, KnowledgeBase, Progress};
use maillage::model::{DocumentId, EntityKind, Signature};
use maillage::query::{self, NeighborhoodQuestion};
use maillage::store::SqliteStore;
use serde_json::json;

/// Documents a file of JSON Lines, and a run.
const FILE: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // A process of its own, so that what taking in left in memory is not counted.
    if let Some(at) = arguments.iter().position(|argument| argument == "--opened") {
        return opened(Path::new(&arguments[at + 1]), arguments[at + 2].parse().expect("a number"));
    }
    let count = arguments.iter().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(2_000);
    let folder = tempfile::tempdir().expect("a folder");
    let text_bytes = write(folder.path(), count);
    println!("{count} documents, {:.1} KB of text each", text_bytes as f64 / count as f64 / 1e3);

    let data = folder.path().join("store");
    let (seconds, cpu) = timed(|| {
        let base = open(&data);
        let files: Vec<_> = (0..count.div_ceil(FILE)).map(|file| folder.path().join(format!("{file}.jsonl"))).collect();
        base.ingest(&files, &IngestOptions::default(), &signature(), &quiet).expect("taken in");
    });
    let per_second = count as f64 / seconds;
    println!("taking in, extraction included: {per_second:.0} documents/s, {:.0} a core", count as f64 / cpu);
    println!("disk: {:.2} times the text", size(&data) as f64 / text_bytes as f64);
    let opened = Command::new(&arguments[0]).arg("--opened").arg(&data).arg(count.to_string()).status();
    assert!(opened.expect("it starts").success());
    http::measure(&data, count);
}

/// What an opened store costs, and how fast it changes.
fn opened(data: &Path, count: usize) {
    let before = resident_bytes();
    let started = Instant::now();
    let base = open(data);
    println!("opening: {:.2} s", started.elapsed().as_secs_f64());
    let (stats, memory) = (query::stats(&base.snapshot()), resident_bytes() - before);
    println!(
        "memory: {:.1} KB a document, {:.2} KB a relation ({} entities, {} relations)",
        memory as f64 / count as f64 / 1e3,
        memory as f64 / stats.relations as f64 / 1e3,
        stats.entities,
        stats.relations
    );
    one_more_and_less(&base, count);
    readers_and_a_writer(&base, count + 1000);
}

/// How long a two-hop question takes eight readers in a loop, alone and while a thousand documents come in one by one.
fn readers_and_a_writer(base: &KnowledgeBase, from: usize) {
    let asked = |until: &dyn Fn()| {
        let stop = AtomicBool::new(false);
        let times = std::thread::scope(|scope| {
            let stop = &stop;
            let readers: Vec<_> =
                (0..8).map(|reader| scope.spawn(move || read_in_a_loop(base, stop, reader))).collect();
            until();
            stop.store(true, Ordering::Relaxed);
            readers.into_iter().flat_map(|reader| reader.join().expect("a reader")).collect::<Vec<_>>()
        });
        spread(times)
    };
    let idle = asked(&|| std::thread::sleep(Duration::from_secs(5)));
    let busy = asked(&|| {
        for number in from..from + 1000 {
            let line = json!({ "id": number, "text": releases::release(number), "language": "fr" }).to_string();
            let reading = corpus::read_line(&line, "sent").expect("a document");
            base.ingest_readings(vec![reading], &IngestOptions::default(), &signature()).expect("taken in");
        }
    });
    println!("two hops, eight readers: {idle}; while 1,000 documents come in one by one: {busy}");
}

/// Asks for what lies two hops around a person until told to stop. No answer may come from two versions: each statement must stand in
/// a document that is there.
fn read_in_a_loop(base: &KnowledgeBase, stop: &AtomicBool, reader: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut numbers = releases::Numbers::new(reader as u64);
    let people: Vec<String> = {
        let snapshot = base.snapshot();
        let ids = snapshot.graph().entities().filter(|entity| entity.kind == EntityKind::Person);
        ids.map(|entity| entity.id.to_string()).collect()
    };
    while !stop.load(Ordering::Relaxed) {
        let started = Instant::now();
        let snapshot = base.snapshot();
        let person = &people[numbers.below(people.len())];
        let found =
            query::neighborhood(&snapshot, &NeighborhoodQuestion::around(person.as_str(), 2, 100)).expect("found");
        for near in &found.neighbors {
            let graph = snapshot.graph();
            assert!(graph.evidence(near.last.step.relation).all(|at| graph.document(at.document).text.len() > 1));
        }
        times.push(started.elapsed());
    }
    times
}

fn open(data: &Path) -> KnowledgeBase {
    KnowledgeBase::open(Box::new(SqliteStore::open(data).expect("a store")), &quiet).expect("opened")
}

fn quiet(_: Progress) {}

fn signature() -> Signature {
    Signature { author: "bench".into(), reason: String::new(), at: Timestamp::now() }
}

/// Writes the documents and gives the bytes of their texts.
fn write(folder: &Path, count: usize) -> usize {
    let mut bytes = 0;
    for file in 0..count.div_ceil(FILE) {
        let mut lines = String::new();
        for number in file * FILE..count.min((file + 1) * FILE) {
            let text = releases::release(number);
            bytes += text.len();
            lines.push_str(&json!({ "id": number, "text": text, "language": "fr" }).to_string());
            lines.push('\n');
        }
        fs::write(folder.join(format!("{file}.jsonl")), lines).expect("a file");
    }
    bytes
}

/// One document more, and one less, seen by a query.
fn one_more_and_less(base: &KnowledgeBase, count: usize) {
    let (mut more, mut less, mut query_times) = (Vec::new(), Vec::new(), Vec::new());
    for number in count..count + 100 {
        let line = json!({ "id": number, "text": releases::release(number), "language": "fr" }).to_string();
        let reading = corpus::read_line(&line, "sent").expect("a document");
        let id = reading.document.id.clone();
        let started = Instant::now();
        base.ingest_readings(vec![reading], &IngestOptions::default(), &signature()).expect("taken in");
        assert!(sees(base, &id));
        more.push(started.elapsed());
        let started = Instant::now();
        query::neighborhood(&base.snapshot(), &NeighborhoodQuestion::around("organization:iom", 2, 100))
            .expect("found");
        query_times.push(started.elapsed());
        let started = Instant::now();
        base.withdraw(&id, &signature()).expect("withdrawn");
        assert!(!sees(base, &id));
        less.push(started.elapsed());
    }
    println!("one more document, until it is seen: {}", spread(more));
    println!("one less: {}", spread(less));
    println!("two hops around the largest body: {}", spread(query_times));
}

fn sees(base: &KnowledgeBase, id: &DocumentId) -> bool {
    base.snapshot().graph().find_document(id).is_some()
}

/// The middle of some times, and the one that a hundredth are above.
fn spread(times: Vec<Duration>) -> String {
    format!("{:.1} ms (p99 {:.1} ms)", percentile(&times, 50), percentile(&times, 99))
}

/// The time, in milliseconds, that so many of a hundred are not above.
fn percentile(times: &[Duration], part: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[(sorted.len() - 1) * part / 100].as_secs_f64() * 1e3
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// Seconds of wall time and of processor time that some work takes.
fn timed(work: impl FnOnce()) -> (f64, f64) {
    let (started, before) = (Instant::now(), processor_seconds());
    work();
    (started.elapsed().as_secs_f64(), processor_seconds() - before)
}

/// User and system time of this process, from Linux' /proc; elsewhere not told.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().filter_map(|f| f.parse().ok()).collect();
    // Fields 14 and 15 of proc(5), in hundredths of a second; the state, a letter, is not among the numbers.
    fields.get(10).zip(fields.get(11)).map_or(f64::NAN, |(user, system)| (user + system) / 100.0)
}

/// Memory in use, from Linux' /proc; elsewhere 0.
fn resident_bytes() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) * 1000
}
