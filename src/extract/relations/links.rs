//! Two names side by side, and names inside names.
//!
//! *le **programme régional de l'OIM en Mésoamérique*** → IMPLEMENTS(OIM, programme), OPERATES_IN(programme, Mésoamérique) ·
//! ***Dakar** (**Sénégal**)* → LOCATED_IN · ***OIM El Salvador*** → PART_OF(OIM El Salvador, OIM)
//!
//! Near miss: *l'OIM et le Canada* (a list is no link).

use std::ops::Range;

use super::{Proposal, Scene};
use crate::extract::found::{Found, Reference};
use crate::extract::language::{Direction, Link};
use crate::lexicon::{BodyWord, bodies};
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind};

/// Applies every link to neighbours and to names inside names.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let rules = &scene.page.pack.relations;
    for line in &scene.lines {
        for pair in mentions(line).windows(2) {
            let (left, right) = (pair[0], pair[1]);
            let (a, b) = (&line.units[left], &line.units[right]);
            let (Some(a_mention), Some(b_mention)) = (a.mention, b.mention) else { continue };
            let (l, r) = ((a_mention, a.tokens.clone()), (b_mention, b.tokens.clone()));
            let adjoining = a.tokens.end == b.tokens.start && rules.links.iter().any(|link| link.side_by_side);
            let linked = adjoining || scene.page.may_begin(&rules.link_phrases, a.tokens.end);
            if linked {
                between(scene, line.sentence, l.clone(), r.clone(), a.tokens.end, proposals);
            }
            apposed_part(scene, line.sentence, l.clone(), r.clone(), proposals);
            apposed_place(scene, line, (left, l), r, proposals);
            if !linked {
                continue;
            }
            for item in line.list(scene.layers, left, EntityKind::ALL).into_iter().filter(|&i| i < left) {
                let Some(mention) = line.units[item].mention else { continue };
                located(scene, line.sentence, mention, (b_mention, b.tokens.clone()), a.tokens.end, proposals);
            }
            for item in line.list(scene.layers, right, EntityKind::ALL).into_iter().filter(|&i| i > right) {
                share(scene, line.sentence, (a_mention, a.tokens.clone()), (right, item), a.tokens.end, proposals);
            }
        }
        dateline(scene, line.sentence, proposals);
    }
    inside(scene, proposals);
    offices(scene, proposals);
}

fn mentions(line: &super::Line) -> Vec<usize> {
    (0..line.units.len()).filter(|&i| line.units[i].mention.is_some()).collect()
}

/// Links between a mention and the one right behind it.
fn between(
    scene: &Scene<'_, '_>,
    sentence: usize,
    left: (usize, Range<usize>),
    right: (usize, Range<usize>),
    from: usize,
    proposals: &mut Vec<Proposal>,
) {
    let page = scene.page;
    let end = right.1.start;
    for link in &page.pack.relations.links {
        if link.side_by_side && from == end {
            propose(scene, link, sentence, left.0, right.0, proposals);
        }
        let Some(length) = page.phrase(&link.between, from, end) else { continue };
        let rest_is_modest = (from + length..end).all(|t| {
            page.is_exactly(&page.pack.names.determiners, t)
                || page.is(&page.pack.names.place_heads, t)
                || page.is_of(t)
        });
        let moved = link.kind == RelationKind::HeldIn && page.is_of(from) && !scene.is_held(left.0);
        if moved {
            continue;
        }
        let bare = !link.bare || from + length == end;
        let head = || scene.layers.found[right.0].head.as_ref().is_some_and(|head| head.start == right.1.start);
        if link.headed && !head() {
            continue;
        }
        let closes =
            |at: usize| at >= page.sentence(from).end || matches!(page.tokens.raw(at), "," | "." | ")" | ";" | ":");
        // «A Dakar, dans le quartier de Pikine»: the quarter lies in the city.
        let part = link.kind == RelationKind::LocatedIn
            && (from + length..end).any(|t| page.is(&page.pack.names.city_parts, t));
        if part && rest_is_modest {
            propose(scene, link, sentence, right.0, left.0, proposals);
        } else if rest_is_modest && bare && (!link.closed || closes(right.1.end)) {
            propose(scene, link, sentence, left.0, right.0, proposals);
        }
    }
}

