//! A store in a file that ordinary tools read: `DIR/maillage.db`, an SQLite database.
//!
//! `SqliteStore::open("data")` → the one writer; `SqliteStore::open_read_only("data")` → a reader beside it
//!
//! What [`Store::append`] acknowledged is on disk; what it refused left no trace. ARCHITECTURE.md describes the tables, `format-1.sql`
//! makes them. Only this folder knows SQLite.

mod backup;
mod check;
mod contribution;
mod failure;
mod ledger;
mod lock;
mod open;
mod packed;
mod read;
mod rows;
mod statements;
#[cfg(test)]
mod tests;
mod write;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::model::{Decision, DocumentId, LogEntry, Signature, Stored};

use failure::Outcome;
use lock::Lock;
use write::Rules;

use super::sound::refuse_unsound;
use super::{DERIVED, Store, Token, Write};

/// A store in the file `maillage.db` of a folder.
///
/// One process writes at a time; any number read beside it, each what was acknowledged when it began to read. An append that failed
/// has changed nothing, and the next one may be tried. If the disk refuses even to take an append back and the process then dies,
/// that one append may be there after all when the store is opened again: whole, never in part.
#[derive(Debug)]
pub struct SqliteStore {
    // Closed before the lock is given back.
    connection: Connection,
    path: PathBuf,
    rules: Rules,
    /// Whether what was withdrawn may still stand in the side file.
    left_over: bool,
    right: Right,
}

/// What may be written.
#[derive(Debug)]
enum Right {
    /// Everything: this is the one writer, for as long as it has the lock.
    All {
        _lock: Lock,
    },
    /// Tokens, which no reader and no entry of the log depends on.
    Tokens,
    Nothing,
}

impl SqliteStore {
    /// Opens the store in a folder for writing; makes the folder and the store when there are none.
    ///
    /// # Errors
    /// Another process writes to it, the file is no store, is damaged or newer than this program, or cannot be written.
    pub fn open(folder: &Path) -> Result<Self> {
        let context = || format!("cannot make the folder {}", folder.display());
        fs::create_dir_all(folder).map_err(|error| Error::io(context(), error))?;
        let right = Right::All { _lock: lock::take(folder)? };
        let path = folder.join(open::FILE);
        let opened = open::writer(&path).map_err(|failure| failure.explain(&path, "opening"))?;
        let (connection, left_over) = (opened.0, !opened.1);
        Ok(Self { connection, path, rules: Rules::new(), left_over, right })
    }

    /// Opens the store in a folder to give out tokens and take them back, beside the process that writes to it.
    ///
    /// # Errors
    /// There is no store, the file is no store, is damaged, is of another format than this program writes, or cannot be written.
    pub fn open_for_tokens(folder: &Path) -> Result<Self> {
        let path = folder.join(open::FILE);
        if !path.exists() {
            return Err(Error::NoStore(folder.to_path_buf()));
        }
        let connection = open::beside(&path).map_err(|failure| failure.explain(&path, "opening"))?;
        Ok(Self { connection, path, rules: Rules::new(), left_over: false, right: Right::Tokens })
    }

    /// Opens the store in a folder, or a file that a backup made, for reading only. Takes no lock and never changes the file; SQLite
    /// may put its side files beside it, so the folder must be one to write in, except for backups.
    ///
    /// # Errors
    /// There is no store, the file is no store, is damaged or newer than this program.
    pub fn open_read_only(place: &Path) -> Result<Self> {
        let path = if place.is_file() { place.to_path_buf() } else { place.join(open::FILE) };
        if !path.exists() {
            return Err(Error::NoStore(place.to_path_buf()));
        }
        let connection = open::reader(&path).map_err(|failure| failure.explain(&path, "opening"))?;
        Ok(Self { connection, path, rules: Rules::new(), left_over: false, right: Right::Nothing })
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Outcome<T>) -> Result<T> {
        read(&self.connection).map_err(|failure| failure.explain(&self.path, "reading"))
    }

    /// Changes the store whole or not at all.
    fn write<T>(&mut self, write: impl FnOnce(&mut Connection, &mut Rules) -> Outcome<T>) -> Result<T> {
        if !matches!(self.right, Right::All { .. }) {
            return Err(Error::StoreReadOnly(self.path.clone()));
        }
        let outcome = self.settle().and_then(|()| write(&mut self.connection, &mut self.rules));
        outcome.map_err(|failure| {
            // Rules of a transaction that is no more have no keys.
            self.rules.clear();
            // What was begun is taken back; when that fails, the next write tries again before it writes. A disk that refuses the
            // one mostly refuses the other: it is said once, by whoever wanted to write.
            let back = self.settle().and_then(|()| open::empty_side_file(&self.connection));
            if let Err(back) = back {
                tracing::debug!("after a failed write: {}", back.explain(&self.path, "cleaning up"));
            }
            failure.explain(&self.path, "writing to")
        })
    }

