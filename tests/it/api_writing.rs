//! Writing over the API: who may, what it changes, what the same request sees of it, and how others hear of it.

use std::sync::Arc;

use async_graphql::futures_util::{FutureExt, StreamExt};
use async_graphql::{Request, Variables};
use maillage::api::{self, Caller, Limits, Schema};
use maillage::knowledge_base::KnowledgeBase;
use maillage::store::MemoryStore;
use serde_json::{Value, json};

use crate::dump;
use crate::fixture::{self, block_on, error_of};

const FUNDED: &str = "Le Canada finance le projet « Passerelles », mis en œuvre par l’OIM au Sénégal.";
const MET: &str = "Awa Ndiaye, cheffe de mission de l’OIM, a participé à l’atelier de Dakar. Le HCR soutient l’OIM.";

fn empty() -> (Arc<KnowledgeBase>, Schema) {
    let base = KnowledgeBase::open(Box::new(MemoryStore::new()), &|_| {}).expect("a store in memory");
    let base = Arc::new(base);
    (Arc::clone(&base), api::schema(base, &Limits::default()))
}

fn request(query: &str, variables: Value, author: Option<&str>) -> Request {
    let caller = Caller(author.map(str::to_owned));
    Request::new(query).variables(Variables::from_json(variables)).data(caller)
}

fn ask(schema: &Schema, query: &str, variables: Value, author: Option<&str>) -> Value {
    let response = block_on(api::execute(schema, request(query, variables, author)));
    serde_json::to_value(response).expect("an answer is JSON")
}

/// What ana gets, without errors.
fn tell(schema: &Schema, query: &str, variables: Value) -> Value {
    let answer = ask(schema, query, variables, Some("ana"));
    assert_eq!(answer.get("errors"), None, "{query}: {answer:#}");
    answer["data"].clone()
}

const INGEST: &str =
    "mutation($documents: [DocumentInput!]!) { ingestDocuments(documents: $documents, reason: \"a test\") {
    version added extracted unchanged documents { id source relations { nodes { kind subject { name } } } }
    notices { source reason } } }";

fn document(source: &str, text: &str) -> Value {
    json!({ "source": source, "text": text, "language": "fr", "published": "2012-08-18" })
}

/// Takes the two texts in and gives their ids.
fn both(schema: &Schema) -> (String, String) {
    let documents = json!({ "documents": [document("a", FUNDED), document("b", MET)] });
    let done = tell(schema, INGEST, documents)["ingestDocuments"].clone();
    let id = |at: usize| done["documents"][at]["id"].as_str().expect("an id").to_owned();
    (id(0), id(1))
}

#[test]
fn writing_needs_a_token_and_a_store() {
    let (_, schema) = empty();
    let write = r#"mutation { withdrawDocument(id: "document:0") { withdrawn } }"#;
    assert_eq!(error_of(&ask(&schema, write, Value::Null, None)).0, "UNAUTHENTICATED");
    assert_eq!(tell(&schema, write, Value::Null), json!({ "withdrawDocument": { "withdrawn": false } }));
    for author in [None, Some("ana")] {
        let (code, message) = error_of(&ask(&fixture::schema(), write, Value::Null, author));
        assert_eq!(code, "FORBIDDEN", "{message}");
    }
}

#[test]
fn documents_come_in_and_are_seen_by_the_same_request() {
    let (base, schema) = empty();
    let sent = json!({ "documents": [document("a", FUNDED), document("b", " "), document("c", MET)] });
    let done = &tell(&schema, INGEST, sent.clone())["ingestDocuments"];
    assert_eq!((&done["version"], &done["added"], &done["documents"][1]), (&json!(2), &json!(2), &Value::Null));
    assert_eq!(done["notices"][0]["source"], "b");
    assert_eq!(done["documents"][0]["source"], "a");
    let said = done["documents"][0]["relations"]["nodes"].to_string();
    assert!(said.contains("FUNDS") && said.contains("Canada"), "{said}");
    assert_eq!(base.snapshot().graph().document_count(), 2);

    let again = &tell(&schema, INGEST, sent)["ingestDocuments"];
    assert_eq!((&again["version"], &again["added"], &again["unchanged"]), (&json!(2), &json!(0), &json!(2)));
    let many: Vec<_> = (0..101).map(|number| document(&number.to_string(), FUNDED)).collect();
    let refused = ask(&schema, INGEST, json!({ "documents": many }), Some("ana"));
    assert_eq!(error_of(&refused).0, "LIMIT_EXCEEDED");
}

