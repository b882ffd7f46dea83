//! Simple paths between two entities, the most confident first.
//!
//! `strongest(Canada, Dakar)` → the path whose relations have the highest product of confidences, then the next
//!
//! A hop counts with its most confident relation. Best-first (A*): what is known of a way is the product up to here; what it may become at
//! best is that times the best product of any walk from here to the goal (Dijkstra from the goal). A path is given out once nothing that is
//! still open can equal it, so that ties are ordered by hops and ids whatever order they were found in.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::paths::{Path, Paths, PathsRequest};
use super::reach::Distances;
use super::{Effort, EntityRow, Graph, Hop, Link};

/// Products are rounded; what can be reached is taken to be a little more, never less.
const SLACK: f64 = 1.0 + 1e-9;

impl Graph {
    /// The simple paths between two entities, by the product of the confidences of their hops (highest first), then by hops, then by
    /// the ids of the entities along the way.
    pub fn strongest_paths(&self, request: &PathsRequest, effort: &mut Effort) -> Paths {
        let distances = self.distances_to_goal(request, effort);
        let reach = self.reach(request, &distances, effort);
        let mut search =
            Search { graph: self, request, distances, reach, hops_of: FxHashMap::default(), trails: Vec::new() };
        let mut found = search.run(effort);
        found.exhausted = effort.over().is_some();
        found.explored = effort.explored();
        found
    }

    /// The best product of confidences of any walk from each entity to the goal, among the entities that are near enough.
    fn reach(&self, request: &PathsRequest, distances: &Distances, effort: &mut Effort) -> FxHashMap<EntityRow, f64> {
        let mut best: FxHashMap<EntityRow, f64> = FxHashMap::from_iter([(request.to, 1.0)]);
        let mut open = BinaryHeap::from([Open { promise: 1.0, at: request.to.position() }]);
        while let Some(Open { promise, at }) = open.pop() {
            let entity = EntityRow::at(at);
            if best.get(&entity).is_some_and(|known| *known > promise) {
                continue;
            }
            let back = request.direction.reversed();
            let links = self.links_of_kinds(entity, request.kinds.iter().copied());
            for Link { end: to, confidence, .. } in links.filter(|link| link.step(back).is_some()) {
                if !effort.step() {
                    return best;
                }
                let product = promise * f64::from(confidence);
                if distances.get(to).is_some() && best.get(&to).is_none_or(|known| product > *known) {
                    best.insert(to, product);
                    open.push(Open { promise: product, at: to.position() });
                }
            }
        }
        best
    }
}

/// Something to go on from, with the most that may become of it.
struct Open {
    promise: f64,
    at: usize,
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        self.promise.total_cmp(&other.promise).then_with(|| other.at.cmp(&self.at))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

/// The beginning of a path: the trail before it, and the hop that was added, by its place among the hops of its entity.
struct Trail {
    before: Option<usize>,
    entity: EntityRow,
    hop: usize,
    hops: usize,
    product: f64,
}

struct Search<'g> {
    graph: &'g Graph,
    request: &'g PathsRequest,
    distances: Distances,
    reach: FxHashMap<EntityRow, f64>,
    hops_of: FxHashMap<EntityRow, Vec<Hop>>,
    trails: Vec<Trail>,
}

impl Search<'_> {
    fn run(&mut self, effort: &mut Effort) -> Paths {
        let mut found = Paths::default();
        let Some(promise) = self.reach.get(&self.request.from).copied() else { return found };
        self.trails.push(Trail { before: None, entity: self.request.from, hop: 0, hops: 0, product: 1.0 });
        let mut open = BinaryHeap::from([Open { promise: promise * SLACK, at: 0 }]);
        // Whole paths that something still open may equal, the best last.
        let mut whole: Vec<(f64, Path)> = Vec::new();
        loop {
            let hope = open.peek().map_or(-1.0, |open| open.promise);
            while whole.last().is_some_and(|(product, _)| *product > hope) {
                found.more = found.paths.len() == self.request.limit;
                if found.more {
                    return found;
                }
                found.paths.extend(whole.pop().map(|(_, path)| path));
                if !self.request.tell_more && found.paths.len() == self.request.limit {
                    return found;
                }
            }
            let Some(Open { at, .. }) = open.pop() else { return found };
            if self.trails[at].entity == self.request.to {
                if self.passes_through_all(at) {
                    let path = (self.trails[at].product, self.path(at));
                    let place = whole.partition_point(|other| self.compare(other, &path).is_gt());
                    whole.insert(place, path);
                }
                continue;
            }
            if !self.extend(at, &mut open, effort) {
                return found;
            }
        }
    }

    fn extend(&mut self, at: usize, open: &mut BinaryHeap<Open>, effort: &mut Effort) -> bool {
        let Trail { entity, hops, product, .. } = self.trails[at];
        let near = |to| self.distances.get(to).is_some();
        let make = || self.graph.hops_to(entity, &self.request.kinds, self.request.direction, near);
        let next = self.hops_of.entry(entity).or_insert_with(make);
        let next: Vec<_> = next.iter().map(|hop| (hop.to, hop.step.relation)).collect();
        for (hop, (to, relation)) in next.into_iter().enumerate() {
            if !effort.step() {
                return false;
            }
            let near = self.distances.get(to).is_some_and(|left| hops + 1 + left <= self.request.max_hops);
            let Some(reach) = self.reach.get(&to).copied().filter(|_| near && !self.visited(at, to)) else { continue };
            let product = product * f64::from(self.graph.relation(relation).confidence);
            open.push(Open { promise: product * reach * SLACK, at: self.trails.len() });
            self.trails.push(Trail { before: Some(at), entity: to, hop, hops: hops + 1, product });
        }
        true
    }

    /// The trails from this one back to the start.
    fn back(&self, at: usize) -> impl Iterator<Item = &Trail> {
        std::iter::successors(Some(&self.trails[at]), |trail| trail.before.map(|before| &self.trails[before]))
    }

    fn visited(&self, at: usize, entity: EntityRow) -> bool {
        self.back(at).any(|trail| trail.entity == entity)
    }

    fn passes_through_all(&self, at: usize) -> bool {
        self.request.via.iter().all(|via| self.visited(at, *via))
    }

    fn path(&self, at: usize) -> Path {
        let hop = |trail: &Trail| Some(self.hops_of[&self.trails[trail.before?].entity][trail.hop].clone());
        let mut hops: Vec<_> = self.back(at).map_while(hop).collect();
        hops.reverse();
        Path { hops }
    }

    /// The better path is less.
    fn compare(&self, (product, path): &(f64, Path), (other_product, other): &(f64, Path)) -> Ordering {
        let hops = path.hops.len().cmp(&other.hops.len());
        let ends = path.hops.iter().zip(&other.hops).map(|(a, b)| self.graph.compare_entities(a.to, b.to));
        other_product.total_cmp(product).then(hops).then_with(|| ends.fold(Ordering::Equal, Ordering::then))
    }
}
