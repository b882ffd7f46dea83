//! Looking things up by id, name and source; documents, mentions and counts; the examples.

use maillage::api::{self, Example};
use serde_json::json;

use crate::fixture::{self, answer_with, data, error, texts};

#[test]
fn node_finds_entities_relations_and_documents() {
    let relation = data("{ relations(where: { kind: [FUNDS] }, first: 1) { nodes { id } } }")["relations"]["nodes"][0]
        ["id"]
        .clone();
    let document = fixture::id_of(1).to_string();
    let found = data(&format!(
        r#"{{ nodes(ids: ["country:ca", {relation}, "{document}", "country:xx"]) {{
            __typename id ... on Relation {{ kind }} ... on Document {{ title }} ... on Entity {{ name }}
        }} node(id: "country:ca") {{ __typename }} unknown: node(id: "country:xx") {{ id }} }}"#
    ));
    assert_eq!(
        found["nodes"],
        json!([
            { "__typename": "Country", "id": "country:ca", "name": "Canada" },
            { "__typename": "Relation", "id": relation, "kind": "FUNDS" },
            { "__typename": "Document", "id": document, "title": "Communiqué 1" },
            null,
        ])
    );
    assert_eq!(found["node"]["__typename"], "Country");
    assert_eq!(found["unknown"], json!(null));
}

#[test]
fn an_id_that_was_merged_away_still_resolves() {
    let found = data(
        r#"{ node(id: "organization:old-oim") { id } entity(id: "organization:old-oim") { id mergedIds }
             relations(where: { object: { id: ["organization:old-oim"] }, kind: [SUPPORTS] }) { totalCount } }"#,
    );
    assert_eq!(found["node"]["id"], "organization:oim");
    assert_eq!(found["entity"], json!({ "id": "organization:oim", "mergedIds": ["organization:old-oim"] }));
    assert_eq!(found["relations"]["totalCount"], 1);
}

