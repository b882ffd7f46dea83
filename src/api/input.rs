//! Arguments: filters, orders and pages as GraphQL input types, turned into the questions of [`crate::query`].
//!
//! `{ kind: [PROJECT], name: { contains: "femmes" } }` → `query::EntityFilter { kinds: {Project}, … }`

use async_graphql::{Context, ID, InputObject, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

use crate::model::{DocumentId, EntityId, PartialDate};
use crate::query;

use super::kinds::{EntityKind, EntityOrderField, Modality, RelationKind, RelationOrderField, SortDirection};

/// A moment in ISO 8601 with its offset from UTC. Example: "2026-11-22T10:15:00Z"
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime(pub(super) Timestamp);

/// A moment in ISO 8601 with its offset from UTC. Example: "2026-11-22T10:15:00Z"
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text
                .parse()
                .map(Self)
                .map_err(|_| InputValueError::custom(format!("{text:?} is no moment; write 2026-11-22T10:15:00Z"))),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A year, a month or a day. Example: "2012-08"
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CalendarDate(PartialDate);

/// A year, a month or a day. Example: "2012-08"
#[Scalar(specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for CalendarDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                PartialDate::parse(text).filter(|date| date.year.is_some()).map(Self).ok_or_else(|| {
                    InputValueError::custom(format!("{text:?} is no date; write 2012, 2012-08 or 2012-08-18"))
                })
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A condition on any name or alias of an entity, without regard to case, accents and punctuation. All that is given must hold
/// for the same name. Example: `{ startsWith: "organisation inter" }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct NameFilter {
    /// The whole name. Example: "oim"
    eq: Option<String>,
    /// A part of it. Example: "femmes migrantes"
    contains: Option<String>,
    /// Its beginning. Example: "organisation inter"
    starts_with: Option<String>,
}

/// Which entities. All that is given must hold.
/// Example: `{ kind: [PROJECT], hasRelation: [FUNDS], not: { country: "SV" } }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct EntityFilter {
    /// Of one of these kinds.
    kind: Option<Vec<EntityKind>>,
    /// With one of these ids. Example: ["country:CA"]
    id: Option<Vec<ID>>,
    /// With such a name.
    name: Option<NameFilter>,
    /// Lying in or belonging to the country with this ISO 3166-1 code. Example: "SN"
    country: Option<String>,
    /// With a proper name (true), or known from a description alone (false).
    named: Option<bool>,
    /// Mentioned in the document with this id.
    document: Option<ID>,
    /// Having a relation of one of these kinds, in either direction.
    has_relation: Option<Vec<RelationKind>>,
    /// Known to the graph at this moment: mentioned in a document that it had then. Example: "2026-11-22T10:15:00Z"
    known_at: Option<DateTime>,
    /// Confirmed by somebody (true), or not (false).
    confirmed: Option<bool>,
    /// All of these hold.
    and: Option<Vec<EntityFilter>>,
    /// At least one of these holds.
    or: Option<Vec<EntityFilter>>,
    /// This does not hold.
    not: Option<Box<EntityFilter>>,
}

impl From<EntityFilter> for query::EntityFilter {
    fn from(filter: EntityFilter) -> Self {
        let name = |n: NameFilter| query::NameFilter { eq: n.eq, contains: n.contains, starts_with: n.starts_with };
        Self {
            kinds: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            ids: filter.id.map(entity_ids),
            name: filter.name.map(name),
            country: filter.country,
            named: filter.named,
            document: filter.document.map(|id| DocumentId::from_text(id.0)),
            has_relation: filter.has_relation.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            known_at: filter.known_at.map(|at| at.0),
            confirmed: filter.confirmed,
            and: all(filter.and),
            or: all(filter.or),
            not: filter.not.map(|filter| Box::new((*filter).into())),
        }
    }
}

/// Which relations. All that is given must hold. Example: `{ kind: [FUNDS], minConfidence: 0.8, modality: [ASSERTED] }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct RelationFilter {
    /// Of one of these kinds.
    kind: Option<Vec<RelationKind>>,
    /// With one of these entities as subject. Example: ["country:CA"]
    subject: Option<Vec<ID>>,
    /// With one of these entities as object.
    object: Option<Vec<ID>>,
    /// Stated in the document with this id.
    document: Option<ID>,
    /// At least as sure as this, from 0 to 1. Example: 0.8
    min_confidence: Option<f64>,
    /// Presented in one of these ways.
    modality: Option<Vec<Modality>>,
    /// Known to the graph at this moment: stated in a document that it had then. Example: "2026-11-22T10:15:00Z"
    known_at: Option<DateTime>,
    /// True in the world at this date: said of a time that may include it. What is not dated, or without a year, is left out.
    /// Example: "2012-08"
    valid_at: Option<CalendarDate>,
    /// Confirmed by somebody (true), or not (false).
    confirmed: Option<bool>,
    /// All of these hold.
    and: Option<Vec<RelationFilter>>,
    /// At least one of these holds.
    or: Option<Vec<RelationFilter>>,
    /// This does not hold.
    not: Option<Box<RelationFilter>>,
}

impl From<RelationFilter> for query::RelationFilter {
    fn from(filter: RelationFilter) -> Self {
        Self {
            kinds: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            subjects: filter.subject.map(entity_ids),
            objects: filter.object.map(entity_ids),
            document: filter.document.map(|id| DocumentId::from_text(id.0)),
            min_confidence: filter.min_confidence,
            modality: filter.modality.map(|ways| ways.into_iter().map(Into::into).collect()),
            known_at: filter.known_at.map(|at| at.0),
            valid_at: filter.valid_at.map(|at| at.0),
            confirmed: filter.confirmed,
            and: all(filter.and),
            or: all(filter.or),
            not: filter.not.map(|filter| Box::new((*filter).into())),
        }
    }
}

fn entity_ids(ids: Vec<ID>) -> Vec<EntityId> {
    ids.into_iter().map(|id| EntityId::from_text(id.0)).collect()
}

fn all<A: Into<B>, B>(filters: Option<Vec<A>>) -> Vec<B> {
    filters.into_iter().flatten().map(Into::into).collect()
}

/// One criterion of an order of entities; ties go to the next one, at last to the id.
/// Example: `[{ field: MENTIONS, direction: DESC }]`
#[derive(Clone, Copy, Debug, InputObject)]
pub(super) struct EntityOrder {
    /// What to sort by.
    field: EntityOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: SortDirection,
}

impl From<EntityOrder> for (query::EntityOrder, bool) {
    fn from(order: EntityOrder) -> Self {
        (order.field.into(), order.direction == SortDirection::Desc)
    }
}

/// One criterion of an order of relations; ties go to the next one, at last to the id.
/// Example: `[{ field: CONFIDENCE, direction: DESC }]`
#[derive(Clone, Copy, Debug, InputObject)]
pub(super) struct RelationOrder {
    /// What to sort by.
    field: RelationOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: SortDirection,
}

impl From<RelationOrder> for (query::RelationOrder, bool) {
    fn from(order: RelationOrder) -> Self {
        (order.field.into(), order.direction == SortDirection::Desc)
    }
}

/// An id in a public scheme. Example: `{ scheme: "iso3166-1", value: "SV" }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct ExternalIdInput {
    /// The scheme. Example: "iso3166-1"
    pub(super) scheme: String,
    /// The id in that scheme. Example: "SV"
    pub(super) value: String,
}

/// The part of a list that a field's arguments ask for. The whole list is counted only when the count was selected.
pub(super) fn page_request(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> query::PageRequest {
    let count = ctx.look_ahead().field("totalCount").exists();
    query::PageRequest { first, after, last, before, count }
}
