//! One relation walked: from which entity, in which direction, to which.
//!
//! `Canada —FUNDS→ projet` walked from the project is a hop with `forward: false`.
//!
//! A symmetric relation (PARTNERS_WITH) can be walked both ways whatever direction is asked for.

use std::collections::{BTreeSet, HashMap};

use crate::model::RelationKind;
use crate::ontology::ontology;

use super::{EntityRow, Graph, RelationRow};

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
    /// The other relations that join the two, most confident first.
    pub alternatives: Vec<Step>,
}

impl Graph {
    /// The step along a relation from an entity, when the direction allows it.
    pub fn step(&self, entity: EntityRow, relation: RelationRow, direction: Direction) -> Option<Step> {
        let (subject, object) = self.ends(relation);
        let symmetric = ontology().is_symmetric(self.relation(relation).kind);
        let (out, into) = (subject == entity, object == entity);
        let allowed = match direction {
            Direction::Both => out || into,
            Direction::Out => out || (symmetric && into),
            Direction::In => into || (symmetric && out),
        };
        // A relation from an entity to itself is read as it stands.
        allowed.then_some(Step { relation, forward: out })
    }

    /// The steps that lead on from an entity, in the order of [`Graph::relations_of`]; no kinds means all kinds.
    pub fn steps<'g>(
        &'g self,
        entity: EntityRow,
        kinds: &'g BTreeSet<RelationKind>,
        direction: Direction,
    ) -> impl Iterator<Item = (Step, EntityRow)> + use<'g> {
        let rows = self.relations_of(entity);
        let asked = rows.filter(move |r| kinds.is_empty() || kinds.contains(&self.relation(*r).kind));
        asked.filter_map(move |r| Some((self.step(entity, r, direction)?, self.other_end(r, entity))))
    }

    /// The same steps, the most confident first, then by the other end's id, then by the relation's.
    fn best_steps<'g>(
        &'g self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
    ) -> impl Iterator<Item = (Step, EntityRow)> + use<'g> {
        let asked = RelationKind::ALL.iter().filter(|kind| kinds.is_empty() || kinds.contains(kind));
        // Of each kind they stand in this order already.
        let mut of_kinds: Vec<_> = asked.map(|kind| self.relations_of_kind(entity, *kind).peekable()).collect();
        let order = move |a: RelationRow, b: RelationRow| {
            let strength = self.relation(b).confidence.total_cmp(&self.relation(a).confidence);
            let ends = || self.compare_entities(self.other_end(a, entity), self.other_end(b, entity));
            strength.then_with(ends).then_with(|| self.compare_relations(a, b))
        };
        let next = move || {
            of_kinds.retain_mut(|rows| rows.peek().is_some());
            let heads = of_kinds.iter_mut().enumerate().filter_map(|(at, rows)| Some((at, *rows.peek()?)));
            let (first, _) = heads.min_by(|a, b| order(a.1, b.1))?;
            of_kinds[first].next()
        };
        std::iter::from_fn(next)
            .filter_map(move |r| Some((self.step(entity, r, direction)?, self.other_end(r, entity))))
            .filter(move |(_, to)| *to != entity)
    }

    /// One hop to each entity that a step leads to: the most confident relations and the smallest ids first.
    pub(super) fn hops(&self, entity: EntityRow, kinds: &BTreeSet<RelationKind>, direction: Direction) -> Vec<Hop> {
        self.best_hops(entity, kinds, direction, usize::MAX)
    }

    /// The first so many of the same hops. Of an entity with a hundred thousand neighbours only those are looked at.
    pub(super) fn best_hops(
        &self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
        most: usize,
    ) -> Vec<Hop> {
        let mut hops: Vec<Hop> = Vec::new();
        let mut to_each: HashMap<EntityRow, usize> = HashMap::new();
        let mut left = self.degree(entity);
        let mut steps = self.best_steps(entity, kinds, direction);
        for (step, to) in steps.by_ref() {
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
            for (step, to) in steps {
                if let Some(at) = to_each.get(&to) {
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
