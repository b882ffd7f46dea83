//! What lies around an entity: breadth first, so that the nearest come first.
//!
//! `neighborhood(Canada, max_hops: 2)` → projet (1 hop, by FUNDS), atelier (2 hops, by PART_OF)
//!
//! Bounded by the number of entities listed; an answer that was cut says so and says how much was explored.

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::FxHashSet;

use crate::model::RelationKind;

use super::{Direction, EntityRow, Graph, Hop};

/// What to list around an entity.
#[derive(Clone, Debug)]
pub struct NeighborhoodRequest {
    /// The entity in the middle.
    pub start: EntityRow,
    /// How far to go.
    pub max_hops: usize,
    /// The relation kinds to follow; empty means all.
    pub kinds: BTreeSet<RelationKind>,
    /// The direction to follow them in.
    pub direction: Direction,
    /// How many entities to list at most.
    pub limit: usize,
    /// Whether to find what else joins the two ends of a hop: it may stand anywhere among all that they have, so that the search then costs
    /// more than what it lists.
    pub alternatives: bool,
}

/// An entity near the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// How many hops away it is, at least 1.
    pub hops: usize,
    /// The hop by which it was first reached.
    pub last: Hop,
}

/// The entities around one, nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighborhood {
    /// The entities, nearest first, each once; the start is not among them.
    pub neighbors: Vec<Neighbor>,
    /// Whether everything within the hops asked for is listed.
    pub complete: bool,
    /// How many entities were visited.
    pub explored: usize,
}

impl Graph {
    /// The entities within some hops of one.
    pub fn neighborhood(&self, request: &NeighborhoodRequest) -> Neighborhood {
        let mut seen = FxHashSet::from_iter([request.start]);
        let mut queue = VecDeque::from([(request.start, 0)]);
        let mut neighbors = Vec::new();
        while let Some((entity, hops)) = queue.pop_front() {
            if hops == request.max_hops {
                continue;
            }
            // Of so many at least one more than fits is new, when there are so many.
            let most = seen.len() + request.limit - neighbors.len() + 1;
            let next: Box<dyn Iterator<Item = Hop>> = match request.alternatives {
                true => Box::new(self.best_hops(entity, &request.kinds, request.direction, most).into_iter()),
                false => Box::new(self.hops(entity, &request.kinds, request.direction)),
            };
            for last in next {
                if !seen.insert(last.to) {
                    continue;
                }
                if neighbors.len() == request.limit {
                    return Neighborhood { neighbors, complete: false, explored: seen.len() };
                }
                queue.push_back((last.to, hops + 1));
                neighbors.push(Neighbor { hops: hops + 1, last });
            }
        }
        Neighborhood { neighbors, complete: true, explored: seen.len() }
    }
}
