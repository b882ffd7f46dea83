//! How good extraction is on the gold texts: never below the floor, which only rises, and as the scorecard says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use maillage::corpus;
use maillage::evaluate::{
    Agreement, Checked, Evaluation, Gold, Resolved, Set, agreement, agreement_markdown, markdown,
};
use maillage::export::record;
use maillage::extract::extract;
use maillage::knowledge_base::{KnowledgeBase, contribution};
use maillage::model::{Document, EntityId};
use maillage::resolve::identify;
use rayon::prelude::*;
use serde::Deserialize;

/// Folders of gold with the folder of their documents.
const SETS: [(&str, &str); 37] = [
    ("corpus", "corpus"),
    ("en", "tests/gold/en"),
    ("en-discourse", "tests/gold/en-discourse"),
    ("en-discourse-aside", "tests/gold/en-discourse-aside"),
    ("en-fresh", "tests/gold/en-fresh"),
    ("en-new", "tests/gold/en-new"),
    ("en-new-aside", "tests/gold/en-new-aside"),
    ("en-sentences", "tests/gold/en-sentences"),
    ("en-sentences-aside", "tests/gold/en-sentences-aside"),
    ("en-unseen", "tests/gold/en-unseen"),
    ("en-varied", "tests/gold/en-varied"),
    ("en-varied-aside", "tests/gold/en-varied-aside"),
    ("es", "tests/gold/es"),
    ("es-discourse", "tests/gold/es-discourse"),
    ("es-discourse-aside", "tests/gold/es-discourse-aside"),
    ("es-fresh", "tests/gold/es-fresh"),
    ("es-new", "tests/gold/es-new"),
    ("es-new-aside", "tests/gold/es-new-aside"),
    ("es-sentences", "tests/gold/es-sentences"),
    ("es-sentences-aside", "tests/gold/es-sentences-aside"),
    ("es-unseen", "tests/gold/es-unseen"),
    ("es-varied", "tests/gold/es-varied"),
    ("es-varied-aside", "tests/gold/es-varied-aside"),
    ("fr", "tests/gold/fr"),
    ("fr-aside", "tests/gold/fr-aside"),
    ("fr-discourse", "tests/gold/fr-discourse"),
    ("fr-discourse-aside", "tests/gold/fr-discourse-aside"),
    ("fr-fresh", "tests/gold/fr-fresh"),
    ("fr-late", "tests/gold/fr-late"),
    ("fr-late-aside", "tests/gold/fr-late-aside"),
    ("fr-new", "tests/gold/fr-new"),
    ("fr-new-aside", "tests/gold/fr-new-aside"),
    ("fr-sentences", "tests/gold/fr-sentences"),
    ("fr-sentences-aside", "tests/gold/fr-sentences-aside"),
    ("fr-unseen", "tests/gold/fr-unseen"),
    ("fr-varied", "tests/gold/fr-varied"),
    ("fr-varied-aside", "tests/gold/fr-varied-aside"),
];

#[derive(Deserialize)]
struct Floors {
    floor: Vec<Floor>,
}

#[derive(Deserialize)]
struct Floor {
    date: String,
    /// What identity over documents must reach.
    identity: Option<LeastIdentity>,
    #[serde(flatten)]
    sets: BTreeMap<String, Least>,
}

/// B³ over the documents of all languages in one graph.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, PartialOrd)]
struct LeastIdentity {
    precision: f64,
    recall: f64,
}

#[derive(Clone, Copy, Deserialize)]
struct Least {
    entities: f64,
    relations: f64,
    precision: f64,
}

static MEASURED: LazyLock<Vec<Set>> =
    LazyLock::new(|| SETS.iter().map(|(name, documents)| measure(name, documents)).collect());

fn measure(name: &str, documents: &str) -> Set {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/gold").join(name);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("gold folder").map(|entry| entry.expect("entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let scored: Vec<_> = files
        .par_iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("gold file");
            let gold = Gold::read(&file.display().to_string(), &text).expect("gold");
            let found = corpus::find(&[root.join(documents).join(gold.document())]);
            let input = found.inputs.first().expect("document of the gold");
            let document = corpus::read(input).next().expect("one document").expect("readable").document;
            let annotations = extract(&document);
            let ids = identify(&document, &annotations);
            (gold, record(&document, &annotations, &ids))
        })
        .collect();
    let mut evaluation = Evaluation::default();
    scored.iter().for_each(|(gold, record)| evaluation.add(gold, Some(record)));
    Set { name: name.to_owned(), evaluation }
}

/// Folders of gold whose documents come into one graph, with the folder of the documents.
const ONE_GRAPH: [(&str, &str); 3] =
    [("corpus", "corpus"), ("identity", "tests/gold/identity"), ("identity-aside", "tests/gold/identity-aside")];

