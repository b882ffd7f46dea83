//! Small graphs that look random, for tests of lists: the same from the same seed, and growing with the number of documents.
//!
//! `random_graph::snapshot(7, 5)` → the graph of the first five documents of seed 7

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maillage::model::{
    Annotations, Belonging, Changes, Contribution, DateRange, Document, DocumentId, Entity, EntityId, EntityKind,
    Language, LocalEntity, Mention, MentionForm, Modality, PartialDate, Qualifiers, RelationId, RelationKind,
    RelationMention, RuleId, Span, Stored,
};
use maillage::snapshot::{Draft, Snapshot};

use crate::made_up::{Dice, moment};

pub(crate) const DOCUMENTS: usize = 9;
pub(crate) const NAMES: [&str; 6] = ["Réseau côtier", "RÉSEAU", "Île d’Œuvre", "l’OIM", "côtier", "…"];
pub(crate) const SENTENCES: [&str; 4] =
    ["Le réseau côtier finance l’atelier. ", "Rien. ", "À hauteur de 2 millions. ", "L’OIM y prend part. "];
pub(crate) const DATES: [&str; 8] =
    ["2012", "2012-02", "2012-02-29", "2012-08-18", "2012-12/2013-01", "2013", "XXXX-08-18", ""];
pub(crate) const KINDS: [EntityKind; 4] =
    [EntityKind::Country, EntityKind::Organization, EntityKind::Project, EntityKind::Event];
pub(crate) const RELATIONS: [RelationKind; 4] =
    [RelationKind::Funds, RelationKind::PartnersWith, RelationKind::HeldIn, RelationKind::WorksFor];
pub(crate) const AMOUNTS: [f64; 6] = [0.1 + 0.2, -0.0, 1e6, 2.5, f64::INFINITY, 1.0 / 3.0];
const ENTITIES: u64 = 11;

pub(crate) fn document_id(number: u64) -> DocumentId {
    DocumentId::of_bytes(&[number as u8, 7])
}

pub(crate) fn entity(seed: u64, number: u64) -> Entity {
    let mut dice = Dice(seed << 8 ^ number);
    let kind = dice.pick(&KINDS);
    let mut names = BTreeMap::new();
    if dice.roll(3) == 0 {
        names.insert(Language::new("en"), vec![dice.pick(&NAMES).to_string()]);
    }
    Entity {
        id: EntityId::new(kind, &format!("e{number}")),
        kind,
        name: dice.pick(&NAMES).to_string(),
        names,
        aliases: (0..dice.roll(2)).map(|_| dice.pick(&NAMES).to_string()).collect(),
        external_ids: (0..dice.roll(2))
            .map(|_| (dice.pick(&["iso", "wikidata"]).into(), dice.pick(&["A", "B"]).into()))
            .collect(),
        named: dice.roll(2) == 0,
        country: dice.pick(&[None, Some("SN"), Some("CA")]).map(Into::into),
        merged_ids: (0..dice.roll(2)).map(|_| EntityId::from_text(format!("project:old-{number}"))).collect(),
        resolved_from: Vec::new(),
        confirmed: dice.roll(3) == 0,
    }
}

