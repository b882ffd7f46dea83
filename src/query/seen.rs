//! Since when and until when the graph was told of something.
//!
//! `entity_seen(graph, canada)` → from the moment at which the first document that mentions it came in, to that of the last one
//!
//! Moments of the graph, not of the world: only documents that the graph has now count. When documents were published is another
//! question.

use jiff::Timestamp;

use crate::graph::{DocumentRow, EntityRow, Graph, RelationRow};

/// When the first and the last of the documents that mention an entity came in.
pub fn entity_seen(graph: &Graph, entity: EntityRow) -> Option<(Timestamp, Timestamp)> {
    span(graph, graph.documents_of(entity).into_iter())
}

/// When the first and the last of the documents that state a relation came in.
pub fn relation_seen(graph: &Graph, relation: RelationRow) -> Option<(Timestamp, Timestamp)> {
    span(graph, graph.evidence(relation).map(|evidence| evidence.document))
}

fn span(graph: &Graph, documents: impl Iterator<Item = DocumentRow>) -> Option<(Timestamp, Timestamp)> {
    let moments = documents.map(|document| graph.stored(document).added_at);
    moments.fold(None, |span, at| {
        let (first, last) = span.unwrap_or((at, at));
        Some((first.min(at), last.max(at)))
    })
}
