//! From a store, or from files, to a knowledge base.
//!
//! `read(&["corpus"], &|_| {})` → a knowledge base of five documents, and what to know about what was not read
//!
//! The same documents give the same snapshot in any order and on any number of cores.

use std::path::PathBuf;

use super::follow::entry;
use super::{IngestOptions, KnowledgeBase, Progress, Writer};
use crate::corpus::Warning;
use crate::error::{Error, Result};
use crate::model::{Changes, Contribution, Signature, Stored};
use crate::resolve::{Batch, Resolver};
use crate::snapshot::Draft;
use crate::store::{MemoryStore, Position, Store, Write};

/// A knowledge base, and what to know about the documents that it was made of.
#[derive(Debug)]
pub struct Built {
    /// The knowledge base, in memory.
    pub knowledge_base: KnowledgeBase,
    /// What was not read, sorted by path.
    pub skipped: Vec<Warning>,
    /// What was read with a reservation, sorted by path.
    pub notes: Vec<Warning>,
}

/// Reads everything under the paths into a knowledge base that lasts as long as the process.
///
/// # Errors
/// None of the documents; the store in memory has no limit but memory.
pub fn read(paths: &[PathBuf], progress: &(dyn Fn(Progress) + Sync)) -> Result<Built> {
    let knowledge_base = KnowledgeBase::open(Box::new(MemoryStore::default()), progress)?;
    let signature = Signature { author: String::new(), reason: String::new(), at: jiff::Timestamp::now() };
    let ingested = knowledge_base.ingest(paths, &IngestOptions::default(), &signature, progress)?;
    Ok(Built { knowledge_base, skipped: ingested.skipped, notes: ingested.notes })
}

impl KnowledgeBase {
    /// Holds these contributions for as long as the process lasts.
    ///
    /// # Errors
    /// A contribution contradicts itself.
    pub fn holding(contributions: Vec<Contribution>) -> Result<Self> {
        let base = Self::open(Box::new(MemoryStore::default()), &|_| {})?;
        let signature = Signature { author: String::new(), reason: String::new(), at: jiff::Timestamp::now() };
        let add = |contribution| Write::Add { contribution, input: None };
        base.write(&contributions.into_iter().map(add).collect::<Vec<_>>(), &signature)?;
        Ok(base)
    }

    /// Opens what a store holds.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open(store: Box<dyn Store>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Self> {
        let Whole { resolver, changes, position } = whole(store.as_ref(), progress)?;
        let (draft, version) = (Draft::of(changes), position.version);
        Ok(Self::new(Writer::of(store, Some(resolver), draft, version)?))
    }
}

/// How often a store is read again that has changed while it was read.
const TIMES: usize = 10;

/// What a store's documents and decisions come to at one moment, and what that makes of an empty graph.
pub(super) struct Whole {
    pub(super) resolver: Resolver,
    pub(super) changes: Changes,
    pub(super) position: Position,
}

/// Reads all of a store as of one moment.
pub(super) fn whole(store: &dyn Store, progress: &(dyn Fn(Progress) + Sync)) -> Result<Whole> {
    let (mut all, mut decisions, mut positions): (Vec<Stored>, Vec<_>, _) = Default::default();
    for _ in 0..TIMES {
        all.clear();
        store.at_one_moment(&mut |store| {
            let (before, of) = (store.position()?, store.documents()?.len());
            store.visit(&mut |stored| {
                all.push(stored);
                progress(Progress::Opening(all.len(), of));
                Ok(())
            })?;
            decisions = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
            positions = (before, store.position()?);
            Ok(())
        })?;
        // Not every store on many machines keeps to the moment.
        if positions.0.version == positions.1.version {
            progress(Progress::Joining(all.len()));
            let mut resolver = Resolver::default();
            let changes = resolver.apply(&Batch { added: &all, decided: &decisions, ..Batch::default() });
            return Ok(Whole { resolver, changes, position: positions.1 });
        }
    }
    Err(Error::data("the store", "it was changed each time that it was read; stop writing for a moment"))
}

impl Writer {
    pub(super) fn of(store: Box<dyn Store>, resolver: Option<Resolver>, draft: Draft, version: u64) -> Result<Self> {
        let last = entry(store.as_ref(), version)?;
        Ok(Self { store, resolver, draft, version, last, behind: false, replica: false })
    }

    /// The state of resolution. A graph that came from a kept snapshot has none until it is asked for, which reads the whole store.
    pub(super) fn resolver(&mut self) -> Result<&mut Resolver> {
        let resolver = match self.resolver.take() {
            Some(resolver) => resolver,
            None => {
                tracing::debug!("reading the store for what writing needs");
                whole(self.store.as_ref(), &|_| {})?.resolver
            }
        };
        Ok(self.resolver.insert(resolver))
    }
}
