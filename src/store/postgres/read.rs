//! The store read back: entries, documents, decisions, and the lists beside them.
//!
//! `maillage_log` and `maillage_decisions` → *42: ana decided that …*
//!
//! Nothing is sorted by the database: engines differ in how they order texts.

use std::collections::HashMap;
use std::sync::Arc;

use postgres::Row;

use crate::model::{Decision, DecisionId, DocumentId, Event, LogEntry, Signature, Stored};
use crate::store::words::{CAUSES, meaning, moment, number, unknown};
use crate::store::{Position, Since, Token, spoken_of};

use super::body::contribution;
use super::columns::{decision, digest, optional, text, version, written};
use super::failure::{Failure, Outcome};
use super::line::Connection;

/// How many slots the log is dealt out over.
pub(super) const SLOTS: i64 = 16;

/// How many documents are read at a time.
const PAGE: i64 = 500;

/// Where the store stands.
pub(super) fn position(connection: &mut Connection) -> Outcome<Position> {
    const SQL: &str = "SELECT head, identity, holder FROM maillage_store WHERE name = 'store'";
    let row = connection.row(SQL, &[])?.ok_or_else(|| Failure::damaged("the row of the store is gone"))?;
    let writer: String = row.try_get(2)?;
    Ok(Position {
        version: version(&row, 0)?,
        identity: row.try_get(1)?,
        writer: (!writer.is_empty()).then_some(writer),
    })
}

/// Entries after a version, oldest first.
pub(super) fn entries(connection: &mut Connection, after: u64, most: usize) -> Outcome<Vec<LogEntry>> {
    const SQL: &str = "SELECT version, at, author, reason, event, document, cause, decision FROM maillage_log
        WHERE slot = ANY($1) AND version > $2 AND version <= $3";
    let slots: Vec<i64> = (0..SLOTS).collect();
    let (after, most) = (number(after), number(most));
    let mut rows = connection.rows(SQL, &[&slots, &after, &after.saturating_add(most)])?;
    rows.sort_by_key(|row| row.get::<_, i64>(0));
    let decided: Vec<String> =
        rows.iter().filter(|row| row.get::<_, &str>(4) == "DECIDED").map(|row| row.get(7)).collect();
    let decisions = if decided.is_empty() { HashMap::new() } else { by_entry(connection, &decided)? };
    rows.iter()
        .map(|row| {
            let version = version(row, 0)?;
            entry(row, version, &decisions).map_err(|failure| match failure {
                Failure::Damaged(reason) => Failure::Damaged(format!("in entry {version} of the log, {reason}")),
                other => other,
            })
        })
        .collect()
}

/// Decisions that were ever made, by the entries that made them.
fn by_entry(connection: &mut Connection, ids: &[String]) -> Outcome<HashMap<u64, Decision>> {
    const SQL: &str = "SELECT entry, id, verdict, subject, relation, object, author, reason, at FROM maillage_decisions
        WHERE id = ANY($1)";
    let rows = connection.rows(SQL, &[&ids])?;
    rows.iter().map(|row| Ok((version(row, 0)?, decision(row, 1)?))).collect()
}

fn entry(row: &Row, version: u64, decisions: &HashMap<u64, Decision>) -> Outcome<LogEntry> {
    let missing = |what: &str| Failure::damaged(format!("there is no {what}"));
    let document = || Ok::<_, Failure>(DocumentId::from_text(optional(row, 5)?.ok_or_else(|| missing("document"))?));
    let event = match text(row, 4)?.as_str() {
        "ADDED" => Event::Added(document()?),
        "EXTRACTED" => Event::Extracted(document()?),
        "WITHDRAWN" => {
            Event::Withdrawn(document()?, meaning(&CAUSES, &optional(row, 6)?.ok_or_else(|| missing("cause"))?)?)
        }
        "DECIDED" => Event::Decided(decisions.get(&version).cloned().ok_or_else(|| missing("decision"))?),
        "UNDONE" => Event::Undone(DecisionId::from_text(optional(row, 7)?.ok_or_else(|| missing("decision"))?)),
        other => return Err(unknown("event", other).into()),
    };
    let signature = Signature { author: text(row, 2)?, reason: text(row, 3)?, at: moment(&text(row, 1)?)? };
    Ok(LogEntry { version, signature, event })
}

/// A document with the entry that wrote it last.
pub(super) struct Written {
    pub(super) stored: Stored,
    pub(super) by: u64,
    pub(super) kept: bool,
}

fn document(row: &Row) -> Outcome<Written> {
    let (id, extractor) = (DocumentId::from_text(text(row, 0)?), Arc::from(text(row, 2)?));
    let contribution = contribution(id, text(row, 1)?, extractor, row.try_get(7)?)?;
    let (added, added_at) = (version(row, 3)?, moment(&text(row, 4)?)?);
    Ok(Written { stored: Stored { contribution, added, added_at }, by: version(row, 5)?, kept: row.try_get(6)? })
}

/// The documents of these ids that are stored.
pub(super) fn documents_of(connection: &mut Connection, ids: &[String]) -> Outcome<Vec<Written>> {
    const SQL: &str = "SELECT id, source, extractor, added, added_at, written, kept, body FROM maillage_documents
        WHERE id = ANY($1)";
    connection.rows(SQL, &[&ids])?.iter().map(document).collect()
}

