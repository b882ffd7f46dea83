//! Writes in one transaction: what changes nothing makes no entry, everything else makes one.
//!
//! `Withdraw(id)` → an entry in `log`, no row in `documents`, and none that hung on it
//!
//! A document stays as long as something holds it: a file that has it (`inputs`), or that somebody gave it without a file (`kept`). The
//! latter is taken back by a withdrawal on request only, whatever happens to files that have the same document.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::error::Result;
use crate::model::{Contribution, Decision, DecisionId, DocumentId, Event, LogEntry, Signature, WithdrawalCause};
use crate::store::Write;

use super::failure::Outcome;
use super::rows::{cause_text, judgement_parts, moment_text, number};
use super::statements::Statements;
use super::{contribution, read};

/// The keys of rules, known from earlier transactions.
pub(super) type Rules = HashMap<Arc<str>, i64>;

/// What a transaction did.
pub(super) struct Written {
    /// Its entries.
    pub(super) entries: Vec<LogEntry>,
    /// Whether something was deleted that must not be found in the side file either.
    pub(super) deleted: bool,
}

/// Writes everything or, when it fails, nothing.
pub(super) fn append(
    connection: &mut Connection,
    rules: &mut Rules,
    writes: &[Write],
    signature: &Signature,
) -> Outcome<Written> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut writing = Writing::begin(&transaction, rules, signature)?;
    writes.iter().try_for_each(|write| writing.write(write))?;
    let written = writing.end();
    transaction.commit()?;
    Ok(written)
}

/// The same of changes that come one by one.
pub(super) fn append_each(
    connection: &mut Connection,
    rules: &mut Rules,
    writes: &mut dyn Iterator<Item = Result<Write>>,
    signature: &Signature,
) -> Outcome<Written> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut writing = Writing::begin(&transaction, rules, signature)?;
    for write in writes {
        writing.write(&write?)?;
    }
    let written = writing.end();
    transaction.commit()?;
    Ok(written)
}

struct Writing<'c, 'r> {
    statements: Statements<'c>,
    rules: &'r mut Rules,
    signature: &'r Signature,
    at: String,
    head: u64,
    written: Written,
}

impl<'c, 'r> Writing<'c, 'r> {
    fn begin(connection: &'c Connection, rules: &'r mut Rules, signature: &'r Signature) -> Outcome<Self> {
        let (at, head) = (moment_text(signature.at), read::head(connection)?);
        let written = Written { entries: Vec::new(), deleted: false };
        Ok(Self { statements: Statements::new(connection), rules, signature, at, head, written })
    }

    fn end(self) -> Written {
        self.written
    }

    fn write(&mut self, write: &Write) -> Outcome<()> {
        match write {
            Write::Add { contribution, input } => self.add(contribution, input.as_deref()),
            Write::Link { input, document } => match self.find(document)? {
                Some((key, _)) => self.link(key, input),
                None => Ok(()),
            },
            Write::Unlink { input, document, gone } => self.unlink(input, document, *gone),
            Write::Withdraw(document) => match self.find(document)? {
                Some((key, _)) => self.withdraw(key, document, WithdrawalCause::Request),
                None => Ok(()),
            },
            Write::Decide(decision) => self.decide(decision),
            Write::Undo(decision) => self.undo(decision),
        }
    }

