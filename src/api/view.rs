//! What a request sees: one snapshot from beginning to end; behind a mutation, the snapshot that has what it wrote.
//!
//! `{ withdrawDocument(id: …) { version } }` on version 7 → answers from version 8
//!
//! Fields of a mutation are executed one after the other, so that the newest snapshot is the one of the last of them.

use std::sync::{Arc, OnceLock};

use tokio::sync::Mutex;

use crate::query::Budget;
use crate::snapshot::Snapshot;

/// A snapshot, and the one that a write has put in its place.
#[derive(Debug)]
pub(super) struct View {
    snapshot: Arc<Snapshot>,
    next: OnceLock<Box<View>>,
    /// What the conditions of the request may still cost.
    budget: Budget,
    /// Held by the heavy question of the request that waits or runs.
    heavy: Mutex<()>,
}

impl View {
    pub(super) fn new(snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot, next: OnceLock::new(), budget: Budget::default(), heavy: Mutex::default() }
    }

    /// What the conditions of the request may still cost, on whatever snapshot.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The turn of a heavy question: those of one request are answered one after the other, so that none takes the places of others.
    pub(super) async fn turn(&self) -> impl Drop {
        self.heavy.lock().await
    }

    /// The snapshot to answer from.
    pub(super) fn latest(&self) -> &Snapshot {
        let mut view = self;
        while let Some(next) = view.next.get() {
            view = next;
        }
        &view.snapshot
    }

    /// Answers from another snapshot from now on. What was taken from the former stays as it is.
    pub(super) fn advance(&self, snapshot: Arc<Snapshot>) {
        let mut view = self;
        while let Err(_taken) = view.next.set(Box::new(Self::new(Arc::clone(&snapshot)))) {
            if let Some(next) = view.next.get() {
                view = next;
            }
        }
    }
}
