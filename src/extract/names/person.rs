//! People: by title, by given name, by the role or the speech beside them.
//!
//! *a déclaré **Jorge Peraza**, chef de mission de l'OIM* · *Mme **Sow*** · *la Directrice régionale, **Carmela Godeau***
//!
//! Near miss: *El Salvador* (listed), *Frontières Sûres* (no given name, no role).

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::language::Tense;
use crate::extract::noun_phrase::capital_run;
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};

/// People by title or given name; they win over places of the same name: *Victoria Esparon*, *Jordan Whitfield*.
pub(super) fn by_name(page: &Page<'_>, layers: &mut Layers) {
    for run in runs(page, layers) {
        let first = page.tokens.word(run.start);
        if page.in_capitals(run.start) || after_place_head(page, run.start) {
            continue;
        }
        let titled = title_before(page, run.start);
        // «General Food Assistance programme»
        let given = titled && page.lexicon.may_be_first_name(first);
        if ends_in_head(page, &run) && !given || !titled && is_common(page, &run) {
            continue;
        }
        if page.is(&page.pack.names.last_words, run.end - 1) {
            continue;
        }
        let several = capitals(page, &run) >= 2;
        let named = several
            && (page.lexicon.is_first_name(first)
                || page.lexicon.may_be_first_name(first) && !begins_listed(page, &run));
        let posted = several && !begins_listed(page, &run) && !begins_with_head(page, &run) && has_post(page, &run);
        // «la Ville des Cayes» is nobody.
        let headed = several && page.phrase(&page.pack.names.administrations, run.start, run.end).is_some();
        if headed {
            continue;
        }
        if titled || (named || posted) && !is_listed(page, &run) {
            let rule = if titled {
                "person/title"
            } else if named {
                "person/given-name"
            } else {
                "person/role"
            };
            layers.add(Found::new(run, EntityKind::Person, Reference::Name, rule));
        }
    }
}

/// People by role, speech or a place in the contact block.
pub(super) fn by_company(page: &Page<'_>, layers: &mut Layers) {
    for run in runs(page, layers) {
        let heading = page.in_capitals(run.start);
        if heading
            || ends_in_head(page, &run)
            || is_common(page, &run)
            || capitals(page, &run) < 2
            || is_listed(page, &run)
            || begins_with_head(page, &run)
            || ends_in_post(page, &run)
        {
            continue;
        }
        if after_place_head(page, run.start) {
            continue;
        }
        let rule = if has_post(page, &run) {
            "person/role"
        } else if speech_beside(page, &run) {
            "person/speech"
        } else if body_in_brackets(page, &run) {
            "person/body-in-brackets"
        } else if page.section(run.start) == SectionKind::Contact && begins_item(page, run.start) {
            "person/contact"
        } else {
            continue;
        };
        layers.add(Found::new(run, EntityKind::Person, Reference::Name, rule));
    }
}

/// *Sustainability **Manager***, *Arla **Nigeria***: where heads stand last, a post; or a body with its country.
fn ends_in_post(page: &Page<'_>, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    let country = |entry: &usize| page.lexicon.entry(*entry).kind == EntityKind::Country;
    let in_country = || {
        page.listed
            .iter()
            .any(|(range, entries)| range.end == run.end && range.start > run.start && entries.iter().any(country))
    };
    page.pack.names.heads_last && (page.is(&page.pack.names.roles, last) || in_country())
}

/// *Chen Wei (**PNUD**)*: whom a body that has other initials follows in brackets.
fn body_in_brackets(page: &Page<'_>, run: &Range<usize>) -> bool {
    let body = run.end + 1;
    if !page.is_raw(run.end, "(") || !page.tokens.tokens.get(body).is_some_and(|t| t.acronym) {
        return false;
    }
    let listed = page.listed.iter().any(|(range, entries)| {
        let organization = |e: &usize| page.lexicon.entry(*e).kind == EntityKind::Organization;
        range.start == body && page.is_raw(range.end, ")") && entries.iter().any(organization)
    });
    let initial = page.tokens.word(body).chars().next();
    listed && page.tokens.word(run.start).chars().next() != initial
}