    /// Changes tokens, each of them in one statement: beside the writer, too.
    fn write_tokens<T>(&mut self, write: impl FnOnce(&Connection) -> Outcome<T>) -> Result<T> {
        match self.right {
            Right::All { .. } => self.write(|connection, _| write(connection)),
            Right::Tokens => write(&self.connection).map_err(|failure| failure.explain(&self.path, "writing to")),
            Right::Nothing => Err(Error::StoreReadOnly(self.path.clone())),
        }
    }

    /// Takes what was withdrawn out of the side file, too. What was written is written: when this cannot be done now, because somebody
    /// reads or the disk refuses, it is done with a later append, or when the store is closed or opened.
    fn clean_up(&mut self) {
        let emptied = open::empty_side_file(&self.connection);
        self.left_over = !matches!(emptied, Ok(true));
        if let Err(failure) = emptied
            && !failure.is_full()
        {
            tracing::warn!("behind a write that is done: {}", failure.explain(&self.path, "cleaning up"));
        }
    }

    /// Deletes what others made from the store. Where it cannot be deleted, nothing may be erased.
    fn delete_derived(&self) -> Result<()> {
        let derived = self.path.with_file_name(DERIVED);
        match fs::remove_file(&derived) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::io(format!("cannot delete {}, which may have what is withdrawn", derived.display()), error))
            }
            _ => Ok(()),
        }
    }

    /// Ends a transaction that was left open by a failure; opens the file anew when it cannot be ended.
    fn settle(&mut self) -> Outcome<()> {
        if !self.connection.is_autocommit() && self.connection.execute_batch("ROLLBACK").is_err() {
            let (connection, emptied) = open::writer(&self.path)?;
            (self.connection, self.left_over) = (connection, !emptied);
        }
        Ok(())
    }
}

impl Store for SqliteStore {
    fn head(&self) -> Result<u64> {
        self.read(read::head)
    }

    fn at_one_moment(&self, read: &mut dyn FnMut(&dyn Store) -> Result<()>) -> Result<()> {
        let explain = |failure: failure::Failure| failure.explain(&self.path, "reading");
        let _moment = read::moment_in_time(&self.connection).map_err(explain)?;
        read(self)
    }

    fn append(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>> {
        refuse_unsound(writes)?;
        if writes.iter().any(|write| matches!(write, Write::Withdraw(_) | Write::Unlink { .. })) {
            self.delete_derived()?;
        }
        let written = self.write(|connection, rules| write::append(connection, rules, writes, signature))?;
        if written.deleted || self.left_over {
            self.clean_up();
        }
        Ok(written.entries)
    }

    fn append_each(
        &mut self,
        writes: &mut dyn Iterator<Item = Result<Write>>,
        signature: &Signature,
    ) -> Result<Vec<LogEntry>> {
        self.delete_derived()?;
        let mut sound = writes.map(|write| {
            let write = write?;
            refuse_unsound(std::slice::from_ref(&write))?;
            Ok(write)
        });
        let written = self.write(|connection, rules| write::append_each(connection, rules, &mut sound, signature))?;
        if written.deleted || self.left_over {
            self.clean_up();
        }
        Ok(written.entries)
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<LogEntry>> {
        self.read(|connection| ledger::entries(connection, after, most))
    }

    fn visit(&self, visit: &mut dyn FnMut(Stored) -> Result<()>) -> Result<()> {
        self.read(|connection| read::walk(connection, None, &mut |stored| Ok(visit(stored)?)))
    }

    fn stored(&self, document: &DocumentId) -> Result<Option<Stored>> {
        self.read(|connection| read::stored(connection, document))
    }

    fn documents(&self) -> Result<Vec<(DocumentId, String)>> {
        self.read(ledger::documents)
    }

    fn inputs(&self) -> Result<Vec<(String, DocumentId)>> {
        self.read(ledger::inputs)
    }

    fn decisions(&self) -> Result<Vec<(u64, Decision)>> {
        self.read(|connection| ledger::decisions(connection, None))
    }

    fn decisions_at(&self, version: u64) -> Result<Vec<(u64, Decision)>> {
        self.read(|connection| ledger::decisions(connection, Some(version)))
    }

    fn withdrawal(&self, document: &DocumentId) -> Result<Option<LogEntry>> {
        self.read(|connection| ledger::withdrawal(connection, document))
    }

    fn withdrawn(&self) -> Result<Vec<DocumentId>> {
        self.read(ledger::withdrawn)
    }

    fn of_source(&self, source: &str) -> Result<Vec<DocumentId>> {
        self.read(|connection| ledger::of_source(connection, source))
    }

    fn add_token(&mut self, token: &Token) -> Result<()> {
        let added = self.write_tokens(|connection| ledger::add_token(connection, token))?;
        if added { Ok(()) } else { Err(Error::TokenExists(token.name.clone())) }
    }

    fn tokens(&self) -> Result<Vec<Token>> {
        self.read(ledger::tokens)
    }

    fn revoke_token(&mut self, name: &str) -> Result<bool> {
        self.write_tokens(|connection| ledger::revoke_token(connection, name))
    }

    fn backup(&self, to: &Path) -> Result<()> {
        backup::write(&self.connection, to).map_err(|failure| failure.explain(to, "backing up to"))
    }

    fn check(&self) -> Result<Vec<String>> {
        self.read(check::check)
    }
}
