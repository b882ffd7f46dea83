//! Patterns against a plain enumeration, as text and as typed input.

use std::collections::{BTreeMap, BTreeSet};

use maillage::graph::Effort;
use maillage::model::{EntityKind, RelationKind};
use maillage::query::{self, Chain, ChainEntity, ChainHop, Cut};
use maillage::snapshot::Snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{data, error, schema, texts};
use crate::invented::{Invented, Line, directions, leads};

const KINDS: [EntityKind; 3] = [EntityKind::Organization, EntityKind::Project, EntityKind::Country];
const RELATIONS: [RelationKind; 3] = [RelationKind::Funds, RelationKind::PartOf, RelationKind::PartnersWith];

fn graphs() -> impl Strategy<Value = Invented> {
    let line = (0..RELATIONS.len(), 0..6_usize, 0..6_usize);
    (proptest::collection::vec(0..KINDS.len(), 6), proptest::collection::vec(line, 1..14)).prop_map(|(kinds, lines)| {
        Invented {
            kinds: kinds.into_iter().map(|kind| KINDS[kind]).collect(),
            relations: lines.into_iter().map(|(kind, a, b)| (RELATIONS[kind], a, b, 0.9)).collect(),
        }
    })
}

fn chains() -> impl Strategy<Value = Chain> {
    let place = || {
        let kinds = proptest::sample::subsequence(KINDS.to_vec(), 0..=2);
        let variable = prop_oneof![3 => Just(None), 1 => Just(Some("x".to_string()))];
        let country = prop_oneof![4 => Just(None), 1 => Just(Some("sn".to_string()))];
        let id = prop_oneof![5 => Just(None), 1 => Just(Some(0))];
        (kinds, variable, country, id).prop_map(|(kinds, variable, country, id)| ChainEntity {
            kinds: kinds.into_iter().collect(),
            variable,
            country,
            name: id.map(|number: usize| format!("E{number:03}")),
            ..ChainEntity::default()
        })
    };
    let kinds = proptest::sample::subsequence(RELATIONS.to_vec(), 0..=2);
    let hop = (kinds, directions(), place()).prop_map(|(kinds, direction, to)| ChainHop {
        kinds: kinds.into_iter().collect(),
        direction,
        to,
        ..ChainHop::default()
    });
    (place(), proptest::collection::vec(hop, 1..=3)).prop_map(|(start, hops)| Chain { start, hops })
}

/// Entities by number, and relations by their place in the list.
type Laid = (Vec<usize>, Vec<usize>);

/// Lays a chain in the most obvious way: from left to right, every relation at every hop.
fn lay(invented: &Invented, lines: &[Line], chain: &Chain, laid: &mut Laid, found: &mut BTreeSet<Laid>) {
    let places: Vec<_> = chain.entities().collect();
    let place = places[laid.0.len() - 1];
    let here = laid.0[laid.0.len() - 1];
    let country = |code: &String| here.is_multiple_of(3) && code == "sn";
    let same = |(other, number): (&&ChainEntity, &usize)| {
        place.variable.is_none() || other.variable != place.variable || *number == here
    };
    if (!place.kinds.is_empty() && !place.kinds.contains(&invented.kinds[here]))
        || !place.country.as_ref().is_none_or(country)
        || place.name.as_ref().is_some_and(|name| *name != format!("E{here:03}"))
        || !places.iter().zip(&laid.0).all(same)
    {
        return;
    }
    let Some(hop) = chain.hops.get(laid.1.len()) else {
        found.insert(laid.clone());
        return;
    };
    for (at, line) in lines.iter().enumerate() {
        let asked = hop.kinds.is_empty() || hop.kinds.contains(&line.0);
        if let Some(next) = leads(line, here, hop.direction).filter(|_| asked && !laid.1.contains(&at)) {
            laid.0.push(next);
            laid.1.push(at);
            lay(invented, lines, chain, laid, found);
            laid.0.pop();
            laid.1.pop();
        }
    }
}

fn naive(invented: &Invented, chain: &Chain) -> BTreeSet<Laid> {
    let mut found = BTreeSet::new();
    for start in 0..invented.kinds.len() {
        lay(invented, &invented.lines(), chain, &mut (vec![start], vec![]), &mut found);
    }
    found
}

