//! Filters of entities, relations and documents as GraphQL input types.
//!
//! `{ kind: [PROJECT], relations: { some: { kind: [FUNDS] } } }` → `query::EntityFilter { kinds: {Project}, relations: …, … }`

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};

use crate::model::{DocumentId, EntityId, RelationId};
use crate::query;

use super::conditions::{CalendarDateFilter, DateTimeFilter, FloatFilter, IntFilter, TextFilter};
use super::input::{CalendarDate, DateTime};
use super::kinds::{Direction, EntityKind, Modality, RelationKind};

/// Which entities. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none. Filters
/// may stand in each other 16 deep, with 1000 filters and values in all; the conditions of one request may take 2,000,000 steps over
/// relations. Example: `{ kind: [PROJECT], relations: { some: { kind: [FUNDS], entity: { country: ["CA"] } } } }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct EntityFilter {
    /// Of one of these kinds.
    kind: Option<Vec<EntityKind>>,
    /// With one of these ids; ids that were merged away count. Example: ["country:CA"]
    id: Option<Vec<ID>>,
    /// With such a name or alias, in any language. All that is given must hold for the same name. Example: { contains: "femmes" }
    name: Option<TextFilter>,
    /// Lying in or belonging to a country with one of these ISO 3166-1 codes. Example: ["SN"]
    country: Option<Vec<String>>,
    /// With a proper name (true), or known from a description alone (false).
    named: Option<bool>,
    /// Confirmed by somebody (true), or not (false).
    confirmed: Option<bool>,
    /// With such an id in a public scheme. Example: { scheme: "iso3166-1", value: ["SV"] }
    external_id: Option<ExternalIdFilter>,
    /// Mentioned in one of the documents with these ids. What is given of `document`, `published` and `knownAt` must hold for the same
    /// document.
    document: Option<Vec<ID>>,
    /// Mentioned in a document that was published then. Example: { from: "2012", to: "2012" }
    published: Option<CalendarDateFilter>,
    /// Known to the graph at this moment: mentioned in a document that it had then. Example: "2026-11-22T10:15:00Z"
    known_at: Option<DateTime>,
    /// The graph was first told of it then: the earliest `addedAt` of the documents that mention it. Dates of publication do not count.
    first_seen: Option<DateTimeFilter>,
    /// The graph was last told of it then: the latest `addedAt` of the documents that mention it.
    last_seen: Option<DateTimeFilter>,
    /// Mentioned so often. Example: { gte: 10 }
    mention_count: Option<IntFilter>,
    /// Mentioned in so many documents.
    document_count: Option<IntFilter>,
    /// With such relations. Example: { some: { kind: [FUNDS] }, none: { kind: [HELD_IN] } }
    relations: Option<RelationsFilter>,
    /// With so many relations of a sort; all of these hold. Example: [{ of: { kind: [FUNDS] }, gte: 2 }]
    relation_count: Option<Vec<RelationCountFilter>>,
    /// All of these hold.
    and: Option<Vec<EntityFilter>>,
    /// At least one of these holds.
    or: Option<Vec<EntityFilter>>,
    /// This does not hold.
    not: Option<Box<EntityFilter>>,
}

impl From<EntityFilter> for query::EntityFilter {
    fn from(filter: EntityFilter) -> Self {
        Self {
            kinds: filter.kind.map(set),
            ids: filter.id.map(entity_ids),
            name: filter.name.map(Into::into),
            countries: filter.country.map(set),
            named: filter.named,
            confirmed: filter.confirmed,
            external_id: filter.external_id.map(Into::into),
            documents: filter.document.map(document_ids),
            published: filter.published.map(Into::into),
            known_at: filter.known_at.map(|at| at.0),
            first_seen: filter.first_seen.map(Into::into),
            last_seen: filter.last_seen.map(Into::into),
            mention_count: filter.mention_count.map(Into::into),
            document_count: filter.document_count.map(Into::into),
            relations: filter.relations.map(|relations| Box::new(relations.into())),
            relation_counts: all(filter.relation_count),
            and: all(filter.and),
            or: filter.or.map(|filters| all(Some(filters))),
            not: boxed(filter.not),
        }
    }
}

/// An id in a public scheme; case does not count. Example: `{ scheme: "wikidata" }` for everything that Wikidata knows
#[derive(Clone, Debug, InputObject)]
pub(super) struct ExternalIdFilter {
    /// The scheme. Example: "iso3166-1"
    scheme: String,
    /// One of these ids in that scheme; any when absent. Example: ["SV"]
    value: Option<Vec<String>>,
}

impl From<ExternalIdFilter> for query::ExternalIdFilter {
    fn from(filter: ExternalIdFilter) -> Self {
        Self { scheme: filter.scheme, values: filter.value.map(set) }
    }
}

/// Relations of an entity, and the entities at their other ends. All that is given must hold for the same relation.
/// Example: `{ kind: [FUNDS], direction: IN, relation: { confidence: { gte: 0.8 } }, entity: { kind: [COUNTRY] } }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct RelatedFilter {
    /// Of one of these kinds.
    kind: Option<Vec<RelationKind>>,
    /// Whether the entity is subject or object. Symmetric relations count both ways.
    #[graphql(default_with = "Direction::Both")]
    direction: Direction,
    /// What the relation is like.
    relation: Option<Box<RelationFilter>>,
    /// What the entity at its other end is like.
    entity: Option<Box<EntityFilter>>,
}

