//! Where events take place and projects work, told by a phrase of place in their sentence.
//!
//! *L'Institut y accueillait du 12 au 14 juin, **à Beyrouth**, un **séminaire*** → HELD_IN · *le **projet** a semé trente stations **dans le
//! massif du Pamir*** → OPERATES_IN
//!
//! A phrase of place belongs to the nearest event or project before it, else, at the head of a sentence, to the one behind it. It belongs
//! to neither right behind a body or a person (*l'ambassade du Japon **au Mali***).

use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::language::Tense;
use crate::lexicon::{BodyWord, bodies};
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind};

const FURTHEST: usize = 26;

/// Relates events and projects to the places of their sentence.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        let section = scene.page.tokens.sentences[line.sentence].section;
        if section == SectionKind::Contact {
            continue;
        }
        for unit in 0..line.units.len() {
            // Of a list, the first member tells where the preposition stands.
            let first = || line.list(scene.layers, unit, EntityKind::ALL).first().is_none_or(|&head| head == unit);
            if line.units[unit].mention.is_some() && is_located(scene, line, unit) && first() {
                attach(scene, line, unit, proposals);
            }
        }
    }
    scene.lines.iter().for_each(|line| agenda(scene, line, proposals));
    countries_of_cities(scene, proposals);
}

/// *8 mai, **Dakar** : **conférence** sur le climat*: a line of a programme says where before the colon.
fn agenda(scene: &Scene<'_, '_>, line: &Line, proposals: &mut Vec<Proposal>) {
    let colon = |u: usize| line.units[u].mention.is_none() && scene.page.is_raw(line.units[u].tokens.start, ":");
    let Some(colon) = (1..line.units.len().saturating_sub(1)).find(|&u| colon(u)) else { return };
    let article = |u: &usize| {
        line.units[*u].mention.is_none()
            && scene.page.is_exactly(&scene.page.pack.names.determiners, line.units[*u].tokens.start)
    };
    // «Montreuil (France) : journée portes ouvertes»
    let bracket = colon >= 4 && scene.page.is_raw(line.units[colon - 1].tokens.start, ")");
    let before = if bracket { colon - 4 } else { colon - 1 };
    let place = matches!(line.kind(scene.layers, before), Some(EntityKind::Place));
    let event = (colon + 1..line.units.len()).find(|u| !article(u)).filter(|&u| {
        let held = line.units[u].mention.is_some_and(|m| scene.is_held(m));
        held && line.kind(scene.layers, u) == Some(EntityKind::Event)
    });
    let verbless = !line.verbs.iter().any(|v| v.finite && v.units.end <= colon);
    let Some(event) = event.filter(|_| place && verbless) else { return };
    let (Some(subject), Some(object)) = (scene.end(line.sentence, event), scene.end(line.sentence, before)) else {
        return;
    };
    let mut qualifiers = Qualifiers::default();
    scene.qualify(&mut qualifiers, RelationKind::HeldIn, line.sentence, line.units[event].tokens.start);
    proposals.push(Proposal {
        kind: RelationKind::HeldIn,
        subject,
        object,
        trigger: None,
        sentences: vec![line.sentence],
        qualifiers,
        confidence: 0.75,
        rule: format!("{}/held-in/agenda", scene.page.pack.tag),
    });
}

