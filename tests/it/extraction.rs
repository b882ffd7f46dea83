//! Extraction, case by case: what texts say, and what they do not say.
//!
//! The cases are text files in `tests/cases`, which anybody can add to; everything goes through [`check`].

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use maillage::extract::extract;
use maillage::model::RelationKind;

use crate::cases::{self, Case, What};

/// Extracts a case's text and says, when something is missing or too much, what was expected and what was found.
fn check(case: &Case) -> Result<(), String> {
    let annotations = extract(&case.document);
    let unmet = cases::unmet(case, &annotations);
    if unmet.is_empty() {
        return Ok(());
    }
    let expected: String = unmet.iter().map(|line| format!("    {line}\n")).collect();
    let found = cases::found(&case.document, &annotations);
    Err(format!("{} — {}\n  expected\n{expected}  found\n{found}", case.place, case.name))
}

#[test]
fn every_case_holds() {
    let failures: Vec<_> = cases::all().iter().filter_map(|case| check(case).err()).collect();
    let (failed, all) = (failures.len(), cases::all().len());
    assert!(failures.is_empty(), "{failed} of {all} cases fail\n\n{}", failures.join("\n"));
}

#[test]
fn names_of_cases_are_unique() {
    let mut seen = BTreeSet::new();
    for case in cases::all() {
        assert!(seen.insert(&case.name), "{}: there is another case «{}»", case.place, case.name);
    }
}

/// The rules by which a case's expected relations were found.
fn rules_of_expected(case: &Case) -> BTreeSet<String> {
    let annotations = extract(&case.document);
    let expected = case.expectations.iter().filter(|e| !e.forbidden);
    let found = expected.flat_map(|e| cases::stated(&e.what, &case.document, &annotations));
    found.map(|relation| relation.rule.0.to_string()).collect()
}

#[test]
fn every_relation_kind_has_a_case() {
    let expected = cases::all().iter().flat_map(|case| &case.expectations).filter(|e| !e.forbidden);
    let kinds: BTreeSet<_> = expected
        .filter_map(|e| match e.what {
            What::Relation { kind, .. } => kind,
            What::Entity { .. } => None,
        })
        .collect();
    let missing: Vec<_> = RelationKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert!(missing.is_empty(), "no case expects {missing:?}");
}

/// The names of a language's rules: `fr/funds/verb`.
fn rules_of(language: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(language.join("relations.toml")) else { return Vec::new() };
    let rules: toml::Table = text.parse().expect("TOML");
    let tag = language.file_name().expect("a folder").to_string_lossy();
    let forms = ["frame", "adjunct", "capacity", "nominal", "link"];
    let labels = fs::read_to_string(language.join("labels.toml")).expect("labels");
    let labels: toml::Table = labels.parse().expect("TOML");
    let rules = forms.into_iter().map(|form| &rules[form]).chain([&labels["label"]]);
    let rules = rules.flat_map(|rules| rules.as_array().expect("rules"));
    rules.map(|rule| format!("{tag}/{}", rule["name"].as_str().expect("a name"))).collect()
}

#[test]
fn every_rule_finds_a_relation_that_a_case_expects() {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/languages");
    let mut languages: Vec<_> =
        fs::read_dir(languages).expect("languages").map(|entry| entry.expect("an entry").path()).collect();
    languages.sort();
    let names: Vec<String> = languages.iter().flat_map(|language| rules_of(language)).collect();
    let used: BTreeSet<_> = cases::all().iter().flat_map(rules_of_expected).collect();
    let unused: Vec<_> = names.iter().filter(|name| !used.contains(*name)).collect();
    assert!(names.len() > 50, "{names:?}");
    assert!(unused.is_empty(), "rules that no case shows at work: {unused:?}");
}

/// The door itself can refuse: each of these lines is wrong of this text.
#[test]
fn a_wrong_expectation_is_reported() {
    let text = "Le Canada finance un projet régional de l'OIM, qui s'achèvera en mai.";
    let wrong = [
        "PLACE Canada",
        "COUNTRY Canada | Pérou",
        "FUNDS: Canada -> OIM",
        "FUNDS: projet régional… -> Canada",
        "FUNDS: Canada -> projet régional… {modality=PLANNED}",
        "FUNDS: Canada -> projet régional… {amount=3}",
        "! COUNTRY Canada",
        "! ANY OIM",
        "! FUNDS: * -> *",
        "! ANY: Canada -> projet…",
    ];
    for line in wrong {
        let file = format!("# wrong\n{text}\n---\n{line}\n");
        let cases = cases::parse(&file, "wrong.txt", "fr");
        let report = check(&cases[0]).expect_err(line);
        assert!(report.starts_with("wrong.txt:1 — wrong") && report.contains(line), "{report}");
    }
    let right = format!("# right\n{text}\n---\nCOUNTRY Canada\nFUNDS: Canada -> projet régional…\n! FUNDS: * -> OIM\n");
    assert_eq!(check(&cases::parse(&right, "right.txt", "fr")[0]), Ok(()));
}
