//! Titles that nothing announces.
//!
//! Norway pays for ***Clean Wells*** → a project, when something is said of it that is said of undertakings
//!
//! Near miss: *met **Grace Adeyemi*** (a given name), *in **Great Yarmouth*** (a place), *director of **Open Minds*** (a body).

use std::ops::Range;

use super::{BARE_TITLE, head_at};
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase;
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::TokenKind;

/// Adds them as guesses: they count only when something is said of them that is said of undertakings.
pub(super) fn add(page: &Page<'_>, layers: &mut Layers) {
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        let title = bare_title(page, layers, at);
        if title.is_empty() {
            at += 1;
            continue;
        }
        at = title.end;
        let inside = title.clone().find_map(|word| head_at(page, word)).map(|(kind, _)| kind);
        let inside = kind_of_label(page, title.start).or(inside);
        let mut found = Found::new(title.clone(), inside.unwrap_or(EntityKind::Project), Reference::Name, BARE_TITLE);
        found.title = Some(title);
        found.tentative = true;
        layers.add(found);
    }
}

/// ***Project:** Seeds for Peace*: the kind that a label before a title says.
fn kind_of_label(page: &Page<'_>, at: usize) -> Option<EntityKind> {
    let label = at.checked_sub(2).filter(|_| page.is_raw(at - 1, ":"))?;
    // A colon on the next line begins another sentence, before which the label may be all there is.
    let before = label.checked_sub(1).map(|before| page.tokens.tokens[before].kind);
    let opens = label == page.sentence(at).start || before.is_none_or(|kind| kind == TokenKind::Punctuation);
    head_at(page, label).filter(|(_, length)| opens && *length == 1).map(|(kind, _)| kind)
}

/// The unexplained capitals from a token on, if they may be a title.
fn bare_title(page: &Page<'_>, layers: &Layers, at: usize) -> Range<usize> {
    let (names, rules) = (&page.pack.names, &page.pack.relations);
    let sentence = page.sentence(at);
    let begins = page.is_capital(at)
        && layers.at(at).is_none()
        && page.section(at) == SectionKind::Body
        && !page.in_capitals(at)
        && !page.is_function_word(at)
        && (at == sentence.start || !page.is_capital(at - 1));
    if !begins {
        return at..at;
    }
    let mut run = noun_phrase::capital_run(page, at, &names.organization_particles);
    if kind_of_label(page, at).is_some() {
        run.end = run.end.max(at + 1);
        return if layers.is_free(&run) { run } else { at..at };
    }
    let last = run.clone().next_back();
    let ordinary = run.clone().any(|word| page.is_lower(word) || page.words.exact(word) != 0);
    let person =
        page.lexicon.may_be_first_name(page.tokens.word(at)) || page.is(&names.titles, at) || page.is(&names.roles, at);
    let other = page.is_exactly(&page.pack.verbs.adverbs, at)
        || page.is(&names.not_places, at)
        || page.demonyms.contains_key(&at)
        || last.is_none_or(|last| page.is(&names.roles, last));
    let mut before = at;
    while before > sentence.start && page.is_exactly(&names.determiners, before - 1) {
        before -= 1;
    }
    let governed = before > sentence.start && {
        let by = before - 1;
        page.is(&names.titles, by)
            || page.is(&names.roles, by)
            || page.is(&names.place_prepositions, by)
            || page.is_raw(by, "’")
            || before > sentence.start + 1 && page.is(&names.roles, by - 1)
            || page.is(&rules.agent_prepositions, by)
    };
    if run.len() < 2 || !ordinary || person || other || governed || !layers.is_free(&run) { at..at } else { run }
}
