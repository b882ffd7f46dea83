//! Themes and people concerned, from controlled vocabularies, of the things whose noun phrase names them.
//!
//! *un **manuel** … sur le retour des enfants et des adolescents **victimes de la traite*** → BENEFITS(VICTIMS_OF_TRAFFICKING), ADDRESSES(TRAFFICKING_IN_PERSONS)
//!
//! The things of a vocabulary are added by the caller before this runs; here they are only joined.

use rustc_hash::FxHashMap;

use super::{Proposal, Scene};
use crate::model::{EntityKind, Qualifiers, RelationKind};

/// Relates projects, events and publications to the terms inside their noun phrases.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let doing = doing(scene);
    for (term, found) in scene.layers.found.iter().enumerate() {
        let kind = match found.kind {
            EntityKind::Topic => RelationKind::Addresses,
            EntityKind::Population => RelationKind::Benefits,
            _ => continue,
        };
        let around = doing.get(&found.range.start).into_iter().flatten().copied();
        let holds = |i: &usize| found.range.end <= scene.layers.found[*i].range.end;
        let Some(outer) = around.into_iter().find(holds) else { continue };
        let (Some(subject), Some(object)) = (scene.thing(outer), scene.thing(term)) else { continue };
        proposals.push(Proposal {
            kind,
            subject: (subject, scene.layers.found[outer].range.clone()),
            object: (object, found.range.clone()),
            trigger: None,
            sentences: vec![scene.page.sentence_number(found.range.start)],
            qualifiers: Qualifiers::default(),
            confidence: 0.8,
            rule: format!("{}/{}/noun-phrase", scene.page.pack.tag, kind.as_str().to_lowercase()),
        });
    }
}

/// The projects, events and publications around each token that has any.
fn doing(scene: &Scene<'_, '_>) -> FxHashMap<usize, Vec<usize>> {
    let mut around: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (mention, found) in scene.layers.found.iter().enumerate() {
        if matches!(found.kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication) {
            found.range.clone().for_each(|token| around.entry(token).or_default().push(mention));
        }
    }
    around
}
