//! The graph by itself: the same whatever the order of what it is built from, and paths that are what they claim to be.

use std::collections::BTreeSet;

use maillage::graph::{Direction, Found, Graph, PathsRequest};
use maillage::model::{EntityId, RelationKind};
use proptest::prelude::*;

use crate::fixture::{documents, entities, graph, relations};

fn request(graph: &Graph, from: usize, to: usize) -> PathsRequest {
    let row = |position| graph.entity_rows().nth(position).expect("a row");
    PathsRequest {
        from: row(from),
        to: row(to),
        max_hops: 5,
        kinds: BTreeSet::new(),
        direction: Direction::Both,
        via: BTreeSet::new(),
        avoid: BTreeSet::new(),
        limit: 1000,
        max_explored: 100_000,
    }
}

#[test]
fn ids_that_were_merged_away_are_told_from_current_ones() {
    let graph = graph();
    let current = graph.find_entity(&EntityId::from_text("organization:oim")).unwrap();
    let merged = graph.find_entity(&EntityId::from_text("organization:old-oim")).unwrap();
    assert_eq!(merged, Found::Merged(current.row()));
    assert_eq!(current, Found::Current(merged.row()));
    assert_eq!(graph.find_entity(&EntityId::from_text("organization:xx")), None);
}

#[test]
fn relations_of_an_entity_come_by_kind_then_confidence() {
    let graph = graph();
    let row = graph.find_named("canada")[0];
    let rows = graph.relations_of(row).iter().map(|r| graph.relation(*r));
    let found: Vec<_> = rows.map(|r| (r.kind, r.object.as_str())).collect();
    let expected = [
        (RelationKind::Funds, "project:protection"),
        (RelationKind::Funds, "event:atelier"),
        (RelationKind::Funds, "organization:oim"),
        (RelationKind::Supports, "organization:oim"),
    ];
    assert_eq!(found, expected);
    assert_eq!(graph.relations_of_kind(row, RelationKind::Supports).len(), 1);
    assert_eq!(graph.relations_of_kind(row, RelationKind::WorksFor).len(), 0);
}

#[test]
fn a_relation_whose_end_is_unknown_is_left_out() {
    let mut known = entities();
    known.retain(|entity| entity.id.as_str() != "topic:traite");
    let graph = Graph::build(documents(), known, relations());
    assert_eq!(graph.relations().len(), 19);
}

#[test]
fn what_rests_on_an_unknown_document_is_left_out() {
    let mut known = documents();
    known.pop();
    let last = crate::fixture::id_of(2);
    let graph = Graph::build(known, entities(), relations());
    assert_eq!(graph.relations().len(), 14);
    assert!(graph.entities().iter().all(|entity| entity.mentions.iter().all(|mention| mention.document != last)));
}

#[test]
fn a_search_for_paths_stops_when_it_has_tried_enough() {
    let graph = graph();
    let canada = graph.find_named("Canada")[0].position();
    let dakar = graph.find_named("Dakar")[0].position();
    let found = graph.paths(&PathsRequest { max_explored: 3, ..request(&graph, canada, dakar) });
    assert!(found.exhausted && !found.more);
    assert_eq!(found.explored, 3);
    assert!(found.paths.iter().all(|path| path.hops.len() == 2), "what was found is the shortest");
}

proptest! {
    #[test]
    fn the_graph_does_not_depend_on_the_order_of_its_input(
        documents in Just(documents()).prop_shuffle(),
        entities in Just(entities()).prop_shuffle(),
        relations in Just(relations()).prop_shuffle(),
    ) {
        let (one, other) = (graph(), Graph::build(documents, entities, relations));
        prop_assert_eq!(format!("{:?}", one.entities()), format!("{:?}", other.entities()));
        for row in one.entity_rows() {
            prop_assert_eq!(one.relations_of(row), other.relations_of(row));
        }
        for (from, to) in [(0, 1), (2, 9)] {
            prop_assert_eq!(one.paths(&request(&one, from, to)), other.paths(&request(&other, from, to)));
        }
    }

    #[test]
    fn paths_are_simple_short_sorted_and_real(
        from in 0..15_usize,
        to in 0..15_usize,
        max_hops in 1..6_usize,
        direction in prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Both)],
        kept in proptest::sample::subsequence(relations(), 8..=20),
    ) {
        prop_assume!(from != to);
        let graph = Graph::build(documents(), entities(), kept);
        let request = PathsRequest { max_hops, direction, ..request(&graph, from, to) };
        let found = graph.paths(&request);
        prop_assert!(!found.more && !found.exhausted);
        prop_assert!(found.paths.is_sorted_by_key(|path| path.hops.len()));
        for path in &found.paths {
            prop_assert!(path.hops.len() <= max_hops);
            let mut entities = vec![request.from];
            for hop in &path.hops {
                prop_assert_eq!(Some(&hop.from), entities.last());
                entities.push(hop.to);
                for step in hop.alternatives.iter().chain([&hop.step]) {
                    let (subject, object) = graph.ends(step.relation);
                    prop_assert_eq!((subject, object), if step.forward { (hop.from, hop.to) } else { (hop.to, hop.from) });
                    prop_assert!(graph.step(hop.from, step.relation, direction).is_some());
                }
                let confidence = |step: &maillage::graph::Step| graph.relation(step.relation).confidence;
                prop_assert!(hop.alternatives.iter().all(|other| confidence(other) <= confidence(&hop.step)));
            }
            prop_assert_eq!(entities.last(), Some(&request.to));
            prop_assert_eq!(entities.iter().collect::<BTreeSet<_>>().len(), entities.len());
        }
        prop_assert_eq!(found.paths.len(), count_simply(&graph, &request, &mut vec![request.from]));
    }
}

/// All simple paths, counted in the most obvious way.
fn count_simply(graph: &Graph, request: &PathsRequest, trail: &mut Vec<maillage::graph::EntityRow>) -> usize {
    let here = trail[trail.len() - 1];
    if here == request.to {
        return 1;
    }
    if trail.len() > request.max_hops {
        return 0;
    }
    let next: BTreeSet<_> = graph.steps(here, &request.kinds, request.direction).map(|(_, to)| to).collect();
    let mut count = 0;
    for to in next {
        if !trail.contains(&to) {
            trail.push(to);
            count += count_simply(graph, request, trail);
            trail.pop();
        }
    }
    count
}
