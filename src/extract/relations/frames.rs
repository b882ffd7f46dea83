//! Verbs with their arguments.
//!
//! *Le **programme**, mis en œuvre par l'**OIM**, est financé par le **Canada*** → IMPLEMENTS(OIM, programme), FUNDS(Canada, programme)
//!
//! Near miss: *la Banque **ne participe pas** au financement* (negated: no relation); *pourrait financer* (modality PROPOSED).

use super::antecedents::{about, fill, listed_below};
use super::companions::{Place, beside, jointly, partners};
use super::ellipsis;
use super::line::{Filler, Line};
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::language::{Argument, Frame, Phrases, Voice};
use crate::extract::names::PAYER;
use crate::model::{EntityKind, Qualifiers, RelationKind};
use crate::text::find_amounts;

/// Applies every frame to every verb group.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for line in &scene.lines {
        let alike = ellipsis::announced(scene, line);
        for verb in line.verbs.iter().filter(|verb| !verb.negated || scene.page.trace.is_on()) {
            let rules = &scene.page.pack.relations;
            let frames = rules.frames_of.get(&verb.verb).into_iter().flatten();
            let possible = |frame: &&Frame| {
                let ends = [&frame.subject_kinds, &frame.object_kinds];
                ends.into_iter().all(|kinds| scene.mentions_any(kinds))
            };
            for frame in frames.map(|&index| &rules.frames[index]).filter(possible) {
                let Some(verb) = with_particle(scene, line, frame, verb) else { continue };
                if verb.negated {
                    let mut denied = Vec::new();
                    apply(scene, line, frame, (&verb, alike), &mut denied);
                    denied.iter().for_each(|proposal| scene.note(proposal, "the sentence denies it"));
                } else {
                    apply(scene, line, frame, (&verb, alike), proposals);
                }
            }
        }
    }
}

/// The verb group with its particle (*mis **en œuvre***), when the frame asks for one and it is there.
fn with_particle(scene: &Scene<'_, '_>, line: &Line, frame: &Frame, verb: &VerbGroup) -> Option<VerbGroup> {
    // «la Thaïlande, annoncée, n'est pas venue»: what is only expected is said by a whole verb.
    if frame.modality.is_some() && !verb.finite {
        return None;
    }
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
    if frame.requires.is_none() && frame.unless.is_none() && frame.requires_pronoun.is_none() {
        return true;
    }
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
    let says = |words: &Phrases| tokens.clone().any(|t| page.phrase(words, t, tokens.end).is_some());
    let word = frame.requires.as_ref().is_none_or(says) && !frame.unless.as_ref().is_some_and(says);
    let group = verb.tokens.start.saturating_sub(2).max(first.tokens.start)..verb.tokens.end;
    let pronoun = frame.requires_pronoun.as_ref().is_none_or(|words| group.clone().any(|t| page.is(words, t)));
    word && pronoun
}

