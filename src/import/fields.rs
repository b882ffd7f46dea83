//! What stands in a line, and where: JSON objects by their keys, lines of CSV by the columns that the first line names.
//!
//! `{"id": "p1", "kind": "PROJECT", "name": "Eau"}` → `id` *p1* at 8–10, …; `p1,PROJECT,"Eau"` under `id,kind,name` → the same values
//!
//! A value that is empty or null is absent. Keys and columns of other names are passed over: they stay readable in the line. Must not know
//! which values make sense.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::model::Span;

/// A value, and where in its line it stands, without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field<'l> {
    pub(super) text: Cow<'l, str>,
    pub(super) span: Span,
}

/// What a line says, whichever of the two files it stands in; each file asks for its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields<'l> {
    pub(super) id: Option<Field<'l>>,
    pub(super) kind: Option<Field<'l>>,
    pub(super) name: Option<Field<'l>>,
    pub(super) aliases: Vec<Field<'l>>,
    pub(super) source: Option<Field<'l>>,
    pub(super) target: Option<Field<'l>>,
    pub(super) year: Option<Field<'l>>,
    pub(super) documents: Vec<Field<'l>>,
}

/// How lines are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A JSON object each.
    Json,
    /// Values between these characters, in the order of these columns.
    Csv(char, Vec<Column>),
}

/// What a column of CSV holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Kind,
    Name,
    Aliases,
    Source,
    Target,
    Year,
    Documents,
    /// Something else.
    Other,
}

const COLUMNS: [(&str, Column); 8] = [
    ("id", Column::Id),
    ("kind", Column::Kind),
    ("name", Column::Name),
    ("aliases", Column::Aliases),
    ("source", Column::Source),
    ("target", Column::Target),
    ("year", Column::Year),
    ("documents", Column::Documents),
];

/// What a line of JSON may have; unknown keys are passed over.
#[derive(Deserialize)]
struct JsonLine<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    kind: Option<&'l RawValue>,
    #[serde(borrow)]
    name: Option<&'l RawValue>,
    #[serde(borrow)]
    aliases: Option<&'l RawValue>,
    #[serde(borrow)]
    source: Option<&'l RawValue>,
    #[serde(borrow)]
    target: Option<&'l RawValue>,
    #[serde(borrow)]
    year: Option<&'l RawValue>,
    #[serde(borrow)]
    documents: Option<&'l RawValue>,
}

/// Tells how a file is written by the end of its name, or else by its first line that is not blank.
pub(super) fn is_json(path: &Path, first: &str) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    match name.rsplit('.').next() {
        Some("jsonl" | "ndjson" | "json") => true,
        Some("csv" | "tsv") => false,
        _ => first.trim_start().starts_with('{'),
    }
}

/// Reads the line of CSV that names the columns.
///
/// # Errors
/// A column that must be there is missing, or one is there twice; in words.
pub(super) fn header(line: &str, needed: &[&str]) -> Result<Format, String> {
    let separator = separator_of(line);
    let names: Vec<String> = split(line, separator)?.iter().map(|name| name.text.trim().to_lowercase()).collect();
    let find = |name: &String| COLUMNS.iter().find(|(known, _)| known == name).map_or(Column::Other, |(_, it)| *it);
    for (name, _) in COLUMNS {
        match names.iter().filter(|known| *known == name).count() {
            0 if needed.contains(&name) => {
                return Err(format!("its first line names no column {name}; it must name {}", needed.join(", ")));
            }
            0 | 1 => {}
            _ => return Err(format!("its first line names the column {name} twice")),
        }
    }
    Ok(Format::Csv(separator, names.iter().map(find).collect()))
}

/// The character that stands between the values of a line: spreadsheets write what their country uses.
pub(super) fn separator_of(line: &str) -> char {
    let times = |separator: &char| line.matches(*separator).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(times).unwrap_or(',')
}

impl Format {
    /// What a line says.
    ///
    /// # Errors
    /// The line is not written so; in words.
    pub(super) fn fields<'l>(&self, line: &'l str) -> Result<Fields<'l>, String> {
        match self {
            Self::Json => json(line),
            Self::Csv(separator, columns) => csv(line, *separator, columns),
        }
    }
}

