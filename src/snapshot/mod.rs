//! One version of the knowledge graph with its index of names and sentences, as readers see it.
//!
//! `draft.apply(&changes); draft.snapshot(8)` → version 8, which shares with version 7 all that is the same; both never change again
//!
//! A [`Draft`] is what the next snapshot is made of, and changes; what it shares with a snapshot is copied page by page when it does, so
//! that many changes between two snapshots cost little more than one. A snapshot must not change after it was made: a request keeps one
//! snapshot from beginning to end. The orders that it remembers follow from what it holds and change no answer.

mod keep;
mod make;
mod pass;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::collection::Meter;
use crate::graph::Graph;
use crate::model::{Changes, DocumentId};
use crate::search::Search;

pub use keep::{Keeping, Kept, kept};
pub use make::Maker;
pub use pass::Pass;

/// How many orders are remembered; whoever asks for more of them waits for each.
const ORDERS_MAX: usize = 64;

/// An immutable view of the graph.
#[derive(Debug, Default)]
pub struct Snapshot {
    version: u64,
    graph: Graph,
    search: Search,
    meter: Meter,
    orders: Mutex<BTreeMap<String, Arc<[usize]>>>,
}

/// The graph and index of the next snapshot. Copies are cheap.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    graph: Graph,
    search: Search,
    /// What was read of lists in a file.
    meter: Meter,
}

impl Draft {
    /// What changes make of nothing: faster than [`Draft::apply`] when there is much.
    pub fn of(mut changes: Changes) -> Self {
        let added = std::mem::take(&mut changes.added);
        let mut maker = Maker::in_memory(changes);
        let made = added.into_iter().try_for_each(|stored| maker.add(stored));
        made.and_then(|()| maker.finish()).expect("memory takes what it is given")
    }

    /// Applies changes.
    pub fn apply(&mut self, changes: &Changes) {
        for row in changes.removed.iter().filter_map(|id| self.graph.find_document(id)) {
            self.search.remove(row.position(), self.graph.document(row));
        }
        let added: BTreeSet<_> = changes.added.iter().map(|stored| &stored.contribution.document.id).collect();
        let new = |id: &&&DocumentId| changes.removed.contains(**id) || self.graph.find_document(id).is_none();
        let new: Vec<_> = added.iter().filter(new).copied().collect();
        for row in self.graph.change(changes) {
            let entity = self.graph.has_entity(row).then(|| self.graph.entity(row));
            self.search.set(row.position(), entity);
        }
        for row in new.into_iter().filter_map(|id| self.graph.find_document(id)) {
            self.search.add(row.position(), self.graph.document(row));
        }
    }

    /// The graph as it is now.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// What is there now, as a snapshot of that version.
    pub fn snapshot(&self, version: u64) -> Snapshot {
        Snapshot {
            version,
            graph: self.graph.clone(),
            search: self.search.clone(),
            meter: self.meter.clone(),
            orders: Mutex::default(),
        }
    }
}

impl Snapshot {
    /// Its number; a later snapshot has a higher one. That of the log entry that it goes up to.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The index over the graph's entities and documents; positions are those of the graph's rows.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The order of that name, made when it is asked for the first time. It must follow from the graph alone.
    pub fn order(&self, name: &str, make: impl FnOnce() -> Vec<usize>) -> Arc<[usize]> {
        let orders = || self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = orders().get(name) {
            return Arc::clone(known);
        }
        // Made outside the lock: two that ask at once make it twice, and nobody else waits.
        let made: Arc<[usize]> = make().into();
        let mut orders = orders();
        if orders.len() < ORDERS_MAX {
            orders.insert(name.to_string(), Arc::clone(&made));
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_made_once() {
        let snapshot = Snapshot::default();
        assert_eq!(*snapshot.order("a", || vec![2, 1]), [2, 1]);
        assert_eq!(*snapshot.order("a", || unreachable!("it is known")), [2, 1]);
        (0..ORDERS_MAX).for_each(|n| drop(snapshot.order(&n.to_string(), Vec::new)));
        assert_eq!(*snapshot.order("one more", || vec![3]), [3]);
        assert_eq!(*snapshot.order("one more", || vec![4]), [4], "what is remembered is bounded");
    }
}
