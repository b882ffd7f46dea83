//! Taking documents in: only what is new or has changed is extracted, and a file that has other content now replaces what it said.
//!
//! `ingest(["press"])` twice → 200 documents added; then none, 200 unchanged
//!
//! Files are read in the order of their names, extracted on all cores and written in batches, each of them whole or not at all: whoever
//! is interrupted runs the same again. What a file that cannot be read any more once said stays.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::progress::{Advance, IngestStatus, Progress};
use super::run::{Item, Run};
use super::{KnowledgeBase, trace};
use crate::corpus::{Reading, Warning};
use crate::error::Result;
use crate::model::{DocumentId, Event, LogEntry, Signature};
use crate::store::{Store, Write};

/// How documents are taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IngestOptions {
    /// Withdraw documents whose files are gone from the folders that are read.
    pub prune: bool,
    /// Take in also what somebody asked to withdraw.
    pub include_withdrawn: bool,
    /// Extract again what is there already, also when it was extracted by this version.
    pub again: bool,
}

/// What became of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Documents that came in.
    pub added: usize,
    /// Documents that were there and were extracted anew.
    pub extracted: usize,
    /// Documents that were there as they are.
    pub unchanged: usize,
    /// Documents that went: their files have other content now, or are gone.
    pub withdrawn: usize,
    /// Whether it stopped before everything was read, because it was asked to.
    pub interrupted: bool,
    /// What was not read, sorted by path.
    pub skipped: Vec<Warning>,
    /// What was read with a reservation, sorted by path.
    pub notes: Vec<Warning>,
}

/// Where documents are taken in.
pub trait Ingest {
    /// Writes all changes or none.
    ///
    /// # Errors
    /// The store cannot take them.
    fn write(&mut self, writes: &[Write]) -> Result<Vec<LogEntry>>;

    /// What is there: the store.
    ///
    /// # Errors
    /// The store cannot be read.
    fn read<T>(&mut self, ask: impl FnOnce(&dyn Store) -> Result<T>) -> Result<T>;

    /// The version of the extractor of a document that is there.
    ///
    /// # Errors
    /// The store cannot be read.
    fn extractor(&mut self, document: &DocumentId) -> Result<Option<Arc<str>>>;

    /// Whether to stop after what is under way.
    fn is_stopped(&self) -> bool {
        false
    }

    /// Takes in everything under the paths.
    ///
    /// # Errors
    /// The store cannot be read or written; what was written before stays.
    fn ingest(
        &mut self,
        paths: &[PathBuf],
        options: &IngestOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Ingested>
    where
        Self: Sized,
    {
        let mut run = Run::new(self, *options);
        for (input, document) in run.target.read(|store| store.inputs())? {
            run.inputs.entry(input).or_default().insert(document);
        }
        run.all(paths, progress)
    }
}

impl KnowledgeBase {
    /// Takes in everything under the paths; readers see what has come in every other second.
    ///
    /// # Errors
    /// The store cannot be read or written; what was written before stays.
    pub fn ingest(
        &self,
        paths: &[PathBuf],
        options: &IngestOptions,
        signature: &Signature,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Ingested> {
        let added = AtomicUsize::new(0);
        let told = |now: Progress| {
            if let Progress::Reading(Advance { inputs: done, of_inputs: total, .. }) = now {
                let added = added.load(Ordering::Relaxed);
                self.ingest.send_replace(IngestStatus { running: true, done, total, added });
            }
            progress(now);
        };
        let mut into = Into { base: self, signature, added: &added, shown: Some(Instant::now()) };
        let done = trace::ingest(|| into.ingest(paths, options, &told));
        self.publish(&*self.writer()?);
        self.ingest.send_modify(|status| status.running = false);
        done
    }

    /// Takes in documents that were read already, as if each came from nowhere: no file replaces them.
    ///
    /// # Errors
    /// The store cannot be read or written; what was written before stays.
    pub fn ingest_readings(
        &self,
        readings: Vec<Reading>,
        options: &IngestOptions,
        signature: &Signature,
    ) -> Result<Ingested> {
        let (added, total) = (AtomicUsize::new(0), readings.len());
        self.ingest.send_replace(IngestStatus { running: true, done: 0, total, added: 0 });
        let mut into = Into { base: self, signature, added: &added, shown: None };
        let mut run = Run::new(&mut into, *options);
        trace::ingest(|| {
            let written = run.batch(readings.into_iter().map(|reading| Item::Read(None, Box::new(reading))).collect());
            let added = run.done.added;
            self.ingest.send_replace(IngestStatus { running: false, done: total, total, added });
            written.map(|()| run.done)
        })
    }
}

/// How often readers see what comes in while many documents are taken in.
const SHOWN_EVERY: Duration = Duration::from_secs(2);

struct Into<'b> {
    base: &'b KnowledgeBase,
    signature: &'b Signature,
    added: &'b AtomicUsize,
    /// When readers were last shown what came in; none when they see each batch.
    shown: Option<Instant>,
}

impl Ingest for Into<'_> {
    fn write(&mut self, writes: &[Write]) -> Result<Vec<LogEntry>> {
        let mut writer = self.base.writer()?;
        let entries = writer.append(writes, self.signature)?;
        // A snapshot costs in proportion to what has changed since the last one: pages that both share must be copied.
        if self.shown.is_none_or(|shown| shown.elapsed() >= SHOWN_EVERY) {
            self.base.publish(&writer);
            self.shown = self.shown.map(|_| Instant::now());
        }
        let added = entries.iter().filter(|entry| matches!(entry.event, Event::Added(_))).count();
        self.added.fetch_add(added, Ordering::Relaxed);
        Ok(entries)
    }

    fn read<T>(&mut self, ask: impl FnOnce(&dyn Store) -> Result<T>) -> Result<T> {
        ask(self.base.writer()?.store.as_ref())
    }

    fn extractor(&mut self, document: &DocumentId) -> Result<Option<Arc<str>>> {
        let writer = self.base.writer()?;
        let graph = writer.draft.graph();
        let row = graph.find_document(document);
        Ok(row.map(|row| Arc::clone(&graph.stored(row).contribution.extractor)))
    }
}
