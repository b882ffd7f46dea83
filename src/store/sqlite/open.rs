//! Opens the file of a store: whose it is, in which format, with which guarantees.
//!
//! an empty folder → `maillage.db` in the newest format; a folder with a spreadsheet named so → *is not a store of maillage*
//!
//! Nothing is changed in a file before it is known to be ours and not newer than we are. A store is brought to the newest format in
//! one transaction: it is whole in the old one or whole in the new one.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::Error;

use super::failure::{Failure, Outcome};

/// The name of the file within the folder of a store.
pub(super) const FILE: &str = "maillage.db";

/// Says in the header of an SQLite file that it is ours: `mllg`.
const APPLICATION: i64 = 0x6d6c_6c67;

/// What makes each format of the one before; the first makes it of nothing. A step that was published is never changed.
const MIGRATIONS: &[&str] = &[include_str!("format-1.sql"), include_str!("format-2.sql"), include_str!("format-3.sql")];

/// The newest format.
pub(super) const FORMAT: i64 = MIGRATIONS.len() as i64;

/// How long we wait for another program that holds the file, such as a viewer in the middle of a write.
const PATIENCE: Duration = Duration::from_secs(5);

/// `synchronous`: what was acknowledged survives a power cut. `secure_delete`: what was withdrawn is overwritten in the file.
/// `fullfsync`: macOS needs to be told. `cache_size` in KiB.
const WRITER: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;";

/// Opens a file for writing, and makes a store of it when it is new. Also tells whether the side file could be emptied.
pub(super) fn writer(path: &Path) -> Outcome<(Connection, bool)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = connect(path, flags)?;
    format_of(&connection, path)?;
    connection.execute_batch(WRITER)?;
    migrate(&mut connection, path)?;
    // What a crash left behind goes into the file, and what was withdrawn out of the side file.
    let emptied = match empty_side_file(&connection) {
        // A disk without room for that can still be read.
        Err(failure) if failure.is_full() => false,
        emptied => emptied?,
    };
    Ok((connection, emptied))
}

/// Opens a store that is there for writing beside the one writer. Its format is not touched, nor is its side file.
pub(super) fn beside(path: &Path) -> Outcome<Connection> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    match format_of(&connection, path)? {
        0 => return Err(Error::NoStore(path.to_path_buf()).into()),
        FORMAT => {}
        // The one writer brings it to the newest.
        _ => return Err(Error::StoreBusy(path.to_path_buf()).into()),
    }
    connection.execute_batch(WRITER)?;
    Ok(connection)
}

/// Opens a file for reading only.
pub(super) fn reader(path: &Path) -> Outcome<Connection> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if format_of(&connection, path)? == 0 {
        return Err(Error::NoStore(path.to_path_buf()).into());
    }
    connection.execute_batch("PRAGMA cache_size = -16384")?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Outcome<Connection> {
    // An absolute path is never taken for a URI.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    let connection = Connection::open_with_flags(absolute, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Writes everything into the one file and cuts the side file (`maillage.db-wal`) to nothing; whether that could be done at once,
/// which it cannot be while somebody reads what is there.
pub(super) fn empty_side_file(connection: &Connection) -> Outcome<bool> {
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, i64>(0));
    connection.busy_timeout(PATIENCE)?;
    Ok(busy? == 0)
}

/// The format of a store; 0 for a file without anything in it.
fn format_of(connection: &Connection, path: &Path) -> Outcome<i64> {
    match header(connection) {
        Ok((APPLICATION, format, _)) if format > FORMAT => {
            Err(Error::StoreNewer { path: path.to_path_buf(), format, known: FORMAT }.into())
        }
        Ok((APPLICATION, format @ 1.., _)) => Ok(format),
        Ok((0, 0, 0)) => Ok(0),
        Ok(_) => Err(Error::NotAStore(path.to_path_buf()).into()),
        Err(failure) if failure.damage().is_some() && !is_marked(path) => {
            Err(Error::NotAStore(path.to_path_buf()).into())
        }
        Err(failure) => Err(failure),
    }
}

/// Whose the file is, in which format, and how many tables and the like it has.
fn header(connection: &Connection) -> Outcome<(i64, i64, i64)> {
    let number = |sql: &str| connection.query_row(sql, (), |row| row.get::<_, i64>(0));
    let (application, format) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    Ok((application, format, number("SELECT count(*) FROM sqlite_schema")?))
}

/// Whether a file that SQLite does not understand has our mark where SQLite keeps it.
fn is_marked(path: &Path) -> bool {
    const AT: usize = 68;
    let mut head = [0; AT + 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head[AT..].iter().fold(0, |number, byte| number << 8 | i64::from(*byte)) == APPLICATION
}

fn migrate(connection: &mut Connection, path: &Path) -> Outcome<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let format = format_of(&transaction, path)?;
    let done = usize::try_from(format).map_err(|_| Failure::damaged(format!("its format is {format}")))?;
    for (number, step) in (1_i64..).zip(MIGRATIONS).skip(done) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    Ok(transaction.commit()?)
}
