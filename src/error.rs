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
