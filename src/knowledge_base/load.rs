//! From a store, or from files, to a knowledge base.
//!
//! `read(&["corpus"], &|_| {})` → a knowledge base of five documents, and what to know about what was not read
//!
//! The same documents give the same snapshot in any order and on any number of cores.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;

use super::follow::entry;
use super::{IngestOptions, KnowledgeBase, Progress, Writer};
use crate::corpus::Warning;
use crate::error::{Error, Result};
use crate::model::{Changes, Contribution, Signature, Stored};
use crate::resolve::Resolver;
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
        let whole = whole(store.as_ref(), Hold::All, progress)?;
        let (resolver, draft, position) = whole.in_memory();
        Ok(Self::new(Writer::of(store, Some(resolver), draft, position.version)?))
    }
}

/// How many documents are read ahead of the one that is taken.
const AHEAD: usize = 64;

/// How often a store is read again that has changed while it was read.
pub(super) const TIMES: usize = 10;

/// From so many mentions and statements on, the documents of a store are better not held in memory: they take half a kilobyte each.
pub const MUCH: usize = 500_000;

/// Which documents of a store are held in memory once it is known where they belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// All of them.
    All,
    /// All of them, unless they have so many mentions and statements.
    Below(usize),
    /// None.
    None,
}

/// What a store's documents and decisions come to at one moment, and what that makes of an empty graph.
pub(super) struct Whole {
    pub(super) resolver: Resolver,
    /// Without the documents.
    pub(super) changes: Changes,
    /// The documents, where they are held.
    pub(super) documents: Option<Vec<Stored>>,
    pub(super) position: Position,
}

impl Whole {
    /// What it makes of nothing, in memory.
    pub(super) fn in_memory(self) -> (Resolver, Draft, Position) {
        let Self { resolver, changes, documents, position } = self;
        (resolver, Draft::of(Changes { added: documents.unwrap_or_default(), ..changes }), position)
    }
}

/// Reads all of a store as of one moment.
pub(super) fn whole(store: &dyn Store, hold: Hold, progress: &(dyn Fn(Progress) + Sync)) -> Result<Whole> {
    for _ in 0..TIMES {
        let mut found = None;
        store.at_one_moment(&mut |store| {
            let (before, of) = (store.position()?, store.documents()?.len());
            let mut documents = (hold != Hold::None).then(Vec::new);
            let (mut count, mut size) = (0, 0);
            let visit = |take: &mut (dyn FnMut(&Stored) + Send)| {
                each_ahead(store, |stored| {
                    take(&stored);
                    let annotations = &stored.contribution.annotations;
                    (count, size) = (count + 1, size + annotations.entities.len() + annotations.relations.len());
                    match &mut documents {
                        Some(_) if matches!(hold, Hold::Below(much) if size >= much) => documents = None,
                        Some(documents) => documents.push(stored),
                        None => {}
                    }
                    progress(Progress::Opening(count, of));
                    Ok(())
                })?;
                progress(Progress::Joining(count));
                Ok(())
            };
            let decided = || Ok(store.decisions()?.into_iter().map(|(_, decision)| decision).collect());
            let (resolver, changes) = Resolver::of(visit, decided)?;
            // Not every store on many machines keeps to the moment.
            let position = store.position()?;
            if position.version == before.version {
                found = Some(Whole { resolver, changes, documents, position });
            }
            Ok(())
        })?;
        if let Some(whole) = found {
            return Ok(whole);
        }
    }
    Err(changing())
}

/// Takes each document of a store in a thread of its own, while the next are read.
pub(super) fn each_ahead(store: &dyn Store, mut take: impl FnMut(Stored) -> Result<()> + Send) -> Result<()> {
    std::thread::scope(|scope| {
        let (give, given) = sync_channel(AHEAD);
        let taking = scope.spawn(move || given.into_iter().try_for_each(&mut take));
        // Whoever takes no more says why.
        let read = store.visit(&mut |stored| give.send(stored).map_err(|_| changing()));
        drop(give);
        taking.join().unwrap_or_else(|panic| resume_unwind(panic)).and(read)
    })
}

/// What is said of a store that is never the same twice.
pub(super) fn changing() -> Error {
    Error::data("the store", "it was changed each time that it was read; stop writing for a moment")
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
                whole(self.store.as_ref(), Hold::None, &|_| {})?.resolver
            }
        };
        Ok(self.resolver.insert(resolver))
    }
}
