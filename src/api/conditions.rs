//! Conditions on single values as GraphQL input types.
//!
//! `{ startsWith: "reseau" }` → `query::TextFilter`, `{ gte: 0.8 }` → `query::NumberFilter`

use async_graphql::InputObject;

use crate::query;

use super::input::{CalendarDate, DateTime};

/// A condition on a text. Case, accents and punctuation do not count. All that is given must hold; `{}` holds for all, also where there
/// is no text. Example: `{ startsWith: "organisation inter" }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct TextFilter {
    /// The whole text. Example: "oim"
    eq: Option<String>,
    /// One of these whole texts; none when the list is empty. Example: ["oim", "hcr"]
    #[graphql(name = "in")]
    any_of: Option<Vec<String>>,
    /// A part of it. Example: "femmes migrantes"
    contains: Option<String>,
    /// Its beginning. Example: "organisation inter"
    starts_with: Option<String>,
}

impl From<TextFilter> for query::TextFilter {
    fn from(filter: TextFilter) -> Self {
        let TextFilter { eq, any_of, contains, starts_with } = filter;
        Self::new(eq.as_deref(), any_of.as_deref(), contains.as_deref(), starts_with.as_deref())
    }
}

/// A condition on a whole number. All that is given must hold; `{}` holds for all. Example: `{ gte: 2 }`
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(super) struct IntFilter {
    /// This number.
    eq: Option<i32>,
    /// More than this.
    gt: Option<i32>,
    /// This or more.
    gte: Option<i32>,
    /// Less than this.
    lt: Option<i32>,
    /// This or less.
    lte: Option<i32>,
}

impl From<IntFilter> for query::NumberFilter<i64> {
    fn from(filter: IntFilter) -> Self {
        let IntFilter { eq, gt, gte, lt, lte } = filter;
        query::NumberFilter { eq, gt, gte, lt, lte }.map(i64::from)
    }
}

/// A condition on a number. All that is given must hold; `{}` holds for all, also where there is no number. Example: `{ gte: 0.8 }`
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(super) struct FloatFilter {
    /// This number.
    eq: Option<f64>,
    /// More than this.
    gt: Option<f64>,
    /// This or more.
    gte: Option<f64>,
    /// Less than this.
    lt: Option<f64>,
    /// This or less.
    lte: Option<f64>,
}

impl From<FloatFilter> for query::NumberFilter<f64> {
    fn from(filter: FloatFilter) -> Self {
        let FloatFilter { eq, gt, gte, lt, lte } = filter;
        Self { eq, gt, gte, lt, lte }
    }
}

/// A condition on a moment; both bounds belong to it. `{}` holds for all. Example: `{ from: "2026-11-22T00:00:00Z" }`
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(super) struct DateTimeFilter {
    /// Then or later.
    from: Option<DateTime>,
    /// Then or earlier.
    to: Option<DateTime>,
}

impl From<DateTimeFilter> for query::MomentFilter {
    fn from(filter: DateTimeFilter) -> Self {
        Self { from: filter.from.map(|at| at.0), to: filter.to.map(|at| at.0) }
    }
}

/// A condition on a date of the world, which may be known to the year, the month or the day. A date stands for all its days: "2012-08"
/// for 1 to 31 August. `from` and `to` ask for what is certain, `touches` for what may be. What is not dated, or without a year, meets
/// none of them; `{}` holds for all. Example: `{ from: "2012-03", to: "2012" }`
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(super) struct CalendarDateFilter {
    /// Certainly not before the first day of this. From "2012-08" on are "2012-08" and "2012-08-18", but not "2012".
    from: Option<CalendarDate>,
    /// Certainly not after the last day of this. Until "2012-08" are "2012-08" and "2012-08-18", but not "2012".
    to: Option<CalendarDate>,
    /// Perhaps on a day of this. "2012", "2012-08" and "2012-08-18" all touch "2012-08-18".
    touches: Option<CalendarDate>,
}

impl From<CalendarDateFilter> for query::DateFilter {
    fn from(filter: CalendarDateFilter) -> Self {
        let date = |date: Option<CalendarDate>| date.map(|date| date.0);
        Self { from: date(filter.from), to: date(filter.to), touches: date(filter.touches) }
    }
}
