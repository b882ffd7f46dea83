//! The sentences of documents by their words.
//!
//! `texts.find(&typed("financé formation"), …)` → *Le Canada a également financé l’atelier de formation.*
//!
//! A sentence must have all typed words but small ones (*le*, *de*). Words that no text has may have typing errors; when the others together find
//! nothing, all may. What is found is ranked as by BM25, with sentences for documents: rarer words count more, so do shorter
//! sentences, and a word that only begins as typed or has errors less. How often a word stands in a sentence does not count.
//!
//! Texts are not kept here, only which words their sentences have: up to 32 sentences of a document are a block, and each of its words
//! keeps the block with a bit for each sentence. That finds, counts and ranks sentences without a look at any text.
//!
//! The words of the documents that came last stand in a small vocabulary of their own: to add a document to it copies little. Now and
//! then it goes into the large one, of which a change for each word would copy a page.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::typed::{Fit, Typed, TypedWord};
use super::vocabulary::Vocabulary;
use super::words::each_word;
use crate::collection::{Meter, Pages, Shelf, ShelfWriter};
use crate::model::{Document, Section, SectionKind, Span};
use crate::text::{TextPack, find_sentences};

/// Sentences a block has at most.
const BLOCK: usize = u32::BITS as usize;
/// How many of the sentences found are ranked and given, the best of all.
pub const SENTENCES_MAX: usize = 10_000;
/// How many documents are taken apart before what they have is put together.
const BATCH: usize = 1_000;
/// How many documents wait in the small vocabulary.
const RECENT: usize = 16;

/// A sentence of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    start: u32,
    end: u32,
    words: u32,
    /// The section that it stands in.
    pub section: SectionKind,
}

impl Sentence {
    /// Where it stands in the document's text.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A sentence that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundSentence {
    /// The position under which its document was indexed.
    pub document: usize,
    /// The sentence.
    pub sentence: Sentence,
    /// How well it fits, above 0, to six digits; comparable only within one answer.
    pub score: f64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best of them, at most [`SENTENCES_MAX`], in no order that matters.
    pub sentences: Vec<FoundSentence>,
    /// How many there are.
    pub total: usize,
    /// What was looked for in the end: without small words, and with the errors that were forgiven.
    pub typed: Typed,
}

/// An index over the sentences of documents. Copies are cheap, and a change costs what the document has.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// What the document at each position has; gone ones leave a gap.
    texts: Pages<Option<Arc<Text>>>,
    /// The position of the document that each block belongs to.
    blocks: Pages<u32>,
    words: Vocabulary<Posting>,
    /// The words of documents that came last, which are not among the others yet.
    recent: Vocabulary<Posting>,
    /// How many documents those are, at most: some may be gone.
    recent_count: usize,
    sentence_count: u64,
    word_count: u64,
}

/// The sentences of a document, and the first of the blocks that stand for them, one behind the other.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    first_block: u32,
    sentences: Box<[Sentence]>,
}

/// Sentences of a block that have a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Posting {
    block: u32,
    sentences: u32,
}

/// A document taken apart: its sentences, and for each word the sentences of each of its blocks that have it.
struct Parts {
    sentences: Vec<Sentence>,
    words: BTreeMap<Box<str>, Vec<(usize, u32)>>,
}

impl Parts {
    fn of(document: &Document) -> Self {
        if document.lines.is_some() {
            // Lines of a data file are no sentences.
            return Self { sentences: Vec::new(), words: BTreeMap::new() };
        }
        let text = &document.text;
        let whole = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let sections = if document.sections.is_empty() { &whole[..] } else { &document.sections };
        let mut parts = Self { sentences: Vec::new(), words: BTreeMap::new() };
        for (span, section) in find_sentences(text, sections, TextPack::of(document.language.primary())) {
            let number = parts.sentences.len();
            let (block, bit) = (number / BLOCK, 1 << (number % BLOCK));
            let mut count = 0;
            each_word(span.of(text), |word, _| {
                count += 1;
                let blocks = match parts.words.get_mut(word) {
                    Some(blocks) => blocks,
                    None => parts.words.entry(word.into()).or_default(),
                };
                match blocks.last_mut() {
                    Some((last, sentences)) if *last == block => *sentences |= bit,
                    _ => blocks.push((block, bit)),
                }
            });
            if count > 0 {
                parts.sentences.push(Sentence {
                    start: small(span.start),
                    end: small(span.end),
                    words: count,
                    section,
                });
            }
        }
        parts
    }
}

/// An index of sentences under way, of documents in the order of their positions.
#[derive(Debug, Default)]
pub struct TextsMaker {
    texts: Texts,
    words: HashMap<Box<str>, Vec<Posting>>,
    waiting: Vec<(usize, Arc<Document>)>,
}

impl TextsMaker {
    /// Adds the document at a position that is behind all others.
    pub fn add(&mut self, position: usize, document: &Arc<Document>) {
        // Lines of a data file are no sentences.
        if document.lines.is_none() {
            self.waiting.push((position, Arc::clone(document)));
        }
        if self.waiting.len() >= BATCH {
            self.turn();
        }
    }

