//! The nine types of entities with their fields in the words of the domain, as one table.
//!
//! `funders: In [Funds] [] RelatedEventConnection` reads: the entities from which a FUNDS relation leads here, of any kind.
//!
//! A row is: field, direction seen from the entity, relation kinds (none: all), kinds at the other end (none: all), connection.

use async_graphql::{Context, ID, Object};

use crate::model::EntityKind::{self as E};
use crate::model::RelationKind::{self as R};
use crate::query::{EntityRow, Walk, entity_seen, relation_counts};
use crate::snapshot::Snapshot;

use super::answer::{Answer, snapshot, the};
use super::connection::*;
use super::entity_fields::{self as fields, ExternalId, LocalNames, RelationCount};
use super::input::{
    DateTime, DocumentFilter, DocumentOrder, EntityFilter, EntityOrder, RelationFilter, RelationOrder, page_request,
};
use super::kinds::{Direction, EntityKind, Language};
use super::review::{Resolution, resolved_from};

/// A GraphQL object made from a row of the graph; its type fits the row's kind.
pub(super) trait FromRow {
    /// The object for a row.
    fn from_row(snapshot: &Snapshot, row: EntityRow) -> Self;
}

macro_rules! entity_types {
    ($(
        $(#[$doc:meta])*
        $type:ident {
            $($(#[$about:meta])* $field:ident: $way:ident [$($kind:ident)*] [$($end:ident)*] $connection:ident;)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) struct $type(pub(super) EntityRow);

        impl FromRow for $type {
            fn from_row(_: &Snapshot, row: EntityRow) -> Self {
                Self(row)
            }
        }

        $(#[$doc])*
        #[Object]
        impl $type {
            /// Stable and readable. Example: "organization:iom"
            pub(super) async fn id(&self, ctx: &Context<'_>) -> ID {
                the(&snapshot(ctx).graph().entity(self.0).id)
            }

            /// What it is; says the same as `__typename`.
            pub(super) async fn kind(&self, ctx: &Context<'_>) -> EntityKind {
                snapshot(ctx).graph().entity(self.0).kind.into()
            }

            /// The name to show when no language is asked for.
            pub(super) async fn name(&self, ctx: &Context<'_>) -> String {
                snapshot(ctx).graph().entity(self.0).name.clone()
            }

            /// The name in the first of these languages that has one, else `name`.
            pub(super) async fn label(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "In order of preference. Example: [ES, FR]")] languages: Option<Vec<Language>>,
            ) -> String {
                fields::label(snapshot(ctx).graph().entity(self.0), languages)
            }

            /// Names by language: those listed, or else the fullest by which documents in that language call it.
            pub(super) async fn names(&self, ctx: &Context<'_>) -> Vec<LocalNames> {
                fields::names(snapshot(ctx).graph().entity(self.0))
            }

            /// Every other form listed or seen: acronyms, short forms, spellings.
            pub(super) async fn aliases(&self, ctx: &Context<'_>) -> Vec<String> {
                snapshot(ctx).graph().entity(self.0).aliases.iter().cloned().collect()
            }

            /// Ids in public schemes such as ISO 3166-1 or Wikidata.
            pub(super) async fn external_ids(&self, ctx: &Context<'_>) -> Vec<ExternalId> {
                fields::external_ids(snapshot(ctx).graph().entity(self.0))
            }

            /// ISO 3166-1 code of the country it lies in or belongs to.
            pub(super) async fn country_code(&self, ctx: &Context<'_>) -> Option<String> {
                snapshot(ctx).graph().entity(self.0).country.clone()
            }

            /// Whether it has a proper name; otherwise one document describes it.
            pub(super) async fn named(&self, ctx: &Context<'_>) -> bool {
                snapshot(ctx).graph().entity(self.0).named
            }

            /// Ids of entities that were merged into this one; they still resolve.
            pub(super) async fn merged_ids(&self, ctx: &Context<'_>) -> Vec<ID> {
                fields::merged_ids(snapshot(ctx).graph().entity(self.0))
            }

            /// Why mentions are taken for this one entity: the ids that it was resolved from, its own first.
            pub(super) async fn resolved_from(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
            ) -> Answer<Vec<Resolution>> {
                Some(resolved_from(snapshot(ctx).graph().entity(self.0), first))
            }

            /// Whether somebody confirmed it.
            pub(super) async fn confirmed(&self, ctx: &Context<'_>) -> bool {
                snapshot(ctx).graph().entity(self.0).confirmed
            }

            /// How often it is mentioned.
            pub(super) async fn mention_count(&self, ctx: &Context<'_>) -> usize {
                snapshot(ctx).graph().mention_count(self.0)
            }

            /// How many documents mention it.
            pub(super) async fn document_count(&self, ctx: &Context<'_>) -> usize {
                snapshot(ctx).graph().documents_of(self.0).len()
            }

            /// When the graph was first told of it: when the first of the documents that mention it came in.
            pub(super) async fn first_seen(&self, ctx: &Context<'_>) -> Option<DateTime> {
                entity_seen(snapshot(ctx).graph(), self.0).map(|(first, _)| DateTime(first))
            }

            /// When the graph was last told of it: when the last of the documents that mention it came in.
            pub(super) async fn last_seen(&self, ctx: &Context<'_>) -> Option<DateTime> {
                entity_seen(snapshot(ctx).graph(), self.0).map(|(_, last)| DateTime(last))
            }

            /// Where it is mentioned, by document and place in it.
            #[allow(clippy::too_many_arguments)]
            pub(super) async fn mentions(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Only in this document.")] document: Option<ID>,
                #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
            ) -> Answer<MentionConnection> {
                Some(fields::mentions(ctx, self.0, document.as_ref(), &page_request(ctx, first, after, last, before)))
            }

            /// The documents that mention it.
            #[allow(clippy::too_many_arguments)]
            pub(super) async fn documents(
                &self,
                ctx: &Context<'_>,
                #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<DocumentFilter>>,
                #[graphql(desc = "By what to sort; by id when absent.")] order_by: Option<Vec<DocumentOrder>>,
                #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
            ) -> Answer<DocumentConnection> {
                Some(fields::documents(ctx, self.0, filter, order_by, &page_request(ctx, first, after, last, before)))
            }

            /// Its relations.
            #[allow(clippy::too_many_arguments)]
            pub(super) async fn relations(
                &self,
                ctx: &Context<'_>,
                #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<RelationFilter>>,
                #[graphql(default_with = "Direction::Both", desc = "Whether it is subject or object.")] direction: Direction,
                #[graphql(desc = "By what to sort; ties, and all when absent, by kind, then confidence (highest first), then the other end's id, then id.")]
                order_by: Option<Vec<RelationOrder>>,
                #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
                #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
                #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
            ) -> Answer<RelationConnection> {
                let page = page_request(ctx, first, after, last, before);
                Some(fields::relations(ctx, self.0, filter, direction, order_by, &page))
            }

            /// How many relations it has of each kind, in either direction.
            pub(super) async fn relation_counts(&self, ctx: &Context<'_>) -> Vec<RelationCount> {
                RelationCount::of(relation_counts(snapshot(ctx), self.0))
            }

            $(
                $(#[$about])*
                #[allow(clippy::too_many_arguments)]
                async fn $field(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(name = "where", desc = "Only such entities.")] filter: Option<Box<EntityFilter>>,
                    #[graphql(desc = "Only those to which such a relation leads.")] relation_where: Option<Box<RelationFilter>>,
                    #[graphql(
                        desc = "By what to sort; ties, and all when absent, by relationOrderBy."
                    )]
                    order_by: Option<Vec<EntityOrder>>,
                    #[graphql(
                        desc = "By what to sort of the relations that lead there; ties, and all when absent, by relation kind, then confidence (highest first), then the other end's id, then id."
                    )]
                    relation_order_by: Option<Vec<RelationOrder>>,
                    #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
                    #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
                    #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
                ) -> Answer<$connection> {
                    let direction = crate::query::Direction::$way;
                    let walk = Walk { kinds: &[$(R::$kind),*], direction, ends: &[$(E::$end),*] };
                    let page = page_request(ctx, first, after, last, before);
                    let wanted = fields::wanted(filter, relation_where, order_by, relation_order_by);
                    let related = fields::related(ctx, self.0, walk, &wanted, &page);
                    Some(related.map(|related| $connection::of(snapshot(ctx), related)))
                }
            )*
        }
    )*

    /// What every typed field leads to, for those who read a query before it is executed.
    pub(super) const WAYS: &[Way] = &[$($(Way {
        kind: E::$type,
        field: stringify!($field),
        walk: Walk { kinds: &[$(R::$kind),*], direction: crate::query::Direction::$way, ends: &[$(E::$end),*] },
        connection: stringify!($connection),
    },)*)*];

    /// The type of entities of a kind.
    pub(super) const fn type_name(kind: E) -> &'static str {
        match kind {
            $(E::$type => stringify!($type),)*
        }
    }
    };
}

