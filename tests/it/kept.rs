//! The snapshot kept beside a store: it says what the store says, may be changed like any other, and is never used when it is of another
//! state, cut short or damaged.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::extract::extract;
use maillage::knowledge_base::{KnowledgeBase, Opened};
use maillage::model::{Contribution, Document, Signature};
use maillage::query;
use maillage::store::{SqliteStore, Write};

use crate::dump::{self, assert_same};
use crate::guarantees::documents;

const FILE: &str = "snapshot.maillage";

fn signature() -> Signature {
    Signature { author: "ana".into(), reason: "a test".into(), at: Timestamp::UNIX_EPOCH }
}

fn add(document: Document) -> Write {
    let annotations = Arc::new(extract(&document));
    let contribution = Contribution { document: Arc::new(document), annotations, extractor: "test".into() };
    Write::Add { contribution, input: None }
}

fn open(folder: &Path) -> (KnowledgeBase, Opened) {
    open_from(folder, usize::MAX)
}

fn open_from(folder: &Path, much: usize) -> (KnowledgeBase, Opened) {
    let store = SqliteStore::open(folder).expect("a store");
    KnowledgeBase::open_kept(Box::new(store), folder, much, &|_| {}).expect("opened")
}

fn dumped(base: &KnowledgeBase) -> String {
    let snapshot = base.snapshot();
    assert_eq!(query::check(&snapshot), [""; 0]);
    format!("{}{:#?}", dump::snapshot(&snapshot), base.candidates().expect("a store"))
}

/// A store with all documents but the last few, and its snapshot kept.
fn prepared(folder: &Path, without: usize) -> (String, Vec<Write>) {
    let mut writes: Vec<_> = documents().into_iter().map(add).collect();
    let later = writes.split_off(writes.len() - without);
    let (base, how) = open(folder);
    assert!(matches!(how, Opened::Anew(_)));
    base.write(&writes, &signature()).expect("written");
    base.keep(folder).expect("kept");
    (dumped(&base), later)
}

#[test]
fn a_kept_snapshot_says_what_the_store_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, _) = prepared(folder.path(), 0);
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Kept(kept) if kept.is_checked()));
    // Read in the order of the dump, and once more when everything has been looked at.
    assert_same(&dumped(&base), &before);
    assert_same(&dumped(&base), &before);
    // One that lies in a file itself is kept like any other.
    base.keep(folder.path()).expect("kept");
    drop(base);
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Kept(_)));
    assert_same(&dumped(&base), &before);
    let names: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{names:?}");
}

#[test]
fn what_is_written_over_a_kept_snapshot_changes_it_like_any_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, later) = prepared(folder.path(), 20);
    let (base, _) = open(folder.path());
    let held = base.snapshot();
    for write in &later {
        base.write(std::slice::from_ref(write), &signature()).expect("written");
    }
    let gone: Vec<_> = held.graph().documents().step_by(9).map(|document| document.id.clone()).collect();
    for id in &gone {
        base.withdraw(id, &signature()).expect("withdrawn");
    }
    let after = dumped(&base);
    base.keep(folder.path()).expect("kept");
    drop(base);
    // What a reader held is what it was.
    assert_same(&dump::snapshot(&held), &before[..dump::snapshot(&held).len()]);
    drop(held);
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Kept(_)));
    assert_same(&dumped(&base), &after);
    drop(base);
    fs::remove_file(folder.path().join(FILE)).expect("deleted");
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Anew(_)), "the log alone is enough");
    assert_same(&dumped(&base), &after);
}

#[test]
fn a_snapshot_made_in_its_file_is_the_one_made_in_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, later) = prepared(folder.path(), 20);
    let file = folder.path().join(FILE);
    fs::remove_file(&file).expect("a kept snapshot");
    let (base, how) = open_from(folder.path(), 100);
    assert!(matches!(how, Opened::Made(_)), "{how:?}");
    assert_same(&dumped(&base), &before);
    // It is kept already, and its resolver goes on.
    drop(base);
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Kept(_)));
    assert_same(&dumped(&base), &before);
    base.write(&later, &signature()).expect("written");
    let after = dumped(&base);
    drop(base);
    assert_same(&dumped(&open_from(folder.path(), 100).0), &after);
    let (base, _) = open_from(folder.path(), 100);
    let id = base.snapshot().graph().documents().next().expect("a document").id.clone();
    base.withdraw(&id, &signature()).expect("written");
    assert!(!file.exists());
    let without = dumped(&base);
    drop(base);
    let (base, how) = open_from(folder.path(), 100);
    assert!(matches!(how, Opened::Made(_)));
    assert_same(&dumped(&base), &without);
    assert!(!without.contains(id.as_str()) && before.contains(id.as_str()));
}

