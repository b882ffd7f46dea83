//! Phrases that hang on what the sentence is about.
//!
//! *mis en œuvre par l'OIM **avec le financement du Bureau de la population*** → FUNDS(Bureau, programme)
//!
//! Near miss: *la Banque ne participe pas **au financement de** ce transfert* (nobody is named after it).

use std::cell::LazyCell;

use super::antecedents::{listed_below, main_thing, spoken_of};
use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::language::{Adjunct, Direction};
use crate::model::{EntityKind, Qualifiers, RelationKind};
use crate::text::find_amounts;

/// Applies every adjunct at every token.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        let Some(end) = line.units.last().map(|unit| unit.tokens.end) else { continue };
        for unit in 0..line.units.len() {
            let at = line.units[unit].tokens.start;
            let rules = &scene.page.pack.relations;
            if line.units[unit].mention.is_some() {
                continue;
            }
            if scene.page.phrase(&rules.adjunct_leads, at, end).is_some() {
                for adjunct in &rules.adjuncts {
                    put_together(scene, line, adjunct, at, proposals);
                }
            }
            let plain = scene.page.phrase(&rules.adjunct_phrases, at, end).is_some();
            let inverse = scene.page.phrase(&rules.inverse_phrases, at, end).is_some();
            if !plain && !inverse {
                continue;
            }
            let fits = |adjunct: &&Adjunct| if adjunct.inverse { inverse } else { plain };
            for adjunct in rules.adjuncts.iter().filter(fits) {
                if let Some(length) = scene.page.phrase(&adjunct.phrases, at, end) {
                    apply(scene, line, adjunct, at..at + length, proposals);
                }
            }
        }
    }
}

/// How far a noun or a name may stand from what opens a phrase that is put together.
const FURTHEST: usize = 7;

/// *with **the generous** support **of** Norway*, *thanks to **a EUR 3 million** grant **from** KfW*, *with **Norway**'s support*: a lead, modest
/// words, a noun; the name stands behind or, where heads stand last, before the noun.
fn put_together(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, start: usize, proposals: &mut Vec<Proposal>) {
    let page = scene.page;
    let Some(end) = line.units.last().map(|u| u.tokens.end) else { return };
    let Some(length) = page.phrase(&adjunct.leads, start, end) else { return };
    let mut from = start + length;
    let at = loop {
        let Some((at, noun)) = modest_up_to(scene, line, adjunct, from) else { return };
        let Some(noun) = noun else { break at };
        let mut behind = at + noun;
        while behind < end && page.is_lower(behind) && page.is_adjective(behind) {
            if page.phrase(&adjunct.except, behind, end).is_some() {
                return;
            }
            behind += 1;
        }
        if let Some(length) = page.phrase(&adjunct.before_name, behind, end) {
            return apply(scene, line, adjunct, start..behind + length, proposals);
        }
        // «de jeunes agriculteurs venus de …»: the next noun may be the one.
        from = at + noun;
    };
    if at > start + length + FURTHEST {
        return;
    }
    let unit = line.unit_at(at);
    if !page.pack.names.heads_last || !line.is_one_of(scene.layers, unit, &adjunct.kinds) {
        return;
    }
    let named = line.list(scene.layers, unit, &adjunct.kinds);
    let Some(mut behind) = named.last().map(|&last| line.units[last].tokens.end) else { return };
    if behind + 1 < end && page.tokens.lower(behind) == "’" {
        behind += 1 + usize::from(page.is_raw(behind + 1, "s"));
    }
    if modest_up_to(scene, line, adjunct, behind).is_some_and(|(_, noun)| noun.is_some()) {
        hang(scene, line, adjunct, start..start + length, &named, proposals);
    }
}

