//! The interface that all entities share.
//!
//! `entity(name: "oim") { __typename name ... on Organization { projectsFunded { totalCount } } }`
//!
//! Every concrete type implements these fields through [`super::entity_fields`]; the descriptions stand here once for the
//! interface, and in `entity_types` once for all types.

// The lint takes the descriptions of two fields for attributes of one item.
#![allow(clippy::duplicated_attributes)]

use async_graphql::{ID, Interface};

use crate::model::{self, EntityId};
use crate::query::EntityRow;
use crate::snapshot::Snapshot;

use super::answer::Answer;
use super::connection::{DocumentConnection, MentionConnection, RelationConnection};
use super::entity_fields::{ExternalId, LocalNames, RelationCount};
use super::entity_types::{
    Country, Event, FromRow, Organization, Person, Place, Population, Project, Publication, Topic,
};
use super::input::{DateTime, DocumentFilter, DocumentOrder, RelationFilter, RelationOrder};
use super::kinds::{Direction, EntityKind, Language};
use super::review::Resolution;

/// A thing that documents speak of, after resolution: all its mentions in all documents are one entity.
#[derive(Clone, Copy, Debug, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Stable and readable. Example: \"organization:iom\""),
    field(name = "kind", ty = "EntityKind", desc = "What it is; says the same as `__typename`."),
    field(name = "name", ty = "String", desc = "The name to show when no language is asked for."),
    field(
        name = "label",
        ty = "String",
        desc = "The name in the first of these languages that has one, else `name`.",
        arg(name = "languages", ty = "Option<Vec<Language>>", desc = "In order of preference. Example: [ES, FR]")
    ),
    field(
        name = "names",
        ty = "Vec<LocalNames>",
        desc = "Names by language: those listed, or else the fullest by which documents in that language call it."
    ),
    field(
        name = "aliases",
        ty = "Vec<String>",
        desc = "Every other form listed or seen: acronyms, short forms, spellings."
    ),
    field(
        name = "external_ids",
        ty = "Vec<ExternalId>",
        desc = "Ids in public schemes such as ISO 3166-1 or Wikidata."
    ),
    field(
        name = "country_code",
        ty = "Option<String>",
        desc = "ISO 3166-1 code of the country it lies in or belongs to."
    ),
    field(name = "named", ty = "bool", desc = "Whether it has a proper name; otherwise one document describes it."),
    field(
        name = "merged_ids",
        ty = "Vec<ID>",
        desc = "Ids of entities that were merged into this one; they still resolve."
    ),
    field(
        name = "resolved_from",
        ty = "Answer<Vec<Resolution>>",
        desc = "Why mentions are taken for this one entity: the ids that it was resolved from, its own first.",
        arg(name = "first", ty = "Option<i32>", desc = "How many; 20 when absent, at most 100.")
    ),
    field(name = "confirmed", ty = "bool", desc = "Whether somebody confirmed it."),
    field(name = "mention_count", ty = "usize", desc = "How often it is mentioned."),
    field(name = "document_count", ty = "usize", desc = "How many documents mention it."),
    field(
        name = "first_seen",
        ty = "Option<DateTime>",
        desc = "When the graph was first told of it: when the first of the documents that mention it came in."
    ),
    field(
        name = "last_seen",
        ty = "Option<DateTime>",
        desc = "When the graph was last told of it: when the last of the documents that mention it came in."
    ),
    field(
        name = "mentions",
        ty = "Answer<MentionConnection>",
        desc = "Where it is mentioned, by document and place in it.",
        arg(name = "document", ty = "Option<ID>", desc = "Only in this document."),
        arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 20 when absent, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what stands behind this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what stands in front of this cursor.")
    ),
    field(
        name = "documents",
        ty = "Answer<DocumentConnection>",
        desc = "The documents that mention it.",
        arg(name = "where", ty = "Option<Box<DocumentFilter>>", desc = "Only these."),
        arg(name = "order_by", ty = "Option<Vec<DocumentOrder>>", desc = "By what to sort; by id when absent."),
        arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 20 when absent, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what stands behind this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what stands in front of this cursor.")
    ),
    field(
        name = "relations",
        ty = "Answer<RelationConnection>",
        desc = "Its relations.",
        arg(name = "where", ty = "Option<Box<RelationFilter>>", desc = "Only these."),
        arg(
            name = "direction",
            ty = "Direction",
            default_with = "Direction::Both",
            desc = "Whether it is subject or object."
        ),
        arg(
            name = "order_by",
            ty = "Option<Vec<RelationOrder>>",
            desc = "By what to sort; ties, and all when absent, by kind, then confidence (highest first), then the other end's id, then id."
        ),
        arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 20 when absent, at most 100."),
        arg(name = "after", ty = "Option<String>", desc = "Only what stands behind this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end, at most 100."),
        arg(name = "before", ty = "Option<String>", desc = "Only what stands in front of this cursor.")
    ),
    field(
        name = "relation_counts",
        ty = "Vec<RelationCount>",
        desc = "How many relations it has of each kind, in either direction."
    )
)]
pub(super) enum Entity {
    /// An organization.
    Organization(Organization),
    /// A person.
    Person(Person),
    /// A country.
    Country(Country),
    /// A place.
    Place(Place),
    /// A project.
    Project(Project),
    /// An event.
    Event(Event),
    /// A publication.
    Publication(Publication),
    /// A topic.
    Topic(Topic),
    /// A population.
    Population(Population),
}

impl Entity {
    /// What has this id, or had it before it was merged away.
    pub(super) fn find(snapshot: &Snapshot, id: &ID) -> Option<Self> {
        let found = snapshot.graph().find_entity(&EntityId::from_text(id.as_str()))?;
        Some(Self::from_row(snapshot, found.row()))
    }
}

impl FromRow for Entity {
    fn from_row(snapshot: &Snapshot, row: EntityRow) -> Self {
        match snapshot.graph().entity(row).kind {
            model::EntityKind::Organization => Self::Organization(Organization(row)),
            model::EntityKind::Person => Self::Person(Person(row)),
            model::EntityKind::Country => Self::Country(Country(row)),
            model::EntityKind::Place => Self::Place(Place(row)),
            model::EntityKind::Project => Self::Project(Project(row)),
            model::EntityKind::Event => Self::Event(Event(row)),
            model::EntityKind::Publication => Self::Publication(Publication(row)),
            model::EntityKind::Topic => Self::Topic(Topic(row)),
            model::EntityKind::Population => Self::Population(Population(row)),
        }
    }
}
