//! Evaluations as tables: the sets side by side, then all of them together by kind, by class of mistake and by difficulty.
//!
//! `markdown(&[seeds, dev])` → the body of a scorecard: `| seeds | 5 | 1.000 | …`
//!
//! Rows stand in a fixed order; numbers have three decimals. Must not write times, dates or versions: equal results give equal bytes.

use std::fmt::Display;

use super::Set;
use super::class::{Class, Difficulty};
use super::evaluation::{Evaluation, Share};
use super::table::Table;
use super::tally::{Count, Tally};

/// The tables for a terminal.
pub fn text(sets: &[Set]) -> String {
    let tables: Vec<String> = tables(sets).iter().map(Table::text).collect();
    tables.join("\n") + &missing(sets, "\n")
}

/// The tables as Markdown, without a heading of the first level.
pub fn markdown(sets: &[Set]) -> String {
    let tables: Vec<String> = tables(sets).iter().map(Table::markdown).collect();
    tables.join("\n") + &missing(sets, "\n")
}

/// Every mistake on a line of its own: document, class, what was expected and found.
pub fn mistakes(sets: &[Set]) -> String {
    let all = sets.iter().flat_map(|set| &set.evaluation.mistakes);
    let line = |class: Class| if class.is_of_relation() { "relation" } else { "entity" };
    all.map(|m| format!("{}: {} {}: {}\n", m.document, line(m.class), m.class.label(), m.text)).collect()
}

/// All sets as one.
pub(super) fn merged(sets: &[Set]) -> Evaluation {
    let mut all = Evaluation::default();
    sets.iter().for_each(|set| all.merge(&set.evaluation));
    all
}

fn tables(sets: &[Set]) -> Vec<Table> {
    let all = merged(sets);
    let mut overview: Vec<_> = sets.iter().map(|set| overview_row(&set.name, &set.evaluation)).collect();
    if sets.len() > 1 {
        overview.push(overview_row("all", &all));
    }
    let headings = vec![
        "set",
        "documents",
        "entities P",
        "R",
        "F1",
        "relations P",
        "R",
        "F1",
        "countries linked",
        "evidence valid",
    ];
    vec![
        Table { title: "Sets", headings, rows: overview },
        kinds("Entities by kind", &all.entities),
        kinds("Relations by kind", &all.relations),
        classes("Mistakes about entities", &Class::ENTITY, &all, all.entities.total()),
        classes("Mistakes about relations", &Class::RELATION, &all, all.relations.total()),
        difficult(&all),
    ]
}

fn overview_row(name: &str, evaluation: &Evaluation) -> Vec<String> {
    let documents = match evaluation.missing.len() {
        0 => evaluation.documents.to_string(),
        missing => format!("{} ({missing} missing)", evaluation.documents),
    };
    let mut row = vec![name.to_owned(), documents];
    row.extend(three(evaluation.entities.total()));
    row.extend(three(evaluation.relations.total()));
    row.extend([evaluation.countries_linked, evaluation.relations_evidenced].map(Share::fraction).map(decimals));
    row
}

fn kinds<K: Copy + Ord + Display>(title: &'static str, tally: &Tally<K>) -> Table {
    let row = |(kind, count): (K, Count)| {
        let counts = [count.found, count.spurious, count.missed].map(|count| count.to_string());
        std::iter::once(kind.to_string()).chain(three(count)).chain(counts).collect()
    };
    let headings = vec!["kind", "P", "R", "F1", "found", "spurious", "missed"];
    Table { title, headings, rows: tally.by_kind().map(row).collect() }
}

/// How many mistakes of each class there are, and what part of everything missed and spurious they explain.
fn classes(title: &'static str, classes: &[Class], all: &Evaluation, total: Count) -> Table {
    let row = |class: &Class| {
        let count = all.mistakes_of(*class);
        let both = if matches!(class, Class::Boundary | Class::Kind) { 2 } else { 1 };
        let share = Share { some: both * count, all: total.spurious + total.missed };
        vec![class.label().to_owned(), count.to_string(), decimals(share.fraction())]
    };
    Table { title, headings: vec!["class", "mistakes", "share"], rows: classes.iter().map(row).collect() }
}

fn difficult(all: &Evaluation) -> Table {
    let row = |difficulty: Difficulty| {
        let count = all.difficult.get(&difficulty).copied().unwrap_or_default();
        let share = Share { some: count.found, all: count.found + count.missed };
        vec![difficulty.label().to_owned(), share.all.to_string(), share.some.to_string(), decimals(share.fraction())]
    };
    let headings = vec!["class", "gold", "found", "R"];
    Table { title: "Difficult entities", headings, rows: Difficulty::ALL.map(row).to_vec() }
}

fn three(count: Count) -> [String; 3] {
    let scores = count.scores();
    [scores.precision, scores.recall, scores.f1].map(|score| decimals(Some(score)))
}

fn decimals(number: Option<f64>) -> String {
    number.map_or("n/a".to_owned(), |number| format!("{number:.3}"))
}

/// Says which documents had no record.
fn missing(sets: &[Set], before: &str) -> String {
    let names: Vec<&str> = sets.iter().flat_map(|set| &set.evaluation.missing).map(String::as_str).collect();
    if names.is_empty() { String::new() } else { format!("{before}No record for: {}\n", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Draft, evaluate};
    use super::*;

    fn sets() -> [Set; 2] {
        let draft = Draft::new().entity("a", "COUNTRY", "Tchad").entity("b", "PLACE", "Ailleurs");
        ["seeds", "dev"].map(|name| Set { name: name.into(), evaluation: evaluate(&draft) })
    }

    #[test]
    fn a_scorecard_has_a_line_for_each_set_and_fixed_rows() {
        let card = markdown(&sets());
        for line in [
            "| seeds | 1 | 0.500 | 0.125 | 0.200 | 0.000 | 0.000 | 0.000 | 0.000 | n/a |",
            "| all | 2 | 0.500 | 0.125 | 0.200 | 0.000 | 0.000 | 0.000 | 0.000 | n/a |",
            "| PLACE | 0.000 | 0.000 | 0.000 | 0 | 2 | 2 |",
            "| boundary | 0 | 0.000 |",
            "| spurious: other | 0 | 0.000 |",
            "| metonymy | 2 | 2 | 1.000 |",
        ] {
            assert!(card.lines().any(|found| found == line), "{line}\n{card}");
        }
        assert!(card.starts_with("## Sets\n\n| set |") && card.ends_with("|\n"));
    }

    #[test]
    fn text_is_aligned_and_names_missing_documents() {
        let mut sets = sets();
        sets[1].evaluation.missing.push("002.txt".into());
        let text = text(&sets);
        assert!(text.contains("\n  COUNTRY       1.000  1.000"), "{text}");
        assert!(text.contains("1 (1 missing)") && text.ends_with("\nNo record for: 002.txt\n"));
        assert!(mistakes(&sets).starts_with("001.txt: entity spurious: PLACE «Ailleurs» is not in the gold\n"));
    }
}
