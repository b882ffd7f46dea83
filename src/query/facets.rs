//! How entities or relations divide: counts by kind, country, year, funder and more.
//!
//! `entity_facets(projects, [Funder])` → Canada 12, Union européenne 9, … other 14, without any 31
//!
//! A thing with several values counts once with each, so that counts may add up to more than there are things; one without any counts as
//! missing. The largest counts come first, equal ones by key. Lists say how much is behind what they leave out.

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::graph::{Direction, Effort, EntityRow, Graph, Link, RelationRow};
use crate::model::RelationKind;
use crate::snapshot::Snapshot;

use super::budget::{Budget, HEAVY_STEPS_MAX};
use super::filter::Filter;
use super::holds::Trial;
use super::walk::bounded;
use super::{Cut, EntityFilter, PAGE_DEFAULT, PAGE_MAX, Refusal, RelationFilter};

/// Up to how many links of an entity are all looked at to find those of some kinds.
const FEW_LINKS: usize = 48;

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
    let budget = Budget::of(HEAVY_STEPS_MAX.min(effort.conditions()));
    let trial = Trial { graph, budget: &budget };
    let (rows, filter): (Box<dyn Iterator<Item = EntityRow>>, _) = match trial.start_and_rest(filter) {
        Some((rows, rest)) => (Box::new(rows.into_iter()), rest),
        None => (Box::new(graph.entity_rows()), Cow::Borrowed(filter)),
    };
    let any = *filter == EntityFilter::default();
    let cost = |row: EntityRow| 1 + graph.degree(row);
    let holds = |row| any || trial.entity(&filter, row);
    let values = |row, by, found: &mut Vec<_>| entity_values(graph, row, by, found);
    let facets = count(graph, rows, cost, holds, values, (by, first), effort)?;
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
    let budget = Budget::of(HEAVY_STEPS_MAX.min(effort.conditions()));
    let trial = Trial { graph, budget: &budget };
    let rows: Box<dyn Iterator<Item = RelationRow>> = match trial.start_relations(filter) {
        Some(rows) => Box::new(rows.into_iter()),
        None => Box::new(graph.relation_rows()),
    };
    let cost = |row: RelationRow| 1 + graph.evidence_count(row);
    let values = |row, by, found: &mut Vec<_>| relation_values(graph, row, by, found);
    let facets = count(graph, rows, cost, |row| trial.relation(filter, row), values, (by, first), effort)?;
    budget.check().map(|()| facets)
}

/// A value while it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Value<'g> {
    Text(&'g str),
    Year(u16),
    Entity(EntityRow),
}

