//! Graphs from data files: what lines become, which are refused, and that the graph is what the files say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use maillage::error::Error;
use maillage::export::{self, Content};
use maillage::import::{Files, LONGEST_LINE_BYTES, Reject};
use maillage::knowledge_base::{self, ImportOptions, Imported, KnowledgeBase};
use maillage::model::{EntityId, EntityKind, RelationId, RelationKind, ResolutionRule, Signature};
use maillage::ontology::ontology;
use maillage::query::{self, Budget, Effort, SelectionQuestion};
use maillage::snapshot::Snapshot;
use maillage::store::{MemoryStore, SqliteStore, Store, Write};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::dump::{self, assert_same};
use crate::fixture::answer_with;
use crate::generate::generate;
use crate::made_up;

const NODES: &str = r#"{"id": "o1", "kind": "ORGANIZATION", "name": "Fondation des Marées", "aliases": ["FDM", "Tides Trust"]}
{"id": "p1", "kind": "project", "name": "Eau pour Ngor"}
{"id": "c1", "kind": "Country", "name": "Sénégal"}
"#;
const EDGES: &str = r#"{"id": "r1", "kind": "FUNDS", "source": "o1", "target": "p1", "year": 2019, "documents": ["rapport-12"]}
{"id": "r2", "kind": "opère en", "source": "p1", "target": "c1"}
"#;

/// A folder of data files.
struct Desk(TempDir);

fn signature() -> Signature {
    Signature { author: "ana".into(), reason: String::new(), at: Timestamp::UNIX_EPOCH }
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn with(nodes: &str, edges: &str) -> Self {
        let desk = Self::new();
        desk.write("nodes.jsonl", nodes);
        desk.write("edges.jsonl", edges);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file");
    }

    fn files(&self, nodes: &str, edges: &str) -> Files {
        Files::new(self.path(nodes), Some(self.path(edges)), Some("test")).expect("files")
    }

    /// Imports two files; what became of them, and what was refused.
    fn import_files(
        &self,
        store: &mut dyn Store,
        files: &Files,
        strict: bool,
    ) -> Result<(Imported, Vec<Reject>), Error> {
        let mut rejects = Vec::new();
        let mut refused = |reject: &Reject| {
            rejects.push(reject.clone());
            Ok(())
        };
        let options = ImportOptions { strict, ..ImportOptions::default() };
        let done = knowledge_base::import(store, files, options, &signature(), &mut refused, &|_| {})?;
        assert_eq!(done.refused, rejects.len());
        Ok((done, rejects))
    }

    fn import(&self, store: &mut dyn Store) -> (Imported, Vec<Reject>) {
        self.import_files(store, &self.files("nodes.jsonl", "edges.jsonl"), false).expect("imported")
    }

    /// What the two files alone make.
    fn base(&self) -> KnowledgeBase {
        let mut store = MemoryStore::new();
        let (_, rejects) = self.import(&mut store);
        assert_eq!(rejects, []);
        open(&store)
    }
}

fn open(store: &MemoryStore) -> KnowledgeBase {
    let base = KnowledgeBase::open(Box::new(store.clone()), &|_| {}).expect("a store in memory");
    assert_eq!(query::check(&base.snapshot()), Vec::<String>::new());
    base
}

fn dumped(base: &KnowledgeBase) -> String {
    dump::snapshot(&base.snapshot())
}

/// What a graph says, but for which documents say it.
fn said(snapshot: &Snapshot) -> String {
    let graph = snapshot.graph();
    let mut text = String::new();
    for row in graph.entity_rows() {
        text += &format!("{:?} {}\n", graph.entity(row), graph.mention_count(row));
    }
    for row in graph.relation_rows() {
        text += &format!("{:?} {}\n", graph.relation(row), graph.evidence_count(row));
    }
    text
}

/// The lines that relations cite, each with its number, by relation.
fn cited(snapshot: &Snapshot) -> BTreeMap<RelationId, BTreeSet<(usize, String)>> {
    let graph = snapshot.graph();
    let mut cited: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in graph.relation_rows() {
        for evidence in graph.evidence(row) {
            let (document, span) = (graph.document(evidence.document), graph.statement(evidence).evidence[0]);
            let line = (document.line_at(span.start).expect("a line"), span.of(&document.text).to_owned());
            cited.entry(graph.relation(row).id.clone()).or_default().insert(line);
        }
    }
    cited
}

fn id(kind: EntityKind, id: &str) -> EntityId {
    EntityId::of_source(kind, "test", id)
}

