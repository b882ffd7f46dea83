//! What nouns of action say: *la **participation** de la Suisse à l'exercice*, *le **financement** du projet par la Suède*.
//!
//! *l'**adhésion** du Cap-Vert à l'OMC* → MEMBER_OF · *l'**intervention** de la FAO dans le bassin du lac Tchad* → OPERATES_IN
//!
//! Both arguments stand right behind the noun, in either order, each after its preposition.
//!
//! Near miss: *la participation de la Suisse est incertaine* (nothing says in what), *l'absence de soutien de la Suède au projet* (denied).

use std::ops::Range;

use super::antecedents::about_before;
use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::language::{Nominal, Phrases};
use crate::model::{EntityKind, Modality, Qualifiers, RelationKind};

/// Applies every noun of action at every token.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let rules = &scene.page.pack.relations;
    for line in &scene.lines {
        for (at, end) in line.words_of(scene.page, &rules.nominal_nouns) {
            for nominal in &rules.nominals {
                if let Some(length) = scene.page.phrase(&nominal.nouns, at, end) {
                    apply(scene, line, nominal, at..at + length, proposals);
                }
            }
        }
    }
}

fn apply(scene: &Scene<'_, '_>, line: &Line, nominal: &Nominal, noun: Range<usize>, proposals: &mut Vec<Proposal>) {
    let page = scene.page;
    if is_denied(scene, line, noun.start) {
        return;
    }
    let end = line.units.last().map_or(noun.end, |u| u.tokens.end);
    let mut from = noun.end;
    while from < end
        && page.is_lower(from)
        && page.is_adjective(from)
        && page.phrase(&nominal.subject, from, end).is_none()
    {
        from += 1;
    }
    let first = |prepositions: &Phrases, kinds: &[EntityKind], from: usize, reach: usize| {
        argument(scene, line, prepositions, kinds, from, reach)
    };
    const NEAR: usize = 6;
    // «la participation de la Suisse à l'exercice», «le financement du projet par la Suède»
    let in_order = first(&nominal.subject, &nominal.subject_kinds, from, 0).and_then(|subject| {
        let list = line.list(scene.layers, subject, &nominal.subject_kinds);
        let behind = line.units[*list.last().unwrap_or(&subject)].tokens.end;
        Some((list, first(&nominal.object, &nominal.object_kinds, behind, NEAR)?))
    });
    let turned = || {
        let object = first(&nominal.object, &nominal.object_kinds, from, 0)?;
        let subject = first(&nominal.subject, &nominal.subject_kinds, line.units[object].tokens.end, NEAR)?;
        Some((line.list(scene.layers, subject, &nominal.subject_kinds), object))
    };
    let owner = owner_before(scene, line, nominal, noun.start);
    let owned = || {
        let owner = owner?;
        let object = first(&nominal.object, &nominal.object_kinds, from, NEAR)?;
        Some((line.list(scene.layers, owner, &nominal.subject_kinds), object))
    };
    let stated = in_order.or_else(turned).or_else(owned);
    // «la coopération entre l'Agence et la Banque»: two or more that do it with one another.
    let mutual = || {
        let one = first(&nominal.subject, &nominal.subject_kinds, from, 0)?;
        let list = line.list(scene.layers, one, &nominal.subject_kinds);
        (nominal.kind == RelationKind::PartnersWith && list.len() > 1).then_some(list)
    };
    if let Some(list) = stated.is_none().then(mutual).flatten() {
        return among(scene, line, nominal, noun, &list, proposals);
    }
    let Some((subjects, object)) = stated else {
        let owner = owner.or_else(|| first(&nominal.subject, &nominal.subject_kinds, from, 0));
        return of_what_is_spoken_of(scene, line, nominal, noun, owner.filter(|_| nominal.about), proposals);
    };
    let objects = line.list(scene.layers, object, &nominal.object_kinds);
    for &s in &subjects {
        for &o in objects.iter().filter(|o| !subjects.contains(o)) {
            let (Some(subject), Some(object)) = (scene.end(line.sentence, s), scene.end(line.sentence, o)) else {
                continue;
            };
            let mut qualifiers = Qualifiers { modality: Modality::Asserted, ..Qualifiers::default() };
            scene.qualify(&mut qualifiers, nominal.kind, line.sentence, noun.start);
            if nominal.needs_amount && qualifiers.amount.is_none() {
                continue;
            }
            proposals.push(Proposal {
                kind: nominal.kind,
                subject,
                object,
                trigger: Some(noun.clone()),
                sentences: vec![line.sentence],
                qualifiers,
                confidence: nominal.confidence,
                rule: nominal.name.clone(),
            });
        }
    }
}

/// Relates all of a list to one another.
fn among(
    scene: &Scene<'_, '_>,
    line: &Line,
    nominal: &Nominal,
    noun: Range<usize>,
    list: &[usize],
    proposals: &mut Vec<Proposal>,
) {
    for (n, &one) in list.iter().enumerate() {
        for &other in &list[n + 1..] {
            let ends = (scene.end(line.sentence, one), scene.end(line.sentence, other));
            let (Some(subject), Some(object)) = ends else { continue };
            proposals.push(Proposal {
                kind: nominal.kind,
                subject,
                object,
                trigger: Some(noun.clone()),
                sentences: vec![line.sentence],
                qualifiers: Qualifiers { modality: Modality::Asserted, ..Qualifiers::default() },
                confidence: nominal.confidence,
                rule: nominal.name.clone(),
            });
        }
    }
}

