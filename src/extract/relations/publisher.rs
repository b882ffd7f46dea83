//! Who speaks in a text that says *we* and *our*: the body that sends it out.
//!
//! *Newsletter of the **Small Ports Alliance** … **Our** assembly meets in Vigo* → ORGANIZES(Alliance, assembly)
//!
//! It is named in the masthead or in the signature. Near miss: *“**We** are proud,” said …* (somebody quoted).

use super::Scene;
use super::companions::Place;
use super::line::Line;
use super::verb_group::VerbGroup;
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
    let masthead = lines.iter().take(HEAD).filter(verbless).find_map(|line| {
        let told = line.words_of(page, &names.mastheads).next().is_some();
        told.then(|| only(line)).flatten()
    });
    let signature =
        || lines.iter().rev().take(FOOT).filter(verbless).filter(|l| l.units.len() <= SIGNATURE).find_map(only);
    masthead.or_else(signature)
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
