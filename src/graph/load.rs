//! A graph of many documents at once: everything is gathered first, and put in order once.
//!
//! `Graph::of(changes)` → what `change` makes of an empty graph, in a tenth of the time when there is much
//!
//! Keys of orders are ranks here, numbers that compare as the ids do.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rayon::prelude::*;

use super::link::{Link, Links};
use super::node::{DocumentNode, EntityNode, Occurrence, RelationNode};
use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use super::{Graph, find};
use crate::collection::Sorted;
use crate::model::{
    Belonging, Changes, DocumentId, Entity, EntityId, Qualifiers, Relation, RelationId, RelationKind, Stored,
};

/// What is known of entities and relations before anything is in order.
#[derive(Default)]
struct Gathered {
    entities: Vec<Entity>,
    occurrences: Vec<Vec<Occurrence>>,
    rows: HashMap<EntityId, EntityRow>,
    relations: Vec<(RelationKind, EntityRow, EntityRow)>,
    evidence: Vec<Vec<EvidenceRow>>,
    relation_rows: HashMap<(RelationKind, EntityRow, EntityRow), usize>,
}

impl Graph {
    /// The graph that these changes make of an empty one.
    pub fn of(changes: Changes) -> Self {
        let mut documents = documents(changes.added);
        let rows: HashMap<DocumentId, DocumentRow> =
            (0..).zip(&documents).map(|(at, node)| (id_of(node).clone(), DocumentRow::at(at))).collect();
        let mut values: HashMap<EntityId, Entity> =
            changes.entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        let mut gathered = Gathered::default();
        for belonging in changes.attached {
            let Some(row) = rows.get(&belonging.document) else { continue };
            gathered.attach(&mut documents[row.position()], *row, &belonging, &mut values);
        }
        drop((rows, values));
        let Gathered { entities, occurrences, relations, evidence, .. } = gathered;
        let mut graph = Self::default();
        graph.keep_documents(documents);
        graph.keep_relations(&entities, &relations, evidence);
        graph.keep_entities(entities, occurrences, &relations);
        for (id, confirmed) in &changes.confirmed {
            graph.confirm(id, *confirmed);
        }
        graph
    }

    fn keep_documents(&mut self, documents: Vec<DocumentNode>) {
        let mut by_id: Vec<_> =
            (0..).zip(&documents).map(|(at, node)| (id_of(node).clone(), DocumentRow::at(at))).collect();
        by_id.par_sort_unstable();
        self.documents_by_id = Sorted::of_ordered(by_id);
        self.documents = documents.into_iter().map(|node| Some(Arc::new(node))).collect();
    }

    fn keep_relations(
        &mut self,
        entities: &[Entity],
        relations: &[(RelationKind, EntityRow, EntityRow)],
        mut evidence: Vec<Vec<EvidenceRow>>,
    ) {
        let rank = ranks(self.documents_by_id.iter().map(|(_, row)| row.position()), self.documents.len());
        evidence.par_iter_mut().for_each(|rows| {
            let key = |row: &EvidenceRow| {
                let statement = self.statement(*row);
                // Beliefs are above zero: their bits compare as they do.
                let strength = std::cmp::Reverse(statement.confidence.to_bits());
                (strength, statement.qualifiers.modality, rank[row.document.position()])
            };
            rows.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| self.compare_evidence(a, b)));
            rows.dedup();
        });
        let nodes: Vec<_> = relations
            .par_iter()
            .zip(evidence)
            .map(|((kind, subject, object), evidence)| {
                let (from, to) = (&entities[subject.position()].id, &entities[object.position()].id);
                self.relation_of((*kind, *subject, *object), from, to, evidence)
            })
            .collect();
        let mut by_id: Vec<_> =
            (0..).zip(&nodes).map(|(at, node)| (node.relation.id.clone(), RelationRow::at(at))).collect();
        by_id.par_sort_unstable();
        self.relations_by_id = Sorted::of_ordered(by_id);
        for (kind, ..) in relations {
            *self.relation_counts.entry(*kind).or_default() += 1;
        }
        self.relations = nodes.into_iter().map(|node| Some(Arc::new(node))).collect();
    }

    /// A relation, and what its statements add up to.
    fn relation_of(
        &self,
        (kind, subject_row, object_row): (RelationKind, EntityRow, EntityRow),
        subject: &EntityId,
        object: &EntityId,
        evidence: Vec<EvidenceRow>,
    ) -> RelationNode {
        let relation = Relation {
            id: RelationId::new(kind, subject, object),
            kind,
            subject: subject.clone(),
            object: object.clone(),
            confidence: 0.0,
            qualifiers: Qualifiers::default(),
            confirmed: false,
        };
        let mut node = RelationNode::of(relation, (subject_row, object_row));
        for row in &evidence {
            node.count_qualifiers(&self.statement(*row).qualifiers, true);
        }
        node.evidence = Sorted::of_ordered(evidence);
        if let Some((confidence, qualifiers)) = self.sum(&node) {
            let relation = Arc::make_mut(&mut node.relation);
            (relation.confidence, relation.qualifiers) = (confidence, qualifiers);
        }
        node
    }

    fn keep_entities(
        &mut self,
        entities: Vec<Entity>,
        mut occurrences: Vec<Vec<Occurrence>>,
        relations: &[(RelationKind, EntityRow, EntityRow)],
    ) {
        let mut by_id: Vec<_> =
            (0..).zip(&entities).map(|(at, entity)| (entity.id.clone(), EntityRow::at(at))).collect();
        by_id.par_sort_unstable();
        let mut around: Vec<Vec<Link>> = vec![Vec::new(); entities.len()];
        for (at, (kind, subject, object)) in relations.iter().enumerate() {
            let row = RelationRow::at(at);
            let said = (row, *kind, self.relation(row).confidence);
            let link = |entity| Link::seen_from(entity, said, (*subject, *object), |end| entities[end.position()].kind);
            around[subject.position()].push(link(*subject));
            if object != subject {
                around[object.position()].push(link(*object));
            }
        }
        let document_rank = ranks(self.documents_by_id.iter().map(|(_, row)| row.position()), self.documents.len());
        occurrences.par_iter_mut().for_each(|list| {
            list.sort_unstable_by_key(|at| (document_rank[at.document.position()], at.local));
            list.dedup();
        });
        let entity_rank = ranks(by_id.iter().map(|(_, row)| row.position()), entities.len());
        let relation_rank = ranks(self.relations_by_id.iter().map(|(_, row)| row.position()), relations.len());
        around.par_iter_mut().for_each(|links| {
            links.sort_unstable_by_key(|link| {
                // Beliefs are above zero: their bits compare as they do.
                let strength = std::cmp::Reverse(link.confidence.to_bits());
                (link.kind, strength, entity_rank[link.end.position()], relation_rank[link.relation.position()])
            });
        });
        self.list_all(&entities);
        let nodes = entities.into_iter().zip(&occurrences).map(|(entity, occurrences)| {
            let count = |at: &Occurrence| self.local_entity(at.document, at.local).mentions.len();
            let mention_count = occurrences.iter().map(count).sum();
            Some(Arc::new(EntityNode { entity: Arc::new(entity), mention_count }))
        });
        let nodes = nodes.collect();
        self.entities = nodes;
        self.occurrences = occurrences.into_iter().map(Sorted::of_ordered).collect();
        self.links = around.into_iter().map(|links| Links(Sorted::of_ordered(links))).collect();
        self.entities_by_id = Sorted::of_ordered(by_id);
        self.mention_count = self.entity_rows().map(|row| self.mention_count(row)).sum();
    }

    /// Makes all entities found by what they are known by.
    fn list_all(&mut self, entities: &[Entity]) {
        let (mut named, mut external, mut merged) = (Vec::new(), Vec::new(), Vec::new());
        for (at, entity) in entities.iter().enumerate() {
            let row = EntityRow::at(at);
            named.extend(find::folded_names(entity).into_iter().map(|name| (name, entity.id.clone(), row)));
            for (scheme, value) in &entity.external_ids {
                external.push((Arc::from(scheme.as_str()), Arc::from(value.as_str()), entity.id.clone(), row));
            }
            merged.extend(entity.merged_ids.iter().map(|id| (id.clone(), row)));
            *self.entity_counts.entry(entity.kind).or_default() += 1;
        }
        named.par_sort_unstable();
        external.par_sort_unstable();
        merged.par_sort_unstable();
        merged.dedup_by(|next, kept| next.0 == kept.0);
        self.named = Sorted::of_ordered(named);
        self.external = Sorted::of_ordered(external);
        self.merged = Sorted::of_ordered(merged);
    }
}

