//! A statistical voice for names that no list holds: a sequence tagger trained on annotated texts.
//!
//! `tagger.tag(&tokens, sentence, &attributes)` for *le ministre Jean-Marc Ayrault est à Bamako* → person *Jean-Marc Ayrault*,
//! place *Bamako*, each with the margin by which it wins
//!
//! A linear-chain conditional random field over hashed features, looked at only around capitals (`window`). It proposes;
//! it does not decide identity, and a country is a place to it. Cannot fail on text. Must not know rules, relations or files.

mod annotated;
mod attribute;
mod decode;
mod example;
mod feature;
mod hash;
mod label;
mod random;
mod train;
mod validate;
mod weights;
mod window;

use std::ops::Range;
use std::sync::LazyLock;

pub use annotated::{AnnotatedText, parse_annotated};
pub use attribute::{Attributes, attributes};
pub use train::{TrainingOptions, train};
pub use validate::{Score, Validation, cross_validate};

use crate::error::Result;
use crate::model::EntityKind;
use crate::text::Tokens;
use feature::SentenceFacts;
use weights::Weights;

/// A trained model.
#[derive(Debug)]
pub struct Tagger {
    weights: Weights,
}

/// A name the model proposes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    /// Its tokens, as indices of the document.
    pub range: Range<usize>,
    /// A person, an organization or a place.
    pub kind: EntityKind,
    /// By how much it beats the best other reading, as a logarithm of odds: above 0; in cross-validation half of the names below 1
    /// were right, seven in eight between 2 and 4, and 99 in 100 above 5.
    pub margin: f32,
}

/// The model of a language, when there is one.
pub fn tagger(language: &str) -> Option<&'static Tagger> {
    static FRENCH: LazyLock<Option<Tagger>> = LazyLock::new(|| Tagger::bundled().ok());
    (language == "fr").then(|| FRENCH.as_ref()).flatten()
}

impl Tagger {
    /// The model for French that is part of the program.
    ///
    /// # Errors
    /// [`crate::Error::Data`] when the bundled file is not a model of this version; a test loads it.
    pub fn bundled() -> Result<Self> {
        Self::read(include_bytes!("fr.model"))
    }

    /// Reads a model that [`train()`] made.
    ///
    /// # Errors
    /// [`crate::Error::Data`] when the bytes are not a model, of another version, cut off or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        Ok(Self { weights: Weights::read(bytes)? })
    }

    /// The names in a sentence, in order, apart from each other. `attributes` are those of the whole document.
    pub fn tag(&self, tokens: &Tokens<'_>, sentence: Range<usize>, attributes: &[Attributes]) -> Vec<Tagged> {
        let sentence = sentence.start.min(tokens.tokens.len())..sentence.end.min(tokens.tokens.len());
        let windows = window::windows(tokens, &sentence, &self.weights.common);
        let (Some(first), Some(last)) = (windows.first(), windows.last()) else { return Vec::new() };
        let facts = SentenceFacts::new(tokens, &sentence, &(first.start..last.end), attributes);
        let mut names = Vec::new();
        for window in windows {
            let rows = window.clone().map(|at| facts.rows(at, self.weights.bits));
            let found = decode::decode(&self.weights, rows).into_iter();
            names.extend(found.map(|(range, kind, margin)| Tagged {
                range: range.start + window.start..range.end + window.start,
                kind,
                margin,
            }));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon;
    use crate::model::{Language, Section, SectionKind, Span};
    use crate::text::TextPack;

    fn tag(tagger: &Tagger, text: &str) -> Vec<(String, EntityKind)> {
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, TextPack::of("fr"));
        let hits = lexicon().find(&tokens.folded);
        let attributes = attributes(&tokens, lexicon(), &hits, &Language::new("fr"));
        let sentences = tokens.sentences.iter();
        let names = sentences.flat_map(|s| tagger.tag(&tokens, s.tokens.clone(), &attributes));
        names.map(|name| (tokens.span(&name.range).of(text).to_owned(), name.kind)).collect()
    }

    fn check(text: &str, expected: &[(&str, EntityKind)]) {
        let found = tag(&Tagger::bundled().expect("bundled model"), text);
        let found: Vec<_> = found.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_bundled_model_names_what_no_list_holds() {
        let ministre = "Le ministre Oumar Touvrane est arrivé hier à Drabakou.";
        check(ministre, &[("Oumar Touvrane", EntityKind::Person), ("Drabakou", EntityKind::Place)]);
        check("Elle est arrivée hier avec les autres.", &[]);
    }

    #[test]
    fn no_text_makes_tagging_fail() {
        let tagger = Tagger::bundled().expect("bundled model");
        for text in
            ["", "\u{feff}", "A", "É’É’É’ Ω-Ω ÀÀÀ 20 Minutes", "« « ( Paris", "İSTANBUL ǅ ﬁn \u{301}A", "X\n\nY\r\nZ"]
        {
            tag(&tagger, text);
        }
        let tokens = Tokens::new("", &[], TextPack::of("fr"));
        assert_eq!(tagger.tag(&tokens, 3..9, &[]), []);
    }
}
