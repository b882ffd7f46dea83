//! What is wrong with a store, in words: the log, then what is in force, then each document.
//!
//! a row of `maillage_documents` that no entry added → *document:8c… is stored, though the log never added it …*

use std::collections::{HashMap, HashSet};

use crate::model::{DecisionId, DocumentId, Event};
use crate::store::audit::Audit;
use crate::store::sound::{flaws, token_flaws};
use crate::store::words::number;

use super::columns::{digest, text, version};
use super::failure::{Failure, Outcome};
use super::line::Connection;
use super::read;

/// How many entries of the log are read at once.
const PAGE: usize = 10_000;

/// Everything that is found. To be asked within a moment in time.
pub(super) fn check(connection: &mut Connection) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let last = log(connection, &mut found)?;
    held(connection, &mut found)?;
    tokens(connection, &mut found)?;
    documents(connection, &last, &mut found)?;
    Ok(found)
}

/// What the log says of each document last: the entry that wrote it, or the withdrawal on request.
#[derive(Default)]
struct Last {
    written: HashMap<DocumentId, u64>,
    requested: HashMap<DocumentId, u64>,
}

fn log(connection: &mut Connection, found: &mut Vec<String>) -> Outcome<Last> {
    let (mut audit, mut after, mut last) = (Audit::default(), 0, Last::default());
    loop {
        let entries = match read::entries(connection, after, PAGE) {
            Err(Failure::Damaged(reason)) => {
                found.push(format!("the store is damaged: {reason}"));
                return Ok(last);
            }
            entries => entries?,
        };
        let Some(newest) = entries.last() else { break };
        after = newest.version;
        for entry in &entries {
            audit.read(entry);
            match &entry.event {
                Event::Added(id) | Event::Extracted(id) => {
                    last.written.insert(id.clone(), entry.version);
                    last.requested.remove(id);
                }
                Event::Withdrawn(id, cause) => {
                    last.written.remove(id);
                    if *cause == crate::model::WithdrawalCause::Request {
                        last.requested.insert(id.clone(), entry.version);
                    }
                }
                Event::Decided(_) | Event::Undone(_) => {}
            }
        }
    }
    let head = read::position(connection)?.version;
    if head != after {
        found.push(format!("the newest entry is said to be {head}, but it is {after}"));
    }
    let beyond = connection.rows("SELECT version FROM maillage_log WHERE version > $1", &[&number(after)])?;
    if !beyond.is_empty() {
        found.push(format!("{} entries of the log stand behind a gap", beyond.len()));
    }
    let rows = connection.rows("SELECT id, added FROM maillage_documents", &[])?;
    let documents = rows
        .iter()
        .map(|row| Ok((DocumentId::from_text(text(row, 0)?), version(row, 1)?)))
        .collect::<Outcome<Vec<_>>>()?;
    let decisions = read::decisions(connection, None)?.into_iter().map(|(entry, decision)| (decision.id, entry));
    found.extend(audit.compare(documents, decisions));
    undone(connection, found)?;
    Ok(last)
}

/// Decisions that an entry is said to have undone, which says something else.
fn undone(connection: &mut Connection, found: &mut Vec<String>) -> Outcome<()> {
    let rows = connection.rows("SELECT id, undone FROM maillage_decisions WHERE undone IS NOT NULL", &[])?;
    for row in &rows {
        let (id, entry) = (DecisionId::from_text(text(row, 0)?), version(row, 1)?);
        let says = read::entries(connection, entry.saturating_sub(1), 1)?.pop();
        if !says.is_some_and(|entry| entry.event == Event::Undone(id.clone())) {
            found.push(format!("{id} is said to be undone by entry {entry}, which does not say so"));
        }
    }
    Ok(())
}

fn held(connection: &mut Connection, found: &mut Vec<String>) -> Outcome<()> {
    let inputs = connection.rows("SELECT document, digest, input FROM maillage_inputs", &[])?;
    let mut with_files = HashSet::new();
    for row in &inputs {
        let (document, input) = (text(row, 0)?, text(row, 2)?);
        if digest(&input) != row.try_get::<_, String>(1)? {
            found.push(format!("the digest of a file of {document} is not that of its name"));
        }
        with_files.insert(document);
    }
    let rows = connection.rows("SELECT id, kept, source, source_digest FROM maillage_documents", &[])?;
    let mut ids = HashSet::new();
    for row in &rows {
        let id = text(row, 0)?;
        if !row.try_get::<_, bool>(1)? && !with_files.contains(&id) {
            found.push(format!("{id} is held by no file and by nobody's request"));
        }
        if digest(&text(row, 2)?) != row.try_get::<_, String>(3)? {
            found.push(format!("{id} is not found by its source"));
        }
        ids.insert(id);
    }
    let lost = with_files.iter().filter(|id| !ids.contains(*id));
    found.extend(lost.map(|id| format!("a row of maillage_inputs refers to {id}, which is not stored")));
    Ok(())
}

fn tokens(connection: &mut Connection, found: &mut Vec<String>) -> Outcome<()> {
    for token in read::tokens(connection)? {
        found.extend(token_flaws(&token));
    }
    Ok(())
}

fn documents(connection: &mut Connection, last: &Last, found: &mut Vec<String>) -> Outcome<()> {
    let ids = read::documents(connection)?;
    for (id, _) in &ids {
        let written = match read::documents_of(connection, &[super::columns::written(id.as_str()).into_owned()]) {
            Err(Failure::Damaged(reason)) => {
                found.push(format!("{id} cannot be read: {reason}"));
                continue;
            }
            written => written?.pop(),
        };
        let Some(written) = written else { continue };
        if last.written.get(id) != Some(&written.by) {
            found.push(format!("{id} is said to be as entry {} wrote it, which is not the last that did", written.by));
        }
        found.extend(flaws(&written.stored.contribution).into_iter().map(|flaw| format!("{id}: {flaw}")));
    }
    let said = read::withdrawn(connection)?.into_iter().collect::<HashMap<_, _>>();
    if said != last.requested {
        found.push("the list of what was withdrawn on request is not what the log says".to_owned());
    }
    Ok(())
}
