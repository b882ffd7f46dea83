//! Tables whose columns a mapping explains: what rows say, and what is refused.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::error::Error;
use maillage::import::{Files, Mapping, Reject};
use maillage::knowledge_base::{self, ImportOptions, Imported, KnowledgeBase};
use maillage::model::Signature;
use maillage::query;
use maillage::snapshot::Snapshot;
use maillage::store::MemoryStore;
use proptest::prelude::*;

const MAPPING: &str = include_str!("../../examples/table/projects.toml");
const TABLE: &str = include_str!("../../examples/table/projects.csv");

fn read_with(mapping: &str, table: &str) -> Result<(Arc<Snapshot>, Imported, Vec<Reject>), Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("projects.csv");
    fs::write(&path, table).unwrap();
    let files = Files::table(path, Arc::new(Mapping::parse(mapping).unwrap()), None).unwrap();
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

/// Every relation by the names of its ends, with what qualifies a statement and the line that it cites.
fn statements(snapshot: &Snapshot) -> BTreeSet<(String, String, String)> {
    let graph = snapshot.graph();
    let rows = graph.relation_rows().flat_map(|row| graph.evidence(row).map(move |evidence| (row, evidence)));
    rows.map(|(row, evidence)| {
        let (subject, object) = graph.ends(row);
        let said = graph.statement(evidence);
        let q = &said.qualifiers;
        let date = q.date.map(|date| date.to_string()).unwrap_or_default();
        let money =
            q.amount.map(|amount| format!(" {amount} {}", q.currency.as_deref().unwrap_or("?"))).unwrap_or_default();
        let line = said.evidence[0].of(&graph.document(evidence.document).text).to_owned();
        let kind = graph.relation(row).kind;
        (format!("{} {kind} {}", graph.entity(subject).name, graph.entity(object).name), format!("{date}{money}"), line)
    })
    .collect()
}

#[test]
fn rows_say_what_the_mapping_says_they_say() {
    let (snapshot, done, rejects) = read_with(MAPPING, TABLE).unwrap();
    assert_eq!((rejects.len(), done.entities), (0, 3));
    let said = statements(&snapshot);
    let lines: Vec<_> = TABLE.lines().collect();
    for (relation, qualifiers, line) in [
        ("Fondation des Marées FUNDS Eau pour Ngor", "2012-04-15/2015 1500000.5 EUR", 1),
        ("Puits du Cap IMPLEMENTS Eau pour Ngor", "", 1),
        ("Atelier du Fleuve IMPLEMENTS Eau pour Ngor", "", 1),
        ("Eau pour Ngor OPERATES_IN Sénégal", "", 1),
        ("Fondation des Marées FUNDS Écoles du fleuve", "2013", 2),
        ("Écoles du fleuve OPERATES_IN Mali", "", 2),
    ] {
        let expected = (relation.to_owned(), qualifiers.to_owned(), lines[line].to_owned());
        assert!(said.contains(&expected), "{expected:?} is not in {said:#?}");
    }
    let graph = snapshot.graph();
    let ids: BTreeSet<_> = graph.entities().map(|entity| entity.id.to_string()).collect();
    assert!(ids.contains("project:crm.P-1") && ids.contains("country:SN") && ids.contains("country:ML"), "{ids:?}");
}

#[test]
fn rows_that_make_no_sense_are_refused_by_number_and_reason() {
    for (row, why) in [
        ("P-9;Eau;;;;;;;", "9 values"),
        (";;;;;;;", "names nothing"),
        ("P-9;Eau;A;;SN;demain;;", "no year"),
        ("P-9;Eau;A;;SN;2012;;beaucoup", "amount \"beaucoup\""),
        ("\"P-9;Eau;A;;SN;2012;;", "not closed"),
    ] {
        let (snapshot, _, rejects) = read_with(MAPPING, &format!("{TABLE}{row}\n")).unwrap();
        assert_eq!(rejects.len(), 1, "{row}");
        assert!(rejects[0].line == 5 && rejects[0].reason.contains(why), "{row}: {}", rejects[0]);
        assert!(!statements(&snapshot).is_empty());
    }
}

#[test]
fn a_table_without_a_column_of_the_mapping_is_refused_by_name() {
    let table = TABLE.replacen("bailleur", "payeur", 1);
    let error = read_with(MAPPING, &table).map(|_| ()).expect_err("refused");
    assert!(
        error.to_string().contains("no column \"bailleur\"") && error.to_string().contains("\"payeur\""),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_row_is_said_or_refused(row in "[ -~é;\"]{0,60}") {
        let (_, whole, before) = read_with(MAPPING, TABLE).unwrap();
        let (_, done, rejects) = read_with(MAPPING, &format!("{TABLE}{row}\n")).unwrap();
        let blank = usize::from(row.trim().is_empty());
        prop_assert_eq!(done.entities + rejects.len(), whole.entities + before.len() + 1 - blank);
    }
}
