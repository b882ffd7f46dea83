//! Lists of entities, relations and documents, filtered, ordered and paged.
//!
//! `entities(&snapshot, &projects, &[mentions_descending], &PageRequest::first(10))` → the ten projects mentioned most
//!
//! A list starts from what its filter names when that is little, and stops when the page is full, unless the whole is to be counted.

use std::borrow::Cow;
use std::fmt::Debug;

use crate::graph::{Direction, DocumentRow, EntityRow, Graph, Link, MentionRow, RelationRow};
use crate::model::DocumentId;
use crate::snapshot::Snapshot;

use super::filter::Filter;
use super::holds::Trial;
use super::order::{Criterion, Part, Sorting, check_order, is_plain};
use super::page::{Rows, RowsAfter, forward, page};
use super::{
    Budget, DocumentFilter, DocumentOrder, EntityFilter, EntityOrder, Page, PageRequest, Refusal, RelationFilter,
    RelationOrder,
};

/// Entities that a filter holds for, in an order; ties, and no order, go by id.
///
/// # Errors
/// A filter, an order or a page size beyond its limit, too much work for the filter, or a cursor of another list.
pub fn entities(
    snapshot: &Snapshot,
    filter: &EntityFilter,
    order: &[EntityOrder],
    request: &PageRequest,
) -> Result<Page<EntityRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let rows = |after: Option<&str>| -> Box<dyn Iterator<Item = EntityRow>> {
        match after {
            Some(id) => Box::new(graph.entity_rows_after(id)),
            None => Box::new(graph.entity_rows()),
        }
    };
    let total = (*filter == EntityFilter::default()).then(|| graph.entity_count());
    let all = All { what: "entities", rows: &rows, total, position: EntityRow::position, at: EntityRow::at };
    let (start, filter) = match trial.start_and_rest(filter) {
        Some((rows, rest)) => (Some(rows), rest),
        None => (None, Cow::Borrowed(filter)),
    };
    let any = *filter == EntityFilter::default();
    let keep = |row| any || trial.entity(&filter, row);
    ordered(snapshot, trial, start, &all, order, entity_id(graph), keep, request)
}

/// Relations that a filter holds for, in an order; ties, and no order, go by id.
///
/// # Errors
/// As for [`entities`].
pub fn relations(
    snapshot: &Snapshot,
    filter: &RelationFilter,
    order: &[RelationOrder],
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let rows = |after: Option<&str>| -> Box<dyn Iterator<Item = RelationRow>> {
        match after {
            Some(id) => Box::new(graph.relation_rows_after(id)),
            None => Box::new(graph.relation_rows()),
        }
    };
    let total = (*filter == RelationFilter::default()).then(|| graph.relation_count());
    let all = All { what: "relations", rows: &rows, total, position: RelationRow::position, at: RelationRow::at };
    let any = *filter == RelationFilter::default();
    let keep = |row| any || trial.relation(filter, row);
    ordered(snapshot, trial, trial.start_relations(filter), &all, order, relation_id(graph), keep, request)
}

/// Documents that a filter holds for, in an order; ties, and no order, go by id.
///
/// # Errors
/// As for [`entities`].
pub fn documents(
    snapshot: &Snapshot,
    filter: &DocumentFilter,
    order: &[DocumentOrder],
    request: &PageRequest,
) -> Result<Page<DocumentRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let rows = |after: Option<&str>| -> Box<dyn Iterator<Item = DocumentRow>> {
        match after {
            Some(id) => Box::new(graph.document_rows_after(id)),
            None => Box::new(graph.document_rows()),
        }
    };
    let total = (*filter == DocumentFilter::default()).then(|| graph.document_count());
    let all = All { what: "documents", rows: &rows, total, position: DocumentRow::position, at: DocumentRow::at };
    let any = *filter == DocumentFilter::default();
    let keep = |row| any || trial.document(filter, row);
    ordered(snapshot, trial, trial.start_documents(filter), &all, order, document_id(graph), keep, request)
}

/// The documents that mention an entity, in an order; ties, and no order, go by id.
///
/// # Errors
/// As for [`entities`].
pub fn documents_of(
    snapshot: &Snapshot,
    entity: EntityRow,
    filter: &DocumentFilter,
    order: &[DocumentOrder],
    request: &PageRequest,
) -> Result<Page<DocumentRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let any = *filter == DocumentFilter::default();
    let keep = |row| any || trial.document(filter, row);
    within(trial, graph.documents_of(entity), order, document_id(graph), keep, request)
}

