//! What the words of bodies' names mean, whatever their language, and family names that very many people have.
//!
//! `bodies().word("sante publique")` → the field `health`; `bodies().word("ministry")` → the head `ministry`
//!
//! Read when first asked for. Must not know which body a name is of.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::WordMap;
use super::rows::{read_rows, read_table};
use crate::error::{Error, Result};
use crate::model::fold;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyWord {
    /// A sort of body of which a state has one, or one for each field.
    Head(&'static str),
    /// An office of a body.
    Office(&'static str),
    /// A part of a body that says nothing without it.
    Unit,
    /// What represents a state in another.
    Embassy(&'static str),
    /// What a ministry is for.
    Field(&'static str),
    /// Says nothing that tells bodies apart.
    Filler,
    /// Says that a body is one of a state.
    National,
}

/// Words of bodies' names.
#[derive(Debug)]
pub struct Bodies {
    words: FxHashMap<String, BodyWord>,
    /// The most words of a phrase.
    longest: usize,
    surnames: WordMap<()>,
}

const WORDS: &str = include_str!("data/bodies.toml");
const SURNAMES: &str = include_str!("data/surnames.toml");

impl Bodies {
    fn load() -> Result<Self> {
        let mut words = FxHashMap::default();
        let mut longest = 1;
        read_rows("bodies.toml", WORDS, "word", |row| {
            let (concept, role) = (row.text("concept")?, row.text("role")?);
            let meaning = match role {
                "head" => BodyWord::Head(concept),
                "office" => BodyWord::Office(concept),
                "unit" => BodyWord::Unit,
                "embassy" => BodyWord::Embassy(concept),
                "field" => BodyWord::Field(concept),
                "filler" => BodyWord::Filler,
                "national" => BodyWord::National,
                _ => return Err(row.error(&format!("unknown role {role:?}"))),
            };
            for form in row.lists("forms")?.into_iter().flat_map(|(_, forms)| forms) {
                longest = longest.max(form.split(' ').count());
                if fold(form) != form {
                    return Err(row.error(&format!("{form:?} must be written {:?}", fold(form))));
                }
                if words.insert(form.to_owned(), meaning).is_some_and(|known| known != meaning) {
                    return Err(Error::data("bodies.toml", format!("{form:?} means two things")));
                }
            }
            Ok(())
        })?;
        let mut row = read_table("surnames.toml", SURNAMES)?;
        let mut surnames = WordMap::default();
        row.list("names")?.into_iter().for_each(|name| *surnames.get_or_insert(&fold(name), ()) = ());
        row.end()?;
        Ok(Self { words, longest, surnames })
    }

    /// What a folded word or phrase means.
    pub fn word(&self, folded: &str) -> Option<BodyWord> {
        self.words.get(folded).copied()
    }

    /// The most words that a phrase has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Whether very many people have this folded family name.
    pub fn is_common_surname(&self, folded: &str) -> bool {
        self.surnames.get(folded).is_some()
    }
}

/// The bundled words, read on first use.
///
/// # Panics
/// Never in a released build: a test loads them.
pub fn bodies() -> &'static Bodies {
    static BODIES: LazyLock<Bodies> =
        LazyLock::new(|| Bodies::load().unwrap_or_else(|error| panic!("the bundled words are unusable: {error}")));
    &BODIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_languages_mean_the_same() {
        for form in ["sante publique", "public health", "salud", "sanidad"] {
            assert_eq!(bodies().word(form), Some(BodyWord::Field("health")), "{form}");
        }
        assert_eq!(bodies().word("regional bureau"), Some(BodyWord::Office("regional-office")));
        assert_eq!(bodies().word("kanem"), None);
        assert!(bodies().is_common_surname("perez") && !bodies().is_common_surname("ndoumbaye"));
    }
}
