//! Where a list can start from instead of looking at everything: what a filter names by id, by whole name, or by document.
//!
//! `relations: { subject: { id: ["country:CA"] } }` → the relations of Canada; `{ kind: [FUNDS] }` → nothing better than all
//!
//! What is given takes in everything that the filter holds for, and usually more: what it does not tell of the filter is tried on it.

use std::borrow::Cow;

use crate::graph::{DocumentRow, EntityRow, Found, Graph, Link, RelationRow};
use crate::model::RelationKind;

use super::condition::TextFilter;
use super::filter::{DocumentFilter, EntityFilter, RelatedFilter, RelationFilter, RelationsFilter};
use super::holds::Trial;

impl Trial<'_> {
    /// Entities to try a filter on, by id.
    pub(super) fn start_entities(&self, filter: &EntityFilter) -> Option<Vec<EntityRow>> {
        let rows = self.named_entities(filter).or_else(|| self.neighbors(filter))?;
        Some(by_id(self.graph, rows))
    }

    /// Entities to try a filter on, by id, and what is left to be tried: the neighbours of what a filter names are of the kinds that it wants
    /// already, and have the relation.
    pub(super) fn start_and_rest<'f>(
        &self,
        filter: &'f EntityFilter,
    ) -> Option<(Vec<EntityRow>, Cow<'f, EntityFilter>)> {
        if let Some(rows) = self.named_entities(filter) {
            return Some((by_id(self.graph, rows), Cow::Borrowed(filter)));
        }
        let rows = self.neighbors(filter)?;
        Some((by_id(self.graph, rows), Cow::Owned(rest(filter))))
    }

    /// Entities to try a filter on that it names by id, whole name or document.
    fn named_entities(&self, filter: &EntityFilter) -> Option<Vec<EntityRow>> {
        let graph = self.graph;
        let by_id = filter.ids.as_ref().map(|ids| {
            let found = ids.iter().filter_map(|id| graph.find_entity(id));
            found.map(Found::row).collect::<Vec<_>>()
        });
        let whole = filter.name.as_ref().and_then(TextFilter::whole);
        // A name of signs alone folds to nothing, and nothing is listed under that.
        let by_name = whole.filter(|names| names.iter().all(|name| !name.is_empty()));
        let by_name = by_name.map(|names| names.into_iter().flat_map(|name| graph.find_named(name)).collect());
        let in_document = filter.documents.as_ref().map(|ids| {
            let found = ids.iter().filter_map(|id| graph.find_document(id));
            found.flat_map(|document| graph.entities_in(document)).collect()
        });
        let nothing = filter.kinds.as_ref().filter(|kinds| kinds.is_empty()).map(|_| Vec::new());
        let direct = [by_id, by_name, in_document, nothing].into_iter().flatten();
        let nested = filter.and.iter().filter_map(|filter| self.start_entities(filter));
        let either = any_of(filter.or.as_deref(), |filter| self.start_entities(filter));
        direct.chain(nested).chain(either).min_by_key(Vec::len)
    }

    /// The entities of a filter's kinds that have a relation with those from which its `relations: { some }` can start.
    fn neighbors(&self, filter: &EntityFilter) -> Option<Vec<EntityRow>> {
        let related = filter.relations.as_ref()?.some.as_ref()?;
        let ends = self.start_entities(related.entity.as_ref()?)?;
        let kinds = related.kinds.as_ref().map(|kinds| kinds.iter().copied().collect::<Vec<_>>());
        // The filter's direction is as the neighbours see it.
        let direction = related.direction.reversed();
        let wanted = |link: &Link| {
            link.step(direction).is_some() && filter.kinds.as_ref().is_none_or(|kinds| kinds.contains(&link.end_kind))
        };
        let links = ends.into_iter().flat_map(|end| self.links_of_kinds(end, kinds.as_deref()));
        Some(links.filter(wanted).map(|link| link.end).collect())
    }

    /// Relations to try a filter on, by id.
    pub(super) fn start_relations(&self, filter: &RelationFilter) -> Option<Vec<RelationRow>> {
        let graph = self.graph;
        let by_id =
            filter.ids.as_ref().map(|ids| ids.iter().filter_map(|id| graph.find_relation(id)).collect::<Vec<_>>());
        let in_document = filter.documents.as_ref().map(|ids| {
            let found = ids.iter().filter_map(|id| graph.find_document(id));
            found.flat_map(|document| graph.relations_in(document)).collect()
        });
        let nothing = filter.kinds.as_ref().filter(|kinds| kinds.is_empty()).map(|_| Vec::new());
        let direct = [by_id, in_document, nothing].into_iter().flatten();
        let nested = filter.and.iter().filter_map(|filter| self.start_relations(filter));
        let either = any_of(filter.or.as_deref(), |filter| self.start_relations(filter));
        let best = direct.chain(nested).chain(either).min_by_key(Vec::len);
        let rows = best.or_else(|| self.around_ends(filter));
        rows.map(|mut rows| {
            rows.sort_by(|a, b| graph.compare_relations(*a, *b));
            rows.dedup();
            rows
        })
    }

    /// The relations of the fewest entities that a filter names as an end.
    fn around_ends(&self, filter: &RelationFilter) -> Option<Vec<RelationRow>> {
        let ends = [&filter.subject, &filter.object, &filter.either].into_iter().flatten();
        let starts = ends.filter_map(|filter| self.start_entities(filter));
        let degrees = |rows: &Vec<EntityRow>| rows.iter().map(|row| self.graph.degree(*row)).sum::<usize>();
        let kinds = filter.kinds.as_ref().map(|kinds| kinds.iter().copied().collect::<Vec<_>>());
        let rows = starts.min_by_key(degrees)?;
        let links = rows.into_iter().flat_map(|row| self.links_of_kinds(row, kinds.as_deref()));
        Some(links.map(|link| link.relation).collect())
    }

    fn links_of_kinds(&self, row: EntityRow, kinds: Option<&[RelationKind]>) -> Vec<Link> {
        let affordable = |_: &Link| self.budget.take(1);
        match kinds {
            None => self.graph.links(row).take_while(affordable).collect(),
            Some(kinds) => {
                let links = kinds.iter().flat_map(|kind| self.graph.links_of_kind(row, *kind));
                links.take_while(affordable).collect()
            }
        }
    }

    /// Documents to try a filter on, by id.
    pub(super) fn start_documents(&self, filter: &DocumentFilter) -> Option<Vec<DocumentRow>> {
        let graph = self.graph;
        let by_id =
            filter.ids.as_ref().map(|ids| ids.iter().filter_map(|id| graph.find_document(id)).collect::<Vec<_>>());
        let mentioning = || {
            let entities = self.start_entities(filter.mentions.as_ref()?)?;
            let documents = |entity| {
                let documents = graph.documents_of(entity);
                if self.budget.look(documents.len()) { documents } else { Vec::new() }
            };
            Some(entities.into_iter().flat_map(documents).collect())
        };
        let nested = filter.and.iter().filter_map(|filter| self.start_documents(filter));
        let either = any_of(filter.or.as_deref(), |filter| self.start_documents(filter));
        let best = by_id.into_iter().chain(nested).chain(either).min_by_key(Vec::len);
        best.or_else(mentioning).map(|mut rows: Vec<DocumentRow>| {
            rows.sort_by(|a, b| graph.document(*a).id.cmp(&graph.document(*b).id));
            rows.dedup();
            rows
        })
    }
}

