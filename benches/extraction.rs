//! How fast documents are read: words a second on one core, stage by stage.
//!
//! `cargo bench --bench extraction` reads the corpus and the gold texts of this repository;
//! `cargo bench --bench extraction -- news.jsonl` reads other files or folders. Every round goes through all documents once; the fastest
//! round counts, since machines are shared. Compare stages and versions within one run, not figures of two machines.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use maillage::corpus;
use maillage::export::record;
use maillage::extract::extract_observed;
use maillage::model::Document;
use maillage::resolve::identify;

const ROUNDS: usize = 7;

fn main() {
    let paths: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let paths = if paths.is_empty() { vec!["corpus".into(), "tests/gold/fr".into()] } else { paths };
    let inputs = corpus::find(&paths).inputs;
    let read = Instant::now();
    let documents: Vec<Document> =
        inputs.iter().flat_map(corpus::read).filter_map(Result::ok).map(|reading| reading.document).collect();
    let read = read.elapsed();
    let words: usize = documents.iter().map(|document| document.text.split_whitespace().count()).sum();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    println!("{} documents, {words} words, {bytes} bytes, one core", documents.len());
    let mut fastest: BTreeMap<usize, (&'static str, Duration)> = BTreeMap::new();
    let mut totals = Vec::new();
    for _ in 0..ROUNDS {
        let round = round(&documents);
        totals.push(
            round.iter().filter(|(_, (stage, _))| *stage != "record").map(|(_, (_, time))| *time).sum::<Duration>(),
        );
        for (order, (stage, time)) in round {
            let best = fastest.entry(order).or_insert((stage, time));
            best.1 = best.1.min(time);
        }
    }
    let rate = |time: Duration| words as f64 / time.as_secs_f64();
    println!("{:28} {:>12.0} words/s  (once, with the disk)", "reading", rate(read));
    for (stage, time) in fastest.values() {
        println!("{stage:28} {:>12.0} words/s", rate(*time));
    }
    if let Some(total) = totals.into_iter().min() {
        println!("{:28} {:>12.0} words/s", "extraction, all stages", rate(total));
    }
}

/// The time of each stage over all documents, in the order in which stages come.
fn round(documents: &[Document]) -> BTreeMap<usize, (&'static str, Duration)> {
    let mut times: BTreeMap<usize, (&'static str, Duration)> = BTreeMap::new();
    let mut add = |order: usize, stage: &'static str, time: Duration| {
        times.entry(order).or_insert((stage, Duration::ZERO)).1 += time;
    };
    for document in documents {
        let (mut last, mut order) = (Instant::now(), 0);
        let annotations = extract_observed(document, &mut |stage| {
            let now = Instant::now();
            add(order, stage, now - last);
            (last, order) = (now, order + 1);
        });
        let start = Instant::now();
        let ids = identify(document, &annotations);
        let line = serde_json::to_string(&record(document, &annotations, &ids));
        add(order, "record", start.elapsed());
        std::hint::black_box(line.is_ok());
    }
    times
}
