//! Where commands take the graph from: documents that are read now, or a store.
//!
//! `load(paths, None, report)` → a knowledge base in memory, with what was not read said on the way
//!
//! Must not know what a command does with it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Outcome;
use super::report::Report;
use super::store_arguments::SignatureArguments;
use crate::error::{Error, Result};
use crate::knowledge_base::{self, KnowledgeBase};
use crate::model::Signature;
use crate::store::{SqliteStore, Store};

/// Reads documents, or a store without changing it.
///
/// # Errors
/// There is no document at all among the paths, or no sound store.
pub(super) fn load(paths: &[PathBuf], data: Option<&Path>, report: &Report) -> Result<(KnowledgeBase, Outcome)> {
    match data {
        Some(data) => Ok((open(Box::new(SqliteStore::open_read_only(data)?), report)?, Outcome::Complete)),
        None => read(paths, report),
    }
}

/// Reads documents into memory, saying on the way what is not read.
fn read(paths: &[PathBuf], report: &Report) -> Result<(KnowledgeBase, Outcome)> {
    let built = knowledge_base::read(paths, &|progress| report.progress(progress));
    report.done();
    let built = built?;
    let outcome = report.all(&built.skipped, &built.notes);
    if built.knowledge_base.snapshot().graph().document_count() == 0 {
        return Err(no_documents(paths));
    }
    Ok((built.knowledge_base, outcome))
}

/// Builds the graph of a store.
pub(super) fn open(store: Box<dyn Store>, report: &Report) -> Result<KnowledgeBase> {
    let opened = KnowledgeBase::open(store, &|progress| report.progress(progress));
    report.done();
    opened
}

/// Takes a store that is there to write to it.
pub(super) fn writable(data: &Path) -> Result<SqliteStore> {
    // Opening makes a store where there is none; somebody who changes one has mistyped its name then.
    drop(SqliteStore::open_read_only(data)?);
    SqliteStore::open(data)
}

/// Nothing could be read under these paths.
pub(super) fn no_documents(paths: &[PathBuf]) -> Error {
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    Error::NoDocuments(names.join(", "))
}

impl SignatureArguments {
    /// Who writes, why and when: now.
    pub(super) fn sign(&self) -> Signature {
        let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let author = self.author.clone().or_else(user).unwrap_or_default();
        Signature { author, reason: self.reason.clone(), at: Timestamp::now() }
    }
}
