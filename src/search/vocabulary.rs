//! The words that something has, in order, each with what has it.
//!
//! `vocabulary.fitting(&typed)` → `[(migration, OneError), (migrations, TwoErrors)]` for *migratoin*
//!
//! Nothing reads all words for a question. Beginnings stand together. For words with typing errors the list is walked as if it were
//! a tree of letters: once the letters so far have too many errors, all words that begin so are passed over in one step. A list in
//! order, rather than an automaton built over all words, can be changed at one place; versions share the rest.

use std::io;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::typed::{Fit, Rows, TypedWord};
use crate::collection::{Meter, Shelf, ShelfWriter, Sorted};

/// Words, each with a list.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary<T> {
    words: Sorted<(Arc<str>, Sorted<T>), 64>,
}

impl<T> Default for Vocabulary<T> {
    fn default() -> Self {
        Self { words: Sorted::default() }
    }
}

impl<T: Serialize> Vocabulary<T> {
    /// Writes the vocabulary to a file.
    pub(super) fn keep(&self, name: &str, to: &mut ShelfWriter) -> io::Result<()> {
        self.words.keep(name, to)
    }
}

impl<T: DeserializeOwned> Vocabulary<T> {
    /// The vocabulary that was written to a file.
    pub(super) fn kept(name: &str, shelf: &Shelf) -> Self {
        Self { words: Sorted::kept(name, shelf) }
    }
}

impl<T> Vocabulary<T> {
    /// The same words, of which nothing that lies in a file is in memory; `meter` counts what is read of them.
    pub(super) fn unread(&self, meter: &Meter) -> Self {
        Self { words: self.words.unread(meter) }
    }
}

impl<T: Copy + Ord> Vocabulary<T> {
    /// A vocabulary of words with their lists, which are in order, each item once.
    pub(super) fn of(words: impl IntoIterator<Item = (impl Into<Arc<str>>, Vec<T>)>) -> Self {
        let word = |(word, list): (_, Vec<T>)| (Into::<Arc<str>>::into(word), Sorted::of_ordered(list));
        let mut words: Vec<_> = words.into_iter().map(word).collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self { words: Sorted::of_ordered(words) }
    }

    /// Adds to a word's list items that are in order, each once.
    pub(super) fn add(&mut self, word: &str, items: impl IntoIterator<Item = T>) {
        match self.words.find_mut(|(known, _)| known.as_ref().cmp(word)) {
            Some((_, list)) => {
                for item in items {
                    list.insert(item, T::cmp);
                }
            }
            None => {
                let list = Sorted::of_ordered(items);
                self.words.insert((word.into(), list), |a, b| a.0.cmp(&b.0));
            }
        }
    }

    /// Takes something out of a word's list; whether it was there. A word without any is forgotten.
    pub(super) fn remove(&mut self, word: &str, item: T) -> bool {
        let has = |list: &Sorted<T>| list.find(|known| known.cmp(&item)).is_some();
        if !self.find(word).is_some_and(has) {
            return false;
        }
        let Some((_, list)) = self.words.find_mut(|(known, _)| known.as_ref().cmp(word)) else { return false };
        list.remove(|known| known.cmp(&item));
        if list.is_empty() {
            self.words.remove(|(known, _)| known.as_ref().cmp(word));
        }
        true
    }

    /// How many words there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The list of a word.
    pub(super) fn find(&self, word: &str) -> Option<&Sorted<T>> {
        self.words.find(|(known, _)| known.as_ref().cmp(word)).map(|(_, list)| list)
    }

