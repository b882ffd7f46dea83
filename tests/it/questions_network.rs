//! Who is central and what belongs together, against plain references.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use maillage::graph::Effort;
use maillage::model::{EntityKind, RelationKind};
use maillage::query::{self, Cut, Measure, NetworkQuestion};
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{data, error, snapshot, texts};
use crate::invented::{Invented, organizations};
use crate::made_up::Dice;

fn scores(invented: &Invented, turned: bool, measure: Measure) -> BTreeMap<usize, f64> {
    let snapshot = if turned { invented.turned() } else { invented.snapshot() };
    let question = NetworkQuestion::default();
    let found =
        query::centrality(&snapshot, measure, &question, Some(100), &mut Effort::of(1_000_000)).expect("answered");
    assert_eq!((found.cut, found.sampled, found.total), (None, None, invented.kinds.len()));
    assert!(found.entities.is_sorted_by(|a, b| a.score >= b.score));
    found.entities.iter().map(|central| (invented.number_of(&snapshot, central.entity), central.score)).collect()
}

/// Neighbours by number, without regard to direction.
fn neighbors(invented: &Invented) -> Vec<BTreeSet<usize>> {
    let mut neighbors = vec![BTreeSet::new(); invented.kinds.len()];
    for (_, a, b, _) in invented.lines() {
        neighbors[a].insert(b);
        neighbors[b].insert(a);
    }
    neighbors
}

/// All shortest paths between two, each as the entities in between.
fn shortest(neighbors: &[BTreeSet<usize>], from: usize, to: usize) -> Vec<Vec<usize>> {
    let mut queue = VecDeque::from([vec![from]]);
    let mut found: Vec<Vec<usize>> = Vec::new();
    while let Some(path) = queue.pop_front() {
        let here = path[path.len() - 1];
        if found.first().is_some_and(|other| path.len() > other.len() + 2) {
            break;
        }
        if here == to {
            found.push(path[1..path.len() - 1].to_vec());
            continue;
        }
        for next in neighbors[here].iter().filter(|next| !path.contains(next)) {
            queue.push_back(path.iter().copied().chain([*next]).collect());
        }
    }
    found
}

proptest! {
    #[test]
    fn scores_are_those_of_plain_references(invented in organizations(8, 14)) {
        let neighbors = neighbors(&invented);
        let count = neighbors.len();
        let mut between = vec![0.0; count];
        for (from, to) in (0..count).flat_map(|from| (from + 1..count).map(move |to| (from, to))) {
            let paths = shortest(&neighbors, from, to);
            for place in paths.iter().flatten() {
                between[*place] += 2.0 / paths.len() as f64 / ((count - 1) * (count - 2)) as f64;
            }
        }
        // PageRank as a matrix, for many rounds.
        let mut flow = vec![vec![0.0; count]; count];
        for (kind, subject, object, _) in invented.lines() {
            flow[subject][object] += 1.0;
            flow[object][subject] += if kind == RelationKind::PartnersWith { 1.0 } else { 0.0 };
        }
        let mut ranks = vec![1.0 / count as f64; count];
        for _ in 0..300 {
            let mut next = vec![0.15 / count as f64; count];
            for from in 0..count {
                let out: f64 = flow[from].iter().sum();
                for to in 0..count {
                    next[to] += 0.85 * ranks[from] * if out > 0.0 { flow[from][to] / out } else { 1.0 / count as f64 };
                }
            }
            ranks = next;
        }
        for turned in [false, true] {
            for (number, score) in scores(&invented, turned, Measure::Betweenness) {
                prop_assert!((score - between[number]).abs() < 1e-9, "betweenness of {number}: {score}, not {}", between[number]);
            }
            for (number, score) in scores(&invented, turned, Measure::PageRank) {
                prop_assert!((score - ranks[number]).abs() < 1e-6, "rank of {number}: {score}, not {}", ranks[number]);
            }
            for (number, score) in scores(&invented, turned, Measure::Degree) {
                prop_assert_eq!(score, neighbors[number].len() as f64);
            }
        }
        for measure in [Measure::Betweenness, Measure::PageRank] {
            let bits = |turned| scores(&invented, turned, measure).into_values().map(f64::to_bits).collect::<Vec<_>>();
            prop_assert_eq!(bits(false), bits(true), "to the last bit, whatever the rows");
        }
    }
}

