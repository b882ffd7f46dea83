//! A graph that looks random, the same everywhere: organizations, projects, events and countries in turn, a few of them in very many relations.
//!
//! `graph(10_000, 100_000)` → entity 0, an organization, funds thousands of projects

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maillage::model::{
    Annotations, Belonging, Changes, Contribution, Document, DocumentId, Entity, EntityId, EntityKind, Language,
    LocalEntity, Mention, MentionForm, Qualifiers, RelationKind, RelationMention, RuleId, Span, Stored,
};
use maillage::snapshot::{Draft, Snapshot};

const KINDS: [EntityKind; 4] = [EntityKind::Organization, EntityKind::Project, EntityKind::Event, EntityKind::Country];

fn kind(number: usize) -> EntityKind {
    KINDS[number % KINDS.len()]
}

/// The id of an entity by its number.
pub(crate) fn id(number: usize) -> EntityId {
    EntityId::new(kind(number), &format!("{number:06}"))
}

/// Numbers that look random: the same everywhere.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}

/// A graph of so many entities and relations.
pub(crate) fn graph(entities: usize, relations: usize) -> Snapshot {
    let span = Span::new(0, 2);
    let text = "Un texte.".to_string();
    let document = Document {
        id: DocumentId::of_bytes(text.as_bytes()),
        source: "1.txt".into(),
        title: None,
        url: None,
        language: Language::new("fr"),
        published: None,
        text,
        sections: Vec::new(),
        lines: None,
    };
    let mut belonging = Belonging::of(document.id.clone());
    let (mut locals, mut values, mut statements) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..entities {
        let (name, kind) = (format!("E{number}"), kind(number));
        belonging.mentions.push((number as u32, id(number)));
        let mentions = vec![Mention { span, form: MentionForm::Name, rule: RuleId::new("bench") }];
        let (aliases, registry, source_id, country) = Default::default();
        locals.push(LocalEntity {
            kind,
            name: name.clone(),
            aliases,
            registry,
            source_id,
            named: true,
            country,
            mentions,
        });
        values.push(Entity {
            id: id(number),
            kind,
            name,
            names: BTreeMap::new(),
            aliases: BTreeSet::new(),
            external_ids: BTreeMap::new(),
            named: true,
            country: None,
            merged_ids: BTreeSet::new(),
            resolved_from: Vec::new(),
            confirmed: false,
        });
    }
    let mut seed = 0;
    while statements.len() < relations {
        seed += 1;
        // Small numbers come more often than large ones: hubs.
        let place = |n: u64| ((mixed(n) % 1_000_000) as f64 / 1e6).powi(2) * entities as f64;
        let (subject, object) = (place(seed * 2) as usize, place(seed * 2 + 1) as usize);
        let Some(kind) = fitting(kind(subject), kind(object)).filter(|_| subject != object) else { continue };
        belonging.statements.push((statements.len() as u32, id(subject), id(object)));
        statements.push(RelationMention {
            kind,
            subject,
            object,
            subject_span: span,
            object_span: span,
            trigger: None,
            qualifiers: Qualifiers::default(),
            confidence: 0.5 + (mixed(seed) % 50) as f32 / 100.0,
            evidence: vec![span],
            rule: RuleId::new("bench"),
        });
    }
    let annotations = Annotations { document: document.id.clone(), entities: locals, relations: statements };
    let contribution =
        Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: "bench".into() };
    let stored = Stored { contribution, added: 1, added_at: jiff::Timestamp::UNIX_EPOCH };
    let changes = Changes { added: vec![stored], attached: vec![belonging], entities: values, ..Changes::default() };
    Draft::of(changes).snapshot(1)
}

fn fitting(subject: EntityKind, object: EntityKind) -> Option<RelationKind> {
    match (subject, object) {
        (EntityKind::Organization | EntityKind::Country, EntityKind::Project) => Some(RelationKind::Funds),
        (EntityKind::Organization, EntityKind::Event) => Some(RelationKind::Organizes),
        (EntityKind::Event, EntityKind::Project) => Some(RelationKind::PartOf),
        (EntityKind::Event, EntityKind::Country) => Some(RelationKind::HeldIn),
        (EntityKind::Project | EntityKind::Organization, EntityKind::Country) => Some(RelationKind::OperatesIn),
        _ => None,
    }
}