/// Over modest words and amounts to a noun of the adjunct, with its length, or to a name.
fn modest_up_to(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, from: usize) -> Option<(usize, Option<usize>)> {
    let page = scene.page;
    let end = line.units.last()?.tokens.end;
    let amounts = LazyCell::new(|| find_amounts(&page.tokens, from..end.min(from + FURTHEST + 2), page.text_pack));
    let in_amount = |at: usize| {
        let span = page.tokens.tokens[at].span;
        amounts.iter().any(|a| a.span.start <= span.start && span.end <= a.span.end)
    };
    for at in from..end.min(from + FURTHEST) {
        if let Some(length) = page.phrase(&adjunct.nouns, at, end) {
            return Some((at, Some(length)));
        }
        if page.phrase(&adjunct.except, at, end).is_some() {
            return None;
        }
        if in_amount(at) {
            continue;
        }
        if line.units[line.unit_at(at)].mention.is_some() {
            return Some((at, None));
        }
        let small = page.is_exactly(&page.pack.names.determiners, at)
            || page.is_lower(at)
                && !page.is(&page.pack.relations.oblique, at)
                && !page.is(&page.pack.names.relatives, at)
            || page.is_raw(at, "-")
            || page.tokens.tokens[at].kind == crate::text::TokenKind::Number;
        if !small {
            return None;
        }
    }
    None
}

fn apply(
    scene: &Scene<'_, '_>,
    line: &Line,
    adjunct: &Adjunct,
    trigger: std::ops::Range<usize>,
    proposals: &mut Vec<Proposal>,
) {
    // «Con el apoyo de: A, B»: with a colon any phrase is a label.
    let end = line.units.last().map_or(trigger.end, |u| u.tokens.end);
    let colon = trigger.end < end && scene.page.is_raw(trigger.end, ":");
    let trigger = trigger.start..trigger.end + usize::from(colon);
    if adjunct.inverse {
        return inverse(scene, line, adjunct, trigger, proposals);
    }
    let Some(named) = names_after(scene, line, adjunct, trigger.end) else {
        let below = listed_below(scene, line, &adjunct.kinds);
        return label(scene, line, adjunct, trigger, &below, proposals);
    };
    let named = line.list(scene.layers, named, &adjunct.kinds);
    hang(scene, line, adjunct, trigger, &named, proposals);
}

/// ***Venue of** the school: Heraklion*, ***Speakers at** the webinar included A and B*: the phrase leads to the thing, and then come the names.
fn inverse(
    scene: &Scene<'_, '_>,
    line: &Line,
    adjunct: &Adjunct,
    trigger: std::ops::Range<usize>,
    proposals: &mut Vec<Proposal>,
) {
    const FURTHEST: usize = 5;
    let page = scene.page;
    let end = line.units.last().map_or(trigger.end, |u| u.tokens.end);
    let thing = (trigger.end..end.min(trigger.end + FURTHEST))
        .take_while(|&t| !matches!(page.tokens.raw(t), "," | ";" | "."))
        .find(|&t| line.units[line.unit_at(t)].mention.is_some())
        .map(|t| line.unit_at(t));
    let Some(thing) = thing.filter(|&unit| line.is_one_of(scene.layers, unit, &adjunct.on)) else { return };
    let behind = line.units[thing].tokens.end;
    // Where it was may stand between: «participants in the workshop in Dakar were».
    let linked = (behind..end.min(behind + FURTHEST)).find_map(|t| {
        let colon = page.is_raw(t, ":").then_some(1);
        colon.or_else(|| page.phrase(&page.pack.relations.linking, t, end)).map(|length| t + length)
    });
    let named = linked.and_then(|from| names_after(scene, line, adjunct, from));
    let names: Vec<(usize, usize)> = match named {
        Some(named) => {
            line.list(scene.layers, named, &adjunct.kinds).into_iter().map(|unit| (line.sentence, unit)).collect()
        }
        // «Participants in the conference», and then a line for each
        None => listed_below(scene, line, &adjunct.kinds),
    };
    for (sentence, name) in names {
        let ends = (scene.end(sentence, name), scene.end(line.sentence, thing));
        let (Some(name), Some(thing)) = ends else { continue };
        let mut sentences = vec![line.sentence, sentence];
        sentences.dedup();
        proposals.push(proposal(scene, line, adjunct, &trigger, (name, thing), &sentences));
    }
}

/// A thing and the tokens that stand for it.
type End = (usize, std::ops::Range<usize>);

