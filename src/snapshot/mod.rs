//! One version of the knowledge graph with its name index, as readers see it.
//!
//! `Snapshot::new(7, graph)` → version 7, which never changes again.
//!
//! Must not change after it was made: a request keeps one snapshot from beginning to end. The orders that it remembers follow
//! from what it holds and change no answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::graph::Graph;
use crate::search::Search;

/// How many orders are remembered; whoever asks for more of them waits for each.
const ORDERS_MAX: usize = 64;

/// An immutable view of the graph.
#[derive(Debug)]
pub struct Snapshot {
    version: u64,
    graph: Graph,
    search: Search,
    orders: Mutex<BTreeMap<String, Arc<[usize]>>>,
}

impl Snapshot {
    /// Indexes a graph under a version number.
    pub fn new(version: u64, graph: Graph) -> Self {
        let search = Search::build(graph.entities());
        Self { version, graph, search, orders: Mutex::default() }
    }

    /// Its number; a later snapshot has a higher one.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The name index over the graph's entities; positions are those of the graph's entity rows.
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
        let snapshot = Snapshot::new(1, Graph::build(Vec::new(), Vec::new(), Vec::new()));
        assert_eq!(*snapshot.order("a", || vec![2, 1]), [2, 1]);
        assert_eq!(*snapshot.order("a", || unreachable!("it is known")), [2, 1]);
        (0..ORDERS_MAX).for_each(|n| drop(snapshot.order(&n.to_string(), Vec::new)));
        assert_eq!(*snapshot.order("one more", || vec![3]), [3]);
        assert_eq!(*snapshot.order("one more", || vec![4]), [4], "what is remembered is bounded");
    }
}
