//! Everything that has an id: entities, relations and documents, found by it.
//!
//! `node(id: "relation:funds-4be1c3a96c2f0d11") { __typename }` → `Relation`

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, ID, Interface, OutputType, Positioned, ServerResult, Value};

use crate::model::{DocumentId, RelationId};
use crate::snapshot::Snapshot;

use super::entity::Entity;
use super::entity_types::{Country, Event, Organization, Person, Place, Population, Project, Publication, Topic};
use super::relation::Relation;
use super::source::Document;

/// Anything with an id that stays the same across runs and machines.
#[derive(Clone, Copy, Debug, Interface)]
#[graphql(name = "Node", field(name = "id", ty = "ID", desc = "Stable. Example: \"organization:iom\""))]
pub(super) enum Object {
    /// An entity.
    Organization(Organization),
    /// An entity.
    Person(Person),
    /// An entity.
    Country(Country),
    /// An entity.
    Place(Place),
    /// An entity.
    Project(Project),
    /// An entity.
    Event(Event),
    /// An entity.
    Publication(Publication),
    /// An entity.
    Topic(Topic),
    /// An entity.
    Population(Population),
    /// A relation.
    Relation(Relation),
    /// A document.
    Document(Document),
}

/// An object of the interface `Node`. Beside what the derived interface does, it tells the schema that the interface `Entity`
/// implements `Node`; as a variant, `Entity` would wrongly stand among the possible types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node(Object);

impl OutputType for Node {
    fn type_name() -> Cow<'static, str> {
        Object::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.add_implements(&Entity::type_name(), &Object::type_name());
        Object::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl Node {
    /// The relation, when it is one.
    pub(super) fn relation(self) -> Option<Relation> {
        match self.0 {
            Object::Relation(relation) => Some(relation),
            _ => None,
        }
    }

    /// The document, when it is one.
    pub(super) fn document(self) -> Option<Document> {
        match self.0 {
            Object::Document(document) => Some(document),
            _ => None,
        }
    }

    /// What has this id.
    pub(super) fn find(snapshot: &Snapshot, id: &ID) -> Option<Self> {
        let graph = snapshot.graph();
        let entity = || Some(Entity::find(snapshot, id)?.into());
        let relation = || Some(Relation(graph.find_relation(&RelationId::from_text(id.as_str()))?).into());
        let document = || Some(Document(graph.find_document(&DocumentId::from_text(id.as_str()))?).into());
        entity().or_else(relation).or_else(document).map(Self)
    }
}

impl From<Entity> for Object {
    fn from(entity: Entity) -> Self {
        match entity {
            Entity::Organization(it) => it.into(),
            Entity::Person(it) => it.into(),
            Entity::Country(it) => it.into(),
            Entity::Place(it) => it.into(),
            Entity::Project(it) => it.into(),
            Entity::Event(it) => it.into(),
            Entity::Publication(it) => it.into(),
            Entity::Topic(it) => it.into(),
            Entity::Population(it) => it.into(),
        }
    }
}
