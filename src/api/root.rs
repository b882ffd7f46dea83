//! Where every query starts: things by what they are known by, lists of them, and what lies around them.
//!
//! `{ entity(name: "Canada") { ... on Country { projectsFunded { nodes { name } } } } }`
//!
//! Fields that can be refused are nullable, so that a refusal leaves its neighbours alone.

use async_graphql::{Context, ID, MergedObject, Object};

use crate::model::{DocumentId, RelationId};
use crate::query::{self, EntityKey, NeighborhoodQuestion, PAGE_MAX, Refusal, find_entity};

use super::answer::{Answer, snapshot};
use super::connection::{
    DocumentConnection, DocumentEdge, EntityConnection, EntityEdge, RelationConnection, RelationEdge,
};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::history::History;
use super::input::{
    DocumentFilter, DocumentOrder, EntityFilter, EntityOrder, ExternalIdInput, RelationFilter, RelationOrder,
    conditions, criteria, page_request,
};
use super::kinds::{Direction, RelationKind};
use super::node::Node;
use super::questions::Questions;
use super::relation::Relation;
use super::review::Review;
use super::search::Finding;
use super::source::Document;
use super::walks::Neighborhood;

/// The knowledge graph: entities, joined by relations, each of which cites the sentences it rests on.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct Query(Lookups, Finding, Questions, History, Review);

/// Things by what they are known by, lists of them, and what lies around them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lookups;

/// What an entity is looked up by.
pub(super) fn entity_key(
    id: Option<ID>,
    name: Option<String>,
    external_id: Option<ExternalIdInput>,
) -> Result<EntityKey, Refusal> {
    match (id, name, external_id) {
        (Some(id), None, None) => Ok(EntityKey::Id(id.0)),
        (None, Some(name), None) => Ok(EntityKey::Name(name)),
        (None, None, Some(id)) => Ok(EntityKey::External { scheme: id.scheme, value: id.value }),
        _ => Err(Refusal::bad_input("give exactly one of id, name and externalId")),
    }
}

#[Object]
impl Lookups {
    /// The entity, relation or document with this id; null when there is none. An id that was merged away still resolves.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Example: \"organization:iom\"")] id: ID) -> Option<Node> {
        Node::find(snapshot(ctx), &id)
    }

    /// The entities, relations and documents with these ids, in this order; null where there is none.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100.")] ids: Vec<ID>,
    ) -> Answer<Vec<Option<Node>>> {
        if ids.len() > PAGE_MAX {
            return Some(Err(Refusal::limit("the number of ids", ids.len(), PAGE_MAX, "ask in several requests")));
        }
        Some(Ok(ids.iter().map(|id| Node::find(snapshot(ctx), id)).collect()))
    }

    /// One entity by exactly one of id, name and external id; null when there is none.
    async fn entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Example: \"country:CA\"")] id: Option<ID>,
        #[graphql(
            desc = "A name or alias that only one entity has, in any case and with or without accents and article. Example: \"l'OIM\""
        )]
        name: Option<String>,
        #[graphql(desc = "Example: {scheme: \"iso3166-1\", value: \"SV\"}")] external_id: Option<ExternalIdInput>,
    ) -> Answer<Entity> {
        let key = match entity_key(id, name, external_id) {
            Ok(key) => key,
            Err(refusal) => return Some(Err(refusal)),
        };
        let found = find_entity(snapshot(ctx), &key).transpose()?;
        Some(found.map(|row| Entity::from_row(snapshot(ctx), row)))
    }

    /// Entities that meet conditions.
    #[allow(clippy::too_many_arguments)]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<EntityFilter>>,
        #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<EntityOrder>>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<EntityConnection> {
        let (snapshot, page) = (snapshot(ctx), page_request(ctx, first, after, last, before));
        let (filter, order) = (conditions(filter), criteria(order_by));
        let page = query::entities(snapshot, &filter, &order, &page);
        let edge = |cursor, row| EntityEdge::new(cursor, Entity::from_row(snapshot, row));
        Some(page.map(|page| page.with_cursors(edge).into()))
    }

    /// The relation with this id; null when there is none.
    async fn relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Example: \"relation:funds-4be1c3a96c2f0d11\"")] id: ID,
    ) -> Option<Relation> {
        snapshot(ctx).graph().find_relation(&RelationId::from_text(id.0)).map(Relation)
    }

    /// Relations that meet conditions.
    #[allow(clippy::too_many_arguments)]
    async fn relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<RelationFilter>>,
        #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<RelationOrder>>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<RelationConnection> {
        let (snapshot, page) = (snapshot(ctx), page_request(ctx, first, after, last, before));
        let (filter, order) = (conditions(filter), criteria(order_by));
        let page = query::relations(snapshot, &filter, &order, &page);
        Some(page.map(|page| page.with_cursors(|cursor, row| RelationEdge::new(cursor, Relation(row))).into()))
    }

    /// One document by exactly one of id and source; null when there is none.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Example: \"document:8c7dd922ad47494f\"")] id: Option<ID>,
        #[graphql(desc = "Where it came from. Example: \"corpus/0001.txt\"")] source: Option<String>,
    ) -> Answer<Document> {
        let graph = snapshot(ctx).graph();
        let row = match (id, source) {
            (Some(id), None) => graph.find_document(&DocumentId::from_text(id.0)),
            (None, Some(source)) => graph.document_rows().find(|row| graph.document(*row).source == source),
            _ => return Some(Err(Refusal::bad_input("give exactly one of id and source"))),
        };
        row.map(|row| Ok(Document(row)))
    }

    /// Documents that meet conditions.
    #[allow(clippy::too_many_arguments)]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<DocumentFilter>>,
        #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<DocumentOrder>>,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<DocumentConnection> {
        let (snapshot, page) = (snapshot(ctx), page_request(ctx, first, after, last, before));
        let (filter, order) = (conditions(filter), criteria(order_by));
        let page = query::documents(snapshot, &filter, &order, &page);
        Some(page.map(|page| page.with_cursors(|cursor, row| DocumentEdge::new(cursor, Document(row))).into()))
    }

    /// The entities within some hops of one, nearest first.
    async fn neighborhood(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id or unique name of the entity in the middle. Example: \"country:CA\"")] id: ID,
        #[graphql(default = 1, desc = "How far to go, at most 6.")] max_hops: i32,
        #[graphql(desc = "The relation kinds to follow; all when absent.")] kinds: Option<Vec<RelationKind>>,
        #[graphql(default_with = "Direction::Both", desc = "The direction to follow them in.")] direction: Direction,
        #[graphql(desc = "How many entities; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<Neighborhood> {
        let kinds = kinds.unwrap_or_default().into_iter().map(Into::into).collect();
        let (start, direction, alternatives) = (id.0, direction.into(), true);
        let question = NeighborhoodQuestion { start, max_hops, kinds, direction, first, alternatives };
        let found = query::neighborhood(snapshot(ctx), &question);
        Some(found.map(|found| Neighborhood::of(snapshot(ctx), found)))
    }
}
