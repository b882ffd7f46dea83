//! What is known of each token beyond its letters: lists it stands in, and how the document writes it elsewhere.
//!
//! `Fatou Diop, du Sénégal … Diop` → *Fatou* given name; both *Diop* follow a given name somewhere; *Sénégal* listed country
//!
//! Training and tagging share this one function. Must not know labels.

use std::ops::Range;

use super::hash;
use crate::lexicon::{FormKind, Hit, Languages, Lexicon, ListedForm};
use crate::model::{EntityKind, Language};
use crate::text::{Token, TokenKind, Tokens};

/// A set of facts about one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributes(u16);

impl Attributes {
    /// Part of a listed country name.
    pub const COUNTRY: Self = Self(1);
    /// Part of another listed place name.
    pub const PLACE: Self = Self(1 << 1);
    /// Part of a listed organization name.
    pub const ORGANIZATION: Self = Self(1 << 2);
    /// A listed acronym, written exactly so.
    pub const ACRONYM: Self = Self(1 << 3);
    /// An adjective of a country or region, or a name of inhabitants.
    pub const DEMONYM: Self = Self(1 << 4);
    /// A given name and hardly anything else.
    pub const FIRST_NAME: Self = Self(1 << 5);
    /// A given name but also another word.
    pub const MAYBE_FIRST_NAME: Self = Self(1 << 6);
    /// First token of a listed name.
    pub const STARTS: Self = Self(1 << 7);
    /// Follows a given name somewhere in the document.
    pub const AFTER_FIRST_NAME: Self = Self(1 << 8);
    /// Has a capital within a sentence somewhere in the document.
    pub const CAPITAL_INSIDE: Self = Self(1 << 9);
    /// Is in lower case somewhere in the document.
    pub const LOWER: Self = Self(1 << 10);

    /// Follows another capital somewhere in the document.
    pub const AFTER_CAPITAL: Self = Self(1 << 11);
    /// Stands before another capital somewhere in the document.
    pub const BEFORE_CAPITAL: Self = Self(1 << 12);

    /// Whether all facts of `other` hold.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What lists say of the token itself.
    pub(super) const fn listed(self) -> u32 {
        (self.0 & 0xff) as u32
    }

