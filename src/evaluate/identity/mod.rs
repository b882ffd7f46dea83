//! How well resolution tells what is one thing: the entities of one graph against the identity of the gold, as B³.
//!
//! gold «OIM» in one document and «IOM» in another, one entity in the graph → right; two entities → a split
//!
//! An item is an entity that one document was found to speak of, with the thing of the gold that it stands for. Its precision is the
//! part of its entity's items that stand for the same thing, its recall the part of its thing's items that are in its entity; both are
//! averaged over all items (Bagga and Baldwin, 1998). Most things stand in one document only and are easily right, so pairs of items
//! of different documents are counted beside it. What extraction missed or made up is no item: that is measured elsewhere.
//!
//! Must not extract, resolve, or touch files.

mod checked;
mod items;
mod measure;
mod show;

pub use checked::Checked;
pub use measure::Agreement;
pub use show::{agreement_json, agreement_markdown, agreement_text, disagreements};

use std::collections::BTreeMap;

use super::gold::Gold;
use crate::model::{EntityId, Record};

/// One document of a graph: what its gold says, what was extracted, and which entity of the graph each of its ids belongs to now. An id
/// that is not in the list belongs to itself.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The gold of the document.
    pub gold: Gold,
    /// What was extracted.
    pub record: Record,
    /// Entities of the graph by the ids of the record.
    pub entities: BTreeMap<EntityId, EntityId>,
}

/// Measures the identity of all documents of one graph.
pub fn agreement(documents: &[Resolved], checked: &Checked) -> Agreement {
    measure::measure(&items::items(documents, checked))
}