impl Gathered {
    fn attach(
        &mut self,
        node: &mut DocumentNode,
        document: DocumentRow,
        belonging: &Belonging,
        values: &mut HashMap<EntityId, Entity>,
    ) {
        for (local, id) in &belonging.mentions {
            let known = self.rows.get(id).copied();
            let Some(entity) = known.or_else(|| Some(self.add_entity(values.remove(id)?))) else { continue };
            self.occurrences[entity.position()].push(Occurrence { document, local: *local });
            node.entities[*local as usize] = Some(entity);
        }
        for (statement, subject, object) in &belonging.statements {
            let mention = &node.stored.contribution.annotations.relations[*statement as usize];
            // Most ends are where the document mentions them, and need not be looked up.
            let near = |local: usize, id: &EntityId| {
                node.entities[local].filter(|row: &EntityRow| self.entities[row.position()].id == *id)
            };
            let find = |local, id: &EntityId| near(local, id).or_else(|| self.rows.get(id).copied());
            let (Some(subject), Some(object)) = (find(mention.subject, subject), find(mention.object, object)) else {
                continue;
            };
            let swapped = node.entities[mention.subject] != Some(subject);
            let row = self.relation((mention.kind, subject, object));
            self.evidence[row].push(EvidenceRow { document, statement: *statement, swapped });
            node.relations[*statement as usize] = Some(RelationRow::at(row));
        }
    }

    fn add_entity(&mut self, entity: Entity) -> EntityRow {
        let row = EntityRow::at(self.entities.len());
        self.rows.insert(entity.id.clone(), row);
        self.entities.push(entity);
        self.occurrences.push(Vec::new());
        row
    }

    fn relation(&mut self, ends: (RelationKind, EntityRow, EntityRow)) -> usize {
        match self.relation_rows.entry(ends) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.relations.push(ends);
                self.evidence.push(Vec::new());
                *new.insert(self.relations.len() - 1)
            }
        }
    }
}

/// Documents of which nothing belongs anywhere yet, each id once.
fn documents(added: Vec<Stored>) -> Vec<DocumentNode> {
    let mut known = std::collections::HashSet::new();
    let first: Vec<_> =
        added.into_iter().filter(|stored| known.insert(stored.contribution.document.id.clone())).collect();
    first.into_par_iter().map(DocumentNode::of).collect()
}

fn id_of(node: &DocumentNode) -> &DocumentId {
    &node.stored.contribution.document.id
}

/// The rank of each of so many positions, from the positions in order.
fn ranks(order: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut ranks = vec![0; count];
    for (rank, position) in (0..).zip(order) {
        ranks[position] = rank;
    }
    ranks
}
