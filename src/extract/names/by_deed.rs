//! Bodies that no list knows and no head noun tells, by what they do.
//!
//! *implemented by **Solidarités Meridian*** · *with the support of **Terra Verda*** · ***Terra Verda** finances the scheme* ·
//! *Oxfam and **Terra Verda*** · *Donor: **Terra Verda***
//!
//! Near miss: *written by **Amara Sow*** (a given name), *organized by **Mr** Sow* (a title), *seen by **Monday***.

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::language::{Argument, Frame, Tense};
use crate::extract::noun_phrase::capital_run;
use crate::extract::page::Page;
use crate::model::{EntityKind, RelationKind, SectionKind};
use crate::text::TokenKind;

/// Finds unexplained names that stand where only bodies do.
pub(super) fn find(page: &Page<'_>, layers: &mut Layers) {
    administrations(page, layers);
    // Left to right, so that a list is gone through name by name.
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        let run = unexplained(page, layers, at);
        if run.is_empty() {
            at += 1;
            continue;
        }
        at = run.end;
        if employs(page, layers, &run)
            || welded(page, &run)
            || behind_agent(page, &run, run.len() > 1)
            || behind_phrase(page, &run)
            || acts(page, &run)
            || listed(page, layers, &run)
        {
            let acronym = run.len() == 1 && page.tokens.tokens[run.start].acronym;
            let reference = if acronym { Reference::Acronym } else { Reference::Name };
            layers.add(Found::new(run, EntityKind::Organization, reference, "organization/by-deed"));
        }
    }
}

/// ***la commune de Banfora** finance …*, *l'Institut et **la municipalité de Kadıköy** ont signé …*: a place that acts as bodies do is who
/// runs it.
fn administrations(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    for at in 0..page.tokens.tokens.len() {
        let head = page.is_lower(at) && layers.at(at).is_none() && page.is(&names.administrations, at);
        if !head || !page.is_of(at + 1) || page.section(at) == SectionKind::Contact {
            continue;
        }
        let place = page.past_determiners(at + 2, page.sentence(at).end);
        let Some(end) = layers
            .mention_at(place)
            .filter(|f| f.kind == EntityKind::Place && f.range.start == place && f.head.is_none())
            .map(|f| f.range.end)
        else {
            continue;
        };
        let run = at..end;
        if pays(page, &run) || behind_agent(page, &run, false) || listed(page, layers, &run) {
            let mut found = Found::new(run, EntityKind::Organization, Reference::Name, "organization/by-deed");
            found.head = Some(at..at + 1);
            layers.add(found);
        }
    }
}

/// Whether a verb behind a name says that it pays, supports or signs.
fn pays(page: &Page<'_>, run: &Range<usize>) -> bool {
    let verbs = &page.pack.verbs;
    let verb = run.end
        + (run.end..run.end + 3)
            .take_while(|&t| page.is_exactly(&verbs.adverbs, t) || page.is_exactly(&verbs.have, t))
            .count();
    let passive = page.is(&page.pack.relations.agent_prepositions, verb + 1);
    verb < page.sentence(run.start).end
        && !passive
        && !page.is_exactly(&verbs.ambiguous, verb)
        && page.verb_forms(verb).iter().any(|form| {
            let active = (verb > run.end || form.tense != Tense::Participle)
                && !matches!(form.tense, Tense::Gerund | Tense::Infinitive);
            active && done_by_bodies(page, form.verb, false)
        })
}

/// The capitals from a token on that nothing has explained, unless they may be a person's name or begin a sentence by chance.
fn unexplained(page: &Page<'_>, layers: &Layers, at: usize) -> Range<usize> {
    let names = &page.pack.names;
    let begins = page.is_capital(at)
        && layers.at(at).is_none()
        && !(at > 0 && page.is_capital(at - 1) && page.sentence(at).start < at)
        && page.tokens.tokens[at].kind == TokenKind::Word;
    if !begins || page.is_function_word(at) || page.in_capitals(at) || page.section(at) == SectionKind::Contact {
        return at..at;
    }
    let mut run = capital_run(page, at, &names.organization_particles);
    if run.is_empty() && page.tokens.tokens[at].acronym && page.tokens.tokens[at].span.len() > 2 {
        run = at..at + 1;
    }
    // «EUR 3 million»
    let amount = page.tokens.tokens.get(run.end).is_some_and(|t| t.kind == TokenKind::Number);
    let alone = run.len() == 1 && page.sentence(at).start == at;
    let person = page.lexicon.may_be_first_name(page.tokens.word(at))
        || page.is(&names.titles, at)
        || page.is(&names.roles, at)
        || at > 0 && (page.is(&names.titles, at - 1) || page.is_raw(at - 1, "."));
    let other = page.is_exactly(&page.pack.verbs.adverbs, at)
        || page.is(&names.not_places, at)
        || page.demonyms.contains_key(&at)
        || page.is(&names.ordinals, at)
        || page.is(&names.others, at)
        // «el proyecto Aguas Vivas»
        || at > 0 && page.may_begin(&names.described_heads, at - 1)
        || at > 0 && matches!(page.tokens.raw(at - 1), "«" | "“" | "\"")
        || run.len() > 1 && page.sentence(at).start == at && page.words.exact(at) != 0;
    let surname = || {
        run.clone().last().is_some_and(|last| {
            let word = page.tokens.word(last);
            let people = layers.found.iter().filter(|f| f.kind == EntityKind::Person && f.range.len() > 1);
            run.len() == 1 && people.into_iter().any(|f| page.tokens.word(f.range.end - 1) == word)
        })
    };
    if alone || person || other || surname() || amount && run.len() == 1 || !layers.is_free(&run) {
        at..at
    } else {
        run
    }
}

