//! What the model sees of a token: its letters, its neighbours, its run of capitals, its attributes, each as a row of weights.
//!
//! `le ministre Ayrault` at *Ayrault* → rows for *ayrault*, `-ult`, capitalised, after *ministre*, run of one after *ministre* …
//!
//! Every token has exactly [`TEMPLATES`] rows; facts of a token are computed once for all its neighbours. Must not know labels.

use std::ops::Range;

use super::attribute::Attributes;
use super::hash;
use crate::text::{TokenKind, Tokens};

/// Number of rows each token has.
pub(super) const TEMPLATES: usize = 34;

/// The rows of one token.
pub(super) type Rows = [u32; TEMPLATES];

/// What its neighbours need to know of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    form: u32,
    lower: u32,
    prefixes: [u32; 2],
    suffixes: [u32; 2],
    shape: u32,
    listed: u32,
    elsewhere: u32,
    capital: bool,
}

impl Facts {
    /// Its last three letters.
    fn suffix(&self) -> u32 {
        self.suffixes[0]
    }
}

/// The facts of the tokens of a sentence, as far as they are asked for.
#[derive(Debug)]
pub(super) struct SentenceFacts {
    facts: Vec<Facts>,
    /// The token that the facts begin with, and the one that the sentence begins with.
    first: usize,
    start: usize,
    in_capitals: u32,
}

impl SentenceFacts {
    /// Looks once at every token that the rows of a part of a sentence need; `attributes` are those of the whole document.
    pub(super) fn new(
        tokens: &Tokens<'_>,
        sentence: &Range<usize>,
        part: &Range<usize>,
        attributes: &[Attributes],
    ) -> Self {
        let of = |at: usize| facts(tokens, at, attributes.get(at).copied().unwrap_or_default());
        let words = tokens.tokens[sentence.clone()].iter().filter(|t| t.kind == TokenKind::Word);
        let acronyms = words.clone().filter(|t| t.acronym).count();
        let in_capitals = u32::from(acronyms > 2 && acronyms * 2 > words.count());
        let needed = with_neighbours(tokens, sentence, part);
        Self { first: needed.start, start: sentence.start, facts: needed.map(of).collect(), in_capitals }
    }

    /// The rows, below `1 << bits`, of the token at an index of the document.
    pub(super) fn rows(&self, token: usize, bits: u32) -> Rows {
        let at = token - self.first;
        let near = |distance: isize| at.checked_add_signed(distance).and_then(|i| self.facts.get(i)).copied();
        let [w2, w1, n1, n2] = [-2, -1, 1, 2].map(|d| near(d).unwrap_or_default());
        let w = near(0).unwrap_or_default();
        let (start, end) = self.run(at);
        let before = start.checked_sub(1).and_then(|i| self.facts.get(i)).map_or(0, |f| f.lower);
        let after = self.facts.get(end).map_or(0, |f| f.lower);
        let place = ((token - self.start).min(2) as u32) << 1 | self.in_capitals;
        let run = ((at - start).min(3) << 2 | (end - at).min(3)) as u32;
        let shapes = hash::join(w1.shape, hash::join(w.shape, n1.shape));
        let listed = hash::join(w1.listed, hash::join(w.listed, n1.listed));
        let values = [
            // Words and pairs of words.
            w.form,
            w.lower,
            w1.lower,
            n1.lower,
            w2.lower,
            n2.lower,
            hash::join(w1.lower, w.lower),
            hash::join(w.lower, n1.lower),
            hash::join(w1.lower, n1.lower),
            hash::join(w2.lower, w1.lower),
            hash::join(w1.lower, hash::join(w.lower, n1.lower)),
            // Parts of words.
            w.prefixes[0],
            w.prefixes[1],
            w.suffixes[0],
            w.suffixes[1],
            w1.suffix(),
            n1.suffix(),
            // Shapes.
            hash::join(w.shape, place),
            shapes,
            hash::join(w2.shape, w1.shape),
            hash::join(n1.shape, n2.shape),
            hash::join(w.shape, n1.lower),
            hash::join(w.suffix(), w.shape),
            // Attributes.
            hash::join(w.listed, w.elsewhere),
            listed,
            hash::join(w.listed, w.shape),
            hash::join(w1.lower, w.listed),
            hash::join(w.elsewhere, hash::join(place, w.shape)),
            hash::join(w1.elsewhere, n1.elsewhere),
            hash::join(w1.listed, w.elsewhere),
            // Runs of capitals.
            hash::join(before, run),
            hash::join(after, run),
            hash::join(run, shapes),
            hash::join(before, w.listed),
        ];
        let mut template = 0;
        values.map(|value| {
            template += 1;
            hash::row(template, value, bits)
        })
    }

