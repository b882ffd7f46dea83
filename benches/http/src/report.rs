//! What a run measured, as tables between the markers of its size in a page, and as a plot.
//!
//! `load report results-M.json walks-M.json benches/README.md docs/benchmark.svg` → all between `<!-- run M -->` and `<!-- end of run M -->` is new
//!
//! The first server is the program; the others stand beside it with ratios.

use std::path::Path;

use serde_json::Value;

use crate::Outcome;
use crate::plot::plot;
use crate::question::{NINE, TITLES};
use crate::table::{micros, number, table};

const LATENCIES: &str = "**From when a request was due until its answer**, at half of what each server can do \
    (at most 1,000 a second), p50 / p99 / p99.9:\n";
const MIXED: &str = "**Light beside heavy**: an entity by its id at a steady rate on 56 connections, by itself and while 8 more ask \
    for paths, partners and facets without a pause:\n";
const WALKS: &str = "**Without HTTP and GraphQL**, calls of the library, and walks over nothing but its links, beside walks written by hand over \
    rows of numbers (`cargo bench --bench walks`):\n";

/// Writes the results into the page and draws the plot.
///
/// The walks by hand are told where their file is.
pub fn report(results: &Path, walks: &Path, readme: &Path, svg: &Path) -> Outcome<()> {
    let mut results: Value = serde_json::from_slice(&std::fs::read(results)?)?;
    if walks.exists() {
        results["walks"] = serde_json::from_slice(&std::fs::read(walks)?)?;
    }
    let run = Run { results: &results };
    let size = results["size"].as_str().ok_or("results without a size")?;
    let page = std::fs::read_to_string(readme)?;
    let (begin, end) = (format!("<!-- run {size} -->"), format!("<!-- end of run {size} -->"));
    let (before, rest) = page.split_once(&begin).ok_or_else(|| format!("{} has no {begin}", readme.display()))?;
    let (_, after) = rest.split_once(&end).ok_or_else(|| format!("{} has no {end}", readme.display()))?;
    std::fs::write(readme, format!("{before}{begin}\n\n{}\n{end}{after}", run.text()))?;
    std::fs::write(svg, plot(&run))?;
    Ok(())
}

/// The results of a run, read by server and question.
pub struct Run<'r> {
    results: &'r Value,
}

