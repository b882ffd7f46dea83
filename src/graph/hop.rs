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

    /// One hop to each entity that a step leads to: the most confident relations and the smallest ids first.
    pub(super) fn hops(&self, entity: EntityRow, kinds: &BTreeSet<RelationKind>, direction: Direction) -> Vec<Hop> {
        self.best_hops(entity, kinds, direction, usize::MAX)
    }

    /// The first so many of the same hops. Of an entity with a hundred thousand neighbours only those are put in order.
    pub(super) fn best_hops(
        &self,
        entity: EntityRow,
        kinds: &BTreeSet<RelationKind>,
        direction: Direction,
        most: usize,
    ) -> Vec<Hop> {
        let mut to_each: HashMap<EntityRow, Vec<Step>> = HashMap::new();
        for (step, to) in self.steps(entity, kinds, direction).filter(|(_, to)| *to != entity) {
            to_each.entry(to).or_default().push(step);
        }
        let hop = |(to, mut steps): (EntityRow, Vec<Step>)| {
            steps.sort_by(|a, b| {
                let order = self.confidence(*b).total_cmp(&self.confidence(*a));
                order.then_with(|| self.compare_relations(a.relation, b.relation))
            });
            Hop { from: entity, step: steps[0], to, alternatives: steps.split_off(1) }
        };
        let mut hops: Vec<_> = to_each.into_iter().map(hop).collect();
        let order = |a: &Hop, b: &Hop| {
            let order = self.confidence(b.step).total_cmp(&self.confidence(a.step));
            order.then_with(|| self.compare_entities(a.to, b.to))
        };
        if most < hops.len() {
            hops.select_nth_unstable_by(most, order);
            hops.truncate(most);
        }
        hops.sort_by(order);
        hops
    }

    fn confidence(&self, step: Step) -> f32 {
        self.relation(step.relation).confidence
    }
}
