//! What goes wrong between here and the database, in words of the program.
//!
//! `53100` while appending → `no room left to write to postgres://ana@db.example:5432/press: nothing was changed; …`
//!
//! Only at the door of the store does a [`Failure`] become the public error. No detail of a row gets out, and no password.

use std::error::Error as _;
use std::io;

use postgres::error::SqlState;

use crate::error::Error;

use super::address::StoreAddress;

/// What went wrong, without the place.
#[derive(Debug)]
pub(super) enum Failure {
    /// PostgreSQL says so, or the way there is cut.
    Postgres(postgres::Error),
    /// What is stored makes no sense; in words.
    Damaged(String),
    /// Another process has the right to write now; who, when it is known.
    LeaseLost(String),
    /// Whether what was to be written is written nobody knows: the connection was cut at its last word.
    Unknown(String),
    /// An error that is for the user as it is.
    Whole(Error),
}

/// A result within the store.
pub(super) type Outcome<T> = Result<T, Failure>;

impl From<postgres::Error> for Failure {
    fn from(error: postgres::Error) -> Self {
        Self::Postgres(error)
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

    /// Whether the connection is of no use any more.
    pub(super) fn is_cut(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        let Some(code) = error.code() else {
            let of_the_system = error.source().is_some_and(is_of_the_system);
            return error.is_closed() || of_the_system || error.to_string().contains("timeout");
        };
        // The server ends, begins, or has given us up; a proxy says that the way is cut.
        code.code().starts_with("08")
            || [
                SqlState::ADMIN_SHUTDOWN,
                SqlState::CRASH_SHUTDOWN,
                SqlState::CANNOT_CONNECT_NOW,
                SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                SqlState::TOO_MANY_CONNECTIONS,
            ]
            .contains(code)
    }

    /// Whether the same may well work a moment later.
    pub(super) fn is_passing(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        let again = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
        self.is_cut() || error.code().is_some_and(|code| again.contains(code))
    }

    /// Whether a table is not there.
    pub(super) fn is_no_table(&self) -> bool {
        matches!(self, Self::Postgres(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE))
    }

    /// Whether somebody else made at the same moment what we were making.
    pub(super) fn is_made_twice(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        let twice = [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT];
        error.code().is_some_and(|code| twice.contains(code))
    }

    /// What went wrong in a few words, for whoever reads the log.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Postgres(error) => words(error),
            Self::Damaged(reason) | Self::Unknown(reason) => reason.clone(),
            Self::LeaseLost(holder) => format!("the right to write went to {holder}"),
            Self::Whole(error) => error.to_string(),
        }
    }

    /// The public error: what was done to which store, what went wrong, what to do.
    pub(super) fn explain(self, address: &StoreAddress, doing: &str) -> Error {
        let path = address.place();
        let error = match self {
            Self::Whole(error) => return error,
            Self::Damaged(reason) => return Error::StoreDamaged { path, reason },
            Self::LeaseLost(holder) => return Error::StoreLost { path, holder },
            Self::Unknown(reason) => return Error::StoreUncertain { path, reason },
            Self::Postgres(ref error) => error,
        };
        let code = error.code().cloned();
        match code {
            Some(SqlState::DISK_FULL) => Error::StoreFull(path),
            Some(SqlState::READ_ONLY_SQL_TRANSACTION) => Error::StoreReadOnly(path),
            Some(SqlState::LOCK_NOT_AVAILABLE) => Error::StoreBusy(path),
            _ if self.is_cut() => Error::StoreUnreachable { path, reason: words(error) },
            _ => Error::Store { path, doing: doing.to_owned(), reason: words(error) },
        }
    }
}

fn is_of_the_system(source: &(dyn std::error::Error + 'static)) -> bool {
    source.is::<io::Error>()
}

/// What PostgreSQL or the way there says. Its details may quote rows, so they stay out.
fn words(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => said.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
