//! Typed chains: all ways to lay a pattern of entities and relations over the graph.
//!
//! `[Organization]-FUNDS->[Project]-OPERATES_IN->[Country {name: "Sénégal"}]` → one row for each funder, project and pair of relations
//!
//! In one row no relation stands twice, and a variable that is used twice stands for one entity; otherwise an entity may come back. The
//! search starts at the most selective entity of the pattern, so a chain costs what hangs on that. Rows come in the order of the search, which
//! follows from what the graph holds: by the id of that entity, then hop by hop to its right and then to its left by relation kind,
//! confidence (highest first) and the other end's id.

mod parse;

use std::collections::BTreeSet;

use crate::graph::{Direction, Effort, EntityRow, Graph, Step};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::budget::{Budget, HEAVY_STEPS_MAX};
use super::filter::Filter;
use super::holds::Trial;
use super::walk::bounded;
use super::{Cut, EntityFilter, EntityKey, PAGE_DEFAULT, PAGE_MAX, Refusal, RelationFilter, find_entity};

pub use parse::parse_chain;

/// How many hops a chain has at most.
pub const CHAIN_HOPS_MAX: usize = 6;

/// How many entities and relations are tried at most.
const STEPS_MAX: usize = 20_000_000;

/// A place of a chain where an entity stands. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChainEntity {
    /// Of one of these kinds; none: of any.
    pub kinds: BTreeSet<EntityKind>,
    /// The entity with this id (ids that were merged away count).
    pub id: Option<String>,
    /// An entity with this name or alias, in any case and with or without accents and article.
    pub name: Option<String>,
    /// Lying in or belonging to the country with this ISO 3166-1 code.
    pub country: Option<String>,
    /// What else must hold.
    pub filter: Option<EntityFilter>,
    /// What to call it; a name that is used twice stands for one entity.
    pub variable: Option<String>,
}

/// The way from one place of a chain to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChainHop {
    /// Relation kinds; none: all.
    pub kinds: BTreeSet<RelationKind>,
    /// The direction, read from left to right.
    pub direction: Direction,
    /// What else must hold of the relation.
    pub filter: Option<RelationFilter>,
    /// What to call it.
    pub variable: Option<String>,
    /// The entity that it leads to.
    pub to: ChainEntity,
}

/// Entities and relations in turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// The first entity.
    pub start: ChainEntity,
    /// What follows.
    pub hops: Vec<ChainHop>,
}

impl Chain {
    fn entity(&self, at: usize) -> &ChainEntity {
        if at == 0 { &self.start } else { &self.hops[at - 1].to }
    }

    /// The entities of the chain, in order.
    pub fn entities(&self) -> impl Iterator<Item = &ChainEntity> {
        std::iter::once(&self.start).chain(self.hops.iter().map(|hop| &hop.to))
    }
}

/// One way to lay a chain over the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainRow {
    /// The entities, in the order of the chain.
    pub entities: Vec<EntityRow>,
    /// The relations between them, read from left to right; one fewer.
    pub steps: Vec<Step>,
}

/// The ways to lay a chain over the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chains {
    /// The ways.
    pub rows: Vec<ChainRow>,
    /// What cut the list, when it is not complete.
    pub cut: Option<Cut>,
    /// How many entities and relations were tried.
    pub explored: usize,
}

/// The ways to lay a chain over the graph.
///
/// # Errors
/// A chain without hops or with too many, an unknown id, a variable of a relation that is used twice, a number beyond the limit.
pub fn match_chain(
    snapshot: &Snapshot,
    chain: &Chain,
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Chains, Refusal> {
    let graph = snapshot.graph();
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, "make the pattern more specific")?;
    check(chain)?;
    chain.entities().filter_map(|place| place.filter.as_ref()).try_for_each(Filter::check)?;
    chain.hops.iter().filter_map(|hop| hop.filter.as_ref()).try_for_each(Filter::check)?;
    let only = chain.entities().map(|place| only(snapshot, place)).collect::<Result<Vec<_>, _>>()?;
    let anchor = (0..only.len()).min_by_key(|at| (count(graph, chain.entity(*at), &only[*at]), *at)).unwrap_or(0);
    let budget = Budget::of(HEAVY_STEPS_MAX);
    let trial = Trial { graph, budget: &budget };
    let row = Row::of(chain);
    let mut search = Search { graph, trial, chain, only, anchor, limit, row, rows: Vec::new(), more: false };
    effort.limit(STEPS_MAX);
    search.start(effort);
    budget.check()?;
    let cut = if search.more { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Chains { rows: search.rows, cut, explored: effort.explored() })
}

