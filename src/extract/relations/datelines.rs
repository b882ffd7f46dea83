//! The place at the head of a release is where its first event takes place, unless the sentence itself says where.
//!
//! ***Panama** – Cette semaine, l'OIM a participé à la **43ème réunion annuelle** …* → HELD_IN(réunion, Panama)

use super::{Proposal, Scene};
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind};

/// Relates the first event of the first paragraph to the dateline's place.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let sentences = &scene.page.tokens.sentences;
    let Some(dateline) = sentences.iter().position(|s| s.section == SectionKind::Dateline) else { return };
    let Some(lead) = scene.lines.get(dateline + 1) else { return };
    let event = (0..lead.units.len())
        .find(|&i| lead.kind(scene.layers, i) == Some(EntityKind::Event))
        .filter(|&i| lead.units[i].mention.is_some_and(|m| scene.is_held(m)));
    let Some(event) = event.and_then(|unit| scene.end(lead.sentence, unit)) else { return };
    // Another city in the sentence says where; the dateline's city is then only where the release was written.
    let said = proposals.iter().any(|p| {
        p.kind == RelationKind::HeldIn && p.subject.0 == event.0 && scene.kind(p.object.0) == EntityKind::Place
    });
    for unit in 0..scene.lines[dateline].units.len() {
        let Some(place) = scene.end(dateline, unit) else { continue };
        let kind = scene.kind(place.0);
        let tells = kind == EntityKind::Country || kind == EntityKind::Place && !said;
        if !tells {
            continue;
        }
        let mut qualifiers = Qualifiers::default();
        scene.qualify(&mut qualifiers, RelationKind::HeldIn, lead.sentence, event.1.start);
        proposals.push(Proposal {
            kind: RelationKind::HeldIn,
            subject: event.clone(),
            object: place,
            trigger: None,
            sentences: vec![dateline, lead.sentence],
            qualifiers,
            confidence: 0.6,
            rule: format!("{}/held-in/dateline", scene.page.pack.tag),
        });
    }
}
