//! A process that is killed while it writes: what it acknowledged is there, and the append under way is there whole or not at all.
//!
//! The test starts its own program again, with only the test [`child`], which writes to a store and says what was acknowledged.
#![allow(clippy::print_stdout, reason = "the child tells its parent so")]

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use maillage::store::{MemoryStore, SqliteStore, Store};

use crate::made_up::{Dice, batch};
use crate::store::{all_stored, whole};

const FOLDER: &str = "MAILLAGE_TEST_STORE";
const SEED: &str = "MAILLAGE_TEST_SEED";
const MOST: &str = "MAILLAGE_TEST_APPENDS";
/// When it is set, the child ends at the first failure as if it were killed.
pub(crate) const FRAIL: &str = "MAILLAGE_TEST_FRAIL";

/// A child that appends to the store in a folder, at most so many times: see [`child`].
pub(crate) fn writer(folder: &Path, seed: u64, most: u64) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "crash::child", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(SEED, seed.to_string()).env(MOST, most.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Not a test by itself: writes what [`batch`] gives, and says `ack 3` or `failed 3: …` of each append, in lines.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let number = |name: &str| env::var(name).unwrap().parse::<u64>().unwrap();
    let (seed, most) = (number(SEED), number(MOST));
    println!();
    let mut store = match SqliteStore::open(Path::new(&folder)) {
        Ok(store) => store,
        Err(error) => return println!("failed to open: {error}"),
    };
    for number in 0..most {
        let head = store.head();
        let (writes, signature) = batch(seed, number);
        match store.append(&writes, &signature) {
            Ok(_) => println!("ack {number}"),
            Err(error) => {
                println!("failed {number}: {error}");
                // The store is as it was, as far as it can be read.
                if let (Ok(before), Ok(after)) = (head, store.head()) {
                    assert_eq!(before, after);
                }
                if env::var_os(FRAIL).is_some() {
                    // Without closing the store, which might make good what the failure left.
                    std::process::exit(0);
                }
            }
        }
    }
}

/// The numbers that the child acknowledged, and those that it said had failed.
pub(crate) fn said(output: &str) -> (Vec<u64>, Vec<u64>) {
    let numbers = |word: &str| {
        let of = |line: &str| line.strip_prefix(word)?.split(':').next()?.trim().parse().ok();
        output.lines().filter_map(of).collect()
    };
    (numbers("ack "), numbers("failed "))
}

/// Whether a store is just as the other, whose log had so many entries before.
pub(crate) fn is_as(store: &dyn Store, expected: &dyn Store, before: u64) -> bool {
    let news = |store: &dyn Store| store.entries(before, usize::MAX).unwrap();
    let state = |store: &dyn Store| (all_stored(store), store.inputs().unwrap(), store.decisions().unwrap());
    store.head().unwrap() == expected.head().unwrap()
        && news(store) == news(expected)
        && state(store) == state(expected)
}

/// Lets the child write for a while after its first append, kills it, and gives all that it said.
fn killed(mut child: Child, after: Duration) -> String {
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("ack ") {
        assert!(output.read_line(&mut said).unwrap() > 0, "the child ended: {said}");
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    output.read_to_string(&mut said).unwrap();
    said
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = MemoryStore::new();
    let (mut acknowledged, mut whole_in_flight, mut dice) = (0, 0, Dice(42));
    for seed in 0..200 {
        let child = writer(folder.path(), seed, u64::MAX).spawn().unwrap();
        let (acks, failed) = said(&killed(child, Duration::from_micros(dice.roll(60_000))));
        assert_eq!((acks.clone(), failed), ((0..acks.len() as u64).collect(), vec![]));
        let before = expected.head().unwrap();
        for number in &acks {
            let (writes, signature) = batch(seed, *number);
            expected.append(&writes, &signature).unwrap();
        }
        let store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "round {seed}");
        if !is_as(&store, &expected, before) {
            // Then the one that was under way has been written, and nothing beside it.
            let (writes, signature) = batch(seed, acks.len() as u64);
            expected.append(&writes, &signature).unwrap();
            assert!(is_as(&store, &expected, before), "round {seed} after {} appends", acks.len());
            whole_in_flight += 1;
        }
        acknowledged += acks.len();
    }
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(whole(&store), whole(&expected));
    println!(
        "{acknowledged} appends acknowledged, {whole_in_flight} found whole without; {} entries",
        store.head().unwrap()
    );
}
