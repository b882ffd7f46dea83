//! Ids of one document's entities, from content alone.
//!
//! registry entry → its key (`country:SV`, `organization:iom`); public body, office or embassy → what its name says, in any language
//! (`organization:ministry-health-ne`); name → `person:jorge-peraza`, `place:ngouboua-td`; description without a name → scoped to its
//! document (`event:atelier-de-dakar-45a304`); line of a data file → the id that stands in it, in its namespace (`project:iati.XM-DAC-47066`)
//!
//! A name that many things have is not enough: a body of which every country has one, and a short acronym, need the country that the
//! document is about; a person with a frequent name needs an employer. Without it they stay with their document.

use std::collections::BTreeMap;

use super::body::{self, Standing};
use super::context::Context;
use crate::lexicon::{BodyWord, bodies, lexicon};
use crate::model::{Annotations, Document, EntityId, EntityKind, Lines, LocalEntity, ResolutionRule, fold, slug};

/// The id of a local entity, and what led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identified {
    pub(super) id: EntityId,
    pub(super) rule: ResolutionRule,
    /// The country that the id holds, where the document itself only implies it.
    pub(super) country: Option<String>,
}

/// What led to the id of a local entity, without the id.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) rule: ResolutionRule,
    pub(super) country: Option<String>,
}

/// What an id is made of.
struct Ground {
    key: String,
    rule: ResolutionRule,
    country: Option<String>,
}

/// The longest acronym that says too little by itself, in letters.
const SHORT_ACRONYM: usize = 4;

/// The ids of the local entities, in their order. Two that share a name are one entity and get one id; two that are only described
/// alike are told apart by their order in the text.
pub fn identify(document: &Document, annotations: &Annotations) -> Vec<EntityId> {
    identified(document, annotations).0.into_iter().map(|identified| identified.id).collect()
}

/// The same with what led to each id, and the country that the document is about.
pub(super) fn identified(document: &Document, annotations: &Annotations) -> (Vec<Identified>, Option<String>) {
    if let Some(lines) = &document.lines {
        return (annotations.entities.iter().map(|local| given(document, lines, local)).collect(), None);
    }
    let context = Context::of(document, annotations);
    let mut seen: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut found: Vec<Identified> = Vec::with_capacity(annotations.entities.len());
    for (at, local) in annotations.entities.iter().enumerate() {
        let Ground { key, rule, country } = ground(document, annotations, &context, at);
        let id = EntityId::new(local.kind, &key);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        let described_again = *count > 1 && !local.named && rule == ResolutionRule::Document;
        let id = if described_again { EntityId::from_text(format!("{id}-{count}")) } else { id };
        found.push(Identified { id, rule, country });
    }
    explain_acronyms(annotations, &mut found);
    (found, context.home().map(str::to_owned))
}

/// The id of what a data file has a line about: the lists know it, or it is what its source says.
fn given(document: &Document, lines: &Lines, local: &LocalEntity) -> Identified {
    let of_registry = local.registry.as_ref().map(|key| (EntityId::new(local.kind, key), ResolutionRule::Listed));
    let of_source = || {
        let id = local.source_id.as_ref()?;
        Some((EntityId::of_source(local.kind, &lines.namespace, id), ResolutionRule::SourceId))
    };
    let alone = || {
        let key = format!("{}-{}", slug(&local.name), document.id.digits());
        (EntityId::new(local.kind, &key), ResolutionRule::Document)
    };
    let (id, rule) = of_registry.or_else(of_source).unwrap_or_else(alone);
    Identified { id, rule, country: None }
}

fn ground(document: &Document, annotations: &Annotations, context: &Context<'_>, at: usize) -> Ground {
    let local = &annotations.entities[at];
    let only = |key: String, rule| Ground { key, rule, country: None };
    if let Some(key) = &local.registry {
        return only(key.clone(), ResolutionRule::Listed);
    }
    let name = slug(&local.name);
    let name = if name.is_empty() { "unnamed".to_owned() } else { name };
    let digits = &document.id.digits()[..6.min(document.id.digits().len())];
    let in_document = || only(format!("{name}-{digits}"), ResolutionRule::Document);
    let in_country = |code: &str| Ground {
        key: format!("{name}-{}", code.to_lowercase()),
        rule: ResolutionRule::NameInCountry,
        country: Some(code.to_owned()),
    };
    match local.kind {
        EntityKind::Organization => match body::standing(local, at, context) {
            Standing::Known { key, country } => Ground { key, rule: ResolutionRule::Body, country },
            Standing::Vague => match context.parent(at) {
                Some(parent) => only(format!("{name}-{}", parent.to_lowercase()), ResolutionRule::Body),
                None => in_document(),
            },
            _ if !local.named => in_document(),
            standing => match (&local.country, context.home()) {
                (Some(code), _) => in_country(code),
                (None, Some(code)) if standing == Standing::National || is_short_acronym(local) => in_country(code),
                (None, None) if standing == Standing::National || is_short_acronym(local) => in_document(),
                _ => only(name, ResolutionRule::Name),
            },
        },
        _ if !local.named => in_document(),
        EntityKind::Place => match (&local.country, context.home()) {
            (Some(code), _) => in_country(code),
            // The country that a document is about is no proof that a place lies in it, but tells it from its namesakes elsewhere.
            (None, Some(code)) if is_homonymous(local) => Ground { country: None, ..in_country(code) },
            (None, None) if is_homonymous(local) => in_document(),
            _ => only(name, ResolutionRule::Name),
        },
        EntityKind::Person if is_common(&local.name) => match context.employer(at) {
            Some(employer) => only(format!("{name}-{employer}"), ResolutionRule::NameAndEmployer),
            None => in_document(),
        },
        _ => only(name, ResolutionRule::Name),
    }
}

