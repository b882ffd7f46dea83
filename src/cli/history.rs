//! `maillage log`, `check`, `backup` and `token`: a store itself.
//!
//! `maillage log --data store` → `42  2026-11-22T10:15:00Z  ana  withdrawn document:8c7dd922ad47494f  (taken down)`
//!
//! Must not know how a store is kept.

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde_json::json;

use super::report::Report;
use super::source::anew;
use super::store_arguments::{BackupArguments, DataArguments, LogArguments, TokenArguments, TokenCommand};
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base::{new_token, revoke_token};
use crate::model::{Event, LogEntry, WithdrawalCause};
use crate::query;

/// How many entries are read at a time.
const PAGE: usize = 1000;

pub(super) fn log(arguments: &LogArguments) -> Result<Outcome> {
    let store = arguments.store.place()?.read_only()?;
    let mut after = arguments.after;
    loop {
        let entries = store.entries(after, PAGE)?;
        let Some(last) = entries.last() else { return Ok(Outcome::Complete) };
        after = last.version;
        let write = |entry: &LogEntry| if arguments.json { as_json(entry) } else { line(entry) };
        print(&entries.iter().map(|entry| write(entry) + "\n").collect::<String>())?;
    }
}

/// An entry in one line.
pub(super) fn line(entry: &LogEntry) -> String {
    let signature = &entry.signature;
    let (word, what) = event(&entry.event);
    let author = if signature.author.is_empty() { "-" } else { &signature.author };
    let reason = if signature.reason.is_empty() { String::new() } else { format!("  ({})", signature.reason) };
    format!("{:>6}  {}  {author}  {word} {what}{reason}", entry.version, second(signature.at))
}

fn second(at: Timestamp) -> Timestamp {
    at.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Trunc)).unwrap_or(at)
}

/// What happened in a word, and to what.
fn event(event: &Event) -> (&'static str, String) {
    match event {
        Event::Added(id) => ("added", id.to_string()),
        Event::Extracted(id) => ("extracted anew", id.to_string()),
        Event::Withdrawn(id, WithdrawalCause::Request) => ("withdrawn", id.to_string()),
        Event::Withdrawn(id, WithdrawalCause::Changed) => ("replaced", id.to_string()),
        Event::Withdrawn(id, WithdrawalCause::Gone) => ("gone", id.to_string()),
        Event::Decided(decision) => ("decided", format!("{} ({})", decision.judgement, decision.id)),
        Event::Undone(id) => ("undone", id.to_string()),
    }
}

fn as_json(entry: &LogEntry) -> String {
    let id = match &entry.event {
        Event::Added(id) | Event::Extracted(id) | Event::Withdrawn(id, _) => id.to_string(),
        Event::Decided(decision) => decision.id.to_string(),
        Event::Undone(id) => id.to_string(),
    };
    let said = match &entry.event {
        Event::Decided(decision) => Some(decision.judgement.to_string()),
        _ => None,
    };
    let (word, signature) = (event(&entry.event).0, &entry.signature);
    json!({
        "version": entry.version,
        "at": signature.at.to_string(),
        "author": signature.author,
        "reason": signature.reason,
        "event": word,
        "id": id,
        "decision": said,
    })
    .to_string()
}

pub(super) fn check(arguments: &DataArguments, report: &Report) -> Result<Outcome> {
    let place = arguments.place()?;
    let store = place.read_only()?;
    let mut findings = store.check()?;
    if findings.is_empty() {
        // From the store itself: what is kept beside it is not what is to be checked.
        let base = anew(store, report)?;
        findings = query::check(&base.snapshot());
        if findings.is_empty() {
            let counts = query::stats(&base.snapshot());
            let (documents, relations, version) = (counts.documents, counts.relations, base.snapshot().version());
            print(&format!("sound: {documents} documents, {relations} relations, version {version}\n"))?;
            return Ok(Outcome::Complete);
        }
    }
    print(&findings.iter().map(|finding| format!("{finding}\n")).collect::<String>())?;
    Err(Error::CheckFailed { path: place.path(), findings: findings.len() })
}

pub(super) fn backup(arguments: &BackupArguments, report: &Report) -> Result<Outcome> {
    arguments.store.place()?.read_only()?.backup(&arguments.to)?;
    report.written(&arguments.to.display());
    Ok(Outcome::Complete)
}

pub(super) fn token(arguments: &TokenArguments) -> Result<Outcome> {
    match &arguments.command {
        TokenCommand::New(token) => {
            let mut store = token.store.place()?.open_for_tokens(true)?;
            let secret = new_token(store.as_mut(), &token.name, Timestamp::now())?;
            print(&format!("{secret}\n"))?;
        }
        TokenCommand::List(arguments) => {
            let tokens = arguments.place()?.read_only()?.tokens()?;
            let line = |token: &crate::store::Token| format!("{}  {}\n", second(token.created_at), token.name);
            print(&tokens.iter().map(line).collect::<String>())?;
        }
        TokenCommand::Revoke(token) => {
            let mut store = token.store.place()?.open_for_tokens(false)?;
            if !revoke_token(store.as_mut(), &token.name)? {
                return Err(Error::Unknown { what: "token in force with the name", given: token.name.clone() });
            }
        }
    }
    Ok(Outcome::Complete)
}
