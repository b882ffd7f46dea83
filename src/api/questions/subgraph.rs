//! A part of the graph, ready for a drawing.
//!
//! `subgraph(ids: ["Canada", "Dakar"], maxHops: 1) { entities { hops entity { id } } relations { id } complete }`

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::query::{self, SubgraphQuestion};
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::kinds::{EntityKind, RelationKind, TruncatedBy};
use crate::api::pool::heavy;
use crate::api::relation::Relation;

/// Parts of the graph, ready for a drawing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawings;

/// Parts of the graph, ready for a drawing.
#[Object]
impl Drawings {
    /// Some entities, what lies around them, and every relation among all of these, at most 2,000.
    async fn subgraph(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids or unique names, at most 100. Example: [\"country:CA\"]")] ids: Vec<ID>,
        #[graphql(default = 1, desc = "How far around them to go, at most 6; 0 for not at all.")] max_hops: i32,
        #[graphql(desc = "The kinds of entities around them; all when absent.")] kinds: Option<Vec<EntityKind>>,
        #[graphql(desc = "The kinds of relations to walk and to give; all when absent.")] relation_kinds: Option<
            Vec<RelationKind>,
        >,
        #[graphql(desc = "How many entities; 100 when absent, at most 500.")] first: Option<i32>,
    ) -> Answer<Subgraph> {
        let question = SubgraphQuestion {
            ids: ids.into_iter().map(|id| id.0).collect(),
            max_hops,
            kinds: kinds.into_iter().flatten().map(Into::into).collect(),
            relation_kinds: relation_kinds.into_iter().flatten().map(Into::into).collect(),
            first,
        };
        let found = heavy(ctx, move |snapshot, effort| query::subgraph(snapshot, &question, effort)).await;
        Some(found.map(|found| Subgraph::of(snapshot(ctx), found)))
    }
}

/// An entity of a drawing.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct SubgraphEntity {
    /// The entity.
    entity: Entity,
    /// How far it is from the nearest one that was asked for; 0 for these.
    hops: usize,
}

/// A part of the graph.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Subgraph {
    /// The entities, nearest first; within a distance by the confidence of the relation that leads there, then by id.
    entities: Vec<SubgraphEntity>,
    /// The relations among them, most confident first, then by id.
    relations: Vec<Relation>,
    /// Whether nothing within `maxHops` was left out.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many relations were looked at.
    explored: usize,
}

impl Subgraph {
    fn of(snapshot: &Snapshot, found: query::Subgraph) -> Self {
        let entity =
            |(row, hops): (query::EntityRow, usize)| SubgraphEntity { entity: Entity::from_row(snapshot, row), hops };
        Self {
            entities: found.entities.into_iter().map(entity).collect(),
            relations: found.relations.into_iter().map(Relation).collect(),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
