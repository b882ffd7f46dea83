//! A store on a PostgreSQL server, or on an engine that speaks like one: for one writer and any number of replicas, on many machines.
//!
//! `PostgresStore::open(&address)` → the one writer, for as long as it has the lease; `PostgresStore::open_read_only(&address)` → a reader
//!
//! What [`Store::append`] acknowledged the server has committed. `format-1.sql` makes the tables, ARCHITECTURE.md says what they rely on.
//! Only this folder knows PostgreSQL.

mod address;
mod body;
mod check;
mod columns;
mod failure;
mod lease;
mod line;
mod open;
mod read;
mod tls;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::model::{Decision, DocumentId, LogEntry, Signature, Stored};

pub use address::StoreAddress;

use failure::{Failure, Outcome};
use lease::Lease;
use line::{Connection, Line};
use write::Writing;

use super::sound::refuse_unsound;
use super::words::moment_text;
use super::{Position, Since, Standing, Store, Token, Write};

/// How long a server that cannot be reached is waited for, before what should be read or written is given up: as long as it takes to
/// start again.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many changes that come one by one are written at a time.
const CHUNK: usize = 64;

/// How often is read what does not fit together.
const TIMES: usize = 20;

/// How long the server lets a write stand still before it takes it back: one that was cut off must not hold up the next writer.
const STANDSTILL: &str = "SET LOCAL idle_in_transaction_session_timeout = 10000";

/// The same for changes that come one by one, which may have to be read from somewhere slow.
const LONG_STANDSTILL: &str = "SET LOCAL idle_in_transaction_session_timeout = 600000";

/// A store on a PostgreSQL server.
///
/// One process writes at a time, the one with the lease; any number read beside it, each what was committed when it began to read. When
/// the connection is cut it is made again. An append that failed has changed nothing, unless its error says that this is not known; the
/// next one begins with finding out.
pub struct PostgresStore {
    line: Line,
    right: Right,
    /// Whether an append may have been written of which that was not heard.
    uncertain: bool,
}

/// What may be written.
enum Right {
    /// Everything, as long as the term of the lease is the store's.
    All(Lease),
    /// Tokens, which no entry of the log depends on.
    Tokens,
    Nothing,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PostgresStore({})", self.line.address())
    }
}

impl PostgresStore {
    /// How long the right to write is given for, when nobody says otherwise; it is renewed four times in that time.
    pub const LEASE: Duration = lease::TERM;

    /// Opens the store at an address for writing, and makes its tables where there are none. Where another process has the right to
    /// write, waits to see whether it lives: no longer than twice what the right is given for.
    ///
    /// # Errors
    /// Another process writes to it, the server cannot be reached or refuses, or the store is newer than this program.
    pub fn open(address: &StoreAddress) -> Result<Self> {
        Self::open_for(address, Self::LEASE)
    }

    /// The same, with another time for which the right to write is given.
    ///
    /// # Errors
    /// As [`PostgresStore::open`].
    pub fn open_for(address: &StoreAddress, lease: Duration) -> Result<Self> {
        Self::at(address, PATIENCE, |line, address| {
            open::make(line)?;
            Ok(Right::All(Lease::take(line, address, lease)?))
        })
    }

    /// Opens the store at an address to give out tokens and take them back, beside the process that writes to it.
    ///
    /// # Errors
    /// There is no store, it cannot be reached, or it is newer than this program.
    pub fn open_for_tokens(address: &StoreAddress) -> Result<Self> {
        Self::at(address, PATIENCE, |line, _| open::known(line).map(|()| Right::Tokens))
    }

    /// Opens the store at an address for reading only.
    ///
    /// # Errors
    /// There is no store, it cannot be reached, or it is newer than this program.
    pub fn open_read_only(address: &StoreAddress) -> Result<Self> {
        Self::open_to_follow(address, PATIENCE)
    }

    /// The same, with how long a server that cannot be reached is waited for; one who asks again and again needs no patience.
    ///
    /// # Errors
    /// As [`PostgresStore::open_read_only`].
    pub fn open_to_follow(address: &StoreAddress, patience: Duration) -> Result<Self> {
        Self::at(address, patience, |line, _| open::known(line).map(|()| Right::Nothing))
    }

    fn at(
        address: &StoreAddress,
        patience: Duration,
        right: impl FnOnce(&Line, &Arc<StoreAddress>) -> Outcome<Right>,
    ) -> Result<Self> {
        let shared = Arc::new(address.clone());
        let open = || {
            let line = Line::open(&shared, patience)?;
            let right = right(&line, &shared)?;
            Ok(Self { line, right, uncertain: false })
        };
        open().map_err(|failure: Failure| failure.explain(address, "opening"))
    }

    fn explain(&self, doing: &str) -> impl Fn(Failure) -> Error {
        let (address, doing) = (self.line.address().clone(), doing.to_owned());
        move |failure| failure.explain(&address, &doing)
    }

    /// Reads by one question, or by several within one moment.
    fn read<T>(&self, read: impl Fn(&mut Connection) -> Outcome<T>) -> Result<T> {
        self.line.patiently(read).map_err(self.explain("reading"))
    }

