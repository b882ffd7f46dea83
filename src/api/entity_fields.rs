//! What every entity answers, whatever its type: one function per field of the interface.
//!
//! `label(ctx, canada, [ES, FR])` → "Canadá"

use async_graphql::{Context, ID, SimpleObject};

use crate::model;
use crate::query::{self, EntityRow, Page, PageRequest, Refusal, Related};

use super::answer::{snapshot, the};
use super::connection::{
    DocumentConnection, DocumentEdge, MentionConnection, MentionEdge, RelationConnection, RelationEdge,
};
use super::input::{
    DocumentFilter, DocumentOrder, EntityFilter, EntityOrder, RelationFilter, RelationOrder, conditions, criteria,
};
use super::kinds::{Direction, Language, RelationKind};
use super::relation::Relation;
use super::source::{Document, Mention};

/// The names of an entity in one language.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct LocalNames {
    /// A BCP 47 tag. Example: "fr"
    language: String,
    /// The names, the one to show first.
    names: Vec<String>,
}

/// An id in a public scheme.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct ExternalId {
    /// The scheme. Example: "iso3166-1"
    scheme: String,
    /// The id in that scheme. Example: "SV"
    value: String,
}

/// How many relations of one kind there are.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct RelationCount {
    /// The kind.
    kind: RelationKind,
    /// How many.
    count: usize,
}

impl RelationCount {
    /// All counts, in the order of the ontology.
    pub(super) fn of(counts: impl IntoIterator<Item = (model::RelationKind, usize)>) -> Vec<Self> {
        counts.into_iter().map(|(kind, count)| Self { kind: kind.into(), count }).collect()
    }
}

pub(super) fn label(entity: &model::Entity, languages: Option<Vec<Language>>) -> String {
    let languages: Vec<_> = languages.unwrap_or_default().into_iter().map(Into::into).collect();
    query::label(entity, &languages).to_string()
}

pub(super) fn names(entity: &model::Entity) -> Vec<LocalNames> {
    let in_language = |(language, names): (&model::Language, &Vec<String>)| LocalNames {
        language: language.as_str().to_string(),
        names: names.clone(),
    };
    entity.names.iter().map(in_language).collect()
}

pub(super) fn external_ids(entity: &model::Entity) -> Vec<ExternalId> {
    let id = |(scheme, value): (&String, &String)| ExternalId { scheme: scheme.clone(), value: value.clone() };
    entity.external_ids.iter().map(id).collect()
}

pub(super) fn merged_ids(entity: &model::Entity) -> Vec<ID> {
    entity.merged_ids.iter().map(the).collect()
}

pub(super) fn mentions(
    ctx: &Context<'_>,
    entity: EntityRow,
    document: Option<&ID>,
    page: &PageRequest,
) -> Result<MentionConnection, Refusal> {
    let document = document.map(|id| model::DocumentId::from_text(id.as_str()));
    let page = query::mentions(snapshot(ctx), entity, document.as_ref(), page)?;
    Ok(page.with_cursors(|cursor, row| MentionEdge::new(cursor, Mention(row))).into())
}

#[inline(never)]
pub(super) fn documents(
    ctx: &Context<'_>,
    entity: EntityRow,
    filter: Option<Box<DocumentFilter>>,
    order_by: Option<Vec<DocumentOrder>>,
    page: &PageRequest,
) -> Result<DocumentConnection, Refusal> {
    let (filter, order) = (conditions(filter), criteria(order_by));
    let page = query::documents_of(snapshot(ctx), entity, &filter, &order, page)?;
    Ok(page.with_cursors(|cursor, row| DocumentEdge::new(cursor, Document(row))).into())
}

/// Which of the entities that a field leads to are asked for.
#[inline(never)]
pub(super) fn wanted(
    filter: Option<Box<EntityFilter>>,
    relation_where: Option<Box<RelationFilter>>,
    order_by: Option<Vec<EntityOrder>>,
    relation_order_by: Option<Vec<RelationOrder>>,
) -> Box<query::Wanted> {
    Box::new(query::Wanted {
        entity: conditions(filter),
        relation: conditions(relation_where),
        by_entity: criteria(order_by),
        by_relation: criteria(relation_order_by),
    })
}

/// The entities that a field leads to.
#[inline(never)]
pub(super) fn related(
    ctx: &Context<'_>,
    entity: EntityRow,
    walk: query::Walk,
    wanted: &query::Wanted,
    page: &PageRequest,
) -> Result<Page<Related>, Refusal> {
    query::related(snapshot(ctx), entity, walk, wanted, page)
}

#[inline(never)]
pub(super) fn relations(
    ctx: &Context<'_>,
    entity: EntityRow,
    filter: Option<Box<RelationFilter>>,
    direction: Direction,
    order_by: Option<Vec<RelationOrder>>,
    page: &PageRequest,
) -> Result<RelationConnection, Refusal> {
    let (filter, order) = (conditions(filter), criteria(order_by));
    let page = query::relations_of(snapshot(ctx), entity, direction.into(), &filter, &order, page)?;
    Ok(page.with_cursors(|cursor, row| RelationEdge::new(cursor, Relation(row))).into())
}
