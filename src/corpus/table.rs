//! Parquet: one document a row, read one by one.
//!
//! a row with `id` and `text`, perhaps `title`, `url`, `language`, `published` → the document that the same as a line of JSON Lines is
//!
//! Its id is made from that line, whose keys stand in one order, and not from where the row stands. Must not know how a text is read.

use std::path::Path;

use serde_json::Value;

use super::jsonl::{KEYS, line_of, read_json};
use super::{Reading, Warning};
use crate::file::{Cell, Row, Rows, is_broken};

/// The documents of a Parquet file.
pub(super) struct Table {
    rows: Rows,
    source: String,
}

impl Table {
    /// Opens a file; `source` names it in warnings.
    ///
    /// # Errors
    /// It cannot be read, or has no documents in its rows.
    pub(super) fn open(path: &Path, source: String) -> Result<Self, Warning> {
        let rows = Rows::open(path, &KEYS).map_err(|error| match is_broken(&error) {
            true => Warning::new(&source, format!("is no sound Parquet ({error})"), "write or fetch it again"),
            false => Warning::io(&source, &error),
        })?;
        let missing: Vec<_> = KEYS[..2].iter().filter(|key| !rows.columns().iter().any(|name| name == *key)).collect();
        match missing.as_slice() {
            [] => Ok(Self { rows, source }),
            [first, ..] => Err(Warning::new(
                source,
                format!("has no column {first}"),
                "name its columns id and text, one row a document",
            )),
        }
    }
}

impl Iterator for Table {
    type Item = Result<Reading, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.rows.next()? {
            Ok(row) => {
                let place = format!("{}:{}", self.source, row.number);
                read_json(&handed(self.rows.columns(), row), place)
            }
            Err((number, why)) => {
                let reason = format!("is damaged from here to the end of its group of rows ({why})");
                Err(Warning::new(format!("{}:{number}", self.source), reason, "write or fetch it again"))
            }
        })
    }
}

/// A row as the line that it would be.
fn handed(columns: &[String], mut row: Row) -> Vec<u8> {
    let mut cell = |key: &str| row.cells[columns.iter().position(|name| name == key)?].take().map(value);
    line_of(KEYS.iter().map(|key| (*key, cell(key).unwrap_or_default())).collect())
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) | Cell::Date(text) => text.into(),
        Cell::Whole(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Truth(truth) => truth.into(),
        Cell::Texts(texts) => texts.into(),
        Cell::Other => Value::Null,
    }
}
