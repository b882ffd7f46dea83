//! `maillage stats`: how much there is of what.
//!
//! `maillage stats corpus` → a table of documents, entities by kind, relations by kind
//!
//! Must not count anything itself.

use std::collections::BTreeMap;

use serde::Serialize;

use super::arguments::StatsArguments;
use super::report::Report;
use super::source::load;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};
use crate::query::{self, Stats};

pub(super) fn run(arguments: &StatsArguments, report: &Report) -> Result<Outcome> {
    let (base, outcome) = load(&arguments.source.paths, arguments.source.place()?.as_ref(), report)?;
    let counts = query::stats(&base.snapshot());
    let text = if arguments.json { json(&counts)? } else { table(&counts) };
    print(&text).map(|()| outcome)
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
