//! Writes in one transaction: what they change is worked out from what is stored, and written in a few statements however many there are.
//!
//! 64 documents → four questions about what is there, and four statements
//!
//! A document stays as long as something holds it: a file that has it, or that somebody gave it without a file (`kept`). What changes
//! nothing makes no entry.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::{
    Contribution, Decision, DecisionId, DocumentId, Event, LogEntry, Signature, Stored, WithdrawalCause,
};
use crate::store::Write;
use crate::store::words::{CAUSES, judgement_parts, moment_text, number, word};

use super::body::body;
use super::columns::{digest, text, version, written};
use super::failure::Outcome;
use super::line::Connection;
use super::read::{self, SLOTS};

/// One transaction under way.
pub(super) struct Writing<'s> {
    signature: &'s Signature,
    term: i64,
    /// The version of the newest entry, with those of this transaction.
    head: u64,
    /// Its entries.
    pub(super) entries: Vec<LogEntry>,
}

/// A document that writes speak of.
struct Held {
    stored: Stored,
    kept: bool,
    inputs: BTreeSet<String>,
    /// The entry that wrote it in this transaction, if any did.
    written: Option<u64>,
}

/// What writes speak of, as it is stored, and as it will be.
#[derive(Default)]
struct Changes {
    documents: HashMap<DocumentId, Held>,
    /// Of those that are stored: what held them.
    before: HashMap<DocumentId, (bool, BTreeSet<String>)>,
    /// Decisions in force.
    decisions: HashMap<DecisionId, u64>,
    made: BTreeMap<u64, Decision>,
    undone: Vec<(DecisionId, u64, u64)>,
    /// Documents of which the last entry is a withdrawal now, with it when it was on request.
    withdrawn: HashMap<DocumentId, Option<u64>>,
    /// How many entries there were before.
    from: usize,
}

impl<'s> Writing<'s> {
    /// Begins behind an entry.
    pub(super) fn new(signature: &'s Signature, term: i64, head: i64) -> Self {
        Self { signature, term, head: u64::try_from(head).unwrap_or_default(), entries: Vec::new() }
    }

    /// The version of the newest entry.
    pub(super) fn head(&self) -> i64 {
        number(self.head)
    }

    /// Writes some changes, in order.
    pub(super) fn write(&mut self, connection: &mut Connection, writes: &[Write]) -> Outcome<()> {
        let mut changes = Changes::of(connection, writes)?;
        changes.from = self.entries.len();
        for write in writes {
            match write {
                Write::Add { contribution, input } => self.add(&mut changes, contribution, input.as_deref()),
                Write::Link { input, document } => {
                    if let Some(held) = changes.documents.get_mut(document) {
                        held.inputs.insert(input.clone());
                    }
                }
                Write::Unlink { input, document, gone } => self.unlink(&mut changes, input, document, *gone),
                Write::Withdraw(document) => self.withdraw(&mut changes, document, WithdrawalCause::Request),
                Write::Decide(decision) => self.decide(&mut changes, decision),
                Write::Undo(decision) => self.undo(&mut changes, decision),
            }
        }
        changes.write(connection, self.term, &self.entries)
    }

    fn log(&mut self, event: Event) -> u64 {
        self.head += 1;
        self.entries.push(LogEntry { version: self.head, signature: self.signature.clone(), event });
        self.head
    }

    fn add(&mut self, changes: &mut Changes, contribution: &Contribution, input: Option<&str>) {
        let id = &contribution.document.id;
        match changes.documents.get_mut(id) {
            Some(held) if held.stored.contribution == *contribution => {}
            Some(held) => {
                held.stored.contribution = contribution.clone();
                held.written = Some(self.log(Event::Extracted(id.clone())));
            }
            None => {
                let added = self.log(Event::Added(id.clone()));
                changes.withdrawn.remove(id);
                let stored = Stored { contribution: contribution.clone(), added, added_at: self.signature.at };
                let held = Held { stored, kept: false, inputs: BTreeSet::new(), written: Some(added) };
                changes.documents.insert(id.clone(), held);
            }
        }
        if let Some(held) = changes.documents.get_mut(id) {
            held.kept |= input.is_none();
            held.inputs.extend(input.map(str::to_owned));
        }
    }

