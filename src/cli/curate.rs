//! `maillage withdraw`, `decide` and `undo`: what people take out of a store or say of what is in it.
//!
//! `maillage withdraw --data store press/a.html` → `42: withdrawn document:8c7dd922ad47494f`
//!
//! Must not judge anything itself.

use super::history::line;
use super::place::Place;
use super::report::Report;
use super::source::open;
use super::store_arguments::{DecideArguments, UndoArguments, WithdrawArguments};
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base::{Judging, KnowledgeBase};
use crate::model::{DecisionId, DocumentId, LogEntry, Verdict};
use crate::store::{Store, Write};

pub(super) fn withdraw(arguments: &WithdrawArguments) -> Result<Outcome> {
    // What a document says elsewhere follows from what is left: no graph is needed to take one out.
    let mut store = arguments.store.place()?.open_known()?;
    let mut writes = Vec::new();
    for given in &arguments.documents {
        let found = documents(store.as_ref(), given)?;
        if found.is_empty() {
            return Err(Error::Unknown { what: "document with the id or source", given: given.clone() });
        }
        writes.extend(found.into_iter().map(Write::Withdraw));
    }
    say(&store.append(&writes, &arguments.signature.sign())?)?;
    Ok(Outcome::Complete)
}

/// The document of an id, or all of a source.
fn documents(store: &dyn Store, given: &str) -> Result<Vec<DocumentId>> {
    let id = DocumentId::from_text(given);
    if store.stored(&id)?.is_some() { Ok(vec![id]) } else { store.of_source(given) }
}

pub(super) fn decide(arguments: &DecideArguments, report: &Report) -> Result<Outcome> {
    let base = base(&arguments.store.place()?, report)?;
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
    let base = base(&arguments.store.place()?, report)?;
    let id = DecisionId::from_text(arguments.decision.as_str());
    let written = base.undo(&id, &arguments.signature.sign())?;
    if written.entries.is_empty() {
        return Err(Error::Unknown { what: "decision in force with the id", given: arguments.decision.clone() });
    }
    say(&written.entries)?;
    Ok(Outcome::Complete)
}

fn base(place: &Place, report: &Report) -> Result<KnowledgeBase> {
    open(place.open_known()?, place, report)
}

fn say(entries: &[LogEntry]) -> Result<()> {
    print(&entries.iter().map(|entry| line(entry) + "\n").collect::<String>())
}