/// Whether a role or speech beside a name tells that it is a person's.
pub(super) fn has_company(page: &Page<'_>, run: &Range<usize>) -> bool {
    title_before(page, run.start)
        || has_post(page, run)
        || speech_beside(page, run)
        || page.section(run.start) == SectionKind::Contact
}

fn has_post(page: &Page<'_>, run: &Range<usize>) -> bool {
    role_after(page, run.end).is_some() || role_before(page, run.start).is_some()
}

/// *stade Félix-Eboué*, *aéroport international Toussaint Louverture*: places named after people.
fn after_place_head(page: &Page<'_>, start: usize) -> bool {
    let names = &page.pack.names;
    let from = page.sentence(start).start;
    let mut at = start;
    while at > from && page.is(&names.head_qualifiers, at - 1) {
        at -= 1;
    }
    (1..=3).any(|n| {
        let head = |heads| at >= from + n && page.phrase(heads, at - n, at) == Some(n);
        // «… », note Awa Sow»: said by her, no note.
        let speaks = at >= from + 2 && page.speaks(at - 1) && matches!(page.tokens.raw(at - 2), "," | "»" | "”");
        let described = !speaks && [&names.projects, &names.publications].iter().any(|group| head(&group.heads));
        described || head(&names.place_heads) || head(&names.streets) || head(&names.named_after) || head(&names.crises)
    })
}

/// Runs of capitals over free tokens, without leading titles, roles and heads.
fn runs(page: &Page<'_>, layers: &Layers) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        if !page.is_capital(at) {
            at += 1;
            continue;
        }
        let run = capital_run(page, at, &page.pack.names.particles);
        if run.is_empty() {
            at += 1;
            continue;
        }
        at = run.end;
        let start = run.clone().find(|&i| !is_introduction(page, i)).unwrap_or(run.end);
        let run = start..run.end;
        let run = past_roles(page, &run)..run.end;
        let free = run.clone().take_while(|&i| layers.at(i).is_none()).count();
        let run = before_listed(page, run.start..run.start + free);
        if !run.is_empty() {
            runs.push(trim(page, run));
        }
    }
    runs
}

/// *Jordan River **Foundation***, *Toussaint Louverture **Airport***: where heads stand last, what ends in one is nobody.
fn ends_in_head(page: &Page<'_>, run: &Range<usize>) -> bool {
    let names = &page.pack.names;
    let heads = [
        &names.organization_heads,
        &names.place_heads,
        &names.projects.heads,
        &names.events.heads,
        &names.publications.heads,
        &names.streets,
    ];
    let end = page.sentence(run.start).end;
    let among = |i: usize| heads.iter().any(|heads| page.phrase(heads, i, end).is_some());
    // «Amina Diallo studies moss»: behind a given name, what may be a verb is one.
    let given = page.lexicon.is_first_name(page.tokens.word(run.start));
    let does = |i: usize| {
        let third = page.is_lower(i) && page.tokens.lower(i).ends_with('s');
        given && third && page.verb_forms(i).iter().any(|form| form.tense == Tense::Finite)
    };
    // «Mazumdar Group», «General Food Assistance programme»
    names.heads_last
        && run
            .clone()
            .skip(1)
            .chain(run.end..(run.end + 1).min(end))
            .any(|i| among(i) && (i < run.end || !page.is_function_word(i) && !does(i)))
}

/// *a **Return Migrants** desk*, *Center for **Migrant Advocacy***: where heads stand last, people have no article and complete no name.
fn is_common(page: &Page<'_>, run: &Range<usize>) -> bool {
    let names = &page.pack.names;
    let from = page.sentence(run.start).start;
    let Some(before) = run.start.checked_sub(1).filter(|b| *b >= from && names.heads_last) else { return false };
    let article = page.is_exactly(&names.definite, before) || page.is_exactly(&names.indefinite, before);
    let completes = before > from
        && page.phrase(&names.complement, before, run.start).is_some()
        && page.is_capital(before - 1)
        && !page.lexicon.is_first_name(page.tokens.word(run.start + usize::from(run.len() > 2)))
        || before > from
            && page.phrase(&names.complement, before, run.start).is_some()
            && page.phrase(&names.organization_heads, before - 1, before).is_some();
    article && !page.is_raw(before, "s") || completes
}

