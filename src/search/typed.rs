//! What somebody typed, as words, and which words of a text each of them finds.
//!
//! `Typed::of("organisaton mig")` → `organisaton` with up to two errors, `mig` as the beginning of a word
//!
//! A word finds itself, and words with typing errors: one from 4 letters on, two from 8 on. The last word also finds words that begin
//! with it, from 2 letters on: it may not be finished. What is too long to be looked for is refused, so that no question is dear.

use super::articles::is_small;
use super::without_article;
use super::words::{folded, folded_words};

/// How many characters may be typed.
pub const TEXT_MAX: usize = 1_000;
/// How many words may be typed.
pub const WORDS_MAX: usize = 32;

/// How well a word fits a typed one; the best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the same.
    Same,
    /// It begins so.
    Begins,
    /// One typing error.
    OneError,
    /// Two typing errors.
    TwoErrors,
}

impl Fit {
    pub(super) const ALL: [Self; 4] = [Self::Same, Self::Begins, Self::OneError, Self::TwoErrors];

    /// What it counts, in (0, 1].
    pub(super) fn quality(self) -> f64 {
        match self {
            Self::Same => 1.0,
            Self::Begins => 0.85,
            Self::OneError => 0.7,
            Self::TwoErrors => 0.55,
        }
    }
}

/// Why something is not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// So many characters.
    Characters(usize),
    /// So many words.
    Words(usize),
}

/// One typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedWord {
    pub(super) text: String,
    /// Whether words that begin with it are found.
    pub(super) begins: bool,
    /// How many typing errors it may have.
    pub(super) errors: usize,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The whole as it is compared.
    pub(super) folded: String,
    pub(super) words: Vec<TypedWord>,
}

impl TypedWord {
    fn of(text: &str) -> Self {
        let errors = match text.chars().count() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        Self { text: text.to_owned(), begins: false, errors }
    }

    /// How well a word fits; `None` when it does not.
    pub(super) fn fit(&self, word: &str) -> Option<Fit> {
        if word == self.text {
            return Some(Fit::Same);
        }
        if self.begins && word.starts_with(&self.text) {
            return Some(Fit::Begins);
        }
        match errors_within(&self.text, word, self.errors)? {
            0 => Some(Fit::Same),
            1 => Some(Fit::OneError),
            _ => Some(Fit::TwoErrors),
        }
    }
}

impl Typed {
    /// Takes a text apart. One without a word finds nothing.
    ///
    /// # Errors
    /// More characters or words than are looked for.
    pub fn of(text: &str) -> Result<Self, TooMuch> {
        let characters = text.chars().count();
        if characters > TEXT_MAX {
            return Err(TooMuch::Characters(characters));
        }
        let folded = folded(&without_dots(text));
        let typed = Self::of_folded(&folded);
        if typed.words.len() > WORDS_MAX {
            return Err(TooMuch::Words(typed.words.len()));
        }
        Ok(typed)
    }

    fn of_folded(folded: &str) -> Self {
        let mut words: Vec<_> = folded_words(folded).map(TypedWord::of).collect();
        if let Some(last) = words.last_mut() {
            last.begins = last.text.chars().nth(1).is_some();
        }
        Self { folded: folded.to_owned(), words }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same without the article that it begins with, if it begins with one and something is left.
    pub(super) fn without_article(&self) -> Option<Self> {
        without_article(&self.folded).map(Self::of_folded)
    }

    /// How a name begins that begins with what was typed, or with that without its article; folded.
    pub fn beginnings(&self) -> impl Iterator<Item = String> + use<> {
        let whole = (!self.is_empty()).then(|| self.folded.clone());
        whole.into_iter().chain(self.without_article().map(|typed| typed.folded))
    }

    /// The same as somebody types it: the last word may be unfinished from its first letter on, and nothing is forgiven.
    pub fn as_begun(&self) -> Self {
        let mut begun = self.clone();
        begun.words.iter_mut().for_each(|word| word.errors = 0);
        if let Some(last) = begun.words.last_mut() {
            last.begins = true;
        }
        begun
    }

    /// The same without articles and other small words; as it is when there is nothing else.
    pub(super) fn without_small_words(mut self) -> Self {
        if self.words.iter().any(|word| !is_small(&word.text)) {
            self.words.retain(|word| !is_small(&word.text));
        }
        self
    }
}

/// A text whose acronyms are written without dots: *O.I.M.* as *OIM*. Initials of people stand apart or alone, and stay.
fn without_dots(text: &str) -> String {
    let dotted = |word: &str| {
        let letters: Vec<char> = word.chars().step_by(2).collect();
        let dots = word.chars().skip(1).step_by(2).all(|c| c == '.');
        letters.len() > 1 && dots && letters.iter().all(|c| c.is_alphabetic())
    };
    let plain = |word: &str| if dotted(word) { word.replace('.', "") } else { word.to_owned() };
    text.split(' ').map(plain).collect::<Vec<_>>().join(" ")
}

/// The number of letters added, dropped, changed or swapped with their neighbour, when it is at most `allowed`.
fn errors_within(a: &str, b: &str, allowed: usize) -> Option<usize> {
    if allowed == 0 {
        return (a == b).then_some(0);
    }
    let mut rows = Rows::new(a, allowed);
    let fits = b.chars().enumerate().all(|(depth, letter)| rows.push(depth, letter));
    if fits { rows.errors(b.chars().count()) } else { None }
}

/// The errors between a typed word and all beginnings of another, letter by letter: a row for each letter of the other word. Words
/// that begin alike share the rows of what they share.
///
/// Of a row only what lies within the allowed errors of its diagonal is reckoned: what is further away has more errors.
pub(super) struct Rows {
    typed: Vec<char>,
    allowed: usize,
    letters: Vec<char>,
    /// At `rows[d * width + n]`: between the first `d` letters of the other word and the first `n` typed ones; one more than is allowed
    /// stands for all that is more.
    rows: Vec<u8>,
}

impl Rows {
    pub(super) fn new(typed: &str, allowed: usize) -> Self {
        let typed: Vec<char> = typed.chars().collect();
        let rows = (0..=typed.len()).map(|n| n.min(allowed + 1) as u8).collect();
        Self { typed, allowed, letters: Vec::new(), rows }
    }