/// What was written after a version; nothing when the rows that are seen are not of one moment. To be asked within one.
pub(super) fn since(connection: &mut Connection, after: u64) -> Outcome<Option<Since>> {
    let position = position(connection)?;
    let newer = usize::try_from(position.version.saturating_sub(after)).unwrap_or(usize::MAX);
    let entries = entries(connection, after, newer)?;
    let mut last: HashMap<&DocumentId, u64> = HashMap::new();
    for entry in &entries {
        if let Event::Added(id) | Event::Extracted(id) = &entry.event {
            last.insert(id, entry.version);
        }
    }
    let ids = spoken_of(&entries);
    let keys: Vec<_> = ids.iter().map(|id| written(id.as_str()).into_owned()).collect();
    let found = documents_of(connection, &keys)?;
    let fits = |one: &Written| last.get(&one.stored.contribution.document.id) == Some(&one.by);
    let whole = entries.len() == newer && found.len() == ids.len() && found.iter().all(fits);
    let stored = found.into_iter().map(|one| one.stored).collect();
    Ok(whole.then_some(Since { position, entries, stored }))
}

/// The documents behind an id, a page of them; none behind the last.
pub(super) fn page(connection: &mut Connection, after: &str) -> Outcome<Vec<Written>> {
    const SQL: &str = "SELECT id, source, extractor, added, added_at, written, kept, body FROM maillage_documents
        WHERE id > $1 ORDER BY id LIMIT $2";
    connection.rows(SQL, &[&after, &PAGE])?.iter().map(document).collect()
}

/// The documents with their extractors, in the order of ids.
pub(super) fn documents(connection: &mut Connection) -> Outcome<Vec<(DocumentId, String)>> {
    let rows = connection.rows("SELECT id, extractor FROM maillage_documents", &[])?;
    let row = |row: &Row| Ok((DocumentId::from_text(text(row, 0)?), text(row, 1)?));
    sorted(rows.iter().map(row).collect())
}

/// Which file has which document, in order.
pub(super) fn inputs(connection: &mut Connection) -> Outcome<Vec<(String, DocumentId)>> {
    let rows = connection.rows("SELECT input, document FROM maillage_inputs", &[])?;
    let row = |row: &Row| Ok((text(row, 0)?, DocumentId::from_text(text(row, 1)?)));
    sorted(rows.iter().map(row).collect())
}

/// The decisions in force, now or when an entry was the newest, oldest first.
pub(super) fn decisions(connection: &mut Connection, at: Option<u64>) -> Outcome<Vec<(u64, Decision)>> {
    const SQL: &str = "SELECT entry, id, verdict, subject, relation, object, author, reason, at FROM maillage_decisions
        WHERE entry <= $1 AND (undone IS NULL OR undone > $1)";
    let rows = connection.rows(SQL, &[&at.map_or(i64::MAX, number)])?;
    let mut decisions: Vec<_> =
        rows.iter().map(|row| Ok((version(row, 0)?, decision(row, 1)?))).collect::<Outcome<_>>()?;
    decisions.sort_by_key(|(entry, _)| *entry);
    Ok(decisions)
}

/// The entry of the last withdrawal on request of a document that has not come back.
pub(super) fn withdrawal(connection: &mut Connection, document: &DocumentId) -> Outcome<Option<LogEntry>> {
    const SQL: &str = "SELECT entry FROM maillage_withdrawals WHERE document = $1";
    let Some(row) = connection.row(SQL, &[&written(document.as_str())])? else { return Ok(None) };
    let entry = version(&row, 0)?;
    Ok(entries(connection, entry.saturating_sub(1), 1)?.pop())
}

/// The documents whose last entry is a withdrawal on request, in the order of ids, each with that entry.
pub(super) fn withdrawn(connection: &mut Connection) -> Outcome<Vec<(DocumentId, u64)>> {
    let rows = connection.rows("SELECT document, entry FROM maillage_withdrawals", &[])?;
    sorted(rows.iter().map(|row| Ok((DocumentId::from_text(text(row, 0)?), version(row, 1)?))).collect())
}

/// The documents of a source, in the order of ids.
pub(super) fn of_source(connection: &mut Connection, source: &str) -> Outcome<Vec<DocumentId>> {
    const SQL: &str = "SELECT id FROM maillage_documents WHERE source_digest = $1";
    let rows = connection.rows(SQL, &[&digest(source)])?;
    sorted(rows.iter().map(|row| Ok(DocumentId::from_text(text(row, 0)?))).collect())
}

/// The tokens, by name.
pub(super) fn tokens(connection: &mut Connection) -> Outcome<Vec<Token>> {
    let rows = connection.rows("SELECT name, digest, created_at FROM maillage_tokens", &[])?;
    let token =
        |row: &Row| Ok(Token { name: text(row, 0)?, digest: text(row, 1)?, created_at: moment(&text(row, 2)?)? });
    let mut tokens = rows.iter().map(token).collect::<Outcome<Vec<_>>>()?;
    tokens.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tokens)
}

fn sorted<T: Ord>(list: Outcome<Vec<T>>) -> Outcome<Vec<T>> {
    let mut list = list?;
    list.sort();
    Ok(list)
}
