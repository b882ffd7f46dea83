//! A copy of a store beside whoever reads and writes it.
//!
//! `backup("data-2026-03-14.db")` → one file, which opens for reading as it is, and is a store again as `maillage.db` in a folder

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::error::Error;

use super::failure::{Failure, Outcome};

/// Copies everything, as it is at this moment, to a file that does not exist yet.
pub(super) fn write(from: &Connection, to: &Path) -> Outcome<()> {
    // Made by us or not at all: two backups at once cannot get into each other's way.
    OpenOptions::new().write(true).create_new(true).open(to).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::BackupExists(to.to_path_buf()),
        _ => Error::io(format!("cannot make {}", to.display()), error),
    })?;
    copy(from, to).inspect_err(|_| {
        // Half a backup helps nobody.
        if let Err(error) = fs::remove_file(to) {
            tracing::warn!("cannot remove {}: {error}", to.display());
        }
    })
}

fn copy(from: &Connection, to: &Path) -> Outcome<()> {
    let path = std::path::absolute(to).map_err(|error| Error::io(format!("cannot find {}", to.display()), error))?;
    let mut copy = Connection::open(path)?;
    // All pages in one step: writers go on meanwhile, and none of what they write is in it.
    match Backup::new(from, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(Failure::Whole(Error::StoreBusy(to.to_path_buf()))),
    }
    // One file that needs nothing beside it, also where nothing can be written.
    Ok(copy.execute_batch("PRAGMA journal_mode = DELETE")?)
}
