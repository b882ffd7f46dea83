//! What texts say beside what data files say: what only one of them has, and what both have.
//!
//! *Canada FUNDS Eau pour tous* in a press release and in an activity of a registry → said by both, with a statement of each
//!
//! Two say the same when they state one relation: the same kind between the same two entities. Since a project of a text seldom bears the
//! name that a registry gives it, who pays for some work in which place is compared, too, whatever the work is called.

use std::collections::BTreeMap;

use crate::graph::{EntityRow, EvidenceRow, Graph, RelationRow};
use crate::model::{EntityId, RelationKind};
use crate::snapshot::Snapshot;

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// Texts alone.
    ByText,
    /// Data files alone.
    ByData,
    /// Both.
    ByBoth,
}

/// How far texts and data files agree on one kind of relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The kind; none for who pays for some work where.
    pub kind: Option<RelationKind>,
    /// How often each says so.
    pub counts: BTreeMap<Said, usize>,
    /// The first of each in the order of ids: the two ends, with the strongest statement of a text and of a data file.
    pub examples: BTreeMap<Said, Vec<Example>>,
}

/// Two ends and what says that they are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// Who does it.
    pub subject: EntityRow,
    /// To what, or where.
    pub object: EntityRow,
    /// The strongest statement of a text.
    pub text: Option<EvidenceRow>,
    /// The strongest statement of a data file.
    pub data: Option<EvidenceRow>,
}

/// Compares relations of some kinds, or of all when none is named, with so many examples of each sort.
pub fn compare(snapshot: &Snapshot, kinds: &[RelationKind], examples: usize) -> Vec<Agreement> {
    let graph = snapshot.graph();
    let mut of_kinds: BTreeMap<RelationKind, Agreement> = BTreeMap::new();
    for row in graph.relation_rows() {
        let kind = graph.relation(row).kind;
        if !kinds.is_empty() && !kinds.contains(&kind) {
            continue;
        }
        let (text, data) = statements(graph, row);
        let (subject, object) = graph.ends(row);
        let agreement = of_kinds.entry(kind).or_insert_with(|| Agreement::of(Some(kind)));
        agreement.add(Example { subject, object, text, data }, examples);
    }
    let mut all: Vec<_> = of_kinds.into_values().collect();
    if kinds.is_empty() || kinds.contains(&RelationKind::Funds) {
        all.push(payers(graph, examples));
    }
    all
}

/// Who pays for some work in which place.
fn payers(graph: &Graph, examples: usize) -> Agreement {
    let mut pairs: BTreeMap<(&EntityId, &EntityId), Example> = BTreeMap::new();
    for row in graph.relation_rows().filter(|row| graph.relation(*row).kind == RelationKind::Funds) {
        let (payer, work) = graph.ends(row);
        let paid = statements(graph, row);
        for place in graph.relations_of_kind(work, RelationKind::OperatesIn) {
            let (subject, object) = graph.ends(place);
            if subject != work {
                continue;
            }
            let there = statements(graph, place);
            let text = paid.0.filter(|_| there.0.is_some());
            let data = paid.1.filter(|_| there.1.is_some());
            if text.is_none() && data.is_none() {
                continue;
            }
            let key = (&graph.entity(payer).id, &graph.entity(object).id);
            let pair = pairs.entry(key).or_insert(Example { subject: payer, object, text: None, data: None });
            (pair.text, pair.data) = (pair.text.or(text), pair.data.or(data));
        }
    }
    let mut agreement = Agreement::of(None);
    pairs.into_values().for_each(|pair| agreement.add(pair, examples));
    agreement
}

/// The strongest statements of a relation, in a text and in a data file.
fn statements(graph: &Graph, relation: RelationRow) -> (Option<EvidenceRow>, Option<EvidenceRow>) {
    let (mut text, mut data) = (None, None);
    for row in graph.evidence(relation) {
        let found = if graph.document(row.document).lines.is_some() { &mut data } else { &mut text };
        found.get_or_insert(row);
        if text.is_some() && data.is_some() {
            break;
        }
    }
    (text, data)
}

impl Agreement {
    fn of(kind: Option<RelationKind>) -> Self {
        Self { kind, counts: BTreeMap::new(), examples: BTreeMap::new() }
    }

    fn add(&mut self, example: Example, most: usize) {
        let said = match (example.text, example.data) {
            (Some(_), Some(_)) => Said::ByBoth,
            (Some(_), None) => Said::ByText,
            _ => Said::ByData,
        };
        *self.counts.entry(said).or_insert(0) += 1;
        let known = self.examples.entry(said).or_default();
        if known.len() < most {
            known.push(example);
        }
    }

    /// How often it is said so.
    pub fn count(&self, said: Said) -> usize {
        self.counts.get(&said).copied().unwrap_or(0)
    }
}