    /// How many numbers a row has.
    fn width(&self) -> usize {
        self.typed.len() + 1
    }

    /// How many letters have rows.
    pub(super) fn depth(&self) -> usize {
        self.letters.len()
    }

    /// Puts a letter at a place, and drops those behind; whether a word that begins so can still fit.
    pub(super) fn push(&mut self, depth: usize, letter: char) -> bool {
        self.letters.truncate(depth);
        self.letters.push(letter);
        let (width, more) = (self.width(), (self.allowed + 1) as u8);
        let row = (depth + 1) * width;
        // Rows that are there already have the same numbers outside the diagonal.
        if self.rows.len() < row + width {
            self.rows.resize(row + width, more);
        }
        let (from, to) = ((depth + 1).saturating_sub(self.allowed), (depth + 1 + self.allowed).min(self.typed.len()));
        let mut fits = false;
        for n in from..=to {
            let above = row - width + n;
            let mut errors = if n == 0 {
                self.rows[above] + 1
            } else {
                let typed = self.typed[n - 1];
                let changed = self.rows[above - 1] + u8::from(typed != letter);
                let mut errors = changed.min(self.rows[above] + 1).min(self.rows[row + n - 1] + 1);
                if n > 1 && depth > 0 && typed == self.letters[depth - 1] && self.typed[n - 2] == letter {
                    errors = errors.min(self.rows[above - width - 2] + 1);
                }
                errors
            };
            errors = errors.min(more);
            fits |= errors < more;
            self.rows[row + n] = errors;
        }
        fits
    }

    /// The errors of the word made of the first so many letters, when they are few enough.
    pub(super) fn errors(&self, depth: usize) -> Option<usize> {
        let row = if depth <= self.letters.len() { depth * self.width() } else { return None };
        let errors = usize::from(self.rows[row + self.typed.len()]);
        (errors <= self.allowed).then_some(errors)
    }

    /// Whether the letters at the beginning of a word are those that have rows, up to which one.
    pub(super) fn shared_with(&self, word: &str) -> usize {
        self.letters.iter().zip(word.chars()).take_while(|(a, b)| **a == *b).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(typed: &str, word: &str) -> Option<Fit> {
        Typed::of(typed).expect("short").words[0].fit(word)
    }

    #[test]
    fn dots_of_acronyms_do_not_count() {
        let folded = |text| Typed::of(text).expect("short").folded;
        assert_eq!(folded("O.I.M. et H.C.R"), "oim et hcr");
        assert_eq!(folded("J. B. Diop, M. le maire, v.1.2"), "j b diop m le maire v 1 2");
    }

    #[test]
    fn typing_errors_are_counted() {
        assert_eq!(errors_within("sengeal", "senegal", 1), Some(1));
        assert_eq!(errors_within("migrtaons", "migrations", 2), Some(2));
        assert_eq!(errors_within("mali", "malawi", 1), None);
        assert_eq!(errors_within("ca", "abc", 2), None, "what was swapped is not changed again");
    }

    #[test]
    fn longer_words_may_have_more_errors() {
        assert_eq!(fit("oim", "oit"), None, "short words are taken as they are");
        assert_eq!(fit("malo", "mali"), Some(Fit::OneError));
        assert_eq!(fit("mala", "molo"), None);
        assert_eq!(fit("organsatin", "organisation"), Some(Fit::TwoErrors));
        assert_eq!(fit("orga", "organisation"), Some(Fit::Begins));
        assert_eq!(fit("o", "oim"), None, "one letter begins too much");
        assert_eq!(fit("orga internationale", "organisation"), None, "only the last word may be unfinished");
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(Typed::of(&"a".repeat(1001)), Err(TooMuch::Characters(1001)));
        assert_eq!(Typed::of(&"a ".repeat(33)), Err(TooMuch::Words(33)));
        assert!(Typed::of(&"\u{301}—🐟".repeat(300)).is_ok_and(|typed| typed.is_empty()));
    }
}
