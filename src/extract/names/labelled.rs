//! Names that a label announces: what nothing else explains is what the label says.
//!
//! *Bailleurs : **Fondation Horizon**, **Helvetia Aid*** → organizations; *Lieu : **Koumbala*** → a place
//!
//! Near miss: *Bailleurs : à confirmer* (no capital), *Lieu : salle des fêtes* (no capital).

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// Adds names of the kind that their label says.
pub(super) fn find(page: &Page<'_>, layers: &mut Layers) {
    for labelled in &page.labelled {
        let Some(kind) = labelled.rules(page).next().and_then(|label| kind_of(&label.kinds)) else { continue };
        if !labelled.rules(page).all(|label| kind_of(&label.kinds) == Some(kind)) {
            continue;
        }
        for piece in labelled.parts.iter().flat_map(|part| pieces(page, part)) {
            let Some(range) = name(page, layers, &piece) else { continue };
            let person = range.len() > 1 && page.lexicon.may_be_first_name(page.tokens.word(range.start));
            if !person {
                layers.add(Found::new(range, kind, Reference::Name, "name/labelled"));
            }
        }
    }
}

fn kind_of(kinds: &[EntityKind]) -> Option<EntityKind> {
    let one = |kind: EntityKind, with: EntityKind| kinds.iter().all(|k| *k == kind || *k == with);
    if one(EntityKind::Place, EntityKind::Country) {
        return Some(EntityKind::Place);
    }
    one(EntityKind::Organization, EntityKind::Country).then_some(EntityKind::Organization)
}

/// The members of a list, what stands in brackets aside.
fn pieces(page: &Page<'_>, part: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut from, mut depth) = (part.start, 0usize);
    for at in part.clone() {
        match page.tokens.raw(at) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (page.is_raw(at, ",") || page.is_and(at)) {
            pieces.push(from..at);
            from = at + 1;
        }
    }
    pieces.push(from..part.end);
    pieces
}

/// The unexplained capitals that open a piece and fill it up to a bracket, a colon or its end.
fn name(page: &Page<'_>, layers: &Layers, piece: &Range<usize>) -> Option<Range<usize>> {
    let names = &page.pack.names;
    let mut at = piece.start;
    let small = |at: usize| page.is_lower(at) && (page.is_of(at) || page.is_exactly(&names.determiners, at));
    while at < piece.end && (small(at) || page.is_lower(at) && page.is(&names.place_heads, at)) {
        at += 1;
    }
    let opens = at < piece.end && page.is_capital(at) && layers.at(at).is_none() && !page.is_function_word(at);
    if !opens || page.demonyms.contains_key(&at) {
        return None;
    }
    let acronym = page.tokens.tokens[at].acronym;
    let run = if acronym { at..at + 1 } else { noun_phrase::capital_run(page, at, &names.organization_particles) };
    // «CAMP Alatoo»: an acronym and capitals behind it are one name.
    let mut end = run.end;
    while end < piece.end && page.is_capital(end) && layers.at(end).is_none() {
        end += 1;
    }
    let closed = end >= piece.end || matches!(page.tokens.raw(end), "(" | ":" | "–" | "-" | "." | "[");
    let range = at..end.min(piece.end);
    (closed && layers.is_free(&range) && !page.is(&names.roles, range.start)).then_some(range)
}
