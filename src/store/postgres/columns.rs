//! Values as columns of PostgreSQL, and columns as values.
//!
//! `reason` with U+0000 in it, which no text of PostgreSQL may have ↔ `\x1A 0`
//!
//! What comes back is what was written. What we could not have written is damage.

use std::borrow::Cow;

use postgres::Row;
use sha2::{Digest, Sha256};

use crate::model::{Decision, DecisionId};
use crate::store::words;

use super::failure::{Failure, Outcome};

/// Stands before what it stands for.
const ESCAPE: char = '\u{1a}';

/// A text as PostgreSQL takes it.
pub(super) fn written(text: &str) -> Cow<'_, str> {
    match text.contains(['\0', ESCAPE]) {
        true => text.replace(ESCAPE, "\u{1a}\u{1a}").replace('\0', "\u{1a}0").into(),
        false => text.into(),
    }
}

/// What [`written`] made.
pub(super) fn read(text: String) -> String {
    if !text.contains(ESCAPE) {
        return text;
    }
    let mut read = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        read.push(if letter != ESCAPE {
            letter
        } else if letters.next() == Some('0') {
            '\0'
        } else {
            ESCAPE
        });
    }
    read
}

/// A column that is a text.
pub(super) fn text(row: &Row, column: usize) -> Outcome<String> {
    Ok(read(row.try_get(column)?))
}

/// A column that is a text, when there is one.
pub(super) fn optional(row: &Row, column: usize) -> Outcome<Option<String>> {
    Ok(row.try_get::<_, Option<String>>(column)?.map(read))
}

/// A column that is a version.
pub(super) fn version(row: &Row, column: usize) -> Outcome<u64> {
    let value: i64 = row.try_get(column)?;
    u64::try_from(value).map_err(|_| Failure::damaged(format!("{value} stands where a version should")))
}

/// What a text that may be long is looked up by.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The columns id, verdict, subject, relation, object, author, reason, at of a decision, from a column on.
pub(super) fn decision(row: &Row, from: usize) -> Outcome<Decision> {
    let (verdict, relation) = (text(row, from + 1)?, optional(row, from + 3)?);
    let object = || optional(row, from + 4)?.ok_or_else(|| Failure::damaged("a decision has no object"));
    let judgement = words::judgement(&verdict, text(row, from + 2)?, relation.as_deref(), object)?;
    let id = DecisionId::from_text(text(row, from)?);
    let (author, reason, at) = (text(row, from + 5)?, text(row, from + 6)?, words::moment(&text(row, from + 7)?)?);
    Ok(Decision { id, judgement, author, reason, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back() {
        for given in ["", "L’OIM", "\0", "a\0b\u{1a}", "\u{1a}0", "\u{1a}\u{1a}\0\0", "0\u{1a}"] {
            let kept = written(given);
            assert!(!kept.contains('\0'));
            assert_eq!(read(kept.into_owned()), given);
        }
    }
}
