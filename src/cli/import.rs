//! `maillage import`: a graph that others made into a store.
//!
//! `maillage import --data store --nodes n.jsonl --edges e.jsonl` → `2 entities and 1 relation in 2 documents: 2 added, …`
//!
//! Must not decide what a line says.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::report::Report;
use super::store_arguments::{ImportArguments, ImportFormat};
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::import::{Files, Form, Mapping, Reject};
use crate::knowledge_base::{self, ImportOptions, Imported};
use crate::store::Store;

pub(super) fn run(arguments: &ImportArguments, report: &Report) -> Result<Outcome> {
    let mut rejects = Rejects::to(arguments.rejects.as_deref())?;
    let all = files(arguments)?;
    let mut store = arguments.store.place()?.open()?;
    let mut outcome = Outcome::Complete;
    for files in &all {
        if one(arguments, files, store.as_mut(), &mut rejects, report)? > 0 {
            outcome = Outcome::Skipped;
        }
    }
    rejects.end()?;
    Ok(outcome)
}

/// What is to be imported, one after another.
fn files(arguments: &ImportArguments) -> Result<Vec<Files>> {
    let namespace = arguments.namespace.as_deref();
    if let Some(nodes) = &arguments.nodes {
        let files = Files::new(nodes.clone(), arguments.edges.clone(), namespace).map_err(Error::NotImported)?;
        return Ok(vec![files]);
    }
    if let Some(mapping) = &arguments.mapping {
        let mapping = Arc::new(Mapping::load(mapping)?);
        let of =
            |path: &PathBuf| Files::table(path.clone(), Arc::clone(&mapping), namespace).map_err(Error::NotImported);
        return arguments.files.iter().map(of).collect();
    }
    let of = |path: &PathBuf| {
        let form = match arguments.format {
            ImportFormat::Auto => Files::form_of(path)?,
            ImportFormat::Iati => Form::Iati,
            ImportFormat::Ftm => Form::FollowTheMoney,
        };
        match form {
            Form::Iati => Files::iati(path.clone(), namespace).map_err(Error::NotImported),
            Form::FollowTheMoney => Files::follow_the_money(path.clone(), namespace).map_err(Error::NotImported),
            Form::Graph | Form::Table(_) => Err(Error::NotImported(format!(
                "{} begins like no data that is recognised; say what it is with --format, what its columns mean with \
                 --mapping, or give entities with --nodes and \
                 relations with --edges",
                path.display()
            ))),
        }
    };
    arguments.files.iter().map(of).collect()
}

/// Imports one set of files; how many lines were refused.
fn one(
    arguments: &ImportArguments,
    files: &Files,
    store: &mut dyn Store,
    rejects: &mut Rejects<'_>,
    report: &Report,
) -> Result<usize> {
    let started = Instant::now();
    let mut shown = 0;
    let mut refused = |reject: &Reject| {
        if shown < arguments.show_rejects {
            shown += 1;
            report.refused(reject);
        }
        rejects.write(reject)
    };
    let options = ImportOptions { strict: arguments.strict, include_withdrawn: arguments.include_withdrawn };
    let signature = arguments.signature.sign();
    let progress = |progress| report.progress(progress);
    let done = knowledge_base::import(store, files, options, &signature, &mut refused, &progress);
    report.done();
    if done.is_err() {
        rejects.end()?;
    }
    let done = done?;
    if done.refused > shown {
        let all =
            if arguments.rejects.is_some() { "all are in the file of rejects" } else { "--rejects FILE lists all" };
        let what = if files.form == Form::Iati { "elements" } else { "lines" };
        report.note(&format!("{} more {what} were refused; {all}", done.refused - shown));
    }
    if done.kept_out > 0 {
        report.note(&format!(
            "{} documents of these lines were withdrawn and stay out; take them in again with --include-withdrawn",
            done.kept_out
        ));
    }
    if !done.passed.is_empty() {
        let each: Vec<_> = done.passed.iter().map(|(what, times)| format!("{times} × {what}")).collect();
        report.note(&format!("read, but no relation says it: {}", each.join(", ")));
    }
    print(&format!(
        "{}; in {:.1} s\nto take them out again: maillage withdraw {} {}\n",
        summary(files, &done),
        started.elapsed().as_secs_f32(),
        arguments.store.place()?,
        files.source(),
    ))?;
    Ok(done.refused)
}

/// What became of everything.
fn summary(files: &Files, done: &Imported) -> String {
    let documents = done.added + done.replaced + done.unchanged;
    let Imported { entities, relations, added, replaced, unchanged, withdrawn, refused, refused_activities, .. } = done;
    let became = format!("{added} added, {replaced} replaced, {unchanged} unchanged, {withdrawn} withdrawn");
    match files.form {
        Form::Table(_) => format!(
            "{entities} rows with {relations} statements in {documents} documents: {became}; {refused} lines refused"
        ),
        Form::Graph | Form::FollowTheMoney => format!(
            "{entities} entities and {relations} relations in {documents} documents: {became}; {refused} lines refused"
        ),
        Form::Iati => format!(
            "{} activities: {entities} taken, {refused_activities} refused; {relations} statements in {documents} documents: \
             {became}; {} elements refused",
            entities + refused_activities,
            refused - refused_activities,
        ),
    }
}

/// The file of refused lines, when one is wanted.
struct Rejects<'p>(Option<(&'p Path, BufWriter<File>)>);

impl<'p> Rejects<'p> {
    fn to(path: Option<&'p Path>) -> Result<Self> {
        let open = |path: &'p Path| match File::create(path) {
            Ok(file) => Ok((path, BufWriter::new(file))),
            Err(error) => Err(failed(path, error)),
        };
        path.map(open).transpose().map(Self)
    }

    fn write(&mut self, Reject { file, line, reason }: &Reject) -> Result<()> {
        let Some((path, out)) = &mut self.0 else { return Ok(()) };
        let line = serde_json::json!({ "file": **file, "line": line, "reason": reason });
        writeln!(out, "{line}").map_err(|error| failed(path, error))
    }

    fn end(&mut self) -> Result<()> {
        let Some((path, out)) = &mut self.0 else { return Ok(()) };
        out.flush().map_err(|error| failed(path, error))
    }
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::io(format!("cannot write {}", path.display()), error)
}
