//! Short press releases that nobody wrote, each the headline and the first paragraph of one that `benches/knowledge_base` takes in:
//! some entities are new in each, some come up in all.
//!
//! `press::text(7)` → a headline, a dateline, who funds and who implements what: 2 to 9 relations in 600 bytes

use serde_json::json;

use crate::releases::release;

/// The text of a number: a headline and a paragraph.
pub(crate) fn text(number: usize) -> String {
    release(number).split("\n\n").take(2).collect::<Vec<_>>().join("\n\n")
}

/// The same as a line of JSON Lines, which is also how the API reads what is sent to it.
pub(crate) fn line(number: usize) -> String {
    json!({ "id": source(number), "text": text(number) }).to_string()
}

/// What the line names as its source.
pub(crate) fn source(number: usize) -> String {
    format!("agency/{number}")
}

/// What is sent to the API so that it reads the line.
pub(crate) fn input(number: usize) -> serde_json::Value {
    json!({ "source": source(number), "text": text(number) })
}
