//! A graph that is made at once, of documents as they come: in memory, or page by page in a file.
//!
//! `let mut maker = GraphMaker::of(changes); maker.add(stored, &mut place)?; maker.finish(&mut place)?` → what `change` makes of an empty
//! graph, in a tenth of the time when there is much
//!
//! Of a document only what puts things in order is held once it has been added: of a statement its strength, its place, and what it says
//! beyond its kind and ends. Keys of orders are ranks, numbers that compare as the ids do.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::evidence::sum;
use super::keep::list;
use super::link::{Link, Links};
use super::node::{DocumentNode, EntityNode, Occurrence, RelationNode};
use super::qualifiers::{QualifiersNumber, QualifiersTable};
use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use super::{Graph, find};
use crate::collection::{Making, Pages, Place, Sorted};
use crate::model::{
    Annotations, Belonging, Changes, DocumentId, Entity, EntityId, Modality, Qualifiers, Relation, RelationId,
    RelationKind, RelationMention, RuleId, Span, Stored,
};

/// How many relations are put together at once.
const BATCH: usize = 16_384;

type Ends = (RelationKind, EntityRow, EntityRow);

/// A graph under way.
#[derive(Debug)]
pub struct GraphMaker {
    attached: HashMap<DocumentId, Vec<Belonging>>,
    values: HashMap<EntityId, Entity>,
    confirmed: HashSet<RelationId>,
    known: HashSet<DocumentId>,
    documents: Making<Option<Arc<DocumentNode>>, 8>,
    documents_by_id: Vec<(DocumentId, DocumentRow)>,
    entities: Vec<Entity>,
    rows: HashMap<EntityId, EntityRow>,
    occurrences: Vec<Vec<Occurrence>>,
    mention_counts: Vec<usize>,
    relations: Vec<Ends>,
    relation_rows: FxHashMap<Ends, u32>,
    statements: Vec<Statement>,
    said: QualifiersTable,
}

/// What is held of a statement.
#[derive(Debug)]
struct Statement {
    relation: u32,
    /// Beliefs are above zero: their bits compare as they do.
    strength: Reverse<u32>,
    modality: Modality,
    swapped: bool,
    document: DocumentRow,
    /// Its rank among those of its document that are as strong.
    place: u32,
    number: u32,
    said: QualifiersNumber,
}

impl Graph {
    /// The graph that these changes make of an empty one.
    pub fn of(mut changes: Changes) -> Self {
        let (added, mut memory) = (std::mem::take(&mut changes.added), Place::Memory);
        let mut maker = GraphMaker::of(changes);
        let made = added.into_iter().try_for_each(|stored| maker.add(stored, &mut memory).map(drop));
        made.and_then(|()| maker.finish(&mut memory)).expect("memory takes what it is given")
    }
}

impl GraphMaker {
    /// What is to be made of an empty graph; the documents of these changes are not looked at.
    pub fn of(changes: Changes) -> Self {
        let mut attached: HashMap<_, Vec<_>> = HashMap::with_capacity(changes.attached.len());
        for belonging in changes.attached {
            attached.entry(belonging.document.clone()).or_default().push(belonging);
        }
        let confirmed = changes.confirmed.into_iter();
        Self {
            attached,
            values: changes.entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect(),
            confirmed: confirmed.filter(|(_, confirmed)| *confirmed).map(|(id, _)| id).collect(),
            known: HashSet::new(),
            documents: Making::new(list::DOCUMENTS),
            documents_by_id: Vec::new(),
            entities: Vec::new(),
            rows: HashMap::new(),
            occurrences: Vec::new(),
            mention_counts: Vec::new(),
            relations: Vec::new(),
            relation_rows: FxHashMap::default(),
            statements: Vec::new(),
            said: QualifiersTable::default(),
        }
    }

