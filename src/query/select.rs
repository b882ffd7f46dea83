//! A part of the graph of any size: entities that meet conditions or lie around some, and the relations among them.
//!
//! `{ relations: { kind: [FUNDS] } }` → every funding relation and both its ends; `{ around: ["country:CA"], max_hops: 1 }` → Canada, what it
//! has relations with, and the relations among all of these
//!
//! What is selected is kept as a bit for each row, so that a selection of everything is as small as the graph allows; what is looked at to
//! find it does not stay in memory where the graph lies in a file. Pages have their own way ([`super::lists`]); this is for whoever takes
//! everything.

use crate::graph::{DocumentRow, Effort, EntityRow, Graph, RelationRow};
use crate::snapshot::{Pass, Snapshot};

use super::filter::Filter;
use super::holds::Trial;
use super::walk::bounded;
use super::{Budget, Cut, EntityFilter, NEIGHBORHOOD_HOPS_MAX, PAGE_MAX, Refusal, RelationFilter, resolve_entity};

/// Which part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelectionQuestion {
    /// Which entities. When there is no such condition but one on relations, those that the relations join.
    pub entities: Option<EntityFilter>,
    /// Which relations; always only those of which both ends are selected.
    pub relations: Option<RelationFilter>,
    /// Only what lies around these entities, by id or unique name; everywhere when there are none.
    pub around: Vec<String>,
    /// How many hops around them, over relations and entities that meet the conditions.
    pub max_hops: i32,
}

/// Marks of rows, by their positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marks {
    words: Vec<u64>,
    count: usize,
}

impl Marks {
    /// Marks a position; whether it was not marked before.
    fn mark(&mut self, position: usize) -> bool {
        let (word, bit) = (position / 64, 1 << (position % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        self.count += usize::from(new);
        new
    }

    fn has(&self, position: usize) -> bool {
        self.words.get(position / 64).is_some_and(|word| word & (1 << (position % 64)) != 0)
    }
}

/// A part of one snapshot; to be used with that snapshot alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    entities: Marks,
    relations: Marks,
    documents: Marks,
    /// What cut it, when it is not complete.
    pub cut: Option<Cut>,
}

impl Selection {
    /// How many entities there are.
    pub fn entity_count(&self) -> usize {
        self.entities.count
    }

    /// How many relations there are.
    pub fn relation_count(&self) -> usize {
        self.relations.count
    }

    /// How many documents the relations are stated in or the entities mentioned in.
    pub fn document_count(&self) -> usize {
        self.documents.count
    }

    /// The entities, by id.
    pub fn entities<'s>(&'s self, snapshot: &'s Snapshot) -> impl Iterator<Item = EntityRow> + use<'s> {
        snapshot.graph().entity_rows().filter(|row| self.entities.has(row.position()))
    }

    /// The relations: those whose strongest statements stand in one document together, documents by id and statements in their order
    /// there, so that no document is looked for twice.
    pub fn relations(&self, snapshot: &Snapshot) -> Vec<RelationRow> {
        let mut rank: Vec<u32> = Vec::new();
        for (number, row) in (0..).zip(snapshot.graph().document_rows()) {
            if rank.len() <= row.position() {
                rank.resize((row.position() + 1).next_power_of_two(), 0);
            }
            rank[row.position()] = number;
        }
        let mut pass = Pass::of(snapshot);
        let mut found: Vec<(u32, u32, RelationRow)> = Vec::with_capacity(self.relations.count);
        for row in snapshot.graph().relation_rows_as_they_lie().filter(|row| self.relations.has(row.position())) {
            let strongest = pass.view().graph().evidence(row).next();
            found.extend(strongest.map(|at| (rank[at.document.position()], at.statement, row)));
        }
        found.sort_unstable();
        found.into_iter().map(|(.., row)| row).collect()
    }