/// Behind the last title or role among capitals, where these stand before names without article: *Director General **Amy Pope***,
/// *Chief of Mission **Jane Doe***.
fn past_roles(page: &Page<'_>, run: &Range<usize>) -> usize {
    let names = &page.pack.names;
    if !names.heads_last {
        return run.start;
    }
    let role = |i: usize| page.is(&names.roles, i) || page.is(&names.titles, i);
    let last = run.clone().rev().find(|&i| role(i) && i + 1 < run.end).map_or(run.start, |i| i + 1);
    let post = last == run.start
        && run.start >= 2
        && (page.is_of(run.start - 1) || page.is(&page.pack.relations.oblique, run.start - 1))
        && page.is(&names.roles, run.start - 2);
    let given = || run.clone().skip(1).find(|&i| i + 1 < run.end && page.lexicon.is_first_name(page.tokens.word(i)));
    if post { given().unwrap_or(last) } else { last }
}

/// Words that may stand in a post before or behind its role: *NRC's **Country** Director*, *the **livelihoods** officer*.
fn may_qualify(page: &Page<'_>, at: usize) -> bool {
    let verbs = &page.pack.verbs;
    let genitive = matches!(page.tokens.lower(at), "’" | "s");
    let verb = !page.verb_forms(at).is_empty() && !page.is_exactly(&verbs.ambiguous, at) && page.is_lower(at);
    let word = (page.is_capital(at) || page.is_lower(at)) && !page.is_function_word(at) && !verb;
    genitive || word || page.is_raw(at, "-") || page.is_raw(at, "/")
}

/// Where the words begin that qualify the role at `role`: ***IOM** Director*, ***Canada's special** envoy*.
fn post_start(page: &Page<'_>, role: usize) -> usize {
    const LONGEST: usize = 10;
    let from = page.sentence(role).start.max(role.saturating_sub(LONGEST));
    if !page.pack.names.heads_last {
        return role;
    }
    let mut start = role;
    while start > from && may_qualify(page, start - 1) && !page.speaks(start - 1) {
        start -= 1;
    }
    start
}

/// *UNHCR's **livelihoods officer***: the role within the words from `at` on.
fn role_within(page: &Page<'_>, at: usize, end: usize) -> bool {
    const LONGEST: usize = 9;
    (at..end.min(at + LONGEST)).take_while(|&i| may_qualify(page, i)).any(|i| page.is(&page.pack.names.roles, i))
}

fn is_introduction(page: &Page<'_>, at: usize) -> bool {
    let names = &page.pack.names;
    page.is_function_word(at) && page.sentence(at).start == at
        || !page.is_capital(at)
        || page.is(&names.roles, at)
        || page.is(&names.titles, at)
}

/// *Félix-Eboué **de Brazzaville***: a listed name after *de* is no part of a person's name.
fn before_listed(page: &Page<'_>, run: Range<usize>) -> Range<usize> {
    let cut = run.clone().find(|&i| page.is_of(i) && page.listed.iter().any(|(range, _)| range.start == i + 1));
    run.start..cut.unwrap_or(run.end)
}

/// A run must not end in a particle.
fn trim(page: &Page<'_>, run: Range<usize>) -> Range<usize> {
    let end = run.clone().rev().find(|&i| page.is_capital(i)).map_or(run.start, |i| i + 1);
    run.start..end
}

fn capitals(page: &Page<'_>, run: &Range<usize>) -> usize {
    run.clone().filter(|&i| page.is_capital(i)).count()
}

fn is_listed(page: &Page<'_>, run: &Range<usize>) -> bool {
    page.listed.iter().any(|(range, _)| range == run)
}

/// Whether a listed name of two words or more stands at the head of the run: *San José Costa*.
fn begins_listed(page: &Page<'_>, run: &Range<usize>) -> bool {
    page.listed.iter().any(|(range, _)| range.start == run.start && range.len() > 1 && range.end <= run.end)
}

fn begins_with_head(page: &Page<'_>, run: &Range<usize>) -> bool {
    let names = &page.pack.names;
    let heads = [
        &names.organization_heads,
        &names.place_heads,
        &names.projects.heads,
        &names.events.heads,
        &names.publications.heads,
    ];
    heads.iter().any(|heads| page.phrase(heads, run.start, run.end).is_some())
}

