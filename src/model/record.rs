//! The extraction record: what extraction hands on for one document, one JSON object per line (version 1).
//!
//! The contract between extraction and everything behind it. Offsets count Unicode code points of `text`, from 0, end
//! exclusive, and `text[start..end]` equals the `text` given beside them. Entity ids are unique inside a record; equal ids in
//! two records mean the same entity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DocumentId, EntityId, EntityKind, Language, PartialDate, Qualifiers, RelationKind};

/// One document's extraction record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The record's format; 1.
    pub version: u32,
    /// The document.
    pub id: DocumentId,
    /// Where it came from.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its language.
    pub language: Language,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The text that was read.
    pub text: String,
    /// What it mentions.
    pub entities: Vec<RecordEntity>,
    /// What it states.
    pub relations: Vec<RecordRelation>,
}

/// An entity as one document mentions it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordEntity {
    /// Entity id.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// The name to show.
    pub name: String,
    /// Other names in this document.
    pub aliases: Vec<String>,
    /// Ids by scheme.
    pub external_ids: BTreeMap<String, String>,
    /// Where it is mentioned.
    pub mentions: Vec<RecordSpan>,
}

/// A stretch of the record's text, in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text there.
    pub text: String,
}

/// A relation as one document states it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordRelation {
    /// Its kind.
    pub kind: RelationKind,
    /// Entity id of the subject.
    pub subject: EntityId,
    /// Entity id of the object.
    pub object: EntityId,
    /// Belief that the text says so, in (0, 1].
    pub confidence: f32,
    /// Role, date, amount, modality.
    pub qualifiers: Qualifiers,
    /// The rule that found it.
    pub rule: String,
    /// The sentence or sentences to read.
    pub evidence: Vec<RecordSpan>,
}

/// A line of JSON Lines from which no record could be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordReject {
    /// The id that the document has by its bytes.
    pub id: DocumentId,
    /// What the line calls it, when that can be read.
    pub source: Option<String>,
    /// Where the line stood in what was handed over, from 1. Nothing else here depends on that.
    pub line: usize,
    /// Why, and what to do about it.
    pub reason: String,
}
