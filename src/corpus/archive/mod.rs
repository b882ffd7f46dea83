//! Web archives: the pages and texts in WARC and WET files, one record at a time.
//!
//! a record `response` of `https://a.example/1` with a page → the document that the page is, its source and url `https://a.example/1`;
//! `conversion` → its text; `request`, `metadata`, pictures, pages that were not there → nothing
//!
//! A damaged record is a warning with its place in the file, and the rest goes on. When a page was fetched is no date of publication, and is not
//! taken for one. Must not know how a text or a page is read.

mod http;
mod record;

use std::io::BufReader;

use super::find::InputKind;
use super::jsonl::{line_of, read_json};
use super::metadata::Metadata;
use super::read::{LARGEST_FILE_BYTES, decoded_as, document, filled};
use super::{Reading, Warning};
use crate::file::{Packed, is_broken};
use crate::model::DocumentId;
use http::{Payload, payload};
use record::{Damage, Head, Record, Records};

/// The documents of a web archive.
pub(super) struct Archive {
    records: Records,
    source: String,
    ended: bool,
}

impl Archive {
    /// Reads from an archive; `source` names it in warnings.
    pub(super) fn new(reader: BufReader<Packed>, source: String) -> Self {
        Self { records: Records::new(reader), source, ended: false }
    }

    fn warning(&self, damage: Damage) -> Warning {
        const REMEDY: &str = "fetch or write the archive again when the record matters";
        match damage {
            Damage { error: Some(error), .. } if !is_broken(&error) => Warning::io(&self.source, &error),
            Damage { place, reason, error } => {
                let why = error.map(|error| format!(" ({error})")).unwrap_or_default();
                Warning::new(format!("{}: {place}", self.source), format!("{reason}{why}"), REMEDY)
            }
        }
    }
}

impl Iterator for Archive {
    type Item = Result<Reading, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.records.next(&wanted) {
                Ok(Some(record)) => {
                    let place = format!("{}: {}", self.source, record.place);
                    if let Some(read) = read_record(record, place) {
                        return Some(read);
                    }
                }
                Ok(None) => self.ended = true,
                Err(damage) => {
                    self.ended = damage.error.as_ref().is_some_and(|error| !is_broken(error));
                    return Some(Err(self.warning(damage)));
                }
            }
        }
        None
    }
}

/// Whether a record may hold a document; of all others the content is passed over.
fn wanted(head: &Head) -> bool {
    match head.kind() {
        "conversion" => true,
        "response" => head.get("warc-identified-payload-type").is_none_or(|media| kind_of(media).is_some()),
        "resource" => head.get("content-type").is_some_and(|media| kind_of(media).is_some()),
        _ => false,
    }
}

/// How content of a media type is read; none when it is no text.
fn kind_of(media: &str) -> Option<InputKind> {
    let name = media.split(';').next().unwrap_or_default().trim();
    match name.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(InputKind::Html),
        "text/plain" => Some(InputKind::Text),
        _ => None,
    }
}

/// The encoding that a media type names.
fn charset_of(media: &str) -> Option<&str> {
    let parameter = media.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Some(parameter.trim().trim_matches(['"', '\'']))
}

fn read_record(record: Record, place: String) -> Option<Result<Reading, Warning>> {
    let Record { head, body, .. } = record;
    let Some(body) = body else {
        let reason = format!("is larger than {} MiB", LARGEST_FILE_BYTES >> 20);
        return Some(Err(Warning::new(place, reason, "nothing: no text is as long as that")));
    };
    match head.kind() {
        "conversion" => Some(read_json(&text_line(&head, &body), place)),
        "resource" => {
            let media = head.get("content-type")?;
            Some(read_page(&head, &body, kind_of(media)?, charset_of(media), place))
        }
        _ => match payload(&body) {
            Ok(None) => None,
            Ok(Some(Payload { media, bytes })) => {
                let kind = head.get("warc-identified-payload-type").and_then(kind_of).or_else(|| kind_of(&media))?;
                Some(read_page(&head, &bytes, kind, charset_of(&media), place))
            }
            Err(reason) => Some(Err(Warning::new(place, reason, "fetch it again, packed as gzip or not at all"))),
        },
    }
}

/// A text as the line of JSON Lines that it would be. Its id is made from that line, as others make it too.
fn text_line(head: &Head, body: &[u8]) -> Vec<u8> {
    let (url, text) = (head.url(), String::from_utf8_lossy(body).into_owned());
    let name = url.or_else(|| head.get("warc-record-id")).unwrap_or_default();
    line_of(vec![("id", name.into()), ("text", text.into()), ("url", url.into())])
}

/// A page has the id of its bytes, as the page saved in a file has.
fn read_page(
    head: &Head,
    bytes: &[u8],
    kind: InputKind,
    charset: Option<&str>,
    place: String,
) -> Result<Reading, Warning> {
    let mut notes = Vec::new();
    let text = decoded_as(bytes, charset, &place, &mut notes)?;
    let url = head.url().map(str::to_owned);
    let source = url.as_deref().or_else(|| head.get("warc-record-id")).unwrap_or(&place).to_owned();
    let known = Metadata { url, ..Metadata::default() };
    filled(document(DocumentId::of_bytes(bytes), source, &text, kind, known), place, notes)
}
