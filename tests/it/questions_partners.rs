//! Partners against the formula as it is stated, and what stands behind each weight.

use std::collections::{BTreeMap, BTreeSet};

use maillage::graph::Effort;
use maillage::model::{EntityKind, RelationKind};
use maillage::query::{self, Cut};
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{data, error};
use crate::invented::{Invented, Line};

use EntityKind::{Country, Event, Organization, Project};
use RelationKind::{
    Funds, Implements, MemberOf, OperatesIn, Organizes, PartOf, ParticipatesIn, PartnersWith, Supports,
};

fn graphs() -> impl Strategy<Value = Invented> {
    let kinds = [Organization, Organization, Organization, Organization, Country, Project, Project, Event];
    let relations =
        [Funds, Implements, MemberOf, OperatesIn, Organizes, PartOf, ParticipatesIn, PartnersWith, Supports];
    let line = (0..relations.len(), 0..8_usize, 0..8_usize, prop_oneof![Just(0.5_f32), Just(0.75), Just(1.0)]);
    proptest::collection::vec(line, 1..25).prop_map(move |lines| Invented {
        kinds: kinds.to_vec(),
        relations: lines
            .into_iter()
            .map(|(kind, a, b, sure)| (relations[kind], a, b, sure))
            .filter(|l| l.1 != l.2)
            .collect(),
    })
}

fn acts(invented: &Invented, number: usize) -> bool {
    matches!(invented.kinds[number], Organization | Country)
}

/// The best confidence with which an actor is tied to something.
fn tie(invented: &Invented, lines: &[Line], actor: usize, shared: usize) -> Option<f32> {
    let ties = |(kind, subject, object, _): &&Line| match kind {
        Implements | Organizes | ParticipatesIn => (*subject, *object) == (actor, shared),
        Funds | Supports => (*subject, *object) == (actor, shared) || (*subject, *object) == (shared, actor),
        MemberOf | PartOf => (*subject, *object) == (actor, shared) && invented.kinds[shared] == Organization,
        _ => false,
    };
    lines
        .iter()
        .filter(ties)
        .map(|line| line.3)
        .max_by(f32::total_cmp)
        .filter(|_| acts(invented, actor) && actor != shared)
}

fn naive(invented: &Invented, of: usize) -> BTreeMap<usize, f64> {
    let lines = invented.lines();
    let all = 0..invented.kinds.len();
    let mut weights = BTreeMap::new();
    for other in all.clone().filter(|other| *other != of && acts(invented, *other)) {
        let direct = lines.iter().filter(|(kind, subject, object, _)| {
            matches!(kind, Funds | Supports | PartnersWith | MemberOf | PartOf)
                && BTreeSet::from([*subject, *object]) == BTreeSet::from([of, other])
        });
        let direct = direct.map(|line| line.3).max_by(f32::total_cmp);
        let shared = all.clone().filter(|shared| ![of, other].contains(shared)).filter_map(|shared| {
            let sides = tie(invented, &lines, of, shared)? * tie(invented, &lines, other, shared)?;
            let n = all.clone().filter(|actor| tie(invented, &lines, *actor, shared).is_some()).count();
            Some(f64::from(sides) / (n - 1) as f64)
        });
        let shared: Vec<_> = shared.collect();
        if direct.is_some() || !shared.is_empty() {
            weights.insert(other, f64::from(direct.unwrap_or(0.0)) + shared.iter().sum::<f64>());
        }
    }
    weights
}