    /// Adds a document and gives its row; none for one that is there already.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, stored: Stored, to: &mut Place<'_>) -> io::Result<Option<DocumentRow>> {
        let id = stored.contribution.document.id.clone();
        if !self.known.insert(id.clone()) {
            return Ok(None);
        }
        let row = DocumentRow::at(self.documents_by_id.len());
        let mut node = DocumentNode::of(stored);
        for belonging in self.attached.remove(&id).unwrap_or_default() {
            self.attach(&mut node, row, &belonging);
        }
        self.documents_by_id.push((id, row));
        self.documents.push(Some(Arc::new(node)), to)?;
        Ok(Some(row))
    }

    /// The entities so far, each at the position of its row.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The graph of all documents that were added. One in a file is empty here, and found there when the file is whole.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self, to: &mut Place<'_>) -> io::Result<Graph> {
        (self.attached, self.values, self.known, self.rows) = Default::default();
        self.relation_rows = FxHashMap::default();
        let mut graph = Graph {
            documents: std::mem::replace(&mut self.documents, Making::new(list::DOCUMENTS)).pages(to)?,
            ..Graph::default()
        };
        self.documents_by_id.par_sort_unstable();
        let document_rank =
            ranks(self.documents_by_id.iter().map(|(_, row)| row.position()), self.documents_by_id.len());
        graph.documents_by_id = sorted(list::DOCUMENTS_BY_ID, std::mem::take(&mut self.documents_by_id), to)?;
        self.keep_relations(&mut graph, &document_rank, to)?;
        self.keep_entities(&mut graph, &document_rank, to)?;
        if let Place::File(file) = to {
            graph.keep_counts(file)?;
        }
        Ok(graph)
    }

    fn attach(&mut self, node: &mut DocumentNode, document: DocumentRow, belonging: &Belonging) {
        let annotations = Arc::clone(&node.stored.contribution.annotations);
        for (local, id) in &belonging.mentions {
            let known = self.rows.get(id).copied();
            let Some(entity) = known.or_else(|| self.add_entity(id)) else { continue };
            self.occurrences[entity.position()].push(Occurrence { document, local: *local });
            self.mention_counts[entity.position()] += annotations.entities[*local as usize].mentions.len();
            node.entities[*local as usize] = Some(entity);
        }
        let places = places(&annotations);
        for (number, subject, object) in &belonging.statements {
            let mention = &annotations.relations[*number as usize];
            // Most ends are where the document mentions them, and need not be looked up.
            let near = |local: usize, id: &EntityId| {
                node.entities[local].filter(|row: &EntityRow| self.entities[row.position()].id == *id)
            };
            let find = |local, id: &EntityId| near(local, id).or_else(|| self.rows.get(id).copied());
            let (Some(subject), Some(object)) = (find(mention.subject, subject), find(mention.object, object)) else {
                continue;
            };
            let relation = self.relation((mention.kind, subject, object));
            node.relations[*number as usize] = Some(RelationRow::at(relation as usize));
            self.statements.push(Statement {
                relation,
                strength: Reverse(mention.confidence.to_bits()),
                modality: mention.qualifiers.modality,
                swapped: node.entities[mention.subject] != Some(subject),
                document,
                place: places.as_ref().map_or(*number, |places| places[*number as usize]),
                number: *number,
                said: self.said.put(&mention.qualifiers),
            });
        }
    }

    fn add_entity(&mut self, id: &EntityId) -> Option<EntityRow> {
        let entity = self.values.remove(id)?;
        let row = EntityRow::at(self.entities.len());
        self.rows.insert(entity.id.clone(), row);
        self.entities.push(entity);
        self.occurrences.push(Vec::new());
        self.mention_counts.push(0);
        Some(row)
    }

    fn relation(&mut self, ends: Ends) -> u32 {
        let next = u32::try_from(self.relations.len()).expect("a graph has fewer than four billion rows");
        let row = *self.relation_rows.entry(ends).or_insert(next);
        if row == next {
            self.relations.push(ends);
        }
        row
    }

    fn keep_relations(&mut self, graph: &mut Graph, document_rank: &[u32], to: &mut Place<'_>) -> io::Result<()> {
        let key = |s: &Statement| (s.relation, s.strength, s.modality, document_rank[s.document.position()], s.place);
        self.statements.par_sort_unstable_by_key(key);
        let mut ranges: Vec<Range<u32>> = Vec::with_capacity(self.relations.len());
        for same in self.statements.chunk_by(|a, b| a.relation == b.relation) {
            let start = ranges.last().map_or(0, |last| last.end);
            ranges.push(start..start + same.len() as u32);
        }
        let (mut nodes, mut by_id) = (Making::<_, 64>::new(list::RELATIONS), Vec::with_capacity(self.relations.len()));
        let mut confidences = Vec::with_capacity(self.relations.len());
        for (relations, ranges) in self.relations.chunks(BATCH).zip(ranges.chunks(BATCH)) {
            let make = |(ends, range): (&Ends, &Range<u32>)| {
                self.relation_of(*ends, &self.statements[range.start as usize..range.end as usize])
            };
            let made: Vec<RelationNode> = relations.par_iter().zip(ranges).map(make).collect();
            for node in made {
                by_id.push((node.relation.id.clone(), RelationRow::at(by_id.len())));
                confidences.push(node.relation.confidence);
                nodes.push(Some(Arc::new(node)), to)?;
            }
        }
        for (kind, ..) in &self.relations {
            *graph.relation_counts.entry(*kind).or_default() += 1;
        }
        self.statements = Vec::new();
        graph.relations = nodes.pages(to)?;
        by_id.par_sort_unstable();
        let relation_rank = ranks(by_id.iter().map(|(_, row): &(_, RelationRow)| row.position()), by_id.len());
        graph.relations_by_id = sorted(list::RELATIONS_BY_ID, by_id, to)?;
        graph.links = self.links(&confidences, &relation_rank, to)?;
        Ok(())
    }

    /// A relation, and what its statements add up to.
    fn relation_of(&self, (kind, subject_row, object_row): Ends, statements: &[Statement]) -> RelationNode {
        let (subject, object) = (&self.entities[subject_row.position()].id, &self.entities[object_row.position()].id);
        let id = RelationId::new(kind, subject, object);
        let confirmed = self.confirmed.contains(&id);
        let relation = Relation {
            id,
            kind,
            subject: subject.clone(),
            object: object.clone(),
            confidence: 0.0,
            qualifiers: Qualifiers::default(),
            confirmed,
        };
        let mut node = RelationNode::of(relation, (subject_row, object_row));
        let row = |s: &Statement| EvidenceRow { document: s.document, statement: s.number, swapped: s.swapped };
        for statement in statements {
            node.count_qualifiers(self.said.get(statement.said), true);
        }
        let said = statements.iter().map(|s| (f32::from_bits(s.strength.0), self.said.get(s.said)));
        if let Some((confidence, qualifiers)) = sum(&node, said) {
            let relation = Arc::make_mut(&mut node.relation);
            (relation.confidence, relation.qualifiers) = (confidence, qualifiers);
        }
        node.evidence = Sorted::of_ordered(statements.iter().map(row));
        node
    }
}

