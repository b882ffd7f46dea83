//! The knowledge graph: entities joined by relations, looked up by anything a reader may know them by, and walked.
//!
//! `Graph::build([d], [canada, projet], [canada FUNDS projet])` → `graph.relations_of(canada)` → `[canada FUNDS projet]`
//!
//! A pure function of its input: the order in which documents, entities and relations are given does not matter. Rows
//! ([`EntityRow`], [`RelationRow`], [`DocumentRow`]) are short-lived handles into one graph, never identities; no petgraph
//! index leaves this module. Must not keep facts that were not given to it.

mod hop;
mod names;
mod neighborhood;
mod paths;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{
    CodePoints, Document, DocumentId, Entity, EntityId, EntityKind, Relation, RelationId, RelationKind,
};

pub use hop::{Direction, Hop, Step};
pub use neighborhood::{Neighbor, Neighborhood, NeighborhoodRequest};
pub use paths::{Path, Paths, PathsRequest};

macro_rules! row {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The row at a position of the graph's list.
            pub fn at(position: usize) -> Self {
                Self(u32::try_from(position).expect("a graph has fewer than four billion rows"))
            }

            /// Its position in the graph's list.
            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    };
}

row! {
    /// An entity of one graph; rows are in the order of entity ids.
    EntityRow
}
row! {
    /// A relation of one graph; rows are in the order of relation ids.
    RelationRow
}
row! {
    /// A document of one graph; rows are in the order of document ids.
    DocumentRow
}

/// How an id was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is the entity's id.
    Current(EntityRow),
    /// It was the id of an entity that has been merged into this one.
    Merged(EntityRow),
}

impl Found {
    /// The entity, however it was found.
    pub fn row(self) -> EntityRow {
        match self {
            Self::Current(row) | Self::Merged(row) => row,
        }
    }
}

/// Entities, relations and documents, each sorted by id, with everything needed to look them up and to walk.
#[derive(Debug)]
pub struct Graph {
    documents: Vec<Document>,
    code_points: Vec<CodePoints>,
    entities: Vec<Entity>,
    relations: Vec<Relation>,
    ends: Vec<(EntityRow, EntityRow)>,
    /// Vertices are entity rows, in order; weights are relation rows.
    links: DiGraph<EntityRow, RelationRow>,
    /// Per entity: its relations by kind, then confidence (highest first), then the other end.
    relations_of: Vec<Vec<RelationRow>>,
    entities_in: Vec<Vec<EntityRow>>,
    relations_in: Vec<Vec<RelationRow>>,
    merged: BTreeMap<EntityId, EntityRow>,
    external: HashMap<(String, String), Vec<EntityRow>>,
    named: HashMap<String, Vec<EntityRow>>,
}

impl Graph {
    /// Builds the graph. Of things with equal ids the first is kept; mentions and evidence of unknown documents are left out,
    /// and so are relations without evidence or with an unknown end; an end that was merged away stands for the entity it was
    /// merged into.
    pub fn build(documents: Vec<Document>, entities: Vec<Entity>, relations: Vec<Relation>) -> Self {
        let documents = sorted(documents, |d| d.id.clone());
        let known = |id: &DocumentId| documents.binary_search_by(|d| d.id.cmp(id)).is_ok();
        let mut entities = sorted(entities, |e| e.id.clone());
        entities.iter_mut().for_each(|e| e.mentions.retain(|m| known(&m.document)));
        let merged = merged_ids(&entities);
        let find = |id: &EntityId| find_entity(&entities, &merged, id).map(Found::row);
        let mut relations = sorted(relations, |r| r.id.clone());
        relations.iter_mut().for_each(|r| r.evidence.retain(|e| known(&e.document)));
        relations.retain(|r| !r.evidence.is_empty() && find(&r.subject).is_some() && find(&r.object).is_some());
        let ends: Vec<_> = relations.iter().filter_map(|r| Some((find(&r.subject)?, find(&r.object)?))).collect();

        let mut links = DiGraph::with_capacity(entities.len(), relations.len());
        for position in 0..entities.len() {
            links.add_node(EntityRow::at(position));
        }
        for (position, (subject, object)) in ends.iter().enumerate() {
            links.add_edge(
                NodeIndex::new(subject.position()),
                NodeIndex::new(object.position()),
                RelationRow::at(position),
            );
        }
        let code_points = documents.iter().map(|d| CodePoints::new(&d.text)).collect();
        let entities_in =
            per_document(&documents, entities.iter().map(|e| e.mentions.iter().map(|m| &m.document)), EntityRow::at);
        let relations_in =
            per_document(&documents, relations.iter().map(|r| r.evidence.iter().map(|e| &e.document)), RelationRow::at);
        let external = names::by_external_id(&entities);
        let named = names::by_folded_name(&entities);
        let mut graph = Self {
            documents,
            code_points,
            relations_of: Vec::new(),
            entities,
            relations,
            ends,
            links,
            entities_in,
            relations_in,
            merged,
            external,
            named,
        };
        graph.relations_of = graph.entity_rows().map(|row| graph.ordered_relations(row)).collect();
        graph
    }

