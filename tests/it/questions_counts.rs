//! Counts by what things have in common, and over time.

use maillage::graph::Effort;
use maillage::query::{self, Cut, EntityFacet, EntityFilter, TimelineOf, TimelineQuestion};
use serde_json::{Value, json};

use crate::fixture::{data, error, snapshot};
use crate::invented::Invented;

/// Values as `key: count`.
fn told(facet: &Value) -> Vec<String> {
    let value = |value: &Value| format!("{}: {}", value["key"].as_str().unwrap(), value["count"]);
    facet["values"].as_array().unwrap().iter().map(value).collect()
}

#[test]
fn entities_divide_by_what_they_have() {
    let found = data(
        "{ entityFacets(by: [KIND, COUNTRY, LANGUAGE, YEAR, RELATION_KIND, FUNDER, LOCATION], first: 3) {
            complete totalCount facets { by values { key count entity { name } } distinct other missing } } }",
    );
    let answer = &found["entityFacets"];
    assert_eq!((&answer["complete"], &answer["totalCount"]), (&json!(true), &json!(15)));
    let facets = answer["facets"].as_array().unwrap();
    let by: Vec<_> = facets.iter().map(|facet| facet["by"].as_str().unwrap()).collect();
    assert_eq!(by, ["KIND", "COUNTRY", "LANGUAGE", "YEAR", "RELATION_KIND", "FUNDER", "LOCATION"]);
    assert_eq!(told(&facets[0]), ["ORGANIZATION: 4", "COUNTRY: 3", "EVENT: 2"]);
    assert_eq!((&facets[0]["other"], &facets[0]["distinct"], &facets[0]["missing"]), (&json!(6), &json!(9), &json!(0)));
    assert_eq!(told(&facets[1]), ["SN: 2", "CA: 1", "ML: 1"]);
    assert_eq!(facets[1]["missing"], 11);
    assert_eq!((told(&facets[2]), told(&facets[3])), (vec!["fr: 15".to_string()], vec!["2012: 15".to_string()]));
    assert_eq!(told(&facets[5]), ["country:ca: 3"]);
    assert_eq!((&facets[5]["values"][0]["entity"]["name"], &facets[5]["missing"]), (&json!("Canada"), &json!(12)));
    // The project in two countries, the organization in one, the workshop in a town and its country, the town.
    assert_eq!(told(&facets[6]), ["country:sn: 4", "country:ml: 1", "place:dakar: 1"]);
}

#[test]
fn relations_divide_by_what_they_say() {
    let found = data(
        r#"{ relationFacets(by: [KIND, MODALITY, YEAR, SUBJECT, OBJECT_KIND, COUNTRY], first: 2) {
               totalCount facets { by values { key count } distinct other missing } }
             some: relationFacets(where: { kind: [FUNDS] }, by: [OBJECT]) { totalCount facets { values { key count entity { id } } } } }"#,
    );
    let facets = found["relationFacets"]["facets"].as_array().unwrap();
    assert_eq!(found["relationFacets"]["totalCount"], 20);
    assert_eq!(told(&facets[0]), ["FUNDS: 3", "OPERATES_IN: 3"]);
    assert_eq!(facets[0]["other"], 14);
    assert_eq!(told(&facets[1]), ["ASSERTED: 19", "PLANNED: 1"]);
    assert_eq!((told(&facets[2]).len(), &facets[2]["missing"]), (0, &json!(20)), "no year is stated");
    assert_eq!(told(&facets[3]), ["country:ca: 4", "event:atelier: 3"].map(String::from));
    assert_eq!(told(&facets[4]), ["COUNTRY: 5", "EVENT: 4"]);
    assert_eq!(found["some"]["totalCount"], 3);
    assert_eq!(told(&found["some"]["facets"][0]), ["event:atelier: 1", "organization:oim: 1", "project:protection: 1"]);
}

