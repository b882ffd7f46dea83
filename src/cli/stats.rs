//! `maillage stats`: how much there is of what; and the way from paths to a snapshot that other commands share.
//!
//! `maillage stats corpus` → a table of documents, entities by kind, relations by kind
//!
//! Must not count anything itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::arguments::StatsArguments;
use super::report::Report;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base;
use crate::model::{EntityKind, RelationKind};
use crate::query::{self, Stats};
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &StatsArguments, report: &Report) -> Result<Outcome> {
    let (snapshot, outcome) = load(&arguments.input.paths, report)?;
    let counts = query::stats(&snapshot);
    let text = if arguments.json { json(&counts)? } else { table(&counts) };
    print(&text).map(|()| outcome)
}

/// Builds a snapshot, saying on the way what is not read.
///
/// # Errors
/// There is no document at all.
pub(super) fn load(paths: &[PathBuf], report: &Report) -> Result<(Snapshot, Outcome)> {
    let built = knowledge_base::read(paths, &|progress| report.progress(progress));
    report.done();
    let outcome = report.all(&built.skipped, &built.notes);
    if built.snapshot.graph().documents().is_empty() {
        return Err(no_documents(paths));
    }
    Ok((built.snapshot, outcome))
}

/// Nothing could be read under these paths.
pub(super) fn no_documents(paths: &[PathBuf]) -> Error {
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    Error::NoDocuments(names.join(", "))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts<'s> {
    documents: usize,
    entities: usize,
    relations: usize,
    mentions: usize,
    components: usize,
    entities_by_kind: &'s BTreeMap<EntityKind, usize>,
    relations_by_kind: &'s BTreeMap<RelationKind, usize>,
}

fn json(counts: &Stats) -> Result<String> {
    let counts = Counts {
        documents: counts.documents,
        entities: counts.entities,
        relations: counts.relations,
        mentions: counts.mentions,
        components: counts.components,
        entities_by_kind: &counts.entities_by_kind,
        relations_by_kind: &counts.relations_by_kind,
    };
    let text = serde_json::to_string_pretty(&counts);
    text.map(|text| text + "\n").map_err(|error| Error::io("cannot write the counts", error.into()))
}

fn table(counts: &Stats) -> String {
    let mut rows = vec![("documents".to_string(), counts.documents), ("entities".into(), counts.entities)];
    rows.extend(counts.entities_by_kind.iter().map(|(kind, count)| (format!("  {}", kind.as_str()), *count)));
    rows.push(("relations".into(), counts.relations));
    rows.extend(counts.relations_by_kind.iter().map(|(kind, count)| (format!("  {}", kind.as_str()), *count)));
    rows.push(("mentions".into(), counts.mentions));
    rows.push(("connected groups".into(), counts.components));
    let name = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let width = rows.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    rows.iter().map(|(label, count)| format!("{label:<name$}  {count:>width$}\n")).collect()
}
