//! Which mentions, over all documents, are one thing.
//!
//! *Bureau de la population, des réfugiés et des migrations* in one document and *Bureau de la Population, des réfugiés et de la
//! migration* in another → `organization:us-prm` with both
//!
//! A document's local entities get ids from their content alone ([`identify`]); equal ids are one entity. What then still may be one thing
//! is joined only when a single candidate is left; what looks the same and is not joined is listed ([`Resolver::candidates`]). Decisions
//! of people come before rules. The outcome follows from the documents and decisions that are there, not from their order or from what
//! was there before; each change costs what it touches. Rewrites no mention.

mod base;
mod body;
mod clusters;
mod context;
mod decided;
mod identify;
mod joins;
mod place;
mod plan;
mod resolver;
mod review;
mod tally;
mod value;

pub use identify::identify;
pub use resolver::{Batch, Resolver};
