//! What happened when.
//!
//! `timeline(of: RELATIONS, by: MONTH, entity: "Canada") { periods { period precision count } undated }`

use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::query::{self, TimelineQuestion};

use crate::api::answer::Answer;
use crate::api::input::RelationFilter;
use crate::api::kinds::{DatePrecision, TruncatedBy};
use crate::api::pool::heavy;

/// Counts over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times;

/// What is counted over time.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::TimelineOf")]
pub(super) enum TimelineOf {
    /// Relations, by the date that is stated with them.
    Relations,
    /// Documents, by their publication.
    Documents,
    /// Mentions of entities, by the publication of their documents.
    Mentions,
}

/// How finely time is cut.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimelineBy {
    /// Into years.
    Year,
    /// Into months; what is dated by its year alone is a period of its own in front of them.
    Month,
}

/// Counts over time.
#[Object]
impl Times {
    /// Relations, documents or mentions by year or month. A date counts where it begins and as precisely as it is stated.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is counted.")] of: TimelineOf,
        #[graphql(default_with = "TimelineBy::Year", desc = "How finely.")] by: TimelineBy,
        #[graphql(desc = "Only what this entity (id or unique name) has: its relations, documents or mentions.")]
        entity: Option<String>,
        #[graphql(name = "where", desc = "Only these relations; for RELATIONS alone.")] filter: Option<
            Box<RelationFilter>,
        >,
    ) -> Answer<Timeline> {
        if filter.is_some() && of != TimelineOf::Relations {
            return Some(Err(query::Refusal::bad_input("where is for RELATIONS alone; leave it out")));
        }
        let relations = filter.map(|filter| (*filter).into()).unwrap_or_default();
        let question = TimelineQuestion { of: of.into(), by_month: by == TimelineBy::Month, entity, relations };
        let found = heavy(ctx, move |snapshot, effort| query::timeline(snapshot, &question, effort)).await;
        Some(found.map(Into::into))
    }
}

/// A year or month in which something is.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct TimelinePeriod {
    /// The year or month. Example: "2012-08"
    period: String,
    /// How exactly it is known.
    precision: DatePrecision,
    /// How many begin then.
    count: usize,
}

/// Counts over time.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Timeline {
    /// The periods in which something is, earliest first.
    periods: Vec<TimelinePeriod>,
    /// How many have no date.
    undated: usize,
    /// How many have a date without a year.
    without_year: usize,
    /// How many there are altogether.
    total_count: usize,
    /// Whether all were counted.
    complete: bool,
    /// What cut the counting, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How much was looked at.
    explored: usize,
}

impl From<query::Timeline> for Timeline {
    fn from(found: query::Timeline) -> Self {
        let period = |period: query::Period| TimelinePeriod {
            period: period.date.to_string(),
            precision: period.precision().into(),
            count: period.count,
        };
        Self {
            periods: found.periods.into_iter().map(period).collect(),
            undated: found.undated,
            without_year: found.without_year,
            total_count: found.total,
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
