//! Rows of Parquet as the lines that they would be: a JSON object each, under the keys that lines of a graph have.
//!
//! `id: "r1", kind: "FUNDS", subject: "o1", object: "p1", from: "2019", statements: 3` →
//! `{"id":"r1","kind":"FUNDS","source":"o1","target":"p1","year":"2019"}`
//!
//! Reads what `maillage export --format parquet` writes, what the job on a cluster writes, and tables whose columns are named as keys are. A
//! folder is its files of Parquet in the order of their names. Must not judge what a row says.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::file::{Cell, Rows};

/// The columns that are read.
const COLUMNS: [&str; 23] = [
    "id",
    "kind",
    "name",
    "aliases",
    "source",
    "target",
    "year",
    "documents",
    "subject",
    "subject_name",
    "object",
    "object_name",
    "date",
    "from",
    "to",
    "confidence",
    "modality",
    "role",
    "amount",
    "currency",
    "sentence",
    "quote",
    "document",
];

/// How many aliases, and how many characters of a quotation, go into a line, so that it does not become longer than lines may be.
const MOST_ALIASES: usize = 50;
const LONGEST_QUOTE: usize = 2_000;

/// The files of Parquet that a path means: itself, or those of a folder; none when it is neither.
pub(super) fn files(path: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    if path.is_dir() {
        let all = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        let mut files: Vec<_> =
            all.into_iter().filter(|path| path.extension().is_some_and(|it| it == "parquet")).collect();
        files.sort();
        let none = || io::Error::new(io::ErrorKind::Unsupported, "it is a folder without files of Parquet");
        return if files.is_empty() { Err(none()) } else { Ok(Some(files)) };
    }
    let mut head = [0; 4];
    let begins =
        path.is_file() && fs::File::open(path)?.read_exact(&mut head).is_ok() && crate::file::is_parquet(&head);
    Ok(begins.then(|| vec![path.to_path_buf()]))
}

/// A stream of such lines.
pub(super) struct RowLines {
    files: std::vec::IntoIter<PathBuf>,
    rows: Option<Rows>,
    line: Vec<u8>,
    taken: usize,
    /// Bytes of the files that were read, about: those of files before, and of this one as many as its rows tell.
    read: Arc<AtomicU64>,
    before: u64,
    bytes: u64,
}

impl RowLines {
    /// The rows of files one behind the other; `read` is told how many bytes of them were read, about.
    pub(super) fn of(files: Vec<PathBuf>, read: Arc<AtomicU64>) -> Self {
        Self { files: files.into_iter(), rows: None, line: Vec::new(), taken: 0, read, before: 0, bytes: 0 }
    }

    /// Makes the next line; whether there is one.
    fn next(&mut self) -> io::Result<bool> {
        loop {
            if let Some(rows) = &mut self.rows {
                match rows.next() {
                    Some(Ok(row)) => {
                        let part = u128::from(self.bytes) * u128::from(row.number) / u128::from(rows.total().max(1));
                        let part = u64::try_from(part).unwrap_or(self.bytes).min(self.bytes);
                        self.read.store(self.before + part, Ordering::Relaxed);
                        (self.line, self.taken) = (line(rows.columns(), row.cells), 0);
                        return Ok(true);
                    }
                    Some(Err((number, why))) => {
                        let reason = format!("row {number} is damaged: {why}");
                        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
                    }
                    None => {
                        self.before += self.bytes;
                        self.read.store(self.before, Ordering::Relaxed);
                    }
                }
            }
            let Some(file) = self.files.next() else { return Ok(false) };
            self.bytes = file.metadata()?.len();
            self.rows = Some(Rows::open(&file, &COLUMNS)?);
        }
    }
}

impl Read for RowLines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.line.len() && !self.next()? {
            return Ok(0);
        }
        let there = &self.line[self.taken..];
        let read = there.len().min(into.len());
        into[..read].copy_from_slice(&there[..read]);
        self.taken += read;
        Ok(read)
    }
}

