//! The extraction record: what one document mentions and states, as a line of JSON.
//!
//! a document with `OIM` at its bytes 3–6 → `{"entities": [{"mentions": [{"start": 2, "end": 5, "text": "OIM"}]}], …}`
//!
//! Offsets leave the program as code points. Must not know where records go.

use crate::model::{
    CodePoints, Document, Entity, Evidence, Record, RecordEntity, RecordRelation, RecordSpan, Relation, Span,
};

/// The record's format.
const VERSION: u32 = 1;

/// The record of one document: of the entities and relations only what this document mentions and states.
///
/// A relation that it states more than once is one relation with all its sentences, the qualifiers and rule of the statement with
/// the highest confidence, and that confidence.
pub fn record(document: &Document, entities: &[Entity], relations: &[Relation]) -> Record {
    let text = RecordText { document, points: CodePoints::new(&document.text) };
    Record {
        version: VERSION,
        id: document.id.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        language: document.language.clone(),
        published: document.published,
        text: document.text.clone(),
        entities: entities.iter().filter_map(|entity| text.entity(entity)).collect(),
        relations: relations.iter().filter_map(|relation| text.relation(relation)).collect(),
    }
}

struct RecordText<'d> {
    document: &'d Document,
    points: CodePoints,
}

impl RecordText<'_> {
    fn span(&self, span: Span) -> RecordSpan {
        let text = span.of(&self.document.text).to_string();
        RecordSpan { start: self.points.at(span.start), end: self.points.at(span.end), text }
    }

    fn entity(&self, entity: &Entity) -> Option<RecordEntity> {
        let here = entity.mentions.iter().filter(|mention| mention.document == self.document.id);
        let mentions: Vec<_> = here.map(|mention| self.span(mention.span)).collect();
        (!mentions.is_empty()).then(|| RecordEntity {
            id: entity.id.clone(),
            kind: entity.kind,
            name: entity.name.clone(),
            aliases: entity.aliases.iter().cloned().collect(),
            external_ids: entity.external_ids.clone(),
            mentions,
        })
    }

    fn relation(&self, relation: &Relation) -> Option<RecordRelation> {
        let here: Vec<&Evidence> = relation.evidence.iter().filter(|e| e.document == self.document.id).collect();
        let best = here.iter().rev().max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
        let mut spans: Vec<_> = here.iter().flat_map(|evidence| &evidence.spans).copied().collect();
        spans.sort();
        spans.dedup();
        Some(RecordRelation {
            kind: relation.kind,
            subject: relation.subject.clone(),
            object: relation.object.clone(),
            confidence: best.confidence,
            qualifiers: best.qualifiers.clone(),
            rule: best.rule.to_string(),
            evidence: spans.into_iter().map(|span| self.span(span)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::model::{DocumentId, EntityId, EntityKind, EntityMention, Language, RuleId};

    #[test]
    fn offsets_count_code_points_and_other_documents_stay_out() {
        let text = "À l’OIM".to_string();
        let id = DocumentId::of_bytes(text.as_bytes());
        let document = Document {
            id: id.clone(),
            source: "a.txt".into(),
            title: None,
            url: None,
            language: Language::new("fr"),
            published: None,
            text,
            sections: Vec::new(),
        };
        let mention = |document: &DocumentId| EntityMention {
            document: document.clone(),
            span: Span::new(7, 10),
            rule: RuleId::new("test"),
        };
        let entity = |name: &str, document: &DocumentId| Entity {
            id: EntityId::new(EntityKind::Organization, name),
            kind: EntityKind::Organization,
            name: name.into(),
            names: BTreeMap::new(),
            aliases: BTreeSet::new(),
            external_ids: BTreeMap::new(),
            named: true,
            country: None,
            mentions: vec![mention(document)],
            merged_ids: BTreeSet::new(),
        };
        let other = DocumentId::of_bytes(b"other");
        let record = record(&document, &[entity("oim", &id), entity("hcr", &other)], &[]);
        assert_eq!(record.entities.len(), 1);
        assert_eq!(record.entities[0].mentions, [RecordSpan { start: 4, end: 7, text: "OIM".into() }]);
    }
}
