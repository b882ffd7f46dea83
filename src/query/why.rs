//! Why two entities belong together: what joins them directly, the strongest short ways between them, and what they share.
//!
//! `why(Canada, OIM)` → directly SUPPORTS and FUNDS; `Canada —FUNDS→ projet ←IMPLEMENTS— OIM`; shared: projet, atelier
//!
//! The best explanation is the most confident direct relation, when there is one, and else the strongest way of at most [`HOPS_MAX`] hops.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Direction, Effort, EntityRow, EvidenceRow, Graph, Path, PathsRequest, Step};
use crate::snapshot::Snapshot;

use super::walk::{PATH_STEPS_MAX, bounded};
use super::{Cut, PAGE_DEFAULT, PAGE_MAX, Refusal, resolve_entity};

/// How long the ways are at most.
const HOPS_MAX: usize = 4;

/// Something that two entities are both joined with.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The entity in between.
    pub entity: EntityRow,
    /// What it counts.
    pub weight: f64,
    /// The relations that join it with the one, most confident first.
    pub ours: Vec<Step>,
    /// The relations that join it with the other, most confident first.
    pub theirs: Vec<Step>,
}

/// How two entities are connected.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The two.
    pub ends: (EntityRow, EntityRow),
    /// The relations that join them, most confident first, read from the first of the two.
    pub direct: Vec<Step>,
    /// The best explanation; none when nothing of at most four hops joins the two.
    pub best: Option<Path>,
    /// The strongest statement behind each hop of the best explanation.
    pub statements: Vec<EvidenceRow>,
    /// The strongest ways of two hops and more, most confident first.
    pub paths: Vec<Path>,
    /// What both are joined with, what counts most first.
    pub shared: Vec<Shared>,
    /// What cut the lists, when they are not complete.
    pub cut: Option<Cut>,
    /// How many relations and hops were tried.
    pub explored: usize,
}

/// How two entities, by id or unique name, are connected. `first` says how many ways and how many shared entities to list.
///
/// What is shared counts the product of the best confidences on both sides, divided by the number of entities that it is joined
/// with (resource allocation: Zhou, Lü and Zhang, *Predicting missing links via local information*, 2009): a small workshop that
/// both attended says more than a country in which both work.
///
/// # Errors
/// An unknown or ambiguous entity, twice the same one, or a number beyond the limit.
pub fn why(snapshot: &Snapshot, (a, b): (&str, &str), first: Option<i32>, effort: &mut Effort) -> Result<Why, Refusal> {
    let graph = snapshot.graph();
    let (from, to) = (resolve_entity(snapshot, a)?, resolve_entity(snapshot, b)?);
    if from == to {
        return Err(Refusal::bad_input(format!("{a:?} and {b:?} are the same entity; give two")));
    }
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, "use paths with via or avoid")?;
    let (around_a, around_b) = (joined(graph, from, effort), joined(graph, to, effort));
    let direct = around_a.get(&to).cloned().unwrap_or_default();
    let mut shared = shared(graph, &around_a, &around_b, effort);
    let request = PathsRequest {
        from,
        to,
        max_hops: HOPS_MAX,
        kinds: BTreeSet::new(),
        direction: Direction::Both,
        via: BTreeSet::new(),
        avoid: BTreeSet::new(),
        // The direct way is one of them, and is listed apart.
        limit: limit + usize::from(!direct.is_empty()),
        tell_more: true,
    };
    effort.limit(PATH_STEPS_MAX);
    let found = graph.strongest_paths(&request, effort);
    let is_direct = |path: &Path| path.hops.len() == 1;
    let best = found.paths.iter().find(|path| is_direct(path)).or(found.paths.first()).cloned();
    // A direct relation is known even when the search for ways was cut, or stronger ways filled the list.
    let best = match best {
        Some(path) if is_direct(&path) || direct.is_empty() => Some(path),
        other => direct_path(from, to, &direct).or(other),
    };
    let mut paths: Vec<_> = found.paths.into_iter().filter(|path| !is_direct(path)).collect();
    let more = found.more || shared.len() > limit || paths.len() > limit;
    paths.truncate(limit);
    shared.truncate(limit);
    let statement = |hop: &crate::graph::Hop| graph.evidence(hop.step.relation).next();
    let statements = best.iter().flat_map(|path| path.hops.iter().filter_map(statement)).collect();
    let cut = if more { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Why { ends: (from, to), direct, best, statements, paths, shared, cut, explored: effort.explored() })
}

fn direct_path(from: EntityRow, to: EntityRow, direct: &[Step]) -> Option<Path> {
    let (step, alternatives) = direct.split_first()?;
    Some(Path { hops: vec![crate::graph::Hop { from, step: *step, to, alternatives: alternatives.to_vec() }] })
}

/// The entities joined with one, each with the relations that join them, most confident first.
fn joined(graph: &Graph, entity: EntityRow, effort: &mut Effort) -> BTreeMap<EntityRow, Vec<Step>> {
    let mut joined: BTreeMap<EntityRow, Vec<Step>> = BTreeMap::new();
    for link in graph.links(entity) {
        if !effort.step() {
            break;
        }
        if let Some(step) = link.step(Direction::Both).filter(|_| link.end != entity) {
            joined.entry(link.end).or_default().push(step);
        }
    }
    joined.values_mut().for_each(|steps| strongest_first(graph, steps));
    joined
}

/// The most confident first, then by id.
pub(super) fn strongest_first(graph: &Graph, steps: &mut [Step]) {
    let confidence = |step: &Step| graph.relation(step.relation).confidence;
    steps.sort_by(|a, b| {
        confidence(b).total_cmp(&confidence(a)).then_with(|| graph.compare_relations(a.relation, b.relation))
    });
}

/// The confidence of the first of several relations; nothing without any.
pub(super) fn best_confidence(graph: &Graph, steps: &[Step]) -> f64 {
    steps.first().map_or(0.0, |step| f64::from(graph.relation(step.relation).confidence))
}

fn shared(
    graph: &Graph,
    ours: &BTreeMap<EntityRow, Vec<Step>>,
    theirs: &BTreeMap<EntityRow, Vec<Step>>,
    effort: &mut Effort,
) -> Vec<Shared> {
    let mut both: Vec<_> = ours.iter().filter_map(|(entity, ours)| Some((entity, ours, theirs.get(entity)?))).collect();
    // What few share counts most: a search that is cut loses the little first.
    both.sort_by(|(a, ..), (b, ..)| graph.degree(**a).cmp(&graph.degree(**b)).then(graph.compare_entities(**a, **b)));
    let mut shared = Vec::new();
    for (entity, ours, theirs) in both {
        if !effort.steps(graph.degree(*entity)) {
            break;
        }
        let others: BTreeSet<_> = graph.links(*entity).map(|link| link.end).collect();
        let weight = best_confidence(graph, ours) * best_confidence(graph, theirs) / others.len() as f64;
        shared.push(Shared { entity: *entity, weight, ours: ours.clone(), theirs: theirs.clone() });
    }
    shared.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| graph.compare_entities(a.entity, b.entity)));
    shared
}
