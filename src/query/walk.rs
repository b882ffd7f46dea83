//! Questions over several hops: what lies around an entity, and how two entities are connected.
//!
//! `paths(snapshot, "Canada" → "atelier de Dakar")` → `Canada —FUNDS→ projet ←PART_OF— atelier de Dakar`, complete
//!
//! An id that the graph does not know is refused; two entities that nothing connects get an empty, complete answer.

use std::collections::BTreeSet;

use crate::graph::{Direction, Effort, EntityRow, Exhausted, Neighbor, NeighborhoodRequest, Path, PathsRequest};
use crate::model::RelationKind;
use crate::snapshot::Snapshot;

use super::{PAGE_DEFAULT, PAGE_MAX, Refusal, resolve_entity};

/// How long paths are at most.
pub const PATH_HOPS_MAX: usize = 8;
/// How far a neighbourhood reaches at most.
pub const NEIGHBORHOOD_HOPS_MAX: usize = 6;

/// How many relations and hops a search for paths tries at most; what it remembers grows with them.
pub(super) const PATH_STEPS_MAX: usize = 2_000_000;

/// What cut an answer short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// `first`: more exists than was asked for.
    First,
    /// The search had taken as many steps as it may.
    Explored,
    /// The search had taken as long as it may.
    Time,
    /// More relations exist than one answer gives.
    Relations,
}

impl Cut {
    /// What an effort cut, if it is over.
    pub(super) fn of(effort: &Effort) -> Option<Self> {
        effort.over().map(|over| match over {
            Exhausted::Steps => Self::Explored,
            Exhausted::Time => Self::Time,
        })
    }
}

/// The entities around one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighborhood {
    /// The entity in the middle.
    pub start: EntityRow,
    /// The entities, nearest first.
    pub neighbors: Vec<Neighbor>,
    /// What cut the list, when it is not complete.
    pub cut: Option<Cut>,
    /// How many entities were visited.
    pub explored: usize,
}

/// What is asked about the entities around one.
#[derive(Clone, Debug)]
pub struct NeighborhoodQuestion {
    /// The entity in the middle, by id or unique name.
    pub start: String,
    /// How far to go.
    pub max_hops: i32,
    /// The relation kinds to follow; empty means all.
    pub kinds: Vec<RelationKind>,
    /// The direction to follow them in.
    pub direction: Direction,
    /// How many entities to list at most.
    pub first: Option<i32>,
    /// Whether somebody asks what else joins the ends of a hop.
    pub alternatives: bool,
}

impl NeighborhoodQuestion {
    /// The first so many entities within some hops of one, over all relations, without alternatives.
    pub fn around(start: impl Into<String>, max_hops: i32, first: i32) -> Self {
        let (kinds, direction) = (Vec::new(), Direction::Both);
        Self { start: start.into(), max_hops, kinds, direction, first: Some(first), alternatives: false }
    }
}

/// The entities within some hops of one.
///
/// # Errors
/// An unknown or ambiguous entity; hops or a number of entities beyond the limit.
pub fn neighborhood(snapshot: &Snapshot, question: &NeighborhoodQuestion) -> Result<Neighborhood, Refusal> {
    let start = resolve_entity(snapshot, &question.start)?;
    let way_round = "ask again from one of the entities found";
    let max_hops = bounded("maxHops", question.max_hops, NEIGHBORHOOD_HOPS_MAX, way_round)?;
    let first = question.first.unwrap_or(PAGE_DEFAULT as i32);
    let limit = bounded("first", first, PAGE_MAX, "narrow it with kinds, direction or maxHops")?;
    let kinds = question.kinds.iter().copied().collect();
    let NeighborhoodQuestion { direction, alternatives, .. } = *question;
    let request = NeighborhoodRequest { start, max_hops, kinds, direction, limit, alternatives };
    let found = snapshot.graph().neighborhood(&request);
    let cut = (!found.complete).then_some(Cut::First);
    Ok(Neighborhood { start, neighbors: found.neighbors, cut, explored: found.explored })
}

/// Which of several paths comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathOrder {
    /// The shortest; of equally long ones that whose first hop is more confident, then whose second …
    #[default]
    Hops,
    /// The one with the highest product of confidences; of equal ones the shortest, then by the ids of the entities on the way.
    Confidence,
}