    fn unlink(&mut self, changes: &mut Changes, input: &str, id: &DocumentId, gone: bool) {
        let Some(held) = changes.documents.get_mut(id) else { return };
        if held.inputs.remove(input) && held.inputs.is_empty() && !held.kept {
            self.withdraw(changes, id, if gone { WithdrawalCause::Gone } else { WithdrawalCause::Changed });
        }
    }

    fn withdraw(&mut self, changes: &mut Changes, id: &DocumentId, cause: WithdrawalCause) {
        if changes.documents.remove(id).is_some() {
            let entry = self.log(Event::Withdrawn(id.clone(), cause));
            changes.withdrawn.insert(id.clone(), (cause == WithdrawalCause::Request).then_some(entry));
        }
    }

    fn decide(&mut self, changes: &mut Changes, decision: &Decision) {
        if !changes.decisions.contains_key(&decision.id) {
            let entry = self.log(Event::Decided(decision.clone()));
            changes.decisions.insert(decision.id.clone(), entry);
            changes.made.insert(entry, decision.clone());
        }
    }

    fn undo(&mut self, changes: &mut Changes, id: &DecisionId) {
        if let Some(made) = changes.decisions.remove(id) {
            let entry = self.log(Event::Undone(id.clone()));
            changes.undone.push((id.clone(), made, entry));
        }
    }
}

impl Changes {
    /// What is stored of everything that writes speak of.
    fn of(connection: &mut Connection, writes: &[Write]) -> Outcome<Self> {
        const INPUTS: &str = "SELECT document, input FROM maillage_inputs WHERE document = ANY($1)";
        const DECISIONS: &str = "SELECT id, entry FROM maillage_decisions WHERE id = ANY($1) AND undone IS NULL";
        let (mut documents, mut decisions) = (HashSet::new(), HashSet::new());
        for write in writes {
            match write {
                Write::Add { contribution, .. } => drop(documents.insert(&contribution.document.id)),
                Write::Link { document, .. } | Write::Unlink { document, .. } | Write::Withdraw(document) => {
                    documents.insert(document);
                }
                Write::Decide(Decision { id, .. }) | Write::Undo(id) => drop(decisions.insert(id)),
            }
        }
        let mut changes = Self::default();
        if !documents.is_empty() {
            let ids: Vec<String> = documents.iter().map(|id| written(id.as_str()).into_owned()).collect();
            for read::Written { stored, kept, .. } in read::documents_of(connection, &ids)? {
                let id = stored.contribution.document.id.clone();
                changes.documents.insert(id, Held { stored, kept, inputs: BTreeSet::new(), written: None });
            }
            for row in connection.rows(INPUTS, &[&ids])? {
                if let Some(held) = changes.documents.get_mut(&DocumentId::from_text(text(&row, 0)?)) {
                    held.inputs.insert(text(&row, 1)?);
                }
            }
            changes.before =
                changes.documents.iter().map(|(id, held)| (id.clone(), (held.kept, held.inputs.clone()))).collect();
        }
        if !decisions.is_empty() {
            let ids: Vec<String> = decisions.iter().map(|id| written(id.as_str()).into_owned()).collect();
            for row in connection.rows(DECISIONS, &[&ids])? {
                changes.decisions.insert(DecisionId::from_text(text(&row, 0)?), version(&row, 1)?);
            }
        }
        Ok(changes)
    }

    fn write(&self, connection: &mut Connection, term: i64, entries: &[LogEntry]) -> Outcome<()> {
        log(connection, term, &entries[self.from..])?;
        self.remove(connection)?;
        self.documents(connection)?;
        self.inputs(connection)?;
        self.withdrawals(connection, &entries[self.from..])?;
        self.decisions(connection)
    }

