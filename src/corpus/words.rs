//! The words of `reading.toml`, folded and merged over all languages: the language of a text is not known before its
//! navigation is cut away.
//!
//! `words().is_navigation("Accueil")` → `true`
//!
//! Must not know lines or sections; it answers questions about words only.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::fold;

const FILE: &str = "src/corpus/reading.toml";

/// The file: what concerns pages, and a table for each language.
#[derive(Deserialize)]
struct File {
    page: PageTable,
    #[serde(flatten)]
    languages: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTable {
    parts: HashSet<String>,
    modifiers: HashSet<String>,
    dates: HashSet<String>,
}

/// One language's table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    navigation: Vec<String>,
    skip: Vec<String>,
    share: Vec<String>,
    related: Vec<String>,
    noise: Vec<String>,
    release: Vec<String>,
    issued: Vec<String>,
    contact_open: Vec<String>,
    contact_label: Vec<String>,
    contact_unit: Vec<String>,
    about: Vec<String>,
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    dateline: Vec<String>,
}

/// The words of all languages.
#[derive(Default)]
pub(super) struct Words {
    pub(super) navigation: Entries,
    pub(super) skip: Entries,
    pub(super) share: Entries,
    pub(super) related: Entries,
    pub(super) noise: Entries,
    pub(super) release: Entries,
    pub(super) issued: Entries,
    pub(super) contact_open: Entries,
    pub(super) contact_label: Entries,
    pub(super) contact_unit: Entries,
    pub(super) about: Entries,
    pub(super) months: HashMap<String, u8>,
    pub(super) weekdays: HashSet<String>,
    pub(super) dateline: HashSet<String>,
    pub(super) page_dates: HashSet<String>,
    page_parts: HashSet<String>,
    page_modifiers: HashSet<String>,
}

/// The bundled words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| Words::parse(include_str!("reading.toml")).expect("a test reads the bundled words"));
    &WORDS
}

impl Words {
    /// Reads and checks the word lists: every entry is folded already, and a year has twelve months.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|e| Error::data(FILE, e))?;
        let PageTable { parts: page_parts, modifiers: page_modifiers, dates: page_dates } = file.page;
        let mut words = Self { page_parts, page_modifiers, page_dates, ..Self::default() };
        for (language, table) in file.languages {
            words.add(&language, table)?;
        }
        Ok(words)
    }

    fn add(&mut self, language: &str, table: Table) -> Result<()> {
        let lists = [
            (&mut self.navigation, table.navigation),
            (&mut self.skip, table.skip),
            (&mut self.share, table.share),
            (&mut self.related, table.related),
            (&mut self.noise, table.noise),
            (&mut self.release, table.release),
            (&mut self.issued, table.issued),
            (&mut self.contact_open, table.contact_open),
            (&mut self.contact_label, table.contact_label),
            (&mut self.contact_unit, table.contact_unit),
            (&mut self.about, table.about),
        ];
        for (all, list) in lists {
            for entry in list {
                all.insert(folded(language, entry)?);
            }
        }
        for (all, list) in [(&mut self.weekdays, table.weekdays), (&mut self.dateline, table.dateline)] {
            for word in list {
                all.insert(folded(language, word)?);
            }
        }
        if table.months.len() != 12 {
            return Err(Error::data(FILE, format!("[{language}] has {} months, not 12", table.months.len())));
        }
        for (number, spellings) in (1..).zip(table.months) {
            for word in spellings {
                let word = folded(language, word)?;
                if self.months.insert(word.clone(), number).is_some_and(|other| other != number) {
                    return Err(Error::data(FILE, format!("[{language}] {word:?} is two months")));
                }
            }
        }
        Ok(())
    }

    /// Whether a `class` or `id` names a part of a page beside the article: `share-buttons`, but not `has-sidebar`.
    pub(super) fn is_page_part(&self, names: &str) -> bool {
        names.split_whitespace().any(|name| {
            let name = name.to_lowercase();
            let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
            !words.peek().is_some_and(|first| self.page_modifiers.contains(*first))
                && words.any(|w| self.page_parts.contains(w))
        })
    }

    /// Whether the folded line is nothing but a menu entry, or begins like one.
    pub(super) fn is_navigation(&self, folded: &str) -> bool {
        self.navigation.contains(folded) || starts_with_any(&self.skip, folded)
    }
}

fn folded(language: &str, word: String) -> Result<String> {
    if word.is_empty() || fold(&word) != word {
        return Err(Error::data(FILE, format!("[{language}] {word:?} must be written {:?}", fold(&word))));
    }
    Ok(word)
}

/// Folded words and phrases of one purpose, kept by their first words: most lines begin with none of them.
#[derive(Default)]
pub(super) struct Entries(HashMap<String, Vec<String>>);

impl Entries {
    fn insert(&mut self, entry: String) {
        let of_word = self.0.entry(first_word(&entry).to_owned()).or_default();
        if !of_word.contains(&entry) {
            of_word.push(entry);
        }
    }

    /// Whether an entry begins with this folded word.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Whether the folded text is one of the entries.
    pub(super) fn contains(&self, folded: &str) -> bool {
        self.0.get(first_word(folded)).is_some_and(|entries| entries.iter().any(|entry| entry == folded))
    }
}

fn first_word(folded: &str) -> &str {
    folded.split(' ').next().unwrap_or(folded)
}

/// The first folded word of a text.
pub(super) fn first_folded_word(text: &str) -> String {
    const MOSTLY: usize = 24;
    let mut word = text.char_indices().nth(MOSTLY).map_or_else(String::new, |(at, _)| fold(&text[..at]));
    // A word that does not end there may go on.
    match word.find(' ') {
        Some(end) => word.truncate(end),
        None => word = first_word(&fold(text)).to_owned(),
    }
    word
}

/// The entry with which the folded text begins, as whole words; the longest one.
pub(super) fn head_of<'a>(entries: &'a Entries, folded: &str) -> Option<&'a str> {
    let fits =
        |e: &&String| folded.starts_with(e.as_str()) && matches!(folded.as_bytes().get(e.len()), None | Some(b' '));
    let near = entries.0.get(first_word(folded))?;
    near.iter().filter(fits).max_by_key(|e| e.len()).map(String::as_str)
}

/// Whether the folded text begins with one of the entries, as whole words.
pub(super) fn starts_with_any(entries: &Entries, folded: &str) -> bool {
    head_of(entries, folded).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_words_are_sound() {
        let words = Words::parse(include_str!("reading.toml")).expect("sound");
        assert!(words.is_navigation("aller au contenu principal"));
        assert!(!words.is_navigation("accueil des migrants"));
        assert_eq!(words.months.get("aout"), Some(&8));
    }

    #[test]
    fn mistakes_in_the_words_are_named() {
        let text = include_str!("reading.toml").replacen("\"accueil\"", "\"Accueil\"", 1);
        let error = Words::parse(&text).err().expect("refused").to_string();
        assert!(error.contains("[fr] \"Accueil\" must be written \"accueil\""), "{error}");
    }

    #[test]
    fn beginnings_are_whole_words() {
        let about = &words().about;
        assert_eq!(head_of(about, "about the agency"), Some("about the"));
        assert_eq!(head_of(about, "aboutness"), None);
    }
}
