//! How fast a store in a file takes documents in and gives them back, and how large it is.
//!
//! `cargo bench --bench store` → 20,000 made-up releases of about 3.5 KB with 20 entities, 40 mentions and 15 relation mentions;
//! `cargo bench --bench store -- 100000` for more
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

#[path = "../tests/it/made_up.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod made_up;

use std::time::{Duration, Instant};

use maillage::model::Stored;
use maillage::store::{SqliteStore, Store, Write};

use made_up::{RELEASE, contribution, file, id, signature};

/// How many documents an append has, as when a folder is read.
const BATCH: u64 = 200;

fn main() {
    let number = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("maillage.db");
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let add = |number| Write::Add { contribution: contribution(number, 0, &RELEASE), input: Some(file(number)) };

    let mut spent = Duration::ZERO;
    for from in (0..number).step_by(BATCH as usize) {
        let writes: Vec<_> = (from..number.min(from + BATCH)).map(add).collect();
        let start = Instant::now();
        store.append(&writes, &signature(from)).unwrap();
        spent += start.elapsed();
    }
    println!("append, {BATCH} at once: {:.0} documents a second", number as f64 / spent.as_secs_f64());
    let mut alone = Vec::new();
    for turn in 0..99 {
        let write = add(number + turn);
        alone.push(timed(|| drop(store.append(&[write], &signature(turn)).unwrap())));
    }
    println!("append, one at once: {:.2} ms", median(alone));

    let (mut text, mut mentions, mut documents) = (0, 0, 0);
    let spent = timed(|| {
        let mut count = |one: Stored| {
            documents += 1;
            text += one.contribution.document.text.len();
            mentions += one.contribution.annotations.entities.iter().map(|entity| entity.mentions.len()).sum::<usize>();
            Ok(())
        };
        store.visit(&mut count).unwrap();
    });
    println!("visit: {documents} documents, {mentions} mentions in {:.2} s", spent / 1e3);
    let one = (0..99).map(|turn| timed(|| assert!(store.stored(&id(turn * 7)).unwrap().is_some()))).collect();
    println!("stored: {:.2} ms", median(one));
    println!("documents: {:.0} ms", timed(|| drop(store.documents().unwrap())));
    println!("inputs: {:.0} ms", timed(|| drop(store.inputs().unwrap())));
    println!("check: {:.1} s", timed(|| assert!(store.check().unwrap().is_empty())) / 1e3);
    drop(store);
    let size = std::fs::metadata(path).unwrap().len();
    println!("size: {} bytes a document, {:.2} times its text", size / documents, size as f64 / text as f64);
}

/// Milliseconds.
fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
