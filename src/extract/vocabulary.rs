//! Terms of the controlled vocabularies: longest first, one thing a code.
//!
//! *victimes de la traite* → POPULATION `VICTIMS_OF_TRAFFICKING`, not *traite* alone

use std::collections::HashMap;

use super::coreference::{Thing, Things};
use super::found::{Found, Layers, Reference};
use super::page::Page;

/// Adds the terms as mentions inside whatever covers them.
pub(super) fn find(page: &Page<'_>, layers: &mut Layers, things: &mut Things) {
    let mut by_entry: HashMap<usize, usize> = HashMap::new();
    let mut terms = page.terms.clone();
    terms.sort_by_key(|(range, entry)| (range.start, std::cmp::Reverse(range.end), *entry));
    let mut end_by_kind = HashMap::new();
    for (range, entry) in terms {
        let kind = page.lexicon.entry(entry).kind;
        let taken = end_by_kind.entry(kind).or_insert(0);
        if range.start < *taken {
            continue;
        }
        *taken = range.end;
        let thing = *by_entry.entry(entry).or_insert_with(|| {
            things.things.push(Thing { kind, mentions: Vec::new() });
            things.things.len() - 1
        });
        let index = layers.found.len();
        let found =
            Found { entry: Some(entry), ..Found::new(range.clone(), kind, Reference::Description, "vocabulary") };
        match layers.at(range.start) {
            Some(outer) => layers.add_inside(found, outer),
            None => layers.add_loose(found),
        }
        things.things[thing].mentions.push(index);
        things.of.push(Some(thing));
    }
}