fn laid(invented: &Invented, snapshot: &Snapshot, row: &query::ChainRow) -> Laid {
    let numbers: BTreeMap<_, _> =
        invented.lines().iter().enumerate().map(|(at, line)| ((line.0, line.1, line.2), at)).collect();
    let number = |row| invented.number_of(snapshot, row);
    let relation = |step: &query::Step| {
        let (subject, object) = snapshot.graph().ends(step.relation);
        numbers[&(snapshot.graph().relation(step.relation).kind, number(subject), number(object))]
    };
    (row.entities.iter().map(|row| number(*row)).collect(), row.steps.iter().map(relation).collect())
}

fn search(snapshot: &Snapshot, chain: &Chain, first: i32) -> query::Chains {
    query::match_chain(snapshot, chain, Some(first), &mut Effort::of(1_000_000)).expect("it is answered")
}

proptest! {
    #[test]
    fn rows_are_those_of_a_plain_enumeration(invented in graphs(), chain in chains(), first in 1..5_usize) {
        let (snapshot, turned) = (invented.snapshot(), invented.turned());
        let expected = naive(&invented, &chain);
        let found = search(&snapshot, &chain, 100);
        let rows: Vec<_> = found.rows.iter().map(|row| laid(&invented, &snapshot, row)).collect();
        let distinct: BTreeSet<_> = rows.iter().cloned().collect();
        prop_assert_eq!(distinct.len(), rows.len(), "no row twice");
        match found.cut {
            None => prop_assert_eq!(&distinct, &expected),
            Some(_) => prop_assert!(distinct.is_subset(&expected) && rows.len() == 100 && expected.len() > 100),
        }
        for row in &found.rows {
            for (at, step) in row.steps.iter().enumerate() {
                let (subject, object) = snapshot.graph().ends(step.relation);
                let read = if step.forward { (subject, object) } else { (object, subject) };
                prop_assert_eq!(read, (row.entities[at], row.entities[at + 1]), "read from left to right");
            }
        }
        let part = search(&turned, &chain, first as i32);
        let beginning: Vec<_> = part.rows.iter().map(|row| laid(&invented, &turned, row)).collect();
        prop_assert_eq!(&beginning[..], &rows[..first.min(rows.len())], "in the same order, whatever the rows");
        prop_assert_eq!(part.cut.is_some(), expected.len() > first);
    }
}

#[test]
fn a_search_starts_where_fewest_fit() {
    let snapshot = crate::fixture::snapshot();
    let chain = query::parse_chain(r#"[]--[]--[topic]"#).expect("a pattern");
    let whole = search(&snapshot, &chain, 100);
    assert_eq!(whole.rows.len(), 1, "traite – manuel – école");
    // All entities are looked at for the one topic, then one relation, then the two of the manual.
    assert_eq!(whole.explored, 15 + 1 + 2);
    let cut = query::match_chain(&snapshot, &chain, None, &mut Effort::of(10)).expect("answered");
    assert_eq!((cut.cut, cut.explored), (Some(Cut::Explored), 10));
}

#[test]
fn a_pattern_gives_entities_and_relations_with_evidence_in_order() {
    let found = data(
        r#"{ match(pattern: "[funder:Country|Organization]-m:FUNDS->[Project]-OPERATES_IN->[Country {name: \"SENEGAL\"}]") {
            complete truncatedBy explored rows { text confidence entities { variable entity { id } }
            relations { variable direction relation { kind amount evidence { text } } } } } }"#,
    );
    let answer = &found["match"];
    assert_eq!((&answer["complete"], &answer["truncatedBy"]), (&json!(true), &json!(null)));
    let row = &answer["rows"][0];
    assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
    assert_eq!(row["text"], "Canada —FUNDS→ projet régional de protection —OPERATES_IN→ Sénégal");
    assert_eq!(row["confidence"], json!(0.855));
    let entities: Vec<_> = row["entities"].as_array().unwrap().iter().map(|e| &e["entity"]["id"]).collect();
    assert_eq!(entities, ["country:ca", "project:protection", "country:sn"]);
    assert_eq!(row["entities"][0]["variable"], "funder");
    assert_eq!(row["relations"][0]["variable"], "m");
    assert_eq!(row["relations"][0]["relation"]["amount"], 2_000_000.0);
    assert!(
        row["relations"][1]["relation"]["evidence"][0]["text"].as_str().unwrap().starts_with("L’OIM le met en œuvre")
    );
}