/// What a phrase says of a name and what it is about; less surely when they stand in two sentences.
fn proposal(
    scene: &Scene<'_, '_>,
    line: &Line,
    adjunct: &Adjunct,
    trigger: &std::ops::Range<usize>,
    (name, about): (End, End),
    sentences: &[usize],
) -> Proposal {
    let (subject, object) = if adjunct.direction == Direction::From { (about, name) } else { (name, about) };
    let mut qualifiers = Qualifiers { modality: modality(line, trigger), ..Qualifiers::default() };
    scene.qualify(&mut qualifiers, adjunct.kind, line.sentence, trigger.start);
    Proposal {
        kind: adjunct.kind,
        subject,
        object,
        trigger: Some(trigger.clone()),
        sentences: sentences.to_vec(),
        qualifiers,
        confidence: adjunct.confidence - if sentences.len() > 1 { 0.15 } else { 0.0 },
        rule: adjunct.name.clone(),
    }
}

/// Relates the names of a phrase to what it hangs on.
fn hang(
    scene: &Scene<'_, '_>,
    line: &Line,
    adjunct: &Adjunct,
    trigger: std::ops::Range<usize>,
    named: &[usize],
    proposals: &mut Vec<Proposal>,
) {
    let (page, layers) = (scene.page, scene.layers);
    let first_unit = line.unit_at(trigger.start);
    if negated(scene, line, first_unit) {
        return;
    }
    let is_named = |unit: &usize| !named.contains(unit);
    let fits = |i: &usize| line.is_one_of(layers, *i, &adjunct.on) && is_named(i);
    let nearest = || (0..first_unit).rev().find(fits);
    // «le Parlement, organe de l'Union, dont le siège …»: a seat is that of the body, not of what it belongs to.
    let seat = adjunct.kind == RelationKind::OperatesIn;
    // «…, réseau dont le secrétariat se trouve à Manille»: a noun in apposition takes the nearest.
    let apposed = nearest().is_some_and(|i| {
        let end = line.units[i].tokens.end;
        page.is_raw(end, ",")
            && end + 1 < trigger.start
            && page.is_lower(end + 1)
            && !page.is(&page.pack.names.relatives, end + 1)
    });
    let before =
        if seat && !apposed { nearest().map(|nearest| head_of(scene, line, nearest, fits)) } else { nearest() };
    // «Présente au Mali depuis 2000, Oxfam …»: what opens the sentence is said of its subject.
    let opens = first_unit == 0;
    let after = || {
        (first_unit..line.units.len())
            .find(|i| fits(i) && (!seat || opens && !line.is_of(page, *i)) && !line.is_oblique(page, *i))
    };
    // «Experts from UNICEF led the workshop»: what they do with what stands behind is said by the verb.
    if adjunct.topical && before.is_none() && (first_unit..line.units.len()).any(|i| fits(&i)) {
        return;
    }
    let (sentence, targets) = match before.or_else(after) {
        Some(unit) => (line.sentence, targets(scene, line, adjunct, unit, named)),
        None => match earlier(scene, line, adjunct, page.is_raw(trigger.end - 1, ":")) {
            Some(found) => found,
            None => return,
        },
    };
    let mut sentences = vec![sentence, line.sentence];
    sentences.sort_unstable();
    sentences.dedup();
    for &name in named {
        for &target in &targets {
            let ends = (scene.end(line.sentence, name), scene.end(sentence, target));
            let (Some(name), Some(target)) = ends else { continue };
            proposals.push(proposal(scene, line, adjunct, &trigger, (name, target), &sentences));
        }
    }
}