fn contribution(seed: u64, number: u64) -> (Stored, Belonging) {
    let mut dice = Dice(seed << 16 ^ number);
    let picked: Vec<usize> = (0..1 + dice.roll(4)).map(|_| dice.roll(4) as usize).collect();
    let mut spans = Vec::new();
    let mut text = String::new();
    for sentence in picked {
        let start = text.len();
        text.push_str(SENTENCES[sentence]);
        spans.push(Span::new(start, text.len() - 1));
    }
    let mut belonging = Belonging::of(document_id(number));
    let mut locals = Vec::new();
    let mentioned: BTreeSet<u64> = (0..2 + dice.roll(5)).map(|_| dice.roll(ENTITIES)).collect();
    for entity in mentioned.iter().map(|number| self::entity(seed, *number)) {
        let mention = |_| Mention { span: spans[0], form: MentionForm::Name, rule: RuleId::new("test/name") };
        let mentions = (0..1 + dice.roll(3)).map(mention).collect();
        belonging.mentions.push((locals.len() as u32, entity.id.clone()));
        let (aliases, registry, source_id, country) = Default::default();
        locals.push(LocalEntity {
            kind: entity.kind,
            name: entity.name,
            aliases,
            registry,
            source_id,
            named: true,
            country,
            mentions,
        });
    }
    let mut relations = Vec::new();
    for _ in 0..dice.roll(7) {
        let ends = (dice.roll(locals.len() as u64) as usize, dice.roll(locals.len() as u64) as usize);
        let kind = dice.pick(&RELATIONS);
        let mut ids = (belonging.mentions[ends.0].1.clone(), belonging.mentions[ends.1].1.clone());
        if kind == RelationKind::PartnersWith && ids.1 < ids.0 {
            ids = (ids.1, ids.0);
        }
        belonging.statements.push((relations.len() as u32, ids.0, ids.1));
        let paid = dice.roll(2) == 0;
        let qualifiers = Qualifiers {
            modality: dice.pick(&[Modality::Asserted, Modality::Planned, Modality::Proposed]),
            date: DateRange::parse(dice.pick(&DATES)),
            role: dice.pick(&[None, Some("Cheffe de mission"), Some("chef")]).map(Into::into),
            amount: paid.then(|| dice.pick(&AMOUNTS)),
            currency: if paid { dice.pick(&[None, Some("EUR"), Some("XOF")]).map(Into::into) } else { None },
        };
        let sentence = dice.pick(&spans);
        relations.push(RelationMention {
            kind,
            subject: ends.0,
            object: ends.1,
            subject_span: sentence,
            object_span: sentence,
            trigger: None,
            qualifiers,
            confidence: dice.pick(&[0.9, 0.75, 1.0 / 3.0, 1.0]),
            evidence: vec![sentence],
            rule: RuleId::new(dice.pick(&["fr/funds/verb", "fr/held-in"])),
        });
    }
    let document = Document {
        id: document_id(number),
        source: format!("{}/{number}.txt", dice.pick(&["Été", "corpus"])),
        title: dice.pick(&[None, Some("Atelier à Dakar"), Some("atelier")]).map(Into::into),
        url: None,
        language: Language::new(dice.pick(&["fr", "fr-CA", "en"])),
        published: PartialDate::parse(dice.pick(&["2012", "2012-02", "2012-02-29", "XXXX-08-18", ""])),
        text,
        sections: Vec::new(),
        lines: None,
    };
    let annotations = Annotations { document: document.id.clone(), entities: locals, relations };
    let contribution =
        Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: "0.1.0".into() };
    (Stored { contribution, added: number + 1, added_at: moment(dice.roll(5)) }, belonging)
}

/// The graph of the first documents.
pub(crate) fn snapshot(seed: u64, documents: usize) -> Snapshot {
    let (added, attached): (Vec<Stored>, Vec<Belonging>) =
        (0..documents as u64).map(|number| contribution(seed, number)).unzip();
    let confirmed = added.iter().zip(&attached).flat_map(|(stored, belonging)| {
        let stated = stored.contribution.annotations.relations.iter().zip(&belonging.statements);
        stated.map(|(statement, (_, subject, object))| RelationId::new(statement.kind, subject, object))
    });
    let confirmed = confirmed.filter(|id| id.as_str().ends_with(|c: char| c < '6')).map(|id| (id, true)).collect();
    let there = |entity: &Entity| {
        attached.iter().any(|belonging: &Belonging| belonging.mentions.iter().any(|(_, id)| *id == entity.id))
    };
    let entities = (0..ENTITIES).map(|number| entity(seed, number)).filter(there).collect();
    let mut draft = Draft::default();
    draft.apply(&Changes { added, attached, entities, confirmed, ..Changes::default() });
    draft.snapshot(documents as u64)
}