/// *de Lenakel et de Whitesands, **sur l'île de Tanna***: all of a list lie where its last member does.
fn located(
    scene: &Scene<'_, '_>,
    sentence: usize,
    left: usize,
    right: (usize, Range<usize>),
    from: usize,
    proposals: &mut Vec<Proposal>,
) {
    let page = scene.page;
    for link in
        page.pack.relations.links.iter().filter(|l| l.kind == RelationKind::LocatedIn && !l.facility && !l.headed)
    {
        let Some(length) = page.phrase(&link.between, from, right.1.start) else { continue };
        let bracket = page.is_raw(from, "(");
        let rest = (from + length..right.1.start)
            .all(|t| page.is_exactly(&page.pack.names.determiners, t) || page.is(&page.pack.names.place_heads, t));
        if rest && !bracket {
            propose(scene, link, sentence, left, right.0, proposals);
        }
    }
}

/// A list behind a link shares it: *dans les régions de A, de B et de C*.
fn share(
    scene: &Scene<'_, '_>,
    sentence: usize,
    left: (usize, Range<usize>),
    (first, item): (usize, usize),
    from: usize,
    proposals: &mut Vec<Proposal>,
) {
    let line = &scene.lines[sentence];
    let (Some(_), Some(mention)) = (line.units[first].mention, line.units[item].mention) else { return };
    let end = line.units[first].tokens.start;
    for link in scene.page.pack.relations.links.iter().filter(|l| {
        matches!(
            l.kind,
            RelationKind::OperatesIn | RelationKind::HeldIn | RelationKind::Implements | RelationKind::MemberOf
        )
    }) {
        let Some(length) = scene.page.phrase(&link.between, from, end) else { continue };
        let page = scene.page;
        let modest = (from + length..end).all(|t| {
            page.is_exactly(&page.pack.names.determiners, t)
                || page.is(&page.pack.names.place_heads, t)
                || page.is_of(t)
        });
        if modest {
            propose(scene, link, sentence, left.0, mention, proposals);
        }
    }
}

/// *Garoua-Boulaï, **ville frontière de la région de** l'Est*, *Gao et Kidal, **deux villes du** Mali*: places that are described as such in
/// another.
fn apposed_place(
    scene: &Scene<'_, '_>,
    line: &super::Line,
    (first, left): (usize, (usize, Range<usize>)),
    right: (usize, Range<usize>),
    proposals: &mut Vec<Proposal>,
) {
    const LONGEST: usize = 8;
    let (page, found) = (scene.page, &scene.layers.found);
    let somewhere = matches!(found[right.0].kind, EntityKind::Place | EntityKind::Country);
    let (from, end) = (left.1.end, right.1.start);
    if found[left.0].kind != EntityKind::Place || !somewhere || !page.is_raw(from, ",") || end - from > LONGEST {
        return;
    }
    let head = page.past_determiners(from + 1, end);
    let described = page.phrase(&page.pack.names.place_heads, head, end).is_some();
    let of = (head + 1..end).any(|t| page.is_of(t));
    let modest = (head..end).all(|t| page.is_lower(t) && !page.is(&page.pack.relations.oblique, t));
    if !(described && of && modest) {
        return;
    }
    let several = (from + 1..head).any(|t| page.is_exactly(&page.pack.names.plural, t));
    let all = line.list(scene.layers, first, &[EntityKind::Place]);
    let lefts = if several { all } else { vec![first] };
    for left in lefts.into_iter().filter_map(|unit| line.units[unit].mention) {
        let (Some(subject), Some(object)) = (scene.thing(left), scene.thing(right.0)) else { continue };
        proposals.push(Proposal {
            kind: RelationKind::LocatedIn,
            subject: (subject, found[left].range.clone()),
            object: (object, found[right.0].range.clone()),
            trigger: Some(head..head + 1),
            sentences: vec![line.sentence],
            qualifiers: Qualifiers::default(),
            confidence: 0.8,
            rule: format!("{}/located-in/apposed", page.pack.tag),
        });
    }
}

