//! Conditions on entities and relations, combined with and, or and not.
//!
//! `{ kind: [PROJECT], name: { contains: "femmes" }, not: { country: "SV" } }` → projects about women outside El Salvador
//!
//! All conditions of one filter hold together; an empty filter holds for everything. Names are compared folded.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::graph::{EntityRow, Graph, RelationRow};
use crate::model::{DocumentId, Entity, EntityId, EntityKind, Modality, PartialDate, RelationKind, fold};

/// A condition on any of an entity's names and aliases, without regard to case, accents and punctuation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameFilter {
    /// The whole name.
    pub eq: Option<String>,
    /// A part of it.
    pub contains: Option<String>,
    /// Its beginning.
    pub starts_with: Option<String>,
}

impl NameFilter {
    fn holds(&self, entity: &Entity) -> bool {
        let wanted = |text: &Option<String>| text.as_deref().map(fold);
        let (eq, contains, starts) = (wanted(&self.eq), wanted(&self.contains), wanted(&self.starts_with));
        let mut names =
            entity.names.values().flatten().chain(&entity.aliases).chain([&entity.name]).map(|name| fold(name));
        names.any(|name| {
            eq.as_ref().is_none_or(|text| name == *text)
                && contains.as_ref().is_none_or(|text| name.contains(text.as_str()))
                && starts.as_ref().is_none_or(|text| name.starts_with(text.as_str()))
        })
    }
}

/// Which entities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityFilter {
    /// Of one of these kinds.
    pub kinds: Option<BTreeSet<EntityKind>>,
    /// With one of these ids (ids that were merged away count).
    pub ids: Option<Vec<EntityId>>,
    /// With such a name.
    pub name: Option<NameFilter>,
    /// Lying in or belonging to the country with this ISO 3166-1 code.
    pub country: Option<String>,
    /// With a proper name, or without.
    pub named: Option<bool>,
    /// Mentioned in this document.
    pub document: Option<DocumentId>,
    /// Having a relation of one of these kinds, in either direction.
    pub has_relation: Option<BTreeSet<RelationKind>>,
    /// Mentioned in a document that the graph had at this moment.
    pub known_at: Option<Timestamp>,
    /// Confirmed by somebody, or not.
    pub confirmed: Option<bool>,
    /// All of these hold.
    pub and: Vec<EntityFilter>,
    /// One of these holds, when there are any.
    pub or: Vec<EntityFilter>,
    /// This does not hold.
    pub not: Option<Box<EntityFilter>>,
}

impl EntityFilter {
    /// Whether the filter holds for an entity.
    pub fn holds(&self, graph: &Graph, row: EntityRow) -> bool {
        let entity = graph.entity(row);
        let is = |id: &EntityId| *id == entity.id || entity.merged_ids.contains(id);
        let has = |kind: &RelationKind| graph.relations_of_kind(row, *kind).next().is_some();
        all_of(&self.kinds, |kinds| kinds.contains(&entity.kind))
            && all_of(&self.ids, |ids| ids.iter().any(is))
            && all_of(&self.name, |name| name.holds(entity))
            && all_of(&self.country, |code| entity.country.as_ref().is_some_and(|c| c.eq_ignore_ascii_case(code)))
            && all_of(&self.named, |named| entity.named == *named)
            && all_of(&self.document, |id| {
                graph.find_document(id).is_some_and(|document| graph.is_mentioned_in(row, document))
            })
            && all_of(&self.has_relation, |kinds| kinds.iter().any(has))
            && all_of(&self.known_at, |at| graph.documents_of(row).iter().any(|d| graph.stored(*d).added_at <= *at))
            && all_of(&self.confirmed, |confirmed| entity.confirmed == *confirmed)
            && self.and.iter().all(|filter| filter.holds(graph, row))
            && (self.or.is_empty() || self.or.iter().any(|filter| filter.holds(graph, row)))
            && !self.not.as_ref().is_some_and(|filter| filter.holds(graph, row))
    }
}

/// Which relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationFilter {
    /// Of one of these kinds.
    pub kinds: Option<BTreeSet<RelationKind>>,
    /// With one of these subjects (ids that were merged away count).
    pub subjects: Option<Vec<EntityId>>,
    /// With one of these objects (ids that were merged away count).
    pub objects: Option<Vec<EntityId>>,
    /// Stated in this document.
    pub document: Option<DocumentId>,
    /// At least as sure as this.
    pub min_confidence: Option<f64>,
    /// Presented in one of these ways.
    pub modality: Option<BTreeSet<Modality>>,
    /// Stated in a document that the graph had at this moment.
    pub known_at: Option<Timestamp>,
    /// Said of a time that may include this date; what is not dated, or without a year, is left out.
    pub valid_at: Option<PartialDate>,
    /// Confirmed by somebody, or not.
    pub confirmed: Option<bool>,
    /// All of these hold.
    pub and: Vec<RelationFilter>,
    /// One of these holds, when there are any.
    pub or: Vec<RelationFilter>,
    /// This does not hold.
    pub not: Option<Box<RelationFilter>>,
}

impl RelationFilter {
    /// Whether the filter holds for a relation.
    pub fn holds(&self, graph: &Graph, row: RelationRow) -> bool {
        let relation = graph.relation(row);
        let (subject, object) = graph.ends(row);
        let names =
            |ids: &Vec<EntityId>, end| ids.iter().any(|id| graph.find_entity(id).is_some_and(|f| f.row() == end));
        all_of(&self.kinds, |kinds| kinds.contains(&relation.kind))
            && all_of(&self.subjects, |ids| names(ids, subject))
            && all_of(&self.objects, |ids| names(ids, object))
            && all_of(&self.document, |id| {
                graph.find_document(id).is_some_and(|document| graph.evidence(row).any(|e| e.document == document))
            })
            // Confidences are stored in single precision: 0.9 asked for must find 0.9 stored.
            && all_of(&self.min_confidence, |least| relation.confidence >= *least as f32)
            && all_of(&self.modality, |ways| ways.contains(&relation.qualifiers.modality))
            && all_of(&self.known_at, |at| graph.evidence(row).any(|e| graph.stored(e.document).added_at <= *at))
            && all_of(&self.valid_at, |at| relation.qualifiers.date.is_some_and(|date| date.touches(*at)))
            && all_of(&self.confirmed, |confirmed| relation.confirmed == *confirmed)
            && self.and.iter().all(|filter| filter.holds(graph, row))
            && (self.or.is_empty() || self.or.iter().any(|filter| filter.holds(graph, row)))
            && !self.not.as_ref().is_some_and(|filter| filter.holds(graph, row))
    }
}

/// A condition that was not given holds.
fn all_of<T>(condition: &Option<T>, holds: impl FnOnce(&T) -> bool) -> bool {
    condition.as_ref().is_none_or(holds)
}