impl From<RelatedFilter> for query::RelatedFilter {
    fn from(filter: RelatedFilter) -> Self {
        Self {
            kinds: filter.kind.map(set),
            direction: filter.direction.into(),
            relation: filter.relation.map(|filter| (*filter).into()),
            entity: filter.entity.map(|filter| (*filter).into()),
        }
    }
}

/// What holds for the relations of an entity. All that is given must hold.
/// Example: `{ some: { kind: [FUNDS] }, every: { kind: [FUNDS], relation: { confidence: { gte: 0.8 } } } }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct RelationsFilter {
    /// At least one relation meets all of this.
    some: Option<RelatedFilter>,
    /// Every relation of this `kind` and `direction` meets `relation` and `entity`. With no such relation it holds, as in logic; add
    /// `some` to leave those out.
    every: Option<RelatedFilter>,
    /// No relation meets all of this.
    none: Option<RelatedFilter>,
}

impl From<RelationsFilter> for query::RelationsFilter {
    fn from(filter: RelationsFilter) -> Self {
        let RelationsFilter { some, every, none } = filter;
        Self { some: some.map(Into::into), every: every.map(Into::into), none: none.map(Into::into) }
    }
}

/// How many relations of a sort an entity has. Example: `{ of: { kind: [FUNDS], direction: OUT }, gte: 2 }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct RelationCountFilter {
    /// Which relations are counted; all when absent.
    of: Option<RelatedFilter>,
    /// So many.
    eq: Option<i32>,
    /// More than this.
    gt: Option<i32>,
    /// This or more.
    gte: Option<i32>,
    /// Fewer than this.
    lt: Option<i32>,
    /// This or fewer.
    lte: Option<i32>,
}

impl From<RelationCountFilter> for query::RelationCountFilter {
    fn from(filter: RelationCountFilter) -> Self {
        let RelationCountFilter { of, eq, gt, gte, lt, lte } = filter;
        let count = query::NumberFilter { eq, gt, gte, lt, lte }.map(i64::from);
        Self { of: of.map(Into::into).unwrap_or_default(), count }
    }
}

/// Which relations. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none. Filters
/// may stand in each other 16 deep, with 1000 filters and values in all; the conditions of one request may take 2,000,000 steps over
/// relations. Example: `{ kind: [FUNDS], object: { country: ["SN"] }, confidence: { gte: 0.8 }, modality: [ASSERTED] }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct RelationFilter {
    /// With one of these ids.
    id: Option<Vec<ID>>,
    /// Of one of these kinds.
    kind: Option<Vec<RelationKind>>,
    /// With such a subject. A symmetric relation has the smaller id as subject. Example: { id: ["country:CA"] }
    subject: Option<Box<EntityFilter>>,
    /// With such an object.
    object: Option<Box<EntityFilter>>,
    /// With such an entity at one of its ends.
    either: Option<Box<EntityFilter>>,
    /// Stated in one of the documents with these ids. What is given of `document`, `published`, `knownAt`, `evidence` and `rule` must
    /// hold for the same statement.
    document: Option<Vec<ID>>,
    /// Stated in a document that was published then. Example: { touches: "2012-08" }
    published: Option<CalendarDateFilter>,
    /// Known to the graph at this moment: stated in a document that it had then. Example: "2026-11-22T10:15:00Z"
    known_at: Option<DateTime>,
    /// Stated by such sentences. Example: { contains: "à hauteur de" }
    evidence: Option<TextFilter>,
    /// Found by such a rule. Example: { startsWith: "fr/funds" }
    rule: Option<TextFilter>,
    /// So sure, from 0 to 1. Example: { gte: 0.8 }
    confidence: Option<FloatFilter>,
    /// Presented in one of these ways.
    modality: Option<Vec<Modality>>,
    /// With such a post or part. Example: { contains: "mission" }
    role: Option<TextFilter>,
    /// With such an amount, whatever the currency. Example: { gte: 1000000 }
    amount: Option<FloatFilter>,
    /// With one of these currencies, as ISO 4217 codes. Example: ["EUR"]
    currency: Option<Vec<String>>,
    /// Said of such a time. Example: { from: "2012", to: "2014" }
    date: Option<CalendarDateFilter>,
    /// True in the world at this date: said of a time that may include it; the same as `date: { touches: … }`. What is not dated, or
    /// without a year, is left out. Example: "2012-08"
    valid_at: Option<CalendarDate>,
    /// Confirmed by somebody (true), or not (false).
    confirmed: Option<bool>,
    /// The graph was first told of it then: the earliest `addedAt` of the documents that state it. Dates of publication do not count.
    first_seen: Option<DateTimeFilter>,
    /// The graph was last told of it then: the latest `addedAt` of the documents that state it.
    last_seen: Option<DateTimeFilter>,
    /// Stated so often. Example: { gte: 2 }
    mention_count: Option<IntFilter>,
    /// Stated in so many documents.
    document_count: Option<IntFilter>,
    /// All of these hold.
    and: Option<Vec<RelationFilter>>,
    /// At least one of these holds.
    or: Option<Vec<RelationFilter>>,
    /// This does not hold.
    not: Option<Box<RelationFilter>>,
}