proptest! {
    #[test]
    fn weights_are_those_of_the_formula(invented in graphs(), of in 0..5_usize) {
        let kinds = [Organization, Country];
        let ask = |snapshot: &_| {
            query::partners(snapshot, invented.id(of).as_str(), &kinds, Some(100), &mut Effort::of(100_000)).expect("answered")
        };
        let (snapshot, turned) = (invented.snapshot(), invented.turned());
        let found = ask(&snapshot);
        prop_assert_eq!(found.cut, None);
        let expected = naive(&invented, of);
        let weights: BTreeMap<_, _> = found.partners.iter().map(|p| (invented.number_of(&snapshot, p.entity), p.weight)).collect();
        prop_assert_eq!(weights.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (number, weight) in &weights {
            prop_assert!((weight - expected[number]).abs() < 1e-9, "{number}: {weight} {}", expected[number]);
        }
        prop_assert!(found.partners.is_sorted_by(|a, b| a.weight >= b.weight));
        for partner in &found.partners {
            let best = partner.direct.first().map_or(0.0, |s| f64::from(snapshot.graph().relation(s.relation).confidence));
            let sum: f64 = partner.shared.iter().map(|shared| shared.weight).sum();
            prop_assert!((partner.weight - best - sum).abs() < 1e-9, "the weight is what stands behind it");
            for shared in &partner.shared {
                let joins = |steps: &[query::Step], end| steps.iter().all(|s| snapshot.graph().other_end(s.relation, end) == shared.entity);
                prop_assert!(!shared.ours.is_empty() && joins(&shared.ours, found.of));
                prop_assert!(!shared.theirs.is_empty() && joins(&shared.theirs, partner.entity));
            }
        }
        let told = |found: &query::Partners, snapshot: &_| {
            found.partners.iter().map(|p| (invented.number_of(snapshot, p.entity), p.weight.to_bits())).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&found, &snapshot), told(&ask(&turned), &turned), "to the last bit, whatever the rows");
    }
}

#[test]
fn partners_of_the_fixture_tell_what_they_share() {
    let found = data(
        r#"{ partners(of: "oim", kinds: [ORGANIZATION, COUNTRY]) { complete totalCount of { id } partners { weight entity { id }
             direct { relation { kind evidence { text } } direction }
             shared { weight entity { id } ours { relation { kind evidence { text } } } theirs { relation { kind } direction } } } }
             only: partners(of: "oim") { partners { entity { id } } } }"#,
    );
    let partners = found["partners"]["partners"].as_array().unwrap();
    let ids: Vec<_> = partners.iter().map(|p| p["entity"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["country:ca", "organization:reseau", "country:ml"]);
    assert_eq!((&found["partners"]["complete"], &found["partners"]["totalCount"]), (&json!(true), &json!(3)));
    // 0.75 directly, 0.9 · 0.95 for the project that only these two carry, 0.5 · 0.8 / 2 for the workshop of three.
    assert_eq!(partners[0]["weight"], json!(1.805));
    let shared = &partners[0]["shared"];
    assert_eq!((&shared[0]["entity"]["id"], &shared[0]["weight"]), (&json!("project:protection"), &json!(0.855)));
    assert_eq!((&shared[1]["entity"]["id"], &shared[1]["weight"]), (&json!("event:atelier"), &json!(0.2)));
    assert_eq!(shared[0]["theirs"][0], json!({ "relation": { "kind": "FUNDS" }, "direction": "FORWARD" }));
    assert!(shared[0]["ours"][0]["relation"]["evidence"][0]["text"].as_str().unwrap().starts_with("L’OIM le met"));
    assert_eq!(partners[1]["direct"][0]["relation"]["kind"], "PARTNERS_WITH");
    assert_eq!(found["only"]["partners"], json!([{ "entity": { "id": "organization:reseau" } }]));
}

#[test]
fn who_cannot_have_partners_is_refused_and_a_cut_is_told() {
    let (code, message) = error(r#"{ partners(of: "Awa Ndiaye") { complete } }"#);
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("is a PERSON"), "{message}");
    assert_eq!(error(r#"{ partners(of: "nobody") { complete } }"#).0, "NOT_FOUND");
    assert_eq!(error(r#"{ partners(of: "oim", first: 101) { complete } }"#).0, "LIMIT_EXCEEDED");
    let snapshot = crate::fixture::snapshot();
    let kinds = [Organization, Country];
    let first = query::partners(&snapshot, "oim", &kinds, Some(1), &mut Effort::of(1_000)).expect("answered");
    assert_eq!((first.cut, first.partners.len(), first.total), (Some(Cut::First), 1, 3));
    let short = query::partners(&snapshot, "oim", &kinds, None, &mut Effort::of(9)).expect("answered");
    assert_eq!(short.cut, Some(Cut::Explored));
}
