//! The one public error: what went wrong, where, and what to do about it.
//!
//! `Error::read("corpus/x.txt", …)` → `cannot read corpus/x.txt: permission denied`
//!
//! Text itself never fails: only edges (files, data files, sockets, command lines) produce errors. This module
//! must not know any stage.

use std::fmt;
use std::path::PathBuf;

/// A result with the crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong at the edges of the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file, folder or stream that cannot be read.
    #[error("cannot read {}: {reason}", path.display())]
    Read {
        /// The path as the user gave it.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// A data file (ontology, lexicon, language pack, gold annotation) that contradicts itself.
    #[error("bad data in {file}: {reason}")]
    Data {
        /// The data file.
        file: String,
        /// What is wrong and where.
        reason: String,
    },
    /// Nothing to work on: every input was refused or none was given.
    #[error("no readable document in {0}")]
    NoDocuments(String),
    /// The port is taken.
    #[error("port {port} on {host} is already in use; choose another with --port, or --port 0 for any free one")]
    PortTaken {
        /// Host name or address asked for.
        host: String,
        /// Port asked for.
        port: u16,
    },
    /// Any other failure of a listening socket or the output stream.
    #[error("{context}: {source}")]
    Io {
        /// What was being done.
        context: String,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// No store where one should be read.
    #[error("there is no store in {}; name the folder that holds maillage.db, a copy made by a backup, or a database that was written to", .0.display())]
    NoStore(PathBuf),
    /// Another process writes to the store.
    #[error("the store in {} is in use{}; stop that process first, or write through its API when it is a server", folder.display(), by(*pid))]
    StoreLocked {
        /// The folder of the store.
        folder: PathBuf,
        /// The process that has it, when it says so.
        pid: Option<u32>,
    },
    /// Another process has the right to write to a store on a database server.
    #[error("{} is in use by {}; stop that process first, or write through its API when it is a server", path.display(), held(holder))]
    StoreHeld {
        /// The address of the store, without its password.
        path: PathBuf,
        /// Who has it.
        holder: String,
    },
    /// The right to write went to another process meanwhile; nothing was written.
    #[error("the right to write to {} went to {}: nothing was changed; write there, or start again when it has ended", path.display(), held(holder))]
    StoreLost {
        /// The address of the store, without its password.
        path: PathBuf,
        /// Who has it now.
        holder: String,
    },
    /// The server of a store cannot be reached; nothing was written.
    #[error("cannot reach {} ({reason}): nothing was changed; see that the server runs and try again", path.display())]
    StoreUnreachable {
        /// The address of the store, without its password.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// The connection was cut at the very end of a write, and the server could not be asked again.
    #[error("{} did not say whether it has written ({reason}): maillage log tells, once it can be reached; the same again does no harm", path.display())]
    StoreUncertain {
        /// The address of the store, without its password.
        path: PathBuf,
        /// Why, in words.
        reason: String,
    },
    /// An address that leads to no store; the address itself is not repeated, since it may hold a password.
    #[error("the address of the store cannot be used: {0}; one is written postgres://USER@HOST:PORT/DATABASE")]
    StoreAddress(String),
    /// A write to a process that only follows.
    #[error("this is a replica, which only reads: write to the process that writes to the store{}", writer(.0.as_deref()))]
    Replica(Option<String>),
    /// A store that this program is too old for.
    #[error("{} was written by a newer maillage (format {format}, this one reads up to {known}): update maillage", path.display())]
    StoreNewer {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: i64,
        /// The newest format that is understood.
        known: i64,
    },
    /// A file of the store's name that is something else.
    #[error("{} is not a store of maillage; choose another folder, or move that file away", .0.display())]
    NotAStore(PathBuf),
    /// A store whose file is damaged.
    #[error("{} is damaged ({reason}): restore a backup, or move the file away and read the documents again", path.display())]
    StoreDamaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// No room for what should be written.
    #[error("no room left to write to {}: nothing was changed; make room and try again", .0.display())]
    StoreFull(PathBuf),
    /// A write to a store that may only be read.
    #[error("{} can only be read: open the store for writing, in a place where you may write", .0.display())]
    StoreReadOnly(PathBuf),
    /// Another program holds the file of the store for longer than we wait.
    #[error("another program is using {}: nothing was changed; close it and try again", .0.display())]
    StoreBusy(PathBuf),
    /// A backup that would overwrite something.
    #[error("{} exists already: give the backup another name", .0.display())]
    BackupExists(PathBuf),
    /// A second token of the same name.
    #[error("there is a token named {0} already: revoke it first, or choose another name")]
    TokenExists(String),
    /// A contribution that contradicts itself; nothing of it is written.
    #[error("{document} cannot be stored: {reason}")]
    Unsound {
        /// The id of the document.
        document: String,
        /// What is wrong.
        reason: String,
    },
    /// Any other failure of a store.
    #[error("{doing} {} failed: {reason}", path.display())]
    Store {
        /// The file.
        path: PathBuf,
        /// What was being done: `writing to`.
        doing: String,
        /// The answer of the operating system or of SQLite.
        reason: String,
    },
    /// Something that was named is not there.
    #[error("there is no {what} {given:?}")]
    Unknown {
        /// What was sought.
        what: &'static str,
        /// How it was named.
        given: String,
    },
    /// A write to a graph that is not made from a store.
    #[error("this graph stays as it is; open a store to write")]
    FixedGraph,
    /// A write that went wrong inside the program.
    #[error("an earlier write went wrong inside the program: start it again; what was acknowledged is in the store")]
    WriterFailed,
    /// A decision that is not kept.
    #[error("not decided: {0}")]
    NotDecided(String),
    /// A store that does not hold what it promises.
    #[error("{findings} findings in {}: restore a backup, or read the documents again into another folder", path.display())]
    CheckFailed {
        /// The folder of the store.
        path: PathBuf,
        /// How many findings.
        findings: usize,
    },
    /// A line of a data file that is refused where nothing may be.
    #[error("{0}: nothing was imported; correct the line, or leave refused lines out by importing without --strict")]
    Refused(String),
    /// Files that cannot be imported as they are named.
    #[error("cannot import: {0}")]
    NotImported(String),
    /// A graph that cannot be exported as it is asked for.
    #[error("cannot export: {0}")]
    NotExported(String),
    /// A query given on the command line that has errors.
    #[error("the query has errors")]
    Query,
}

impl Error {
    /// A path that cannot be read, with the reason in words.
    pub fn read(path: impl Into<PathBuf>, reason: impl fmt::Display) -> Self {
        Self::Read { path: path.into(), reason: reason.to_string() }
    }

    /// A contradiction in a data file.
    pub fn data(file: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self::Data { file: file.into(), reason: reason.to_string() }
    }

    /// An input/output failure with what was being done.
    pub fn io(context: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { context: context.into(), source }
    }
}

/// Who holds a lock.
fn by(pid: Option<u32>) -> String {
    pid.map_or_else(|| " by another process".to_owned(), |pid| format!(" by process {pid}"))
}

/// Who has the right to write to a store on a server.
fn held(holder: &str) -> &str {
    if holder.is_empty() { "another process" } else { holder }
}

/// Who writes, when that is known.
fn writer(holder: Option<&str>) -> String {
    holder.map(|holder| format!(", {holder}")).unwrap_or_default()
}