impl From<RelationFilter> for query::RelationFilter {
    fn from(filter: RelationFilter) -> Self {
        Self {
            ids: filter.id.map(|ids| ids.into_iter().map(|id| RelationId::from_text(id.0)).collect()),
            kinds: filter.kind.map(set),
            subject: boxed(filter.subject),
            object: boxed(filter.object),
            either: boxed(filter.either),
            documents: filter.document.map(document_ids),
            published: filter.published.map(Into::into),
            known_at: filter.known_at.map(|at| at.0),
            evidence: filter.evidence.map(Into::into),
            rule: filter.rule.map(Into::into),
            confidence: filter.confidence.map(Into::into),
            modalities: filter.modality.map(set),
            role: filter.role.map(Into::into),
            amount: filter.amount.map(Into::into),
            currencies: filter.currency.map(set),
            date: filter.date.map(Into::into),
            valid_at: filter.valid_at.map(|at| at.0),
            confirmed: filter.confirmed,
            first_seen: filter.first_seen.map(Into::into),
            last_seen: filter.last_seen.map(Into::into),
            mention_count: filter.mention_count.map(Into::into),
            document_count: filter.document_count.map(Into::into),
            and: all(filter.and),
            or: filter.or.map(|filters| all(Some(filters))),
            not: boxed(filter.not),
        }
    }
}

/// Which documents. All that is given must hold; `{}` holds for all. A list means *one of these*: an empty list holds for none.
/// Example: `{ published: { from: "2012", to: "2012" }, mentions: { id: ["country:SN"] } }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct DocumentFilter {
    /// With one of these ids.
    id: Option<Vec<ID>>,
    /// From such a place. Example: { startsWith: "corpus/2012" }
    source: Option<TextFilter>,
    /// With such a headline. Example: { contains: "atelier" }
    title: Option<TextFilter>,
    /// With such a text. Example: { contains: "femmes migrantes" }
    text: Option<TextFilter>,
    /// In one of these languages, as BCP 47 tags; "fr" takes in "fr-CA". Example: ["fr", "en"]
    language: Option<Vec<String>>,
    /// Published then. Example: { from: "2012-03", to: "2012" }
    published: Option<CalendarDateFilter>,
    /// Come to the graph then.
    added_at: Option<DateTimeFilter>,
    /// Known to the graph at this moment. Example: "2026-11-22T10:15:00Z"
    known_at: Option<DateTime>,
    /// Mentioning at least one such entity. Example: { country: ["SN"] }
    mentions: Option<EntityFilter>,
    /// Stating at least one such relation. Example: { kind: [FUNDS] }
    states: Option<RelationFilter>,
    /// All of these hold.
    and: Option<Vec<DocumentFilter>>,
    /// At least one of these holds.
    or: Option<Vec<DocumentFilter>>,
    /// This does not hold.
    not: Option<Box<DocumentFilter>>,
}

impl From<DocumentFilter> for query::DocumentFilter {
    fn from(filter: DocumentFilter) -> Self {
        Self {
            ids: filter.id.map(document_ids),
            source: filter.source.map(Into::into),
            title: filter.title.map(Into::into),
            text: filter.text.map(Into::into),
            languages: filter.language.map(set),
            published: filter.published.map(Into::into),
            added_at: filter.added_at.map(Into::into),
            known_at: filter.known_at.map(|at| at.0),
            mentions: filter.mentions.map(Into::into),
            states: filter.states.map(Into::into),
            and: all(filter.and),
            or: filter.or.map(|filters| all(Some(filters))),
            not: boxed(filter.not),
        }
    }
}

/// The conditions of an argument. Arguments are boxed: a resolver of a level holds those of all its fields, and levels add up.
#[inline(never)]
pub(super) fn conditions<A: Into<B>, B: Default>(filter: Option<Box<A>>) -> B {
    filter.map(|filter| (*filter).into()).unwrap_or_default()
}

fn entity_ids(ids: Vec<ID>) -> BTreeSet<EntityId> {
    ids.into_iter().map(|id| EntityId::from_text(id.0)).collect()
}

fn document_ids(ids: Vec<ID>) -> BTreeSet<DocumentId> {
    ids.into_iter().map(|id| DocumentId::from_text(id.0)).collect()
}

fn set<A: Into<B>, B: Ord>(values: Vec<A>) -> BTreeSet<B> {
    values.into_iter().map(Into::into).collect()
}

fn all<A: Into<B>, B>(filters: Option<Vec<A>>) -> Vec<B> {
    filters.into_iter().flatten().map(Into::into).collect()
}

fn boxed<A: Into<B>, B>(filter: Option<Box<A>>) -> Option<Box<B>> {
    filter.map(|filter| Box::new((*filter).into()))
}
