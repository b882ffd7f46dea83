//! Asks the program and its peers the same questions over HTTP, compares the answers, and measures.
//!
//! `load prepare DATA` → what peers read, and the questions, from the files of `benches/generate.rs`
//! `load run DATA results.json --server 'maillage 8931 maillage serve --data store --port 8931'` → starts, compares, measures
//! `load report results.json walks.json README.md plot.svg` → tables and plot
//!
//! Knows of the program only what anybody knows: its command line and its API. `benches/run.sh` is the way through all of it.

mod answer;
mod client;
mod load;
mod measure;
mod plot;
mod prepare;
mod question;
mod report;
mod server;
mod table;

use std::error::Error;
use std::path::Path;

/// What goes wrong is told and ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["prepare", data] => prepare::prepare(Path::new(data)),
        ["run", data, results, ref rest @ ..] => measure::run(Path::new(data), Path::new(results), rest),
        ["report", results, walks, readme, plot] => {
            report::report(Path::new(results), Path::new(walks), Path::new(readme), Path::new(plot))
        }
        _ => Err("say what to do: load prepare DATA | load run DATA RESULTS --server 'NAME PORT COMMAND' … | \
                  load report RESULTS WALKS README SVG"
            .into()),
    }
}
