//! The next graph: what it shares with the last one is not touched.
//!
//! `graph.change(&changes)` → the rows of the entities that came, changed or went
//!
//! Costs what the changes touch: a page of each list that something is put into or taken from. Things whose last mention or statement
//! goes vanish by themselves. What names an entity or a document that is not there is left out.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::link::Links;
use super::node::{DocumentNode, EntityNode, Occurrence, RelationNode};
use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use super::{Graph, count};
use crate::collection::Sorted;
use crate::model::{Belonging, Changes, DocumentId, Entity, EntityId, RelationId, Stored};

/// What a change has touched so far.
#[derive(Default)]
pub(super) struct Touched {
    /// Entities that came or whose mentions changed.
    pub(super) entities: BTreeSet<EntityRow>,
    /// Of these, the ones that nothing finds yet.
    pub(super) new: BTreeSet<EntityRow>,
    pub(super) relations: BTreeSet<RelationRow>,
}

impl Graph {
    /// Applies changes. Gives the rows of the entities that were touched; at rows where nothing is any more one went.
    pub fn change(&mut self, changes: &Changes) -> BTreeSet<EntityRow> {
        let mut touched = Touched::default();
        changes.detached.iter().for_each(|belonging| self.detach(belonging, &mut touched));
        changes.removed.iter().for_each(|id| self.remove_document(id));
        changes.added.iter().for_each(|stored| self.add_document(stored));
        let values: HashMap<&EntityId, &Entity> = changes.entities.iter().map(|entity| (&entity.id, entity)).collect();
        changes.attached.iter().for_each(|belonging| self.attach(belonging, &values, &mut touched));
        self.settle_relations(&touched.relations);
        self.settle_entities(&mut touched, &changes.entities);
        for (id, confirmed) in &changes.confirmed {
            self.confirm(id, *confirmed);
        }
        touched.entities
    }

    pub(super) fn confirm(&mut self, id: &RelationId, confirmed: bool) {
        if let Some(node) = self.find_relation(id).and_then(|row| self.relation_mut(row)) {
            Arc::make_mut(&mut node.relation).confirmed = confirmed;
        }
    }

    /// Whether an entity is at this row.
    pub fn has_entity(&self, row: EntityRow) -> bool {
        self.entities.get(row.position()).is_some_and(Option::is_some)
    }

    pub(super) fn entity_mut(&mut self, row: EntityRow) -> Option<&mut EntityNode> {
        self.entities.get_mut(row.position())?.as_mut().map(Arc::make_mut)
    }

    pub(super) fn relation_mut(&mut self, row: RelationRow) -> Option<&mut RelationNode> {
        self.relations.get_mut(row.position())?.as_mut().map(Arc::make_mut)
    }

    fn document_mut(&mut self, row: DocumentRow) -> Option<&mut DocumentNode> {
        self.documents.get_mut(row.position())?.as_mut().map(Arc::make_mut)
    }

    fn add_document(&mut self, stored: &Stored) {
        let id = stored.contribution.document.id.clone();
        if self.find_document(&id).is_some() {
            return;
        }
        let node = DocumentNode::of(stored.clone());
        let row = DocumentRow::at(self.documents.push(Some(Arc::new(node))));
        self.documents_by_id.insert((id, row), |a, b| a.0.cmp(&b.0));
    }

    fn remove_document(&mut self, id: &DocumentId) {
        if let Some((_, row)) = self.documents_by_id.remove(|(known, _)| known.cmp(id))
            && let Some(slot) = self.documents.get_mut(row.position())
        {
            *slot = None;
        }
    }

    fn attach(&mut self, belonging: &Belonging, values: &HashMap<&EntityId, &Entity>, touched: &mut Touched) {
        let Some(document) = self.find_document(&belonging.document) else { return };
        for (local, id) in &belonging.mentions {
            let found = self.entities_by_id.find(|(known, _)| known.cmp(id)).map(|(_, row)| *row);
            let Some(entity) = found.or_else(|| Some(self.add_entity(values.get(id)?, touched))) else { continue };
            self.attach_mentions(entity, Occurrence { document, local: *local });
            touched.entities.insert(entity);
        }
        for (statement, subject, object) in &belonging.statements {
            let find = |id| self.entities_by_id.find(|(known, _)| known.cmp(id)).map(|(_, row)| *row);
            let (Some(subject), Some(object)) = (find(subject), find(object)) else { continue };
            self.attach_statement(document, *statement, (subject, object), touched);
        }
    }