#[test]
fn a_withdrawn_document_stays_out_until_it_is_asked_for() {
    let (base, schema) = empty();
    let before = dump::snapshot(&base.snapshot());
    let (id, other) = both(&schema);
    let withdraw = "mutation($id: ID!) { withdrawDocument(id: $id, reason: \"taken down\") { version withdrawn } }";
    let gone = tell(&schema, withdraw, json!({ "id": id }));
    assert_eq!(gone, json!({ "withdrawDocument": { "version": 3, "withdrawn": true } }));
    let seen = tell(&schema, "query($id: ID!) { document(id: $id) { id } }", json!({ "id": id }));
    assert_eq!(seen["document"], Value::Null);

    let sent = json!({ "documents": [document("a", FUNDED)] });
    let refused = &tell(&schema, INGEST, sent)["ingestDocuments"];
    assert_eq!((&refused["added"], &refused["documents"][0]), (&json!(0), &Value::Null));
    assert!(refused["notices"][0]["reason"].as_str().unwrap().contains("was withdrawn by ana"), "{refused}");
    let anyway = INGEST.replace("reason:", "includeWithdrawn: true, reason:");
    let back = &tell(&schema, &anyway, json!({ "documents": [document("a", FUNDED)] }))["ingestDocuments"];
    assert_eq!((&back["added"], &back["documents"][0]["id"]), (&json!(1), &json!(id)));

    for id in [id, other] {
        tell(&schema, withdraw, json!({ "id": id }));
    }
    assert_eq!(dump::snapshot(&base.snapshot()), before);
}

const DECIDE: &str = "mutation($verdict: Verdict!, $entities: [ID!], $relation: ID) {
    decide(verdict: $verdict, entities: $entities, relation: $relation, reason: \"known\") {
        known decision { id verdict author reason text entities { id mergedIds } relation { id } } } }";

#[test]
fn decisions_change_the_graph_and_can_be_undone() {
    let (base, schema) = empty();
    both(&schema);
    let before = dump::snapshot(&base.snapshot());
    let pair = json!(["organization:un-unhcr", "organization:iom"]);
    let same = tell(&schema, DECIDE, json!({ "verdict": "SAME", "entities": pair }))["decide"].clone();
    assert_eq!((&same["known"], &same["decision"]["author"]), (&json!(false), &json!("ana")));
    let one = &same["decision"]["entities"];
    assert_eq!(one[0], one[1], "two ids, one entity");
    let found = tell(
        &schema,
        r#"{ entity(id: "organization:un-unhcr") { id } nodes(ids: ["organization:un-unhcr"]) { id } }"#,
        Value::Null,
    );
    assert_eq!((&found["entity"]["id"], &found["nodes"][0]["id"]), (&one[0]["id"], &one[0]["id"]));
    let supports = tell(&schema, "{ relations(where: {kind: [SUPPORTS]}) { totalCount } }", Value::Null);
    assert_eq!(supports["relations"]["totalCount"], 0, "nothing supports itself");

    let known =
        tell(&schema, DECIDE, json!({ "verdict": "SAME", "entities": ["organization:iom", "organization:un-unhcr"] }));
    assert_eq!(known["decide"]["known"], true);
    let against = ask(&schema, DECIDE, json!({ "verdict": "DIFFERENT", "entities": pair }), Some("bo"));
    let (code, message) = error_of(&against);
    assert!(code == "CONFLICT" && message.contains("ana decided"), "{message}");

    let id = same["decision"]["id"].clone();
    let undo = "mutation($id: ID!) { undoDecision(id: $id) { undone } }";
    assert_eq!(tell(&schema, undo, json!({ "id": id }))["undoDecision"]["undone"], true);
    assert_eq!(tell(&schema, undo, json!({ "id": id }))["undoDecision"]["undone"], false);
    assert_eq!(dump::snapshot(&base.snapshot()), before);
}

