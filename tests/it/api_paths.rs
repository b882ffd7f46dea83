//! Paths and neighbourhoods through the API.

use serde_json::{Value, json};

use crate::fixture::{data, error, texts};

fn paths(arguments: &str) -> Value {
    data(&format!("{{ paths({arguments}) {{ complete truncatedBy explored paths {{ length text confidence }} }} }}"))["paths"].clone()
}

#[test]
fn paths_come_shortest_first_with_hops_that_join() {
    let found = data(
        r#"{ paths(from: "Canada", to: "place:dakar", maxHops: 3) { complete truncatedBy paths { length text confidence
            hops { entity { name } direction relation { kind evidence { text } } to { name } alternatives { kind } } } } }"#,
    );
    let answer = &found["paths"];
    assert_eq!((&answer["complete"], &answer["truncatedBy"]), (&json!(true), &json!(null)));
    let paths = answer["paths"].as_array().unwrap();
    assert_eq!(paths[0]["text"], "Canada —FUNDS→ atelier de formation —HELD_IN→ Dakar");
    assert!((paths[0]["confidence"].as_f64().unwrap() - 0.8 * 0.95).abs() < 1e-6);
    let lengths: Vec<_> = paths.iter().map(|p| p["length"].as_u64().unwrap()).collect();
    assert!(lengths.is_sorted() && lengths.len() > 3 && lengths.last() == Some(&3), "{lengths:?}");
    let third = paths.iter().find(|p| p["text"].as_str().unwrap().contains("←PART_OF—")).unwrap();
    assert_eq!(third["hops"][1]["direction"], "BACKWARD");
    assert_eq!(third["hops"][1]["entity"], third["hops"][0]["to"]);
    assert!(third["hops"][1]["relation"]["evidence"][0]["text"].as_str().unwrap().starts_with("Un atelier"));
}

#[test]
fn parallel_relations_are_alternatives_of_one_hop() {
    let found = data(
        r#"{ paths(from: "country:ca", to: "oim", maxHops: 1) { paths { hops {
            relation { kind confidence } alternatives { kind confidence } } } } }"#,
    );
    let paths = found["paths"]["paths"].as_array().unwrap();
    assert_eq!(paths.len(), 1);
    let kinds = |value: &Value| value["kind"].as_str().unwrap().to_string();
    assert_eq!(kinds(&paths[0]["hops"][0]["relation"]), "SUPPORTS");
    assert_eq!(texts(&paths[0]["hops"][0]["alternatives"], "kind"), ["FUNDS"]);
}

#[test]
fn via_avoid_kinds_and_direction_are_heeded() {
    let texts_of = |arguments: &str| texts(&paths(arguments)["paths"], "text");
    let all = texts_of(r#"from: "Canada", to: "Dakar""#);
    let via = texts_of(r#"from: "Canada", to: "Dakar", via: ["oim", "country:sn"]"#);
    let without = texts_of(r#"from: "Canada", to: "Dakar", avoid: ["event:atelier"]"#);
    let passes = |text: &String, name: &str| text.contains(&format!(" {name} "));
    let oim = "Organisation internationale pour les migrations";
    let expected: Vec<_> = all.iter().filter(|t| passes(t, oim) && passes(t, "Sénégal")).cloned().collect();
    assert!(!via.is_empty() && via.len() < all.len());
    assert_eq!(via, expected);
    let expected: Vec<_> = all.iter().filter(|t| !passes(t, "atelier de formation")).cloned().collect();
    assert!(!without.is_empty() && without.len() < all.len());
    assert_eq!(without, expected);
    let kinds = texts_of(r#"from: "Canada", to: "Dakar", relationKinds: [FUNDS, PART_OF, HELD_IN]"#);
    let expected = [
        "Canada —FUNDS→ atelier de formation —HELD_IN→ Dakar",
        "Canada —FUNDS→ projet régional de protection ←PART_OF— atelier de formation —HELD_IN→ Dakar",
    ];
    assert_eq!(kinds, expected);
    let out = texts_of(r#"from: "Canada", to: "Dakar", relationKinds: [FUNDS, PART_OF, HELD_IN], direction: OUT"#);
    assert_eq!(out, &expected[..1]);
    let into = texts_of(r#"from: "Dakar", to: "Canada", direction: IN, relationKinds: [FUNDS, PART_OF, HELD_IN]"#);
    assert_eq!(into, ["Dakar ←HELD_IN— atelier de formation ←FUNDS— Canada"]);
}

#[test]
fn an_answer_that_was_cut_says_so() {
    let cut = paths(r#"from: "Canada", to: "Dakar", first: 1"#);
    assert_eq!((&cut["complete"], &cut["truncatedBy"]), (&json!(false), &json!("FIRST")));
    assert_eq!(cut["paths"].as_array().unwrap().len(), 1);
    assert!(cut["explored"].as_u64().unwrap() >= 2);
}

#[test]
fn an_unknown_entity_is_an_error_and_no_connection_an_empty_answer() {
    let empty = paths(r#"from: "Canada", to: "event:seul""#);
    assert_eq!((&empty["complete"], &empty["paths"]), (&json!(true), &json!([])));
    let (code, message) = error(r#"{ paths(from: "Canada", to: "country:xx") { complete } }"#);
    assert_eq!(code, "NOT_FOUND");
    assert!(message.contains("country:xx"), "{message}");
    assert_eq!(error(r#"{ paths(from: "Canada", to: "Dakar", via: ["nobody"]) { complete } }"#).0, "NOT_FOUND");
    assert_eq!(error(r#"{ paths(from: "rc", to: "Dakar") { complete } }"#).0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ paths(from: "Canada", to: "country:ca") { complete } }"#).0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ paths(from: "Canada", to: "Dakar", avoid: ["Dakar"]) { complete } }"#).0, "BAD_USER_INPUT");
}

#[test]
fn a_neighbourhood_lists_the_nearest_first() {
    let found = data(
        r#"{
            one: neighborhood(id: "Canada") { complete explored start { name } neighbors { hops entity { id } } }
            two: neighborhood(id: "country:ca", maxHops: 2, kinds: [FUNDS, HELD_IN]) {
                neighbors { hops entity { id } via { entity { id } direction relation { kind } } }
            }
            cut: neighborhood(id: "country:ca", maxHops: 3, first: 2) { complete truncatedBy neighbors { hops } }
            out: neighborhood(id: "place:dakar", direction: OUT) { neighbors { entity { id } } }
        }"#,
    );
    let near = found["one"]["neighbors"].as_array().unwrap();
    let ids: Vec<_> = near.iter().map(|n| n["entity"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["project:protection", "event:atelier", "organization:oim"], "by confidence");
    assert_eq!(found["one"]["complete"], true);
    let two = found["two"]["neighbors"].as_array().unwrap();
    let hops: Vec<_> = two.iter().map(|n| n["hops"].as_u64().unwrap()).collect();
    assert_eq!(hops, [1, 1, 1, 2, 2]);
    assert_eq!(
        two[3]["via"],
        json!({ "entity": { "id": "event:atelier" }, "direction": "FORWARD", "relation": { "kind": "HELD_IN" } })
    );
    assert_eq!((&found["cut"]["complete"], &found["cut"]["truncatedBy"]), (&json!(false), &json!("FIRST")));
    assert_eq!(found["out"]["neighbors"], json!([{ "entity": { "id": "country:sn" } }]));
}
