//! Makes the tables of a store where there are none, and tells whose they are and in which format.
//!
//! an empty database → the tables of the newest format; tables of a newer one → *was written by a newer maillage*
//!
//! A step to a newer format is taken by whoever has the right to write, while it holds the row that every write needs.

use postgres::error::SqlState;

use crate::error::Error;

use super::failure::{Failure, Outcome};
use super::line::Line;

/// What makes each format of the one before; the first makes it of nothing. A step that was published is never changed, and one that
/// was taken in part may be taken again: not every engine takes a step whole or not at all.
const STEPS: &[&str] = &[include_str!("format-1.sql")];

/// The newest format.
const FORMAT: i64 = STEPS.len() as i64;

/// How often tables are made again that somebody else made at the same moment.
const TIMES: usize = 5;

/// Makes a store where there is none.
pub(super) fn make(line: &Line) -> Outcome<()> {
    if format(line)? != 0 {
        return Ok(());
    }
    for turn in 1.. {
        match line.once(|connection| connection.batch(STEPS[0])) {
            Err(failure) if failure.is_made_twice() && turn < TIMES => {}
            made => return made,
        }
    }
    Ok(())
}

/// Refuses what is no store that this program can read.
pub(super) fn known(line: &Line) -> Outcome<()> {
    if format(line)? == 0 { Err(Error::NoStore(line.address().place()).into()) } else { Ok(()) }
}

/// The format of the store; 0 where there is none.
fn format(line: &Line) -> Outcome<i64> {
    const SQL: &str = "SELECT format FROM maillage_store WHERE name = 'store'";
    let found = match line.once(|connection| connection.row(SQL, &[])) {
        Err(failure) if failure.is_no_table() => return Ok(0),
        Err(Failure::Postgres(error)) if error.code() == Some(&SqlState::UNDEFINED_COLUMN) => {
            return Err(Error::NotAStore(line.address().place()).into());
        }
        found => found?,
    };
    match found.map(|row| row.get::<_, i64>(0)) {
        None => Ok(0),
        Some(format) if format > FORMAT => {
            Err(Error::StoreNewer { path: line.address().place(), format, known: FORMAT }.into())
        }
        Some(format) => Ok(format),
    }
}