#[test]
fn what_is_confirmed_and_when_it_was_known_can_be_asked_for() {
    let (base, schema) = empty();
    both(&schema);
    let snapshot = base.snapshot();
    let funds = snapshot.graph().relations().find(|r| r.kind.as_str() == "FUNDS").expect("one").id.to_string();
    tell(&schema, DECIDE, json!({ "verdict": "CONFIRMED", "relation": funds }));
    tell(&schema, DECIDE, json!({ "verdict": "CONFIRMED", "entities": ["country:CA"] }));
    let count = |conditions: &str| {
        let query = format!(
            "{{ entities(where: {{{conditions}}}) {{ totalCount }} relations(where: {{{conditions}}}) {{ totalCount }} }}"
        );
        let found = tell(&schema, &query, Value::Null);
        [&found["entities"]["totalCount"], &found["relations"]["totalCount"]].map(|n| n.as_u64().expect("a number"))
    };
    let all = count("");
    assert_eq!(count("confirmed: true"), [1, 1]);
    assert_eq!(count("confirmed: false"), all.map(|n| n - 1));
    assert_eq!(count("knownAt: \"2020-01-01T00:00:00Z\""), [0, 0]);
    assert_eq!(count("knownAt: \"9000-01-01T00:00:00+02:00\""), all);
    let bad = [
        "{ relations(where: {knownAt: \"yesterday\"}) { totalCount } }",
        "{ relations(where: {validAt: \"XXXX-08-18\"}) { totalCount } }",
    ];
    for query in bad {
        let (code, message) = error_of(&ask(&schema, query, Value::Null, None));
        assert!(["GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"].contains(&code.as_str()), "{code} {message}");
        assert!(message.contains("write 2"), "{message}");
    }
    let dated =
        fixture::data("{ yes: relations(where: {validAt: \"2012\"}) { totalCount } all: relations { totalCount } }");
    assert_eq!(dated, json!({ "yes": { "totalCount": 0 }, "all": { "totalCount": 20 } }), "its dates have no year");
}

#[test]
fn what_is_rejected_is_left_out_and_what_makes_no_sense_is_refused() {
    let (base, schema) = empty();
    both(&schema);
    let funds = "{ relations(where: {kind: [FUNDS]}) { nodes { id } } decisions { verdict text } }";
    let id = tell(&schema, funds, Value::Null)["relations"]["nodes"][0]["id"].clone();
    let rejected = tell(&schema, DECIDE, json!({ "verdict": "REJECTED", "relation": id }));
    assert_eq!(rejected["decide"]["decision"]["relation"], Value::Null);
    let left = tell(&schema, funds, Value::Null);
    assert_eq!((&left["relations"]["nodes"], &left["decisions"][0]["verdict"]), (&json!([]), &json!("REJECTED")));
    let entity = tell(&schema, DECIDE, json!({ "verdict": "REJECTED", "entities": ["person:awa-ndiaye-iom"] }));
    assert_eq!(entity["decide"]["decision"]["entities"], json!([null]));
    assert_eq!(maillage::query::check(&base.snapshot()), [""; 0]);

    let refusals = [
        (json!({ "verdict": "SAME", "entities": ["organization:iom", "country:CA"] }), "BAD_USER_INPUT"),
        (json!({ "verdict": "SAME", "entities": ["organization:iom"] }), "BAD_USER_INPUT"),
        (json!({ "verdict": "CONFIRMED", "entities": ["organization:iom"], "relation": id }), "BAD_USER_INPUT"),
        (json!({ "verdict": "CONFIRMED", "entities": ["organization:nobody"] }), "NOT_FOUND"),
        (json!({ "verdict": "CONFIRMED", "relation": id }), "NOT_FOUND"),
    ];
    for (asked, code) in refusals {
        assert_eq!(error_of(&ask(&schema, DECIDE, asked.clone(), Some("ana"))).0, code, "{asked}");
    }
}