/// The product of the confidences of a row's relations.
pub fn row_confidence(snapshot: &Snapshot, row: &ChainRow) -> f64 {
    row.steps.iter().map(|step| f64::from(snapshot.graph().relation(step.relation).confidence)).product()
}

/// A row in one line: `Canada —FUNDS→ projet régional —OPERATES_IN→ Sénégal`.
pub fn row_text(snapshot: &Snapshot, row: &ChainRow) -> String {
    let graph = snapshot.graph();
    let mut names = row.entities.iter().map(|row| graph.entity(*row).name.as_str());
    let start = names.next().unwrap_or_default().to_string();
    row.steps.iter().zip(names).fold(start, |text, (step, name)| {
        let kind = graph.relation(step.relation).kind;
        if step.forward { format!("{text} —{kind}→ {name}") } else { format!("{text} ←{kind}— {name}") }
    })
}

fn check(chain: &Chain) -> Result<(), Refusal> {
    match chain.hops.len() {
        0 => return Err(Refusal::bad_input("a pattern has at least one relation; use entities to list entities")),
        hops if hops > CHAIN_HOPS_MAX => {
            let way_round = "match it in two parts over an entity in between";
            return Err(Refusal::limit("the number of relations in the pattern", hops, CHAIN_HOPS_MAX, way_round));
        }
        _ => {}
    }
    let mut seen: BTreeSet<&str> = chain.entities().filter_map(|place| place.variable.as_deref()).collect();
    match chain.hops.iter().filter_map(|hop| hop.variable.as_deref()).find(|variable| !seen.insert(variable)) {
        Some(variable) => Err(Refusal::bad_input(format!(
            "the variable {variable:?} of a relation is used twice; give it another name"
        ))),
        None => Ok(()),
    }
}

/// The only entities that may stand at a place, when it names some; by id.
fn only(snapshot: &Snapshot, place: &ChainEntity) -> Result<Option<Vec<EntityRow>>, Refusal> {
    let graph = snapshot.graph();
    let by_id = place.id.as_ref().map(|id| {
        let found = find_entity(snapshot, &EntityKey::Id(id.clone()))?;
        found.map(|row| vec![row]).ok_or_else(|| Refusal::not_found("entity with the id", id))
    });
    let by_name = place.name.as_ref().map(|name| super::find::find_named(snapshot, name));
    Ok(match (by_id.transpose()?, by_name) {
        (Some(ids), Some(named)) => Some(ids.into_iter().filter(|row| named.contains(row)).collect()),
        (ids, named) => ids.or(named).map(|mut rows| {
            rows.sort_by(|a, b| graph.compare_entities(*a, *b));
            rows
        }),
    })
}

/// How many entities may stand at a place, as far as that is known beforehand.
fn count(graph: &Graph, place: &ChainEntity, only: &Option<Vec<EntityRow>>) -> usize {
    let of_kind = |kind| graph.entity_counts().get(kind).copied().unwrap_or(0);
    match only {
        Some(rows) => rows.len(),
        None if place.kinds.is_empty() => graph.entity_count(),
        None => place.kinds.iter().map(of_kind).sum(),
    }
}

/// What is laid so far.
struct Row {
    entities: Vec<Option<EntityRow>>,
    steps: Vec<Option<Step>>,
}

