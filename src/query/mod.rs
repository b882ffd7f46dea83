//! Named questions on a snapshot, each bounded, in a total order, and honest about what was left out.
//!
//! `entities(&snapshot, &filter, &order, &page)` → twenty entities, a cursor each, whether there are more
//!
//! Every list has a limit, every refusal says which and how to get round it. Must not lock, write, or know GraphQL.

mod budget;
mod chain;
mod check;
mod compare;
mod condition;
mod facets;
mod filter;
mod find;
mod holds;
mod label;
mod lists;
mod network;
mod order;
mod page;
mod partners;
mod refusal;
mod related;
mod review;
mod search;
mod seen;
mod select;
mod start;
mod stats;
mod subgraph;
mod text;
mod timeline;
mod walk;
mod why;

pub use crate::graph::{
    Direction, DocumentRow, Effort, EntityRow, EvidenceRow, Hop, MentionRow, Neighbor, Path, RelationRow, Step,
};

pub use crate::search::{Exactness, Fields, Unknown};

pub use budget::{Budget, FILTER_STEPS_MAX, HEAVY_STEPS_MAX};
pub use chain::{
    CHAIN_HOPS_MAX, Chain, ChainEntity, ChainHop, ChainRow, Chains, match_chain, parse_chain, row_confidence, row_text,
};
pub use check::check;
pub use compare::{Agreement, Example, Said, compare};
pub use condition::{DateFilter, MomentFilter, NumberFilter, TextFilter};
pub use facets::{EntityFacet, Facet, FacetKey, Facets, RelationFacet, entity_facets, relation_facets};
pub use filter::{
    DocumentFilter, EntityFilter, ExternalIdFilter, FILTER_DEPTH_MAX, FILTER_SIZE_MAX, RelatedFilter,
    RelationCountFilter, RelationFilter, RelationsFilter,
};
pub use find::{EntityKey, find_entity, resolve_entity};
pub use label::{label, label_in};
pub use lists::{
    documents, documents_of, entities, entities_of_document, mentions, relations, relations_of, relations_of_document,
    stated,
};
pub use network::{Central, Centrality, Communities, Community, Measure, NetworkQuestion, centrality, communities};
pub use order::{
    DocumentField, DocumentOrder, EntityField, EntityOrder, ORDER_MAX, RelationField, RelationOrder, relation_documents,
};
pub use page::{Cursors, Item, PAGE_DEFAULT, PAGE_MAX, Page, PageRequest};
pub use partners::{Partner, Partners, SharedBy, partners};
pub use refusal::{Code, Refusal};
pub use related::{Related, Walk, Wanted, nearest, related};
pub use review::{InDoubt, review};
pub use search::{
    NameHit, NameHits, SearchQuestion, SentenceHit, Suggestion, disambiguation, search, search_sentences, suggest,
    unknown_words,
};
pub use seen::{entity_seen, relation_seen};
pub use select::{Selection, SelectionQuestion, select};
pub use stats::{Stats, relation_counts, stats};
pub use subgraph::{SUBGRAPH_ENTITIES_MAX, SUBGRAPH_RELATIONS_MAX, Subgraph, SubgraphQuestion, subgraph};
pub use text::{Quote, quote, verbatim};
pub use timeline::{Period, Timeline, TimelineOf, TimelineQuestion, timeline};
pub use walk::{
    Cut, NEIGHBORHOOD_HOPS_MAX, Neighborhood, NeighborhoodQuestion, PATH_HOPS_MAX, PathOrder, PathQuestion, Paths,
    around, neighborhood, path_confidence, path_text, paths,
};
pub use why::{Shared, Why, why};
