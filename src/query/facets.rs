//! How entities or relations divide: counts by kind, country, year, funder and more.
//!
//! `entity_facets(projects, [Funder])` → Canada 12, Union européenne 9, … other 14, without any 31
//!
//! A thing with several values counts once with each, so that counts may add up to more than there are things; one without any counts as
//! missing. The largest counts come first, equal ones by key. Lists say how much is behind what they leave out.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Direction, Effort, EntityRow, Graph, RelationRow};
use crate::model::RelationKind;
use crate::snapshot::Snapshot;

use super::budget::{Budget, HEAVY_STEPS_MAX};
use super::filter::Filter;
use super::holds::Trial;
use super::walk::bounded;
use super::{Cut, EntityFilter, PAGE_DEFAULT, PAGE_MAX, Refusal, RelationFilter};

/// By what entities are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityFacet {
    /// What they are.
    Kind,
    /// The country they lie in or belong to.
    Country,
    /// The languages of the documents that mention them.
    Language,
    /// The years in which documents that mention them were published.
    Year,
    /// The kinds of their relations.
    RelationKind,
    /// Who funds them.
    Funder,
    /// Who carries them out.
    Implementer,
    /// Where they work, are held or lie.
    Location,
    /// Their themes.
    Topic,
    /// Whom they are meant for.
    Population,
}

/// By what relations are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationFacet {
    /// What they say.
    Kind,
    /// How the documents present them.
    Modality,
    /// The year in which what they say begins.
    Year,
    /// The languages of the documents that state them.
    Language,
    /// Their subject.
    Subject,
    /// Their object.
    Object,
    /// What their subject is.
    SubjectKind,
    /// What their object is.
    ObjectKind,
    /// The countries that their ends are, lie in or belong to.
    Country,
}

/// A value that things are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetKey {
    /// A kind, a code, a year, or the id of an entity.
    pub key: String,
    /// The entity, when it is one.
    pub entity: Option<EntityRow>,
}

/// Counts by one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Values with how many things have them; the largest first, then by key.
    pub values: Vec<(FacetKey, usize)>,
    /// How many values there are altogether.
    pub distinct: usize,
    /// The sum of the counts of the values that are not listed.
    pub other: usize,
    /// How many things have no value.
    pub missing: usize,
}

/// Counts by several things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    /// How many things were counted.
    pub total: usize,
    /// One for each that was asked for, in that order.
    pub facets: Vec<Facet>,
    /// What cut the counting, when it is not complete.
    pub cut: Option<Cut>,
    /// How many things were looked at.
    pub explored: usize,
}

