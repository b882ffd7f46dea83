//! Orders of lists, and the sort keys that cursors keep.
//!
//! Entities by `[(Mentions, descending), (Name, ascending)]`: the most mentioned first, ties by name, then always by id.
//!
//! A key is made from content alone, never from a position, so that a cursor stays valid when the graph grows.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::graph::{EntityRow, Graph, RelationRow};
use crate::model::fold;

/// One part of a sort key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Part {
    /// A count or a confidence.
    Number(f64),
    /// A name, a kind or an id.
    Text(String),
}

impl Part {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

/// What a row is sorted by; the last part is always an id, so that no two rows have equal keys.
pub(super) type Key = Vec<Part>;

/// Compares two keys; `descending` says which parts count backwards (missing: forwards).
pub(super) fn compare(a: &Key, b: &Key, descending: &[bool]) -> Ordering {
    let backwards = descending.iter().copied().chain(std::iter::repeat(false));
    let parts = a.iter().zip(b).zip(backwards);
    let orderings = parts.map(|((a, b), back)| if back { b.cmp(a) } else { a.cmp(b) });
    orderings.fold(Ordering::Equal, Ordering::then)
}

/// What entities can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityOrder {
    /// Kind, in alphabetical order.
    Kind,
    /// Name, folded.
    Name,
    /// Number of mentions.
    Mentions,
    /// Number of documents.
    Documents,
    /// Number of relations.
    Relations,
}

impl EntityOrder {
    pub(super) fn part(self, graph: &Graph, row: EntityRow) -> Part {
        let entity = graph.entity(row);
        match self {
            Self::Kind => Part::Text(entity.kind.to_string()),
            Self::Name => Part::Text(fold(&entity.name)),
            Self::Mentions => Part::Number(graph.mention_count(row) as f64),
            Self::Documents => Part::Number(graph.documents_of(row).len() as f64),
            Self::Relations => Part::Number(graph.degree(row) as f64),
        }
    }
}

/// What relations can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationOrder {
    /// Kind, in alphabetical order.
    Kind,
    /// Confidence.
    Confidence,
    /// Start of the stated date; undated relations count as earliest.
    Date,
    /// Number of statements.
    Mentions,
}

impl RelationOrder {
    pub(super) fn part(self, graph: &Graph, row: RelationRow) -> Part {
        let relation = graph.relation(row);
        match self {
            Self::Kind => Part::Text(relation.kind.to_string()),
            Self::Confidence => Part::Number(f64::from(relation.confidence)),
            Self::Date => Part::Text(relation.qualifiers.date.map(|d| d.to_string()).unwrap_or_default()),
            Self::Mentions => Part::Number(graph.evidence_count(row) as f64),
        }
    }
}
