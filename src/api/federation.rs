//! What makes the API a part of a federated graph: things found again by their type and id.
//!
//! `{ _entities(representations: [{__typename: "Country", id: "country:SN"}]) { ... on Country { name } } }` → Sénégal
//!
//! After version 2 of Apollo's protocol; only on request (`serve --federation`). Must not find anything that `node(id:)` would not.

use async_graphql::{Context, ID, Object};

use super::answer::snapshot;
use super::entity::Entity;
use super::entity_types::{Country, Event, Organization, Person, Place, Population, Project, Publication, Topic};
use super::node::Node;
use super::relation::Relation;
use super::source::Document;

/// Things by type and id, for a gateway; none of its fields shows in the schema.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Representations;

/// Declares how each kind of entity is found by its id.
macro_rules! representations {
    ($($find:ident: $kind:ident,)*) => {
        #[Object]
        impl Representations {
            $(
                #[graphql(entity)]
                async fn $find(&self, ctx: &Context<'_>, id: ID) -> Option<$kind> {
                    match Entity::find(snapshot(ctx), &id)? {
                        Entity::$kind(found) => Some(found),
                        // An id of another kind is the id of no such thing.
                        _ => None,
                    }
                }
            )*

            #[graphql(entity)]
            async fn find_relation(&self, ctx: &Context<'_>, id: ID) -> Option<Relation> {
                Node::find(snapshot(ctx), &id)?.relation()
            }

            #[graphql(entity)]
            async fn find_document(&self, ctx: &Context<'_>, id: ID) -> Option<Document> {
                Node::find(snapshot(ctx), &id)?.document()
            }
        }
    };
}

representations! {
    find_organization: Organization,
    find_person: Person,
    find_country: Country,
    find_place: Place,
    find_project: Project,
    find_event: Event,
    find_publication: Publication,
    find_topic: Topic,
    find_population: Population,
}
