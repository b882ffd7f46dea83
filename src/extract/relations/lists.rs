//! Which mentions of a sentence form one list.
//!
//! *financé par la **Suède**, la **Suisse** et l'**Union européenne** au **Mali** et au **Niger*** → two lists: who pays, and where
//!
//! Members of a list stand under one preposition, or repeat it (*par A et par B*). A phrase that opens a sentence is closed by a
//! comma: *Au **Mali**, le **HCR** et l'**OIM** …* is a place and then a list of two.

use super::line::{Line, Unit};
use crate::extract::found::Layers;
use crate::extract::language::Tense;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// What governs a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Government {
    /// No preposition.
    Bare,
    /// *de*
    Of,
    /// *par*
    Agent,
    /// *à*, *en*, *dans*
    Place,
    /// Any other preposition.
    Other,
}

/// Gives mentions of one list the same number.
pub(super) fn number(page: &Page<'_>, layers: &Layers, line: &mut Line) {
    // A complement («le Bureau **du Département**») goes with its head: what follows may go on either list.
    let mut last: Option<(usize, Option<usize>)> = None;
    for index in 0..line.units.len() {
        let Some(mention) = line.units[index].mention else { continue };
        let kind = layers.found[mention].kind;
        line.units[index].list = index + 1;
        let Some((head, complement)) = last else {
            last = Some((index, None));
            continue;
        };
        let nearest = complement.unwrap_or(head);
        let (from, to) = (line.units[nearest].tokens.end, line.units[index].tokens.start);
        let joins = |left: usize| {
            let kinds = line.kind(layers, left).is_some_and(|left| may_share(left, kind));
            let shared = layers.found[mention].rule == "organization/shared-head";
            kinds
                && joint(page, from, to, places(line.kind(layers, left), kind))
                && !new_clause(page, line, from, to)
                && (shared || agrees(page, &line.units, left, from, to))
        };
        let of = (from..to).any(|t| page.is_of(t));
        let joined_to =
            if complement.is_some() && !of && joins(head) { Some(head) } else { joins(nearest).then_some(nearest) };
        if let Some(unit) = joined_to {
            line.units[index].list = line.units[unit].list;
        }
        let bound = from < to && (from..to).all(|t| page.is_of(t) || page.is_exactly(&page.pack.names.determiners, t));
        last = if bound && joined_to.is_none() { Some((head, Some(index))) } else { Some((index, None)) };
    }
    repeat_agents(page, layers, line);
    close_opening_phrase(page, layers, line);
    join_people(page, layers, line);
}

fn places(left: Option<EntityKind>, right: EntityKind) -> bool {
    let place = |kind| matches!(kind, EntityKind::Place | EntityKind::Country);
    left.is_some_and(place) && place(right)
}

/// Whether things of these kinds may stand in one list.
fn may_share(a: EntityKind, b: EntityKind) -> bool {
    let body = |kind| matches!(kind, EntityKind::Organization | EntityKind::Country);
    a == b || places(Some(a), b) || body(a) && body(b)
}

/// Whether only list joints and modest words stand between two mentions.
fn joint(page: &Page<'_>, from: usize, end: usize, places: bool) -> bool {
    let names = &page.pack.names;
    let mut joint = false;
    let mut at = from;
    while at < end {
        if let Some(length) = page.phrase(&names.list_joints, at, end) {
            joint = true;
            at += length;
            continue;
        }
        if let Some(past) = past_amount(page, at, end) {
            at = past;
            continue;
        }
        let comma = page.is_raw(at, ",") || page.is_raw(at, ";");
        let bracket = places && (page.is_raw(at, "(") || page.is_raw(at, ")"));
        joint |= comma || bracket;
        let small = page.is_exactly(&names.determiners, at)
            || government_of(page, at) != Government::Bare
            || page.is(&names.place_heads, at)
            || page.is(&page.pack.verbs.adverbs, at)
            || page.is(&names.titles, at)
            || page.is_raw(at, ".");
        if !(comma || bracket || small) {
            return false;
        }
        at += 1;
    }
    joint
}

