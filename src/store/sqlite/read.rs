//! Contributions read back: the tables are walked side by side, in the order of documents, in five statements for all of them.
//!
//! rows of `documents`, `entities`, `mentions`, `relation_mentions`, `evidence` → one `Stored` after the other
//!
//! All documents come in the order in which they were written, for so they lie on the disk, which is then read from its beginning to its
//! end; in any other order it would be read here and there, which takes ten times as long. Nothing is sorted here. What does not fit
//! together is damage, never a panic.

use std::cmp::Ordering;
use std::sync::Arc;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Connection, Row, Rows, Statement, Transaction, TransactionBehavior, params_from_iter};

use crate::model::{
    Annotations, Contribution, DateRange, Document, DocumentId, EntityKind, Language, LocalEntity, Mention,
    MentionForm, PartialDate, Qualifiers, RelationKind, RelationMention, RuleId, Stored,
};

use super::failure::{Failure, Outcome};
#[cfg(test)]
use super::open::FORMAT;
use super::packed::unpack;
use super::rows::{amount, count, lines, modality, moment, names, optional_span, sections, span, unknown};

/// Columns and table, the column that is the key of the document, and the order.
type Question = (&'static str, &'static str, &'static str);

const DOCUMENTS: Question = (
    "d.key, d.id, d.source, d.url, d.language, d.title, d.published, d.text, d.sections, d.extractor, d.added, l.at, d.lines, d.packed
    FROM documents d CROSS JOIN log l ON l.version = d.added",
    "d.key",
    "d.key",
);
const ENTITIES: Question = (
    "document, kind, name, aliases, registry, named, country, source_id FROM entities",
    "document",
    "document, number",
);
const MENTIONS: Question =
    ("document, entity, start, length, described, rule FROM mentions", "document", "document, entity, number");
const RELATIONS: Question = (
    "document, kind, subject, object, subject_start, subject_length, object_start, object_length, trigger_start, trigger_length,
    modality, date, role, amount, currency, confidence, rule FROM relation_mentions",
    "document",
    "document, number",
);
const EVIDENCE: Question =
    ("document, relation, start, length FROM evidence", "document", "document, relation, number");

/// What formats after the first added.
const SINCE: [(i64, &str); 3] = [(2, "d.lines"), (2, "source_id"), (3, "d.packed")];

/// A statement for all documents, or for the one whose id it is given. A store that may only be read stays in the format it has: what
/// that does not know is NULL.
fn statement((what, key, order): Question, one: bool, format: i64) -> String {
    let absent = SINCE.iter().filter(|(since, _)| format < *since);
    let what = absent.fold(what.to_owned(), |what, (_, column)| what.replace(column, "NULL"));
    let which = if one { format!("WHERE {key} = (SELECT key FROM documents WHERE id = ?1)") } else { String::new() };
    format!("SELECT {what} {which} ORDER BY {order}")
}

/// What all documents are read with, for whoever looks at how it is done.
#[cfg(test)]
pub(super) fn statements(one: bool) -> [String; 5] {
    [DOCUMENTS, ENTITIES, MENTIONS, RELATIONS, EVIDENCE].map(|question| statement(question, one, FORMAT))
}

/// Everything read until this is dropped is of one moment, whatever others write.
pub(super) fn moment_in_time(connection: &Connection) -> Outcome<Option<Transaction<'_>>> {
    // Within a transaction that is so already.
    let free = connection.is_autocommit();
    let begin = || Transaction::new_unchecked(connection, TransactionBehavior::Deferred);
    Ok(free.then(begin).transpose()?)
}

/// The version of the newest entry.
pub(super) fn head(connection: &Connection) -> Outcome<u64> {
    connection.query_row("SELECT ifnull(max(version), 0) FROM log", (), |row| Ok(count(row, 0)))?
}

/// One document.
pub(super) fn stored(connection: &Connection, id: &DocumentId) -> Outcome<Option<Stored>> {
    let mut found = None;
    walk(connection, Some(id), &mut |stored| {
        found = Some(stored);
        Ok(())
    })?;
    Ok(found)
}