    /// Reads by several questions that must be of one moment.
    fn read_at_once<T>(&self, read: impl FnOnce(&mut Connection) -> Outcome<T>) -> Result<T> {
        let read = self.line.moment(|| self.line.once(read)).and_then(|read| read);
        read.map_err(self.explain("reading"))
    }

    fn lease(&self) -> Result<&Lease> {
        match &self.right {
            Right::All(lease) => Ok(lease),
            Right::Tokens | Right::Nothing => Err(Error::StoreReadOnly(self.line.address().place())),
        }
    }

    /// Begins a transaction with the row of the store locked; the version of the newest entry.
    fn begin(lease: &Lease, connection: &mut Connection, standstill: &str) -> Outcome<i64> {
        connection.batch("BEGIN")?;
        if let Err(failure) = connection.batch(standstill) {
            // An engine that does not know the setting has broken off the transaction.
            if failure.is_cut() {
                return Err(failure);
            }
            connection.batch("ROLLBACK; BEGIN")?;
        }
        lease.lock(connection)
    }

    /// One attempt to write whatever `write` makes of a transaction. When the very commit fails, it is found out whether it was done.
    fn attempt(
        &mut self,
        signature: &Signature,
        standstill: &str,
        write: &mut dyn FnMut(&mut Connection, &mut Writing<'_>) -> Outcome<()>,
    ) -> Outcome<Vec<LogEntry>> {
        let Right::All(lease) = &self.right else {
            return Err(Error::StoreReadOnly(self.line.address().place()).into());
        };
        let (mut entries, mut committing) = (Vec::new(), false);
        let done = self.line.once(|connection| {
            let written = Self::begin(lease, connection, standstill).and_then(|head| {
                let mut writing = Writing::new(signature, lease.term, head);
                write(connection, &mut writing)?;
                lease.advance(connection, writing.head())?;
                Ok(writing.entries)
            });
            entries = match written {
                Ok(written) => written,
                // What is not taken back here is, when the connection ends.
                Err(failure) => {
                    let _ = connection.batch("ROLLBACK");
                    return Err(failure);
                }
            };
            committing = true;
            connection.batch("COMMIT")
        });
        match done {
            Err(failure) if committing && !entries.is_empty() => match self.was_written(&entries) {
                Ok(true) => Ok(entries),
                Ok(false) => Err(failure),
                Err(_) => {
                    self.uncertain = true;
                    Err(Failure::Unknown(failure.reason()))
                }
            },
            done => done.map(|()| entries),
        }
    }

    /// Whether entries are in the log, once nothing is under way that could still write them.
    fn was_written(&self, entries: &[LogEntry]) -> Outcome<bool> {
        const SQL: &str = "SELECT term, at FROM maillage_log WHERE slot = $1 AND version = $2";
        let (Right::All(lease), Some(last)) = (&self.right, entries.last()) else { return Ok(false) };
        self.settle()?;
        let version = super::words::number(last.version);
        let found = self.line.patiently(|connection| connection.row(SQL, &[&(version % read::SLOTS), &version]))?;
        let ours = |row: &postgres::Row| {
            row.get::<_, i64>(0) == lease.term && row.get::<_, String>(1) == moment_text(last.signature.at)
        };
        Ok(found.as_ref().is_some_and(ours))
    }

    /// Waits until no transaction of ours is under way any more: each of them had the row of the store locked.
    fn settle(&self) -> Outcome<()> {
        const SQL: &str = "SELECT term FROM maillage_store WHERE name = 'store' FOR UPDATE";
        self.line.patiently(|connection| {
            connection.batch("BEGIN")?;
            connection.row(SQL, &[])?;
            connection.batch("COMMIT")
        })
    }

    /// Changes tokens, each of them in one statement: beside the writer, too.
    fn write_tokens<T>(&self, write: impl Fn(&mut Connection) -> Outcome<T>) -> Result<T> {
        match self.right {
            Right::All(_) | Right::Tokens => self.line.once(write).map_err(self.explain("writing to")),
            Right::Nothing => Err(Error::StoreReadOnly(self.line.address().place())),
        }
    }
}

impl Store for PostgresStore {
    fn head(&self) -> Result<u64> {
        self.position().map(|position| position.version)
    }

    fn position(&self) -> Result<Position> {
        if self.uncertain && !self.line.is_in_moment() {
            self.settle().map_err(self.explain("reading"))?;
        }
        self.read(read::position)
    }

    fn standing(&self) -> Standing {
        match &self.right {
            Right::All(lease) => lease.standing.clone(),
            Right::Tokens | Right::Nothing => Standing::default(),
        }
    }

    fn at_one_moment(&self, read: &mut dyn FnMut(&dyn Store) -> Result<()>) -> Result<()> {
        self.line.moment(|| read(self)).map_err(self.explain("reading")).and_then(|read| read)
    }