/// *la Suisse**, pour 1,1 million de francs**, et la Norvège*, *la Suède **(2 millions)** et …*: where what tells the amount ends.
fn past_amount(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 9;
    let bracket = page.is_raw(at, "(");
    let apposed = page.is_raw(at, ",") && page.is(&page.pack.relations.amount_prepositions, at + 1);
    let close = if bracket { ")" } else { "," };
    let last =
        (bracket || apposed).then(|| (at + 1..end.min(at + LONGEST)).find(|&t| page.is_raw(t, close))).flatten()?;
    let number = (at + 1..last).any(|t| page.tokens.tokens[t].kind == crate::text::TokenKind::Number);
    number.then_some(if bracket { last + 1 } else { last })
}

/// Whether a semicolon opens a clause with a verb of its own: *financé par A ; **B** fournit l'argent*.
fn new_clause(page: &Page<'_>, line: &Line, from: usize, to: usize) -> bool {
    let Some(mark) = (from..to).find(|&t| page.is_raw(t, ";")) else { return false };
    let end = line.units.last().map_or(to, |u| u.tokens.end);
    let next = (to..end).find(|&t| page.is_raw(t, ";")).unwrap_or(end);
    let verb = |v: &super::verb_group::VerbGroup| {
        v.finite && v.tense != Tense::Infinitive && (mark..next).contains(&v.tokens.start)
    };
    // «…, auquel appartiennent A et B ; **C** en est l'organisatrice»
    line.verbs.iter().any(verb) || (to..next).any(|t| page.is_exactly(&page.pack.verbs.be, t))
}

fn government_of(page: &Page<'_>, at: usize) -> Government {
    let relations = &page.pack.relations;
    if page.is_of(at) {
        Government::Of
    } else if page.is(&relations.agent_prepositions, at) {
        Government::Agent
    } else if page.is(&relations.place_prepositions, at) {
        Government::Place
    } else if page.is(&relations.oblique, at) {
        Government::Other
    } else {
        Government::Bare
    }
}

/// The last preposition between the mention before (or the head of the sentence) and a unit.
fn government(page: &Page<'_>, units: &[Unit], index: usize) -> Government {
    for unit in units[..index].iter().rev() {
        let mark = page.is_raw(unit.tokens.start, ",") || page.is_raw(unit.tokens.start, ":");
        if unit.mention.is_some() || mark || page.is_and(unit.tokens.start) {
            break;
        }
        let found = government_of(page, unit.tokens.start);
        if found != Government::Bare {
            return found;
        }
    }
    Government::Bare
}

/// Whether what stands before the right mention is the preposition of the left one, or none.
fn agrees(page: &Page<'_>, units: &[Unit], left: usize, from: usize, to: usize) -> bool {
    let from = past_amount(page, from, to).unwrap_or(from);
    let own = (from..to).rev().map(|t| government_of(page, t)).find(|g| *g != Government::Bare);
    let Some(own) = own else { return true };
    // The list's first member carries the preposition that later ones may leave out.
    let list = units[left].list;
    const FURTHEST: usize = 120;
    let members =
        (left.saturating_sub(FURTHEST)..=left).filter(|&i| units[i].mention.is_some() && units[i].list == list);
    members.map(|i| government(page, units, i)).any(|theirs| theirs == own)
}

/// *financé **par** l'Union européenne, qui y consacre 18 millions, et **par** la Suisse*: a repeated *par* takes the list up again.
fn repeat_agents(page: &Page<'_>, layers: &Layers, line: &mut Line) {
    let agents: Vec<usize> = (0..line.units.len())
        .filter(|&i| line.units[i].mention.is_some() && government(page, &line.units, i) == Government::Agent)
        .collect();
    for pair in agents.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        let kinds = line.kind(layers, left).zip(line.kind(layers, right));
        let preposition =
            (0..right).rev().find(|&i| government_of(page, line.units[i].tokens.start) == Government::Agent);
        let again = preposition.is_some_and(|i| i > left + 1 && page.is_and(line.units[i - 1].tokens.start));
        if again && kinds.is_some_and(|(a, b)| may_share(a, b)) {
            let (old, new) = (line.units[right].list, line.units[left].list);
            line.units.iter_mut().filter(|u| u.mention.is_some() && u.list == old).for_each(|u| u.list = new);
        }
    }
}

