//! `maillage review`: pairs of entities that look the same, for somebody to decide.
//!
//! `maillage review --data store` → `0.65  organization:cne-ne  organization:commission-nationale-…  «CNE»: it is a short acronym, …`
//!
//! Must not decide anything.

use serde_json::json;

use super::arguments::ReviewArguments;
use super::report::Report;
use super::source::load;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::query::{self, InDoubt, PAGE_MAX, PageRequest, quote};
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &ReviewArguments, report: &Report) -> Result<Outcome> {
    let (base, outcome) = load(&arguments.source.paths, arguments.source.place()?.as_ref(), report)?;
    let (snapshot, candidates) = (base.snapshot(), base.candidates()?);
    let (mut left, mut after) = (usize::from(arguments.first), None);
    while left > 0 {
        let first = left.min(PAGE_MAX);
        let request = PageRequest { first: i32::try_from(first).ok(), after: after.take(), ..PageRequest::default() };
        let page = query::review(&snapshot, &candidates, &arguments.kinds, &request);
        let page = page.map_err(|refusal| Error::NotDecided(refusal.to_string()))?;
        let write = |pair: &InDoubt| if arguments.json { as_json(&snapshot, pair) } else { text(&snapshot, pair) };
        print(&page.items.iter().map(|item| write(&item.row) + "\n").collect::<String>())?;
        left -= page.items.len();
        after = page.items.last().map(|item| item.cursor.clone());
        if !page.has_next {
            break;
        }
    }
    Ok(outcome)
}

/// A pair, why it is in doubt, and below it where to read of both.
fn text(snapshot: &Snapshot, pair: &InDoubt) -> String {
    let candidate = &pair.candidate;
    let mut text = format!(
        "{:.2}  {}  {}  «{}»: {}",
        candidate.likelihood, candidate.one, candidate.other, candidate.name, candidate.doubt
    );
    for (source, words, start) in mentions(snapshot, pair) {
        text.push_str(&format!("\n      «{words}» in {source} at {start}"));
    }
    text
}

fn mentions(snapshot: &Snapshot, pair: &InDoubt) -> Vec<(String, String, usize)> {
    let graph = snapshot.graph();
    let mention = |row: &query::MentionRow| {
        let quoted = quote(graph, row.document, graph.mention(*row).span);
        (graph.document(row.document).source.clone(), quoted.text, quoted.start)
    };
    pair.mentions.iter().map(mention).collect()
}

fn as_json(snapshot: &Snapshot, pair: &InDoubt) -> String {
    let candidate = &pair.candidate;
    let mention = |(source, text, start)| json!({"source": source, "text": text, "start": start});
    json!({
        "entities": [candidate.one.as_str(), candidate.other.as_str()],
        "name": candidate.name,
        "reason": candidate.doubt.to_string(),
        "likelihood": (candidate.likelihood * 1e6).round() / 1e6,
        "mentions": mentions(snapshot, pair).into_iter().map(mention).collect::<Vec<_>>(),
    })
    .to_string()
}
