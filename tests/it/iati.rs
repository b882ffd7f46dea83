//! Activities of the IATI standard: what becomes of their elements, which are refused, and that every guarantee of documents holds for them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::error::Error;
use maillage::import::{Files, Form, LONGEST_ACTIVITY_BYTES, Reject};
use maillage::knowledge_base::{self, ImportOptions, Imported, IngestOptions, KnowledgeBase};
use maillage::model::{EntityKind, Modality, RelationKind, Signature};
use maillage::query::{self, Said};
use maillage::snapshot::Snapshot;
use maillage::store::{MemoryStore, Store};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::dump;
use crate::fixture::answer_with;

const ACTIVITY: &str = include_str!("../../examples/iati/activities.xml");
const RELEASE: &str = include_str!("../../examples/iati/release.txt");
const JOINED: &str = include_str!("../../examples/iati/joined.graphql");

fn signature() -> Signature {
    Signature { author: "ana".into(), reason: String::new(), at: Timestamp::UNIX_EPOCH }
}

/// A folder with a file of activities.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn with(xml: impl AsRef<[u8]>) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("activities.xml", xml);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn import_into(&self, store: &mut dyn Store, name: &str) -> Result<(Imported, Vec<Reject>), Error> {
        let files = Files::iati(self.path(name), None).unwrap();
        let mut rejects = Vec::new();
        let mut refused = |reject: &Reject| {
            rejects.push(reject.clone());
            Ok(())
        };
        let done =
            knowledge_base::import(store, &files, ImportOptions::default(), &signature(), &mut refused, &|_| {})?;
        assert_eq!(done.refused, rejects.len());
        Ok((done, rejects))
    }
}

pub(crate) fn read(xml: impl AsRef<[u8]>) -> Result<(Arc<Snapshot>, Imported, Vec<Reject>), Error> {
    let mut store = MemoryStore::new();
    let (done, rejects) = Desk::with(xml).import_into(&mut store, "activities.xml")?;
    Ok((open(&store).snapshot(), done, rejects))
}

fn open(store: &MemoryStore) -> KnowledgeBase {
    let base = KnowledgeBase::open(Box::new(store.clone()), &|_| {}).unwrap();
    assert_eq!(query::check(&base.snapshot()), Vec::<String>::new());
    base
}

/// Activities of these contents, numbered from 1.
pub(crate) fn activities(contents: &[&str]) -> String {
    let each = contents.iter().enumerate().map(|(at, content)| {
        format!("<iati-activity>\n<iati-identifier>XM-TEST-{}</iati-identifier>{content}</iati-activity>\n", at + 1)
    });
    format!("<iati-activities version=\"2.03\">\n{}</iati-activities>\n", each.collect::<String>())
}

/// Every statement: its relation, where it stands, its element and what qualifies it.
pub(crate) fn statements(snapshot: &Snapshot) -> BTreeSet<(String, String, String, String)> {
    let graph = snapshot.graph();
    let mut all = BTreeSet::new();
    for row in graph.relation_rows() {
        let relation = graph.relation(row);
        for evidence in graph.evidence(row) {
            let (document, said) = (graph.document(evidence.document), graph.statement(evidence));
            let span = said.evidence[0];
            let q = &said.qualifiers;
            let money = q.amount.map(|amount| format!(" {amount} {}", q.currency.as_deref().unwrap_or("?")));
            let date = q.date.map(|date| format!(" {date}")).unwrap_or_default();
            let modality = if q.modality == Modality::Asserted { String::new() } else { format!(" {:?}", q.modality) };
            all.insert((
                format!("{} {} {}", relation.subject, relation.kind, relation.object),
                document.element_at(span.start).unwrap(),
                span.of(&document.text).to_owned(),
                format!("{}{date}{modality}", money.unwrap_or_default()),
            ));
        }
    }
    all
}

pub(crate) fn has(snapshot: &Snapshot, relation: &str, path: &str, qualifiers: &str) {
    let all = statements(snapshot);
    let found = all.iter().any(|(a, b, _, d)| a == relation && b == path && d.trim() == qualifiers);
    assert!(found, "{relation} at {path} with {qualifiers:?} is not in\n{all:#?}");
}

