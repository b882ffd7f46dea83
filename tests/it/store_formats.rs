//! Stores that earlier versions wrote: `tests/stores/format-1/maillage.db` opens, and holds what was written to it.
//!
//! The file was written by [`write`]. A file of a format that was published is never written again; a new format gets a new folder:
//!
//!     MAILLAGE_WRITE_STORE=tests/stores/format-3 cargo test --test it store_formats

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::model::{
    Annotations, Contribution, DateRange, Decision, Document, DocumentId, EntityId, EntityKind, Judged, Judgement,
    Language, Lines, LocalEntity, Mention, MentionForm, Modality, PartialDate, Qualifiers, RelationKind,
    RelationMention, RuleId, Section, SectionKind, Signature, Span,
};
use maillage::store::{MemoryStore, SqliteStore, Store, Token, Write};

use crate::store::whole;

const SCHOOL: &str = "Une école navale à Ngor\nLe Réseau côtier financera l’École navale de Ngor en 2031, à hauteur de 1,5 million d’euros. \
                      Elle forme des gardes-côtes.";
const CHIEF: &str = "Awa Ndiaye, cheffe du Réseau côtier, a visité l’École navale de Ngor.";
const LINES: &str = "r-1,ORGANIZATION,Réseau côtier\n\né 2,ORGANIZATION,École navale";
const GONE: &str = "Cette phrase n’est plus dans le fichier : elle a été retirée.";

fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

fn signature(author: &str, reason: &str, moment: &str) -> Signature {
    Signature { author: author.to_owned(), reason: reason.to_owned(), at: at(moment) }
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn document(text: &str, source: &str) -> Document {
    Document {
        id: DocumentId::of_bytes(text.as_bytes()),
        source: source.to_owned(),
        title: None,
        url: None,
        language: Language::new("fr"),
        published: None,
        text: text.to_owned(),
        sections: vec![Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }],
        lines: None,
    }
}

fn entity(text: &str, kind: EntityKind, names: &[&str], described: &[&str]) -> LocalEntity {
    let mention = |form, rule: &str| {
        let rule = RuleId::new(rule);
        move |words: &&str| Mention { span: span(text, words), form, rule: rule.clone() }
    };
    let names_found = names.iter().map(mention(MentionForm::Name, "fr/names/head"));
    let mentions = names_found.chain(described.iter().map(mention(MentionForm::Description, "fr/coreference/pronoun")));
    LocalEntity {
        kind,
        name: names[0].to_owned(),
        aliases: names[1..].iter().map(ToString::to_string).collect(),
        registry: None,
        source_id: None,
        named: true,
        country: None,
        mentions: mentions.collect(),
    }
}

fn relation(text: &str, kind: RelationKind, ends: (&str, &str), trigger: &str, evidence: &str) -> RelationMention {
    RelationMention {
        kind,
        subject: 0,
        object: 1,
        subject_span: span(text, ends.0),
        object_span: span(text, ends.1),
        trigger: Some(span(text, trigger)),
        qualifiers: Qualifiers::default(),
        confidence: 0.9,
        evidence: vec![span(text, evidence)],
        rule: RuleId::new("fr/test/rule"),
    }
}

fn contribution(
    document: Document,
    extractor: &str,
    entities: Vec<LocalEntity>,
    relations: Vec<RelationMention>,
) -> Contribution {
    let annotations = Annotations { document: document.id.clone(), entities, relations };
    Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: Arc::from(extractor) }
}

