//! How entities and relations divide.
//!
//! `entityFacets(where: { kind: [PROJECT] }, by: [FUNDER]) { facets { values { key count } other missing } }`

use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::query;
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::input::{EntityFilter, RelationFilter};
use crate::api::kinds::TruncatedBy;
use crate::api::pool::heavy;

/// Counts by what things have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts;

/// By what entities are divided.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::EntityFacet")]
pub(in crate::api) enum EntityFacet {
    /// What they are. Keys: "PROJECT"
    Kind,
    /// The country they lie in or belong to. Keys: "SN"
    Country,
    /// The languages of the documents that mention them. Keys: "fr"
    Language,
    /// The years in which documents that mention them were published. Keys: "2012"
    Year,
    /// The kinds of their relations, in either direction. Keys: "FUNDS"
    RelationKind,
    /// Who funds them. Keys: ids of entities.
    Funder,
    /// Who carries them out. Keys: ids of entities.
    Implementer,
    /// Where they work, are held or lie. Keys: ids of entities.
    Location,
    /// Their themes. Keys: ids of entities.
    Topic,
    /// Whom they are meant for. Keys: ids of entities.
    Population,
}

/// By what relations are divided.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "query::RelationFacet")]
pub(in crate::api) enum RelationFacet {
    /// What they say. Keys: "FUNDS"
    Kind,
    /// How the documents present them. Keys: "PLANNED"
    Modality,
    /// The year in which what they say begins, where it is stated. Keys: "2012"
    Year,
    /// The languages of the documents that state them. Keys: "fr"
    Language,
    /// Their subject. Keys: ids of entities.
    Subject,
    /// Their object. Keys: ids of entities.
    Object,
    /// What their subject is. Keys: "ORGANIZATION"
    SubjectKind,
    /// What their object is. Keys: "PROJECT"
    ObjectKind,
    /// The countries that their ends are, lie in or belong to. Keys: "SN"
    Country,
}

/// Counts by what things have in common.
#[Object]
impl Counts {
    /// How the entities that meet conditions divide: by kind, country, funder and more. One that has several values counts with each.
    async fn entity_facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<EntityFilter>>,
        #[graphql(desc = "By what to divide them. Example: [COUNTRY, FUNDER]")] by: Vec<EntityFacet>,
        #[graphql(desc = "How many values of each; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<EntityFacets> {
        let filter = filter.map(|filter| (*filter).into()).unwrap_or_default();
        let asked: Vec<query::EntityFacet> = by.iter().copied().map(Into::into).collect();
        let count = move |snapshot: &Snapshot, effort: &mut query::Effort| {
            query::entity_facets(snapshot, &filter, &asked, first, effort)
        };
        Some(heavy(ctx, count).await.map(|found| {
            let facet = |(facet, by)| EntityFacetCounts { by, counts: FacetCounts::of(snapshot(ctx), facet) };
            EntityFacets {
                complete: found.cut.is_none(),
                truncated_by: found.cut.map(Into::into),
                explored: found.explored,
                total_count: found.total,
                facets: found.facets.into_iter().zip(by).map(facet).collect(),
            }
        }))
    }

    /// How the relations that meet conditions divide: by kind, year, subject and more. One that has several values counts with each.
    async fn relation_facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only these.")] filter: Option<Box<RelationFilter>>,
        #[graphql(desc = "By what to divide them. Example: [KIND, YEAR]")] by: Vec<RelationFacet>,
        #[graphql(desc = "How many values of each; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<RelationFacets> {
        let filter = filter.map(|filter| (*filter).into()).unwrap_or_default();
        let asked: Vec<query::RelationFacet> = by.iter().copied().map(Into::into).collect();
        let count = move |snapshot: &Snapshot, effort: &mut query::Effort| {
            query::relation_facets(snapshot, &filter, &asked, first, effort)
        };
        Some(heavy(ctx, count).await.map(|found| {
            let facet = |(facet, by)| RelationFacetCounts { by, counts: FacetCounts::of(snapshot(ctx), facet) };
            RelationFacets {
                complete: found.cut.is_none(),
                truncated_by: found.cut.map(Into::into),
                explored: found.explored,
                total_count: found.total,
                facets: found.facets.into_iter().zip(by).map(facet).collect(),
            }
        }))
    }
}

/// A value with how many have it.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct FacetValue {
    /// A kind, a code, a year, or the id of an entity. Example: "country:CA"
    key: String,
    /// The entity, when the key is the id of one.
    entity: Option<Entity>,
    /// How many have it.
    count: usize,
}

/// Counts by one thing.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct FacetCounts {
    /// Values, the most frequent first, then by key.
    values: Vec<FacetValue>,
    /// How many values there are altogether.
    distinct: usize,
    /// The sum of the counts of the values that are not listed.
    other: usize,
    /// How many have no value.
    missing: usize,
}

impl FacetCounts {
    fn of(snapshot: &Snapshot, facet: query::Facet) -> Self {
        let value = |(key, count): (query::FacetKey, usize)| FacetValue {
            key: key.key,
            entity: key.entity.map(|row| Entity::from_row(snapshot, row)),
            count,
        };
        let (distinct, other, missing) = (facet.distinct, facet.other, facet.missing);
        Self { values: facet.values.into_iter().map(value).collect(), distinct, other, missing }
    }
}

/// How entities divide by one thing.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct EntityFacetCounts {
    /// By what.
    by: EntityFacet,
    /// The counts.
    #[graphql(flatten)]
    counts: FacetCounts,
}

/// How relations divide by one thing.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct RelationFacetCounts {
    /// By what.
    by: RelationFacet,
    /// The counts.
    #[graphql(flatten)]
    counts: FacetCounts,
}

/// How entities divide.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct EntityFacets {
    /// How many entities were counted.
    total_count: usize,
    /// One for each thing that was asked for, in that order.
    facets: Vec<EntityFacetCounts>,
    /// Whether all were counted.
    complete: bool,
    /// What cut the counting, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How much was looked at.
    explored: usize,
}

/// How relations divide.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct RelationFacets {
    /// How many relations were counted.
    total_count: usize,
    /// One for each thing that was asked for, in that order.
    facets: Vec<RelationFacetCounts>,
    /// Whether all were counted.
    complete: bool,
    /// What cut the counting, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How much was looked at.
    explored: usize,
}
