//! Relations and the statements that they rest on, while a graph changes.
//!
//! *two documents say that Canada funds the project, one says how much* → one relation with two statements, the amount and the higher
//! confidence
//!
//! Statements are kept with the strongest first; what they add up to is settled once, after all changes.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Graph;
use super::edit::{Touched, less};
use super::link::{Link, Links};
use super::node::RelationNode;
use super::row::{DocumentRow, EntityRow, EvidenceRow, RelationRow};
use crate::collection::Sorted;
use crate::model::{Qualifiers, Relation, RelationId, RelationMention};

impl Graph {
    pub(super) fn attach_statement(
        &mut self,
        document: DocumentRow,
        statement: u32,
        ends: (EntityRow, EntityRow),
        touched: &mut Touched,
    ) {
        let mention = &self.document_node(document).stored.contribution.annotations.relations[statement as usize];
        let (subject, object) = (self.entity(ends.0).id.clone(), self.entity(ends.1).id.clone());
        let id = RelationId::new(mention.kind, &subject, &object);
        let swapped = self.document_node(document).entities[mention.subject] != Some(ends.0);
        let relation = Relation {
            id,
            kind: mention.kind,
            subject,
            object,
            confidence: 0.0,
            qualifiers: Qualifiers::default(),
            confirmed: false,
        };
        let row = self.find_relation(&relation.id).unwrap_or_else(|| self.add_relation(relation, ends));
        self.set_relation_in(document, statement, row);
        self.count_qualifiers(row, document, statement, true);
        let evidence = EvidenceRow { document, statement, swapped };
        self.with_evidence(row, |graph, list| {
            list.insert(evidence, |a, b| graph.compare_evidence(a, b));
        });
        touched.relations.insert(row);
    }

    pub(super) fn detach_statement(&mut self, relation: RelationRow, evidence: EvidenceRow) {
        self.count_qualifiers(relation, evidence.document, evidence.statement, false);
        self.with_evidence(relation, |graph, list| {
            list.remove(|other| graph.compare_evidence(other, &evidence));
        });
    }

    fn add_relation(&mut self, relation: Relation, ends: (EntityRow, EntityRow)) -> RelationRow {
        let id = relation.id.clone();
        let node = RelationNode::of(relation, ends);
        let row = RelationRow::at(self.relations.push(Some(Arc::new(node))));
        self.relations_by_id.insert((id, row), |a, b| a.0.cmp(&b.0));
        row
    }

    fn count_qualifiers(&mut self, relation: RelationRow, document: DocumentRow, statement: u32, more: bool) {
        let stored = Arc::clone(&self.document_node(document).stored.contribution.annotations);
        if let Some(node) = self.relation_mut(relation) {
            node.count_qualifiers(&stored.relations[statement as usize].qualifiers, more);
        }
    }

    fn with_evidence(&mut self, relation: RelationRow, change: impl FnOnce(&Self, &mut Sorted<EvidenceRow>)) {
        let Some(node) = self.relation_mut(relation) else { return };
        let mut list = std::mem::take(&mut node.evidence);
        change(self, &mut list);
        if let Some(node) = self.relation_mut(relation) {
            node.evidence = list;
        }
    }

    /// The strongest first; then by document and place in it.
    pub(super) fn compare_evidence(&self, a: &EvidenceRow, b: &EvidenceRow) -> Ordering {
        if (a.document, a.statement) == (b.document, b.statement) {
            return Ordering::Equal;
        }
        let (left, right) = (self.statement(*a), self.statement(*b));
        let strength = right.confidence.total_cmp(&left.confidence);
        let place = |s: &RelationMention| (s.evidence.clone(), s.subject_span, s.object_span);
        strength
            .then(left.qualifiers.modality.cmp(&right.qualifiers.modality))
            .then_with(|| self.compare_documents(a.document, b.document))
            .then_with(|| place(left).cmp(&place(right)))
            .then_with(|| left.rule.cmp(&right.rule))
            .then(a.statement.cmp(&b.statement))
    }

