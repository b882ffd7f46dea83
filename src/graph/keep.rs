//! A graph in a file, of which only what somebody looks at is read.
//!
//! `graph.keep(&mut writer)?` … `Graph::kept(&shelf)?` → the same graph

use std::io;

use super::Graph;
use crate::collection::{Meter, Pages, Shelf, ShelfWriter, Sorted};

/// What lists are called in a file.
pub(super) mod list {
    pub(in crate::graph) const DOCUMENTS: &str = "documents";
    pub(in crate::graph) const DOCUMENTS_BY_ID: &str = "documents by id";
    pub(in crate::graph) const ENTITIES: &str = "entities";
    pub(in crate::graph) const OCCURRENCES: &str = "occurrences";
    pub(in crate::graph) const LINKS: &str = "links";
    pub(in crate::graph) const ENTITIES_BY_ID: &str = "entities by id";
    pub(in crate::graph) const RELATIONS: &str = "relations";
    pub(in crate::graph) const RELATIONS_BY_ID: &str = "relations by id";
    pub(in crate::graph) const MERGED: &str = "merged ids";
    pub(in crate::graph) const NAMED: &str = "entities by name";
    pub(in crate::graph) const EXTERNAL: &str = "entities by external id";
}

impl Graph {
    /// Writes the graph to a file.
    ///
    /// # Errors
    /// The file cannot be written, or one that the graph lies in cannot be read.
    pub fn keep(&self, to: &mut ShelfWriter) -> io::Result<()> {
        self.documents.keep(list::DOCUMENTS, to)?;
        self.documents_by_id.keep(list::DOCUMENTS_BY_ID, to)?;
        self.entities.keep(list::ENTITIES, to)?;
        self.occurrences.keep(list::OCCURRENCES, to)?;
        self.links.keep(list::LINKS, to)?;
        self.entities_by_id.keep(list::ENTITIES_BY_ID, to)?;
        self.relations.keep(list::RELATIONS, to)?;
        self.relations_by_id.keep(list::RELATIONS_BY_ID, to)?;
        self.merged.keep(list::MERGED, to)?;
        self.named.keep(list::NAMED, to)?;
        self.external.keep(list::EXTERNAL, to)?;
        self.keep_counts(to)
    }

    pub(super) fn keep_counts(&self, to: &mut ShelfWriter) -> io::Result<()> {
        to.value("counts", &(&self.entity_counts, &self.relation_counts, self.mention_count))
    }

    /// The graph that was written to a file.
    ///
    /// # Errors
    /// The file has no whole graph.
    pub fn kept(shelf: &Shelf) -> io::Result<Self> {
        let (entity_counts, relation_counts, mention_count) = shelf.value("counts")?;
        Ok(Self {
            documents: Pages::kept(list::DOCUMENTS, shelf)?,
            documents_by_id: Sorted::kept(list::DOCUMENTS_BY_ID, shelf),
            entities: Pages::kept(list::ENTITIES, shelf)?,
            occurrences: Pages::kept(list::OCCURRENCES, shelf)?,
            links: Pages::kept(list::LINKS, shelf)?,
            entities_by_id: Sorted::kept(list::ENTITIES_BY_ID, shelf),
            relations: Pages::kept(list::RELATIONS, shelf)?,
            relations_by_id: Sorted::kept(list::RELATIONS_BY_ID, shelf),
            merged: Sorted::kept(list::MERGED, shelf),
            named: Sorted::kept(list::NAMED, shelf),
            external: Sorted::kept(list::EXTERNAL, shelf),
            entity_counts,
            relation_counts,
            mention_count,
        })
    }

    /// The same graph, of which nothing that lies in a file is in memory; `meter` counts what is read of it.
    pub fn unread(&self, meter: &Meter) -> Self {
        Self {
            documents: self.documents.unread(meter),
            documents_by_id: self.documents_by_id.unread(meter),
            entities: self.entities.unread(meter),
            occurrences: self.occurrences.unread(meter),
            links: self.links.unread(meter),
            entities_by_id: self.entities_by_id.unread(meter),
            relations: self.relations.unread(meter),
            relations_by_id: self.relations_by_id.unread(meter),
            merged: self.merged.unread(meter),
            named: self.named.unread(meter),
            external: self.external.unread(meter),
            entity_counts: self.entity_counts.clone(),
            relation_counts: self.relation_counts.clone(),
            mention_count: self.mention_count,
        }
    }
}
