//! Which language a passage or a name is in, by its most frequent words.
//!
//! `tongue("water for all", "fr")` → `en`; `tongue("villes ouvertes", "fr")` → `fr`, since nothing says otherwise
//!
//! Good for what is too short for statistics of letters. Must not see documents.

use std::sync::LazyLock;

use super::WordMap;
use super::rows::read_table;
use crate::error::Result;
use crate::model::Language;

const FILE: &str = "common_words.toml";
const TEXT: &str = include_str!("data/common_words.toml");
const TAGS: [&str; 3] = ["fr", "en", "es"];

fn load() -> Result<WordMap<u8>> {
    let mut row = read_table(FILE, TEXT)?;
    let mut words = WordMap::default();
    for (number, tag) in TAGS.iter().enumerate() {
        for word in row.list(tag)? {
            *words.get_or_insert(word, 0) |= 1 << number;
        }
    }
    row.end()?;
    Ok(words)
}

/// How many of some folded words are frequent in each language, in the order of [`TAGS`].
fn counts<'w>(words: impl Iterator<Item = &'w str>) -> [usize; 3] {
    static WORDS: LazyLock<WordMap<u8>> =
        LazyLock::new(|| load().unwrap_or_else(|error| panic!("the bundled words are unusable: {error}")));
    let mut counts = [0; 3];
    for of in words.filter_map(|word| WORDS.get(word)) {
        (0..TAGS.len()).filter(|number| of & (1 << number) != 0).for_each(|number| counts[number] += 1);
    }
    counts
}

fn most<'w>(words: impl Iterator<Item = &'w str>, language: &str) -> (&'static str, usize, usize) {
    let counts = counts(words);
    let own = TAGS.iter().position(|tag| *tag == language).map_or(0, |number| counts[number]);
    // Of equal languages the first; it is no more than the own one then, or neither is sure.
    let best = (0..TAGS.len()).rev().max_by_key(|number| counts[*number]).unwrap_or(0);
    let sure = counts.iter().filter(|count| **count == counts[best]).count() == 1;
    (TAGS[best], if sure { counts[best] } else { 0 }, own)
}

/// The language of a folded name in a text of a language: another one only when its words say so.
pub fn tongue(name: &str, language: &Language) -> Language {
    match most(name.split(' '), language.primary()) {
        (tag, count, own) if count > own && tag != language.primary() => Language::bundled(tag),
        _ => language.clone(),
    }
}

/// The other language that a passage of a text in a language is in, when its words leave no doubt.
pub fn other_tongue<'w>(words: impl Iterator<Item = &'w str>, language: &str) -> Option<&'static str> {
    const ENOUGH: usize = 3;
    let (tag, count, own) = most(words, language);
    (count >= ENOUGH && count > 2 * own && tag != language).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language_of_a_name() {
        let tongue = |name: &str, language: &str| tongue(name, &Language::new(language)).as_str().to_owned();
        assert_eq!(tongue("water for all", "fr"), "en");
        assert_eq!(tongue("villes ouvertes", "fr"), "fr");
        assert_eq!(tongue("casa de la amistad", "fr"), "fr", "the words are of both");
        assert_eq!(tongue("agua para todos", "en"), "es");
        assert_eq!(tongue("wasser fur alle", "de"), "de");
    }

    #[test]
    fn a_passage_is_in_another_language_only_beyond_doubt() {
        let other = |text: &str, language: &str| other_tongue(text.split(' '), language);
        assert_eq!(
            other("para mas informacion por favor pongase en contacto con la oficina en ginebra", "fr"),
            Some("es")
        );
        assert_eq!(other("le projet water for all est finance par le canada", "fr"), None);
        assert_eq!(other("contact oim tchad", "en"), None);
    }
}
