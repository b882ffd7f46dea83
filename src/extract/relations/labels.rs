//! What the labels of fact sheets, programmes and telegraphic notes say.
//!
//! *Projet Rives vives … **Bailleurs :** Canada ; Suède* → FUNDS(Canada, Rives vives), FUNDS(Suède, Rives vives)
//! *• atelier de Thiès ; **organisation :** Croix-Rouge* → ORGANIZES(Croix-Rouge, atelier de Thiès)
//!
//! A label says something of what stands before it on its line, else of what the heading above its lines names, else of the project that the sheet
//! is about. Near miss: *Contact : Oxfam* (no label of a relation), *Budget : à l'étude, dit l'OIM* (no amount with the name).

use std::ops::Range;

use super::antecedents::main_thing;
use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::language::{Direction, Label};
use crate::extract::page::Page;
use crate::extract::sheet::{self, Labelled};
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind};
use crate::text::find_amounts;

/// An end of a relation: sentence and unit.
type Place = (usize, usize);

/// Relates the names behind labels to what they are said of.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    items(scene, proposals);
    for labelled in &scene.page.labelled {
        for label in labelled.rules(scene.page) {
            if !scene.mentions_any(&label.kinds) || !scene.mentions_any(&label.on) {
                continue;
            }
            let topics = if label.leader {
                leaders(scene, labelled)
            } else {
                topic(scene, labelled, &label.on).into_iter().collect()
            };
            for topic in topics {
                let named = labelled
                    .parts
                    .iter()
                    .flat_map(|part| names(scene, label, part).into_iter().map(move |n| (part, n)));
                for (part, name) in named {
                    propose(scene, label, topic, name, part, proposals);
                }
            }
        }
    }
}

/// *Fiche de projet / Rives vives / … / **– Atelier de lancement**, Thiès, mars 2023*: the items of a sheet are parts of what it is about.
fn items(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    const DOING: [EntityKind; 2] = [EntityKind::Event, EntityKind::Publication];
    let page = scene.page;
    let Some(project) = sheet_title(scene, &[EntityKind::Project]) else { return };
    let Some(whole) = scene.end(project.0, project.1) else { return };
    for line in &scene.lines[project.0 + 1..] {
        let sentence = &page.tokens.sentences[line.sentence];
        let opening = sheet::past_mark(&page.tokens, &sentence.tokens);
        if opening == sentence.tokens.start || sentence.section != SectionKind::Body {
            continue;
        }
        let modest = |t: usize| {
            matches!(page.tokens.raw(t), "«" | "“" | "\"") || page.is_exactly(&page.pack.names.determiners, t)
        };
        let first =
            (0..line.units.len()).find(|&u| line.units[u].mention.is_some() && line.units[u].tokens.end > opening);
        let Some(first) = first.filter(|&u| (opening..line.units[u].tokens.start).all(modest)) else { continue };
        let called_off = line.verbs.iter().any(|v| v.negated || page.pack.verbs.cancelling.has(v.verb));
        if called_off || !line.is_one_of(scene.layers, first, &DOING) {
            continue;
        }
        let Some(part) = scene.end(line.sentence, first) else { continue };
        proposals.push(Proposal {
            kind: RelationKind::PartOf,
            subject: part,
            object: whole.clone(),
            trigger: None,
            sentences: vec![project.0, line.sentence],
            qualifiers: Qualifiers::default(),
            confidence: 0.65,
            rule: format!("{}/sheet/item", page.pack.tag),
        });
    }
}

fn propose(
    scene: &Scene<'_, '_>,
    label: &Label,
    topic: Place,
    name: Place,
    part: &Range<usize>,
    proposals: &mut Vec<Proposal>,
) {
    let (Some(thing), Some(named)) = (scene.end(topic.0, topic.1), scene.end(name.0, name.1)) else { return };
    let page = scene.page;
    let mut qualifiers = Qualifiers::default();
    if label.kind == RelationKind::Funds {
        // Of several names in a part each has the amount that follows it.
        let behind = named.1.end.min(part.end)..part.end;
        if let Some(amount) = find_amounts(&page.tokens, behind, page.text_pack).first() {
            qualifiers.amount = Some(amount.value);
            qualifiers.currency = Some(amount.currency.clone());
        }
    }
    if label.needs_amount && qualifiers.amount.is_none() {
        return;
    }
    let mut sentences = vec![topic.0, name.0];
    sentences.sort_unstable();
    sentences.dedup();
    let (subject, object) = match label.direction {
        Direction::From => (thing, named),
        _ => (named, thing),
    };
    proposals.push(Proposal {
        kind: label.kind,
        subject,
        object,
        trigger: None,
        sentences,
        qualifiers,
        confidence: label.confidence,
        rule: label.name.clone(),
    });
}