/// ***Norway**'s contribution*: whose it is, where that is said before the noun.
fn owner_before(scene: &Scene<'_, '_>, line: &Line, nominal: &Nominal, noun: usize) -> Option<usize> {
    const ADJECTIVES: usize = 3;
    let page = scene.page;
    let first = line.units[0].tokens.start;
    let mut at = noun;
    while at > first && noun - at < ADJECTIVES && page.is_lower(at - 1) && !page.is_raw(at - 1, "s") {
        at -= 1;
    }
    let genitive = at >= first + 3 && page.is_raw(at - 1, "s") && page.tokens.lower(at - 2) == "’";
    let unit = (page.pack.names.heads_last && genitive).then(|| line.unit_at(at - 3))?;
    (line.is_one_of(scene.layers, unit, &nominal.subject_kinds)).then_some(unit)
}

/// *Norway's second instalment of NOK 9 million*: an amount, and what it is for was said before.
fn of_what_is_spoken_of(
    scene: &Scene<'_, '_>,
    line: &Line,
    nominal: &Nominal,
    noun: Range<usize>,
    owner: Option<usize>,
    proposals: &mut Vec<Proposal>,
) {
    let Some(owner) = owner else { return };
    let mut qualifiers = Qualifiers { modality: Modality::Asserted, ..Qualifiers::default() };
    scene.qualify(&mut qualifiers, nominal.kind, line.sentence, noun.start);
    if nominal.needs_amount && qualifiers.amount.is_none() {
        return;
    }
    let Some((sentence, object)) = about_before(scene, line, owner, &nominal.object_kinds) else { return };
    for subject in line.list(scene.layers, owner, &nominal.subject_kinds) {
        let (Some(subject), Some(object)) = (scene.end(line.sentence, subject), scene.end(sentence, object)) else {
            continue;
        };
        let mut sentences = vec![sentence, line.sentence];
        sentences.dedup();
        proposals.push(Proposal {
            kind: nominal.kind,
            subject,
            object,
            trigger: Some(noun.clone()),
            sentences,
            qualifiers: qualifiers.clone(),
            confidence: nominal.confidence - 0.15,
            rule: nominal.name.clone(),
        });
    }
}

/// The unit after one of the prepositions, at most `reach` words from a token on.
fn argument(
    scene: &Scene<'_, '_>,
    line: &Line,
    prepositions: &Phrases,
    kinds: &[EntityKind],
    from: usize,
    reach: usize,
) -> Option<usize> {
    let page = scene.page;
    let end = line.units.last()?.tokens.end;
    let mut at = from;
    let mut passed = 0;
    while at < end && passed <= reach {
        let unit = line.unit_at(at);
        if line.units[unit].mention.is_some() {
            let place = matches!(line.kind(scene.layers, unit), Some(EntityKind::Place));
            if !place {
                return None;
            }
            at = line.units[unit].tokens.end;
            continue;
        }
        if let Some(length) = page.phrase(prepositions, at, end) {
            let mut name = at + length;
            while name < end
                && (page.is_exactly(&page.pack.names.determiners, name)
                    || page.is(&page.pack.names.before_noun, name)
                    || page.is(&page.pack.names.place_heads, name) && page.is_of(name + 1)
                    || page.is_of(name) && page.is(&page.pack.names.place_heads, name - 1))
            {
                name += 1;
            }
            let unit = line.unit_at(name.min(end - 1));
            let fits = line.is_one_of(scene.layers, unit, kinds);
            if fits && line.units[unit].tokens.start <= name {
                return Some(unit);
            }
        }
        let verb = line.verbs.iter().any(|v| v.finite && v.tokens.contains(&at));
        if verb || matches!(page.tokens.raw(at), ";" | ":" | "." | "»" | "«") {
            return None;
        }
        at += 1;
        passed += 1;
    }
    None
}

/// *l'absence de soutien*, *sans la participation de …*, *n'a pas obtenu le soutien de …*
fn is_denied(scene: &Scene<'_, '_>, line: &Line, noun: usize) -> bool {
    const NEAR: usize = 4;
    let (page, verbs) = (scene.page, &scene.page.pack.verbs);
    let first = line.units[0].tokens.start;
    let word = (noun.saturating_sub(NEAR).max(first)..noun)
        .any(|t| page.is_exactly(&verbs.without, t) || page.is_exactly(&verbs.negator, t));
    // The verb of the sentence: «la participation de la Suisse à l'exercice n'est pas acquise».
    let unit = line.unit_at(noun);
    let verb = line.verbs.iter().filter(|v| v.finite).min_by_key(|v| v.units.start.abs_diff(unit));
    // «le partenariat entre A et B n'est pas à l'ordre du jour»: a copula is no listed verb.
    let copula = || {
        line.units.windows(2).any(|pair| {
            let at = |n: usize| pair[n].mention.is_none().then_some(pair[n].tokens.start);
            at(0).is_some_and(|t| page.is_exactly(&verbs.be, t) || page.is_exactly(&verbs.be_future, t))
                && at(1).is_some_and(|t| page.is_exactly(&verbs.negator, t))
        })
    };
    word || verb.map_or_else(copula, |v| v.negated)
}