#[test]
fn elements_become_relations_that_cite_them_by_path() {
    let (snapshot, done, rejects) = read(ACTIVITY).unwrap();
    assert_eq!(rejects, []);
    assert_eq!((done.entities, done.refused_activities, done.added), (2, 0, 2));
    let water = "project:iati.CA-3-D000001001";
    let at = |path: &str| format!("/iati-activities/iati-activity[1]/{path}");
    let lasting = "2012-04-28/2015-12-31";
    has(&snapshot, &format!("organization:ca-gac FUNDS {water}"), &at("participating-org[1]"), lasting);
    has(&snapshot, &format!("organization:iom IMPLEMENTS {water}"), &at("participating-org[3]"), lasting);
    has(&snapshot, &format!("{water} OPERATES_IN country:SN"), &at("recipient-country[1]"), lasting);
    has(&snapshot, &format!("{water} OPERATES_IN place:west-africa"), &at("recipient-region[1]"), lasting);
    has(&snapshot, &format!("{water} ADDRESSES topic:WASH"), &at("sector[1]"), lasting);
    has(&snapshot, &format!("{water} PART_OF project:iati.CA-3-D000001000"), &at("related-activity[1]"), "");
    has(&snapshot, &format!("organization:ca-gac FUNDS {water}"), &at("transaction[1]"), "1500000 CAD 2012-05-02");
    has(
        &snapshot,
        "organization:ca-gac FUNDS organization:iom",
        &at("transaction[2]"),
        "250000.5 CAD 2012-06-01 Planned",
    );
    for (_, _, element, _) in statements(&snapshot) {
        assert!(element.starts_with('<') && element.ends_with('>') && ACTIVITY.contains(&element), "{element}");
    }
    let graph = snapshot.graph();
    let project = graph.entity(graph.find_entity(&maillage::model::EntityId::from_text(water)).unwrap().row());
    assert_eq!((project.name.as_str(), project.kind), ("Water for Ngor", EntityKind::Project));
    assert!(project.aliases.contains("Eau pour Ngor") && project.external_ids["iati"] == "CA-3-D000001001");
    assert_eq!(done.passed.get("participating-org with role 3, extending"), Some(&1), "{:?}", done.passed);
    assert_eq!(done.passed.get("budget (who pays it is not told)"), Some(&1));
}

#[test]
fn a_planned_activity_is_planned_and_a_cancelled_one_is_no_fact() {
    let of = |status| {
        let content = format!("<activity-status code='{status}'/><recipient-country code='ML'/>");
        let (snapshot, ..) = read(activities(&[&content])).unwrap();
        let graph = snapshot.graph();
        graph.relations().next().unwrap().qualifiers.modality
    };
    assert_eq!(
        (of(1), of(2), of(4), of(5)),
        (Modality::Planned, Modality::Asserted, Modality::Asserted, Modality::Proposed)
    );
}

#[test]
fn a_press_release_and_an_activity_of_one_funder_are_joined_each_with_its_evidence() {
    let desk = Desk::with(ACTIVITY);
    desk.write("release.txt", RELEASE);
    let mut store = MemoryStore::new();
    desk.import_into(&mut store, "activities.xml").unwrap();
    let base = open(&store);
    base.ingest(&[desk.path("release.txt")], &IngestOptions::default(), &signature(), &|_| {}).unwrap();
    let agreements = query::compare(&base.snapshot(), &[RelationKind::Funds], 3);
    assert_eq!(agreements[0].kind, Some(RelationKind::Funds));
    let pays = &agreements[1];
    assert!(pays.count(Said::ByBoth) > 0, "{agreements:#?}");
    let both = &pays.examples[&Said::ByBoth][0];
    assert!(both.text.is_some() && both.data.is_some());
    let schema = maillage::api::schema(Arc::new(base), &maillage::api::Limits::default());
    let answer = answer_with(&schema, JOINED, Value::Null);
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    let evidence: Vec<&Value> = answer["data"]["funder"]["relations"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|relation| relation["evidence"].as_array().unwrap())
        .collect();
    let elements: Vec<_> = evidence.iter().filter(|one| one["element"].is_string()).collect();
    let sentences: Vec<_> = evidence.iter().filter(|one| one["element"].is_null()).collect();
    assert!(
        elements.iter().any(|one| one["element"] == "/iati-activities/iati-activity[1]/participating-org[1]"),
        "{answer:#}"
    );
    assert!(sentences.iter().any(|one| RELEASE.contains(one["text"].as_str().unwrap())), "{answer:#}");
}

