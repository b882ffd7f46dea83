//! Extraction as a stage between other programs: one line in, one line out, in the same order.
//!
//! `{"id": "a", "text": "…"}` → `{"version":1,"id":"document:…","source":"a",…}`; `not json` → `{"reject":{"id":"document:…","line":2,…}}`
//!
//! Blank lines have no answer, all others exactly one, which depends on the line alone: not on its neighbours, not on the process that saw
//! it, not on how many threads there are. What waits is answered at once, without waiting for more; what is read ahead and worked on is bounded, so
//! that memory does not grow with the number of documents. Must not know where lines come from and where answers go.

mod ahead;

use std::io::{self, BufRead};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{Line, Lines, Reading, Warning, name_of_line, read_handed_line};
use crate::error::{Error, Result};
use crate::export::record;
use crate::extract::extract;
use crate::model::{Document, RecordReject};
use crate::resolve::identify;
use ahead::Ahead;

/// The longest line that is read, in bytes, unless another length is asked for.
pub const LONGEST_LINE_BYTES: usize = 16 << 20;

/// What a line is answered with: a line of JSON, with its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The document's record.
    Record {
        /// The line.
        json: String,
        /// The document was read, but …
        notes: Vec<Warning>,
    },
    /// No document could be made of it.
    Reject {
        /// The line.
        json: String,
        /// Why, for people.
        warning: Warning,
    },
}

impl Answer {
    /// The line of JSON, with its end.
    pub fn json(&self) -> &str {
        match self {
            Self::Record { json, .. } | Self::Reject { json, .. } => json,
        }
    }
}

/// What tells a refusal from a record: its only key.
#[derive(Serialize, Deserialize)]
struct Refusal {
    reject: RecordReject,
}

/// Answers every line of the input, `give` taking the answers in their order, some at a time; it says whether it wants more.
///
/// # Errors
/// The input cannot be read, or what `give` says.
pub fn extract_lines(
    input: impl BufRead + Send + 'static,
    longest_bytes: usize,
    give: &mut dyn FnMut(&[Answer]) -> Result<bool>,
) -> Result<()> {
    let ahead = Arc::new(Ahead::default());
    let reading = Arc::clone(&ahead);
    // It is not waited for: whoever wants no more must not wait for an input that says nothing.
    std::thread::spawn(move || read_ahead(input, longest_bytes, &reading));
    loop {
        let lines = ahead.take().map_err(|error| Error::io("cannot read the lines", error))?;
        if lines.is_empty() {
            return Ok(());
        }
        let answers: Vec<Answer> = lines.par_iter().map(|line| answer(line, longest_bytes)).collect();
        if !give(&answers)? {
            ahead.refuse();
            return Ok(());
        }
    }
}

fn read_ahead(input: impl BufRead, longest_bytes: usize, ahead: &Ahead) {
    let mut lines = Lines::new(input, longest_bytes);
    let outcome: io::Result<()> = loop {
        match lines.next_line() {
            Ok(Some(Line { bytes: Some(bytes), .. })) if bytes.trim_ascii().is_empty() => {}
            Ok(Some(line)) => {
                if !ahead.put(line) {
                    break Ok(());
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    ahead.end(outcome);
}

/// The answer to one line.
fn answer(line: &Line, longest_bytes: usize) -> Answer {
    let read = read_handed_line(line, &format!("line {}", line.number), longest_bytes);
    match read.and_then(|reading| recorded(reading, line)) {
        Ok(answer) => answer,
        Err(warning) => {
            let reason = format!("{}; {}", warning.reason, warning.remedy);
            let reject = RecordReject { id: line.id.clone(), source: name_of_line(line), line: line.number, reason };
            let json = serde_json::to_string(&Refusal { reject }).unwrap_or_default() + "\n";
            Answer::Reject { json, warning }
        }
    }
}

fn recorded(Reading { document, notes }: Reading, line: &Line) -> Result<Answer, Warning> {
    match json(&document) {
        Ok(json) => Ok(Answer::Record { json, notes }),
        Err(error) => Err(Warning {
            path: format!("line {}", line.number),
            reason: format!("has a record that cannot be written ({error})"),
            remedy: "tell whoever maintains this program".to_owned(),
        }),
    }
}

/// A document's record as a line. Its ids are made from its content alone, so equal ids in two records mean the same entity.
///
/// # Errors
/// A number in it is none that JSON has.
pub fn json(document: &Document) -> serde_json::Result<String> {
    let annotations = extract(document);
    let ids = identify(document, &annotations);
    serde_json::to_string(&record(document, &annotations, &ids)).map(|line| line + "\n")
}