    /// The words that begin so, in order.
    pub(super) fn beginning<'s>(&'s self, with: &'s str) -> impl Iterator<Item = (&'s str, &'s Sorted<T>)> {
        let mut walk = self.words.walk();
        walk.skip(|(known, _)| known.as_ref() < with);
        std::iter::from_fn(move || {
            let (word, list) = walk.item().filter(|(word, _)| word.starts_with(with))?;
            walk.step();
            Some((word.as_ref(), list))
        })
    }

    /// Whether the word is there, or, when it may be unfinished, one that begins so.
    pub(super) fn knows(&self, typed: &TypedWord) -> bool {
        self.find(&typed.text).is_some() || typed.begins && self.beginning(&typed.text).next().is_some()
    }

    /// The words that a typed one finds, with how well each fits, in no order that matters.
    pub(super) fn fitting<'s>(&'s self, typed: &'s TypedWord) -> Vec<(&'s str, &'s Sorted<T>, Fit)> {
        let mut found: Vec<_> = match typed.begins {
            true => self.beginning(&typed.text).map(|(word, list)| (word, list, Fit::Begins)).collect(),
            false => self.find(&typed.text).map(|list| (typed.text.as_str(), list, Fit::Same)).into_iter().collect(),
        };
        if let Some(first) = found.first_mut().filter(|(word, ..)| *word == typed.text) {
            first.2 = Fit::Same;
        }
        for (word, list, errors) in self.near(&typed.text, typed.errors) {
            if !(errors == 0 || typed.begins && word.starts_with(&typed.text)) {
                found.push((word, list, if errors == 1 { Fit::OneError } else { Fit::TwoErrors }));
            }
        }
        found
    }

    /// The words within so many typing errors, in order, each with how many it has.
    pub(super) fn near(&self, typed: &str, allowed: usize) -> Vec<(&str, &Sorted<T>, usize)> {
        let mut found = Vec::new();
        if allowed == 0 {
            return found;
        }
        let mut rows = Rows::new(typed, allowed);
        let mut walk = self.words.walk();
        while let Some((word, list)) = walk.item() {
            let mut depth = rows.shared_with(word);
            let mut fits = true;
            let (mut bytes, mut letters) = (0, word.chars());
            for letter in letters.by_ref().take(depth) {
                bytes += letter.len_utf8();
            }
            for letter in letters {
                fits = rows.push(depth, letter);
                depth += 1;
                bytes += letter.len_utf8();
                if !fits {
                    break;
                }
            }
            if fits {
                debug_assert!(depth <= rows.depth());
                found.extend(rows.errors(depth).map(|errors| (word.as_ref(), list, errors)));
                walk.step();
            } else {
                let passed = &word[..bytes];
                walk.skip(|(other, _)| other.starts_with(passed));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::typed::Typed;
    use super::*;

    proptest! {
        #[test]
        fn words_are_found_as_if_all_were_looked_at(
            words in prop::collection::btree_set("[abé]{1,10}", 0..700),
            gone in prop::collection::vec("[abé]{1,3}", 0..20),
            typed in "[abé]{1,9}",
        ) {
            let mut vocabulary = Vocabulary::of(words.iter().map(|word| (word.as_str(), vec![7_u32])));
            let mut grown = Vocabulary::default();
            for word in words.iter().rev() {
                grown.add(word, [7]);
            }
            let mut left = words.clone();
            for word in &gone {
                left.remove(word);
                vocabulary.remove(word, 7);
                grown.remove(word, 7);
            }
            prop_assert_eq!((vocabulary.len(), grown.len()), (left.len(), left.len()));
            let mut typed = Typed::of(&typed).expect("short").words.remove(0);
            // Folding takes accents off; here a letter of two bytes should stay one.
            typed.text = typed.text.replace('e', "é");
            let expected: Vec<_> =
                left.iter().filter_map(|word| Some((word.as_str(), typed.fit(word)?))).collect();
            for vocabulary in [&vocabulary, &grown] {
                let mut found: Vec<_> =
                    vocabulary.fitting(&typed).into_iter().map(|(word, _, fit)| (word, fit)).collect();
                found.sort_unstable();
                prop_assert_eq!(&found, &expected);
                prop_assert_eq!(vocabulary.knows(&typed), expected.iter().any(|(_, fit)| *fit <= Fit::Begins));
            }
        }
    }
}
