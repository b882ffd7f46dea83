//! Some entities, what lies around them, and every relation among all of these: what a drawing needs, in one answer.
//!
//! `subgraph([Canada, Dakar], max_hops: 1)` → Canada, Dakar, the project, the workshop …, and the relations between any two of them
//!
//! Entities come nearest first: those that were asked for, then what is one hop away, and so on; within a distance by the confidence of the
//! relation that leads there (highest first), then by id. Relations come by confidence (highest first), then by id.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::graph::{Direction, Effort, EntityRow, RelationRow};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::walk::bounded;
use super::{Cut, NEIGHBORHOOD_HOPS_MAX, PAGE_MAX, Refusal, resolve_entity};

/// How many entities a subgraph has at most.
pub const SUBGRAPH_ENTITIES_MAX: usize = 500;
/// How many relations a subgraph has at most.
pub const SUBGRAPH_RELATIONS_MAX: usize = 2_000;

/// What to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubgraphQuestion {
    /// Entities, by id or unique name.
    pub ids: Vec<String>,
    /// How far around them to go; 0 for not at all.
    pub max_hops: i32,
    /// The kinds of the entities around them; none: all.
    pub kinds: Vec<EntityKind>,
    /// The kinds of the relations to walk and to give; none: all.
    pub relation_kinds: Vec<RelationKind>,
    /// How many entities at most.
    pub first: Option<i32>,
}

/// A part of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subgraph {
    /// The entities, each with its distance to the nearest one that was asked for.
    pub entities: Vec<(EntityRow, usize)>,
    /// The relations among them.
    pub relations: Vec<RelationRow>,
    /// What cut it, when it is not complete.
    pub cut: Option<Cut>,
    /// How many relations were looked at.
    pub explored: usize,
}

/// Entities, what lies around them, and the relations among all of these.
///
/// # Errors
/// An unknown or ambiguous entity; too many of them, too many hops, a number beyond the limit.
pub fn subgraph(snapshot: &Snapshot, question: &SubgraphQuestion, effort: &mut Effort) -> Result<Subgraph, Refusal> {
    let graph = snapshot.graph();
    if question.ids.is_empty() {
        return Err(Refusal::bad_input("ids is empty; give at least one entity"));
    }
    if question.ids.len() > PAGE_MAX {
        return Err(Refusal::limit("the number of ids", question.ids.len(), PAGE_MAX, "draw several subgraphs"));
    }
    let max_hops = match question.max_hops {
        0 => 0,
        hops => bounded("maxHops", hops, NEIGHBORHOOD_HOPS_MAX, "add the ids of entities further away")?,
    };
    let first = question.first.unwrap_or(PAGE_MAX as i32);
    let limit = bounded("first", first, SUBGRAPH_ENTITIES_MAX, "narrow it with kinds, relationKinds or maxHops")?;
    let kinds: BTreeSet<_> = question.relation_kinds.iter().copied().collect();
    let mut entities = Vec::new();
    let mut seen = HashSet::new();
    for id in &question.ids {
        let row = resolve_entity(snapshot, id)?;
        if seen.insert(row) {
            entities.push((row, 0));
        }
    }
    let mut more = entities.len() > limit;
    entities.truncate(limit);
    let mut layer = 0;
    for hops in 1..=max_hops {
        let mut reached: HashMap<EntityRow, f32> = HashMap::new();
        'walk: for (from, _) in &entities[layer..] {
            for (step, to) in graph.steps(*from, &kinds, Direction::Both) {
                if !effort.step() {
                    break 'walk;
                }
                let wanted = question.kinds.is_empty() || question.kinds.contains(&graph.entity(to).kind);
                if wanted && !seen.contains(&to) {
                    let best = reached.entry(to).or_default();
                    *best = best.max(graph.relation(step.relation).confidence);
                }
            }
        }
        let mut reached: Vec<_> = reached.into_iter().collect();
        reached.sort_by(|(a, sure), (b, other)| other.total_cmp(sure).then_with(|| graph.compare_entities(*a, *b)));
        layer = entities.len();
        let room = limit - entities.len();
        more |= reached.len() > room;
        for (row, _) in reached.into_iter().take(room) {
            seen.insert(row);
            entities.push((row, hops));
        }
        if layer == entities.len() {
            break;
        }
    }
    let drawn: HashSet<_> = entities.iter().map(|(row, _)| *row).collect();
    let mut relations = BTreeSet::new();
    'among: for (from, _) in &entities {
        for (step, to) in graph.steps(*from, &kinds, Direction::Both) {
            if !effort.step() {
                break 'among;
            }
            if drawn.contains(&to) {
                relations.insert(step.relation);
            }
        }
    }
    let mut relations: Vec<_> = relations.into_iter().collect();
    let confidence = |row: &RelationRow| graph.relation(*row).confidence;
    relations.sort_by(|a, b| confidence(b).total_cmp(&confidence(a)).then_with(|| graph.compare_relations(*a, *b)));
    let many = relations.len() > SUBGRAPH_RELATIONS_MAX;
    relations.truncate(SUBGRAPH_RELATIONS_MAX);
    let cut = match (more, many) {
        (true, _) => Some(Cut::First),
        (_, true) => Some(Cut::Relations),
        _ => Cut::of(effort),
    };
    Ok(Subgraph { entities, relations, cut, explored: effort.explored() })
}