/// *le Laboratoire, **unité mixte de** l'Université*: a body that is described as a part of another.
fn apposed_part(
    scene: &Scene<'_, '_>,
    sentence: usize,
    left: (usize, Range<usize>),
    right: (usize, Range<usize>),
    proposals: &mut Vec<Proposal>,
) {
    let (page, found) = (scene.page, &scene.layers.found);
    const MODIFIERS: usize = 2;
    let bodies = [left.0, right.0].iter().all(|&m| found[m].kind == EntityKind::Organization);
    let (from, end) = (left.1.end, right.1.start);
    if !bodies || !page.is_raw(from, ",") {
        return;
    }
    // «the **expert group** of the Council», «**la división** de población de la CEPAL»
    let names = &page.pack.names;
    let opens = page.past_determiners(from + 1, end);
    let modifiers = if names.heads_last { 0..=MODIFIERS } else { 0..=0 };
    let modest = |t: usize| page.is_lower(t) && !page.is_of(t) && !page.is(&page.pack.relations.oblique, t);
    let head = modifiers
        .map(|n| opens + n)
        .take_while(|&at| (opens..at).all(modest))
        .find_map(|at| page.phrase(&names.organization_heads, at, end).map(|length| (at, length)));
    let Some((head, length)) = head else { return };
    let adjectives = (head + length..end).take_while(|&t| modest(t)).count();
    let of = head + length + adjectives;
    let ends = of < end && page.is_of(of) && page.past_determiners(of + 1, end) == end;
    let (Some(subject), Some(object)) = (scene.thing(left.0), scene.thing(right.0)) else { return };
    if ends && adjectives <= 3 && page.is_lower(head) {
        proposals.push(Proposal {
            kind: RelationKind::PartOf,
            subject: (subject, found[left.0].range.clone()),
            object: (object, found[right.0].range.clone()),
            trigger: Some(from + 1..of),
            sentences: vec![sentence],
            qualifiers: Qualifiers::default(),
            confidence: 0.75,
            rule: format!("{}/part-of/apposed", page.pack.tag),
        });
    }
}

/// Links between a mention and the mentions directly inside it.
fn inside(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for (inner, found) in scene.layers.found.iter().enumerate() {
        let Some(outer) = found.inside else { continue };
        let outer_range = &scene.layers.found[outer].range;
        let page = scene.page;
        let mut at = found.range.start;
        while at > outer_range.start
            && (page.is_exactly(&page.pack.names.determiners, at - 1) && !page.is_contracted(at - 1)
                || page.is(&page.pack.names.place_heads, at - 1))
        {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1).filter(|b| *b > outer_range.start) else { continue };
        for link in &page.pack.relations.links {
            let reads = (1..=2).any(|n| {
                before + 1 >= outer_range.start + n && page.phrase(&link.between, before + 1 - n, before + 1) == Some(n)
            });
            let moved = link.kind == RelationKind::HeldIn && page.is_of(before) && !scene.is_held(outer);
            // «la réhabilitation de trois postes aux frontières du Niger» is no undertaking of Niger's, nor is a sheet on *Des puits au Niger*.
            let deep = link.kind == RelationKind::Implements
                && found.kind == EntityKind::Country
                && (scene.layers.found[outer].rule == "project/sheet"
                    || scene.layers.found[outer]
                        .head
                        .as_ref()
                        .is_some_and(|head| (head.end..before).any(|t| page.is_of(t))));
            if reads
                && !moved
                && !deep
                && !link.closed
                && !link.bare
                && (link.office || !has_nearer_holder(scene, outer, inner))
            {
                let sentence = page.sentence_number(found.range.start);
                propose(scene, link, sentence, outer, inner, proposals);
                if let Some(second) = joined_behind(scene, outer, inner).filter(|_| page.is_of(before)) {
                    propose(scene, link, sentence, outer, second, proposals);
                }
            }
        }
    }
}

/// *un rapport de l'OIT **et de l'Université** de Dakar*: what repeats the preposition behind the phrase belongs to it too.
fn joined_behind(scene: &Scene<'_, '_>, outer: usize, inner: usize) -> Option<usize> {
    let (page, found) = (scene.page, &scene.layers.found);
    let end = found[outer].range.end;
    if found[inner].range.end != end || !page.is_and(end) || !page.is_of(end + 1) {
        return None;
    }
    let at = page.past_determiners(end + 2, page.sentence(end).end);
    scene.layers.at(at).filter(|&second| found[second].range.start == at && found[second].kind == found[inner].kind)
}

/// Whether another mention inside the same outer one stands right before: *groupe de la [Conférence] de [Paris]*.
fn has_nearer_holder(scene: &Scene<'_, '_>, outer: usize, inner: usize) -> bool {
    let inner_start = scene.layers.found[inner].range.start;
    let vocabulary = |kind: EntityKind| matches!(kind, EntityKind::Topic | EntityKind::Population);
    let near = |f: &crate::extract::found::Found| f.range.end < inner_start && inner_start - f.range.end <= 2;
    scene.layers.found.iter().any(|f| f.inside == Some(outer) && !vocabulary(f.kind) && near(f))
}

