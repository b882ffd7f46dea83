//! The entities at the other end of an entity's relations: one function behind every typed field of the API.
//!
//! `related(snapshot, projet, Walk { kinds: [FUNDS], direction: In, ends: [] }, &all, &first_page)` → its funders, each with the relation

use std::ops::ControlFlow;

use crate::graph::{Direction, EntityRow, Link, Step};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::filter::Filter;
use super::holds::Trial;
use super::lists::{around, in_order, listed};
use super::order::{Sorting, check_order, is_plain};
use super::{EntityFilter, EntityOrder, Item, Page, PageRequest, Refusal, RelationFilter, RelationOrder};

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

/// Which of the entities that a walk leads to are listed, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// What the entity is like.
    pub entity: EntityFilter,
    /// What the relation that leads to it is like.
    pub relation: RelationFilter,
    /// By what to sort: first by these criteria of the entity,
    pub by_entity: Vec<EntityOrder>,
    /// then by these of the relation.
    pub by_relation: Vec<RelationOrder>,
}

/// The entities that a walk of one hop leads to, in the order that is wanted; ties, and no order, by relation kind, then confidence
/// (highest first), then the other end's id, then relation id. An entity to which several relations lead is listed with each.
///
/// # Errors
/// A filter, an order or a page size beyond its limit, too much work for the filters, or a cursor of another list.
pub fn related(
    snapshot: &Snapshot,
    entity: EntityRow,
    walk: Walk,
    wanted: &Wanted,
    request: &PageRequest,
) -> Result<Page<Related>, Refusal> {
    wanted.entity.check()?;
    wanted.relation.check()?;
    check_order(&wanted.by_entity)?;
    check_order(&wanted.by_relation)?;
    let graph = snapshot.graph();
    let trial = Trial { graph, budget: &request.budget };
    let steps = graph.links_of_kinds(entity, walk.kinds.iter().copied()).filter_map(|link| {
        let step = link.step(walk.direction)?;
        let fits = walk.ends.is_empty() || walk.ends.contains(&link.end_kind);
        fits.then_some(Related { entity: link.end, step })
    });
    // What nobody asks for is not looked at.
    let any = (wanted.relation == RelationFilter::default(), wanted.entity == EntityFilter::default());
    let keep = |related: Related| {
        (any.0 || trial.relation(&wanted.relation, related.step.relation))
            && (any.1 || trial.entity(&wanted.entity, related.entity))
    };
    let by_kind = around(graph, entity, |related: Related| related.step.relation);
    if wanted.by_entity.is_empty() && wanted.by_relation.is_empty() {
        return in_order(steps, &by_kind, request, keep);
    }
    let by_relation = Sorting::of(trial, &wanted.by_relation, |related: Related| related.step.relation, by_kind);
    let sorting = Sorting::of(trial, &wanted.by_entity, |related: Related| related.entity, by_relation);
    listed(steps.collect(), &sorting, is_plain(&wanted.by_entity), request, keep)
}

/// The first so many of the entities that a walk leads to, without cursors: what [`related`] gives where there are no conditions and no order, and
/// nothing but the beginning of the list is asked for. What was looked at is taken off `left`; none when that is not enough.
pub fn nearest(
    snapshot: &Snapshot,
    entity: EntityRow,
    walk: Walk,
    size: usize,
    left: &mut usize,
) -> Option<Page<Related>> {
    let graph = snapshot.graph();
    let (mut items, mut has_next, mut enough) = (Vec::new(), false, true);
    let mut take = |link: Link| {
        enough = *left > 0;
        if !enough {
            return ControlFlow::Break(());
        }
        *left -= 1;
        let fits = walk.ends.is_empty() || walk.ends.contains(&link.end_kind);
        let Some(step) = link.step(walk.direction).filter(|_| fits) else { return ControlFlow::Continue(()) };
        has_next = items.len() == size;
        if has_next {
            return ControlFlow::Break(());
        }
        items.push(Item { row: Related { entity: link.end, step }, cursor: String::new() });
        ControlFlow::Continue(())
    };
    // Why it ended say `has_next` and `enough`.
    let _ = match walk.kinds {
        [kind] => graph.links_of_kind(entity, *kind).try_for_each(&mut take),
        kinds => graph.links_of_kinds(entity, kinds.iter().copied()).try_for_each(&mut take),
    };
    enough.then_some(Page { items, has_previous: false, has_next, total: None })
}
