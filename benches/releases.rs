//! Makes up press releases as JSON Lines: the same bytes for the same numbers on every machine.
//!
//! `cargo run --release --example releases -- 100000 > releases.jsonl`; `-- 500 1000` gives the 500 from the thousandth on

#[path = "knowledge_base/releases.rs"]
mod releases;

use std::io::{self, BufWriter, Write};

use serde_json::json;

fn main() -> io::Result<()> {
    let numbers: Result<Vec<usize>, _> = std::env::args().skip(1).map(|argument| argument.parse()).collect();
    let (count, first) = match numbers.as_deref() {
        Ok([count]) => (*count, 0),
        Ok([count, first]) => (*count, *first),
        _ => return Err(io::Error::other("say how many: releases COUNT, or releases COUNT FIRST")),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for number in first..first + count {
        let text = releases::release(number);
        writeln!(out, "{}", json!({ "id": format!("release-{number}"), "language": "fr", "text": text }))?;
    }
    out.flush()
}
