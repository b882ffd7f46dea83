//! `maillage extract`: what each document mentions and states, one JSON object a line.
//!
//! `maillage extract corpus` → five lines, in the order of the file names
//!
//! Documents are read, extracted and written in batches: several at a time on all cores, and never more in memory than a
//! batch. With `--pipe` it is a stage between other programs (`crate::pipe`). Must not extract anything itself.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::arguments::ExtractArguments;
use super::report::Report;
use super::source::no_documents;
use super::{Outcome, tolerate_closed};
use crate::corpus::{self, Batch, Reading, Warning};
use crate::error::{Error, Result};
use crate::extract::prepare;
use crate::model::Document;
use crate::pipe::{Answer, LONGEST_LINE_BYTES, extract_lines, json};

pub(super) fn run(arguments: &ExtractArguments, report: &Report) -> Result<Outcome> {
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|error| Error::io("cannot start threads", io::Error::other(error)))?;
    }
    rayon::spawn(prepare);
    if arguments.pipe { pipe(arguments, report) } else { read(&arguments.paths, report) }
}

fn read(paths: &[PathBuf], report: &Report) -> Result<Outcome> {
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
        for line in batch.par_iter().map(json).collect::<Vec<_>>() {
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

/// A stage of a pipe: an answer for every line, written as soon as it is there.
fn pipe(arguments: &ExtractArguments, report: &Report) -> Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut rejects = arguments.rejects.as_deref().map(Rejects::open).transpose()?;
    let mut outcome = Outcome::Complete;
    let mut give = |answers: &[Answer]| {
        for answer in answers {
            match (answer, &mut rejects) {
                (Answer::Reject { json, warning }, Some(rejects)) => {
                    report.warn(warning);
                    rejects.write(json)?;
                    outcome = Outcome::Skipped;
                    continue;
                }
                (Answer::Reject { warning, .. }, None) => {
                    report.warn(warning);
                    outcome = Outcome::Skipped;
                }
                (Answer::Record { notes, .. }, _) => notes.iter().for_each(|note| report.note(note)),
            }
            if !tolerate_closed(out.write_all(answer.json().as_bytes()))? {
                return Ok(false);
            }
        }
        if let Some(rejects) = &mut rejects {
            rejects.flush()?;
        }
        // A driver that waits for the answer to its line sees it now.
        tolerate_closed(out.flush())
    };
    let longest_bytes = arguments.longest_line.map_or(LONGEST_LINE_BYTES, |mebibytes| usize::from(mebibytes) << 20);
    extract_lines(BufReader::with_capacity(1 << 16, io::stdin()), longest_bytes, &mut give)?;
    Ok(outcome)
}

/// Where refusals go that shall not stand among the records.
struct Rejects<'p>(&'p Path, BufWriter<File>);

impl<'p> Rejects<'p> {
    fn open(path: &'p Path) -> Result<Self> {
        let file = File::create(path).map_err(|error| failed(path, error))?;
        Ok(Self(path, BufWriter::new(file)))
    }

    fn write(&mut self, line: &str) -> Result<()> {
        self.1.write_all(line.as_bytes()).map_err(|error| failed(self.0, error))
    }

    fn flush(&mut self) -> Result<()> {
        self.1.flush().map_err(|error| failed(self.0, error))
    }
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::io(format!("cannot write {}", path.display()), error)
}
