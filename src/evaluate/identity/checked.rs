//! What people checked about names: which are of one thing, and which say too little to be of one thing everywhere.
//!
//! `same = [["ORGANIZATION", "OIM", "IOM"]]` → one thing; `national = ["Ministry"]` → *Ministry of Health* is another one in each country;
//! `general = ["Programme"]` → says nothing beyond its document
//!
//! Must not know documents.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::names::{plain, without_leading};
use crate::error::{Error, Result};
use crate::model::EntityKind;

/// A list that was checked by hand.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The first name of the thing that a name is of, by kind and name in plain form.
    same: BTreeMap<(EntityKind, String), String>,
    general: BTreeSet<String>,
    national: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    same: Vec<Vec<String>>,
    #[serde(default)]
    general: Vec<String>,
    #[serde(default)]
    national: Vec<String>,
}

/// How far a name identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Everywhere,
    Country,
    Document,
}

impl Checked {
    /// Reads the list; `file` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Data`] when the text is no such TOML, a kind is unknown, or a name is said to be of two things.
    pub fn read(file: &str, text: &str) -> Result<Self> {
        let damaged = |reason: String| Error::data(file, reason);
        let raw: File = toml::from_str(text).map_err(|error| damaged(error.to_string()))?;
        let mut same = BTreeMap::new();
        for group in &raw.same {
            let [kind, first, rest @ ..] = group.as_slice() else {
                return Err(damaged(format!("{group:?} is no kind with names")));
            };
            let unknown = || damaged(format!("unknown kind {kind:?}; write it as ORGANIZATION"));
            let kind = EntityKind::parse(kind).ok_or_else(unknown)?;
            for name in std::iter::once(first).chain(rest) {
                if same.insert((kind, bare(name)), bare(first)).is_some_and(|other| other != bare(first)) {
                    return Err(damaged(format!("{name:?} is said to be of two things")));
                }
            }
        }
        let general = raw.general.iter().map(|name| bare(name)).collect();
        Ok(Self { same, general, national: raw.national.iter().map(|word| plain(word)).collect() })
    }

    /// The name under which a thing with this name is known, and how far it identifies.
    pub(super) fn identity(&self, kind: EntityKind, name: &str) -> (String, Reach) {
        let bare = bare(name);
        if let Some(first) = self.same.get(&(kind, bare.clone())) {
            return (first.clone(), Reach::Everywhere);
        }
        let titled = name.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let national = |word: &String| bare.split(' ').any(|part| part == word);
        let reach = if self.general.contains(&bare) {
            Reach::Document
        } else if kind == EntityKind::Organization && self.national.iter().any(national) {
            Reach::Country
        } else if titled || matches!(kind, EntityKind::Place | EntityKind::Country) {
            Reach::Everywhere
        } else {
            Reach::Document
        };
        (bare, reach)
    }
}

fn bare(name: &str) -> String {
    without_leading(&plain(name)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "same = [[\"ORGANIZATION\", \"OIM\", \"IOM\"]]\ngeneral = [\"Programme\"]\nnational = [\"Ministry\"]";

    #[test]
    fn names_identify_as_far_as_was_checked() {
        let checked = Checked::read("a.toml", LIST).expect("sound");
        let reach = |kind, name: &str| checked.identity(kind, name);
        assert_eq!(reach(EntityKind::Organization, "l’IOM"), ("oim".into(), Reach::Everywhere));
        assert_eq!(reach(EntityKind::Organization, "Ministry of Health").1, Reach::Country);
        assert_eq!(reach(EntityKind::Project, "Programme").1, Reach::Document);
        assert_eq!(reach(EntityKind::Event, "atelier de Dakar").1, Reach::Document);
        assert_eq!(reach(EntityKind::Event, "« Villes ouvertes »").1, Reach::Everywhere);
    }

    #[test]
    fn a_name_of_two_things_is_refused() {
        let twice = "same = [[\"PLACE\", \"A\", \"B\"], [\"PLACE\", \"C\", \"b\"]]";
        let message = Checked::read("a.toml", twice).expect_err("refused").to_string();
        assert!(message.contains("\"b\" is said to be of two things"), "{message}");
        assert!(Checked::read("a.toml", "same = [[\"TOWN\", \"A\"]]").is_err());
    }
}
