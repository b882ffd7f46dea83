//! Relay connections: pages of things, each thing on an edge with its cursor and what else is to be said of it there.
//!
//! `project.funders` → `edges [{ cursor, node: Canada, relation: Canada FUNDS projet }]`, `pageInfo`, `totalCount`

use async_graphql::connection::PageInfo;
use async_graphql::{Object, SimpleObject};

use crate::query::{Page, Related};
use crate::snapshot::Snapshot;

use super::entity::Entity;
use super::entity_types::{
    Country, Event, FromRow, Organization, Person, Place, Population, Project, Publication, Topic,
};
use super::kinds::HopDirection;
use super::relation::Relation;
use super::review::Candidate;
use super::search::{FoundSentence, Highlight};
use super::source::{Document, Mention};

/// Where a page stands in its list.
pub(super) fn page_info<T>(page: &Page<T>) -> PageInfo {
    PageInfo {
        has_previous_page: page.has_previous,
        has_next_page: page.has_next,
        start_cursor: page.items.first().map(|item| item.cursor.clone()),
        end_cursor: page.items.last().map(|item| item.cursor.clone()),
    }
}

/// Gives way to others now and then, so that a long answer holds up no thread and can be given up. Resolvers wait for nothing else.
pub(super) async fn pause() {
    tokio::task::consume_budget().await;
}

/// Declares a connection and its edges: the type of the items, and what an edge carries beside them.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $edge:ident of $node:ty { $($(#[$about:meta])* $field:ident: $type:ty,)* }) => {
        /// An item of the list with its cursor.
        #[derive(Clone, SimpleObject)]
        pub(super) struct $edge {
            /// Where the item stands in the list, for `after` and `before`.
            cursor: String,
            /// The item.
            node: $node,
            $($(#[$about])* $field: $type,)*
        }

        impl $edge {
            pub(super) fn new(cursor: String, node: $node, $($field: $type,)*) -> Self {
                Self { cursor, node, $($field,)* }
            }
        }

        $(#[$doc])*
        pub(super) struct $connection(Page<$edge>);

        impl From<Page<$edge>> for $connection {
            fn from(page: Page<$edge>) -> Self {
                Self(page)
            }
        }

        $(#[$doc])*
        #[Object]
        impl $connection {
            /// The items of this page, each with its cursor.
            async fn edges(&self) -> Vec<&$edge> {
                pause().await;
                self.0.items.iter().map(|item| &item.row).collect()
            }

            /// The items of this page without anything beside them.
            async fn nodes(&self) -> Vec<&$node> {
                pause().await;
                self.0.items.iter().map(|item| &item.row.node).collect()
            }

            /// Where this page stands in the list.
            async fn page_info(&self) -> PageInfo {
                page_info(&self.0)
            }

            /// How many items the whole list has. Counted only when asked for.
            async fn total_count(&self) -> async_graphql::Result<usize> {
                self.0.total.ok_or_else(|| "internal: the list was not counted".into())
            }
        }
    };
}

/// Declares the connection of entities of one type that a relation leads to.
macro_rules! related_connection {
    ($(#[$doc:meta])* $connection:ident, $edge:ident of $node:ty) => {
        connection! {
            $(#[$doc])*
            $connection, $edge of $node {
                /// The relation that leads to it, with its evidence.
                relation: Relation,
                /// How the relation is read, coming from the entity that was asked.
                direction: HopDirection,
            }
        }

        impl $connection {
            /// Turns the rows of a walk into objects.
            pub(super) fn of(snapshot: &Snapshot, page: Page<Related>) -> Self {
                let node = |row| <$node as FromRow>::from_row(snapshot, row);
                let relation = |related: Related| Relation(related.step.relation);
                Self(page.with_cursors(|cursor, related| {
                    $edge::new(cursor, node(related.entity), relation(related), related.step.forward.into())
                }))
            }
        }
    };
}

connection! {
    /// A list of entities.
    EntityConnection, EntityEdge of Entity {}
}
connection! {
    /// A list of relations.
    RelationConnection, RelationEdge of Relation {}
}
connection! {
    /// A list of documents.
    DocumentConnection, DocumentEdge of Document {}
}
connection! {
    /// A list of mentions of an entity, by document and place in it.
    MentionConnection, MentionEdge of Mention {}
}
connection! {
    /// Sentences that were found, the best first. The best 10,000 can be paged through.
    SentenceConnection, SentenceEdge of FoundSentence {
        /// How well it fits, above 0; comparable only within one answer.
        score: f64,
        /// What of the sentence was typed.
        highlights: Vec<Highlight>,
    }
}
connection! {
    /// Pairs of entities that look the same and were not joined, the likeliest to be one first.
    CandidateConnection, CandidateEdge of Candidate {}
}
related_connection! {
    /// Entities of any type that a relation leads to, each with that relation.
    RelatedEntityConnection, RelatedEntityEdge of Entity
}
related_connection! {
    /// Organizations that a relation leads to, each with that relation.
    RelatedOrganizationConnection, RelatedOrganizationEdge of Organization
}
related_connection! {
    /// People that a relation leads to, each with that relation.
    RelatedPersonConnection, RelatedPersonEdge of Person
}
related_connection! {
    /// Countries that a relation leads to, each with that relation.
    RelatedCountryConnection, RelatedCountryEdge of Country
}
related_connection! {
    /// Places that a relation leads to, each with that relation.
    RelatedPlaceConnection, RelatedPlaceEdge of Place
}
related_connection! {
    /// Projects that a relation leads to, each with that relation.
    RelatedProjectConnection, RelatedProjectEdge of Project
}
related_connection! {
    /// Events that a relation leads to, each with that relation.
    RelatedEventConnection, RelatedEventEdge of Event
}
related_connection! {
    /// Publications that a relation leads to, each with that relation.
    RelatedPublicationConnection, RelatedPublicationEdge of Publication
}
related_connection! {
    /// Topics that a relation leads to, each with that relation.
    RelatedTopicConnection, RelatedTopicEdge of Topic
}
related_connection! {
    /// Populations that a relation leads to, each with that relation.
    RelatedPopulationConnection, RelatedPopulationEdge of Population
}

impl From<bool> for HopDirection {
    fn from(forward: bool) -> Self {
        if forward { Self::Forward } else { Self::Backward }
    }
}
