//! Entities of FollowTheMoney: what becomes of schemata, what is refused, and that the order of lines makes no difference.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::error::Error;
use maillage::import::{Files, Form, Reject};
use maillage::knowledge_base::{self, ImportOptions, Imported, KnowledgeBase};
use maillage::model::Signature;
use maillage::query;
use maillage::snapshot::Snapshot;
use maillage::store::MemoryStore;
use proptest::prelude::*;

use crate::dump;

const LINES: [&str; 9] = [
    r#"{"id": "p1", "schema": "Person", "properties": {"name": ["Awa Ndiaye"], "country": ["sn"]}}"#,
    r#"{"id": "o1", "schema": "Company", "properties": {"name": ["Puits du Cap"], "alias": ["PDC"], "jurisdiction": ["sn"], "parent": ["o2"]}}"#,
    r#"{"id": "e1", "schema": "Employment", "properties": {"employee": ["p1"], "employer": ["o1"], "role": ["directrice"], "startDate": ["2012-01"], "endDate": ["2014"]}}"#,
    r#"{"id": "o2", "schema": "PublicBody", "properties": {"name": ["Fonds des Marées"]}}"#,
    r#"{"id": "w1", "schema": "Project", "properties": {"name": ["Eau pour Ngor"], "country": ["sn"]}}"#,
    r#"{"id": "x1", "schema": "ProjectParticipant", "properties": {"participant": ["o2"], "project": ["w1"], "role": ["Main donor"]}}"#,
    r#"{"id": "y1", "schema": "Payment", "properties": {"payer": ["o2"], "project": ["w1"], "amount": ["1500.5"], "currency": ["EUR"], "date": ["2013-02-01"]}}"#,
    r#"{"id": "z1", "schema": "Ownership", "properties": {"owner": ["o2"], "asset": ["o1"]}}"#,
    r#"{"id": "m1", "schema": "Membership", "properties": {"member": ["p1"], "organization": ["o2"]}}"#,
];

fn read(text: &str) -> Result<(Arc<Snapshot>, Imported, Vec<Reject>), Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("entities.ftm.json");
    fs::write(&path, text).unwrap();
    let files = Files::follow_the_money(path, Some("ftm")).unwrap();
    let mut store = MemoryStore::new();
    let mut rejects = Vec::new();
    let mut refused = |reject: &Reject| {
        rejects.push(reject.clone());
        Ok(())
    };
    let signature = Signature { author: "ana".into(), reason: String::new(), at: Timestamp::UNIX_EPOCH };
    let options = ImportOptions::default();
    let done = knowledge_base::import(&mut store, &files, options, &signature, &mut refused, &|_| {})?;
    let again = knowledge_base::import(&mut store, &files, options, &signature, &mut |_| Ok(()), &|_| {})?;
    assert_eq!((again.added, again.replaced, again.withdrawn), (0, 0, 0));
    let base = KnowledgeBase::open(Box::new(store.clone()), &|_| {}).unwrap();
    assert_eq!(query::check(&base.snapshot()), Vec::<String>::new());
    Ok((base.snapshot(), done, rejects))
}

/// Every statement with the line it cites.
fn statements(snapshot: &Snapshot) -> BTreeSet<(String, String)> {
    let graph = snapshot.graph();
    let rows = graph.relation_rows().flat_map(|row| graph.evidence(row).map(move |evidence| (row, evidence)));
    rows.map(|(row, evidence)| {
        let relation = graph.relation(row);
        let (document, said) = (graph.document(evidence.document), graph.statement(evidence));
        let line = said.evidence[0].of(&document.text).to_owned();
        (format!("{} {} {}", relation.subject, relation.kind, relation.object), line)
    })
    .collect()
}

