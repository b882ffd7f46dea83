//! The questions of the benchmark as calls of `maillage::query`: what the API does, without GraphQL.

use std::collections::BTreeSet;
use std::sync::Arc;

use maillage::model::{EntityId, EntityKind, RelationKind};
use maillage::query::{
    self, Cursors, Direction, Effort, EntityFacet, EntityFilter, EntityKey, EntityRow, Measure, NeighborhoodQuestion,
    NetworkQuestion, PageRequest, PathQuestion, RelatedFilter, RelationFilter, RelationsFilter, Walk, Wanted,
};
use maillage::snapshot::Snapshot;
use serde_json::{Value, json};

use super::Said;

const PROJECTS: Walk = Walk { kinds: &[RelationKind::Funds], direction: Direction::Out, ends: &[EntityKind::Project] };
const PLACES: Walk = Walk { kinds: &[RelationKind::OperatesIn], direction: Direction::Out, ends: &[EntityKind::Place] };
const EVENTS: Walk = Walk { kinds: &[RelationKind::HeldIn], direction: Direction::In, ends: &[EntityKind::Event] };

/// The program's graph.
pub(crate) struct Library {
    /// What is asked.
    pub(crate) snapshot: Arc<Snapshot>,
}

impl Library {
    /// The id of an entity that an answer names.
    pub(crate) fn id(&self, at: usize) -> String {
        self.snapshot.graph().entity(EntityRow::at(at)).id.to_string()
    }

    /// Where so many pages of all relations begin: the program's cursor, and the number of the first relation.
    pub(crate) fn pages(&self, count: usize) -> Vec<Value> {
        let mut pages = vec![json!({ "after": null, "from": 0 })];
        while pages.len() < count {
            let after = pages[pages.len() - 1]["after"].as_str().map(str::to_owned);
            let request = PageRequest { after, ..PageRequest::first(100) };
            let page = query::relations(&self.snapshot, &RelationFilter::default(), &[], &request).unwrap();
            pages.push(json!({ "after": page.items.last().unwrap().cursor, "from": pages.len() * 100 }));
        }
        pages
    }

    /// Answers a question.
    pub(crate) fn ask(&self, name: &str, given: &Value) -> Said {
        let snapshot = &*self.snapshot;
        let graph = snapshot.graph();
        let text = |key: &str| given[key].as_str().unwrap_or_default();
        let row = || query::find_entity(snapshot, &EntityKey::Id(text("id").to_owned())).unwrap().unwrap();
        let mut effort = Effort::of(500_000_000);
        match name {
            "lookup" => {
                let row = row();
                Said { entities: vec![row.position()], numbers: vec![graph.mention_count(row) as f64] }
            }
            "name" => {
                let found = query::suggest(snapshot, text("prefix"), &[], Some(10)).unwrap();
                Said { entities: found.iter().map(|found| found.entity.position()).collect(), numbers: vec![] }
            }
            "hops" => self.hops(row(), 20),
            "hops4" => self.hops(row(), 4),
            "around" => {
                let asked = NeighborhoodQuestion::around(text("id"), 2, 100);
                let found = query::neighborhood(snapshot, &asked).unwrap();
                let numbers = found.neighbors.iter().map(|near| near.hops as f64).collect();
                Said { entities: found.neighbors.iter().map(|near| near.last.to.position()).collect(), numbers }
            }
            "path" => {
                let (from, to) = (text("from").to_owned(), text("to").to_owned());
                let question =
                    PathQuestion { from, to, max_hops: 6, first: Some(1), alone: true, ..PathQuestion::default() };
                let found = query::paths(snapshot, &question, &mut effort).unwrap();
                Said { entities: vec![], numbers: found.paths.iter().map(|path| path.hops.len() as f64).collect() }
            }
            "partners" => {
                let found = query::partners(snapshot, text("id"), &[], Some(20), &mut effort).unwrap();
                let numbers = [found.total as f64].into_iter().chain(found.partners.iter().map(|found| found.weight));
                let entities = found.partners.iter().map(|found| found.entity.position()).collect();
                Said { entities, numbers: numbers.collect() }
            }
            "facets" => self.facets(text("id"), &mut effort),
            "page" => {
                let request =
                    PageRequest { after: given["after"].as_str().map(str::to_owned), ..PageRequest::first(100) };
                let page = query::relations(snapshot, &RelationFilter::default(), &[], &request).unwrap();
                let ends = page.items.iter().map(|item| graph.ends(item.row));
                let entities = ends.flat_map(|(subject, object)| [subject.position(), object.position()]);
                Said { entities: entities.collect(), numbers: vec![] }
            }
            "whole" => {
                let whole = NetworkQuestion::default();
                let found = query::centrality(snapshot, Measure::PageRank, &whole, Some(10), &mut effort).unwrap();
                let entities = found.entities.iter().map(|found| found.entity.position()).collect();
                let scores = found.entities.iter().map(|found| found.score);
                Said { entities, numbers: [graph.components() as f64].into_iter().chain(scores).collect() }
            }
            _ => panic!("an unknown question: {name}"),
        }
    }

    fn hops(&self, start: EntityRow, first: i32) -> Said {
        let (wanted, request) =
            (Wanted::default(), PageRequest { cursors: Cursors::None, ..PageRequest::first(first) });
        let step = |row, walk| {
            let page = query::related(&self.snapshot, row, walk, &wanted, &request).unwrap();
            page.items.into_iter().map(|item| item.row.entity)
        };
        let mut entities = Vec::new();
        for project in step(start, PROJECTS) {
            entities.push(project.position());
            for place in step(project, PLACES) {
                entities.push(place.position());
                entities.extend(step(place, EVENTS).map(EntityRow::position));
            }
        }
        Said { entities, numbers: vec![] }
    }

    fn facets(&self, funder: &str, effort: &mut Effort) -> Said {
        let funder =
            EntityFilter { ids: Some(BTreeSet::from([EntityId::from_text(funder)])), ..EntityFilter::default() };
        let some = RelatedFilter {
            kinds: Some(BTreeSet::from([RelationKind::Funds])),
            direction: Direction::In,
            relation: None,
            entity: Some(funder),
        };
        let relations = RelationsFilter { some: Some(some), ..RelationsFilter::default() };
        let filter = EntityFilter {
            kinds: Some(BTreeSet::from([EntityKind::Project])),
            relations: Some(Box::new(relations)),
            ..EntityFilter::default()
        };
        let found = query::entity_facets(&self.snapshot, &filter, &[EntityFacet::Location], Some(20), effort).unwrap();
        let facet = &found.facets[0];
        let counts = [found.total, facet.distinct, facet.other, facet.missing].into_iter();
        let numbers = counts.chain(facet.values.iter().map(|(_, count)| *count)).map(|count| count as f64).collect();
        Said { entities: facet.values.iter().filter_map(|(key, _)| Some(key.entity?.position())).collect(), numbers }
    }
}
