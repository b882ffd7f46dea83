//! How far replicas are behind a writer: `cargo bench --bench replicas` commits a made-up press release of 3.4 KB a hundred times a
//! second to a PostgreSQL server that flushes what it commits, and three replicas follow; `-- 50 60` for 50 a second and 60 seconds
//!
//! The releases are those of `benches/knowledge_base`, extracted before the clock starts: a few bodies stand in most of them.
//! Of each commit and replica it measures the time from its acknowledgement until the replica has published it. All run in one process,
//! each replica with a thread and connections of its own, so that one clock measures; the server runs beside them on the same machine.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

#[path = "../tests/it/postgres.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod postgres;
#[path = "knowledge_base/releases.rs"]
mod releases;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use maillage::corpus;
use maillage::knowledge_base::{KnowledgeBase, contribution};
use maillage::model::{Contribution, Signature};
use maillage::store::{PostgresStore, StoreAddress, Write};
use serde_json::json;

/// What `maillage` allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REPLICAS: usize = 3;
/// How often a replica looks, as `maillage serve --replica` does.
const EVERY: Duration = Duration::from_millis(20);

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let (rate, seconds) = (numbers.next().unwrap_or(100), numbers.next().unwrap_or(20));
    let Some(server) = postgres::Server::start(&["fsync=on"]) else {
        println!("there is no PostgreSQL here");
        return;
    };
    let signature = Signature { author: "bench".into(), reason: String::new(), at: Timestamp::now() };
    let address = StoreAddress::parse(&server.database().address, None).unwrap();
    let writer = KnowledgeBase::open(Box::new(PostgresStore::open(&address).unwrap()), &|_| {}).unwrap();
    let read = || PostgresStore::open_read_only(&address).unwrap();
    let replicas: Vec<_> = (0..REPLICAS).map(|_| KnowledgeBase::replica(Box::new(read()), &|_| {}).unwrap()).collect();
    let last = rate * seconds;
    let contributions: Vec<Contribution> = (0..last).map(extracted).collect();
    let began = Instant::now();
    let (acknowledged, shown) = std::thread::scope(|scope| {
        let follow = |base| {
            let store = read();
            scope.spawn(move || followed(base, &store, last))
        };
        let following: Vec<_> = replicas.iter().map(follow).collect();
        let mut acknowledged = Vec::new();
        for (number, contribution) in (0..last).zip(contributions) {
            let due = began + Duration::from_secs_f64(number as f64 / rate as f64);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let write = Write::Add { contribution, input: Some(format!("releases/{number}.txt")) };
            let asked = Instant::now();
            writer.write(&[write], &signature).unwrap();
            acknowledged.push((asked, Instant::now()));
        }
        (acknowledged, following.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>())
    });
    let took = acknowledged.last().unwrap().1.duration_since(began).as_secs_f64();
    println!("{last} commits in {took:.1} s: {:.0} a second", last as f64 / took);
    say("a commit", acknowledged.iter().map(|(asked, done)| done.duration_since(*asked)).collect());
    let mut all = Vec::new();
    for shown in &shown {
        let behind =
            |(version, at): &(u64, Instant)| at.saturating_duration_since(acknowledged[*version as usize - 1].1);
        all.extend(shown.iter().map(behind));
    }
    say("a replica behind a commit", all);
}

fn extracted(number: u64) -> Contribution {
    let line = json!({ "id": number, "text": releases::release(number as usize), "language": "fr" }).to_string();
    contribution(corpus::read_line(&line, "releases").unwrap().document)
}

/// When each version was shown first.
fn followed(base: &KnowledgeBase, store: &PostgresStore, last: u64) -> Vec<(u64, Instant)> {
    let mut shown: Vec<(u64, Instant)> = Vec::new();
    base.follow(store, EVERY, |turned| {
        turned.unwrap();
        let (now, version) = (Instant::now(), base.snapshot().version());
        let before = shown.last().map_or(0, |(version, _)| *version);
        shown.extend((before + 1..=version).map(|version| (version, now)));
        version < last
    });
    shown
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!("{what}: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, most {:.1} ms", at(0.5), at(0.9), at(0.99), at(1.0));
}