#[test]
fn schemata_become_kinds_and_relations_that_cite_their_line() {
    let (snapshot, done, rejects) = read(&LINES.join("\n")).unwrap();
    assert_eq!(rejects, []);
    assert_eq!((done.entities, done.relations), (4, 6));
    assert_eq!(done.passed, [("Ownership (no relation says who owns)".into(), 1)].into());
    let said = statements(&snapshot);
    for (relation, line) in [
        ("person:ftm.p1 WORKS_FOR organization:ftm.o1", 2),
        ("organization:ftm.o1 PART_OF organization:ftm.o2", 1),
        ("project:ftm.w1 OPERATES_IN country:SN", 4),
        ("organization:ftm.o2 FUNDS project:ftm.w1", 5),
        ("organization:ftm.o2 FUNDS project:ftm.w1", 6),
        ("person:ftm.p1 MEMBER_OF organization:ftm.o2", 8),
    ] {
        assert!(said.contains(&(relation.to_owned(), LINES[line].to_owned())), "{relation}: {said:#?}");
    }
    let graph = snapshot.graph();
    let works = graph.relations().find(|relation| relation.kind.as_str() == "WORKS_FOR").unwrap();
    let qualifiers = &works.qualifiers;
    assert_eq!(qualifiers.role.as_deref(), Some("directrice"));
    assert_eq!(qualifiers.date.map(|date| date.to_string()).as_deref(), Some("2012-01/2014"));
    let company = graph.entities().find(|entity| entity.id.as_str() == "organization:ftm.o1").unwrap();
    assert!(
        company.name == "Puits du Cap" && company.aliases.contains("PDC") && company.country.as_deref() == Some("SN")
    );
}

#[test]
fn lines_that_make_no_sense_are_refused_and_the_rest_comes_in() {
    for (line, why) in [
        ("{", "no entity of FollowTheMoney"),
        (r#"{"schema": "Person"}"#, "missing field `id`"),
        (r#"{"id": "", "schema": "Person", "properties": {"name": ["A"]}}"#, "no id"),
        (r#"{"id": "q", "schema": "Person", "properties": {}}"#, "has no name"),
        (r#"{"id": "q", "schema": "Person", "properties": {"name": [{}]}}"#, "name must be"),
        (r#"{"id": "p1", "schema": "Company", "properties": {"name": ["A"]}}"#, "earlier line"),
        (r#"{"id": "q", "schema": "Employment", "properties": {"employee": ["p1"]}}"#, "has no employer"),
        (
            r#"{"id": "q", "schema": "Employment", "properties": {"employee": ["p1"], "employer": ["none"]}}"#,
            "no entity",
        ),
        (
            r#"{"id": "q", "schema": "Employment", "properties": {"employee": ["o1"], "employer": ["o2"]}}"#,
            "may not join",
        ),
        (
            r#"{"id": "q", "schema": "Membership", "properties": {"member": ["o1"], "organization": ["o1"]}}"#,
            "one entity",
        ),
        (
            r#"{"id": "q", "schema": "Membership", "properties": {"member": ["p1"], "organization": ["o1"], "date": ["soon"]}}"#,
            "no year",
        ),
    ] {
        let (snapshot, done, rejects) = read(&format!("{}\n{line}\n", LINES.join("\n"))).unwrap();
        assert_eq!(rejects.len(), 1, "{line}");
        assert!(rejects[0].line == 10 && rejects[0].reason.contains(why), "{line}: {}", rejects[0]);
        assert_eq!((done.refused, statements(&snapshot).len()), (1, 6));
    }
}

#[test]
fn lines_are_recognised_by_what_they_begin_with() {
    let folder = tempfile::tempdir().unwrap();
    let form = |text: &str| {
        let path = folder.path().join("x");
        fs::write(&path, text).unwrap();
        Files::form_of(&path).unwrap()
    };
    assert_eq!(form(LINES[0]), Form::FollowTheMoney);
    assert_eq!(form(r#"{"id": "p1", "kind": "PROJECT", "name": "Eau"}"#), Form::Graph);
    assert!(Files::follow_the_money("-".into(), None).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_lines_makes_no_difference(order in Just((0..LINES.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let lines: Vec<_> = order.iter().map(|at| LINES[*at]).collect();
        let (one, ..) = read(&LINES.join("\n")).unwrap();
        let (other, _, rejects) = read(&lines.join("\n")).unwrap();
        prop_assert_eq!(rejects, vec![]);
        prop_assert_eq!(statements(&one), statements(&other));
    }

    #[test]
    fn damaged_lines_never_stop_the_program(line in 0..LINES.len(), at in 0_usize..60, byte in any::<char>()) {
        let mut damaged: Vec<char> = LINES[line].chars().collect();
        damaged[at] = byte;
        let mut lines: Vec<String> = LINES.iter().map(|line| (*line).to_owned()).collect();
        lines[line] = damaged.into_iter().collect();
        let (snapshot, done, _) = read(&lines.join("\n")).unwrap();
        prop_assert!(done.relations >= statements(&snapshot).len() && !dump::snapshot(&snapshot).is_empty());
    }
}
