//! Parts of the graph for a drawing, and the limits of everything that runs in the pool.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use maillage::api::Limits;
use maillage::graph::Effort;
use maillage::query::{self, Cut, Direction, SubgraphQuestion};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{answer_with, data, error, error_of, schema_with};
use crate::invented::{leads, organizations};

proptest! {
    #[test]
    fn a_subgraph_is_what_is_near_and_all_between(
        invented in organizations(12, 24),
        seeds in proptest::collection::btree_set(0..12_usize, 1..4),
        max_hops in 0..4_usize,
        first in 4..12_usize,
    ) {
        let lines = invented.lines();
        let mut near: BTreeMap<usize, usize> = seeds.iter().map(|seed| (*seed, 0)).collect();
        let mut queue: VecDeque<_> = seeds.iter().copied().collect();
        while let Some(here) = queue.pop_front() {
            for next in lines.iter().filter_map(|line| leads(line, here, Direction::Both)) {
                if near[&here] < max_hops && !near.contains_key(&next) {
                    near.insert(next, near[&here] + 1);
                    queue.push_back(next);
                }
            }
        }
        let ask = |snapshot: &_, first: usize| {
            let ids = seeds.iter().map(|seed| invented.id(*seed).to_string()).collect();
            let question = SubgraphQuestion { ids, max_hops: max_hops as i32, first: Some(first as i32), ..Default::default() };
            query::subgraph(snapshot, &question, &mut Effort::of(10_000)).expect("answered")
        };
        let (snapshot, turned) = (invented.snapshot(), invented.turned());
        let whole = ask(&snapshot, 100);
        prop_assert_eq!(whole.cut, None);
        let entities: BTreeMap<_, _> = whole.entities.iter().map(|(row, hops)| (invented.number_of(&snapshot, *row), *hops)).collect();
        prop_assert_eq!(&entities, &near);
        prop_assert_eq!(entities.len(), whole.entities.len());
        let between = lines.iter().filter(|line| near.contains_key(&line.1) && near.contains_key(&line.2)).count();
        prop_assert_eq!(whole.relations.len(), between);
        prop_assert_eq!(whole.relations.iter().collect::<BTreeSet<_>>().len(), between);
        let part = ask(&turned, first);
        let numbers = |found: &query::Subgraph, snapshot: &_| {
            found.entities.iter().map(|(row, _)| invented.number_of(snapshot, *row)).collect::<Vec<_>>()
        };
        let (listed, all) = (numbers(&part, &turned), numbers(&whole, &snapshot));
        prop_assert_eq!(&listed[..], &all[..first.min(all.len())], "the beginning of the whole, whatever the rows");
        prop_assert_eq!(part.cut, (all.len() > first).then_some(Cut::First));
        let among = lines.iter().filter(|line| listed.contains(&line.1) && listed.contains(&line.2)).count();
        prop_assert_eq!(part.relations.len(), among);
    }
}

#[test]
fn a_drawing_heeds_kinds() {
    let found = data(
        r#"{ subgraph(ids: ["Canada", "place:dakar"], kinds: [PROJECT, EVENT], relationKinds: [FUNDS, PART_OF, HELD_IN]) {
              complete truncatedBy explored entities { hops entity { id } } relations { kind subject { id } object { id } } }
            alone: subgraph(ids: ["Canada", "oim"], maxHops: 0) { entities { hops } relations { kind } } }"#,
    );
    let drawn = &found["subgraph"];
    let ids: Vec<_> =
        drawn["entities"].as_array().unwrap().iter().map(|e| e["entity"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["country:ca", "place:dakar", "event:atelier", "project:protection"]);
    assert_eq!(drawn["complete"], true);
    let kinds: Vec<_> = drawn["relations"].as_array().unwrap().iter().map(|r| r["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["FUNDS", "HELD_IN", "PART_OF", "FUNDS"]);
    assert_eq!(found["alone"]["relations"], json!([{ "kind": "SUPPORTS" }, { "kind": "FUNDS" }]));
    let refused = |arguments: &str| error(&format!("{{ subgraph({arguments}) {{ complete }} }}")).0;
    assert_eq!(refused("ids: []"), "BAD_USER_INPUT");
    assert_eq!(refused(r#"ids: ["nobody"]"#), "NOT_FOUND");
    assert_eq!(refused(r#"ids: ["Canada"], first: 501"#), "LIMIT_EXCEEDED");
    assert_eq!(refused(r#"ids: ["Canada"], maxHops: 7"#), "LIMIT_EXCEEDED");
}

/// One of each question that runs in the pool.
const HEAVY: [&str; 11] = [
    r#"paths(from: "Canada", to: "Dakar")"#,
    r#"why(a: "Canada", b: "oim")"#,
    r#"match(pattern: "[]--[]")"#,
    r#"partners(of: "oim")"#,
    "entityFacets(by: [KIND])",
    "relationFacets(by: [KIND])",
    "timeline(of: RELATIONS)",
    "centrality(measure: BETWEENNESS)",
    "centrality(measure: PAGERANK)",
    "communities",
    r#"subgraph(ids: ["Canada"])"#,
];

#[test]
fn every_heavy_question_says_what_cut_it() {
    let late = schema_with(&Limits { heavy_time: Duration::ZERO, ..Limits::default() });
    let short = schema_with(&Limits { heavy_steps: 3, ..Limits::default() });
    for question in HEAVY {
        let query = format!("{{ answer: {question} {{ complete truncatedBy explored }} }}");
        let told = |schema| answer_with(schema, &query, Value::Null)["data"]["answer"].clone();
        assert_eq!(told(&late), json!({ "complete": false, "truncatedBy": "TIME", "explored": 0 }), "{question}");
        let cut = told(&short);
        assert_eq!((&cut["complete"], &cut["truncatedBy"]), (&json!(false), &json!("EXPLORED")), "{question}");
        assert!(cut["explored"].as_u64().unwrap() <= 3, "{question}");
    }
}

#[test]
fn where_no_heavy_questions_are_answered_they_are_refused_and_their_neighbours_are_not() {
    let without = schema_with(&Limits { heavy_at_once: 0, ..Limits::default() });
    for question in HEAVY {
        let query = format!("{{ stats {{ version }} answer: {question} {{ complete }} }}");
        let answer = answer_with(&without, &query, Value::Null);
        assert_eq!(answer["data"], json!({ "stats": { "version": 7 }, "answer": null }), "{question}");
        assert_eq!(error_of(&answer).0, "FORBIDDEN", "{question}");
    }
}
