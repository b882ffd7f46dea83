//! What a graph holds at a row. Copies share their lists.

use std::sync::Arc;

use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use crate::collection::Sorted;
use crate::model::{CodePoints, Entity, Relation, Stored};

/// A document, and where what stands in it belongs.
#[derive(Clone, Debug)]
pub(super) struct DocumentNode {
    pub(super) stored: Stored,
    pub(super) code_points: Arc<CodePoints>,
    /// Of each local entity, the entity that it belongs to.
    pub(super) entities: Vec<Option<EntityRow>>,
    /// Of each statement, the relation that rests on it.
    pub(super) relations: Vec<Option<RelationRow>>,
}

/// Where an entity occurs: a local entity of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) document: DocumentRow,
    pub(super) local: u32,
}

/// An entity with all that touches it.
#[derive(Clone, Debug)]
pub(super) struct EntityNode {
    pub(super) entity: Arc<Entity>,
    /// By document and place in its annotations.
    pub(super) occurrences: Sorted<Occurrence>,
    pub(super) mention_count: usize,
    /// By kind, then confidence (highest first), then the other end's id, then id.
    pub(super) relations: Sorted<RelationRow>,
}

/// A relation with all that it rests on.
#[derive(Clone, Debug)]
pub(super) struct RelationNode {
    pub(super) relation: Arc<Relation>,
    /// Subject and object.
    pub(super) ends: (EntityRow, EntityRow),
    /// The strongest first.
    pub(super) evidence: Sorted<EvidenceRow>,
    /// How many statements say when, as what, and how much.
    pub(super) dated: usize,
    pub(super) with_role: usize,
    pub(super) with_amount: usize,
}
