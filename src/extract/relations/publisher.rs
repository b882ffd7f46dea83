//! Who speaks in a text that says *we* and *our*: the body that sends it out, or whose people are quoted.
//!
//! *Newsletter of the **Small Ports Alliance** … **Our** assembly meets in Vigo* → ORGANIZES(Alliance, assembly) ·
//! *“**We** fund the scheme,” said Awa Sow, director of **Oxfam*** → FUNDS(Oxfam, scheme)
//!
//! Who sends it out is named in the masthead, in the signature or with the person with whom the text begins. Near miss: *“**We** are proud,” said a villager*
//! (somebody whose body is not told).

use super::companions::Place;
use super::line::Line;
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::found::Layers;
use crate::extract::language::Voice;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// The unit that names the publisher, with the number of its sentence.
pub(super) fn of(page: &Page<'_>, layers: &Layers, lines: &[Line]) -> Option<Place> {
    const HEAD: usize = 4;
    const FOOT: usize = 4;
    const SIGNATURE: usize = 12;
    let names = &page.pack.names;
    if names.our.is_empty() {
        return None;
    }
    let bodies = |line: &Line| -> Vec<usize> {
        (0..line.units.len()).filter(|&u| line.kind(layers, u) == Some(EntityKind::Organization)).collect()
    };
    let verbless = |line: &&Line| !line.verbs.iter().any(|v| v.finite);
    let only = |line: &Line| match bodies(line).as_slice() {
        [body] => Some((line.sentence, *body)),
        _ => None,
    };
    // «– Les pourparlers engagés avec Oxfam»: whose name a preposition leads to does not sign.
    let signs = |line: &Line| only(line).filter(|&(_, body)| !line.is_oblique(page, body));
    let masthead = lines.iter().take(HEAD).filter(verbless).find_map(|line| {
        let told = line.words_of(page, &names.mastheads).next().is_some();
        told.then(|| only(line)).flatten()
    });
    let signature =
        || lines.iter().rev().take(FOOT).filter(verbless).filter(|l| l.units.len() <= SIGNATURE).find_map(signs);
    masthead.or_else(signature)
}

/// *Samuel Bekele is the director of **Hope Clinics** … We have worked in Afar*: for whom the person works with whom the text begins.
pub(super) fn introduced(scene: &Scene<'_, '_>) -> Option<Place> {
    const HEAD: usize = 4;
    if scene.page.pack.names.our.is_empty() {
        return None;
    }
    let head = scene.lines.iter().take(HEAD);
    let mut people =
        head.flat_map(|line| line.units.iter().filter_map(|unit| unit.mention.and_then(|m| scene.thing(m))));
    people.find_map(|thing| scene.employers.iter().find(|(person, _)| *person == thing).map(|(_, body)| *body))
}

/// Whom people work for, as the posts say that were found.
pub(super) fn employers(scene: &Scene<'_, '_>, posts: &[Proposal]) -> Vec<(usize, Place)> {
    let place = |token: usize| {
        let sentence = scene.page.sentence_number(token);
        (sentence, scene.lines[sentence].unit_at(token))
    };
    let body = |post: &&Proposal| scene.kind(post.object.0) == EntityKind::Organization;
    posts.iter().filter(body).map(|post| (post.subject.0, place(post.object.1.start))).collect()
}

/// Who *we* are at a token: in a quotation those for whom the speaker works, else who sends the text out.
pub(super) fn who_speaks(scene: &Scene<'_, '_>, at: usize) -> Option<Place> {
    const NEAR: usize = 2;
    if !is_quoted(scene, at) {
        return scene.publisher;
    }
    let page = scene.page;
    let sentences = &page.tokens.sentences;
    let here = page.sentence_number(at);
    let same = |s: &usize| sentences.get(*s).is_some_and(|sentence| sentence.paragraph == sentences[here].paragraph);
    // The speaker is named behind the quotation, or in the sentence before.
    let around = [Some(here), Some(here + 1), here.checked_sub(1), Some(here + 2)].into_iter().flatten().filter(same);
    let speaker = |sentence: usize| {
        let line = &scene.lines[sentence];
        let says = |unit: usize| line.units[unit].mention.is_none() && page.speaks(line.units[unit].tokens.start);
        let near = |unit: &usize| (unit.saturating_sub(NEAR)..(unit + NEAR + 1).min(line.units.len())).any(says);
        let people = (0..line.units.len()).filter(|&u| line.kind(scene.layers, u) == Some(EntityKind::Person));
        people.filter(near).find_map(|u| line.units[u].mention.and_then(|m| scene.thing(m)))
    };
    let speaker = around.into_iter().find_map(speaker)?;
    scene.employers.iter().find(|(person, _)| *person == speaker).map(|(_, body)| *body)
}

/// ***We** also fund the scheme*, ***Firmamos** un convenio*: whether who speaks is the subject of the verb.
pub(super) fn speaks(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    const ADVERBS: usize = 2;
    let page = scene.page;
    let names = &page.pack.names;
    if names.our.is_empty() || verb.voice != Voice::Active || !verb.finite {
        return false;
    }
    let start = verb.units.start;
    let word = |i: usize| line.units[i].mention.is_none().then(|| line.units[i].tokens.start);
    let we = (1..=ADVERBS + 1)
        .map_while(|back| start.checked_sub(back).and_then(word))
        .find(|&at| !page.is_exactly(&page.pack.verbs.adverbs, at))
        .is_some_and(|at| page.is_exactly(&names.we, at));
    we || by_ending(page, verb)
}

/// Whether the form of the verb says *we*.
pub(super) fn by_ending(page: &Page<'_>, verb: &VerbGroup) -> bool {
    let names = &page.pack.names;
    let we = |at: usize| {
        let ends = names.we_endings.iter().any(|ending| page.tokens.lower(at).ends_with(ending.as_str()));
        let verbs = &page.pack.verbs;
        let auxiliary = || [&verbs.have, &verbs.have_future, &verbs.be].iter().any(|list| page.is_exactly(list, at));
        ends && (auxiliary() || !page.verb_forms(at).is_empty())
    };
    !names.we_endings.is_empty() && verb.finite && verb.tokens.clone().any(we)
}

/// Whether a token stands within a quotation of its paragraph.
pub(super) fn is_quoted(scene: &Scene<'_, '_>, at: usize) -> bool {
    let page = scene.page;
    let sentences = &page.tokens.sentences;
    let here = page.sentence_number(at);
    let first = (0..=here).rev().take_while(|&s| sentences[s].paragraph == sentences[here].paragraph).last();
    let from = sentences[first.unwrap_or(here)].tokens.start;
    let mut open = false;
    for t in from..at {
        match page.tokens.raw(t) {
            "«" | "“" => open = true,
            "»" | "”" => open = false,
            "\"" => open = !open,
            "—" if t == from => return true,
            _ => {}
        }
    }
    open
}
