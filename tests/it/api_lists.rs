//! Filters, orders and pages.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{answer_with, data, error, schema, texts};

fn ids(filter: &str) -> Vec<String> {
    texts(
        &data(&format!("{{ entities(where: {filter}, first: 100) {{ nodes {{ id }} }} }}"))["entities"]["nodes"],
        "id",
    )
}

#[test]
fn entities_are_filtered_and_conditions_combined() {
    assert_eq!(ids("{ kind: [COUNTRY] }"), ["country:ca", "country:ml", "country:sn"]);
    assert_eq!(ids(r#"{ name: { eq: "oim" } }"#), ["organization:oim"]);
    assert_eq!(ids(r#"{ name: { contains: "OEUVRES" } }"#), ["organization:ilot"]);
    assert_eq!(ids(r#"{ name: { startsWith: "reseau" } }"#), ["organization:reseau"]);
    assert_eq!(ids(r#"{ name: { startsWith: "republic", contains: "migrations" } }"#), Vec::<String>::new());
    assert_eq!(ids(r#"{ id: ["country:ca", "organization:old-oim"] }"#), ["country:ca", "organization:oim"]);
    assert_eq!(ids(r#"{ country: ["sn"] }"#), ["country:sn", "place:dakar"]);
    assert_eq!(ids("{ relations: { some: { kind: [PUBLISHES] } } }"), ["organization:ecole", "publication:manuel"]);
    assert_eq!(ids("{ named: false, kind: [EVENT] }"), ["event:atelier", "event:seul"]);
    assert_eq!(ids("{ kind: [EVENT], relations: { none: { kind: [HELD_IN] } } }"), ["event:seul"]);
    let either = r#"{ or: [{ country: ["CA"] }, { and: [{ kind: [TOPIC] }, { name: { eq: "Traite" } }] }] }"#;
    assert_eq!(ids(either), ["country:ca", "topic:traite"]);
    assert_eq!(ids("{ kind: [] }"), Vec::<String>::new(), "none of no kinds");
    let not_not = r#"{ not: { not: { country: ["CA"] } } }"#;
    assert_eq!(ids(not_not), ["country:ca"]);
}

#[test]
fn relations_are_filtered_and_conditions_combined() {
    let count = |filter: &str| {
        data(&format!("{{ relations(where: {filter}) {{ totalCount }} }}"))["relations"]["totalCount"].as_u64().unwrap()
    };
    assert_eq!(count("{ kind: [FUNDS] }"), 3);
    assert_eq!(count("{ kind: [FUNDS], confidence: { gte: 0.8 } }"), 2, "0.8 itself counts");
    assert_eq!(count(r#"{ subject: { id: ["country:ca"] }, not: { kind: [FUNDS] } }"#), 1);
    assert_eq!(
        count(r#"{ object: { id: ["organization:oim"] }, or: [{ kind: [SUPPORTS] }, { kind: [WORKS_FOR] }] }"#),
        2
    );
    assert_eq!(count("{ modality: [PLANNED, PROPOSED] }"), 1);
    let document = crate::fixture::id_of(1);
    assert_eq!(count(&format!(r#"{{ document: ["{document}"] }}"#)), 5);
}

#[test]
fn lists_are_ordered_by_several_criteria_and_at_last_by_id() {
    let order = "[{ field: KIND }, { field: RELATIONS, direction: DESC }]";
    let found = data(&format!("{{ entities(orderBy: {order}, first: 6) {{ nodes {{ id }} }} }}"));
    let expected = ["country:ca", "country:sn", "country:ml", "event:atelier", "event:seul", "organization:oim"];
    assert_eq!(texts(&found["entities"]["nodes"], "id"), expected);
    let found =
        data("{ relations(orderBy: [{ field: CONFIDENCE, direction: DESC }], first: 2) { nodes { confidence } } }");
    let confidences: Vec<_> =
        found["relations"]["nodes"].as_array().unwrap().iter().map(|r| r["confidence"].as_f64()).collect();
    assert_eq!(confidences, [Some(0.99), Some(0.95)], "as they were given, not as single precision holds them");
}

#[test]
fn pages_lead_forwards_and_backwards() {
    let page = |arguments: &str| {
        let fields = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
        data(&format!("{{ entities(where: {{ kind: [COUNTRY] }}, {arguments}) {{ {fields} }} }}"))["entities"].clone()
    };
    let flags = |page: &Value| {
        (page["pageInfo"]["hasPreviousPage"] == json!(true), page["pageInfo"]["hasNextPage"] == json!(true))
    };
    let first = page("first: 1");
    assert_eq!((texts(&first["nodes"], "id"), flags(&first)), (vec!["country:ca".into()], (false, true)));
    let second = page(&format!("first: 1, after: {}", first["pageInfo"]["endCursor"]));
    assert_eq!((texts(&second["nodes"], "id"), flags(&second)), (vec!["country:ml".into()], (true, true)));
    let third = page(&format!("first: 5, after: {}", second["pageInfo"]["endCursor"]));
    assert_eq!((texts(&third["nodes"], "id"), flags(&third)), (vec!["country:sn".into()], (true, false)));
    let back = page(&format!("last: 2, before: {}", third["pageInfo"]["startCursor"]));
    assert_eq!(texts(&back["nodes"], "id"), ["country:ca", "country:ml"]);
    assert_eq!(flags(&back), (false, true));
    assert_eq!(texts(&page("last: 1")["nodes"], "id"), ["country:sn"]);
    assert_eq!(page("first: 0")["nodes"], json!([]));
}

#[test]
fn a_cursor_outlives_its_item_and_fits_only_its_list() {
    // The cursor of an entity that this graph does not have: what stands behind it is still found.
    let cursor: String = br#"["country:cb"]"#.iter().map(|byte| format!("{byte:02x}")).collect();
    let found = data(&format!(r#"{{ entities(first: 1, after: "{cursor}") {{ nodes {{ id }} }} }}"#));
    assert_eq!(texts(&found["entities"]["nodes"], "id"), ["country:ml"]);
    let other = format!(r#"{{ entities(orderBy: [{{ field: MENTIONS }}], after: "{cursor}") {{ nodes {{ id }} }} }}"#);
    assert_eq!(error(&other).0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ entities(after: "zz") { nodes { id } } }"#).0, "BAD_USER_INPUT");
}

#[test]
fn the_whole_list_is_counted_also_through_fragments_and_aliases() {
    let query = r#"{ entities(first: 1) { ...count } entity(id: "country:ca") { relations(first: 1) { n: totalCount } } }
                   fragment count on EntityConnection { ... on EntityConnection { totalCount } }"#;
    let found = data(query);
    assert_eq!((&found["entities"]["totalCount"], &found["entity"]["relations"]["n"]), (&json!(15), &json!(4)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_joined_are_the_whole_list(size in 1..8, backwards: bool, ordered: bool, relations: bool) {
        let schema = schema();
        let list = if relations { "relations" } else { "entities" };
        let order = match (ordered, relations) {
            (false, _) => "",
            (true, false) => "orderBy: [{ field: DOCUMENTS, direction: DESC }, { field: NAME }],",
            (true, true) => "orderBy: [{ field: DATE, direction: DESC }, { field: KIND }],",
        };
        let page = |arguments: &str| {
            let fields = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
            let query = format!("{{ {list}({order} {arguments}) {{ {fields} }} }}");
            answer_with(&schema, &query, Value::Null)["data"][list].clone()
        };
        let whole = texts(&page("first: 100")["nodes"], "id");
        let mut joined: Vec<String> = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let arguments = match backwards {
                false => format!("first: {size}, after: {cursor}"),
                true => format!("last: {size}, before: {cursor}"),
            };
            let found = page(&arguments);
            let ids = texts(&found["nodes"], "id");
            prop_assert!(!ids.is_empty() && ids.len() <= usize::try_from(size).unwrap());
            joined = if backwards { ids.into_iter().chain(joined).collect() } else { joined.into_iter().chain(ids).collect() };
            let (more, next) = if backwards { ("hasPreviousPage", "startCursor") } else { ("hasNextPage", "endCursor") };
            if found["pageInfo"][more] == json!(false) {
                break;
            }
            cursor = found["pageInfo"][next].clone();
            prop_assert!(joined.len() <= whole.len(), "pages go round in circles");
        }
        prop_assert_eq!(joined, whole);
    }
}
