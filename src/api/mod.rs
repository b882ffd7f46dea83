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
mod filters;
mod follow;
mod history;
mod input;
mod kinds;
mod limits;
mod mutation;
mod node;
mod orders;
mod pool;
mod questions;
mod relation;
mod root;
mod search;
mod source;
mod subscription;
mod view;
mod walks;

use std::sync::Arc;

use async_graphql::SDLExportOptions;

use crate::knowledge_base::KnowledgeBase;

pub use door::{execute, operation_name, operation_of};
pub use examples::{Example, example_queries};
pub use follow::subscribe;
pub use limits::{Limits, guard};
pub use mutation::{Caller, Mutation};
pub use root::Query;
pub use subscription::Subscription;

/// The schema that requests are executed against.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema over a knowledge base, with the limits that [`execute`] enforces.
pub fn schema(knowledge_base: Arc<KnowledgeBase>, limits: &Limits) -> Schema {
    let paged = limits::PagedFields::of(&sdl());
    // Limits are enforced at the door, where the cost of fragments is not multiplied out to be measured.
    bare()
        .data(knowledge_base)
        .data(limits.clone())
        .data(pool::Pool::new(limits))
        .data(paged)
        .limit_recursive_depth(limits.brackets)
        .finish()
}

/// The schema as text, without any data: what `schema.graphql` holds.
pub fn sdl() -> String {
    let text = bare().finish().sdl_with_options(SDLExportOptions::new().include_specified_by().use_space_ident());
    format!("{}\n", text.trim_end())
}

/// A request from its JSON form, `{"query": …, "variables": …, "operationName": …}`.
///
/// # Errors
/// The value is no such object.
pub fn request_from_json(request: serde_json::Value) -> serde_json::Result<async_graphql::Request> {
    serde_json::from_value(request)
}

fn bare() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query::default(), Mutation, Subscription)
}
