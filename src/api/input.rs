//! Arguments: moments, dates and pages, turned into the questions of [`crate::query`]; filters and orders beside them.
//!
//! `first: 10, after: "…"` → `query::PageRequest { first: Some(10), … }`, with the budget of its request

use async_graphql::{Context, InputObject, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

use crate::model::PartialDate;
use crate::query;

use super::answer::view;

pub(super) use super::filters::{DocumentFilter, EntityFilter, RelationFilter, conditions};
pub(super) use super::orders::{DocumentOrder, EntityOrder, RelationOrder, criteria};

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
pub(super) struct CalendarDate(pub(super) PartialDate);

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
    let selected = ctx.look_ahead();
    let count = selected.field("totalCount").exists();
    let told = selected.field("pageInfo");
    let cursors = match () {
        () if selected.field("edges").field("cursor").exists() => query::Cursors::All,
        () if told.field("startCursor").exists() || told.field("endCursor").exists() => query::Cursors::Ends,
        () => query::Cursors::None,
    };
    query::PageRequest { first, after, last, before, count, cursors, budget: view(ctx).budget().clone() }
}
