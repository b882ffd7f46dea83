//! Mentions and the relations that sentences state, by cascaded rules over data.
//!
//! *… mis en œuvre par l'OIM avec le financement du Bureau de la population …* → entities with mentions, FUNDS and IMPLEMENTS with their sentence
//!
//! The cascade: names (registry, head nouns, company, second pass) → noun phrases of projects, events and publications →
//! coreference → relations over frames, adjuncts and links. Cannot fail and never looks at another document.

mod assemble;
mod coreference;
mod described;
mod found;
mod language;
mod names;
mod noun_phrase;
mod page;
mod relations;
mod vocabulary;

use crate::model::{Annotations, Document};
use page::Page;

/// The version of the extractor, kept with everything it observes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that a document mentions and states.
pub fn extract(document: &Document) -> Annotations {
    let page = Page::new(document);
    let mut layers = names::find(&page);
    described::find(&page, &mut layers);
    let mut things = coreference::resolve(&page, &layers);
    vocabulary::find(&page, &mut layers, &mut things);
    let relations = relations::find(&page, &layers, &things);
    assemble::annotations(&page, &layers, &things, relations)
}
