//! Paths in both orders against a plain enumeration, and why two entities belong together.

use std::cmp::Ordering;
use std::time::Instant;

use maillage::graph::Effort;
use maillage::model::RelationKind;
use maillage::query::{self, Cut, Direction, PathOrder, PathQuestion};
use maillage::snapshot::Snapshot;
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{data, error, texts};
use crate::invented::{Invented, Line, directions, leads, organizations};

/// A path: the entities behind its start, each with the confidence of the hop that leads there.
type Trail = Vec<(usize, f32)>;

struct Naive<'n> {
    lines: Vec<Line>,
    question: &'n Asked,
    found: Vec<Trail>,
}

#[derive(Clone, Debug)]
struct Asked {
    from: usize,
    to: usize,
    max_hops: usize,
    kinds: Vec<RelationKind>,
    direction: Direction,
    via: Vec<usize>,
    avoid: Vec<usize>,
}

impl Naive<'_> {
    fn walk(&mut self, trail: &mut Trail) {
        let here = trail.last().map_or(self.question.from, |(to, _)| *to);
        if here == self.question.to {
            if self.question.via.iter().all(|via| *via == self.question.from || trail.iter().any(|(to, _)| to == via)) {
                self.found.push(trail.clone());
            }
            return;
        }
        if trail.len() == self.question.max_hops {
            return;
        }
        for next in 0..8 {
            let asked = |line: &&Line| self.question.kinds.is_empty() || self.question.kinds.contains(&line.0);
            let there = self.lines.iter().filter(asked);
            let there = there.filter(|line| leads(line, here, self.question.direction) == Some(next));
            let Some(best) = there.map(|line| line.3).max_by(f32::total_cmp) else { continue };
            let taken = next == self.question.from || trail.iter().any(|(to, _)| *to == next);
            if !taken && !self.question.avoid.contains(&next) {
                trail.push((next, best));
                self.walk(trail);
                trail.pop();
            }
        }
    }
}

fn product(trail: &Trail) -> f64 {
    trail.iter().map(|(_, confidence)| f64::from(*confidence)).product()
}