/// A typed field: on which kind of entity, under which name in Rust, and what it leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) kind: E,
    pub(super) field: &'static str,
    pub(super) walk: Walk,
    pub(super) connection: &'static str,
}

entity_types! {
    /// A body that can act: organisation, ministry, police, NGO, company, university, fund.
    Organization {
        /// The projects that it funds.
        projects_funded: Out [Funds] [Project] RelatedProjectConnection;
        /// Everything that it funds.
        funds: Out [Funds] [] RelatedEntityConnection;
        /// Who funds it.
        funded_by: In [Funds] [] RelatedEntityConnection;
        /// The projects that it carries out.
        projects_implemented: Out [Implements] [Project] RelatedProjectConnection;
        /// Everything that it backs without money being named.
        supports: Out [Supports] [] RelatedEntityConnection;
        /// Who backs it without money being named.
        supporters: In [Supports] [] RelatedEntityConnection;
        /// The events that it holds or hosts.
        events_organized: Out [Organizes] [Event] RelatedEventConnection;
        /// The events that it takes part in.
        events_attended: Out [ParticipatesIn] [Event] RelatedEventConnection;
        /// With whom it works jointly, in so many words.
        partners: Both [PartnersWith] [] RelatedEntityConnection;
        /// What it is a part of: a larger organization, or a state.
        parent: Out [PartOf] [] RelatedEntityConnection;
        /// The offices and departments that are a part of it.
        parts: In [PartOf] [Organization] RelatedOrganizationConnection;
        /// Its members.
        members: In [MemberOf] [] RelatedEntityConnection;
        /// The organizations that it is a member of.
        member_of: Out [MemberOf] [Organization] RelatedOrganizationConnection;
        /// The people who hold a post there; the post is the relation's `role`.
        staff: In [WorksFor] [Person] RelatedPersonConnection;
        /// What it writes, adopts or issues.
        publications: Out [Publishes] [Publication] RelatedPublicationConnection;
        /// The places and countries where it works.
        operates_in: Out [OperatesIn] [] RelatedEntityConnection;
    }

    /// A named human being.
    Person {
        /// The organizations and countries where they hold a post; the post is the relation's `role`.
        positions: Out [WorksFor] [] RelatedEntityConnection;
        /// The events that they open, hold or facilitate.
        events_organized: Out [Organizes] [Event] RelatedEventConnection;
        /// The events that they take part in.
        events_attended: Out [ParticipatesIn] [Event] RelatedEventConnection;
        /// What they write or present.
        publications: Out [Publishes] [Publication] RelatedPublicationConnection;
        /// The organizations that they are a member of.
        member_of: Out [MemberOf] [Organization] RelatedOrganizationConnection;
    }

    /// A sovereign state or ISO 3166-1 territory, also when it acts.
    Country {
        /// The projects that work there.
        projects: In [OperatesIn] [Project] RelatedProjectConnection;
        /// The events that take place there.
        events: In [HeldIn] [Event] RelatedEventConnection;
        /// The organizations that work there or are bodies of that state.
        organizations: In [OperatesIn PartOf] [Organization] RelatedOrganizationConnection;
        /// The places that lie there.
        places: In [LocatedIn] [Place] RelatedPlaceConnection;
        /// What it lies in.
        located_in: Out [LocatedIn] [] RelatedEntityConnection;
        /// The projects that it funds.
        projects_funded: Out [Funds] [Project] RelatedProjectConnection;
        /// Everything that it funds.
        funds: Out [Funds] [] RelatedEntityConnection;
        /// Who funds it.
        funded_by: In [Funds] [] RelatedEntityConnection;
        /// The projects that it carries out.
        projects_implemented: Out [Implements] [Project] RelatedProjectConnection;
        /// Everything that it backs without money being named.
        supports: Out [Supports] [] RelatedEntityConnection;
        /// Who backs it without money being named.
        supporters: In [Supports] [] RelatedEntityConnection;
        /// With whom it works jointly, in so many words.
        partners: Both [PartnersWith] [] RelatedEntityConnection;
        /// The organizations that it is a member of.
        member_of: Out [MemberOf] [Organization] RelatedOrganizationConnection;
        /// The events that it holds.
        events_organized: Out [Organizes] [Event] RelatedEventConnection;
        /// The events that it takes part in.
        events_attended: Out [ParticipatesIn] [Event] RelatedEventConnection;
        /// The people who hold a post for it; the post is the relation's `role`.
        staff: In [WorksFor] [Person] RelatedPersonConnection;
        /// What it adopts or issues.
        publications: Out [Publishes] [Publication] RelatedPublicationConnection;
    }

    /// Any place but a country: city, province, border post, camp, island, region over several countries.
    Place {
        /// What it lies in.
        located_in: Out [LocatedIn] [] RelatedEntityConnection;
        /// What lies in it.
        contains: In [LocatedIn] [] RelatedEntityConnection;
        /// The events that take place there.
        events: In [HeldIn] [Event] RelatedEventConnection;
        /// The projects that work there.
        projects: In [OperatesIn] [Project] RelatedProjectConnection;
        /// The organizations that work there.
        organizations: In [OperatesIn] [Organization] RelatedOrganizationConnection;
    }

    /// A planned undertaking with a goal: project, programme, campaign, plan of action.
    Project {
        /// Who pays for it.
        funders: In [Funds] [] RelatedEntityConnection;
        /// Everything that it funds in turn.
        funds: Out [Funds] [] RelatedEntityConnection;
        /// Who carries it out.
        implementers: In [Implements] [] RelatedEntityConnection;
        /// Who backs it without money being named.
        supporters: In [Supports] [] RelatedEntityConnection;
        /// The places where it works.
        places: Out [OperatesIn] [Place] RelatedPlaceConnection;
        /// The countries where it works.
        countries: Out [OperatesIn] [Country] RelatedCountryConnection;
        /// The events that are a part of it.
        events: In [PartOf] [Event] RelatedEventConnection;
        /// The publications that come out of it.
        publications: In [PartOf] [Publication] RelatedPublicationConnection;
        /// Its themes.
        topics: Out [Addresses] [Topic] RelatedTopicConnection;
        /// For whom it is.
        populations: Out [Benefits] [Population] RelatedPopulationConnection;
        /// The larger project that it is a part of.
        part_of: Out [PartOf] [Project] RelatedProjectConnection;
        /// Everything that is a part of it: projects, events, publications.
        parts: In [PartOf] [] RelatedEntityConnection;
    }

    /// Something that happens at a time: meeting, workshop, training, launch, mission, named crisis.
    Event {
        /// Who takes part in it.
        participants: In [ParticipatesIn] [] RelatedEntityConnection;
        /// Who holds, hosts or opens it.
        organizers: In [Organizes] [] RelatedEntityConnection;
        /// Who pays for it.
        funders: In [Funds] [] RelatedEntityConnection;
        /// Who backs it without money being named.
        supporters: In [Supports] [] RelatedEntityConnection;
        /// The places where it takes place.
        places: Out [HeldIn] [Place] RelatedPlaceConnection;
        /// The countries where it takes place.
        countries: Out [HeldIn] [Country] RelatedCountryConnection;
        /// The project or larger event that it is a part of.
        part_of: Out [PartOf] [] RelatedEntityConnection;
        /// Everything that is a part of it: events, publications.
        parts: In [PartOf] [] RelatedEntityConnection;
        /// Its themes.
        topics: Out [Addresses] [Topic] RelatedTopicConnection;
        /// For whom it is.
        populations: Out [Benefits] [Population] RelatedPopulationConnection;
    }

    /// A document or normative text that people produce: manual, report, protocol, law, agreement.
    Publication {
        /// Who writes, adopts or issues it.
        publishers: In [Publishes] [] RelatedEntityConnection;
        /// Who backs it without money being named.
        supporters: In [Supports] [] RelatedEntityConnection;
        /// Who pays for it.
        funders: In [Funds] [] RelatedEntityConnection;
        /// The project or event that it comes out of.
        part_of: Out [PartOf] [] RelatedEntityConnection;
        /// Its themes.
        topics: Out [Addresses] [Topic] RelatedTopicConnection;
        /// For whom it is.
        populations: Out [Benefits] [Population] RelatedPopulationConnection;
    }

    /// A theme from a controlled vocabulary, such as human trafficking.
    Topic {
        /// The projects, events and publications with this theme.
        about: In [] [] RelatedEntityConnection;
    }

    /// A group of people concerned, from a controlled vocabulary, such as migrant children.
    Population {
        /// The projects, events and publications for these people.
        about: In [] [] RelatedEntityConnection;
    }
}