/// ***NatureScot**, **OceanCare***: two capitals in one word are a body's, but for *McGill* and *DeVries*.
fn welded(page: &Page<'_>, run: &Range<usize>) -> bool {
    const LEAST: usize = 4;
    let raw = page.tokens.raw(run.start);
    let second = raw.char_indices().skip(1).find(|(_, c)| !c.is_lowercase());
    let second = second.filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    run.len() == 1 && second.is_some_and(|at| at >= LEAST && raw.len() >= at + LEAST - 1)
}

/// *Lars Holm (**Norfund**)*, *accountant for **Air Niugini***, *works at **Lumos***: whom somebody serves.
fn employs(page: &Page<'_>, layers: &Layers, run: &Range<usize>) -> bool {
    let (names, rules) = (&page.pack.names, &page.pack.relations);
    let from = page.sentence(run.start).start;
    let mut by = run.start;
    while by > from && page.is_exactly(&names.determiners, by - 1) && !page.is_contracted(by - 1) {
        by -= 1;
    }
    let Some(by) = by.checked_sub(1).filter(|&b| b > from) else { return false };
    let before = by - 1;
    if page.is_raw(by, "(") && page.is_raw(run.end, ")") {
        return layers.mention_at(before).is_some_and(|f| f.kind == EntityKind::Person);
    }
    let agent = page.is(&rules.agent_prepositions, by);
    let preposition = agent || page.is_of(by) || page.is(&rules.employer_prepositions, by);
    // «director of Communications» is an office of her own body.
    let portfolio = page.is_of(by) && by + 1 == run.start && !page.is_contracted(by);
    let post = page.is(&names.roles, before)
        && !portfolio
        && page.is_lower(before)
        && !page.is(&names.officials, before)
        && !page.is(&names.territorial, before);
    let works = || {
        let serves = |verb: u32| {
            let frames = rules.frames_of.get(&verb).into_iter().flatten().map(|&i| &rules.frames[i]);
            frames.into_iter().any(|frame| frame.kind == RelationKind::WorksFor)
        };
        !page.is_of(by) && page.verb_forms(before).iter().any(|form| serves(form.verb))
    };
    // «directs the Carthage Archive»: somebody who was named before the verb.
    let leads = || {
        let led = |verb: u32| {
            let frames = rules.frames_of.get(&verb).into_iter().flatten().map(|&i| &rules.frames[i]);
            frames.into_iter().any(|f| f.kind == RelationKind::WorksFor && matches!(f.object, Argument::Theme))
        };
        let person =
            || (from..by).rev().take(3).any(|t| layers.mention_at(t).is_some_and(|f| f.kind == EntityKind::Person));
        page.verb_forms(by).iter().any(|form| form.tense == Tense::Finite && led(form.verb))
            && run.len() > 1
            && person()
    };
    !names.territorial.is_empty() && (preposition && (post && !agent || works()) || leads())
}

/// *funded by **Terra Verda***, *financé par **la commune de Banfora***: behind the agent's preposition of a verb that bodies do.
fn behind_agent(page: &Page<'_>, run: &Range<usize>, several: bool) -> bool {
    const NEAR: usize = 5;
    let rules = &page.pack.relations;
    let from = page.sentence(run.start).start;
    let mut by = run.start;
    while by > from && page.is_exactly(&page.pack.names.determiners, by - 1) {
        by -= 1;
    }
    let Some(by) = by.checked_sub(1).filter(|&b| b >= from && page.is(&rules.agent_prepositions, b)) else {
        return false;
    };
    let verbs = (by.saturating_sub(NEAR).max(from)..by).rev().flat_map(|t| page.verb_forms(t));
    verbs.filter(|form| form.tense == Tense::Participle).any(|form| done_by_bodies(page, form.verb, several))
}

