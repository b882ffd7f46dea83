//! Names that the statistical tagger proposes where no list and no rule knows better.
//!
//! *la **Banco Atlántida** parraine le sommet* → an organization, by its company and its letters
//!
//! Sure proposals stand before rules that only guess (a capital behind *à* is a place); unsure ones fill what is left. They may cover
//! shorter names whole (*Fondation Air [France]*) but never cut across them.

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::EntityKind;
use crate::tagger::{Tagged, attributes, tagger};
use crate::text::TokenKind;

/// Margin from which a proposal goes before guesses by rule.
const SURE: f32 = 1.5;
/// Least margin of a proposal that is taken at all, and of one of a single word.
const LEAST: f32 = 0.5;
const LEAST_ALONE: f32 = 1.0;
/// Least margin of a person whose first word is no given name: unknown names of bodies look the same.
const LEAST_STRANGER: f32 = 6.0;

/// What the tagger says of sentences in which a capital is left that no list and no rule has explained. Headings in capitals and lines of
/// a word or two tell it nothing.
pub(super) fn propose(page: &Page<'_>, layers: &Layers) -> Vec<Tagged> {
    let Some(tagger) = tagger(page.document.language.primary()) else { return Vec::new() };
    let unexplained = |at: usize| {
        let first = page.sentence(at).start == at;
        page.is_capital(at) && layers.at(at).is_none() && !(first && page.words.exact(at) != 0)
    };
    let sentences = page.tokens.sentences.iter().map(|s| s.tokens.clone());
    let open: Vec<_> =
        sentences.filter(|s| s.len() > 2 && !page.in_capitals(s.start) && s.clone().any(unexplained)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let attributes = attributes(&page.tokens, page.lexicon, &page.hits, &page.document.language);
    open.into_iter().flat_map(|s| tagger.tag(&page.tokens, s, &attributes)).collect()
}

/// Proposals that beat guesses.
pub(super) fn sure(page: &Page<'_>, layers: &mut Layers, tagged: &[Tagged]) {
    take(page, layers, tagged, |_, margin| margin >= SURE);
}

/// Proposals for what is left.
pub(super) fn rest(page: &Page<'_>, layers: &mut Layers, tagged: &[Tagged]) {
    take(page, layers, tagged, |words, margin| margin >= if words > 1 { LEAST } else { LEAST_ALONE });
}

fn take(page: &Page<'_>, layers: &mut Layers, tagged: &[Tagged], enough: impl Fn(usize, f32) -> bool) {
    for name in tagged {
        let range = trimmed(page, name.range.clone());
        let before = range.start.checked_sub(1).filter(|_| !range.is_empty());
        let elsewhere = before.is_some_and(|b| {
            super::listed::begins_title(page, b) || name.kind == EntityKind::Place && super::place::on_street(page, b)
        });
        if elsewhere || is_office(layers, &range) || is_doing(page, layers, &range) {
            continue;
        }
        if range.is_empty() || quoted(page, &range) || in_portfolio(page, &range) || stranger(page, name, &range) {
            continue;
        }
        if !enough(range.len(), name.margin) || layers.mention_at(range.start).is_some_and(|f| f.range == range) {
            continue;
        }
        let covered = range.clone().filter_map(|at| layers.mention_at(at));
        // A listed name or a title stays what it is: a longer name may hold it only when that is a body.
        let held = covered.clone().count() > 0;
        if held && name.kind != EntityKind::Organization {
            continue;
        }
        // «Mme Bouavanh Paksé» is a person whatever the model says.
        let titles = &page.pack.names.titles;
        let titled = page.is(titles, range.start) && range.len() > 1;
        let after_title = range.start.checked_sub(1).is_some_and(|b| page.is(titles, b));
        let (range, kind) = match (titled, after_title) {
            (true, _) => (range.start + 1..range.end, EntityKind::Person),
            (_, true) => (range, EntityKind::Person),
            _ => (range, name.kind),
        };
        let acronym = range.len() == 1 && page.tokens.tokens[range.start].acronym;
        let reference = if acronym { Reference::Acronym } else { Reference::Name };
        layers.add(Found::new(range, kind, reference, "name/model"));
    }
}

/// *OIM Niger*: a listed body and a country are an office, which has a rule of its own.
fn is_office(layers: &Layers, range: &std::ops::Range<usize>) -> bool {
    let first =
        layers.mention_at(range.start).filter(|f| f.kind == EntityKind::Organization && f.range.start == range.start);
    let rest = first.and_then(|f| layers.mention_at(f.range.end));
    rest.is_some_and(|f| matches!(f.kind, EntityKind::Country | EntityKind::Place) && f.range.end == range.end)
}

/// *la **Déclaration de Lalitpur***: what begins with the noun of a document or an event is no body.
fn is_doing(page: &Page<'_>, layers: &Layers, range: &std::ops::Range<usize>) -> bool {
    let names = &page.pack.names;
    let (at, end) = (range.start, range.end);
    let doing =
        [&names.publications.heads, &names.events.heads].iter().any(|heads| page.phrase(heads, at, end).is_some());
    let body = [&names.organization_heads, &names.meetings].iter().any(|heads| page.phrase(heads, at, end).is_some());
    range.len() > 1 && doing && !body || is_meeting(page, layers, range)
}

/// *le **Forum** de Ghardaïa*, *le **Congrès** mondial de l'arganier*: a meeting, unless an acronym behind it makes it a body, or a body
/// beside it: *Caritas et le **Forum de Bamako** ont animé …*
fn is_meeting(page: &Page<'_>, layers: &Layers, range: &std::ops::Range<usize>) -> bool {
    let names = &page.pack.names;
    let Some(length) = page.phrase(&names.meetings, range.start, range.end) else { return false };
    let next = range.start + length;
    let more = next < range.end || page.is_of(next) || page.is_lower(next) && page.is_adjective(next);
    let acronym = page.is_raw(range.end, "(") && page.tokens.tokens.get(range.end + 1).is_some_and(|t| t.acronym);
    let mut joint = range.start;
    while joint > 0 && page.is_exactly(&names.determiners, joint - 1) {
        joint -= 1;
    }
    let beside = joint > 1
        && page.is_and(joint - 1)
        && layers
            .mention_at(joint - 2)
            .is_some_and(|f| matches!(f.kind, EntityKind::Organization | EntityKind::Country));
    more && !acronym && !beside && !names.heads_last
}

/// The range without punctuation at its ends.
fn trimmed(page: &Page<'_>, mut range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let word = |at: usize| page.tokens.tokens.get(at).is_some_and(|t| t.kind != TokenKind::Punctuation);
    while !range.is_empty() && !word(range.end - 1) {
        range.end -= 1;
    }
    while !range.is_empty() && !word(range.start) {
        range.start += 1;
    }
    range
}

/// A title in quotation marks is read as such elsewhere.
fn quoted(page: &Page<'_>, range: &std::ops::Range<usize>) -> bool {
    let opened = range.start.checked_sub(1).is_some_and(|at| matches!(page.tokens.raw(at), "«" | "“" | "\""));
    opened || matches!(page.tokens.raw(range.end), "»" | "”" | "\"")
}

/// *le ministre ivoirien **des Transports***: what an office is about, no body.
fn in_portfolio(page: &Page<'_>, range: &std::ops::Range<usize>) -> bool {
    const FURTHEST: usize = 6;
    let start = page.sentence(range.start).start;
    let mut at = range.start;
    while at > start && (page.is_of(at - 1) || page.is_exactly(&page.pack.names.determiners, at - 1)) {
        at -= 1;
    }
    at < range.start && (at.saturating_sub(FURTHEST).max(start)..at).any(|i| page.is(&page.pack.names.state_roles, i))
}

/// Whether a person's first word is no given name and the margin is not large.
fn stranger(page: &Page<'_>, name: &Tagged, range: &std::ops::Range<usize>) -> bool {
    let unsure = name.kind == EntityKind::Person && range.len() > 1 && name.margin < LEAST_STRANGER;
    unsure && !page.lexicon.may_be_first_name(page.tokens.word(range.start)) && !super::person::has_company(page, range)
}