    /// The documents that the relations are stated in or the entities mentioned in, by id.
    pub fn documents<'s>(&'s self, snapshot: &'s Snapshot) -> impl Iterator<Item = DocumentRow> + use<'s> {
        snapshot.graph().document_rows().filter(|row| self.documents.has(row.position()))
    }
}

/// The part of a snapshot that is asked for.
///
/// # Errors
/// A filter beyond its limits or that takes too much work; an unknown or ambiguous entity; too many of them or too many hops.
pub fn select(
    snapshot: &Snapshot,
    question: &SelectionQuestion,
    budget: &Budget,
    effort: &mut Effort,
) -> Result<Selection, Refusal> {
    question.entities.iter().try_for_each(Filter::check)?;
    question.relations.iter().try_for_each(Filter::check)?;
    // What is looked at is forgotten.
    let snapshot = &snapshot.unread();
    let graph = snapshot.graph();
    let trial = Trial { graph, budget };
    let mut search = Search { snapshot, graph, trial, question, effort, found: Selection::default() };
    if !question.around.is_empty() {
        search.around(snapshot)?;
    } else if question.entities.is_none() && question.relations.is_some() {
        search.relations_with_ends();
    } else {
        search.entities();
        search.relations_among();
    }
    search.documents();
    let mut found = search.found;
    budget.check()?;
    found.cut = Cut::of(effort);
    Ok(found)
}

/// A selection under way.
struct Search<'t> {
    snapshot: &'t Snapshot,
    graph: &'t Graph,
    trial: Trial<'t>,
    question: &'t SelectionQuestion,
    effort: &'t mut Effort,
    found: Selection,
}

