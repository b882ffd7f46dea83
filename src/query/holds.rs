//! What filters mean: whether one holds for an entity, a relation or a document.
//!
//! `trial.entity(&filter, canada)` → whether Canada meets all conditions of the filter
//!
//! Every filter tried inside another one and every relation followed is a step of the request's budget. When that is spent, answers
//! mean nothing any more, and whoever asked must say so ([`Budget::check`]).

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::graph::{DocumentRow, EntityRow, EvidenceRow, Graph, Link, RelationRow, Step};
use crate::model::{DateRange, Entity};

use super::budget::Budget;
use super::filter::{DocumentFilter, EntityFilter, ExternalIdFilter, RelatedFilter, RelationFilter};
use super::order::relation_documents;
use super::seen::{entity_seen, relation_seen};
use super::text::verbatim;

/// A graph to try filters on, and what that may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trial<'t> {
    pub(super) graph: &'t Graph,
    pub(super) budget: &'t Budget,
}

/// A condition that was not given holds.
fn all_of<T>(condition: &Option<T>, holds: impl FnOnce(&T) -> bool) -> bool {
    condition.as_ref().is_none_or(holds)
}

impl<'t> Trial<'t> {
    /// Whether a filter holds for an entity.
    pub(super) fn entity(&self, filter: &EntityFilter, row: EntityRow) -> bool {
        let entity = self.graph.entity(row);
        let count = |count: usize| i64::try_from(count).ok();
        all_of(&filter.kinds, |kinds| kinds.contains(&entity.kind))
            && all_of(&filter.ids, |ids| ids.contains(&entity.id) || !ids.is_disjoint(&entity.merged_ids))
            && all_of(&filter.named, |named| entity.named == *named)
            && all_of(&filter.confirmed, |confirmed| entity.confirmed == *confirmed)
            && all_of(&filter.countries, |codes| entity.country.as_ref().is_some_and(|code| any_case(codes, code)))
            && all_of(&filter.external_id, |id| has_external_id(entity, id))
            && all_of(&filter.mention_count, |n| n.holds(count(self.graph.mention_count(row))))
            && all_of(&filter.name, |name| name.holds_for_one(names(entity)))
            && self.documents_of(filter, row)
            && all_of(&filter.relations, |relations| {
                all_of(&relations.some, |related| self.some(related, row))
                    && all_of(&relations.every, |related| self.every(related, row))
                    && all_of(&relations.none, |related| !self.some(related, row))
            })
            && filter.relation_counts.iter().all(|c| c.count.holds(count(self.related(&c.of, row).count())))
            && filter.and.iter().all(|filter| self.inner_entity(filter, row))
            && all_of(&filter.or, |any| any.iter().any(|filter| self.inner_entity(filter, row)))
            && all_of(&filter.not, |filter| !self.inner_entity(filter, row))
    }

    fn inner_entity(&self, filter: &EntityFilter, row: EntityRow) -> bool {
        self.budget.take(1) && self.entity(filter, row)
    }

    /// What a filter says of the documents that mention an entity.
    fn documents_of(&self, filter: &EntityFilter, row: EntityRow) -> bool {
        let EntityFilter { documents, published, known_at, document_count, first_seen, last_seen, .. } = filter;
        let one = documents.is_some() || published.is_some() || known_at.is_some();
        let sum = document_count.is_some() || first_seen.is_some() || last_seen.is_some();
        if !one && !sum {
            return true;
        }
        let mentioning = self.graph.documents_of(row);
        if !self.budget.look(mentioning.len()) {
            return false;
        }
        let fits = |document: &DocumentRow| {
            let read = self.graph.document(*document);
            all_of(documents, |ids| ids.contains(&read.id))
                && all_of(published, |then| then.holds(read.published.map(DateRange::on)))
                && all_of(known_at, |at| self.graph.stored(*document).added_at <= *at)
        };
        let seen = || entity_seen(self.graph, row);
        (!one || mentioning.iter().any(fits))
            && all_of(document_count, |n| n.holds(i64::try_from(mentioning.len()).ok()))
            && all_of(first_seen, |then| then.holds(seen().map(|(first, _)| first)))
            && all_of(last_seen, |then| then.holds(seen().map(|(_, last)| last)))
    }

