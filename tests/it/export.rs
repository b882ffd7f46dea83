//! Exports: what is selected, what files say, how they come over HTTP, and who ends them.
//!
//! Readers of other programs read them in `tests/exports`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::futures_util::StreamExt;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode, header};
use maillage::api::Limits;
use maillage::export::{Content, FORMATS, Format, find, find_part};
use maillage::knowledge_base::KnowledgeBase;
use maillage::model::{Annotations, Changes, Contribution, EntityKind, RelationKind, Stored};
use maillage::query::{
    Budget, Cut, Effort, EntityFilter, NumberFilter, RelationFilter, Selection, SelectionQuestion, select,
};
use maillage::server::{Settings, Trusted, router};
use maillage::snapshot::{Draft, Snapshot};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::fixture;
use crate::program;

fn selected(snapshot: &Snapshot, question: &SelectionQuestion) -> Selection {
    let mut effort = Effort::of(usize::MAX);
    select(snapshot, question, &Budget::of(usize::MAX), &mut effort).expect("a sound question")
}

fn ids(snapshot: &Snapshot, selection: &Selection) -> (BTreeSet<String>, BTreeSet<String>) {
    let graph = snapshot.graph();
    let entities: Vec<_> = selection.entities(snapshot).map(|row| graph.entity(row).id.to_string()).collect();
    let strongest = |row| graph.evidence(row).next().expect("a statement");
    let place = |row| (graph.document(strongest(row).document).id.clone(), strongest(row).statement);
    let relations = selection.relations(snapshot);
    assert!(entities.is_sorted() && relations.is_sorted_by_key(|row| place(*row)), "in their orders");
    let relations: Vec<_> = relations.into_iter().map(|row| graph.relation(row).id.to_string()).collect();
    assert_eq!((entities.len(), relations.len()), (selection.entity_count(), selection.relation_count()));
    (entities.into_iter().collect(), relations.into_iter().collect())
}

fn written(content: &Content, format: &dyn Format, part: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    format.write(content, find_part(format, part).expect("a part"), &mut bytes).expect("a vector");
    bytes
}

fn everything(snapshot: Snapshot) -> Content {
    let snapshot = Arc::new(snapshot);
    let selection = selected(&snapshot, &SelectionQuestion::default());
    Content::new(snapshot, selection, "everything")
}

#[test]
fn a_selection_is_what_its_conditions_say_in_plain_words() {
    let snapshot = fixture::snapshot();
    let graph = snapshot.graph();
    let (organization, funds) = (EntityKind::Organization, RelationKind::Funds);
    let kinds = EntityFilter { kinds: Some([organization, EntityKind::Country].into()), ..EntityFilter::default() };
    let paid = RelationFilter { kinds: Some([funds].into()), ..RelationFilter::default() };
    let sure = NumberFilter { gte: Some(0.8), ..NumberFilter::default() };
    let sure = RelationFilter { confidence: Some(sure), ..RelationFilter::default() };
    for entities in [None, Some(kinds)] {
        for relations in [None, Some(paid.clone()), Some(sure.clone())] {
            let question = SelectionQuestion { entities: entities.clone(), relations, ..SelectionQuestion::default() };
            let fits = |id: &str| entities.is_none() || id.starts_with("organization:") || id.starts_with("country:");
            let wanted = |relation: &maillage::model::Relation| match &question.relations {
                None => true,
                Some(filter) if *filter == paid => relation.kind == funds,
                Some(_) => relation.confidence >= 0.8,
            };
            let expected: Vec<_> = graph
                .relations()
                .filter(|r| wanted(r) && fits(r.subject.as_str()) && fits(r.object.as_str()))
                .collect();
            let ends_only = entities.is_none() && question.relations.is_some();
            let at_ends: BTreeSet<_> =
                expected.iter().flat_map(|r| [r.subject.to_string(), r.object.to_string()]).collect();
            let all = graph.entities().map(|entity| entity.id.to_string());
            let expected_entities: BTreeSet<_> =
                all.filter(|id| fits(id) && (!ends_only || at_ends.contains(id))).collect();
            let found = ids(&snapshot, &selected(&snapshot, &question));
            assert_eq!(found.0, expected_entities, "{question:?}");
            assert_eq!(found.1, expected.iter().map(|r| r.id.to_string()).collect(), "{question:?}");
        }
    }
}