/// *le **Parlement**, organe de l'**Union**, dont le siège …*, *le **Bureau** de l'**Agence**, basé à …*: of a body and what it belongs to,
/// the first; but *avec l'appui du **Centre**, basé à …* is the Centre's.
fn head_of(scene: &Scene<'_, '_>, line: &Line, nearest: usize, fits: impl Fn(&usize) -> bool) -> usize {
    const NEAR: usize = 6;
    let mut head = nearest;
    while line.is_of(scene.page, head) {
        let before = (head.saturating_sub(NEAR)..head).rev().find(|&i| line.units[i].mention.is_some());
        let page = scene.page;
        let joined = |before: &usize| {
            (line.units[*before].tokens.end..line.units[head].tokens.start).all(|t| {
                page.is_of(t)
                    || page.is_exactly(&page.pack.names.determiners, t)
                    || page.is_raw(t, ",")
                    || page.is_lower(t) && !page.is(&page.pack.relations.oblique, t)
            })
        };
        match before.filter(&fits).filter(joined) {
            Some(before) => head = before,
            None => break,
        }
    }
    head
}

/// *Participants :* and then a line for each.
fn label(
    scene: &Scene<'_, '_>,
    line: &Line,
    adjunct: &Adjunct,
    trigger: std::ops::Range<usize>,
    below: &[(usize, usize)],
    proposals: &mut Vec<Proposal>,
) {
    if below.is_empty() {
        return;
    }
    // «new pledges to the programme:»
    let fits = |i: &usize| line.is_one_of(scene.layers, *i, &adjunct.on);
    let own = (0..line.units.len()).rev().find(fits).map(|unit| (line.sentence, vec![unit]));
    let Some((sentence, targets)) = own.or_else(|| earlier(scene, line, adjunct, true)) else { return };
    for &(named_line, named) in below {
        for &target in &targets {
            let ends = (scene.end(named_line, named), scene.end(sentence, target));
            let (Some(name), Some(target)) = ends else { continue };
            let (subject, object) = if adjunct.direction == Direction::From { (target, name) } else { (name, target) };
            proposals.push(Proposal {
                kind: adjunct.kind,
                subject,
                object,
                trigger: Some(trigger.clone()),
                sentences: vec![sentence, line.sentence, named_line],
                qualifiers: Qualifiers::default(),
                confidence: adjunct.confidence - 0.15,
                rule: adjunct.name.clone(),
            });
        }
    }
}

/// Partners hang on the whole list of who acts; everything else on one thing.
fn targets(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, unit: usize, named: &[usize]) -> Vec<usize> {
    if adjunct.kinds == adjunct.on {
        return line.list(scene.layers, unit, &adjunct.on).into_iter().filter(|u| !named.contains(u)).collect();
    }
    vec![unit]
}

/// The name that the phrase leads to, modest words aside: *avec le financement du **Bureau***, *enveloppe … provenant du **Fonds***.
fn names_after(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, from: usize) -> Option<usize> {
    let page = scene.page;
    let end = line.units.last()?.tokens.end;
    if let Some(person) = holder_of_post(scene, line, adjunct, from) {
        return Some(person);
    }
    // «une subvention **de 2 millions d'euros** de la Banque»
    let near = from..end.min(from + FURTHEST + 2);
    let counted = near.clone().any(|t| page.tokens.tokens[t].kind == crate::text::TokenKind::Number);
    let amounts = if counted { find_amounts(&page.tokens, near, page.text_pack) } else { Vec::new() };
    let past = |at: usize| {
        let starts = page.tokens.tokens[at].span.start;
        let amount = amounts.iter().find(|a| a.span.start <= starts && starts < a.span.end)?;
        (at + 1..=end).find(|&t| t == end || page.tokens.tokens[t].span.start >= amount.span.end)
    };
    let mut at = from;
    let mut steps = 0;
    while at < end && steps < 8 {
        if let Some(behind) = past(at) {
            at = behind;
            continue;
        }
        let unit = line.unit_at(at);
        if line.units[unit].possessor {
            at = line.units[unit].tokens.end;
            continue;
        }
        if line.units[unit].mention.is_some() {
            let fits = line.is_one_of(scene.layers, unit, &adjunct.kinds) && (!adjunct.adjacent || at == from);
            return fits.then_some(unit);
        }
        if let Some(length) = page.phrase(&adjunct.given_by, at, end) {
            at += length;
            continue;
        }
        let modest = page.is_exactly(&page.pack.names.determiners, at)
            || page.is_of(at)
            || page.is_lower(at)
            || page.tokens.tokens[at].kind == crate::text::TokenKind::Number;
        if !modest || page.is(&page.pack.relations.clause_ends, at) {
            return None;
        }
        steps += 1;
        at += 1;
    }
    None
}