fn title_before(page: &Page<'_>, at: usize) -> bool {
    let start = page.sentence(at).start;
    (1..=4).any(|back| {
        let from = at.checked_sub(back).filter(|from| *from >= start);
        from.is_some_and(|from| page.phrase(&page.pack.names.titles, from, at) == Some(back))
    })
}

/// The role that follows a name after a comma or an opening bracket: its first token.
pub(in crate::extract) fn role_after(page: &Page<'_>, end: usize) -> Option<usize> {
    let sentence_end = page.sentence(end.saturating_sub(1)).end;
    if end >= sentence_end {
        return signed(page, end);
    }
    let opened = matches!(page.tokens.raw(end), "," | "(" | "–").then_some(end + 1);
    let mut at = page.past_determiners(opened.or_else(|| appointed(page, end))?, sentence_end);
    // «Marie Martin, née à Lyon, professeure à l'Université …»: one participle in between is passed over.
    let participle = page.is_lower(at)
        && !page.is(&page.pack.names.roles, at)
        && page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
    if participle && page.is_raw(end, ",") {
        const LONGEST: usize = 8;
        let comma = (at..sentence_end.min(at + LONGEST)).find(|&i| page.is_raw(i, ","))?;
        at = page.past_determiners(comma + 1, sentence_end);
    }
    while at < sentence_end && (page.is(&page.pack.verbs.adverbs, at) || page.is(&page.pack.names.before_noun, at)) {
        at = page.past_determiners(at + 1, sentence_end);
    }
    let role = at < sentence_end
        && (page.is(&page.pack.names.roles, at) || page.pack.names.heads_last && role_within(page, at, sentence_end));
    role.then_some(at)
}

/// *Paul Martin*, and on the line below *secrétaire général, Alliance des ports*: the post of a signature.
fn signed(page: &Page<'_>, end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let own = page.sentence(end.saturating_sub(1));
    let number = page.sentence_number(end.saturating_sub(1));
    let below = page.tokens.sentences.get(number + 1)?.tokens.clone();
    let name = own.len() <= LONGEST && own.clone().all(|t| !page.is_lower(t) || page.is(&page.pack.names.particles, t));
    let mut at = page.past_determiners(below.start, below.end);
    while at < below.end && page.is(&page.pack.names.before_noun, at) && !page.is(&page.pack.names.roles, at) {
        at += 1;
    }
    let role = at < below.end && page.is(&page.pack.names.roles, at);
    let ends =
        below.clone().any(|t| page.is_exactly(&page.pack.verbs.be, t) || page.is_exactly(&page.pack.verbs.have, t));
    (name && role && !ends).then_some(at)
}

/// *Paul Martin **est** le directeur*, ***a été nommé** directeur*: where the verb that gives a post ends.
fn appointed(page: &Page<'_>, at: usize) -> Option<usize> {
    let verbs = &page.pack.verbs;
    let is = |at: usize| page.is_exactly(&verbs.be, at) || page.is_exactly(&verbs.be_future, at);
    let named = |at: usize| page.verb_forms(at).iter().any(|form| verbs.appointing.has(form.verb));
    let been = if is(at) {
        Some(at + 1)
    } else {
        (page.is_exactly(&verbs.have, at) && page.is_exactly(&verbs.been, at + 1)).then_some(at + 2)
    };
    been.map(|at| if named(at) { at + 1 } else { at })
}

/// The role that leads to a name, with what qualifies it.
pub(in crate::extract) fn role_before(page: &Page<'_>, start: usize) -> Option<usize> {
    role_word_before(page, start).map(|role| post_start(page, role))
}