    /// The index of all documents that were added.
    pub(super) fn finish(mut self) -> Texts {
        self.turn();
        self.texts.words = Vocabulary::of(self.words);
        self.texts
    }

    fn turn(&mut self) {
        let batch = std::mem::take(&mut self.waiting);
        let parts: Vec<_> = batch.par_iter().map(|(position, document)| (*position, Parts::of(document))).collect();
        for (position, Parts { sentences, words: found }) in parts {
            let first = self.texts.put(position, sentences);
            for (word, blocks) in found {
                let postings = blocks.into_iter().map(|(block, bits)| posting(first, block, bits));
                self.words.entry(word).or_default().extend(postings);
            }
        }
    }
}

impl Texts {
    /// Writes the index to a file.
    pub(super) fn keep(&self, to: &mut ShelfWriter) -> io::Result<()> {
        self.texts.keep("sentences", to)?;
        self.blocks.keep("blocks of sentences", to)?;
        match self.recent_count {
            0 => self.words.keep("words of sentences", to)?,
            _ => self.all_words().keep("words of sentences", to)?,
        }
        to.value("size of texts", &(self.sentence_count, self.word_count))
    }

    /// The index that was written to a file.
    pub(super) fn kept(shelf: &Shelf) -> io::Result<Self> {
        let (sentence_count, word_count) = shelf.value("size of texts")?;
        let (texts, blocks) = (Pages::kept("sentences", shelf)?, Pages::kept("blocks of sentences", shelf)?);
        let words = Vocabulary::kept("words of sentences", shelf);
        Ok(Self { texts, blocks, words, sentence_count, word_count, ..Self::default() })
    }

    /// The same index, of which nothing that lies in a file is in memory; `meter` counts what is read of it.
    pub(super) fn unread(&self, meter: &Meter) -> Self {
        let (texts, blocks, words) = (self.texts.unread(meter), self.blocks.unread(meter), self.words.unread(meter));
        Self { texts, blocks, words, recent: self.recent.clone(), ..*self }
    }

    /// Indexes a document at a position where none is.
    pub(super) fn add(&mut self, position: usize, document: &Document) {
        let Parts { sentences, words } = Parts::of(document);
        let first = self.put(position, sentences);
        for (word, blocks) in words {
            self.recent.add(&word, blocks.into_iter().map(|(block, bits)| posting(first, block, bits)));
        }
        self.recent_count += 1;
        if self.recent_count == RECENT {
            self.words = self.all_words();
            (self.recent, self.recent_count) = (Vocabulary::default(), 0);
        }
    }

    /// The words of all documents, those that came last among them.
    fn all_words(&self) -> Vocabulary<Posting> {
        let mut words = self.words.clone();
        self.recent.beginning("").for_each(|(word, list)| words.add(word, list.iter().copied()));
        words
    }

    /// Forgets the document at a position: its words go with it.
    pub(super) fn remove(&mut self, position: usize, document: &Document) {
        let Some(text) = self.texts.get_mut(position).and_then(Option::take) else { return };
        for (word, blocks) in Parts::of(document).words {
            for (block, bits) in blocks {
                let posting = posting(text.first_block, block, bits);
                if !self.recent.remove(&word, posting) {
                    self.words.remove(&word, posting);
                }
            }
        }
        self.sentence_count -= text.sentences.len() as u64;
        self.word_count -= words_in(&text.sentences);
    }

    /// Keeps the sentences of a document, and gives its first block.
    fn put(&mut self, position: usize, sentences: Vec<Sentence>) -> u32 {
        let first_block = small(self.blocks.len());
        for _ in sentences.chunks(BLOCK) {
            self.blocks.push(small(position));
        }
        self.sentence_count += sentences.len() as u64;
        self.word_count += words_in(&sentences);
        while self.texts.len() <= position {
            self.texts.push(None);
        }
        if let Some(slot) = self.texts.get_mut(position) {
            *slot = Some(Arc::new(Text { first_block, sentences: sentences.into() }));
        }
        first_block
    }

    /// The sentences that have what was typed. Of the sentences of a document, `keep` tells those that may be found, by a bit each;
    /// it is asked for documents with a sentence that fits, up to 32 sentences at a time. Of equally good ones, `first` tells which document comes first.
    pub fn find(
        &self,
        typed: &Typed,
        keep: impl Fn(usize, &[Sentence]) -> u32,
        first: impl Fn(usize, usize) -> std::cmp::Ordering,
    ) -> Found {
        let forgiving = typed.clone().without_small_words();
        let mut strict = forgiving.clone();
        for word in strict.words.iter_mut().filter(|word| self.knows(word)) {
            word.errors = 0;
        }
        let found = self.found(&strict, &keep, &first);
        if found.total > 0 || strict == forgiving { found } else { self.found(&forgiving, &keep, &first) }
    }