    /// Documents that were stored and are no more.
    fn remove(&self, connection: &mut Connection) -> Outcome<()> {
        let gone: Vec<_> = self.before.keys().filter(|id| !self.documents.contains_key(*id)).map(key).collect();
        if !gone.is_empty() {
            connection.run("DELETE FROM maillage_documents WHERE id = ANY($1)", &[&gone])?;
        }
        Ok(())
    }

    fn documents(&self, connection: &mut Connection) -> Outcome<()> {
        const WRITE: &str = "INSERT INTO maillage_documents
            (id, source, source_digest, extractor, added, added_at, written, kept, body)
            SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::BIGINT[], $6::TEXT[], $7::BIGINT[],
            $8::BOOLEAN[], $9::TEXT[]) ON CONFLICT (id) DO UPDATE SET source = excluded.source,
            source_digest = excluded.source_digest, extractor = excluded.extractor, added = excluded.added,
            added_at = excluded.added_at, written = excluded.written, kept = excluded.kept, body = excluded.body";
        const KEEP: &str = "UPDATE maillage_documents SET kept = TRUE WHERE id = ANY($1)";
        let (mut ids, mut sources, mut digests, mut extractors) = (vec![], vec![], vec![], vec![]);
        let (mut added, mut moments, mut by, mut kept, mut bodies) = (vec![], vec![], vec![], vec![], vec![]);
        let mut keep = Vec::new();
        for (id, held) in &self.documents {
            let Some(entry) = held.written else {
                if held.kept && self.before.get(id).is_some_and(|(kept, _)| !kept) {
                    keep.push(key(id));
                }
                continue;
            };
            let Stored { contribution, added: since, added_at } = &held.stored;
            ids.push(key(id));
            sources.push(written(&contribution.document.source).into_owned());
            digests.push(digest(&contribution.document.source));
            extractors.push(written(&contribution.extractor).into_owned());
            added.push(number(*since));
            moments.push(moment_text(*added_at));
            by.push(number(entry));
            kept.push(held.kept);
            bodies.push(body(contribution)?);
        }
        if !ids.is_empty() {
            let params: super::line::Params<'_> =
                &[&ids, &sources, &digests, &extractors, &added, &moments, &by, &kept, &bodies];
            connection.run(WRITE, params)?;
        }
        if !keep.is_empty() {
            connection.run(KEEP, &[&keep])?;
        }
        Ok(())
    }

    /// Which files have which documents, of those of which that has changed.
    fn inputs(&self, connection: &mut Connection) -> Outcome<()> {
        const WRITE: &str = "INSERT INTO maillage_inputs (document, digest, input)
            SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[])";
        let none = BTreeSet::new();
        let before = |id: &DocumentId| self.before.get(id).map_or(&none, |(_, inputs)| inputs);
        let now = |id: &DocumentId| self.documents.get(id).map_or(&none, |held| &held.inputs);
        let fewer: HashSet<_> = self.before.keys().filter(|id| !before(id).is_subset(now(id))).collect();
        let (mut documents, mut digests, mut inputs) = (vec![], vec![], vec![]);
        for (id, held) in &self.documents {
            let known = if fewer.contains(id) { &none } else { before(id) };
            for input in held.inputs.difference(known) {
                documents.push(key(id));
                digests.push(digest(input));
                inputs.push(written(input).into_owned());
            }
        }
        if !fewer.is_empty() {
            let fewer: Vec<_> = fewer.into_iter().map(key).collect();
            connection.run("DELETE FROM maillage_inputs WHERE document = ANY($1)", &[&fewer])?;
        }
        if !documents.is_empty() {
            connection.run(WRITE, &[&documents, &digests, &inputs])?;
        }
        Ok(())
    }

    fn withdrawals(&self, connection: &mut Connection, entries: &[LogEntry]) -> Outcome<()> {
        const WRITE: &str =
            "INSERT INTO maillage_withdrawals (document, entry) SELECT * FROM unnest($1::TEXT[], $2::BIGINT[])";
        let spoken_of: HashSet<_> = entries
            .iter()
            .filter_map(|entry| match &entry.event {
                Event::Added(id) | Event::Withdrawn(id, _) => Some(key(id)),
                Event::Extracted(_) | Event::Decided(_) | Event::Undone(_) => None,
            })
            .collect();
        if spoken_of.is_empty() {
            return Ok(());
        }
        let spoken_of: Vec<_> = spoken_of.into_iter().collect();
        connection.run("DELETE FROM maillage_withdrawals WHERE document = ANY($1)", &[&spoken_of])?;
        let requested = self.withdrawn.iter().filter_map(|(id, entry)| Some((key(id), number((*entry)?))));
        let (ids, by): (Vec<_>, Vec<_>) = requested.unzip();
        if !ids.is_empty() {
            connection.run(WRITE, &[&ids, &by])?;
        }
        Ok(())
    }

    fn decisions(&self, connection: &mut Connection) -> Outcome<()> {
        const MAKE: &str = "INSERT INTO maillage_decisions
            (id, entry, verdict, subject, relation, object, author, reason, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        const UNDO: &str = "UPDATE maillage_decisions SET undone = $1 WHERE id = $2 AND entry = $3";
        for (entry, decision) in &self.made {
            let (subject, relation, object) = judgement_parts(&decision.judgement);
            let Decision { id, author, reason, at, judgement } = decision;
            let (subject, object) = (written(subject), object.map(written));
            connection.run(
                MAKE,
                &[
                    &written(id.as_str()),
                    &number(*entry),
                    &judgement.verdict().as_str(),
                    &subject,
                    &relation,
                    &object,
                    &written(author),
                    &written(reason),
                    &moment_text(*at),
                ],
            )?;
        }
        for (id, made, entry) in &self.undone {
            connection.run(UNDO, &[&number(*entry), &written(id.as_str()), &number(*made)])?;
        }
        Ok(())
    }
}

