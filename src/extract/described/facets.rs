//! Parts and sides of a project that stand for it when nothing says whose they are.
//!
//! *Le projet Rizières d'avenir … Les **activités** couvrent Bignona* → the project covers Bignona ·
//! *The **second phase** is financed by Norway* → Norway funds the project
//!
//! Near miss: *the **activities** of UNICEF* (whose they are is said), *the **year** was dry* (a year that is not counted).

use super::before_head;
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::TokenKind;

/// Their rule: such a mention is never the first of its thing.
pub(in crate::extract) const FACET: &str = "facet/spoken-of";

/// Adds them; coreference finds out what they are of, or drops them.
pub(super) fn add(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        let begins = page.may_begin(&names.facets.all, at) && layers.at(at).is_none();
        let found = begins.then(|| facet(page, layers, at)).flatten();
        at = found.as_ref().map_or(at + 1, |f: &Found| f.range.end);
        found.and_then(|f| layers.add(f));
    }
}

/// *pilot **sites***: a word that is no verb and no small word, behind a word that it is told by.
fn is_noun(page: &Page<'_>, at: usize) -> bool {
    page.is_lower(at)
        && page.verb_forms(at).is_empty()
        && !page.is_function_word(at)
        && !page.is_exactly(&page.pack.verbs.adverbs, at)
        && !page.is(&page.pack.relations.oblique, at)
}

fn facet(page: &Page<'_>, layers: &Layers, at: usize) -> Option<Found> {
    let names = &page.pack.names;
    let sentence = page.sentence(at);
    let length = page.phrase(&names.facets.all, at, sentence.end)?;
    let (mut start, mut counted) = (at, false);
    let article = |t: usize| page.is_exactly(&names.demonstrative, t) || page.is_exactly(&names.definite, t);
    let small = |t: usize| before_head(page, t) || page.is_exactly(&names.plural, t) && !article(t);
    while start > sentence.start && layers.at(start - 1).is_none() && small(start - 1) {
        start -= 1;
        counted |= page.is(&names.ordinals, start)
            || page.is(&names.others, start)
            || page.is_exactly(&names.plural, start)
            || page.tokens.tokens[start].kind == TokenKind::Number;
    }
    let opens = start == sentence.start && page.is_capital(start);
    let before = start.checked_sub(1).filter(|b| *b >= sentence.start);
    // «de l'exécution», «des travaux»: the article may be one with its preposition.
    let definite = before.is_some_and(|b| page.is_exactly(&names.definite, b));
    // «responsible for implementation», «a further two years»
    let bare = page.phrase(&names.facets.bare, at, at + length) == Some(length)
        && before.is_some_and(|b| page.is(&page.pack.relations.oblique, b) || page.is_of(b));
    // «une deuxième phase» is another undertaking.
    let several =
        (start..at).any(|t| page.is_exactly(&names.plural, t) || page.tokens.tokens[t].kind == TokenKind::Number);
    let further = several && before.is_some_and(|b| page.is_exactly(&names.indefinite, b));
    let end = at + length;
    // «les activités du Bureau», «work on the dam», «activities: …»
    let told = end < sentence.end
        && (page.phrase(&names.complement, end, sentence.end).is_some()
            || page.is_of(end)
            || page.is(&names.relatives, end)
            || layers.at(end).is_some()
            || names.heads_last && (page.is_adjective(end) || is_noun(page, end))
            || page.is_raw(end, ":"));
    let needs_count = page.phrase(&names.facets.counted, at, end) == Some(length);
    let fits = (opens || definite || bare || further)
        && !told
        && (counted || !needs_count)
        && page.section(at) == SectionKind::Body;
    // A heading of one word says nothing: «Activities».
    let alone = sentence.len() <= end - start + 1;
    (fits && !alone).then(|| {
        let mut found = Found::new(start..end, EntityKind::Project, Reference::Definite, FACET);
        found.head = Some(start..end);
        found.needs_antecedent = true;
        found.plural = page.tokens.lower(end - 1).ends_with('s');
        found
    })
}
