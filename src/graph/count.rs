//! How much there is of what. Kept while the graph changes, so that nobody counts twice.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::{Direction, EntityRow, Graph};
use crate::model::{EntityKind, RelationKind};

impl Graph {
    /// How many documents there are.
    pub fn document_count(&self) -> usize {
        self.documents_by_id.len()
    }

    /// How many entities there are.
    pub fn entity_count(&self) -> usize {
        self.entities_by_id.len()
    }

    /// How many relations there are.
    pub fn relation_count(&self) -> usize {
        self.relations_by_id.len()
    }

    /// How many mentions there are, of all entities.
    pub fn total_mention_count(&self) -> usize {
        self.mention_count
    }

    /// How many entities there are of each kind; kinds without any are absent.
    pub fn entity_counts(&self) -> &BTreeMap<EntityKind, usize> {
        &self.entity_counts
    }

    /// How many relations there are of each kind; kinds without any are absent.
    pub fn relation_counts(&self) -> &BTreeMap<RelationKind, usize> {
        &self.relation_counts
    }

    /// How many groups of entities there are between which no relation leads.
    pub fn components(&self) -> usize {
        let mut groups = UnionFind::<u32>::new(self.entities.len());
        let out =
            |row: EntityRow| self.links(row).filter(|link| link.is(Direction::Out)).map(move |link| (row, link.end));
        let joined = self.entity_rows().flat_map(out);
        let joins = joined.filter(|(a, b)| groups.union(a.position() as u32, b.position() as u32)).count();
        self.entity_count() - joins
    }
}

/// One less; what there is none of is absent.
pub(super) fn less<K: Ord>(counts: &mut BTreeMap<K, usize>, kind: K) {
    if let Some(count) = counts.get_mut(&kind) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&kind);
        }
    }
}