fn school() -> Contribution {
    let mut document = document(SCHOOL, "communiqués/école.html");
    let title = span(SCHOOL, "Une école navale à Ngor");
    document.title = Some(title.of(SCHOOL).to_owned());
    document.url = Some("https://réseau.example/école".to_owned());
    document.published = PartialDate::parse("2030-11");
    document.sections = vec![
        Section { kind: SectionKind::Title, span: title },
        Section { kind: SectionKind::Body, span: Span::new(title.end + 1, SCHOOL.len()) },
    ];
    let mut network = entity(SCHOOL, EntityKind::Organization, &["Réseau côtier"], &[]);
    (network.registry, network.country) = (Some("reseau-cotier".to_owned()), Some("SN".to_owned()));
    let school = entity(SCHOOL, EntityKind::Organization, &["École navale de Ngor", "École navale"], &["Elle"]);
    let sentence = "Le Réseau côtier financera l’École navale de Ngor en 2031, à hauteur de 1,5 million d’euros.";
    let mut funds =
        relation(SCHOOL, RelationKind::Funds, ("Réseau côtier", "École navale de Ngor"), "financera", sentence);
    funds.qualifiers = Qualifiers {
        modality: Modality::Planned,
        date: DateRange::parse("2031"),
        role: None,
        amount: Some(1_500_000.0),
        currency: Some("EUR".to_owned()),
    };
    funds.evidence.push(span(SCHOOL, "Elle forme des gardes-côtes."));
    contribution(document, "0.2.0", vec![network, school], vec![funds])
}

fn chief(extractor: &str, confidence: f32) -> Contribution {
    let chief = entity(CHIEF, EntityKind::Person, &["Awa Ndiaye"], &[]);
    let network = entity(CHIEF, EntityKind::Organization, &["Réseau côtier"], &[]);
    let mut works = relation(CHIEF, RelationKind::WorksFor, ("Awa Ndiaye", "Réseau côtier"), "cheffe", CHIEF);
    works.qualifiers.role = Some("cheffe".to_owned());
    works.confidence = confidence;
    contribution(document(CHIEF, "envois/1"), extractor, vec![chief, network], vec![works])
}

/// Lines of a data file, which stores have since their second format.
fn lines() -> Contribution {
    let mut document = document(LINES, "import:réseau");
    document.lines = Some(Lines {
        namespace: "réseau".into(),
        file: "nœuds.jsonl".into(),
        digest: Some("5e884898da28047151d0e56f8dc62927".into()),
        first: 7,
        element: None,
    });
    let mut network = entity(LINES, EntityKind::Organization, &["Réseau côtier"], &[]);
    network.source_id = Some("r-1".into());
    let mut school = entity(LINES, EntityKind::Organization, &["École navale"], &[]);
    (school.source_id, school.name) = (Some("é 2".into()), String::new());
    contribution(document, "import 1", vec![network, school], vec![])
}

/// Lines that say everything there is to be said.
fn stating_lines() -> Contribution {
    let mut all = school();
    let mut document = (*all.document).clone();
    document.lines = lines().document.lines.clone();
    document.id = DocumentId::of_bytes(b"lines of a school");
    let mut annotations = (*all.annotations).clone();
    annotations.document = document.id.clone();
    annotations.relations.push(annotations.relations[0].clone());
    annotations.relations[1].trigger = None;
    annotations.relations[1].rule = RuleId::new("import/line");
    annotations.relations[1].confidence = 1.0 / 3.0;
    annotations.relations[1].qualifiers.role = Some("bailleur".to_owned());
    (all.document, all.annotations) = (Arc::new(document), Arc::new(annotations));
    all
}

/// Every sort of entry, and something in every column that a format has.
fn write(store: &mut dyn Store, format: usize) {
    write_texts(store);
    if format >= 2 {
        let import = Write::Add { contribution: lines(), input: Some("nœuds.jsonl".to_owned()) };
        store.append(&[import], &signature("zoé", "import", "2031-02-02T00:00:00Z")).unwrap();
    }
    if format >= 3 {
        let import = Write::Add { contribution: stating_lines(), input: Some("arêtes.jsonl".to_owned()) };
        store.append(&[import], &signature("zoé", "", "2031-02-03T00:00:00Z")).unwrap();
    }
}

/// The newest format.
const NEWEST: usize = 3;

