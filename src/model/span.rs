//! Half-open byte ranges in a document's text, and their translation into code points at the border.
//!
//! `Span::new(0, 3).of("OIM au Tchad")` → `"OIM"`

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a document's text. Always on character boundaries, `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` (inclusive) to `end` (exclusive).
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text under the span; empty when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span (equal spans contain each other).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Translates byte offsets of one text into code points, for output (records count code points).
///
/// Built once per text in O(n); a look-up is O(log n) over the non-ASCII characters only.
#[derive(Debug, Serialize, Deserialize)]
pub struct CodePoints {
    /// For each multi-byte character: (byte offset after it, bytes beyond one per character so far).
    surplus: Vec<(usize, usize)>,
}

impl CodePoints {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let mut total = 0;
        let mut surplus = Vec::new();
        // The first byte of a character of several tells how many they are.
        for (at, first) in text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xc0) {
            let beyond = usize::from(first >= 0xe0) + usize::from(first >= 0xf0) + 1;
            total += beyond;
            surplus.push((at + 1 + beyond, total));
        }
        Self { surplus }
    }

    /// The number of code points before byte `offset`.
    pub fn at(&self, offset: usize) -> usize {
        let seen = self.surplus.partition_point(|&(after, _)| after <= offset);
        offset - seen.checked_sub(1).map_or(0, |i| self.surplus[i].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "l’École «été» à N’Djamena";
        let index = CodePoints::new(text);
        for (at, _) in text.char_indices() {
            assert_eq!(index.at(at), text[..at].chars().count(), "at byte {at}");
        }
        assert_eq!(index.at(text.len()), text.chars().count());
    }
}
