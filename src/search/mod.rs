//! Finding entities and sentences by what somebody types: words in any order; accents, ligatures, case and small typing errors forgiven.
//!
//! `search.names().find(&Typed::of("organisaton migrations")?, keep)` → *Organisation internationale pour les migrations*
//!
//! An index of names (`names`) and one of sentences (`texts`), each a vocabulary in order (`vocabulary`) that is walked for what was
//! typed (`typed`). A function of the entities and documents that are there, not of the way there: an index made at once answers as
//! one that grew. What is gone is in it no more. Must not decide identity, and must not keep texts.

mod articles;
mod highlight;
mod names;
mod texts;
mod typed;
mod vocabulary;
mod words;

use std::collections::BTreeMap;
use std::io;

use crate::collection::{Meter, Shelf, ShelfWriter};
use crate::model::{Document, Entity};
use typed::TypedWord;

pub use articles::without_article;
pub use highlight::highlights;
pub use names::{Completion, Exactness, Hit, Names};
pub use texts::{Found, FoundSentence, SENTENCES_MAX, Sentence, Texts, TextsMaker, compare};
pub use typed::{TEXT_MAX, TooMuch, Typed, WORDS_MAX};

/// How many words are proposed for one that nothing has.
const PROPOSALS_MAX: usize = 5;

/// Indexes over the names of entities and the sentences of documents. Copies are cheap.
#[derive(Clone, Debug, Default)]
pub struct Search {
    names: Names,
    texts: Texts,
}

/// A typed word that nothing has, and known words that may have been meant, the likeliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word, as it is compared: without case and accents.
    pub typed: String,
    /// Words within the errors that are forgiven: the fewest errors first, then the most frequent, then by the alphabet.
    pub known: Vec<String>,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// In names and aliases.
    pub names: bool,
    /// In the sentences of documents.
    pub sentences: bool,
}

impl Search {
    /// Indexes of entities, each at its position, and of the documents whose sentences were gathered.
    pub fn of(entities: &[Entity], texts: TextsMaker) -> Self {
        Self { names: Names::of(entities), texts: texts.finish() }
    }

    /// Writes the indexes to a file.
    ///
    /// # Errors
    /// The file cannot be written, or one that the indexes lie in cannot be read.
    pub fn keep(&self, to: &mut ShelfWriter) -> io::Result<()> {
        self.names.keep(to)?;
        self.texts.keep(to)
    }

    /// The indexes that were written to a file.
    ///
    /// # Errors
    /// The file has no whole indexes.
    pub fn kept(shelf: &Shelf) -> io::Result<Self> {
        Ok(Self { names: Names::kept(shelf)?, texts: Texts::kept(shelf)? })
    }

    /// The same indexes, of which nothing that lies in a file is in memory; `meter` counts what is read of them.
    pub fn unread(&self, meter: &Meter) -> Self {
        Self { names: self.names.unread(meter), texts: self.texts.unread(meter) }
    }

    /// Indexes the names of the entity at a position, in place of those that it had; `None` for an entity that is gone.
    pub fn set(&mut self, position: usize, entity: Option<&Entity>) {
        self.names.set(position, entity);
    }

    /// Indexes a document at a position where none is.
    pub fn add(&mut self, position: usize, document: &Document) {
        self.texts.add(position, document);
    }

    /// Forgets the document at a position, which must be the one that was indexed there.
    pub fn remove(&mut self, position: usize, document: &Document) {
        self.texts.remove(position, document);
    }

    /// The index of names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The index of sentences.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The typed words that nothing has, each once, with known words that may have been meant.
    pub fn unknown(&self, typed: &Typed, fields: Fields) -> Vec<Unknown> {
        let (names, texts) = (self.names.words(), &self.texts);
        let is_known = |word: &TypedWord| fields.names && names.knows(word) || fields.sentences && texts.knows(word);
        let mut unknown: Vec<Unknown> = Vec::new();
        for word in typed.words.iter().filter(|word| !is_known(word)) {
            if unknown.iter().any(|known| known.typed == word.text) {
                continue;
            }
            let mut near: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            if fields.names {
                let words = names.near(&word.text, word.errors).into_iter();
                words.for_each(|(known, list, errors)| near.entry(known).or_insert((errors, 0)).1 += list.len());
            }
            if fields.sentences {
                let words = texts.near(&word.text, word.errors);
                words.for_each(|(known, count, errors)| near.entry(known).or_insert((errors, 0)).1 += count);
            }
            let mut near: Vec<_> = near.into_iter().collect();
            near.sort_by_key(|(_, (errors, count))| (*errors, std::cmp::Reverse(*count)));
            let known = near.into_iter().take(PROPOSALS_MAX).map(|(word, _)| word.to_owned()).collect();
            unknown.push(Unknown { typed: word.text.clone(), known });
        }
        unknown
    }
}
