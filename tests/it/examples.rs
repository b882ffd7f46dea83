//! The documented queries of `examples/`: each does what its README says, on the bundled corpus or on a store.
//!
//! `examples/01-entity.graphql` → three cards, none of them null

use std::path::PathBuf;

use async_graphql::futures_util::StreamExt;
use async_graphql::{Request, Variables};
use maillage::api::{self, Caller, Limits};
use maillage::knowledge_base::KnowledgeBase;
use maillage::store::MemoryStore;
use serde_json::{Value, json};

use crate::corpus_questions::SCHEMA;
use crate::fixture::{answer_with, block_on};

const WRITING: &str = "09-writing-and-following.graphql";

/// The examples by name, in order.
fn examples() -> Vec<(String, String)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"));
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let queries = files.filter(|path| path.extension().is_some_and(|it| it == "graphql"));
    let mut all: Vec<_> = queries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    all.sort();
    all
}

fn example(name: &str) -> String {
    examples().into_iter().find(|(file, _)| file == name).expect("an example").1
}

fn data(query: &str, variables: Value) -> Value {
    let answer = answer_with(&SCHEMA, query, variables);
    assert_eq!(answer.get("errors"), None, "{query}: {answer:#}");
    answer["data"].clone()
}

/// Whether a value says anything: not null, not empty, and neither is everything in it.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => values.iter().any(says_something),
        Value::Object(fields) => fields.values().any(says_something),
        _ => true,
    }
}

#[test]
fn there_are_ten_each_with_a_question_and_a_word_about_its_answer() {
    let all = examples();
    assert_eq!(all.len(), 10);
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/README.md")).expect("a text");
    for (at, (name, query)) in all.iter().enumerate() {
        assert!(name.starts_with(&format!("{:02}-", at + 1)), "{name}");
        let comments = query.lines().take_while(|line| line.starts_with('#')).count();
        assert!(query.lines().next().is_some_and(|first| first.contains('?')) && comments >= 4, "{name}");
        assert!(readme.contains(name.as_str()), "{name} is not in the README");
    }
}

#[test]
fn every_question_finds_something_in_the_bundled_corpus() {
    let reading = examples().into_iter().filter(|(name, _)| name != WRITING && !name.starts_with("10-"));
    let documents = "{ documents(first: 1, orderBy: [{ field: SOURCE, direction: DESC }]) { nodes { source } } }";
    // Here the corpus was read by another path than in the README.
    let source = data(documents, json!({}))["documents"]["nodes"][0]["source"].clone();
    for (name, query) in reading {
        let answer = data(&query, json!({ "source": source }));
        for (field, value) in answer.as_object().expect("an object") {
            assert!(says_something(value), "{name}: {field} says nothing");
            for list in ["edges", "paths", "rows", "partners", "facets", "periods", "neighbors", "entities"] {
                assert!(value.get(list).is_none_or(|list| list != &json!([])), "{name}: {field}.{list} is empty");
            }
        }
    }
}

#[test]
fn the_walk_from_a_funder_shows_a_sentence_at_each_step() {
    let answer = data(&example("03-funder-to-event.graphql"), json!({}));
    let project = &answer["entity"]["projectsFunded"]["edges"][0];
    let event = &project["node"]["events"]["edges"][0];
    let country = &event["node"]["countries"]["edges"][0];
    for step in [project, event, country] {
        let text = step["relation"]["evidence"][0]["text"].as_str().unwrap_or_default();
        assert!(text.len() > 40, "{step:#}");
    }
    assert_eq!(country["node"]["countryCode"], "SV", "{event:#}");
}

#[test]
fn the_page_of_an_entity_answers_for_every_kind() {
    let of_kind = "query($kind: EntityKind!) { entities(where: { kind: [$kind] }, first: 1) { nodes { id } } }";
    let page = example("10-entity-page.graphql");
    let kinds =
        ["ORGANIZATION", "PERSON", "COUNTRY", "PLACE", "PROJECT", "EVENT", "PUBLICATION", "TOPIC", "POPULATION"];
    for kind in kinds {
        let id = data(of_kind, json!({ "kind": kind }))["entities"]["nodes"][0]["id"].clone();
        let card = &data(&page, json!({ "id": id, "first": 2 }))["entity"];
        assert_eq!((&card["id"], &card["kind"]), (&id, &json!(kind)));
        let last = data(&page, json!({ "id": id, "first": null, "last": 1 }));
        assert!(says_something(&last["entity"]["mentions"]["edges"]), "{kind}");
    }
}

#[test]
fn what_is_written_is_followed_decided_undone_and_withdrawn() {
    let base = std::sync::Arc::new(KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).expect("a store"));
    let schema = api::schema(base, &Limits::default());
    let query = example(WRITING);
    let request = |operation: &str, variables: Value| {
        let variables = Variables::from_json(variables);
        Request::new(&query).operation_name(operation).variables(variables).data(Caller(Some("ana".into())))
    };
    let tell = |operation: &str, variables: Value| {
        let answer = block_on(api::execute(&schema, request(operation, variables)));
        let answer = serde_json::to_value(answer).expect("an answer is JSON");
        assert_eq!(answer.get("errors"), None, "{operation}: {answer:#}");
        answer["data"].clone()
    };
    let mut following = api::subscribe(&schema, request("Follow", json!({ "version": 0 })), Caller(None)).boxed();
    let mut progress = api::subscribe(&schema, request("Progress", json!({})), Caller(None)).boxed();
    let running = block_on(progress.next()).expect("the present state").data.into_json().expect("JSON");
    assert_eq!(running["ingestProgress"]["running"], false);

    let text = "Le Canada finance le projet « Passerelles », mis en œuvre par l’OIM au Sénégal.";
    let documents = json!([{ "source": "release", "text": text, "language": "fr" }]);
    let done = tell("Ingest", json!({ "documents": documents }))["ingestDocuments"].clone();
    assert_eq!((&done["added"], &done["notices"]), (&json!(1), &json!([])));
    let told = block_on(following.next()).expect("a change").data.into_json().expect("JSON");
    let funds = &told["graphChanged"]["relations"][0];
    assert_eq!((&funds["kind"], &funds["subject"]["name"]), (&json!("FUNDS"), &json!("Canada")));
    assert_eq!(funds["evidence"][0]["text"], text);

    assert!(tell("InDoubt", json!({}))["candidates"]["totalCount"].is_u64());
    let pair = ["organization:iom", "country:CA"];
    let decided = tell("Decide", json!({ "verdict": "DIFFERENT", "entities": pair }))["decide"]["decision"].clone();
    assert_eq!((&decided["author"], &decided["verdict"]), (&json!("ana"), &json!("DIFFERENT")));
    assert_eq!(tell("Undo", json!({ "decision": decided["id"] }))["undoDecision"]["undone"], true);
    let document = &done["documents"][0]["id"];
    assert_eq!(tell("Withdraw", json!({ "document": document }))["withdrawDocument"]["withdrawn"], true);
    let since = tell("Since", json!({ "version": 0 }));
    let kinds: Vec<_> = since["changes"]["changes"].as_array().expect("changes").iter().map(|c| &c["kind"]).collect();
    assert_eq!(kinds.len(), 4, "{since:#}");
    assert_eq!(since["decisions"], json!([]));
}