impl<'g> Value<'g> {
    fn key(self, graph: &'g Graph) -> Cow<'g, str> {
        match self {
            Self::Text(text) => text.into(),
            Self::Year(year) => year.to_string().into(),
            Self::Entity(row) => graph.entity(row).id.as_str().into(),
        }
    }
}

fn count<'g, R: Copy, B: Copy>(
    graph: &'g Graph,
    rows: impl Iterator<Item = R>,
    cost: impl Fn(R) -> usize,
    holds: impl Fn(R) -> bool,
    values: impl Fn(R, B, &mut Vec<Value<'g>>),
    (by, first): (&[B], Option<i32>),
    effort: &mut Effort,
) -> Result<Facets, Refusal> {
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, "narrow what is counted with where")?;
    let mut counts: Vec<(FxHashMap<Value<'g>, usize>, usize)> = vec![Default::default(); by.len()];
    let mut total = 0;
    let mut found = Vec::new();
    for row in rows {
        if !effort.steps(cost(row)) {
            break;
        }
        if !holds(row) {
            continue;
        }
        total += 1;
        for ((counts, missing), by) in counts.iter_mut().zip(by) {
            found.clear();
            values(row, *by, &mut found);
            found.sort_unstable();
            found.dedup();
            *missing += usize::from(found.is_empty());
            for value in found.drain(..) {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let facets = counts.into_iter().map(|(counts, missing)| top(graph, counts, missing, limit)).collect();
    Ok(Facets { total, facets, cut: Cut::of(effort), explored: effort.explored() })
}

fn top<'g>(graph: &'g Graph, counts: FxHashMap<Value<'g>, usize>, missing: usize, limit: usize) -> Facet {
    let mut values: Vec<_> = counts.into_iter().collect();
    let distinct = values.len();
    let all: usize = values.iter().map(|(_, count)| count).sum();
    // Keys are compared where counts are equal only, and of those that are listed only where some have to be left out.
    if distinct > limit {
        let (_, (_, least), _) = values.select_nth_unstable_by_key(limit, |(_, count)| Reverse(*count));
        let least = *least;
        values.retain(|(_, count)| *count >= least);
        values.sort_unstable_by_key(|(_, count)| Reverse(*count));
        let more = values.partition_point(|(_, count)| *count > least);
        let equal = &mut values[more..];
        if equal.len() > limit - more {
            equal.select_nth_unstable_by(limit - more, |(a, _), (b, _)| a.key(graph).cmp(&b.key(graph)));
        }
        values.truncate(limit);
    }
    values.sort_unstable_by(|(a, count), (b, other)| other.cmp(count).then_with(|| a.key(graph).cmp(&b.key(graph))));
    let other = all - values.iter().map(|(_, count)| count).sum::<usize>();
    let key = |value: Value<'_>| FacetKey {
        key: value.key(graph).into_owned(),
        entity: match value {
            Value::Entity(row) => Some(row),
            Value::Text(_) | Value::Year(_) => None,
        },
    };
    let values = values.into_iter().map(|(value, count)| (key(value), count)).collect();
    Facet { values, distinct, other, missing }
}

fn entity_values<'g>(graph: &'g Graph, row: EntityRow, by: EntityFacet, found: &mut Vec<Value<'g>>) {
    use RelationKind::{Addresses, Benefits, Funds, HeldIn, Implements, LocatedIn, OperatesIn};
    let ends = |kinds: &[RelationKind], direction, found: &mut Vec<Value<'g>>| {
        let mut see = |link: Link| {
            if link.step(direction).is_some() {
                found.push(Value::Entity(link.end));
            }
        };
        // To look at a few links costs less than to find those of a kind.
        match graph.degree(row) <= FEW_LINKS {
            true => graph.links(row).filter(|link| kinds.contains(&link.kind)).for_each(see),
            false => kinds.iter().for_each(|kind| graph.links_of_kind(row, *kind).for_each(&mut see)),
        }
    };
    let documents = || graph.documents_of(row).into_iter();
    match by {
        EntityFacet::Kind => found.push(Value::Text(graph.entity(row).kind.as_str())),
        EntityFacet::Country => found.extend(graph.entity(row).country.as_deref().map(Value::Text)),
        EntityFacet::Language => {
            found.extend(documents().map(|row| Value::Text(graph.document(row).language.as_str())));
        }
        EntityFacet::Year => {
            found.extend(documents().filter_map(|row| Some(Value::Year(graph.document(row).published?.year?))));
        }
        EntityFacet::RelationKind => found.extend(graph.links(row).map(|link| Value::Text(link.kind.as_str()))),
        EntityFacet::Funder => ends(&[Funds], Direction::In, found),
        EntityFacet::Implementer => ends(&[Implements], Direction::In, found),
        EntityFacet::Location => ends(&[OperatesIn, HeldIn, LocatedIn], Direction::Out, found),
        EntityFacet::Topic => ends(&[Addresses], Direction::Out, found),
        EntityFacet::Population => ends(&[Benefits], Direction::Out, found),
    }
}

fn relation_values<'g>(graph: &'g Graph, row: RelationRow, by: RelationFacet, found: &mut Vec<Value<'g>>) {
    let (subject, object) = graph.ends(row);
    let relation = graph.relation(row);
    match by {
        RelationFacet::Kind => found.push(Value::Text(relation.kind.as_str())),
        RelationFacet::Modality => found.push(Value::Text(relation.qualifiers.modality.as_str())),
        RelationFacet::Year => {
            found.extend(relation.qualifiers.date.and_then(|date| date.start.year).map(Value::Year));
        }
        RelationFacet::Language => {
            found.extend(graph.evidence(row).map(|e| Value::Text(graph.document(e.document).language.as_str())));
        }
        RelationFacet::Subject => found.push(Value::Entity(subject)),
        RelationFacet::Object => found.push(Value::Entity(object)),
        RelationFacet::SubjectKind => found.push(Value::Text(graph.entity(subject).kind.as_str())),
        RelationFacet::ObjectKind => found.push(Value::Text(graph.entity(object).kind.as_str())),
        RelationFacet::Country => {
            found.extend(
                [subject, object].iter().filter_map(|end| graph.entity(*end).country.as_deref()).map(Value::Text),
            );
        }
    }
}
