//! Answers over several hops: neighbourhoods and paths.
//!
//! `paths(from: "Canada", to: "atelier de Dakar") { paths { text } }` → `Canada —FUNDS→ projet régional ←PART_OF— atelier de Dakar`

use async_graphql::{Context, Object, SimpleObject};

use crate::query;
use crate::snapshot::Snapshot;

use super::answer::{rounded, snapshot};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::kinds::{HopDirection, TruncatedBy};
use super::relation::Relation;

/// One relation walked.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Hop {
    /// The entity it starts at.
    entity: Entity,
    /// The relation; the most confident one when several join the two entities.
    relation: Relation,
    /// How the relation is read, coming from `entity`.
    direction: HopDirection,
    /// The entity it ends at.
    to: Entity,
    /// The other relations that join the two entities, most confident first.
    alternatives: Vec<Relation>,
}

impl Hop {
    fn of(snapshot: &Snapshot, hop: &query::Hop) -> Self {
        Self {
            entity: Entity::from_row(snapshot, hop.from),
            relation: Relation(hop.step.relation),
            direction: hop.step.forward.into(),
            to: Entity::from_row(snapshot, hop.to),
            alternatives: hop.alternatives.iter().map(|step| Relation(step.relation)).collect(),
        }
    }
}

/// A way from one entity to another on which no entity stands twice.
#[derive(Clone, Debug)]
pub(super) struct Path(pub(super) query::Path);

/// A way from one entity to another on which no entity stands twice.
#[Object]
impl Path {
    /// How many hops it has.
    async fn length(&self) -> usize {
        self.0.hops.len()
    }

    /// The product of the confidences of its relations.
    async fn confidence(&self, ctx: &Context<'_>) -> f64 {
        rounded(query::path_confidence(snapshot(ctx), &self.0))
    }

    /// The hops in order: each starts where the one before it ends.
    async fn hops(&self, ctx: &Context<'_>) -> Vec<Hop> {
        self.0.hops.iter().map(|hop| Hop::of(snapshot(ctx), hop)).collect()
    }

    /// The path in one line. Example: "Canada —FUNDS→ projet régional ←PART_OF— atelier de Dakar"
    async fn text(&self, ctx: &Context<'_>) -> String {
        query::path_text(snapshot(ctx), &self.0)
    }
}

/// How two entities are connected.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct PathsAnswer {
    /// The paths, in the order asked for.
    paths: Vec<Path>,
    /// Whether these are all paths within `maxHops`.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many relations and hops were tried.
    explored: usize,
}

impl From<query::Paths> for PathsAnswer {
    fn from(found: query::Paths) -> Self {
        Self {
            paths: found.paths.into_iter().map(Path).collect(),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}

/// An entity near another one.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Neighbor {
    /// The entity.
    entity: Entity,
    /// How many hops away it is, at least 1.
    hops: usize,
    /// The hop by which it was reached first.
    via: Hop,
}

/// What lies around an entity.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Neighborhood {
    /// The entity in the middle.
    start: Entity,
    /// The entities around it, nearest first, each once.
    neighbors: Vec<Neighbor>,
    /// Whether these are all entities within `maxHops`.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many entities were visited.
    explored: usize,
}

impl Neighborhood {
    /// Turns rows into objects.
    pub(super) fn of(snapshot: &Snapshot, found: query::Neighborhood) -> Self {
        let neighbor = |neighbor: &query::Neighbor| Neighbor {
            entity: Entity::from_row(snapshot, neighbor.last.to),
            hops: neighbor.hops,
            via: Hop::of(snapshot, &neighbor.last),
        };
        Self {
            start: Entity::from_row(snapshot, found.start),
            neighbors: found.neighbors.iter().map(neighbor).collect(),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
