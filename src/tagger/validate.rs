//! Cross-validation: how well a model names texts it has not seen.
//!
//! `cross_validate(&texts, &language, 5, &options)` → found, right and expected names by kind, and the names of every text
//!
//! The parts are blocks of neighbouring texts, since news of one day resemble each other. Must not write files.

use super::Tagger;
use super::annotated::AnnotatedText;
use super::example::Example;
use super::label::KINDS;
use super::train::{TrainingOptions, learn};
use crate::model::{EntityKind, Language, Span};

/// Counts of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The kind.
    pub kind: EntityKind,
    /// Names that people marked.
    pub expected: usize,
    /// Names that the tagger found.
    pub found: usize,
    /// Names that the tagger found exactly as marked.
    pub right: usize,
}

/// What cross-validation showed.
#[derive(Clone, Debug)]
pub struct Validation {
    /// By kind, in a fixed order.
    pub scores: Vec<Score>,
    /// For each text, the names found in it and their margins.
    pub names: Vec<Vec<(Span, EntityKind, f32)>>,
    /// Number of marked names that do not start and end with tokens.
    pub misplaced: usize,
}

impl Score {
    /// The share of found names that are right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// The share of marked names that were found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.expected.max(1) as f64
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.expected).max(1) as f64
    }
}

/// Trains on all parts but one and tags that one, for each of `folds` parts.
pub fn cross_validate(
    texts: &[AnnotatedText],
    language: &Language,
    folds: usize,
    options: &TrainingOptions,
) -> Validation {
    let examples: Vec<Example<'_>> = texts.iter().map(|text| Example::new(text, language)).collect();
    let folds = folds.clamp(2, texts.len().max(2));
    let part_of = |at: usize| at * folds / examples.len().max(1);
    let mut names = Vec::with_capacity(texts.len());
    for part in 0..folds {
        let (inside, outside): (Vec<usize>, Vec<usize>) = (0..examples.len()).partition(|&at| part_of(at) == part);
        let training: Vec<&Example<'_>> = outside.iter().map(|&at| &examples[at]).collect();
        let tagger = Tagger { weights: learn(&training, options) };
        names.extend(inside.iter().map(|&at| tag_all(&tagger, &examples[at])));
    }
    let misplaced = examples.iter().map(|example| example.misplaced).sum();
    let scores = KINDS.iter().map(|&kind| score(kind, texts, &names)).collect();
    Validation { scores, names, misplaced }
}

fn tag_all(tagger: &Tagger, example: &Example<'_>) -> Vec<(Span, EntityKind, f32)> {
    let sentences = example.tokens.sentences.iter();
    let tagged = sentences.flat_map(|s| tagger.tag(&example.tokens, s.tokens.clone(), &example.attributes));
    tagged.map(|name| (example.tokens.span(&name.range), name.kind, name.margin)).collect()
}

fn score(kind: EntityKind, texts: &[AnnotatedText], names: &[Vec<(Span, EntityKind, f32)>]) -> Score {
    let mut score = Score { kind, expected: 0, found: 0, right: 0 };
    for (text, names) in texts.iter().zip(names) {
        let of_kind = || names.iter().filter(|name| name.1 == kind);
        score.expected += text.names.iter().filter(|name| name.1 == kind).count();
        score.found += of_kind().count();
        score.right += of_kind().filter(|(span, kind, _)| text.names.contains(&(*span, *kind))).count();
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six like sentences: what five of them teach is found in the sixth.
    #[test]
    fn what_all_texts_share_is_found_in_each() {
        let text = |name: &str| AnnotatedText {
            id: name.to_owned(),
            text: format!("on dit que le ministre {name} est parti hier"),
            names: vec![(Span::new(23, 23 + name.len()), EntityKind::Person)],
        };
        let texts = ["Sow", "Diop", "Fall", "Ndao", "Kane", "Sarr"].map(text);
        let validation = cross_validate(&texts, &Language::new("fr"), 6, &TrainingOptions::default());
        let expected = Score { kind: EntityKind::Person, expected: 6, found: 6, right: 6 };
        assert_eq!(validation.scores.first(), Some(&expected));
        assert_eq!((expected.precision(), expected.recall(), expected.f1()), (1.0, 1.0, 1.0));
        assert_eq!(validation.misplaced, 0);
    }
}