#[test]
fn text_and_typed_input_say_the_same() {
    let rows = "rows { text entities { variable entity { id } } relations { direction relation { id } } }";
    let text = data(&format!(
        r#"{{ match(pattern: "[o:organization]-IMPLEMENTS->[Project]<-PART_OF-[Event]-ORGANIZES-[o]", first: 5) {{ complete {rows} }} }}"#
    ));
    let typed = data(&format!(
        r#"{{ match(first: 5, chain: {{ start: {{ kind: [ORGANIZATION], as: "o" }}, hops: [
            {{ relation: {{ kind: [IMPLEMENTS], direction: OUT }}, to: {{ kind: [PROJECT] }} }},
            {{ relation: {{ kind: [PART_OF], direction: IN }}, to: {{ kind: [EVENT] }} }},
            {{ relation: {{ kind: [ORGANIZES] }}, to: {{ as: "o" }} }}] }}) {{ complete {rows} }} }}"#
    ));
    assert_eq!(text, typed);
    assert_eq!(
        texts(&text["match"]["rows"], "text"),
        ["Organisation internationale pour les migrations —IMPLEMENTS→ projet régional de protection ←PART_OF— \
          atelier de formation ←ORGANIZES— Organisation internationale pour les migrations"]
    );
}

#[test]
fn filters_narrow_entities_and_relations() {
    let rows = |filter: &str| {
        let query = format!(
            "{{ match(chain: {{ start: {{ id: \"country:ca\" }}, hops: [{{ relation: {{ direction: OUT, {filter} }}, to: {{ where: {{ kind: [ORGANIZATION, EVENT] }} }} }}] }}) {{ rows {{ text }} }} }}"
        );
        texts(&data(&query)["match"]["rows"], "text").len()
    };
    assert_eq!(rows(""), 3);
    assert_eq!(rows("where: { confidence: { gte: 0.75 } }"), 2);
    assert_eq!(rows("kind: [FUNDS], where: { confidence: { gte: 0.75 } }"), 1);
}

#[test]
fn patterns_that_make_no_sense_are_refused_with_their_place() {
    let refused = |arguments: &str| error(&format!("{{ match({arguments}) {{ complete }} }}"));
    let (code, message) = refused(r#"pattern: "[Project]-FUNDED->[Country]""#);
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(
        message.starts_with("pattern, character 11 (\"FUNDED->[Cou\"): \"FUNDED\" is no relation kind"),
        "{message}"
    );
    assert!(refused(r#"pattern: "[Project]""#).1.contains("at least one relation"));
    let long = format!(r#"pattern: "[]{}""#, "--[]".repeat(7));
    let (code, message) = refused(&long);
    assert_eq!(code, "LIMIT_EXCEEDED");
    assert!(message.contains("7, but at most 6"), "{message}");
    assert_eq!(refused("first: 3").0, "BAD_USER_INPUT");
    assert_eq!(refused(r#"pattern: "[]--[]", chain: { start: {}, hops: [] }"#).0, "BAD_USER_INPUT");
    assert_eq!(refused(r#"pattern: "[]--[]", first: 101"#).0, "LIMIT_EXCEEDED");
    assert_eq!(refused(r#"pattern: "[x:]-x:FUNDS->[]""#).0, "BAD_USER_INPUT");
    assert_eq!(refused(r#"pattern: "[{id: \"country:xx\"}]--[]""#).0, "NOT_FOUND");
    assert_eq!(data(r#"{ match(pattern: "[{name: \"nobody\"}]--[]") { rows { text } } }"#)["match"]["rows"], json!([]));
    // A name as a variable needs no escapes.
    let request = "query($p: String) { match(pattern: $p) { rows { text } } }";
    let answer = crate::fixture::answer_with(&schema(), request, json!({ "p": r#"[{name: "Dakar"}]-LOCATED_IN->[]"# }));
    assert_eq!(answer["data"]["match"]["rows"][0]["text"], Value::from("Dakar —LOCATED_IN→ Sénégal"));
}