/// Whether bodies are subjects of a verb, and people hardly ever; with a name of several words, bodies more than people.
fn done_by_bodies(page: &Page<'_>, verb: u32, several: bool) -> bool {
    let rules = &page.pack.relations;
    let frames = rules.frames_of.get(&verb).into_iter().flatten().map(|&i| &rules.frames[i]);
    // A verb that says so only with other words (*porter secours à*) tells nothing by itself.
    let plain = |f: &Frame| f.requires.is_none() && f.requires_pronoun.is_none() && f.particle.is_none();
    let agents = frames.filter(|f| matches!(f.subject, Argument::Agent));
    let mut strong = false;
    let mut weak = false;
    for frame in agents.filter(|f| f.subject_kinds.contains(&EntityKind::Organization)) {
        strong |= matches!(frame.kind, RelationKind::Funds | RelationKind::Supports) && plain(frame);
        weak |= matches!(frame.kind, RelationKind::Implements | RelationKind::Organizes);
    }
    strong || several && weak
}

/// *with the support of **Terra Verda***, *in partnership with **Terra Verda***: behind a phrase that only bodies follow.
fn behind_phrase(page: &Page<'_>, run: &Range<usize>) -> bool {
    const LONGEST: usize = 7;
    let rules = &page.pack.relations;
    let from = page.sentence(run.start).start;
    let mut name = run.start;
    while name > from && page.is_exactly(&page.pack.names.determiners, name - 1) && !page.is_contracted(name - 1) {
        name -= 1;
    }
    let begins = name.saturating_sub(LONGEST).max(from)..name.saturating_sub(1);
    begins.into_iter().any(|t| {
        page.phrase(&rules.adjunct_phrases, t, name) == Some(name - t)
            && rules.adjuncts.iter().any(|adjunct| {
                let bodies = !adjunct.inverse
                    && adjunct.kinds.contains(&EntityKind::Organization)
                    && !adjunct.kinds.contains(&EntityKind::Person)
                    && !adjunct.kinds.contains(&EntityKind::Place);
                bodies && page.phrase(&adjunct.phrases, t, name) == Some(name - t)
            })
    })
}

/// ***Terra Verda** finances …*: before a verb that bodies do.
fn acts(page: &Page<'_>, run: &Range<usize>) -> bool {
    const ADVERBS: usize = 3;
    let verbs = &page.pack.verbs;
    let end = page.sentence(run.start).end;
    let modest = |t: &usize| {
        page.is_exactly(&verbs.adverbs, *t)
            || page.is_exactly(&verbs.have, *t)
            || page.is_exactly(&verbs.modal_planned, *t)
    };
    let verb = run.end + (run.end..end).take(ADVERBS).take_while(modest).count();
    let passive = page.is(&page.pack.relations.agent_prepositions, verb + 1);
    let acronym = run.len() == 1 && page.tokens.tokens[run.start].acronym;
    verb < end
        && !passive
        && !page.is_exactly(&verbs.ambiguous, verb)
        && page.verb_forms(verb).iter().any(|form| {
            let active = form.tense != Tense::Gerund
                && (verb > run.end || form.tense != Tense::Participle)
                && form.tense != Tense::Infinitive;
            active && done_by_bodies(page, form.verb, acronym)
        })
}

/// *Oxfam **and Terra Verda***, *Oxfam, **Terra Verda** and CARE*: on a list of bodies.
fn listed(page: &Page<'_>, layers: &Layers, run: &Range<usize>) -> bool {
    let from = page.sentence(run.start).start;
    let mut joint = run.start;
    while joint > from && page.is_exactly(&page.pack.names.determiners, joint - 1) {
        joint -= 1;
    }
    let Some(joint) = joint.checked_sub(1).filter(|&j| j > from) else { return false };
    let body = layers.mention_at(joint - 1).is_some_and(|f| f.kind == EntityKind::Organization);
    let and = page.is_and(joint);
    // A comma goes on only when the list does.
    let comma = page.is_raw(joint, ",")
        && (page.is_and(run.end)
            || page.is_raw(run.end, ",") && {
                let next = page.past_determiners(run.end + 1, page.sentence(run.start).end);
                layers.mention_at(next).is_some_and(|f| f.kind == EntityKind::Organization)
            });
    let known = run.len() > 1 || page.tokens.tokens[run.start].acronym;
    known && body && (and || comma)
}
