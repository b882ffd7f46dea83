//! What a request costs the server: the same questions from their plans and by the executor, in processor time of one thread.
//!
//! `cargo bench --bench requests` → *funder, projects, countries, events: 310 µs by the executor, 31 µs from its plan*
//!
//! Requests go to the router as the listener hands them over; only the socket is left out. The executor is made to answer by a comment that is
//! another one in each request, so that no plan is found. Every answer from a plan is compared with the executor's before anything is timed.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

#[path = "questions/graph.rs"]
mod graph;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use maillage::knowledge_base::KnowledgeBase;
use maillage::server::{Settings, router};
use serde_json::json;
use tower::ServiceExt;

use graph::{graph, id};

const ROUNDS: usize = 10;
const REQUESTS: usize = 500;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (entities, relations) = (sizes.first().copied().unwrap_or(10_000), sizes.get(1).copied().unwrap_or(100_000));
    let base = Arc::new(KnowledgeBase::of(graph(entities, relations)));
    println!(
        "{entities} entities, {relations} relations; microseconds a request, median of {ROUNDS} rounds of {REQUESTS}"
    );
    let router = router(base, &Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // In the middle of the scale: neither a hub nor nearly alone.
    let (org, country) = (id(entities / 20 / 4 * 4).to_string(), id(entities / 20 / 4 * 4 + 3).to_string());
    let questions = [
        ("{ __typename }", "{ __typename }".to_owned()),
        (
            "one field, for which there is no plan",
            "{ relation(id: \"none\") { id } __typename @skip(if: true) }".to_owned(),
        ),
        ("one entity, five fields", format!("{{ entity(id: \"{org}\") {{ id name kind named mentionCount }} }}")),
        (
            "funder, projects, countries, events",
            format!(
                "{{ entity(id: \"{org}\") {{ name ... on Organization {{ projectsFunded(first: 4) {{ nodes {{ name \
                 countries(first: 4) {{ nodes {{ name events(first: 4) {{ nodes {{ name }} }} }} }} }} }} }} }} }}"
            ),
        ),
        (
            "a page of 20 relations with evidence",
            format!(
                "{{ entity(id: \"{country}\") {{ relations(first: 20) {{ totalCount pageInfo {{ endCursor }} nodes {{ kind confidence \
                 subject {{ name }} object {{ name }} evidence(first: 1) {{ text document {{ title }} }} }} }} }} }}"
            ),
        ),
        (
            "a page of 100 relations, ends named",
            "{ relations(first: 100) { nodes { id kind subject { id name } object { id name } } pageInfo { endCursor } } }".to_owned(),
        ),
        (
            "two hops around, first 100",
            format!("{{ neighborhood(id: \"{org}\", maxHops: 2, first: 100) {{ complete neighbors {{ hops entity {{ id name }} }} }} }}"),
        ),
    ];
    println!("{:40} {:>9} {:>9} {:>7} {:>9}", "question", "executor", "plan", "ratio", "bytes");
    for (name, query) in questions {
        let ask = |number: Option<usize>| {
            // A comment is no part of a query, but of its text.
            let query = number.map_or_else(|| query.clone(), |number| format!("{query} # {number}"));
            let body = json!({ "query": query }).to_string();
            let request = Request::post("/graphql").header("content-type", "application/json");
            let answer = runtime.block_on(async {
                let response = router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
                to_bytes(response.into_body(), usize::MAX).await.unwrap()
            });
            assert!(!answer.windows(8).any(|part| part == b"\"errors\""), "{query}");
            answer
        };
        let (mut executed, mut planned, mut number) = (Vec::new(), Vec::new(), 0);
        let (first, second) = (ask(None), ask(None));
        assert_eq!(first, second, "the plan says what the executor says");
        for _ in 0..ROUNDS {
            executed.push(time(|| {
                number += 1;
                ask(Some(number));
            }));
            planned.push(time(|| drop(ask(None))));
        }
        let (executed, planned) = (median(executed), median(planned));
        println!("{name:40} {executed:>9.1} {planned:>9.1} {:>7.1} {:>9}", executed / planned, first.len());
    }
}

/// Microseconds a call.
fn time(mut what: impl FnMut()) -> f64 {
    let (began, worked) = (Instant::now(), processor_time());
    (0..REQUESTS).for_each(|_| what());
    let spent = worked.zip(processor_time()).map_or_else(|| began.elapsed(), |(before, after)| after - before);
    spent.as_secs_f64() * 1e6 / REQUESTS as f64
}

/// How long this thread has run; none where the system does not say, and the time of the clock counts.
fn processor_time() -> Option<Duration> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    said.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}
