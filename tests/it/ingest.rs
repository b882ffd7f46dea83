//! Taking documents in: what is new, changed, the same, gone, withdrawn or unreadable.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use maillage::knowledge_base::{IngestOptions, Ingested, KnowledgeBase, Watch};
use maillage::model::Signature;
use maillage::store::{MemoryStore, SqliteStore};
use tempfile::TempDir;

use crate::dump::{self, assert_same};

struct Desk {
    folder: TempDir,
    base: KnowledgeBase,
}

fn signature() -> Signature {
    Signature { author: "ana".into(), reason: String::new(), at: Timestamp::UNIX_EPOCH }
}

impl Desk {
    fn new() -> Self {
        let base = KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).expect("a store in memory");
        Self { folder: tempfile::tempdir().expect("a folder"), base }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn ingest(&self, options: IngestOptions) -> Ingested {
        let paths = [self.folder.path().to_path_buf()];
        self.base.ingest(&paths, &options, &signature(), &|_| {}).expect("taken in")
    }

    /// Takes the folder in; how many were added, extracted, unchanged, withdrawn.
    fn counts(&self, options: IngestOptions) -> [usize; 4] {
        let Ingested { added, extracted, unchanged, withdrawn, .. } = self.ingest(options);
        [added, extracted, unchanged, withdrawn]
    }

    fn again(&self) -> [usize; 4] {
        self.counts(IngestOptions::default())
    }

    /// The first lines of the documents that are there.
    fn texts(&self) -> Vec<String> {
        let snapshot = self.base.snapshot();
        let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
        let mut texts: Vec<_> = snapshot.graph().documents().map(|document| first(&document.text)).collect();
        texts.sort();
        texts
    }
}

const PRUNE: IngestOptions = IngestOptions { prune: true, include_withdrawn: false, again: false };

#[test]
fn the_same_files_change_nothing_and_a_changed_one_replaces_what_it_said() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    desk.write("b.txt", "Le Japon finance l’UNICEF.");
    assert_eq!(desk.again(), [2, 0, 0, 0]);
    let (version, before) = (desk.base.snapshot().version(), dump::snapshot(&desk.base.snapshot()));
    assert_eq!(desk.again(), [0, 0, 2, 0]);
    assert_eq!(desk.base.snapshot().version(), version);
    desk.write("b.txt", "Le Mali finance l’UNICEF.");
    assert_eq!(desk.again(), [1, 0, 1, 1]);
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM.", "Le Mali finance l’UNICEF."]);
    desk.write("b.txt", "Le Japon finance l’UNICEF.");
    assert_eq!(desk.again(), [1, 0, 1, 1]);
    assert_same(&dump::snapshot(&desk.base.snapshot()), &before);
}

#[test]
fn files_that_are_gone_are_pruned_only_on_request() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    desk.write("b.txt", "Le Japon finance l’UNICEF.");
    desk.again();
    fs::remove_file(desk.path("b.txt")).expect("removed");
    assert_eq!(desk.again(), [0, 0, 1, 0]);
    assert_eq!(desk.counts(PRUNE), [0, 0, 1, 1]);
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM."]);
    // A file that moved is the same document.
    fs::rename(desk.path("a.txt"), desk.path("z.txt")).expect("moved");
    assert_eq!(desk.counts(PRUNE), [0, 0, 1, 0]);
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM."]);
    // Another folder's files are not touched.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let done = desk.base.ingest(&[elsewhere.path().into()], &PRUNE, &signature(), &|_| {}).expect("taken in");
    assert_eq!(done.withdrawn, 0);
}

#[test]
fn a_document_stays_while_any_file_has_it() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    desk.write("b.txt", "Le Canada finance l’OIM.");
    let done = desk.ingest(PRUNE);
    assert_eq!((done.added, done.notes.len()), (1, 1));
    fs::remove_file(desk.path("a.txt")).expect("removed");
    assert_eq!(desk.counts(PRUNE), [0, 0, 1, 0]);
    fs::remove_file(desk.path("b.txt")).expect("removed");
    assert_eq!(desk.counts(PRUNE), [0, 0, 0, 1]);
    assert!(desk.texts().is_empty());
}

#[test]
fn a_document_that_moved_stays_when_its_old_file_has_something_else() {
    for many in [0, 300] {
        let desk = Desk::new();
        desk.write("a.txt", "Le Canada finance l’OIM.");
        assert_eq!(desk.again(), [1, 0, 0, 0]);
        // Read in the order of their names: the old file first, and with many in between not in the same write.
        desk.write("a.txt", "Le Mali finance l’OIM.");
        let lines: String = (0..many).map(|id| format!("{{\"id\": {id}, \"text\": \"Texte {id}.\"}}\n")).collect();
        desk.write("b.jsonl", &lines);
        desk.write("c.txt", "Le Canada finance l’OIM.");
        desk.again();
        assert_eq!(desk.texts().iter().filter(|text| text.starts_with("Le ")).count(), 2, "{many}");
        let [added, _, unchanged, withdrawn] = desk.counts(PRUNE);
        assert_eq!([added, unchanged, withdrawn], [0, many + 2, 0], "{many}");
    }
}

