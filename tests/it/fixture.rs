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
    DateRange, Document, DocumentId, Entity, EntityId, EntityKind, EntityMention, Evidence, Language, Modality,
    Qualifiers, Relation, RelationId, RelationKind, RuleId, Span,
};
use maillage::snapshot::Snapshot;
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
    };
    TEXTS.iter().enumerate().map(document).collect()
}

pub(crate) fn id_of(document: usize) -> DocumentId {
    DocumentId::of_bytes(TEXTS[document].as_bytes())
}

pub(crate) fn entities() -> Vec<Entity> {
    ENTITIES.iter().map(|(kind, key, name, aliases, word)| entity(*kind, key, name, aliases, word)).collect()
}

fn entity(kind: EntityKind, key: &str, name: &str, aliases: &[&str], word: &str) -> Entity {
    let mut entity = Entity {
        id: EntityId::new(kind, key),
        kind,
        name: name.to_string(),
        names: BTreeMap::new(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        external_ids: BTreeMap::new(),
        named: !matches!(kind, Project | Event),
        country: (kind == Country).then(|| key.to_uppercase()),
        mentions: mentions(word),
        merged_ids: BTreeSet::new(),
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

fn mentions(word: &str) -> Vec<EntityMention> {
    let mut mentions = Vec::new();
    for (number, text) in TEXTS.iter().enumerate() {
        for (at, found) in text.match_indices(word) {
            let span = Span::new(at, at + found.len());
            mentions.push(EntityMention { document: id_of(number), span, rule: RuleId::new("test/name") });
        }
    }
    mentions.sort();
    assert!(!mentions.is_empty(), "{word} is not mentioned");
    mentions
}

pub(crate) fn relations() -> Vec<Relation> {
    RELATIONS.iter().map(relation).collect()
}

fn relation((kind, subject, object, confidence, document, part): &Row) -> Relation {
    let (subject, object) = (EntityId::from_text(*subject), EntityId::from_text(*object));
    let mut qualifiers = Qualifiers::default();
    match kind {
        Publishes => qualifiers.modality = Modality::Planned,
        WorksFor => qualifiers.role = Some("cheffe de mission".into()),
        HeldIn => qualifiers.date = DateRange::parse("XXXX-08-18/XXXX-08-20"),
        _ => {}
    }
    if *kind == Funds && object.as_str() == "project:protection" {
        (qualifiers.amount, qualifiers.currency) = (Some(2_000_000.0), Some("EUR".into()));
    }
    let trigger = spans(*document, part).expect("the words of the fixture stand in its texts");
    let sentence = sentence(TEXTS[*document], trigger);
    let evidence = Evidence {
        document: id_of(*document),
        spans: vec![sentence],
        subject: sentence,
        object: sentence,
        trigger: Some(trigger),
        qualifiers: qualifiers.clone(),
        confidence: *confidence,
        rule: RuleId::new("test/rule"),
    };
    let id = RelationId::new(*kind, &subject, &object);
    Relation { id, kind: *kind, subject, object, confidence: *confidence, qualifiers, evidence: vec![evidence] }
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

pub(crate) fn graph() -> Graph {
    Graph::build(documents(), entities(), relations())
}

pub(crate) fn snapshot() -> Snapshot {
    Snapshot::new(7, graph())
}

pub(crate) fn schema() -> Schema {
    schema_with(&Limits::default())
}

pub(crate) fn schema_with(limits: &Limits) -> Schema {
    api::schema(Arc::new(KnowledgeBase::new(snapshot())), limits)
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
