//! A small invented graph that the tests of graph, query and API share: three documents with real spans, fifteen entities,
//! twenty relations.
//!
//! `fixture::snapshot()` → Canada funds the project, which works in Senegal, where a workshop that is part of it is held …

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Request, Response, Variables};
use maillage::api::{self, Limits, Schema};
use maillage::graph::Graph;
use maillage::knowledge_base::KnowledgeBase;
use maillage::model::{
    Annotations, Belonging, Changes, Contribution, DateRange, Document, DocumentId, Entity, EntityId, EntityKind,
    Language, LocalEntity, Mention, MentionForm, Modality, Qualifiers, RelationKind, RelationMention, RuleId, Span,
    Stored,
};
use maillage::snapshot::{Draft, Snapshot};
use serde_json::Value;

use EntityKind::*;
use RelationKind::*;

const TEXTS: [&str; 3] = [
    "Un projet régional à Dakar. Le projet régional de protection est financé par le Canada à hauteur de 2 millions d’euros. \
     L’OIM le met en œuvre au Sénégal et au Mali. Un atelier de formation s’est tenu à Dakar, au Sénégal, dans le cadre du projet.",
    "Le Canada a également financé l’atelier de formation. Awa Ndiaye, cheffe de mission de l’OIM, y a participé. \
     Le Mali y a envoyé une délégation. Le Réseau côtier travaille en partenariat avec l’OIM.",
    "L’École navale publiera un manuel de sauvetage. Il porte sur la traite. Le projet régional de protection vise les enfants \
     migrants. Le Canada soutient l’OIM. Dakar se trouve au Sénégal.",
];

