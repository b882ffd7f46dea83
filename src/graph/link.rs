//! Links: the relations of an entity as a walk looks at them, beside each other in memory.
//!
//! *from Canada* → `{ FUNDS, 0.95, to the project }`, `{ FUNDS, 0.9, to the workshop }`, …
//!
//! A link says of a relation what most walks ask before they go on, so that they look at nothing else. Those of an entity stand by kind,
//! then confidence (highest first), then the other end's id, then the relation's.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;

use super::row::{EntityRow, RelationRow};
use super::{Direction, Graph, Step};
use crate::collection::Sorted;
use crate::model::{EntityKind, RelationKind};
use crate::ontology::ontology;

/// A relation as one of its ends sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// The links of an entity, kept in a file as so many numbers one behind the other: reading them is most of what a walk through a kept graph costs.
#[derive(Clone, Debug, Default)]
pub(super) struct Links(pub(super) Sorted<Link>);

/// Relation, other end and confidence in four bytes each; kind, kind of the end, and way in one.
const KEPT_BYTES: usize = 15;

const WAYS: [Direction; 3] = [Direction::Out, Direction::In, Direction::Both];

impl Serialize for Links {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.0.len() * KEPT_BYTES);
        for link in self.0.iter() {
            let numbers = [link.relation.number(), link.end.number(), link.confidence.to_bits()];
            bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
            let way = WAYS.iter().position(|way| *way == link.way).unwrap_or_default();
            bytes.extend([link.kind as u8, link.end_kind as u8, way as u8]);
        }
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Links;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("links")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Links, E> {
                let link = |bytes: &[u8]| {
                    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
                    Some(Link {
                        relation: RelationRow::at(number(0)? as usize),
                        end: EntityRow::at(number(4)? as usize),
                        confidence: f32::from_bits(number(8)?),
                        kind: *RelationKind::ALL.get(usize::from(*bytes.get(12)?))?,
                        end_kind: *EntityKind::ALL.get(usize::from(*bytes.get(13)?))?,
                        way: *WAYS.get(usize::from(*bytes.get(14)?))?,
                    })
                };
                let links: Option<Vec<Link>> = bytes.chunks(KEPT_BYTES).map(link).collect();
                links.map(|links| Links(Sorted::of_ordered(links))).ok_or_else(|| E::custom("no links"))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

impl Graph {
    pub(super) fn links_at(&self, entity: EntityRow) -> &Sorted<Link> {
        &self.links.get(entity.position()).expect("a row is used with the graph that it was taken from").0
    }

    /// The links of an entity, in their order.
    pub fn links(&self, entity: EntityRow) -> impl DoubleEndedIterator<Item = Link> + use<'_> {
        self.links_at(entity).iter().copied()
    }

    /// The links of an entity of one kind, in the same order.
    pub fn links_of_kind(
        &self,
        entity: EntityRow,
        kind: RelationKind,
    ) -> impl DoubleEndedIterator<Item = Link> + use<'_> {
        self.links_at(entity).range(move |link| link.kind.cmp(&kind)).copied()
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

    /// Goes through the links of an entity of some kinds until it is told to stop; no kinds means all kinds. What most walks do, and faster than by
    /// an iterator, which has to know at each step where it is.
    pub(super) fn try_links(
        &self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        mut see: impl FnMut(Link) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match kinds.is_empty() {
            true => self.links(entity).try_for_each(see),
            false => kinds.iter().try_for_each(|kind| self.links_of_kind(entity, *kind).try_for_each(&mut see)),
        }
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
