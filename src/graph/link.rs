//! Links: the relations of an entity as a walk looks at them, beside each other in memory.
//!
//! *from Canada* → `{ FUNDS, 0.95, to the project }`, `{ FUNDS, 0.9, to the workshop }`, …
//!
//! A link says of a relation what most walks ask before they go on, so that they look at nothing else. Those of an entity stand by kind,
//! then confidence (highest first), then the other end's id, then the relation's.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

use super::row::{EntityRow, RelationRow};
use super::{Direction, Graph, Step};
use crate::model::{EntityKind, RelationKind};
use crate::ontology::ontology;

/// A relation as one of its ends sees it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The relation.
    pub relation: RelationRow,
    /// The entity at the other end; the same one when the relation leads back.
    pub end: EntityRow,
    /// The relation's confidence.
    pub confidence: f32,
    /// The relation's kind.
    pub kind: RelationKind,
    /// The kind of the entity at the other end.
    pub end_kind: EntityKind,
    /// Whether it is the subject that sees it so, the object, or both.
    way: Direction,
}

impl Link {
    /// The step that it allows in a direction.
    pub fn step(self, direction: Direction) -> Option<Step> {
        let allowed = match (direction, self.way) {
            (Direction::Both, _) | (_, Direction::Both) => true,
            (asked, way) => asked == way || ontology().is_symmetric(self.kind),
        };
        // A relation from an entity to itself is read as it stands.
        allowed.then_some(Step { relation: self.relation, forward: self.way != Direction::In })
    }

    /// A relation between two ends as one of them sees it.
    pub(super) fn seen_from(
        entity: EntityRow,
        (relation, kind, confidence): (RelationRow, RelationKind, f32),
        (subject, object): (EntityRow, EntityRow),
        kind_of: impl Fn(EntityRow) -> EntityKind,
    ) -> Self {
        let (end, way) = match (subject == entity, object == entity) {
            (true, true) => (entity, Direction::Both),
            (true, false) => (object, Direction::Out),
            _ => (subject, Direction::In),
        };
        Self { relation, end, confidence, kind, end_kind: kind_of(end), way }
    }

    /// Whether the relation leads away from the entity that sees it, or to it.
    pub fn is(self, way: Direction) -> bool {
        self.way == way || self.way == Direction::Both
    }
}

impl Graph {
    /// The links of an entity, in their order.
    pub fn links(&self, entity: EntityRow) -> impl DoubleEndedIterator<Item = Link> + use<'_> {
        self.entity_node(entity).links.iter().copied()
    }

    /// The links of an entity of one kind, in the same order.
    pub fn links_of_kind(
        &self,
        entity: EntityRow,
        kind: RelationKind,
    ) -> impl DoubleEndedIterator<Item = Link> + use<'_> {
        self.entity_node(entity).links.range(move |link| link.kind.cmp(&kind)).copied()
    }

    /// The links of an entity of some kinds, in the same order; no kinds means all kinds.
    pub fn links_of_kinds<'g>(
        &'g self,
        entity: EntityRow,
        kinds: impl Iterator<Item = RelationKind> + Clone + 'g,
    ) -> Box<dyn Iterator<Item = Link> + 'g> {
        if kinds.clone().next().is_none() {
            return Box::new(self.links(entity));
        }
        Box::new(
            RelationKind::ALL
                .iter()
                .filter(move |kind| kinds.clone().any(|asked| asked == **kind))
                .flat_map(move |kind| self.links_of_kind(entity, *kind)),
        )
    }

    /// A relation as one of its ends sees it.
    pub fn link(&self, entity: EntityRow, relation: RelationRow) -> Link {
        let node = self.relation_node(relation);
        let said = (relation, node.relation.kind, node.relation.confidence);
        Link::seen_from(entity, said, node.ends, |end| self.entity(end).kind)
    }

    /// The order of the links of an entity.
    pub fn compare_links(&self, a: &Link, b: &Link) -> Ordering {
        if a.relation == b.relation {
            return Ordering::Equal;
        }
        let strength = b.confidence.total_cmp(&a.confidence);
        let ends = || self.compare_entities(a.end, b.end);
        let ids = || self.compare_relations(a.relation, b.relation);
        a.kind.cmp(&b.kind).then(strength).then_with(ends).then_with(ids)
    }
}
