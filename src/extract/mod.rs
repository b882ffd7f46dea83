//! Mentions and the relations that sentences state, by cascaded rules over data.
//!
//! *… mis en œuvre par l'OIM avec le financement du Bureau de la population …* → entities with mentions, FUNDS and IMPLEMENTS with their sentence
//!
//! The cascade: names (registry, head nouns, company, second pass) → noun phrases of projects, events and publications →
//! coreference → relations over frames, adjuncts and links. Cannot fail and never looks at another document.

mod assemble;
mod coreference;
mod described;
mod explain;
mod found;
mod language;
mod names;
mod noun_phrase;
mod page;
mod relations;
mod sheet;
mod vocabulary;

use crate::model::{Annotations, Document, RuleId, Span};
pub use explain::{Explanation, LostReading};
use explain::{Lost, Trace};
pub use language::rule_example;
use page::Page;

/// The version of the extractor, kept with everything it observes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Loads what every extraction needs, whatever the language; the words of a language are loaded with its first document. The first
/// document does both otherwise; whoever still has documents to read loses no time by asking for it in another thread.
pub fn prepare() {
    crate::lexicon::lexicon();
}

/// Everything that a document mentions and states.
pub fn extract(document: &Document) -> Annotations {
    extract_observed(document, &mut |_| {})
}

/// The same, telling when each stage is done, for benchmarks.
pub fn extract_observed(document: &Document, done: &mut dyn FnMut(&'static str)) -> Annotations {
    run(document, Trace::default(), done).0
}

/// The same with the readings that lost, for people who want to know why.
pub fn explain(document: &Document) -> Explanation {
    let (annotations, page) = run(document, Trace::new(true), &mut |_| {});
    let spans = |lost: &Lost| -> Vec<Span> { lost.tokens.iter().map(|range| page.span(range)).collect() };
    let sentences = page.tokens.sentences.iter().map(|sentence| sentence.span).collect();
    let noted = page.trace.noted();
    let reading = |lost: &Lost| LostReading {
        spans: spans(lost),
        kind: lost.what.clone(),
        rule: RuleId::new(format!(
            "{}/{}",
            page.pack.tag,
            lost.rule.trim_start_matches(&format!("{}/", page.pack.tag))
        )),
        reason: lost.reason.clone(),
    };
    let mut lost: Vec<LostReading> = noted.iter().map(reading).collect();
    lost.sort_by(|a, b| (&a.spans, &a.rule, &a.reason).cmp(&(&b.spans, &b.rule, &b.reason)));
    lost.dedup();
    Explanation { annotations, lost, sentences }
}

fn run<'d>(document: &'d Document, trace: Trace, done: &mut dyn FnMut(&'static str)) -> (Annotations, Page<'d>) {
    let page = Page::new(document, trace, done);
    let mut layers = names::find(&page, done);
    done("names by company");
    described::find(&page, &mut layers);
    layers.note_refused(&page);
    done("descriptions");
    let mut things = coreference::resolve(&page, &layers);
    done("coreference");
    vocabulary::find(&page, &mut layers, &mut things);
    layers.complete();
    let relations = relations::find(&page, &layers, &things);
    done("relations");
    let annotations = assemble::annotations(&page, &layers, &things, relations);
    done("assembly");
    (annotations, page)
}
