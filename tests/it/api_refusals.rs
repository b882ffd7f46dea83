//! What is refused, with which code, and what is said about the way round it.

use std::time::{Duration, Instant};

use maillage::api::Limits;
use serde_json::{Value, json};

use crate::fixture::{answer, answer_with, data, error, error_of, schema, schema_with};

#[test]
fn every_refusal_has_its_code() {
    let expected = [
        ("{ stats { ", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ stats { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($n: Int!) { entities(first: $n) { totalCount } }", "BAD_USER_INPUT"),
        ("query A { stats { version } } query B { stats { version } }", "OPERATION_RESOLUTION_FAILURE"),
        ("{ entities(first: 101) { totalCount } }", "LIMIT_EXCEEDED"),
        ("{ entities(last: 101) { totalCount } }", "LIMIT_EXCEEDED"),
        ("{ entities(first: -1) { totalCount } }", "BAD_USER_INPUT"),
        ("{ entities(first: 1, last: 1) { totalCount } }", "BAD_USER_INPUT"),
        (r#"{ paths(from: "Canada", to: "Dakar", maxHops: 9) { complete } }"#, "LIMIT_EXCEEDED"),
        (r#"{ neighborhood(id: "Canada", maxHops: 7) { complete } }"#, "LIMIT_EXCEEDED"),
        (r#"{ neighborhood(id: "Canada", maxHops: 0) { complete } }"#, "BAD_USER_INPUT"),
        (r#"{ neighborhood(id: "nobody") { complete } }"#, "NOT_FOUND"),
    ];
    for (query, code) in expected {
        let (found, message) = error(query);
        assert_eq!(found, code, "{query}: {message}");
    }
}

#[test]
fn a_field_of_one_kind_is_told_to_stand_in_a_fragment() {
    let (code, message) = error(r#"{ entity(name: "Canada") { projectsFunded { totalCount } } }"#);
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    assert!(message.contains("stand in a fragment, such as: ... on "), "{message}");
}

#[test]
fn a_limit_names_itself_and_the_way_round_it() {
    let (_, message) = error("{ entities(first: 500) { totalCount } }");
    assert!(message.contains("first is 500, but at most 100") && message.contains("endCursor"), "{message}");
}

#[test]
fn depth_is_limited() {
    let nested = |levels: usize| {
        let open = "projects(first: 1) { nodes { countries(first: 1) { nodes { ".repeat(levels);
        let close = "name } } } }".replace("name ", "").repeat(levels);
        format!(r#"{{ entity(id: "country:sn") {{ ... on Country {{ {open} name {close} }} }} }}"#)
    };
    assert_eq!(answer(&nested(7)).get("errors"), None);
    let (code, message) = error(&nested(8));
    assert_eq!(code, "LIMIT_EXCEEDED");
    assert!(message.starts_with("depth is 34, but at most 30"), "{message}");
}

#[test]
fn complexity_counts_full_pages_also_in_fragments_and_variables() {
    let schema = schema_with(&Limits { complexity: 1_000, ..Limits::default() });
    let refused = |query: &str, variables: Value| error_of(&answer_with(&schema, query, variables)).1;
    let inner = "nodes { relations(first: 20) { nodes { id } } }";
    let direct = refused(&format!("{{ entities(first: 50) {{ {inner} }} }}"), Value::Null);
    assert!(direct.starts_with("complexity is 2101, but at most 1000"), "{direct}");
    let spread = format!("{{ entities(first: 50) {{ ...f }} }} fragment f on EntityConnection {{ {inner} }}");
    assert_eq!(refused(&spread, Value::Null), direct);
    let variable = format!("query($n: Int) {{ entities(first: $n) {{ {inner} }} }}");
    assert_eq!(refused(&variable, json!({ "n": 50 })), direct);
    let default = format!("query($n: Int = 50) {{ entities(first: $n) {{ {inner} }} }}");
    assert_eq!(refused(&default, Value::Null), direct);
    assert_eq!(answer_with(&schema, &default, json!({ "n": 5 })).get("errors"), None);
    assert_eq!(
        answer_with(&schema, "{ entities { nodes { relations { nodes { id } } } } }", Value::Null).get("errors"),
        None
    );
}

#[test]
fn aliases_and_root_fields_are_limited() {
    let aliases: String = (0..101).map(|n| format!("a{n}: id ")).collect();
    let (code, message) = error(&format!(r#"{{ entity(id: "country:ca") {{ {aliases} }} }}"#));
    assert_eq!(code, "LIMIT_EXCEEDED");
    assert!(message.contains("aliases is 101, but at most 100"), "{message}");
    let roots: String = (0..51).map(|n| format!("a{n}: stats {{ version }} ")).collect();
    assert!(error(&format!("{{ {roots} }}")).1.contains("root fields is 51, but at most 50"));
}

#[test]
fn brackets_and_tokens_are_counted_before_parsing() {
    let nested = format!("{{ entities(where: {}{}) {{ totalCount }} }}", "{ not: ".repeat(70), "}".repeat(70));
    let (code, message) = error(&nested);
    assert_eq!(code, "LIMIT_EXCEEDED");
    assert!(message.starts_with("bracket depth is 65, but at most 64"), "{message}");
    // Deep enough to overflow the parser's stack if it got there.
    assert_eq!(error(&format!("{{ a(b: {}", "[".repeat(100_000))).0, "LIMIT_EXCEEDED");
    assert!(error(&"a ".repeat(20_001)).1.contains("tokens is 20001, but at most 20000"));
    let quoted = format!(r#"{{ search(text: "{}") {{ totalCount }} }} # {}"#, "{[(".repeat(100), "{".repeat(100));
    assert_eq!(data(&quoted)["search"]["totalCount"], 0, "brackets in strings and comments do not count");
    let block = format!(r#"{{ search(text: """{} \""" {{{{ """) {{ totalCount }} }}"#, "{".repeat(100));
    assert_eq!(data(&block)["search"]["totalCount"], 0);
}

#[test]
fn fragments_that_spread_each_other_are_refused_quickly() {
    let mut query = String::from("{ stats { ...f0 } } fragment f24 on Stats { version }");
    for n in 0..24 {
        query += &format!(" fragment f{n} on Stats {{ ...f{m} ...f{m} }}", m = n + 1);
    }
    let begin = Instant::now();
    assert_eq!(error(&query).0, "LIMIT_EXCEEDED");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    let circle = "{ stats { ...a } } fragment a on Stats { ...b } fragment b on Stats { ...a }";
    let answer = answer(circle);
    assert!(answer["errors"].as_array().unwrap().iter().all(|e| e["extensions"]["code"].is_string()), "{answer:#}");
}

#[test]
fn a_refused_field_is_null_and_leaves_its_neighbours_alone() {
    let answer =
        answer(r#"{ stats { version } entities(first: 500) { totalCount } entity(id: "country:ca") { name } }"#);
    assert_eq!(answer["data"], json!({ "stats": { "version": 7 }, "entities": null, "entity": { "name": "Canada" } }));
    assert_eq!(answer["errors"][0]["path"], json!(["entities"]));
}

#[test]
fn a_refusal_deep_in_a_list_is_null_there_alone() {
    let query =
        r#"{ entity(id: "country:ca") { relations(first: 1) { nodes { kind evidence(first: 500) { text } } } } }"#;
    let answer = answer(query);
    let nodes = json!([{ "kind": "FUNDS", "evidence": null }]);
    assert_eq!(answer["data"], json!({ "entity": { "relations": { "nodes": nodes } } }));
    assert_eq!(answer["errors"][0]["path"], json!(["entity", "relations", "nodes", 0, "evidence"]));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
}

#[test]
fn a_refusal_in_a_field_of_an_interface_keeps_its_path() {
    let answer = answer(r#"{ entity(id: "country:ca") { name relations(first: 500) { totalCount } } }"#);
    assert_eq!(answer["data"], json!({ "entity": { "name": "Canada", "relations": null } }));
    assert_eq!(answer["errors"][0]["path"], json!(["entity", "relations"]));
}

#[test]
fn answers_tell_the_version_also_when_they_are_refused() {
    for query in ["{ stats { version } }", "{ nothing }", "{"] {
        assert_eq!(answer(query)["extensions"], json!({ "graph": { "version": 7 } }), "{query}");
    }
    let wrong = answer_with(&schema(), "query($n: Int) { entities(first: $n) { totalCount } }", json!({ "n": "many" }));
    assert!(wrong["errors"][0]["extensions"]["code"].is_string(), "{wrong:#}");
}
