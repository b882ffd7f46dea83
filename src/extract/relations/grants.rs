//! Lists of grants: who gets how much, line for line, from the body that gives them.
//!
//! *Oxfam awards five grants … / $800,000 **—** Dejusticia, Bogotá. / $500,000 **—** HIAS Ecuador.* → FUNDS(Oxfam, Dejusticia), FUNDS(Oxfam, HIAS Ecuador) ·
//! *1. DAHW Togo, 540.000 euros.* · *• 640 000 € à Solthis*
//!
//! Near miss: *Budget / • Gavi **:** 2 million* (a label's parts: who gives), one line alone (no list).

use std::ops::Range;

use super::companions::Place;
use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::sheet;
use crate::model::{EntityKind, Qualifiers, RelationKind};
use crate::text::{Amount, find_amounts};

/// Relates who gives to who gets.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let items: Vec<(Place, Amount)> = scene.lines.iter().filter_map(|line| item(scene, line)).collect();
    let bodies = |from: usize| items[from..].iter().filter_map(|((s, u), _)| scene.end(*s, *u));
    let Some(&((first, _), _)) = items.first() else { return };
    let Some(one) = bodies(0).next() else { return };
    if bodies(1).all(|other| other.0 == one.0) {
        return;
    }
    let Some(giver) = giver(scene, first, &items) else { return };
    for ((sentence, unit), amount) in &items {
        let (Some(subject), Some(object)) = (scene.end(giver.0, giver.1), scene.end(*sentence, *unit)) else {
            continue;
        };
        let qualifiers =
            Qualifiers { amount: Some(amount.value), currency: Some(amount.currency.clone()), ..Qualifiers::default() };
        proposals.push(Proposal {
            kind: RelationKind::Funds,
            subject,
            object,
            trigger: None,
            sentences: vec![giver.0, *sentence],
            qualifiers,
            confidence: 0.7,
            rule: format!("{}/funds/grant-list", scene.page.pack.tag),
        });
    }
}

/// The body that a line of the list names, and what it gets: the amount opens the line, or closes what the line says first.
fn item(scene: &Scene<'_, '_>, line: &Line) -> Option<(Place, Amount)> {
    const NEAR: usize = 3;
    const FAR: usize = 10;
    let page = scene.page;
    if !(0..line.units.len()).any(|unit| line.kind(scene.layers, unit) == Some(EntityKind::Organization)) {
        return None;
    }
    let sentences = &page.tokens.sentences;
    let sentence = &sentences[line.sentence];
    // «2. DAHW Togo, 540.000 euros.»: a number may be a sentence of its own.
    let numbered = |s: &crate::text::Sentence| s.tokens.len() <= 2;
    let opens = sentences[..line.sentence]
        .iter()
        .rev()
        .take_while(|before| before.paragraph == sentence.paragraph)
        .all(numbered);
    let range = sentence.tokens.clone();
    if !opens || page.labelled.iter().any(|l| l.parts.iter().any(|p| range.contains(&p.start))) {
        return None;
    }
    let start = sheet::past_mark(&page.tokens, &range);
    let amount = find_amounts(&page.tokens, start..range.end, page.text_pack).into_iter().next()?;
    let tokens: Vec<usize> = (start..range.end)
        .filter(|&t| {
            let span = page.tokens.tokens[t].span;
            amount.span.start <= span.start && span.end <= amount.span.end
        })
        .collect();
    let (from, to) = (*tokens.first()?, tokens.last()? + 1);
    let body = |u: &usize| line.kind(scene.layers, *u) == Some(EntityKind::Organization);
    let unit = if from == start {
        (0..line.units.len())
            .filter(|&u| line.units[u].tokens.start >= to)
            .find(|&u| line.units[u].mention.is_some())?
    } else {
        line.unit_at(start)
    };
    let between: Range<usize> =
        if from == start { to..line.units[unit].tokens.start } else { line.units[unit].tokens.end..from };
    let said = line.verbs.iter().any(|v| v.finite && between.contains(&v.tokens.start));
    // «NOK 45 million from Norway» says who gives.
    let names = &page.pack.relations;
    let gives = |t: usize| {
        page.is_exactly(&names.from_prepositions, t) || page.is(&names.agent_prepositions, t) || page.is_of(t)
    };
    let colon = between.clone().any(|t| page.is_raw(t, ":")) || from == start && between.clone().any(gives);
    let near = between.len() <= if from == start { NEAR } else { FAR };
    (body(&unit) && near && !said && !colon).then_some(((line.sentence, unit), amount))
}

/// The body that the text speaks of most and names before the list; none of those that get something.
fn giver(scene: &Scene<'_, '_>, first: usize, items: &[(Place, Amount)]) -> Option<Place> {
    let gets: Vec<usize> = items.iter().filter_map(|((s, u), _)| scene.end(*s, *u)).map(|end| end.0).collect();
    let named = |thing: usize| {
        scene.lines[..first].iter().rev().find_map(|line| {
            let is = |u: &usize| line.units[*u].mention.and_then(|m| scene.thing(m)) == Some(thing);
            (0..line.units.len()).find(is).map(|unit| (line.sentence, unit))
        })
    };
    let bodies = (0..scene.things.things.len())
        .filter(|&t| scene.kind(t) == EntityKind::Organization && !gets.contains(&t))
        .filter_map(|t| named(t).map(|place| (t, place)));
    let most = bodies.max_by_key(|(t, _)| (scene.things.things[*t].mentions.len(), std::cmp::Reverse(*t)))?;
    Some(most.1)
}
