//! A graph in a file, of which only what somebody looks at is read.
//!
//! `graph.keep(&mut writer)?` … `Graph::kept(&shelf)?` → the same graph

use std::io;

use super::Graph;
use crate::collection::{Pages, Shelf, ShelfWriter, Sorted};

impl Graph {
    /// Writes the graph to a file.
    ///
    /// # Errors
    /// The file cannot be written, or one that the graph lies in cannot be read.
    pub fn keep(&self, to: &mut ShelfWriter) -> io::Result<()> {
        self.documents.keep("documents", to)?;
        self.documents_by_id.keep("documents by id", to)?;
        self.entities.keep("entities", to)?;
        self.occurrences.keep("occurrences", to)?;
        self.links.keep("links", to)?;
        self.entities_by_id.keep("entities by id", to)?;
        self.relations.keep("relations", to)?;
        self.relations_by_id.keep("relations by id", to)?;
        self.merged.keep("merged ids", to)?;
        self.named.keep("entities by name", to)?;
        self.external.keep("entities by external id", to)?;
        to.value("counts", &(&self.entity_counts, &self.relation_counts, self.mention_count))
    }

    /// The graph that was written to a file.
    ///
    /// # Errors
    /// The file has no whole graph.
    pub fn kept(shelf: &Shelf) -> io::Result<Self> {
        let (entity_counts, relation_counts, mention_count) = shelf.value("counts")?;
        Ok(Self {
            documents: Pages::kept("documents", shelf)?,
            documents_by_id: Sorted::kept("documents by id", shelf),
            entities: Pages::kept("entities", shelf)?,
            occurrences: Pages::kept("occurrences", shelf)?,
            links: Pages::kept("links", shelf)?,
            entities_by_id: Sorted::kept("entities by id", shelf),
            relations: Pages::kept("relations", shelf)?,
            relations_by_id: Sorted::kept("relations by id", shelf),
            merged: Sorted::kept("merged ids", shelf),
            named: Sorted::kept("entities by name", shelf),
            external: Sorted::kept("entities by external id", shelf),
            entity_counts,
            relation_counts,
            mention_count,
        })
    }
}
