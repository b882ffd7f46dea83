//! One write: to the store, to the resolver, to the next snapshot.
//!
//! `[Withdraw(document)]` → entry 42 in the log, snapshot 42 without the document
//!
//! What the store refuses changes nothing. What it took is in the snapshot that is published before the call returns; only while many
//! documents are taken in, readers see them some at a time.

use std::collections::HashMap;
use std::sync::Arc;

use super::{KnowledgeBase, Writer, trace};
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::model::{Annotations, Contribution, Decision, DecisionId, DocumentId, Event, LogEntry, Signature, Stored};
use crate::resolve::Batch;
use crate::snapshot::Snapshot;
use crate::store::{MemoryStore, Write};

/// What a write made of the log and the graph.
#[derive(Clone, Debug)]
pub struct Written {
    /// The log's new entries; none when nothing changed.
    pub entries: Vec<LogEntry>,
    /// The snapshot that has them.
    pub snapshot: Arc<Snapshot>,
}

impl KnowledgeBase {
    /// Writes all changes or none, in order. They are durable, and every reader sees them, when this returns.
    ///
    /// # Errors
    /// The store cannot take them; nothing has changed then.
    pub fn write(&self, writes: &[Write], signature: &Signature) -> Result<Written> {
        let mut writer = self.writer()?;
        self.write_as(&mut writer, writes, signature)
    }

    pub(super) fn write_as(&self, writer: &mut Writer, writes: &[Write], signature: &Signature) -> Result<Written> {
        let entries = writer.append(writes, signature)?;
        Ok(Written { entries, snapshot: self.publish(writer) })
    }

    /// Lets readers see what was written.
    pub(super) fn publish(&self, writer: &Writer) -> Arc<Snapshot> {
        let current = self.snapshot();
        if current.version() == writer.version {
            return current;
        }
        let next = Arc::new(writer.draft.snapshot(writer.version));
        self.current.store(Arc::clone(&next));
        self.version.send_replace(writer.version);
        next
    }

    /// Withdraws a document, as if it had never been read.
    ///
    /// # Errors
    /// The store cannot take it.
    pub fn withdraw(&self, document: &DocumentId, signature: &Signature) -> Result<Written> {
        self.write(&[Write::Withdraw(document.clone())], signature)
    }

    /// Undoes a decision, as if it had never been made; no entry when none of that id is in force.
    ///
    /// # Errors
    /// The store cannot take it.
    pub fn undo(&self, decision: &DecisionId, signature: &Signature) -> Result<Written> {
        self.write(&[Write::Undo(decision.clone())], signature)
    }
}

impl Writer {
    /// Writes to the store, and what that changes into the draft of the next snapshot.
    pub(super) fn append(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>> {
        trace::write(|| self.append_all(writes, signature))
    }

    fn append_all(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>> {
        if self.replica {
            return Err(Error::Replica(None));
        }
        // Before the store has what the resolver is told of below.
        self.resolver()?;
        self.find_out()?;
        let entries = self.store.append(writes, signature).inspect_err(|_| self.behind = true)?;
        if let Some(last) = entries.last() {
            let mut contributions: HashMap<&DocumentId, &Contribution> = HashMap::new();
            for write in writes {
                if let Write::Add { contribution, .. } = write {
                    contributions.insert(&contribution.document.id, contribution);
                }
            }
            let outcome = Outcome::of(&entries, &contributions, self.draft.graph());
            let changes = self.resolver()?.apply(&outcome.batch());
            self.draft.apply(&changes);
            (self.version, self.last) = (last.version, Some(last.clone()));
        }
        Ok(entries)
    }

    /// After a write that failed: takes in what it wrote all the same, as a store on a server may have when it could not say so.
    fn find_out(&mut self) -> Result<()> {
        if !self.behind {
            return Ok(());
        }
        if self.store.head()? != self.version {
            let store = std::mem::replace(&mut self.store, Box::new(MemoryStore::new()));
            let caught_up = self.catch_up(store.as_ref());
            self.store = store;
            if !caught_up? {
                return Err(Error::WriterFailed);
            }
        }
        self.behind = false;
        Ok(())
    }
}

/// What entries of a log come to: of each document and decision only the last word counts.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    added: Vec<Stored>,
    /// What goes, or comes in anew, with what was observed in it until now.
    removed: Vec<(DocumentId, Arc<Annotations>)>,
    decided: Vec<Decision>,
    undone: Vec<DecisionId>,
}

impl Outcome {
    /// What entries come to, given what the documents that they speak of contribute now.
    pub(super) fn of(
        entries: &[LogEntry],
        contributions: &HashMap<&DocumentId, &Contribution>,
        before: &Graph,
    ) -> Self {
        let (mut documents, mut decisions) = (HashMap::new(), HashMap::new());
        for entry in entries {
            match &entry.event {
                Event::Added(id) => {
                    documents.insert(id, Some((entry.version, entry.signature.at)));
                }
                Event::Extracted(id) => {
                    // Still known since it came in.
                    let known = before.find_document(id).map(|row| before.stored(row));
                    let since =
                        known.map_or((entry.version, entry.signature.at), |known| (known.added, known.added_at));
                    documents.entry(id).or_insert(Some(since));
                }
                Event::Withdrawn(id, _) => {
                    documents.insert(id, None);
                }
                Event::Decided(decision) => {
                    decisions.insert(&decision.id, Some(decision));
                }
                Event::Undone(id) => {
                    decisions.insert(id, None);
                }
            }
        }
        let mut outcome = Self::default();
        for (id, since) in documents {
            if let Some(row) = before.find_document(id) {
                outcome.removed.push((id.clone(), Arc::clone(&before.stored(row).contribution.annotations)));
            }
            if let (Some((added, added_at)), Some(contribution)) = (since, contributions.get(id)) {
                outcome.added.push(Stored { contribution: (*contribution).clone(), added, added_at });
            }
        }
        for (id, decision) in decisions {
            match decision {
                Some(decision) => outcome.decided.push(decision.clone()),
                None => outcome.undone.push(id.clone()),
            }
        }
        outcome
    }

    pub(super) fn batch(&self) -> Batch<'_> {
        Batch { added: &self.added, removed: &self.removed, decided: &self.decided, undone: &self.undone }
    }
}
