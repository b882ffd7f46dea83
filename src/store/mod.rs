//! The log: what was observed in documents and what people decided, durable and in order. Everything else follows from it.
//!
//! `store.append(&[Write::Withdraw(id)], &signature)` → `[42: withdrawn]`, and the document is gone once and for all
//!
//! One trait, [`Store`]; [`SqliteStore`] keeps a store in a file, [`PostgresStore`] on a database server, [`MemoryStore`] for as long as a
//! process lives. What
//! [`Store::append`] is given is written whole or not at all, and stays when it returns. Must not know the graph.

mod audit;
mod memory;
mod postgres;
mod sound;
mod sqlite;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

pub use memory::MemoryStore;
pub use postgres::{PostgresStore, StoreAddress};
pub use sqlite::SqliteStore;

use crate::error::Result;
use crate::model::{Contribution, Decision, DecisionId, DocumentId, Event, LogEntry, Signature, Stored};

/// A file beside a store that others make from it. It is deleted before anything is erased from the store, so that nothing withdrawn stays in it.
pub const DERIVED: &str = "snapshot.maillage";

/// One change to a store.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Adds a document's contribution, or replaces it by what was extracted anew. `input` is the file it was read from, if any.
    Add {
        /// What the document contributes.
        contribution: Contribution,
        /// The file it was read from. Without one the document stays until it is withdrawn, whatever happens to files that have it: to
        /// extract anew what came from files, name one of them.
        input: Option<String>,
    },
    /// Notes that another file has a document that is stored already. A link by itself is no entry of the log.
    Link {
        /// The file.
        input: String,
        /// The document.
        document: DocumentId,
    },
    /// Notes that a file has a document no more: it has other content now, or is gone. The document is withdrawn when it came from
    /// files only and no other file has it.
    Unlink {
        /// The file.
        input: String,
        /// The document.
        document: DocumentId,
        /// Whether the file is gone, not changed.
        gone: bool,
    },
    /// Withdraws a document, whichever files have it.
    Withdraw(DocumentId),
    /// Keeps a decision.
    Decide(Decision),
    /// Undoes a decision.
    Undo(DecisionId),
}

/// A durable log with the documents and decisions that are in force.
pub trait Store: Send {
    /// The version of the newest entry; 0 when nothing was ever written.
    fn head(&self) -> Result<u64>;

    /// Where the store stands: its newest version, and who writes. Cheap enough to be asked many times a second.
    fn position(&self) -> Result<Position> {
        Ok(Position { version: self.head()?, ..Position::default() })
    }

    /// Tells, without waiting for anything, whether the right to write was lost.
    fn standing(&self) -> Standing {
        Standing::default()
    }

    /// Lets everything that `read` asks the store it is given be as of one moment, whatever others write meanwhile.
    fn at_one_moment(&self, read: &mut dyn FnMut(&dyn Store) -> Result<()>) -> Result<()>;

