//! The kinds and other fixed choices of the model as GraphQL enums.
//!
//! `model::EntityKind::Project` ↔ `PROJECT`
//!
//! Every value is described, because readers meet it in GraphiQL before they meet any documentation.

use async_graphql::Enum;

use crate::{model, query};

/// What an entity is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::EntityKind")]
pub(super) enum EntityKind {
    /// A body that can act: organisation, ministry, police, NGO, company, university, fund.
    Organization,
    /// A named human being.
    Person,
    /// A sovereign state or ISO 3166-1 territory, also when it acts ("funded by Canada").
    Country,
    /// Any other place: city, province, border post, camp, island, region over several countries.
    Place,
    /// A planned undertaking with a goal: project, programme, campaign, plan of action.
    Project,
    /// Something that happens at a time: meeting, workshop, training, launch, mission, named crisis.
    Event,
    /// A document or normative text that people produce: manual, report, protocol, law, agreement.
    Publication,
    /// A theme from a controlled vocabulary, such as human trafficking.
    Topic,
    /// A group of people concerned, from a controlled vocabulary, such as migrant children.
    Population,
}

/// What a relation says of its subject and object.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::RelationKind")]
pub(super) enum RelationKind {
    /// Pays for it.
    Funds,
    /// Carries it out.
    Implements,
    /// Holds, hosts, opens or facilitates it.
    Organizes,
    /// Takes part in it.
    ParticipatesIn,
    /// Backs it without money being named.
    Supports,
    /// Works jointly with; says the same in both directions.
    PartnersWith,
    /// Writes, adopts, presents or issues it.
    Publishes,
    /// Takes place there.
    HeldIn,
    /// Works there.
    OperatesIn,
    /// Lies in.
    LocatedIn,
    /// Is a part, an output or a step of.
    PartOf,
    /// Belongs to a group.
    MemberOf,
    /// Holds a post there.
    WorksFor,
    /// Has it as theme.
    Addresses,
    /// Is meant for these people.
    Benefits,
}

/// How a text presents a relation.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Modality")]
pub(super) enum Modality {
    /// Stated as a fact.
    Asserted,
    /// Will happen: "will open", "to be launched in January".
    Planned,
    /// Suggested or hypothetical: "would allow", "proposed".
    Proposed,
}

/// How exactly a date is known.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::DatePrecision")]
pub(super) enum DatePrecision {
    /// Only the year.
    Year,
    /// Month, and the year when stated.
    Month,
    /// Month and day, and the year when stated.
    Day,
}

/// Which relations of an entity to follow.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::Direction")]
pub(super) enum Direction {
    /// Those of which it is the subject. Symmetric relations count both ways.
    Out,
    /// Those of which it is the object. Symmetric relations count both ways.
    In,
    /// All of them.
    Both,
}

/// How a relation is read along a path.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HopDirection {
    /// From subject to object.
    Forward,
    /// From object to subject.
    Backward,
}

/// What cut an answer short.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::Cut")]
pub(super) enum TruncatedBy {
    /// More exists than `first` asked for.
    First,
    /// The search had taken as many steps as it may; narrow it, with kinds for instance.
    Explored,
    /// The search had taken as long as it may; narrow it, with kinds for instance. Only then may the same question get another answer.
    Time,
    /// More relations exist than one answer gives.
    Relations,
}

/// A language in which entities may be labelled.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// French.
    Fr,
    /// English.
    En,
    /// Spanish.
    Es,
}

impl From<Language> for model::Language {
    fn from(language: Language) -> Self {
        Self::new(match language {
            Language::Fr => "fr",
            Language::En => "en",
            Language::Es => "es",
        })
    }
}

/// From small to large or the other way round.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortDirection {
    /// Small to large, A to Z, early to late.
    #[default]
    Asc,
    /// Large to small, Z to A, late to early.
    Desc,
}
