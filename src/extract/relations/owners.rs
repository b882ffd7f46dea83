//! Whose a project or publication with a title is, or a body, told by a possessive.
//!
//! *l'**OIM** a présenté **son projet « Rive »*** → IMPLEMENTS · *Dans **son rapport « Sable »**, **Amnesty** dénonce …* → PUBLISHES ·
//! *le **ministère**, à travers **sa Direction***  → PART_OF
//!
//! Near miss: *le **Japon** a salué l'**OIM** et **son projet*** (the nearest body is the owner).

use super::companions::Place;
use super::line::Line;
use super::publisher;
use super::{Proposal, Scene};
use crate::extract::found::Reference;
use crate::model::{EntityKind, Qualifiers, RelationKind};

/// Relates what a possessive stands before to its owner.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let page = scene.page;
    for line in &scene.lines {
        for unit in 0..line.units.len() {
            let start = line.units[unit].tokens.start;
            let possessive =
                start > line.units[0].tokens.start && page.is_exactly(&page.pack.names.possessive, start - 1);
            let ours = possessive && page.is_exactly(&page.pack.names.our, start - 1);
            let publisher = ours.then(|| publisher::who_speaks(scene, start)).flatten();
            let kind = match line.kind(scene.layers, unit) {
                Some(EntityKind::Project) => RelationKind::Implements,
                Some(EntityKind::Publication) => RelationKind::Publishes,
                Some(EntityKind::Event) if publisher.is_some() => RelationKind::Organizes,
                Some(EntityKind::Organization) => RelationKind::PartOf,
                _ => continue,
            };
            // «son futur projet» may be anything; what has a title is theirs.
            let titled = line.units[unit].mention.is_some_and(|m| scene.layers.found[m].title.is_some());
            // «its HARBOUR Programme»
            let named = page.pack.names.heads_last
                && line.units[unit].mention.is_some_and(|m| scene.layers.found[m].reference == Reference::Name);
            let titled = titled || named;
            if publisher.is_some() {
                propose(scene, kind, publisher, (line.sentence, unit), start, proposals);
                continue;
            }
            if ours || !possessive || !titled && kind != RelationKind::PartOf {
                continue;
            }
            let several = page.is_exactly(&page.pack.names.possessive_of_several, start - 1);
            let here = owners(scene, line, unit, kind, several);
            // «Leur essai» is of several: one body alone does not own it.
            let here = if several && here.len() < 2 { Vec::new() } else { here };
            for &owner in &here {
                propose(scene, kind, Some((line.sentence, owner)), (line.sentence, unit), start, proposals);
            }
            if here.is_empty() && kind == RelationKind::Publishes && !several {
                let before = person_before(scene, line, unit);
                propose(scene, kind, before, (line.sentence, unit), start, proposals);
            }
        }
    }
}

/// Relates an owner to what is owned; `start` is the token behind the possessive.
fn propose(
    scene: &Scene<'_, '_>,
    kind: RelationKind,
    owner: Option<Place>,
    owned: Place,
    start: usize,
    proposals: &mut Vec<Proposal>,
) {
    let Some(owner) = owner else { return };
    let mut sentences = vec![owner.0, owned.0];
    sentences.sort_unstable();
    sentences.dedup();
    let ends = (scene.end(owner.0, owner.1), scene.end(owned.0, owned.1));
    let (Some(owner), Some(thing)) = ends else { return };
    // A body is part of its owner.
    let (subject, object) = if kind == RelationKind::PartOf { (thing, owner) } else { (owner, thing) };
    let mut qualifiers = Qualifiers::default();
    scene.qualify(&mut qualifiers, kind, owned.0, start);
    proposals.push(Proposal {
        kind,
        subject,
        object,
        trigger: Some(start - 1..start),
        sentences,
        qualifiers,
        confidence: 0.65,
        rule: format!("{}/{}/own", scene.page.pack.tag, kind.as_str().to_lowercase().replace('_', "-")),
    });
}

/// *Professor **Cassar** teaches in Bergen. **Her** book “Nobody's Water” …*: the one person that the sentence before is about, when
/// nobody and no body of this one can be meant.
fn person_before(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> Option<Place> {
    let acting = [EntityKind::Person, EntityKind::Organization, EntityKind::Country];
    let named = (0..unit).any(|i| line.is_one_of(scene.layers, i, &acting));
    let previous = scene.lines.get(line.sentence.checked_sub(1)?)?;
    let sentences = &scene.page.tokens.sentences;
    let near = sentences[line.sentence].paragraph == sentences[previous.sentence].paragraph;
    let mut people = (0..previous.units.len()).filter(|&i| previous.kind(scene.layers, i) == Some(EntityKind::Person));
    let first = people.next()?;
    (!named && near && people.next().is_none()).then_some((previous.sentence, first))
}

/// The nearest body before that no preposition governs; when the phrase opens the sentence, the subject behind its comma.
fn owners(scene: &Scene<'_, '_>, line: &Line, unit: usize, kind: RelationKind, several: bool) -> Vec<usize> {
    let page = scene.page;
    let body = |i: usize| match line.kind(scene.layers, i) {
        Some(EntityKind::Organization | EntityKind::Country) => true,
        Some(EntityKind::Person) => kind == RelationKind::Publishes,
        _ => false,
    };
    // «par le ministère, à travers sa Direction»: a body may be owned by whoever is named.
    let governed = |i: usize| kind != RelationKind::PartOf && line.is_oblique(page, i);
    let bare = |i: &usize| body(*i) && !governed(*i) && !line.is_of(page, *i);
    let opens = !line.verbs.iter().any(|v| v.finite && v.units.end <= unit)
        && (0..unit).all(|i| line.units[i].mention.is_none());
    if opens && kind == RelationKind::PartOf {
        return Vec::new();
    }
    let owner = if opens {
        let comma = (unit + 1..line.units.len())
            .find(|&u| line.units[u].mention.is_none() && page.is_raw(line.units[u].tokens.start, ","));
        comma
            .and_then(|comma| (comma + 1..line.units.len()).find(bare))
            .filter(|&owner| line.verbs.iter().any(|v| v.finite && v.units.start > owner))
    } else {
        let stops = |i: &usize| line.units[*i].mention.is_none() && page.is_raw(line.units[*i].tokens.start, ";");
        (0..unit).rev().take_while(|i| !stops(i)).find(bare)
    };
    // A person between may be the owner: «l'OIM et Awa Sow, son projet …».
    let person = |owner: usize| {
        (owner + 1..unit).any(|i| line.kind(scene.layers, i) == Some(EntityKind::Person) && !line.is_oblique(page, i))
    };
    match owner {
        Some(owner) if !person(owner) || opens => {
            if several {
                line.list(scene.layers, owner, &[EntityKind::Organization, EntityKind::Country, EntityKind::Person])
            } else {
                vec![owner]
            }
        }
        _ => Vec::new(),
    }
}
