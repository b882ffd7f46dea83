//! Named questions on a snapshot, each bounded, in a total order, and honest about what was left out.
//!
//! `entities(&snapshot, &filter, &order, &page)` → twenty entities, a cursor each, whether there are more
//!
//! Every list has a limit, every refusal says which and how to get round it. Must not lock, write, or know GraphQL.

mod check;
mod filter;
mod find;
mod label;
mod lists;
mod order;
mod page;
mod refusal;
mod related;
mod search;
mod stats;
mod text;
mod walk;

pub use crate::graph::{
    Direction, DocumentRow, EntityRow, EvidenceRow, Hop, MentionRow, Neighbor, Path, RelationRow, Step,
};

pub use crate::search::{Exactness, Fields, Unknown};

pub use check::check;
pub use filter::{EntityFilter, NameFilter, RelationFilter};
pub use find::{EntityKey, find_entity, resolve_entity};
pub use label::{label, label_in};
pub use lists::{documents, entities, entities_of_document, mentions, relations, relations_of, relations_of_document};
pub use order::{EntityOrder, RelationOrder};
pub use page::{Item, PAGE_DEFAULT, PAGE_MAX, Page, PageRequest};
pub use refusal::{Code, Refusal};
pub use related::{Related, Walk, related};
pub use search::{
    NameHit, NameHits, SearchQuestion, SentenceHit, Suggestion, disambiguation, search, search_sentences, suggest,
    unknown_words,
};
pub use stats::{Stats, relation_counts, stats};
pub use text::{Quote, quote, verbatim};
pub use walk::{
    Cut, NEIGHBORHOOD_HOPS_MAX, Neighborhood, PATH_HOPS_MAX, PathQuestion, Paths, around, neighborhood,
    path_confidence, path_text, paths,
};