#[test]
fn the_same_file_changes_nothing_a_changed_one_replaces_and_withdrawn_it_was_never_there() {
    let desk = Desk::with(ACTIVITY);
    let mut store = MemoryStore::new();
    let empty = dump::snapshot(&open(&store).snapshot());
    desk.import_into(&mut store, "activities.xml").unwrap();
    let whole = dump::snapshot(&open(&store).snapshot());
    let (again, _) = desk.import_into(&mut store, "activities.xml").unwrap();
    assert_eq!((again.unchanged, again.added, again.replaced, again.withdrawn), (2, 0, 0, 0));
    assert_eq!(dump::snapshot(&open(&store).snapshot()), whole);
    desk.write("activities.xml", activities(&["<recipient-country code='ML'/>"]));
    let (other, _) = desk.import_into(&mut store, "activities.xml").unwrap();
    assert_eq!((other.added, other.withdrawn), (1, 2));
    assert_eq!(statements(&open(&store).snapshot()).len(), 1);
    desk.write("activities.xml", "<iati-activities version='2.03'/>");
    let (none, _) = desk.import_into(&mut store, "activities.xml").unwrap();
    assert_eq!((none.entities, none.withdrawn), (0, 1));
    assert_eq!(dump::snapshot(&open(&store).snapshot()).lines().count(), empty.lines().count());
}

#[test]
fn the_order_of_activities_and_files_makes_no_difference() {
    let contents =
        ["<recipient-country code='ML'/>", "<participating-org role='1' ref='CA-3'/>", "<sector code='14030'/>"];
    let numbered = |at: usize| {
        format!("<iati-activity><iati-identifier>XM-TEST-{at}</iati-identifier>{}</iati-activity>", contents[at])
    };
    let file = |order: &[usize]| {
        let all: String = order.iter().map(|at| numbered(*at)).collect();
        format!("<iati-activities version='2.03'>{all}</iati-activities>")
    };
    let relations = |files: &[String]| {
        let mut store = MemoryStore::new();
        for (at, xml) in files.iter().enumerate() {
            let desk = Desk::with("");
            desk.write(&format!("{at}.xml"), xml);
            desk.import_into(&mut store, &format!("{at}.xml")).unwrap();
        }
        let snapshot = open(&store).snapshot();
        let said: BTreeSet<_> =
            statements(&snapshot).into_iter().map(|(said, _, element, _)| (said, element)).collect();
        said
    };
    let one = relations(&[file(&[0, 1, 2])]);
    assert_eq!(one.len(), 3);
    assert_eq!(one, relations(&[file(&[2, 0, 1])]));
    assert_eq!(one, relations(&[file(&[1]), file(&[2, 0]), file(&[0])]));
}

#[test]
fn what_makes_no_sense_is_refused_with_its_line_and_the_reason() {
    for (content, why) in [
        ("\n<participating-org role='9'><narrative>A</narrative></participating-org>", "role \"9\""),
        ("\n<participating-org><narrative>A</narrative></participating-org>", "has no role"),
        ("\n<recipient-country code='XX'/>", "no country of ISO 3166-1"),
        ("\n<recipient-region code='Sahel'/>", "none of its vocabulary"),
        ("\n<sector code='1403'/>", "5 digits"),
        ("\n<activity-status code='9'/>", "codes are 1 to 6"),
        ("\n<activity-date type='1' iso-date='2012-13-45'/>", "write dates as"),
        ("\n<transaction><transaction-type code='99'/></transaction>", "types are 1 to 13"),
        (
            "\n<transaction><transaction-type code='1'/><value currency='EUR'>1,000</value></transaction>",
            "without separators",
        ),
        ("\n<transaction><transaction-type code='1'/><value>10</value></transaction>", "without a currency"),
        ("\n<transaction><transaction-type code='1'/><value currency='euro'>10</value></transaction>", "ISO 4217"),
        ("\n<related-activity type='1'/>", "has no ref"),
    ] {
        let (_, done, rejects) = read(activities(&[content])).unwrap();
        assert_eq!((done.entities, done.refused_activities, rejects.len()), (1, 0, 1), "{content}");
        assert_eq!(rejects[0].line, 4, "{content}");
        assert!(rejects[0].reason.contains(why) && rejects[0].reason.contains("XM-TEST-1"), "{}", rejects[0]);
    }
}