    /// The run of capitalised tokens around a position; empty at a position without a capital.
    fn run(&self, at: usize) -> (usize, usize) {
        let capital = |f: &&Facts| f.capital;
        let start = at - self.facts[..at].iter().rev().take_while(capital).count();
        let end = at + self.facts[at..].iter().take_while(capital).count();
        if end > at { (start, end) } else { (at, at) }
    }
}

/// A part of a sentence with two tokens on either side, and whole runs of capitals with the token beside them.
fn with_neighbours(tokens: &Tokens<'_>, sentence: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    const NEAR: usize = 2;
    let capital = |at: usize| tokens.tokens.get(at).is_some_and(|token| token.capital);
    let mut start = part.start.saturating_sub(NEAR).max(sentence.start);
    while start > sentence.start && capital(start) {
        start -= 1;
    }
    let mut end = (part.end + NEAR).min(sentence.end);
    while end < sentence.end && capital(end - 1) {
        end += 1;
    }
    start..end
}

fn facts(tokens: &Tokens<'_>, at: usize, attributes: Attributes) -> Facts {
    let (raw, lower) = (tokens.raw(at), tokens.lower(at));
    let of_lower = hash::word(lower);
    Facts {
        form: if raw == lower { of_lower } else { hash::word(raw) },
        lower: of_lower,
        prefixes: [2, 3].map(|n| affix(lower.chars().take(n))),
        suffixes: [3, 4].map(|n| affix(lower.chars().rev().take(n))),
        shape: shape(raw),
        listed: attributes.listed(),
        elsewhere: attributes.elsewhere(),
        capital: tokens.tokens.get(at).is_some_and(|token| token.capital),
    }
}

fn affix(letters: impl Iterator<Item = char>) -> u32 {
    hash::finish(letters.fold(hash::START, |state, c| hash::step(hash::step(state, c as u8), (c as u32 >> 8) as u8)))
}

/// The sorts of characters of a word, of equal ones in a row at most two: *Jean-Luc* and *Aix-les* share one.
fn shape(raw: &str) -> u32 {
    let mut state = hash::START;
    let mut last = (0, 0);
    for c in raw.chars() {
        let sort = match c {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            c if c.is_lowercase() => 1,
            c if c.is_uppercase() => 2,
            c if c.is_numeric() => 3,
            c if c.is_alphabetic() => 4,
            '-' | '\u{2010}' | '\u{2011}' => 5,
            '\'' | '’' => 6,
            _ => 7,
        };
        last = if last.0 == sort { (sort, last.1 + 1) } else { (sort, 1) };
        if last.1 <= 2 {
            state = hash::step(state, sort);
        }
    }
    hash::finish(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, SectionKind, Span};
    use crate::text::TextPack;

    #[test]
    fn shapes_tell_names_from_acronyms() {
        assert_eq!(shape("Macron"), shape("Élysée"));
        assert_ne!(shape("Macron"), shape("OTAN"));
        assert_ne!(shape("Macron"), shape("macron"));
    }

    #[test]
    fn rows_look_beyond_the_token_but_not_beyond_the_sentence() {
        let rows = |text: &str| {
            let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
            let tokens = Tokens::new(text, &sections, TextPack::of("fr"));
            let sentence = tokens.sentences[0].tokens.clone();
            SentenceFacts::new(&tokens, &sentence, &(2..3), &[]).rows(2, 16)
        };
        assert_eq!(rows("le ministre Ayrault"), rows("le ministre Ayrault\nParis"));
        assert_ne!(rows("le ministre Ayrault"), rows("la ville Ayrault"));
    }
}