#[test]
fn around_an_entity_lies_what_its_relations_reach_and_all_among_these() {
    let snapshot = fixture::snapshot();
    let question = |max_hops| SelectionQuestion { around: vec!["Canada".into()], max_hops, ..Default::default() };
    let (near, relations) = ids(&snapshot, &selected(&snapshot, &question(1)));
    let expected = ["country:ca", "event:atelier", "organization:oim", "project:protection"];
    assert_eq!(near, expected.map(str::to_owned).into());
    let graph = snapshot.graph();
    let among = graph.relations().filter(|r| near.contains(r.subject.as_str()) && near.contains(r.object.as_str()));
    assert_eq!(relations, among.map(|r| r.id.to_string()).collect());
    assert_eq!(ids(&snapshot, &selected(&snapshot, &question(0))).0.len(), 1);
    assert!(ids(&snapshot, &selected(&snapshot, &question(2))).0.is_superset(&near));
    // Nothing is walked over that does not meet the conditions.
    let funds = RelationFilter { kinds: Some([RelationKind::Funds].into()), ..RelationFilter::default() };
    let paid = selected(&snapshot, &SelectionQuestion { relations: Some(funds), ..question(6) });
    assert_eq!(ids(&snapshot, &paid).0, near, "all that it funds, and nothing that these work with");

    let refused = |question: &SelectionQuestion, budget: usize| {
        select(&snapshot, question, &Budget::of(budget), &mut Effort::of(usize::MAX)).expect_err("refused").message
    };
    assert!(refused(&question(7), 9).contains("maxHops is 7"));
    let nobody = SelectionQuestion { around: vec!["personne".into()], ..SelectionQuestion::default() };
    assert!(refused(&nobody, 9).contains("personne"));
    let inner = EntityFilter { and: vec![EntityFilter::default(); 9], ..EntityFilter::default() };
    let costly = SelectionQuestion { entities: Some(inner), ..SelectionQuestion::default() };
    assert!(refused(&costly, 9).contains("more than 9 steps"));
}

#[test]
fn what_was_cut_says_so_in_every_format() {
    let snapshot = Arc::new(fixture::snapshot());
    let question = SelectionQuestion::default();
    let cut = select(&snapshot, &question, &Budget::default(), &mut Effort::of(20)).expect("cut, not refused");
    assert_eq!((cut.cut, cut.entity_count(), cut.relation_count()), (Some(Cut::Explored), 15, 5));
    let content = Content::new(snapshot, cut, "everything");
    for format in FORMATS {
        let part = find_part(format, "about").unwrap_or(&format.parts()[0]).name;
        let text = String::from_utf8_lossy(&written(&content, format, part)).into_owned();
        assert!(text.contains("truncatedBy") && text.contains("EXPLORED"), "{}: {text}", format.name());
    }
}

#[test]
fn every_format_says_what_it_was_made_from_and_names_every_document() {
    let content = everything(fixture::snapshot());
    for format in FORMATS {
        let all: Vec<_> = format.parts().iter().map(|part| written(&content, format, part.name)).collect();
        let text = String::from_utf8_lossy(&all.concat()).into_owned();
        for said in [concat!("maillage ", env!("CARGO_PKG_VERSION")), "2026-01-01", "everything", "complete"] {
            assert!(text.contains(said), "{} does not say {said:?}", format.name());
        }
        // What Parquet has packed is read in tests/exports.
        for document in (0..3).filter(|_| format.name() != "parquet") {
            assert!(text.contains(fixture::id_of(document).as_str()), "{}: document {document}", format.name());
        }
        assert!(!text.contains("truncatedBy"), "{}", format.name());
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes_whatever_its_history() {
    let mut grown = Draft::default();
    let Changes { added, attached, entities, .. } = fixture::changes(&fixture::all());
    for (stored, belonging) in added.into_iter().zip(attached).rev() {
        let here: BTreeSet<_> = belonging.mentions.iter().map(|(_, id)| id).collect();
        let entities = entities.iter().filter(|entity| here.contains(&entity.id)).cloned().collect();
        grown.apply(&Changes { added: vec![stored], attached: vec![belonging], entities, ..Changes::default() });
    }
    let (at_once, grown) = (everything(fixture::snapshot()), everything(grown.snapshot(7)));
    for format in FORMATS {
        for part in format.parts() {
            let (a, b) = (written(&at_once, format, part.name), written(&grown, format, part.name));
            assert!(!a.is_empty() && a == b, "{} {}", format.name(), part.name);
        }
    }
}

#[test]
fn the_keys_of_the_explorers_graphml_are_there() {
    let text = String::from_utf8(written(&everything(fixture::snapshot()), find("GraphML").expect("known"), "graph"));
    let text = text.expect("UTF-8");
    let source = include_str!("../../web/src/graph/export.ts");
    let keys =
        source.split("const keys = [").nth(1).and_then(|rest| rest.split("];").next()).expect("the explorer's keys");
    let keys: Vec<_> =
        keys.split('[').skip(1).filter_map(|key| Some(key.split(']').next()?.replace('\'', ""))).collect();
    assert!(keys.len() > 10, "{keys:?}");
    for key in keys {
        let [name, of, sort] = key.split(", ").collect::<Vec<_>>()[..] else { panic!("{key}") };
        let line = format!("<key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{sort}\"/>");
        assert!(text.contains(&line), "{line}");
    }
}

#[test]
fn what_is_only_planned_stands_as_no_fact() {
    let turtle = written(&everything(fixture::snapshot()), find("turtle").expect("known"), "graph");
    let turtle = String::from_utf8(turtle).expect("UTF-8");
    assert!(turtle.contains("schema:funder <urn:maillage:country:ca>"), "{turtle}");
    assert!(turtle.contains("rdf:predicate term:PUBLISHES") && turtle.contains("\"PLANNED\""), "{turtle}");
    assert!(!turtle.contains("schema:publisher"), "{turtle}");
}

struct Asked {
    router: Router,
}

impl Asked {
    fn with(settings: &Settings) -> Self {
        Self { router: router(Arc::new(KnowledgeBase::of(fixture::snapshot())), settings) }
    }

    async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("a router never fails")
    }

    /// Status, the header asked for, body.
    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, BTreeMap<String, String>, String) {
        let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        read(self.open(request.body(Body::empty()).expect("a request")).await).await
    }
}

