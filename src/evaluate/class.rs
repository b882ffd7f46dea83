//! What sort of mistake a mistake is, and what sort of name a difficult name is.
//!
//! gold «OIM Tchad», record «OIM» → [`Class::Boundary`]; «Soudan» only within «Soudan du Sud» → [`Difficulty::Nested`]
//!
//! Must not decide anything.

use serde::Serialize;

/// The class of a mistake. A [`Class::Boundary`] or [`Class::Kind`] is one entity missed and one spurious at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// An entity missed, and one of the same kind found whose name shares words with it but does not match.
    Boundary,
    /// An entity missed, and one of another kind found whose name matches.
    Kind,
    /// A second node for an entity that another node stands for.
    Duplicate,
    /// Any other entity missed.
    Missed,
    /// Any other entity that the gold does not have.
    Spurious,
    /// A relation missed of which an end was not found.
    EndMissing,
    /// A relation missed both of whose ends were found.
    NotStated,
    /// A relation that the gold does not have, but it has one of the same kind with one end in common.
    WrongEnd,
    /// A relation that the gold does not have, but it has one of another kind between the same ends.
    WrongKind,
    /// Any other relation that the gold does not have.
    Other,
}

impl Class {
    /// Classes of mistakes about entities, in the order of tables.
    pub const ENTITY: [Self; 5] = [Self::Boundary, Self::Kind, Self::Duplicate, Self::Missed, Self::Spurious];
    /// Classes of mistakes about relations, in the order of tables.
    pub const RELATION: [Self; 5] = [Self::EndMissing, Self::NotStated, Self::WrongEnd, Self::WrongKind, Self::Other];

    /// Whether it is a mistake about a relation.
    pub fn is_of_relation(self) -> bool {
        Self::RELATION.contains(&self)
    }

    /// What tables call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Boundary => "boundary",
            Self::Kind => "kind",
            Self::Duplicate => "duplicate",
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::EndMissing => "missed: end missing",
            Self::NotStated => "missed: not stated",
            Self::WrongEnd => "spurious: wrong end",
            Self::WrongKind => "spurious: wrong kind",
            Self::Other => "spurious: other",
        }
    }
}

/// Why an entity of the gold is hard to find. An entity may be difficult in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// Every occurrence of its names lies inside a longer occurrence of another entity's name.
    Nested,
    /// Its first name does not stand in the text, because a head shared with others is written once.
    Coordination,
    /// It shares a name with an entity of another kind, or is a country that acts.
    Metonymy,
}

impl Difficulty {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Nested, Self::Coordination, Self::Metonymy];

    /// What tables call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nested => "nested",
            Self::Coordination => "coordination",
            Self::Metonymy => "metonymy",
        }
    }
}

/// One mistake in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The file name of the document.
    pub document: String,
    /// What sort it is.
    pub class: Class,
    /// What was expected and what was found, in words.
    pub text: String,
}
