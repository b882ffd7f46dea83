//! Where a store is: in a folder, or at an address on a database server.
//!
//! `--data store` → `Place::Folder`; `--store postgres://ana@db.example/press` → `Place::Server`
//!
//! An address may hold a password: nothing here shows it. Must not know what a command does with a store.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::store::{PostgresStore, SqliteStore, Store, StoreAddress};

/// The address of a store as it was given; it is looked at when it is used, so that no message about arguments repeats it.
#[derive(Clone)]
pub(super) struct Address(String);

impl FromStr for Address {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address")
    }
}

/// Where a store is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// In a folder, or in a file that a backup made.
    Folder(PathBuf),
    /// On a server.
    Server(Box<StoreAddress>),
}

impl fmt::Display for Place {
    /// As it is given on the command line, without a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "--data {}", folder.display()),
            Self::Server(address) => write!(f, "--store '{address}'"),
        }
    }
}

impl Place {
    /// The place that was given, if any.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn of(data: Option<&Path>, store: Option<&Address>) -> Result<Option<Self>> {
        let password = std::env::var("PGPASSWORD").ok();
        let server = |Address(address): &Address| {
            StoreAddress::parse(address, password.as_deref()).map(Box::new).map(Self::Server)
        };
        match (store, data) {
            (Some(address), _) => server(address).map(Some),
            (None, data) => Ok(data.map(|folder| Self::Folder(folder.to_owned()))),
        }
    }

    /// The folder beside whose file a graph may be kept.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Server(_) => None,
        }
    }

    /// What errors call it.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.clone(),
            Self::Server(address) => PathBuf::from(address.to_string()),
        }
    }

    /// Opens the store to write to it; makes it when there is none.
    pub(super) fn open(&self) -> Result<Box<dyn Store>> {
        self.open_for(PostgresStore::LEASE)
    }

    /// The same, with how long the right to write is kept on a server for a process that is silent.
    pub(super) fn open_for(&self, lease: Duration) -> Result<Box<dyn Store>> {
        Ok(match self {
            Self::Folder(folder) => Box::new(SqliteStore::open(folder)?),
            Self::Server(address) => Box::new(PostgresStore::open_for(address, lease)?),
        })
    }

    /// Opens a store that is there to write to it.
    pub(super) fn open_known(&self) -> Result<Box<dyn Store>> {
        // Opening makes a store where there is none; somebody who changes one has mistyped its name then.
        drop(self.read_only()?);
        self.open()
    }

    /// Opens the store for reading only.
    pub(super) fn read_only(&self) -> Result<Box<dyn Store>> {
        Ok(match self {
            Self::Folder(folder) => Box::new(SqliteStore::open_read_only(folder)?),
            Self::Server(address) => Box::new(PostgresStore::open_read_only(address)?),
        })
    }

    /// Opens the store to change its tokens, also beside the process that writes to it; makes it when there is none and `make` says so.
    pub(super) fn open_for_tokens(&self, make: bool) -> Result<Box<dyn Store>> {
        match self {
            Self::Folder(folder) => match if make { self.open() } else { self.open_known() } {
                Err(Error::StoreLocked { .. }) => Ok(Box::new(SqliteStore::open_for_tokens(folder)?)),
                opened => opened,
            },
            // No need to ask for the right to write: tokens do not depend on it.
            Self::Server(address) => match PostgresStore::open_for_tokens(address) {
                Err(Error::NoStore(_)) if make => self.open(),
                opened => Ok(Box::new(opened?)),
            },
        }
    }
}
