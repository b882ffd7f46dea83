//! From a store, or from files, to a knowledge base.
//!
//! `read(&["corpus"], &|_| {})` → a knowledge base of five documents, and what to know about what was not read
//!
//! The same documents give the same snapshot in any order and on any number of cores.

use std::path::PathBuf;

use super::{IngestOptions, KnowledgeBase, Progress, Writer};
use crate::corpus::Warning;
use crate::error::Result;
use crate::model::{Changes, Contribution, Signature, Stored};
use crate::resolve::{Batch, Resolver};
use crate::snapshot::Draft;
use crate::store::{MemoryStore, Store, Write};

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
        let (resolver, changes) = resolved(store.as_ref(), progress)?;
        let draft = Draft::of(changes);
        let version = store.head()?;
        Ok(Self::new(Writer { store, resolver: Some(resolver), draft, version }))
    }
}

/// What a store's documents and decisions come to, and what that makes of an empty graph.
fn resolved(store: &dyn Store, progress: &(dyn Fn(Progress) + Sync)) -> Result<(Resolver, Changes)> {
    let (mut all, of): (Vec<Stored>, _) = (Vec::new(), store.documents()?.len());
    store.visit(&mut |stored| {
        all.push(stored);
        progress(Progress::Opening(all.len(), of));
        Ok(())
    })?;
    let decisions: Vec<_> = store.decisions()?.into_iter().map(|(_, decision)| decision).collect();
    progress(Progress::Joining(of));
    let mut resolver = Resolver::default();
    let changes = resolver.apply(&Batch { added: &all, decided: &decisions, ..Batch::default() });
    Ok((resolver, changes))
}

impl Writer {
    /// The state of resolution. A graph that came from a kept snapshot has none until it is asked for, which reads the whole store.
    pub(super) fn resolver(&mut self) -> Result<&mut Resolver> {
        let resolver = match self.resolver.take() {
            Some(resolver) => resolver,
            None => {
                tracing::debug!("reading the store for what writing needs");
                resolved(self.store.as_ref(), &|_| {})?.0
            }
        };
        Ok(self.resolver.insert(resolver))
    }
}