#[test]
fn lines_become_entities_and_relations_that_cite_them() {
    let snapshot = Desk::with(NODES, EDGES).base().snapshot();
    let graph = snapshot.graph();
    let trust = graph.entity(graph.find_entity(&id(EntityKind::Organization, "o1")).expect("it is there").row());
    assert_eq!((trust.id.as_str(), trust.name.as_str()), ("organization:test.o1", "Fondation des Marées"));
    assert!(trust.aliases.iter().eq(["FDM", "Tides Trust"]) && trust.external_ids["test"] == "o1", "{trust:?}");
    assert_eq!(trust.resolved_from[0].rule, ResolutionRule::SourceId);
    let funds: Vec<_> = graph.relations().filter(|relation| relation.kind == RelationKind::Funds).collect();
    assert_eq!(funds[0].qualifiers.date.map(|date| date.to_string()).as_deref(), Some("2019"));
    let lines: Vec<_> = cited(&snapshot).into_values().flatten().collect();
    let mut expected: Vec<_> = (1..).zip(EDGES.lines().map(str::to_owned)).collect();
    expected.sort_by_key(|(_, line)| !line.contains("FUNDS"));
    let sorted = |mut lines: Vec<(usize, String)>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(lines), sorted(expected));
}

#[test]
fn the_api_tells_the_file_the_digest_and_the_line_of_evidence() {
    let desk = Desk::with(NODES, EDGES);
    let base = desk.base();
    let schema = maillage::api::schema(std::sync::Arc::new(base), &maillage::api::Limits::default());
    let query = "{ relations(where: { kind: [OPERATES_IN] }) { nodes { evidence {
        line text extractorVersion rule subject { text } object { text } trigger { text }
        document { source title language lines { file digest namespace first last } } } } } }";
    let answer = answer_with(&schema, query, Value::Null);
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    let digest: String = Sha256::digest(EDGES).iter().map(|byte| format!("{byte:02x}")).collect();
    let expected = json!([{
        "line": 2,
        "text": EDGES.lines().nth(1).expect("a line"),
        "extractorVersion": "import 1",
        "rule": "import/relation",
        "subject": { "text": "p1" },
        "object": { "text": "c1" },
        "trigger": { "text": "opère en" },
        "document": {
            "source": "import:test",
            "title": "edges.jsonl, lines 1–2",
            "language": "und",
            "lines": { "file": "edges.jsonl", "digest": digest, "namespace": "test", "first": 1, "last": 2 },
        },
    }]);
    assert_eq!(answer["data"]["relations"]["nodes"][0]["evidence"], expected, "{answer:#}");
}

#[test]
fn csv_says_what_json_lines_say_and_so_do_packed_files() {
    let desk = Desk::with(NODES, EDGES);
    let nodes = "Name;KIND;aliases;id;note\r\n\"Fondation des Marées\";organization;FDM| Tides Trust |;o1;\"a;\"\"b\"\"\"\r\n\
                 Eau pour Ngor;PROJECT;;p1;\r\n\r\nSénégal;COUNTRY;;c1;x\r\n";
    desk.write("nodes.csv", nodes);
    let edges = "id,kind,source,target,year,documents\nr1,funds,o1,p1,2019,rapport-12|\nr2,operates in,p1,c1,,\n";
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(edges.as_bytes()).expect("packed");
    desk.write("edges.csv.gz", packed.finish().expect("packed"));
    let mut store = MemoryStore::new();
    let (done, rejects) =
        desk.import_files(&mut store, &desk.files("nodes.csv", "edges.csv.gz"), true).expect("imported");
    assert_eq!((done.entities, done.relations, rejects), (3, 2, Vec::new()));
    let base = open(&store);
    assert_same(&said(&base.snapshot()), &said(&desk.base().snapshot()));
    let lines: BTreeSet<_> = cited(&base.snapshot()).into_values().flatten().collect();
    assert!(lines.contains(&(2, "r1,funds,o1,p1,2019,rapport-12|".to_owned())), "{lines:?}");
}

#[test]
fn what_was_exported_as_parquet_is_imported_again() {
    let desk = Desk::with(NODES, EDGES);
    let snapshot = desk.base().snapshot();
    let (question, budget) = (SelectionQuestion::default(), Budget::of(usize::MAX));
    let selection = query::select(&snapshot, &question, &budget, &mut Effort::of(usize::MAX)).expect("everything");
    let content = Content::new(snapshot, selection, "everything");
    let format = export::find("parquet").expect("a format");
    for (part, name) in [("entities", "nodes.parquet"), ("relations", "edges.parquet")] {
        let mut bytes = Vec::new();
        format.write(&content, export::find_part(format, part).expect("a part"), &mut bytes).expect("memory");
        desk.write(name, bytes);
    }
    let mut store = MemoryStore::new();
    let (done, rejects) =
        desk.import_files(&mut store, &desk.files("nodes.parquet", "edges.parquet"), true).expect("imported");
    assert_eq!((done.entities, done.relations, rejects.len()), (3, 2, 0));
    // A folder is its files.
    fs::create_dir(desk.path("nodes")).expect("a folder");
    fs::copy(desk.path("nodes.parquet"), desk.path("nodes/part-0.parquet")).expect("a file");
    let again =
        desk.import_files(&mut MemoryStore::new(), &desk.files("nodes", "edges.parquet"), true).expect("imported");
    assert_eq!((again.0.entities, again.0.relations), (3, 2));
    let base = open(&store);
    let snapshot = base.snapshot();
    let graph = snapshot.graph();
    let names: BTreeMap<_, _> =
        graph.entity_rows().map(|row| graph.entity(row)).map(|one| (&one.id, &one.name)).collect();
    let told: BTreeSet<_> = graph
        .relations()
        .map(|relation| {
            let date = relation.qualifiers.date.map(|date| date.to_string()).unwrap_or_default();
            format!("{} {} {} {date}", names[&relation.subject], relation.kind, names[&relation.object])
        })
        .collect();
    let expected = ["Eau pour Ngor OPERATES_IN Sénégal ", "Fondation des Marées FUNDS Eau pour Ngor 2019"];
    assert_eq!(told, expected.map(str::to_owned).into());
    let said = cited(&snapshot);
    assert!(
        said.values().flatten().all(|(line, text)| (1..=2).contains(line) && text.starts_with("{\"id\":")),
        "{said:?}"
    );
    // What is damaged keeps everything out.
    let whole = fs::read(desk.path("edges.parquet")).expect("a file");
    desk.write("edges.parquet", [&whole[..40], &[0xff; 60], &whole[100..]].concat());
    let damaged = desk.import_files(&mut MemoryStore::new(), &desk.files("nodes.parquet", "edges.parquet"), false);
    assert!(damaged.is_err(), "{damaged:?}");
}

