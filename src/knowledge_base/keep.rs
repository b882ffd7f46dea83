//! The snapshot of a store in a file beside it, so that the next one to open the store need not make it anew.
//!
//! `KnowledgeBase::open_kept(store, folder, …)` → in a fraction of a second, when `knowledge_base.keep(folder)` was called at this version
//!
//! The log is what counts: the file is made from it, valid for exactly the entries that it was made of and for the very program that made
//! it, and may be deleted at any time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::{KnowledgeBase, Progress, Writer};
use crate::error::{Error, Result};
use crate::extract;
use crate::snapshot::{Kept, Snapshot, kept};
use crate::store::{DERIVED, Store};

/// How a store was opened.
#[derive(Debug)]
pub enum Opened {
    /// From the snapshot that was kept.
    Kept(Arc<Kept>),
    /// Anew, for this reason.
    Anew(String),
}

impl KnowledgeBase {
    /// Opens what a store holds from the snapshot kept in a folder, or, when there is none of this very state, from the store itself.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open_kept(
        store: Box<dyn Store>,
        folder: &Path,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, Opened)> {
        let version = store.head()?;
        match kept(&folder.join(DERIVED), &stamp(store.as_ref(), version)?) {
            Ok(kept) => {
                let draft = kept.draft.clone();
                let base = Self::new(Writer::of(store, None, draft, version)?);
                Ok((base, Opened::Kept(Arc::new(kept))))
            }
            Err(reason) => Ok((Self::open(store, progress)?, Opened::Anew(reason.to_string()))),
        }
    }

    /// Keeps the current snapshot in a folder; gives the file, which is gone again when something was written meanwhile.
    ///
    /// # Errors
    /// The graph has no store, the store cannot be read, or the file cannot be written.
    pub fn keep(&self, folder: &Path) -> Result<PathBuf> {
        let path = folder.join(DERIVED);
        let (snapshot, stamp): (Arc<Snapshot>, _) = {
            let writer = self.writer()?;
            let snapshot = self.snapshot();
            let stamp = stamp(writer.store.as_ref(), snapshot.version())?;
            (snapshot, stamp)
        };
        snapshot.keep(&path, &stamp).map_err(|error| Error::io(format!("cannot keep {}", path.display()), error))?;
        // What was withdrawn while it was written must not stay in it.
        if self.writer()?.store.head()? != snapshot.version() {
            forget(folder)?;
        }
        Ok(path)
    }
}

/// Of what a snapshot is made: the log up to a version, told by its first and last entry, and the program.
fn stamp(store: &dyn Store, version: u64) -> Result<String> {
    let entry = |version: u64| match version.checked_sub(1) {
        Some(before) => Ok::<_, Error>(format!("{:?}", store.entries(before, 1)?.first())),
        None => Ok(String::new()),
    };
    let (first, last) = (entry(1)?, entry(version)?);
    // Two builds of one version may differ in their rules.
    let program = std::env::current_exe().and_then(std::fs::metadata).ok();
    let built = program.as_ref().and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    Ok(format!("{} {:?} {:?} {version} {first} {last}", extract::VERSION, built, program.map(|file| file.len())))
}

/// Deletes the snapshot kept in a folder, which is damaged.
///
/// # Errors
/// It cannot be deleted.
pub fn forget(folder: &Path) -> Result<()> {
    let path = folder.join(DERIVED);
    std::fs::remove_file(&path).map_err(|error| Error::io(format!("cannot delete {}", path.display()), error))
}
