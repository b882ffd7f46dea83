//! Orders of lists as GraphQL input types.
//!
//! `{ field: RELATIONS, of: { kind: [FUNDS] }, direction: DESC }` → `query::EntityOrder { field: Relations, of: …, descending: true }`

use async_graphql::{Enum, InputObject};

use crate::query;

use super::filters::RelatedFilter;
use super::kinds::SortDirection;

/// What entities can be sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::EntityField")]
pub(super) enum EntityOrderField {
    /// Kind, in alphabetical order.
    Kind,
    /// Name, without regard to case and accents.
    Name,
    /// Number of mentions.
    Mentions,
    /// Number of documents that mention it.
    Documents,
    /// Number of relations; with `of`, of those that meet it.
    Relations,
    /// When the graph was first told of it.
    FirstSeen,
    /// When the graph was last told of it.
    LastSeen,
}

/// What relations can be sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::RelationField")]
pub(super) enum RelationOrderField {
    /// Kind, in alphabetical order.
    Kind,
    /// Confidence.
    Confidence,
    /// Beginning of the stated date, "2012" before "2012-01". What has no year counts as undated.
    Date,
    /// Amount. Amounts of different currencies cannot be compared: currencies come from A to Z in either direction, and within each
    /// its amounts.
    Amount,
    /// Number of statements.
    Mentions,
    /// Number of documents that state it.
    Documents,
    /// When the graph was first told of it.
    FirstSeen,
    /// When the graph was last told of it.
    LastSeen,
}

/// What documents can be sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::DocumentField")]
pub(super) enum DocumentOrderField {
    /// When it was published, "2012" before "2012-01". What has no year counts as undated.
    Published,
    /// Where it came from, without regard to case and accents.
    Source,
    /// The headline, without regard to case and accents.
    Title,
    /// When it came to the graph.
    Added,
}

/// One criterion of an order of entities; ties go to the next one, at last to the id. At most 5. What has no value stands last, in either
/// direction. Example: `[{ field: RELATIONS, of: { kind: [FUNDS] }, direction: DESC }, { field: NAME }]`
#[derive(Clone, Debug, InputObject)]
pub(super) struct EntityOrder {
    /// What to sort by.
    field: EntityOrderField,
    /// Which relations count, with the field RELATIONS alone. Example: { kind: [FUNDS], direction: OUT }
    of: Option<RelatedFilter>,
    /// In which direction.
    #[graphql(default)]
    direction: SortDirection,
}

impl From<EntityOrder> for query::EntityOrder {
    fn from(order: EntityOrder) -> Self {
        let descending = order.direction == SortDirection::Desc;
        Self { field: order.field.into(), of: order.of.map(Into::into), descending }
    }
}

/// One criterion of an order of relations; ties go to the next one, at last to the id. At most 5. What has no value stands last, in
/// either direction. Example: `[{ field: CONFIDENCE, direction: DESC }]`
#[derive(Clone, Copy, Debug, InputObject)]
pub(super) struct RelationOrder {
    /// What to sort by.
    field: RelationOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: SortDirection,
}

impl From<RelationOrder> for query::RelationOrder {
    fn from(order: RelationOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction == SortDirection::Desc }
    }
}

/// One criterion of an order of documents; ties go to the next one, at last to the id. At most 5. What has no value stands last, in
/// either direction. Example: `[{ field: PUBLISHED, direction: DESC }]`
#[derive(Clone, Copy, Debug, InputObject)]
pub(super) struct DocumentOrder {
    /// What to sort by.
    field: DocumentOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: SortDirection,
}

impl From<DocumentOrder> for query::DocumentOrder {
    fn from(order: DocumentOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction == SortDirection::Desc }
    }
}

/// The criteria of an argument, in order.
pub(super) fn criteria<A: Into<B>, B>(order: Option<Vec<A>>) -> Vec<B> {
    order.unwrap_or_default().into_iter().map(Into::into).collect()
}