    /// Writes all changes or none, in order; they are durable when this returns. Gives the entries that they made: none for what
    /// changes nothing (a link, a contribution that is stored already, a document that is not there).
    fn append(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>>;

    /// Writes all changes or none, like [`Store::append`], of which only the one that is being written need be in memory. The first
    /// that is an error ends it, and nothing is written.
    fn append_each(
        &mut self,
        writes: &mut dyn Iterator<Item = Result<Write>>,
        signature: &Signature,
    ) -> Result<Vec<LogEntry>> {
        let writes = writes.collect::<Result<Vec<_>>>()?;
        self.append(&writes, signature)
    }

    /// Entries after a version, oldest first, at most `most` of them.
    fn entries(&self, after: u64, most: usize) -> Result<Vec<LogEntry>>;

    /// Entries after a version up to the newest, with what the documents that they bring or change contribute now: all as of one moment.
    fn since(&self, after: u64) -> Result<Since> {
        let mut since = Since::default();
        self.at_one_moment(&mut |store| {
            let (position, entries) = (store.position()?, store.entries(after, usize::MAX)?);
            let stored = store.stored_of(&spoken_of(&entries))?;
            since = Since { position, entries, stored };
            Ok(())
        })?;
        Ok(since)
    }

    /// Visits the contribution of every document that is stored, of which only the one that is visited need be in memory: in an order that
    /// is the same each time, as long as nothing is written.
    fn visit(&self, visit: &mut dyn FnMut(Stored) -> Result<()>) -> Result<()>;

    /// The contribution of one document.
    fn stored(&self, document: &DocumentId) -> Result<Option<Stored>>;

    /// The contributions of those of some documents that are stored, in any order.
    fn stored_of(&self, documents: &[DocumentId]) -> Result<Vec<Stored>> {
        documents.iter().filter_map(|document| self.stored(document).transpose()).collect()
    }

    /// Which documents are stored, each with the version of the extractor, in the order of their ids.
    fn documents(&self) -> Result<Vec<(DocumentId, String)>>;

    /// Which file has which documents, in order.
    fn inputs(&self) -> Result<Vec<(String, DocumentId)>>;

    /// The decisions in force, each with the version of its entry, oldest first.
    fn decisions(&self) -> Result<Vec<(u64, Decision)>>;

    /// The decisions that were in force when an entry was the newest, each with the version of its own, oldest first.
    fn decisions_at(&self, version: u64) -> Result<Vec<(u64, Decision)>>;

    /// The entry by which a document was withdrawn on request, when that is the last that was written of it.
    fn withdrawal(&self, document: &DocumentId) -> Result<Option<LogEntry>>;

    /// All documents whose last entry is a withdrawal on request, in the order of their ids.
    fn withdrawn(&self) -> Result<Vec<DocumentId>>;

    /// The documents of a source, in the order of their ids.
    fn of_source(&self, source: &str) -> Result<Vec<DocumentId>>;

    /// Keeps a write token.
    fn add_token(&mut self, token: &Token) -> Result<()>;

    /// The tokens that are in force, by name.
    fn tokens(&self) -> Result<Vec<Token>>;

    /// Takes a token out of force; whether there was one of that name.
    fn revoke_token(&mut self, name: &str) -> Result<bool>;

    /// Writes a copy of the store, as it is at this moment, to a file that does not exist yet.
    fn backup(&self, to: &Path) -> Result<()>;

    /// What is wrong with how the store is kept, in words; nothing in a sound store.
    fn check(&self) -> Result<Vec<String>>;
}

/// Where a store stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The version of the newest entry; 0 when nothing was ever written.
    pub version: u64,
    /// Which store it is, where that can change under its name; empty otherwise.
    pub identity: String,
    /// Who has the right to write, when somebody has and it is known.
    pub writer: Option<String>,
}

/// What a store has that is newer than a version.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// Where the store stands with it.
    pub position: Position,
    /// The entries, oldest first.
    pub entries: Vec<LogEntry>,
    /// The documents that entries added or extracted anew and that are stored still, in any order.
    pub stored: Vec<Stored>,
}

/// The documents that entries bring or change and that no later one takes away.
fn spoken_of(entries: &[LogEntry]) -> Vec<DocumentId> {
    let mut last = BTreeMap::new();
    for entry in entries {
        match &entry.event {
            Event::Added(id) | Event::Extracted(id) => drop(last.insert(id, true)),
            Event::Withdrawn(id, _) => drop(last.insert(id, false)),
            Event::Decided(_) | Event::Undone(_) => {}
        }
    }
    last.into_iter().filter(|(_, stored)| *stored).map(|(id, _)| id.clone()).collect()
}

/// Whether the right to write that a store was opened with is still there. A clone tells the same.
#[derive(Clone, Debug, Default)]
pub struct Standing(Arc<Mutex<Option<String>>>);

impl Standing {
    /// Who has the right now, once it is lost: in words, perhaps empty.
    pub fn lost(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The right is lost to somebody.
    fn lose(&self, to: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(to.to_owned());
    }
}

/// The right to write, without the secret: what is kept of a token that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whose it is; the author of what is written with it.
    pub name: String,
    /// SHA-256 of the secret, in hexadecimal digits.
    pub digest: String,
    /// When it was given out.
    pub created_at: jiff::Timestamp,
}
