//! Bodies that act together.
//!
//! *l'**OIM** organise **avec Oxfam** un atelier* → both organize it, and they are partners · *menée **conjointement** par **A** et **B***
//!
//! Near miss: *avec le soutien de l'OIM* (support), *un atelier avec des élèves de Dakar* (no body).

use super::line::Line;
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::page::Page;
use crate::model::{EntityKind, Qualifiers, RelationKind};

/// A unit of a sentence, by the numbers of both.
pub(super) type Place = (usize, usize);

/// Who does it with the subject of the verb: a body that *avec* governs right before, between subject and verb or behind the verb.
pub(super) fn beside(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, subjects: &[Place]) -> Vec<usize> {
    let (page, layers) = (scene.page, scene.layers);
    let body = |i: usize| line.kind(layers, i) == Some(EntityKind::Organization);
    let here: Vec<usize> = subjects.iter().filter(|s| s.0 == line.sentence).map(|s| s.1).collect();
    let inserted =
        here.iter().copied().filter(|&s| s < verb.units.start).max().map_or(0..0, |s| s + 1..verb.units.start);
    let behind = line.clause_after(page, verb);
    let with = |i: &usize| {
        let at = line.units[*i].tokens.start;
        line.units[*i].mention.is_none()
            && page.phrase(&page.pack.relations.companion_prepositions, at, at + 4).is_some()
            && follows_action(scene, line, verb, *i)
    };
    let Some(preposition) = inserted.chain(behind).find(with) else { return Vec::new() };
    let at = line.units[preposition].tokens.start;
    let end = line.units.last().map_or(at, |u| u.tokens.end);
    let length = page.phrase(&page.pack.relations.companion_prepositions, at, end).unwrap_or(1);
    let unit = line.unit_at(past_people(page, at + length, end).min(end.saturating_sub(1)));
    if !body(unit) || here.contains(&unit) {
        return Vec::new();
    }
    line.list(layers, unit, &[EntityKind::Organization]).into_iter().filter(|u| !here.contains(u)).collect()
}

/// *with **researchers from** the University*: the people who stand for a body, and the preposition behind them.
pub(super) fn past_people(page: &Page<'_>, from: usize, end: usize) -> usize {
    let names = &page.pack.names;
    let at = page.past_determiners(from, end);
    let mut noun = at;
    while noun < end && page.is_lower(noun) && page.is_adjective(noun) {
        noun += 1;
    }
    let people = noun < end && page.is(&names.delegates, noun);
    let of = people && (page.is_of(noun + 1) || page.is(&page.pack.relations.from_prepositions, noun + 1));
    if of { page.past_determiners(noun + 2, end) } else { at }
}

/// Whether the preposition hangs on the verb: behind the verb itself, a name or a comma, not behind another noun.
fn follows_action(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, unit: usize) -> bool {
    let page = scene.page;
    let Some(before) = unit.checked_sub(1) else { return false };
    let at = line.units[before].tokens.start;
    line.units[before].mention.is_some()
        || verb.units.contains(&before)
        || page.is_raw(at, ",")
        || page.is_raw(at, "»")
        || page.is_exactly(&page.pack.verbs.adverbs, at)
        || page.text_pack.month(page.tokens.word(at)).is_some()
        || page.tokens.tokens[at].kind == crate::text::TokenKind::Number
}

/// Whether a word such as *conjointement* stands with the verb.
pub(super) fn jointly(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, subjects: &[Place]) -> bool {
    let verbs = &scene.page.pack.verbs;
    if verbs.joint.has(verb.verb) {
        return true;
    }
    let Some(&(sentence, subject)) = subjects.first() else { return false };
    let start = if sentence == line.sentence { line.units[subject].tokens.start } else { verb.tokens.start };
    let end = scene.page.sentence(verb.tokens.start).end;
    let mut between = verb.tokens.start.min(start)..(verb.tokens.end + 4).max(start).min(end);
    between.any(|t| scene.page.phrase(&verbs.jointly, t, end).is_some())
}

/// Bodies that do something jointly are partners.
pub(super) fn partners(
    scene: &Scene<'_, '_>,
    line: &Line,
    pairs: &[(Place, Place)],
    verb: &VerbGroup,
    proposals: &mut Vec<Proposal>,
) {
    let body = |place: Place| {
        let kind = scene.lines[place.0].kind(scene.layers, place.1);
        matches!(kind, Some(EntityKind::Organization | EntityKind::Country))
    };
    for &(a, b) in pairs.iter().filter(|(a, b)| body(*a) && body(*b)) {
        let (Some(subject), Some(object)) = (scene.end(a.0, a.1), scene.end(b.0, b.1)) else { continue };
        let mut sentences = vec![a.0, line.sentence];
        sentences.sort_unstable();
        sentences.dedup();
        proposals.push(Proposal {
            kind: RelationKind::PartnersWith,
            subject,
            object,
            trigger: Some(verb.tokens.clone()),
            sentences,
            qualifiers: Qualifiers { modality: verb.modality, ..Qualifiers::default() },
            confidence: 0.75,
            rule: format!("{}/partners/jointly", scene.page.pack.tag),
        });
    }
}
