//! The GraphQL API: the schema over [`crate::query`], and one door through which every request goes.
//!
//! `execute(&schema, Request::new("{ stats { entityCount } }")).await` → `{ "stats": { "entityCount": 15 } }`, `extensions.graph.version`
//!
//! Resolvers are a few lines: they turn arguments into a question and rows into objects. The only place that knows
//! async-graphql, apart from `server`, which only carries requests here. Must not contain domain logic.

mod answer;
mod change;
mod conditions;
mod connection;
mod decision;
mod door;
mod entity;
mod entity_fields;
mod entity_types;
mod examples;
mod export;
mod federation;
mod filters;
mod follow;
mod history;
mod input;
mod kinds;
mod limits;
mod measure;
mod mutation;
mod node;
mod orders;
mod plan;
mod pool;
mod questions;
mod relation;
mod review;
mod root;
mod schema;
mod search;
mod source;
mod subscription;
mod view;
mod walks;

pub use door::{COST, execute, operation_name, operation_of};
pub use examples::{Example, example_queries};
pub use export::{ExportPlace, export_filters, export_place, written_filter};
pub use follow::subscribe;
pub use limits::{Limits, guard};
pub use mutation::{Caller, Mutation};
pub use plan::{Planned, planned};
pub use root::Query;
pub use schema::{Offer, Schema, schema, schema_offering, sdl};
pub use subscription::Subscription;

/// A request from its JSON form, `{"query": …, "variables": …, "operationName": …}`.
///
/// # Errors
/// The value is no such object.
pub fn request_from_json(request: serde_json::Value) -> serde_json::Result<async_graphql::Request> {
    serde_json::from_value(request)
}
