//! A list of words and phrases, found at a token.
//!
//! `Phrases` of *près de* finds *près du* too: contracted and elided forms stand for their base.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::words::{NumberSet, Numbers, Words, number, plain_number};

/// Words and phrases of one purpose.
#[derive(Debug, Default, Clone)]
pub(in crate::extract) struct Phrases {
    /// First words: those that are phrases by themselves and those that begin longer ones. Most tokens are none.
    firsts: NumberSet,
    /// Words that are phrases by themselves.
    alone: NumberSet,
    /// Words that begin longer phrases.
    begins: NumberSet,
    /// Words that stand second in longer phrases: where none does, a look at one word tells that there is no longer phrase.
    seconds: NumberSet,
    /// What follows the first two words of longer phrases, longest first.
    rests: FxHashMap<(u32, u32), Vec<Vec<u32>>>,
    /// First words by their form without accents, for capitals that lost theirs: *Etat*, *A Genève*.
    unaccented: FxHashMap<u32, u32>,
    plain: NumberSet,
}

/// Contracted or elided forms and what they stand for.
pub(in crate::extract) type Contractions = HashMap<String, String>;

/// Which form of a token is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Its own.
    Exact,
    /// What it stands for.
    Base,
}

impl Form {
    fn of(self, numbers: Numbers) -> u32 {
        match self {
            Self::Exact => numbers.exact,
            Self::Base => numbers.base,
        }
    }
}

impl Phrases {
    /// Compiles phrases; words are separated by spaces, an elided word ends in `’`, a full stop is a token.
    pub(in crate::extract) fn new<'a>(
        phrases: impl IntoIterator<Item = &'a String>,
        contractions: &Contractions,
    ) -> Self {
        let mut compiled = Self::default();
        for phrase in phrases {
            let spaced = phrase.replace('’', "’ ").replace('.', " . ");
            let words: Vec<&str> = spaced.split_whitespace().map(|word| base(word, contractions)).collect();
            let Some((first, rest)) = words.split_first() else { continue };
            let first_number = number(first);
            let plain = plain_number(first);
            compiled.unaccented.insert(plain, first_number);
            compiled.plain.insert(plain);
            compiled.firsts.insert(first_number);
            let Some((second, rest)) = rest.split_first() else {
                compiled.alone.insert(first_number);
                continue;
            };
            compiled.begins.insert(first_number);
            let second = number(second);
            compiled.seconds.insert(second);
            let rest: Vec<u32> = rest.iter().map(|word| number(word)).collect();
            let entry = compiled.rests.entry((first_number, second)).or_default();
            if !entry.contains(&rest) {
                entry.push(rest);
            }
        }
        for rests in compiled.rests.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        compiled
    }

    /// The number of tokens of the longest phrase at token `at`, before `end`.
    #[inline(always)] // the answer is nearly always that no phrase begins here, which takes less than a call
    pub(super) fn at(&self, words: &Words, at: usize, end: usize, form: Form) -> Option<usize> {
        let first = self.first(words, at, form).filter(|_| at < end)?;
        self.longest(first, words, at, end, form)
    }

    /// The number of tokens of the longest phrase that the word `first` at token `at` begins.
    fn longest(&self, first: u32, words: &Words, at: usize, end: usize, form: Form) -> Option<usize> {
        let second = form.of(words.at(at + 1));
        if at + 1 < end && self.begins.has(first) && self.seconds.has(second) {
            let fits = |rest: &&Vec<u32>| {
                let mut said = rest.iter().zip(at + 2..);
                at + 1 + rest.len() < end && said.all(|(word, i)| form.of(words.at(i)) == *word)
            };
            if let Some(rest) = self.rests.get(&(first, second)).and_then(|rests| rests.iter().find(fits)) {
                return Some(rest.len() + 2);
            }
        }
        self.alone.has(first).then_some(1)
    }

    /// Whether there are none.
    pub(in crate::extract) fn is_empty(&self) -> bool {
        self.unaccented.is_empty()
    }

    /// Whether a phrase may begin at a token: when not, none does.
    #[inline]
    pub(in crate::extract) fn may_begin(&self, words: &Words, at: usize) -> bool {
        let numbers = words.at(at);
        self.firsts.has(numbers.base) || numbers.plain != 0 && self.plain.has(numbers.plain)
    }

    /// Whether the single token is one of the words.
    #[inline]
    pub(super) fn has(&self, words: &Words, at: usize, form: Form) -> bool {
        let numbers = words.at(at);
        let own = form.of(numbers);
        match self.firsts.has(own) {
            true => self.alone.has(own),
            false => numbers.plain != 0 && self.has_without_accents(numbers),
        }
    }

    fn has_without_accents(&self, numbers: Numbers) -> bool {
        self.without_accents(numbers).is_some_and(|first| self.alone.has(first))
    }

    /// The number of the word of the list that the token is, as a word alone or the first of more.
    #[inline]
    fn first(&self, words: &Words, at: usize, form: Form) -> Option<u32> {
        let numbers = words.at(at);
        let own = form.of(numbers);
        if self.firsts.has(own) {
            return Some(own);
        }
        self.without_accents(numbers)
    }

    /// The number of the first word that a capital without its accents stands for.
    #[inline]
    fn without_accents(&self, numbers: Numbers) -> Option<u32> {
        let lost = numbers.plain != 0 && self.plain.has(numbers.plain);
        lost.then(|| self.unaccented.get(&numbers.plain).copied()).flatten()
    }

    /// A list of all words that are phrases by themselves in one of these lists.
    pub(super) fn words_of<'a>(lists: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.firsts.join(&list.alone);
            all.alone.join(&list.alone);
            let alone = list.unaccented.iter().filter(|(_, word)| list.alone.has(**word));
            for (plain, word) in alone {
                all.unaccented.entry(*plain).or_insert(*word);
                all.plain.insert(*plain);
            }
        }
        all
    }

    /// A list that says only where a phrase of one of these lists may begin.
    pub(super) fn beginnings_of<'a>(lists: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.firsts.join(&list.firsts);
            all.plain.join(&list.plain);
        }
        all
    }

    /// Whether a word of this list is a word of the other.
    pub(in crate::extract) fn shares_word(&self, other: &Self) -> bool {
        self.unaccented.values().any(|&word| self.alone.has(word) && other.alone.has(word))
    }
}

/// What a contracted or elided form stands for.
pub(in crate::extract) fn base<'a>(word: &'a str, contractions: &'a Contractions) -> &'a str {
    contractions.get(word).map_or(word, String::as_str)
}
