//! Payments and elements of activities: what a relation shows of them, what is a correction, what stands within transactions, what is
//! counted by name, and what a file is recognised by.

use std::collections::BTreeSet;

use maillage::import::{Files, Form};
use maillage::model::{Modality, RelationKind};
use maillage::snapshot::Snapshot;
use proptest::prelude::*;

use crate::iati::{Desk, activities, has, read, statements};
use crate::random_graph;

/// What the only relation of a kind says: amount with currency and date, when, and how sure.
fn said(snapshot: &Snapshot, kind: RelationKind) -> (Option<String>, Option<String>, Modality) {
    let all: Vec<_> = snapshot.graph().relations().filter(|relation| relation.kind == kind).collect();
    assert_eq!(all.len(), 1);
    let q = &all[0].qualifiers;
    let amount = q.amount.map(|amount| format!("{amount} {}", q.currency.as_deref().unwrap_or("?")));
    (amount, q.date.map(|date| date.to_string()), q.modality)
}

const FUNDER: &str = "<participating-org role='1' ref='SE-0'/><activity-date type='2' iso-date='2012-01-01'/>\
                      <activity-date type='4' iso-date='2015-12-31'/>";

/// Money that comes in from the funder.
fn money(kind: u32, value: &str, date: &str) -> String {
    let date = if date.is_empty() { String::new() } else { format!("<transaction-date iso-date='{date}'/>") };
    format!(
        "<transaction><transaction-type code='{kind}'/>{date}<value currency='SEK'>{value}</value><provider-org ref='SE-0'/></transaction>"
    )
}

#[test]
fn a_relation_shows_the_amount_and_the_date_of_one_statement() {
    let of = |transactions: &[String]| {
        let (snapshot, ..) = read(activities(&[&format!("{FUNDER}{}", transactions.concat())])).unwrap();
        said(&snapshot, RelationKind::Funds)
    };
    let lasting = Some("2012-01-01/2015-12-31".to_owned());
    assert_eq!(of(&[]), (None, lasting.clone(), Modality::Asserted));
    let paid = (Some("100 SEK".to_owned()), Some("2013-05-01".to_owned()), Modality::Asserted);
    assert_eq!(of(&[money(1, "100", "2013-05-01")]), paid);
    // What is planned or proposed is no amount of what is a fact.
    assert_eq!(of(&[money(11, "500", "2014-01-01")]), (None, lasting.clone(), Modality::Asserted));
    assert_eq!(of(&[money(13, "500", "2014-01-01")]), (None, lasting, Modality::Asserted));
    assert_eq!(of(&[money(11, "500", "2014-01-01"), money(1, "100", "2013-05-01")]), paid);
    // The date of another statement is not when this amount was paid.
    assert_eq!(of(&[money(1, "100", "")]), (Some("100 SEK".to_owned()), None, Modality::Asserted));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_a_relation_says_comes_from_statements_of_its_modality(seed in any::<u64>(), documents in 1..=random_graph::DOCUMENTS as u64) {
        let snapshot = random_graph::snapshot(seed, documents as usize);
        let graph = snapshot.graph();
        for row in graph.relation_rows() {
            let shown = &graph.relation(row).qualifiers;
            let all: Vec<_> = graph.evidence(row).map(|evidence| &graph.statement(evidence).qualifiers).collect();
            prop_assert_eq!(shown.modality, all[0].modality);
            let alike: Vec<_> = all.iter().filter(|said| said.modality == shown.modality).collect();
            let paid = alike.iter().find(|said| said.amount.is_some());
            let date = paid.map_or_else(|| alike.iter().find_map(|said| said.date), |said| said.date);
            let role = alike.iter().find_map(|said| said.role.as_ref());
            prop_assert_eq!(shown.amount.map(f64::to_bits), paid.and_then(|said| said.amount).map(f64::to_bits));
            prop_assert_eq!(shown.currency.as_ref(), paid.and_then(|said| said.currency.as_ref()));
            prop_assert_eq!((shown.date, shown.role.as_ref()), (date, role));
        }
    }
}

#[test]
fn money_that_is_taken_back_is_counted_and_funds_nothing() {
    let all = [money(11, "-605", "2014-01-01"), money(1, "-3.5", "2014-01-01"), money(1, "0", "2014-01-01")].concat();
    let back = "<planned-disbursement><period-start iso-date='2014-01-01'/><value currency='SEK'>-9</value>\
                <receiver-org ref='SE-0'/></planned-disbursement>";
    let (snapshot, done, rejects) = read(activities(&[&format!("{all}{back}")])).unwrap();
    assert_eq!(rejects, []);
    assert_eq!(statements(&snapshot).len(), 1, "nothing was paid once");
    assert_eq!(done.passed.get("transaction of less than nothing (a correction)"), Some(&2), "{:?}", done.passed);
    assert_eq!(done.passed.get("planned-disbursement of less than nothing (a correction)"), Some(&1));
}

