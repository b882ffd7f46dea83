//! Pairs of entities that look the same, to be decided by people; and what an entity was resolved from.
//!
//! `{ candidates(first: 5) { nodes { entities { id name } doubt reason likelihood } } }`

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use crate::knowledge_base::KnowledgeBase;
use crate::model;
use crate::query::{self, InDoubt, PAGE_DEFAULT, PAGE_MAX, Refusal};

use super::answer::{Answer, rounded, snapshot, the};
use super::connection::{CandidateConnection, CandidateEdge};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::history::wait;
use super::input::page_request;
use super::kinds::EntityKind;
use super::source::Mention;

/// What people should look at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Review;

/// What people should look at.
#[Object]
impl Review {
    /// Pairs of entities that look the same and were not joined, the likeliest to be one first, then by ids. A decision that they are the
    /// same, or different, takes a pair off the list. The list is the newest: when something is being written, it may be newer than the rest
    /// of the answer, and leaves out pairs of which that lacks one.
    #[allow(clippy::too_many_arguments)]
    async fn candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The kinds of entities, all when absent. Example: [PERSON, ORGANIZATION]")] kinds: Option<
            Vec<EntityKind>,
        >,
        #[graphql(desc = "How many from the start; 20 when absent, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Answer<CandidateConnection> {
        let kinds: Vec<_> = kinds.into_iter().flatten().map(Into::into).collect();
        let page = page_request(ctx, first, after, last, before);
        let base = Arc::clone(ctx.data_unchecked::<Arc<KnowledgeBase>>());
        let candidates = match wait(move || base.candidates()).await {
            Ok(candidates) => candidates,
            Err(refusal) => return Some(Err(refusal)),
        };
        let found = query::review(snapshot(ctx), &candidates, &kinds, &page);
        Some(found.map(|page| page.with_cursors(|cursor, pair| CandidateEdge::new(cursor, Candidate(pair))).into()))
    }
}

/// Why two entities that look the same are two.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Doubt")]
pub(super) enum Doubt {
    /// It may be one of several entities of that name.
    SeveralCandidates,
    /// It is a short acronym, which several bodies may have.
    Acronym,
    /// They have a name in common, but nothing else shows that they are one.
    SharedName,
    /// They are people with a name that many have, and no common employer is told.
    CommonName,
    /// It is a body of which every country has one, and no country is told.
    CountryUnknown,
    /// They lie in, or belong to, two countries.
    TwoCountries,
}

/// Two entities that look the same and were not joined.
#[derive(Clone, Debug)]
pub(super) struct Candidate(pub(super) InDoubt);

/// Two entities that look the same and were not joined.
#[Object]
impl Candidate {
    /// The two, that with the smaller id first.
    async fn entities(&self, ctx: &Context<'_>) -> Vec<Entity> {
        [self.0.one, self.0.other].into_iter().map(|row| Entity::from_row(snapshot(ctx), row)).collect()
    }

    /// The name that both have. Example: "Awa Diop"
    async fn shared_name(&self) -> &str {
        &self.0.candidate.name
    }

    /// Why they were not joined.
    async fn doubt(&self) -> Doubt {
        self.0.candidate.doubt.into()
    }

    /// The same in a sentence. Example: "many people have this name, and no common employer is told"
    async fn reason(&self) -> String {
        self.0.candidate.doubt.to_string()
    }

    /// How likely they are one, between 0 and 1: a guess that puts the likeliest first.
    async fn likelihood(&self) -> f64 {
        rounded(self.0.candidate.likelihood)
    }

    /// Mentions to read, two of each at most: by the name that both have, where there are such.
    async fn mentions(&self) -> Vec<Mention> {
        self.0.mentions.iter().map(|mention| Mention(*mention)).collect()
    }
}

/// What led from names to an id, or from an id to the entity that stands for it.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::ResolutionRule")]
pub(super) enum ResolutionRule {
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

/// An id that an entity was resolved from: what documents alone make of names, and what led from there to the entity.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Resolution {
    /// The id that names and documents alone lead to. Example: "organization:iom"
    entity_id: ID,
    /// What led from the names to that id.
    rule: ResolutionRule,
    /// What led from that id to the entity; null for the entity's own id.
    joined_by: Option<ResolutionRule>,
    /// The decision that did, when one did. Example: "decision:1f2e3d4c5b6a7988"
    decision_id: Option<ID>,
    /// The names by which documents call it. Example: ["OIM", "IOM"]
    names: Vec<String>,
}

/// The first of the ids that an entity was resolved from.
pub(super) fn resolved_from(entity: &model::Entity, first: Option<i32>) -> Result<Vec<Resolution>, Refusal> {
    let first = first.unwrap_or(PAGE_DEFAULT as i32);
    let most =
        usize::try_from(first).map_err(|_| Refusal::bad_input(format!("first is {first}, but cannot be negative")))?;
    if most > PAGE_MAX {
        return Err(Refusal::limit("first", first, PAGE_MAX, "read mergedIds, which has all ids"));
    }
    let resolution = |resolution: &model::Resolution| Resolution {
        entity_id: the(&resolution.id),
        rule: resolution.rule.into(),
        joined_by: resolution.joined.map(Into::into),
        decision_id: resolution.decision.as_ref().map(the),
        names: resolution.names.clone(),
    };
    Ok(entity.resolved_from.iter().take(most).map(resolution).collect())
}
