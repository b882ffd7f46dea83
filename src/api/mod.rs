//! The GraphQL API: the schema over [`crate::query`], and one door through which every request goes.
//!
//! `execute(&schema, Request::new("{ stats { entityCount } }")).await` → `{ "stats": { "entityCount": 15 } }`, `extensions.graph.version`
//!
//! Resolvers are a few lines: they turn arguments into a question and rows into objects. The only place that knows
//! async-graphql, apart from `server`, which only carries requests here. Must not contain domain logic.

mod answer;
mod connection;
mod door;
mod entity;
mod entity_fields;
mod entity_types;
mod examples;
mod input;
mod kinds;
mod limits;
mod node;
mod relation;
mod root;
mod source;
mod walks;

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions};

use crate::knowledge_base::KnowledgeBase;

pub use door::execute;
pub use examples::{Example, example_queries};
pub use limits::{Limits, guard};
pub use root::Query;

/// The schema that requests are executed against.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema over a knowledge base, with the limits that [`execute`] enforces.
pub fn schema(knowledge_base: Arc<KnowledgeBase>, limits: &Limits) -> Schema {
    let paged = limits::PagedFields::of(&sdl());
    // Limits are enforced at the door, where the cost of fragments is not multiplied out to be measured.
    bare().data(knowledge_base).data(limits.clone()).data(paged).limit_recursive_depth(limits.brackets).finish()
}

/// The schema as text, without any data: what `schema.graphql` holds.
pub fn sdl() -> String {
    let text = bare().finish().sdl_with_options(SDLExportOptions::new().include_specified_by().use_space_ident());
    format!("{}\n", text.trim_end())
}

fn bare() -> async_graphql::SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    async_graphql::Schema::build(Query, EmptyMutation, EmptySubscription)
}
