//! A replica: a knowledge base that writes nothing, and becomes what the log of its store says, again and again.
//!
//! another process withdraws a document as entry 42 → a moment later this one publishes snapshot 42 without it
//!
//! Every snapshot that it publishes is of one version that really was: entries and the documents of which they speak are read as of one
//! moment. Whoever is far behind skips versions, never parts of one. What the log says is not believed when it is not the log that was
//! followed (a backup was restored under the same address): then everything is read anew.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::load::{Hold, whole};
use super::write::Outcome;
use super::{KnowledgeBase, Progress, Writer};
use crate::error::{Error, Result};
use crate::model::LogEntry;
use crate::store::{Position, Since, Store};

/// How far a replica is behind its store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    /// How many versions the store is known to be ahead.
    pub versions: u64,
    /// How long ago what is shown was known to be the newest there is. Grows while the store cannot be reached.
    pub time: Duration,
    /// Who writes, as far as is known.
    pub writer: Option<String>,
}

/// What a replica knows of the store that it follows.
pub(super) struct Following(Mutex<Known>);

struct Known {
    position: Position,
    /// When the newest version was last known to be shown.
    fresh: Instant,
}

impl Following {
    fn new(position: Position, fresh: Instant) -> Self {
        Self(Mutex::new(Known { position, fresh }))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KnowledgeBase {
    /// Opens what a store holds as a replica, which others may ask and which [`KnowledgeBase::follow`] keeps up to date.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn replica(store: Box<dyn Store>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self> {
        let began = Instant::now();
        let (resolver, draft, position) = whole(store.as_ref(), Hold::All, progress)?.in_memory();
        let (last, version) = (entry(store.as_ref(), position.version)?, position.version);
        let writer = Writer { store, resolver: Some(resolver), draft, version, last, behind: false, replica: true };
        Ok(Self { following: Some(Following::new(position, began)), ..Self::new(writer) })
    }

    /// How far this replica is behind; none of what is no replica.
    pub fn lag(&self) -> Option<Lag> {
        let known = self.following.as_ref()?.known();
        Some(Lag {
            versions: known.position.version.saturating_sub(self.snapshot().version()),
            time: known.fresh.elapsed(),
            writer: known.position.writer.clone(),
        })
    }

    /// Follows a store, looking at it every so often, for as long as `go_on` says after each look. The store is one beside that of
    /// [`KnowledgeBase::replica`], so that requests wait for neither.
    pub fn follow(&self, store: &dyn Store, every: Duration, mut go_on: impl FnMut(Result<bool>) -> bool) {
        loop {
            let began = Instant::now();
            if !go_on(self.turn(store)) {
                return;
            }
            std::thread::sleep(every.saturating_sub(began.elapsed()));
        }
    }

    /// Looks once; whether anything was new.
    ///
    /// # Errors
    /// This is no replica, or the store cannot be read. What is shown stays; the next turn tries again.
    pub fn turn(&self, store: &dyn Store) -> Result<bool> {
        let following = self.following.as_ref().ok_or(Error::FixedGraph)?;
        let began = Instant::now();
        let position = store.position()?;
        let (same, shown) = {
            let mut known = following.known();
            let same = known.position.identity == position.identity;
            known.position = position.clone();
            (same, self.snapshot().version())
        };
        let new = !same || position.version != shown;
        if new {
            let mut writer = self.writer()?;
            if !same || !writer.catch_up(store)? {
                tracing::warn!("the log is not the one that was followed: reading the store anew");
                writer.read_anew(store)?;
                self.in_doubt.store(None);
            }
            self.publish(&writer);
        }
        following.known().fresh = began;
        Ok(new)
    }
}

impl Writer {
    /// Applies what a store has and this does not. False, and nothing is changed, when the store's log does not go on from here.
    pub(super) fn catch_up(&mut self, store: &dyn Store) -> Result<bool> {
        let known = self.version.min(1);
        let Since { entries, stored, .. } = store.since(self.version - known)?;
        let (before, entries) = entries.split_at(entries.len().min(usize::from(known == 1)));
        if known == 1 && before.first() != self.last.as_ref() {
            return Ok(false);
        }
        let Some(last) = entries.last().cloned() else { return Ok(true) };
        let contributions: HashMap<_, _> =
            stored.iter().map(|one| (&one.contribution.document.id, &one.contribution)).collect();
        let outcome = Outcome::of(entries, &contributions, self.draft.graph());
        let changes = self.resolver()?.apply(&outcome.batch());
        self.draft.apply(&changes);
        self.version = last.version;
        self.last = Some(last);
        Ok(true)
    }

    fn read_anew(&mut self, store: &dyn Store) -> Result<()> {
        let (resolver, draft, position) = whole(store, Hold::All, &|_| {})?.in_memory();
        self.last = entry(store, position.version)?;
        (self.resolver, self.draft, self.version) = (Some(resolver), draft, position.version);
        Ok(())
    }
}

/// The entry of a version.
pub(super) fn entry(store: &dyn Store, version: u64) -> Result<Option<LogEntry>> {
    match version.checked_sub(1) {
        Some(before) => Ok(store.entries(before, 1)?.pop()),
        None => Ok(None),
    }
}
