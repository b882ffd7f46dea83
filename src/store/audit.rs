//! Whether what is in force follows from the log.
//!
//! *5: document:8c… added* without a later withdrawal, but no such document → *document:8c… is not stored, though entry 5 added it*
//!
//! The log is read once, in order, as it was written. Must not know how a store keeps it.

use std::collections::BTreeMap;

use crate::model::{DecisionId, DocumentId, Event, LogEntry};

/// What the log read so far says is in force, and what is wrong with it.
#[derive(Default)]
pub(super) struct Audit {
    last: u64,
    documents: BTreeMap<DocumentId, u64>,
    decisions: BTreeMap<DecisionId, u64>,
    found: Vec<String>,
}

impl Audit {
    /// Reads the next entry.
    pub(super) fn read(&mut self, entry: &LogEntry) {
        let version = entry.version;
        if version != self.last + 1 {
            self.found.push(format!("entry {version} of the log follows entry {}", self.last));
        }
        self.last = version;
        let wrong = match &entry.event {
            Event::Added(id) => {
                self.documents.insert(id.clone(), version).map(|_| format!("adds {id}, which was there"))
            }
            Event::Extracted(id) if self.documents.contains_key(id) => None,
            Event::Extracted(id) => Some(format!("extracts {id}, which was not there")),
            Event::Withdrawn(id, _) => match self.documents.remove(id) {
                Some(_) => None,
                None => Some(format!("withdraws {id}, which was not there")),
            },
            Event::Decided(decision) => {
                let before = self.decisions.insert(decision.id.clone(), version);
                before.map(|_| format!("makes {}, which was in force", decision.id))
            }
            Event::Undone(id) => match self.decisions.remove(id) {
                Some(_) => None,
                None => Some(format!("undoes {id}, which was not in force")),
            },
        };
        self.found.extend(wrong.map(|wrong| format!("entry {version} of the log {wrong}")));
    }

    /// Compares with the documents that are stored and the decisions in force, each with the version of its entry.
    pub(super) fn compare(
        mut self,
        documents: impl IntoIterator<Item = (DocumentId, u64)>,
        decisions: impl IntoIterator<Item = (DecisionId, u64)>,
    ) -> Vec<String> {
        for (id, added) in documents {
            match self.documents.remove(&id) {
                Some(entry) if entry == added => {}
                Some(entry) => {
                    self.found.push(format!("{id} is said to come from entry {added}, but entry {entry} added it"));
                }
                None => self.found.push(format!("{id} is stored, though the log never added it or has withdrawn it")),
            }
        }
        for (id, entry) in decisions {
            match self.decisions.remove(&id) {
                Some(made) if made == entry => {}
                Some(made) => {
                    self.found.push(format!("{id} is said to come from entry {entry}, but entry {made} made it"));
                }
                None => self.found.push(format!("{id} is in force, though the log never made it or has undone it")),
            }
        }
        let lost =
            self.documents.iter().map(|(id, entry)| format!("{id} is not stored, though entry {entry} added it"));
        let forgotten =
            self.decisions.iter().map(|(id, entry)| format!("{id} is not in force, though entry {entry} made it"));
        self.found.extend(lost.chain(forgotten));
        self.found
    }
}
