//! Which ids were read, and what is known of what they stand for: as little as the relations need.
//!
//! `known.keep("p1", Project, None)` → true, and false when it comes again; `known.find("p1")` → a project that no list has
//!
//! Ids are kept as 128 bits that nobody can foresee, so that what a file weighs here does not depend on how its ids are written.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{self, FormKind, lexicon};
use crate::model::{EntityKind, fold};

/// An id, as it is kept.
pub(super) type Key = [u64; 2];

/// What a line said of an entity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) kind: EntityKind,
    /// Its place in the lexicon.
    pub(super) entry: Option<u32>,
}

/// All ids that were read.
#[derive(Default)]
pub(super) struct Ids {
    seeds: [RandomState; 2],
    entities: FxHashMap<Key, Known>,
    relations: FxHashSet<Key>,
}

impl Ids {
    pub(super) fn key(&self, id: &str) -> Key {
        [self.seeds[0].hash_one(id), self.seeds[1].hash_one(id)]
    }

    /// Keeps the id of an entity; whether it is new.
    pub(super) fn keep(&mut self, key: Key, known: Known) -> bool {
        match self.entities.entry(key) {
            Entry::Occupied(_) => false,
            Entry::Vacant(new) => {
                new.insert(known);
                true
            }
        }
    }

    pub(super) fn find(&self, key: Key) -> Option<Known> {
        self.entities.get(&key).copied()
    }

    /// Keeps the id of a relation; whether it is new.
    pub(super) fn keep_relation(&mut self, key: Key) -> bool {
        self.relations.insert(key)
    }
}

/// The one entry of the lexicon of that kind and name, and its place there; none when several have the name.
pub(super) fn listed(kind: EntityKind, name: &str) -> Option<(u32, &'static lexicon::Entry)> {
    let fits = lexicon().lookup(&fold(name)).iter().filter(|form| match form.kind {
        FormKind::Name | FormKind::Term => true,
        FormKind::Acronym => form.written == name,
        FormKind::Demonym => false,
    });
    let mut entries = fits.map(|form| form.entry).filter(|entry| lexicon().entry(*entry).kind == kind);
    let first = entries.next()?;
    let only = entries.all(|entry| entry == first);
    only.then(|| Some((u32::try_from(first).ok()?, lexicon().entry(first)))).flatten()
}

/// A country by its code of ISO 3166-1, of two letters in either case.
pub(super) fn country(code: &str) -> Option<Known> {
    static PLACES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
        let countries = (0..).zip(lexicon().entries()).filter(|(_, entry)| entry.kind == EntityKind::Country);
        countries.map(|(at, entry)| (&*entry.key, at)).collect()
    });
    let entry = PLACES.get(code.to_ascii_uppercase().as_str()).copied()?;
    Some(Known { kind: EntityKind::Country, entry: Some(entry) })
}

/// The entry at a place that [`listed`] gave.
pub(super) fn entry(place: u32) -> &'static lexicon::Entry {
    lexicon().entry(place as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_lists_by_their_kind() {
        let key = |kind, name: &str| listed(kind, name).map(|(_, entry)| entry.key.to_string());
        assert_eq!(key(EntityKind::Country, "senegal").as_deref(), Some("SN"));
        assert_eq!(key(EntityKind::Organization, "OIM").as_deref(), Some("iom"));
        assert_eq!(key(EntityKind::Organization, "oim"), None, "acronyms are written so and not otherwise");
        assert_eq!(key(EntityKind::Place, "Sénégal"), None);
        assert_eq!(key(EntityKind::Country, "sénégalais"), None);
    }

    #[test]
    fn an_id_is_new_once() {
        let mut ids = Ids::default();
        let key = ids.key("p1");
        let known = Known { kind: EntityKind::Project, entry: None };
        assert!(ids.keep(key, known) && !ids.keep(key, known) && ids.keep(ids.key("P1"), known));
        assert!(ids.keep_relation(key) && !ids.keep_relation(key));
        assert!(ids.find(ids.key("p2")).is_none());
    }
}
