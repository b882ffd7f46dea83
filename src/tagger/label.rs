//! The labels of tokens: outside, or begin, inside, last or only token of a name of one kind.
//!
//! `Emmanuel Macron en Guinée` → begin person, last person, outside, only place
//!
//! Invariants: [`OUTSIDE`] is 0; a sequence starts with and ends in a label that leaves no name open. Must not know features.

use std::ops::Range;

use crate::model::EntityKind;

/// Number of labels.
pub(super) const LABELS: usize = 13;

/// Numbers a row of weights holds: the labels, filled up to a power of two.
pub(super) const STRIDE: usize = 16;

/// The label of a token that belongs to no name.
pub(super) const OUTSIDE: u8 = 0;

/// The kinds of names, in the order of their labels.
pub(super) const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

const BEGIN: u8 = 1;
const INSIDE: u8 = 2;
const LAST: u8 = 3;
const ONLY: u8 = 4;

/// Labels after which no name is open.
const CLOSED: &[u8] = &[0, 3, 4, 7, 8, 11, 12];

/// For each label, the labels that may stand before it.
pub(super) const PREDECESSORS: [&[u8]; LABELS] =
    [CLOSED, CLOSED, &[1, 2], &[1, 2], CLOSED, CLOSED, &[5, 6], &[5, 6], CLOSED, CLOSED, &[9, 10], &[9, 10], CLOSED];

/// For each label, the labels that may stand after it.
pub(super) const SUCCESSORS: [&[u8]; LABELS] = [
    OPENING,
    &[2, 3],
    &[2, 3],
    OPENING,
    OPENING,
    &[6, 7],
    &[6, 7],
    OPENING,
    OPENING,
    &[10, 11],
    &[10, 11],
    OPENING,
    OPENING,
];

/// Labels that need no open name before them.
const OPENING: &[u8] = &[0, 1, 4, 5, 8, 9, 12];

/// Whether a sequence may begin with the label.
pub(super) fn may_begin(label: u8) -> bool {
    OPENING.contains(&label)
}

/// Whether a sequence may end with the label.
pub(super) fn may_end(label: u8) -> bool {
    CLOSED.contains(&label)
}

/// Writes the labels of one name over a token range; `kind` is an index into [`KINDS`].
pub(super) fn write_name(labels: &mut [u8], range: &Range<usize>, kind: u8) {
    let Some(inside) = labels.get_mut(range.clone()) else { return };
    let base = 4 * kind;
    match inside {
        [] => {}
        [only] => *only = base + ONLY,
        [first, middle @ .., last] => {
            *first = base + BEGIN;
            middle.fill(base + INSIDE);
            *last = base + LAST;
        }
    }
}

/// The names a well-formed sequence of labels holds: range and kind.
pub(super) fn read_names(labels: &[u8]) -> Vec<(Range<usize>, EntityKind)> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate().filter(|(_, label)| **label != OUTSIDE) {
        let (kind, part) = ((label - 1) / 4, (label - 1) % 4 + 1);
        if part == BEGIN || part == ONLY {
            start = at;
        }
        if let Some(&kind) = KINDS.get(usize::from(kind)).filter(|_| part == LAST || part == ONLY) {
            names.push((start..at + 1, kind));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_being_written_as_labels() {
        let mut labels = vec![OUTSIDE; 7];
        let names = [(0..2, EntityKind::Person), (3..4, EntityKind::Place), (4..7, EntityKind::Organization)];
        for (range, kind) in &names {
            let kind = KINDS.iter().position(|k| k == kind).expect("a kind with labels");
            write_name(&mut labels, range, kind as u8);
        }
        assert_eq!(labels, [1, 3, 0, 12, 5, 6, 7]);
        assert_eq!(read_names(&labels), names);
    }

    #[test]
    fn predecessors_and_successors_say_the_same() {
        for (before, successors) in (0u8..).zip(SUCCESSORS) {
            for (after, predecessors) in (0u8..).zip(PREDECESSORS) {
                assert_eq!(successors.contains(&after), predecessors.contains(&before), "{before} → {after}");
            }
        }
    }
}
