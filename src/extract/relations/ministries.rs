//! Ministries are part of the state that their name says.
//!
//! *the **Ministry of Health of Togo*** · ***Guyana**'s **Ministry of Health*** · *le **ministère togolais de la Santé*** → PART_OF(…, Togo)
//!
//! Near miss: *the University of Togo* (of the country, and no part of the state), *le ministère de la Santé à Lomé*.

use std::ops::Range;

use super::{Proposal, Scene};
use crate::lexicon::{BodyWord, bodies};
use crate::model::{EntityKind, Qualifiers, RelationKind};

/// Relates ministries to their states.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        for unit in 0..line.units.len() {
            let Some(mention) = line.units[unit].mention else { continue };
            if !is_ministry(scene, mention) {
                continue;
            }
            let owner = unit.checked_sub(3).filter(|&u| line.units[u].possessor).and_then(|u| line.units[u].mention);
            let owner = owner.filter(|&m| scene.layers.found[m].kind == EntityKind::Country);
            let owner = owner.and_then(|m| Some((scene.thing(m)?, scene.layers.found[m].range.clone())));
            let state = owner.or_else(|| named_within(scene, mention)).or_else(|| by_adjective(scene, mention));
            let (Some(state), Some(thing)) = (state, scene.thing(mention)) else { continue };
            proposals.push(Proposal {
                kind: RelationKind::PartOf,
                subject: (thing, scene.layers.found[mention].range.clone()),
                object: state,
                trigger: None,
                sentences: vec![line.sentence],
                qualifiers: Qualifiers::default(),
                confidence: 0.8,
                rule: format!("{}/part-of/ministry", scene.page.pack.tag),
            });
        }
    }
}

/// Whether a word of the name says that it is a ministry.
fn is_ministry(scene: &Scene<'_, '_>, mention: usize) -> bool {
    let found = &scene.layers.found[mention];
    let says = |t: usize| matches!(bodies().word(scene.page.tokens.word(t)), Some(BodyWord::Head("ministry")));
    found.kind == EntityKind::Organization && found.range.clone().any(says)
}

/// *Ministry of Health **of Togo***
fn named_within(scene: &Scene<'_, '_>, mention: usize) -> Option<(usize, Range<usize>)> {
    let (page, found) = (scene.page, &scene.layers.found);
    let of_it = |&inner: &usize| {
        let start = found[inner].range.start;
        let before = (found[mention].range.start..start).rev();
        let article = |t: &usize| page.is_exactly(&page.pack.names.determiners, *t) && !page.is_contracted(*t);
        let governor = before.into_iter().find(|t| !article(t));
        found[inner].kind == EntityKind::Country && governor.is_some_and(|t| page.is_of(t))
    };
    let inner = scene.layers.within(mention).into_iter().find(of_it)?;
    Some((scene.thing(inner)?, found[inner].range.clone()))
}

/// *le ministère **togolais** de la Santé*, when the text names the country.
fn by_adjective(scene: &Scene<'_, '_>, mention: usize) -> Option<(usize, Range<usize>)> {
    let range = scene.layers.found[mention].range.clone();
    let (token, entry) = range.into_iter().find_map(|t| scene.page.demonym_country(t).map(|entry| (t, entry)))?;
    let country = scene.layers.found.iter().position(|f| f.entry == Some(entry))?;
    Some((scene.thing(country)?, token..token + 1))
}
