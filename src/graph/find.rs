//! Looking things up by what is written elsewhere: an id, a name in any form, an id of a public scheme.
//!
//! `"OIM"`, `"oim"` and `"l’O.I.M."` do not all fold alike: folding joins case, accents and punctuation, nothing more.
//!
//! Must not rank or guess: that is `search`'s job.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{DocumentRow, EntityRow, Graph, RelationRow};
use crate::model::{DocumentId, Entity, EntityId, RelationId, fold};

/// How an id was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is the entity's id.
    Current(EntityRow),
    /// It was the id of an entity that has been merged into this one.
    Merged(EntityRow),
}

impl Found {
    /// The entity, however it was found.
    pub fn row(self) -> EntityRow {
        match self {
            Self::Current(row) | Self::Merged(row) => row,
        }
    }
}

impl Graph {
    /// The entity with this id, or into which the entity with this id was merged.
    pub fn find_entity(&self, id: &EntityId) -> Option<Found> {
        let current = self.entities_by_id.find(|(known, _)| known.cmp(id)).map(|(_, row)| Found::Current(*row));
        current.or_else(|| self.merged.find(|(known, _)| known.cmp(id)).map(|(_, row)| Found::Merged(*row)))
    }

    /// The relation with this id.
    pub fn find_relation(&self, id: &RelationId) -> Option<RelationRow> {
        self.relations_by_id.find(|(known, _)| known.cmp(id)).map(|(_, row)| *row)
    }

    /// The document with this id.
    pub fn find_document(&self, id: &DocumentId) -> Option<DocumentRow> {
        self.documents_by_id.find(|(known, _)| known.cmp(id)).map(|(_, row)| *row)
    }

    /// The entities that carry this id of this scheme (`iso3166-1`, `SV`), by id.
    pub fn find_external(&self, scheme: &str, value: &str) -> Vec<EntityRow> {
        let same = self.external.range(|(s, v, ..)| s.as_ref().cmp(scheme).then_with(|| v.as_ref().cmp(value)));
        same.map(|(.., row)| *row).collect()
    }

    /// The entities of which a name or alias folds to the same text, by id.
    pub fn find_named(&self, name: &str) -> Vec<EntityRow> {
        let folded = fold(name);
        self.named.range(|(known, ..)| known.as_ref().cmp(folded.as_str())).map(|(.., row)| *row).collect()
    }

    /// The entities of which a name or alias, folded, begins with this text; one comes as often as it has such names.
    pub fn names_beginning(&self, folded: &str) -> impl Iterator<Item = EntityRow> + use<'_> {
        let (from, with) = (folded.to_owned(), folded.to_owned());
        let onwards = self.named.onwards(move |(known, ..)| known.as_ref() < from.as_str());
        onwards.take_while(move |(known, ..)| known.starts_with(&with)).map(|(.., row)| *row)
    }

    /// Makes an entity found by all that it is known by; `before` is what it was listed as and was unlisted for.
    pub(super) fn list(&mut self, row: EntityRow, entity: &Entity, before: Option<&Entity>) {
        for name in fold_all(names_beyond(entity, before)) {
            self.named.insert((name, entity.id.clone(), row), |a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        }
        for (scheme, value) in ids_beyond(entity, before) {
            let item = (scheme.as_str().into(), value.as_str().into(), entity.id.clone(), row);
            self.external.insert(item, |a, b| (&a.0, &a.1, &a.2).cmp(&(&b.0, &b.1, &b.2)));
        }
        for id in merged_beyond(entity, before) {
            self.merged.insert((id.clone(), row), |a, b| a.0.cmp(&b.0));
        }
        *self.entity_counts.entry(entity.kind).or_default() += 1;
    }

    /// Makes an entity found no more, but by what it is known by `after`: most of what changes about an entity leaves its names alone.
    pub(super) fn unlist(&mut self, entity: &Entity, after: Option<&Entity>) {
        let mut gone = fold_all(names_beyond(entity, after));
        if let Some(after) = after.filter(|_| !gone.is_empty()) {
            let stay = folded_names(after);
            gone.retain(|name| !stay.contains(name));
        }
        for name in gone {
            self.named.remove(|(known, id, _)| known.cmp(&name).then_with(|| id.cmp(&entity.id)));
        }
        for (scheme, value) in ids_beyond(entity, after) {
            let there = (scheme.as_str(), value.as_str(), &entity.id);
            self.external.remove(|(s, v, id, _)| (s.as_ref(), v.as_ref(), id).cmp(&there));
        }
        for id in merged_beyond(entity, after) {
            self.merged.remove(|(known, _)| known.cmp(id));
        }
        super::count::less(&mut self.entity_counts, entity.kind);
    }
}

/// All that an entity is called, each once, as names are compared.
pub(super) fn folded_names(entity: &Entity) -> BTreeSet<Arc<str>> {
    fold_all(written_names(entity))
}

fn fold_all<'n>(names: impl IntoIterator<Item = &'n String>) -> BTreeSet<Arc<str>> {
    names.into_iter().map(|name| fold(name)).filter(|name| !name.is_empty()).map(Arc::from).collect()
}

fn written_names(entity: &Entity) -> impl Iterator<Item = &String> {
    entity.names.values().flatten().chain(&entity.aliases).chain([&entity.name])
}

/// The names of one that the other does not have, as they are written.
fn names_beyond<'e>(entity: &'e Entity, other: Option<&Entity>) -> Vec<&'e String> {
    let known: HashSet<&String> = other.into_iter().flat_map(written_names).collect();
    written_names(entity).filter(|name| !known.contains(name)).collect()
}

/// The external ids of one that the other does not have.
fn ids_beyond<'e>(entity: &'e Entity, other: Option<&Entity>) -> impl Iterator<Item = (&'e String, &'e String)> {
    entity
        .external_ids
        .iter()
        .filter(move |(scheme, value)| other.and_then(|o| o.external_ids.get(*scheme)) != Some(*value))
}

/// The ids merged into one that are not merged into the other.
fn merged_beyond<'e>(entity: &'e Entity, other: Option<&Entity>) -> impl Iterator<Item = &'e EntityId> {
    entity.merged_ids.iter().filter(move |id| other.is_none_or(|other| !other.merged_ids.contains(*id)))
}
