//! The questions of a plan that are answered in the pool, off the threads that serve requests.
//!
//! `paths(from: "Canada", to: $to)` with `{"to": "OIM"}` → a question, and what the pool found
//!
//! What turns out to be small is answered on the spot. As with the executor, those of one request are asked one after the other. What is refused gives nothing: the executor says it.

use std::sync::Arc;

use crate::api::filters::{EntityFilter, RelationFilter, conditions};
use crate::api::kinds::{Direction, EntityKind, RelationKind};
use crate::api::pool::Pool;
use crate::api::questions::{EntityFacet, PathOrder, RelationFacet};
use crate::model;
use crate::query::{self, Effort, EntityKey, PathQuestion, Refusal, find_entity};
use crate::snapshot::Snapshot;

use super::arguments::{Arguments, Given, Sort};

/// A question with its arguments.
#[derive(Debug)]
pub(super) enum Question {
    Paths(PathQuestion),
    Partners { of: String, kinds: Vec<model::EntityKind>, first: Option<i32> },
    EntityFacets { filter: Box<query::EntityFilter>, by: Vec<EntityFacet>, first: Option<i32> },
    RelationFacets { filter: Box<query::RelationFilter>, by: Vec<RelationFacet>, first: Option<i32> },
}

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    Paths(query::Paths),
    Partners(query::Partners),
    Facets(query::Facets),
}

/// The value of an argument that has one when it is left out; one that is null is wrong.
macro_rules! or {
    ($given:expr, $name:literal, $default:expr) => {
        if $given.has($name) { $given.take($name)? } else { $default }
    };
}

impl Question {
    /// The question that arguments ask; none when they make no sense.
    pub(super) fn read(sort: Sort, given: &mut Given) -> Option<Self> {
        Some(match sort {
            Sort::Paths | Sort::PathsAlone => {
                let kinds = given.take::<Option<Vec<RelationKind>>>("relationKinds")?.unwrap_or_default();
                Self::Paths(PathQuestion {
                    from: given.take("from")?,
                    to: given.take("to")?,
                    max_hops: or!(given, "maxHops", 4),
                    kinds: kinds.into_iter().map(Into::into).collect(),
                    via: given.take::<Option<_>>("via")?.unwrap_or_default(),
                    avoid: given.take::<Option<_>>("avoid")?.unwrap_or_default(),
                    direction: or!(given, "direction", Direction::Both).into(),
                    by: or!(given, "by", PathOrder::Hops).into(),
                    first: given.take("first")?,
                    alone: matches!(sort, Sort::PathsAlone),
                })
            }
            Sort::Partners => {
                let kinds = given.take::<Option<Vec<EntityKind>>>("kinds")?.unwrap_or_default();
                let kinds = kinds.into_iter().map(Into::into).collect();
                Self::Partners { of: given.take("of")?, kinds, first: given.take("first")? }
            }
            Sort::EntityFacets => {
                let filter = Box::new(conditions(given.take::<Option<Box<EntityFilter>>>("where")?));
                Self::EntityFacets { filter, by: given.take("by")?, first: given.take("first")? }
            }
            Sort::RelationFacets => {
                let filter = Box::new(conditions(given.take::<Option<Box<RelationFilter>>>("where")?));
                Self::RelationFacets { filter, by: given.take("by")?, first: given.take("first")? }
            }
            _ => return None,
        })
    }

    /// Whether finding the entities that it names costs next to nothing: what is no id may turn out to be misspelt.
    fn is_plain(&self, snapshot: &Snapshot) -> bool {
        let is_known = |id: &String| matches!(find_entity(snapshot, &EntityKey::Id(id.clone())), Ok(Some(_)));
        match self {
            Self::Paths(question) => {
                let named = [&question.from, &question.to].into_iter().chain(&question.via).chain(&question.avoid);
                named.into_iter().all(is_known)
            }
            Self::Partners { of, .. } => is_known(of),
            Self::EntityFacets { .. } | Self::RelationFacets { .. } => true,
        }
    }

    fn ask(&self, snapshot: &Snapshot, effort: &mut Effort) -> Result<Found, Refusal> {
        match self {
            Self::Paths(question) => query::paths(snapshot, question, effort).map(Found::Paths),
            Self::Partners { of, kinds, first } => {
                query::partners(snapshot, of, kinds, *first, effort).map(Found::Partners)
            }
            Self::EntityFacets { filter, by, first } => {
                let by: Vec<_> = by.iter().copied().map(Into::into).collect();
                query::entity_facets(snapshot, filter, &by, *first, effort).map(Found::Facets)
            }
            Self::RelationFacets { filter, by, first } => {
                let by: Vec<_> = by.iter().copied().map(Into::into).collect();
                query::relation_facets(snapshot, filter, &by, *first, effort).map(Found::Facets)
            }
        }
    }
}

/// What the pool finds for the heavy ones of these calls, by their numbers; none when one is refused.
pub(super) async fn found(
    pool: &Pool,
    snapshot: &Arc<Snapshot>,
    arguments: &[Arguments],
) -> Option<Vec<Option<Found>>> {
    let mut all = Vec::with_capacity(arguments.len());
    for arguments in arguments {
        all.push(match arguments {
            Arguments::Heavy(question) => {
                let small = question.is_plain(snapshot).then(|| pool.at_once(|effort| question.ask(snapshot, effort)));
                match small.flatten() {
                    Some(found) => Some(found),
                    None => {
                        let (question, snapshot) = (Arc::clone(question), Arc::clone(snapshot));
                        Some(pool.run(move |effort| question.ask(&snapshot, effort)).await.ok()?)
                    }
                }
            }
            _ => None,
        });
    }
    Some(all)
}
