//! Acronyms that no list holds.
//!
//! *Office national de la migration (**ONM**)* → bound to the name before; *l'**ONM** leur a remis* → known from then on
//!
//! Near miss: *LGBTI*, *VIH* (not names of bodies: no article or binding makes them one).

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::EntityKind;

/// Acronyms in brackets or after a dash behind a name.
pub(super) fn bound(page: &Page<'_>, layers: &mut Layers) {
    for at in 1..page.tokens.tokens.len() {
        if !is_acronym(page, at) || layers.at(at).is_some() {
            continue;
        }
        let opened = page.is_raw(at - 1, "(") && at >= 2;
        let dashed = matches!(page.tokens.raw(at - 1), "–" | "-") && page.is_raw(at + 1, ")") && at >= 2;
        if !opened && !dashed {
            continue;
        }
        let Some(kind) = layers.mention_at(at - 2).map(|f| f.kind) else { continue };
        let nameable = matches!(kind, EntityKind::Organization | EntityKind::Project | EntityKind::Event);
        if nameable {
            layers.add(Found::new(at..at + 1, kind, Reference::Acronym, "acronym/bound"));
        }
    }
}

/// Acronyms with an article or a preposition, outside any name.
pub(super) fn free(page: &Page<'_>, layers: &mut Layers) {
    for at in 1..page.tokens.tokens.len() {
        if !is_acronym(page, at) || layers.at(at).is_some() || page.sentence(at).start == at || in_capitals(page, at) {
            continue;
        }
        let names = &page.pack.names;
        let singular = page.is_exactly(&names.definite, at - 1) && !page.is_exactly(&names.plural, at - 1);
        if singular && page.lexicon.lookup(page.tokens.word(at)).is_empty() {
            layers.add(Found::new(at..at + 1, EntityKind::Organization, Reference::Acronym, "acronym/article"));
        }
    }
}

/// Two to ten letters, mostly capitals: *ONM*, *FFU*, *G5*, *CEPREDENAC*.
fn is_acronym(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens.tokens[at];
    token.acronym && (2..=10).contains(&token.span.len())
}

/// Whether the sentence is a heading in capitals, where capitals say nothing.
fn in_capitals(page: &Page<'_>, at: usize) -> bool {
    let sentence = page.sentence(at);
    let words = sentence.clone().filter(|&i| page.is_capital(i) || page.is_lower(i)).count();
    let capitals = sentence.filter(|&i| page.tokens.tokens[i].acronym).count();
    words > 3 && capitals * 2 > words
}
