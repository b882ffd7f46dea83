//! How much there is of what.
//!
//! `stats(snapshot)` → 3 documents, 4 organizations, 2 FUNDS …, in 1 connected group

use std::collections::BTreeMap;

use crate::graph::EntityRow;
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

/// Counts of a whole snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Number of documents.
    pub documents: usize,
    /// Number of entities.
    pub entities: usize,
    /// Number of relations.
    pub relations: usize,
    /// Number of mentions of entities.
    pub mentions: usize,
    /// Number of groups of entities between which no relation leads.
    pub components: usize,
    /// Entities by kind; kinds without any are absent.
    pub entities_by_kind: BTreeMap<EntityKind, usize>,
    /// Relations by kind; kinds without any are absent.
    pub relations_by_kind: BTreeMap<RelationKind, usize>,
}

/// Counts a snapshot.
pub fn stats(snapshot: &Snapshot) -> Stats {
    let graph = snapshot.graph();
    Stats {
        documents: graph.document_count(),
        entities: graph.entity_count(),
        relations: graph.relation_count(),
        mentions: graph.total_mention_count(),
        components: graph.components(),
        entities_by_kind: graph.entity_counts().clone(),
        relations_by_kind: graph.relation_counts().clone(),
    }
}

/// How many relations of each kind an entity has, in either direction; kinds without any are absent.
pub fn relation_counts(snapshot: &Snapshot, entity: EntityRow) -> BTreeMap<RelationKind, usize> {
    let graph = snapshot.graph();
    let mut counts = BTreeMap::new();
    for link in graph.links(entity) {
        *counts.entry(link.kind).or_default() += 1;
    }
    counts
}