#[test]
fn each_mutation_of_a_request_sees_what_it_wrote() {
    let (_, schema) = empty();
    let (one, other) = both(&schema);
    let query = format!(
        "mutation {{ a: withdrawDocument(id: \"{one}\") {{ version }} b: withdrawDocument(id: \"{other}\") {{ version }} }}"
    );
    let answer = ask(&schema, &query, Value::Null, Some("ana"));
    assert_eq!(answer["data"], json!({ "a": { "version": 3 }, "b": { "version": 4 } }));
    assert_eq!(answer["extensions"]["graph"]["version"], 4);
}

#[test]
fn changes_are_listed_version_by_version() {
    let (_, schema) = empty();
    let (one, _) = both(&schema);
    tell(
        &schema,
        "mutation($id: ID!) { withdrawDocument(id: $id, reason: \"taken down\") { version } }",
        json!({ "id": one }),
    );
    let changes = "query($since: Int!, $first: Int) { changes(sinceVersion: $since, first: $first) {
        complete version changes { version kind author reason documentId document { source } relations { kind } } } }";
    let all = tell(&schema, changes, json!({ "since": 0 }))["changes"].clone();
    assert_eq!((&all["complete"], &all["version"]), (&json!(true), &json!(3)));
    let kinds: Vec<_> = all["changes"].as_array().unwrap().iter().map(|change| change["kind"].clone()).collect();
    assert_eq!(kinds, ["ADDED", "ADDED", "WITHDRAWN"]);
    let last = &all["changes"][2];
    assert_eq!(
        (&last["author"], &last["reason"], &last["documentId"]),
        (&json!("ana"), &json!("taken down"), &json!(one))
    );
    assert_eq!((&last["document"], &all["changes"][1]["document"]["source"]), (&Value::Null, &json!("b")));
    let some = tell(&schema, changes, json!({ "since": 1, "first": 1 }))["changes"].clone();
    assert_eq!((&some["complete"], &some["version"]), (&json!(false), &json!(2)));
    assert_eq!(error_of(&ask(&schema, changes, json!({ "since": 0, "first": 101 }), None)).0, "LIMIT_EXCEEDED");
    assert_eq!(error_of(&ask(&schema, changes, json!({ "since": 0, "first": 0 }), None)).0, "BAD_USER_INPUT");
}

#[test]
fn a_subscription_hears_each_change_once_and_in_order() {
    let (base, schema) = empty();
    let follow = |since: Option<u64>, conditions: &str| {
        let query = format!(
            "subscription($since: Int) {{ graphChanged(sinceVersion: $since{conditions}) {{
                version kind document {{ source }} relations {{ kind }} }} }}"
        );
        api::subscribe(&schema, request(&query, json!({ "since": since }), None), Caller(None))
    };
    let (mut all, mut funded) = (follow(Some(0), ""), follow(Some(0), ", where: {kind: [FUNDS]}"));
    both(&schema);
    let signature =
        maillage::model::Signature { author: "ana".into(), reason: String::new(), at: jiff::Timestamp::UNIX_EPOCH };
    let met = base.snapshot().graph().documents().find(|d| d.source == "b").expect("a document").id.clone();
    base.withdraw(&met, &signature).expect("withdrawn");
    let version = |response: async_graphql::Response| {
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let change = response.data.into_json().expect("JSON")["graphChanged"].clone();
        (change["version"].as_u64().expect("a version"), change)
    };
    let heard: Vec<u64> = block_on(async { all.by_ref().take(3).map(|response| version(response).0).collect().await });
    assert_eq!(heard, [1, 2, 3]);
    let (first, change) = block_on(async { version(funded.next().await.expect("a change")) });
    assert_eq!((first, &change["document"]["source"]), (1, &json!("a")));
    assert!(change["relations"].as_array().unwrap().iter().all(|relation| relation["kind"] == "FUNDS"), "{change}");
    // After a break it goes on where it was; what comes meanwhile comes too.
    drop(all);
    let mut again = follow(Some(2), "");
    let third = block_on(async { version(again.next().await.expect("a change")).0 });
    tell(&schema, INGEST, json!({ "documents": [document("d", "Le Japon finance l’UNICEF.")] }));
    let fourth = block_on(async { version(again.next().await.expect("a change")).0 });
    assert_eq!((third, fourth), (3, 4));
}

