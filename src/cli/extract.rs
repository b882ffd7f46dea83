//! `maillage extract`: what each document mentions and states, one JSON object a line.
//!
//! `maillage extract corpus` → five lines, in the order of the file names
//!
//! Documents are read, extracted and written in batches: several at a time on all cores, and never more in memory than a
//! batch. Must not extract anything itself.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use rayon::prelude::*;

use super::report::Report;
use super::source::no_documents;
use super::{Outcome, tolerate_closed};
use crate::corpus::{self, Batch, Reading, Warning};
use crate::error::{Error, Result};
use crate::export::record;
use crate::extract::{extract, prepare};
use crate::model::Document;
use crate::resolve::identify;

pub(super) fn run(paths: &[PathBuf], report: &Report) -> Result<Outcome> {
    rayon::spawn(prepare);
    let found = corpus::find(paths);
    let mut outcome = report.all(&found.warnings, &[]);
    let mut documents = found.inputs.iter().flat_map(corpus::read);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = 0;
    loop {
        let batch = next_batch(&mut documents, report, &mut outcome);
        if batch.is_empty() {
            break;
        }
        written += batch.len();
        for line in batch.par_iter().map(line).collect::<Vec<_>>() {
            let line = line.map_err(|error| Error::io("cannot write a record", error.into()))?;
            if !tolerate_closed(out.write_all(line.as_bytes()))? {
                return Ok(outcome);
            }
        }
        // What was extracted is seen at once, also by a reader at the end of a pipe.
        if !tolerate_closed(out.flush())? {
            return Ok(outcome);
        }
    }
    if written == 0 { Err(no_documents(paths)) } else { Ok(outcome) }
}

/// Reads the next documents, saying what is not read.
fn next_batch(
    documents: &mut impl Iterator<Item = Result<Reading, Warning>>,
    report: &Report,
    outcome: &mut Outcome,
) -> Vec<Document> {
    let (mut batch, mut size) = (Vec::new(), Batch::default());
    while !size.is_full() {
        match documents.next() {
            Some(Ok(reading)) => {
                reading.notes.iter().for_each(|note| report.note(note));
                size.add(&reading.document);
                batch.push(reading.document);
            }
            Some(Err(warning)) => {
                report.warn(&warning);
                *outcome = Outcome::Skipped;
            }
            None => break,
        }
    }
    batch
}

/// One document's record. Its ids are made from its content alone, so equal ids in two records mean the same entity.
fn line(document: &Document) -> serde_json::Result<String> {
    let annotations = extract(document);
    let ids = identify(document, &annotations);
    serde_json::to_string(&record(document, &annotations, &ids)).map(|line| line + "\n")
}
