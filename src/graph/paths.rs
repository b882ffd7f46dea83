//! Simple paths between two entities: no entity twice, shortest first, in a total order.
//!
//! `paths(Canada, atelier)` → `Canada —FUNDS→ projet ←PART_OF— atelier`
//!
//! The shortest length is found from both ends at once ([`super::reach`]). From there on, for each length in turn, the paths of exactly that
//! length are walked depth first, never taking a hop from which the goal is out of reach: the shortest paths come out first without
//! listing longer ones. Relations that join the same two entities do not multiply paths; they are alternatives of one hop. Within a
//! length, paths are ordered hop by hop: by confidence (highest first), then by id.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::RelationKind;

use super::reach::{Distances, Reach, Shortest, shortest};
use super::{Direction, Effort, EntityRow, Graph, Hop};

/// How many hops a path has at most, whatever is asked for.
pub(super) const HOPS_MAX: usize = 250;

/// Which paths to list.
#[derive(Clone, Debug)]
pub struct PathsRequest {
    /// Where they start.
    pub from: EntityRow,
    /// Where they end; not the start.
    pub to: EntityRow,
    /// How many hops they have at most; never more than 250.
    pub max_hops: usize,
    /// The relation kinds to follow; empty means all.
    pub kinds: BTreeSet<RelationKind>,
    /// The direction to follow them in, seen from the start.
    pub direction: Direction,
    /// Entities that every path passes through, in any order.
    pub via: BTreeSet<EntityRow>,
    /// Entities that no path passes through.
    pub avoid: BTreeSet<EntityRow>,
    /// How many paths to list at most.
    pub limit: usize,
    /// Whether to find out if there are more, which may take longer than to find those that are listed.
    pub tell_more: bool,
}

/// One way from an entity to another; at least one hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The hops in order: each starts where the one before it ends.
    pub hops: Vec<Hop>,
}

/// Paths, shortest first, and whether they are all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The paths.
    pub paths: Vec<Path>,
    /// Whether more paths exist than were asked for, as far as that was to be told.
    pub more: bool,
    /// Whether the search stopped because it had taken all the effort it may.
    pub exhausted: bool,
    /// How many relations and hops were tried, the distances to the goal included.
    pub explored: usize,
}

impl Graph {
    /// The simple paths between two entities, shortest first.
    pub fn paths(&self, request: &PathsRequest, effort: &mut Effort) -> Paths {
        let mut found = match shortest(self, request, effort) {
            None => Paths::default(),
            Some(Shortest { length, between, reach }) => {
                let (hops_of, trail, found) = Default::default();
                let is_shortest = true;
                let mut search =
                    Search { graph: self, request, between, reach, is_shortest, hops_of, trail, found, effort };
                search.run(length);
                search.found
            }
        };
        found.exhausted = effort.over().is_some();
        found.explored = effort.explored();
        found
    }

    /// How many hops each entity is from the goal, walking as the request allows; what is too far is absent.
    pub(super) fn distances_to_goal(&self, request: &PathsRequest, effort: &mut Effort) -> Distances {
        let mut reach = Reach::of(self, request.to);
        reach.widen(self, request, request.max_hops.min(HOPS_MAX), effort);
        reach.distances
    }
}

struct Search<'g, 'e> {
    graph: &'g Graph,
    request: &'g PathsRequest,
    effort: &'e mut Effort,
    /// How far entities are from the goal on the shortest ways, as far as they lie nearer to the start.
    between: FxHashMap<EntityRow, usize>,
    reach: Reach,
    /// Whether paths of the shortest length are listed: an entity is then as far from the goal as hops are left.
    is_shortest: bool,
    /// The hops of entities that lead to what is in reach.
    hops_of: FxHashMap<EntityRow, Vec<Hop>>,
    trail: Vec<Hop>,
    found: Paths,
}

impl Search<'_, '_> {
    /// Lists the paths from the shortest length on.
    fn run(&mut self, shortest: usize) {
        let mut going = self.extend(self.request.from, shortest);
        self.is_shortest = false;
        for length in shortest + 1..=self.request.max_hops.min(HOPS_MAX) {
            going = going && self.reach.widen(self.graph, self.request, length - 1, self.effort);
            if !going {
                return;
            }
            // More is in reach now.
            self.between.clear();
            self.hops_of.clear();
            going = self.extend(self.request.from, length);
        }
    }

    /// Walks on from an entity with exactly this many hops left; `false` when the search is over.
    fn extend(&mut self, entity: EntityRow, left: usize) -> bool {
        if left == 0 {
            return self.keep();
        }
        for at in 0.. {
            let Some(to) = self.hops(entity, left).get(at).map(|hop| hop.to) else { break };
            if !self.effort.step() {
                return false;
            }
            let reaches = self.distance(to).is_some_and(|distance| distance < left);
            let reaches = reaches && (to != self.request.to || left == 1);
            if !reaches || self.visited(to) {
                continue;
            }
            self.trail.push(self.hops_of[&entity][at].clone());
            let going = self.extend(to, left - 1);
            self.trail.pop();
            if !going {
                return false;
            }
        }
        true
    }

    /// Adds the trail to what was found, when it passes through all entities it has to.
    fn keep(&mut self) -> bool {
        let passes = |via: &EntityRow| *via == self.request.from || self.trail.iter().any(|hop| hop.to == *via);
        if !self.request.via.iter().all(passes) {
            return true;
        }
        self.found.more = self.found.paths.len() == self.request.limit;
        if !self.found.more {
            self.found.paths.push(Path { hops: self.trail.clone() });
        }
        !self.found.more && (self.request.tell_more || self.found.paths.len() < self.request.limit)
    }

    fn visited(&self, entity: EntityRow) -> bool {
        entity == self.request.from || self.trail.iter().any(|hop| hop.to == entity)
    }

    /// How far an entity is from the goal, as far as that is known.
    fn distance(&self, entity: EntityRow) -> Option<usize> {
        self.reach.distances.get(entity).or_else(|| self.between.get(&entity).copied())
    }

    fn hops(&mut self, entity: EntityRow, left: usize) -> &[Hop] {
        if self.hops_of.contains_key(&entity) {
            return &self.hops_of[&entity];
        }
        let near = |to| self.distance(to).is_some_and(|distance| !self.is_shortest || distance < left);
        let hops = self.graph.hops_to(entity, &self.request.kinds, self.request.direction, near);
        self.hops_of.entry(entity).or_insert(hops)
    }
}