/// Whether a preposition of place governs the unit, and nothing that it could belong to stands right before that.
fn is_located(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> bool {
    let somewhere = matches!(line.kind(scene.layers, unit), Some(EntityKind::Place | EntityKind::Country))
        || seat(scene, line, unit).is_some();
    let Some(at) = line.place_preposition(scene.page, unit).filter(|_| somewhere) else { return false };
    // «en visioconférence depuis New York» is not where the meeting is.
    if scene.page.is_exactly(&scene.page.pack.relations.from_prepositions, at) {
        return false;
    }
    let before = line.unit_at(at).checked_sub(1);
    // «from its headquarters in Abuja»: where the body sits.
    let office = at > 0 && matches!(bodies().word(scene.page.tokens.word(at - 1)), Some(BodyWord::Office(_)));
    if office {
        return false;
    }
    // «l'UNICEF, basé à New York, organise …»: where a body sits is no place of what it does.
    let seated = line.verbs.iter().any(|v| {
        v.tense == Tense::Participle
            && !v.finite
            && before == Some(v.units.end - 1)
            && scene.page.pack.verbs.seating.has(v.verb)
    });
    if seated {
        return false;
    }
    let held = before.and_then(|b| line.kind(scene.layers, b));
    !matches!(held, Some(EntityKind::Organization | EntityKind::Person | EntityKind::Country))
}

/// The town in the name of a body: *à l'Université d'État d'**Och***.
fn seat(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> Option<(usize, std::ops::Range<usize>)> {
    let body = line.units[unit].mention.filter(|_| line.kind(scene.layers, unit) == Some(EntityKind::Organization))?;
    let head = scene.layers.found[body].range.start;
    scene.page.phrase(&scene.page.pack.names.venues, head, scene.layers.found[body].range.end)?;
    let town = scene.layers.within(body).into_iter().find(|&i| scene.layers.found[i].kind == EntityKind::Place)?;
    Some((scene.thing(town)?, scene.layers.found[town].range.clone()))
}

fn attach(scene: &Scene<'_, '_>, line: &Line, place: usize, proposals: &mut Vec<Proposal>) {
    // Nobody holds an earthquake or a flight where people were when it was.
    let doing = |i: &usize| match line.kind(scene.layers, *i) {
        Some(EntityKind::Event) => line.units[*i].mention.is_some_and(|m| scene.is_held(m)),
        kind => kind == Some(EntityKind::Project),
    };
    // The marks around a title belong to it: «le projet « Racines » à Mao».
    let stops = |i: &usize| {
        let title = |u: Option<usize>| u.and_then(|u| line.units.get(u)).is_some_and(|u| u.mention.is_some());
        line.units[*i].mention.is_none()
            && match scene.page.tokens.raw(line.units[*i].tokens.start) {
                ";" => true,
                "»" => !title(i.checked_sub(1)),
                "«" => !title(Some(i + 1)),
                _ => false,
            }
    };
    let from = place.saturating_sub(FURTHEST);
    let start = (from..place).rev().find(stops).map_or(from, |i| i + 1);
    let before = (start..place).rev().find(doing);
    let until =
        (place..line.units.len().min(place + FURTHEST)).find(stops).unwrap_or(line.units.len().min(place + FURTHEST));
    let opening = (0..place).all(|i| line.units[i].mention.is_none() || line.is_oblique(scene.page, i));
    let behind = || {
        (place + 1..until)
            .find(|i| doing(i) && !line.is_oblique(scene.page, *i))
            .filter(|_| opening || near_verb(line, place))
    };
    let Some(unit) = before.or_else(behind) else { return };
    // «dont le bureau se trouve à Yaoundé» belongs to what the pronoun stands for.
    // A pronoun right behind the project or event is about it: «le projet, que l'OIM mène à Dakar».
    let clause = (unit.min(place)..unit.max(place)).any(|i| {
        let own = i > unit && i - unit <= 3 && (unit + 1..i).all(|u| line.units[u].mention.is_none());
        !own && line.units[i].mention.is_none()
            && scene.page.is(&scene.page.pack.names.relatives, line.units[i].tokens.start)
            && !is_closed(scene, line, i, place)
    });
    let apart = unit > place && inside_relative(scene, line, place, unit);
    if clause || apart || denied(line, unit.min(place), unit.max(place)) {
        return;
    }
    // «la foire de Sikasso» says itself where it is.
    let placed = line.units[unit]
        .mention
        .is_some_and(|m| scene.layers.within(m).iter().any(|&i| scene.layers.found[i].kind == EntityKind::Place));
    let Some(subject) = scene.end(line.sentence, unit).filter(|_| !placed) else { return };
    let kind = if scene.kind(subject.0) == EntityKind::Event { RelationKind::HeldIn } else { RelationKind::OperatesIn };
    let modality =
        line.verbs.iter().filter(|v| v.finite).min_by_key(|v| v.units.start.abs_diff(place)).map(|v| v.modality);
    let town = seat(scene, line, place);
    if town.is_some() && kind != RelationKind::HeldIn {
        return;
    }
    let places = line.list(scene.layers, place, &[EntityKind::Place, EntityKind::Country]);
    let places = places.into_iter().filter_map(|item| scene.end(line.sentence, item)).chain(town);
    for object in places {
        let mut qualifiers = Qualifiers { modality: modality.unwrap_or_default(), ..Qualifiers::default() };
        scene.qualify(&mut qualifiers, kind, line.sentence, line.units[place].tokens.start);
        proposals.push(Proposal {
            kind,
            subject: subject.clone(),
            object,
            trigger: None,
            sentences: vec![line.sentence],
            qualifiers,
            confidence: 0.65,
            rule: format!("{}/{}/phrase-of-place", scene.page.pack.tag, kind.as_str().to_lowercase().replace('_', "-")),
        });
    }
}

/// *le Réseau, **dont la présidente tient un étal à Aflao**, a remis …*: the place belongs to the relative clause before the comma.
fn inside_relative(scene: &Scene<'_, '_>, line: &Line, place: usize, until: usize) -> bool {
    let plain = |u: &usize| line.units[*u].mention.is_none();
    let relative = |u: &usize| plain(u) && scene.page.is(&scene.page.pack.names.relatives, line.units[*u].tokens.start);
    let comma = |u: usize| plain(&u) && scene.page.is_raw(line.units[u].tokens.start, ",");
    let Some(opens) = (0..place).rev().take_while(|&u| !comma(u)).find(relative) else { return false };
    let verb = line.verbs.iter().any(|v| v.finite && v.units.start > opens && v.units.end <= place);
    verb && (place + 1..until).any(comma)
}

/// *ce programme, **que l'OIM mènera,** ouvrira des guichets à Lomé*: a relative clause that a comma and another verb end before
/// the place.
fn is_closed(scene: &Scene<'_, '_>, line: &Line, relative: usize, place: usize) -> bool {
    let finite = |from: usize| line.verbs.iter().find(|v| v.finite && v.units.start >= from && v.units.end <= place);
    let Some(own) = finite(relative + 1) else { return false };
    let comma = (own.units.end..place)
        .find(|&u| line.units[u].mention.is_none() && scene.page.is_raw(line.units[u].tokens.start, ","));
    comma.is_some_and(|comma| finite(comma + 1).is_some())
}

/// Whether a finite verb stands right before the phrase of place: *a ouvert **à Dakar** un atelier*.
fn near_verb(line: &Line, place: usize) -> bool {
    line.verbs.iter().any(|v| v.units.end <= place && place - v.units.end <= 5)
}

/// Whether a verb between two units, or the one that governs them, is negated.
fn denied(line: &Line, from: usize, to: usize) -> bool {
    line.verbs.iter().any(|v| v.negated && v.units.end + 8 > from && v.units.start <= to + 8)
}

/// *à Lomé, au Togo*, *San Pedro Sula (Honduras)*: what takes place in a city takes place in the country that the text puts it in.
fn countries_of_cities(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let mut implied = Vec::new();
    for held in proposals.iter().filter(|p| p.kind == RelationKind::HeldIn) {
        let city = held.object.0;
        for lies in proposals.iter().filter(|p| p.kind == RelationKind::LocatedIn && p.subject.0 == city) {
            // «PUNO, Perú, 4 de mayo» says where the news comes from.
            let body = |&s: &usize| scene.page.tokens.sentences[s].section == SectionKind::Body;
            let opens = !lies.sentences.iter().any(body);
            let together = held.sentences.iter().any(|s| lies.sentences.contains(s));
            if scene.kind(lies.object.0) != EntityKind::Country || opens && !together {
                continue;
            }
            let mut sentences = [held.sentences.clone(), lies.sentences.clone()].concat();
            sentences.sort_unstable();
            sentences.dedup();
            implied.push(Proposal {
                kind: RelationKind::HeldIn,
                subject: held.subject.clone(),
                object: lies.object.clone(),
                trigger: None,
                sentences,
                qualifiers: held.qualifiers.clone(),
                confidence: 0.6,
                rule: format!("{}/held-in/country-of-city", scene.page.pack.tag),
            });
        }
    }
    proposals.extend(implied);
}