/// How well the entities of one graph of all of them agree with names that were checked by hand.
static IDENTITY: LazyLock<Agreement> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = fs::read_to_string(root.join("tests/gold/identity/checked.toml")).expect("the list");
    let checked = Checked::read("checked.toml", &list).expect("a sound list");
    let read: Vec<_> = ONE_GRAPH.iter().flat_map(|(name, documents)| golds(name, documents)).collect();
    let read: Vec<_> = read.into_par_iter().map(|(gold, document)| (gold, contribution(document))).collect();
    let base =
        KnowledgeBase::holding(read.iter().map(|(_, contribution)| contribution.clone()).collect()).expect("a graph");
    let snapshot = base.snapshot();
    let graph = snapshot.graph();
    let resolved = read.into_iter().map(|(gold, contribution)| {
        let (document, annotations) = (&contribution.document, &contribution.annotations);
        let ids = identify(document, annotations);
        let entity = |id: &EntityId| graph.entity(graph.find_entity(id).expect("an entity").row()).id.clone();
        let entities = ids.iter().map(|id| (id.clone(), entity(id))).collect();
        Resolved { record: record(document, annotations, &ids), gold, entities }
    });
    agreement(&resolved.collect::<Vec<_>>(), &checked)
});

fn golds(name: &str, documents: &str) -> Vec<(Gold, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join("tests/gold").join(name)).expect("gold folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |file: &PathBuf| {
        let gold =
            Gold::read(&file.display().to_string(), &fs::read_to_string(file).expect("gold file")).expect("gold");
        let found = corpus::find(&[root.join(documents).join(gold.document())]);
        let input = found.inputs.first().expect("document of the gold");
        let document = corpus::read(input).next().expect("one document").expect("readable").document;
        (gold, document)
    };
    files.iter().map(read).collect()
}

#[test]
fn identity_does_not_fall_below_its_floor() {
    let least = floors().pop().and_then(|floor| floor.identity).expect("a floor of identity");
    let found = &*IDENTITY;
    assert_eq!(found.documents, 41);
    assert!(found.all.precision >= least.precision, "{:#?}", (found.all, &found.merges));
    assert!(found.all.recall >= least.recall, "{:#?}", (found.all, &found.splits));
}

#[test]
fn the_scorecard_says_how_well_identity_is_told() {
    let card = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("SCORECARD.md")).expect("SCORECARD.md");
    let measured = agreement_markdown(&IDENTITY);
    assert!(
        card.contains(&measured),
        "SCORECARD.md is out of date: run the commands in tests/gold/README.md\n{measured}"
    );
}

fn floors() -> Vec<Floor> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/floor.toml");
    toml::from_str::<Floors>(&fs::read_to_string(path).expect("floor")).expect("floors").floor
}

#[test]
fn no_set_falls_below_its_floor() {
    let newest = floors().pop().expect("a floor");
    for set in MEASURED.iter() {
        let least = newest.sets.get(&set.name).unwrap_or_else(|| panic!("no floor for {}", set.name));
        let (entities, relations) =
            (set.evaluation.entities.total().scores(), set.evaluation.relations.total().scores());
        let measured = [
            ("entities F1", entities.f1, least.entities),
            ("relations F1", relations.f1, least.relations),
            ("relations precision", relations.precision, least.precision),
        ];
        for (what, value, least) in measured {
            assert!(value >= least, "{}: {what} is {value:.3}, below the floor of {least}", set.name);
        }
    }
}

#[test]
fn the_floor_only_rises() {
    let floors = floors();
    for pair in floors.windows(2) {
        assert!(pair[0].date <= pair[1].date, "{} stands before {}", pair[0].date, pair[1].date);
        let (before, after) = (pair[0].identity.unwrap_or_default(), pair[1].identity.unwrap_or_default());
        let rises = after.precision >= before.precision && after.recall >= before.recall;
        assert!(rises, "the floor of identity fell on {}", pair[1].date);
        for (set, before) in &pair[0].sets {
            let after = pair[1].sets.get(set).unwrap_or_else(|| panic!("{set} lost its floor on {}", pair[1].date));
            let rises = after.entities >= before.entities
                && after.relations >= before.relations
                && after.precision >= before.precision;
            assert!(rises, "the floor of {set} fell on {}", pair[1].date);
        }
    }
}

#[test]
fn every_relation_has_valid_evidence() {
    for set in MEASURED.iter() {
        let share = set.evaluation.relations_evidenced;
        assert_eq!(share.some, share.all, "{}: relations without valid evidence", set.name);
    }
}

#[test]
fn the_scorecard_says_what_is_measured() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("SCORECARD.md");
    let card = fs::read_to_string(path).expect("SCORECARD.md");
    let measured = markdown(&MEASURED);
    assert!(card.contains(&measured), "SCORECARD.md is out of date: run the command in tests/gold/README.md");
}