fn json(line: &str) -> Result<Fields<'_>, String> {
    let read: JsonLine<'_> = serde_json::from_str(line).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        format!("is no JSON object ({reason} at byte {}); write one object a line", error.column())
    })?;
    Ok(Fields {
        id: under("id", read.id, |value| scalar(line, value))?,
        kind: under("kind", read.kind, |value| scalar(line, value))?,
        name: under("name", read.name, |value| scalar(line, value))?,
        aliases: under("aliases", read.aliases, |value| list(line, value))?,
        source: under("source", read.source, |value| scalar(line, value))?,
        target: under("target", read.target, |value| scalar(line, value))?,
        year: under("year", read.year, |value| scalar(line, value))?,
        documents: under("documents", read.documents, |value| list(line, value))?,
    })
}

/// What stands under a key; nothing when there is no such key.
fn under<'l, T: Default>(
    key: &str,
    value: Option<&'l RawValue>,
    read: impl FnOnce(&'l RawValue) -> Result<T, String>,
) -> Result<T, String> {
    value.map_or_else(|| Ok(T::default()), read).map_err(|why| format!("{key} {why}"))
}

/// A text or a number; none of an empty text.
pub(super) fn scalar<'l>(line: &str, value: &'l RawValue) -> Result<Option<Field<'l>>, String> {
    let raw = value.get();
    let at = raw.as_ptr() as usize - line.as_ptr() as usize;
    match raw.as_bytes() {
        [b'"', inner @ .., b'"'] => {
            let span = Span::new(at + 1, at + 1 + inner.len());
            if inner.contains(&b'\\') {
                let text: String = serde_json::from_str(raw).map_err(|_| "has half a character".to_owned())?;
                let text = text.trim().to_owned();
                return Ok((!text.is_empty()).then_some(Field { text: Cow::Owned(text), span }));
            }
            Ok(trimmed(&raw[1..raw.len() - 1], at + 1))
        }
        [b'-' | b'0'..=b'9', ..] => Ok(trimmed(raw, at)),
        _ => Err("must be a text or a number".to_owned()),
    }
}

/// A list of texts or numbers, without empty ones.
pub(super) fn list<'l>(line: &str, value: &'l RawValue) -> Result<Vec<Field<'l>>, String> {
    let values: Vec<&RawValue> =
        serde_json::from_str(value.get()).map_err(|_| "must be a list of texts or numbers".to_owned())?;
    let texts: Result<Vec<_>, String> = values.into_iter().map(|value| scalar(line, value)).collect();
    texts
        .map(|texts| texts.into_iter().flatten().collect())
        .map_err(|_| "must be a list of texts or numbers".to_owned())
}

/// A text without the space around it, and where it stands; none when nothing is left.
fn trimmed(text: &str, at: usize) -> Option<Field<'_>> {
    let start = at + (text.len() - text.trim_start().len());
    let text = text.trim();
    (!text.is_empty()).then(|| Field { text: Cow::Borrowed(text), span: Span::new(start, start + text.len()) })
}

fn csv<'l>(line: &'l str, separator: char, columns: &[Column]) -> Result<Fields<'l>, String> {
    let values = split(line, separator)?;
    if values.len() != columns.len() {
        return Err(format!(
            "has {} values where the first line of the file names {} columns",
            values.len(),
            columns.len()
        ));
    }
    let mut fields = Fields::default();
    for (value, column) in values.into_iter().zip(columns) {
        match column {
            Column::Aliases => fields.aliases = parts(value),
            Column::Documents => fields.documents = parts(value),
            Column::Other => {}
            Column::Id => fields.id = present(value),
            Column::Kind => fields.kind = present(value),
            Column::Name => fields.name = present(value),
            Column::Source => fields.source = present(value),
            Column::Target => fields.target = present(value),
            Column::Year => fields.year = present(value),
        }
    }
    Ok(fields)
}

