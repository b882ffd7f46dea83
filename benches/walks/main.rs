//! What the program's own questions cost beside walks written by hand over the same graph: how far it is from what the machine can do.
//!
//! `cargo bench --bench walks -- DATA STORE` → *partners of an organization: 310 µs, over its links 150 µs, by hand 95 µs, 3.3 and 1.6 times*
//!
//! The program's questions make more than a walk does: pages, conditions, relations by strength, what each partner has in common. What its graph costs as such, its
//! links say, walked without all that (`links.rs`).
//! DATA is a folder that `benches/http` has prepared, STORE the same graph imported. By hand means rows of numbers in contiguous lists (CSR),
//! no documents, no evidence, no change, no cursors: a limit, not a rival. Every answer is compared before anything is timed.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

mod by_hand;
mod library;
mod links;

use std::path::Path;
use std::time::{Duration, Instant};

use maillage::knowledge_base::KnowledgeBase;
use maillage::store::SqliteStore;
use serde_json::{Value, json};

use by_hand::ByHand;
use library::Library;
use links::Links;

const ROUNDS: usize = 7;
/// How long a question is asked in a round, at least.
const TIME: Duration = Duration::from_millis(30);

/// What an answer says: entities by their numbers with whoever answers, and what else was counted.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Entities, in order.
    pub(crate) entities: Vec<usize>,
    /// Counts, weights, distances.
    pub(crate) numbers: Vec<f64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [data, store, ..] = &arguments[..] else { panic!("say where: cargo bench --bench walks -- DATA STORE [JSON]") };
    let data = Path::new(data);
    let opened =
        KnowledgeBase::open(Box::new(SqliteStore::open_read_only(Path::new(store)).unwrap()), &|_| {}).unwrap();
    let (library, links) = (Library { snapshot: opened.snapshot() }, Links { snapshot: opened.snapshot() });
    let by_hand = ByHand::read(data);
    let questions: Value = serde_json::from_slice(&std::fs::read(data.join("questions.json")).unwrap()).unwrap();
    let mut results = Vec::new();
    println!(
        "{:10} {:>12} {:>7} {:>12} {:>7} {:>12}   microseconds, median of {ROUNDS} rounds",
        "question", "program", "ratio", "its links", "ratio", "by hand"
    );
    for question in questions.as_array().unwrap() {
        let name = question["name"].as_str().unwrap();
        if name == "typename" {
            continue;
        }
        // Pages begin where the program's cursors say; by hand at the number of the first relation.
        let variables = match name {
            "page" => library.pages(20),
            _ => question["variables"].as_array().unwrap().clone(),
        };
        for given in &variables {
            let theirs = by_hand.ask(name, given);
            let theirs = ids(&theirs, |at| by_hand.id(at).to_owned());
            for ours in [Some(library.ask(name, given)), links.ask(name, given)].into_iter().flatten() {
                compare(name, given, ids(&ours, |at| library.id(at)), &theirs);
            }
        }
        let (mut ours, mut walked, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(time(&variables, |given| library.ask(name, given)));
            if links.ask(name, &variables[0]).is_some() {
                walked.push(time(&variables, |given| links.ask(name, given)));
            }
            theirs.push(time(&variables, |given| by_hand.ask(name, given)));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let walked = (!walked.is_empty()).then(|| median(walked));
        let told = walked.map_or_else(
            || format!("{:>12} {:>7}", "–", "–"),
            |walked| format!("{walked:>12.2} {:>7.1}", walked / theirs),
        );
        println!("{name:10} {ours:>12.2} {:>7.1} {told} {theirs:>12.2}", ours / theirs);
        results.push(json!({ "question": name, "program_us": ours, "links_us": walked, "by_hand_us": theirs }));
    }
    if let Some(out) = arguments.get(2) {
        std::fs::write(out, serde_json::to_string_pretty(&results).unwrap()).unwrap();
    }
}

/// What an answer says, with ids in place of numbers.
fn ids(said: &Said, id: impl Fn(usize) -> String) -> (Vec<String>, &[f64]) {
    (said.entities.iter().map(|at| id(*at)).collect(), &said.numbers)
}

/// Whether both say the same: a walk that finds something else is no measure.
fn compare(name: &str, given: &Value, ours: (Vec<String>, &[f64]), theirs: &(Vec<String>, &[f64])) {
    assert_eq!(ours.0, theirs.0, "{name} {given}");
    assert_eq!(ours.1.len(), theirs.1.len(), "{name} {given}");
    let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6;
    assert!(ours.1.iter().zip(theirs.1).all(near), "{name} {given}: {:?} {:?}", ours.1, theirs.1);
}

/// Microseconds an answer.
fn time<T>(variables: &[Value], ask: impl Fn(&Value) -> T) -> f64 {
    let (began, mut asked) = (Instant::now(), 0);
    while began.elapsed() < TIME {
        for given in variables {
            std::hint::black_box(ask(given));
        }
        asked += variables.len();
    }
    began.elapsed().as_secs_f64() * 1e6 / asked as f64
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}