#[test]
fn counts_add_up_whatever_is_listed() {
    let snapshot = snapshot();
    let all = [EntityFacet::Kind, EntityFacet::Country, EntityFacet::Funder, EntityFacet::RelationKind];
    let ask = |first, effort: &mut Effort| {
        query::entity_facets(&snapshot, &EntityFilter::default(), &all, Some(first), effort).expect("answered")
    };
    let whole = ask(100, &mut Effort::of(10_000));
    for first in 1..8 {
        let part = ask(first, &mut Effort::of(10_000));
        for (part, whole) in part.facets.iter().zip(&whole.facets) {
            let sum = |facet: &query::Facet| facet.values.iter().map(|(_, count)| count).sum::<usize>();
            assert_eq!(sum(part) + part.other, sum(whole));
            assert_eq!((part.distinct, part.missing), (whole.values.len(), whole.missing));
            assert!(whole.values.starts_with(&part.values));
        }
    }
    let cut = ask(5, &mut Effort::of(20));
    assert_eq!(cut.cut, Some(Cut::Explored));
    assert!(cut.total < whole.total);
    assert_eq!(error("{ entityFacets(by: [KIND], first: 101) { complete } }").0, "LIMIT_EXCEEDED");
}

#[test]
fn time_is_counted_as_precisely_as_it_is_stated() {
    let found = data(
        r#"{ relations: timeline(of: RELATIONS, by: MONTH) { totalCount undated withoutYear periods { period } }
             documents: timeline(of: DOCUMENTS, by: MONTH) { periods { period precision count } undated }
             years: timeline(of: DOCUMENTS) { periods { period precision count } }
             mentions: timeline(of: MENTIONS, entity: "Canada") { totalCount periods { period count } }
             some: timeline(of: RELATIONS, entity: "Dakar", where: { kind: [HELD_IN] }) { totalCount withoutYear } }"#,
    );
    // The workshop's days are stated without a year, in two relations.
    assert_eq!(found["relations"], json!({ "totalCount": 20, "undated": 18, "withoutYear": 2, "periods": [] }));
    assert_eq!(found["documents"]["periods"], json!([{ "period": "2012-08", "precision": "MONTH", "count": 3 }]));
    assert_eq!(found["years"]["periods"], json!([{ "period": "2012", "precision": "YEAR", "count": 3 }]));
    assert_eq!(found["mentions"], json!({ "totalCount": 3, "periods": [{ "period": "2012", "count": 3 }] }));
    assert_eq!(found["some"], json!({ "totalCount": 1, "withoutYear": 1 }));
    assert_eq!(error("{ timeline(of: DOCUMENTS, where: {}) { undated } }").0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ timeline(of: DOCUMENTS, entity: "nobody") { undated } }"#).0, "NOT_FOUND");
}

#[test]
fn what_is_counted_over_time_is_all_there_is() {
    let snapshot = snapshot();
    for of in [TimelineOf::Relations, TimelineOf::Documents, TimelineOf::Mentions] {
        for by_month in [false, true] {
            let question = TimelineQuestion { of, by_month, entity: None, relations: Default::default() };
            let found = query::timeline(&snapshot, &question, &mut Effort::of(10_000)).expect("answered");
            let counted: usize = found.periods.iter().map(|period| period.count).sum();
            assert_eq!(counted + found.undated + found.without_year, found.total);
            let stats = query::stats(&snapshot);
            let all = match of {
                TimelineOf::Relations => stats.relations,
                TimelineOf::Documents => stats.documents,
                TimelineOf::Mentions => stats.mentions,
            };
            assert_eq!((found.total, found.cut), (all, None));
        }
    }
    let question =
        TimelineQuestion { of: TimelineOf::Mentions, by_month: false, entity: None, relations: Default::default() };
    let cut = query::timeline(&snapshot, &question, &mut Effort::of(4)).expect("answered");
    assert_eq!(cut.cut, Some(Cut::Explored));
}

#[test]
fn what_has_no_date_is_told_apart() {
    let invented = Invented { kinds: vec![maillage::model::EntityKind::Organization; 2], relations: Vec::new() };
    let question =
        TimelineQuestion { of: TimelineOf::Documents, by_month: true, entity: None, relations: Default::default() };
    let found = query::timeline(&invented.snapshot(), &question, &mut Effort::of(10)).expect("answered");
    assert_eq!((found.undated, found.total, found.periods.len()), (2, 2, 0));
}
