//! How far entities are from the goal of a path, and the shortest ways to it: breadth first, from both ends.
//!
//! *Canada to the workshop* → 2 hops, over the project · the goal's side stays, for longer paths to be found with it
//!
//! In each turn the side whose edge has fewer links goes one hop further. When both meet, after as many hops as the shortest ways have, what
//! lies on them is told from what does not by going back over the links that led to where they met. So a search through a network of hubs looks at
//! their neighbours from both sides to half the depth, in place of all that the goal leads to. Distances stand in a byte for each entity of the
//! graph: most of a search is asking whether an entity is known already.

use rustc_hash::FxHashMap;
use std::ops::ControlFlow;

use super::paths::{HOPS_MAX, PathsRequest};
use super::{Direction, Effort, EntityRow, Graph};

/// How many hops entities are from one of them, as far as that is known.
pub(super) struct Distances(Vec<u8>);

impl Distances {
    fn of(graph: &Graph) -> Self {
        // Nothing is written to memory before it is used.
        Self(vec![0; graph.entities.len()])
    }

    /// How far an entity is, if that is known.
    pub(super) fn get(&self, entity: EntityRow) -> Option<usize> {
        let kept = *self.0.get(entity.position())?;
        usize::from(kept).checked_sub(1)
    }

    /// Takes down how far an entity is.
    fn set(&mut self, entity: EntityRow, hops: usize) {
        // No path has more hops, so that one more is a byte still.
        self.0[entity.position()] = hops.min(HOPS_MAX) as u8 + 1;
    }
}

/// What is within so many hops of an entity.
pub(super) struct Reach {
    pub(super) distances: Distances,
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
    pub(super) fn of(graph: &Graph, entity: EntityRow) -> Self {
        let mut distances = Distances::of(graph);
        distances.set(entity, 0);
        Self { distances, edge: vec![entity], hops: 0 }
    }

    /// Goes on from the goal until all within so many hops are known; whether the effort was enough.
    pub(super) fn widen(&mut self, graph: &Graph, request: &PathsRequest, hops: usize, effort: &mut Effort) -> bool {
        while self.hops < hops && !self.edge.is_empty() {
            if !self.further(graph, request, request.direction.reversed(), effort, |_, _| {}) {
                return false;
            }
        }
        true
    }

    /// Goes one hop further, and tells of all links that lead to what is as far as that; whether the effort was enough.
    fn further(
        &mut self,
        graph: &Graph,
        request: &PathsRequest,
        direction: Direction,
        effort: &mut Effort,
        mut tell: impl FnMut(EntityRow, EntityRow),
    ) -> bool {
        self.hops += 1;
        for entity in std::mem::take(&mut self.edge) {
            // No path leads through its start.
            if entity == request.from && self.hops > 1 {
                continue;
            }
            let went = graph.try_links(entity, &request.kinds, |link| {
                if link.step(direction).is_none() {
                    return ControlFlow::Continue(());
                }
                if !effort.step() {
                    return ControlFlow::Break(());
                }
                let to = link.end;
                match self.distances.get(to) {
                    None if request.avoid.contains(&to) => {}
                    None => {
                        self.distances.set(to, self.hops);
                        self.edge.push(to);
                        tell(entity, to);
                    }
                    Some(hops) if hops == self.hops => tell(entity, to),
                    Some(_) => {}
                }
                ControlFlow::Continue(())
            });
            if went.is_break() {
                return false;
            }
        }
        true
    }

    /// Whether its edge has fewer links than that of another, without counting those of the larger to the end.
    fn is_lighter(&self, other: &Self, graph: &Graph) -> bool {
        let (few, many) = if self.edge.len() < other.edge.len() { (self, other) } else { (other, self) };
        let links: usize = few.edge.iter().map(|entity| graph.degree(*entity)).sum();
        let mut left = links;
        let is_more = |entity: &EntityRow| {
            let degree = graph.degree(*entity);
            let more = degree > left;
            left = left.saturating_sub(degree);
            more
        };
        many.edge.iter().any(is_more) == std::ptr::eq(few, self)
    }
}

/// The shortest ways between the ends of a request; none when there is no path within its hops, or the effort was not enough.
pub(super) fn shortest(graph: &Graph, request: &PathsRequest, effort: &mut Effort) -> Option<Shortest> {
    let (mut start, mut goal) = (Reach::of(graph, request.from), Reach::of(graph, request.to));
    // The links from the start's side on, by how far from it they end.
    let mut links: Vec<Vec<(EntityRow, EntityRow)>> = vec![Vec::new()];
    let mut met = false;
    while !met {
        if start.edge.is_empty() || goal.edge.is_empty() || start.hops + goal.hops == request.max_hops.min(HOPS_MAX) {
            return None;
        }
        let went = if start.is_lighter(&goal, graph) {
            let mut new = Vec::new();
            let went = start.further(graph, request, request.direction, effort, |from, to| {
                met |= goal.distances.get(to).is_some();
                new.push((from, to));
            });
            links.push(new);
            went
        } else {
            let meet = |_, to| met |= start.distances.get(to).is_some();
            goal.further(graph, request, request.direction.reversed(), effort, meet)
        };
        if !went {
            return None;
        }
    }
    let length = start.hops + goal.hops;
    let mut between = FxHashMap::default();
    for hops in (2..=start.hops).rev() {
        for (from, to) in &links[hops] {
            let leads_on =
                if hops == start.hops { goal.distances.get(*to).is_some() } else { between.contains_key(to) };
            if leads_on {
                between.insert(*from, length - hops + 1);
            }
        }
    }
    Some(Shortest { length, between, reach: goal })
}