/// The entities mentioned in a document, in an order; ties, and no order, go by id.
///
/// # Errors
/// As for [`entities`].
pub fn entities_of_document(
    snapshot: &Snapshot,
    document: DocumentRow,
    filter: &EntityFilter,
    order: &[EntityOrder],
    request: &PageRequest,
) -> Result<Page<EntityRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let any = *filter == EntityFilter::default();
    let keep = |row| any || trial.entity(filter, row);
    within(trial, graph.entities_in(document), order, entity_id(graph), keep, request)
}

/// The relations that a document states, in an order; ties, and no order, go by id.
///
/// # Errors
/// As for [`entities`].
pub fn relations_of_document(
    snapshot: &Snapshot,
    document: DocumentRow,
    filter: &RelationFilter,
    order: &[RelationOrder],
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let any = *filter == RelationFilter::default();
    let keep = |row| any || trial.relation(filter, row);
    within(trial, graph.relations_in(document), order, relation_id(graph), keep, request)
}

/// All relations that a document states and a filter holds for, by id.
///
/// # Errors
/// A filter beyond its limit, or too much work for it.
pub fn stated(
    snapshot: &Snapshot,
    document: DocumentRow,
    filter: &RelationFilter,
    budget: &Budget,
) -> Result<Vec<RelationRow>, Refusal> {
    filter.check()?;
    let trial = Trial { graph: snapshot.graph(), budget };
    let stated = snapshot.graph().relations_in(document).into_iter();
    let rows = stated.filter(|row| trial.relation(filter, *row)).collect();
    budget.check().map(|()| rows)
}

/// The relations of one entity, in an order; ties, and no order, by kind, then confidence (highest first), then the other end's id, then
/// id.
///
/// # Errors
/// As for [`entities`].
pub fn relations_of(
    snapshot: &Snapshot,
    entity: EntityRow,
    direction: Direction,
    filter: &RelationFilter,
    order: &[RelationOrder],
    request: &PageRequest,
) -> Result<Page<RelationRow>, Refusal> {
    let (graph, trial) = begin(snapshot, filter, order, request)?;
    let links: Box<dyn Iterator<Item = Link>> = match &filter.kinds {
        Some(kinds) if kinds.is_empty() => Box::new(std::iter::empty()),
        kinds => graph.links_of_kinds(entity, kinds.iter().flatten().copied()),
    };
    let rows = links.filter(|link| link.step(direction).is_some()).map(|link| link.relation);
    let any = *filter == RelationFilter::default();
    let keep = |row| any || trial.relation(filter, row);
    let by_kind = around(graph, entity, |row| row);
    if order.is_empty() {
        return in_order(rows, &by_kind, request, keep);
    }
    listed(rows.collect(), &Sorting::of(trial, order, |row| row, by_kind), true, request, keep)
}

/// The order of relations around an entity, when nobody asks for another, which is that of its links: by kind, then confidence (highest
/// first), then the other end's id, then id.
pub(super) fn around<'g, T: Copy + 'g>(
    graph: &'g Graph,
    entity: EntityRow,
    row: impl Fn(T) -> RelationRow + Copy + 'g,
) -> Sorting<'g, T> {
    let key = move |item| {
        let link = graph.link(entity, row(item));
        vec![
            Part::Number(f64::from(link.kind as u8)),
            Part::Number(f64::from(link.confidence)),
            Part::Text(graph.entity(link.end).id.to_string()),
            Part::Text(graph.relation(link.relation).id.to_string()),
        ]
    };
    Sorting::by(key, &[false, true])
}

/// A page of rows that stand in their order already. As many are looked at as fill a page, where that is enough.
pub(super) fn in_order<T: Copy>(
    rows: impl Iterator<Item = T>,
    sorting: &Sorting<'_, T>,
    request: &PageRequest,
    keep: impl Fn(T) -> bool,
) -> Result<Page<T>, Refusal> {
    match request.needs_first()? {
        Some(most) => {
            let kept = rows.filter(|row| keep(*row)).take(most).collect();
            request.budget.check()?;
            page(request, &Rows::Listed(kept), sorting, |_| true)
        }
        None => page(request, &Rows::Listed(rows.collect()), sorting, keep),
    }
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
    let keep = |row: MentionRow| document.is_none_or(|id| graph.document(row.document).id == *id);
    page(request, &Rows::Listed(rows), &Sorting::by(key, &[]), keep)
}

