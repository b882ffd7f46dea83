//! What one document more or less, or a decision, changes in the graph: the way from resolution to graph and search.
//!
//! *one more document* → it, the entities that its mentions belong to, the ends of its statements, and the entities as they are now
//!
//! Mentions and statements are told by where they stand in their document's annotations. An entity is there while a mention
//! belongs to it, a relation while a statement does.

use std::collections::BTreeSet;

use super::{DocumentId, Entity, EntityId, RelationId, Stored};

/// Where things that stand in one document belong, or belong no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// The document.
    pub document: DocumentId,
    /// All mentions of a local entity (its index in the annotations) belong to an entity.
    pub mentions: Vec<(u32, EntityId)>,
    /// A statement (its index in the annotations) joins two entities, from subject to object. For a symmetric relation the ends may
    /// stand the other way round than in the statement.
    pub statements: Vec<(u32, EntityId, EntityId)>,
}

impl Belonging {
    /// Nothing of a document yet.
    pub fn of(document: DocumentId) -> Self {
        Self { document, mentions: Vec::new(), statements: Vec::new() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.statements.is_empty()
    }
}

/// Changes to be applied together, in the order of the fields. A document that is removed and added is extracted anew.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// What belongs somewhere no more.
    pub detached: Vec<Belonging>,
    /// Documents that go.
    pub removed: BTreeSet<DocumentId>,
    /// Documents that come in.
    pub added: Vec<Stored>,
    /// What belongs somewhere now.
    pub attached: Vec<Belonging>,
    /// Entities that are new or have changed, without those that are gone.
    pub entities: Vec<Entity>,
    /// Relations that somebody confirmed, or that nobody does any more.
    pub confirmed: Vec<(RelationId, bool)>,
}
