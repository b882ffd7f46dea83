//! A store for as long as a process lives: one-off runs and tests.
//!
//! `MemoryStore::new().append(…)` → the same entries as a store in a file would give
//!
//! What is given is kept as it is, behind its `Arc`s. Must not touch files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::model::{
    Contribution, Decision, DecisionId, DocumentId, Event, LogEntry, Signature, Stored, WithdrawalCause,
};

use super::audit::Audit;
use super::sound::{flaws, refuse_unsound};
use super::{Store, Token, Write};

/// A store in memory. A clone shares the documents and goes its own way from there.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    log: Vec<LogEntry>,
    documents: BTreeMap<DocumentId, Held>,
    /// Documents of which the last entry is a withdrawal on request, with its place in the log.
    requests: BTreeMap<DocumentId, usize>,
    decisions: Vec<(u64, Decision)>,
    tokens: BTreeMap<String, Token>,
}

/// A document with what holds it in the store.
#[derive(Clone, Debug)]
struct Held {
    stored: Stored,
    /// Came without a file: stays until it is withdrawn on request.
    kept: bool,
    inputs: BTreeSet<String>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn log(&mut self, event: Event, signature: &Signature) -> u64 {
        let version = self.log.len() as u64 + 1;
        self.log.push(LogEntry { version, signature: signature.clone(), event });
        version
    }

    fn add(&mut self, contribution: &Contribution, input: Option<&str>, signature: &Signature) {
        let id = &contribution.document.id;
        match self.documents.get(id) {
            Some(held) if held.stored.contribution == *contribution => {}
            Some(_) => {
                self.log(Event::Extracted(id.clone()), signature);
                self.documents.entry(id.clone()).and_modify(|held| held.stored.contribution = contribution.clone());
            }
            None => {
                let added = self.log(Event::Added(id.clone()), signature);
                self.requests.remove(id);
                let stored = Stored { contribution: contribution.clone(), added, added_at: signature.at };
                self.documents.insert(id.clone(), Held { stored, kept: false, inputs: BTreeSet::new() });
            }
        }
        if let Some(held) = self.documents.get_mut(id) {
            held.kept |= input.is_none();
            held.inputs.extend(input.map(str::to_owned));
        }
    }

    fn unlink(&mut self, input: &str, id: &DocumentId, gone: bool, signature: &Signature) {
        let Some(held) = self.documents.get_mut(id) else { return };
        if held.inputs.remove(input) && held.inputs.is_empty() && !held.kept {
            let cause = if gone { WithdrawalCause::Gone } else { WithdrawalCause::Changed };
            self.withdraw(id, cause, signature);
        }
    }

    fn withdraw(&mut self, id: &DocumentId, cause: WithdrawalCause, signature: &Signature) {
        if self.documents.remove(id).is_some() {
            if cause == WithdrawalCause::Request {
                self.requests.insert(id.clone(), self.log.len());
            }
            self.log(Event::Withdrawn(id.clone(), cause), signature);
        }
    }

    fn decide(&mut self, decision: &Decision, signature: &Signature) {
        if self.decisions.iter().all(|(_, made)| made.id != decision.id) {
            let version = self.log(Event::Decided(decision.clone()), signature);
            self.decisions.push((version, decision.clone()));
        }
    }

    fn undo(&mut self, id: &DecisionId, signature: &Signature) {
        let before = self.decisions.len();
        self.decisions.retain(|(_, made)| made.id != *id);
        if self.decisions.len() < before {
            self.log(Event::Undone(id.clone()), signature);
        }
    }
}

impl Store for MemoryStore {
    fn head(&self) -> Result<u64> {
        Ok(self.log.len() as u64)
    }

    fn at_one_moment(&self, read: &mut dyn FnMut(&dyn Store) -> Result<()>) -> Result<()> {
        read(self)
    }

