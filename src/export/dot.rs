//! DOT, for Graphviz: `"country:CA" -> "project:protection" [label="funds", …];`
//!
//! What it was made from stands in comments at its head, the documents in those at its end. Control characters other than line breaks are
//! written as U+FFFD.

use std::io;

use super::content::{Content, cited_as, in_words, on_one_line, shown, without};
use super::{Format, Out, Part};

pub(super) struct Dot;

const PARTS: [Part; 1] = [Part { name: "graph", file: "dot", media_type: "text/vnd.graphviz; charset=utf-8" }];

impl Format for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn readers(&self) -> &'static str {
        "Graphviz"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        for (name, value) in content.about() {
            writeln!(out, "// {name}: {}", on_one_line(&value))?;
        }
        writeln!(out, "digraph maillage {{")?;
        content.each_entity(&mut |_, _, entity| {
            let (id, name) = (quoted(entity.id.as_str()), quoted(&entity.name));
            writeln!(out, "{id} [label={name}, kind={}];", quoted(entity.kind.as_str()))?;
            Ok(())
        })?;
        content.each_relation(&mut |view, row, relation| {
            let (subject, object) = (quoted(relation.subject.as_str()), quoted(relation.object.as_str()));
            write!(
                out,
                "{subject} -> {object} [id={}, kind={}, label={}, confidence={}, modality={}",
                quoted(relation.id.as_str()),
                quoted(relation.kind.as_str()),
                quoted(in_words(relation.kind)),
                quoted(&shown(relation.confidence).to_string()),
                quoted(relation.qualifiers.modality.as_str()),
            )?;
            if let Some((sentence, document)) = view.sentence(row) {
                write!(out, ", tooltip={}, document={}", quoted(&sentence), quoted(document.id.as_str()))?;
            }
            writeln!(out, "];")?;
            Ok(())
        })?;
        writeln!(out, "}}")?;
        for document in content.documents() {
            writeln!(out, "// document: {}", cited_as(document))?;
        }
        Ok(())
    }
}

/// A string in quotation marks. What Graphviz would read as an entity of HTML stays what it is.
fn quoted(text: &str) -> String {
    let text = without(text, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let mut quoted = String::from('"');
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '&' if is_reference(&text[at + 1..]) => quoted.push_str("&amp;"),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether what follows an ampersand makes a reference of it: `eacute;`, `#233;`.
fn is_reference(rest: &str) -> bool {
    let name = rest.split(';').next().unwrap_or_default();
    name.len() < rest.len() && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_quotation_marks() {
        assert_eq!(quoted("a\"]; x -> y [b=\"\\"), r#""a\"]; x -> y [b=\"\\""#);
        assert_eq!(quoted("R&D &eacute; & é\u{1}\n"), "\"R&D &amp;eacute; & é\u{fffd}\\n\"");
    }
}
