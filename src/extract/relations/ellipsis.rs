//! Who else does what a verb says, where the verb is not said again.
//!
//! *Sweden gave 2 million euros, **Norway 3 million*** · *the agency helps the scheme with clerks, **the union with lawyers*** ·
//! *the first phase was paid for by Japan, **the second by Norway*** · *Togo took part, **as did Mali***
//!
//! Near miss: *Oxfam organizes a workshop and **CARE a meal*** (to something else), *Oxfam helps CARE and **the** Red Cross* (a list).

use super::Scene;
use super::companions::{Place, past_people};
use super::line::Line;
use super::verb_group::VerbGroup;
use crate::extract::language::{Argument, Frame, Phrases, Tense, Voice};
use crate::extract::page::Page;
use crate::model::EntityKind;
use crate::text::TokenKind;

/// *l'Asdi a attribué 28 millions et **l'Autriche** 1,2 million d'euros*: the verb is left out, the amount tells.
pub(super) fn gapped(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Vec<usize> {
    let page = scene.page;
    let number =
        |u: usize| line.units.get(u).is_some_and(|u| page.tokens.tokens[u.tokens.start].kind == TokenKind::Number);
    let fits = |i: &usize| line.is_one_of(scene.layers, *i, kinds);
    // «Sweden gave 2 million euros and Norway **one**»
    let end = line.units.last().map_or(verb.tokens.end, |u| u.tokens.end);
    let word = |u: usize| {
        let at = line.units.get(u).filter(|u| u.mention.is_none()).map(|u| u.tokens.start);
        at.is_some_and(|at| {
            let counts = page.pack.names.counts.iter().any(|word| page.tokens.lower(at) == word);
            let one = page.is_exactly(&page.pack.names.indefinite, at) || page.is_exactly(&page.pack.names.ones, at);
            let closed = at + 1 >= end || matches!(page.tokens.raw(at + 1), "." | "," | ";");
            (counts || one) && closed
        })
    };
    // «…; la Diputación, 150.000, y Suecia, **con** 4 millones»
    let past_comma = |i: usize| {
        let at = |u: usize| line.units.get(u).filter(|u| u.mention.is_none()).map(|u| u.tokens.start);
        let comma = at(i + 1).is_some_and(|t| page.is_raw(t, ","));
        let from = i + 1 + usize::from(comma);
        from + usize::from(at(from).is_some_and(|t| page.is(&page.pack.relations.amount_prepositions, t)))
    };
    let after = verb.units.end..line.units.len();
    let amount_before = |i: usize| (verb.units.end..i).any(number);
    // «and Norad **NOK** 22 million»
    let currency =
        |u: usize| line.units.get(u).is_some_and(|u| page.tokens.tokens[u.tokens.start].acronym) && number(u + 1);
    let told = |i: usize| number(i + 1) || currency(i + 1) || word(i + 1) || number(past_comma(i));
    after.filter(fits).filter(|&i| told(i) && amount_before(i) && joint_before(page, line, verb, i).is_some()).collect()
}

/// The unit of *et*, a comma or a semicolon right before a unit and its articles.
fn joint_before(page: &Page<'_>, line: &Line, verb: &VerbGroup, unit: usize) -> Option<usize> {
    let article = |u: &usize| page.is_exactly(&page.pack.names.determiners, line.units[*u].tokens.start);
    let before = (verb.units.end..unit).rev().find(|u| line.units[*u].mention.is_some() || !article(u))?;
    let at = line.units[before].tokens.start;
    let joins = page.is_and(at) || matches!(page.tokens.raw(at), "," | ";");
    (line.units[before].mention.is_none() && joins).then_some(before)
}

/// *the agency helps the scheme with clerks, **the union with lawyers***: who does it too, and to what when that is something of its own.
pub(super) fn parallel(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    frame: &Frame,
    subjects: &[Place],
) -> Vec<(usize, Option<usize>)> {
    let acts = matches!(frame.subject, Argument::Agent) && verb.voice == Voice::Active && verb.finite;
    let before = |s: &Place| s.0 == line.sentence && s.1 < verb.units.start;
    if !acts || frame.needs_amount || frame.pairwise || !subjects.iter().all(before) {
        return Vec::new();
    }
    let verbless = |i: usize| {
        let until = (i..line.units.len()).find(|&u| scene.page.is_raw(line.units[u].tokens.start, ";"));
        let range = verb.units.end..until.unwrap_or(line.units.len());
        !line.verbs.iter().any(|v| v.finite && v.tense != Tense::Infinitive && range.contains(&v.units.start))
    };
    let fits = |i: &usize| line.is_one_of(scene.layers, *i, &frame.subject_kinds);
    let opens = |i: &usize| line.list(scene.layers, *i, EntityKind::ALL).first() == Some(i);
    let found = (verb.units.end + 1..line.units.len()).filter(|i| fits(i) && opens(i) && verbless(*i));
    found
        .filter_map(|i| {
            let joint = joint_before(scene.page, line, verb, i)?;
            let object = second_object(scene, line, verb, frame, (joint, i))?;
            Some((i, object))
        })
        .collect()
}

/// What stands behind the second subject: the same preposition as behind the first verb (then what it is done to is the same), or an
/// article and a thing of its own; nothing when it is neither.
fn second_object(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    frame: &Frame,
    (joint, unit): (usize, usize),
) -> Option<Option<usize>> {
    let page = scene.page;
    let behind = line.units.get(unit + 1).filter(|u| u.mention.is_none())?.tokens.start;
    let word = page.words.exact(behind);
    if page.is(&page.pack.relations.oblique, behind) {
        let again = |u: usize| line.units[u].mention.is_none() && page.words.exact(line.units[u].tokens.start) == word;
        let placed = page.is(&page.pack.relations.place_prepositions, behind);
        return (!placed && (verb.units.end..joint).any(again)).then_some(None);
    }
    if !page.is_exactly(&page.pack.names.determiners, behind) || page.is_contracted(behind) {
        return None;
    }
    let end = line.units.last()?.tokens.end;
    let thing = line.unit_at(page.past_determiners(behind, end).min(end - 1));
    if line.is_one_of(scene.layers, thing, &frame.object_kinds) {
        return Some(Some(thing));
    }
    let about = matches!(frame.object, Argument::About) && line.units[thing].mention.is_none();
    // «A assures the financing and B **the execution**»: what it is must be said of both.
    let says = |words: &Phrases| (behind..end).any(|t| page.phrase(words, t, end).is_some());
    (about && frame.requires.as_ref().is_some_and(says)).then_some(None)
}

/// *The first phase was paid for by Japan, **the second by Norway***: who did it to the others.
pub(super) fn others(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Vec<usize> {
    let page = scene.page;
    let (names, rules) = (&page.pack.names, &page.pack.relations);
    if verb.voice != Voice::Passive {
        return Vec::new();
    }
    let second = |unit: &usize| {
        let mut by = line.units[*unit].tokens.start;
        while by > verb.tokens.end && page.is_exactly(&names.determiners, by - 1) && !page.is_contracted(by - 1) {
            by -= 1;
        }
        let Some(by) = by.checked_sub(1).filter(|&by| page.is(&rules.agent_prepositions, by)) else { return false };
        let ordinal = if page.is_raw(by - 1, ",") { by - 2 } else { by - 1 };
        ordinal > verb.tokens.end && page.is(&names.ordinals, ordinal) && page.is_exactly(&names.definite, ordinal - 1)
    };
    (verb.units.end..line.units.len()).filter(|&u| line.is_one_of(scene.layers, u, kinds)).filter(second).collect()
}

/// The token at which a sentence says that others do the same: *Togo took part, **as did** Mali*.
pub(super) fn announced(scene: &Scene<'_, '_>, line: &Line) -> Option<usize> {
    line.words_of(scene.page, &scene.page.pack.names.likewise).next().map(|(at, _)| at)
}

/// *Togo took part, as did the mayor, **Awa Sow***: who does the same, behind the token that says so.
pub(super) fn likewise(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    at: usize,
    kinds: &[EntityKind],
) -> Vec<usize> {
    const FURTHEST: usize = 10;
    let page = scene.page;
    let phrases = &page.pack.names.likewise;
    let end = line.units.last().map_or(at, |u| u.tokens.end);
    // «It will take part in the seminar **that A is to hold**, as will B»: not who does what a relative clause says.
    let relative = |v: &VerbGroup| {
        (v.units.start.saturating_sub(FURTHEST)..v.units.start)
            .rev()
            .map(|u| &line.units[u])
            .take_while(|u| u.mention.is_some() || !page.is_raw(u.tokens.start, ","))
            .any(|u| u.mention.is_none() && page.is(&page.pack.names.relatives, u.tokens.start))
    };
    let between = |v: &VerbGroup| v.finite && v.tokens.start >= verb.tokens.end && v.tokens.end <= at && !relative(v);
    if relative(verb) || line.verbs.iter().any(between) {
        return Vec::new();
    }
    let from = past_people(page, at + page.phrase(phrases, at, end).unwrap_or(1), end);
    let modest = |t: &usize| !matches!(page.tokens.raw(*t), ";" | ":" | "." | "(");
    let units: Vec<usize> = (from..end.min(from + FURTHEST)).take_while(modest).map(|t| line.unit_at(t)).collect();
    let somebody = |u: &usize| {
        let post =
            crate::extract::names::role_before(page, line.units[*u].tokens.start).is_some_and(|role| role >= from);
        post && line.kind(scene.layers, *u) == Some(EntityKind::Person) && kinds.contains(&EntityKind::Person)
    };
    let named = || units.iter().copied().find(|u| line.units[*u].mention.is_some());
    let first = units.iter().copied().find(somebody).or_else(named);
    let first = first.filter(|&u| line.is_one_of(scene.layers, u, kinds));
    first.map_or_else(Vec::new, |first| line.list(scene.layers, first, kinds))
}
