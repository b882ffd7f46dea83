//! The arguments of a plan's fields, read once for a request, where the executor reads them for each object.
//!
//! `funders(first: $n)` with `{"n": 5}` → a page of 5, of all funders, in the usual order
//!
//! What is wrong with an argument gives nothing: the executor says it.

use async_graphql::parser::types::VariableDefinition;
use async_graphql::{ID, InputType, Name, Positioned, Value, Variables};

use crate::api::entity_fields::wanted;
use crate::api::filters::{EntityFilter, RelationFilter, conditions};
use crate::api::input::ExternalIdInput;
use crate::api::kinds::{Direction, Language};
use crate::api::orders::{EntityOrder, RelationOrder, criteria};
use crate::api::root::entity_key;
use crate::model;
use crate::query::{self, EntityKey, PAGE_DEFAULT, PAGE_MAX, PageRequest, Wanted};

/// What a field's arguments are about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    Entity,
    Id,
    Languages,
    Language,
    First,
    Related,
    Relations,
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
    Languages(Vec<model::Language>),
    Language(Option<Language>),
    First(usize),
    Related(Box<Wanted>, PageRequest),
    Relations(Box<RelationsWanted>, PageRequest),
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
    /// The value of a variable; `Some(None)` when it has none. What holds objects is left to the executor, which looks for fields
    /// that they should not have.
    fn value(&self, name: &Name) -> Option<Option<Value>> {
        fn is_flat(value: &Value) -> bool {
            match value {
                Value::List(list) => list.iter().all(is_flat),
                Value::Object(_) | Value::Binary(_) => false,
                _ => true,
            }
        }
        let definition = &self.definitions.iter().find(|definition| definition.node.name.node == *name)?.node;
        match self.given.get(name) {
            Some(value) => is_flat(value).then(|| Some(value.clone())),
            None => Some(definition.default_value().cloned()),
        }
    }
}

/// The arguments of a call, to be taken one by one.
struct Given(Vec<(Name, Value)>);

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

    fn take<T: InputType>(&mut self, name: &str) -> Option<T> {
        let at = self.0.iter().position(|(known, _)| known == name);
        T::parse(at.map(|at| self.0.swap_remove(at).1)).ok()
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
                Arguments::Related(wanted(filter, relation, order, relation_order), given.page()?)
            }
            Sort::Relations => {
                let filter = given.take::<Option<Box<RelationFilter>>>("where")?;
                let direction = match given.0.iter().any(|(name, _)| name == "direction") {
                    true => given.take::<Direction>("direction")?.into(),
                    false => query::Direction::Both,
                };
                let order = criteria(given.take::<Option<Vec<RelationOrder>>>("orderBy")?);
                let wanted = RelationsWanted { filter: conditions(filter), direction, order };
                Arguments::Relations(Box::new(wanted), given.page()?)
            }
        })
    }
}