    /// The relations of an entity of the kind and direction of a filter, with what they lead to.
    fn steps(&self, filter: &RelatedFilter, row: EntityRow) -> impl Iterator<Item = (Step, EntityRow)> + use<'_, 't> {
        let graph = self.graph;
        let links: Box<dyn Iterator<Item = Link>> = match &filter.kinds {
            None => Box::new(graph.links(row)),
            Some(kinds) => Box::new(kinds.clone().into_iter().flat_map(move |kind| graph.links_of_kind(row, kind))),
        };
        let direction = filter.direction;
        let affordable = links.take_while(|_| self.budget.take(1));
        affordable.filter_map(move |link| Some((link.step(direction)?, link.end)))
    }

    /// The relations of an entity for which a filter holds.
    pub(super) fn related(&self, filter: &RelatedFilter, row: EntityRow) -> impl Iterator<Item = Step> {
        self.steps(filter, row).filter(|(step, end)| self.meets(filter, *step, *end)).map(|(step, _)| step)
    }

    /// Whether a filter holds for one of the relations of an entity.
    fn some(&self, filter: &RelatedFilter, row: EntityRow) -> bool {
        let mut found = false;
        let mut see = |link: Link| {
            if !self.budget.take(1) {
                return ControlFlow::Break(());
            }
            found = link.step(filter.direction).is_some_and(|step| self.meets(filter, step, link.end));
            if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        // How it ended says `found`.
        let _ = match &filter.kinds {
            None => self.graph.links(row).try_for_each(see),
            Some(kinds) => {
                kinds.iter().try_for_each(|kind| self.graph.links_of_kind(row, *kind).try_for_each(&mut see))
            }
        };
        found
    }

    fn every(&self, filter: &RelatedFilter, row: EntityRow) -> bool {
        self.steps(filter, row).all(|(step, end)| self.meets(filter, step, end))
    }

    fn meets(&self, filter: &RelatedFilter, step: Step, end: EntityRow) -> bool {
        all_of(&filter.relation, |filter| self.inner_relation(filter, step.relation))
            && all_of(&filter.entity, |filter| self.inner_entity(filter, end))
    }

    /// Whether a filter holds for a relation.
    pub(super) fn relation(&self, filter: &RelationFilter, row: RelationRow) -> bool {
        let relation = self.graph.relation(row);
        let said = &relation.qualifiers;
        let (subject, object) = self.graph.ends(row);
        let mentions = self.graph.evidence_count(row);
        all_of(&filter.kinds, |kinds| kinds.contains(&relation.kind))
            && all_of(&filter.ids, |ids| ids.contains(&relation.id))
            // Confidences are stored in single precision: 0.9 asked for must find 0.9 stored.
            && all_of(&filter.confidence, |n| n.map(|n| n as f32).holds(Some(relation.confidence)))
            && all_of(&filter.modalities, |ways| ways.contains(&said.modality))
            && all_of(&filter.confirmed, |confirmed| relation.confirmed == *confirmed)
            && all_of(&filter.amount, |n| n.holds(said.amount))
            && all_of(&filter.currencies, |codes| said.currency.as_ref().is_some_and(|code| any_case(codes, code)))
            && all_of(&filter.date, |then| then.holds(said.date))
            && all_of(&filter.valid_at, |at| said.date.is_some_and(|date| date.touches(*at)))
            && all_of(&filter.mention_count, |n| n.holds(i64::try_from(mentions).ok()))
            && all_of(&filter.role, |role| role.holds(said.role.as_deref()))
            && all_of(&filter.subject, |filter| self.inner_entity(filter, subject))
            && all_of(&filter.object, |filter| self.inner_entity(filter, object))
            && all_of(&filter.either, |f| self.inner_entity(f, subject) || self.inner_entity(f, object))
            && self.statements_of(filter, row)
            && filter.and.iter().all(|filter| self.inner_relation(filter, row))
            && all_of(&filter.or, |any| any.iter().any(|filter| self.inner_relation(filter, row)))
            && all_of(&filter.not, |filter| !self.inner_relation(filter, row))
    }

    fn inner_relation(&self, filter: &RelationFilter, row: RelationRow) -> bool {
        self.budget.take(1) && self.relation(filter, row)
    }

    /// What a filter says of the statements that a relation rests on.
    fn statements_of(&self, filter: &RelationFilter, row: RelationRow) -> bool {
        let RelationFilter { documents, published, known_at, evidence, rule, .. } = filter;
        let RelationFilter { document_count, first_seen, last_seen, .. } = filter;
        let one =
            documents.is_some() || published.is_some() || known_at.is_some() || evidence.is_some() || rule.is_some();
        let sum = document_count.is_some() || first_seen.is_some() || last_seen.is_some();
        if !one && !sum {
            return true;
        }
        if !self.budget.look(self.graph.evidence_count(row)) {
            return false;
        }
        let fits = |statement: EvidenceRow| {
            let read = self.graph.document(statement.document);
            all_of(documents, |ids| ids.contains(&read.id))
                && all_of(published, |then| then.holds(read.published.map(DateRange::on)))
                && all_of(known_at, |at| self.graph.stored(statement.document).added_at <= *at)
                && all_of(rule, |rule| rule.holds(Some(&self.graph.statement(statement).rule.0)))
                && all_of(evidence, |text| {
                    let sentences = verbatim(self.graph, statement.document, &self.graph.statement(statement).evidence);
                    self.budget.read(sentences.len()) && text.holds(Some(&sentences))
                })
        };
        let documents = || relation_documents(self.graph, row);
        let seen = || relation_seen(self.graph, row);
        (!one || self.graph.evidence(row).any(fits))
            && all_of(document_count, |n| n.holds(i64::try_from(documents()).ok()))
            && all_of(first_seen, |then| then.holds(seen().map(|(first, _)| first)))
            && all_of(last_seen, |then| then.holds(seen().map(|(_, last)| last)))
    }

    /// Whether a filter holds for a document.
    pub(super) fn document(&self, filter: &DocumentFilter, row: DocumentRow) -> bool {
        let document = self.graph.document(row);
        let added_at = self.graph.stored(row).added_at;
        all_of(&filter.ids, |ids| ids.contains(&document.id))
            && all_of(&filter.languages, |tags| {
                any_case(tags, document.language.as_str()) || any_case(tags, document.language.primary())
            })
            && all_of(&filter.published, |then| then.holds(document.published.map(DateRange::on)))
            && all_of(&filter.added_at, |then| then.holds(Some(added_at)))
            && all_of(&filter.known_at, |at| added_at <= *at)
            && all_of(&filter.source, |source| source.holds(Some(&document.source)))
            && all_of(&filter.title, |title| title.holds(document.title.as_deref()))
            && all_of(&filter.text, |text| self.budget.read(document.text.len()) && text.holds(Some(&document.text)))
            && all_of(&filter.mentions, |filter| {
                self.graph.entities_in(row).into_iter().any(|entity| self.inner_entity(filter, entity))
            })
            && all_of(&filter.states, |filter| {
                self.graph.relations_in(row).into_iter().any(|relation| self.inner_relation(filter, relation))
            })
            && filter.and.iter().all(|filter| self.inner_document(filter, row))
            && all_of(&filter.or, |any| any.iter().any(|filter| self.inner_document(filter, row)))
            && all_of(&filter.not, |filter| !self.inner_document(filter, row))
    }

    fn inner_document(&self, filter: &DocumentFilter, row: DocumentRow) -> bool {
        self.budget.take(1) && self.document(filter, row)
    }
}

/// Every form of an entity's name.
fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    entity.names.values().flatten().chain(&entity.aliases).chain([&entity.name]).map(String::as_str)
}

fn has_external_id(entity: &Entity, filter: &ExternalIdFilter) -> bool {
    entity.external_ids.iter().any(|(scheme, value)| {
        scheme.eq_ignore_ascii_case(&filter.scheme) && all_of(&filter.values, |values| any_case(values, value))
    })
}

fn any_case(codes: &BTreeSet<String>, code: &str) -> bool {
    codes.iter().any(|known| known.eq_ignore_ascii_case(code))
}
