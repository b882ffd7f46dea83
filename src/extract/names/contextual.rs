//! The second pass: a name proven once is known everywhere in the document, a surname stands for its person.
//!
//! *M. Corrado **Valle*** … *a déclaré **Valle*** → the same person's surname; *(ONM)* … ***ONM*** → the acronym again

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::EntityKind;

/// Finds unmarked repetitions of names that are marked elsewhere.
pub(super) fn second_pass(page: &Page<'_>, layers: &mut Layers) {
    same_bodies(page, layers);
    let mut known: FxHashMap<Cow<'_, str>, (EntityKind, Reference, Option<usize>)> = FxHashMap::default();
    for found in &layers.found {
        let mut learn = |range: std::ops::Range<usize>, reference: Reference| {
            let name = page.tokens.folded_words(range);
            if !name.is_empty() {
                known.entry(name).or_insert((found.kind, reference, found.entry));
            }
        };
        if matches!(found.reference, Reference::Name | Reference::Acronym) {
            learn(found.range.clone(), found.reference);
            found.aliases.iter().for_each(|alias| learn(alias.clone(), Reference::Name));
            if found.kind == EntityKind::Person && found.range.len() > 1 {
                learn(found.range.end - 1..found.range.end, Reference::Name);
            }
        }
    }
    for (name, range) in headless(page, layers) {
        let guessed = |f: &Found| f.entry.is_none() && matches!(f.kind, EntityKind::Place | EntityKind::Person);
        layers.retain(|_, f| {
            !(guessed(f) && page.tokens.folded_words(f.range.clone()) == name && !range.contains(&f.range.start))
        });
        known.insert(name, (EntityKind::Organization, Reference::Name, None));
    }
    let longest = known.keys().map(|name| name.split(' ').count()).max().unwrap_or(0).min(8);
    let begins: FxHashSet<&str> = known.keys().map(|name| first_word(name)).collect();
    for at in 0..page.tokens.tokens.len() {
        if layers.at(at).is_some() || !(page.is_capital(at) || page.tokens.tokens[at].acronym) {
            continue;
        }
        let word = page.tokens.word(at);
        if !word.is_empty() && !begins.contains(first_word(word)) {
            continue;
        }
        let end = page.sentence(at).end.min(at + longest);
        for last in (at + 1..=end).rev() {
            let range = at..last;
            // Punctuation has no folded form: a name does not end in it.
            if page.tokens.word(last - 1).is_empty() || !layers.is_free(&range) {
                continue;
            }
            if let Some(&(kind, reference, entry)) = known.get(page.tokens.folded_words(range.clone()).as_ref()) {
                let ordinary = page.sentence(at).start == at
                    && range.len() == 1
                    && !page.tokens.tokens[at].acronym
                    && entry.is_none();
                if !(ordinary && kind != EntityKind::Person && kind != EntityKind::Place) {
                    layers.add(Found { entry, ..Found::new(range, kind, reference, "name/second-pass") });
                    break;
                }
            }
        }
    }
}

/// *It is run by **Arla Foods** … Ana Sosa, press officer, **Arla Foods***: what is only guessed to be somebody or somewhere, because of where it
/// stands, is the body that the text calls so elsewhere.
fn same_bodies(page: &Page<'_>, layers: &mut Layers) {
    const GUESSES: [&str; 6] =
        ["person/role", "person/speech", "person/contact", "place/list", "place/preposition", "place/country-beside"];
    let told = |f: &&Found| {
        let name = matches!(f.reference, Reference::Name | Reference::Acronym);
        f.kind == EntityKind::Organization && name && f.rule != "name/model"
    };
    let bodies: FxHashSet<Cow<'_, str>> = layers
        .found
        .iter()
        .filter(told)
        .flat_map(|f| [&f.range].into_iter().chain(&f.aliases))
        .map(|range| page.tokens.folded_words(range.clone()))
        .collect();
    for found in &mut layers.found {
        let guessed = found.entry.is_none() && GUESSES.contains(&found.rule);
        if guessed && bodies.contains(page.tokens.folded_words(found.range.clone()).as_ref()) {
            found.kind = EntityKind::Organization;
            found.rule = "name/second-pass";
        }
    }
}

/// *l'association **Lulud***, *the foundation **Green Roofs***: what a body is called behind a head in lower case, which may come back alone.
fn headless<'p>(page: &'p Page<'_>, layers: &Layers) -> Vec<(Cow<'p, str>, std::ops::Range<usize>)> {
    const SHORTEST: usize = 4;
    let named = |found: &Found| {
        let head = found.head.clone().filter(|head| head.start == found.range.start && page.is_lower(head.start))?;
        let name = head.end..found.range.end;
        let bodily = found.kind == EntityKind::Organization && found.entry.is_none() && !name.is_empty();
        let proper = bodily && page.is_capital(name.start) && page.is_capital(name.end - 1);
        let unknown = page.words.exact(name.start) == 0 && !page.demonyms.contains_key(&name.start);
        let long = page.tokens.word(name.start).len() >= SHORTEST;
        let listed = || page.listed.iter().any(|(range, _)| *range == name);
        (proper && unknown && long && !listed()).then(|| (page.tokens.folded_words(name.clone()), name.clone()))
    };
    layers.found.iter().filter_map(named).collect()
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
