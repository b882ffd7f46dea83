//! One listed thing, whatever its kind, with all its forms.
//!
//! Country `SV`: names `El Salvador`, `Salvador` …; demonyms `salvadorien` …; organization `us-prm`: parent `us-state`, acronym `PRM`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{EntityKind, Language};

/// Forms by language, display form first.
pub(super) type Forms = BTreeMap<Language, Vec<&'static str>>;

/// A country, region, place, organization, topic or population of the registry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is. Regions are places.
    pub kind: EntityKind,
    /// Unique within its kind: ISO code, slug, or code of the vocabulary.
    pub key: Cow<'static, str>,
    /// Names by language, display name first.
    pub names: Forms,
    /// Acronyms by language, written exactly so.
    pub acronyms: Forms,
    /// Adjectives and inhabitants, lower case.
    pub demonyms: Forms,
    /// Words that state a topic or name a population, lower case.
    pub terms: Forms,
    /// Ids by scheme.
    pub external_ids: BTreeMap<&'static str, &'static str>,
    /// ISO 3166-1 alpha-2 code of the country it belongs to or lies in.
    pub country: Option<&'static str>,
    /// The same for the countries that a body works in, where that tells it from another with its acronym.
    pub countries: Vec<&'static str>,
    /// Those of its acronyms that bodies of no list have too: they alone do not name it.
    pub shared: Vec<&'static str>,
    /// Key of the organization it is a part of.
    pub parent: Option<&'static str>,
    /// Whether its bare name often means something else.
    pub ambiguous: bool,
    /// Whether it is the capital of its country.
    pub capital: bool,
}

impl Entry {
    /// An entry without forms.
    pub fn new(kind: EntityKind, key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            key: key.into(),
            names: Forms::new(),
            acronyms: Forms::new(),
            demonyms: Forms::new(),
            terms: Forms::new(),
            external_ids: BTreeMap::new(),
            country: None,
            countries: Vec::new(),
            shared: Vec::new(),
            parent: None,
            ambiguous: false,
            capital: false,
        }
    }

    /// Names by language, display name first, acronyms last; of a vocabulary's terms only the first.
    pub fn names_shown(&self) -> BTreeMap<Language, Vec<String>> {
        let forms = if self.names.values().any(|n| !n.is_empty()) { &self.names } else { &self.terms };
        let vocabulary = matches!(self.kind, EntityKind::Topic | EntityKind::Population);
        let most = if vocabulary { 1 } else { usize::MAX };
        let owned = |forms: &Vec<&str>| forms.iter().take(most).map(|form| (*form).to_owned()).collect();
        let mut names: BTreeMap<_, Vec<String>> = forms.iter().map(|(l, forms)| (l.clone(), owned(forms))).collect();
        for (language, acronyms) in &self.acronyms {
            names.entry(language.clone()).or_default().extend(acronyms.iter().map(|form| (*form).to_owned()));
        }
        names
    }

    /// Ids by scheme.
    pub fn ids(&self) -> BTreeMap<String, String> {
        self.external_ids.iter().map(|(scheme, id)| ((*scheme).to_owned(), (*id).to_owned())).collect()
    }

    /// The display name in a language.
    pub fn name_in(&self, language: &str) -> Option<&'static str> {
        let first = |forms: &Forms| forms.iter().find(|(l, _)| l.as_str() == language)?.1.first().copied();
        first(&self.names).or_else(|| first(&self.terms))
    }

    /// The display name in the first of these languages that has one, or in any.
    pub fn name(&self, languages: &[&str]) -> &str {
        let any = || self.names.values().chain(self.terms.values()).find_map(|names| names.first()).copied();
        languages.iter().find_map(|language| self.name_in(language)).or_else(any).unwrap_or(&self.key)
    }
}

/// What sort of form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormKind {
    /// A name: capitals expected, any case tolerated where a heading is in capitals.
    Name,
    /// An acronym: only exactly as written.
    Acronym,
    /// An adjective or name of inhabitants.
    Demonym,
    /// A word of a controlled vocabulary.
    Term,
}

/// Some of the languages in which the lexicon has forms, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Languages(u32);

impl Languages {
    /// How many languages there can be.
    pub(super) const MOST: usize = 32;

    /// The set of the one language with this number.
    pub(super) fn one(number: usize) -> Self {
        Self(1 << number)
    }

    /// Whether the sets have a language in common.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A form with the entry it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedForm {
    /// Index of the entry.
    pub entry: usize,
    /// Sort of form.
    pub kind: FormKind,
    /// Languages in which it is listed.
    pub languages: Languages,
    /// An acronym as written in the data; empty for forms of which the folded form is enough.
    pub written: &'static str,
}
