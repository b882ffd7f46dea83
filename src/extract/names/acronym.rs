//! Acronyms that no list holds.
//!
//! *Office national de la migration (**ONM**)* → bound to the name before; *l'**ONM** leur a remis* → known from then on
//!
//! Near miss: *LGBTI*, *VIH* (not names of bodies: no article or binding makes them one).

use std::collections::{BTreeMap, HashSet};

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::EntityKind;
use crate::text::TokenKind;

/// Acronyms whose long form stands before them, letter by letter; they are then known in the whole document, before longer names
/// are read around them: *l'unité aéroportuaire de la **PNC***.
pub(super) fn announced(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    let mut kinds: BTreeMap<&str, EntityKind> = BTreeMap::new();
    for at in 2..page.tokens.tokens.len() {
        if !is_acronym(page, at) || !page.is_raw(at - 1, "(") || layers.at(at).is_some() {
            continue;
        }
        let country = || {
            page.listed.iter().any(|(range, entries)| {
                *range == (at..at + 1) && page.lexicon.entry(entries[0]).kind == EntityKind::Country
            })
        };
        if let Some(start) = long_form(page, at).filter(|_| !country()) {
            let end = at - 1;
            let head = |heads| page.phrase(heads, start, end).is_some();
            let before = start.saturating_sub(3)..start;
            // «un proyecto que el Centro … (CIECS) ejecuta»: the relative clause begins with another name.
            let relative = |i: usize| (i..start).any(|t| page.is(&names.relatives, t));
            // «into the operation **from** its Disaster Fund (DF)», «… Clearance Programme since **2019** … Centre (CND)»
            let rules = &page.pack.relations;
            let led =
                |i: usize| (i..start).any(|t| page.is(&rules.oblique, t) || page.is(&rules.agent_prepositions, t));
            let apart = (start..end).any(|t| page.is_raw(t, "(") || page.tokens.tokens[t].kind == TokenKind::Number);
            let titled = before
                .clone()
                .any(|i| page.phrase(&names.projects.heads, i, start).is_some() && !relative(i) && !led(i));
            let project = titled || head(&names.projects.heads) && page.is_capital(start) && !apart;
            let kind = if project { EntityKind::Project } else { EntityKind::Organization };
            let nameable = !head(&names.publications.heads) && !head(&names.events.heads);
            if nameable {
                kinds.entry(page.tokens.raw(at)).or_insert(kind);
            }
        }
    }
    if kinds.is_empty() {
        return;
    }
    for at in 0..page.tokens.tokens.len() {
        if let Some(&kind) = kinds.get(page.tokens.raw(at)).filter(|_| layers.at(at).is_none()) {
            layers.add(Found::new(at..at + 1, kind, Reference::Acronym, "acronym/bound"));
        }
    }
}

/// Listed acronyms that the text explains otherwise: *Conférence épiscopale italienne (**CEI**)* is not the Commonwealth that a list has.
pub(super) fn explained_otherwise<'p>(page: &'p Page<'_>) -> HashSet<&'p str> {
    let mut explained = HashSet::new();
    for (range, entries) in page.listed.iter().filter(|(range, _)| range.len() == 1) {
        let at = range.start;
        if at < 2 || !is_acronym(page, at) || !page.is_raw(at - 1, "(") || !page.is_raw(at + 1, ")") {
            continue;
        }
        let Some(start) = long_form(page, at) else { continue };
        let listed_so = |(long, owners): &(std::ops::Range<usize>, Vec<usize>)| {
            long.end + 1 >= at && long.end < at && owners.iter().any(|owner| entries.contains(owner))
        };
        let head = page.phrase(&page.pack.names.organization_heads, start, at).is_some();
        if head && !page.listed.iter().any(listed_so) {
            explained.insert(page.tokens.raw(at));
        }
    }
    explained
}

/// Where the words begin whose initials the bracketed acronym at `at` takes: in order, first letter at the first word.
fn long_form(page: &Page<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 18;
    let letters: Vec<char> = page.tokens.word(at).chars().collect();
    let from = at.saturating_sub(LONGEST).max(page.sentence(at).start);
    let words: Vec<usize> = (from..at - 1).filter(|&i| page.is_capital(i) || page.is_lower(i)).collect();
    let initial = |i: usize| page.tokens.word(i).chars().next();
    // From the last word back, each letter from the last one back; the word that takes the first letter begins the name.
    let mut left = letters.len();
    for &i in words.iter().rev() {
        if left > 0 && initial(i) == Some(letters[left - 1]) {
            left -= 1;
            if left == 0 {
                return page
                    .is_capital(i)
                    .then_some(i)
                    .or_else(|| page.phrase(&page.pack.names.organization_lower, i, at).map(|_| i));
            }
        }
    }
    None
}

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
        if !is_acronym(page, at) || layers.at(at).is_some() || page.sentence(at).start == at || page.in_capitals(at) {
            continue;
        }
        let names = &page.pack.names;
        // «LE CHIFFRE DU MOIS» is a heading.
        let heading = page.tokens.tokens[at - 1].acronym;
        let singular = !heading && page.is_exactly(&names.definite, at - 1) && !page.is_exactly(&names.plural, at - 1);
        // «la LIIe», «le XX» are numbers.
        let number = page.tokens.raw(at).chars().all(|c| "IVXLCDM".contains(c));
        if singular && !number && page.lexicon.lookup(page.tokens.word(at)).is_empty() {
            layers.add(Found::new(at..at + 1, EntityKind::Organization, Reference::Acronym, "acronym/article"));
        }
    }
}

/// Two to ten letters, mostly capitals: *ONM*, *FFU*, *G5*, *CEPREDENAC*.
fn is_acronym(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens.tokens[at];
    token.acronym && (2..=10).contains(&token.span.len())
}