/// Refuses a filter or an order beyond its limits, and gives what is needed to try it.
fn begin<'t, C: Criterion>(
    snapshot: &'t Snapshot,
    filter: &impl Filter,
    order: &[C],
    request: &'t PageRequest,
) -> Result<(&'t Graph, Trial<'t>), Refusal> {
    filter.check()?;
    check_order(order)?;
    let graph = snapshot.graph();
    Ok((graph, Trial { graph, budget: &request.budget }))
}

fn entity_id(graph: &Graph) -> Sorting<'_, EntityRow> {
    Sorting::by(|row| vec![Part::Text(graph.entity(row).id.to_string())], &[])
}

fn relation_id(graph: &Graph) -> Sorting<'_, RelationRow> {
    Sorting::by(|row| vec![Part::Text(graph.relation(row).id.to_string())], &[])
}

fn document_id(graph: &Graph) -> Sorting<'_, DocumentRow> {
    Sorting::by(|row| vec![Part::Text(graph.document(row).id.to_string())], &[])
}

/// Everything of one sort, by id.
struct All<'a, T> {
    what: &'a str,
    rows: RowsAfter<'a, T>,
    /// How many the filter holds for, where that is known.
    total: Option<usize>,
    position: fn(T) -> usize,
    at: fn(usize) -> T,
}

/// A page of everything that is kept, or of what a filter can start from.
#[allow(clippy::too_many_arguments)]
fn ordered<'t, T: Copy + 't, C: Criterion<Row = T> + Debug>(
    snapshot: &Snapshot,
    trial: Trial<'t>,
    start: Option<Vec<T>>,
    all: &All<'_, T>,
    order: &'t [C],
    by_id: Sorting<'t, T>,
    keep: impl Fn(T) -> bool,
    request: &PageRequest,
) -> Result<Page<T>, Refusal> {
    if let Some(rows) = start {
        return within(trial, rows, order, by_id, keep, request);
    }
    if !is_plain(order) {
        return within(trial, (all.rows)(None).collect(), order, by_id, keep, request);
    }
    if order.is_empty()
        && let Some(page) = forward(request, all.rows, all.total, &by_id, &keep)?
    {
        return Ok(page);
    }
    let sorting = Sorting::of(trial, order, |row| row, by_id);
    // Made once for all requests on this snapshot; nobody but the graph decides it.
    let positions = snapshot.order(&format!("{} {order:?}", all.what), || {
        let rows = (all.rows)(None);
        if order.is_empty() {
            return rows.map(all.position).collect();
        }
        let mut keyed: Vec<_> = rows.map(|row| ((sorting.key)(row), (all.position)(row))).collect();
        keyed.sort_by(|(a, _), (b, _)| sorting.compare(a, b));
        keyed.into_iter().map(|(_, at)| at).collect()
    });
    page(request, &Rows::Remembered(positions, all.at), &sorting, keep)
}

/// A page of some rows that stand by id.
fn within<'t, T: Copy + 't, C: Criterion<Row = T>>(
    trial: Trial<'t>,
    rows: Vec<T>,
    order: &'t [C],
    by_id: Sorting<'t, T>,
    keep: impl Fn(T) -> bool,
    request: &PageRequest,
) -> Result<Page<T>, Refusal> {
    match order {
        [] => page(request, &Rows::Listed(rows), &by_id, keep),
        _ => listed(rows, &Sorting::of(trial, order, |row| row, by_id), is_plain(order), request, keep),
    }
}

/// Sorts rows by their keys and takes a page of them. Where keys are counts that have to be made, only what is kept is sorted.
pub(super) fn listed<T: Copy>(
    rows: Vec<T>,
    sorting: &Sorting<'_, T>,
    plain: bool,
    request: &PageRequest,
    keep: impl Fn(T) -> bool,
) -> Result<Page<T>, Refusal> {
    if plain {
        let rows = sorting.sorted(rows.into_iter());
        return page(request, &Rows::Listed(rows), sorting, keep);
    }
    let kept = sorting.sorted(rows.into_iter().filter(|row| keep(*row)));
    request.budget.check()?;
    page(request, &Rows::Listed(kept), sorting, |_| true)
}
