//! Verbs with their arguments.
//!
//! *Le **programme**, mis en œuvre par l'**OIM**, est financé par le **Canada*** → IMPLEMENTS(OIM, programme), FUNDS(Canada, programme)
//!
//! Near miss: *la Banque **ne participe pas** au financement* (negated: no relation); *pourrait financer* (modality PROPOSED).

use super::line::{Filler, Line};
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::language::{Argument, Frame};
use crate::model::{EntityKind, Qualifiers};

/// Applies every frame to every verb group.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        for verb in line.verbs.iter().filter(|verb| !verb.negated) {
            for frame in scene.page.pack.relations.frames.iter().filter(|frame| frame.verbs.contains(&verb.verb)) {
                if let Some(verb) = with_particle(scene, line, frame, verb) {
                    apply(scene, line, frame, &verb, proposals);
                }
            }
        }
    }
}

/// The verb group with its particle (*mis **en œuvre***), when the frame asks for one and it is there.
fn with_particle(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup) -> Option<VerbGroup> {
    if frame.voice.is_some_and(|voice| voice != verb.voice) {
        return None;
    }
    let Some(particle) = &frame.particle else { return Some(verb.clone()) };
    let end = line.units.last()?.tokens.end;
    let mut at = verb.tokens.end;
    for _ in 0..3 {
        if let Some(length) = scene.page.phrase(particle, at, end) {
            let tokens = verb.tokens.start..at + length;
            let units = verb.units.start..line.unit_at(at + length - 1) + 1;
            return Some(VerbGroup { tokens, units, ..verb.clone() });
        }
        if !scene.page.is_exactly(&scene.page.pack.verbs.adverbs, at) {
            return None;
        }
        at += 1;
    }
    None
}

fn apply(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup, proposals: &mut Vec<Proposal>) {
    let subject = fill(scene, line, verb, &frame.subject, &frame.subject_kinds);
    let object = fill(scene, line, verb, &frame.object, &frame.object_kinds);
    let (Some((subject_line, subjects)), Some((object_line, objects))) = (subject, object) else { return };
    let mut sentences = vec![subject_line, object_line, line.sentence];
    sentences.sort_unstable();
    sentences.dedup();
    let far = if sentences.len() > 1 { 0.15 } else { 0.0 };
    for &s in &subjects.units {
        for &o in &objects.units {
            let mut qualifiers = Qualifiers { modality: verb.modality, ..Qualifiers::default() };
            scene.qualify(&mut qualifiers, frame.kind, line.sentence, verb.tokens.start);
            if frame.needs_amount && qualifiers.amount.is_none() {
                continue;
            }
            let (subject, object) = (scene.end(subject_line, s), scene.end(object_line, o));
            let (Some(subject), Some(object)) = (subject, object) else { continue };
            proposals.push(Proposal {
                kind: frame.kind,
                subject,
                object,
                trigger: Some(verb.tokens.clone()),
                sentences: sentences.clone(),
                qualifiers,
                confidence: frame.confidence - far,
                rule: frame.name.clone(),
            });
        }
    }
}

/// The filler of an argument in this sentence; for a pronoun or a missing subject, in the sentence before.
fn fill(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    argument: &Argument,
    kinds: &[EntityKind],
) -> Option<(usize, Filler)> {
    if let Some(filler) = line.argument(scene.page, scene.layers, verb, argument, kinds) {
        return Some((line.sentence, filler));
    }
    let speaks_of_subject =
        matches!(argument, Argument::Agent | Argument::Theme | Argument::Itself | Argument::Event | Argument::About);
    let pronoun = (0..verb.units.start).rev().take(3).any(|i| {
        let at = line.units[i].tokens.start;
        line.units[i].mention.is_none()
            && (scene.page.is(&scene.page.pack.names.pronouns, at) || scene.page.is(&scene.page.pack.names.latter, at))
    });
    let elsewhere = matches!(argument, Argument::About);
    if !(speaks_of_subject && pronoun || elsewhere) {
        return None;
    }
    let previous = scene.lines.get(line.sentence.checked_sub(1)?)?;
    let same_paragraph = {
        let sentences = &scene.page.tokens.sentences;
        sentences[line.sentence].paragraph.abs_diff(sentences[previous.sentence].paragraph) <= usize::from(elsewhere)
    };
    let fits = |i: &usize| previous.kind(scene.layers, *i).is_some_and(|kind| kinds.contains(&kind));
    let plain = (0..previous.units.len()).find(|i| fits(i) && !previous.is_oblique(scene.page, *i));
    let unit = plain.or_else(|| (0..previous.units.len()).find(fits)).filter(|_| same_paragraph)?;
    Some((previous.sentence, Filler { units: previous.list(scene.layers, unit, kinds) }))
}

impl Scene<'_, '_> {
    /// A unit of a sentence as an end of a relation.
    pub(super) fn end(&self, sentence: usize, unit: usize) -> Option<(usize, std::ops::Range<usize>)> {
        let mention = self.lines[sentence].units[unit].mention?;
        Some((self.thing(mention)?, self.layers.found[mention].range.clone()))
    }
}
