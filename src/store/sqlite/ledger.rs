//! The log and the lists beside it, read back: entries, decisions in force, inputs, tokens.
//!
//! row 42 of `log` → *42: ana withdrew document:8c7d… because its source was taken down*

use rusqlite::{Connection, Params, Row};

use crate::model::{Decision, DocumentId, Event, LogEntry, Signature};
use crate::store::Token;

use super::failure::{Failure, Outcome};
use super::rows::{cause, count, decision, moment, moment_text, number, unknown};

/// From an index alone: the table has the texts.
pub(super) const DOCUMENTS: &str = "SELECT id, extractor FROM documents ORDER BY id";

/// Beginning at an index, for the same reason.
pub(super) const INPUTS: &str = "SELECT i.input, d.id FROM documents d INDEXED BY documents_by_id CROSS JOIN inputs i
    ON i.document = d.key ORDER BY i.input, d.id";

/// All rows of a question.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Outcome<T>,
) -> Outcome<Vec<T>> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// Entries after a version.
pub(super) fn entries(connection: &Connection, after: u64, most: usize) -> Outcome<Vec<LogEntry>> {
    select_entries(connection, "l.version > ?1 ORDER BY l.version LIMIT ?2", [number(after), number(most)])
}

/// The last withdrawal of a document that is not stored, when it was on request.
pub(super) fn withdrawal(connection: &Connection, document: &DocumentId) -> Outcome<Option<LogEntry>> {
    // Nothing can be written of a document between its withdrawal and its coming back.
    let which =
        "l.cause = 'REQUEST' AND l.version = (SELECT max(version) FROM log WHERE event = 'WITHDRAWN' AND document = ?1)
        AND NOT EXISTS (SELECT 1 FROM documents WHERE id = ?1)";
    Ok(select_entries(connection, which, [document.as_str()])?.pop())
}

/// The documents that are not stored and whose last withdrawal was on request.
pub(super) fn withdrawn(connection: &Connection) -> Outcome<Vec<DocumentId>> {
    // Of the rows that a maximum is taken over, SQLite gives the other columns of the one that has it.
    let sql = "SELECT w.document FROM (SELECT document, cause, max(version) FROM log WHERE event = 'WITHDRAWN' GROUP BY document) w
        WHERE w.cause = 'REQUEST' AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = w.document) ORDER BY w.document";
    rows(connection, sql, (), |row| Ok(DocumentId::from_text(row.get::<_, String>(0)?)))
}

/// The documents of a source.
pub(super) fn of_source(connection: &Connection, source: &str) -> Outcome<Vec<DocumentId>> {
    let sql = "SELECT id FROM documents WHERE source = ?1 ORDER BY id";
    rows(connection, sql, [source], |row| Ok(DocumentId::from_text(row.get::<_, String>(0)?)))
}

fn select_entries(connection: &Connection, which: &str, params: impl Params) -> Outcome<Vec<LogEntry>> {
    let sql = format!(
        "SELECT l.version, l.at, l.author, l.reason, l.event, l.document, l.cause, l.decision, s.id, s.verdict, s.subject,
        s.relation, s.object, s.author, s.reason, s.at FROM log l LEFT JOIN decisions s ON s.entry = l.version WHERE {which}"
    );
    rows(connection, &sql, params, |row| {
        let version = count(row, 0)?;
        entry(row, version).map_err(|failure| match failure.damage() {
            Some(reason) => Failure::Damaged(format!("in entry {version} of the log, {reason}")),
            None => failure,
        })
    })
}

fn entry(row: &Row<'_>, version: u64) -> Outcome<LogEntry> {
    let text = |column: usize| row.get::<_, String>(column);
    let document = || Ok::<_, Failure>(DocumentId::from_text(text(5)?));
    let event = match text(4)?.as_str() {
        "ADDED" => Event::Added(document()?),
        "EXTRACTED" => Event::Extracted(document()?),
        "WITHDRAWN" => Event::Withdrawn(document()?, cause(&text(6)?)?),
        "DECIDED" => Event::Decided(decision(row, 8)?),
        "UNDONE" => Event::Undone(crate::model::DecisionId::from_text(text(7)?)),
        other => return Err(unknown("event", other)),
    };
    let signature = Signature { author: text(2)?, reason: text(3)?, at: moment(row, 1)? };
    Ok(LogEntry { version, signature, event })
}

/// The decisions in force: now, or when an entry was the newest.
pub(super) fn decisions(connection: &Connection, at: Option<u64>) -> Outcome<Vec<(u64, Decision)>> {
    let sql = "SELECT entry, id, verdict, subject, relation, object, author, reason, at FROM decisions
        WHERE entry <= ?1 AND (undone IS NULL OR undone > ?1) ORDER BY entry";
    rows(connection, sql, [at.map_or(i64::MAX, number)], |row| Ok((count(row, 0)?, decision(row, 1)?)))
}

/// The documents with their extractors.
pub(super) fn documents(connection: &Connection) -> Outcome<Vec<(DocumentId, String)>> {
    rows(connection, DOCUMENTS, (), |row| Ok((DocumentId::from_text(row.get::<_, String>(0)?), row.get(1)?)))
}

/// Which file has which document.
pub(super) fn inputs(connection: &Connection) -> Outcome<Vec<(String, DocumentId)>> {
    rows(connection, INPUTS, (), |row| Ok((row.get(0)?, DocumentId::from_text(row.get::<_, String>(1)?))))
}

/// The tokens.
pub(super) fn tokens(connection: &Connection) -> Outcome<Vec<Token>> {
    let sql = "SELECT name, digest, created_at FROM tokens ORDER BY name";
    rows(connection, sql, (), |row| Ok(Token { name: row.get(0)?, digest: row.get(1)?, created_at: moment(row, 2)? }))
}

/// Adds a token; whether the name was free.
pub(super) fn add_token(connection: &Connection, token: &Token) -> Outcome<bool> {
    let sql = "INSERT INTO tokens (name, digest, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(connection.execute(sql, (&token.name, &token.digest, moment_text(token.created_at)))? > 0)
}

/// Deletes a token; whether there was one.
pub(super) fn revoke_token(connection: &Connection, name: &str) -> Outcome<bool> {
    Ok(connection.execute("DELETE FROM tokens WHERE name = ?1", [name])? > 0)
}