    fn found(
        &self,
        typed: &Typed,
        keep: &impl Fn(usize, &[Sentence]) -> u32,
        first: &impl Fn(usize, usize) -> std::cmp::Ordering,
    ) -> Found {
        let words: Vec<_> = typed.words.iter().map(|word| Places::of(self, word)).collect();
        let Some((some, others)) = words.split_first() else {
            return Found { typed: typed.clone(), ..Found::default() };
        };
        let average = self.word_count as f64 / self.sentence_count.max(1) as f64;
        let weights: Vec<f64> = words.iter().map(|places| rarity(self.sentence_count, places.count)).collect();
        let (mut total, mut sentences) = (0, Vec::new());
        for (block, here) in some.any.iter().enumerate() {
            let mut here = others.iter().fold(*here, |here, places| here & places.any[block]);
            let Some((document, kept)) = (here != 0).then(|| self.block(block)).flatten() else { continue };
            here &= keep(document, kept);
            total += here.count_ones() as usize;
            while here != 0 {
                let number = here.trailing_zeros() as usize;
                here &= here - 1;
                let sentence = kept[number];
                let length = f64::from(sentence.words) / average;
                let quality = words.iter().zip(&weights).map(|(places, weight)| weight * places.quality(block, number));
                // BM25 with its usual constants, for a word that stands there once.
                let score = quality.sum::<f64>() * 2.2 / (1.0 + 1.2 * (0.25 + 0.75 * length));
                let score = (score * 1e6).round().max(1.0) / 1e6;
                sentences.push(FoundSentence { document, sentence, score });
            }
        }
        if sentences.len() > SENTENCES_MAX {
            sentences.select_nth_unstable_by(SENTENCES_MAX, |a, b| compare(a, b, first));
            sentences.truncate(SENTENCES_MAX);
        }
        Found { sentences, total, typed: typed.clone() }
    }

    /// The document of a block, and the sentences that the block stands for.
    fn block(&self, block: usize) -> Option<(usize, &[Sentence])> {
        let document = *self.blocks.get(block)? as usize;
        let text = self.texts.get(document)?.as_deref()?;
        let from = (block - text.first_block as usize) * BLOCK;
        Some((document, &text.sentences[from..text.sentences.len().min(from + BLOCK)]))
    }

    /// Whether a sentence has the word, or, when it may be unfinished, one that begins so.
    pub(super) fn knows(&self, word: &TypedWord) -> bool {
        self.words.knows(word) || self.recent.knows(word)
    }

    /// The words within so many typing errors, each with how many blocks of sentences have it and how many errors it has; a word may
    /// come twice, each time with some of the blocks.
    pub(super) fn near(&self, typed: &str, allowed: usize) -> impl Iterator<Item = (&str, usize, usize)> {
        let near = [&self.words, &self.recent].map(|words| words.near(typed, allowed));
        near.into_iter().flatten().map(|(word, list, errors)| (word, list.len(), errors))
    }
}

/// The best first; then by document and place in it.
pub fn compare(
    a: &FoundSentence,
    b: &FoundSentence,
    first: impl Fn(usize, usize) -> std::cmp::Ordering,
) -> std::cmp::Ordering {
    let score = b.score.total_cmp(&a.score);
    score.then_with(|| first(a.document, b.document)).then(a.sentence.start.cmp(&b.sentence.start))
}

/// Where one typed word stands: for each block the sentences that have it, in all and by how well it fits.
struct Places {
    any: Vec<u32>,
    by_fit: Vec<(Fit, Vec<u32>)>,
    count: u64,
}

impl Places {
    fn of(texts: &Texts, word: &TypedWord) -> Self {
        let mut fitting = texts.words.fitting(word);
        fitting.extend(texts.recent.fitting(word));
        let mut any = vec![0; texts.blocks.len()];
        let mut by_fit = Vec::new();
        for fit in Fit::ALL {
            let lists: Vec<_> = fitting.iter().filter(|(.., known)| *known == fit).collect();
            if lists.is_empty() {
                continue;
            }
            let mut places = vec![0; texts.blocks.len()];
            for posting in lists.iter().flat_map(|(_, list, _)| list.iter()) {
                places[posting.block as usize] |= posting.sentences;
            }
            any.iter_mut().zip(&places).for_each(|(any, here)| *any |= here);
            by_fit.push((fit, places));
        }
        let count = any.iter().map(|here: &u32| u64::from(here.count_ones())).sum();
        Self { any, by_fit, count }
    }

    fn quality(&self, block: usize, sentence: usize) -> f64 {
        let best = self.by_fit.iter().find(|(_, places)| places[block] & (1 << sentence) != 0);
        best.map_or(0.0, |(fit, _)| fit.quality())
    }
}

/// How much a word counts that so many of all sentences have.
fn rarity(all: u64, with: u64) -> f64 {
    (1.0 + ((all - with.min(all)) as f64 + 0.5) / (with as f64 + 0.5)).ln()
}

fn posting(first_block: u32, block: usize, sentences: u32) -> Posting {
    Posting { block: first_block + small(block), sentences }
}

fn words_in(sentences: &[Sentence]) -> u64 {
    sentences.iter().map(|sentence| u64::from(sentence.words)).sum()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("texts and stores have fewer than four billion bytes and sentences")
}