fn propose(
    scene: &Scene<'_, '_>,
    link: &Link,
    sentence: usize,
    left: usize,
    right: usize,
    proposals: &mut Vec<Proposal>,
) {
    let found = &scene.layers.found;
    if !link.left.contains(&found[left].kind) || !link.right.contains(&found[right].kind) {
        return;
    }
    let offices = &scene.page.pack.names.offices;
    let facilities = &scene.page.pack.names.facilities;
    if link.office && !has_head(scene, left, offices) || link.facility && !has_head(scene, left, facilities) {
        return;
    }
    // «l'accord des autorités»: too weak a head to be a publication of theirs.
    let definite = found[left].reference != Reference::Indefinite;
    let weak = definite
        && link.kind == RelationKind::Publishes
        && has_head(scene, left, &scene.page.pack.names.publications.weak);
    if weak {
        return;
    }
    let (Some(a), Some(b)) = (scene.thing(left), scene.thing(right)) else { return };
    let (a, b) = ((a, found[left].range.clone()), (b, found[right].range.clone()));
    let (subject, object) = if link.direction == Direction::Backward { (b, a) } else { (a, b) };
    let mut qualifiers = Qualifiers::default();
    scene.qualify(&mut qualifiers, link.kind, sentence, found[left].range.start);
    proposals.push(Proposal {
        kind: link.kind,
        subject,
        object,
        trigger: None,
        sentences: vec![sentence],
        qualifiers,
        confidence: link.confidence,
        rule: link.name.clone(),
    });
}

fn has_head(scene: &Scene<'_, '_>, mention: usize, heads: &crate::extract::language::Phrases) -> bool {
    let head = scene.layers.found[mention].head.clone();
    head.is_some_and(|head| scene.page.phrase(heads, head.start, head.end).is_some())
}

/// *NIAMEY, Niger* at the head of a release.
fn dateline(scene: &Scene<'_, '_>, sentence: usize, proposals: &mut Vec<Proposal>) {
    if scene.page.tokens.sentences[sentence].section != SectionKind::Dateline {
        return;
    }
    let line = &scene.lines[sentence];
    for pair in mentions(line).windows(2) {
        let (Some(a), Some(b)) = (line.units[pair[0]].mention, line.units[pair[1]].mention) else { continue };
        let kinds = (scene.layers.found[a].kind, scene.layers.found[b].kind);
        let comma =
            pair[1] == pair[0] + 2 && matches!(scene.page.tokens.raw(line.units[pair[0]].tokens.end), "," | "(");
        let ends = scene.end(sentence, pair[0]).zip(scene.end(sentence, pair[1]));
        if let Some((subject, object)) = ends.filter(|_| {
            comma && kinds.0 == EntityKind::Place && matches!(kinds.1, EntityKind::Country | EntityKind::Place)
        }) {
            proposals.push(Proposal {
                kind: RelationKind::LocatedIn,
                subject,
                object,
                trigger: None,
                sentences: vec![sentence],
                qualifiers: Qualifiers::default(),
                confidence: 0.85,
                rule: format!("{}/located-in/dateline", scene.page.pack.tag),
            });
        }
    }
}

/// ***UNHCR** Regional Bureau for …*: a body's name, and then a word for an office.
fn is_bureau(scene: &Scene<'_, '_>, outer: &Found, inner: &Found) -> bool {
    const LONGEST: usize = 3;
    let begins = inner.kind == EntityKind::Organization && inner.range.start == outer.range.start;
    let next = inner.range.end;
    let phrase =
        |length: usize| (next + length <= outer.range.end).then(|| scene.page.tokens.words(next..next + length));
    let office = |length: usize| matches!(bodies().word(&phrase(length)?), Some(BodyWord::Office(_))).then_some(());
    begins && inner.entry.is_some() && (1..=LONGEST).any(|length| office(length).is_some())
}

/// *OIM El Salvador* is part of OIM and works in El Salvador.
fn offices(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let named = |found: &Found| found.kind == EntityKind::Organization && found.is_named();
    for (outer, found) in scene.layers.found.iter().enumerate().filter(|(_, f)| named(f)) {
        let office = found.rule == "organization/office";
        for inner in scene.layers.within(outer).into_iter().filter(|&i| scene.layers.found[i].inside == Some(outer)) {
            let within = &scene.layers.found[inner];
            // A body named behind the first is not the one that the office is of.
            let other = within.kind == EntityKind::Organization && within.range.start != found.range.start;
            if other || !office && !is_bureau(scene, found, within) {
                continue;
            }
            let kind = match scene.layers.found[inner].kind {
                EntityKind::Organization => RelationKind::PartOf,
                _ => RelationKind::OperatesIn,
            };
            let (Some(subject), Some(object)) = (scene.thing(outer), scene.thing(inner)) else { continue };
            proposals.push(Proposal {
                kind,
                subject: (subject, found.range.clone()),
                object: (object, scene.layers.found[inner].range.clone()),
                trigger: None,
                sentences: vec![scene.page.sentence_number(found.range.start)],
                qualifiers: Qualifiers::default(),
                confidence: 0.8,
                rule: format!("{}/office", scene.page.pack.tag),
            });
        }
    }
}