fn key(id: &DocumentId) -> String {
    written(id.as_str()).into_owned()
}

fn log(connection: &mut Connection, term: i64, entries: &[LogEntry]) -> Outcome<()> {
    const WRITE: &str =
        "INSERT INTO maillage_log (slot, version, term, at, author, reason, event, document, cause, decision)
        SELECT version % $1, version, $2, at, author, reason, event, document, cause, decision
        FROM unnest($3::BIGINT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], $8::TEXT[], $9::TEXT[], $10::TEXT[])
        AS t (version, at, author, reason, event, document, cause, decision)";
    let (mut versions, mut moments, mut authors, mut reasons) = (vec![], vec![], vec![], vec![]);
    let (mut events, mut documents, mut causes, mut decisions) = (vec![], vec![], vec![], vec![]);
    for LogEntry { version, signature, event } in entries {
        let (named, document, cause, decision) = match event {
            Event::Added(id) => ("ADDED", Some(key(id)), None, None),
            Event::Extracted(id) => ("EXTRACTED", Some(key(id)), None, None),
            Event::Withdrawn(id, cause) => ("WITHDRAWN", Some(key(id)), Some(word(&CAUSES, cause)), None),
            Event::Decided(made) => ("DECIDED", None, None, Some(written(made.id.as_str()).into_owned())),
            Event::Undone(id) => ("UNDONE", None, None, Some(written(id.as_str()).into_owned())),
        };
        versions.push(number(*version));
        moments.push(moment_text(signature.at));
        authors.push(written(&signature.author).into_owned());
        reasons.push(written(&signature.reason).into_owned());
        events.push(named);
        documents.push(document);
        causes.push(cause);
        decisions.push(decision);
    }
    if !versions.is_empty() {
        let params: super::line::Params<'_> =
            &[&SLOTS, &term, &versions, &moments, &authors, &reasons, &events, &documents, &causes, &decisions];
        connection.run(WRITE, params)?;
    }
    Ok(())
}