impl Search<'_> {
    fn wants_entity(&self, row: EntityRow) -> bool {
        self.question.entities.as_ref().is_none_or(|filter| self.trial.entity(filter, row))
    }

    fn wants_relation(&self, row: RelationRow) -> bool {
        self.trial_wants(self.trial, row)
    }

    fn trial_wants(&self, trial: Trial<'_>, row: RelationRow) -> bool {
        self.question.relations.as_ref().is_none_or(|filter| trial.relation(filter, row))
    }

    /// Takes each relation with its ends to be seen: as they lie when all can be, else by id, so that what a limit cuts is the same whatever
    /// was there before.
    fn all_relations(&mut self, mut see: impl FnMut(&mut Self, Trial<'_>, RelationRow)) {
        let (graph, snapshot, budget) = (self.graph, self.snapshot, self.trial.budget);
        let mut pass = Pass::of(snapshot);
        let in_order = self.effort.left() < graph.relation_count();
        let rows: Box<dyn Iterator<Item = RelationRow>> = match in_order {
            true => Box::new(graph.relation_rows()),
            false => Box::new(graph.relation_rows_as_they_lie()),
        };
        for row in rows {
            let graph = pass.view().graph();
            if in_order || graph.has_relation(row) {
                if !self.effort.step() {
                    return;
                }
                see(self, Trial { graph, budget }, row);
            }
        }
    }

    fn entities(&mut self) {
        let start = self.question.entities.as_ref().and_then(|filter| self.trial.start_entities(filter));
        let all = || self.graph.entity_rows();
        let rows: Box<dyn Iterator<Item = EntityRow>> = match start {
            Some(rows) => Box::new(rows.into_iter()),
            None => Box::new(all()),
        };
        for row in rows {
            if !self.effort.step() {
                return;
            }
            if self.wants_entity(row) {
                self.found.entities.mark(row.position());
            }
        }
    }

    /// Relations that can be tried, when those of the filter are not all that there are.
    fn relations_to_try(&self) -> Option<Vec<RelationRow>> {
        self.question.relations.as_ref().and_then(|filter| self.trial.start_relations(filter))
    }

    fn relations_with_ends(&mut self) {
        let see = |search: &mut Self, trial: Trial<'_>, row: RelationRow| {
            if search.trial_wants(trial, row) {
                let (subject, object) = trial.graph.ends(row);
                search.found.relations.mark(row.position());
                search.found.entities.mark(subject.position());
                search.found.entities.mark(object.position());
            }
        };
        match self.relations_to_try() {
            Some(rows) => self.some_relations(rows, see),
            None => self.all_relations(see),
        }
    }

    fn some_relations(
        &mut self,
        rows: impl IntoIterator<Item = RelationRow>,
        mut see: impl FnMut(&mut Self, Trial<'_>, RelationRow),
    ) {
        let trial = self.trial;
        for row in rows {
            if !self.effort.step() {
                return;
            }
            see(self, trial, row);
        }
    }

    /// The relations among the entities that were found: from whichever side there is less to look at.
    fn relations_among(&mut self) {
        let graph = self.graph;
        if self.found.entities.count == graph.entity_count() && self.question.relations.is_none() {
            let mark =
                |search: &mut Self, _: Trial<'_>, row: RelationRow| _ = search.found.relations.mark(row.position());
            return self.some_relations(graph.relation_rows(), mark);
        }
        let see = |search: &mut Self, trial: Trial<'_>, row: RelationRow| {
            let (subject, object) = trial.graph.ends(row);
            let found = &search.found;
            let among = found.entities.has(subject.position()) && found.entities.has(object.position());
            if among && !found.relations.has(row.position()) && search.trial_wants(trial, row) {
                search.found.relations.mark(row.position());
            }
        };
        if let Some(rows) = self.relations_to_try() {
            return self.some_relations(rows, see);
        }
        if self.found.entities.count <= graph.entity_count() / 16 {
            let ends: Vec<_> = graph.entity_rows().filter(|row| self.found.entities.has(row.position())).collect();
            return self.some_relations(ends.into_iter().flat_map(|end| graph.relations_of(end)), see);
        }
        self.all_relations(see);
    }

    /// What can be reached over relations and entities that meet the conditions. Those in the middle are there whatever they meet.
    fn around(&mut self, snapshot: &Snapshot) -> Result<(), Refusal> {
        let SelectionQuestion { around, max_hops, .. } = self.question;
        if around.len() > PAGE_MAX {
            let way_round = "export around fewer of them at a time";
            return Err(Refusal::limit("the number of entities around which", around.len(), PAGE_MAX, way_round));
        }
        let hops = match *max_hops {
            0 => 0,
            hops => {
                bounded("maxHops", hops, NEIGHBORHOOD_HOPS_MAX, "add entities further away to those in the middle")?
            }
        };
        let mut layer = Vec::new();
        for name in around {
            let row = resolve_entity(snapshot, name)?;
            if self.found.entities.mark(row.position()) {
                layer.push(row);
            }
        }
        for _ in 0..hops {
            let mut next = Vec::new();
            for from in std::mem::take(&mut layer) {
                for relation in self.graph.relations_of(from) {
                    if !self.effort.step() {
                        break;
                    }
                    let to = self.graph.other_end(relation, from);
                    let new = !self.found.entities.has(to.position());
                    if new && self.wants_relation(relation) && self.wants_entity(to) {
                        self.found.entities.mark(to.position());
                        next.push(to);
                    }
                }
            }
            layer = next;
        }
        self.relations_among();
        Ok(())
    }

    /// The documents behind what was found.
    fn documents(&mut self) {
        let graph = self.graph;
        let Selection { entities, relations, documents, .. } = &mut self.found;
        if entities.count == graph.entity_count() && relations.count == graph.relation_count() {
            graph.document_rows().for_each(|row| _ = documents.mark(row.position()));
            return;
        }
        for row in graph.entity_rows().filter(|row| entities.has(row.position())) {
            graph.documents_of(row).into_iter().for_each(|document| _ = documents.mark(document.position()));
        }
        let mut pass = Pass::of(self.snapshot);
        for row in graph.relation_rows_as_they_lie().filter(|row| relations.has(row.position())) {
            pass.view().graph().evidence(row).for_each(|statement| _ = documents.mark(statement.document.position()));
        }
    }
}