/// How two entities are asked to be connected; entities by id or unique name.
#[derive(Clone, Debug, Default)]
pub struct PathQuestion {
    /// Where paths start.
    pub from: String,
    /// Where they end.
    pub to: String,
    /// How many hops they have at most.
    pub max_hops: i32,
    /// The relation kinds to follow; empty means all.
    pub kinds: Vec<RelationKind>,
    /// Entities that every path passes through, in any order.
    pub via: Vec<String>,
    /// Entities that no path passes through.
    pub avoid: Vec<String>,
    /// The direction of every hop, seen from the start.
    pub direction: Direction,
    /// Which come first.
    pub by: PathOrder,
    /// How many paths to list at most.
    pub first: Option<i32>,
    /// Whether nobody asks if there are more, nor how much was tried: the search then ends with the last path that is listed.
    pub alone: bool,
}

/// Paths, in the order asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The paths.
    pub paths: Vec<Path>,
    /// What cut the list, when it is not complete.
    pub cut: Option<Cut>,
    /// How many relations and hops were tried.
    pub explored: usize,
}

/// The simple paths between two entities.
///
/// A hop leads from one entity to another by any number of relations of the kinds and in the direction asked for; it counts once, with
/// the most confident of them, and the others are its alternatives. An entity's relation to itself is no hop.
///
/// # Errors
/// An unknown or ambiguous entity, twice the same end, an end that is to be avoided; hops or a number of paths beyond the limit.
pub fn paths(snapshot: &Snapshot, question: &PathQuestion, effort: &mut Effort) -> Result<Paths, Refusal> {
    let all =
        |names: &[String]| names.iter().map(|name| resolve_entity(snapshot, name)).collect::<Result<BTreeSet<_>, _>>();
    let (from, to) = (resolve_entity(snapshot, &question.from)?, resolve_entity(snapshot, &question.to)?);
    let (via, avoid) = (all(&question.via)?, all(&question.avoid)?);
    if from == to {
        return Err(Refusal::bad_input("from and to are the same entity; use neighborhood to see what lies around it"));
    }
    if let Some(row) = [from, to].iter().chain(&via).find(|row| avoid.contains(row)) {
        let id = &snapshot.graph().entity(*row).id;
        return Err(Refusal::bad_input(format!("{id} stands in avoid, but also in from, to or via")));
    }
    let way_round = "search in two parts over an entity in between";
    let max_hops = bounded("maxHops", question.max_hops, PATH_HOPS_MAX, way_round)?;
    let limit = bounded(
        "first",
        question.first.unwrap_or(PAGE_DEFAULT as i32),
        PAGE_MAX,
        "narrow it with relationKinds, via or avoid",
    )?;
    let kinds = question.kinds.iter().copied().collect();
    let direction = question.direction;
    let tell_more = !question.alone;
    let request = PathsRequest { from, to, max_hops, kinds, direction, via, avoid, limit, tell_more };
    effort.limit(PATH_STEPS_MAX);
    let found = match question.by {
        PathOrder::Hops => snapshot.graph().paths(&request, effort),
        PathOrder::Confidence => snapshot.graph().strongest_paths(&request, effort),
    };
    let cut = if found.more { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Paths { paths: found.paths, cut, explored: found.explored })
}

/// The product of the confidences of a path's relations.
pub fn path_confidence(snapshot: &Snapshot, path: &Path) -> f64 {
    path.hops.iter().map(|hop| f64::from(snapshot.graph().relation(hop.step.relation).confidence)).product()
}

/// A path in one line: `Canada —FUNDS→ projet régional ←PART_OF— atelier de Dakar`.
pub fn path_text(snapshot: &Snapshot, path: &Path) -> String {
    let graph = snapshot.graph();
    let start = path.hops.first().map(|hop| graph.entity(hop.from).name.as_str()).unwrap_or_default();
    path.hops.iter().fold(start.to_string(), |text, hop| {
        let kind = graph.relation(hop.step.relation).kind;
        let to = &graph.entity(hop.to).name;
        if hop.step.forward { format!("{text} —{kind}→ {to}") } else { format!("{text} ←{kind}— {to}") }
    })
}

pub(super) fn bounded(name: &str, given: i32, most: usize, way_round: &str) -> Result<usize, Refusal> {
    match usize::try_from(given) {
        Ok(size) if size > most => Err(Refusal::limit(name, given, most, way_round)),
        Ok(size) if size > 0 => Ok(size),
        _ => Err(Refusal::bad_input(format!("{name} is {given}, but must be at least 1"))),
    }
}

/// Everything within some hops of an entity, as far as one page goes.
pub fn around(start: EntityRow, max_hops: usize) -> NeighborhoodRequest {
    let (kinds, direction) = (BTreeSet::new(), Direction::Both);
    NeighborhoodRequest { start, max_hops, kinds, direction, limit: PAGE_MAX, alternatives: false }
}
