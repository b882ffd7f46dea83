//! A document's annotations as its extraction record: code points instead of bytes, ids instead of indices.
//!
//! Local entities with one id become one entity of the record; statements of one relation become one relation with all its evidence.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{Entry, lexicon};
use crate::model::{
    Annotations, CodePoints, Document, EntityId, LocalEntity, Record, RecordEntity, RecordRelation, RecordSpan,
    RelationKind, RelationMention, Span,
};

/// The record of a document; `ids` are those of the annotations' entities, in their order.
pub fn record(document: &Document, annotations: &Annotations, ids: &[EntityId]) -> Record {
    let points = CodePoints::new(&document.text);
    let span = |span: Span| RecordSpan {
        start: points.at(span.start),
        end: points.at(span.end),
        text: span.of(&document.text).to_owned(),
    };
    let mut order: Vec<&EntityId> = Vec::new();
    let mut entities: BTreeMap<&EntityId, RecordEntity> = BTreeMap::new();
    for (id, local) in ids.iter().zip(&annotations.entities) {
        let mentions = local.mentions.iter().map(|mention| span(mention.span));
        if let Some(known) = entities.get_mut(id) {
            known.mentions.extend(mentions);
            let forms = local.aliases.iter().chain([&local.name]);
            let new: Vec<String> =
                forms.filter(|form| **form != known.name && !known.aliases.contains(form)).cloned().collect();
            known.aliases.extend(new);
            continue;
        }
        order.push(id);
        let entity = RecordEntity {
            id: id.clone(),
            kind: local.kind,
            name: local.name.clone(),
            aliases: local.aliases.iter().cloned().collect(),
            external_ids: listed(local).map(Entry::ids).unwrap_or_default(),
            mentions: mentions.collect(),
        };
        entities.insert(id, entity);
    }
    let entities = order.into_iter().filter_map(|id| entities.remove(id)).collect();
    Record {
        version: 1,
        id: document.id.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        language: document.language.clone(),
        published: document.published,
        text: document.text.clone(),
        entities,
        relations: relations(annotations, ids, span),
    }
}

fn listed(local: &LocalEntity) -> Option<&'static Entry> {
    lexicon().by_key(local.kind, local.registry.as_ref()?)
}

fn relations(annotations: &Annotations, ids: &[EntityId], span: impl Fn(Span) -> RecordSpan) -> Vec<RecordRelation> {
    let mut order: Vec<(RelationKind, &EntityId, &EntityId)> = Vec::new();
    let mut grouped: BTreeMap<(RelationKind, &EntityId, &EntityId), Vec<&RelationMention>> = BTreeMap::new();
    for relation in &annotations.relations {
        let key = (relation.kind, &ids[relation.subject], &ids[relation.object]);
        if key.1 == key.2 {
            continue;
        }
        let statements = grouped.entry(key).or_default();
        if statements.is_empty() {
            order.push(key);
        }
        statements.push(relation);
    }
    let build = |key: (RelationKind, &EntityId, &EntityId)| {
        let statements = &grouped[&key];
        let mut best = statements[0];
        for statement in statements {
            let stronger = statement
                .confidence
                .total_cmp(&best.confidence)
                .then(best.qualifiers.modality.cmp(&statement.qualifiers.modality));
            if stronger.is_gt() {
                best = statement;
            }
        }
        let evidence: BTreeSet<Span> = statements.iter().flat_map(|s| s.evidence.iter().copied()).collect();
        RecordRelation {
            kind: key.0,
            subject: key.1.clone(),
            object: key.2.clone(),
            confidence: (best.confidence * 100.0).round() / 100.0,
            qualifiers: best.qualifiers.clone(),
            rule: best.rule.to_string(),
            evidence: evidence.into_iter().map(&span).collect(),
        }
    };
    order.into_iter().map(build).collect()
}
