//! Questions on the shape of the whole: who is central, and which entities belong together.
//!
//! `centrality(Betweenness)` → the project that joins two groups; `communities()` → those groups
//!
//! The part of the graph that is asked about (kinds of entities and of relations) is laid out once as lists of neighbours by number; numbers
//! follow the ids, so that answers do not depend on the order in which documents came in. Sums are made in that order too.

mod centrality;
mod communities;

use crate::graph::{Direction, Effort, EntityRow, Graph};
use crate::model::{EntityKind, RelationKind};
use crate::ontology::ontology;

pub use centrality::{Central, Centrality, Measure, centrality};
pub use communities::{Communities, Community, communities};

/// Which part of the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkQuestion {
    /// Entities of these kinds; none: all.
    pub kinds: Vec<EntityKind>,
    /// Relations of these kinds, between such entities; none: all.
    pub relation_kinds: Vec<RelationKind>,
}

/// Entities by number, each with its neighbours. Several relations between two entities are one link with that weight; an entity is not its
/// own neighbour.
pub(super) struct Network {
    /// The entities, by id.
    pub(super) rows: Vec<EntityRow>,
    /// Where the neighbours of each begin; one more at the end.
    starts: Vec<usize>,
    /// Number and weight of neighbours, by number.
    links: Vec<(u32, u32)>,
}

impl Network {
    /// The part of a graph that a question is about. With `directed`, links lead from subject to object only (symmetric relations both
    /// ways). `None` when the effort is over before it is laid out.
    pub(super) fn of(graph: &Graph, question: &NetworkQuestion, directed: bool, effort: &mut Effort) -> Option<Self> {
        let wanted = |row: &EntityRow| question.kinds.is_empty() || question.kinds.contains(&graph.entity(*row).kind);
        let mut rows = Vec::new();
        for row in graph.entity_rows() {
            if !effort.step() {
                return None;
            }
            rows.extend(Some(row).filter(wanted));
        }
        let most = rows.iter().map(|row| row.position() + 1).max().unwrap_or(0);
        let mut numbers = vec![None; most];
        for (number, row) in rows.iter().enumerate() {
            numbers[row.position()] = Some(number as u32);
        }
        let mut pairs = Vec::new();
        let asked = |kind| question.relation_kinds.is_empty() || question.relation_kinds.contains(&kind);
        for (subject, row) in (0..).zip(&rows) {
            for link in graph.links(*row).filter(|link| link.is(Direction::Out)) {
                if !effort.step() {
                    return None;
                }
                let object = numbers.get(link.end.position()).copied().flatten().filter(|_| asked(link.kind));
                let Some(object) = object.filter(|object| *object != subject) else { continue };
                pairs.push((subject, object));
                pairs.extend((!directed || ontology().is_symmetric(link.kind)).then_some((object, subject)));
            }
        }
        pairs.sort_unstable();
        let mut starts = vec![0; rows.len() + 1];
        let mut links: Vec<(u32, u32)> = Vec::new();
        let mut last = None;
        for pair in pairs {
            if last == Some(pair) {
                if let Some((_, weight)) = links.last_mut() {
                    *weight += 1;
                }
                continue;
            }
            last = Some(pair);
            links.push((pair.1, 1));
            starts[pair.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Some(Self { rows, starts, links })
    }

    /// How many entities there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many links there are; without `directed`, each counts at both of its ends.
    pub(super) fn link_count(&self) -> usize {
        self.links.len()
    }

    /// The neighbours of an entity, each with the number of relations.
    pub(super) fn neighbors(&self, at: usize) -> &[(u32, u32)] {
        &self.links[self.starts[at]..self.starts[at + 1]]
    }
}