/// How the entities that a filter holds for divide; `first` says how many values to list of each.
///
/// # Errors
/// A number beyond the limit.
pub fn entity_facets(
    snapshot: &Snapshot,
    filter: &EntityFilter,
    by: &[EntityFacet],
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Facets, Refusal> {
    let graph = snapshot.graph();
    filter.check()?;
    let budget = Budget::of(HEAVY_STEPS_MAX);
    let trial = Trial { graph, budget: &budget };
    let rows: Box<dyn Iterator<Item = EntityRow>> = match trial.start_entities(filter) {
        Some(rows) => Box::new(rows.into_iter()),
        None => Box::new(graph.entity_rows()),
    };
    let cost = |row: EntityRow| 1 + graph.degree(row);
    let values = |row, by| entity_values(graph, row, by);
    let facets = count(rows, cost, |row| trial.entity(filter, row), values, by, first, effort)?;
    budget.check().map(|()| facets)
}

/// How the relations that a filter holds for divide; `first` says how many values to list of each.
///
/// # Errors
/// A number beyond the limit.
pub fn relation_facets(
    snapshot: &Snapshot,
    filter: &RelationFilter,
    by: &[RelationFacet],
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Facets, Refusal> {
    let graph = snapshot.graph();
    filter.check()?;
    let budget = Budget::of(HEAVY_STEPS_MAX);
    let trial = Trial { graph, budget: &budget };
    let rows: Box<dyn Iterator<Item = RelationRow>> = match trial.start_relations(filter) {
        Some(rows) => Box::new(rows.into_iter()),
        None => Box::new(graph.relation_rows()),
    };
    let cost = |row: RelationRow| 1 + graph.evidence_count(row);
    let values = |row, by| relation_values(graph, row, by);
    let facets = count(rows, cost, |row| trial.relation(filter, row), values, by, first, effort)?;
    budget.check().map(|()| facets)
}

fn count<R: Copy, B: Copy>(
    rows: impl Iterator<Item = R>,
    cost: impl Fn(R) -> usize,
    holds: impl Fn(R) -> bool,
    values: impl Fn(R, B) -> BTreeSet<FacetKey>,
    by: &[B],
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Facets, Refusal> {
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, "narrow what is counted with where")?;
    let mut counts: Vec<(BTreeMap<FacetKey, usize>, usize)> = vec![Default::default(); by.len()];
    let mut total = 0;
    for row in rows {
        if !effort.steps(cost(row)) {
            break;
        }
        if !holds(row) {
            continue;
        }
        total += 1;
        for ((counts, missing), by) in counts.iter_mut().zip(by) {
            let values = values(row, *by);
            *missing += usize::from(values.is_empty());
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let facets = counts.into_iter().map(|(counts, missing)| top(counts, missing, limit)).collect();
    Ok(Facets { total, facets, cut: Cut::of(effort), explored: effort.explored() })
}

fn top(counts: BTreeMap<FacetKey, usize>, missing: usize, limit: usize) -> Facet {
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|(a, count), (b, other)| other.cmp(count).then_with(|| a.key.cmp(&b.key)));
    let distinct = values.len();
    let other = values.iter().skip(limit).map(|(_, count)| count).sum();
    values.truncate(limit);
    Facet { values, distinct, other, missing }
}

fn text(key: impl ToString) -> FacetKey {
    FacetKey { key: key.to_string(), entity: None }
}

fn entity(graph: &Graph, row: EntityRow) -> FacetKey {
    FacetKey { key: graph.entity(row).id.to_string(), entity: Some(row) }
}

fn entity_values(graph: &Graph, row: EntityRow, by: EntityFacet) -> BTreeSet<FacetKey> {
    use RelationKind::{Addresses, Benefits, Funds, HeldIn, Implements, LocatedIn, OperatesIn};
    let ends = |kinds: &[RelationKind], direction| {
        let links = kinds.iter().flat_map(|kind| graph.links_of_kind(row, *kind));
        links.filter(|link| link.step(direction).is_some()).map(|link| entity(graph, link.end)).collect()
    };
    let documents = || graph.documents_of(row).into_iter();
    match by {
        EntityFacet::Kind => [text(graph.entity(row).kind)].into(),
        EntityFacet::Country => graph.entity(row).country.iter().map(text).collect(),
        EntityFacet::Language => documents().map(|row| text(graph.document(row).language.as_str())).collect(),
        EntityFacet::Year => documents().filter_map(|row| graph.document(row).published?.year).map(text).collect(),
        EntityFacet::RelationKind => graph.links(row).map(|link| text(link.kind)).collect(),
        EntityFacet::Funder => ends(&[Funds], Direction::In),
        EntityFacet::Implementer => ends(&[Implements], Direction::In),
        EntityFacet::Location => ends(&[OperatesIn, HeldIn, LocatedIn], Direction::Out),
        EntityFacet::Topic => ends(&[Addresses], Direction::Out),
        EntityFacet::Population => ends(&[Benefits], Direction::Out),
    }
}

fn relation_values(graph: &Graph, row: RelationRow, by: RelationFacet) -> BTreeSet<FacetKey> {
    let (subject, object) = graph.ends(row);
    let relation = graph.relation(row);
    let one = |key: FacetKey| BTreeSet::from([key]);
    match by {
        RelationFacet::Kind => one(text(relation.kind)),
        RelationFacet::Modality => one(text(format!("{:?}", relation.qualifiers.modality).to_uppercase())),
        RelationFacet::Year => {
            relation.qualifiers.date.and_then(|date| date.start.year).map(text).into_iter().collect()
        }
        RelationFacet::Language => {
            graph.evidence(row).map(|e| text(graph.document(e.document).language.as_str())).collect()
        }
        RelationFacet::Subject => one(entity(graph, subject)),
        RelationFacet::Object => one(entity(graph, object)),
        RelationFacet::SubjectKind => one(text(graph.entity(subject).kind)),
        RelationFacet::ObjectKind => one(text(graph.entity(object).kind)),
        RelationFacet::Country => {
            [subject, object].iter().filter_map(|end| graph.entity(*end).country.as_ref()).map(text).collect()
        }
    }
}
