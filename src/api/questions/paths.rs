//! Ways between two entities, and why they belong together.
//!
//! `why(a: "Canada", b: "OIM") { best { text } statements { text } }` → `Canada —SUPPORTS→ OIM`, *Le Canada soutient l’OIM.*

use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::query::{self, PathQuestion};
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, rounded, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::kinds::{Direction, HopDirection, RelationKind, TruncatedBy};
use crate::api::pool::heavy;
use crate::api::relation::{Evidence, Relation};
use crate::api::walks::{Path, PathsAnswer};

/// Ways between entities.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ways;

/// Which of several paths comes first.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::PathOrder")]
pub(in crate::api) enum PathOrder {
    /// The shortest; of equally long ones that whose first hop is more confident, then whose second.
    Hops,
    /// The one with the highest product of confidences; of equal ones the shortest, then by the ids of the entities on the way.
    Confidence,
}

/// Ways between entities.
#[Object]
impl Ways {
    /// How two entities are connected: the paths between them. Entities are given by id or by a name that only
    /// one has. A hop leads from one entity to another by any number of relations; it counts once, with the most confident of them, and
    /// the others are its alternatives. An unknown entity is an error; two entities that nothing connects get an empty, complete answer.
    #[allow(clippy::too_many_arguments)]
    async fn paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where paths start. Example: \"Canada\"")] from: String,
        #[graphql(desc = "Where they end.")] to: String,
        #[graphql(default = 4, desc = "How many hops at most, up to 8.")] max_hops: i32,
        #[graphql(desc = "The relation kinds to follow; all when absent.")] relation_kinds: Option<Vec<RelationKind>>,
        #[graphql(desc = "Entities that every path passes through, in any order.")] via: Option<Vec<String>>,
        #[graphql(desc = "Entities that no path passes through.")] avoid: Option<Vec<String>>,
        #[graphql(default_with = "Direction::Both", desc = "The direction of every hop, seen from the start.")]
        direction: Direction,
        #[graphql(default_with = "PathOrder::Hops", desc = "Which paths come first.")] by: PathOrder,
        #[graphql(desc = "How many paths; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<PathsAnswer> {
        let kinds = relation_kinds.unwrap_or_default().into_iter().map(Into::into).collect();
        let (via, avoid) = (via.unwrap_or_default(), avoid.unwrap_or_default());
        let (direction, by) = (direction.into(), by.into());
        let selected = ctx.look_ahead();
        let alone = !["complete", "truncatedBy", "explored"].iter().any(|field| selected.field(field).exists());
        let question = PathQuestion { from, to, max_hops, kinds, via, avoid, direction, by, first, alone };
        let found = heavy(ctx, move |snapshot, effort| query::paths(snapshot, &question, effort)).await;
        Some(found.map(Into::into))
    }

    /// Why two entities belong together: what joins them directly, the strongest ways of two to four hops between them, and what both have
    /// to do with. Entities are given by id or by a name that only one has.
    async fn why(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The one. Example: \"Canada\"")] a: String,
        #[graphql(desc = "The other. Example: \"OIM\"")] b: String,
        #[graphql(desc = "How many ways and shared entities; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<Why> {
        let found = heavy(ctx, move |snapshot, effort| query::why(snapshot, (&a, &b), first, effort)).await;
        Some(found.map(|found| Why::of(snapshot(ctx), found)))
    }
}

/// A relation with how it is read, coming from the entity that was asked about.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(super) struct ReadRelation {
    /// The relation, with its evidence.
    relation: Relation,
    /// How it is read.
    direction: HopDirection,
}

impl From<query::Step> for ReadRelation {
    fn from(step: query::Step) -> Self {
        Self { relation: Relation(step.relation), direction: step.forward.into() }
    }
}

/// Something that two entities are both joined with.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct SharedEntity {
    /// What it is.
    entity: Entity,
    /// What it counts: the product of the best confidences on both sides, the less the more others share it.
    weight: f64,
    /// The relations between the first of the two and it, most confident first.
    ours: Vec<ReadRelation>,
    /// The relations between the second of the two and it, most confident first.
    theirs: Vec<ReadRelation>,
}

impl SharedEntity {
    pub(super) fn of(snapshot: &Snapshot, shared: query::Shared) -> Self {
        Self {
            entity: Entity::from_row(snapshot, shared.entity),
            weight: rounded(shared.weight),
            ours: shared.ours.into_iter().map(Into::into).collect(),
            theirs: shared.theirs.into_iter().map(Into::into).collect(),
        }
    }
}

/// Why two entities belong together.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Why {
    /// The one.
    a: Entity,
    /// The other.
    b: Entity,
    /// The best explanation: the most confident direct relation, else the strongest way of at most four hops; null when there is none.
    best: Option<Path>,
    /// The strongest statement behind each hop of the best explanation, in its order.
    statements: Vec<Evidence>,
    /// The relations between the two, most confident first, read from the first.
    direct: Vec<ReadRelation>,
    /// The strongest ways of two to four hops, by the product of their confidences.
    paths: Vec<Path>,
    /// What both are joined with. `weight` is the product of the best confidences of both sides, divided by the number of entities
    /// that share it: what few share says more.
    shared: Vec<SharedEntity>,
    /// Whether nothing was left out.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many relations and hops were tried.
    explored: usize,
}

impl Why {
    fn of(snapshot: &Snapshot, found: query::Why) -> Self {
        let (a, b) = found.ends;
        Self {
            a: Entity::from_row(snapshot, a),
            b: Entity::from_row(snapshot, b),
            best: found.best.map(Path),
            statements: found.statements.into_iter().map(Evidence).collect(),
            direct: found.direct.into_iter().map(Into::into).collect(),
            paths: found.paths.into_iter().map(Path).collect(),
            shared: found.shared.into_iter().map(|shared| SharedEntity::of(snapshot, shared)).collect(),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