fn apply(
    scene: &Scene<'_, '_>,
    line: &Line,
    frame: &Frame,
    (verb, alike): (&VerbGroup, Option<usize>),
    proposals: &mut Vec<Proposal>,
) {
    let subject = fill(scene, line, verb, &frame.subject, &frame.subject_kinds);
    if frame.pairwise {
        return among_them(scene, line, frame, verb, subject, proposals);
    }
    let goes_on_below = matches!(frame.kind, RelationKind::ParticipatesIn | RelationKind::PartOf);
    let acts = matches!(frame.subject, Argument::Agent | Argument::Itself);
    let likewise = alike.filter(|&at| acts && at >= verb.tokens.end);
    let likewise = likewise.map_or_else(Vec::new, |at| ellipsis::likewise(scene, line, verb, at, &frame.subject_kinds));
    if likewise.is_empty() && subject.is_none() && !goes_on_below {
        return;
    }
    let object = fill(scene, line, verb, &frame.object, &frame.object_kinds);
    let object = object.or_else(|| {
        let spoken_of = frame.else_about && !matches!(frame.object, Argument::About);
        let doing =
            |kind: &&EntityKind| matches!(kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
        let kinds: Vec<EntityKind> = frame.object_kinds.iter().filter(doing).copied().collect();
        spoken_of.then(|| about(scene, line, verb, &kinds)).flatten()
    });
    let posts = frame.kind == RelationKind::WorksFor;
    let mut subjects: Vec<Place> = match subject {
        Some((sentence, filler)) => {
            let units = if posts { relative_only(scene, line, verb, filler.units) } else { filler.units };
            let units = if frame.kind == RelationKind::PartOf { nearest_only(scene, verb, units) } else { units };
            units.into_iter().map(|unit| (sentence, unit)).collect()
        }
        None => listed_below(scene, line, &frame.subject_kinds),
    };
    subjects.extend(likewise.into_iter().map(|unit| (line.sentence, unit)));
    let (Some(&(subject_line, _)), Some((object_line, objects))) = (subjects.first(), object) else { return };
    if frame.kind == RelationKind::Organizes && does_part_of_it(scene, line, verb) {
        return;
    }
    let denied = subject_line == line.sentence && is_none_of(scene, line, subjects[0].1);
    if denied {
        return;
    }
    if frame.kind == RelationKind::ParticipatesIn && subject_line == line.sentence {
        subjects.extend(delegates(scene, line, verb, &subjects).into_iter().map(|unit| (line.sentence, unit)));
    }
    let funds = frame.kind == RelationKind::Funds && subject_line == line.sentence;
    let gapped = if funds { ellipsis::gapped(scene, line, verb, &frame.subject_kinds) } else { Vec::new() };
    let parallel = ellipsis::parallel(scene, line, verb, frame, &subjects);
    let others = ellipsis::others(scene, line, verb, &frame.subject_kinds);
    let left_out = gapped.iter().copied().chain(parallel.iter().map(|p| p.0)).chain(others);
    subjects.extend(left_out.map(|unit| (line.sentence, unit)));
    subjects.dedup();
    let done_together =
        matches!(frame.kind, RelationKind::Implements | RelationKind::Organizes | RelationKind::Publishes);
    let beside = if done_together { beside(scene, line, verb, &subjects) } else { Vec::new() };
    let acting = matches!(frame.subject, Argument::Agent);
    together(scene, line, verb, acting, (&mut subjects, &beside), proposals);
    let here: Vec<usize> = subjects.iter().filter(|s| s.0 == line.sentence).map(|s| s.1).collect();
    for &(subject_line, s) in &subjects {
        let mut sentences = vec![subject_line, object_line, line.sentence];
        sentences.sort_unstable();
        sentences.dedup();
        let far = if sentences.len() > 1 { 0.15 } else { 0.0 };
        // «A pays for the print and B **for the translation**»
        let own = parallel.iter().find(|p| p.0 == s && subject_line == line.sentence).and_then(|p| p.1);
        let objects = own.map_or((object_line, objects.units.clone()), |unit| (line.sentence, vec![unit]));
        for &o in &objects.1 {
            let modality = frame.modality.unwrap_or(verb.modality);
            let mut qualifiers = Qualifiers { modality, ..Qualifiers::default() };
            scene.qualify(&mut qualifiers, frame.kind, line.sentence, verb.tokens.start);
            if frame.kind == RelationKind::Funds && subjects.len() > 1 && subject_line == line.sentence {
                own_amount(scene, line, verb, &here, s, &mut qualifiers);
            }
            // «…, le Danemark 4 millions»: the currency was said before.
            let left_out = gapped.contains(&s) && subject_line == line.sentence;
            if frame.needs_amount && qualifiers.amount.is_none() && !left_out {
                continue;
            }
            let (subject, object) = (scene.end(subject_line, s), scene.end(objects.0, o));
            let (Some(subject), Some(object)) = (subject, object) else { continue };
            if frame.crises && !scene.is_crisis(subject.0) {
                continue;
            }
            // «kept alive by **Dutch** money»
            let pays = scene.lines[subject_line].units[s].mention.is_some_and(|m| scene.layers.found[m].rule == PAYER);
            if pays && !matches!(frame.kind, RelationKind::Funds | RelationKind::Supports) {
                continue;
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

/// *the consul, Ana Sosa, and **Juan Silva, who** runs the office*: a post told by a relative clause is that of the name before it.
fn relative_only(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, units: Vec<usize>) -> Vec<usize> {
    const NEAR: usize = 3;
    let page = scene.page;
    let relative = |u: &usize| {
        line.units[*u].mention.is_none() && page.is(&page.pack.names.subject_relatives, line.units[*u].tokens.start)
    };
    let Some(pronoun) = (verb.units.start.saturating_sub(NEAR)..verb.units.start).rev().find(relative) else {
        return units;
    };
    // «A and Ana Sosa, the mayor of Lome, who spoke for …»: a list is seldom meant whole.
    let nearest = units.iter().copied().filter(|&u| u < pronoun).max();
    nearest.map_or(units, |unit| vec![unit])
}

/// *de A y de **B, adscrita** al Departamento*: a participle in the singular is said of the last of a list.
fn nearest_only(scene: &Scene<'_, '_>, verb: &VerbGroup, units: Vec<usize>) -> Vec<usize> {
    let page = scene.page;
    let singular = !page.pack.names.heads_last && !page.tokens.lower(verb.tokens.start).ends_with('s');
    let before = units.iter().copied().filter(|&u| u < verb.units.start).max();
    match before {
        Some(last) if singular && !verb.finite => vec![last],
        _ => units,
    }
}

/// *…, Awa Sow, ainsi que **des représentants du PAM** et du HCR*: bodies whose people go on the list.
fn delegates(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, subjects: &[Place]) -> Vec<usize> {
    let page = scene.page;
    let Some(last) = subjects.iter().map(|s| s.1).max() else { return Vec::new() };
    let body = [EntityKind::Organization, EntityKind::Country, EntityKind::Person];
    let sent = |unit: usize| {
        let start = line.units[unit].tokens.start;
        // «…, était présent, de même que la directrice, Sarah Martin»
        if line.kind(scene.layers, unit) == Some(EntityKind::Person) {
            let mut begin = crate::extract::names::role_before(page, start).unwrap_or(start);
            while begin > 0 && page.is_exactly(&page.pack.names.determiners, begin - 1) {
                begin -= 1;
            }
            let joint =
                (2..=3).any(|n| begin >= n && page.phrase(&page.pack.names.list_joints, begin - n, begin) == Some(n));
            return joint.then_some(unit);
        }
        let noun = (start.saturating_sub(4)..start).rev().find(|&t| page.is(&page.pack.names.delegates, t))?;
        let of = (noun + 1..start).any(|t| page.is_of(t));
        let mut joint = noun.checked_sub(1)?;
        while joint > 0 && page.is_exactly(&page.pack.names.determiners, joint) {
            joint -= 1;
        }
        // «et», «ainsi que»
        let joins = (1..=3)
            .any(|n| joint + 1 >= n && page.phrase(&page.pack.names.list_joints, joint + 1 - n, joint + 1) == Some(n));
        (of && (joins || page.is_raw(joint, ",") || page.is_raw(joint, ";"))).then_some(unit)
    };
    let bodies =
        (last + 1..line.units.len()).filter(|&u| line.kind(scene.layers, u).is_some_and(|k| body.contains(&k)));
    let Some(first) = bodies.filter_map(sent).next() else { return Vec::new() };
    let other =
        |v: &VerbGroup| v.finite && v.units.start != verb.units.start && v.units.start > last && v.units.start < first;
    let verb_between = line.verbs.iter().any(other);
    if verb_between { Vec::new() } else { line.list(scene.layers, first, &body) }
}

/// *A, B et C **font cause commune***: all of the list are partners of one another.
fn among_them(
    scene: &Scene<'_, '_>,
    line: &Line,
    frame: &Frame,
    verb: &VerbGroup,
    subject: Option<(usize, Filler)>,
    proposals: &mut Vec<Proposal>,
) {
    let Some((sentence, filler)) = subject else { return };
    let mut sentences = vec![sentence, line.sentence];
    sentences.dedup();
    for (n, &a) in filler.units.iter().enumerate() {
        for &b in &filler.units[n + 1..] {
            let (Some(subject), Some(object)) = (scene.end(sentence, a), scene.end(sentence, b)) else { continue };
            proposals.push(Proposal {
                kind: frame.kind,
                subject,
                object,
                trigger: Some(verb.tokens.clone()),
                sentences: sentences.clone(),
                qualifiers: Qualifiers { modality: verb.modality, ..Qualifiers::default() },
                confidence: frame.confidence,
                rule: frame.name.clone(),
            });
        }
    }
}

/// *en assure **le fonctionnement***: the verb has an object of its own, *en* only says of what.
fn does_part_of_it(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    let (page, names) = (scene.page, &scene.page.pack.names);
    let before = verb.units.start.saturating_sub(2)..verb.units.end;
    let of_it =
        before.filter(|&u| line.units[u].mention.is_none()).any(|u| page.is(&names.of_it, line.units[u].tokens.start));
    let article = line.units.get(verb.units.end).is_some_and(|u| page.is_exactly(&names.definite, u.tokens.start));
    let noun = line.units.get(verb.units.end + 1).is_some_and(|u| u.mention.is_none() && page.is_lower(u.tokens.start));
    of_it && article && noun
}

/// ***Neither** Oxfam nor CARE*, ***ni** Oxfam ni CARE*: the list is denied before its first name.
fn is_none_of(scene: &Scene<'_, '_>, line: &Line, unit: usize) -> bool {
    let page = scene.page;
    let from = page.sentence(line.units[unit].tokens.start).start;
    let mut at = line.units[unit].tokens.start;
    while at > from && page.is_exactly(&page.pack.names.definite, at - 1) {
        at -= 1;
    }
    at > from && page.is_exactly(&page.pack.verbs.none_of, at - 1)
}

/// Who acts with the subjects acts as they do; all who act jointly are partners.
fn together(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    acting: bool,
    (subjects, beside): (&mut Vec<Place>, &[usize]),
    proposals: &mut Vec<Proposal>,
) {
    let beside: Vec<Place> = beside.iter().map(|&unit| (line.sentence, unit)).collect();
    let mut pairs: Vec<(Place, Place)> = subjects.iter().flat_map(|&a| beside.iter().map(move |&b| (a, b))).collect();
    // «brings together A and B»: what is done to them jointly makes them no partners.
    if (acting || scene.page.pack.verbs.joint.has(verb.verb)) && jointly(scene, line, verb, subjects) {
        let all = subjects.iter().enumerate().flat_map(|(n, &a)| subjects[n + 1..].iter().map(move |&b| (a, b)));
        pairs.extend(all);
    }
    partners(scene, line, &pairs, verb, proposals);
    subjects.extend(beside);
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

impl Scene<'_, '_> {
    /// A unit of a sentence as an end of a relation.
    pub(super) fn end(&self, sentence: usize, unit: usize) -> Option<(usize, std::ops::Range<usize>)> {
        let mention = self.lines[sentence].units[unit].mention?;
        Some((self.thing(mention)?, self.layers.found[mention].range.clone()))
    }
}