/// What the fixture's relations are: kind, subject, object, confidence, document, sentence (by a part of it), modality.
type Row = (RelationKind, &'static str, &'static str, f32, usize, &'static str);

const RELATIONS: [Row; 20] = [
    (Funds, "country:ca", "project:protection", 0.95, 0, "financé par"),
    (Implements, "organization:oim", "project:protection", 0.9, 0, "met en œuvre"),
    (OperatesIn, "project:protection", "country:sn", 0.9, 0, "met en œuvre"),
    (OperatesIn, "project:protection", "country:ml", 0.85, 0, "met en œuvre"),
    (PartOf, "event:atelier", "project:protection", 0.9, 0, "dans le cadre"),
    (HeldIn, "event:atelier", "place:dakar", 0.95, 0, "dans le cadre"),
    (HeldIn, "event:atelier", "country:sn", 0.9, 0, "dans le cadre"),
    (Funds, "country:ca", "event:atelier", 0.8, 1, "également financé"),
    (WorksFor, "person:awa-ndiaye", "organization:oim", 0.95, 1, "cheffe de mission"),
    (ParticipatesIn, "person:awa-ndiaye", "event:atelier", 0.9, 1, "cheffe de mission"),
    (ParticipatesIn, "country:ml", "event:atelier", 0.7, 1, "délégation"),
    (PartnersWith, "organization:reseau", "organization:oim", 0.9, 1, "partenariat"),
    (Publishes, "organization:ecole", "publication:manuel", 0.8, 2, "publiera"),
    (Addresses, "publication:manuel", "topic:traite", 0.8, 2, "la traite"),
    (Benefits, "project:protection", "population:enfants", 0.9, 2, "les enfants"),
    (Supports, "country:ca", "organization:oim", 0.75, 2, "soutient"),
    (LocatedIn, "place:dakar", "country:sn", 0.99, 2, "se trouve"),
    (Funds, "country:ca", "organization:oim", 0.6, 2, "soutient"),
    (OperatesIn, "organization:oim", "country:sn", 0.65, 0, "met en œuvre"),
    (Organizes, "organization:oim", "event:atelier", 0.5, 0, "dans le cadre"),
];

/// Entities: kind, key, name, aliases, a word by which documents mention it.
const ENTITIES: [(EntityKind, &str, &str, &[&str], &str); 15] = [
    (Country, "ca", "Canada", &[], "Canada"),
    (Country, "sn", "Sénégal", &[], "Sénégal"),
    (Country, "ml", "Mali", &[], "Mali"),
    (Organization, "oim", "Organisation internationale pour les migrations", &["OIM"], "OIM"),
    (Organization, "reseau", "Réseau côtier", &["RC"], "Réseau côtier"),
    (Organization, "ecole", "École navale", &[], "École navale"),
    (Organization, "ilot", "Îlot des Œuvres", &["RC"], "vise"),
    (Person, "awa-ndiaye", "Awa Ndiaye", &[], "Awa Ndiaye"),
    (Project, "protection", "projet régional de protection", &["projet régional"], "projet régional"),
    (Event, "atelier", "atelier de formation", &[], "atelier de formation"),
    (Publication, "manuel", "manuel de sauvetage", &[], "manuel de sauvetage"),
    (Place, "dakar", "Dakar", &[], "Dakar"),
    (Topic, "traite", "traite", &[], "traite"),
    (Population, "enfants", "enfants migrants", &[], "enfants"),
    (Event, "seul", "réunion isolée", &[], "délégation"),
];

pub(crate) fn documents() -> Vec<Document> {
    let document = |(number, text): (usize, &&str)| Document {
        id: id_of(number),
        source: format!("corpus/{number}.txt"),
        title: Some(format!("Communiqué {number}")),
        url: None,
        language: Language::new("fr"),
        published: maillage::model::PartialDate::parse("2012-08-18"),
        text: (*text).to_string(),
        sections: Vec::new(),
        lines: None,
    };
    TEXTS.iter().enumerate().map(document).collect()
}

pub(crate) fn id_of(document: usize) -> DocumentId {
    DocumentId::of_bytes(TEXTS[document].as_bytes())
}

pub(crate) fn entities() -> Vec<Entity> {
    ENTITIES.iter().map(|(kind, key, name, aliases, _)| entity(*kind, key, name, aliases)).collect()
}

fn entity(kind: EntityKind, key: &str, name: &str, aliases: &[&str]) -> Entity {
    let mut entity = Entity {
        id: EntityId::new(kind, key),
        kind,
        name: name.to_string(),
        names: BTreeMap::new(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        external_ids: BTreeMap::new(),
        named: !matches!(kind, Project | Event),
        country: (kind == Country).then(|| key.to_uppercase()),
        merged_ids: BTreeSet::new(),
        resolved_from: Vec::new(),
        confirmed: false,
    };
    if kind == Country {
        entity.external_ids.insert("iso3166-1".into(), key.to_uppercase());
    }
    match key {
        "sn" => drop(entity.names.insert(Language::new("en"), vec!["Senegal".into(), "Republic of Senegal".into()])),
        "dakar" => entity.country = Some("SN".into()),
        "oim" => {
            entity.names.insert(Language::new("en"), vec!["International Organization for Migration".into()]);
            entity.merged_ids.insert(EntityId::from_text("organization:old-oim"));
        }
        _ => {}
    }
    entity
}

/// What a document mentions and states, and where that belongs; of the relations only those kept.
fn contribution(number: usize, kept: &[usize]) -> (Stored, Belonging) {
    let mut belonging = Belonging::of(id_of(number));
    let mut locals: Vec<LocalEntity> = Vec::new();
    let mut place = BTreeMap::new();
    for (kind, key, name, _, word) in ENTITIES {
        let found = TEXTS[number].match_indices(word).map(|(at, found)| Span::new(at, at + found.len()));
        let mention = |span| Mention { span, form: MentionForm::Name, rule: RuleId::new("test/name") };
        let mentions: Vec<_> = found.map(mention).collect();
        if !mentions.is_empty() {
            let id = EntityId::new(kind, key);
            place.insert(id.to_string(), locals.len());
            belonging.mentions.push((locals.len() as u32, id));
            let (name, named) = (name.to_string(), true);
            let (aliases, registry, source_id, country) = Default::default();
            locals.push(LocalEntity { kind, name, aliases, registry, source_id, named, country, mentions });
        }
    }
    let mut relations = Vec::new();
    for row @ (_, subject, object, _, document, _) in kept.iter().map(|at| &RELATIONS[*at]) {
        if *document == number {
            let ends = (place[*subject], place[*object]);
            let ids = (EntityId::from_text(*subject), EntityId::from_text(*object));
            belonging.statements.push((relations.len() as u32, ids.0, ids.1));
            relations.push(statement(row, ends));
        }
    }
    let document = documents().swap_remove(number);
    let annotations = Annotations { document: document.id.clone(), entities: locals, relations };
    let contribution =
        Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: "0.1.0".into() };
    let added_at = "2026-01-01T00:00:00Z".parse().expect("a time");
    (Stored { contribution, added: number as u64 + 1, added_at }, belonging)
}

fn statement((kind, _, object, confidence, document, part): &Row, ends: (usize, usize)) -> RelationMention {
    let mut qualifiers = Qualifiers::default();
    match kind {
        Publishes => qualifiers.modality = Modality::Planned,
        WorksFor => qualifiers.role = Some("cheffe de mission".into()),
        HeldIn => qualifiers.date = DateRange::parse("XXXX-08-18/XXXX-08-20"),
        _ => {}
    }
    if *kind == Funds && *object == "project:protection" {
        (qualifiers.amount, qualifiers.currency) = (Some(2_000_000.0), Some("EUR".into()));
    }
    let trigger = spans(*document, part).expect("the words of the fixture stand in its texts");
    let sentence = sentence(TEXTS[*document], trigger);
    RelationMention {
        kind: *kind,
        subject: ends.0,
        object: ends.1,
        subject_span: sentence,
        object_span: sentence,
        trigger: Some(trigger),
        qualifiers,
        confidence: *confidence,
        evidence: vec![sentence],
        rule: RuleId::new("test/rule"),
    }
}

fn spans(document: usize, words: &str) -> Option<Span> {
    let start = TEXTS[document].find(words)?;
    Some(Span::new(start, start + words.len()))
}

fn sentence(text: &str, within: Span) -> Span {
    let start = text[..within.start].rfind(". ").map_or(0, |at| at + 2);
    let end = text[within.end..].find('.').map_or(text.len(), |at| within.end + at + 1);
    Span::new(start, end)
}

/// All that makes the fixture's graph, with only the relations that are kept.
pub(crate) fn changes(kept: &[usize]) -> Changes {
    let (added, attached) = (0..TEXTS.len()).map(|number| contribution(number, kept)).unzip();
    Changes { added, attached, entities: entities(), ..Changes::default() }
}

pub(crate) fn graph_of(changes: &Changes) -> Graph {
    let mut graph = Graph::default();
    graph.change(changes);
    graph
}

pub(crate) fn all() -> Vec<usize> {
    (0..RELATIONS.len()).collect()
}

pub(crate) fn graph() -> Graph {
    graph_of(&changes(&all()))
}

pub(crate) fn snapshot() -> Snapshot {
    let mut draft = Draft::default();
    draft.apply(&changes(&all()));
    draft.snapshot(7)
}

/// A document of that number with nothing but a text, told apart from others by its number.
pub(crate) fn bare_document(number: &str, text: String) -> Document {
    Document {
        id: DocumentId::of_bytes(number.as_bytes()),
        source: format!("{number}.txt"),
        title: None,
        url: None,
        language: Language::new("fr"),
        published: None,
        text,
        sections: Vec::new(),
        lines: None,
    }
}

pub(crate) fn schema() -> Schema {
    schema_with(&Limits::default())
}

pub(crate) fn schema_with(limits: &Limits) -> Schema {
    api::schema(Arc::new(KnowledgeBase::of(snapshot())), limits)
}

/// Executes a query without variables and gives the whole answer as it goes over the wire.
pub(crate) fn answer(query: &str) -> Value {
    answer_with(&schema(), query, Value::Null)
}

pub(crate) fn answer_with(schema: &Schema, query: &str, variables: Value) -> Value {
    let request = Request::new(query).variables(Variables::from_json(variables));
    let response: Response = block_on(api::execute(schema, request));
    serde_json::to_value(response).expect("an answer is JSON")
}

/// The data of an answer that must have no errors.
pub(crate) fn data(query: &str) -> Value {
    let answer = answer(query);
    assert_eq!(answer.get("errors"), None, "{query}: {answer:#}");
    answer["data"].clone()
}

/// The code and the message of the only error.
pub(crate) fn error(query: &str) -> (String, String) {
    error_of(&answer(query))
}

pub(crate) fn error_of(answer: &Value) -> (String, String) {
    let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no errors in {answer:#}"));
    assert_eq!(errors.len(), 1, "{answer:#}");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    (text(&errors[0]["extensions"]["code"]), text(&errors[0]["message"]))
}

/// The strings under a key in a list of objects.
pub(crate) fn texts(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter().map(|item| item[key].as_str().unwrap_or_default().to_string()).collect()
}

pub(crate) fn block_on<T: Send>(future: impl Future<Output = T> + Send) -> T {
    // As much stack as the server's threads have.
    let answer = || tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, answer);
        thread.expect("a thread").join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
