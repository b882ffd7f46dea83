//! `maillage eval`: how good extraction is, measured against gold annotations.
//!
//! `maillage eval tests/gold/corpus --documents corpus` → precision, recall and F1 of entities and relations, and what went wrong
//!
//! A document is looked for beside its gold file, then under `--documents`; with `--records` nothing is read but the records.
//! What cannot be found counts as missed and makes the exit status 3. Must not score anything itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::arguments::{EvalArguments, EvalFormat};
use super::report::Report;
use super::{Outcome, print};
use crate::corpus::{self, Input, Reading, Warning};
use crate::error::{Error, Result};
use crate::evaluate::{self, Checked, Evaluation, Gold, Resolved, Set};
use crate::export::record;
use crate::extract::extract;
use crate::knowledge_base::{KnowledgeBase, contribution};
use crate::model::{Document, Record};
use crate::resolve::identify;

const HEAD: &str = concat!("# Scorecard of maillage ", env!("CARGO_PKG_VERSION"), "\n\n");

pub(super) fn run(arguments: &EvalArguments, report: &Report) -> Result<Outcome> {
    let found = corpus::find(&arguments.documents);
    let mut outcome = report.all(&found.warnings, &[]);
    let source = match &arguments.records {
        Some(path) => Source::Records(read_records(path)?),
        None => Source::Documents(found.inputs.into_iter().map(|input| (file_name(&input.source), input)).collect()),
    };
    if let Some(checked) = &arguments.identity {
        return identity(arguments, checked, &source, report).map(|skipped| skipped.unwrap_or(outcome));
    }
    let mut sets = Vec::new();
    for folder in &arguments.folders {
        let golds = read_gold(folder)?;
        let found: Vec<_> = golds.par_iter().map(|gold| source.find(folder, gold.document())).collect();
        let mut evaluation = Evaluation::default();
        for (gold, found) in golds.iter().zip(found) {
            match found {
                Ok((record, notes)) => {
                    notes.iter().for_each(|note| report.note(note));
                    evaluation.add(gold, Some(&record));
                }
                Err(warning) => {
                    report.warn(&warning);
                    outcome = Outcome::Skipped;
                    evaluation.add(gold, None);
                }
            }
        }
        sets.push(Set { name: set_name(folder), evaluation });
    }
    let mut shown = shown(&sets, arguments)?;
    if arguments.speed && arguments.format != EvalFormat::Json {
        shown += &speed(&source, &arguments.folders)?;
    }
    print(&shown).map(|()| outcome)
}

/// Where records come from.
enum Source {
    /// They were made before, by the file name of their source.
    Records(BTreeMap<String, Record>),
    /// They are made now, from documents beside the gold or from these, by file name.
    Documents(BTreeMap<String, Input>),
}

impl Source {
    /// The record of the document of that name, with reservations about how it was read.
    fn find(&self, folder: &Path, name: &str) -> Result<(Record, Vec<Warning>), Warning> {
        match self {
            Self::Records(records) => {
                let record = records.get(name).cloned().map(|record| (record, Vec::new()));
                record.ok_or_else(|| missing(name, "has no record", "check that --records holds one from this file"))
            }
            Self::Documents(known) => {
                let Reading { document, notes } = reading(known, folder, name)?;
                let annotations = extract(&document);
                Ok((record(&document, &annotations, &identify(&document, &annotations)), notes))
            }
        }
    }
}

/// The document of that name, beside its gold or among those that are known.
fn reading(known: &BTreeMap<String, Input>, folder: &Path, name: &str) -> Result<Reading, Warning> {
    let input = beside(folder, name).or_else(|| known.get(name).cloned());
    let remedy = "put it beside its gold file, or say with --documents where it lies";
    let input = input.ok_or_else(|| missing(name, "is in the gold but was not found", remedy))?;
    let first = corpus::read(&input).next();
    first.unwrap_or_else(|| Err(missing(name, "holds no document", "check the file")))
}

