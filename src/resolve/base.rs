//! What all documents together say of one id, before anything is joined.
//!
//! *Agence du Nord* in one document, *Agence du Nord (ADN)* in another → one base with two names; without the second document, one
//!
//! Everything is counted, so that a document leaves no trace when it goes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::tally::Tally;
use crate::lexicon::{Entry, lexicon};
use crate::model::{EntityId, EntityKind, LocalEntity, fold};

/// Number of a base, within one resolver.
pub(super) type BaseNumber = u32;

/// Where something stands: number of the document, index in its annotations.
pub(super) type Site = (u32, u32);

/// Everything of one id.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) id: EntityId,
    pub(super) kind: EntityKind,
    /// Names proposed to be shown, the shortest first; of equally long ones the first in order last.
    shown: Tally<(usize, Reverse<String>)>,
    /// All names and aliases seen.
    pub(super) names: Tally<String>,
    registry: Tally<String>,
    countries: Tally<String>,
    named: usize,
    /// The local entities that have this id.
    pub(super) locals: BTreeSet<Site>,
    /// The statements of which such a local entity is an end.
    pub(super) statements: BTreeSet<Site>,
}

impl Base {
    pub(super) fn new(id: EntityId, kind: EntityKind) -> Self {
        Self {
            id,
            kind,
            shown: Tally::default(),
            names: Tally::default(),
            registry: Tally::default(),
            countries: Tally::default(),
            named: 0,
            locals: BTreeSet::new(),
            statements: BTreeSet::new(),
        }
    }

    pub(super) fn add(&mut self, site: Site, local: &LocalEntity) {
        self.locals.insert(site);
        self.shown.put((local.name.chars().count(), Reverse(local.name.clone())));
        for name in local.aliases.iter().chain([&local.name]) {
            self.names.put(name.clone());
        }
        local.registry.iter().for_each(|key| self.registry.put(key.clone()));
        local.country.iter().for_each(|country| self.countries.put(country.clone()));
        self.named += usize::from(local.named);
    }

    pub(super) fn remove(&mut self, site: Site, local: &LocalEntity) {
        self.locals.remove(&site);
        self.shown.take(&(local.name.chars().count(), Reverse(local.name.clone())));
        for name in local.aliases.iter().chain([&local.name]) {
            self.names.take(name);
        }
        local.registry.iter().for_each(|key| self.registry.take(key));
        local.country.iter().for_each(|country| self.countries.take(country));
        self.named -= usize::from(local.named);
    }

    /// Whether any document has it.
    pub(super) fn is_there(&self) -> bool {
        !self.locals.is_empty()
    }

    /// The longest name; of equally long ones the first in order, whatever the order of the documents.
    pub(super) fn name(&self) -> &str {
        self.shown.iter().next_back().map_or("", |(_, Reverse(name))| name)
    }

    /// Whether a document calls it by a proper name.
    pub(super) fn is_named(&self) -> bool {
        self.named > 0
    }

    /// The first country in order, whatever the order of the documents.
    pub(super) fn country(&self) -> Option<&String> {
        self.countries.iter().next()
    }

    /// What the registry says of it.
    pub(super) fn entry(&self) -> Option<&'static Entry> {
        self.registry.iter().find_map(|key| lexicon().by_key(self.kind, key))
    }

    /// All names and aliases as they are compared.
    pub(super) fn folded_names(&self) -> BTreeSet<String> {
        self.names.iter().map(|name| fold(name)).collect()
    }
}