#[test]
fn countries_and_sectors_within_transactions_are_those_of_the_activity() {
    let spent = |within: &str| {
        format!("<transaction><transaction-type code='4'/><value currency='SEK'>1</value>{within}</transaction>")
    };
    let first = spent(
        "<recipient-country code='ML'/><sector vocabulary='1' code='14030'/><sector vocabulary='1' code='21010'/>",
    );
    let second = spent("<recipient-region code='1030'/>\n<recipient-country code='XX'/>");
    let (snapshot, done, rejects) = read(activities(&["", &format!("{FUNDER}{first}{second}")])).unwrap();
    let at = |path: &str| format!("/iati-activities/iati-activity[2]/transaction{path}");
    let lasting = "2012-01-01/2015-12-31";
    has(&snapshot, "project:iati.XM-TEST-2 OPERATES_IN country:ML", &at("[1]/recipient-country[1]"), lasting);
    has(&snapshot, "project:iati.XM-TEST-2 ADDRESSES topic:WASH", &at("[1]/sector[1]"), lasting);
    has(&snapshot, "project:iati.XM-TEST-2 OPERATES_IN place:west-africa", &at("[2]/recipient-region[1]"), lasting);
    let cited: BTreeSet<_> = statements(&snapshot).into_iter().map(|(.., element, _)| element).collect();
    assert!(cited.contains("<recipient-country code='ML'/>"), "{cited:#?}");
    assert_eq!(done.passed.get("sector that is none of the topics"), Some(&1));
    assert_eq!(done.passed.get("transaction of type 4, expenditure"), Some(&2));
    assert_eq!(rejects.len(), 1);
    assert!(
        rejects[0].line == 6
            && rejects[0].reason.contains("XM-TEST-2: transaction[2]/recipient-country[1] has the code"),
        "{rejects:?}"
    );
}

#[test]
fn what_no_relation_says_is_counted_by_its_name() {
    let many: String = (0..60).map(|at| format!("<odd-{at}/>")).collect();
    let known = "<activity-scope code='4'/><collaboration-type code='1'/><activity-scope code='4'/>";
    let (_, done, _) = read(activities(&[&format!("{known}{}<{}/>", many, "x".repeat(300))])).unwrap();
    assert_eq!(done.passed.get("activity-scope"), Some(&2), "{:?}", done.passed);
    assert_eq!(done.passed.get("collaboration-type"), Some(&1));
    assert_eq!(done.passed.values().sum::<usize>(), 64, "each is counted once");
    assert!(done.passed.len() < 40 && done.passed.keys().all(|what| what.len() < 100), "{:?}", done.passed);
}

#[test]
fn a_file_is_recognised_behind_a_document_type_and_in_utf_16_and_says_what_is_wrong() {
    let bomb = "<?xml version='1.0'?>\n<!-- <a> --><!DOCTYPE lolz [<!ENTITY a ']>'><!-- ]> ' --><!ENTITY b \"&a;&a;>\">\n]>\n\
                <iati-activities version='2.03'><iati-activity><iati-identifier>&b;</iati-identifier></iati-activity></iati-activities>";
    let desk = Desk::with(bomb);
    desk.write("named.xml", format!("<!DOCTYPE iati-activities [{}", "<!ENTITY a 'b'>".repeat(9_000)));
    desk.write("feed.xml", "<!DOCTYPE rss [<!ENTITY a '<iati-activities>'>]><rss/>");
    let plain = "<?xml version='1.0' encoding='UTF-16'?><iati-activities version='2.03'/>";
    for (name, marked) in [("marked", true), ("bare", false)] {
        let text = format!("{}{plain}", if marked { "\u{feff}" } else { "" });
        desk.write(&format!("{name}-le.xml"), text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        desk.write(&format!("{name}-be.xml"), text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    }
    desk.write("feed-le.xml", "\u{feff}<rss/>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    let form = |name: &str| Files::form_of(&desk.path(name)).unwrap();
    for name in ["activities.xml", "named.xml", "marked-le.xml", "marked-be.xml", "bare-le.xml", "bare-be.xml"] {
        assert_eq!(form(name), Form::Iati, "{name}");
    }
    assert_eq!((form("feed.xml"), form("feed-le.xml")), (Form::Graph, Form::Graph));
    for name in ["marked-le.xml", "marked-be.xml", "bare-le.xml", "bare-be.xml"] {
        let error = read(std::fs::read(desk.path(name)).unwrap()).map(drop).expect_err(name);
        assert!(error.to_string().contains("UTF-16; save it as UTF-8"), "{name}: {error}");
    }
    let (_, done, rejects) = read(bomb).unwrap();
    assert_eq!(done.refused_activities, 1);
    assert!(rejects[0].reason.contains("&b;"), "{rejects:?}");
}
