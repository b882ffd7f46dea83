//! The graph by itself: the same whatever the order of what it is built from, and paths that are what they claim to be.

use std::collections::BTreeSet;

use maillage::graph::{
    Direction, Effort, EntityRow, Exhausted, Found, Graph, Hop, NeighborhoodRequest, PathsRequest, Step,
};
use maillage::model::{Changes, EntityId, RelationKind};
use proptest::prelude::*;

use crate::dump;
use crate::fixture::{all, changes, graph, graph_of};
use crate::random_graph;

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
        tell_more: true,
    }
}

fn enough() -> Effort {
    Effort::of(1_000_000)
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
fn a_graph_made_at_once_is_the_one_that_grew() {
    for kept in [all(), vec![], vec![0, 3, 4, 11]] {
        let mut changes = changes(&kept);
        changes.confirmed = graph_of(&changes).relations().step_by(3).map(|known| (known.id.clone(), true)).collect();
        assert_eq!(dump::graph(&Graph::of(changes.clone())), dump::graph(&graph_of(&changes)));
    }
}

#[test]
fn relations_of_an_entity_come_by_kind_then_confidence() {
    let graph = graph();
    let row = graph.find_named("canada")[0];
    let rows = graph.relations_of(row).map(|r| graph.relation(r));
    let found: Vec<_> = rows.map(|r| (r.kind, r.object.as_str())).collect();
    let expected = [
        (RelationKind::Funds, "project:protection"),
        (RelationKind::Funds, "event:atelier"),
        (RelationKind::Funds, "organization:oim"),
        (RelationKind::Supports, "organization:oim"),
    ];
    assert_eq!(found, expected);
    assert_eq!(graph.relations_of_kind(row, RelationKind::Supports).count(), 1);
    assert_eq!(graph.relations_of_kind(row, RelationKind::WorksFor).count(), 0);
}

#[test]
fn a_relation_whose_end_is_unknown_is_left_out() {
    let mut changes = changes(&all());
    changes.entities.retain(|entity| entity.id.as_str() != "topic:traite");
    assert_eq!(graph_of(&changes).relation_count(), 19);
}

#[test]
fn what_rests_on_an_unknown_document_is_left_out() {
    let mut changes = changes(&all());
    changes.added.pop();
    let graph = graph_of(&changes);
    assert_eq!((graph.relation_count(), graph.document_count()), (14, 2));
    assert!(graph.entity_rows().all(|row| graph.mention_count(row) > 0), "what is mentioned nowhere is not there");
}

#[test]
fn a_search_for_paths_stops_when_it_has_tried_enough() {
    let graph = graph();
    let place = |name: &str| graph.entity_rows().position(|row| row == graph.find_named(name)[0]).expect("a row");
    let (canada, dakar) = (place("Canada"), place("Dakar"));
    let request = request(&graph, canada, dakar);
    let whole = graph.paths(&request, &mut enough());
    for most in 0..whole.explored {
        let mut effort = Effort::of(most);
        let found = graph.paths(&request, &mut effort);
        assert!(found.exhausted && !found.more && effort.over() == Some(Exhausted::Steps));
        assert_eq!(found.explored, most);
        assert!(whole.paths.starts_with(&found.paths), "what was found is the beginning of the whole");
    }
}

/// One hop to each neighbour, by putting everything in order.
fn naive_hops(graph: &Graph, start: EntityRow, kinds: &BTreeSet<RelationKind>, direction: Direction) -> Vec<Hop> {
    let mut steps: Vec<_> = graph.steps(start, kinds, direction).filter(|(_, to)| *to != start).collect();
    steps.sort_by(|(a, to_a), (b, to_b)| {
        let confidence = |step: &Step| graph.relation(step.relation).confidence;
        let order = confidence(b).total_cmp(&confidence(a)).then_with(|| graph.compare_entities(*to_a, *to_b));
        order.then_with(|| graph.compare_relations(a.relation, b.relation))
    });
    let mut hops: Vec<Hop> = Vec::new();
    for (step, to) in steps {
        match hops.iter_mut().find(|hop| hop.to == to) {
            Some(hop) => hop.alternatives.push(step),
            None => hops.push(Hop { from: start, step, to, alternatives: Vec::new() }),
        }
    }
    hops
}

#[test]
fn neighbors_come_by_confidence_and_id_each_with_all_relations_that_join_it() {
    for seed in 0..20 {
        let snapshot = random_graph::snapshot(seed, 12);
        let graph = snapshot.graph();
        for start in graph.entity_rows() {
            for direction in [Direction::Out, Direction::In, Direction::Both] {
                for kinds in [BTreeSet::new(), BTreeSet::from([RelationKind::Funds, RelationKind::PartnersWith])] {
                    let naive = naive_hops(graph, start, &kinds, direction);
                    for limit in [naive.len() + 1, naive.len(), naive.len() / 2, 1] {
                        let kinds = kinds.clone();
                        let alternatives = true;
                        let request = NeighborhoodRequest { start, max_hops: 1, kinds, direction, limit, alternatives };
                        let found = graph.neighborhood(&request);
                        let hops: Vec<_> = found.neighbors.into_iter().map(|neighbor| neighbor.last).collect();
                        assert_eq!(hops, naive[..limit.min(naive.len())], "seed {seed}");
                        assert_eq!(found.complete, limit >= naive.len());
                    }
                }
            }
        }
    }
}

#[test]
fn a_neighborhood_without_alternatives_is_the_same_but_for_them() {
    for seed in 0..20 {
        let snapshot = random_graph::snapshot(seed, 12);
        let graph = snapshot.graph();
        for start in graph.entity_rows() {
            for (direction, limit) in
                [(Direction::Out, 3), (Direction::In, 9), (Direction::Both, 5), (Direction::Both, 99)]
            {
                let kinds = BTreeSet::new();
                let mut request =
                    NeighborhoodRequest { start, max_hops: 3, kinds, direction, limit, alternatives: true };
                let mut whole = graph.neighborhood(&request);
                whole.neighbors.iter_mut().for_each(|neighbor| neighbor.last.alternatives.clear());
                request.alternatives = false;
                assert_eq!(graph.neighborhood(&request), whole, "seed {seed}");
            }
        }
    }
}

#[test]
fn a_neighborhood_that_is_cut_is_the_beginning_of_the_whole() {
    let graph = graph();
    for start in graph.entity_rows() {
        for direction in [Direction::Out, Direction::In, Direction::Both] {
            let (kinds, alternatives) = (BTreeSet::new(), true);
            let request = |limit| {
                let kinds = kinds.clone();
                NeighborhoodRequest { start, max_hops: 3, kinds, direction, limit, alternatives }
            };
            let whole = graph.neighborhood(&request(100));
            assert!(whole.complete);
            for limit in 0..whole.neighbors.len() {
                let cut = graph.neighborhood(&request(limit));
                assert_eq!(cut.neighbors, whole.neighbors[..limit]);
                assert!(!cut.complete);
            }
        }
    }
}

#[test]
fn algorithms_of_petgraph_run_on_the_graph() {
    let graph = graph();
    let row = |name: &str| graph.find_named(name)[0];
    let hops = petgraph::algo::dijkstra(&graph, row("Canada"), None, |_| 1);
    assert_eq!(hops.get(&row("Sénégal")), Some(&2), "Canada funds the project, which operates in Senegal");
    assert_eq!(hops.get(&row("Réseau côtier")), None, "nothing leads there from Canada");
    assert!(petgraph::algo::has_path_connecting(&graph, row("Awa Ndiaye"), row("enfants migrants"), None));
    let circle = petgraph::algo::tarjan_scc(&graph).into_iter().max_by_key(Vec::len).expect("entities");
    let mut names: Vec<_> = circle.iter().map(|row| graph.entity(*row).name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Mali", "atelier de formation", "projet régional de protection"]);
    assert_eq!(graph.components(), 4);
}

proptest! {
    #[test]
    fn the_graph_does_not_depend_on_the_order_of_its_input(order in Just(vec![0, 1, 2]).prop_shuffle(), back in 0..3_usize) {
        let whole = changes(&all());
        let one_by_one = |number: usize| Changes {
            added: vec![whole.added[number].clone()],
            attached: vec![whole.attached[number].clone()],
            entities: whole.entities.clone(),
            ..Changes::default()
        };
        let mut other = Graph::default();
        for number in &order {
            other.change(&one_by_one(*number));
        }
        prop_assert_eq!(dump::graph(&graph()), dump::graph(&other));
        // One goes, and comes back.
        let id = whole.added[back].contribution.document.id.clone();
        let gone = Changes {
            detached: vec![whole.attached[back].clone()],
            removed: [id].into(),
            ..Changes::default()
        };
        let before = other.clone();
        other.change(&gone);
        prop_assert_eq!(other.document_count(), 2);
        prop_assert_eq!(dump::graph(&graph()), dump::graph(&before), "a copy stays as it was");
        other.change(&one_by_one(back));
        prop_assert_eq!(dump::graph(&graph()), dump::graph(&other));
        let ids = |graph: &Graph, from, to| {
            let paths = graph.paths(&request(graph, from, to), &mut enough()).paths;
            let id = |hop: &Hop| (graph.entity(hop.to).id.clone(), graph.relation(hop.step.relation).id.clone());
            paths.iter().map(|path| path.hops.iter().map(id).collect()).collect::<Vec<Vec<_>>>()
        };
        for (from, to) in [(0, 1), (2, 9)] {
            prop_assert_eq!(ids(&graph(), from, to), ids(&other, from, to));
        }
    }

    #[test]
    fn paths_are_simple_short_sorted_and_real(
        from in 0..15_usize,
        to in 0..15_usize,
        max_hops in 1..6_usize,
        direction in prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Both)],
        kept in proptest::sample::subsequence(all(), 8..=20),
    ) {
        prop_assume!(from != to);
        let graph = graph_of(&changes(&kept));
        let request = PathsRequest { max_hops, direction, ..request(&graph, from, to) };
        let found = graph.paths(&request, &mut enough());
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
        // The first of them are the same when no more are asked for, and whether there are more is not.
        for limit in 1..4 {
            let first = PathsRequest { limit, tell_more: false, ..request.clone() };
            let few = graph.paths(&first, &mut enough());
            prop_assert_eq!(&few.paths, &found.paths[..limit.min(found.paths.len())]);
            prop_assert!(!few.more && !few.exhausted);
        }
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
