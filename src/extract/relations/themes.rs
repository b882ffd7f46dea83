//! Themes and people concerned, from controlled vocabularies, of the things whose noun phrase names them.
//!
//! *un **manuel** … sur le retour des enfants et des adolescents **victimes de la traite*** → BENEFITS(VICTIMS_OF_TRAFFICKING), ADDRESSES(TRAFFICKING_IN_PERSONS)
//!
//! The things of a vocabulary are added by the caller before this runs; here they are only joined.

use super::{Proposal, Scene};
use crate::model::{EntityKind, Qualifiers, RelationKind};

/// Relates projects, events and publications to the terms inside their noun phrases.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for (term, found) in scene.layers.found.iter().enumerate() {
        let kind = match found.kind {
            EntityKind::Topic => RelationKind::Addresses,
            EntityKind::Population => RelationKind::Benefits,
            _ => continue,
        };
        let holds = |i: &usize| {
            let outer = &scene.layers.found[*i];
            let doing = matches!(outer.kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
            doing && outer.range.start <= found.range.start && found.range.end <= outer.range.end
        };
        let Some(outer) = (0..scene.layers.found.len()).find(holds) else { continue };
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
