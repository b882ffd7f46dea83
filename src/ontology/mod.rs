//! The ontology as data: labels of kinds in three languages and both directions, and which ends a relation kind may join.
//!
//! `ontology().allows(Funds, Organization, Project)` → `true`; `…(Funds, Person, Topic)` → `false`
//!
//! Must not name real entities.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};

const FILE: &str = "ontology.toml";
const LANGUAGES: [&str; 3] = ["fr", "en", "es"];

/// A label by language: `fr`, `en`, `es`.
pub type Labels = BTreeMap<String, String>;

/// How one entity kind is called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityRow {
    /// The kind.
    pub kind: EntityKind,
    /// Its label, singular.
    pub label: Labels,
    /// Its label, plural.
    pub plural: Labels,
}

/// How one relation kind is called, and what it may join.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationRow {
    /// The kind.
    pub kind: RelationKind,
    /// Read from subject to object.
    pub label: Labels,
    /// Read from object to subject.
    pub inverse: Labels,
    /// Whether both directions say the same.
    #[serde(default)]
    pub symmetric: bool,
    ends: Vec<Ends>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    subject: Vec<EntityKind>,
    object: Vec<EntityKind>,
}

/// All kinds with their labels and rules. Every kind of the model has exactly one row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ontology {
    /// Entity kinds.
    pub entity: Vec<EntityRow>,
    /// Relation kinds.
    pub relation: Vec<RelationRow>,
}

impl Ontology {
    /// Reads and validates an ontology.
    ///
    /// # Errors
    /// [`Error::Data`] when a kind is missing or doubled, a label is missing, or a relation joins nothing.
    pub fn parse(text: &str) -> Result<Self> {
        let ontology: Self = toml::from_str(text).map_err(|e| Error::data(FILE, e))?;
        let kinds: Vec<_> = ontology.entity.iter().map(|row| row.kind).collect();
        each_once(EntityKind::ALL, &kinds)?;
        let kinds: Vec<_> = ontology.relation.iter().map(|row| row.kind).collect();
        each_once(RelationKind::ALL, &kinds)?;
        for row in &ontology.entity {
            labelled(row.kind, &[&row.label, &row.plural])?;
        }
        for row in &ontology.relation {
            labelled(row.kind, &[&row.label, &row.inverse])?;
            if row.ends.is_empty() || row.ends.iter().any(|e| e.subject.is_empty() || e.object.is_empty()) {
                return Err(Error::data(FILE, format!("{} joins nothing", row.kind)));
            }
            if row.symmetric && row.ends.iter().any(|e| e.subject != e.object) {
                return Err(Error::data(FILE, format!("{} is symmetric but its ends differ", row.kind)));
            }
        }
        Ok(ontology)
    }

    /// Whether a relation of this kind may join a subject and an object of these kinds.
    pub fn allows(&self, kind: RelationKind, subject: EntityKind, object: EntityKind) -> bool {
        self.row(kind)
            .is_some_and(|row| row.ends.iter().any(|e| e.subject.contains(&subject) && e.object.contains(&object)))
    }

    /// Whether both directions of this kind say the same.
    pub fn is_symmetric(&self, kind: RelationKind) -> bool {
        self.row(kind).is_some_and(|row| row.symmetric)
    }

    /// The row of a relation kind.
    pub fn row(&self, kind: RelationKind) -> Option<&RelationRow> {
        self.relation.iter().find(|row| row.kind == kind)
    }
}

/// The bundled ontology.
///
/// # Panics
/// Never in a released build: a test loads the bundled data.
pub fn ontology() -> &'static Ontology {
    static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
        Ontology::parse(include_str!("ontology.toml"))
            .unwrap_or_else(|error| panic!("the bundled ontology is unusable: {error}"))
    });
    &ONTOLOGY
}

fn each_once<K: Copy + PartialEq + std::fmt::Display>(all: &[K], rows: &[K]) -> Result<()> {
    match all.iter().find(|kind| rows.iter().filter(|row| row == kind).count() != 1) {
        Some(kind) => Err(Error::data(FILE, format!("{kind} must stand there exactly once"))),
        None => Ok(()),
    }
}

fn labelled(kind: impl std::fmt::Display, labels: &[&Labels]) -> Result<()> {
    let missing = |labels: &&Labels| LANGUAGES.into_iter().find(|l| labels.get(*l).is_none_or(|t| t.trim().is_empty()));
    match labels.iter().find_map(missing) {
        Some(language) => Err(Error::data(FILE, format!("{kind} has no label in {language:?}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLED: &str = include_str!("ontology.toml");

    #[test]
    fn the_bundled_ontology_enforces_ends() {
        let ontology = ontology();
        assert!(ontology.allows(RelationKind::Funds, EntityKind::Country, EntityKind::Project));
        assert!(!ontology.allows(RelationKind::Funds, EntityKind::Person, EntityKind::Project));
        assert!(ontology.allows(RelationKind::PartOf, EntityKind::Publication, EntityKind::Event));
        assert!(!ontology.allows(RelationKind::PartOf, EntityKind::Organization, EntityKind::Event));
        assert!(ontology.is_symmetric(RelationKind::PartnersWith));
    }

    #[test]
    fn contradictions_are_refused() {
        let broken = [
            BUNDLED.replacen("kind = \"TOPIC\"", "kind = \"PLACE\"", 1),
            BUNDLED.replacen("es = \"financia\"", "es = \" \"", 1),
            BUNDLED.replacen("symmetric = true", "symmetric = true\nunknown = 1", 1),
            BUNDLED.replacen("[{ subject = [\"EVENT\"], object", "[{ subject = [], object", 1),
        ];
        for text in broken {
            assert_ne!(text, BUNDLED);
            assert!(matches!(Ontology::parse(&text), Err(Error::Data { .. })));
        }
    }
}
