//! `maillage compare`: what texts say beside what data files say.
//!
//! `maillage compare --data store` → `FUNDS: 12 by texts only, 40 by data files only, 3 by both`, with examples and where they stand
//!
//! Must not decide what is the same.

use serde_json::{Value, json};

use super::arguments::CompareArguments;
use super::report::Report;
use super::source::load;
use super::{Outcome, print};
use crate::error::Result;
use crate::model::RelationKind;
use crate::query::{self, Agreement, EvidenceRow, Example, Said, verbatim};
use crate::snapshot::Snapshot;

const ALL: [(Said, &str, &str); 3] =
    [(Said::ByBoth, "both", "both"), (Said::ByText, "text", "texts only"), (Said::ByData, "data", "data files only")];

/// The longest quotation of the text form, in characters.
const LONGEST_QUOTE: usize = 160;

pub(super) fn run(arguments: &CompareArguments, report: &Report) -> Result<Outcome> {
    let (base, outcome) = load(&[], Some(&arguments.store.place()?), report)?;
    let snapshot = base.snapshot();
    let found = query::compare(&snapshot, &arguments.kinds, usize::from(arguments.examples));
    let text = match arguments.json {
        true => {
            json!({ "kinds": found.iter().map(|one| as_json(&snapshot, one)).collect::<Vec<_>>() }).to_string() + "\n"
        }
        false => found.iter().map(|one| text(&snapshot, one)).collect(),
    };
    print(&text)?;
    Ok(outcome)
}

fn name_of(kind: Option<RelationKind>) -> String {
    kind.map_or_else(|| "who pays for some work where".to_owned(), |kind| kind.to_string())
}

fn text(snapshot: &Snapshot, agreement: &Agreement) -> String {
    let graph = snapshot.graph();
    let counts: Vec<_> = ALL.iter().map(|(said, _, words)| format!("{} by {words}", agreement.count(*said))).collect();
    let mut text = format!("{}: {}\n", name_of(agreement.kind), counts.join(", "));
    for (said, _, words) in ALL {
        for example in agreement.examples.get(&said).into_iter().flatten() {
            let (subject, object) = (graph.entity(example.subject), graph.entity(example.object));
            text += &format!("  {words}: {} → {}\n", subject.name, object.name);
            for statement in [example.text, example.data].into_iter().flatten() {
                let words = verbatim(graph, statement.document, &graph.statement(statement).evidence);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let short: String = words.chars().take(LONGEST_QUOTE).collect();
                let more = if short.len() < words.len() { "…" } else { "" };
                text += &format!("      «{short}{more}» in {}\n", place(snapshot, statement));
            }
        }
    }
    text
}

/// Where a statement stands, as people look it up.
fn place(snapshot: &Snapshot, statement: EvidenceRow) -> String {
    let graph = snapshot.graph();
    let document = graph.document(statement.document);
    let start = graph.statement(statement).evidence.first().map_or(0, |span| span.start);
    match (&document.lines, document.element_at(start), document.line_at(start)) {
        (Some(lines), Some(element), Some(line)) => format!("{}:{line} {element}", lines.file),
        (Some(lines), _, Some(line)) => format!("{}:{line}", lines.file),
        _ => document.source.clone(),
    }
}

fn as_json(snapshot: &Snapshot, agreement: &Agreement) -> Value {
    let graph = snapshot.graph();
    let statement = |row: Option<EvidenceRow>| {
        row.map(|row| {
            let text = verbatim(graph, row.document, &graph.statement(row).evidence);
            json!({ "document": graph.document(row.document).id, "place": place(snapshot, row), "text": text })
        })
    };
    let example = |said: &'static str, example: &Example| {
        let end = |row| json!({ "id": graph.entity(row).id, "name": graph.entity(row).name });
        let (subject, object) = (end(example.subject), end(example.object));
        json!({
            "said": said,
            "subject": subject,
            "object": object,
            "text": statement(example.text),
            "data": statement(example.data),
        })
    };
    let examples: Vec<_> = ALL
        .iter()
        .flat_map(|(said, key, _)| agreement.examples.get(said).into_iter().flatten().map(|one| example(key, one)))
        .collect();
    json!({
        "kind": agreement.kind.map(|kind| kind.to_string()),
        "text": agreement.count(Said::ByText),
        "data": agreement.count(Said::ByData),
        "both": agreement.count(Said::ByBoth),
        "examples": examples,
    })
}