impl GraphMaker {
    /// The links of all entities.
    fn links(&self, confidences: &[f32], relation_rank: &[u32], to: &mut Place<'_>) -> io::Result<Pages<Links, 64>> {
        let mut degrees = vec![0_usize; self.entities.len()];
        for (_, subject, object) in &self.relations {
            degrees[subject.position()] += 1;
            degrees[object.position()] += usize::from(subject != object);
        }
        let mut around: Vec<Vec<Link>> = degrees.into_iter().map(Vec::with_capacity).collect();
        for (at, (kind, subject, object)) in self.relations.iter().enumerate() {
            let said = (RelationRow::at(at), *kind, confidences[at]);
            let kind_of = |end: EntityRow| self.entities[end.position()].kind;
            let link = |entity| Link::seen_from(entity, said, (*subject, *object), kind_of);
            around[subject.position()].push(link(*subject));
            if object != subject {
                around[object.position()].push(link(*object));
            }
        }
        let mut order: Vec<usize> = (0..self.entities.len()).collect();
        order.par_sort_unstable_by(|a, b| self.entities[*a].id.cmp(&self.entities[*b].id));
        let entity_rank = ranks(order.into_iter(), self.entities.len());
        around.par_iter_mut().for_each(|links| {
            links.sort_unstable_by_key(|link| {
                // Beliefs are above zero: their bits compare as they do.
                let strength = Reverse(link.confidence.to_bits());
                (link.kind, strength, entity_rank[link.end.position()], relation_rank[link.relation.position()])
            });
        });
        let mut links = Making::new(list::LINKS);
        links.extend(around.into_iter().map(|links| Links(Sorted::of_ordered(links))), to)?;
        links.pages(to)
    }