/// *sous la présidence du ministre de la Santé, **Paul Martin***: the phrase leads to a post, who holds it is meant.
fn holder_of_post(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, from: usize) -> Option<usize> {
    let page = scene.page;
    if !adjunct.kinds.contains(&EntityKind::Person) {
        return None;
    }
    let modest = |t: usize| {
        page.is_exactly(&page.pack.names.determiners, t) || page.is(&page.pack.names.before_noun, t) || page.is_of(t)
    };
    let leads_here = |i: &usize| {
        let start = line.units[*i].tokens.start;
        let post = crate::extract::names::role_before(page, start).filter(|role| *role >= from);
        post.is_some_and(|role| (from..role).all(modest))
    };
    let people = line.unit_at(from)..line.units.len();
    people.filter(|&i| line.kind(scene.layers, i) == Some(EntityKind::Person)).find(leads_here)
}

fn negated(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> bool {
    let verbs = &scene.page.pack.verbs;
    let from = unit.saturating_sub(6);
    let word =
        |i: usize, list| line.units[i].mention.is_none() && scene.page.is_exactly(list, line.units[i].tokens.start);
    // «n'est plus présente à Dori»
    let no_more = |i: usize| word(i, &verbs.weak_negator) && (from..i).any(|before| word(before, &verbs.negation));
    (from..unit).any(|i| word(i, &verbs.negator) || word(i, &verbs.without) || no_more(i))
}

/// The nearest verb group before the phrase tells how the sentence means it.
fn modality(line: &Line, trigger: &std::ops::Range<usize>) -> crate::model::Modality {
    let before = line.verbs.iter().filter(|v| v.tokens.end <= trigger.start && v.finite).max_by_key(|v| v.tokens.end);
    before.map(|v| v.modality).unwrap_or_default()
}

/// What the sentence before was about.
fn earlier(scene: &Scene<'_, '_>, line: &Line, adjunct: &Adjunct, label: bool) -> Option<(usize, Vec<usize>)> {
    const FURTHEST: usize = 4;
    if adjunct.topical {
        return spoken_of(scene, line, &adjunct.on, FURTHEST).map(|(sentence, filler)| (sentence, filler.units));
    }
    // A sentence with a subject of its own is not about what the one before was about.
    let pronoun = line.units.iter().any(|u| {
        let names = &scene.page.pack.names;
        scene.page.is(&names.pronouns, u.tokens.start) || scene.page.is(&names.latter, u.tokens.start)
    });
    let verbless = !line.verbs.iter().any(|v| v.finite);
    if !(label || pronoun || verbless || adjunct.kind == RelationKind::Funds) {
        return None;
    }
    // «Bailleur : l'Allemagne» may stand some lines below what it is about.
    let back = if label { FURTHEST } else { 1 };
    let fits = |line: &&Line| {
        (0..line.units.len()).any(|i| line.kind(scene.layers, i).is_some_and(|k| adjunct.on.contains(&k)))
    };
    let from = line.sentence.saturating_sub(back);
    let sentences = &scene.page.tokens.sentences;
    let near = |l: &&Line| sentences[line.sentence].paragraph - sentences[l.sentence].paragraph <= back;
    let Some(previous) = scene.lines[from..line.sentence].iter().rev().find(fits).filter(near) else {
        // A fact sheet speaks of one thing throughout.
        let main = main_thing(scene, line, &adjunct.on).filter(|_| label);
        return main.map(|(sentence, filler)| (sentence, filler.units));
    };
    let nearest =
        |kinds: &[EntityKind]| (0..previous.units.len()).rev().find(|&i| previous.is_one_of(scene.layers, i, kinds));
    // Labels of sheets speak of the project.
    let project = label && adjunct.on.contains(&EntityKind::Project);
    let project = project.then(|| nearest(&[EntityKind::Project])).flatten();
    Some((previous.sentence, vec![project.or_else(|| nearest(&adjunct.on))?]))
}
