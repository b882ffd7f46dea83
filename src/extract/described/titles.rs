//! Titles in quotation marks, with a head, or repeated without one.
//!
//! *« **Racines neuves** », projet de …* · *le projet « **Racines neuves** » … **Racines neuves** a*
//!
//! Near miss: *« Nous sommes prêts », a dit …* (speech).

use std::ops::Range;

use super::{KINDS, before_head, head_at, rule};
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::language::Tense;
use crate::extract::page::Page;
use crate::model::EntityKind;
use crate::text::TokenKind;

/// Adds the titles that something announces, and what takes up one of them.
pub(super) fn add(page: &Page<'_>, layers: &mut Layers) {
    quoted_titles(page, layers);
    christened(page, layers);
    appositions(page, layers);
    fronted(page, layers);
    repeated_titles(page, layers);
}

/// Titles in quotation marks without a head noun before them: *« **Frontières lisibles** », initiative que pilote …*, *le
/// « **Guide du départ** »*, *Que propose « **Encre libre** » ?*
fn quoted_titles(page: &Page<'_>, layers: &mut Layers) {
    const LONGEST: usize = 9;
    let mut quoted = Vec::new();
    for open in 0..page.tokens.tokens.len() {
        let Some(mark) = closing_mark(page.tokens.raw(open)) else { continue };
        let sentence = page.sentence(open);
        let until = sentence.end.min(open + 2 + LONGEST);
        let Some(close) = (open + 1..until).find(|&i| page.is_raw(i, mark)) else { continue };
        let title = open + 1..close;
        if !title.is_empty() && opens_with_capital(page, &title) && !is_saying(page, &title, close) {
            // «l'Université « Luigj Gurakuqi »»: the title is part of the body's name.
            let of_body = open > 0 && layers.mention_at(open - 1).is_some_and(|f| f.kind == EntityKind::Organization);
            if of_body {
                let body = layers.mention_at(open - 1).cloned();
                if let Some(mut body) = body.filter(|f| f.range.end == open && f.entry.is_none()) {
                    body.aliases.push(body.range.clone());
                    body.range.end = close + 1;
                    layers.add(body);
                }
                continue;
            }
            let behind = apposed_head(page, close + 1, sentence.end).and_then(|at| head_at(page, at));
            quoted.push((title, behind.map(|(kind, _)| kind)));
        }
    }
    let words = |title: &Range<usize>| page.tokens.folded_words(title.clone());
    for n in 0..quoted.len() {
        let (title, behind) = quoted[n].clone();
        let known = layers.found.iter().any(|f| f.title.as_ref().is_some_and(|t| words(t) == words(&title)));
        if known {
            continue;
        }
        // The same title may be explained where it comes back.
        let told = quoted.iter().filter(|(other, _)| words(other) == words(&title)).find_map(|(_, kind)| *kind);
        let inside = head_at(page, title.start).map(|(kind, _)| kind);
        let kind = behind.or(told).or(inside).unwrap_or(EntityKind::Project);
        let mut found = Found::new(title.clone(), kind, Reference::Name, "title/quoted");
        found.title = Some(title);
        found.tentative = behind.is_none() && told.is_none() && inside.is_none();
        // «« Sahel vert » est un programme»: what is said to be an undertaking is no place.
        let (start, end) = (found.range.start, found.range.end);
        let holds_name = !layers.is_free(&found.range);
        let known = layers.found.iter().any(|f| f.entry.is_some() && f.range.start <= start && f.range.end >= end);
        if holds_name && !known {
            // What is unlisted and in quotation marks is no place and nobody.
            let inside = |f: &Found| f.entry.is_none() && f.range.start >= start && f.range.end <= end;
            let place = |f: &Found| matches!(f.kind, EntityKind::Place | EntityKind::Person);
            layers.retain(|_, f| !(inside(f) && place(f)));
        }
        if !holds_name || !known && (!found.tentative || found.range.len() > 1) {
            layers.add(found);
        }
    }
}

/// *« Racines », un **projet de l'OIM***, *« Racines » est un **projet** …*: what stands in apposition to a title is the same thing.
fn appositions(page: &Page<'_>, layers: &mut Layers) {
    let titles: Vec<(Range<usize>, EntityKind)> =
        layers.found.iter().filter_map(|f| Some((f.title.clone()?, f.kind))).collect();
    for (title, kind) in titles {
        let closed = matches!(page.tokens.raw(title.end), "»" | "”" | "\"");
        let Some(head) = closed.then(|| apposed_head(page, title.end + 1, page.sentence(title.start).end)).flatten()
        else {
            continue;
        };
        let Some(mention) = layers.at(head) else { continue };
        let found = &mut layers.found[mention];
        if found.kind == kind && found.title.is_none() && found.head.as_ref().is_some_and(|h| h.start == head) {
            found.apposed = Some(title);
            found.needs_antecedent = false;
        }
    }
}