#[test]
fn a_broken_activity_is_refused_and_the_next_one_is_read() {
    let good =
        "<iati-activity><iati-identifier>XM-TEST-G</iati-identifier><recipient-country code='ML'/></iati-activity>";
    let deep = format!("<iati-activity>{}{}</iati-activity>", "<a>".repeat(70), "</a>".repeat(70));
    let long = format!("<iati-activity x='{}'></iati-activity>", "y".repeat(LONGEST_ACTIVITY_BYTES));
    for (bad, why) in [
        ("<iati-activity><title></iati-activity>", "no sound XML"),
        ("<iati-activity>", "another activity begins"),
        ("<iati-activity><iati-identifier>a</iati-identifier><title x='</iati-activity>", "no sound XML"),
        ("<iati-activity><iati-identifier>&lol9;</iati-identifier></iati-activity>", "&lol9;"),
        ("<iati-activity/>", "no iati-identifier"),
        ("<iati-activity><iati-identifier> </iati-identifier></iati-activity>", "no iati-identifier"),
        ("<iati-activity><iati-identifier>a</iati-identifier><acme:x/></iati-activity>", "xmlns:acme"),
        (&deep, "64 deep"),
        (&long, "longer than 16 MiB"),
    ] {
        let xml = format!("<iati-activities version='2.03'>\n{bad}\n{good}</iati-activities>");
        let (snapshot, done, rejects) = read(&xml).unwrap();
        let short: String = bad.chars().take(60).collect();
        assert_eq!((done.entities, done.refused_activities), (1, 1), "{short}: {rejects:?}");
        assert!(rejects[0].line == 2 && rejects[0].reason.contains(why), "{short}: {}", rejects[0]);
        assert_eq!(statements(&snapshot).len(), 1);
    }
    let (_, done, rejects) = read(format!("<iati-activities version='2.03'>{good}{good}<iati-activity>")).unwrap();
    assert_eq!((done.entities, done.refused_activities), (1, 2));
    assert!(rejects[0].reason.contains("of an earlier one") && rejects[1].reason.contains("file ends within"));
    let mut latin =
        format!("<iati-activities version='2.03'><iati-activity><title>\u{e9}</title></iati-activity>{good}")
            .into_bytes();
    let at = latin.iter().position(|byte| *byte == 0xc3).unwrap();
    latin.remove(at);
    let (_, done, rejects) = read(latin).unwrap();
    assert!(done.entities == 1 && rejects[0].reason.contains("UTF-8"));
}

#[test]
fn a_file_that_is_no_file_of_activities_says_so() {
    for (xml, why) in [
        ("", "no element iati-activities"),
        ("a text", "no element iati-activities"),
        ("<html/>", "\"html\""),
        ("<iati-organisations version='2.03'/>", "IATI organisations"),
        ("<iati-activities/>", "does not say its version"),
        ("<iati-activities version='1.05'/>", "version 1.05"),
        ("<iati-activities version='2.03' x='&y;'/>", "attribute"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><iati-activities version='2.03'/>", "iconv -f iso-8859-1"),
        ("\u{feff}<?xml version='1.0'?><iati-activity/>", "\"iati-activity\""),
    ] {
        let error = read(xml).map(|_| ()).expect_err(xml);
        assert!(error.to_string().contains(why), "{xml}: {error}");
    }
    let utf16: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read(utf16).is_err_and(|error| error.to_string().contains("UTF-16")));
}

