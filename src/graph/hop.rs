//! One relation walked: from which entity, in which direction, to which.
//!
//! `Canada —FUNDS→ projet` walked from the project is a hop with `forward: false`.
//!
//! A symmetric relation (PARTNERS_WITH) can be walked both ways whatever direction is asked for.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::model::RelationKind;

use super::{EntityRow, Graph, Link, RelationRow};

/// Which relations of an entity to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From subject to object.
    Out,
    /// From object to subject.
    In,
    /// Either way.
    #[default]
    Both,
}

impl Direction {
    /// The same walk seen from its end.
    pub fn reversed(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Both => Self::Both,
        }
    }
}

/// A relation taken in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The relation.
    pub relation: RelationRow,
    /// Whether it is read from subject to object.
    pub forward: bool,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The entity it starts at.
    pub from: EntityRow,
    /// The most confident relation that leads on.
    pub step: Step,
    /// The entity it ends at.
    pub to: EntityRow,
    /// The other relations that join the two, most confident first, as far as they were asked for.
    pub alternatives: Vec<Step>,
}

impl Graph {
    /// The step along a relation from an entity, when the direction allows it.
    pub fn step(&self, entity: EntityRow, relation: RelationRow, direction: Direction) -> Option<Step> {
        let (subject, object) = self.ends(relation);
        (subject == entity || object == entity).then(|| self.link(entity, relation).step(direction)).flatten()
    }

    /// The steps that lead on from an entity, in the order of [`Graph::links`]; no kinds means all kinds.
    pub fn steps<'g>(
        &'g self,
        entity: EntityRow,
        kinds: &'g BTreeSet<RelationKind>,
        direction: Direction,
    ) -> impl Iterator<Item = (Step, EntityRow)> + use<'g> {
        let links = self.links_of_kinds(entity, kinds.iter().copied());
        links.filter_map(move |link| Some((link.step(direction)?, link.end)))
    }

    /// The links that lead on, the most confident first, then by the other end's id, then by the relation's.
    fn best_links<'g>(
        &'g self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
    ) -> impl Iterator<Item = (Step, Link)> + use<'g> {
        let asked = RelationKind::ALL.iter().filter(|kind| kinds.is_empty() || kinds.contains(kind));
        // Of each kind they stand in this order already: the next one of each, the best last.
        let with_first = |kind: &RelationKind| {
            let mut links = self.links_of_kind(entity, *kind);
            Some((links.next()?, links))
        };
        let mut of_kinds: Vec<_> = asked.filter_map(with_first).collect();
        of_kinds.sort_unstable_by(|(a, _), (b, _)| self.compare_strength(b, a));
        let next = move || {
            let (first, mut links) = of_kinds.pop()?;
            if let Some(next) = links.next() {
                let at = of_kinds.partition_point(|(other, _)| self.compare_strength(other, &next).is_gt());
                of_kinds.insert(at, (next, links));
            }
            Some(first)
        };
        std::iter::from_fn(next)
            .filter_map(move |link| Some((link.step(direction)?, link)))
            .filter(move |(_, link)| link.end != entity)
    }

    /// The hops that lead on, one for each step and without alternatives, in the order of [`Graph::best_links`]: what is not asked for is not
    /// looked at.
    pub(super) fn hops<'g>(
        &'g self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
    ) -> impl Iterator<Item = Hop> + use<'g> {
        let hop = move |(step, link): (Step, Link)| Hop { from: entity, step, to: link.end, alternatives: Vec::new() };
        self.best_links(entity, kinds, direction).map(hop)
    }

    /// One hop to each entity of these that a step leads to: the most confident relations and the smallest ids first.
    pub(super) fn hops_to(
        &self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
        wanted: impl Fn(EntityRow) -> bool,
    ) -> Vec<Hop> {
        let links = self.links_of_kinds(entity, kinds.iter().copied());
        let links = links.filter(|link| link.end != entity && wanted(link.end));
        let mut links: Vec<_> = links.filter_map(|link| Some((link.step(direction)?, link))).collect();
        links.sort_unstable_by(|(_, a), (_, b)| self.compare_strength(a, b));
        let mut hops: Vec<Hop> = Vec::new();
        let mut to_each: FxHashMap<EntityRow, usize> = FxHashMap::default();
        for (step, Link { end: to, .. }) in links {
            match to_each.entry(to) {
                Entry::Occupied(at) => hops[*at.get()].alternatives.push(step),
                Entry::Vacant(new) => {
                    new.insert(hops.len());
                    hops.push(Hop { from: entity, step, to, alternatives: Vec::new() });
                }
            }
        }
        hops
    }

    /// The most confident first, then by the other end's id, then by the relation's.
    fn compare_strength(&self, a: &Link, b: &Link) -> Ordering {
        let strength = b.confidence.total_cmp(&a.confidence);
        let ends = || self.compare_entities(a.end, b.end);
        strength.then_with(ends).then_with(|| self.compare_relations(a.relation, b.relation))
    }

    /// One hop to each of the first so many entities that a step leads to, in the same order. Of an entity with a hundred thousand neighbours only those are looked at.
    pub(super) fn best_hops(
        &self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
        most: usize,
    ) -> Vec<Hop> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut to_each: FxHashMap<EntityRow, usize> = FxHashMap::default();
        let mut left = self.degree(entity);
        let mut links = self.best_links(entity, kinds, direction);
        for (step, Link { end: to, .. }) in links.by_ref() {
            left = left.saturating_sub(1);
            match to_each.get(&to) {
                Some(at) => hops[*at].alternatives.push(step),
                None if hops.len() < most => {
                    to_each.insert(to, hops.len());
                    hops.push(Hop { from: entity, step, to, alternatives: Vec::new() });
                }
                None => break,
            }
        }
        if hops.len() < most || left == 0 {
            return hops;
        }
        // What else joins them may stand far behind: it is looked for from the side that has less.
        if hops.iter().map(|hop| self.degree(hop.to)).sum::<usize>() < left {
            for hop in &mut hops {
                let others = self.steps(hop.to, kinds, direction.reversed());
                let back = others.filter(|(step, to)| *to == entity && step.relation != hop.step.relation);
                let back = back.filter_map(|(step, _)| self.step(entity, step.relation, direction));
                hop.alternatives = back.collect();
                hop.alternatives.sort_by(|a, b| {
                    let order = self.confidence(*b).total_cmp(&self.confidence(*a));
                    order.then_with(|| self.compare_relations(a.relation, b.relation))
                });
            }
        } else {
            for (step, link) in links {
                if let Some(at) = to_each.get(&link.end) {
                    hops[*at].alternatives.push(step);
                }
            }
        }
        hops
    }

    fn confidence(&self, step: Step) -> f32 {
        self.relation(step.relation).confidence
    }
}