/// Measures identity over all documents together; skipped when a document was not found.
fn identity(arguments: &EvalArguments, checked: &Path, source: &Source, report: &Report) -> Result<Option<Outcome>> {
    let text = fs::read_to_string(checked).map_err(|error| Error::read(checked, error))?;
    let checked = Checked::read(&checked.display().to_string(), &text)?;
    let mut outcome = None;
    let (mut found, mut contributions) = (Vec::new(), Vec::new());
    for folder in &arguments.folders {
        for gold in read_gold(folder)? {
            let seen = match source {
                Source::Records(_) => source.find(folder, gold.document()).map(|(record, _)| record),
                Source::Documents(known) => reading(known, folder, gold.document()).map(|reading| {
                    reading.notes.iter().for_each(|note| report.note(note));
                    let contribution = contribution(reading.document);
                    let (document, annotations) = (&contribution.document, &contribution.annotations);
                    let record = record(document, annotations, &identify(document, annotations));
                    contributions.push(contribution);
                    record
                }),
            };
            match seen {
                Ok(record) => found.push(Resolved { gold, record, entities: BTreeMap::new() }),
                Err(warning) => {
                    report.warn(&warning);
                    outcome = Some(Outcome::Skipped);
                }
            }
        }
    }
    if !contributions.is_empty() {
        let snapshot = KnowledgeBase::holding(contributions)?.snapshot();
        let graph = snapshot.graph();
        for resolved in &mut found {
            let ids = resolved.record.entities.iter().map(|entity| &entity.id);
            let now = ids.filter_map(|id| Some((id.clone(), graph.entity(graph.find_entity(id)?.row()).id.clone())));
            resolved.entities = now.collect();
        }
    }
    let measured = evaluate::agreement(&found, &checked);
    let mistakes = if arguments.errors { evaluate::disagreements(&measured) } else { String::new() };
    let apart = if mistakes.is_empty() { "" } else { "\n" };
    let shown = match arguments.format {
        EvalFormat::Json => evaluate::agreement_json(&measured, arguments.errors),
        EvalFormat::Text => mistakes + apart + &evaluate::agreement_text(&measured),
        EvalFormat::Markdown => mistakes + apart + &evaluate::agreement_markdown(&measured),
    };
    print(&shown).map(|()| outcome)
}

/// Words a second on one core over the documents of the gold: the fastest of several rounds, since machines are shared.
fn speed(source: &Source, folders: &[PathBuf]) -> Result<String> {
    const ROUNDS: usize = 5;
    let mut documents: Vec<Document> = Vec::new();
    for folder in folders {
        for gold in read_gold(folder)? {
            let Source::Documents(known) = source else { continue };
            let input = beside(folder, gold.document()).or_else(|| known.get(gold.document()).cloned());
            documents.extend(input.iter().flat_map(corpus::read).filter_map(Result::ok).map(|r| r.document).take(1));
        }
    }
    let words: usize = documents.iter().map(|document| document.text.split_whitespace().count()).sum();
    let round = || {
        let start = Instant::now();
        documents.iter().for_each(|document| drop(std::hint::black_box(extract(document))));
        start.elapsed()
    };
    let fastest = (0..ROUNDS).map(|_| round()).min().unwrap_or_default();
    let rate = if fastest.is_zero() { 0.0 } else { words as f64 / fastest.as_secs_f64() };
    Ok(format!(
        "\n## Speed\n\n{rate:.0} words a second on one core ({words} words, extraction only, fastest of {ROUNDS} rounds).\n"
    ))
}

/// The document beside its gold file.
fn beside(folder: &Path, name: &str) -> Option<Input> {
    let path = folder.join(name);
    if path.is_file() { corpus::find(&[path]).inputs.into_iter().next() } else { None }
}

fn missing(name: &str, reason: &str, remedy: &str) -> Warning {
    Warning { path: name.into(), reason: reason.into(), remedy: remedy.into() }
}

/// Reads all gold files of a folder, in the order of their names.
fn read_gold(folder: &Path) -> Result<Vec<Gold>> {
    let refused = |error| Error::read(folder, error);
    let entries = fs::read_dir(folder).map_err(refused)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(refused)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    if paths.is_empty() {
        return Err(Error::read(folder, "there is no gold file (*.json) in it"));
    }
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
        Gold::read(&path.display().to_string(), &text)
    };
    paths.iter().map(read).collect()
}

/// Reads records; of two with one file name the last counts.
fn read_records(path: &Path) -> Result<BTreeMap<String, Record>> {
    let text = fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line): (usize, &str)| match serde_json::from_str::<Record>(line) {
        Ok(record) => Ok((file_name(&record.source), record)),
        Err(error) => Err(Error::read(path, format!("line {} is no extraction record: {error}", at + 1))),
    };
    lines.map(read).collect()
}

fn file_name(source: &str) -> String {
    source.rsplit('/').next().unwrap_or(source).to_owned()
}

fn set_name(folder: &Path) -> String {
    folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The numbers in the format asked for, with the mistakes when they are asked for.
fn shown(sets: &[Set], arguments: &EvalArguments) -> Result<String> {
    let mistakes = if arguments.errors { evaluate::mistakes(sets) } else { String::new() };
    match arguments.format {
        EvalFormat::Json => evaluate::json(sets, arguments.errors),
        EvalFormat::Text if mistakes.is_empty() => Ok(evaluate::text(sets)),
        EvalFormat::Text => Ok(mistakes + "\n" + &evaluate::text(sets)),
        EvalFormat::Markdown if mistakes.is_empty() => Ok(HEAD.to_owned() + &evaluate::markdown(sets)),
        EvalFormat::Markdown => {
            Ok(HEAD.to_owned() + &evaluate::markdown(sets) + "\n## Mistakes\n\n```text\n" + &mistakes + "```\n")
        }
    }
}