/// ***Safe Slips**, our joint undertaking with …*, ***Safe Slips** is a programme …*: a name that nothing has explained, and behind it what
/// it is.
fn christened(page: &Page<'_>, layers: &mut Layers) {
    const LONGEST: usize = 6;
    let names = &page.pack.names;
    let untitled = |f: &&Found| {
        let described = KINDS.contains(&f.kind) && f.head.as_ref().is_some_and(|h| !page.is_capital(h.start));
        described && f.title.is_none() && f.apposed.is_none() && f.inside.is_none()
    };
    let described: Vec<_> = layers.found.iter().filter(untitled).map(|f| (f.kind, f.range.start)).collect();
    for (kind, start) in described {
        let from = page.sentence(start).start;
        let mut mark = start;
        while mark > from && page.is_exactly(&names.determiners, mark - 1) {
            mark -= 1;
        }
        let Some(mark) = mark.checked_sub(1).filter(|&m| m > from) else { continue };
        let copula = page.is_exactly(&page.pack.verbs.be, mark) && mark + 1 < start;
        if !(copula || page.is_raw(mark, ",")) {
            continue;
        }
        let mut first = mark;
        while first > from && mark - first < LONGEST && may_name(page, layers, first - 1, mark) {
            first -= 1;
        }
        while first < mark && !page.is_capital(first) {
            first += 1;
        }
        let name = first..mark;
        let opens = first == from;
        let ordinary = name.len() == 1 && opens && page.words.exact(first) != 0;
        let person = page.lexicon.is_first_name(page.tokens.word(first)) && name.len() == 2;
        let governed = !opens && (page.is_of(first - 1) || page.is(&page.pack.relations.oblique, first - 1));
        if name.is_empty() || ordinary || person || governed && kind == EntityKind::Event {
            continue;
        }
        layers.retain(|_, f| !(f.entry.is_none() && f.range.start >= name.start && f.range.end <= name.end));
        let mut title = Found::new(name.clone(), kind, Reference::Name, "title/christened");
        title.title = Some(name.clone());
        if layers.add(title).is_none() {
            continue;
        }
        let same = |f: &&mut Found| f.range.start == start && f.kind == kind;
        if let Some(found) = layers.found.iter_mut().find(same) {
            found.apposed = Some(name);
            found.needs_antecedent = false;
        }
    }
}

/// Whether a token may belong to a name that ends at `mark`: capitals that no list explains, and small words between them.
fn may_name(page: &Page<'_>, layers: &Layers, at: usize, mark: usize) -> bool {
    let names = &page.pack.names;
    let free = layers.mention_at(at).is_none_or(|f| {
        f.entry.is_none() && matches!(f.kind, EntityKind::Place | EntityKind::Person) && f.head.is_none()
    });
    let capital = page.is_capital(at) && !page.is_function_word(at) && !page.is(&names.titles, at);
    let small = at + 1 < mark && page.is(&names.organization_particles, at) && page.is_lower(at);
    free && (capital || small)
}

/// ***Premier chantier commun**, le projet « Racines » …*: what opens a sentence before a title is said of that.
fn fronted(page: &Page<'_>, layers: &mut Layers) {
    for index in 0..layers.found.len() {
        let found = &layers.found[index];
        let comma = found.range.end;
        let opens = found.head.is_some()
            && found.title.is_none()
            && page.sentence(found.range.start).start == found.range.start;
        if !opens || !page.is_raw(comma, ",") || found.reference == Reference::Name {
            continue;
        }
        let next = layers.mention_at(page.past_determiners(comma + 1, page.sentence(comma).end));
        let title = next.filter(|f| f.kind == found.kind && f.range.start > comma).and_then(|f| f.title.clone());
        if let Some(title) = title {
            layers.found[index].apposed = Some(title);
        }
    }
}

/// Whether a title begins with a capital, an elided word included: *L'eau*, *J'existe*.
pub(super) fn opens_with_capital(page: &Page<'_>, title: &Range<usize>) -> bool {
    page.tokens.raw(title.start).chars().next().is_some_and(char::is_uppercase)
}

/// Whether what stands in quotation marks is something said and no title.
fn is_saying(page: &Page<'_>, title: &Range<usize>, close: usize) -> bool {
    let punctuated = title.clone().any(|i| matches!(page.tokens.raw(i), "." | "!" | "?" | "…" | ":" | ";"));
    let verb = title.clone().any(|i| {
        page.is_exactly(&page.pack.verbs.have, i)
            || page.is_exactly(&page.pack.verbs.be, i)
            || page.is(&page.pack.names.pronouns, i)
            || page.is_exactly(&page.pack.verbs.negation, i)
    });
    // «« … », a déclaré X», «« … » a-t-il dit»; not «« Racines » a été confié à …»
    let passive = (close + 1..close + 4).any(|i| page.is_exactly(&page.pack.verbs.been, i));
    let spoken = !passive && (close + 1..close + 4).any(|i| page.speaks(i));
    let finite = title.clone().any(|i| {
        let certain = !page.is_exactly(&page.pack.verbs.ambiguous, i) && page.is_lower(i);
        certain && page.verb_forms(i).iter().any(|form| form.tense == Tense::Finite)
    });
    let comma = title.clone().any(|i| page.is_raw(i, ","));
    punctuated || verb || spoken || comma && finite
}

