//! Words as numbers, so that asking whether a token is one of a list costs a bit.
//!
//! `number("de")` is the same for every list of every language; `Words::new(&tokens, &bases)` looks each token of a document
//! up once: its own form, what it stands for (*du* → *de*), and its form without accents when it has a capital.
//!
//! Numbers are given in the order in which the data is loaded. They never leave a run of the program.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, RwLock};

use super::phrases::Contractions;
use crate::lexicon::WordMap;
use crate::model::fold_into;
use crate::text::Tokens;

/// The number of words that no list has.
const UNKNOWN: u32 = 0;

/// All words of all lists with the languages that have them, and words without accents under a sign that no word has.
static NUMBERS: LazyLock<RwLock<WordMap<Known>>> = LazyLock::new(RwLock::default);

/// The language whose lists are being loaded, as a bit.
static LOADING: AtomicU32 = AtomicU32::new(0);

/// Whose turn it is: languages are loaded when they are first asked for, one after the other.
static TURN: Mutex<()> = Mutex::new(());

/// A word's number, and the languages that have it, as bits.
#[derive(Clone, Copy, Debug)]
struct Known {
    number: u32,
    languages: u32,
}

/// Says that the lists of the language with this number are loaded from now on, until the turn is over.
pub(super) fn begin(language: usize) -> MutexGuard<'static, ()> {
    let turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    LOADING.store(1 << language, Ordering::Relaxed);
    turn
}

/// The number of a word of a list.
pub(super) fn number(word: &str) -> u32 {
    let mut numbers = NUMBERS.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    let next = Known { number: numbers.len() as u32 + 1, languages: 0 };
    let known = numbers.get_or_insert(word, next);
    known.languages |= LOADING.load(Ordering::Relaxed);
    known.number
}

/// The number of a word of a list without its accents.
pub(super) fn plain_number(word: &str) -> u32 {
    let mut key = String::with_capacity(word.len() + 1);
    key.push('~');
    fold_into(&mut key, word);
    number(&key)
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

/// How the words of a language are read: what contracted and elided forms stand for, and whose words are known.
#[derive(Debug, Default)]
pub(in crate::extract) struct Bases {
    /// By the numbers of both. A language has a handful.
    forms: Vec<(u32, u32)>,
    /// The numbers of these forms: most tokens are none of them.
    contracted: NumberSet,
    /// The language, as a bit.
    language: u32,
    /// Whether capitals keep their accents: *Esta* is not *está*.
    keep: bool,
}

impl Bases {
    pub(super) fn new(contractions: &Contractions, keep: bool) -> Self {
        let mut forms: Vec<_> = contractions.iter().collect();
        forms.sort_unstable();
        let forms: Vec<_> = forms.into_iter().map(|(form, base)| (number(form), number(base))).collect();
        let mut contracted = NumberSet::default();
        forms.iter().for_each(|(form, _)| contracted.insert(*form));
        Self { forms, contracted, language: LOADING.load(Ordering::Relaxed), keep }
    }

    fn of(&self, exact: u32) -> u32 {
        if !self.contracted.has(exact) {
            return exact;
        }
        self.forms.iter().find(|(form, _)| *form == exact).map_or(exact, |(_, base)| *base)
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
        let own = |word: &&Known| word.languages & bases.language != 0;
        let find = |word: &str| known.get(word).filter(own).map_or(UNKNOWN, |word| word.number);
        let mut key = String::new();
        let mut of = |at: usize| {
            let exact = find(tokens.lower(at));
            let plain = if tokens.tokens[at].capital && !(bases.keep && exact != UNKNOWN) {
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
