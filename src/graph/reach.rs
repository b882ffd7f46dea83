//! How far entities are from the goal of a path, and the shortest ways to it: breadth first, from both ends.
//!
//! *Canada to the workshop* → 2 hops, over the project · the goal's side stays, for longer paths to be found with it
//!
//! In each turn the side whose edge is smaller goes one hop further. When both meet, after as many hops as the shortest ways have, what
//! lies on them is told from what does not by going back from where they met. So a search through a network of hubs looks at their
//! neighbours from both sides to half the depth, in place of all that the goal leads to.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

use super::paths::PathsRequest;
use super::{Direction, Effort, EntityRow, Graph};

/// What is within so many hops of an entity.
pub(super) struct Reach {
    pub(super) distances: FxHashMap<EntityRow, usize>,
    /// The entities that are the furthest from it, and how far that is.
    edge: Vec<EntityRow>,
    hops: usize,
}

/// The shortest ways between two entities.
pub(super) struct Shortest {
    /// How many hops they have.
    pub(super) length: usize,
    /// How far what lies on them is from the goal, as far as `reach` does not say it.
    pub(super) between: FxHashMap<EntityRow, usize>,
    /// What is near the goal, on them or not.
    pub(super) reach: Reach,
}

impl Reach {
    pub(super) fn of(entity: EntityRow) -> Self {
        Self { distances: FxHashMap::from_iter([(entity, 0)]), edge: vec![entity], hops: 0 }
    }

    /// Goes on from the goal until all within so many hops are known; whether the effort was enough.
    pub(super) fn widen(&mut self, graph: &Graph, request: &PathsRequest, hops: usize, effort: &mut Effort) -> bool {
        while self.hops < hops && !self.edge.is_empty() {
            if !self.further(graph, request, request.direction.reversed(), effort, |_| {}) {
                return false;
            }
        }
        true
    }

    /// Goes one hop further, and tells of all that is new; whether the effort was enough.
    fn further(
        &mut self,
        graph: &Graph,
        request: &PathsRequest,
        direction: Direction,
        effort: &mut Effort,
        mut tell: impl FnMut(EntityRow),
    ) -> bool {
        self.hops += 1;
        for entity in std::mem::take(&mut self.edge) {
            // No path leads through its start.
            if entity == request.from && self.hops > 1 {
                continue;
            }
            for (_, to) in graph.steps(entity, &request.kinds, direction) {
                if !effort.step() {
                    return false;
                }
                if !request.avoid.contains(&to)
                    && let Entry::Vacant(new) = self.distances.entry(to)
                {
                    new.insert(self.hops);
                    self.edge.push(to);
                    tell(to);
                }
            }
        }
        true
    }
}

/// The shortest ways between the ends of a request; none when there is no path within its hops, or the effort was not enough.
pub(super) fn shortest(graph: &Graph, request: &PathsRequest, effort: &mut Effort) -> Option<Shortest> {
    let (mut start, mut goal) = (Reach::of(request.from), Reach::of(request.to));
    let mut met: FxHashSet<EntityRow> = FxHashSet::default();
    while met.is_empty() {
        if start.edge.is_empty() || goal.edge.is_empty() || start.hops + goal.hops == request.max_hops {
            return None;
        }
        let (side, other, direction) = if start.edge.len() < goal.edge.len() {
            (&mut start, &goal, request.direction)
        } else {
            (&mut goal, &start, request.direction.reversed())
        };
        let meet = |to| met.extend(other.distances.contains_key(&to).then_some(to));
        if !side.further(graph, request, direction, effort, meet) {
            return None;
        }
    }
    let length = start.hops + goal.hops;
    let mut between = FxHashMap::default();
    let mut last: Vec<EntityRow> = met.into_iter().collect();
    for from_start in (1..start.hops).rev() {
        for entity in std::mem::take(&mut last) {
            for (_, before) in graph.steps(entity, &request.kinds, request.direction.reversed()) {
                if !effort.step() {
                    return None;
                }
                if start.distances.get(&before) == Some(&from_start)
                    && between.insert(before, length - from_start).is_none()
                {
                    last.push(before);
                }
            }
        }
    }
    Some(Shortest { length, between, reach: goal })
}