/// Whether a body is known by nothing but an acronym that others may have: *CNE*, *ACF*.
pub(super) fn is_short_acronym(local: &LocalEntity) -> bool {
    are_short_acronyms(local.aliases.iter().chain([&local.name]))
}

/// Whether each of the names is a short acronym.
pub(super) fn are_short_acronyms<'n>(mut names: impl Iterator<Item = &'n String>) -> bool {
    names.all(|name| {
        let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
        letters <= SHORT_ACRONYM && !name.chars().any(char::is_lowercase)
    })
}

/// Whether the lists have several places of that name.
fn is_homonymous(local: &LocalEntity) -> bool {
    let of_kind = |entry: &usize| lexicon().entry(*entry).kind == EntityKind::Place;
    let mut entries: Vec<usize> = lexicon().lookup(&fold(&local.name)).iter().map(|form| form.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries.iter().filter(|entry| of_kind(entry)).count() > 1
}

/// Whether many people have the name: a given name and a family name that are both frequent, with a second of one of them at most; or
/// a single word.
pub(super) fn is_common(name: &str) -> bool {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.len() > 1).collect();
    let Some((last, before)) = words.split_last() else { return true };
    let frequent = |word: &&str| lexicon().may_be_first_name(word) || bodies().is_common_surname(word);
    let single = before.is_empty();
    single || words.len() <= 3 && bodies().is_common_surname(last) && before.iter().all(frequent)
}

/// An acronym alone belongs to the one body of its document whose initials it takes: *Université nationale de Bangui … l'**UNB***.
fn explain_acronyms(annotations: &Annotations, found: &mut [Identified]) {
    let organizations = || {
        let entities = annotations.entities.iter().enumerate();
        entities.filter(|(_, local)| local.kind == EntityKind::Organization && local.named)
    };
    for (at, local) in organizations().filter(|(_, local)| local.registry.is_none()) {
        let letters = fold(&local.name);
        if letters.len() < 3 || letters.contains(' ') || local.name.chars().any(char::is_lowercase) {
            continue;
        }
        let called = |other: &LocalEntity| other.aliases.iter().any(|alias| *alias == local.name);
        let takes = |other: &&(usize, &LocalEntity)| {
            other.0 != at && (initials(&other.1.name).contains(&letters) || called(other.1))
        };
        let mut fits: Vec<usize> = organizations().filter(|other| takes(&other)).map(|(other, _)| other).collect();
        fits.dedup_by_key(|other| found[*other].id.clone());
        if let [only] = fits.as_slice() {
            found[at] = Identified { rule: ResolutionRule::Initials, ..found[*only].clone() };
        }
    }
}

/// The first letters, in lower case, of the words with a capital, and of all words but small ones; none of a single word.
fn initials(name: &str) -> [String; 2] {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let says = |word: &&str| bodies().word(&fold(word)) != Some(BodyWord::Filler);
    let first = |word: &str| word.chars().next();
    let several = |letters: String| if letters.chars().count() > 1 { fold(&letters) } else { String::new() };
    [
        several(words().filter(capital).filter_map(first).collect()),
        several(words().filter(says).filter_map(first).collect()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_names_are_common() {
        for name in ["María López", "Jean Dupont", "Mamadou Diallo", "Ana María Pérez", "John Smith", "Diallo"] {
            assert!(is_common(name), "{name}");
        }
        for name in ["Clarisse Ndoumbaye", "Jorge Peraza", "Juan Carlos Pérez García", "Oscar Sandí Nicoya"] {
            assert!(!is_common(name), "{name}");
        }
    }

    #[test]
    fn initials_are_those_of_words_that_count() {
        assert!(initials("Universidad Nacional de Córdoba").contains(&"unc".to_owned()));
        assert!(initials("Commission nationale électorale").contains(&"cne".to_owned()));
        assert_eq!(initials("Interpol"), [""; 2]);
    }
}
