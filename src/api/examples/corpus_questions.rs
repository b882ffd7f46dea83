//! Questions about the sample corpus, one file each, offered when the graph knows every entity that they name.
//!
//! `paths(from: "UNICEF", to: "Canada")` → offered where both names resolve; elsewhere it stays away
//!
//! A file's first line is its title, as a comment.

use async_graphql::Value;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use serde_json::json;

use super::Example;
use crate::query::resolve_entity;
use crate::snapshot::Snapshot;

const FILES: [&str; 7] = [
    include_str!("programme.graphql"),
    include_str!("meeting.graphql"),
    include_str!("canada_to_senegal.graphql"),
    include_str!("identity.graphql"),
    include_str!("annual_meeting.graphql"),
    include_str!("manual.graphql"),
    include_str!("unicef_and_canada.graphql"),
];

/// Arguments of the root's fields that name entities.
const NAMING: [&str; 6] = ["id", "name", "from", "to", "via", "avoid"];

/// The questions that this graph can answer.
pub(super) fn corpus_questions(snapshot: &Snapshot) -> Vec<Example> {
    let known = |name: &String| resolve_entity(snapshot, name).is_ok();
    FILES.iter().filter(|file| named_in(file).iter().all(known)).map(|file| example(file)).collect()
}

fn example(file: &str) -> Example {
    let (title, query) = file.split_once('\n').unwrap_or_default();
    Example::new(title.trim_start_matches(['#', ' ']), query, json!({}))
}

/// The entities that a query names.
fn named_in(query: &str) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(document) = parse_query(query) {
        root_fields(&document).for_each(|field| names_of(field, &mut names));
    }
    names
}

fn root_fields(document: &ExecutableDocument) -> impl Iterator<Item = &Field> {
    let sets = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    sets.flat_map(|set: &SelectionSet| &set.items).filter_map(|item| match &item.node {
        Selection::Field(field) => Some(&field.node),
        _ => None,
    })
}

fn names_of(field: &Field, names: &mut Vec<String>) {
    let naming = field.arguments.iter().filter(|(name, _)| NAMING.contains(&name.node.as_str()));
    for (_, value) in naming {
        if let Some(value) = value.node.clone().into_const() {
            texts_in(value, names);
        }
    }
}

fn texts_in(value: Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::List(values) => values.into_iter().for_each(|value| texts_in(value, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_title_an_operation_of_its_own_and_names_somebody() {
        let mut operations = Vec::new();
        for file in FILES {
            let title = example(file).title;
            assert!(file.starts_with("# ") && title.ends_with('?') && title.chars().count() <= 120, "{title}");
            let document = parse_query(file).expect("a query");
            let names: Vec<_> = document.operations.iter().filter_map(|(name, _)| name).cloned().collect();
            assert_eq!(names.len(), 1, "{title}: one operation, with a name");
            operations.extend(names);
            assert!(!named_in(file).is_empty(), "{title}");
        }
        operations.sort();
        operations.dedup();
        assert_eq!(operations.len(), FILES.len());
    }

    #[test]
    fn names_stand_in_arguments_of_root_fields() {
        let query = r#"{ paths(from: "a", to: "b", via: ["c"], maxHops: 3) { complete } entity(id: "d") { label } }"#;
        assert_eq!(named_in(query), ["a", "b", "c", "d"]);
    }
}
