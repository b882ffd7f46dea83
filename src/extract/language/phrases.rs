//! A list of words and phrases, found at a token.
//!
//! `Phrases` of *près de* finds *près du* too: contracted and elided forms stand for their base.

use std::collections::HashMap;

use crate::model::fold;
use crate::text::Tokens;

/// Words and phrases of one purpose.
#[derive(Debug, Default, Clone)]
pub(in crate::extract) struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
    /// First words without accents, for capitals that lost theirs: *Etat*, *A Genève*.
    unaccented: HashMap<String, String>,
}

/// Contracted or elided forms and what they stand for.
pub(in crate::extract) type Contractions = HashMap<String, String>;

impl Phrases {
    /// Compiles phrases; words are separated by spaces, an elided word ends in `’`, a full stop is a token.
    pub(in crate::extract) fn new<'a>(
        phrases: impl IntoIterator<Item = &'a String>,
        contractions: &Contractions,
    ) -> Self {
        let mut compiled = Self::default();
        for phrase in phrases {
            let spaced = phrase.replace('’', "’ ").replace('.', " . ");
            let words: Vec<String> =
                spaced.split_whitespace().map(|word| base(word, contractions).to_owned()).collect();
            let Some((first, rest)) = words.split_first() else { continue };
            compiled.unaccented.insert(fold(first), first.clone());
            let entry = compiled.by_first.entry(first.clone()).or_default();
            if !entry.iter().any(|known| known == rest) {
                entry.push(rest.to_vec());
            }
        }
        for rests in compiled.by_first.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        compiled
    }

    /// The number of tokens of the longest phrase at token `at`, before `end`.
    pub(in crate::extract) fn at(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        contractions: &Contractions,
    ) -> Option<usize> {
        let lower = tokens.lower(at);
        if at >= end || lower.is_empty() {
            return None;
        }
        let rests = self.by_first.get(base(lower, contractions)).or_else(|| self.without_accent(tokens, at))?;
        let fits = |rest: &&Vec<String>| {
            rest.iter()
                .enumerate()
                .all(|(i, word)| at + 1 + i < end && base(tokens.lower(at + 1 + i), contractions) == word)
        };
        rests.iter().find(fits).map(|rest| rest.len() + 1)
    }

    /// Whether the single token is one of the words.
    pub(in crate::extract) fn has(&self, tokens: &Tokens<'_>, at: usize, contractions: &Contractions) -> bool {
        self.at(tokens, at, at + 1, contractions).is_some()
    }

    /// Whether a word of this list is a word of the other.
    pub(in crate::extract) fn shares_word(&self, other: &Self) -> bool {
        let alone = |rests: &Vec<Vec<String>>| rests.iter().any(Vec::is_empty);
        self.by_first.iter().any(|(word, rests)| alone(rests) && other.by_first.get(word).is_some_and(alone))
    }

    fn without_accent(&self, tokens: &Tokens<'_>, at: usize) -> Option<&Vec<Vec<String>>> {
        if !tokens.tokens[at].capital {
            return None;
        }
        self.unaccented.get(tokens.word(at)).and_then(|first| self.by_first.get(first))
    }
}

/// What a contracted or elided form stands for.
pub(in crate::extract) fn base<'a>(word: &'a str, contractions: &'a Contractions) -> &'a str {
    contractions.get(word).map_or(word, String::as_str)
}
