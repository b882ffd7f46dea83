//! The entities at the other end of an entity's relations: one function behind every typed field of the API.
//!
//! `related(snapshot, projet, Walk { kinds: [FUNDS], direction: In, ends: [] })` → its funders, each with the relation

use crate::graph::{Direction, EntityRow, Step};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::lists::{RELATION_DESCENDING, listed, relation_key};
use super::{Page, PageRequest, Refusal};

/// Which relations to follow, and to what.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// Relation kinds; empty means all.
    pub kinds: &'static [RelationKind],
    /// Seen from the entity.
    pub direction: Direction,
    /// Kinds of the entities at the other end; empty means all.
    pub ends: &'static [EntityKind],
}

/// An entity at the other end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    /// The entity.
    pub entity: EntityRow,
    /// The relation that leads there, and how it is read.
    pub step: Step,
}

/// The entities that a walk of one hop leads to, by relation kind, then confidence (highest first), then relation id.
/// An entity to which several relations lead is listed with each.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn related(
    snapshot: &Snapshot,
    entity: EntityRow,
    walk: Walk,
    request: &PageRequest,
) -> Result<Page<Related>, Refusal> {
    let graph = snapshot.graph();
    let of_kind = |kind: &RelationKind| graph.relations_of_kind(entity, *kind);
    let rows: Vec<_> = match walk.kinds {
        [] => graph.relations_of(entity).collect(),
        kinds => kinds.iter().flat_map(of_kind).collect(),
    };
    let steps = rows.into_iter().filter_map(|row| {
        let step = graph.step(entity, row, walk.direction)?;
        let end = graph.other_end(row, entity);
        let fits = walk.ends.is_empty() || walk.ends.contains(&graph.entity(end).kind);
        fits.then_some(Related { entity: end, step })
    });
    listed(steps, |related| relation_key(graph, related.step.relation), &RELATION_DESCENDING, request, |_| true)
}
