//! How good extraction is on the gold texts: never below the floor, which only rises, and as the scorecard says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use maillage::corpus;
use maillage::evaluate::{Evaluation, Gold, Set, markdown};
use maillage::export::record;
use maillage::extract::extract;
use maillage::resolve::identify;
use rayon::prelude::*;
use serde::Deserialize;

/// Folders of gold with the folder of their documents.
const SETS: [(&str, &str); 5] = [
    ("corpus", "corpus"),
    ("en", "tests/gold/en"),
    ("es", "tests/gold/es"),
    ("fr", "tests/gold/fr"),
    ("fr-aside", "tests/gold/fr-aside"),
];

#[derive(Deserialize)]
struct Floors {
    floor: Vec<Floor>,
}

#[derive(Deserialize)]
struct Floor {
    date: String,
    #[serde(flatten)]
    sets: BTreeMap<String, Least>,
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