#[test]
fn the_order_of_lines_does_not_matter() {
    let desk = Desk::new();
    generate(60, 400, desk.0.path()).expect("files");
    let whole = desk.base();
    for name in ["nodes.jsonl", "edges.jsonl"] {
        let text = fs::read_to_string(desk.path(name)).expect("a text");
        let mut lines: Vec<_> = text.lines().collect();
        lines.sort_by_key(|line| Sha256::digest(line).to_vec());
        desk.write(name, lines.join("\n"));
    }
    // Which of several years a relation shows follows from which of its lines comes first; that it has them all does not.
    let without_dates = |base: &KnowledgeBase| {
        let text = said(&base.snapshot());
        text.lines()
            .map(|line| line.split("qualifiers").next().unwrap_or_default().to_owned() + "\n")
            .collect::<String>()
    };
    assert_same(&without_dates(&desk.base()), &without_dates(&whole));
    let lines = |base: &KnowledgeBase| -> Vec<BTreeSet<String>> {
        cited(&base.snapshot()).into_values().map(|lines| lines.into_iter().map(|(_, line)| line).collect()).collect()
    };
    assert_eq!(lines(&desk.base()), lines(&whole));
}

#[test]
fn every_line_of_a_large_file_is_cited_by_its_number_from_documents_that_are_small() {
    let desk = Desk::new();
    generate(400, 3_000, desk.0.path()).expect("files");
    let base = desk.base();
    let snapshot = base.snapshot();
    let edges = fs::read_to_string(desk.path("edges.jsonl")).expect("a text");
    let expected: BTreeSet<_> = (1..).zip(edges.lines().map(str::to_owned)).collect();
    assert_eq!(cited(&snapshot).into_values().flatten().collect::<BTreeSet<_>>(), expected);
    let sizes: Vec<_> = snapshot.graph().documents().map(|document| document.text.len()).collect();
    assert!(sizes.len() > 5 && sizes.iter().all(|size| *size <= LONGEST_LINE_BYTES), "{sizes:?}");
}

#[test]
fn the_made_up_graph_is_the_same_everywhere_and_nothing_of_it_is_refused() {
    let desk = Desk::new();
    generate(500, 2_000, desk.0.path()).expect("files");
    let digest = |name: &str| -> String {
        let bytes = fs::read(desk.path(name)).expect("a file");
        Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    };
    assert_eq!(
        (digest("nodes.jsonl"), digest("edges.jsonl")),
        ("0e6779d416905806".to_owned(), "9602af603f00f0bc".to_owned())
    );
    let counts = desk.base().snapshot().graph().entity_counts().clone();
    assert_eq!((counts.len(), counts.values().sum::<usize>()), (6, 500));
}

#[test]
fn the_same_files_again_change_nothing_and_changed_ones_replace_what_they_said() {
    let desk = Desk::with(NODES, EDGES);
    let folder = desk.path("store");
    let mut store = SqliteStore::open(&folder).expect("a store");
    let (first, _) = desk.import(&mut store);
    assert_eq!((first.added, first.unchanged), (2, 0));
    let (head, inputs) = (store.head().expect("a number"), store.inputs().expect("files"));
    let (again, _) = desk.import(&mut store);
    assert_eq!((again.added, again.replaced, again.unchanged, again.withdrawn), (0, 0, 2, 0));
    assert_eq!((store.head().expect("a number"), store.inputs().expect("files")), (head, inputs));

    desk.write("edges.jsonl", EDGES.replace("2019", "2020"));
    let (changed, _) = desk.import(&mut store);
    assert_eq!((changed.added, changed.unchanged, changed.withdrawn), (1, 1, 1));
    // What an id stands for is told by another file than the one that has changed.
    desk.write("nodes.jsonl", NODES.replace("project", "event").replace("Eau pour Ngor", "Fête de Ngor"));
    let (changed, rejects) = desk.import(&mut store);
    assert_eq!((changed.added, changed.withdrawn, rejects.len()), (2, 2, 1), "{changed:?} {rejects:?}");
    assert_eq!(store.check().expect("a sound store"), Vec::<String>::new());
    drop(store);
    let store = SqliteStore::open_read_only(&folder).expect("a store");
    let base = KnowledgeBase::open(Box::new(store), &|_| {}).expect("a store");
    let mut clean = MemoryStore::new();
    desk.import(&mut clean);
    assert_same(&said(&base.snapshot()), &said(&open(&clean).snapshot()));
}