/// Of each entity the number of its community; those without links have one of their own.
fn parting(invented: &Invented, turned: bool) -> (Vec<usize>, f64) {
    let snapshot = if turned { invented.turned() } else { invented.snapshot() };
    let ask = &mut Effort::of(1_000_000);
    let found =
        query::communities(&snapshot, &NetworkQuestion::default(), Some(100), Some(100), ask).expect("answered");
    assert_eq!((found.cut, found.total), (None, found.communities.len()));
    let mut of: Vec<_> = (0..invented.kinds.len()).map(|number| 1_000 + number).collect();
    for (number, community) in found.communities.iter().enumerate() {
        assert_eq!(community.size, community.members.len());
        community.members.iter().for_each(|(row, _)| of[invented.number_of(&snapshot, *row)] = number);
    }
    let alone = of.iter().filter(|community| **community >= 1_000).count();
    assert_eq!(alone, found.isolated, "nobody who has a neighbour stays alone");
    (of, found.modularity)
}

fn modularity(invented: &Invented, of: &[usize]) -> f64 {
    let lines: Vec<_> = invented.lines().into_iter().filter(|line| line.1 != line.2).collect();
    let whole = 2.0 * lines.len() as f64;
    let degree = |number: usize| {
        lines.iter().map(|l| usize::from(l.1 == number) + usize::from(l.2 == number)).sum::<usize>() as f64
    };
    let mut sum = 0.0;
    for a in 0..of.len() {
        for b in (0..of.len()).filter(|b| of[*b] == of[a]) {
            let links = lines.iter().filter(|l| (l.1, l.2) == (a, b) || (l.2, l.1) == (a, b)).count() as f64;
            sum += links / whole - degree(a) * degree(b) / (whole * whole);
        }
    }
    if lines.is_empty() { 0.0 } else { sum }
}

/// All partings of so many things, as growing numbers.
fn partings(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![vec![]], |partings, _| {
        let grown = |parting: Vec<usize>| {
            let next = parting.iter().max().map_or(0, |most| most + 1);
            (0..=next).map(move |number| parting.iter().copied().chain([number]).collect())
        };
        partings.into_iter().flat_map(grown).collect()
    })
}

#[test]
fn partings_are_nearly_the_best_there_are() {
    let all = partings(7);
    assert_eq!(all.len(), 877);
    let (mut reached, mut possible) = (0.0, 0.0);
    for seed in 0..25 {
        let mut dice = Dice(seed);
        let mut line = || (RelationKind::Funds, dice.roll(7) as usize, dice.roll(7) as usize, 0.9);
        let relations = (0..10).map(|_| line()).filter(|line| line.1 != line.2).collect();
        let invented = Invented { kinds: vec![EntityKind::Organization; 7], relations };
        let (_, found) = parting(&invented, false);
        let best = all.iter().map(|parting| modularity(&invented, parting)).fold(0.0, f64::max);
        assert!(found <= best + 1e-9, "seed {seed}: {found} is more than there is: {best}");
        (reached, possible) = (reached + found, possible + best);
    }
    assert!(reached > 0.95 * possible, "{reached} of {possible}");
}

proptest! {
    #[test]
    fn communities_hang_together_and_are_as_good_as_they_say(invented in organizations(12, 24)) {
        let (of, said) = parting(&invented, false);
        prop_assert!((said - modularity(&invented, &of)).abs() < 1e-9);
        prop_assert!(said >= -1e-9, "one community of all would have 0");
        prop_assert_eq!((&of, said.to_bits()), (&parting(&invented, true).0, parting(&invented, true).1.to_bits()));
        let neighbors = neighbors(&invented);
        for start in 0..of.len() {
            let mut reached = BTreeSet::from([start]);
            let mut open = vec![start];
            while let Some(here) = open.pop() {
                open.extend(neighbors[here].iter().filter(|next| of[**next] == of[start] && reached.insert(**next)));
            }
            prop_assert_eq!(reached.len(), of.iter().filter(|community| **community == of[start]).count());
        }
    }
}

