//! `maillage import`: a graph that others made into a store.
//!
//! `maillage import --data store --nodes n.jsonl --edges e.jsonl` → `2 entities and 1 relation in 2 documents: 2 added, …`
//!
//! Must not decide what a line says.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use super::report::Report;
use super::store_arguments::ImportArguments;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::import::{Files, Reject};
use crate::knowledge_base::{self, ImportOptions};
use crate::store::SqliteStore;

pub(super) fn run(arguments: &ImportArguments, report: &Report) -> Result<Outcome> {
    let (nodes, edges) = (arguments.nodes.clone(), arguments.edges.clone());
    let files = Files::new(nodes, edges, arguments.namespace.as_deref()).map_err(Error::NotImported)?;
    let started = Instant::now();
    let mut rejects = Rejects::to(arguments.rejects.as_deref())?;
    let mut shown = 0;
    let mut refused = |reject: &Reject| {
        if shown < arguments.show_rejects {
            shown += 1;
            report.refused(reject);
        }
        rejects.write(reject)
    };
    let options = ImportOptions { strict: arguments.strict, include_withdrawn: arguments.include_withdrawn };
    let mut store = SqliteStore::open(&arguments.data)?;
    let signature = arguments.signature.sign();
    let progress = |progress| report.progress(progress);
    let done = knowledge_base::import(&mut store, &files, options, &signature, &mut refused, &progress);
    report.done();
    rejects.end()?;
    let done = done?;
    if done.refused > shown {
        let all =
            if arguments.rejects.is_some() { "all are in the file of rejects" } else { "--rejects FILE lists all" };
        report.note(&format!("{} more lines were refused; {all}", done.refused - shown));
    }
    if done.kept_out > 0 {
        report.note(&format!(
            "{} documents of these lines were withdrawn and stay out; take them in again with --include-withdrawn",
            done.kept_out
        ));
    }
    let documents = done.added + done.replaced + done.unchanged;
    print(&format!(
        "{} entities and {} relations in {documents} documents: {} added, {} replaced, {} unchanged, {} withdrawn; \
         {} lines refused; in {:.1} s\nto take them out again: maillage withdraw --data {} {}\n",
        done.entities,
        done.relations,
        done.added,
        done.replaced,
        done.unchanged,
        done.withdrawn,
        done.refused,
        started.elapsed().as_secs_f32(),
        arguments.data.display(),
        files.source(),
    ))?;
    Ok(if done.refused > 0 { Outcome::Skipped } else { Outcome::Complete })
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
