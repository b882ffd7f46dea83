//! What a graph holds at a row. Copies share their lists.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use crate::collection::Sorted;
use crate::model::{CodePoints, Entity, Qualifiers, Relation, Stored};

/// A document, and where what stands in it belongs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DocumentNode {
    pub(super) stored: Stored,
    pub(super) code_points: Arc<CodePoints>,
    /// Of each local entity, the entity that it belongs to.
    pub(super) entities: Vec<Option<EntityRow>>,
    /// Of each statement, the relation that rests on it.
    pub(super) relations: Vec<Option<RelationRow>>,
}

/// Where an entity occurs: a local entity of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Occurrence {
    pub(super) document: DocumentRow,
    pub(super) local: u32,
}

/// An entity, and how much there is of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EntityNode {
    pub(super) entity: Arc<Entity>,
    pub(super) mention_count: usize,
}

/// A relation with all that it rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

impl DocumentNode {
    /// A document of which nothing belongs anywhere yet.
    pub(super) fn of(stored: Stored) -> Self {
        let annotations = &stored.contribution.annotations;
        Self {
            code_points: Arc::new(CodePoints::new(&stored.contribution.document.text)),
            entities: vec![None; annotations.entities.len()],
            relations: vec![None; annotations.relations.len()],
            stored,
        }
    }
}

impl RelationNode {
    /// A relation without statements.
    pub(super) fn of(relation: Relation, ends: (EntityRow, EntityRow)) -> Self {
        let evidence = Sorted::default();
        Self { relation: Arc::new(relation), ends, evidence, dated: 0, with_role: 0, with_amount: 0 }
    }

    /// Counts what one statement more or less says.
    pub(super) fn count_qualifiers(&mut self, said: &Qualifiers, more: bool) {
        let says = [said.date.is_some(), said.role.is_some(), said.amount.is_some()];
        let counts = [&mut self.dated, &mut self.with_role, &mut self.with_amount];
        for (count, _) in counts.into_iter().zip(says).filter(|(_, says)| *says) {
            *count = if more { *count + 1 } else { *count - 1 };
        }
    }
}
