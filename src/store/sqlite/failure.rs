//! What goes wrong below, in words of the program.
//!
//! `SQLITE_FULL` while appending to `DIR/maillage.db` → `no room left to write to DIR/maillage.db: nothing was changed; …`
//!
//! Inside the store everything fails with a [`Failure`]; only at its door does it become the public error. Nothing here panics, and
//! no error of SQLite gets out.

use std::path::Path;

use rusqlite::{ErrorCode, ffi};

use crate::error::Error;

/// What went wrong, without the place.
#[derive(Debug)]
pub(super) enum Failure {
    /// SQLite says so.
    Sqlite(rusqlite::Error),
    /// What is stored makes no sense; in words.
    Damaged(String),
    /// An error that is for the user as it is.
    Whole(Error),
}

/// A result within the store.
pub(super) type Outcome<T> = Result<T, Failure>;

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// What is wrong with a word or a value that is stored.
impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::Damaged(reason)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Whole(error)
    }
}

impl Failure {
    /// What is stored makes no sense.
    pub(super) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged(reason.into())
    }

    /// The reason, when the file is damaged.
    pub(super) fn damage(&self) -> Option<String> {
        use rusqlite::Error as E;
        match self {
            Self::Damaged(reason) => Some(reason.clone()),
            // A value that is not of the type of its column: not written by us.
            Self::Sqlite(
                error @ (E::FromSqlConversionFailure(..)
                | E::IntegralValueOutOfRange(..)
                | E::Utf8Error(..)
                | E::InvalidColumnType(..)),
            ) => Some(error.to_string()),
            // What we ask is fixed, so it is the tables that are not those of the format.
            Self::Sqlite(E::SqlInputError { msg, .. }) => Some(msg.clone()),
            Self::Sqlite(E::SqliteFailure(_, Some(msg))) if msg.starts_with("no such ") => Some(msg.clone()),
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Some(error.to_string()),
                _ => None,
            },
            Self::Whole(_) => None,
        }
    }

    /// Whether there was no room.
    pub(super) fn is_full(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        // The memory that processes share beside the file is a file, too: it could not be made as long as it must be.
        let side_file = error.sqlite_error().map(|error| error.extended_code) == Some(ffi::SQLITE_IOERR_SHMSIZE);
        side_file || error.sqlite_error_code() == Some(ErrorCode::DiskFull)
    }

    /// The public error: what was done to which file, what went wrong, what to do.
    pub(super) fn explain(self, path: &Path, doing: &str) -> Error {
        let path = path.to_path_buf();
        if let Some(reason) = self.damage() {
            return Error::StoreDamaged { path, reason };
        }
        if self.is_full() {
            return Error::StoreFull(path);
        }
        let error = match self {
            Self::Whole(error) => return error,
            Self::Damaged(reason) => return Error::StoreDamaged { path, reason },
            Self::Sqlite(error) => error,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => Error::StoreReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::StoreBusy(path),
            _ => Error::Store { path, doing: doing.to_owned(), reason: error.to_string() },
        }
    }
}