async fn read(response: Response<Body>) -> (StatusCode, BTreeMap<String, String>, String) {
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric();
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[tokio::test]
async fn over_http_a_file_has_its_type_its_name_and_its_tag() {
    let server = Asked::with(&Settings::default());
    let content = everything(fixture::snapshot());
    for format in FORMATS {
        for part in format.parts() {
            let path = format!("/export?format={}&part={}", format.name(), part.name);
            let (status, headers, body) = server.get(&path, &[]).await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert_eq!(headers["content-type"], part.media_type);
            let name = if format.parts().len() == 1 { format!("maillage-7.{}", part.file) } else { part.file.into() };
            assert_eq!(headers["content-disposition"], format!("attachment; filename=\"{name}\""));
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(body, String::from_utf8_lossy(&written(&content, format, part.name)), "{path}");
        }
    }
    let (_, headers, body) = server.get("/export?format=graphml", &[("accept", "text/html, */*;q=0.8")]).await;
    let tag = headers["etag"].as_str();
    assert!(body.starts_with("<?xml"), "{body}");
    for known in [tag, &format!("\"other\", W/{tag}")] {
        let (status, headers, body) = server.get("/export?format=graphml", &[("if-none-match", known)]).await;
        assert_eq!((status, headers["etag"].as_str(), body.as_str()), (StatusCode::NOT_MODIFIED, tag, ""));
    }
    for other in ["/export?format=gexf", "/export?format=graphml&relations=%7B%7D"] {
        assert_ne!(server.get(other, &[]).await.1["etag"], tag, "{other}");
    }
    // The format may be told by what is accepted.
    let (status, headers, _) = server.get("/export", &[("accept", "text/turtle")]).await;
    assert_eq!((status, headers["content-type"].as_str()), (StatusCode::OK, "text/turtle; charset=utf-8"));
    let head = Request::builder().method(Method::HEAD).uri("/export?format=csv").body(Body::empty());
    let (status, headers, body) = read(server.open(head.expect("a request")).await).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(headers["content-disposition"], "attachment; filename=\"relations.csv\"");
}

#[tokio::test]
async fn conditions_are_those_of_the_api_in_the_url_or_in_a_body() {
    let server = Asked::with(&Settings::default());
    let relations = r#"{ kind: [FUNDS], object: { kind: [PROJECT] } }"#;
    let (status, _, in_url) = server.get(&format!("/export?format=csv&relations={}", encoded(relations)), &[]).await;
    assert_eq!(status, StatusCode::OK, "{in_url}");
    assert_eq!(in_url.lines().count(), 2, "a header and one relation: {in_url}");
    assert!(in_url.contains("country:ca") && in_url.contains("financé par le Canada"), "{in_url}");
    let body = json!({ "format": "csv", "relations": { "kind": ["FUNDS"], "object": { "kind": ["PROJECT"] } } });
    let request = |body: &Value| {
        let request = Request::post("/export").header(header::CONTENT_TYPE, "application/json");
        request.body(Body::from(body.to_string())).expect("a request")
    };
    assert_eq!(read(server.open(request(&body)).await).await.2, in_url);
    let body = json!({ "format": "csv", "part": "entities", "around": ["Canada"], "maxHops": 1, "entities": {"kind": ["PROJECT"]} });
    let (_, _, entities) = read(server.open(request(&body)).await).await;
    assert_eq!(entities.lines().count(), 3, "Canada and the project: {entities}");
    let path = format!("/export?format=csv&part=entities&around=Canada&entities={}", encoded("{kind: PROJECT}"));
    assert_eq!(server.get(&path, &[]).await.2, entities);
    let (status, _, refused) = read(server.open(request(&json!({ "formt": "csv" }))).await).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}");
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused_in_words_that_help() {
    let server = Asked::with(&Settings::default());
    for (path, accept, status, code, said) in [
        ("/export", "*/*", 400, "BAD_REQUEST", "graphml, gexf, csv, parquet, jsonld, turtle, ftm, cypher, dot"),
        ("/export?format=xls", "*/*", 400, "BAD_REQUEST", "no format \"xls\"; those known are graphml"),
        ("/export?format=csv&part=nodes", "*/*", 400, "BAD_REQUEST", "it has relations, entities, evidence"),
        ("/export?format=csv&filter=x", "*/*", 400, "BAD_REQUEST", "no parameter \"filter\""),
        ("/export?format=csv&maxHops=all", "*/*", 400, "BAD_REQUEST", "maxHops is a number"),
        ("/export?format=csv&around=Canada&maxHops=9", "*/*", 400, "LIMIT_EXCEEDED", "at most 6"),
        ("/export?format=csv&around=personne", "*/*", 404, "NOT_FOUND", "personne"),
        ("/export?format=csv&relations=%7Bkind%3A", "*/*", 400, "BAD_USER_INPUT", "no input object"),
        ("/export?format=csv&relations=%7Bkind%3AFUNDZ%7D", "*/*", 400, "BAD_USER_INPUT", "FUNDZ"),
        ("/export?format=csv&entities=%7Bkinds%3APROJECT%7D", "*/*", 400, "BAD_USER_INPUT", "kinds"),
        ("/export?format=csv", "application/json", 406, "NOT_ACCEPTABLE", "csv is text/csv"),
        ("/export?format=dot", "text/*;q=0, */*", 406, "NOT_ACCEPTABLE", "text/vnd.graphviz"),
    ] {
        let (found, _, body) = server.get(path, &[("accept", accept)]).await;
        let error: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{path}: no JSON: {body}"));
        let (message, extensions) = (error["errors"][0]["message"].to_string(), &error["errors"][0]["extensions"]);
        assert_eq!((found.as_u16(), extensions["code"].as_str()), (status, Some(code)), "{path}: {body}");
        assert!(message.replace('\\', "").contains(said), "{path}: {message}");
    }
    let put = Request::put("/export").body(Body::empty()).expect("a request");
    let (status, headers, _) = read(server.open(put).await).await;
    assert_eq!((status, headers["allow"].as_str()), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, POST"));

    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.json"), r#"{"one": "query One { stats { version } }"}"#).expect("written");
    let trusted = Some(Arc::new(Trusted::load(folder.path()).expect("operations")));
    let none = Limits { exports_at_once: 0, ..Limits::default() };
    for (settings, status) in [
        (Settings { trusted, ..Settings::default() }, StatusCode::FORBIDDEN),
        (Settings { limits: none, ..Settings::default() }, StatusCode::FORBIDDEN),
        (Settings { read_tokens: true, ..Settings::default() }, StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(Asked::with(&settings).get("/export?format=csv", &[]).await.0, status);
    }
}

/// A graph of which a table is much larger than what waits for a reader.
fn large() -> Arc<KnowledgeBase> {
    let added = (0..40).map(|number: u64| {
        let mut document = fixture::bare_document(&number.to_string(), "Rien.".into());
        document.title = Some("é".repeat(50_000));
        let (entities, relations) = Default::default();
        let annotations = Arc::new(Annotations { document: document.id.clone(), entities, relations });
        let contribution = Contribution { document: Arc::new(document), annotations, extractor: "test".into() };
        Stored { contribution, added: number + 1, added_at: "2026-01-01T00:00:00Z".parse().expect("a moment") }
    });
    let changes = Changes { added: added.collect(), ..Changes::default() };
    Arc::new(KnowledgeBase::of(Draft::of(changes).snapshot(40)))
}

const LARGE: &str = "/export?format=csv&part=documents";

fn for_large() -> Request<Body> {
    Request::get(LARGE).body(Body::empty()).expect("a request")
}

/// Asks until there is a place again.
async fn when_there_is_a_place(server: &Asked) -> Response<Body> {
    loop {
        let answer = server.open(for_large()).await;
        if answer.status() == StatusCode::OK {
            return answer;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_export_ends_when_its_reader_goes() {
    let limits = Limits { exports_at_once: 1, ..Limits::default() };
    let server = Asked { router: router(large(), &Settings { limits, ..Settings::default() }) };
    let open = server.open(for_large()).await;
    assert_eq!(open.status(), StatusCode::OK);
    let (status, headers, body) = server.get(LARGE, &[]).await;
    assert_eq!((status, headers["retry-after"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(body.contains("LIMIT_EXCEEDED") && body.contains("1 are written"), "{body}");
    let mut pieces = open.into_body().into_data_stream();
    assert!(pieces.next().await.expect("a piece").expect("sound").len() >= 1 << 16);
    drop(pieces);
    let (_, _, body) = read(when_there_is_a_place(&server).await).await;
    assert_eq!(body.lines().count(), 41, "whole");
}

#[tokio::test]
async fn an_export_that_nobody_reads_is_broken_off_and_says_so() {
    let limits = Limits { exports_at_once: 1, ..Limits::default() };
    let settings = Settings { limits, request_timeout: Duration::from_millis(20), ..Settings::default() };
    let server = Asked { router: router(large(), &settings) };
    let open = server.open(for_large()).await;
    let other = when_there_is_a_place(&server).await;
    drop(other);
    let pieces: Vec<_> = open.into_body().into_data_stream().collect().await;
    assert!(pieces.last().is_some_and(Result::is_err), "nobody takes it for the whole");
    assert!(pieces.iter().rev().skip(1).all(Result::is_ok));
}

#[test]
fn the_command_writes_files_folders_and_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("store").display().to_string();
    assert_eq!(program::run(&["ingest", "--quiet", "--data", &store, "corpus"]).0, Some(0));
    let (status, dot, said) = program::run(&["export", "--data", &store, "--format", "dot"]);
    assert_eq!((status, said.as_str()), (Some(0), ""), "nothing but data");
    assert!(dot.starts_with("// program: maillage") && dot.contains("digraph"), "{dot}");
    let file = folder.path().join("graph.dot").display().to_string();
    let (status, out, said) = program::run(&["export", "--data", &store, "--format", "DOT", "--output", &file]);
    assert_eq!((status, out.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("entities and") && said.contains("graph.dot"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("written"), dot, "the same bytes again");

    let tables = folder.path().join("tables");
    let shown = tables.display().to_string();
    let funding = ["--relations", "{ kind: [FUNDS] }", "--filter", r#"{"named": true}"#];
    let all = [&["export", "--data", &store, "--format", "csv", "--output", &shown][..], &funding].concat();
    assert_eq!(program::run(&all).0, Some(0));
    let mut names: Vec<_> =
        fs::read_dir(&tables).expect("a folder").map(|file| file.expect("a file").file_name().into_string()).collect();
    names.sort();
    let expected = ["datapackage.json", "documents.csv", "entities.csv", "evidence.csv", "relations.csv"];
    assert_eq!(names, expected.map(|name| Ok(name.to_owned())), "and nothing half written");
    let relations = fs::read_to_string(tables.join("relations.csv")).expect("written");
    let rows = csv::Reader::from_reader(relations.as_bytes()).into_records();
    let kinds: Vec<_> = rows.map(|row| row.expect("a row")[1].to_owned()).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "FUNDS"), "{relations}");
    let one = [&["export", "--data", &store, "--format", "csv", "--part", "relations"][..], &funding].concat();
    assert_eq!(program::run(&one).1, relations);

    for (arguments, status, said) in [
        (&["--format", "xls"][..], 2, "the formats are graphml, gexf, csv"),
        (&["--format", "csv"], 1, "name a folder with --output, or one part with --part: relations, entities"),
        (&["--format", "csv", "--output", &file], 1, "is a file; name a folder"),
        (&["--format", "csv", "--part", "nodes"], 1, "csv has no part \"nodes\""),
        (&["--format", "dot", "--relations", "{ kind: [FUNDZ] }"], 1, "FUNDZ"),
        (&["--format", "dot", "--entities", "{ kind: "], 1, "no input object"),
        (&["--format", "dot", "--around", "personne-du-tout"], 1, "personne-du-tout"),
    ] {
        let (found, out, error) = program::run(&[&["export", "--data", &store][..], arguments].concat());
        assert_eq!((found, out.as_str()), (Some(status), ""), "{arguments:?}: {error}");
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}