impl Run<'_> {
    /// What the plot is headed with.
    pub fn size(&self) -> String {
        let count = |key: &str| number(self.results[key].as_f64().unwrap_or(f64::NAN));
        format!("{} entities, {} relations", count("entities"), count("relations"))
    }

    /// The servers, the program first.
    pub fn servers(&self) -> Vec<&str> {
        self.list("servers").iter().filter_map(|server| server["name"].as_str()).collect()
    }

    /// A number that was measured of a question on a server; not a number where there is none.
    pub fn measured(&self, question: &str, server: &str, what: &str) -> f64 {
        let cells = self.list("cells").iter();
        let mut cell = cells.filter(|cell| cell["question"] == question && cell["server"] == server);
        cell.next().and_then(|cell| cell[what].as_f64()).unwrap_or(f64::NAN)
    }

    fn list(&self, key: &str) -> &[Value] {
        self.results[key].as_array().map_or(&[], Vec::as_slice)
    }

    fn text(&self) -> String {
        let (rounds, seconds) = (&self.results["rounds"], self.results["seconds"].as_f64().unwrap_or(f64::NAN));
        let foreign = self.results["others"].as_f64().unwrap_or(f64::NAN) * 100.0;
        let loads: Vec<f64> = self.list("loads").iter().filter_map(Value::as_f64).collect();
        let mut parts = vec![format!(
            "{}. Median of {rounds} rounds of {seconds} s a measurement, {} cores; load {:.1} to {:.1}, other programs took {foreign:.0} % of a \
             core.\n",
            self.size(),
            self.results["cores"],
            loads.iter().copied().fold(f64::INFINITY, f64::min),
            loads.iter().copied().fold(0.0, f64::max),
        )];
        parts.push(self.processes());
        parts.push("**Processor time of the server for a request**, and how many times the program's:\n".to_owned());
        parts.push(self.side_by_side("cpu_us", true));
        parts.push(LATENCIES.to_owned());
        parts.push(self.latencies());
        parts.push("**Requests a second** on 1 / 8 / 64 connections, asked again as soon as answered:\n".to_owned());
        parts.push(self.throughput());
        parts.push(self.baseline());
        parts.push(MIXED.to_owned());
        parts.push(self.mixed());
        if !self.list("walks").is_empty() {
            parts.push(WALKS.to_owned());
            parts.push(self.walks());
        }
        for missing in self.list("missing") {
            let said = |key: &str| missing[key].as_str().unwrap_or_default();
            parts.push(format!(
                "{} was not asked for «{}»: {}\n",
                said("server"),
                title(said("question")),
                said("why")
            ));
        }
        parts.join("\n")
    }

    fn head(&self, first: &str) -> Vec<String> {
        [first].into_iter().chain(self.servers()).map(str::to_owned).collect()
    }

    /// What it takes to have a server.
    fn processes(&self) -> String {
        let rows = [
            ("import", "import_s", " s"),
            ("opening for the first time", "first_s", " s"),
            ("opening, until it answers", "open_s", " s"),
            ("… processor time", "open_cpu_s", " s"),
            ("memory once open", "open_mb", " MB"),
            ("memory after the run", "end_mb", " MB"),
            ("memory at most", "most_mb", " MB"),
        ];
        let row = |(name, key, unit): (&str, &str, &str)| {
            let cell = |server: &Value| match server[key].as_f64() {
                Some(count) => format!("{}{unit}", number(count)),
                None => "–".to_owned(),
            };
            [name.to_owned()].into_iter().chain(self.list("servers").iter().map(cell)).collect()
        };
        table(&self.head(""), &rows.map(row))
    }

    fn side_by_side(&self, what: &str, ratios: bool) -> String {
        let servers = self.servers();
        let row = |question: &&str| {
            let ours = self.measured(question, servers[0], what);
            let cell = |server: &&str| {
                let count = self.measured(question, server, what);
                match *server == servers[0] || !ratios || count.is_nan() {
                    true => micros(count),
                    false => format!("{} ({})", micros(count), times(count / ours)),
                }
            };
            [title(question)].into_iter().chain(servers.iter().map(cell)).collect()
        };
        let rows: Vec<Vec<String>> = ["typename"].iter().chain(&NINE).map(row).collect();
        table(&self.head("question"), &rows)
    }

    fn latencies(&self) -> String {
        let row = |question: &&str| {
            let cell = |server: &&str| {
                let of = |what| self.measured(question, server, what);
                // Of fewer than a hundred, the slowest of a hundred would be the slowest of all.
                let rare = if of("samples") < 100.0 { f64::NAN } else { of("p99_us") };
                match of("rate").is_nan() {
                    true => format!("{} one by one", micros(of("p50_us"))),
                    false => [of("p50_us"), rare, of("p999_us")].map(micros).join(" / "),
                }
            };
            [title(question)].into_iter().chain(self.servers().iter().map(cell)).collect()
        };
        let rows: Vec<Vec<String>> = ["typename"].iter().chain(&NINE).map(row).collect();
        table(&self.head("question"), &rows)
    }

    fn throughput(&self) -> String {
        let row = |question: &&str| {
            let cell = |server: &&str| {
                ["c1", "c8", "c64"].map(|what| number(self.measured(question, server, what))).join(" / ")
            };
            [title(question)].into_iter().chain(self.servers().iter().map(cell)).collect()
        };
        let rows: Vec<Vec<String>> = ["typename"].iter().chain(&NINE).map(row).collect();
        table(&self.head("question"), &rows)
    }

    /// Three hops against the least that a server can be asked.
    fn baseline(&self) -> String {
        let mut text = String::from("Three hops, times the processor time of `{ __typename }`:\n\n");
        let row = |question: &str| {
            let cell = |server: &&str| {
                let of = |question| self.measured(question, server, "cpu_us");
                times(of(question) / of("typename"))
            };
            [title(question)].into_iter().chain(self.servers().iter().map(cell)).collect()
        };
        text.push_str(&table(&self.head("question"), &["hops4", "hops"].map(row)));
        text
    }

    fn mixed(&self) -> String {
        let head = [
            "server",
            "light, a second",
            "heavy, a second",
            "p50 alone",
            "p50 beside",
            "p99 alone",
            "p99 beside",
            "p99, times",
        ];
        let row = |mixed: &Value| {
            let of = |key: &str| mixed[key].as_f64().unwrap_or(f64::NAN);
            let mut row =
                vec![mixed["server"].as_str().unwrap_or_default().to_owned(), number(of("rate")), number(of("heavy"))];
            row.extend(["idle_p50_us", "busy_p50_us", "idle_p99_us", "busy_p99_us"].map(|key| micros(of(key))));
            row.push(times(of("busy_p99_us") / of("idle_p99_us")));
            row
        };
        let rows: Vec<Vec<String>> = self.list("mixed").iter().map(row).collect();
        table(&head.map(str::to_owned), &rows)
    }

    fn walks(&self) -> String {
        let row = |walk: &Value| {
            let took = |key: &str| walk[key].as_f64().unwrap_or(f64::NAN);
            let (ours, links, theirs) = (took("program_us"), took("links_us"), took("by_hand_us"));
            vec![
                title(walk["question"].as_str().unwrap_or_default()),
                micros(ours),
                times(ours / theirs),
                if links.is_nan() { "–".to_owned() } else { micros(links) },
                times(links / theirs),
                micros(theirs),
            ]
        };
        let rows: Vec<Vec<String>> = self.list("walks").iter().map(row).collect();
        table(&["question", "program", "times", "its links", "times", "by hand"].map(str::to_owned), &rows)
    }
}

fn times(ratio: f64) -> String {
    match ratio {
        _ if ratio.is_nan() => "–".to_owned(),
        _ if ratio < 0.1 => format!("{ratio:.3} ×"),
        _ if ratio < 1.0 => format!("{ratio:.2} ×"),
        _ => format!("{} ×", number(ratio)),
    }
}

/// What a question is called in tables.
pub fn title(question: &str) -> String {
    TITLES.iter().find(|(name, _)| *name == question).map_or(question, |(_, title)| title).to_owned()
}
