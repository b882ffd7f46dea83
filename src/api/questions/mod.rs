//! The questions over many entities and relations, one file a subject: ways, patterns, partners, counts, shapes.
//!
//! `{ partners(of: "OIM") { partners { weight entity { name } } } }`
//!
//! All of them run in the pool (`api::pool`), and say whether they are complete, what cut them, and how much was explored.

mod chain;
mod facets;
mod network;
mod partners;
mod paths;
mod subgraph;
mod timeline;

use async_graphql::MergedObject;

pub(super) use facets::{EntityFacet, RelationFacet};
pub(super) use paths::PathOrder;

/// The part of the query root that is answered in the pool.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub(super) struct Questions(
    paths::Ways,
    chain::Patterns,
    partners::Partnerships,
    facets::Counts,
    timeline::Times,
    network::Shapes,
    subgraph::Drawings,
);