pub(super) fn present(Field { text, span }: Field<'_>) -> Option<Field<'_>> {
    match text {
        Cow::Borrowed(text) => trimmed(text, span.start),
        Cow::Owned(text) => {
            let text = text.trim().to_owned();
            (!text.is_empty()).then_some(Field { text: Cow::Owned(text), span })
        }
    }
}

/// The parts of a list, between strokes.
pub(super) fn parts(Field { text, span }: Field<'_>) -> Vec<Field<'_>> {
    let part = |part: &str| Field { text: Cow::Owned(part.trim().to_owned()), span };
    text.split('|').filter(|text| !text.trim().is_empty()).map(part).collect()
}

/// The values of a line of CSV: quotation marks may stand around one, and are doubled within it.
pub(super) fn split(line: &str, separator: char) -> Result<Vec<Field<'_>>, String> {
    let (mut values, mut at) = (Vec::new(), 0);
    loop {
        let rest = &line[at..];
        let end = if let Some(inside) = rest.strip_prefix('"') {
            let length = quoted(inside).ok_or(
                "has a quotation mark that is not closed; values with line breaks can only be written as JSON Lines",
            )?;
            let span = Span::new(at + 1, at + 1 + length);
            let inner = span.of(line);
            let text = if inner.contains('"') { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
            values.push(Field { text, span });
            span.end + 1
        } else {
            let end = rest.find(separator).map_or(line.len(), |length| at + length);
            values.push(Field { text: Cow::Borrowed(&line[at..end]), span: Span::new(at, end) });
            end
        };
        match line[end..].chars().next() {
            None => return Ok(values),
            Some(next) if next == separator => at = end + separator.len_utf8(),
            Some(_) => {
                return Err("has something behind a closing quotation mark; double marks within a value".to_owned());
            }
        }
    }
}

/// How long a value is whose opening mark was read, without its closing one.
fn quoted(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')?;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            _ => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str, separator: char) -> Result<Vec<(String, &str)>, String> {
        Ok(split(line, separator)?.into_iter().map(|value| (value.text.into_owned(), value.span.of(line))).collect())
    }

    #[test]
    fn values_of_csv_stand_where_they_are_said_to_stand() {
        let text = |value: &str| value.to_owned();
        let found = texts(r#"a,"b, ""c""",,é"#, ',').expect("values");
        assert_eq!(found, [(text("a"), "a"), (text("b, \"c\""), "b, \"\"c\"\""), (text(""), ""), (text("é"), "é")]);
        assert_eq!(texts("", ','), Ok(vec![(text(""), "")]));
        assert_eq!(texts("a;", ';').expect("values").len(), 2);
        assert!(texts("\"a", ',').is_err_and(|why| why.contains("not closed")));
        assert!(texts("\"a\"b,c", ',').is_err_and(|why| why.contains("behind")));
    }

    #[test]
    fn columns_may_stand_in_any_order_and_others_beside_them() {
        let needed = ["id", "kind"];
        let format = header("Kind;weight;\"ID\"", &needed).expect("a header");
        assert_eq!(format, Format::Csv(';', vec![Column::Kind, Column::Other, Column::Id]));
        let fields = format.fields(" FUNDS ;3; r1").expect("fields");
        let kind = fields.kind.expect("a kind");
        assert_eq!((kind.text.as_ref(), kind.span, fields.name), ("FUNDS", Span::new(1, 6), None));
        assert!(header("id,name", &needed).is_err_and(|why| why.contains("no column kind")));
        assert!(header("id,kind,id", &needed).is_err_and(|why| why.contains("twice")));
        assert!(format.fields("a;b").is_err_and(|why| why.contains("2 values")));
    }

    #[test]
    fn values_of_json_stand_where_they_are_said_to_stand() {
        let line =
            r#" {"name": " L\u2019\u00c9cole ", "x": {"id": 1}, "id": -7, "aliases": ["a", "", 3], "kind": null}"#;
        let fields = Format::Json.fields(line).expect("fields");
        let name = fields.name.expect("a name");
        assert_eq!((name.text.as_ref(), name.span.of(line)), ("L’École", r" L\u2019\u00c9cole "));
        let id = fields.id.expect("an id");
        assert_eq!((id.text.as_ref(), id.span.of(line), fields.kind), ("-7", "-7", None));
        let aliases: Vec<_> = fields.aliases.iter().map(|alias| (alias.text.as_ref(), alias.span.of(line))).collect();
        assert_eq!(aliases.iter().map(|(text, _)| *text).collect::<Vec<_>>(), ["a", "3"]);
        for broken in
            ["", "[]", "{", r#"{"id": 1, "id": 2}"#, r#"{"id": {}}"#, r#"{"aliases": "a"}"#, r#"{"id": "\ud800"}"#]
        {
            assert!(Format::Json.fields(broken).is_err(), "{broken}");
        }
    }
}
