//! The same walks over the program's own graph: its links and nothing else, so no pages, conditions, relations or evidence.
//!
//! What walks by hand find in contiguous lists of one kind and direction is looked up here by entity and kind, among all the links of the entity.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use maillage::graph::{Direction, Effort, EntityRow, Found, Graph, PathsRequest};
use maillage::model::{EntityId, RelationKind};
use maillage::query;
use maillage::snapshot::Snapshot;
use serde_json::Value;

use super::Said;

const TIES: [RelationKind; 3] = [RelationKind::Funds, RelationKind::Implements, RelationKind::Publishes];

/// The program's graph, walked.
pub(crate) struct Links {
    /// What is walked.
    pub(crate) snapshot: Arc<Snapshot>,
}

impl Links {
    fn graph(&self) -> &Graph {
        self.snapshot.graph()
    }

    fn ends(&self, of: EntityRow, kind: RelationKind, way: Direction) -> impl Iterator<Item = EntityRow> + use<'_> {
        self.graph().links_of_kind(of, kind).filter(move |link| link.is(way)).map(|link| link.end)
    }

    /// Answers a question; none that is more than a walk.
    pub(crate) fn ask(&self, name: &str, given: &Value) -> Option<Said> {
        let entity = |key: &str| {
            let id = EntityId::from_text(given[key].as_str().unwrap());
            self.graph().find_entity(&id).map(Found::row).unwrap()
        };
        Some(match name {
            "lookup" => {
                let row = entity("id");
                let numbers = vec![self.graph().mention_count(row) as f64];
                Said { entities: vec![row.position()], numbers }
            }
            "hops" => self.hops(entity("id"), 20),
            "hops4" => self.hops(entity("id"), 4),
            "around" => {
                let found = self.graph().neighborhood(&query::around(entity("id"), 2));
                let numbers = found.neighbors.iter().map(|near| near.hops as f64).collect();
                Said { entities: found.neighbors.iter().map(|near| near.last.to.position()).collect(), numbers }
            }
            "path" => self.path(entity("from"), entity("to")),
            "partners" => self.partners(entity("id")),
            "facets" => self.facets(entity("id")),
            _ => return None,
        })
    }

    fn hops(&self, start: EntityRow, first: usize) -> Said {
        let mut entities = Vec::new();
        for project in self.ends(start, RelationKind::Funds, Direction::Out).take(first) {
            entities.push(project.position());
            for place in self.ends(project, RelationKind::OperatesIn, Direction::Out).take(first) {
                entities.push(place.position());
                let events = self.ends(place, RelationKind::HeldIn, Direction::In).take(first);
                entities.extend(events.map(EntityRow::position));
            }
        }
        Said { entities, numbers: vec![] }
    }

    fn path(&self, from: EntityRow, to: EntityRow) -> Said {
        let (kinds, via, avoid) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let direction = Direction::Both;
        let request = PathsRequest { from, to, max_hops: 6, kinds, direction, via, avoid, limit: 1, tell_more: false };
        let found = self.graph().paths(&request, &mut Effort::of(2_000_000));
        Said { entities: vec![], numbers: found.paths.iter().map(|path| path.hops.len() as f64).collect() }
    }

    fn partners(&self, of: EntityRow) -> Said {
        let graph = self.graph();
        let mut shared: Vec<EntityRow> = TIES.iter().flat_map(|kind| self.ends(of, *kind, Direction::Out)).collect();
        shared.sort_unstable();
        shared.dedup();
        let (mut weights, mut actors) = (HashMap::<EntityRow, f64>::new(), Vec::new());
        for shared in shared {
            actors.clear();
            TIES.iter().for_each(|kind| actors.extend(self.ends(shared, *kind, Direction::In)));
            actors.sort_unstable();
            actors.dedup();
            let weight = 1.0 / (actors.len().max(2) - 1) as f64;
            actors.iter().for_each(|actor| *weights.entry(*actor).or_default() += weight);
        }
        for link in graph.links_of_kind(of, RelationKind::PartnersWith) {
            *weights.entry(link.end).or_default() += 1.0;
        }
        weights.remove(&of);
        let weighed = |(actor, weight): (EntityRow, f64)| ((weight * -1e9).round() as i64, actor);
        let mut found: Vec<_> = weights.into_iter().map(weighed).collect();
        let total = found.len();
        let order =
            |a: &(i64, EntityRow), b: &(i64, EntityRow)| a.0.cmp(&b.0).then_with(|| graph.compare_entities(a.1, b.1));
        if total > 20 {
            found.select_nth_unstable_by(19, order);
            found.truncate(20);
        }
        found.sort_unstable_by(order);
        let numbers = [total as f64].into_iter().chain(found.iter().map(|(weight, _)| *weight as f64 / -1e9)).collect();
        Said { entities: found.iter().map(|(_, actor)| actor.position()).collect(), numbers }
    }

    fn facets(&self, funder: EntityRow) -> Said {
        let graph = self.graph();
        let (mut counts, mut projects, mut missing) = (HashMap::<EntityRow, usize>::new(), 0_usize, 0_usize);
        for project in self.ends(funder, RelationKind::Funds, Direction::Out) {
            projects += 1;
            let mut places = 0;
            for place in self.ends(project, RelationKind::OperatesIn, Direction::Out) {
                places += 1;
                *counts.entry(place).or_default() += 1;
            }
            missing += usize::from(places == 0);
        }
        let mut values: Vec<_> = counts.into_iter().collect();
        values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| graph.compare_entities(a.0, b.0)));
        let other = values.iter().skip(20).map(|(_, count)| count).sum::<usize>();
        let listed = &values[..values.len().min(20)];
        let counted = [projects, values.len(), other, missing].into_iter().chain(listed.iter().map(|value| value.1));
        let entities = listed.iter().map(|value| value.0.position()).collect();
        Said { entities, numbers: counted.map(|count| count as f64).collect() }
    }
}
