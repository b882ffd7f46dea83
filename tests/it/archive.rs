//! What should be in a store: the texts that were ever written to files or sent, each as reading and extracting it directly gives it, and
//! which file has which of them now.
//!
//! `archive.write("a.txt", "…")`, the program is killed somewhere, `archive.check(data)` → what the store holds, all of it whole

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use maillage::Error;
use maillage::corpus::{self, Reading};
use maillage::extract::{self, extract};
use maillage::knowledge_base::KnowledgeBase;
use maillage::model::{Contribution, Decision, Document, DocumentId, Event, LogEntry, Signature, WithdrawalCause};
use maillage::query;
use maillage::store::{MemoryStore, SqliteStore, Store, Write};
use rayon::prelude::*;

use crate::dump::{self, assert_same};
use crate::store::all_stored;

/// Texts, and the files that have them.
#[derive(Default)]
pub(crate) struct Archive {
    /// Everything that was ever there, as it must be stored when it is.
    known: BTreeMap<DocumentId, Contribution>,
    /// The names under which each was ever there.
    sources: BTreeMap<DocumentId, BTreeSet<String>>,
    /// What each file has, by the name under which a store knows it.
    pub(crate) files: BTreeMap<String, BTreeSet<DocumentId>>,
}

/// What a store holds.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) log: Vec<LogEntry>,
    pub(crate) documents: BTreeMap<DocumentId, Contribution>,
    /// The documents of each file.
    pub(crate) inputs: BTreeMap<String, BTreeSet<DocumentId>>,
    pub(crate) decisions: Vec<Decision>,
}

impl State {
    /// Documents that were withdrawn because somebody asked for it.
    pub(crate) fn asked_away(&self) -> BTreeSet<DocumentId> {
        let asked = |entry: &LogEntry| match &entry.event {
            Event::Withdrawn(id, WithdrawalCause::Request) => Some(id.clone()),
            _ => None,
        };
        self.log.iter().filter_map(asked).collect()
    }
}

fn contribution(reading: Reading) -> Contribution {
    let document = reading.document;
    let annotations = Arc::new(extract(&document));
    Contribution { document: Arc::new(document), annotations, extractor: extract::VERSION.into() }
}

impl Archive {
    /// Writes a file, whose documents are known from then on.
    pub(crate) fn write(&mut self, path: &Path, content: &str) {
        fs::write(path, content).unwrap();
        let found = corpus::find(&[path.to_path_buf()]);
        let readings: Vec<Reading> = corpus::read(&found.inputs[0]).collect::<Result<_, _>>().unwrap();
        let ids = readings.iter().map(|reading| reading.document.id.clone()).collect();
        self.know(readings);
        self.files.insert(name(path), ids);
    }

    /// Removes a file.
    pub(crate) fn remove(&mut self, path: &Path) {
        self.files.remove(&path.canonicalize().unwrap().to_string_lossy().into_owned());
        fs::remove_file(path).unwrap();
    }

    /// Lines of JSON Lines that are in no file; their ids.
    pub(crate) fn send<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) -> Vec<DocumentId> {
        let readings: Vec<_> = lines.into_iter().map(|line| corpus::read_line(line, "sent").unwrap()).collect();
        let ids = readings.iter().map(|reading| reading.document.id.clone()).collect();
        self.know(readings);
        ids
    }

    fn know(&mut self, mut readings: Vec<Reading>) {
        for document in readings.iter().map(|reading| &reading.document) {
            self.sources.entry(document.id.clone()).or_default().insert(document.source.clone());
        }
        readings.retain(|reading| !self.known.contains_key(&reading.document.id));
        let made: Vec<_> = readings.into_par_iter().map(contribution).collect();
        self.known.extend(made.into_iter().map(|made| (made.document.id.clone(), made)));
    }

    /// What a store holds, when it is sound and nothing in it is half there.
    pub(crate) fn check(&self, data: &Path) -> State {
        let store = match SqliteStore::open_read_only(data) {
            Err(Error::NoStore(_)) => return State::default(),
            store => store.unwrap(),
        };
        assert_eq!(store.check().unwrap(), [""; 0]);
        let mut state = State { log: store.entries(0, usize::MAX).unwrap(), ..State::default() };
        for Contribution { document, annotations, extractor } in all_stored(&store).into_iter().map(|s| s.contribution)
        {
            let id = document.id.clone();
            let known = &self.known[&id];
            // With all its entities and relations, and the evidence of each.
            assert!(*annotations == *known.annotations && extractor == known.extractor, "{id} is not as it was read");
            // From the folder that it was called in, perhaps.
            let source = |known: &String| known.ends_with(&document.source);
            assert!(self.sources[&id].iter().any(source), "{id} does not come from {}", document.source);
            let same = Document { source: document.source.clone(), ..(*known.document).clone() };
            assert!(*document == same, "{id} is not as it was read");
            state.documents.insert(id, Contribution { document, annotations, extractor });
        }
        for (input, document) in store.inputs().unwrap() {
            state.inputs.entry(input).or_default().insert(document);
        }
        state.decisions = store.decisions().unwrap().into_iter().map(|(_, decision)| decision).collect();
        state
    }

    /// What the store must hold when all files were read: what they have and nobody withdrew, by file.
    pub(crate) fn read_whole(&self, state: &State) -> BTreeMap<String, BTreeSet<DocumentId>> {
        let away = state.asked_away();
        let left = |ids: &BTreeSet<DocumentId>| ids.difference(&away).cloned().collect::<BTreeSet<_>>();
        let files = self.files.iter().map(|(file, ids)| (file.clone(), left(ids)));
        files.filter(|(_, ids)| !ids.is_empty()).collect()
    }

    /// The graph of a store is the one that a clean start with these documents and decisions gives.
    pub(crate) fn compare_with_a_clean_start(data: &Path, state: &State) {
        let empty = || KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).unwrap();
        let opened = SqliteStore::open_read_only(data).unwrap();
        let base = KnowledgeBase::open(Box::new(opened), &|_| {}).unwrap();
        assert_eq!(query::check(&base.snapshot()), [""; 0]);
        let clean = empty();
        let add = |contribution: &Contribution| Write::Add { contribution: contribution.clone(), input: None };
        let decide = |decision: &Decision| Write::Decide(decision.clone());
        let writes: Vec<_> =
            state.documents.values().rev().map(add).chain(state.decisions.iter().rev().map(decide)).collect();
        let signature = Signature { author: String::new(), reason: String::new(), at: Timestamp::UNIX_EPOCH };
        clean.write(&writes, &signature).unwrap();
        assert_same(&dump::snapshot(&base.snapshot()), &dump::snapshot(&clean.snapshot()));
    }
}

/// The name under which a store knows a file.
fn name(path: &Path) -> String {
    path.canonicalize().unwrap().to_string_lossy().into_owned()
}

/// A path as an argument.
pub(crate) fn argument(path: impl Into<PathBuf>) -> String {
    path.into().to_string_lossy().into_owned()
}
