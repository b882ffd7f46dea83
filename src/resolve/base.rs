//! What all documents together say of one id, before anything is joined.
//!
//! *Agence du Nord* in one document, *Agence du Nord (ADN)* in another → one base with two names; without the second document, one
//!
//! Everything is counted, so that a document leaves no trace when it goes.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::identify::are_short_acronyms;
use super::tally::Tally;
use crate::lexicon::{Entry, lexicon, tongue};
use crate::model::{EntityId, EntityKind, Language, LocalEntity, ResolutionRule, fold};

/// Number of a base, within one resolver.
pub(super) type BaseNumber = u32;

/// Where something stands: number of the document, index in its annotations.
pub(super) type Site = (u32, u32);

/// How a document came to an id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'i> {
    pub(super) rule: ResolutionRule,
    /// The language of the document.
    pub(super) language: &'i Language,
    /// The country that the id holds.
    pub(super) country: Option<&'i String>,
    /// The country that the document is about.
    pub(super) home: Option<&'i String>,
    /// The namespace of the ids in a data file; lines of one are in no language.
    pub(super) namespace: Option<&'i Arc<str>>,
}

impl<'i> Seen<'i> {
    fn country(&self, local: &'i LocalEntity) -> Option<&'i String> {
        local.country.as_ref().or(self.country)
    }

    fn spoken(&self, local: &LocalEntity) -> Option<Spoken> {
        let language = self.namespace.is_none().then(|| tongue(&fold(&local.name), self.language))?;
        Some((language, local.name.chars().count(), Reverse(local.name.clone())))
    }

    fn source(&self, local: &LocalEntity) -> Option<(Arc<str>, Arc<str>)> {
        Some((Arc::clone(self.namespace?), Arc::clone(local.source_id.as_ref()?)))
    }
}

/// A name with its language, ordered by that, then the shortest first.
type Spoken = (Language, usize, Reverse<String>);

/// Everything of one id.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) id: EntityId,
    pub(super) kind: EntityKind,
    /// Names proposed to be shown, the shortest first; of equally long ones the first in order last.
    shown: Tally<(usize, Reverse<String>)>,
    /// The same by their language: that of the document, unless their words say another.
    spoken: Tally<Spoken>,
    /// All names and aliases seen.
    pub(super) names: Tally<String>,
    registry: Tally<String>,
    /// The ids by which data files call it: namespace and id.
    sources: Tally<(Arc<str>, Arc<str>)>,
    countries: Tally<String>,
    /// What led to the id; of several the first in order counts.
    rules: Tally<ResolutionRule>,
    /// The countries that its documents are about.
    homes: Tally<String>,
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
            spoken: Tally::default(),
            names: Tally::default(),
            registry: Tally::default(),
            sources: Tally::default(),
            countries: Tally::default(),
            rules: Tally::default(),
            homes: Tally::default(),
            named: 0,
            locals: BTreeSet::new(),
            statements: BTreeSet::new(),
        }
    }

    pub(super) fn add(&mut self, site: Site, local: &LocalEntity, seen: &Seen<'_>) {
        self.locals.insert(site);
        if !local.name.is_empty() {
            let length = local.name.chars().count();
            self.shown.put((length, Reverse(local.name.clone())));
            seen.spoken(local).into_iter().for_each(|spoken| self.spoken.put(spoken));
            for name in local.aliases.iter().chain([&local.name]) {
                self.names.put(name.clone());
            }
        }
        seen.source(local).into_iter().for_each(|source| self.sources.put(source));
        local.registry.iter().for_each(|key| self.registry.put(key.clone()));
        seen.country(local).into_iter().for_each(|country| self.countries.put(country.clone()));
        seen.home.iter().for_each(|home| self.homes.put((*home).clone()));
        self.rules.put(seen.rule);
        self.named += usize::from(local.named);
    }

    pub(super) fn remove(&mut self, site: Site, local: &LocalEntity, seen: &Seen<'_>) {
        self.locals.remove(&site);
        if !local.name.is_empty() {
            let length = local.name.chars().count();
            self.shown.take(&(length, Reverse(local.name.clone())));
            seen.spoken(local).into_iter().for_each(|spoken| self.spoken.take(&spoken));
            for name in local.aliases.iter().chain([&local.name]) {
                self.names.take(name);
            }
        }
        seen.source(local).into_iter().for_each(|source| self.sources.take(&source));
        local.registry.iter().for_each(|key| self.registry.take(key));
        seen.country(local).into_iter().for_each(|country| self.countries.take(country));
        seen.home.iter().for_each(|home| self.homes.take(home));
        self.rules.take(&seen.rule);
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

    /// The names by which documents call it, with their languages, in the order of these, of one language the longest last.
    pub(super) fn spoken(&self) -> impl Iterator<Item = (&Language, &str)> {
        self.spoken.iter().map(|(language, _, Reverse(name))| (language, name.as_str()))
    }

    /// Whether a document calls it by a proper name.
    pub(super) fn is_named(&self) -> bool {
        self.named > 0
    }

    /// The first country in order, whatever the order of the documents.
    pub(super) fn country(&self) -> Option<&String> {
        self.countries.iter().next()
    }

    /// What led to its id.
    pub(super) fn rule(&self) -> ResolutionRule {
        self.rules.iter().next().copied().unwrap_or(ResolutionRule::Document)
    }

    /// Whether a document that is about this country speaks of it.
    pub(super) fn is_at_home_in(&self, country: &str) -> bool {
        self.homes.iter().any(|home| home == country)
    }

    /// Whether documents that are about one country speak of both.
    pub(super) fn shares_home_with(&self, other: &Self) -> bool {
        self.homes.iter().any(|home| other.is_at_home_in(home))
    }

    /// Whether it is known by nothing but a short acronym.
    pub(super) fn is_short_acronym(&self) -> bool {
        self.kind == EntityKind::Organization && are_short_acronyms(self.names.iter())
    }

    /// The ids by which data files call it: namespace and id, in order.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sources.iter().map(|(namespace, id)| (&**namespace, &**id))
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