/// Rows of entities in the order of their ids, each once.
fn by_id(graph: &Graph, mut rows: Vec<EntityRow>) -> Vec<EntityRow> {
    rows.sort_by(|a, b| graph.compare_entities(*a, *b));
    rows.dedup();
    rows
}

/// What is left to be tried of a filter on the neighbours that it started from.
fn rest(filter: &EntityFilter) -> EntityFilter {
    let mut rest = EntityFilter { kinds: None, ..filter.clone() };
    // Whom the relation leads to, and what it is like, are still to be asked, unless it says no more than who that is.
    let by_id_alone = |end: &EntityFilter| *end == EntityFilter { ids: end.ids.clone(), ..EntityFilter::default() };
    let is_told =
        |related: &RelatedFilter| related.relation.is_none() && related.entity.as_ref().is_some_and(by_id_alone);
    rest.relations = rest.relations.map(|mut relations| {
        relations.some.take_if(|related| is_told(related));
        relations
    });
    rest.relations.take_if(|relations| **relations == RelationsFilter::default());
    rest
}

/// What any of some filters can start from, when all of them can.
fn any_of<F, T>(filters: Option<&[F]>, start: impl Fn(&F) -> Option<Vec<T>>) -> Option<Vec<T>> {
    let starts: Option<Vec<_>> = filters?.iter().map(start).collect();
    starts.map(|starts| starts.into_iter().flatten().collect())
}