#[test]
fn withdrawn_it_was_never_there_and_stays_out() {
    let desk = Desk::with(NODES, EDGES);
    let mut store = MemoryStore::new();
    let others: Vec<_> = (0..6).map(|number| made_up::change(0, number, 1)).collect();
    store.append(&others, &signature()).expect("written");
    let before = open_unchecked(&store);
    desk.import(&mut store);
    let ids = store.of_source("import:test").expect("documents");
    assert_eq!(ids.len(), 2);
    let imported = open_unchecked(&store);
    assert_ne!(dumped(&imported), dumped(&before));
    let writes: Vec<_> = ids.iter().cloned().map(Write::Withdraw).collect();
    imported.write(&writes, &signature()).expect("withdrawn while it is served");
    assert_same(&dumped(&imported), &dumped(&before));
    store.append(&writes, &signature()).expect("withdrawn");
    assert_same(&dumped(&open_unchecked(&store)), &dumped(&before));

    let (done, _) = desk.import(&mut store);
    assert_eq!((done.added, done.kept_out, done.entities), (0, 2, 0));
    let options = ImportOptions { include_withdrawn: true, ..ImportOptions::default() };
    let files = desk.files("nodes.jsonl", "edges.jsonl");
    let done = knowledge_base::import(&mut store, &files, options, &signature(), &mut |_| Ok(()), &|_| {});
    assert_eq!(done.expect("imported").added, 2);
}

/// Made-up contributions do not keep to the ontology.
fn open_unchecked(store: &MemoryStore) -> KnowledgeBase {
    KnowledgeBase::open(Box::new(store.clone()), &|_| {}).expect("a store in memory")
}

#[test]
fn without_its_own_line_an_entity_is_called_by_its_id() {
    let desk = Desk::with(NODES, EDGES);
    let base = desk.base();
    let nodes =
        base.snapshot().graph().documents().find(|document| document.text.starts_with(NODES.trim_end())).cloned();
    base.withdraw(&nodes.expect("the nodes").id, &signature()).expect("withdrawn");
    let snapshot = base.snapshot();
    let names: Vec<_> = snapshot.graph().entities().map(|entity| entity.name.clone()).collect();
    assert_eq!(names, ["Sénégal", "o1", "p1"]);
    assert_eq!(query::check(&snapshot), Vec::<String>::new());
}

#[test]
fn names_that_the_lists_have_are_what_they_list_and_equal_names_stay_apart() {
    let nodes = r#"{"id": 1, "kind": "ORGANIZATION", "name": "OIM"}
{"id": 2, "kind": "PERSON", "name": "Zoé Lefèvre"}
{"id": "3", "kind": "PERSON", "name": "Zoé Lefèvre"}
{"id": 4, "kind": "PLACE", "name": "Sénégal"}
{"id": 5, "kind": "COUNTRY", "name": "Senegal"}
{"id": 6, "kind": "COUNTRY", "name": "République du Sénégal"}
"#;
    let edges = r#"{"kind": "WORKS_FOR", "source": "2", "target": "1"}
{"kind": "WORKS_FOR", "source": "3", "target": "6"}
"#;
    let desk = Desk::with(nodes, edges);
    let base = desk.base();
    let snapshot = base.snapshot();
    let ids: Vec<_> = snapshot.graph().entities().map(|entity| entity.id.to_string()).collect();
    assert_eq!(ids, ["country:SN", "organization:iom", "person:test.2", "person:test.3", "place:test.4"]);
    let iom = snapshot.graph().find_external("test", "1");
    assert_eq!(snapshot.graph().entity(iom[0]).id.as_str(), "organization:iom");
    assert!(base.candidates().expect("pairs").is_empty(), "their source says that they are two");

    let mut store = MemoryStore::new();
    desk.import(&mut store);
    let other = Files::new(desk.path("nodes.jsonl"), None, Some("other")).expect("files");
    let copy = desk.path("copy.jsonl");
    fs::copy(desk.path("nodes.jsonl"), &copy).expect("a copy");
    desk.import_files(&mut store, &Files { entities: copy, ..other }, true).expect("imported");
    let both = open(&store);
    let people: Vec<_> = both.snapshot().graph().entities().filter(|e| e.kind == EntityKind::Person).cloned().collect();
    assert_eq!(people.len(), 4);
    assert!(both.candidates().expect("pairs").iter().any(|pair| pair.name == "Zoé Lefèvre"), "people should look");
}