#[test]
fn entities_are_never_expanded_and_nothing_is_loaded() {
    let laughs: String =
        (1..10).map(|at| format!("<!ENTITY lol{at} \"{}\">\n", format!("&lol{};", at - 1).repeat(10))).collect();
    let xml = format!(
        "<?xml version='1.0'?>\n<!DOCTYPE lolz [<!ENTITY lol0 'lol'>\n{laughs}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>\n\
         <iati-activities version='2.03'><iati-activity><iati-identifier>a</iati-identifier><title><narrative>&lol9;</narrative>\
         </title></iati-activity><iati-activity><iati-identifier>&f;</iati-identifier></iati-activity></iati-activities>"
    );
    let (snapshot, done, rejects) = read(xml).unwrap();
    assert_eq!((done.entities, done.refused_activities), (0, 2));
    assert!(rejects[0].reason.contains("&lol9;") && rejects[1].reason.contains("&f;"), "{rejects:?}");
    assert_eq!(snapshot.graph().documents().count(), 0);
}

#[test]
fn a_long_activity_is_cut_between_its_elements_and_every_path_stays_right() {
    let transaction = |at: usize| {
        format!(
            "<transaction ref='{at}'>\n<transaction-type code='1'/><transaction-date iso-date='2012-01-01'/>\
             <value currency='EUR'>{at}</value><provider-org ref='XM-DAC-41121'/></transaction>\n"
        )
    };
    let filler = format!("<result><title><narrative>{}</narrative></title></result>", "mot ".repeat(20_000));
    let all: String = (1..=900).map(|at| if at == 450 { transaction(at) + &filler } else { transaction(at) }).collect();
    let (snapshot, done, rejects) = read(activities(&["", &all])).unwrap();
    assert_eq!((rejects.len(), done.entities, done.refused_activities), (0, 2, 0));
    let said = statements(&snapshot);
    assert_eq!(said.len(), 900);
    for (relation, path, element, money) in &said {
        let at: usize = money.trim().split(' ').next().unwrap().parse().unwrap();
        assert_eq!(relation, "organization:un-unhcr FUNDS project:iati.XM-TEST-2");
        assert_eq!(*path, format!("/iati-activities/iati-activity[2]/transaction[{at}]"));
        assert!(element.contains(&format!("ref='{at}'")));
    }
    let longest = snapshot.graph().documents().map(|document| document.text.len()).max().unwrap();
    assert!(longest <= 64 << 10 && snapshot.graph().documents().count() > 3);
}

