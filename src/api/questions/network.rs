//! The shape of the whole: who is central, and what belongs together.
//!
//! `centrality(measure: BETWEENNESS) { entities { score entity { name } } sampled }`

use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::query::{self, NetworkQuestion};
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, rounded, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::kinds::{EntityKind, RelationKind, TruncatedBy};
use crate::api::pool::heavy;

/// The shape of the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shapes;

/// What makes an entity central.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::Measure")]
pub(super) enum CentralityMeasure {
    /// How many neighbours it has.
    Degree,
    /// The share of shortest paths between two others that pass through it (Brandes, 2001), from 0 to 1. Exact while entities × (entities +
    /// 2 × links) is at most 100 million; beyond that estimated from paths that start at a sample of entities, which `sampled` tells.
    Betweenness,
    /// How often somebody comes by who follows relations from subject to object and, at 15 % of the steps, starts anew; all together 1.
    #[graphql(name = "PAGERANK")]
    PageRank,
}

/// The shape of the whole.
#[Object]
impl Shapes {
    /// The most central entities of the graph, or of a part of it.
    async fn centrality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What makes an entity central.")] measure: CentralityMeasure,
        #[graphql(desc = "Only among entities of these kinds.")] kinds: Option<Vec<EntityKind>>,
        #[graphql(desc = "Only by relations of these kinds.")] relation_kinds: Option<Vec<RelationKind>>,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<Centrality> {
        let question = question(kinds, relation_kinds);
        let measure = measure.into();
        let find = move |snapshot: &Snapshot, effort: &mut query::Effort| {
            query::centrality(snapshot, measure, &question, first, effort)
        };
        Some(heavy(ctx, find).await.map(|found| Centrality::of(snapshot(ctx), found)))
    }

    /// Groups of entities with more relations among themselves than chance would have (Louvain's method, the same communities on
    /// every machine; each hangs together).
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only among entities of these kinds.")] kinds: Option<Vec<EntityKind>>,
        #[graphql(desc = "Only by relations of these kinds.")] relation_kinds: Option<Vec<RelationKind>>,
        #[graphql(desc = "How many communities; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "How many members of each; 20 when absent, at most 100.")] members: Option<i32>,
    ) -> Answer<CommunitiesAnswer> {
        let question = question(kinds, relation_kinds);
        let find = move |snapshot: &Snapshot, effort: &mut query::Effort| {
            query::communities(snapshot, &question, first, members, effort)
        };
        Some(heavy(ctx, find).await.map(|found| CommunitiesAnswer::of(snapshot(ctx), found)))
    }
}

fn question(kinds: Option<Vec<EntityKind>>, relation_kinds: Option<Vec<RelationKind>>) -> NetworkQuestion {
    NetworkQuestion {
        kinds: kinds.into_iter().flatten().map(Into::into).collect(),
        relation_kinds: relation_kinds.into_iter().flatten().map(Into::into).collect(),
    }
}

/// An entity with what it counts.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct CentralEntity {
    /// The entity.
    entity: Entity,
    /// By the measure that was asked for.
    score: f64,
}

/// The most central entities.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Centrality {
    /// The highest score first, then by id.
    entities: Vec<CentralEntity>,
    /// How many entities were measured.
    total_count: usize,
    /// From how many entities shortest paths were followed, when that is not from all of them; null when the scores are exact.
    sampled: Option<usize>,
    /// Whether the measure was finished.
    complete: bool,
    /// What cut the measure, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many steps were taken.
    explored: usize,
}

impl Centrality {
    fn of(snapshot: &Snapshot, found: query::Centrality) -> Self {
        let entity = |found: query::Central| CentralEntity {
            entity: Entity::from_row(snapshot, found.entity),
            score: rounded(found.score),
        };
        Self {
            entities: found.entities.into_iter().map(entity).collect(),
            total_count: found.total,
            sampled: found.sampled,
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}

/// A member of a community.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Member {
    /// The entity.
    entity: Entity,
    /// How many relations it has with other members.
    relations_within: usize,
}

/// Entities that belong together.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Community {
    /// The names of its three most central members. Example: "OIM, Canada, projet régional"
    label: String,
    /// How many members it has.
    size: usize,
    /// Its members; those with most relations within come first, then by id.
    members: Vec<Member>,
    /// How many relations are among its members.
    relations_within: usize,
    /// How many relations lead from its members to others.
    relations_out: usize,
}

/// The communities of the graph.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct CommunitiesAnswer {
    /// The largest first; equally large ones by the smallest id in them.
    communities: Vec<Community>,
    /// How many there are with two members or more.
    total_count: usize,
    /// How many entities have no relation to another one.
    isolated_count: usize,
    /// How many more relations are within than chance would have, as a share of all; above 0.3 the parting is clear.
    modularity: f64,
    /// Whether these are all, and the best that the method finds.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many steps were taken.
    explored: usize,
}

impl CommunitiesAnswer {
    fn of(snapshot: &Snapshot, found: query::Communities) -> Self {
        let member = |(row, relations_within)| Member { entity: Entity::from_row(snapshot, row), relations_within };
        let community = |community: query::Community| Community {
            label: community.label,
            size: community.size,
            members: community.members.into_iter().map(member).collect(),
            relations_within: community.relations_within,
            relations_out: community.relations_out,
        };
        Self {
            communities: found.communities.into_iter().map(community).collect(),
            total_count: found.total,
            isolated_count: found.isolated,
            modularity: rounded(found.modularity),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