    fn ordered_relations(&self, entity: EntityRow) -> Vec<RelationRow> {
        let vertex = NodeIndex::new(entity.position());
        let out = self.links.edges_directed(vertex, petgraph::Outgoing).map(|link| *link.weight());
        let into = self.links.edges_directed(vertex, petgraph::Incoming).map(|link| *link.weight());
        let mut rows: Vec<_> = out.chain(into).collect();
        rows.sort_by(|a, b| {
            let (left, right) = (self.relation(*a), self.relation(*b));
            let kinds = left.kind.cmp(&right.kind);
            let ends = || self.other_end(*a, entity).cmp(&self.other_end(*b, entity));
            kinds.then_with(|| right.confidence.total_cmp(&left.confidence)).then_with(ends).then_with(|| a.cmp(b))
        });
        rows.dedup();
        rows
    }

    /// All entities, by id.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// All relations, by id.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// All documents, by id.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The rows of all entities, by id.
    pub fn entity_rows(&self) -> impl DoubleEndedIterator<Item = EntityRow> + use<> {
        (0..self.entities.len()).map(EntityRow::at)
    }

    /// The rows of all relations, by id.
    pub fn relation_rows(&self) -> impl DoubleEndedIterator<Item = RelationRow> + use<> {
        (0..self.relations.len()).map(RelationRow::at)
    }

    /// The rows of all documents, by id.
    pub fn document_rows(&self) -> impl DoubleEndedIterator<Item = DocumentRow> + use<> {
        (0..self.documents.len()).map(DocumentRow::at)
    }

    /// The entity at a row of this graph.
    pub fn entity(&self, row: EntityRow) -> &Entity {
        &self.entities[row.position()]
    }

    /// The relation at a row of this graph.
    pub fn relation(&self, row: RelationRow) -> &Relation {
        &self.relations[row.position()]
    }

    /// The document at a row of this graph.
    pub fn document(&self, row: DocumentRow) -> &Document {
        &self.documents[row.position()]
    }

    /// The index that turns byte offsets of a document's text into code points.
    pub fn code_points(&self, row: DocumentRow) -> &CodePoints {
        &self.code_points[row.position()]
    }

    /// The entity with this id, or into which the entity with this id was merged.
    pub fn find_entity(&self, id: &EntityId) -> Option<Found> {
        find_entity(&self.entities, &self.merged, id)
    }

    /// The relation with this id.
    pub fn find_relation(&self, id: &RelationId) -> Option<RelationRow> {
        self.relations.binary_search_by(|r| r.id.cmp(id)).ok().map(RelationRow::at)
    }

    /// The document with this id.
    pub fn find_document(&self, id: &DocumentId) -> Option<DocumentRow> {
        self.documents.binary_search_by(|d| d.id.cmp(id)).ok().map(DocumentRow::at)
    }

    /// The entities that carry this id of this scheme (`iso3166-1`, `SV`), by id.
    pub fn find_external(&self, scheme: &str, value: &str) -> &[EntityRow] {
        self.external.get(&(scheme.to_string(), value.to_string())).map_or(&[], Vec::as_slice)
    }