#[test]
fn ids_of_a_publisher_alone_do_not_join_what_two_publishers_say() {
    let of = |publisher: &str, at: usize| {
        format!(
            "<iati-activity><iati-identifier>X-{at}</iati-identifier><reporting-org ref='{publisher}'/>\
             <participating-org role='4' ref='35'><narrative>Bureau du projet</narrative></participating-org>\
             <recipient-country code='ML'/></iati-activity>"
        )
    };
    let xml = |parts: [String; 2]| format!("<iati-activities version='2.03'>{}</iati-activities>", parts.concat());
    let implementers = |xml: String| {
        let (snapshot, ..) = read(xml).unwrap();
        let graph = snapshot.graph();
        let implements = graph.relations().filter(|relation| relation.kind == RelationKind::Implements);
        implements.map(|relation| relation.subject.to_string()).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(implementers(xml([of("GB-GOV-1", 1), of("GB-GOV-1", 2)])), 1);
    assert_eq!(implementers(xml([of("GB-GOV-1", 1), of("SE-0", 2)])), 2);
}

/// The ids of those who carry out activities, each with the ref, name and country that one activity of one publisher has.
pub(crate) fn implementers(bodies: &[(&str, &str, &str)]) -> BTreeSet<String> {
    let of = |(at, (reference, name, country)): (usize, &(&str, &str, &str))| {
        format!(
            "<iati-activity><iati-identifier>X-{at}</iati-identifier><reporting-org ref='GB-GOV-1'/><recipient-country code='{country}'/>\
             <participating-org role='4' ref='{reference}'><narrative>{name}</narrative></participating-org></iati-activity>"
        )
    };
    let all: String = bodies.iter().enumerate().map(of).collect();
    let (snapshot, ..) = read(format!("<iati-activities version='2.03'>{all}</iati-activities>")).unwrap();
    let graph = snapshot.graph();
    let carried = graph.relations().filter(|relation| relation.kind == RelationKind::Implements);
    carried.map(|relation| relation.subject.to_string()).collect()
}

#[test]
fn what_a_publisher_calls_a_body_is_that_body_in_all_it_publishes() {
    // Under an id of its own a body is one, whatever it is called and wherever it works; without one its name and country tell.
    assert_eq!(implementers(&[("IP-0417", "Ngor Relief", "SN"), ("IP-0417", "Secours Ngor", "ML")]).len(), 1);
    assert_eq!(implementers(&[("IP-0417", "Ngor Relief", "SN"), ("IP-0418", "Ngor Relief", "SN")]).len(), 2);
    assert_eq!(implementers(&[("ORG-12", "Ngor Relief", "SN"), ("GB-COH-12", "Ngor Relief", "SN")]).len(), 2);
    // What stands where an id is missing joins nothing.
    for none in ["", "N/A", "0000", "21", "unknown"] {
        assert_eq!(implementers(&[(none, "Ngor Relief", "SN"), (none, "Anvers Aid", "SN")]).len(), 2, "{none:?}");
    }
}

#[test]
fn text_without_a_narrative_is_read_as_one() {
    let (snapshot, _, rejects) =
        read(activities(&["<title>Eau pour Ngor</title><participating-org role='1'>Ngor Relief</participating-org>"]))
            .unwrap();
    assert_eq!(rejects, []);
    let graph = snapshot.graph();
    let names: BTreeSet<_> = graph.entity_rows().map(|row| graph.entity(row).name.clone()).collect();
    assert_eq!(names, ["Eau pour Ngor", "Ngor Relief"].map(str::to_owned).into());
}

#[test]
fn a_code_that_means_a_sort_of_bodies_is_the_id_of_none() {
    for sort in ["22000", "XM-DAC-22000", "12001", "51000", "61003"] {
        let found = implementers(&[(sort, "Ngor Relief", "SN"), (sort, "Anvers Aid", "SN")]);
        assert!(found.len() == 2 && found.iter().all(|id| !id.contains(sort)), "{found:?}");
    }
    // Others mean one, with and without their prefix.
    assert_eq!(implementers(&[("21057", "A", "SN"), ("XM-DAC-21057", "B", "SN")]).len(), 1);
}

#[test]
fn activities_are_recognised_by_what_a_file_begins_with() {
    let desk = Desk::with(ACTIVITY);
    desk.write("other.xml", "<?xml version='1.0'?><rss/>");
    desk.write("nodes.jsonl", "{\"id\": 1}");
    assert_eq!(Files::form_of(&desk.path("activities.xml")).unwrap(), Form::Iati);
    for other in ["other.xml", "nodes.jsonl"] {
        assert_eq!(Files::form_of(&desk.path(other)).unwrap(), Form::Graph, "{other}");
    }
    assert!(Files::form_of(&desk.path("missing")).is_err());
}

/// Pieces of which files are put together that are nearly sound.
const PIECES: [&str; 18] = [
    "<iati-activity>",
    "</iati-activity>",
    "<iati-identifier>A-1</iati-identifier>",
    "<iati-identifier>",
    "</iati-identifier>",
    "<recipient-country code='ML'/>",
    "<participating-org role='1' ref='SE-0'/>",
    "<transaction>",
    "</transaction>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "é & \u{0}",
    "<a b='",
    "'>",
    "<iati-activities version='2.03'>",
    "</iati-activities>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_file_gives_a_sound_graph_and_accounts_for_its_activities(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let body: String = picks.iter().map(|at| PIECES[*at]).collect();
        let (snapshot, done, rejects) = read(format!("<iati-activities version='2.03'>{body}")).unwrap();
        prop_assert_eq!(snapshot.graph().documents().count(), done.entities);
        let refused = rejects.iter().filter(|reject| reject.reason.starts_with("iati-activity[")).count();
        prop_assert_eq!(refused, done.refused_activities);
        for (_, path, element, _) in statements(&snapshot) {
            prop_assert!(path.starts_with("/iati-activities/iati-activity[") && body.contains(&element));
        }
    }

    #[test]
    fn damaged_bytes_never_stop_the_program(at in 0..ACTIVITY.len(), byte in any::<u8>(), cut in 0..ACTIVITY.len()) {
        let mut bytes = ACTIVITY.as_bytes().to_vec();
        bytes[at] = byte;
        // Whatever it is: an error in words or a sound graph, which `open` checks.
        let _ = read(&bytes);
        bytes.truncate(cut);
        let _ = read(&bytes);
    }
}
