//! Names, acronyms, demonyms and controlled vocabularies as data, compiled into one matcher.
//!
//! `lexicon().find("\n l oim au senegal")` → `oim` → organization `iom`; `senegal` → country `SN`
//!
//! Finds forms; it does not decide identity and never sees a document. Several entries may own one form: the caller decides, or refuses.

mod bodies;
mod entry;
mod load;
mod matcher;
mod rows;
mod tongue;
mod word_map;

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

pub use bodies::{Bodies, BodyWord, bodies};
pub use entry::{Entry, FormKind, Languages, ListedForm};
pub use matcher::Hit;
pub use tongue::{other_tongue, tongue};
pub use word_map::WordMap;

use crate::error::Result;
use crate::model::EntityKind;
use matcher::Matcher;

/// Everything listed, and the matcher over it.
#[derive(Debug)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// For each kind the entries by key; made when somebody asks for one: extraction alone does not.
    by_key: OnceLock<FxHashMap<EntityKind, WordMap<usize>>>,
    matcher: Matcher,
    first_names: WordMap<()>,
    ambiguous_first_names: WordMap<()>,
}

impl Lexicon {
    /// Compiles the bundled data.
    ///
    /// # Errors
    /// [`crate::Error::Data`] when a file cannot be read, a key is doubled, or a parent or country does not exist.
    pub fn load() -> Result<Self> {
        let data = load::load()?;
        let matcher = Matcher::new(&data.entries)?;
        let (first_names, ambiguous_first_names) = (data.first_names, data.ambiguous_first_names);
        Ok(Self { entries: data.entries, by_key: OnceLock::new(), matcher, first_names, ambiguous_first_names })
    }

    /// All entries, in the order of the data files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry at an index that a [`ListedForm`] gave.
    pub fn entry(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    /// The entry of a kind with a registry key.
    pub fn by_key(&self, kind: EntityKind, key: &str) -> Option<&Entry> {
        let keys = self.by_key.get_or_init(|| {
            let mut keys: FxHashMap<EntityKind, WordMap<usize>> = FxHashMap::default();
            for (at, entry) in self.entries.iter().enumerate() {
                keys.entry(entry.kind).or_default().get_or_insert(&entry.key, at);
            }
            keys
        });
        keys.get(&kind)?.get(key).map(|at| &self.entries[*at])
    }

    /// All listed forms in a folded text whose words are each preceded by one space, overlapping ones included, in order of their
    /// ends. Offsets exclude the leading space and lie on word boundaries.
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        self.matcher.find(folded)
    }

    /// The language with exactly this tag; the empty set when the lexicon has no form of it.
    pub fn language(&self, tag: &str) -> Languages {
        self.matcher.language(tag)
    }

    /// The forms behind a hit.
    pub fn forms(&self, hit: Hit) -> &[ListedForm] {
        self.matcher.forms(hit)
    }

    /// The forms of exactly this folded name.
    pub fn lookup(&self, folded: &str) -> &[ListedForm] {
        self.matcher.lookup(folded)
    }

    /// Whether the folded word is a given name and hardly anything else.
    pub fn is_first_name(&self, word: &str) -> bool {
        self.first_names.get(word.split(' ').next().unwrap_or(word)).is_some()
    }

    /// Whether the folded word is a given name but also a place or a common word.
    pub fn may_be_first_name(&self, word: &str) -> bool {
        self.is_first_name(word) || self.ambiguous_first_names.get(word).is_some()
    }
}

/// The bundled lexicon, compiled on first use.
///
/// # Panics
/// Never in a released build: a test loads the bundled data.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::load().unwrap_or_else(|error| panic!("the bundled lexicon is unusable: {error}")));
    &LEXICON
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, fold};

    fn keys(text: &str) -> Vec<String> {
        let lexicon = lexicon();
        let folded = format!("\n {}", fold(text));
        let hits = lexicon.find(&folded);
        let mut keys: Vec<_> = hits
            .into_iter()
            .flat_map(|hit| lexicon.forms(hit))
            .map(|form| lexicon.entry(form.entry).key.to_string())
            .collect();
        keys.sort();
        keys.dedup();
        keys
    }

    #[test]
    fn countries_are_all_there_in_three_languages() {
        let countries: Vec<_> = lexicon().entries().iter().filter(|e| e.kind == EntityKind::Country).collect();
        assert_eq!(countries.len(), 250, "249 of ISO 3166-1 and Kosovo");
        for country in countries {
            for language in ["fr", "en", "es"] {
                assert!(country.name_in(language).is_some(), "{} in {language}", country.key);
            }
        }
        let forms = [
            ("El Salvador", "SV"),
            ("Salvador", "SV"),
            ("RDC", "CD"),
            ("Etats-Unis", "US"),
            ("EE. UU.", "US"),
            ("Côte d’Ivoire", "CI"),
        ];
        for (form, iso) in forms {
            assert!(keys(form).contains(&iso.to_owned()), "{form} → {:?}", keys(form));
        }
    }

    #[test]
    fn organizations_are_known_by_names_and_acronyms() {
        let organizations = lexicon().entries().iter().filter(|e| e.kind == EntityKind::Organization).count();
        assert!(organizations >= 300, "{organizations}");
        for form in [
            "OIM",
            "Organisation internationale pour les migrations",
            "IOM",
            "Organización Internacional para las Migraciones",
        ] {
            assert!(keys(form).contains(&"iom".to_owned()), "{form} → {:?}", keys(form));
        }
    }

    #[test]
    fn forms_match_whole_words_only() {
        assert!(!keys("une romance nigérianne").contains(&"NG".to_owned()));
        assert_eq!(keys("la Guinée-Bissau").iter().filter(|k| *k == "GW").count(), 1);
    }
}
