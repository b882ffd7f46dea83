//! The graph as four tables, for formats that have columns: entities, relations, evidence and documents.
//!
//! `TABLES[0].rows(content, |cells| …)` → `["country:CA", "COUNTRY", "Canada", …]`, once for each entity
//!
//! Tables join by ids. Lists within a cell are JSON, so that no sign in a name can be taken for one between two. Must not know formats.

use std::borrow::Cow;
use std::io;

use serde::Serialize;

use super::content::{Content, dates, in_words, shown};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    Whole,
    Real,
    Truth,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'c> {
    Text(Cow<'c, str>),
    Whole(i64),
    Real(f64),
    Truth(bool),
    Empty,
}

impl<'c> From<&'c str> for Cell<'c> {
    fn from(text: &'c str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl<'c, T: Into<Cell<'c>>> From<Option<T>> for Cell<'c> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Takes one row after the other.
type Take<'t> = &'t mut dyn FnMut(&[Cell<'_>]) -> io::Result<()>;

/// A table.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Sort)],
    pub(super) rows: fn(&Content, Take<'_>) -> io::Result<()>,
}

use Sort::{Real, Text, Truth, Whole};

/// All tables; the one of relations first, which is most of the graph.
pub(super) static TABLES: [Table; 4] = [
    Table {
        name: "relations",
        columns: &[
            ("id", Text),
            ("kind", Text),
            ("label", Text),
            ("subject", Text),
            ("subject_name", Text),
            ("object", Text),
            ("object_name", Text),
            ("confidence", Real),
            ("modality", Text),
            ("from", Text),
            ("to", Text),
            ("role", Text),
            ("amount", Real),
            ("currency", Text),
            ("confirmed", Truth),
            ("statements", Whole),
            ("sentence", Text),
            ("document", Text),
        ],
        rows: relations,
    },
    Table {
        name: "entities",
        columns: &[
            ("id", Text),
            ("kind", Text),
            ("name", Text),
            ("names", Text),
            ("aliases", Text),
            ("external_ids", Text),
            ("country", Text),
            ("named", Truth),
            ("confirmed", Truth),
            ("mentions", Whole),
            ("documents", Whole),
        ],
        rows: entities,
    },
    Table {
        name: "evidence",
        columns: &[
            ("relation", Text),
            ("statement", Whole),
            ("document", Text),
            ("start", Whole),
            ("end", Whole),
            ("line", Whole),
            ("text", Text),
            ("rule", Text),
            ("confidence", Real),
        ],
        rows: evidence,
    },
    Table {
        name: "documents",
        columns: &[
            ("id", Text),
            ("title", Text),
            ("source", Text),
            ("url", Text),
            ("language", Text),
            ("published", Text),
        ],
        rows: documents,
    },
];

/// A list or an object as JSON; nothing when it is empty.
fn json<T: Serialize>(value: &T, is_empty: bool) -> io::Result<Cell<'static>> {
    if is_empty { Ok(Cell::Empty) } else { Ok(serde_json::to_string(value)?.into()) }
}

fn entities(content: &Content, take: Take<'_>) -> io::Result<()> {
    content.each_entity(&mut |view, row, entity| {
        take(&[
            entity.id.as_str().into(),
            entity.kind.as_str().into(),
            entity.name.as_str().into(),
            json(&entity.names, entity.names.is_empty())?,
            json(&entity.aliases, entity.aliases.is_empty())?,
            json(&entity.external_ids, entity.external_ids.is_empty())?,
            entity.country.as_deref().into(),
            entity.named.into(),
            entity.confirmed.into(),
            view.mention_count(row).into(),
            view.document_count(row).into(),
        ])?;
        Ok(())
    })
}

fn relations(content: &Content, take: Take<'_>) -> io::Result<()> {
    content.each_relation(&mut |view, row, relation| {
        let (subject, object) = view.ends(row);
        let (from, to) = dates(relation);
        let (sentence, document) = view.sentence(row).map(|(text, document)| (text, document.id.as_str())).unzip();
        take(&[
            relation.id.as_str().into(),
            relation.kind.as_str().into(),
            in_words(relation.kind).into(),
            relation.subject.as_str().into(),
            subject.name.as_str().into(),
            relation.object.as_str().into(),
            object.name.as_str().into(),
            shown(relation.confidence).into(),
            relation.qualifiers.modality.as_str().into(),
            from.into(),
            to.into(),
            relation.qualifiers.role.as_deref().into(),
            relation.qualifiers.amount.into(),
            relation.qualifiers.currency.as_deref().into(),
            relation.confirmed.into(),
            view.evidence_count(row).into(),
            sentence.into(),
            document.into(),
        ])?;
        Ok(())
    })
}

fn evidence(content: &Content, take: Take<'_>) -> io::Result<()> {
    content.each_relation(&mut |view, row, relation| {
        for cited in view.citations(row) {
            take(&[
                relation.id.as_str().into(),
                cited.statement.into(),
                cited.document.id.as_str().into(),
                cited.start.into(),
                cited.end.into(),
                cited.line.into(),
                cited.text.into(),
                cited.rule.into(),
                cited.confidence.into(),
            ])?;
        }
        Ok(())
    })
}

fn documents(content: &Content, take: Take<'_>) -> io::Result<()> {
    for document in content.documents() {
        take(&[
            document.id.as_str().into(),
            document.title.as_deref().into(),
            document.source.as_str().into(),
            document.url.as_deref().into(),
            document.language.as_str().into(),
            document.published.map(|date| date.to_string()).into(),
        ])?;
    }
    Ok(())
}
