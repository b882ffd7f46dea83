//! The arguments of a plan's fields, read once for a request, where the executor reads them for each object.
//!
//! `funders(first: $n)` with `{"n": 5}` → a page of 5, of all funders, in the usual order
//!
//! What is wrong with an argument gives nothing: the executor says it.

use std::sync::Arc;

use async_graphql::parser::types::VariableDefinition;
use async_graphql::{ID, InputType, Name, Positioned, Value, Variables};

use crate::api::entity_fields::wanted;
use crate::api::filters::{DocumentFilter, EntityFilter, RelationFilter, conditions};
use crate::api::input::ExternalIdInput;
use crate::api::kinds::{Direction, EntityKind, Language, RelationKind};
use crate::api::orders::{DocumentOrder, EntityOrder, RelationOrder, criteria};
use crate::api::root::entity_key;
use crate::model;
use crate::query::{self, EntityKey, NeighborhoodQuestion, PAGE_DEFAULT, PAGE_MAX, PageRequest, Wanted};

use super::heavy::Question;
use super::inputs::fits;

/// What a field's arguments are about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    Entity,
    Id,
    Ids,
    Languages,
    Language,
    First,
    Related,
    Relations,
    Document,
    Entities,
    AllRelations,
    Documents,
    Neighborhood,
    /// A neighbourhood of which nobody asks what else joins the ends of a hop.
    NeighborhoodAlone,
    Suggest,
    Paths,
    /// Paths of which nobody asks whether there are more.
    PathsAlone,
    Partners,
    EntityFacets,
    RelationFacets,
}

/// The arguments of a field as they are written.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) sort: Sort,
    pub(super) given: Vec<(Name, async_graphql_value::Value)>,
}

/// The arguments of a field in one request. The pages' budgets are those of nobody.
#[derive(Clone, Debug)]
pub(super) enum Arguments {
    Entity(EntityKey),
    Id(String),
    Ids(Vec<String>),
    Languages(Vec<model::Language>),
    Language(Option<Language>),
    First(usize),
    /// With the size of the page where nothing but the beginning of the whole list is wanted.
    Related(Box<Wanted>, PageRequest, Option<usize>),
    Relations(Box<RelationsWanted>, PageRequest),
    Document(DocumentKey),
    Entities(Box<(query::EntityFilter, Vec<query::EntityOrder>)>, PageRequest),
    AllRelations(Box<(query::RelationFilter, Vec<query::RelationOrder>)>, PageRequest),
    Documents(Box<(query::DocumentFilter, Vec<query::DocumentOrder>)>, PageRequest),
    Neighborhood(Box<NeighborhoodQuestion>),
    Suggest(String, Vec<model::EntityKind>, Option<i32>),
    /// What the pool answers.
    Heavy(Arc<Question>),
}

/// How somebody points at a document.
#[derive(Clone, Debug)]
pub(super) enum DocumentKey {
    Id(String),
    Source(String),
}

/// Which relations of an entity are listed, and in which order.
#[derive(Clone, Debug)]
pub(super) struct RelationsWanted {
    pub(super) filter: query::RelationFilter,
    pub(super) direction: query::Direction,
    pub(super) order: Vec<query::RelationOrder>,
}

/// The variables of a request beside their definitions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bindings<'r> {
    pub(super) definitions: &'r [Positioned<VariableDefinition>],
    pub(super) given: &'r Variables,
}

impl Bindings<'_> {
    /// The value of a variable; `Some(None)` when it has none. One with fields that its type does not have is left to the executor.
    fn value(&self, name: &Name) -> Option<Option<Value>> {
        let definition = &self.definitions.iter().find(|definition| definition.node.name.node == *name)?.node;
        match self.given.get(name) {
            Some(value) => fits(value, &definition.var_type.node).then(|| Some(value.clone())),
            None => Some(definition.default_value().cloned()),
        }
    }
}

/// The arguments of a call, to be taken one by one.
pub(super) struct Given(Vec<(Name, Value)>);

impl Given {
    fn of(call: &Call, bindings: Bindings<'_>) -> Option<Self> {
        let mut given = Vec::with_capacity(call.given.len());
        for (name, value) in &call.given {
            let value = match value {
                async_graphql_value::Value::Variable(variable) => bindings.value(variable)?,
                written => {
                    let inside = |variable: Name| bindings.value(&variable).flatten().ok_or(());
                    Some(written.clone().into_const_with(inside).ok()?)
                }
            };
            given.extend(value.map(|value| (name.clone(), value)));
        }
        Some(Self(given))
    }

    /// Whether something was given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    pub(super) fn take<T: InputType>(&mut self, name: &str) -> Option<T> {
        let at = self.0.iter().position(|(known, _)| known == name);
        T::parse(at.map(|at| self.0.swap_remove(at).1)).ok()
    }

    /// A direction, both when none is given; null is none.
    fn direction(&mut self) -> Option<query::Direction> {
        Some(if self.has("direction") { self.take::<Direction>("direction")?.into() } else { query::Direction::Both })
    }

    fn page(&mut self) -> Option<PageRequest> {
        let (first, after) = (self.take("first")?, self.take("after")?);
        Some(PageRequest {
            first,
            after,
            last: self.take("last")?,
            before: self.take("before")?,
            ..PageRequest::default()
        })
    }
}

