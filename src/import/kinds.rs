//! Kinds by the words that files use for them.
//!
//! `relation_kind("participates_in")`, `relation_kind("Participe à")` → `Some(ParticipatesIn)`

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{EntityKind, RelationKind, fold};
use crate::ontology::{Ontology, ontology};

/// The kind of entity of a name, in capitals or not.
pub(super) fn entity_kind(text: &str) -> Option<EntityKind> {
    EntityKind::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(text))
}

/// The kind of relation of a name, in capitals or not, or of a label of the ontology in any of its languages.
pub(super) fn relation_kind(text: &str) -> Option<RelationKind> {
    static WORDS: LazyLock<BTreeMap<String, RelationKind>> = LazyLock::new(|| words(ontology()));
    RelationKind::parse(text).or_else(|| WORDS.get(&fold(text)).copied())
}

/// Names and labels, folded; what two kinds are called means neither.
fn words(ontology: &Ontology) -> BTreeMap<String, RelationKind> {
    let mut words: BTreeMap<String, Option<RelationKind>> = BTreeMap::new();
    for row in &ontology.relation {
        for word in row.label.values().map(String::as_str).chain([row.kind.as_str()]) {
            let known = words.entry(fold(word)).or_insert(Some(row.kind));
            *known = known.filter(|known| *known == row.kind);
        }
    }
    words.into_iter().filter_map(|(word, kind)| Some((word, kind?))).collect()
}

/// All kinds of entities, for whoever wrote another.
pub(super) fn entity_kinds() -> String {
    EntityKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
}

/// All kinds of relations.
pub(super) fn relation_kinds() -> String {
    RelationKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
}

/// What every kind of relation may join, as a table: asked for every line.
pub(super) struct Ends(Vec<bool>);

impl Ends {
    pub(super) fn of(ontology: &Ontology) -> Self {
        let mut allowed = Vec::new();
        for kind in RelationKind::ALL {
            for subject in EntityKind::ALL {
                allowed.extend(EntityKind::ALL.iter().map(|object| ontology.allows(*kind, *subject, *object)));
            }
        }
        Self(allowed)
    }

    pub(super) fn allow(&self, kind: RelationKind, subject: EntityKind, object: EntityKind) -> bool {
        let kinds = EntityKind::ALL.len();
        let at = (kind as usize * kinds + subject as usize) * kinds + object as usize;
        self.0.get(at).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_by_its_name_and_its_labels() {
        for row in &ontology().relation {
            for word in row.label.values().map(String::as_str).chain([row.kind.as_str()]) {
                assert_eq!(relation_kind(word), Some(row.kind), "{word}");
                assert_eq!(relation_kind(&word.to_lowercase()), Some(row.kind), "{word}");
            }
        }
        assert_eq!((relation_kind("financé par"), relation_kind("")), (None, None), "it would be the wrong way round");
        assert_eq!((entity_kind("Person"), entity_kind("personne")), (Some(EntityKind::Person), None));
    }

    #[test]
    fn the_table_says_what_the_ontology_says() {
        let ends = Ends::of(ontology());
        for (kind, subject) in
            RelationKind::ALL.iter().flat_map(|kind| EntityKind::ALL.iter().map(move |s| (*kind, *s)))
        {
            for object in EntityKind::ALL {
                assert_eq!(ends.allow(kind, subject, *object), ontology().allows(kind, subject, *object));
            }
        }
    }
}