    /// The key of a document that is stored, and whether it is kept without a file.
    fn find(&mut self, document: &DocumentId) -> Outcome<Option<(i64, bool)>> {
        let statement = self.statements.prepare("SELECT key, kept FROM documents WHERE id = ?1")?;
        Ok(statement.query_row([document.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    fn add(&mut self, contribution: &Contribution, input: Option<&str>) -> Outcome<()> {
        let id = &contribution.document.id;
        let key = match self.find(id)? {
            Some((key, _)) => {
                let before = read::stored(self.statements.connection(), id)?;
                if before.is_none_or(|before| before.contribution != *contribution) {
                    self.log(Event::Extracted(id.clone()))?;
                    contribution::replace(&mut self.statements, self.rules, key, contribution)?;
                    self.written.deleted = true;
                }
                key
            }
            None => {
                let added = self.log(Event::Added(id.clone()))?;
                contribution::insert(&mut self.statements, self.rules, contribution, added)?
            }
        };
        match input {
            Some(input) => self.link(key, input),
            None => self.statements.run("UPDATE documents SET kept = 1 WHERE key = ?1", [key]).map(drop),
        }
    }

    fn link(&mut self, key: i64, input: &str) -> Outcome<()> {
        let sql = "INSERT INTO inputs (document, input) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.statements.run(sql, params![key, input]).map(drop)
    }

    fn unlink(&mut self, input: &str, document: &DocumentId, gone: bool) -> Outcome<()> {
        let Some((key, kept)) = self.find(document)? else { return Ok(()) };
        let sql = "DELETE FROM inputs WHERE document = ?1 AND input = ?2";
        if self.statements.run(sql, params![key, input])? == 0 || kept {
            return Ok(());
        }
        if self.statements.prepare("SELECT 1 FROM inputs WHERE document = ?1")?.exists([key])? {
            return Ok(());
        }
        self.withdraw(key, document, if gone { WithdrawalCause::Gone } else { WithdrawalCause::Changed })
    }

    fn withdraw(&mut self, key: i64, document: &DocumentId, cause: WithdrawalCause) -> Outcome<()> {
        self.log(Event::Withdrawn(document.clone(), cause))?;
        contribution::clear(&mut self.statements, key)?;
        self.statements.run("DELETE FROM documents WHERE key = ?1", [key])?;
        self.written.deleted = true;
        Ok(())
    }

    fn decide(&mut self, decision: &Decision) -> Outcome<()> {
        if self.in_force(&decision.id)? {
            return Ok(());
        }
        let entry = self.log(Event::Decided(decision.clone()))?;
        let (subject, relation, object) = judgement_parts(&decision.judgement);
        let verdict = decision.judgement.verdict().as_str();
        let Decision { id, author, reason, at, .. } = decision;
        let sql = "INSERT INTO decisions (entry, id, verdict, subject, relation, object, author, reason, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let row = params![entry, id.as_str(), verdict, subject, relation, object, author, reason, moment_text(*at)];
        self.statements.run(sql, row).map(drop)
    }

    fn undo(&mut self, decision: &DecisionId) -> Outcome<()> {
        if !self.in_force(decision)? {
            return Ok(());
        }
        let entry = self.log(Event::Undone(decision.clone()))?;
        let sql = "UPDATE decisions SET undone = ?1 WHERE id = ?2 AND undone IS NULL";
        self.statements.run(sql, params![entry, decision.as_str()]).map(drop)
    }

    fn in_force(&mut self, decision: &DecisionId) -> Outcome<bool> {
        let statement = self.statements.prepare("SELECT 1 FROM decisions WHERE id = ?1 AND undone IS NULL")?;
        Ok(statement.exists([decision.as_str()])?)
    }

    /// Writes the next entry of the log; its version.
    fn log(&mut self, event: Event) -> Outcome<i64> {
        let version = self.head + 1;
        let (word, document, cause, decision) = match &event {
            Event::Added(id) => ("ADDED", Some(id.as_str()), None, None),
            Event::Extracted(id) => ("EXTRACTED", Some(id.as_str()), None, None),
            Event::Withdrawn(id, cause) => ("WITHDRAWN", Some(id.as_str()), Some(cause_text(*cause)), None),
            Event::Decided(made) => ("DECIDED", None, None, Some(made.id.as_str())),
            Event::Undone(id) => ("UNDONE", None, None, Some(id.as_str())),
        };
        let sql = "INSERT INTO log (version, at, author, reason, event, document, cause, decision)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let Signature { author, reason, .. } = self.signature;
        let row = params![number(version), self.at, author, reason, word, document, cause, decision];
        self.statements.run(sql, row)?;
        self.head = version;
        self.written.entries.push(LogEntry { version, signature: self.signature.clone(), event });
        Ok(number(version))
    }
}