/// The head noun behind a title: *« Guide du départ », **brochure** éditée par …*, *« Racines » (RAC) est un **projet** …*
fn apposed_head(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let mut at = at;
    if at < end && page.is_raw(at, "(") {
        at = (at..end.min(at + LONGEST)).find(|&i| page.is_raw(i, ")"))? + 1;
    }
    let copula = at < end && page.is_exactly(&page.pack.verbs.be, at);
    if at >= end || !(page.is_raw(at, ",") || copula) {
        return None;
    }
    let mut noun = page.past_determiners(at + 1, end);
    if copula && noun == at + 1 {
        return None;
    }
    while noun < end && before_head(page, noun) {
        noun += 1;
    }
    (noun < end && page.is_lower(noun) && head_at(page, noun).is_some()).then_some(noun)
}

/// Titles that stand elsewhere without their head: *le projet **PÊCHE-AVENIR*** … ***PÊCHE-AVENIR** a pour ambition …*
fn repeated_titles(page: &Page<'_>, layers: &mut Layers) {
    let titles: Vec<(Vec<String>, EntityKind)> = layers
        .found
        .iter()
        .filter_map(|f| {
            f.title.as_ref().map(|title| (title.clone().map(|i| page.tokens.lower(i).to_owned()).collect(), f.kind))
        })
        .collect();
    if titles.is_empty() {
        return;
    }
    // Looked for once: a text has fewer capitals than tokens, and often the same title several times.
    let capitals: Vec<usize> = (0..page.tokens.tokens.len()).filter(|&at| page.tokens.tokens[at].capital).collect();
    let mut done: Vec<(Vec<String>, EntityKind)> = Vec::new();
    for (words, kind) in titles {
        if done.iter().any(|(other, of)| *of == kind && *other == words) {
            continue;
        }
        for &at in &capitals {
            let same = words.iter().enumerate().all(|(i, word)| page.tokens.lower(at + i) == word);
            if !same {
                continue;
            }
            let range = at..at + words.len();
            let quoted = at > 0 && closing_mark(page.tokens.raw(at - 1)).is_some() && range.len() > 1;
            let free =
                layers.is_free(&range) || quoted && layers.mention_at(at).is_some_and(|f| f.range.len() < range.len());
            if free {
                let mut found = Found::new(range.clone(), kind, Reference::Name, rule(kind));
                found.title = Some(range);
                layers.add(found);
            }
        }
        done.push((words, kind));
    }
}

/// A proper title after the phrase: in quotation marks, after *intitulé*, or a run of capitals in capitals: *projet PÊCHE-AVENIR*.
pub(super) fn title(page: &Page<'_>, layers: &Layers, from: usize) -> Option<Range<usize>> {
    let end = page.sentence(from.saturating_sub(1)).end;
    let mut at = from;
    if at < end && page.is_raw(at, ",") && page.phrase(&page.pack.names.titled, at + 1, end).is_some() {
        at += 1;
    }
    // «un rapport, « Loin du sol », publié par …»
    if at < end && page.is_raw(at, ",") && at + 1 < end && closing_mark(page.tokens.raw(at + 1)).is_some() {
        at += 1;
    }
    let announced = page.phrase(&page.pack.names.titled, at, end);
    at += announced.unwrap_or(0);
    if at >= end {
        return None;
    }
    if let Some(close) = closing_mark(page.tokens.raw(at)) {
        let last = (at + 1..end.min(at + 40)).find(|&i| page.is_raw(i, close))?;
        let capital = (at + 1..last).any(|i| page.is_capital(i)) || opens_with_capital(page, &(at + 1..last));
        return (capital && last > at + 1).then_some(at + 1..last);
    }
    if announced.is_some() && page.is_capital(at) {
        let last = (at..end).find(|&i| ends_title(page, i)).unwrap_or(end);
        return Some(at..last);
    }
    // «THE MEMORANDUM DOES NOT REPLACE …»
    let emphatic = page.pack.names.heads_last && from > 0 && page.tokens.tokens[from - 1].acronym;
    if page.in_capitals(at) || emphatic {
        return None;
    }
    let in_capitals =
        page.tokens.tokens[at].acronym && page.tokens.tokens[at].span.len() > 3 && layers.at(at).is_none();
    in_capitals.then_some(at..at + 1)
}

pub(super) fn closing_mark(opening: &str) -> Option<&'static str> {
    match opening {
        "«" => Some("»"),
        "“" => Some("”"),
        "\"" => Some("\""),
        _ => None,
    }
}

/// An unquoted title goes up to punctuation or a relative pronoun.
fn ends_title(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens.tokens[at];
    token.kind == TokenKind::Punctuation && !matches!(page.tokens.raw(at), "-" | "–" | "/" | "&" | "’" | "'")
        || page.is(&page.pack.names.relatives, at) && !page.is(&page.pack.names.object_relatives, at)
}
