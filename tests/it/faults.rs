//! A disk that fails below the store: the n-th write, flush or cut of one of its files is refused, once or from then on.
//!
//! `tests/faults/fail_writes.c` does that in a child as in [`crate::crash`]. It reports errors and goes on; nothing that it acknowledged
//! is lost, nothing that it reported as failed is there, and the store is sound when the disk works again.

use std::path::{Path, PathBuf};
use std::process::Command;

use maillage::store::{MemoryStore, SqliteStore, Store};

use crate::crash::{FRAIL, is_as, said, writer};
use crate::made_up::batch;
use crate::program;

/// How many appends a child tries.
const APPENDS: u64 = 8;

/// Makes the library that refuses, in a folder.
pub(crate) fn compile(into: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/fail_writes.c");
    let library = into.join("fail_writes.so");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut command = Command::new(compiler);
    command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
    assert!(command.status().unwrap().success(), "a C compiler is needed, as for SQLite");
    library
}

/// Whether the child of this run ends at the first failure.
fn is_frail(at: u64) -> bool {
    at % 4 < 2
}

/// One run of a child with the n-th call failing; what it acknowledged, what it said had failed, and all that it said.
fn run(library: &Path, folder: &Path, seed: u64, at: u64, how: &str, always: bool) -> (Vec<u64>, Vec<u64>, String) {
    let mut command = writer(folder, seed, APPENDS);
    command.env("LD_PRELOAD", library).env("FAIL_FOLDER", folder).env("FAIL_AT", at.to_string()).env("FAIL_HOW", how);
    if always {
        command.env("FAIL_ALWAYS", "1");
    }
    if is_frail(at) {
        command.env(FRAIL, "1");
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{how} at {at}: {text}{}", String::from_utf8_lossy(&output.stderr));
    let (acks, failed) = said(&text);
    (acks, failed, text)
}

/// Runs over one store that grows, with a failure further on each time; how many runs reported one.
fn fail_in_turn(library: &Path, how: &str, always: bool, places: impl Iterator<Item = u64>, fresh: bool) -> u64 {
    let mut folder = tempfile::tempdir().unwrap();
    let mut expected = MemoryStore::new();
    let mut reported = 0;
    for at in places {
        if fresh {
            (folder, expected) = (tempfile::tempdir().unwrap(), MemoryStore::new());
        }
        let place = format!("{how} at {at}, always: {always}");
        let (acks, failed, text) = run(library, folder.path(), at, at, how, always);
        reported += u64::from(text.contains("failed "));
        let all = acks.len() + failed.len() == APPENDS as usize;
        assert!(all || text.contains("failed to open") || is_frail(at) && failed.len() == 1, "{place}: {text}");
        let before = expected.head().unwrap();
        for number in &acks {
            let (writes, signature) = batch(at, *number);
            expected.append(&writes, &signature).unwrap();
        }
        let store = SqliteStore::open(folder.path()).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{place}");
        if is_as(&store, &expected, before) {
            continue;
        }
        // A disk that refuses everything refuses to take an append back, too: then the first that failed may be there, whole.
        let next = failed.iter().find(|number| acks.iter().all(|ack| ack < number));
        let (writes, signature) = batch(at, *next.filter(|_| always).unwrap_or_else(|| panic!("{place}: {text}")));
        expected.append(&writes, &signature).unwrap();
        assert!(is_as(&store, &expected, before), "{place}: {text}");
    }
    reported
}

#[test]
fn a_disk_that_fails_once_costs_nothing_but_the_append_that_it_failed() {
    let folder = tempfile::tempdir().unwrap();
    let library = compile(folder.path());
    // A short write is taken up where it ended, so that only what is not a write is reported.
    for (how, from, least) in [("EIO", 1, 15), ("ENOSPC", 2, 15), ("SHORT", 3, 3)] {
        let reported = fail_in_turn(&library, how, false, (from..=60).step_by(2), false);
        assert!(reported >= least, "{how}: {reported} reported");
    }
}

#[test]
fn a_disk_that_fails_for_good_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let library = compile(folder.path());
    for (how, from) in [("EIO", 1), ("ENOSPC", 2), ("SHORT", 3)] {
        let reported = fail_in_turn(&library, how, true, (from..=60).step_by(2), false);
        assert!(reported > 15, "{how}: {reported} reported");
    }
}

#[test]
fn a_store_that_could_not_be_made_can_be_made_later() {
    let folder = tempfile::tempdir().unwrap();
    let library = compile(folder.path());
    let reported =
        fail_in_turn(&library, "ENOSPC", true, 1..=15, true) + fail_in_turn(&library, "EIO", false, 1..=15, true);
    assert!(reported > 10, "{reported} reported");
}

#[test]
fn a_write_that_fails_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let library = compile(folder.path());
    let (texts, store) = (folder.path().join("texts"), folder.path().join("store"));
    std::fs::create_dir(&texts).unwrap();
    std::fs::write(texts.join("a.txt"), "Le Canada finance l’OIM.").unwrap();
    assert!(program::run(&["ingest", "--data", store.to_str().unwrap(), texts.to_str().unwrap()]).0 == Some(0));
    let mut failed = 0;
    // From the file that says who has the store, over opening it and the first write, to the last flush.
    for (at, how) in (1..=20).zip(["ENOSPC", "EIO"].into_iter().cycle()) {
        // Another text each time, so that there is something to write.
        std::fs::write(texts.join("b.txt"), format!("Le Japon finance le HCR. {at}")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
        command.args(["ingest", "--data"]).args([&store, &texts]).env_remove("RUST_LOG");
        command.env("LD_PRELOAD", &library).env("FAIL_FOLDER", &store).env("FAIL_ALWAYS", "1");
        let output = command.env("FAIL_AT", at.to_string()).env("FAIL_HOW", how).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            assert!(said.lines().count() == 1 && said.starts_with("error: "), "{how} at {at}:\n{said}");
            failed += usize::from(said.contains("writing to") || said.contains("no room left"));
        }
    }
    assert!(failed > 2, "{failed} writes failed");
}
