//! Lists of everything there is, filtered, ordered and paged.
//!
//! `entities(&snapshot, &projects, &[(Mentions, true)], &PageRequest::first(10))` → the ten projects mentioned most

use crate::graph::{Direction, DocumentRow, EntityRow, Graph, MentionRow, RelationRow};
use crate::model::DocumentId;
use crate::snapshot::Snapshot;

use super::order::{Key, Part, compare};
use super::page::page;
use super::{EntityFilter, EntityOrder, Page, PageRequest, Refusal, RelationFilter, RelationOrder};

/// Entities that a filter holds for, in an order (each part with `true` for descending); ties, and no order, go by id.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn entities(
    snapshot: &Snapshot,
    filter: &EntityFilter,
    order: &[(EntityOrder, bool)],
    request: &PageRequest,
) -> Result<Page<EntityRow>, Refusal> {
    let graph = snapshot.graph();
    let key = |row: EntityRow| {
        let parts = order.iter().map(|(by, _)| by.part(graph, row));
        parts.chain([Part::Text(graph.entity(row).id.to_string())]).collect()
    };
    let descending: Vec<_> = order.iter().map(|(_, descending)| *descending).collect();
    // Rows stand in the order of ids; any other order is made once for all requests.
    let rows: Vec<_> = match order {
        [] => graph.entity_rows().collect(),
        _ => {
            let positions = || sorted(graph.entity_rows(), key, &descending).map(EntityRow::position).collect();
            snapshot.order(&format!("entities {order:?}"), positions).iter().copied().map(EntityRow::at).collect()
        }
    };
    page(request, &rows, key, &descending, |row| filter.holds(graph, row))
}

/// Relations that a filter holds for, in an order; ties, and no order, go by id.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn relations(
    snapshot: &Snapshot,
    filter: &RelationFilter,
    order: &[(RelationOrder, bool)],
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let graph = snapshot.graph();
    let key = |row: RelationRow| {
        let parts = order.iter().map(|(by, _)| by.part(graph, row));
        parts.chain([Part::Text(graph.relation(row).id.to_string())]).collect()
    };
    let descending: Vec<_> = order.iter().map(|(_, descending)| *descending).collect();
    let rows: Vec<_> = match order {
        [] => graph.relation_rows().collect(),
        _ => {
            let positions = || sorted(graph.relation_rows(), key, &descending).map(RelationRow::position).collect();
            snapshot.order(&format!("relations {order:?}"), positions).iter().copied().map(RelationRow::at).collect()
        }
    };
    page(request, &rows, key, &descending, |row| filter.holds(graph, row))
}

/// The relations of one entity, by kind, then confidence (highest first), then id.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn relations_of(
    snapshot: &Snapshot,
    entity: EntityRow,
    direction: Direction,
    filter: &RelationFilter,
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let graph = snapshot.graph();
    let rows = graph.relations_of(entity);
    let keep = |row| graph.step(entity, row, direction).is_some() && filter.holds(graph, row);
    listed(rows, |row| relation_key(graph, row), &RELATION_DESCENDING, request, keep)
}

/// The sort key of relations around an entity: kind, confidence, id.
pub(super) fn relation_key(graph: &Graph, row: RelationRow) -> Key {
    let relation = graph.relation(row);
    let kind = relation.kind as u8;
    vec![
        Part::Number(f64::from(kind)),
        Part::Number(f64::from(relation.confidence)),
        Part::Text(relation.id.to_string()),
    ]
}

/// Which parts of [`relation_key`] count backwards.
pub(super) const RELATION_DESCENDING: [bool; 2] = [false, true];

/// Documents, by id; only those that mention an entity when one is given.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn documents(
    snapshot: &Snapshot,
    mentioning: Option<EntityRow>,
    request: &PageRequest,
) -> Result<Page<DocumentRow>, Refusal> {
    let graph = snapshot.graph();
    let rows: Vec<_> = mentioning.map_or_else(|| graph.document_rows().collect(), |entity| graph.documents_of(entity));
    page(request, &rows, |row| vec![Part::Text(graph.document(row).id.to_string())], &[], |_| true)
}

/// The entities mentioned in a document, by id.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn entities_of_document(
    snapshot: &Snapshot,
    document: DocumentRow,
    filter: &EntityFilter,
    request: &PageRequest,
) -> Result<Page<EntityRow>, Refusal> {
    let graph = snapshot.graph();
    let rows = &graph.entities_in(document);
    let key = |row: EntityRow| vec![Part::Text(graph.entity(row).id.to_string())];
    page(request, rows, key, &[], |row| filter.holds(graph, row))
}

/// The relations that a document states, by id.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn relations_of_document(
    snapshot: &Snapshot,
    document: DocumentRow,
    filter: &RelationFilter,
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let graph = snapshot.graph();
    let rows = &graph.relations_in(document);
    let key = |row: RelationRow| vec![Part::Text(graph.relation(row).id.to_string())];
    page(request, rows, key, &[], |row| filter.holds(graph, row))
}

/// The mentions of an entity, by document and place in it; only those of one document when one is given.
///
/// # Errors
/// A page size beyond the limit, or a cursor of another list.
pub fn mentions(
    snapshot: &Snapshot,
    entity: EntityRow,
    document: Option<&DocumentId>,
    request: &PageRequest,
) -> Result<Page<MentionRow>, Refusal> {
    let graph = snapshot.graph();
    let key = |row: MentionRow| {
        let span = graph.mention(row).span;
        let place = [span.start as f64, span.end as f64].map(Part::Number);
        [Part::Text(graph.document(row.document).id.to_string())].into_iter().chain(place).collect()
    };
    let rows: Vec<_> = graph.mentions(entity).collect();
    page(request, &rows, key, &[], |row| document.is_none_or(|id| graph.document(row.document).id == *id))
}

/// Sorts rows by their keys and takes a page of them.
pub(super) fn listed<T: Copy>(
    rows: impl Iterator<Item = T>,
    key: impl Fn(T) -> Key,
    descending: &[bool],
    request: &PageRequest,
    keep: impl Fn(T) -> bool,
) -> Result<Page<T>, Refusal> {
    let rows: Vec<_> = sorted(rows, &key, descending).collect();
    page(request, &rows, key, descending, keep)
}

fn sorted<T: Copy>(
    rows: impl Iterator<Item = T>,
    key: impl Fn(T) -> Key,
    descending: &[bool],
) -> impl Iterator<Item = T> {
    let mut keyed: Vec<_> = rows.map(|row| (key(row), row)).collect();
    keyed.sort_by(|(a, _), (b, _)| compare(a, b, descending));
    keyed.into_iter().map(|(_, row)| row)
}