#[test]
fn lines_that_make_no_sense_are_refused_by_number_and_reason() {
    let long = "x".repeat(2_000);
    let nodes = [
        (r#"{"id": "o1", "kind": "ORGANIZATION", "name": "Réseau des Dunes"}"#, ""),
        (r#"{"id": "t1", "kind": "TOPIC", "name": "abeilles"}"#, ""),
        (r#"{"id": "p1", "kind": "PROJECT", "name": "Projet d’argile"}"#, ""),
        (r#"{"id": "s1", "kind": "COUNTRY", "name": "Sénégal"}"#, ""),
        (r#"{"id": "s2", "kind": "COUNTRY", "name": "Senegal"}"#, ""),
        (r#"{"id": "o1", "kind": "ORGANIZATION", "name": "Autre"}"#, "id \"o1\" stands in an earlier line"),
        (
            r#"{"id": "x", "kind": "ROBOT", "name": "Autre"}"#,
            "kind \"ROBOT\" is no kind of entity; those are ORGANIZATION,",
        ),
        (r#"{"kind": "PLACE", "name": "Autre"}"#, "id is missing"),
        (r#"{"id": "x", "kind": "PLACE", "name": "  "}"#, "name is missing"),
        (r#"{"id": "x", "kind": null, "name": "Autre"}"#, "kind is missing"),
        (r#"{"id": "x", "kind": "PLACE", "name": ["Autre"]}"#, "name must be a text or a number"),
        (r#"{"id": "x", "kind": "PLACE", "name": "Autre", "aliases": "A"}"#, "aliases must be a list"),
        (r#"{"id": "x", "kind": "PLACE", "name": "A\nB"}"#, "name has a line break"),
        (&format!(r#"{{"id": "x", "kind": "PLACE", "name": "{long}"}}"#), "name has more than 1000 characters"),
        (r#"{"id": "x", "kind": "PLACE", "name": "Autre""#, "is no JSON object (EOF"),
        ("pas du JSON", "is no JSON object"),
        (r#"{"id": "x", "id": "y", "kind": "PLACE", "name": "Autre"}"#, "duplicate field"),
    ];
    let edges = [
        (r#"{"id": "r1", "kind": "FUNDS", "source": "o1", "target": "p1"}"#, ""),
        (r#"{"kind": "partners with", "source": "o1", "target": "s1", "year": "2012-08"}"#, ""),
        (
            r#"{"id": "r1", "kind": "IMPLEMENTS", "source": "o1", "target": "p1"}"#,
            "id \"r1\" stands in an earlier line",
        ),
        (
            r#"{"kind": "LIKES", "source": "o1", "target": "p1"}"#,
            "kind \"LIKES\" is no kind of relation; those are FUNDS,",
        ),
        (r#"{"kind": "financé par", "source": "p1", "target": "o1"}"#, "is no kind of relation"),
        (
            r#"{"kind": "FUNDS", "source": "o1", "target": "t1"}"#,
            "FUNDS may not join a ORGANIZATION (source) to a TOPIC (target)",
        ),
        (r#"{"kind": "FUNDS", "source": "o9", "target": "p1"}"#, "source \"o9\" is the id of no entity"),
        (r#"{"kind": "FUNDS", "source": "o1", "target": "x"}"#, "target \"x\" is the id of no entity"),
        (r#"{"kind": "PARTNERS_WITH", "source": "o1", "target": "o1"}"#, "are one entity"),
        (r#"{"kind": "PARTNERS_WITH", "source": "s1", "target": "s2"}"#, "are one entity"),
        (r#"{"kind": "FUNDS", "source": "o1"}"#, "target is missing"),
        (r#"{"kind": "FUNDS", "source": "o1", "target": "p1", "year": 20123}"#, "year \"20123\" is no year"),
        (r#"{"kind": "FUNDS", "source": "o1", "target": "p1", "year": "XXXX-08"}"#, "is no year"),
        (r#"{"kind": "FUNDS", "source": "o1", "target": "p1", "documents": [{}]}"#, "documents must be a list"),
    ];
    let join = |lines: &[(&str, &str)]| lines.iter().map(|(line, _)| format!("{line}\n")).collect::<String>();
    let desk = Desk::with(&join(&nodes), &join(&edges));
    let mut store = MemoryStore::new();
    let (done, rejects) = desk.import(&mut store);
    assert_eq!((done.entities, done.relations), (5, 2));
    let expected = |lines: &[(&str, &str)]| -> Vec<(usize, String)> {
        let numbered = (1..).zip(lines.iter().map(|(_, reason)| (*reason).to_owned()));
        numbered.filter(|(_, reason)| !reason.is_empty()).collect()
    };
    let wanted = expected(&nodes).into_iter().map(|wanted| ("nodes.jsonl", wanted));
    let wanted: Vec<_> = wanted.chain(expected(&edges).into_iter().map(|wanted| ("edges.jsonl", wanted))).collect();
    assert_eq!(rejects.len(), wanted.len(), "{rejects:#?}");
    for (Reject { file, line, reason }, (name, (number, part))) in rejects.iter().zip(wanted) {
        assert!(file.ends_with(name) && *line == number && reason.contains(&part), "{file}:{line}: {reason}");
    }
    // What was refused is nowhere in the store, and what comes behind it keeps its number.
    let base = open(&store);
    assert!(base.snapshot().graph().documents().all(|document| !document.text.contains("Autre")));
    let lines: BTreeSet<_> = cited(&base.snapshot()).into_values().flatten().map(|(number, _)| number).collect();
    assert_eq!(lines, BTreeSet::from([1, 2]));
}

#[test]
fn strictly_the_first_refused_line_keeps_everything_out() {
    let desk = Desk::with(NODES, &format!("{EDGES}{{}}\n{EDGES}"));
    let mut store = SqliteStore::open(&desk.path("store")).expect("a store");
    let files = desk.files("nodes.jsonl", "edges.jsonl");
    let error = desk.import_files(&mut store, &files, true).expect_err("refused").to_string();
    assert!(error.contains("edges.jsonl:3: kind is missing") && error.contains("nothing was imported"), "{error}");
    assert_eq!((store.head().expect("a number"), store.documents().expect("none").len()), (0, 0));
    // Neither does anything come in when a file cannot be read.
    for (nodes, edges) in [("nodes.jsonl", "none.jsonl"), ("nodes.jsonl", "store"), ("broken.csv", "edges.jsonl")] {
        desk.write("broken.csv", "id,name\n1,a\n");
        let error = desk.import_files(&mut store, &desk.files(nodes, edges), false).expect_err("unreadable");
        assert!(matches!(error, Error::Read { .. }), "{error}");
        assert_eq!(store.head().expect("a number"), 0);
    }
    let (done, _) = desk.import(&mut store);
    assert_eq!((done.added, done.refused), (2, 3), "two lines have ids that stand in earlier ones");
}

#[test]
fn marks_line_ends_and_bytes_that_are_no_text_do_no_harm() {
    let huge = format!(r#"{{"id": "h", "kind": "PLACE", "name": "{}"}}"#, "x".repeat(5 << 20));
    let mut nodes = b"\xef\xbb\xbf".to_vec();
    nodes.extend(NODES.replace('\n', "\r\n").as_bytes());
    nodes.extend(b"\r\n{\"id\": \"b\xff\", \"kind\": \"PLACE\", \"name\": \"B\"}\n");
    nodes.extend(huge.as_bytes());
    nodes.extend(b"\n{\"id\": \"z\", \"kind\": \"PLACE\", \"name\": \"\0\"}\n");
    nodes.extend(r#"{"id": "last", "kind": "PLACE", "name": "Ngor-sur-Mer"}"#.as_bytes());
    let desk = Desk::with("", EDGES);
    desk.write("nodes.jsonl", nodes);
    let mut store = MemoryStore::new();
    let (done, rejects) = desk.import(&mut store);
    assert_eq!((done.entities, done.relations), (4, 2));
    let reasons: Vec<_> =
        rejects.iter().map(|reject| (reject.line, reject.reason.split(';').next().unwrap_or_default())).collect();
    assert_eq!(
        reasons,
        [(5, "is not UTF-8 (byte 10 of the line)"), (6, "is longer than 64 KiB"), (7, "has a zero byte")]
    );
    let base = open(&store);
    let snapshot = base.snapshot();
    let text =
        snapshot.graph().documents().find(|document| document.text.contains("Ngor-sur-Mer")).expect("it").text.clone();
    assert_eq!(text, format!("{NODES}\n\n\n\n{}", r#"{"id": "last", "kind": "PLACE", "name": "Ngor-sur-Mer"}"#));
}

#[test]
fn names_are_text_whatever_they_look_like() {
    let names = [
        "<script>alert(1)</script>",
        "Robert'); DROP TABLE entities;--",
        "{{7*7}} ${jndi:ldap://x} %s %n",
        "a\" OR \"1\"=\"1",
        "=HYPERLINK(\"http://x\")",
        "\u{202e}gnp.exe",
        "../../etc/passwd",
        "日本 🐟 naïve",
        "\\u0041",
    ];
    let lines: String = names
        .iter()
        .enumerate()
        .map(|(at, name)| json!({ "id": name, "kind": "PLACE", "name": name, "aliases": [at] }).to_string() + "\n")
        .collect();
    let desk = Desk::with(&lines, "");
    let mut store = SqliteStore::open(&desk.path("store")).expect("a store");
    assert_eq!(desk.import(&mut store).1, []);
    let base = KnowledgeBase::open(Box::new(store), &|_| {}).expect("a store");
    let snapshot = base.snapshot();
    for name in names {
        let rows = snapshot.graph().find_external("test", name);
        assert_eq!(rows.len(), 1, "{name}");
        let entity = snapshot.graph().entity(rows[0]);
        assert_eq!(entity.name, name);
        assert!(entity.id.as_str().is_ascii() || name.contains('日'), "{}", entity.id);
    }
}

/// An entity as a random file has it: id, kind, name.
type RandomNode = (u8, usize, u8);
/// A relation as a random file has it: kind, ends, year.
type RandomEdge = (usize, u8, u8, u16);

/// What the files say, read in the most obvious way: the entities, and of each relation its years, one for each line.
#[derive(Debug, Default, PartialEq)]
struct Naive {
    entities: BTreeMap<EntityId, String>,
    relations: BTreeMap<(RelationKind, EntityId, EntityId), Vec<String>>,
    refused: usize,
}

fn naive(nodes: &[RandomNode], edges: &[RandomEdge]) -> Naive {
    let mut read = Naive::default();
    let mut known: BTreeMap<u8, (EntityKind, EntityId)> = BTreeMap::new();
    for (number, kind, name) in nodes {
        let Some(kind) = EntityKind::ALL.get(*kind).filter(|_| !known.contains_key(number)) else {
            read.refused += 1;
            continue;
        };
        let id = id(*kind, &format!("n{number}"));
        read.entities.insert(id.clone(), format!("Zzyx {name}"));
        known.insert(*number, (*kind, id));
    }
    for (kind, source, target, year) in edges {
        let allowed = || {
            let (kind, source, target) = (RelationKind::ALL.get(*kind)?, known.get(source)?, known.get(target)?);
            (ontology().allows(*kind, source.0, target.0) && source != target)
                .then(|| (*kind, source.1.clone(), target.1.clone()))
        };
        let Some((kind, mut subject, mut object)) = allowed() else {
            read.refused += 1;
            continue;
        };
        if ontology().is_symmetric(kind) && object < subject {
            std::mem::swap(&mut subject, &mut object);
        }
        read.relations.entry((kind, subject, object)).or_default().push(year.to_string());
    }
    read.relations.values_mut().for_each(|years| years.sort());
    read
}

fn lines_of(nodes: &[RandomNode], edges: &[RandomEdge], csv: bool) -> (String, String) {
    let entity_kind = |kind: &usize| EntityKind::ALL.get(*kind).map_or("NOTHING", |kind| kind.as_str());
    let relation_kind = |kind: &usize| RelationKind::ALL.get(*kind).map_or("NOTHING", |kind| kind.as_str());
    if csv {
        let nodes = nodes.iter().map(|(id, kind, name)| format!("\"Zzyx {name}\",n{id},{}\n", entity_kind(kind)));
        let edges = edges.iter().map(|(kind, s, t, year)| format!("n{s},n{t},{year},{}\n", relation_kind(kind)));
        let (nodes, edges) = (nodes.collect::<String>(), edges.collect::<String>());
        return (format!("name,id,kind\n{nodes}"), format!("source,target,year,kind\n{edges}"));
    }
    let nodes = nodes.iter().map(|(id, kind, name)| {
        json!({ "id": format!("n{id}"), "kind": entity_kind(kind), "name": format!("Zzyx {name}") }).to_string() + "\n"
    });
    let edges = edges.iter().map(|(kind, s, t, year)| {
        let (source, target) = (format!("n{s}"), format!("n{t}"));
        json!({ "kind": relation_kind(kind), "source": source, "target": target, "year": year }).to_string() + "\n"
    });
    (nodes.collect(), edges.collect())
}

fn found(snapshot: &Snapshot) -> Naive {
    let graph = snapshot.graph();
    let mut found = Naive::default();
    for entity in graph.entities() {
        found.entities.insert(entity.id.clone(), entity.name.clone());
    }
    for row in graph.relation_rows() {
        let relation = graph.relation(row);
        let year = |qualifiers: &maillage::model::Qualifiers| qualifiers.date.map(|date| date.to_string());
        let mut years: Vec<_> = graph.evidence(row).filter_map(|at| year(&graph.statement(at).qualifiers)).collect();
        years.sort();
        assert!(year(&relation.qualifiers).is_some_and(|shown| years.contains(&shown)));
        found.relations.insert((relation.kind, relation.subject.clone(), relation.object.clone()), years);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_graph_is_what_the_files_say(
        nodes in prop::collection::vec((0..14_u8, 0..10_usize, 0..5_u8), 0..20),
        edges in prop::collection::vec((0..17_usize, 0..15_u8, 0..15_u8, 1999..2003_u16), 0..60),
        csv in any::<bool>(),
    ) {
        let (node_lines, edge_lines) = lines_of(&nodes, &edges, csv);
        let desk = Desk::new();
        let (first, second) = if csv { ("n.csv", "e.csv") } else { ("n.jsonl", "e.jsonl") };
        desk.write(first, node_lines);
        desk.write(second, edge_lines);
        let mut store = MemoryStore::new();
        let (done, _) = desk.import_files(&mut store, &desk.files(first, second), false).expect("imported");
        let base = open(&store);
        let expected = naive(&nodes, &edges);
        prop_assert_eq!(done.refused, expected.refused);
        prop_assert_eq!(Naive { refused: expected.refused, ..found(&base.snapshot()) }, expected);
    }
}

#[cfg(unix)]
mod on_the_command_line {
    use super::*;
    use crate::program::{maillage, run, told};

    #[test]
    fn a_graph_comes_in_is_counted_and_goes_out_again() {
        let desk = Desk::with(NODES, &format!("{EDGES}{{}}\n"));
        let (data, nodes, edges) = (desk.text("store"), desk.text("nodes.jsonl"), desk.text("edges.jsonl"));
        let import = ["import", "--data", &data, "--nodes", &nodes, "--edges", &edges, "--namespace", "crm"];
        let rejects = desk.text("rejects.jsonl");
        let (status, out, err) = run(&[&import[..], &["--rejects", &rejects]].concat());
        assert_eq!(status, Some(3), "{err}");
        assert!(out.starts_with("3 entities and 2 relations in 2 documents: 2 added, 0 replaced, 0 unchanged, 0 withdrawn; 1 lines refused"), "{out}");
        assert_eq!(err, format!("refused: {edges}:3: kind is missing\n"));
        let listed: Value = serde_json::from_str(&fs::read_to_string(&rejects).expect("a file")).expect("JSON");
        assert_eq!(listed, json!({ "file": edges, "line": 3, "reason": "kind is missing" }));
        assert!(run(&["check", "--data", &data]).0 == Some(0));
        let (status, _, err) = run(&[&import[..], &["--strict", "--quiet"]].concat());
        assert!(status == Some(1) && err.contains("nothing was imported"), "{err}");
        let (_, out, err) = run(&[&import[..], &["--show-rejects", "0"]].concat());
        assert!(
            out.contains("2 unchanged") && err == "note: 1 more lines were refused; --rejects FILE lists all\n",
            "{out}{err}"
        );
        let (status, out, err) = run(&["withdraw", "--data", &data, "import:crm"]);
        assert!(status == Some(0) && out.lines().count() == 2, "{out}{err}");
        assert!(run(&["stats", "--data", &data, "--json"]).1.contains("\"entities\": 0"));
        assert!(run(&import).2.contains("--include-withdrawn"));
    }

    #[test]
    fn either_file_may_come_over_standard_input() {
        let desk = Desk::with(NODES, EDGES);
        for (nodes, edges, given) in [("-", "edges.jsonl", NODES), ("nodes.jsonl", "-", EDGES)] {
            let folder = desk.text(&format!("store-{edges}"));
            let name = |name: &str| if name == "-" { name.to_owned() } else { desk.text(name) };
            let arguments = ["import", "--data", &folder, "--nodes", &name(nodes), "--edges", &name(edges)];
            let mut command = maillage(&arguments);
            let mut child = command
                .stdin(std::process::Stdio::piped())
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("it runs");
            child.stdin.take().expect("an input").write_all(given.as_bytes()).expect("it reads");
            let (status, out, err) = told(&child.wait_with_output().expect("it ends"));
            assert!(status == Some(0) && out.starts_with("3 entities and 2 relations"), "{out}{err}");
        }
        let (status, _, err) = run(&["import", "--data", "x", "--nodes", "-", "--edges", "-"]);
        assert!(status == Some(1) && err.contains("only one of the two files"), "{err}");
    }

    #[test]
    fn killed_at_any_moment_it_is_there_whole_or_not_at_all() {
        let desk = Desk::new();
        generate(600, 9_000, desk.0.path()).expect("files");
        let (nodes, edges) = (desk.text("nodes.jsonl"), desk.text("edges.jsonl"));
        let mut whole = MemoryStore::new();
        let files = Files::new(desk.path("nodes.jsonl"), Some(desk.path("edges.jsonl")), None).expect("files");
        desk.import_files(&mut whole, &files, true).expect("imported");
        let all = whole.documents().expect("documents").len();
        let mut seen = BTreeSet::new();
        for round in 0..10_u64 {
            let folder = desk.path(&format!("store-{round}"));
            let data = folder.to_string_lossy().into_owned();
            let mut child = maillage(&["import", "--data", &data, "--nodes", &nodes, "--edges", &edges])
                .stdout(std::process::Stdio::null())
                .spawn()
                .expect("it runs");
            // Killed when the side file has grown so far, which it does while the one append is under way.
            let side = folder.join("maillage.db-wal");
            let grown = || fs::metadata(&side).map_or(0, |file| file.len());
            while grown() < (1 + round * 400) << 10 && child.try_wait().expect("a status").is_none() {
                std::thread::yield_now();
            }
            let _ = child.kill();
            child.wait().expect("it ends");
            let mut store = SqliteStore::open(&folder).expect("a store");
            let there = store.documents().expect("documents").len();
            assert!(there == 0 || there == all, "{there} of {all}");
            seen.insert(there);
            assert_eq!(store.check().expect("a check"), Vec::<String>::new());
            desk.import_files(&mut store, &files, true).expect("imported");
            assert_eq!(store.documents().expect("documents"), whole.documents().expect("documents"));
        }
        assert!(seen.contains(&0), "it was never killed in the middle");
    }

    #[test]
    fn its_help_shows_what_lines_look_like() {
        let (status, out, _) = run(&["import", "--help"]);
        assert_eq!(status, Some(0));
        for part in [
            "\"kind\": \"FUNDS\", \"source\": \"o7\"",
            "ORGANIZATION, PERSON, COUNTRY",
            "WORKS_FOR",
            "withdraw --data store import:iati",
        ] {
            assert!(out.contains(part), "{part} is not in\n{out}");
        }
    }
}