#[test]
fn a_name_that_two_entities_have_is_refused_with_both_ids() {
    let answer = fixture::answer(r#"{ entity(name: "rc") { id } }"#);
    let (code, message) = fixture::error_of(&answer);
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("organization:ilot (Îlot des Œuvres), organization:reseau (Réseau côtier)"), "{message}");
    let candidates = &answer["errors"][0]["extensions"]["candidates"];
    assert_eq!(*candidates, json!(["organization:ilot", "organization:reseau"]));
    assert_eq!(data(r#"{ entity(name: "nobody") { id } }"#)["entity"], json!(null));
    assert_eq!(error(r#"{ entity { id } }"#).0, "BAD_USER_INPUT");
    assert_eq!(error(r#"{ entity(id: "a", name: "b") { id } }"#).0, "BAD_USER_INPUT");
}

#[test]
fn names_are_found_with_an_article_in_any_case_and_without_accents() {
    let names = ["le Sénégal", "SENEGAL", "The Republic of Senegal", "senegal", "du Sénégal"];
    for name in names {
        let found =
            data(&format!(r#"{{ entity(name: "{name}") {{ id }} search(text: "{name}") {{ nodes {{ id }} }} }}"#));
        assert_eq!(found["entity"]["id"], "country:sn", "{name}");
        assert_eq!(found["search"]["nodes"][0]["id"], "country:sn", "{name}");
    }
    for name in ["l’OIM", "l'oim", "L OIM"] {
        let found = data(&format!(r#"{{ neighborhood(id: "{name}") {{ start {{ id }} }} }}"#));
        assert_eq!(found["neighborhood"]["start"]["id"], "organization:oim", "{name}");
    }
    assert_eq!(data(r#"{ entity(name: "les") { id } }"#)["entity"], json!(null));
    let code = data(r#"{ entity(externalId: { scheme: "ISO3166-1", value: "sn" }) { id } }"#);
    assert_eq!(code["entity"]["id"], "country:sn");
}

#[test]
fn who_asks_for_nobody_is_told_who_is_called_nearly_so() {
    let expected = [
        ("Senegla", json!(["country:sn"]), "did you mean country:sn (Sénégal)?"),
        ("COUNTRY:SN", json!(["country:sn"]), "did you mean country:sn (Sénégal)?"),
        ("organization:naval", json!(["organization:ecole"]), "did you mean organization:ecole (École navale)?"),
        ("nobody", json!(null), "look for it with search(text:)"),
    ];
    for (asked, candidates, hint) in expected {
        let answer = fixture::answer(&format!(r#"{{ paths(from: "{asked}", to: "Dakar") {{ complete }} }}"#));
        let (code, message) = fixture::error_of(&answer);
        assert!(code == "NOT_FOUND" && message.ends_with(hint), "{asked}: {code} {message}");
        assert_eq!(answer["errors"][0]["extensions"]["candidates"], candidates, "{asked}");
    }
}

#[test]
fn a_document_tells_what_it_mentions_and_states() {
    let found = data(
        r#"{ document(source: "corpus/2.txt") {
            title language published { text precision }
            entities(first: 100) { totalCount nodes { id } }
            planned: relations(where: { modality: [PLANNED] }) { nodes { kind modality subject { id } } }
            relations { totalCount }
        } documents(first: 2) { totalCount pageInfo { hasNextPage } } }"#,
    );
    let document = &found["document"];
    assert_eq!(document["published"], json!({ "text": "2012-08-18", "precision": "DAY" }));
    let planned = json!([{ "kind": "PUBLISHES", "modality": "PLANNED", "subject": { "id": "organization:ecole" } }]);
    assert_eq!(document["planned"]["nodes"], planned);
    assert_eq!(document["relations"]["totalCount"], 6);
    assert!(texts(&document["entities"]["nodes"], "id").contains(&"topic:traite".to_string()));
    assert_eq!(found["documents"], json!({ "totalCount": 3, "pageInfo": { "hasNextPage": true } }));
}

#[test]
fn mentions_are_counted_in_code_points() {
    let found = data(
        r#"{ entity(id: "organization:oim") { mentionCount documentCount
            mentions { totalCount nodes { text start end rule document { id text } } }
            documents { nodes { id } }
        } }"#,
    );
    let entity = &found["entity"];
    let mentions = entity["mentions"]["nodes"].as_array().unwrap();
    assert_eq!(entity["mentionCount"], mentions.len());
    assert_eq!(entity["documentCount"], 3);
    assert_eq!(entity["documents"]["nodes"].as_array().unwrap().len(), 3);
    for mention in mentions {
        let text: Vec<char> = mention["document"]["text"].as_str().unwrap().chars().collect();
        let at = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "OIM");
    }
}

#[test]
fn stats_count_everything() {
    let found = data(
        "{ stats { version documentCount entityCount relationCount componentCount entitiesByKind { kind count }
           relationsByKind { kind count } } }",
    );
    let stats = &found["stats"];
    // The isolated meeting and the second "RC" stand alone; the manual hangs together with its publisher and topic.
    let counts =
        ["version", "documentCount", "entityCount", "relationCount", "componentCount"].map(|name| &stats[name]);
    assert_eq!(counts, [7, 3, 15, 20, 4]);
    assert_eq!(stats["entitiesByKind"][0], json!({ "kind": "ORGANIZATION", "count": 4 }));
    assert_eq!(stats["relationsByKind"][0], json!({ "kind": "FUNDS", "count": 3 }));
}

#[test]
fn search_forgives_accents_order_and_typing_errors() {
    let found = data(
        r#"{
            exact: search(text: "senegal") { edges { score matchedName node { id } } }
            order: search(text: "migrations organisation") { nodes { id } }
            typo: search(text: "atelier de fromation") { nodes { id } }
            other: search(text: "international organization") { edges { matchedName node { id } } }
            kinds: search(text: "rc", kinds: [EVENT]) { totalCount }
            nothing: search(text: "—") { totalCount }
        }"#,
    );
    let best = json!({ "score": 1.0, "matchedName": "Sénégal", "node": { "id": "country:sn" } });
    assert_eq!(found["exact"]["edges"][0]["node"], best["node"]);
    assert_eq!(found["exact"]["edges"][0]["score"], best["score"]);
    assert_eq!(texts(&found["order"]["nodes"], "id"), ["organization:oim"]);
    assert_eq!(texts(&found["typo"]["nodes"], "id"), ["event:atelier"]);
    assert_eq!(found["other"]["edges"][0]["matchedName"], "International Organization for Migration");
    assert_eq!((&found["kinds"]["totalCount"], &found["nothing"]["totalCount"]), (&json!(0), &json!(0)));
}

#[test]
fn every_example_finds_something() {
    let snapshot = fixture::snapshot();
    let examples = api::example_queries(&snapshot);
    assert_eq!(examples.len(), 14);
    let schema = fixture::schema();
    for Example { title, query, variables } in examples {
        let answer = answer_with(&schema, &query, variables);
        assert_eq!(answer.get("errors"), None, "{title}: {answer:#}");
        let names = answer["data"].to_string().matches("\"name\":\"").count();
        let about_one = title.starts_with("How much") || title.starts_with("Search");
        assert!(names > 1 || about_one && answer["data"].to_string().contains("\"count\":3"), "{title}: {answer:#}");
    }
}

#[test]
fn an_empty_graph_answers_too() {
    use std::sync::Arc;
    let empty = maillage::snapshot::Snapshot::default;
    let examples = api::example_queries(&empty());
    let base = Arc::new(maillage::knowledge_base::KnowledgeBase::of(empty()));
    let schema = api::schema(Arc::clone(&base), &api::Limits::default());
    for example in examples {
        assert_eq!(answer_with(&schema, &example.query, example.variables).get("errors"), None);
    }
}