/// All documents in the order in which they were written, or one of them.
pub(super) fn walk(
    connection: &Connection,
    only: Option<&DocumentId>,
    visit: &mut dyn FnMut(Stored) -> Outcome<()>,
) -> Outcome<()> {
    let _moment = moment_in_time(connection)?;
    let rules = rules(connection)?;
    let format = connection.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    let prepare = |question: Question| connection.prepare(&statement(question, only.is_some(), format));
    let (mut documents, mut entities, mut mentions) = (prepare(DOCUMENTS)?, prepare(ENTITIES)?, prepare(MENTIONS)?);
    let (mut relations, mut evidence) = (prepare(RELATIONS)?, prepare(EVIDENCE)?);
    let mut documents = Walk::begin(&mut documents, only)?;
    let mut parts = Parts {
        entities: Walk::begin(&mut entities, only)?,
        mentions: Walk::begin(&mut mentions, only)?,
        relations: Walk::begin(&mut relations, only)?,
        evidence: Walk::begin(&mut evidence, only)?,
        rules,
    };
    let mut extractor: Arc<str> = Arc::from("");
    while let Some(row) = documents.rows.get() {
        let (key, document) = (row.get(0)?, document(row)?);
        let named = row.get_ref(9)?.as_str().map_err(|error| Failure::damaged(error.to_string()))?;
        if *extractor != *named {
            extractor = Arc::from(named);
        }
        let (added, added_at) = (count(row, 10)?, moment(row, 11)?);
        let annotations =
            match row.get_ref(13)?.as_blob_or_null().map_err(|error| Failure::damaged(error.to_string()))? {
                Some(bytes) => unpack(document.id.clone(), bytes),
                None => parts.annotations(key, document.id.clone()),
            };
        let annotations = annotations.map_err(|failure| match failure {
            Failure::Damaged(reason) => Failure::Damaged(format!("in {}, {reason}", document.id)),
            other => other,
        })?;
        let (document, annotations) = (Arc::new(document), Arc::new(annotations));
        let contribution = Contribution { document, annotations, extractor: extractor.clone() };
        visit(Stored { contribution, added, added_at })?;
        documents.rows.advance()?;
    }
    Ok(())
}

/// The names of rules by key.
fn rules(connection: &Connection) -> Outcome<Vec<Option<RuleId>>> {
    let mut rules = Vec::new();
    let mut statement = connection.prepare("SELECT key, name FROM rules")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let key: usize = count(row, 0)?;
        // Keys are given from 1 on; one far beyond the number of rules was not given by us.
        if key > 1 << 20 {
            return Err(Failure::damaged(format!("a rule has the key {key}")));
        }
        if rules.len() <= key {
            rules.resize(key + 1, None);
        }
        rules[key] = Some(RuleId::new(row.get::<_, String>(1)?));
    }
    Ok(rules)
}

/// A statement under way, at its first row that was not taken yet. Its first column is the key of a document.
struct Walk<'s> {
    rows: Rows<'s>,
}

impl<'s> Walk<'s> {
    fn begin(statement: &'s mut Statement<'_>, only: Option<&DocumentId>) -> Outcome<Self> {
        let mut rows = statement.query(params_from_iter(only.map(DocumentId::as_str)))?;
        rows.advance()?;
        Ok(Self { rows })
    }

    /// Takes the rows of one document.
    fn of(&mut self, document: i64, mut take: impl FnMut(&Row<'_>) -> Outcome<()>) -> Outcome<()> {
        while let Some(row) = self.rows.get() {
            match row.get::<_, i64>(0)?.cmp(&document) {
                Ordering::Less => return Err(Failure::damaged("something hangs on a document that does not exist")),
                Ordering::Equal => take(row)?,
                Ordering::Greater => break,
            }
            self.rows.advance()?;
        }
        Ok(())
    }
}

/// What hangs on documents.
struct Parts<'s> {
    entities: Walk<'s>,
    mentions: Walk<'s>,
    relations: Walk<'s>,
    evidence: Walk<'s>,
    rules: Vec<Option<RuleId>>,
}

