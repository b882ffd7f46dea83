//! The knowledge graph: entities joined by relations, looked up by anything a reader may know them by, and walked.
//!
//! `graph.change(&changes)` → `graph.relations_of(canada)` → `[canada FUNDS projet]`
//!
//! A pure function of what it was given: the order in which documents come in does not matter. A graph never changes; the next one
//! shares with it all that is the same, and costs what is different (`edit`); one of many documents is made at once (`make`). Rows ([`EntityRow`], [`RelationRow`],
//! [`DocumentRow`]) are short-lived handles into one graph, never identities; no petgraph index leaves this module. Must not keep
//! facts that were not given to it.

mod count;
mod edit;
mod effort;
mod evidence;
mod find;
mod hop;
mod keep;
mod link;
mod make;
mod near;
mod neighborhood;
mod node;
mod paths;
mod qualifiers;
mod reach;
mod row;
mod strongest;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::collection::{Pages, Sorted};
use crate::model::{
    CodePoints, Document, DocumentId, Entity, EntityId, EntityKind, LocalEntity, Mention, Relation, RelationId,
    RelationKind, RelationMention, Span, Stored,
};
use link::Links;
use node::{DocumentNode, EntityNode, Occurrence, RelationNode};

pub use effort::{Effort, Exhausted};
pub use find::Found;
pub use hop::{Direction, Hop, Step};
pub use link::Link;
pub use make::GraphMaker;
pub use neighborhood::{Neighbor, Neighborhood, NeighborhoodRequest};
pub use paths::{Path, Paths, PathsRequest};
pub use row::{DocumentRow, EntityRow, EvidenceRow, MentionRow, RelationRow};

/// Entities, relations and documents, with everything needed to look them up and to walk. Copies are cheap.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    documents: Pages<Option<Arc<DocumentNode>>, 8>,
    documents_by_id: Sorted<(DocumentId, DocumentRow), 64>,
    entities: Pages<Option<Arc<EntityNode>>, 64>,
    /// Where each entity occurs, by document and place in its annotations. Lists that only some questions need stand apart from the
    /// entities.
    occurrences: Pages<Sorted<Occurrence>, 64>,
    /// The relations of each entity, by kind, then confidence (highest first), then the other end's id, then id.
    links: Pages<Links, 64>,
    entities_by_id: Sorted<(EntityId, EntityRow), 64>,
    relations: Pages<Option<Arc<RelationNode>>, 64>,
    relations_by_id: Sorted<(RelationId, RelationRow), 64>,
    /// Ids that were merged away, with the entities that have them now.
    merged: Sorted<(EntityId, EntityRow), 64>,
    /// Folded names and aliases, with the entities that have them, by id.
    named: Sorted<(Arc<str>, EntityId, EntityRow), 64>,
    /// Scheme and value of ids elsewhere, with the entities that have them, by id.
    external: Sorted<(Arc<str>, Arc<str>, EntityId, EntityRow), 64>,
    entity_counts: BTreeMap<EntityKind, usize>,
    relation_counts: BTreeMap<RelationKind, usize>,
    mention_count: usize,
}

/// What a row of this graph leads to; a row of another graph is a mistake of ours.
fn known<T>(thing: Option<&Option<Arc<T>>>) -> &T {
    thing.and_then(Option::as_deref).expect("a row is used with the graph that it was taken from")
}

impl Graph {
    fn entity_node(&self, row: EntityRow) -> &EntityNode {
        known(self.entities.get(row.position()))
    }

    fn relation_node(&self, row: RelationRow) -> &RelationNode {
        known(self.relations.get(row.position()))
    }

    fn document_node(&self, row: DocumentRow) -> &DocumentNode {
        known(self.documents.get(row.position()))
    }

