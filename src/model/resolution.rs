//! Why mentions are taken for one entity, and pairs of which the rules cannot say whether they are one.
//!
//! *UNHCR* → `organization:un-unhcr`, listed · *ministère de la Santé* in a text from Niger → `organization:ministry-health-ne`, by what it is
//! of which country

use serde::{Deserialize, Serialize};
use std::fmt;

use super::{DecisionId, EntityId};

/// What led from what documents say to an id, or from an id to the entity that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ResolutionRule {
    /// A listed name or acronym, in whatever language.
    Listed,
    /// What the name says of a public body, an office or an embassy, in whatever language: what it is, of what, and where.
    Body,
    /// The same id in the data files that give it.
    SourceId,
    /// The same name.
    Name,
    /// The same name, and the same country.
    NameInCountry,
    /// The same name of a person, and the same employer.
    NameAndEmployer,
    /// An acronym that takes the initials of another name in its document.
    Initials,
    /// Nothing beyond its document: it is only described there, or its name is one that many have.
    Document,
    /// Its name is one of exactly one other entity that says more of itself.
    OnlyCandidate,
    /// Somebody decided that it is the same.
    Decision,
}

/// An id that an entity was resolved from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Resolution {
    /// The id, as documents alone make it.
    pub id: EntityId,
    /// What led from the names to the id.
    pub rule: ResolutionRule,
    /// What led from the id to the entity, when that has another id.
    pub joined: Option<ResolutionRule>,
    /// The decision, when one did.
    pub decision: Option<DecisionId>,
    /// The names by which documents call it, in order.
    pub names: Vec<String>,
}

/// Why two entities that look the same are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// It may be one of several entities of that name.
    SeveralCandidates,
    /// It is a short acronym, which several bodies may have.
    Acronym,
    /// They have a name in common, but nothing else shows that they are one.
    SharedName,
    /// They are people with a name that many have.
    CommonName,
    /// It is a body of which every country has one, and no country is told.
    CountryUnknown,
    /// They lie in, or belong to, two countries.
    TwoCountries,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SeveralCandidates => "several entities have this name, and nothing tells which is meant",
            Self::Acronym => "it is a short acronym, which several bodies may have",
            Self::SharedName => "they share a name, and nothing else shows that they are one",
            Self::CommonName => "many people have this name, and no common employer is told",
            Self::CountryUnknown => "every country has such a body, and no country is told",
            Self::TwoCountries => "they belong to two countries",
        })
    }
}

/// Two entities that look the same and were not joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// One, with the smaller id.
    pub one: EntityId,
    /// The other.
    pub other: EntityId,
    /// The name that they have in common, as the one writes it.
    pub name: String,
    /// Why they were not joined.
    pub doubt: Doubt,
    /// How likely they are one, in (0, 1): a guess that only serves to put the likeliest first.
    pub likelihood: f64,
}
