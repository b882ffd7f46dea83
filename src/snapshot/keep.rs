//! A snapshot in a file: what a server opens instead of putting everything in order anew.
//!
//! `snapshot.keep(path, &stamp)?` … `kept(path, &stamp)?` → the same graph and indexes, read as far as somebody looks
//!
//! The stamp says of what the snapshot was made; a file with another one is of no use. It is written beside its place and put there when
//! it is whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{Draft, Snapshot};
use crate::collection::{Meter, Shelf, ShelfWriter};
use crate::graph::Graph;
use crate::search::Search;

/// Up to this size a file is compared with its checksums when it is opened; a larger one would take seconds.
const CHECKED_AT_ONCE: u64 = 256 << 20;

/// A file that nobody has written to for so long is not being written.
const LEFT_AFTER: Duration = Duration::from_secs(600);

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
    let meter = shelf.meter().clone();
    let draft = Draft { graph: Graph::kept(&shelf)?, search: Search::kept(&shelf)?, meter };
    Ok(Kept { draft, shelf, checked })
}

/// Deletes files that somebody began to write beside a path and left.
fn forget_begun(path: &Path) {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|stem| stem.to_str())) else { return };
    let begun =
        |name: &str| name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".new"));
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let written = entry.metadata().and_then(|file| file.modified());
        let old = written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_AFTER));
        if old && entry.file_name().to_str().is_some_and(begun) {
            // Whoever cannot delete it has one file too many, nothing else.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// A snapshot that is being written to a file. It stands beside its place until it is whole, and goes when it is dropped before.
#[derive(Debug)]
pub struct Keeping {
    writer: Option<ShelfWriter>,
    beside: PathBuf,
    path: PathBuf,
}

impl Keeping {
    /// Begins a file that will take the place of one that is there.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn begin(path: &Path, stamp: &str) -> io::Result<Self> {
        // What another program began is left to it, unless it has not gone on for long.
        forget_begun(path);
        let beside = path.with_extension(format!("{}.new", std::process::id()));
        let mut keeping = Self { writer: None, beside, path: path.to_owned() };
        keeping.writer.insert(ShelfWriter::create(&keeping.beside)?).value("stamp", &stamp)?;
        Ok(keeping)
    }

    /// The file, to be written to.
    ///
    /// # Errors
    /// It was put in its place.
    pub(super) fn writer(&mut self) -> io::Result<&mut ShelfWriter> {
        self.writer.as_mut().ok_or_else(|| io::Error::other("the file is closed"))
    }

    /// Puts the file, which is whole, in its place.
    ///
    /// # Errors
    /// It cannot be written to its end, or renamed; one that was there stays.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.take().map_or(Ok(()), ShelfWriter::finish)?;
        std::fs::rename(&self.beside, &self.path)
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        // Where it is in its place, there is nothing.
        drop(std::fs::remove_file(&self.beside));
    }
}

impl Draft {
    /// The same draft, of which nothing that lies in a file is in memory.
    pub fn unread(&self) -> Self {
        let meter = Meter::default();
        Self { graph: self.graph.unread(&meter), search: self.search.unread(&meter), meter }
    }

    /// How many bytes were read of what lies in a file, as they are unpacked: a third, about, of what that takes in memory. Snapshots of
    /// one draft count together.
    pub fn bytes_read(&self) -> u64 {
        self.meter.bytes()
    }
}

impl Snapshot {
    /// The same snapshot, of which nothing that lies in a file is in memory.
    pub fn unread(&self) -> Self {
        let meter = Meter::default();
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self {
            version: self.version,
            graph: self.graph.unread(&meter),
            search: self.search.unread(&meter),
            meter,
            orders: Mutex::new(orders),
        }
    }

    /// How many bytes were read of what lies in a file; see [`Draft::bytes_read`].
    pub fn bytes_read(&self) -> u64 {
        self.meter.bytes()
    }

    /// Writes the snapshot to a file, in place of one that is there.
    ///
    /// # Errors
    /// The file cannot be written; one that was there stays.
    pub fn keep(&self, path: &Path, stamp: &str) -> io::Result<()> {
        let mut keeping = Keeping::begin(path, stamp)?;
        self.graph.keep(keeping.writer()?)?;
        self.search.keep(keeping.writer()?)?;
        keeping.finish()
    }
}