/// A row as a line, with its end.
fn line(columns: &[String], mut cells: Vec<Option<Cell>>) -> Vec<u8> {
    let is_relation = columns.iter().any(|name| name == "subject");
    let mut take = |key: &str| cells[columns.iter().position(|name| name == key)?].take();
    let mut said: Vec<(&str, Value)> = Vec::new();
    let mut say = |key: &'static str, value: Option<Value>| said.extend(value.map(|value| (key, value)));
    for key in ["id", "kind", "name"] {
        say(key, take(key).map(tidied));
    }
    say("aliases", take("aliases").and_then(|aliases| list(aliases, MOST_ALIASES)));
    // Where ends are called subject and object, the source is that of the document.
    let (ends, origin) = match is_relation {
        true => ((take("subject"), take("object")), take("source")),
        false => ((take("source"), take("target")), None),
    };
    say("source", ends.0.map(tidied));
    say("target", ends.1.map(tidied));
    let range = |from: Option<Cell>, to: Option<Cell>| match (from, to) {
        (Some(Cell::Text(from)), Some(Cell::Text(to))) => Some(Cell::Text(format!("{from}/{to}"))),
        (from, _) => from,
    };
    let year = take("year").or_else(|| take("date")).or_else(|| range(take("from"), take("to")));
    // A day or a month without its year says nothing here.
    let has_year = |cell: &Cell| !matches!(cell, Cell::Text(text) if !text.bytes().take(4).all(|c| c.is_ascii_digit()));
    say("year", year.filter(has_year).map(tidied));
    match take("documents") {
        Some(count @ Cell::Whole(_)) => say("document_count", Some(tidied(count))),
        documents => say("documents", documents.and_then(|documents| list(documents, usize::MAX))),
    }
    let document = take("document");
    say(
        "documents",
        origin.or_else(|| document.clone().filter(|_| is_relation)).map(|one| Value::from(vec![tidied(one)])),
    );
    for key in ["subject_name", "object_name", "confidence", "modality", "role", "amount", "currency"] {
        say(key, take(key).map(tidied));
    }
    let quote = take("quote").or_else(|| take("sentence")).map(tidied);
    let cut = |text: &str| text.chars().take(LONGEST_QUOTE).collect::<String>().into();
    say("quote", quote.map(|quote| quote.as_str().map_or(Value::Null, cut)));
    say("document", document.map(tidied));
    let said: Vec<_> = said.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}\n", said.join(",")).into_bytes()
}

/// A list of texts: as such, or as JSON in a text.
fn list(cell: Cell, most: usize) -> Option<Value> {
    let texts = match cell {
        Cell::Texts(texts) => texts,
        Cell::Text(text) => serde_json::from_str(&text).unwrap_or_else(|_| vec![text]),
        _ => return None,
    };
    let texts = texts.into_iter().map(|text| tidied(Cell::Text(text)));
    Some(texts.take(most).collect())
}

/// A value, in a text without line breaks and other signs that lines may not have.
fn tidied(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) | Cell::Date(text) => {
            let words = text.split(|c: char| c.is_whitespace() || c.is_control());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into()
        }
        Cell::Whole(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Truth(truth) => truth.into(),
        Cell::Texts(texts) => texts.into(),
        Cell::Other => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(row: &[(&str, Cell)]) -> String {
        let columns: Vec<_> = row.iter().map(|(name, _)| (*name).to_owned()).collect();
        let cells = row.iter().map(|(_, cell)| Some(cell.clone())).collect();
        String::from_utf8(line(&columns, cells)).expect("text")
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn columns_become_keys() {
        let exported = [
            ("id", text("r1")),
            ("kind", text("FUNDS")),
            ("subject", text("o1")),
            ("object", text("p1")),
            ("confidence", Cell::Real(0.5)),
            ("from", text("2019-02")),
            ("to", text("2020")),
            ("sentence", text("A\nfunds B.")),
            ("document", text("document:1")),
        ];
        let expected = concat!(
            r#"{"id":"r1","kind":"FUNDS","source":"o1","target":"p1","year":"2019-02/2020","documents":["document:1"],"#,
            r#""confidence":0.5,"quote":"A funds B.","document":"document:1"}"#,
            "\n"
        );
        assert_eq!(shown(&exported), expected);
        let of_a_cluster = [
            ("subject", text("o1")),
            ("source", text("https://a.example")),
            ("date", text("XXXX-02-14")),
            ("documents", Cell::Whole(3)),
        ];
        let expected = r#"{"source":"o1","document_count":3,"documents":["https://a.example"]}"#;
        assert_eq!(shown(&of_a_cluster).trim_end(), expected);
        let plain = [("source", text("o1")), ("target", Cell::Whole(7)), ("year", Cell::Whole(2019))];
        assert_eq!(shown(&plain).trim_end(), r#"{"source":"o1","target":7,"year":2019}"#);
    }

    #[test]
    fn lists_are_lists_however_they_are_written() {
        let expected = r#"{"name":"x","aliases":["a","b c"]}"#;
        for aliases in [Cell::Texts(vec!["a".into(), "b\u{7}c".into()]), text(r#"["a","b c"]"#)] {
            assert_eq!(shown(&[("name", text("x")), ("aliases", aliases)]).trim_end(), expected);
        }
        assert_eq!(shown(&[("aliases", text("FDM"))]).trim_end(), r#"{"aliases":["FDM"]}"#);
    }
}
