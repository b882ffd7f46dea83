//! Words as numbers, so that asking whether a token is one of a list costs a bit.
//!
//! `number("de")` is the same for every list of every language; `Words::new(&tokens, &bases)` looks each token of a document
//! up once: its own form, what it stands for (*du* → *de*), and its form without accents when it has a capital.
//!
//! Numbers are given in the order in which the data is loaded. They never leave a run of the program.

use std::sync::{LazyLock, RwLock};

use super::phrases::Contractions;
use crate::lexicon::WordMap;
use crate::model::fold;
use crate::text::Tokens;

/// The number of words that no list has.
const UNKNOWN: u32 = 0;

/// All words of all lists, and words without accents under a sign that no word has.
static NUMBERS: LazyLock<RwLock<WordMap<u32>>> = LazyLock::new(RwLock::default);

/// The number of a word of a list.
pub(super) fn number(word: &str) -> u32 {
    let mut numbers = NUMBERS.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    let next = numbers.len() as u32 + 1;
    *numbers.get_or_insert(word, next)
}

/// The number of a word of a list without its accents.
pub(super) fn plain_number(word: &str) -> u32 {
    number(&plain_key(&fold(word)))
}

fn plain_key(folded: &str) -> String {
    format!("~{folded}")
}

/// The numbers of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers {
    /// Of its own form.
    pub(super) exact: u32,
    /// Of what it stands for.
    pub(super) base: u32,
    /// Of its form without accents; only capitals lose theirs.
    pub(super) plain: u32,
}

/// What contracted and elided forms stand for, by the numbers of both. A language has a handful.
#[derive(Debug, Default)]
pub(in crate::extract) struct Bases(Vec<(u32, u32)>);

impl Bases {
    pub(super) fn new(contractions: &Contractions) -> Self {
        let mut forms: Vec<_> = contractions.iter().collect();
        forms.sort_unstable();
        Self(forms.into_iter().map(|(form, base)| (number(form), number(base))).collect())
    }

    fn of(&self, exact: u32) -> u32 {
        self.0.iter().find(|(form, _)| *form == exact).map_or(exact, |(_, base)| *base)
    }
}

/// The numbers of all tokens of a document.
#[derive(Debug, Default)]
pub(in crate::extract) struct Words {
    numbers: Vec<Numbers>,
}

impl Words {
    pub(in crate::extract) fn new(tokens: &Tokens<'_>, bases: &Bases) -> Self {
        let known = NUMBERS.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let find = |word: &str| known.get(word).copied().unwrap_or(UNKNOWN);
        let mut key = String::new();
        let mut of = |at: usize| {
            let exact = find(tokens.lower(at));
            let plain = if tokens.tokens[at].capital {
                key.clear();
                key.push('~');
                key.push_str(tokens.word(at));
                find(&key)
            } else {
                UNKNOWN
            };
            Numbers { exact, base: bases.of(exact), plain }
        };
        Self { numbers: (0..tokens.tokens.len()).map(&mut of).collect() }
    }

    #[inline]
    pub(super) fn at(&self, at: usize) -> Numbers {
        self.numbers.get(at).copied().unwrap_or_default()
    }

    /// The number of a token's own form.
    pub(in crate::extract) fn exact(&self, at: usize) -> u32 {
        self.at(at).exact
    }

    /// The number of what a token stands for; 0 for a word that no list has.
    pub(in crate::extract) fn base(&self, at: usize) -> u32 {
        self.at(at).base
    }
}

/// A set of word numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct NumberSet(Vec<u64>);

impl NumberSet {
    pub(super) fn insert(&mut self, number: u32) {
        let (at, bit) = (number as usize / 64, number % 64);
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << bit;
    }

    /// The numbers of some words.
    pub(super) fn of(words: &[String]) -> Self {
        let mut set = Self::default();
        words.iter().for_each(|word| set.insert(number(word)));
        set
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(own, theirs)| *own |= theirs);
    }

    /// Whether a number is in the set.
    #[inline]
    pub(in crate::extract) fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}
