//! A snapshot in a file: what a server opens instead of putting everything in order anew.
//!
//! `snapshot.keep(path, &stamp)?` … `kept(path, &stamp)?` → the same graph and indexes, read as far as somebody looks
//!
//! The stamp says of what the snapshot was made; a file with another one is of no use. It is written beside its place and put there when
//! it is whole.

use std::io;
use std::path::Path;

use super::{Draft, Snapshot};
use crate::collection::{Shelf, ShelfWriter};
use crate::graph::Graph;
use crate::search::Search;

/// Up to this size a file is compared with its checksums when it is opened; a larger one would take seconds.
const CHECKED_AT_ONCE: u64 = 256 << 20;

/// A snapshot that was found in a file.
#[derive(Debug)]
pub struct Kept {
    /// Its graph and indexes.
    pub draft: Draft,
    shelf: Shelf,
    checked: bool,
}

impl Kept {
    /// Compares the pages of the file with their checksums, when that was not done at opening, as long as it may go on.
    ///
    /// # Errors
    /// A page is not what was written.
    pub fn check(&self, go_on: impl FnMut() -> bool) -> io::Result<()> {
        if self.checked { Ok(()) } else { self.shelf.check(go_on) }
    }

    /// Whether the pages were compared with their checksums at opening.
    pub fn is_checked(&self) -> bool {
        self.checked
    }
}

/// The snapshot in a file.
///
/// # Errors
/// There is no such file, it has another stamp, or it is damaged.
pub fn kept(path: &Path, stamp: &str) -> io::Result<Kept> {
    let shelf = Shelf::open(path)?;
    if shelf.value::<String>("stamp")? != stamp {
        return Err(io::Error::other("it is of another state of the store, or of another version of the program"));
    }
    let checked = shelf.size() <= CHECKED_AT_ONCE;
    if checked {
        shelf.check(|| true)?;
    }
    let draft = Draft { graph: Graph::kept(&shelf)?, search: Search::kept(&shelf)? };
    Ok(Kept { draft, shelf, checked })
}

impl Snapshot {
    /// Writes the snapshot to a file, in place of one that is there.
    ///
    /// # Errors
    /// The file cannot be written; one that was there stays.
    pub fn keep(&self, path: &Path, stamp: &str) -> io::Result<()> {
        // Two programs may do so at once.
        let beside = path.with_extension(format!("{}.new", std::process::id()));
        let written = self.write(&beside, stamp).and_then(|()| std::fs::rename(&beside, path));
        if written.is_err() {
            drop(std::fs::remove_file(&beside));
        }
        written
    }

    fn write(&self, path: &Path, stamp: &str) -> io::Result<()> {
        let mut writer = ShelfWriter::create(path)?;
        writer.value("stamp", &stamp)?;
        self.graph.keep(&mut writer)?;
        self.search.keep(&mut writer)?;
        writer.finish()
    }
}