impl Row {
    fn of(chain: &Chain) -> Self {
        Self { entities: vec![None; chain.hops.len() + 1], steps: vec![None; chain.hops.len()] }
    }
}

struct Search<'q> {
    graph: &'q Graph,
    trial: Trial<'q>,
    chain: &'q Chain,
    only: Vec<Option<Vec<EntityRow>>>,
    anchor: usize,
    limit: usize,
    row: Row,
    rows: Vec<ChainRow>,
    more: bool,
}

impl Search<'_> {
    fn start(&mut self, effort: &mut Effort) {
        let graph = self.graph;
        let listed = self.only[self.anchor].clone();
        let mut all = graph.entity_rows();
        let mut listed = listed.map(Vec::into_iter);
        while let Some(entity) = listed.as_mut().map_or_else(|| all.next(), Iterator::next) {
            if !effort.step() {
                return;
            }
            if self.fits(self.anchor, entity) {
                self.row.entities[self.anchor] = Some(entity);
                let going = self.go_on(1, effort);
                self.row.entities[self.anchor] = None;
                if !going {
                    return;
                }
            }
        }
    }

    /// Lays the next place, when so many are laid: to the right of the anchor first, then to its left. `false` when the search is over.
    fn go_on(&mut self, laid: usize, effort: &mut Effort) -> bool {
        let (chain, graph) = (self.chain, self.graph);
        if laid > chain.hops.len() {
            return self.keep();
        }
        let rightwards = self.anchor + laid < self.row.entities.len();
        let (from, to) = match rightwards {
            true => (self.anchor + laid - 1, self.anchor + laid),
            false => (chain.hops.len() + 1 - laid, chain.hops.len() - laid),
        };
        let hop = &chain.hops[from.min(to)];
        let Some(start) = self.row.entities[from] else { return true };
        let direction = if rightwards { hop.direction } else { hop.direction.reversed() };
        // A relation from an entity to itself is listed twice around it.
        let mut own = BTreeSet::new();
        for (step, end) in graph.steps(start, &hop.kinds, direction) {
            if !effort.step() {
                return false;
            }
            let again = end == start && !own.insert(step.relation);
            let used = self.row.steps.iter().flatten().any(|other| other.relation == step.relation);
            let holds = |filter: &RelationFilter| self.trial.relation(filter, step.relation);
            if again || used || !hop.filter.as_ref().is_none_or(holds) || !self.fits(to, end) {
                continue;
            }
            let left = if rightwards { start } else { end };
            self.row.steps[from.min(to)] = graph.step(left, step.relation, Direction::Both);
            self.row.entities[to] = Some(end);
            let going = self.go_on(laid + 1, effort);
            self.row.entities[to] = None;
            self.row.steps[from.min(to)] = None;
            if !going {
                return false;
            }
        }
        true
    }

    /// Whether an entity may stand at a place, beside those that are laid.
    fn fits(&self, at: usize, row: EntityRow) -> bool {
        let place = self.chain.entity(at);
        let entity = self.graph.entity(row);
        let same = |(other, laid): (&ChainEntity, &Option<EntityRow>)| {
            place.variable.is_none() || other.variable != place.variable || laid.is_none_or(|laid| laid == row)
        };
        let country = |code: &String| entity.country.as_ref().is_some_and(|c| c.eq_ignore_ascii_case(code));
        (place.kinds.is_empty() || place.kinds.contains(&entity.kind))
            && self.only[at].as_ref().is_none_or(|rows| rows.contains(&row))
            && place.country.as_ref().is_none_or(country)
            && self.chain.entities().zip(&self.row.entities).all(same)
            && place.filter.as_ref().is_none_or(|filter| self.trial.entity(filter, row))
    }

    fn keep(&mut self) -> bool {
        self.more = self.rows.len() == self.limit;
        if !self.more {
            let entities = self.row.entities.iter().copied().flatten().collect();
            let steps = self.row.steps.iter().copied().flatten().collect();
            self.rows.push(ChainRow { entities, steps });
        }
        !self.more
    }
}