#[test]
fn what_was_read_of_a_file_is_forgotten_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, later) = prepared(folder.path(), 20);
    let (base, _) = open(folder.path());
    let held = base.snapshot();
    assert!(!base.relieve(0), "nothing was read yet");
    assert_same(&dumped(&base), &before);
    let read = held.bytes_read();
    assert!(read > 10_000 && !base.relieve(read * 3), "{read}");
    assert!(base.relieve(read * 3 - 3) && base.snapshot().bytes_read() == 0);
    assert_same(&dumped(&base), &before);
    assert_eq!(base.snapshot().version(), held.version());
    // What is written over it is not in the file, and is not forgotten.
    base.write(&later, &signature()).expect("written");
    let after = dumped(&base);
    assert!(base.relieve(0));
    assert_same(&dumped(&base), &after);
    assert_same(&dump::snapshot(&held), &dump::snapshot(&held.unread()));
}

#[test]
fn where_no_file_can_be_made_everything_is_in_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, _) = prepared(folder.path(), 0);
    let file = folder.path().join(FILE);
    fs::remove_file(&file).expect("a kept snapshot");
    fs::create_dir_all(file.join("in the way")).expect("a folder");
    let (base, how) = open_from(folder.path(), 100);
    assert!(matches!(how, Opened::Anew(_)), "{how:?}");
    assert_same(&dumped(&base), &before);
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".new")), "{left:?}");
}

#[test]
fn a_snapshot_of_another_state_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, later) = prepared(folder.path(), 1);
    let (base, _) = open(folder.path());
    base.write(&later, &signature()).expect("written");
    let after = dumped(&base);
    drop(base);
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Anew(reason) if reason.contains("another state")));
    assert_same(&dumped(&base), &after);
    drop(base);
    // Nor one of another store, whatever its version.
    let other = tempfile::tempdir().expect("a folder");
    let (before, _) = prepared(other.path(), 1);
    fs::copy(other.path().join(FILE), folder.path().join(FILE)).expect("copied");
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Anew(_)));
    assert!(dumped(&base) != before);
}

#[test]
fn nothing_withdrawn_stays_in_a_kept_snapshot() {
    let folder = tempfile::tempdir().expect("a folder");
    prepared(folder.path(), 0);
    let (base, _) = open(folder.path());
    let gone = base.snapshot().graph().documents().next().expect("a document").id.clone();
    assert!(folder.path().join(FILE).exists());
    base.withdraw(&gone, &signature()).expect("withdrawn");
    assert!(!folder.path().join(FILE).exists());
    // What cannot be deleted is told, and nothing is withdrawn then.
    let other = base.snapshot().graph().documents().next().expect("a document").id.clone();
    fs::create_dir(folder.path().join(FILE)).expect("a folder where the file should be");
    let error = base.withdraw(&other, &signature()).expect_err("the file stays");
    assert!(error.to_string().contains(FILE), "{error}");
    assert!(base.snapshot().graph().find_document(&other).is_some());
}

#[test]
fn a_damaged_snapshot_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let (before, _) = prepared(folder.path(), 0);
    let path = folder.path().join(FILE);
    let whole = fs::read(&path).expect("a file");
    let refused = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).expect("written");
        let (base, how) = open(folder.path());
        assert!(matches!(how, Opened::Anew(_)), "{what}");
        base
    };
    for cut in [0, 1, 11, 12, whole.len() / 3, whole.len() - 21, whole.len() - 20, whole.len() - 1] {
        refused(&whole[..cut], &format!("cut to {cut} of {} bytes", whole.len()));
    }
    let mut longer = whole.clone();
    longer.push(0);
    refused(&longer, "a byte more");
    // A flipped bit anywhere; of the pages, between the mark and the contents, one in many.
    for at in (0..whole.len()).step_by(whole.len() / 60).chain(whole.len() - 20..whole.len()) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        refused(&flipped, &format!("bit {} of byte {at}", at % 8));
    }
    assert_same(&dumped(&refused(b"not a snapshot at all", "something else")), &before);
    fs::remove_file(&path).expect("deleted");
    fs::create_dir(&path).expect("a folder where the file should be");
    let (base, how) = open(folder.path());
    assert!(matches!(how, Opened::Anew(_)));
    assert!(base.keep(folder.path()).is_err_and(|error| error.to_string().contains(FILE)));
}
