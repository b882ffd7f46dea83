//! Where a sentence can hold a name at all: around its capitals. The rest is never looked at.
//!
//! `Elle est arrivée à Bamako hier` → the tokens around *Bamako*; `Elle est partie hier` → nothing, *elle* being a common word
//!
//! Must not know labels or weights.

use std::ops::Range;

use super::hash;
use crate::text::{TokenKind, Tokens};

/// Tokens before a capital that are looked at with it.
const BEFORE: usize = 1;

/// Tokens after a capital that are looked at with it.
const AFTER: usize = 5;

/// Number of bits of the set of common words.
const BITS: usize = 1 << 19;

/// Words seen in lower case in training, as a set that may hold a few others too.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CommonWords(Vec<u8>);

impl CommonWords {
    /// Bytes the set takes.
    pub(super) const BYTES: usize = BITS / 8;

    /// The empty set.
    pub(super) fn new() -> Self {
        Self(vec![0; Self::BYTES])
    }

    /// The set kept as these bytes, when there are as many as it takes.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == Self::BYTES).then(|| Self(bytes.to_vec()))
    }

    /// The bytes to keep.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Adds every word of a text that is in lower case.
    pub(super) fn learn(&mut self, tokens: &Tokens<'_>) {
        for (at, token) in tokens.tokens.iter().enumerate() {
            if !token.capital && matches!(token.kind, TokenKind::Word | TokenKind::Elided) {
                let bit = hash::word(tokens.lower(at)) as usize % BITS;
                self.0[bit / 8] |= 1 << (bit % 8);
            }
        }
    }

    fn contains(&self, word: &str) -> bool {
        let bit = hash::word(word) as usize % BITS;
        self.0[bit / 8] & (1 << (bit % 8)) != 0
    }
}

/// The token ranges of a sentence in which names are looked for, in order, apart from each other.
pub(super) fn windows(tokens: &Tokens<'_>, sentence: &Range<usize>, common: &CommonWords) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut at_start = true;
    for at in sentence.clone() {
        let Some(token) = tokens.tokens.get(at) else { break };
        let starts = at_start;
        at_start &= token.kind == TokenKind::Punctuation;
        let may_be_name = token.capital && matches!(token.kind, TokenKind::Word | TokenKind::Number);
        if !may_be_name || starts && !token.acronym && common.contains(tokens.lower(at)) {
            continue;
        }
        let window = before(tokens, at, sentence.start)..after(tokens, at, sentence.end);
        match windows.last_mut().filter(|last| last.end >= window.start) {
            Some(last) => last.end = window.end,
            None => windows.push(window),
        }
    }
    windows
}

/// Where the window of a capital starts.
fn before(tokens: &Tokens<'_>, at: usize, first: usize) -> usize {
    let start = at.saturating_sub(BEFORE).max(first);
    (start..at).rev().find(|&i| separates(tokens, i)).map_or(start, |i| i + 1)
}

/// Where the window of a capital ends.
fn after(tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let end = (at + 1 + AFTER).min(end);
    (at + 1..end).find(|&i| separates(tokens, i)).unwrap_or(end)
}

/// Whether the token is a mark that hardly any name holds.
fn separates(tokens: &Tokens<'_>, at: usize) -> bool {
    let mark = tokens.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Punctuation);
    mark && matches!(tokens.raw(at), "," | ";" | ":" | "(" | ")" | "«" | "»" | "\"" | "“" | "”" | "?" | "!" | "…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, SectionKind, Span};
    use crate::text::TextPack;

    fn cut(text: &str) -> Tokens<'_> {
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        Tokens::new(text, &sections, TextPack::of("fr"))
    }

    fn check(text: &str, expected: &[&str]) {
        let mut common = CommonWords::new();
        common.learn(&cut("elle dit"));
        let tokens = cut(text);
        let windows = windows(&tokens, &(0..tokens.tokens.len()), &common);
        let found: Vec<_> = windows.iter().map(|window| tokens.span(window).of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn only_surroundings_of_capitals_are_looked_at() {
        check("Elle dit qu’elle est partie hier avec les autres", &[]);
        check("Elle va à Bamako depuis un mois ou deux et demi, dit-elle", &["à Bamako depuis un mois ou deux"]);
        check("Elle va à Bamako, dit-elle", &["à Bamako"]);
        check("Bamako (Mali) et Dakar", &["Bamako", "Mali", "et Dakar"]);
        check("Macron est parti ; a-t-on dit", &["Macron est parti"]);
    }
}