/// The role that leads to a name, directly (*le professeur X*) or before a comma (*la directrice de l'OIM, X*): its first token.
fn role_word_before(page: &Page<'_>, start: usize) -> Option<usize> {
    let sentence = page.sentence(start);
    let mut at = start.checked_sub(1)?;
    while at > sentence.start {
        match title_length(page, at) {
            Some(length) if at >= sentence.start + length => at -= length,
            _ => break,
        }
    }
    if at < sentence.start {
        return None;
    }
    // «le ministre de la Sécurité, le général X», «son directeur, l'ambassadeur X»: a title or role in apposition to a role.
    let article = page.is_exactly(&page.pack.names.determiners, at) && at > sentence.start && page.is_raw(at - 1, ",");
    if article && at + 1 < start {
        at -= 1;
    }
    if page.is(&page.pack.names.roles, at) {
        let apposed = at >= sentence.start + 2
            && page.is_exactly(&page.pack.names.determiners, at - 1)
            && page.is_raw(at - 2, ",");
        return apposed.then(|| before_comma(page, at - 2, sentence.start)).flatten().or(Some(at));
    }
    if !page.is_raw(at, ",") {
        return directly_before(page, at, sentence.start);
    }
    before_comma(page, at, sentence.start)
}

/// The role whose phrase ends at a comma.
fn before_comma(page: &Page<'_>, at: usize, start: usize) -> Option<usize> {
    const FURTHEST: usize = 24;
    let from = at.saturating_sub(FURTHEST).max(start);
    for i in (from..at).rev() {
        if matches!(page.tokens.raw(i), ";" | ":" | "»" | "«" | ".") || page.is(&page.pack.names.speech, i) {
            return None;
        }
        if page.is(&page.pack.names.roles, i) {
            return Some(first_role_word(page, i, from));
        }
    }
    None
}

/// *le directeur général adjoint X*, *le ministre ivoirien des Transports X*: only adjectives and a complement between.
fn directly_before(page: &Page<'_>, last: usize, from: usize) -> Option<usize> {
    let from = from.max(last.saturating_sub(3));
    // «Minister of Federal Affairs, …»: what completes the post is nobody.
    if page.pack.names.heads_last && page.phrase(&page.pack.names.complement, last, last + 1).is_some() {
        return None;
    }
    let heads_last = page.pack.names.heads_last;
    let post = |i: usize| page.is_capital(i) || page.is_of(i) || page.is(&page.pack.names.complement, i);
    let fits = |i: usize| {
        heads_last && post(i) || page.is_lower(i) && (page.is_adjective(i) || page.demonyms.contains_key(&i))
    };
    for i in (from..=last).rev() {
        if page.is(&page.pack.names.roles, i) {
            return Some(i);
        }
        if !fits(i) {
            return None;
        }
    }
    None
}

/// The first of several role words in a row: *secrétaire général adjoint*.
fn first_role_word(page: &Page<'_>, at: usize, from: usize) -> usize {
    let mut first = at;
    for i in (from..at).rev().take(6) {
        if page.is(&page.pack.names.roles, i) {
            first = i;
        }
        let own_article = page.is_exactly(&page.pack.names.determiners, i) && !page.is_contracted(i);
        if own_article || matches!(page.tokens.raw(i), "," | ";") {
            break;
        }
    }
    first
}

/// The number of tokens of the title that ends at a token: *Mme* is one, *M.* two.
fn title_length(page: &Page<'_>, at: usize) -> Option<usize> {
    (1..=4).find(|n| at + 1 >= *n && page.phrase(&page.pack.names.titles, at + 1 - n, at + 1) == Some(*n))
}

fn speech_beside(page: &Page<'_>, run: &Range<usize>) -> bool {
    let sentence = page.sentence(run.start);
    let before = run.start.saturating_sub(3).max(sentence.start)..run.start;
    let after = run.end..(run.end + 4).min(sentence.end);
    if before.clone().any(|i| matches!(page.tokens.raw(i), "«" | "“")) {
        return false;
    }
    let says = |i: usize| page.speaks(i);
    let direct = run.start > sentence.start && says(run.start - 1);
    let near = before.clone().any(says) && !before.clone().any(|i| page.is_raw(i, ","));
    direct || near || after.clone().any(says) && !after.clone().any(|i| page.is_raw(i, ","))
}

/// Whether a name at this place begins an item of a contact block.
fn begins_item(page: &Page<'_>, at: usize) -> bool {
    let sentence = page.sentence(at);
    if at == sentence.start {
        return true;
    }
    let before = page.tokens.lower(at - 1);
    let marks = [":", "-", "–", "—", "•", ",", ";", "/", "|", "("];
    marks.contains(&before)
        || page.is_and(at - 1)
        || page.is_lower(at - 1) && !page.is_function_word(at - 1)
        || title_length(page, at - 1).is_some()
}
