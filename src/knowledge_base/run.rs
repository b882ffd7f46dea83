//! One run over documents: what is new is extracted, what is the same is linked, what is gone is unlinked.
//!
//! `a.txt` has other content → its new document is added and its old one unlinked, in one write

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::ingest::{Ingest, IngestOptions, Ingested};
use super::progress::{Progress, Way};
use crate::corpus::{self, Batch, Input, InputKind, Reading, Warning};
use crate::error::Result;
use crate::extract::{self, extract};
use crate::model::{Contribution, Document, DocumentId, Event, LogEntry, Signature};
use crate::store::Write;

/// What comes out of reading, in order.
pub(super) enum Item {
    /// A document, with the file that has it.
    Read(Option<Arc<str>>, Box<Reading>),
    /// A file was read to its end; whether all of it could be read.
    Ended(Option<Arc<str>>, bool),
}

/// One run over some paths.
pub(super) struct Run<'i, I: Ingest> {
    pub(super) target: &'i mut I,
    options: IngestOptions,
    /// The documents of each file, as the store has it.
    pub(super) inputs: BTreeMap<String, BTreeSet<DocumentId>>,
    /// What was read in this run: each document with its source, each file with its documents.
    seen: HashMap<DocumentId, String>,
    seen_inputs: BTreeMap<String, BTreeSet<DocumentId>>,
    /// Documents that went in this run; another file that is read later may have them now.
    gone: HashSet<DocumentId>,
    pub(super) done: Ingested,
}

impl<'i, I: Ingest> Run<'i, I> {
    pub(super) fn new(target: &'i mut I, options: IngestOptions) -> Self {
        let (inputs, seen, seen_inputs, gone, done) = Default::default();
        Self { target, options, inputs, seen, seen_inputs, gone, done }
    }

    pub(super) fn all(mut self, paths: &[PathBuf], progress: &(dyn Fn(Progress) + Sync)) -> Result<Ingested> {
        let found = corpus::find(paths);
        self.done.skipped = found.warnings;
        let mut way = Way::through(&found.inputs);
        progress(Progress::Reading(way.advance));
        let (mut items, mut batch) = (Vec::new(), Batch::default());
        for input in &found.inputs {
            let key: Option<Arc<str>> = key_of(input).map(Arc::from);
            let mut whole = true;
            for result in corpus::read(input) {
                // Before the next document rather than behind the last: a file's end is written with its last document, so that what it
                // has now takes the place of what it had in one write.
                if batch.is_full() {
                    self.batch(std::mem::take(&mut items))?;
                    batch = Batch::default();
                    progress(Progress::Reading(way.advance));
                    if self.target.is_stopped() {
                        return Ok(self.interrupted());
                    }
                }
                match result {
                    Ok(reading) => {
                        batch.add(&reading.document);
                        way.document(&reading.document);
                        items.push(Item::Read(key.clone(), Box::new(reading)));
                    }
                    Err(warning) => {
                        whole = false;
                        self.done.skipped.push(warning);
                    }
                }
            }
            way.ended();
            items.push(Item::Ended(key, whole));
        }
        self.batch(items)?;
        progress(Progress::Reading(way.advance));
        if self.options.prune {
            self.prune(paths)?;
        }
        Ok(self.sorted())
    }

    fn interrupted(mut self) -> Ingested {
        self.done.interrupted = true;
        self.sorted()
    }

    fn sorted(mut self) -> Ingested {
        self.done.skipped.sort();
        self.done.notes.sort();
        self.done
    }

