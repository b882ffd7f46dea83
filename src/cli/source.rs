//! Where commands take the graph from: documents that are read now, or a store.
//!
//! `load(paths, None, report)` → a knowledge base in memory, with what was not read said on the way
//!
//! Must not know what a command does with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Outcome;
use super::place::Place;
use super::report::Report;
use super::store_arguments::SignatureArguments;
use crate::error::{Error, Result};
use crate::knowledge_base::{self, KnowledgeBase, MUCH, Opened, forget};
use crate::model::Signature;
use crate::snapshot::Kept;
use crate::store::Store;

/// A graph that is made sooner need not be kept.
const WORTH_KEEPING: Duration = Duration::from_secs(1);

/// Reads documents, or a store without changing it.
///
/// # Errors
/// There is no document at all among the paths, or no sound store.
pub(super) fn load(paths: &[PathBuf], place: Option<&Place>, report: &Report) -> Result<(KnowledgeBase, Outcome)> {
    match place {
        Some(place) => Ok((open(place.read_only()?, place, report)?, Outcome::Complete)),
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

/// The graph of a store: as it was kept beside it, or made anew. What took long to make is kept for the next time.
pub(super) fn open(store: Box<dyn Store>, place: &Place, report: &Report) -> Result<KnowledgeBase> {
    let (base, keep) = open_to_keep(store, place, report)?;
    if let Some(data) = place.folder().filter(|_| keep == Keep::Worth) {
        keep_now(&base, data);
    }
    Ok(base)
}

/// Whether the graph of a store should be kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// It is made quickly, or not kept at all.
    No,
    /// It took long to make.
    Worth,
    /// It is kept already.
    Done,
}

/// The same, and whether it should be kept, which whoever has something better to do first does later.
pub(super) fn open_to_keep(store: Box<dyn Store>, place: &Place, report: &Report) -> Result<(KnowledgeBase, Keep)> {
    let began = Instant::now();
    // A backup is a file alone, and beside a server there is no folder.
    let Some(data) = place.folder().filter(|folder| folder.is_dir()) else {
        return Ok((anew(store, report)?, Keep::No));
    };
    let opened = KnowledgeBase::open_kept(store, data, MUCH, &|progress| report.progress(progress));
    report.done();
    let (base, how) = opened?;
    match how {
        Opened::Kept(kept) if !kept.is_checked() => check_later(kept, data.to_owned()),
        Opened::Kept(_) => {}
        Opened::Made(reason) => tracing::debug!("the graph was made and kept at once: {reason}"),
        Opened::Anew(reason) => {
            tracing::debug!("the graph was made from the store, not read from a kept snapshot: {reason}");
            return Ok((base, if began.elapsed() >= WORTH_KEEPING { Keep::Worth } else { Keep::No }));
        }
    }
    Ok((base, Keep::Done))
}

/// The graph of a store, made from nothing else.
pub(super) fn anew(store: Box<dyn Store>, report: &Report) -> Result<KnowledgeBase> {
    let opened = KnowledgeBase::open(store, &|progress| report.progress(progress));
    report.done();
    opened
}

/// Keeps the snapshot of a store beside it. Where that cannot be done, opening it takes long the next time, and nothing else.
pub(super) fn keep_now(base: &KnowledgeBase, data: &Path) {
    let began = Instant::now();
    match base.keep(data) {
        Ok(path) => tracing::debug!("kept {} in {:.1} s", path.display(), began.elapsed().as_secs_f32()),
        Err(error) => tracing::debug!("{error}: the store is read anew the next time, too"),
    }
}

/// Compares a large kept snapshot with its checksums while it serves already.
fn check_later(kept: Arc<Kept>, data: PathBuf) {
    std::thread::spawn(move || {
        if let Err(error) = kept.check(|| true) {
            let _ = forget(&data);
            tracing::error!(
                "the snapshot kept in {} is damaged ({error}): answers may fail; start again, which makes it anew from the store",
                data.display()
            );
        }
    });
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
