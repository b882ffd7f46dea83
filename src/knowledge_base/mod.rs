//! The one place where the graph changes: writes go to the store first, then to the next snapshot, which takes the place of the last.
//!
//! `KnowledgeBase::open(store, …)` → `.snapshot()`; after `.withdraw(id, …)` → a snapshot without that document
//!
//! One writer at a time; readers never wait, and a snapshot that a reader holds stays as it is. What a write returns is durable. Must
//! not contain extraction or graph logic.

mod folders;
mod follow;
mod import;
mod ingest;
mod judge;
mod keep;
mod load;
mod progress;
mod run;
mod token;
mod trace;
mod write;

use std::sync::{Arc, Mutex, MutexGuard};

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::model::{Candidate, Decision, LogEntry};
use crate::resolve::Resolver;
use crate::snapshot::{Draft, Snapshot};
use crate::store::{Standing, Store};
use follow::Following;

pub use folders::Watch;
pub use follow::Lag;
pub use import::{ImportOptions, Imported, import};
pub use ingest::{Ingest, IngestOptions, Ingested};
pub use judge::{Judging, Objection};
pub use keep::{Opened, forget};
pub use load::{Built, MUCH, read};
pub use progress::{Advance, IngestStatus, Progress};
pub use run::contribution;
pub use token::{new_token, revoke_token, token_owner};
pub use write::Written;

/// Holds the current snapshot, and what is needed to make the next.
pub struct KnowledgeBase {
    current: ArcSwap<Snapshot>,
    /// None when nothing can be written.
    writer: Option<Mutex<Writer>>,
    version: watch::Sender<u64>,
    ingest: watch::Sender<IngestStatus>,
    /// The pairs in doubt of the version for which they were last asked.
    in_doubt: ArcSwapOption<(u64, Arc<[Candidate]>)>,
    /// What a replica knows of what it follows; none of what is no replica.
    following: Option<Following>,
    /// Tells when the right to write is lost.
    standing: Standing,
}

/// What only one may use at a time.
struct Writer {
    store: Box<dyn Store>,
    /// None until something is to be written, when the graph came from a kept snapshot.
    resolver: Option<Resolver>,
    /// What the next snapshot is made of, and the version that it has.
    draft: Draft,
    version: u64,
    /// The entry of that version.
    last: Option<LogEntry>,
    /// Whether the store may have more than the draft: a write of which nobody knows whether it was done.
    behind: bool,
    /// Whether others write, and this only follows.
    replica: bool,
}

impl std::fmt::Debug for KnowledgeBase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KnowledgeBase at version {}", self.snapshot().version())
    }
}

impl KnowledgeBase {
    fn new(writer: Writer) -> Self {
        let snapshot = writer.draft.snapshot(writer.version);
        let standing = writer.store.standing();
        Self { standing, writer: Some(Mutex::new(writer)), ..Self::of(snapshot) }
    }

    /// A snapshot that stays as it is: nothing can be written.
    pub fn of(snapshot: Snapshot) -> Self {
        let version = watch::Sender::new(snapshot.version());
        Self {
            current: ArcSwap::from_pointee(snapshot),
            writer: None,
            version,
            ingest: watch::Sender::default(),
            in_doubt: ArcSwapOption::empty(),
            following: None,
            standing: Standing::default(),
        }
    }

    /// The current snapshot, to be kept for as long as one request lasts.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Tells the version of each new snapshot.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Tells how far taking documents in is, whenever that changes.
    pub fn watch_ingest(&self) -> watch::Receiver<IngestStatus> {
        self.ingest.subscribe()
    }

    /// Whether it has a store that somebody writes to: this process, or the one that a replica follows.
    pub fn has_store(&self) -> bool {
        self.writer.is_some()
    }

    /// Why nothing can be written, where that is so from the start.
    pub fn read_only(&self) -> Option<Error> {
        match self.lag() {
            Some(lag) => Some(Error::Replica(lag.writer)),
            None => self.writer.is_none().then_some(Error::FixedGraph),
        }
    }

    /// Who has the right to write to the store now, when this had it and has lost it: in words, perhaps empty.
    pub fn lost_to(&self) -> Option<String> {
        self.standing.lost()
    }

    /// A writer that panicked has left the store whole, but what is derived from it may be half changed: nothing is built on that.
    fn writer(&self) -> Result<MutexGuard<'_, Writer>> {
        let writer = self.writer.as_ref().ok_or(Error::FixedGraph)?;
        writer.lock().map_err(|_| Error::WriterFailed)
    }

    /// Log entries after a version, oldest first, at most `most` of them. Waits for a write that is under way.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn entries(&self, after: u64, most: usize) -> Result<Vec<LogEntry>> {
        self.writer()?.store.entries(after, most)
    }

    /// The decisions in force in a version, oldest first. Waits for a write that is under way.
    ///
    /// # Errors
    /// The graph has no store, or the store cannot be read.
    pub fn decisions(&self, version: u64) -> Result<Vec<Decision>> {
        let kept = self.writer()?.store.decisions_at(version)?;
        let mut decisions: Vec<_> = kept.into_iter().map(|(_, decision)| decision).collect();
        decisions.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(decisions)
    }

    /// Pairs of entities that look the same and were not joined, the likeliest to be one first: what people should look at. Found once
    /// for a version, which waits for a write that is under way.
    ///
    /// # Errors
    /// The graph has no store.
    pub fn candidates(&self) -> Result<Arc<[Candidate]>> {
        if let Some(known) =
            self.in_doubt.load().as_deref().filter(|(version, _)| *version == self.snapshot().version())
        {
            return Ok(Arc::clone(&known.1));
        }
        let mut writer = self.writer()?;
        let candidates: Arc<[Candidate]> = writer.resolver()?.candidates().into();
        self.in_doubt.store(Some(Arc::new((writer.version, Arc::clone(&candidates)))));
        Ok(candidates)
    }
}
