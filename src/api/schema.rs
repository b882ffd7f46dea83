//! The schema in the forms in which it is served: with mutations or without, alone or as a part of a larger graph.
//!
//! `schema(base, &limits)` over a graph that nobody can write → no type `Mutation`; `sdl()` → the whole of it, as `schema.graphql` has it
//!
//! What a server cannot do is absent from its schema, so that tools that read the schema offer only what works. Must not know requests.

use std::any::Any;
use std::sync::Arc;

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{EmptyMutation, MergedObject, ObjectType, Request, Response, SDLExportOptions, SchemaBuilder};

use crate::knowledge_base::KnowledgeBase;

use super::federation::Representations;
use super::history::History;
use super::measure::PagedFields;
use super::plan::Plans;
use super::pool::Pool;
use super::questions::Questions;
use super::review::Review;
use super::root::{Lookups, Query};
use super::search::Finding;
use super::{Limits, Mutation, Subscription};

/// What of the schema is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Whether it has mutations, where anything can be written at all.
    pub mutations: bool,
    /// Whether the schema may be asked for with `__schema` and `__type`.
    pub introspection: bool,
    /// Whether it has the fields by which a federated graph takes it in: `_service` and `_entities`.
    pub federation: bool,
}

impl Default for Offer {
    fn default() -> Self {
        Self { mutations: true, introspection: true, federation: false }
    }
}

/// The same root for a federated graph, where entities, relations and documents are found by their id too. It has the parts of
/// [`Query`] once more, since a root cannot stand inside another.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Query")]
pub(super) struct FederatedQuery(Lookups, Finding, Questions, History, Review, Representations);

type Of<Q, M> = async_graphql::Schema<Q, M, Subscription>;

/// The schema that requests are executed against.
#[derive(Clone)]
pub struct Schema(Form);

#[derive(Clone)]
enum Form {
    Whole(Of<Query, Mutation>),
    Reading(Of<Query, EmptyMutation>),
    Federated(Of<FederatedQuery, Mutation>),
    FederatedReading(Of<FederatedQuery, EmptyMutation>),
}

/// Does the same with any form of the schema.
macro_rules! with {
    ($schema:expr, $it:ident => $what:expr) => {
        match &$schema.0 {
            Form::Whole($it) => $what,
            Form::Reading($it) => $what,
            Form::Federated($it) => $what,
            Form::FederatedReading($it) => $what,
        }
    };
}

impl Schema {
    pub(super) async fn run(&self, request: Request) -> Response {
        with!(self, schema => schema.execute(request).await)
    }

    pub(super) fn run_stream(&self, request: Request) -> BoxStream<'static, Response> {
        with!(self, schema => schema.execute_stream(request))
    }

    /// What belongs to the schema for as long as it lives.
    pub(super) fn data<D: Any + Send + Sync>(&self) -> Option<&D> {
        with!(self, schema => schema.data::<D>())
    }
}

/// The schema over a knowledge base, with the limits that [`super::execute`] enforces; without mutations when nothing can be written.
pub fn schema(knowledge_base: Arc<KnowledgeBase>, limits: &Limits) -> Schema {
    schema_offering(knowledge_base, limits, Offer::default())
}

/// The same, offering more or less of it.
pub fn schema_offering(base: Arc<KnowledgeBase>, limits: &Limits, offer: Offer) -> Schema {
    Schema(match (base.has_store() && offer.mutations, offer.federation) {
        (true, false) => Form::Whole(built(bare(Query::default(), Mutation), base, limits, offer)),
        (false, false) => Form::Reading(built(bare(Query::default(), EmptyMutation), base, limits, offer)),
        (true, true) => Form::Federated(built(bare(FederatedQuery::default(), Mutation), base, limits, offer)),
        (false, true) => {
            Form::FederatedReading(built(bare(FederatedQuery::default(), EmptyMutation), base, limits, offer))
        }
    })
}

/// The schema as text, without any data: what `schema.graphql` holds.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by().use_space_ident();
    let text = bare(Query::default(), Mutation).finish().sdl_with_options(options);
    format!("{}\n", text.trim_end())
}

fn bare<Q: ObjectType + 'static, M: ObjectType + 'static>(query: Q, mutation: M) -> SchemaBuilder<Q, M, Subscription> {
    async_graphql::Schema::build(query, mutation, Subscription)
}

fn built<Q: ObjectType + 'static, M: ObjectType + 'static>(
    builder: SchemaBuilder<Q, M, Subscription>,
    base: Arc<KnowledgeBase>,
    limits: &Limits,
    offer: Offer,
) -> Of<Q, M> {
    let builder = if offer.introspection { builder } else { builder.disable_introspection() };
    // Limits are enforced at the door, where the cost of fragments is not multiplied out to be measured.
    let builder = builder.data(base).data(limits.clone()).data(Pool::new(limits)).data(PagedFields::of(&sdl()));
    let builder = builder.data(Plans::default());
    builder.limit_recursive_depth(limits.brackets).finish()
}