    /// What the document says of the word elsewhere.
    pub(super) const fn elsewhere(self) -> u32 {
        (self.0 >> 8) as u32
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The attributes of every token of a document; `hits` is what [`Lexicon::find`] gave for its folded text.
pub fn attributes(tokens: &Tokens<'_>, lexicon: &Lexicon, hits: &[Hit], language: &Language) -> Vec<Attributes> {
    let mut all = vec![Attributes::default(); tokens.tokens.len()];
    let (language, mut cursor) = (lexicon.language(language.as_str()), 0);
    for &hit in hits {
        if let Some(range) = tokens.tokens_of(hit.start..hit.end, &mut cursor) {
            mark_hit(&mut all, tokens, lexicon, (hit, range), language);
        }
    }
    for (at, token) in tokens.tokens.iter().enumerate().filter(|(_, token)| is_name_word(token)) {
        let word = tokens.word(at);
        if lexicon.is_first_name(word) {
            all[at].add(Attributes::FIRST_NAME);
        } else if !token.acronym && lexicon.may_be_first_name(word) {
            all[at].add(Attributes::MAYBE_FIRST_NAME);
        }
    }
    look_elsewhere(&mut all, tokens);
    all
}

fn mark_hit(
    all: &mut [Attributes],
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    (hit, range): (Hit, Range<usize>),
    language: Languages,
) {
    let mut facts = Attributes::default();
    let capital = tokens.tokens[range.clone()].iter().any(|token| token.capital);
    for form in lexicon.forms(hit).iter().filter(|form| form.kind != FormKind::Term) {
        match form.kind {
            FormKind::Name if capital => facts.add(fact_of(lexicon, form, language)),
            FormKind::Acronym if is_written_as(tokens.span(&range).of(tokens.text), form.written) => {
                facts.add(Attributes::ACRONYM);
                facts.add(fact_of(lexicon, form, language));
            }
            FormKind::Demonym if form.languages.meet(language) => facts.add(Attributes::DEMONYM),
            _ => {}
        }
    }
    if facts != Attributes::default() {
        all[range.clone()].iter_mut().for_each(|token| token.add(facts));
        all[range.start].add(Attributes::STARTS);
    }
}

/// Places count only in the language of the text: *seul* is not *Seúl*.
fn fact_of(lexicon: &Lexicon, form: &ListedForm, language: Languages) -> Attributes {
    let own_language = form.languages.meet(language);
    match lexicon.entry(form.entry).kind {
        EntityKind::Country if own_language => Attributes::COUNTRY,
        EntityKind::Place if own_language => Attributes::PLACE,
        EntityKind::Organization => Attributes::ORGANIZATION,
        _ => Attributes::default(),
    }
}

/// Acronyms count only as written, dots aside.
fn is_written_as(text: &str, written: &str) -> bool {
    let plain = |c: &char| c.is_alphanumeric();
    text.chars().filter(plain).eq(written.chars().filter(plain))
}

fn is_name_word(token: &Token) -> bool {
    token.capital && token.kind == TokenKind::Word
}

/// Gives every capitalised word the union of what its occurrences in the document show.
fn look_elsewhere(all: &mut [Attributes], tokens: &Tokens<'_>) {
    let mut seen = Seen::new(tokens.tokens.len());
    for sentence in &tokens.sentences {
        let mut inside = false;
        for at in sentence.tokens.clone().filter(|&at| tokens.tokens[at].kind == TokenKind::Word) {
            let fact = if is_name_word(&tokens.tokens[at]) {
                let before = at.checked_sub(1).filter(|i| *i >= sentence.tokens.start);
                let after = (at + 1 < sentence.tokens.end).then_some(at + 1);
                capital(all, tokens, [before, after], inside)
            } else {
                Attributes::LOWER
            };
            seen.fact(hash::word(tokens.lower(at))).add(fact);
            inside = true;
        }
    }
    for (at, facts) in all.iter_mut().enumerate().filter(|(at, _)| is_name_word(&tokens.tokens[*at])) {
        facts.add(*seen.fact(hash::word(tokens.lower(at))));
    }
}

/// What one occurrence of a word with a capital shows, given the tokens around it in its sentence.
fn capital(all: &[Attributes], tokens: &Tokens<'_>, around: [Option<usize>; 2], inside: bool) -> Attributes {
    let [before, after] = around.map(|at| at.filter(|at| is_name_word(&tokens.tokens[*at])));
    let mut fact = Attributes::default();
    let shown = [
        (inside, Attributes::CAPITAL_INSIDE),
        (before.is_some(), Attributes::AFTER_CAPITAL),
        (before.is_some_and(|at| all[at].has(Attributes::FIRST_NAME)), Attributes::AFTER_FIRST_NAME),
        (after.is_some(), Attributes::BEFORE_CAPITAL),
    ];
    shown.into_iter().filter(|(holds, _)| *holds).for_each(|(_, shown)| fact.add(shown));
    fact
}

/// Facts by the hash of a word, with open addressing: at most half full.
struct Seen {
    slots: Vec<(u32, Attributes)>,
}

impl Seen {
    fn new(words: usize) -> Self {
        Self { slots: vec![(0, Attributes::default()); (words * 2 + 1).next_power_of_two()] }
    }

    fn fact(&mut self, word: u32) -> &mut Attributes {
        let (word, mask) = (word.max(1), self.slots.len() - 1);
        let mut at = word as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != word {
            at = (at + 1) & mask;
        }
        self.slots[at].0 = word;
        &mut self.slots[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon;
    use crate::model::{Section, SectionKind, Span};
    use crate::text::TextPack;

    fn check(text: &str, word: &str, expected: &[Attributes]) {
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, TextPack::of("fr"));
        let hits = lexicon().find(&tokens.folded);
        let all = attributes(&tokens, lexicon(), &hits, &Language::new("fr"));
        let at = (0..all.len()).find(|&at| tokens.raw(at) == word).expect("a token");
        for &fact in expected {
            assert!(all[at].has(fact), "{word}: {:b} lacks {:b}", all[at].0, fact.0);
        }
    }

    #[test]
    fn lists_and_the_rest_of_the_document_speak() {
        let text = "Diop parle. Fatou Diop, du Sénégal, travaille à l’OIM. Le Monde change le monde.";
        check(text, "Diop", &[Attributes::AFTER_FIRST_NAME, Attributes::AFTER_CAPITAL]);
        check(text, "Fatou", &[Attributes::FIRST_NAME, Attributes::BEFORE_CAPITAL]);
        check(text, "Sénégal", &[Attributes::COUNTRY, Attributes::STARTS]);
        check(text, "OIM", &[Attributes::ORGANIZATION, Attributes::ACRONYM]);
        check(text, "Monde", &[Attributes::LOWER, Attributes::CAPITAL_INSIDE]);
    }
}