impl Parts<'_> {
    fn annotations(&mut self, key: i64, document: DocumentId) -> Outcome<Annotations> {
        let Self { rules, .. } = self;
        let rule = |row: &Row<'_>, column: usize| {
            let key: usize = count(row, column)?;
            rules.get(key).cloned().flatten().ok_or_else(|| Failure::damaged(format!("there is no rule {key}")))
        };
        let mut entities: Vec<LocalEntity> = Vec::new();
        self.entities.of(key, |row| {
            entities.push(entity(row)?);
            Ok(())
        })?;
        self.mentions.of(key, |row| {
            let form = if row.get(4)? { MentionForm::Description } else { MentionForm::Name };
            let mention = Mention { span: span(row, 2)?, form, rule: rule(row, 5)? };
            at(&mut entities, row)?.mentions.push(mention);
            Ok(())
        })?;
        let mut relations = Vec::new();
        self.relations.of(key, |row| {
            relations.push(relation(row, rule(row, 16)?)?);
            Ok(())
        })?;
        self.evidence.of(key, |row| {
            let span = span(row, 2)?;
            at(&mut relations, row)?.evidence.push(span);
            Ok(())
        })?;
        let lost = relations.iter().find(|relation| relation.subject.max(relation.object) >= entities.len());
        match lost {
            Some(relation) => Err(Failure::damaged(format!("an end of a relation ({}) is missing", relation.kind))),
            None => Ok(Annotations { document, entities, relations }),
        }
    }
}

/// What the second column counts in a list.
fn at<'l, T>(list: &'l mut [T], row: &Row<'_>) -> Outcome<&'l mut T> {
    let place: usize = count(row, 1)?;
    list.get_mut(place).ok_or_else(|| Failure::damaged(format!("number {place} of a list is missing")))
}

fn document(row: &Row<'_>) -> Outcome<Document> {
    let published: Option<String> = row.get(6)?;
    let date = |text: String| PartialDate::parse(&text).ok_or_else(|| unknown("date", &text));
    Ok(Document {
        id: DocumentId::from_text(row.get::<_, String>(1)?),
        source: row.get(2)?,
        title: row.get(5)?,
        url: row.get(3)?,
        language: Language::new(&row.get::<_, String>(4)?),
        published: published.map(date).transpose()?,
        text: row.get(7)?,
        sections: sections(&row.get::<_, String>(8)?)?,
        lines: lines(row.get::<_, Option<String>>(12)?.as_deref())?,
    })
}

fn entity(row: &Row<'_>) -> Outcome<LocalEntity> {
    let kind = row.get_ref(1)?.as_str().unwrap_or_default();
    Ok(LocalEntity {
        kind: EntityKind::parse(kind).ok_or_else(|| unknown("kind of entity", kind))?,
        name: row.get(2)?,
        aliases: names(row.get::<_, Option<String>>(3)?.as_deref())?,
        registry: row.get(4)?,
        source_id: row.get(7)?,
        named: row.get(5)?,
        country: row.get(6)?,
        mentions: Vec::new(),
    })
}

fn relation(row: &Row<'_>, rule: RuleId) -> Outcome<RelationMention> {
    let kind = row.get_ref(1)?.as_str().unwrap_or_default();
    let date: Option<String> = row.get(11)?;
    let date = date.map(|text| DateRange::parse(&text).ok_or_else(|| unknown("date", &text))).transpose()?;
    let modality = modality(row.get_ref(10)?.as_str().unwrap_or_default())?;
    Ok(RelationMention {
        kind: RelationKind::parse(kind).ok_or_else(|| unknown("kind of relation", kind))?,
        subject: count(row, 2)?,
        object: count(row, 3)?,
        subject_span: span(row, 4)?,
        object_span: span(row, 6)?,
        trigger: optional_span(row, 8)?,
        qualifiers: Qualifiers { modality, date, role: row.get(12)?, amount: amount(row, 13)?, currency: row.get(14)? },
        confidence: row.get::<_, f64>(15)? as f32,
        evidence: Vec::new(),
        rule,
    })
}
