//! Verbs with their arguments.
//!
//! *Le **programme**, mis en œuvre par l'**OIM**, est financé par le **Canada*** → IMPLEMENTS(OIM, programme), FUNDS(Canada, programme)
//!
//! Near miss: *la Banque **ne participe pas** au financement* (negated: no relation); *pourrait financer* (modality PROPOSED).

use super::line::{Filler, Line};
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::language::{Argument, Frame, Voice};
use crate::model::{EntityKind, Qualifiers, RelationKind};
use crate::text::find_amounts;

/// Applies every frame to every verb group.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        for verb in line.verbs.iter().filter(|verb| !verb.negated || scene.page.trace.is_on()) {
            let rules = &scene.page.pack.relations;
            let frames = rules.frames_of.get(&verb.verb).into_iter().flatten();
            for frame in frames.map(|&index| &rules.frames[index]) {
                let Some(verb) = with_particle(scene, line, frame, verb) else { continue };
                if verb.negated {
                    let mut denied = Vec::new();
                    apply(scene, line, frame, &verb, &mut denied);
                    denied.iter().for_each(|proposal| scene.note(proposal, "the sentence denies it"));
                } else {
                    apply(scene, line, frame, &verb, proposals);
                }
            }
        }
    }
}

/// The verb group with its particle (*mis **en œuvre***), when the frame asks for one and it is there.
fn with_particle(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup) -> Option<VerbGroup> {
    if frame.voice.is_some_and(|voice| voice != verb.voice) || !has_required(scene, line, frame, verb) {
        return None;
    }
    let Some(particle) = &frame.particle else { return Some(verb.clone()) };
    let end = line.units.last()?.tokens.end;
    const ADVERBS: usize = 2;
    let from = verb.tokens.end;
    let adverbs =
        (from..end).take_while(|&t| scene.page.is_exactly(&scene.page.pack.verbs.adverbs, t)).count().min(ADVERBS);
    let (at, length) =
        (from..=from + adverbs).find_map(|at| scene.page.phrase(particle, at, end).map(|length| (at, length)))?;
    let tokens = verb.tokens.start..at + length;
    let units = verb.units.start..line.unit_at(at + length - 1) + 1;
    Some(VerbGroup { tokens, units, ..verb.clone() })
}

/// Whether the words that the frame asks for stand in the sentence, and its pronoun in the verb group.
fn has_required(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup) -> bool {
    let page = scene.page;
    let (Some(first), Some(last)) = (line.units.first(), line.units.last()) else { return false };
    // The words must stand in the verb's own clause: «A assure l'exécution et B en assure le financement».
    let before =
        line.verbs.iter().filter(|v| v.finite && v.tokens.end <= verb.tokens.start).map(|v| v.tokens.end).max();
    let joint = |from: usize| (from..verb.tokens.start).rev().find(|&t| page.is_and(t) || page.is_raw(t, ";"));
    let start = before.and_then(joint);
    let end = line.verbs.iter().filter(|v| v.finite && v.tokens.start >= verb.tokens.end).map(|v| v.tokens.start).min();
    let end = end.map(|next| {
        let joint = (verb.tokens.end..next).find(|&t| page.is_and(t) || page.is_raw(t, ";"));
        joint.unwrap_or(if verb.voice == Voice::Passive { last.tokens.end } else { next })
    });
    let tokens = start.unwrap_or(first.tokens.start)..end.unwrap_or(last.tokens.end);
    let word =
        frame.requires.as_ref().is_none_or(|words| tokens.clone().any(|t| page.phrase(words, t, tokens.end).is_some()));
    let group = verb.tokens.start.saturating_sub(2).max(first.tokens.start)..verb.tokens.end;
    let pronoun = frame.requires_pronoun.as_ref().is_none_or(|words| group.clone().any(|t| page.is(words, t)));
    word && pronoun
}

