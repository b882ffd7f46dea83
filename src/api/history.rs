//! What the graph holds, what was written to it, and what was decided.
//!
//! `{ stats { version entityCount } changes(sinceVersion: 41) { changes { kind at } } }`

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::knowledge_base::KnowledgeBase;
use crate::query::{self, Code, PAGE_DEFAULT, PAGE_MAX, Refusal};

use super::answer::{Answer, snapshot};
use super::change::{Change, ChangesAnswer};
use super::decision::Decision;
use super::entity_fields::RelationCount;
use super::kinds::EntityKind;

/// The part of the query root that tells of the graph as a whole and of its past.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct History;

#[Object]
impl History {
    /// What was written to the graph after a version, oldest first: documents that came and went, decisions.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version seen last; 0 for everything.")] since_version: u64,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<ChangesAnswer> {
        let first = first.unwrap_or(PAGE_DEFAULT as i32);
        let most = usize::try_from(first).unwrap_or(0);
        if first < 1 {
            return Some(Err(Refusal::bad_input(format!("first is {first}, but must be at least 1"))));
        }
        if most > PAGE_MAX {
            let way_round = "ask again with sinceVersion: the version of the answer";
            return Some(Err(Refusal::limit("first", first, PAGE_MAX, way_round)));
        }
        let base = Arc::clone(ctx.data_unchecked::<Arc<KnowledgeBase>>());
        let entries = wait(move || base.entries(since_version, most)).await;
        let current = snapshot(ctx).version();
        Some(entries.map(|entries| {
            // Only what the snapshot of this request has.
            let entries = entries.into_iter().filter(|entry| entry.version <= current);
            let changes: Vec<_> =
                entries.map(|entry| (entry.version, Change::new(entry, Default::default()))).collect();
            let version = changes.last().map_or(current, |(version, _)| *version);
            let complete = version >= current;
            ChangesAnswer { changes: changes.into_iter().map(|(_, change)| change).collect(), complete, version }
        }))
    }

    /// The decisions in force, oldest first.
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what was decided after the decision with this id.")] after: Option<ID>,
    ) -> Answer<Vec<Decision>> {
        let first = first.unwrap_or(PAGE_DEFAULT as i32);
        let most = usize::try_from(first).unwrap_or(0);
        if most > PAGE_MAX {
            let way_round = "ask for the next ones with after: the id of the last";
            return Some(Err(Refusal::limit("first", first, PAGE_MAX, way_round)));
        }
        let base = Arc::clone(ctx.data_unchecked::<Arc<KnowledgeBase>>());
        let version = snapshot(ctx).version();
        let decisions = wait(move || base.decisions(version)).await;
        Some(decisions.map(|decisions| {
            let seen = after.and_then(|id| decisions.iter().position(|decision| decision.id.as_str() == id.as_str()));
            decisions.into_iter().skip(seen.map_or(0, |at| at + 1)).take(most).map(Decision).collect()
        }))
    }

    /// How much there is of what.
    async fn stats(&self, ctx: &Context<'_>) -> Stats {
        let stats = query::stats(snapshot(ctx));
        let entity_count = |(kind, count): (crate::model::EntityKind, usize)| EntityCount { kind: kind.into(), count };
        Stats {
            version: snapshot(ctx).version(),
            document_count: stats.documents,
            entity_count: stats.entities,
            relation_count: stats.relations,
            mention_count: stats.mentions,
            component_count: stats.components,
            entities_by_kind: stats.entities_by_kind.into_iter().map(entity_count).collect(),
            relations_by_kind: RelationCount::of(stats.relations_by_kind),
        }
    }
}

/// Asks the knowledge base on a thread that may wait. A graph without a store has no log and no decisions.
pub(super) async fn wait<T: Default + Send + 'static>(
    ask: impl FnOnce() -> crate::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(ask).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(crate::Error::FixedGraph)) => Ok(T::default()),
        Ok(Err(error)) => Err(Refusal::new(Code::StoreFailed, error.to_string())),
        Err(_) => Err(Refusal::new(Code::StoreFailed, "internal: the store was not read")),
    }
}

/// How many entities of one kind there are.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct EntityCount {
    /// The kind.
    kind: EntityKind,
    /// How many.
    count: usize,
}

/// How much there is of what, in the version of the graph that this request sees.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Stats {
    /// Number of the graph's version; grows with every change.
    version: u64,
    /// Number of documents.
    document_count: usize,
    /// Number of entities.
    entity_count: usize,
    /// Number of relations.
    relation_count: usize,
    /// Number of mentions of entities.
    mention_count: usize,
    /// Number of groups of entities between which no relation leads.
    component_count: usize,
    /// Entities by kind; kinds without any are absent.
    entities_by_kind: Vec<EntityCount>,
    /// Relations by kind; kinds without any are absent.
    relations_by_kind: Vec<RelationCount>,
}
