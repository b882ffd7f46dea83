//! Whose a project or publication with a title is, or a body, told by a possessive.
//!
//! *l'**OIM** a présenté **son projet « Rive »*** → IMPLEMENTS · *Dans **son rapport « Sable »**, **Amnesty** dénonce …* → PUBLISHES ·
//! *le **ministère**, à travers **sa Direction***  → PART_OF
//!
//! Near miss: *le **Japon** a salué l'**OIM** et **son projet*** (the nearest body is the owner).

use super::line::Line;
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
            let kind = match line.kind(scene.layers, unit) {
                Some(EntityKind::Project) => RelationKind::Implements,
                Some(EntityKind::Publication) => RelationKind::Publishes,
                Some(EntityKind::Organization) => RelationKind::PartOf,
                _ => continue,
            };
            // «son futur projet» may be anything; what has a title is theirs.
            let titled = line.units[unit].mention.is_some_and(|m| scene.layers.found[m].title.is_some());
            // «its HARBOUR Programme»
            let named = page.pack.names.heads_last
                && line.units[unit].mention.is_some_and(|m| scene.layers.found[m].reference == Reference::Name);
            let titled = titled || named;
            if !possessive || !titled && kind != RelationKind::PartOf {
                continue;
            }
            let several = page.is_exactly(&page.pack.names.possessive_of_several, start - 1);
            for owner in owners(scene, line, unit, kind, several) {
                let ends = (scene.end(line.sentence, owner), scene.end(line.sentence, unit));
                let (Some(owner), Some(owned)) = ends else { continue };
                // A body is part of its owner.
                let (subject, object) = if kind == RelationKind::PartOf { (owned, owner) } else { (owner, owned) };
                let mut qualifiers = Qualifiers::default();
                scene.qualify(&mut qualifiers, kind, line.sentence, start);
                proposals.push(Proposal {
                    kind,
                    subject,
                    object,
                    trigger: Some(start - 1..start),
                    sentences: vec![line.sentence],
                    qualifiers,
                    confidence: 0.65,
                    rule: format!("{}/{}/own", page.pack.tag, kind.as_str().to_lowercase().replace('_', "-")),
                });
            }
        }
    }
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
