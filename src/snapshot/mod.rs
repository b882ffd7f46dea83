//! One version of the knowledge graph with its name index, as readers see it.
//!
//! `Snapshot::new(7, graph)` → version 7, which never changes again.
//!
//! Must not change after it was made: a request keeps one snapshot from beginning to end.

use crate::graph::Graph;
use crate::search::Search;

/// An immutable view of the graph.
#[derive(Debug)]
pub struct Snapshot {
    version: u64,
    graph: Graph,
    search: Search,
}

impl Snapshot {
    /// Indexes a graph under a version number.
    pub fn new(version: u64, graph: Graph) -> Self {
        let search = Search::build(graph.entities());
        Self { version, graph, search }
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
}
