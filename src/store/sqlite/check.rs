//! What is wrong with a store, in words: the file, then the log, then each document.
//!
//! a row of `mentions` that says more than the text has → *document:8c…: mention 0 of entity 2 («OIM») lies at 10–2000, …*

use rusqlite::Connection;

use crate::model::{DocumentId, Stored};
use crate::store::audit::Audit;
use crate::store::sound::{flaws, token_flaws};

use super::failure::Outcome;
use super::ledger::{self, rows};
use super::read;
use super::rows::count;

/// How many entries of the log are read at once.
const PAGE: usize = 10_000;

/// A part of the check: adds what it finds.
type Part = fn(&Connection, &mut Vec<String>) -> Outcome<()>;

/// Everything that is found, of one moment.
pub(super) fn check(connection: &Connection) -> Outcome<Vec<String>> {
    let _moment = read::moment_in_time(connection)?;
    let mut found = Vec::new();
    let parts: [Part; 5] = [file, references, log, tokens, documents];
    for part in parts {
        if let Err(failure) = part(connection, &mut found) {
            // Damage is what we look for; anything else keeps us from looking. Several questions may stumble over one damage.
            let line = format!("the file is damaged: {}", failure.damage().ok_or(failure)?);
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    Ok(found)
}

fn file(connection: &Connection, found: &mut Vec<String>) -> Outcome<()> {
    let said = rows(connection, "PRAGMA integrity_check", (), |row| Ok(row.get::<_, String>(0)?))?;
    found.extend(said.into_iter().filter(|line| line != "ok").map(|line| format!("the file is damaged: {line}")));
    Ok(())
}

fn references(connection: &Connection, found: &mut Vec<String>) -> Outcome<()> {
    let row = |row: &rusqlite::Row<'_>| {
        let (table, refers): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} refers to a row of {refers} that does not exist"))
    };
    found.extend(rows(connection, "PRAGMA foreign_key_check", (), row)?);
    let unheld = "SELECT id FROM documents d WHERE kept = 0 AND NOT EXISTS (SELECT 1 FROM inputs WHERE document = d.key) ORDER BY id";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(format!("{} is held by no file and by nobody's request", row.get::<_, String>(0)?))
    };
    found.extend(rows(connection, unheld, (), row)?);
    let undone = "SELECT s.id, s.undone FROM decisions s LEFT JOIN log l ON l.version = s.undone AND l.event = 'UNDONE'
        AND l.decision = s.id WHERE s.undone IS NOT NULL AND l.version IS NULL ORDER BY s.entry";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(format!(
            "{} is said to be undone by entry {}, which does not say so",
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?
        ))
    };
    found.extend(rows(connection, undone, (), row)?);
    Ok(())
}

fn log(connection: &Connection, found: &mut Vec<String>) -> Outcome<()> {
    let (mut audit, mut after) = (Audit::default(), 0);
    loop {
        let entries = ledger::entries(connection, after, PAGE)?;
        let Some(last) = entries.last() else { break };
        after = last.version;
        entries.iter().for_each(|entry| audit.read(entry));
    }
    let added = "SELECT id, added FROM documents ORDER BY id";
    let documents =
        rows(connection, added, (), |row| Ok((DocumentId::from_text(row.get::<_, String>(0)?), count(row, 1)?)))?;
    let decisions = ledger::decisions(connection, None)?.into_iter().map(|(entry, decision)| (decision.id, entry));
    found.extend(audit.compare(documents, decisions));
    Ok(())
}

fn tokens(connection: &Connection, found: &mut Vec<String>) -> Outcome<()> {
    for token in ledger::tokens(connection)? {
        found.extend(token_flaws(&token));
    }
    Ok(())
}

/// All in one go; when some are damaged, one by one, so that none hides the others.
fn documents(connection: &Connection, found: &mut Vec<String>) -> Outcome<()> {
    let flaws = |stored: &Stored| {
        let id = stored.contribution.document.id.clone();
        flaws(&stored.contribution).into_iter().map(move |flaw| format!("{id}: {flaw}"))
    };
    let mut flawed = Vec::new();
    let walked = read::walk(connection, None, &mut |stored| {
        flawed.extend(flaws(&stored));
        Ok(())
    });
    match walked {
        Ok(()) => found.extend(flawed),
        Err(failure) if failure.damage().is_none() => return Err(failure),
        Err(_) => {
            for (id, _) in ledger::documents(connection)? {
                match read::stored(connection, &id) {
                    Ok(Some(stored)) => found.extend(flaws(&stored)),
                    Ok(None) => {
                        found.push(format!("{id} cannot be found by its id, or the entry that added it is missing"));
                    }
                    Err(failure) => found.push(format!("{id} cannot be read: {}", failure.damage().ok_or(failure)?)),
                }
            }
        }
    }
    Ok(())
}
