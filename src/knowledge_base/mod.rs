//! The one place where snapshots are exchanged: readers take the current one, a writer puts the next in its place.
//!
//! `KnowledgeBase::new(snapshot)` → `.snapshot()` → the same; after `.publish(next)` → the next.
//!
//! Readers never wait, and a snapshot that a reader holds stays as it is. Must not contain extraction or graph logic.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::snapshot::Snapshot;

/// Holds the current snapshot.
#[derive(Debug)]
pub struct KnowledgeBase {
    current: ArcSwap<Snapshot>,
}

impl KnowledgeBase {
    /// Starts with a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self { current: ArcSwap::from_pointee(snapshot) }
    }

    /// The current snapshot, to be kept for as long as one request lasts.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Puts another snapshot in its place; who holds the former keeps it.
    pub fn publish(&self, snapshot: Snapshot) {
        self.current.store(Arc::new(snapshot));
    }
}