fn apply(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup, proposals: &mut Vec<Proposal>) {
    let subject = fill(scene, line, verb, &frame.subject, &frame.subject_kinds);
    let object = fill(scene, line, verb, &frame.object, &frame.object_kinds);
    let object = object.or_else(|| {
        let spoken_of = frame.else_about && !matches!(frame.object, Argument::About);
        let doing =
            |kind: &&EntityKind| matches!(kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
        let kinds: Vec<EntityKind> = frame.object_kinds.iter().filter(doing).copied().collect();
        spoken_of.then(|| about(scene, line, verb, &kinds)).flatten()
    });
    let (Some((subject_line, mut subjects)), Some((object_line, objects))) = (subject, object) else { return };
    if frame.kind == RelationKind::Funds && subject_line == line.sentence {
        subjects.units.extend(gapped(scene, line, verb, &frame.subject_kinds));
    }
    let mut sentences = vec![subject_line, object_line, line.sentence];
    sentences.sort_unstable();
    sentences.dedup();
    let far = if sentences.len() > 1 { 0.15 } else { 0.0 };
    for &s in &subjects.units {
        for &o in &objects.units {
            let mut qualifiers = Qualifiers { modality: verb.modality, ..Qualifiers::default() };
            scene.qualify(&mut qualifiers, frame.kind, line.sentence, verb.tokens.start);
            if frame.kind == RelationKind::Funds && subjects.units.len() > 1 && subject_line == line.sentence {
                own_amount(scene, line, verb, &subjects.units, s, &mut qualifiers);
            }
            if frame.needs_amount && qualifiers.amount.is_none() {
                continue;
            }
            let (subject, object) = (scene.end(subject_line, s), scene.end(object_line, o));
            let (Some(subject), Some(object)) = (subject, object) else { continue };
            if jointly(scene, line, verb, subjects.units.first().copied().filter(|_| subject_line == line.sentence)) {
                partners(scene, line, &subjects.units, verb, proposals);
            }
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

/// *l'Asdi a attribué 28 millions et **l'Autriche** 1,2 million d'euros*: the verb is left out, the amount tells.
fn gapped(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Vec<usize> {
    let page = scene.page;
    let number = |u: usize| {
        line.units.get(u).is_some_and(|u| page.tokens.tokens[u.tokens.start].kind == crate::text::TokenKind::Number)
    };
    let fits = |i: &usize| line.kind(scene.layers, *i).is_some_and(|kind| kinds.contains(&kind));
    let after = verb.units.end..line.units.len();
    let amount_before = |i: usize| (verb.units.end..i).any(number);
    let joined = |i: usize| {
        let start = (verb.units.end..i).rev().find(|&u| {
            let at = line.units[u].tokens.start;
            !page.is_exactly(&page.pack.names.determiners, at)
        });
        start.is_some_and(|u| page.is_and(line.units[u].tokens.start) || page.is_raw(line.units[u].tokens.start, ","))
    };
    after.filter(fits).filter(|&i| number(i + 1) && amount_before(i) && joined(i)).collect()
}

/// *financé par la Belgique (**2 millions d'euros**) et le Japon (**3 millions**)*: each of several has the amount behind its name. Those
/// before the verb share what follows it.
fn own_amount(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    subjects: &[usize],
    subject: usize,
    qualifiers: &mut Qualifiers,
) {
    let before_verb = line.units[subject].tokens.start < verb.tokens.start;
    let gapped = subjects.iter().any(|&s| line.units[s].tokens.start > verb.tokens.start);
    if before_verb && !gapped {
        return;
    }
    let from = if before_verb { verb.tokens.end } else { line.units[subject].tokens.end };
    let next = subjects.iter().map(|&s| line.units[s].tokens.start).filter(|&t| t > from).min();
    let end = next.or(line.units.last().map(|u| u.tokens.end)).unwrap_or(from);
    let amounts = find_amounts(&scene.page.tokens, from..end.max(from), scene.page.text_pack);
    qualifiers.amount = amounts.first().map(|amount| amount.value);
    qualifiers.currency = amounts.first().map(|amount| amount.currency.clone());
}

/// Whether a word such as *conjointement* stands with the verb.
fn jointly(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, subject: Option<usize>) -> bool {
    if scene.page.pack.verbs.joint.contains(&verb.verb) {
        return true;
    }
    let Some(subject) = subject else { return false };
    let start = line.units[subject].tokens.start;
    let sentence = scene.page.sentence(verb.tokens.start).end;
    let between = verb.tokens.start.min(start)..(verb.tokens.end + 2).max(start).min(sentence);
    between.clone().any(|t| scene.page.is_exactly(&scene.page.pack.verbs.jointly, t))
}

/// Bodies that do something jointly are partners.
fn partners(scene: &Scene<'_, '_>, line: &Line, units: &[usize], verb: &VerbGroup, proposals: &mut Vec<Proposal>) {
    let body =
        |u: &&usize| matches!(line.kind(scene.layers, **u), Some(EntityKind::Organization | EntityKind::Country));
    let units: Vec<usize> = units.iter().filter(body).copied().collect();
    for (n, &a) in units.iter().enumerate() {
        for &b in &units[n + 1..] {
            let (Some(subject), Some(object)) = (scene.end(line.sentence, a), scene.end(line.sentence, b)) else {
                continue;
            };
            proposals.push(Proposal {
                kind: RelationKind::PartnersWith,
                subject,
                object,
                trigger: Some(verb.tokens.clone()),
                sentences: vec![line.sentence],
                qualifiers: Qualifiers { modality: verb.modality, ..Qualifiers::default() },
                confidence: 0.75,
                rule: format!("{}/partners/jointly", scene.page.pack.tag),
            });
        }
    }
}

/// The filler of an argument in this sentence; for a pronoun or a missing subject, in a sentence before.
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
    let names = &scene.page.pack.names;
    let near: Vec<usize> = (0..verb.units.start)
        .rev()
        .take(3)
        .filter(|&i| line.units[i].mention.is_none())
        .map(|i| line.units[i].tokens.start)
        .collect();
    let pronoun = near.iter().any(|&at| scene.page.is(&names.pronouns, at) || scene.page.is(&names.latter, at));
    // A participle that opens a sentence with a verb of its own speaks of that verb's subject.
    let opening = !verb.finite && verb.units.start <= 1 && speaks_of_before(scene, line);
    let clitic = clitic_object(scene, line, verb);
    let of_it = verb.tokens.clone().chain(near.iter().copied()).any(|t| scene.page.is(&names.of_it, t));
    let reaches = match argument {
        Argument::Agent | Argument::Itself => pronoun || opening,
        Argument::Theme => pronoun || opening || of_it || clitic,
        Argument::Event => pronoun || opening || meets(scene, line, verb),
        Argument::About => true,
        _ => false,
    };
    if !reaches {
        return None;
    }
    if matches!(argument, Argument::Event) && meets(scene, line, verb) {
        return following(scene, line, kinds);
    }
    if matches!(argument, Argument::About) || clitic && matches!(argument, Argument::Theme) {
        return about(scene, line, verb, kinds);
    }
    earlier(scene, line, kinds, 1)
}

/// Whether the sentence has no subject of its own, or only a pronoun: *Affrété par l'OIM, **il** …*
fn speaks_of_before(scene: &Scene<'_, '_>, line: &Line) -> bool {
    let Some(first) = line.verbs.iter().filter(|v| v.finite).map(|v| v.units.start).min() else { return true };
    first > 0 && scene.page.is(&scene.page.pack.names.pronouns, line.units[first - 1].tokens.start)
}

/// *le HCR **l'**organise*: a pronoun between subject and verb stands for what the verb is done to.
fn clitic_object(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    let Some(before) = verb.units.start.checked_sub(1) else { return false };
    let at = line.units[before].tokens.start;
    let page = scene.page;
    line.units[before].mention.is_none()
        && verb.finite
        && page.is_exactly(&page.pack.names.definite, at)
        && !page.is_contracted(at)
}

/// What the sentence speaks of without naming it as an argument: the nearest thing in it, in the sentences before, or the one thing
/// that the whole document is about.
fn about(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    if let Some(unit) = line.about(scene.layers, verb.units.start, kinds) {
        return Some((line.sentence, Filler { units: vec![unit] }));
    }
    earlier(scene, line, kinds, 4).or_else(|| main_thing(scene, line, kinds))
}

/// The thing that the document speaks of most, in the last sentence before this one that names it.
fn main_thing(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    let doing = |kind: &EntityKind| matches!(kind, EntityKind::Project | EntityKind::Event);
    let things = (0..scene.things.things.len())
        .filter(|&t| kinds.iter().filter(|kind| doing(kind)).any(|kind| *kind == scene.kind(t)));
    let main = things.max_by_key(|&t| (scene.things.things[t].mentions.len(), std::cmp::Reverse(t)))?;
    let said_again = scene.things.things[main].mentions.len() > 1;
    scene.lines[..line.sentence].iter().rev().find_map(|previous| {
        let speaks = |i: &usize| previous.units[*i].mention.and_then(|m| scene.thing(m)) == Some(main);
        let unit = (0..previous.units.len()).find(speaks).filter(|_| said_again)?;
        Some((previous.sentence, Filler { units: vec![unit] }))
    })
}

/// What a sentence before is about: the first thing of the kind that no preposition governs, within the paragraph.
fn earlier(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind], furthest: usize) -> Option<(usize, Filler)> {
    let sentences = &scene.page.tokens.sentences;
    let paragraph = sentences[line.sentence].paragraph;
    for back in 1..=furthest {
        let previous = scene.lines.get(line.sentence.checked_sub(back)?)?;
        let here = &sentences[previous.sentence];
        if paragraph - here.paragraph > usize::from(back == 1) || here.section != crate::model::SectionKind::Body {
            return None;
        }
        let fits = |i: &usize| previous.kind(scene.layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let plain = (0..previous.units.len()).find(|i| fits(i) && !previous.is_oblique(scene.page, *i));
        if let Some(unit) = plain.or_else(|| (0..previous.units.len()).find(fits)) {
            return Some((previous.sentence, Filler { units: vec![unit] }));
        }
    }
    None
}

/// *Des fonctionnaires **se réunissent** à Dakar*: the verb says that people meet; the meeting itself is named in what follows.
fn meets(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    let page = scene.page;
    let start = verb.tokens.start;
    let reflexive = verb.tokens.clone().any(|t| page.is_exactly(&page.pack.verbs.reflexive, t));
    let meeting = page.pack.names.meeting_verbs.contains(&verb.verb);
    let no_event = (0..line.units.len()).all(|i| line.kind(scene.layers, i) != Some(EntityKind::Event));
    reflexive && meeting && no_event && start < verb.tokens.end
}

fn following(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    let next = scene.lines.get(line.sentence + 1)?;
    let unit = (0..next.units.len()).find(|&i| next.kind(scene.layers, i).is_some_and(|kind| kinds.contains(&kind)))?;
    Some((next.sentence, Filler { units: vec![unit] }))
}

impl Scene<'_, '_> {
    /// A unit of a sentence as an end of a relation.
    pub(super) fn end(&self, sentence: usize, unit: usize) -> Option<(usize, std::ops::Range<usize>)> {
        let mention = self.lines[sentence].units[unit].mention?;
        Some((self.thing(mention)?, self.layers.found[mention].range.clone()))
    }
}