fn in_order(by: PathOrder) -> impl Fn(&Trail, &Trail) -> Ordering {
    move |a, b| {
        let ids = |trail: &Trail| trail.iter().map(|(to, _)| *to).collect::<Vec<_>>();
        let hop_by_hop = a.iter().zip(b).map(|(a, b)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        match by {
            PathOrder::Hops => a.len().cmp(&b.len()).then_with(|| hop_by_hop.fold(Ordering::Equal, Ordering::then)),
            PathOrder::Confidence => {
                product(b).total_cmp(&product(a)).then(a.len().cmp(&b.len())).then_with(|| ids(a).cmp(&ids(b)))
            }
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let kinds = proptest::sample::subsequence(vec![RelationKind::Funds, RelationKind::Supports], 0..=2);
    let some = || proptest::collection::vec(0..8_usize, 0..2);
    (0..8_usize, 0..8_usize, 1..6_usize, kinds, directions(), some(), some()).prop_map(
        |(from, to, max_hops, kinds, direction, via, avoid)| Asked { from, to, max_hops, kinds, direction, via, avoid },
    )
}

fn ask(
    invented: &Invented,
    snapshot: &Snapshot,
    asked: &Asked,
    by: PathOrder,
    (first, alone): (i32, bool),
) -> query::Paths {
    let ids = |numbers: &[usize]| numbers.iter().map(|number| invented.id(*number).to_string()).collect::<Vec<_>>();
    let question = PathQuestion {
        from: invented.id(asked.from).to_string(),
        to: invented.id(asked.to).to_string(),
        max_hops: asked.max_hops as i32,
        kinds: asked.kinds.clone(),
        via: ids(&asked.via),
        avoid: ids(&asked.avoid),
        direction: asked.direction,
        by,
        first: Some(first),
        alone,
    };
    query::paths(snapshot, &question, &mut Effort::of(1_000_000)).expect("it is answered")
}

fn trails(invented: &Invented, snapshot: &Snapshot, found: &query::Paths) -> Vec<Trail> {
    let confidence = |hop: &query::Hop| snapshot.graph().relation(hop.step.relation).confidence;
    let trail = |path: &query::Path| {
        path.hops.iter().map(|hop| (invented.number_of(snapshot, hop.to), confidence(hop))).collect()
    };
    found.paths.iter().map(trail).collect()
}

proptest! {
    #[test]
    fn paths_are_those_of_a_plain_enumeration_in_both_orders(
        invented in organizations(8, 20),
        asked in asked(),
        first in 1..12_i32,
    ) {
        let mut ends = [asked.from, asked.to].into_iter().chain(asked.via.iter().copied());
        prop_assume!(asked.from != asked.to && !ends.any(|end| asked.avoid.contains(&end)));
        let (snapshot, turned) = (invented.snapshot(), invented.turned());
        for by in [PathOrder::Hops, PathOrder::Confidence] {
            let mut naive = Naive { lines: invented.lines(), question: &asked, found: Vec::new() };
            naive.walk(&mut Vec::new());
            naive.found.sort_by(in_order(by));
            let whole = ask(&invented, &snapshot, &asked, by, (100, false));
            prop_assert_eq!(whole.cut, (naive.found.len() > 100).then_some(Cut::First));
            naive.found.truncate(100);
            prop_assert_eq!(&trails(&invented, &snapshot, &whole), &naive.found);
            let part = ask(&invented, &turned, &asked, by, (first, false));
            let listed = naive.found.len().min(first as usize);
            prop_assert_eq!(&trails(&invented, &turned, &part)[..], &naive.found[..listed], "whatever the rows");
            prop_assert_eq!(part.cut.is_some(), listed < naive.found.len());
            let alone = ask(&invented, &turned, &asked, by, (first, true));
            prop_assert_eq!(&alone.paths, &part.paths, "whether there are more makes no difference to those that are listed");
            prop_assert!(alone.explored <= part.explored);
        }
    }
}

#[test]
fn a_search_by_confidence_that_is_cut_lists_the_beginning() {
    let snapshot = crate::fixture::snapshot();
    let question = PathQuestion {
        from: "Canada".into(),
        to: "Dakar".into(),
        max_hops: 5,
        by: PathOrder::Confidence,
        first: Some(100),
        ..PathQuestion::default()
    };
    let whole = query::paths(&snapshot, &question, &mut Effort::of(1_000_000)).expect("answered");
    assert!(whole.cut.is_none() && whole.paths.len() > 10);
    let confidences: Vec<_> = whole.paths.iter().map(|path| query::path_confidence(&snapshot, path)).collect();
    assert!(confidences.is_sorted_by(|a, b| a >= b), "{confidences:?}");
    for most in (0..whole.explored).step_by(7) {
        let part = query::paths(&snapshot, &question, &mut Effort::of(most)).expect("answered");
        assert_eq!((part.cut, part.explored), (Some(Cut::Explored), most));
        assert!(whole.paths.starts_with(&part.paths));
    }
    let late = query::paths(&snapshot, &question, &mut Effort::of(1_000_000).until(Instant::now())).expect("answered");
    assert_eq!((late.cut, late.paths.len()), (Some(Cut::Time), 0));
}

#[test]
fn the_strongest_way_may_be_the_longer_one() {
    let found = data(
        r#"{ strong: paths(from: "Canada", to: "event:atelier", by: CONFIDENCE, first: 1) { truncatedBy paths { text confidence } }
             short: paths(from: "Canada", to: "event:atelier", by: HOPS, first: 1) { paths { text } } }"#,
    );
    assert_eq!(found["short"]["paths"][0]["text"], "Canada —FUNDS→ atelier de formation");
    let strong = &found["strong"];
    assert_eq!(
        strong["paths"][0]["text"],
        "Canada —FUNDS→ projet régional de protection ←PART_OF— atelier de formation"
    );
    assert_eq!((&strong["paths"][0]["confidence"], &strong["truncatedBy"]), (&json!(0.855), &json!("FIRST")));
}

#[test]
fn why_tells_direct_relations_ways_and_what_is_shared() {
    let found = data(
        r#"{ why(a: "Canada", b: "oim") { complete a { name } b { id } best { text } statements { text document { title } }
             direct { direction relation { kind } } paths { length confidence text }
             shared { weight entity { id } ours { direction relation { kind } } theirs { direction relation { kind } } } } }"#,
    );
    let why = &found["why"];
    assert_eq!((&why["complete"], &why["b"]["id"]), (&json!(true), &json!("organization:oim")));
    assert_eq!(why["best"]["text"], "Canada —SUPPORTS→ Organisation internationale pour les migrations");
    assert_eq!(texts(&why["statements"], "text"), ["Le Canada soutient l’OIM."]);
    let kinds = |list: &serde_json::Value| {
        let kind = |read: &serde_json::Value| read["relation"]["kind"].as_str().unwrap().to_string();
        list.as_array().unwrap().iter().map(kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&why["direct"]), ["SUPPORTS", "FUNDS"]);
    let ways = why["paths"].as_array().unwrap();
    assert!(ways.iter().all(|way| way["length"].as_u64().unwrap() > 1) && ways.len() > 3);
    let confidences: Vec<_> = ways.iter().map(|way| way["confidence"].as_f64().unwrap()).collect();
    assert!(confidences.is_sorted_by(|a, b| a >= b));
    // 0.95 · 0.9 over the six that the project is joined with, before 0.8 · 0.5 over the workshop's seven.
    let shared = &why["shared"];
    let entities: Vec<_> = shared.as_array().unwrap().iter().map(|s| s["entity"]["id"].as_str().unwrap()).collect();
    assert_eq!(entities, ["project:protection", "event:atelier"]);
    assert_eq!(shared[0]["weight"], json!(0.1425));
    assert_eq!(
        (kinds(&shared[0]["ours"]), kinds(&shared[0]["theirs"])),
        (vec!["FUNDS".into()], vec!["IMPLEMENTS".into()])
    );
}

#[test]
fn why_without_a_direct_relation_tells_the_strongest_way() {
    let found = data(
        r#"{ far: why(a: "Réseau côtier", b: "Dakar", first: 2) { truncatedBy best { text length } statements { text } direct { direction } paths { text } }
             never: why(a: "Canada", b: "event:seul") { complete best { text } statements { text } paths { text } shared { weight } } }"#,
    );
    let far = &found["far"];
    assert_eq!((&far["direct"], &far["truncatedBy"]), (&json!([]), &json!("FIRST")));
    assert_eq!(far["best"]["text"], far["paths"][0]["text"]);
    let length = usize::try_from(far["best"]["length"].as_u64().unwrap()).unwrap();
    assert_eq!(texts(&far["statements"], "text").len(), length, "a statement for each hop");
    assert_eq!(found["never"], json!({ "complete": true, "best": null, "statements": [], "paths": [], "shared": [] }));
    assert_eq!(error(r#"{ why(a: "Canada", b: "country:ca") { complete } }"#).0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ why(a: "Canada", b: "nobody") { complete } }"#).0, "NOT_FOUND");
}