    fn append(&mut self, writes: &[Write], signature: &Signature) -> Result<Vec<LogEntry>> {
        refuse_unsound(writes)?;
        self.lease()?;
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            let done =
                self.attempt(signature, STANDSTILL, &mut |connection, writing| writing.write(connection, writes));
            match done {
                // Nothing was written: the same again, when the server is back.
                Err(failure) if failure.is_passing() && std::time::Instant::now() < until => {
                    tracing::debug!("{}: again, as {} cannot be reached", failure.reason(), self.line.address());
                    std::thread::sleep(Duration::from_millis(50));
                }
                done => {
                    self.uncertain &= done.is_err();
                    return done.map_err(self.explain("writing to"));
                }
            }
        }
    }

    fn append_each(
        &mut self,
        writes: &mut dyn Iterator<Item = Result<Write>>,
        signature: &Signature,
    ) -> Result<Vec<LogEntry>> {
        self.lease()?;
        let done = self.attempt(signature, LONG_STANDSTILL, &mut |connection, writing| {
            loop {
                let chunk = writes.take(CHUNK).collect::<Result<Vec<_>>>()?;
                if chunk.is_empty() {
                    return Ok(());
                }
                refuse_unsound(&chunk)?;
                writing.write(connection, &chunk)?;
            }
        });
        self.uncertain &= done.is_err();
        done.map_err(self.explain("writing to"))
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<LogEntry>> {
        // Entries and the decisions in them never change: no moment is needed to read both.
        self.read(|connection| read::entries(connection, after, most))
    }

    fn since(&self, after: u64) -> Result<Since> {
        // Some engines with rows on many machines do not read them as of one moment: what does not fit together is read again.
        for _ in 0..TIMES {
            if let Some(since) = self.read_at_once(|connection| read::since(connection, after))? {
                return Ok(since);
            }
        }
        Err(Error::StoreBusy(self.line.address().place()))
    }

    fn visit(&self, visit: &mut dyn FnMut(Stored) -> Result<()>) -> Result<()> {
        let mut after = String::new();
        self.at_one_moment(&mut |_| loop {
            let page = self.read(|connection| read::page(connection, &after))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = columns::written(last.stored.contribution.document.id.as_str()).into_owned();
            page.into_iter().try_for_each(|written| visit(written.stored))?;
        })
    }

    fn stored(&self, document: &DocumentId) -> Result<Option<Stored>> {
        Ok(self.stored_of(std::slice::from_ref(document))?.pop())
    }

    fn stored_of(&self, documents: &[DocumentId]) -> Result<Vec<Stored>> {
        let ids: Vec<_> = documents.iter().map(|id| columns::written(id.as_str()).into_owned()).collect();
        let found = self.read(|connection| read::documents_of(connection, &ids))?;
        Ok(found.into_iter().map(|written| written.stored).collect())
    }

    fn documents(&self) -> Result<Vec<(DocumentId, String)>> {
        self.read(read::documents)
    }

    fn inputs(&self) -> Result<Vec<(String, DocumentId)>> {
        self.read(read::inputs)
    }

    fn decisions(&self) -> Result<Vec<(u64, Decision)>> {
        self.read(|connection| read::decisions(connection, None))
    }

    fn decisions_at(&self, version: u64) -> Result<Vec<(u64, Decision)>> {
        self.read(|connection| read::decisions(connection, Some(version)))
    }

    fn withdrawal(&self, document: &DocumentId) -> Result<Option<LogEntry>> {
        self.read(|connection| read::withdrawal(connection, document))
    }

    fn withdrawn(&self) -> Result<Vec<DocumentId>> {
        let withdrawn = self.read(read::withdrawn)?;
        Ok(withdrawn.into_iter().map(|(id, _)| id).collect())
    }

    fn of_source(&self, source: &str) -> Result<Vec<DocumentId>> {
        self.read(|connection| read::of_source(connection, source))
    }

    fn add_token(&mut self, token: &Token) -> Result<()> {
        const SQL: &str =
            "INSERT INTO maillage_tokens (name, digest, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let (name, digest) = (columns::written(&token.name), columns::written(&token.digest));
        let moment = moment_text(token.created_at);
        let added = self.write_tokens(|connection| connection.run(SQL, &[&name, &digest, &moment]))?;
        if added > 0 { Ok(()) } else { Err(Error::TokenExists(token.name.clone())) }
    }

    fn tokens(&self) -> Result<Vec<Token>> {
        self.read(read::tokens)
    }

    fn revoke_token(&mut self, name: &str) -> Result<bool> {
        const SQL: &str = "DELETE FROM maillage_tokens WHERE name = $1";
        let name = columns::written(name);
        Ok(self.write_tokens(|connection| connection.run(SQL, &[&name]))? > 0)
    }

    fn backup(&self, to: &Path) -> Result<()> {
        let reason =
            "a store on a database server is backed up there: pg_dump, or a base backup with its log".to_owned();
        Err(Error::Store { path: PathBuf::from(to), doing: "backing up to".to_owned(), reason })
    }

    fn check(&self) -> Result<Vec<String>> {
        self.read_at_once(check::check)
    }
}
