//! Whether a graph holds what it promises.
//!
//! `check(snapshot)` → nothing, or: *relation:funds-… rests on words that do not stand in document:8c7d…*
//!
//! Every finding is one sentence with ids. In a sound program over a sound store there are none.

use crate::graph::{EvidenceRow, Graph, RelationRow};
use crate::model::{RelationId, Span};
use crate::ontology::ontology;
use crate::snapshot::Snapshot;

/// What is wrong with a snapshot, in the order of ids.
pub fn check(snapshot: &Snapshot) -> Vec<String> {
    let graph = snapshot.graph();
    let mut findings = Vec::new();
    for row in graph.entity_rows() {
        let entity = graph.entity(row);
        let mut mentions = graph.mentions(row).peekable();
        if mentions.peek().is_none() {
            findings.push(format!("{} is mentioned nowhere", entity.id));
        }
        for mention in mentions {
            let document = graph.document(mention.document);
            if !stands(graph.mention(mention).span, &document.text) {
                findings.push(format!("{} is mentioned by words that do not stand in {}", entity.id, document.id));
            }
        }
        if graph.find_entity(&entity.id).is_none_or(|found| found.row() != row) {
            findings.push(format!("{} is not found by its id", entity.id));
        }
    }
    for row in graph.relation_rows() {
        relation(graph, row, &mut findings);
    }
    findings
}

fn relation(graph: &Graph, row: RelationRow, findings: &mut Vec<String>) {
    let relation = graph.relation(row);
    let id = &relation.id;
    let (subject, object) = graph.ends(row);
    if (&graph.entity(subject).id, &graph.entity(object).id) != (&relation.subject, &relation.object)
        || *id != RelationId::new(relation.kind, &relation.subject, &relation.object)
    {
        findings.push(format!("{id} does not join the entities that it names"));
    }
    if !ontology().allows(relation.kind, graph.entity(subject).kind, graph.entity(object).kind) {
        findings.push(format!("{id} joins what {} may not join", relation.kind));
    }
    if !(relation.confidence > 0.0 && relation.confidence <= 1.0) {
        findings.push(format!("{id} has the confidence {}", relation.confidence));
    }
    if graph.evidence_count(row) == 0 {
        findings.push(format!("{id} rests on nothing"));
    }
    for evidence in graph.evidence(row) {
        let document = graph.document(evidence.document);
        if !spans(graph, evidence).all(|span| stands(span, &document.text)) {
            findings.push(format!("{id} rests on words that do not stand in {}", document.id));
        }
    }
    for end in [subject, object] {
        if !graph.relations_of(end).any(|other| other == row) {
            findings.push(format!("{id} is not found from {}", graph.entity(end).id));
        }
    }
}

fn spans(graph: &Graph, evidence: EvidenceRow) -> impl Iterator<Item = Span> + use<'_> {
    let statement = graph.statement(evidence);
    let ends = [statement.subject_span, statement.object_span];
    statement.evidence.iter().copied().chain(ends).chain(statement.trigger)
}

fn stands(span: Span, text: &str) -> bool {
    !span.is_empty() && text.get(span.start..span.end).is_some()
}
