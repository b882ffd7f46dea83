//! A contribution as rows: one in `documents`, the others numbered as they stand in its lists. Of lines of a data file there is only the first, with the
//! others packed.
//!
//! *L'OIM finance …* → a row in `documents`, two in `entities`, three in `mentions`, one in `relation_mentions`, one in `evidence`

use rusqlite::{OptionalExtension, params};

use crate::model::{Annotations, Contribution, LocalEntity, MentionForm, RelationMention, RuleId};

use super::failure::Outcome;
use super::packed;
use super::rows::{amount_value, confidence_number, lines_text, modality_text, names_text, number, sections_text};
use super::statements::Statements;
use super::write::Rules;

/// Adds a document that is not stored; its key.
pub(super) fn insert(
    statements: &mut Statements<'_>,
    rules: &mut Rules,
    contribution: &Contribution,
    added: i64,
) -> Outcome<i64> {
    let Contribution { document, annotations, extractor } = contribution;
    let sql =
        "INSERT INTO documents (id, source, url, language, title, published, extractor, added, kept, sections, text, lines, packed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12)";
    let packed = packed_lines(contribution)?;
    let row = params![
        document.id.as_str(),
        document.source,
        document.url,
        document.language.as_str(),
        document.title,
        document.published.map(|date| date.to_string()),
        extractor,
        added,
        sections_text(&document.sections),
        document.text,
        lines_text(document.lines.as_ref()),
        packed,
    ];
    let key = statements.insert(sql, row)?;
    if packed.is_none() {
        Rows { statements, rules, key }.annotations(annotations)?;
    }
    Ok(key)
}

/// Replaces everything but the id, the entry that added it and what holds it.
pub(super) fn replace(
    statements: &mut Statements<'_>,
    rules: &mut Rules,
    key: i64,
    contribution: &Contribution,
) -> Outcome<()> {
    let Contribution { document, annotations, extractor } = contribution;
    let sql = "UPDATE documents SET source = ?2, url = ?3, language = ?4, title = ?5, published = ?6, extractor = ?7,
        sections = ?8, text = ?9, lines = ?10, packed = ?11 WHERE key = ?1";
    let packed = packed_lines(contribution)?;
    let row = params![
        key,
        document.source,
        document.url,
        document.language.as_str(),
        document.title,
        document.published.map(|date| date.to_string()),
        extractor,
        sections_text(&document.sections),
        document.text,
        lines_text(document.lines.as_ref()),
        packed,
    ];
    statements.run(sql, row)?;
    clear(statements, key)?;
    if packed.is_some() { Ok(()) } else { Rows { statements, rules, key }.annotations(annotations) }
}

/// What was observed in lines of a data file, as bytes; nothing for a text, of which it becomes rows.
fn packed_lines(contribution: &Contribution) -> Outcome<Option<Vec<u8>>> {
    contribution.document.lines.as_ref().map(|_| packed::pack(&contribution.annotations)).transpose()
}

/// Takes out what hangs on a document. Statements go first: each entity that goes is looked for among the statements of its document,
/// which takes as long as there are some.
pub(super) fn clear(statements: &mut Statements<'_>, key: i64) -> Outcome<()> {
    statements.run("DELETE FROM relation_mentions WHERE document = ?1", [key])?;
    statements.run("DELETE FROM entities WHERE document = ?1", [key]).map(drop)
}

/// Adds the rows of one document.
struct Rows<'s, 'c, 'r> {
    statements: &'s mut Statements<'c>,
    rules: &'r mut Rules,
    key: i64,
}

impl Rows<'_, '_, '_> {
    fn annotations(&mut self, annotations: &Annotations) -> Outcome<()> {
        for (at, entity) in annotations.entities.iter().enumerate() {
            self.entity(number(at), entity)?;
        }
        for (at, relation) in annotations.relations.iter().enumerate() {
            self.relation(number(at), relation)?;
        }
        Ok(())
    }

    fn entity(&mut self, at: i64, entity: &LocalEntity) -> Outcome<()> {
        let sql = "INSERT INTO entities (document, number, kind, name, aliases, registry, named, country, source_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let LocalEntity { name, registry, named, country, source_id, .. } = entity;
        let (kind, aliases) = (entity.kind.as_str(), names_text(&entity.aliases));
        self.statements.run(sql, params![self.key, at, kind, name, aliases, registry, named, country, source_id])?;
        for (place, mention) in entity.mentions.iter().enumerate() {
            let rule = self.rule(&mention.rule)?;
            let (start, length) = (number(mention.span.start), number(mention.span.len()));
            let described = mention.form == MentionForm::Description;
            let sql = "INSERT INTO mentions (document, entity, number, start, length, described, rule)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            self.statements.run(sql, params![self.key, at, number(place), start, length, described, rule])?;
        }
        Ok(())
    }

    fn relation(&mut self, at: i64, relation: &RelationMention) -> Outcome<()> {
        let sql = "INSERT INTO relation_mentions (document, number, kind, subject, object, subject_start, subject_length,
            object_start, object_length, trigger_start, trigger_length, modality, date, role, amount, currency, confidence, rule)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
        let qualifiers = &relation.qualifiers;
        let rule = self.rule(&relation.rule)?;
        let row = params![
            self.key,
            at,
            relation.kind.as_str(),
            number(relation.subject),
            number(relation.object),
            number(relation.subject_span.start),
            number(relation.subject_span.len()),
            number(relation.object_span.start),
            number(relation.object_span.len()),
            relation.trigger.map(|span| number(span.start)),
            relation.trigger.map(|span| number(span.len())),
            modality_text(qualifiers.modality),
            qualifiers.date.map(|date| date.to_string()),
            qualifiers.role,
            qualifiers.amount.map(amount_value),
            qualifiers.currency,
            confidence_number(relation.confidence),
            rule,
        ];
        self.statements.run(sql, row)?;
        for (place, span) in relation.evidence.iter().enumerate() {
            let sql = "INSERT INTO evidence (document, relation, number, start, length) VALUES (?1, ?2, ?3, ?4, ?5)";
            self.statements.run(sql, [self.key, at, number(place), number(span.start), number(span.len())])?;
        }
        Ok(())
    }

    /// The key of a rule, which may be new.
    fn rule(&mut self, RuleId(name): &RuleId) -> Outcome<i64> {
        if let Some(key) = self.rules.get(name) {
            return Ok(*key);
        }
        let known = self.statements.prepare("SELECT key FROM rules WHERE name = ?1")?;
        let key = match known.query_row([name], |row| row.get(0)).optional()? {
            Some(key) => key,
            None => self.statements.insert("INSERT INTO rules (name) VALUES (?1)", [name])?,
        };
        self.rules.insert(name.clone(), key);
        Ok(key)
    }
}