    /// The entities of which a name or alias folds to the same text, by id.
    pub fn find_named(&self, name: &str) -> &[EntityRow] {
        self.named.get(&crate::model::fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The subject and object of a relation.
    pub fn ends(&self, relation: RelationRow) -> (EntityRow, EntityRow) {
        self.ends[relation.position()]
    }

    /// The end of a relation that is not this entity (the entity itself when it is both).
    pub fn other_end(&self, relation: RelationRow, entity: EntityRow) -> EntityRow {
        let (subject, object) = self.ends(relation);
        if subject == entity { object } else { subject }
    }

    /// The relations of an entity, by kind, then confidence (highest first), then the other end's id.
    pub fn relations_of(&self, entity: EntityRow) -> &[RelationRow] {
        &self.relations_of[entity.position()]
    }

    /// The relations of an entity of one kind, in the same order.
    pub fn relations_of_kind(&self, entity: EntityRow, kind: RelationKind) -> &[RelationRow] {
        let rows = self.relations_of(entity);
        let start = rows.partition_point(|r| self.relation(*r).kind < kind);
        let end = rows.partition_point(|r| self.relation(*r).kind <= kind);
        &rows[start..end]
    }

    /// The entities mentioned in a document, by id.
    pub fn entities_in(&self, document: DocumentRow) -> &[EntityRow] {
        &self.entities_in[document.position()]
    }

    /// The relations that a document states, by id.
    pub fn relations_in(&self, document: DocumentRow) -> &[RelationRow] {
        &self.relations_in[document.position()]
    }

    /// The documents that mention an entity, by id.
    pub fn documents_of(&self, entity: EntityRow) -> Vec<DocumentRow> {
        let ids: BTreeSet<_> = self.entity(entity).mentions.iter().map(|m| &m.document).collect();
        ids.into_iter().filter_map(|id| self.find_document(id)).collect()
    }

    /// How many groups of entities there are between which no relation leads.
    pub fn components(&self) -> usize {
        petgraph::algo::connected_components(&self.links)
    }

    /// How many entities there are of each kind.
    pub fn entity_counts(&self) -> BTreeMap<EntityKind, usize> {
        counts(self.entities.iter().map(|e| e.kind))
    }

    /// How many relations there are of each kind.
    pub fn relation_counts(&self) -> BTreeMap<RelationKind, usize> {
        counts(self.relations.iter().map(|r| r.kind))
    }
}

fn counts<K: Ord>(kinds: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    kinds.fold(BTreeMap::new(), |mut counts, kind| {
        *counts.entry(kind).or_default() += 1;
        counts
    })
}

fn sorted<T, K: Ord>(mut things: Vec<T>, id: impl Fn(&T) -> K) -> Vec<T> {
    things.sort_by_cached_key(&id);
    things.dedup_by(|later, first| id(later) == id(first));
    things
}

fn merged_ids(entities: &[Entity]) -> BTreeMap<EntityId, EntityRow> {
    let pairs = entities
        .iter()
        .enumerate()
        .flat_map(|(at, e)| e.merged_ids.iter().map(move |id| (id.clone(), EntityRow::at(at))));
    pairs.collect()
}

fn find_entity(entities: &[Entity], merged: &BTreeMap<EntityId, EntityRow>, id: &EntityId) -> Option<Found> {
    match entities.binary_search_by(|e| e.id.cmp(id)) {
        Ok(position) => Some(Found::Current(EntityRow::at(position))),
        Err(_) => merged.get(id).copied().map(Found::Merged),
    }
}

/// For each document the rows of the things that name it.
fn per_document<'a, R: Ord + Copy, I: Iterator<Item = &'a DocumentId>>(
    documents: &[Document],
    named_by: impl Iterator<Item = I>,
    row: impl Fn(usize) -> R,
) -> Vec<Vec<R>> {
    let mut rows = vec![BTreeSet::new(); documents.len()];
    for (position, ids) in named_by.enumerate() {
        for id in ids {
            if let Ok(document) = documents.binary_search_by(|d| d.id.cmp(id)) {
                rows[document].insert(row(position));
            }
        }
    }
    rows.into_iter().map(|set| set.into_iter().collect()).collect()
}