#[test]
fn two_groups_with_one_bridge_are_told_apart() {
    let group =
        |start: usize| (start..start + 5).flat_map(move |a| (start..a).map(move |b| (RelationKind::Funds, a, b, 0.9)));
    let relations = group(0).chain(group(5)).chain([(RelationKind::Supports, 4, 5, 0.9)]).collect();
    let invented = Invented { kinds: vec![EntityKind::Organization; 11], relations };
    let (of, modularity) = parting(&invented, false);
    assert!(
        of[..5].iter().all(|community| *community == of[0]) && of[5..10].iter().all(|community| *community == of[5])
    );
    assert!(of[0] != of[5] && modularity > 0.4);
    let between = scores(&invented, false, Measure::Betweenness);
    let most = |number: &usize| between.values().all(|score| *score <= between[number]);
    assert!(most(&4) && most(&5), "whoever joins the groups stands between all: {between:?}");
    let snapshot = invented.snapshot();
    let found = query::communities(&snapshot, &NetworkQuestion::default(), Some(1), Some(2), &mut Effort::of(10_000))
        .expect("answered");
    assert_eq!((found.cut, found.total, found.isolated), (Some(Cut::First), 2, 1));
    let first = &found.communities[0];
    assert_eq!((first.label.as_str(), first.size, first.members.len()), ("E000, E001, E002", 5, 2));
    assert_eq!((first.relations_within, first.relations_out), (10, 1));
}

#[test]
fn a_part_of_the_graph_is_measured_by_itself() {
    let found = data(
        r#"{ degree: centrality(measure: DEGREE, first: 3) { totalCount complete entities { score entity { id } } }
             some: centrality(measure: DEGREE, kinds: [COUNTRY, PROJECT], relationKinds: [OPERATES_IN], first: 1) { totalCount entities { score entity { id } } }
             between: centrality(measure: BETWEENNESS, first: 2) { sampled entities { entity { id } } }
             rank: centrality(measure: PAGERANK, first: 100) { entities { score } }
             communities(members: 2) { complete totalCount isolatedCount modularity communities { label size relationsWithin members { relationsWithin entity { name } } } } }"#,
    );
    assert_eq!(found["degree"]["entities"][0], json!({ "score": 7.0, "entity": { "id": "event:atelier" } }));
    assert_eq!(found["degree"]["totalCount"], 15);
    assert_eq!(
        found["some"],
        json!({ "totalCount": 4, "entities": [{ "score": 2.0, "entity": { "id": "project:protection" } }] })
    );
    assert_eq!(found["between"]["sampled"], json!(null));
    let ranks: f64 = found["rank"]["entities"].as_array().unwrap().iter().map(|e| e["score"].as_f64().unwrap()).sum();
    assert!((ranks - 1.0).abs() < 1e-4, "{ranks}");
    let communities = &found["communities"];
    assert_eq!((&communities["complete"], &communities["isolatedCount"]), (&json!(true), &json!(2)));
    assert!(texts(&communities["communities"], "label").iter().any(|label| label.contains("manuel de sauvetage")));
    assert_eq!(error("{ centrality(measure: DEGREE, first: 101) { complete } }").0, "LIMIT_EXCEEDED");
    assert_eq!(error("{ communities(members: 101) { complete } }").0, "LIMIT_EXCEEDED");
}

#[test]
fn a_measure_that_is_cut_says_from_how_many_it_was_taken() {
    let snapshot = snapshot();
    let ask = |most| {
        let effort = &mut Effort::of(most);
        query::centrality(&snapshot, Measure::Betweenness, &NetworkQuestion::default(), None, effort).expect("answered")
    };
    let whole = ask(100_000);
    assert_eq!((whole.cut, whole.sampled), (None, None));
    let cut = ask(whole.explored - 1);
    assert_eq!((cut.cut, cut.sampled), (Some(Cut::Explored), Some(14)), "all but the last");
}