impl Call {
    /// The arguments in one request; none when one of them makes no sense.
    pub(super) fn arguments(&self, bindings: Bindings<'_>) -> Option<Arguments> {
        let mut given = Given::of(self, bindings)?;
        Some(match self.sort {
            Sort::Entity => {
                let (id, name) = (given.take::<Option<ID>>("id")?, given.take("name")?);
                Arguments::Entity(entity_key(id, name, given.take::<Option<ExternalIdInput>>("externalId")?).ok()?)
            }
            Sort::Id => Arguments::Id(given.take::<ID>("id")?.0),
            Sort::Ids => {
                let ids = given.take::<Vec<ID>>("ids")?;
                Arguments::Ids((ids.len() <= PAGE_MAX).then(|| ids.into_iter().map(|id| id.0).collect())?)
            }
            Sort::Languages => {
                let languages: Vec<Language> = given.take::<Option<_>>("languages")?.unwrap_or_default();
                Arguments::Languages(languages.into_iter().map(Into::into).collect())
            }
            Sort::Language => Arguments::Language(given.take("language")?),
            Sort::First => {
                let first = given.take::<Option<i32>>("first")?.unwrap_or(PAGE_DEFAULT as i32);
                Arguments::First(usize::try_from(first).ok().or(Some(0)).filter(|size| *size <= PAGE_MAX)?)
            }
            Sort::Related => {
                let filter = given.take::<Option<Box<EntityFilter>>>("where")?;
                let relation = given.take::<Option<Box<RelationFilter>>>("relationWhere")?;
                let order = given.take::<Option<Vec<EntityOrder>>>("orderBy")?;
                let relation_order = given.take::<Option<Vec<RelationOrder>>>("relationOrderBy")?;
                let (wanted, page) = (wanted(filter, relation, order, relation_order), given.page()?);
                let all = *wanted == Wanted::default();
                let beginning = page.beginning().filter(|_| all);
                Arguments::Related(wanted, page, beginning)
            }
            Sort::Relations => {
                let filter = given.take::<Option<Box<RelationFilter>>>("where")?;
                let direction = given.direction()?;
                let order = criteria(given.take::<Option<Vec<RelationOrder>>>("orderBy")?);
                let wanted = RelationsWanted { filter: conditions(filter), direction, order };
                Arguments::Relations(Box::new(wanted), given.page()?)
            }
            Sort::Document => match (given.take::<Option<ID>>("id")?, given.take::<Option<String>>("source")?) {
                (Some(id), None) => Arguments::Document(DocumentKey::Id(id.0)),
                (None, Some(source)) => Arguments::Document(DocumentKey::Source(source)),
                _ => return None,
            },
            Sort::Entities => {
                let filter = conditions(given.take::<Option<Box<EntityFilter>>>("where")?);
                let order = criteria(given.take::<Option<Vec<EntityOrder>>>("orderBy")?);
                Arguments::Entities(Box::new((filter, order)), given.page()?)
            }
            Sort::AllRelations => {
                let filter = conditions(given.take::<Option<Box<RelationFilter>>>("where")?);
                let order = criteria(given.take::<Option<Vec<RelationOrder>>>("orderBy")?);
                Arguments::AllRelations(Box::new((filter, order)), given.page()?)
            }
            Sort::Documents => {
                let filter = conditions(given.take::<Option<Box<DocumentFilter>>>("where")?);
                let order = criteria(given.take::<Option<Vec<DocumentOrder>>>("orderBy")?);
                Arguments::Documents(Box::new((filter, order)), given.page()?)
            }
            Sort::Neighborhood | Sort::NeighborhoodAlone => {
                let kinds = given.take::<Option<Vec<RelationKind>>>("kinds")?.unwrap_or_default();
                Arguments::Neighborhood(Box::new(NeighborhoodQuestion {
                    start: given.take::<ID>("id")?.0,
                    max_hops: if given.has("maxHops") { given.take("maxHops")? } else { 1 },
                    kinds: kinds.into_iter().map(Into::into).collect(),
                    direction: given.direction()?,
                    first: given.take("first")?,
                    alternatives: matches!(self.sort, Sort::Neighborhood),
                }))
            }
            Sort::Suggest => {
                let kinds = given.take::<Option<Vec<EntityKind>>>("kinds")?.unwrap_or_default();
                let kinds = kinds.into_iter().map(Into::into).collect();
                Arguments::Suggest(given.take("prefix")?, kinds, given.take("first")?)
            }
            Sort::Paths | Sort::PathsAlone | Sort::Partners | Sort::EntityFacets | Sort::RelationFacets => {
                Arguments::Heavy(Arc::new(Question::read(self.sort, &mut given)?))
            }
        })
    }
}