#[test]
fn a_document_that_was_sent_stays_when_its_file_goes() {
    let desk = Desk::new();
    let line = "{\"id\": \"1\", \"text\": \"Le Canada finance l’OIM.\"}";
    desk.write("news.jsonl", line);
    assert_eq!(desk.again(), [1, 0, 0, 0]);
    let sent = maillage::corpus::read_line(line, "sent").expect("a document");
    let done = desk.base.ingest_readings(vec![sent], &IngestOptions::default(), &signature()).expect("taken in");
    assert_eq!((done.added, done.unchanged), (0, 1));
    fs::remove_file(desk.path("news.jsonl")).expect("removed");
    assert_eq!(desk.counts(PRUNE), [0, 0, 0, 0]);
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM."]);
}

#[test]
fn lines_of_a_file_come_and_go_one_by_one() {
    let desk = Desk::new();
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let (one, two, three) = (line("1", "Le Canada finance l’OIM."), line("2", "Un."), line("3", "Le Mali aide l’OIM."));
    desk.write("news.jsonl", &format!("{one}{two}"));
    assert_eq!(desk.again(), [2, 0, 0, 0]);
    desk.write("news.jsonl", &format!("{one}{three}"));
    assert_eq!(desk.again(), [1, 0, 1, 1]);
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM.", "Le Mali aide l’OIM."]);
    // A line that cannot be read may be the one that is missing: nothing goes.
    desk.write("news.jsonl", &format!("{one}{{\"id\": 3\n"));
    let done = desk.ingest(PRUNE);
    assert_eq!((done.withdrawn, done.skipped.len()), (0, 1));
    assert_eq!(desk.texts().len(), 2);
}

#[test]
fn a_file_that_cannot_be_read_any_more_leaves_what_it_said() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    desk.again();
    fs::write(desk.path("a.txt"), [0, 159, 146, 150, 0, 0, 1]).expect("a file");
    let done = desk.ingest(PRUNE);
    assert_eq!((done.skipped.len(), done.withdrawn), (1, 0));
    assert_eq!(desk.texts(), ["Le Canada finance l’OIM."]);
}

#[test]
fn what_was_withdrawn_stays_out_and_what_was_extracted_can_be_again() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    desk.write("b.txt", "Le Japon finance l’UNICEF.");
    desk.again();
    let gone = desk.base.snapshot().graph().documents().find(|d| d.text.contains("Japon")).expect("one").id.clone();
    desk.base.withdraw(&gone, &signature()).expect("withdrawn");
    let done = desk.ingest(PRUNE);
    assert_eq!((done.added, done.unchanged, done.notes.len()), (0, 1, 1));
    assert!(done.notes[0].reason.contains("was withdrawn by ana on 1970-01-01"), "{}", done.notes[0]);
    let back = IngestOptions { include_withdrawn: true, ..IngestOptions::default() };
    assert_eq!(desk.counts(back), [1, 0, 1, 0]);
    // The same extractor finds the same, so that nothing is written.
    let again = IngestOptions { again: true, ..IngestOptions::default() };
    assert_eq!(desk.counts(again), [0, 0, 0, 0]);
}

#[test]
fn a_watched_folder_is_followed() {
    let desk = Desk::new();
    let mut watch = Watch::new(vec![desk.folder.path().to_path_buf()]);
    let mut turn = || watch.turn(&desk.base, &signature()).expect("looked").map(|done| [done.added, done.withdrawn]);
    assert_eq!(turn(), None);
    desk.write("a.txt", "Le Canada finance l’OIM.");
    assert_eq!(turn(), None, "it may still be being written");
    assert_eq!(turn(), Some([1, 0]));
    assert_eq!(turn(), None);
    desk.write("a.txt", "Le Canada et le Japon financent l’OIM.");
    desk.write("b.txt", "Le Mali aide l’OIM.");
    assert_eq!((turn(), turn(), turn()), (None, Some([2, 1]), None));
    fs::remove_file(desk.path("a.txt")).expect("removed");
    assert_eq!((turn(), turn()), (Some([0, 1]), None));
    assert_eq!(desk.texts(), ["Le Mali aide l’OIM."]);
}

#[test]
fn what_is_taken_in_is_there_when_the_store_is_opened_again() {
    let desk = Desk::new();
    desk.write("a.txt", "Le Canada finance l’OIM.");
    let data = desk.path("store");
    let open = |data: &Path| {
        KnowledgeBase::open(Box::new(SqliteStore::open(data).expect("a store")), &|_| {}).expect("opened")
    };
    let base = open(&data);
    base.ingest(&[desk.path("a.txt")], &PRUNE, &signature(), &|_| {}).expect("taken in");
    let before = dump::snapshot(&base.snapshot());
    drop(base);
    let base = open(&data);
    assert_same(&dump::snapshot(&base.snapshot()), &before);
    let done = base.ingest(&[desk.path("a.txt")], &PRUNE, &signature(), &|_| {}).expect("taken in");
    assert_eq!((done.added, done.unchanged), (0, 1));
}
