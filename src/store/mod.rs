//! The log: what was observed in documents and what people decided, durable and in order. Everything else follows from it.
//!
//! `store.append(&[Write::Withdraw(id)], &signature)` → `[42: withdrawn]`, and the document is gone once and for all
//!
//! One trait, [`Store`]; [`SqliteStore`] keeps a store in a file, [`MemoryStore`] for as long as a process lives. What
//! [`Store::append`] is given is written whole or not at all, and stays when it returns. Must not know the graph.

mod audit;
mod memory;
mod sound;
mod sqlite;

use std::path::Path;

pub use memory::MemoryStore;
pub use sqlite::SqliteStore;

use crate::error::Result;
use crate::model::{Contribution, Decision, DecisionId, DocumentId, LogEntry, Signature, Stored};

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

    /// Visits the contribution of every document that is stored, in the order of their ids. All of them may be in memory at once.
    fn visit(&self, visit: &mut dyn FnMut(Stored) -> Result<()>) -> Result<()>;

    /// The contribution of one document.
    fn stored(&self, document: &DocumentId) -> Result<Option<Stored>>;

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
