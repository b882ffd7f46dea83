//! What the text stage knows of a language: elisions, abbreviations, months, currencies. Data, one folder a language.
//!
//! `TextPack::of("fr").month("août")` → `Some(8)`; an unknown language gets an empty pack and still has tokens and sentences.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, Result};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    elisions: FxHashSet<String>,
    clitics: FxHashSet<String>,
    #[serde(default)]
    compound_ends: FxHashSet<String>,
    abbreviations: FxHashSet<String>,
    months: Vec<Vec<String>>,
    weekdays: FxHashSet<String>,
    date_words: FxHashSet<String>,
    range_words: FxHashSet<String>,
    first_day: FxHashSet<String>,
    multipliers: FxHashMap<String, f64>,
    #[serde(default)]
    numbers: FxHashMap<String, f64>,
    currencies: BTreeMap<String, String>,
}

/// Words of one language, all folded.
#[derive(Debug, Default)]
pub struct TextPack {
    source: Source,
    months: FxHashMap<String, u8>,
}

impl TextPack {
    /// Reads and validates a pack.
    ///
    /// # Errors
    /// [`Error::Data`] when it does not have twelve months, or a word is not folded.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let source: Source = toml::from_str(text).map_err(|e| Error::data(file, e))?;
        if source.months.len() != 12 {
            return Err(Error::data(file, format!("{} months instead of 12", source.months.len())));
        }
        let words = source.months.iter().flatten().chain(&source.elisions).chain(source.currencies.keys());
        if let Some(word) = words.clone().find(|word| crate::model::fold(word) != **word) {
            return Err(Error::data(file, format!("{word:?} is not folded")));
        }
        let numbered = (1u8..).zip(&source.months);
        let months = numbered.flat_map(|(n, names)| names.iter().map(move |name| (name.clone(), n))).collect();
        Ok(Self { source, months })
    }

    /// The pack of a language by its primary tag; an empty one for a language without data.
    ///
    /// # Panics
    /// Never in a released build: a test loads the bundled packs.
    pub fn of(language: &str) -> &'static Self {
        static PACKS: LazyLock<HashMap<&str, TextPack>> = LazyLock::new(|| {
            let files = [
                ("fr", include_str!("../languages/fr/text.toml")),
                ("en", include_str!("../languages/en/text.toml")),
                ("es", include_str!("../languages/es/text.toml")),
            ];
            let load = |(tag, text)| (tag, TextPack::parse(tag, text).unwrap_or_else(|e| panic!("{e}")));
            files.into_iter().map(load).collect()
        });
        static NONE: LazyLock<TextPack> = LazyLock::new(TextPack::default);
        PACKS.get(language).unwrap_or(&NONE)
    }

    /// Whether this folded word is elided before an apostrophe (`l` in *l'OIM*).
    pub fn is_elision(&self, word: &str) -> bool {
        self.source.elisions.contains(word)
    }

    /// Whether this folded word is a clitic after an apostrophe (`s` in *IOM's*).
    pub fn is_clitic(&self, word: &str) -> bool {
        self.source.clitics.contains(word)
    }

    /// Whether this folded word after a hyphen is a word of its own (`funded` in *EU-funded*).
    pub fn ends_compound(&self, word: &str) -> bool {
        self.source.compound_ends.contains(word)
    }

    /// Whether a full stop after this lower-cased word does not end a sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.source.abbreviations.contains(word)
    }

    /// The number of a month, 1–12.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(word).copied()
    }

    /// Whether the folded word names a day of the week.
    pub fn is_weekday(&self, word: &str) -> bool {
        self.source.weekdays.contains(word)
    }

    /// Whether the folded word may stand between the parts of a date.
    pub fn is_date_word(&self, word: &str) -> bool {
        self.source.date_words.contains(word)
    }

    /// Whether the folded word joins the two ends of an interval.
    pub fn is_range_word(&self, word: &str) -> bool {
        self.source.range_words.contains(word)
    }

    /// Whether the folded word stands for the first day of a month.
    pub fn is_first_day(&self, word: &str) -> bool {
        self.source.first_day.contains(word)
    }

    /// What a word such as *two* stands for.
    pub fn number(&self, word: &str) -> Option<f64> {
        self.source.numbers.get(word).copied()
    }

    /// What a word such as *millions* multiplies by.
    pub fn multiplier(&self, word: &str) -> Option<f64> {
        self.source.multipliers.get(word).copied()
    }

    /// The ISO 4217 code of a currency by its folded name.
    pub fn currency(&self, name: &str) -> Option<&str> {
        self.source.currencies.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_packs_load() {
        for tag in ["fr", "en", "es"] {
            assert!(TextPack::of(tag).months.len() >= 12, "{tag}");
        }
        assert_eq!(TextPack::of("fr").month("aout"), Some(8));
        assert_eq!(TextPack::of("xx").month("aout"), None);
    }

    #[test]
    fn unfolded_words_are_refused() {
        let text = include_str!("../languages/fr/text.toml").replacen("\"fevrier\"", "\"février\"", 1);
        assert!(matches!(TextPack::parse("fr", &text), Err(Error::Data { .. })));
    }
}
