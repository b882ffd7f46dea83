//! The best sequence of labels for a window of tokens, and by how much each name wins.
//!
//! rows of *le ministre Ayrault parle* → outside, outside, only person, outside; margin 6.2
//!
//! Exact (Viterbi, forward and backward): windows are short, and the margin needs both ways. Must not know texts.

use std::ops::Range;

use super::feature::Rows;
use super::label::{LABELS, OUTSIDE, STRIDE, may_begin, may_end, read_names};
use super::weights::Weights;
use crate::model::EntityKind;

/// A number for each label, filled up to [`STRIDE`] so that all are worked on at once.
type Scores = [i32; STRIDE];

/// Below every score that can be reached, with room for sums.
const NEVER: i32 = i32::MIN / 4;

/// The names in a window: range from its first token, kind, and margin as a logarithm of odds.
pub(super) fn decode(weights: &Weights, rows: impl Iterator<Item = Rows>) -> Vec<(Range<usize>, EntityKind, f32)> {
    let scores: Vec<Scores> = rows.map(|rows| score(weights, &rows)).collect();
    let (forward, labels) = best(weights, &scores);
    if labels.iter().all(|&label| label == OUTSIDE) {
        return Vec::new();
    }
    let backward = backward(weights, &scores);
    let margin = |at: usize| {
        let through = |label: usize| forward[at][label].saturating_add(backward[at][label]);
        let chosen = usize::from(labels[at]);
        let others = (0..LABELS).filter(|&label| label != chosen).map(through).max();
        through(chosen).saturating_sub(others.unwrap_or(NEVER))
    };
    let names = read_names(&labels).into_iter();
    names
        .map(|(range, kind)| {
            let least = range.clone().map(margin).min().unwrap_or(0);
            (range, kind, least as f32 * weights.scale)
        })
        .collect()
}

/// Adds up the rows of a token. Sums of [`super::feature::TEMPLATES`] numbers of 8 bits fit into 16.
fn score(weights: &Weights, rows: &Rows) -> Scores {
    let mut sums = [0i16; STRIDE];
    for row in rows.iter().filter_map(|&row| weights.rows.get(row as usize)) {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
    }
    sums.map(i32::from)
}

/// The best score of each label at each token given what stands before it, and the best labels of all.
fn best(weights: &Weights, scores: &[Scores]) -> (Vec<Scores>, Vec<u8>) {
    let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
    let mut origins: Vec<[u8; STRIDE]> = Vec::with_capacity(scores.len());
    for score in scores {
        let (mut here, origin) = match forward.last() {
            None => (first(weights), [OUTSIDE; STRIDE]),
            Some(before) => step(before, &weights.steps),
        };
        here.iter_mut().zip(score).for_each(|(sum, score)| *sum += score);
        forward.push(here);
        origins.push(origin);
    }
    let Some(last) = forward.last() else { return (forward, Vec::new()) };
    let end = |best: (u8, i32), label: u8| {
        let sum = last[usize::from(label)] + pair(weights, label, OUTSIDE);
        if sum > best.1 { (label, sum) } else { best }
    };
    let (mut label, _) = (0..LABELS as u8).filter(|&label| may_end(label)).fold((OUTSIDE, NEVER), end);
    let mut labels = vec![OUTSIDE; scores.len()];
    for (slot, origin) in labels.iter_mut().zip(&origins).rev() {
        *slot = label;
        label = origin[usize::from(label)];
    }
    (forward, labels)
}

/// What each label costs at the beginning.
fn first(weights: &Weights) -> Scores {
    let mut first = [NEVER; STRIDE];
    for label in (0..LABELS as u8).filter(|&label| may_begin(label)) {
        first[usize::from(label)] = pair(weights, OUTSIDE, label);
    }
    first
}

/// The best score of each label after those before it, and the first label that it came from. `steps` has for each label before the
/// weights of the labels after it.
fn step(before: &Scores, steps: &[Scores; LABELS]) -> (Scores, [u8; STRIDE]) {
    let (mut here, mut origin) = ([NEVER; STRIDE], [i32::from(OUTSIDE); STRIDE]);
    for ((from, sum), weights) in (0..).zip(before).zip(steps) {
        for ((best, origin), weight) in here.iter_mut().zip(&mut origin).zip(weights) {
            let sum = sum + weight;
            *origin = if sum > *best { from } else { *origin };
            *best = sum.max(*best);
        }
    }
    (here, origin.map(|label| label as u8))
}

/// The best score of what stands after each token given its label.
fn backward(weights: &Weights, scores: &[Scores]) -> Vec<Scores> {
    let mut all = vec![[NEVER; STRIDE]; scores.len()];
    let Some(last) = all.last_mut() else { return all };
    for label in (0..LABELS as u8).filter(|&label| may_end(label)) {
        last[usize::from(label)] = pair(weights, label, OUTSIDE);
    }
    for at in (1..scores.len()).rev() {
        let mut after = all[at];
        after.iter_mut().zip(&scores[at]).for_each(|(sum, score)| *sum += score);
        all[at - 1] = step(&after, &weights.steps_back).0;
    }
    all
}

fn pair(weights: &Weights, before: u8, after: u8) -> i32 {
    i32::from(weights.pairs[usize::from(before)][usize::from(after)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::feature::TEMPLATES;
    use crate::tagger::window::CommonWords;

    /// Every template of a token has the same row, so a token is one number here.
    fn check(tokens: &[u32], expected: &[(Range<usize>, EntityKind)]) {
        let mut rows = vec![[0.0; STRIDE]; 256];
        rows[1][1] = 1.0; // begins a person
        rows[2][3] = 1.0; // ends a person
        rows[3][12] = 0.5; // a place alone
        let weights = Weights::round(&rows, &[[0.0; LABELS]; LABELS], CommonWords::new());
        let names = decode(&weights, tokens.iter().map(|&token| [token; TEMPLATES]));
        assert!(names.iter().all(|(_, _, margin)| *margin > 0.0), "{names:?}");
        let names: Vec<_> = names.into_iter().map(|(range, kind, _)| (range, kind)).collect();
        assert_eq!(names, expected, "{tokens:?}");
    }

    #[test]
    fn names_are_closed_where_they_end() {
        check(&[], &[]);
        check(&[0, 0], &[]);
        check(&[0, 1, 2, 0, 3], &[(1..3, EntityKind::Person), (4..5, EntityKind::Place)]);
        check(&[3, 3], &[(0..1, EntityKind::Place), (1..2, EntityKind::Place)]);
    }
}
