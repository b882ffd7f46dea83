//! Names of the registry.
//!
//! *l'**OIM** et le **HCR** au **Salvador*** → two organizations and a country
//!
//! Near miss: *la réunion* is not La Réunion; *Tripoli* of two countries is one of them only when the document says which.

use std::collections::HashSet;
use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::lexicon::Entry;
use crate::model::EntityKind;

/// Organizations, longest first.
pub(super) fn organizations(page: &Page<'_>, layers: &mut Layers) {
    add(page, layers, |kind| kind == EntityKind::Organization);
}

/// Countries, regions and places, longest first.
pub(super) fn places(page: &Page<'_>, layers: &mut Layers) {
    add(page, layers, |kind| matches!(kind, EntityKind::Country | EntityKind::Place));
}

fn add(page: &Page<'_>, layers: &mut Layers, wanted: impl Fn(EntityKind) -> bool) {
    let countries = countries_of(page);
    let mut hits: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for (range, entries) in &page.listed {
        let entries: Vec<usize> = entries.iter().copied().filter(|&e| wanted(page.lexicon.entry(e).kind)).collect();
        if !entries.is_empty() {
            hits.push((range.clone(), entries));
        }
    }
    hits.sort_by_key(|(range, _)| (std::cmp::Reverse(range.len()), range.start));
    for (range, entries) in hits {
        let kind = page.lexicon.entry(entries[0]).kind;
        let choice = choose(page, &entries, &countries);
        if kind == EntityKind::Place && !believable(page, &range, &entries) {
            continue;
        }
        let acronym = range.len() == 1 && page.tokens.tokens[range.start].acronym;
        if kind == EntityKind::Organization && choice.is_none() && acronym && entries.len() > 1 {
            continue; // several bodies share the acronym and nothing here tells which
        }
        let reference = if acronym { Reference::Acronym } else { Reference::Name };
        let found = Found { entry: choice, ..Found::new(range.clone(), kind, reference, "name/listed") };
        if layers.add(found).is_none() {
            add_parent(page, layers, &range, choice);
        }
    }
}

/// A listed long form may hold its parent's name, which stays a mention of its own: *Bureau … du **Département d'Etat américain***.
fn add_parent(page: &Page<'_>, layers: &mut Layers, range: &Range<usize>, choice: Option<usize>) {
    let (Some(entry), Some(outer)) = (choice, layers.at(range.start)) else { return };
    let key = &page.lexicon.entry(entry).key;
    let holder = &layers.found[outer];
    let is_parent = holder.entry.is_some_and(|e| page.lexicon.entry(e).parent.as_ref() == Some(key));
    if is_parent && holder.range.start < range.start && range.end <= holder.range.end {
        let found = Found {
            entry: choice,
            ..Found::new(range.clone(), EntityKind::Organization, Reference::Name, "name/listed")
        };
        layers.add_inside(found, outer);
    }
}

/// The one entry that is meant, or none when nothing decides between several.
fn choose(page: &Page<'_>, entries: &[usize], countries: &HashSet<&str>) -> Option<usize> {
    if let [only] = entries {
        return Some(*only);
    }
    let entry = |i: &usize| -> &Entry { page.lexicon.entry(*i) };
    // A country before a place of the same name; then what lies in a country of the document; then the capital.
    let one = |chosen: Vec<usize>| (chosen.len() == 1).then(|| chosen[0]);
    let country = one(entries.iter().copied().filter(|e| entry(e).kind == EntityKind::Country).collect());
    let near = || {
        one(entries
            .iter()
            .copied()
            .filter(|e| entry(e).country.as_deref().is_some_and(|c| countries.contains(c)))
            .collect())
    };
    let capital = || one(entries.iter().copied().filter(|e| entry(e).capital).collect());
    country.or_else(near).or_else(|| capital().filter(|_| entry(&entries[0]).kind == EntityKind::Place))
}

/// Countries that the document names or whose adjective it uses.
fn countries_of<'p>(page: &'p Page<'_>) -> HashSet<&'p str> {
    let named = page.listed.iter().filter(|(_, entries)| entries.len() == 1).map(|(_, entries)| entries[0]);
    let entries = named.chain(page.demonyms.values().copied()).map(|e| page.lexicon.entry(e));
    entries.filter(|e| e.kind == EntityKind::Country).map(|e| e.key.as_str()).collect()
}

/// A single word that is often something else needs a preposition of place before it or a country beside it.
fn believable(page: &Page<'_>, range: &Range<usize>, entries: &[usize]) -> bool {
    if range.len() > 1 || !entries.iter().all(|&e| page.lexicon.entry(e).ambiguous) {
        return true;
    }
    let before = range.start.checked_sub(1);
    let names = &page.pack.names;
    let placed = before.is_some_and(|at| page.is(&names.place_prepositions, at));
    let bracketed = page.is_raw(range.end, "(");
    placed || bracketed
}
