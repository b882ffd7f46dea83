//! JSON Lines: one document a line, read one by one, so that memory is bounded by the longest line.
//!
//! `{"id": "a", "text": "…"}` → a document with source `a`; a bad line → a warning naming `news.jsonl:12`, and on it goes
//!
//! Must not know how the text of a document is read.

use std::io::BufRead;

use serde::Deserialize;
use serde_json::Value;

use super::decode::tidied;
use super::document::stated_date;
use super::find::InputKind;
use super::lines::{Line, Lines};
use super::metadata::Metadata;
use super::read::{LARGEST_FILE_BYTES, decoded, document, filled};
use super::{Reading, Warning};
use crate::model::DocumentId;

/// What a document may have, in the order in which it is written where it was no line before.
pub(super) const KEYS: [&str; 6] = ["id", "text", "title", "url", "language", "published"];

/// A document that was no line as the line that it would be: no space, and no key without a value.
pub(super) fn line_of(document: Vec<(&str, Value)>) -> Vec<u8> {
    let said = document.into_iter().filter(|(_, value)| !value.is_null());
    let said: Vec<_> = said.map(|(key, value)| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}", said.join(",")).into_bytes()
}

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

/// What tells which document it is, when nothing else can be made of it.
#[derive(Deserialize)]
struct Named {
    id: JsonId,
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
    lines: Lines<Box<dyn BufRead + Send>>,
    source: String,
    ended: bool,
}

impl Iterator for JsonLines {
    type Item = Result<Reading, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.lines.next_line() {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Warning::io(&self.source, &error)));
                }
                Ok(Some(Line { bytes: Some(line), .. })) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line { number, bytes, .. })) => {
                    let place = format!("{}:{number}", self.source);
                    return Some(match bytes {
                        Some(line) => read_json(&line, place),
                        None => Err(too_long(place, LARGEST_FILE_BYTES)),
                    });
                }
                Ok(None) => self.ended = true,
            }
        }
        None
    }
}

impl JsonLines {
    /// Reads from a stream; `source` names it in warnings.
    pub(super) fn new(reader: Box<dyn BufRead + Send>, source: String) -> Self {
        Self { lines: Lines::new(reader, LARGEST_FILE_BYTES as usize), source, ended: false }
    }
}

/// Reads one document that another program hands over in a line, which must be UTF-8: nobody is there to see that an encoding was guessed.
/// `place` names it in warnings, `longest_bytes` is what the lines were read with.
///
/// # Errors
/// It is no document; why, and what to do. Neither depends on where the line stands.
pub fn read_handed_line(line: &Line, place: &str, longest_bytes: usize) -> Result<Reading, Warning> {
    let Some(bytes) = &line.bytes else { return Err(too_long(place.to_owned(), longest_bytes as u64)) };
    if let Err(error) = std::str::from_utf8(bytes) {
        let reason = format!("is not UTF-8 (byte {} of the line)", error.valid_up_to() + 1);
        return Err(Warning::new(place, reason, "write JSON Lines in UTF-8"));
    }
    read_json(bytes, place.to_owned())
}

/// What a line calls itself, even when no document can be made of it.
pub fn name_of_line(line: &Line) -> Option<String> {
    serde_json::from_slice(line.bytes.as_deref()?).ok().map(|Named { id }| match id {
        JsonId::Text(id) => id,
        JsonId::Number(id) => id.to_string(),
    })
}

fn too_long(place: String, longest_bytes: u64) -> Warning {
    let reason = format!("is larger than {} MiB", longest_bytes >> 20);
    Warning::new(place, reason, "split it, for instance into JSON Lines")
}

/// Reads one document as it stands in a line of JSON Lines; `place` names it in warnings.
///
/// # Errors
/// It is no document; why, and what to do.
pub fn read_line(line: &str, place: &str) -> Result<Reading, Warning> {
    read_json(line.as_bytes(), place.to_owned())
}

/// Reads one document as it stands in a line, whose bytes make its id.
pub(super) fn read_json(line: &[u8], place: String) -> Result<Reading, Warning> {
    const FORM: &str = "write one object a line: {\"id\": …, \"text\": …}";
    let mut notes = Vec::new();
    let id = DocumentId::of_bytes(line);
    let text = decoded(line, &place, &mut notes)?;
    // Signs that a text may not have are taken out of what the line says, not out of the line: U+2028 is one of JSON's own.
    let said = std::str::from_utf8(line).map_or(text.as_str(), |line| line.trim_start_matches('\u{feff}'));
    let json: JsonDocument = serde_json::from_str(said.trim()).map_err(|error| {
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
        title: filled_in(json.title.map(tidied)),
        url: filled_in(json.url),
        language: filled_in(json.language),
        published,
    };
    let document = document(id, source, &tidied(json.text), InputKind::Text, known);
    filled(document, place, notes)
}