    /// Relations without statements go; the others say what their statements add up to, and stand where that puts them.
    pub(super) fn settle_relations(&mut self, touched: &BTreeSet<RelationRow>) {
        for row in touched {
            let node = self.relation_node(*row);
            let (known, ends) = (Arc::clone(&node.relation), node.ends);
            let is_new = known.confidence == 0.0;
            let said = node.evidence.iter().map(|evidence| self.statement(*evidence));
            let said = said.map(|statement| (statement.confidence, &statement.qualifiers));
            let Some((confidence, qualifiers)) = sum(node, said) else {
                self.unplace(*row, ends, is_new);
                self.relations_by_id.remove(|(id, _)| id.cmp(&known.id));
                if let Some(slot) = self.relations.get_mut(row.position()) {
                    *slot = None;
                }
                if !is_new {
                    less(&mut self.relation_counts, known.kind);
                }
                continue;
            };
            let moves = known.confidence != confidence;
            if moves {
                self.unplace(*row, ends, is_new);
            }
            if (moves || known.qualifiers != qualifiers)
                && let Some(node) = self.relation_mut(*row)
            {
                node.relation = Arc::new(Relation { confidence, qualifiers, ..(*known).clone() });
            }
            if moves {
                self.place(*row, ends);
            }
            if is_new {
                *self.relation_counts.entry(known.kind).or_default() += 1;
            }
        }
    }

    fn place(&mut self, row: RelationRow, (subject, object): (EntityRow, EntityRow)) {
        for entity in [subject, object] {
            self.with_links(entity, |graph, list| {
                list.insert(graph.link(entity, row), |a, b| graph.compare_links(a, b));
            });
        }
    }

    fn unplace(&mut self, row: RelationRow, (subject, object): (EntityRow, EntityRow), is_new: bool) {
        for entity in [subject, object].into_iter().filter(|_| !is_new) {
            self.with_links(entity, |graph, list| {
                let gone = graph.link(entity, row);
                list.remove(|other| graph.compare_links(other, &gone));
            });
        }
    }

    fn with_links(&mut self, entity: EntityRow, change: impl FnOnce(&Self, &mut Sorted<Link>)) {
        let Some(links) = self.links.get_mut(entity.position()) else { return };
        let Links(mut list) = std::mem::take(links);
        change(self, &mut list);
        if let Some(slot) = self.links.get_mut(entity.position()) {
            *slot = Links(list);
        }
    }
}

/// What the statements of a relation add up to, the strongest first: its confidence, and its qualifiers; `None` without statements.
///
/// Modality is that of the strongest, and only statements of that modality say more: what is planned is no amount of a fact. Amount,
/// currency and date are those of the strongest of them that has an amount, since an amount belongs to its own date; where none has one, the
/// date is that of the strongest that has a date. So is the role.
pub(super) fn sum<'s>(
    node: &RelationNode,
    statements: impl IntoIterator<Item = (f32, &'s Qualifiers)>,
) -> Option<(f32, Qualifiers)> {
    let mut statements = statements.into_iter();
    let (confidence, first) = statements.next()?;
    let mut all = first.clone();
    let filled = |all: &Qualifiers| {
        (all.amount.is_some() || node.with_amount == 0)
            && (all.amount.is_some() || all.date.is_some() || node.dated == 0)
            && (all.role.is_some() || node.with_role == 0)
    };
    for (_, next) in statements {
        if filled(&all) {
            break;
        }
        if next.modality != first.modality {
            continue;
        }
        if all.role.is_none() {
            all.role.clone_from(&next.role);
        }
        if all.amount.is_some() {
            continue;
        }
        if next.amount.is_some() {
            (all.amount, all.currency, all.date) = (next.amount, next.currency.clone(), next.date);
        } else {
            all.date = all.date.or(next.date);
        }
    }
    Some((confidence, all))
}
