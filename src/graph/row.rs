//! Rows: short-lived handles into one graph, never identities.
//!
//! `graph.find_entity(&id)` → the row at which `graph.entity(row)` finds it
//!
//! A row stays the same from one version to the next as long as its thing is there; it says nothing of any order.

use serde::{Deserialize, Serialize};

macro_rules! row {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// The row at a position.
            pub fn at(position: usize) -> Self {
                Self(u32::try_from(position).expect("a graph has fewer than four billion rows"))
            }

            /// Its position as it is kept.
            #[allow(dead_code, reason = "not all rows are kept as bytes")]
            pub(super) fn number(self) -> u32 {
                self.0
            }

            /// Its position.
            pub fn position(self) -> usize {
                self.0 as usize
            }
        }
    };
}

row! {
    /// An entity of one graph.
    EntityRow
}
row! {
    /// A relation of one graph.
    RelationRow
}
row! {
    /// A document of one graph.
    DocumentRow
}

/// A mention: the document it stands in, and where in that document's annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MentionRow {
    /// The document.
    pub document: DocumentRow,
    /// The local entity.
    pub local: u32,
    /// Which of its mentions.
    pub number: u32,
}

/// A statement that a relation rests on: the document it stands in, and where in that document's annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// The document.
    pub document: DocumentRow,
    /// The statement.
    pub statement: u32,
    /// Whether the relation reads it from object to subject, as a symmetric one may.
    pub swapped: bool,
}
