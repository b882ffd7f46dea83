//! From bytes to [`Document`]s: finds files, decodes them, and keeps the article without the site around it.
//!
//! `corpus/001.txt` (menu, headline, dateline, paragraphs, contact, share links) → one [`Document`] whose text begins with
//! the headline, with its sections and everything worth a [`Warning`].
//!
//! Reading never fails as a whole: what cannot be read becomes a warning, and the rest goes on. What is read keeps its
//! characters; only layout is touched (line ends, hard wraps, markup, navigation). This module must not split sentences, must
//! not know extraction, and never touches the network.

mod archive;
mod article;
mod batch;
mod date;
mod dateline;
mod decode;
mod document;
mod find;
mod footer;
mod html;
mod jsonl;
mod line;
mod lines;
mod markdown;
mod markup;
mod metadata;
mod page;
mod read;
mod table;
mod words;
mod wrap;

use std::fmt;

use crate::model::Document;

pub use batch::Batch;
pub use find::{Found, Input, InputKind, find};
pub use jsonl::{name_of_line, read_handed_line, read_line};
pub use lines::{Line, Lines};
pub use read::{LARGEST_FILE_BYTES, Readings, read};

/// Something that was not read, or was read with a reservation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The file or folder as the user gave it, for JSON Lines and Parquet with the line or row: `news.jsonl:12`, for a web archive with the
    /// place: `a.warc.gz: byte 4012`.
    pub path: String,
    /// What is the matter, in plain words.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

impl Warning {
    fn new(path: impl Into<String>, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into(), remedy: remedy.into() }
    }

    /// The operating system's refusal, in words.
    fn io(path: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.into();
        match error.kind() {
            ErrorKind::NotFound => Self::new(path, "does not exist", "check the path"),
            ErrorKind::PermissionDenied => {
                Self::new(path, "may not be read (permission denied)", "change its permissions")
            }
            _ => Self::new(path, format!("cannot be read ({error})"), "check the file and the disk it lies on"),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.path, self.reason, self.remedy)
    }
}

/// A document that was read, and what to know about how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// Reservations: the document was read, but …
    pub notes: Vec<Warning>,
}
