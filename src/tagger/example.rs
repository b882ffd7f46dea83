//! An annotated text as training sees it: tokens, their attributes and their right labels.
//!
//! `Ali à Dakar` with its two names → only person, outside, only place
//!
//! Must not know weights.

use std::ops::Range;

use super::annotated::AnnotatedText;
use super::attribute::{Attributes, attributes};
use super::feature::{Rows, SentenceFacts};
use super::label::{KINDS, OUTSIDE, write_name};
use super::window::{CommonWords, windows};
use crate::lexicon::lexicon;
use crate::model::{Language, Section, SectionKind, Span};
use crate::text::{TextPack, Tokens};

/// An annotated text, cut into tokens.
#[derive(Debug)]
pub(super) struct Example<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) attributes: Vec<Attributes>,
    names: Vec<(Range<usize>, u8)>,
    /// Number of names that do not start and end with tokens of one sentence.
    pub(super) misplaced: usize,
}

/// The tokens of a window as rows, with their right labels.
#[derive(Debug)]
pub(super) struct Sequence {
    pub(super) rows: Vec<Rows>,
    pub(super) labels: Vec<u8>,
}

impl<'t> Example<'t> {
    /// Cuts a text and finds the tokens of its names.
    pub(super) fn new(annotated: &'t AnnotatedText, language: &Language) -> Self {
        let text = annotated.text.as_str();
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, TextPack::of(language.primary()));
        let hits = lexicon().find(&tokens.folded);
        let attributes = attributes(&tokens, lexicon(), &hits, language);
        let mut names = Vec::new();
        for (span, kind) in &annotated.names {
            let kind = KINDS.iter().position(|k| k == kind);
            if let (Some(range), Some(kind)) = (token_range(&tokens, *span), kind) {
                names.push((range, kind as u8));
            }
        }
        let misplaced = annotated.names.len() - names.len();
        Self { tokens, attributes, names, misplaced }
    }

    /// The windows of the text. A name that is not wholly in one is none.
    pub(super) fn sequences(&self, common: &CommonWords, bits: u32) -> Vec<Sequence> {
        let mut sequences = Vec::new();
        for sentence in self.tokens.sentences.iter().map(|sentence| &sentence.tokens) {
            let facts = SentenceFacts::new(&self.tokens, sentence, sentence, &self.attributes);
            for window in windows(&self.tokens, sentence, common) {
                let mut labels = vec![OUTSIDE; window.len()];
                for (range, kind) in self.names.iter().filter(|(r, _)| window.start <= r.start && r.end <= window.end) {
                    write_name(&mut labels, &(range.start - window.start..range.end - window.start), *kind);
                }
                sequences.push(Sequence { rows: window.map(|at| facts.rows(at, bits)).collect(), labels });
            }
        }
        sequences
    }
}

/// The tokens of one sentence that start and end exactly where the span does.
fn token_range(tokens: &Tokens<'_>, span: Span) -> Option<Range<usize>> {
    let first = tokens.tokens.binary_search_by_key(&span.start, |token| token.span.start).ok()?;
    let last = tokens.tokens.binary_search_by_key(&span.end, |token| token.span.end).ok()?;
    (tokens.sentence_of(first) == tokens.sentence_of(last)).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind;

    #[test]
    fn names_become_labels_unless_they_end_within_a_token() {
        let names = vec![(Span::new(0, 3), EntityKind::Person), (Span::new(7, 10), EntityKind::Place)];
        let annotated = AnnotatedText { id: "a".to_owned(), text: "Ali à Dakar".to_owned(), names };
        let example = Example::new(&annotated, &Language::new("fr"));
        let sequences = example.sequences(&CommonWords::new(), 10);
        assert_eq!(example.misplaced, 1);
        assert_eq!(sequences.iter().map(|s| s.labels.as_slice()).collect::<Vec<_>>(), [&[4, 0, 0]]);
    }
}