    fn append(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>> {
        refuse_unsound(writes)?;
        let before = self.log.len();
        for write in writes {
            match write {
                Write::Add { contribution, input } => self.add(contribution, input.as_deref(), signature),
                Write::Link { input, document } => {
                    if let Some(held) = self.documents.get_mut(document) {
                        held.inputs.insert(input.clone());
                    }
                }
                Write::Unlink { input, document, gone } => self.unlink(input, document, *gone, signature),
                Write::Withdraw(document) => self.withdraw(document, WithdrawalCause::Request, signature),
                Write::Decide(decision) => self.decide(decision, signature),
                Write::Undo(decision) => self.undo(decision, signature),
            }
        }
        Ok(self.log[before..].to_vec())
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<LogEntry>> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.log.iter().skip(after).take(most).cloned().collect())
    }

    fn visit(&self, visit: &mut dyn FnMut(Stored) -> Result<()>) -> Result<()> {
        self.documents.values().try_for_each(|held| visit(held.stored.clone()))
    }

    fn stored(&self, document: &DocumentId) -> Result<Option<Stored>> {
        Ok(self.documents.get(document).map(|held| held.stored.clone()))
    }

    fn documents(&self) -> Result<Vec<(DocumentId, String)>> {
        let extractor = |held: &Held| held.stored.contribution.extractor.to_string();
        Ok(self.documents.iter().map(|(id, held)| (id.clone(), extractor(held))).collect())
    }

    fn inputs(&self) -> Result<Vec<(String, DocumentId)>> {
        let links = |(id, held): (&DocumentId, &Held)| {
            held.inputs.iter().map(|input| (input.clone(), id.clone())).collect::<Vec<_>>()
        };
        let mut inputs: Vec<_> = self.documents.iter().flat_map(links).collect();
        inputs.sort();
        Ok(inputs)
    }

    fn decisions(&self) -> Result<Vec<(u64, Decision)>> {
        Ok(self.decisions.clone())
    }

    fn decisions_at(&self, version: u64) -> Result<Vec<(u64, Decision)>> {
        let mut in_force: Vec<(u64, Decision)> = Vec::new();
        for entry in self.log.iter().take_while(|entry| entry.version <= version) {
            match &entry.event {
                Event::Decided(decision) => in_force.push((entry.version, decision.clone())),
                Event::Undone(id) => in_force.retain(|(_, made)| made.id != *id),
                Event::Added(_) | Event::Extracted(_) | Event::Withdrawn(..) => {}
            }
        }
        Ok(in_force)
    }

    fn withdrawal(&self, document: &DocumentId) -> Result<Option<LogEntry>> {
        Ok(self.requests.get(document).and_then(|at| self.log.get(*at)).cloned())
    }

    fn withdrawn(&self) -> Result<Vec<DocumentId>> {
        Ok(self.requests.keys().cloned().collect())
    }

    fn of_source(&self, source: &str) -> Result<Vec<DocumentId>> {
        let of_source = |(_, held): &(&DocumentId, &Held)| held.stored.contribution.document.source == source;
        Ok(self.documents.iter().filter(of_source).map(|(id, _)| id.clone()).collect())
    }

    fn add_token(&mut self, token: &Token) -> Result<()> {
        if self.tokens.contains_key(&token.name) {
            return Err(Error::TokenExists(token.name.clone()));
        }
        self.tokens.insert(token.name.clone(), token.clone());
        Ok(())
    }

    fn tokens(&self) -> Result<Vec<Token>> {
        Ok(self.tokens.values().cloned().collect())
    }

    fn revoke_token(&mut self, name: &str) -> Result<bool> {
        Ok(self.tokens.remove(name).is_some())
    }

    fn backup(&self, to: &Path) -> Result<()> {
        let reason = "the store is only in memory; start with a store in a folder to keep what is written".to_owned();
        Err(Error::Store { path: PathBuf::from(to), doing: "backing up to".to_owned(), reason })
    }

    fn check(&self) -> Result<Vec<String>> {
        let mut audit = Audit::default();
        self.log.iter().for_each(|entry| audit.read(entry));
        let documents = self.documents.iter().map(|(id, held)| (id.clone(), held.stored.added));
        let decisions = self.decisions.iter().map(|(version, decision)| (decision.id.clone(), *version));
        let mut found = audit.compare(documents, decisions);
        for (id, held) in &self.documents {
            found.extend(flaws(&held.stored.contribution).into_iter().map(|flaw| format!("{id}: {flaw}")));
        }
        Ok(found)
    }
}