/// *Au Mali, le HCR et l'OIM …*, *Avec l'appui de A, B et C, D organise …*: the list ends where the opening phrase does.
fn close_opening_phrase(page: &Page<'_>, layers: &Layers, line: &mut Line) {
    let Some(first) = (0..line.units.len()).find(|&i| line.units[i].mention.is_some()) else { return };
    let governs = |i: usize| government_of(page, line.units[i].tokens.start) != Government::Bare;
    // «Diplomats from Norway, Sweden and Italy …» is who acts.
    let sent = |i: usize| i > 0 && page.is(&page.pack.names.delegates, line.units[i - 1].tokens.start);
    let opens = (0..first).any(governs) && !(0..first).find(|&i| governs(i)).is_some_and(sent);
    let verb = line.verbs.iter().any(|v| v.units.start < first && v.finite && v.tense != Tense::Infinitive);
    // «Zones d'intervention : Irbid, Mafraq»: a label is no opening phrase.
    let label = first > 0 && page.is_raw(line.units[first - 1].tokens.start, ":");
    if !opens || verb || label {
        return;
    }
    let place = government(page, &line.units, first) == Government::Place;
    let list = line.units[first].list;
    let members: Vec<usize> =
        (first..line.units.len()).filter(|&i| line.units[i].mention.is_some() && line.units[i].list == list).collect();
    let between = |n: usize| line.units[members[n - 1]].tokens.end..line.units[members[n]].tokens.start;
    let and = |n: usize| between(n).any(|t| page.is_and(t));
    let bare = |n: usize| between(n).all(|t| government_of(page, t) == Government::Bare);
    let body_after_place = |n: usize| place && line.kind(layers, members[n]) == Some(EntityKind::Organization);
    let after_and =
        (1..members.len()).find(|&n| and(n)).and_then(|n| (n + 1 < members.len() && !and(n + 1)).then_some(n + 1));
    let closed = members.last().is_some_and(|&m| page.is_raw(line.units[m].tokens.end, ","));
    let first_bare = (1..members.len()).find(|&n| bare(n) && !and(n) && !closed);
    let cut = (1..members.len()).find(|&n| body_after_place(n)).or(after_and).or(first_bare);
    let Some(cut) = cut else { return };
    let number = members[cut] + 1;
    for &member in &members[cut..] {
        line.units[member].list = number;
    }
}

/// *X, responsable de …, et par Y, coordinatrice …*: people with their posts between them.
fn join_people(page: &Page<'_>, layers: &Layers, line: &mut Line) {
    const FURTHEST: usize = 30;
    let people: Vec<usize> =
        (0..line.units.len()).filter(|&i| line.kind(layers, i) == Some(EntityKind::Person)).collect();
    for pair in people.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        let between = line.units[left].tokens.end..line.units[right].tokens.start;
        let opens = page.is_raw(between.start, ",") || page.is_and(between.start) || page.is_raw(between.start, ";");
        let and = between.clone().any(|t| page.is_and(t) || page.is_raw(t, ";"));
        let verb = line.verbs.iter().any(|v| v.tense != Tense::Participle && between.contains(&v.tokens.start));
        let stop = between.clone().any(|t| matches!(page.tokens.raw(t), "»" | "«"));
        // «le préfet, A, l'ambassadrice, B, et le maire, C»: a post between two commas carries the list on.
        let post = page.is_raw(between.start, ",") && between.clone().any(|t| page.is(&page.pack.names.roles, t));
        if opens && (and || post) && !verb && !stop && between.len() <= FURTHEST {
            line.units[right].list = line.units[left].list;
        }
    }
}
