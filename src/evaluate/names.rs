//! Names as scoring compares them: by form, or by how many content words they share.
//!
//! `plain("L’École  (ENP)")` → `"l ecole enp"`, whose forms are that and `"ecole enp"`
//!
//! Apart from [`crate::model::fold`] on purpose: when the program folds names in another way, scores must stay comparable.
//! Must not know kinds.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Words at the head of a name that do not belong to it, in plain form.
const LEADING: &str = include_str!("leading.txt");
/// Words that say nothing about which thing is meant, in plain form.
const STOP_WORDS: &str = include_str!("stop_words.txt");
/// The least overlap at which two names of a loose kind are the same.
const ENOUGH: f64 = 0.5;

/// A name in lower case without accents, every run of what is no letter, digit or low line one space.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| canonical_combining_class(*c) == 0) {
        match c {
            'œ' | 'Œ' => plain.push_str("oe"),
            'ß' | 'ẞ' => plain.push_str("ss"),
            'ς' => plain.push('σ'),
            '_' => plain.push('_'),
            c if c.is_alphanumeric() && !is_combining_mark(c) => plain.extend(c.to_lowercase()),
            _ if plain.is_empty() || plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Whether a word in plain form is one that does not tell names apart.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.split_whitespace().any(|stop| stop == word)
}

/// All names of one thing, ready to be compared.
#[derive(Debug)]
pub(super) struct Names {
    /// As written and without leading articles, in plain form; never empty strings.
    forms: BTreeSet<String>,
    /// The content words of each name with how often they stand in it.
    words: Vec<BTreeMap<String, usize>>,
}

impl Names {
    /// Prepares names; what has no letter or digit has no form.
    pub(super) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let plain: BTreeSet<String> = names.into_iter().map(plain).filter(|name| !name.is_empty()).collect();
        let words = plain.iter().map(|name| content_words(name)).collect();
        let bare: Vec<String> = plain.iter().map(|name| without_leading(name).to_owned()).collect();
        Self { forms: plain.into_iter().chain(bare).collect(), words }
    }

    /// Whether a form of the one is a form of the other.
    pub(super) fn agree(&self, other: &Self) -> bool {
        !self.forms.is_disjoint(&other.forms)
    }

    /// The best F1 of content words between a name of the one and a name of the other, 0 to 1.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        let pairs = self.words.iter().flat_map(|a| other.words.iter().map(move |b| overlap(a, b)));
        pairs.fold(0.0, f64::max)
    }

    /// How well the two match: 1 when forms agree; when `loose`, also the overlap if it is enough; otherwise 0.
    pub(super) fn similarity(&self, other: &Self, loose: bool) -> f64 {
        match self.agree(other) {
            true => 1.0,
            false if loose => Some(self.overlap(other)).filter(|overlap| *overlap >= ENOUGH).unwrap_or(0.0),
            false => 0.0,
        }
    }
}

fn overlap(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> f64 {
    let common: usize = a.iter().filter_map(|(word, count)| b.get(word).map(|other| (*count).min(*other))).sum();
    let all: usize = a.values().chain(b.values()).sum();
    if common == 0 { 0.0 } else { (2 * common) as f64 / all as f64 }
}

fn content_words(plain: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in plain.split(' ').filter(|word| !is_stop_word(word)) {
        *words.entry(word.to_owned()).or_insert(0) += 1;
    }
    words
}

/// A plain name without its leading articles; one word always stays.
pub(super) fn without_leading(plain: &str) -> &str {
    let mut name = plain;
    while let Some((word, rest)) = name.split_once(' ') {
        if !LEADING.split_whitespace().any(|leading| leading == word) {
            break;
        }
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_joins_what_readers_take_for_one() {
        assert_eq!(plain("  L’Œuvre,  d'Etat (É.) "), "l oeuvre d etat e");
        assert_eq!(plain("Straße ΣΟΦΌΣ σοφός snake_case"), "strasse σοφοσ σοφοσ snake_case");
        assert_eq!(plain("—"), "");
    }

    #[test]
    fn names_agree_without_leading_articles() {
        let agree = |a: &str, b: &str| Names::new([a]).agree(&Names::new([b]));
        assert!(agree("le gouvernement du Niger", "Niger"));
        assert!(agree("l’Union africaine", "Union Africaine"));
        assert!(agree("La", "la"), "one word always stays");
        assert!(!agree("OIM Tchad", "OIM") && !agree("—", "…"));
    }

    #[test]
    fn loose_names_share_half_of_their_content_words() {
        let similarity = |a: &str, b: &str, loose| Names::new([a]).similarity(&Names::new([b]), loose);
        assert_eq!(similarity("atelier régional de Dakar", "l'atelier régional", true), 0.8);
        assert_eq!(similarity("atelier régional", "atelier", false), 0.0);
        assert_eq!(similarity("atelier de formation des juges", "atelier", true), 0.5);
        assert_eq!(similarity("atelier de formation de trois juges", "atelier", true), 0.0);
    }
}
