//! Right, too many, missed: counts by kind and the three numbers made of them.
//!
//! 3 found, 1 too many, 2 missed → precision 0.750, recall 0.600, F1 0.667
//!
//! Must not know what is counted.

use std::collections::BTreeMap;

use serde::Serialize;

/// How often something was found, wrongly claimed, and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Predicted and in the gold.
    #[serde(rename = "tp")]
    pub found: usize,
    /// Predicted, but not in the gold.
    #[serde(rename = "fp")]
    pub spurious: usize,
    /// In the gold, but not predicted.
    #[serde(rename = "fn")]
    pub missed: usize,
}

/// A count with its precision, recall and F1, each between 0 and 1; 0 where nothing could be right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// What part of the predictions is right.
    pub precision: f64,
    /// What part of the gold was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// What they are made of.
    #[serde(flatten)]
    pub count: Count,
}

impl Count {
    /// Precision, recall and F1.
    pub fn scores(self) -> Scores {
        let precision = part(self.found, self.found + self.spurious);
        let recall = part(self.found, self.found + self.missed);
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Scores { precision, recall, f1, count: self }
    }

    /// Adds another count.
    pub fn merge(&mut self, other: Self) {
        self.found += other.found;
        self.spurious += other.spurious;
        self.missed += other.missed;
    }
}

fn part(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

/// Counts by kind; a kind without a count was never seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally<K> {
    counts: BTreeMap<K, Count>,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self { counts: BTreeMap::new() }
    }
}

impl<K: Copy + Ord> Tally<K> {
    pub(super) fn of(&mut self, kind: K) -> &mut Count {
        self.counts.entry(kind).or_default()
    }

    /// The counts of all kinds together (micro-average).
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.counts.values().for_each(|count| total.merge(*count));
        total
    }

    /// Every kind that was seen, in the order of kinds.
    pub fn by_kind(&self) -> impl Iterator<Item = (K, Count)> {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// Adds the counts of another tally.
    pub fn merge(&mut self, other: &Self) {
        other.by_kind().for_each(|(kind, count)| self.of(kind).merge(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_made_of_counts() {
        let scores = Count { found: 3, spurious: 1, missed: 2 }.scores();
        assert_eq!((scores.precision, scores.recall), (0.75, 0.6));
        assert!((scores.f1 - 2.0 / 3.0).abs() < 1e-12);
        let nothing = Count::default().scores();
        assert_eq!((nothing.precision, nothing.recall, nothing.f1), (0.0, 0.0, 0.0));
    }
}
