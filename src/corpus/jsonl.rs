//! JSON Lines: one document a line, read one by one, so that memory is bounded by the longest line.
//!
//! `{"id": "a", "text": "…"}` → a document with source `a`; a bad line → a warning naming `news.jsonl:12`, and on it goes
//!
//! Must not know how the text of a document is read.

use std::io::{BufRead, Read};

use serde::Deserialize;

use super::document::stated_date;
use super::find::InputKind;
use super::metadata::Metadata;
use super::read::{LARGEST_FILE_BYTES, decoded, document, filled};
use super::{Reading, Warning};
use crate::model::DocumentId;

/// A line of JSON Lines.
#[derive(Deserialize)]
struct JsonDocument {
    id: JsonId,
    text: String,
    title: Option<String>,
    url: Option<String>,
    language: Option<String>,
    published: Option<String>,
}

/// An id may be a number in the source.
#[derive(Deserialize)]
#[serde(untagged)]
enum JsonId {
    Text(String),
    Number(serde_json::Number),
}

/// The documents of a JSON Lines stream.
pub(super) struct JsonLines {
    reader: Box<dyn BufRead + Send>,
    source: String,
    line: usize,
    ended: bool,
}

impl Iterator for JsonLines {
    type Item = Result<Reading, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line += 1;
            let place = format!("{}:{}", self.source, self.line);
            match self.next_line() {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Warning::io(place, &error)));
                }
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(read_json(&line, place)),
                Ok(None) => self.ended = true,
            }
        }
        None
    }
}

impl JsonLines {
    /// Reads from a stream; `source` names it in warnings.
    pub(super) fn new(reader: Box<dyn BufRead + Send>, source: String) -> Self {
        Self { reader, source, line: 0, ended: false }
    }

    /// The next line without its end; one that is too long is cut there, and its rest is passed over.
    fn next_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(LARGEST_FILE_BYTES + 2);
        if limited.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            self.reader.skip_until(b'\n')?;
        }
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(line))
    }
}

/// Reads one document as it stands in a line of JSON Lines; `place` names it in warnings.
///
/// # Errors
/// It is no document; why, and what to do.
pub fn read_line(line: &str, place: &str) -> Result<Reading, Warning> {
    read_json(line.as_bytes(), place.to_owned())
}

fn read_json(line: &[u8], place: String) -> Result<Reading, Warning> {
    const FORM: &str = "write one object a line: {\"id\": …, \"text\": …}";
    let mut notes = Vec::new();
    let id = DocumentId::of_bytes(line);
    let text = decoded(line, &place, &mut notes)?;
    let json: JsonDocument = serde_json::from_str(text.trim()).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason).replace('\n', " ");
        Warning::new(&place, format!("is no document ({reason})"), FORM)
    })?;
    let source = match json.id {
        JsonId::Text(id) if id.trim().is_empty() => return Err(Warning::new(place, "has an empty id", FORM)),
        JsonId::Text(id) => id,
        JsonId::Number(id) => id.to_string(),
    };
    let filled_in = |value: Option<String>| value.map(|v| v.trim().to_string()).filter(|v| !v.is_empty());
    let published = filled_in(json.published);
    if let Some(date) = published.as_ref().filter(|date| stated_date(date).is_none()) {
        notes.push(Warning::new(
            &place,
            format!("has a date that cannot be read ({date})"),
            "write dates as 2015-08-20",
        ));
    }
    let known = Metadata {
        title: filled_in(json.title),
        url: filled_in(json.url),
        language: filled_in(json.language),
        published,
    };
    let document = document(id, source, &json.text, InputKind::Text, known);
    filled(document, place, notes)
}