#[test]
fn a_change_is_told_when_it_can_be_seen() {
    let (base, schema) = empty();
    both(&schema);
    let folder = tempfile::tempdir().expect("a folder");
    let line =
        |id: usize| json!({ "id": id, "text": format!("Le Canada finance l’OIM à Dakar en {id}.") }).to_string() + "\n";
    std::fs::write(folder.path().join("many.jsonl"), (0..300).map(line).collect::<String>()).expect("a file");
    let query = "subscription { graphChanged(sinceVersion: 0) { version document { id } } }";
    let follow = || api::subscribe(&schema, request(query, Value::Null, None), Caller(None));
    let told = |most: usize| -> Vec<Value> {
        let answers: Vec<_> = block_on(follow().take(most).collect());
        answers.into_iter().map(|answer| serde_json::to_value(answer).expect("JSON")).collect()
    };
    let early = std::sync::Mutex::new(Vec::new());
    // Between two writes of many documents: the first is in the log, but nobody sees it yet.
    let between = |_| {
        if base.entries(0, 1000).expect("a log").len() > 2 && base.snapshot().version() == 2 {
            let mut following = follow();
            let next =
                block_on(async { (following.next().await, following.next().await, following.next().now_or_never()) });
            early.lock().expect("no panic").push(next.2.is_none());
        }
    };
    let signature =
        maillage::model::Signature { author: "ana".into(), reason: String::new(), at: jiff::Timestamp::UNIX_EPOCH };
    base.ingest(&[folder.path().into()], &Default::default(), &signature, &between).expect("taken in");
    let early = early.into_inner().expect("no panic");
    assert!(!early.is_empty() && early.iter().all(|waits| *waits), "two were told, the third waits until it is seen");
    for (expected, answer) in (1..).zip(told(302)) {
        let change = &answer["data"]["graphChanged"];
        assert!(change["version"] == expected && change["document"]["id"].is_string(), "{answer}");
        assert!(answer["extensions"]["graph"]["version"].as_u64() >= Some(expected), "{answer}");
    }
}

#[test]
fn a_subscription_that_makes_no_sense_is_refused_once() {
    let (_, schema) = empty();
    for (query, code) in [
        ("subscription { graphChanged(sinceVersion: 9) { version } }", "BAD_USER_INPUT"),
        ("subscription { graphChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { graphChanged {", "GRAPHQL_PARSE_FAILED"),
    ] {
        let stream = api::subscribe(&schema, request(query, Value::Null, None), Caller(None));
        let answers: Vec<_> = block_on(stream.collect());
        assert_eq!(answers.len(), 1, "{query}");
        assert_eq!(error_of(&serde_json::to_value(&answers[0]).expect("JSON")).0, code, "{query}");
    }
    let query = api::subscribe(&schema, request("{ stats { version } }", Value::Null, None), Caller(None));
    assert_eq!(block_on(query.count()), 1, "a query gives one answer");
}