fn write_texts(store: &mut dyn Store) {
    let gone = contribution(document(GONE, "communiqués/retirée.txt"), "0.1.0", vec![], vec![]);
    let withdrawn = gone.document.id.clone();
    let add = |contribution, input: Option<&str>| Write::Add { contribution, input: input.map(str::to_owned) };
    let network = || EntityId::from_text("organization:reseau-cotier");
    let same = Judgement::Same(network(), EntityId::from_text("organization:reseau-des-cotes"));
    let funds =
        Judged::Relation(RelationKind::Funds, network(), EntityId::from_text("organization:ecole-navale-de-ngor"));
    let same = Decision::new(same, "ana", "même adresse", at("2031-01-02T09:00:00Z"));
    let confirmed = Decision::new(Judgement::Confirmed(funds), "zoé", "", at("2031-01-02T10:00:00.25Z"));
    let link = Write::Link { input: "copies/école.html".to_owned(), document: school().document.id.clone() };
    let read = [add(school(), Some("communiqués/école.html")), add(gone, Some("communiqués/retirée.txt")), link];
    store.append(&read, &signature("maillage", "", "2031-01-01T00:00:00Z")).unwrap();
    store
        .append(&[add(chief("0.1.0", 0.5), None)], &signature("ana", "envoi", "2031-01-01T12:30:00.123456789Z"))
        .unwrap();
    let decided = [Write::Decide(same.clone()), Write::Decide(confirmed)];
    store.append(&decided, &signature("ana", "revue", "2031-01-02T10:00:00.5Z")).unwrap();
    let corrected = [Write::Undo(same.id), Write::Withdraw(withdrawn)];
    store.append(&corrected, &signature("zoé", "à la demande de l’auteur", "2031-01-03T00:00:00Z")).unwrap();
    store.append(&[add(chief("0.2.0", 1.0 / 3.0), None)], &signature("maillage", "", "2031-02-01T00:00:00Z")).unwrap();
    let digest = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".to_owned();
    store.add_token(&Token { name: "zoé".to_owned(), digest, created_at: at("2031-01-01T08:00:00Z") }).unwrap();
}

/// Writes the store of the newest format to a folder, when told to.
#[test]
fn a_new_format_is_written_on_demand() {
    let Some(to) = std::env::var_os("MAILLAGE_WRITE_STORE") else { return };
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join(to);
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    write(&mut store, NEWEST);
    fs::create_dir_all(&to).unwrap();
    store.backup(&to.join("maillage.db")).unwrap();
}

#[test]
fn stores_of_every_format_hold_what_was_written() {
    let stores = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores");
    let mut formats: Vec<_> = fs::read_dir(stores).unwrap().map(|entry| entry.unwrap().path()).collect();
    formats.sort();
    assert_eq!(formats.len(), NEWEST);
    for (number, format) in (1..).zip(formats) {
        assert!(format.ends_with(format!("format-{number}")));
        let mut expected = MemoryStore::new();
        write(&mut expected, number);
        let folder = tempfile::tempdir().unwrap();
        fs::copy(format.join("maillage.db"), folder.path().join("maillage.db")).unwrap();
        // Whoever only reads changes nothing, not even the format.
        let before = fs::read(folder.path().join("maillage.db")).unwrap();
        let read = SqliteStore::open_read_only(folder.path()).unwrap();
        assert_eq!(whole(&read), whole(&expected), "{}", format.display());
        drop(read);
        assert!(fs::read(folder.path().join("maillage.db")).unwrap() == before);
        let mut store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(whole(&store), whole(&expected), "{}", format.display());
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert!(store.withdrawal(&DocumentId::of_bytes(GONE.as_bytes())).unwrap().is_some());
        let more = [Write::Withdraw(DocumentId::of_bytes(CHIEF.as_bytes()))];
        let by = signature("ana", "", "2031-03-01T00:00:00Z");
        assert_eq!(store.append(&more, &by).unwrap(), expected.clone().append(&more, &by).unwrap());
    }
}