    /// The rows of all entities, by id.
    pub fn entity_rows(&self) -> impl DoubleEndedIterator<Item = EntityRow> + use<'_> {
        self.entities_by_id.iter().map(|(_, row)| *row)
    }

    /// The rows of all relations, by id.
    pub fn relation_rows(&self) -> impl DoubleEndedIterator<Item = RelationRow> + use<'_> {
        self.relations_by_id.iter().map(|(_, row)| *row)
    }

    /// The rows of all relations as they lie, and of some that are gone ([`Graph::has_relation`]): visited in this order they take the least
    /// reading.
    pub fn relation_rows_as_they_lie(&self) -> impl Iterator<Item = RelationRow> + use<> {
        (0..self.relations.len()).map(RelationRow::at)
    }

    /// Whether a relation is at this row.
    pub fn has_relation(&self, row: RelationRow) -> bool {
        self.relations.get(row.position()).is_some_and(Option::is_some)
    }

    /// The rows of all documents, by id.
    pub fn document_rows(&self) -> impl DoubleEndedIterator<Item = DocumentRow> + use<'_> {
        self.documents_by_id.iter().map(|(_, row)| *row)
    }

    /// The ids of all documents in order, each with its row.
    pub fn document_ids(&self) -> impl Iterator<Item = (&DocumentId, DocumentRow)> + use<'_> {
        self.documents_by_id.iter().map(|(id, row)| (id, *row))
    }

    /// The rows of the entities whose ids stand behind a text, by id.
    pub fn entity_rows_after(&self, id: &str) -> impl Iterator<Item = EntityRow> + use<'_> {
        let id = id.to_owned();
        self.entities_by_id.onwards(move |(known, _)| known.as_str() <= id.as_str()).map(|(_, row)| *row)
    }

    /// All entities, by id.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = &Entity> + use<'_> {
        self.entity_rows().map(|row| self.entity(row))
    }

    /// The rows of the relations whose ids stand behind a text, by id.
    pub fn relation_rows_after(&self, id: &str) -> impl Iterator<Item = RelationRow> + use<'_> {
        let id = id.to_owned();
        self.relations_by_id.onwards(move |(known, _)| known.as_str() <= id.as_str()).map(|(_, row)| *row)
    }

    /// All relations, by id.
    pub fn relations(&self) -> impl DoubleEndedIterator<Item = &Relation> + use<'_> {
        self.relation_rows().map(|row| self.relation(row))
    }

    /// The rows of the documents whose ids stand behind a text, by id.
    pub fn document_rows_after(&self, id: &str) -> impl Iterator<Item = DocumentRow> + use<'_> {
        let id = id.to_owned();
        self.documents_by_id.onwards(move |(known, _)| known.as_str() <= id.as_str()).map(|(_, row)| *row)
    }

    /// All documents, by id.
    pub fn documents(&self) -> impl DoubleEndedIterator<Item = &Document> + use<'_> {
        self.document_rows().map(|row| self.document(row))
    }

    /// The entity at a row of this graph.
    pub fn entity(&self, row: EntityRow) -> &Entity {
        &self.entity_node(row).entity
    }

    /// The relation at a row of this graph.
    pub fn relation(&self, row: RelationRow) -> &Relation {
        &self.relation_node(row).relation
    }

    /// The document at a row of this graph.
    pub fn document(&self, row: DocumentRow) -> &Document {
        &self.document_node(row).stored.contribution.document
    }

    /// The document at a row with what was observed in it, and since when the graph has it.
    pub fn stored(&self, row: DocumentRow) -> &Stored {
        &self.document_node(row).stored
    }

    /// The index that turns byte offsets of a document's text into code points.
    pub fn code_points(&self, row: DocumentRow) -> &CodePoints {
        &self.document_node(row).code_points
    }

    /// The subject and object of a relation.
    pub fn ends(&self, relation: RelationRow) -> (EntityRow, EntityRow) {
        self.relation_node(relation).ends
    }

    /// The end of a relation that is not this entity (the entity itself when it is both).
    pub fn other_end(&self, relation: RelationRow, entity: EntityRow) -> EntityRow {
        let (subject, object) = self.ends(relation);
        if subject == entity { object } else { subject }
    }

    /// How many relations an entity has.
    pub fn degree(&self, entity: EntityRow) -> usize {
        self.links_at(entity).len()
    }

    /// The relations of an entity, by kind, then confidence (highest first), then the other end's id.
    pub fn relations_of(&self, entity: EntityRow) -> impl DoubleEndedIterator<Item = RelationRow> + use<'_> {
        self.links(entity).map(|link| link.relation)
    }

    /// The relations of an entity of one kind, in the same order.
    pub fn relations_of_kind(
        &self,
        entity: EntityRow,
        kind: RelationKind,
    ) -> impl DoubleEndedIterator<Item = RelationRow> + use<'_> {
        self.links_of_kind(entity, kind).map(|link| link.relation)
    }

    /// The mentions of an entity, by document and place in it.
    pub fn mentions(&self, entity: EntityRow) -> impl Iterator<Item = MentionRow> + use<'_> {
        let occurrences = self.occurrences_of(entity);
        let mut seen = None;
        occurrences.iter().filter(move |at| seen.replace(at.document) != Some(at.document)).flat_map(move |first| {
            let in_document = occurrences.range(|at| self.compare_documents(at.document, first.document));
            let rows = in_document.flat_map(|at| {
                let count = self.local_entity(at.document, at.local).mentions.len() as u32;
                (0..count).map(|number| MentionRow { document: at.document, local: at.local, number })
            });
            let mut rows: Vec<_> = rows.collect();
            rows.sort_by_key(|row| self.mention(*row).span);
            rows
        })
    }

    /// How often an entity is mentioned.
    pub fn mention_count(&self, entity: EntityRow) -> usize {
        self.entity_node(entity).mention_count
    }

    fn occurrences_of(&self, entity: EntityRow) -> &Sorted<Occurrence> {
        self.occurrences.get(entity.position()).expect("a row is used with the graph that it was taken from")
    }

    /// The local entities that an entity is in one document.
    fn locals_in(&self, entity: EntityRow, document: DocumentRow) -> impl Iterator<Item = &LocalEntity> + use<'_> {
        let occurrences = self.occurrences_of(entity);
        let there = occurrences.range(move |at| self.compare_documents(at.document, document));
        there.map(|at| self.local_entity(at.document, at.local))
    }

    /// Whether a document mentions an entity.
    pub fn is_mentioned_in(&self, entity: EntityRow, document: DocumentRow) -> bool {
        self.locals_in(entity, document).next().is_some()
    }

    /// A mention of this graph.
    pub fn mention(&self, row: MentionRow) -> &Mention {
        &self.local_entity(row.document, row.local).mentions[row.number as usize]
    }

    fn local_entity(&self, document: DocumentRow, local: u32) -> &LocalEntity {
        &self.document_node(document).stored.contribution.annotations.entities[local as usize]
    }

    /// The statements that a relation rests on, the strongest first: by confidence, asserted before planned before proposed; then by
    /// document and place in it. Never empty.
    pub fn evidence(&self, relation: RelationRow) -> impl DoubleEndedIterator<Item = EvidenceRow> + use<'_> {
        self.relation_node(relation).evidence.iter().copied()
    }

    /// How many statements a relation rests on.
    pub fn evidence_count(&self, relation: RelationRow) -> usize {
        self.relation_node(relation).evidence.len()
    }

    /// A statement of this graph.
    pub fn statement(&self, row: EvidenceRow) -> &RelationMention {
        &self.document_node(row.document).stored.contribution.annotations.relations[row.statement as usize]
    }

    /// What stands for the subject and for the object of the relation in a statement.
    pub fn spans_of_ends(&self, row: EvidenceRow) -> (Span, Span) {
        let statement = self.statement(row);
        let ends = (statement.subject_span, statement.object_span);
        if row.swapped { (ends.1, ends.0) } else { ends }
    }

    /// The entities mentioned in a document, by id.
    pub fn entities_in(&self, document: DocumentRow) -> Vec<EntityRow> {
        let mut rows: Vec<_> = self.document_node(document).entities.iter().flatten().copied().collect();
        rows.sort_by(|a, b| self.compare_entities(*a, *b));
        rows.dedup();
        rows
    }

    /// All mentions in a document with the entities that they belong to, in no order that matters.
    pub fn mentions_in(&self, document: DocumentRow) -> impl Iterator<Item = (Span, EntityRow)> + use<'_> {
        let node = self.document_node(document);
        let locals = node.stored.contribution.annotations.entities.iter().zip(&node.entities);
        let belonging = locals.filter_map(|(local, row)| Some((local, (*row)?)));
        belonging.flat_map(|(local, row)| local.mentions.iter().map(move |mention| (mention.span, row)))
    }

    /// The relations that a document states, by id.
    pub fn relations_in(&self, document: DocumentRow) -> Vec<RelationRow> {
        let mut rows: Vec<_> = self.document_node(document).relations.iter().flatten().copied().collect();
        rows.sort_by(|a, b| self.compare_relations(*a, *b));
        rows.dedup();
        rows
    }

    /// The documents that mention an entity, by id.
    pub fn documents_of(&self, entity: EntityRow) -> Vec<DocumentRow> {
        let mut rows: Vec<_> = self.occurrences_of(entity).iter().map(|at| at.document).collect();
        rows.dedup();
        rows
    }

    /// Entities by id, whatever their rows.
    pub fn compare_entities(&self, a: EntityRow, b: EntityRow) -> std::cmp::Ordering {
        if a == b { std::cmp::Ordering::Equal } else { self.entity(a).id.cmp(&self.entity(b).id) }
    }

    /// Relations by id, whatever their rows.
    pub fn compare_relations(&self, a: RelationRow, b: RelationRow) -> std::cmp::Ordering {
        if a == b { std::cmp::Ordering::Equal } else { self.relation(a).id.cmp(&self.relation(b).id) }
    }

    fn compare_documents(&self, a: DocumentRow, b: DocumentRow) -> std::cmp::Ordering {
        if a == b { std::cmp::Ordering::Equal } else { self.document(a).id.cmp(&self.document(b).id) }
    }
}
