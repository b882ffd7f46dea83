//! Names and labels in a language that the reader understands.
//!
//! `label(canada, ["es", "fr"])` → the Spanish name when listed, else the French one, else the name in the documents

use crate::model::{Entity, Language};
use crate::ontology::Labels;

/// The first name in the first language that has one; the entity's own name when none has.
pub fn label<'e>(entity: &'e Entity, languages: &[Language]) -> &'e str {
    let in_language = |language: &Language| entity.names.get(language).and_then(|names| names.first());
    languages.iter().find_map(in_language).unwrap_or(&entity.name)
}

/// The label of a kind in the first language that has one.
pub fn label_in<'l>(labels: &'l Labels, languages: &[Language]) -> Option<&'l str> {
    languages.iter().find_map(|language| labels.get(language.primary())).map(String::as_str)
}
