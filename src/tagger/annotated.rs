//! Texts in which people have marked the names: what a model is trained on and judged by.
//!
//! `{"id": "a", "text": "Ali à Dakar", "entities": [{"start": 0, "end": 3, "kind": "PERSON"}, …]}` → one text, two names
//!
//! Offsets are code points in the file and bytes here. Of names within names the outermost stays. Must not know features.

use serde::Deserialize;

use super::label::KINDS;
use crate::error::{Error, Result};
use crate::model::{EntityKind, Span};

/// A text with its names.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotatedText {
    /// Its name in the file.
    pub id: String,
    /// The text.
    pub text: String,
    /// Where names stand and of which kind, in order, apart from each other.
    pub names: Vec<(Span, EntityKind)>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    entities: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    start: usize,
    end: usize,
    kind: String,
}

/// Reads JSON Lines. PERSON, ORGANIZATION and PLACE, COUNTRY or LOCATION (all [`EntityKind::Place`]) count, other kinds are passed over.
///
/// # Errors
/// [`Error::Data`] with the line that is no JSON of that shape, or whose offsets lie outside its text.
pub fn parse_annotated(file: &str, lines: &str) -> Result<Vec<AnnotatedText>> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| parse_line(line).map_err(|why| Error::data(file, format!("line {}: {why}", at + 1))))
        .collect()
}

fn parse_line(line: &str) -> Result<AnnotatedText, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut starts: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    starts.push(line.text.len());
    let mut names = Vec::new();
    for annotation in &line.entities {
        let ends = (starts.get(annotation.start), starts.get(annotation.end));
        let (Some(&start), Some(&end)) = ends else {
            return Err(format!("{}–{} is outside the text", annotation.start, annotation.end));
        };
        if let Some(kind) = kind_of(&annotation.kind).filter(|_| start < end) {
            names.push((Span::new(start, end), kind));
        }
    }
    Ok(AnnotatedText { id: line.id, text: line.text, names: outermost(names) })
}

fn kind_of(name: &str) -> Option<EntityKind> {
    let kind = match name {
        "LOCATION" | "COUNTRY" => EntityKind::Place,
        other => EntityKind::parse(other)?,
    };
    KINDS.contains(&kind).then_some(kind)
}

/// Longer names win over those they overlap, among equal ones the earlier.
fn outermost(mut names: Vec<(Span, EntityKind)>) -> Vec<(Span, EntityKind)> {
    names.sort_by_key(|(span, kind)| (std::cmp::Reverse(span.len()), span.start, *kind));
    let mut kept: Vec<(Span, EntityKind)> = Vec::new();
    for (span, kind) in names {
        if !kept.iter().any(|(other, _)| other.overlaps(span)) {
            kept.push((span, kind));
        }
    }
    kept.sort_by_key(|(span, _)| span.start);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_bytes_and_the_outermost_name_stays() {
        let line = r#"{"id": "a", "text": "Élu à l’École de Dakar", "entities": [
            {"start": 17, "end": 22, "kind": "LOCATION"}, {"start": 8, "end": 22, "kind": "ORGANIZATION"},
            {"start": 0, "end": 3, "kind": "EVENT"}]}"#;
        let texts = parse_annotated("a.jsonl", &line.replace('\n', " ")).expect("good line");
        let names: Vec<_> = texts[0].names.iter().map(|(span, kind)| (span.of(&texts[0].text), *kind)).collect();
        assert_eq!(names, [("École de Dakar", EntityKind::Organization)]);
    }

    #[test]
    fn bad_lines_are_named() {
        let check = |lines: &str, reason: &str| {
            let error = parse_annotated("a.jsonl", lines).expect_err(reason).to_string();
            assert!(error.contains(reason), "{error}");
        };
        check("\n{}", "line 2");
        check(
            r#"{"id": "a", "text": "é", "entities": [{"start": 0, "end": 2, "kind": "PERSON"}]}"#,
            "outside the text",
        );
    }
}
