//! `maillage withdraw`, `decide` and `undo`: what people take out of a store or say of what is in it.
//!
//! `maillage withdraw --data store press/a.html` → `42: withdrawn document:8c7dd922ad47494f`
//!
//! Must not judge anything itself.

use std::path::Path;

use super::history::line;
use super::report::Report;
use super::source::{open, writable};
use super::store_arguments::{DecideArguments, UndoArguments, WithdrawArguments};
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base::{Judging, KnowledgeBase};
use crate::model::{DecisionId, DocumentId, LogEntry, Verdict};

pub(super) fn withdraw(arguments: &WithdrawArguments, report: &Report) -> Result<Outcome> {
    let base = base(&arguments.store.data, report)?;
    let mut ids = Vec::new();
    for given in &arguments.documents {
        let found = documents(&base, given);
        if found.is_empty() {
            return Err(Error::Unknown { what: "document with the id or source", given: given.clone() });
        }
        ids.extend(found);
    }
    let signature = arguments.signature.sign();
    for id in ids {
        say(&base.withdraw(&id, &signature)?.entries)?;
    }
    Ok(Outcome::Complete)
}

/// The document of an id, or all of a source.
fn documents(base: &KnowledgeBase, given: &str) -> Vec<DocumentId> {
    let snapshot = base.snapshot();
    let graph = snapshot.graph();
    let id = DocumentId::from_text(given);
    match graph.find_document(&id) {
        Some(_) => vec![id],
        None => graph.documents().filter(|d| d.source == given).map(|d| d.id.clone()).collect(),
    }
}

pub(super) fn decide(arguments: &DecideArguments, report: &Report) -> Result<Outcome> {
    let base = base(&arguments.store.data, report)?;
    let Some(verdict) = Verdict::parse(&arguments.verdict) else { return Ok(Outcome::Complete) };
    let (relations, entities): (Vec<_>, Vec<_>) =
        arguments.ids.iter().cloned().partition(|id| id.starts_with("relation:"));
    let judging = Judging { verdict, entities, relation: relations.into_iter().next() };
    match base.decide(&judging, &arguments.signature.sign())? {
        Ok((decision, written)) if written.entries.is_empty() => {
            print(&format!("it was decided already: {} ({})\n", decision.judgement, decision.id))?;
        }
        Ok((_, written)) => say(&written.entries)?,
        Err(objection) => return Err(Error::NotDecided(objection.to_string())),
    }
    Ok(Outcome::Complete)
}

pub(super) fn undo(arguments: &UndoArguments, report: &Report) -> Result<Outcome> {
    let base = base(&arguments.store.data, report)?;
    let id = DecisionId::from_text(arguments.decision.as_str());
    let written = base.undo(&id, &arguments.signature.sign())?;
    if written.entries.is_empty() {
        return Err(Error::Unknown { what: "decision in force with the id", given: arguments.decision.clone() });
    }
    say(&written.entries)?;
    Ok(Outcome::Complete)
}

fn base(data: &Path, report: &Report) -> Result<KnowledgeBase> {
    open(Box::new(writable(data)?), report)
}

fn say(entries: &[LogEntry]) -> Result<()> {
    print(&entries.iter().map(|entry| line(entry) + "\n").collect::<String>())
}