/// The names of a part: the first that fits and what forms a list with it, brackets aside. Places are all named; of bodies a country behind a comma
/// only says whose they are.
fn names(scene: &Scene<'_, '_>, label: &Label, part: &Range<usize>) -> Vec<Place> {
    let page = scene.page;
    let sentence = page.sentence_number(part.start);
    let line = &scene.lines[sentence];
    let within = |u: &usize| {
        let tokens = &line.units[*u].tokens;
        part.start <= tokens.start && tokens.start < part.end
    };
    let plain = |u: &usize| !in_brackets(scene, line, *u, part);
    let fits = |u: &usize| within(u) && plain(u) && line.is_one_of(scene.layers, *u, &label.kinds);
    let Some(first) = (0..line.units.len()).find(fits) else { return Vec::new() };
    // «à trouver auprès de la Banque mondiale»: a part that says more first is no list of names.
    let begun = part.start > 0 && !page.is_raw(part.start - 1, ";");
    let before = (0..first)
        .filter(within)
        .filter(|&u| line.units[u].mention.is_some() || !is_small(page, line.units[u].tokens.start));
    if before.count() > usize::from(begun) || line.verbs.iter().any(|v| v.finite && part.contains(&v.tokens.start)) {
        return Vec::new();
    }
    let kind = line.kind(scene.layers, first);
    let mut found = vec![(sentence, first)];
    let mut joined = false;
    for unit in first + 1..line.units.len() {
        let at = line.units[unit].tokens.start;
        if !within(&unit) || !plain(&unit) {
            continue;
        }
        if line.units[unit].mention.is_none() {
            joined |=
                page.is_and(at) || page.phrase(&page.pack.relations.companion_prepositions, at, part.end).is_some();
            if !is_small(page, at) && !page.is_and(at) {
                break;
            }
            continue;
        }
        // «Direction du développement, Suisse»: a country behind a comma only says whose the body is.
        let whose = kind == Some(EntityKind::Organization)
            && line.kind(scene.layers, unit) == Some(EntityKind::Country)
            && !joined;
        if fits(&unit) && !whose {
            found.push((sentence, unit));
        }
        joined = false;
    }
    found
}

/// Punctuation of a list, articles, *de*, *et*, *avec* and heads of places: words between the names of a list.
fn is_small(page: &Page<'_>, at: usize) -> bool {
    let names = &page.pack.names;
    matches!(page.tokens.raw(at), "," | "(" | ")" | "’" | "'" | "»" | "«" | "“" | "”")
        || page.is_of(at)
        || page.is_exactly(&names.determiners, at)
        || page.is(&names.place_heads, at)
        || page.is(&page.pack.relations.companion_prepositions, at)
}

/// *Isfara (**Sughd Province**)*
fn in_brackets(scene: &Scene<'_, '_>, line: &Line, unit: usize, part: &Range<usize>) -> bool {
    let before = part.start..line.units[unit].tokens.start;
    let opened = before.clone().filter(|&at| scene.page.is_raw(at, "(")).count();
    opened > before.filter(|&at| scene.page.is_raw(at, ")")).count()
}

/// What a label says something of.
fn topic(scene: &Scene<'_, '_>, labelled: &Labelled, kinds: &[EntityKind]) -> Option<Place> {
    let page = scene.page;
    let number = page.sentence_number(labelled.words.start);
    let line = &scene.lines[number];
    let fits = |line: &Line, u: usize| line.is_one_of(scene.layers, u, kinds);
    if !labelled.opens_line {
        let mut before = (0..line.units.len()).filter(|&u| line.units[u].tokens.end <= labelled.words.start);
        let here = before.rfind(|&u| fits(line, u));
        let earlier = || {
            let paragraph = page.tokens.sentences[number].paragraph;
            let mut lines = scene.lines[..number].iter().rev();
            let same = lines.by_ref().take_while(|l| page.tokens.sentences[l.sentence].paragraph == paragraph);
            same.filter_map(|l| (0..l.units.len()).find(|&u| fits(l, u)).map(|u| (l.sentence, u))).last()
        };
        if let Some(found) = here.map(|u| (number, u)).or_else(earlier) {
            return Some(found);
        }
    }
    heading(scene, number, kinds).or_else(|| sheet_title(scene, kinds)).or_else(|| {
        let (sentence, filler) = main_thing(scene, line, kinds)?;
        Some((sentence, filler.units[0]))
    })
}

/// The thing that the nearest line above, labels and items passed over, names.
fn heading(scene: &Scene<'_, '_>, number: usize, kinds: &[EntityKind]) -> Option<Place> {
    const ABOVE: usize = 16;
    let page = scene.page;
    let sentences = &page.tokens.sentences;
    let labelled = |s: usize| {
        let range = &sentences[s].tokens;
        let short = range.clone().take(5).any(|at| page.is_raw(at, ":"));
        short || sheet::past_mark(&page.tokens, range) > range.start
    };
    let above = (number.saturating_sub(ABOVE)..number).rev().find(|&s| !labelled(s))?;
    let line = &scene.lines[above];
    let unit = (0..line.units.len()).find(|&u| line.is_one_of(scene.layers, u, kinds))?;
    (!line.verbs.iter().any(|v| v.finite)).then_some((above, unit))
}

/// The project that the sheet is about.
fn sheet_title(scene: &Scene<'_, '_>, kinds: &[EntityKind]) -> Option<Place> {
    let line = &scene.lines[scene.page.sheet_title?];
    (0..line.units.len()).find(|&u| line.is_one_of(scene.layers, u, kinds)).map(|u| (line.sentence, u))
}

/// The bodies that a sheet says to lead what it is about, for *Partners: …*.
fn leaders(scene: &Scene<'_, '_>, of: &Labelled) -> Vec<Place> {
    let page = scene.page;
    let leads = |l: &&Labelled| {
        l.words != of.words && l.rules(page).all(|label| label.kind == RelationKind::Implements && !label.leader)
    };
    let bodies = |l: &Labelled| -> Vec<Place> {
        let label = l.rules(page).next();
        label.map(|label| l.parts.iter().flat_map(|part| names(scene, label, part)).collect()).unwrap_or_default()
    };
    let first = page.labelled.iter().filter(leads).map(bodies).find(|found| !found.is_empty());
    first.and_then(|bodies| bodies.first().copied()).into_iter().collect()
}
