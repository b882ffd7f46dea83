//! What happened when: relations, documents or mentions by year or month.
//!
//! `timeline(relations of Canada, by month)` → 2012-08: 3, 2012 (only the year is stated): 2, undated: 14
//!
//! A date counts where it begins, and as precisely as it is stated: what is dated `2012` does not count in a month. What has no date, and
//! what has one without a year, are counted apart.

use std::collections::BTreeMap;

use crate::graph::{DocumentRow, Effort, EntityRow, Graph};
use crate::model::{DatePrecision, PartialDate};
use crate::snapshot::Snapshot;

use super::budget::{Budget, HEAVY_STEPS_MAX};
use super::holds::Trial;
use super::{Cut, Refusal, RelationFilter, resolve_entity};

/// How many periods are listed at most.
const PERIODS_MAX: usize = 2_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineOf {
    /// Relations, by the date that is stated with them.
    Relations,
    /// Documents, by their publication.
    Documents,
    /// Mentions of entities, by the publication of their documents.
    Mentions,
}

/// What to count, and how finely.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineQuestion {
    /// What is counted.
    pub of: TimelineOf,
    /// By month, otherwise by year.
    pub by_month: bool,
    /// Only relations of this entity, documents that mention it, its mentions; by id or unique name.
    pub entity: Option<String>,
    /// Only these relations.
    pub relations: RelationFilter,
}

/// A year or month in which something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The year or month.
    pub date: PartialDate,
    /// How many begin then.
    pub count: usize,
}

impl Period {
    /// How exactly the period is known: by month, what is known only by its year is a period of its own.
    pub fn precision(&self) -> DatePrecision {
        self.date.precision()
    }
}

/// Counts over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The periods in which something is, earliest first; a year in front of its months.
    pub periods: Vec<Period>,
    /// How many have no date.
    pub undated: usize,
    /// How many have a date without a year.
    pub without_year: usize,
    /// How many there are altogether.
    pub total: usize,
    /// What cut the counting, when it is not complete.
    pub cut: Option<Cut>,
    /// How many things were looked at.
    pub explored: usize,
}

/// Counts over time.
///
/// # Errors
/// An unknown or ambiguous entity.
pub fn timeline(snapshot: &Snapshot, question: &TimelineQuestion, effort: &mut Effort) -> Result<Timeline, Refusal> {
    let graph = snapshot.graph();
    let entity = question.entity.as_deref().map(|entity| resolve_entity(snapshot, entity)).transpose()?;
    question.relations.check()?;
    let budget = Budget::of(HEAVY_STEPS_MAX);
    let trial = Trial { graph, budget: &budget };
    let mut tally = Tally { by_month: question.by_month, ..Tally::default() };
    match question.of {
        TimelineOf::Relations => {
            let rows: Box<dyn Iterator<Item = _>> = match entity {
                Some(entity) => Box::new(graph.relations_of(entity)),
                None => Box::new(graph.relation_rows()),
            };
            for row in rows {
                if !effort.step() {
                    break;
                }
                if trial.relation(&question.relations, row) {
                    tally.add(graph.relation(row).qualifiers.date.map(|date| date.start), 1);
                }
            }
        }
        TimelineOf::Documents => {
            let rows = entity.map_or_else(|| graph.document_rows().collect(), |entity| graph.documents_of(entity));
            for row in rows {
                if !effort.step() {
                    break;
                }
                tally.add(graph.document(row).published, 1);
            }
        }
        TimelineOf::Mentions => {
            let rows = entity.map_or_else(|| graph.entity_rows().collect(), |entity| vec![entity]);
            for row in rows {
                if !effort.steps(1 + graph.mention_count(row)) {
                    break;
                }
                mentions(graph, row).into_iter().for_each(|(document, count)| {
                    tally.add(graph.document(document).published, count);
                });
            }
        }
    }
    budget.check()?;
    let Tally { counts, undated, without_year, total, .. } = tally;
    let many = counts.len() > PERIODS_MAX;
    let periods = counts.into_iter().take(PERIODS_MAX).map(|(date, count)| Period { date, count }).collect();
    let cut = if many { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Timeline { periods, undated, without_year, total, cut, explored: effort.explored() })
}

fn mentions(graph: &Graph, row: EntityRow) -> BTreeMap<DocumentRow, usize> {
    let mut counts = BTreeMap::new();
    for mention in graph.mentions(row) {
        *counts.entry(mention.document).or_default() += 1;
    }
    counts
}

#[derive(Default)]
struct Tally {
    by_month: bool,
    counts: BTreeMap<PartialDate, usize>,
    undated: usize,
    without_year: usize,
    total: usize,
}

impl Tally {
    fn add(&mut self, date: Option<PartialDate>, count: usize) {
        self.total += count;
        match date {
            None => self.undated += count,
            Some(PartialDate { year: None, .. }) => self.without_year += count,
            Some(PartialDate { year, month, .. }) => {
                let month = month.filter(|_| self.by_month);
                *self.counts.entry(PartialDate { year, month, day: None }).or_default() += count;
            }
        }
    }
}