    fn keep_entities(self, graph: &mut Graph, document_rank: &[u32], to: &mut Place<'_>) -> io::Result<()> {
        let Self { entities, mut occurrences, mention_counts, .. } = self;
        occurrences.par_iter_mut().for_each(|list| {
            list.sort_unstable_by_key(|at| (document_rank[at.document.position()], at.local));
        });
        let mut lists = Making::new(list::OCCURRENCES);
        lists.extend(occurrences.into_iter().map(Sorted::of_ordered), to)?;
        graph.occurrences = lists.pages(to)?;
        graph.list_all(&entities, to)?;
        let mut by_id: Vec<_> =
            (0..).zip(&entities).map(|(at, entity)| (entity.id.clone(), EntityRow::at(at))).collect();
        by_id.par_sort_unstable();
        graph.entities_by_id = sorted(list::ENTITIES_BY_ID, by_id, to)?;
        graph.mention_count = mention_counts.iter().sum();
        let mut nodes = Making::new(list::ENTITIES);
        let node = |(entity, mention_count)| Some(Arc::new(EntityNode { entity: Arc::new(entity), mention_count }));
        nodes.extend(entities.into_iter().zip(mention_counts).map(node), to)?;
        graph.entities = nodes.pages(to)?;
        Ok(())
    }
}

impl Graph {
    /// Makes all entities found by what they are known by.
    fn list_all(&mut self, entities: &[Entity], to: &mut Place<'_>) -> io::Result<()> {
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
        self.named = sorted(list::NAMED, named, to)?;
        self.external = sorted(list::EXTERNAL, external, to)?;
        self.merged = sorted(list::MERGED, merged, to)?;
        Ok(())
    }
}

fn sorted<T: Serialize, const PAGE: usize>(
    name: &'static str,
    items: Vec<T>,
    to: &mut Place<'_>,
) -> io::Result<Sorted<T, PAGE>> {
    let mut list = Making::new(name);
    list.extend(items, to)?;
    list.sorted(to)
}

/// Where a statement stands; of several there, the rule decides.
fn place_of(statement: &RelationMention) -> (&[Span], Span, Span, &RuleId) {
    (&statement.evidence, statement.subject_span, statement.object_span, &statement.rule)
}

/// The rank of each statement of a document among those that are as strong; none where they stand in that order already.
fn places(annotations: &Annotations) -> Option<Vec<u32>> {
    let statements = &annotations.relations;
    if statements.is_sorted_by(|a, b| place_of(a) <= place_of(b)) {
        return None;
    }
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by(|a, b| place_of(&statements[*a]).cmp(&place_of(&statements[*b])));
    Some(ranks(order.into_iter(), statements.len()))
}

/// The rank of each of so many positions, from the positions in order.
fn ranks(order: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut ranks = vec![0; count];
    for (rank, position) in (0..).zip(order) {
        ranks[position] = rank;
    }
    ranks
}