    /// Extracts what needs it, and writes.
    pub(super) fn batch(&mut self, items: Vec<Item>) -> Result<()> {
        let (mut plan, mut ends) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Read(input, reading) => self.plan(input.as_deref(), *reading, &mut plan)?,
                Item::Ended(input, whole) => self.plan_end(input.as_deref(), whole, &mut ends),
            }
        }
        // Behind all that comes: a document that moved to another file stays.
        plan.extend(ends);
        let write = |planned: Planned| match planned {
            Planned::Write(write) => write,
            Planned::Extract(input, document) => Write::Add { contribution: contribution(*document), input },
        };
        let writes: Vec<Write> = plan.into_par_iter().map(write).collect();
        if writes.is_empty() {
            return Ok(());
        }
        for entry in self.target.write(&writes)? {
            match entry.event {
                Event::Added(_) => self.done.added += 1,
                Event::Extracted(_) => self.done.extracted += 1,
                Event::Withdrawn(id, _) => {
                    self.done.withdrawn += 1;
                    self.gone.insert(id);
                }
                Event::Decided(_) | Event::Undone(_) => {}
            }
        }
        Ok(())
    }

    fn plan(&mut self, input: Option<&str>, reading: Reading, plan: &mut Vec<Planned>) -> Result<()> {
        let Reading { document, notes } = reading;
        let id = document.id.clone();
        if let Some(input) = input {
            self.seen_inputs.entry(input.to_owned()).or_default().insert(id.clone());
        }
        if let Some(first) = self.seen.get(&id) {
            self.note(&document, &format!("is the same document as {first}"), "it counts once");
            return self.link(input, id, plan);
        }
        let extractor = if self.gone.contains(&id) { None } else { self.target.extractor(&id)? };
        let current = extractor.map(|extractor| *extractor == *extract::VERSION && !self.options.again);
        let withdrawn = match current {
            None if !self.options.include_withdrawn => self.target.read(|store| store.withdrawal(&id))?,
            _ => None,
        };
        if let Some(LogEntry { signature: Signature { author, at, .. }, .. }) = withdrawn {
            let who = if author.is_empty() { String::new() } else { format!(" by {author}") };
            let reason = format!("was withdrawn{who} on {}", at.strftime("%Y-%m-%d"));
            self.note(&document, &reason, "it stays out; take it in again with --include-withdrawn");
            return Ok(());
        }
        self.seen.insert(id.clone(), document.source.clone());
        self.done.notes.extend(notes);
        if current == Some(true) {
            self.done.unchanged += 1;
            self.link(input, id, plan)?;
        } else {
            plan.push(Planned::Extract(input.map(str::to_owned), Box::new(document)));
        }
        Ok(())
    }

    fn note(&mut self, document: &Document, reason: &str, remedy: &str) {
        let (path, reason, remedy) = (document.source.clone(), reason.to_owned(), remedy.to_owned());
        self.done.notes.push(Warning { path, reason, remedy });
    }

    /// Notes where a document that is there comes from, too: a file, or somebody who sent it and for whom it stays when its files go.
    fn link(&mut self, input: Option<&str>, document: DocumentId, plan: &mut Vec<Planned>) -> Result<()> {
        let Some(input) = input else {
            if let Some(stored) = self.target.read(|store| store.stored(&document))? {
                plan.push(Planned::Write(Write::Add { contribution: stored.contribution, input: None }));
            }
            return Ok(());
        };
        if !self.inputs.get(input).is_some_and(|documents| documents.contains(&document)) {
            plan.push(Planned::Write(Write::Link { input: input.to_owned(), document }));
        }
        Ok(())
    }

    /// What a file had before and has no more.
    fn plan_end(&self, input: Option<&str>, whole: bool, plan: &mut Vec<Planned>) {
        let Some((input, before)) = input.and_then(|input| self.inputs.get_key_value(input)) else { return };
        let none = BTreeSet::new();
        let now = self.seen_inputs.get(input).unwrap_or(&none);
        if whole {
            plan.extend(before.difference(now).map(|document| Planned::Write(unlink(input, document, false))));
        }
    }

    /// Files that are gone.
    fn prune(&mut self, paths: &[PathBuf]) -> Result<()> {
        let roots: Vec<PathBuf> =
            paths.iter().filter_map(|path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok()).collect();
        let gone = |input: &str| {
            let path = Path::new(input);
            roots.iter().any(|root| path.starts_with(root)) && !path.exists()
        };
        let mut writes = Vec::new();
        for (input, documents) in self.inputs.iter().filter(|(input, _)| gone(input)) {
            writes.extend(documents.iter().map(|document| unlink(input, document, true)));
        }
        if !writes.is_empty() {
            let entries = self.target.write(&writes)?;
            self.done.withdrawn += entries.len();
        }
        Ok(())
    }
}

/// What is to be written, once it is extracted.
enum Planned {
    Write(Write),
    Extract(Option<String>, Box<Document>),
}

fn unlink(input: &str, document: &DocumentId, gone: bool) -> Write {
    Write::Unlink { input: input.to_owned(), document: document.clone(), gone }
}

/// What a document contributes, read by this version of the extractor.
pub fn contribution(document: Document) -> Contribution {
    let annotations = Arc::new(extract(&document));
    Contribution { document: Arc::new(document), annotations, extractor: extract::VERSION.into() }
}

/// The name under which a store knows a file, whatever folder it is reached from; none for standard input.
fn key_of(input: &Input) -> Option<String> {
    if input.kind == InputKind::StandardInput {
        return None;
    }
    let path = input.path.canonicalize().unwrap_or_else(|_| input.path.clone());
    Some(path.to_string_lossy().into_owned())
}