    fn add_entity(&mut self, entity: &Entity, touched: &mut Touched) -> EntityRow {
        let node = EntityNode { entity: Arc::new(entity.clone()), mention_count: 0 };
        let row = EntityRow::at(self.entities.push(Some(Arc::new(node))));
        self.occurrences.push(Sorted::default());
        self.links.push(Links::default());
        self.entities_by_id.insert((entity.id.clone(), row), |a, b| a.0.cmp(&b.0));
        touched.new.insert(row);
        row
    }

    fn attach_mentions(&mut self, entity: EntityRow, occurrence: Occurrence) {
        let count = self.local_entity(occurrence.document, occurrence.local).mentions.len();
        let changed = self
            .with_occurrences(entity, |graph, list| list.insert(occurrence, |a, b| graph.compare_occurrences(a, b)));
        if let (true, Some(node)) = (changed, self.entity_mut(entity)) {
            node.mention_count += count;
            self.mention_count += count;
        }
        if let Some(node) = self.document_mut(occurrence.document) {
            node.entities[occurrence.local as usize] = Some(entity);
        }
    }

    fn detach_mentions(&mut self, entity: EntityRow, occurrence: Occurrence) {
        let count = self.local_entity(occurrence.document, occurrence.local).mentions.len();
        let changed = self.with_occurrences(entity, |graph, list| {
            list.remove(|other| graph.compare_occurrences(other, &occurrence)).is_some()
        });
        if let (true, Some(node)) = (changed, self.entity_mut(entity)) {
            node.mention_count -= count;
            self.mention_count -= count;
        }
        if let Some(node) = self.document_mut(occurrence.document) {
            node.entities[occurrence.local as usize] = None;
        }
    }

    fn compare_occurrences(&self, a: &Occurrence, b: &Occurrence) -> std::cmp::Ordering {
        self.compare_documents(a.document, b.document).then(a.local.cmp(&b.local))
    }

    /// Changes the list of where an entity occurs, with the graph at hand for its order.
    fn with_occurrences<T: Default>(
        &mut self,
        entity: EntityRow,
        change: impl FnOnce(&Self, &mut Sorted<Occurrence>) -> T,
    ) -> T {
        let Some(list) = self.occurrences.get_mut(entity.position()) else { return T::default() };
        let mut list = std::mem::take(list);
        let result = change(self, &mut list);
        if let Some(slot) = self.occurrences.get_mut(entity.position()) {
            *slot = list;
        }
        result
    }

    fn detach(&mut self, belonging: &Belonging, touched: &mut Touched) {
        let Some(document) = self.find_document(&belonging.document) else { return };
        for (statement, ..) in &belonging.statements {
            let node = self.document_mut(document);
            let relation = node.and_then(|node| node.relations.get_mut(*statement as usize)?.take());
            if let Some(relation) = relation {
                self.detach_statement(relation, EvidenceRow { document, statement: *statement, swapped: false });
                touched.relations.insert(relation);
            }
        }
        for (local, _) in &belonging.mentions {
            let entity = self.document_node(document).entities.get(*local as usize).copied().flatten();
            if let Some(entity) = entity {
                self.detach_mentions(entity, Occurrence { document, local: *local });
                touched.entities.insert(entity);
            }
        }
    }

    pub(super) fn set_relation_in(&mut self, document: DocumentRow, statement: u32, relation: RelationRow) {
        if let Some(node) = self.document_mut(document) {
            node.relations[statement as usize] = Some(relation);
        }
    }

    /// Entities without mentions go; the others are found by what they are called now.
    fn settle_entities(&mut self, touched: &mut Touched, values: &[Entity]) {
        let gone: Vec<_> = touched.entities.iter().copied().filter(|row| self.mention_count(*row) == 0).collect();
        for row in gone {
            let entity = Arc::clone(&self.entity_node(row).entity);
            if !touched.new.remove(&row) {
                self.unlist(&entity);
            }
            self.entities_by_id.remove(|(known, _)| known.cmp(&entity.id));
            if let Some(slot) = self.entities.get_mut(row.position()) {
                *slot = None;
            }
        }
        // All go from the indexes before any comes back: an id that was merged away may move from one to another.
        let mut changed = Vec::new();
        for value in values {
            let Some((_, row)) = self.entities_by_id.find(|(known, _)| known.cmp(&value.id)) else { continue };
            let row = *row;
            let known = Arc::clone(&self.entity_node(row).entity);
            let new = touched.new.contains(&row);
            if new || *known != *value {
                if !new {
                    self.unlist(&known);
                }
                changed.push((row, value));
            }
        }
        for (row, value) in changed {
            self.list(row, value);
            if let Some(node) = self.entity_mut(row) {
                node.entity = Arc::new(value.clone());
            }
            touched.entities.insert(row);
        }
    }
}

/// One thing less of a kind.
pub(super) use count::less;
