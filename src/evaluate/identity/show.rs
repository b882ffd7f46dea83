//! Agreement as tables, as JSON, and its mistakes a line each.
//!
//! `agreement_markdown(&found)` → `## Identity over documents` and `| all entities | 1324 | 0.998 | 0.961 | 0.979 |`
//!
//! Numbers in tables have three decimals, those in JSON are not rounded. Must not count.

use serde_json::{Value, json};

use super::super::table::Table;
use super::measure::{Agreed, Agreement};

/// The tables for a terminal.
pub fn agreement_text(found: &Agreement) -> String {
    format!("{}\n{}", table(found).text(), sentence(found))
}

/// The same as Markdown, without a heading of the first level.
pub fn agreement_markdown(found: &Agreement) -> String {
    format!("{}\n{}", table(found).markdown(), sentence(found))
}

/// One JSON object and a line feed, with the mistakes when they are asked for.
pub fn agreement_json(found: &Agreement, with_mistakes: bool) -> String {
    let agreed = |agreed: Agreed| json!({"precision": agreed.precision, "recall": agreed.recall, "f1": agreed.f1()});
    let by_kind = found.by_kind.iter().map(|(kind, (items, of_kind))| {
        let mut row = agreed(*of_kind);
        row["items"] = json!(items);
        (kind.to_string(), row)
    });
    let mut written = json!({
        "documents": found.documents,
        "items": found.items,
        "things": found.things,
        "entities": found.entities,
        "b_cubed": agreed(found.all),
        "b_cubed_shared": agreed(found.shared),
        "pairs": agreed(found.pairs),
        "by_kind": by_kind.collect::<serde_json::Map<String, Value>>(),
        "wrong_merges": found.merges.len(),
        "splits": found.splits.len(),
    });
    if with_mistakes {
        written["mistakes"] = json!({"merges": found.merges, "splits": found.splits});
    }
    format!("{written:#}\n")
}

/// Every wrong merge and every split on a line of its own.
pub fn disagreements(found: &Agreement) -> String {
    let merges = found.merges.iter().map(|text| format!("wrong merge: {text}\n"));
    merges.chain(found.splits.iter().map(|text| format!("split: {text}\n"))).collect()
}

fn table(found: &Agreement) -> Table {
    let row = |name: &str, count: String, agreed: Agreed| {
        let scores = [agreed.precision, agreed.recall, agreed.f1()].map(|score| format!("{score:.3}"));
        [name.to_owned(), count].into_iter().chain(scores).collect::<Vec<_>>()
    };
    let mut rows = vec![
        row("all entities, B³", found.items.to_string(), found.all),
        row("those in several documents, B³", String::new(), found.shared),
        row("pairs", String::new(), found.pairs),
    ];
    rows.extend(
        found.by_kind.iter().map(|(kind, (items, of_kind))| row(&format!("{kind}, B³"), items.to_string(), *of_kind)),
    );
    Table { title: "Identity over documents", headings: vec!["what", "items", "P", "R", "F1"], rows }
}

fn sentence(found: &Agreement) -> String {
    format!(
        "{} documents in one graph: {} things of the gold, {} entities; {} wrong merges, {} splits.\n",
        found.documents,
        found.things,
        found.entities,
        found.merges.len(),
        found.splits.len()
    )
}
