//! Values as columns, and columns as values.
//!
//! `2026-03-14T09:26:53.589Z` ↔ a moment; `[["TITLE",0,52]]` ↔ sections; two numbers ↔ a span
//!
//! What comes back is what was written, to the last bit. What we could not have written is damage.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{Value, ValueRef};

use crate::model::{Decision, DecisionId, ElementPlace, Lines, Modality, Section, Span, WithdrawalCause};
use crate::store::words;

pub(super) use crate::store::words::{judgement_parts, moment_text, number};

use super::failure::{Failure, Outcome};

/// A word that no version of this format writes.
pub(super) fn unknown(what: &str, word: &str) -> Failure {
    Failure::damaged(words::unknown(what, word))
}

/// A column as a count or a place.
pub(super) fn count<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Outcome<T> {
    let value: i64 = row.get(column)?;
    T::try_from(value).map_err(|_| Failure::damaged(format!("{value} stands where a count or a place should")))
}

/// What [`moment_text`] wrote.
pub(super) fn moment(row: &Row<'_>, column: usize) -> Outcome<Timestamp> {
    let text = row.get_ref(column)?.as_str().map_err(|error| Failure::damaged(error.to_string()))?;
    Ok(words::moment(text)?)
}

/// Two columns as a span.
pub(super) fn span(row: &Row<'_>, start: usize) -> Outcome<Span> {
    let (start, length): (usize, usize) = (count(row, start)?, count(row, start + 1)?);
    let end = start.checked_add(length).ok_or_else(|| Failure::damaged("a span ends nowhere"))?;
    Ok(Span::new(start, end))
}

/// Two columns as a span, when there is one.
pub(super) fn optional_span(row: &Row<'_>, start: usize) -> Outcome<Option<Span>> {
    if row.get_ref(start)? == ValueRef::Null { Ok(None) } else { span(row, start).map(Some) }
}

/// Sections as a JSON list of kind, start and length.
pub(super) fn sections_text(sections: &[Section]) -> String {
    let list: Vec<_> =
        sections.iter().map(|s| (words::word(&words::SECTIONS, &s.kind), s.span.start, s.span.len())).collect();
    serde_json::json!(list).to_string()
}

/// What [`sections_text`] wrote.
pub(super) fn sections(text: &str) -> Outcome<Vec<Section>> {
    let list: Vec<(String, usize, usize)> =
        serde_json::from_str(text).map_err(|_| unknown("list of sections", text))?;
    let section = |(kind, start, length): (String, usize, usize)| {
        Ok(Section {
            kind: words::meaning(&words::SECTIONS, &kind)?,
            span: Span::new(start, start.saturating_add(length)),
        })
    };
    list.into_iter().map(section).collect()
}

/// Where lines of a data file come from, as a JSON list of namespace, file, digest and first line; nothing for a text.
pub(super) fn lines_text(lines: Option<&Lines>) -> Option<String> {
    let Lines { namespace, file, digest, first, element } = lines?;
    let written = match element {
        None => serde_json::json!([**namespace, **file, digest.as_deref(), first]),
        Some(ElementPlace { parent, before }) => {
            serde_json::json!([**namespace, **file, digest.as_deref(), first, **parent, **before])
        }
    };
    Some(written.to_string())
}

/// What [`lines_text`] wrote.
pub(super) fn lines(text: Option<&str>) -> Outcome<Option<Lines>> {
    let Some(text) = text else { return Ok(None) };
    type Place = (String, String, Option<String>, usize);
    type InXml = (String, String, Option<String>, usize, String, BTreeMap<String, usize>);
    let in_lines = |(namespace, file, digest, first): Place, element| Lines {
        namespace: namespace.into(),
        file: file.into(),
        digest: digest.map(Arc::from),
        first,
        element,
    };
    if let Ok((namespace, file, digest, first, parent, before)) = serde_json::from_str::<InXml>(text) {
        let element = ElementPlace { parent: parent.into(), before: Arc::new(before) };
        return Ok(Some(in_lines((namespace, file, digest, first), Some(element))));
    }
    let place = serde_json::from_str(text).map_err(|_| unknown("place of lines in a file", text))?;
    Ok(Some(in_lines(place, None)))
}

/// Names as a JSON list; nothing when there are none.
pub(super) fn names_text(names: &BTreeSet<String>) -> Option<String> {
    (!names.is_empty()).then(|| serde_json::json!(names).to_string())
}

/// What [`names_text`] wrote.
pub(super) fn names(text: Option<&str>) -> Outcome<BTreeSet<String>> {
    let Some(text) = text else { return Ok(BTreeSet::new()) };
    serde_json::from_str(text).map_err(|_| unknown("list of names", text))
}

/// A confidence as people write it, 0.95, when that means the same number; otherwise with all its digits.
pub(super) fn confidence_number(confidence: f32) -> f64 {
    let short = confidence.to_string().parse::<f64>();
    short.ok().filter(|short| *short as f32 == confidence).unwrap_or_else(|| f64::from(confidence))
}

/// An amount; what is no number goes in as text, for SQLite would drop it.
pub(super) fn amount_value(amount: f64) -> Value {
    if amount.is_nan() { Value::Text(format!("{:016x}", amount.to_bits())) } else { Value::Real(amount) }
}

/// What [`amount_value`] wrote.
pub(super) fn amount(row: &Row<'_>, column: usize) -> Outcome<Option<f64>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        ValueRef::Real(amount) => Ok(Some(amount)),
        ValueRef::Integer(amount) => Ok(Some(amount as f64)),
        ValueRef::Text(bits) => {
            let bits = std::str::from_utf8(bits).ok().and_then(|bits| u64::from_str_radix(bits, 16).ok());
            bits.map(|bits| Some(f64::from_bits(bits))).ok_or_else(|| Failure::damaged("an amount is no number"))
        }
        ValueRef::Blob(_) => Err(Failure::damaged("an amount is no number")),
    }
}

/// The word for a modality.
pub(super) fn modality_text(modality: Modality) -> &'static str {
    words::word(&words::MODALITIES, &modality)
}

/// What [`modality_text`] wrote.
pub(super) fn modality(text: &str) -> Outcome<Modality> {
    Ok(words::meaning(&words::MODALITIES, text)?)
}

/// The word for a cause.
pub(super) fn cause_text(cause: WithdrawalCause) -> &'static str {
    words::word(&words::CAUSES, &cause)
}

/// What [`cause_text`] wrote.
pub(super) fn cause(text: &str) -> Outcome<WithdrawalCause> {
    Ok(words::meaning(&words::CAUSES, text)?)
}

/// The columns id, verdict, subject, relation, object, author, reason, at of a decision, from a column on.
pub(super) fn decision(row: &Row<'_>, from: usize) -> Outcome<Decision> {
    let (verdict, relation): (String, Option<String>) = (row.get(from + 1)?, row.get(from + 3)?);
    let object = || Ok::<_, Failure>(row.get(from + 4)?);
    let judgement = words::judgement(&verdict, row.get(from + 2)?, relation.as_deref(), object)?;
    let id = DecisionId::from_text(row.get::<_, String>(from)?);
    let (author, reason) = (row.get(from + 5)?, row.get(from + 6)?);
    Ok(Decision { id, judgement, author, reason, at: moment(row, from + 7)? })
}
