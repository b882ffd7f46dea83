//! Entities and relations after resolution: one per real thing and statement over all documents.
//!
//! What they rest on, mentions and statements, stays in the documents' annotations; the graph knows which belong to what.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::{EntityId, EntityKind, Language, Qualifiers, RelationId, RelationKind, Resolution};

/// A thing after resolution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable, readable id.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// The name to show when no language is asked for.
    pub name: String,
    /// Registry names by language, display name first; of what is not listed, the fullest name of the documents in each language.
    pub names: BTreeMap<Language, Vec<String>>,
    /// Every other form listed or seen.
    pub aliases: BTreeSet<String>,
    /// Ids by scheme: `wikidata`, `iso3166-1`, `ror`, `iati`, `m49`.
    pub external_ids: BTreeMap<String, String>,
    /// Whether it has a proper name; otherwise it is known from one document's description alone.
    pub named: bool,
    /// ISO 3166-1 code of the country it lies in or belongs to.
    pub country: Option<String>,
    /// Ids of entities that were merged into this one; they still resolve.
    pub merged_ids: BTreeSet<EntityId>,
    /// The ids that it was resolved from, its own first, the others in order.
    pub resolved_from: Vec<Resolution>,
    /// Whether somebody confirmed it.
    pub confirmed: bool,
}

/// One relation between two entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Made from kind and ends.
    pub id: RelationId,
    /// What it says.
    pub kind: RelationKind,
    /// From.
    pub subject: EntityId,
    /// To.
    pub object: EntityId,
    /// The strongest statement's confidence, in (0, 1].
    pub confidence: f32,
    /// What the strongest statements of its modality say; amount and date are of one statement.
    #[serde(with = "super::qualifiers::whole")]
    pub qualifiers: Qualifiers,
    /// Whether somebody confirmed it.
    pub confirmed: bool,
}
