//! Whom sentence after sentence speaks of by a pronoun, or without a subject.
//!
//! ***Ana Sosa** estudió en Lima. Dirigió el Instituto. **Representó** a Chile en la conferencia.* → Ana Sosa ·
//! ***Awa Sow** founded Oxfam Lome. The charity grew. **She** sat on the board of Gavi.* → Awa Sow
//!
//! Near miss: *Awa Sow met Ana Sosa at the fair. **She** joined Gavi.* (two people), *L'**OIM** … **Elle** …* (no person: `antecedents`).

use super::Scene;
use super::antecedents::{has_no_subject, speaks_by_pronoun};
use super::line::{Filler, Line};
use crate::model::{EntityKind, SectionKind};

/// The person that a pronoun or a missing subject stands for. With a pronoun and a verb that only people have (`kinds`), whoever was named last;
/// otherwise who is the subject of the sentence with which the chain of such sentences begins.
pub(super) fn who(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind], pronoun: bool) -> Option<(usize, Filler)> {
    const FURTHEST: usize = 10;
    if !kinds.contains(&EntityKind::Person) {
        return None;
    }
    // «Integra la Red Andina»: without a pronoun it may be said of a body too.
    let human = pronoun && kinds.iter().all(|kind| *kind == EntityKind::Person);
    let sentences = &scene.page.tokens.sentences;
    for sentence in (0..line.sentence).rev().take(FURTHEST) {
        let before = &scene.lines[sentence];
        if sentences[sentence].section != SectionKind::Body && !human {
            return None;
        }
        if is_heading(scene, before) {
            return None;
        }
        match people(scene, before).as_slice() {
            [] if human || goes_on(scene, before) => {}
            [] => return None,
            [unit] => {
                let known = leads(scene, before, *unit) || human && is_main(scene, before, *unit);
                return known.then(|| (sentence, Filler { units: vec![*unit] }));
            }
            _ => return None,
        }
    }
    None
}

/// One mention of each person of a sentence.
fn people(scene: &Scene<'_, '_>, line: &Line) -> Vec<usize> {
    let mut seen = Vec::new();
    let person = |&unit: &usize| line.kind(scene.layers, unit) == Some(EntityKind::Person);
    let mut new = |unit: &usize| {
        let thing = line.units[*unit].mention.and_then(|m| scene.thing(m));
        let first = !seen.contains(&thing);
        seen.push(thing);
        first
    };
    (0..line.units.len()).filter(person).filter(|unit| new(unit)).collect()
}

/// Whether the person is the subject with which the sentence begins.
fn leads(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> bool {
    let bare = |u: usize| !line.is_oblique(scene.page, u) && !line.is_of(scene.page, u);
    let verb = line.verbs.iter().filter(|v| v.finite).map(|v| v.units.start).min();
    let others = |u: usize| line.units[u].mention.is_some() && bare(u);
    verb.is_some_and(|verb| unit < verb) && bare(unit) && !(0..unit).any(others)
}

/// Whether the text speaks of nobody more, and of this person more than once.
fn is_main(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> bool {
    let thing = |u: usize| line.units[u].mention.and_then(|m| scene.thing(m));
    let Some(person) = thing(unit) else { return false };
    let often = |thing: usize| scene.things.things[thing].mentions.len();
    let people = (0..scene.things.things.len()).filter(|&t| scene.kind(t) == EntityKind::Person);
    often(person) > 1 && people.map(often).max() == Some(often(person))
}

/// Whether the sentence speaks by a pronoun or without a subject itself.
fn goes_on(scene: &Scene<'_, '_>, line: &Line) -> bool {
    let first = line.verbs.iter().filter(|v| v.finite).min_by_key(|v| v.units.start);
    let dropped = |verb| scene.page.pack.names.drops_subject && has_no_subject(scene, line, verb);
    speaks_by_pronoun(scene, line) || first.is_some_and(dropped)
}

/// A line of its own without a verb: the text begins to speak of something else.
fn is_heading(scene: &Scene<'_, '_>, line: &Line) -> bool {
    let sentences = &scene.page.tokens.sentences;
    let at = line.sentence;
    let paragraph = |s: usize| sentences.get(s).map(|sentence| sentence.paragraph);
    let alone = paragraph(at + 1) != paragraph(at) && (at == 0 || paragraph(at - 1) != paragraph(at));
    alone && line.verbs.iter().all(|verb| !verb.finite)
}
