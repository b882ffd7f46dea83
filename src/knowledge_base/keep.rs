//! The snapshot of a store in a file beside it, so that the next one to open the store need not make it anew.
//!
//! `KnowledgeBase::open_kept(store, folder, …)` → in a fraction of a second, when `knowledge_base.keep(folder)` was called at this version
//!
//! The log is what counts: the file is made from it, valid for exactly the entries that it was made of and for the very program that made
//! it, and may be deleted at any time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::UNIX_EPOCH;

use super::load::{Hold, TIMES, Whole, changing, each_ahead, whole};
use super::{KnowledgeBase, Progress, Writer};
use crate::error::{Error, Result};
use crate::extract;
use crate::resolve::Resolver;
use crate::snapshot::{Keeping, Kept, Maker, Snapshot, kept};
use crate::store::{DERIVED, Store};

/// How a store was opened.
#[derive(Debug)]
pub enum Opened {
    /// From the snapshot that was kept.
    Kept(Arc<Kept>),
    /// Anew, for this reason.
    Anew(String),
    /// Anew, for this reason, from a snapshot that was made and kept at once: there is too much for memory.
    Made(String),
}

impl KnowledgeBase {
    /// Opens what a store holds from the snapshot kept in a folder, or, when there is none of this very state, from the store itself. From
    /// `much` mentions and statements on, the snapshot is made in the folder, page by page, and not in memory.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open_kept(
        store: Box<dyn Store>,
        folder: &Path,
        much: usize,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, Opened)> {
        let (version, path) = (store.head()?, folder.join(DERIVED));
        let reason = match kept(&path, &stamp(store.as_ref(), version)?) {
            Ok(kept) => {
                let draft = kept.draft.clone();
                let base = Self::new(Writer::of(store, None, draft, version)?);
                return Ok((base, Opened::Kept(Arc::new(kept))));
            }
            Err(reason) => reason.to_string(),
        };
        for _ in 0..TIMES {
            let whole = whole(store.as_ref(), Hold::Below(much), progress)?;
            if whole.documents.is_some() {
                let (resolver, draft, position) = whole.in_memory();
                let base = Self::new(Writer::of(store, Some(resolver), draft, position.version)?);
                return Ok((base, Opened::Anew(reason)));
            }
            match in_file(store.as_ref(), whole, &path, progress) {
                Ok(Some((resolver, kept, version))) => {
                    let writer = Writer::of(store, Some(resolver), kept.draft, version)?;
                    return Ok((Self::new(writer), Opened::Made(reason)));
                }
                // It was written to meanwhile.
                Ok(None) => {}
                Err(Error::Io { context, source }) => {
                    tracing::warn!("{context}: {source}; all documents are held in memory instead");
                    return Ok((Self::open(store, progress)?, Opened::Anew(reason)));
                }
                Err(error) => return Err(error),
            }
        }
        Err(changing())
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

/// What is read of a graph that lies in a file takes so many times its bytes in memory, about.
const UNFOLDED: u64 = 3;

impl KnowledgeBase {
    /// Forgets what was read of a graph that lies in a file, when that takes more than about so many bytes of memory; whether it did.
    /// Whoever holds a snapshot keeps what it has read. While something is written, it is left for the next time.
    pub fn relieve(&self, most: u64) -> bool {
        if self.snapshot().bytes_read() <= most / UNFOLDED {
            return false;
        }
        let Some(Ok(mut writer)) = self.writer.as_ref().map(Mutex::try_lock) else { return false };
        if self.snapshot().version() != writer.version {
            return false;
        }
        writer.draft = writer.draft.unread();
        self.current.store(Arc::new(writer.draft.snapshot(writer.version)));
        true
    }
}

/// Makes a snapshot in a file, document by document, and opens it; none when the store has changed meanwhile.
fn in_file(
    store: &dyn Store,
    whole: Whole,
    path: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<(Resolver, Kept, u64)>> {
    let Whole { resolver, changes, position, .. } = whole;
    let failed = |error| Error::io(format!("cannot keep {}", path.display()), error);
    let (stamp, of) = (stamp(store, position.version)?, store.documents()?.len());
    let mut keeping = Keeping::begin(path, &stamp).map_err(failed)?;
    let (mut maker, mut count) = (Maker::in_file(changes, &mut keeping).map_err(failed)?, 0);
    each_ahead(store, |stored| {
        count += 1;
        progress(Progress::Keeping(count, of));
        maker.add(stored).map_err(failed)
    })?;
    progress(Progress::Joining(count));
    maker.finish().map_err(failed)?;
    // Whatever is withdrawn deletes what it finds, which must not come back.
    if store.position()?.version != position.version {
        return Ok(None);
    }
    keeping.finish().map_err(failed)?;
    let kept = kept(path, &stamp).map_err(failed)?;
    if store.position()?.version != position.version {
        drop(std::fs::remove_file(path));
        return Ok(None);
    }
    Ok(Some((resolver, kept, position.version)))
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
