//! The best sequence of labels for a window of tokens, and by how much each name wins.
//!
//! rows of *le ministre Ayrault parle* → outside, outside, only person, outside; margin 6.2
//!
//! Exact (Viterbi, forward and backward): windows are short, and the margin needs both ways. Must not know texts.

use std::ops::Range;

use super::feature::Rows;
use super::label::{LABELS, OUTSIDE, PREDECESSORS, STRIDE, SUCCESSORS, may_begin, may_end, read_names};
use super::weights::Weights;
use crate::model::EntityKind;

type Scores = [i32; LABELS];

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
    let mut scores = [0; LABELS];
    scores.iter_mut().zip(sums).for_each(|(score, sum)| *score = i32::from(sum));
    scores
}

/// The best score of each label at each token given what stands before it, and the best labels of all.
fn best(weights: &Weights, scores: &[Scores]) -> (Vec<Scores>, Vec<u8>) {
    let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
    let mut origins: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for (at, score) in scores.iter().enumerate() {
        let mut here = [NEVER; LABELS];
        let mut origin = [OUTSIDE; LABELS];
        for label in 0..LABELS {
            let (from, sum) = match at.checked_sub(1).map(|before| &forward[before]) {
                None if may_begin(label as u8) => (OUTSIDE, pair(weights, OUTSIDE, label as u8)),
                None => continue,
                Some(before) => {
                    best_of(PREDECESSORS[label], |b| before[usize::from(b)] + pair(weights, b, label as u8))
                }
            };
            here[label] = sum + score[label];
            origin[label] = from;
        }
        forward.push(here);
        origins.push(origin);
    }
    let Some(last) = forward.last() else { return (forward, Vec::new()) };
    let ends: Vec<u8> = (0..LABELS as u8).filter(|&label| may_end(label)).collect();
    let (mut label, _) = best_of(&ends, |l| last[usize::from(l)] + pair(weights, l, OUTSIDE));
    let mut labels = vec![OUTSIDE; scores.len()];
    for (slot, origin) in labels.iter_mut().zip(&origins).rev() {
        *slot = label;
        label = origin[usize::from(label)];
    }
    (forward, labels)
}

/// The best score of what stands after each token given its label.
fn backward(weights: &Weights, scores: &[Scores]) -> Vec<Scores> {
    let mut all = vec![[NEVER; LABELS]; scores.len()];
    for at in (0..scores.len()).rev() {
        for label in 0..LABELS as u8 {
            all[at][usize::from(label)] = match scores.get(at + 1) {
                None if may_end(label) => pair(weights, label, OUTSIDE),
                None => NEVER,
                Some(score) => {
                    let after = &all[at + 1];
                    let sum = |a: u8| after[usize::from(a)] + score[usize::from(a)] + pair(weights, label, a);
                    best_of(SUCCESSORS[usize::from(label)], sum).1.max(NEVER)
                }
            };
        }
    }
    all
}

/// The first label with the highest sum.
fn best_of(labels: &[u8], sum: impl Fn(u8) -> i32) -> (u8, i32) {
    labels.iter().fold((OUTSIDE, NEVER), |best, &label| {
        let sum = sum(label);
        if sum > best.1 { (label, sum) } else { best }
    })
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
