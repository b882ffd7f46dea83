//! Entities and relations after resolution: one per real thing and statement over all documents.
//!
//! Invariants: an entity has at least one mention; a relation has at least one evidence; all lists are in a total order that
//! depends on content alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentId, EntityId, EntityKind, Language, Qualifiers, RelationId, RelationKind, RuleId, Span};

/// A mention with the document it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntityMention {
    /// The document.
    pub document: DocumentId,
    /// Where in its text.
    pub span: Span,
    /// The rule that found it.
    pub rule: RuleId,
}

/// A thing after resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Stable, readable id.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// The name to show when no language is asked for.
    pub name: String,
    /// Registry names by language, display name first.
    pub names: BTreeMap<Language, Vec<String>>,
    /// Every other form listed or seen.
    pub aliases: BTreeSet<String>,
    /// Ids by scheme: `wikidata`, `iso3166-1`, `ror`, `iati`, `m49`.
    pub external_ids: BTreeMap<String, String>,
    /// Whether it has a proper name; otherwise it is known from one document's description alone.
    pub named: bool,
    /// ISO 3166-1 code of the country it lies in or belongs to.
    pub country: Option<String>,
    /// All mentions, ordered by document and span.
    pub mentions: Vec<EntityMention>,
    /// Ids of entities that were merged into this one; they still resolve.
    pub merged_ids: BTreeSet<EntityId>,
}

/// What a relation rests on: one statement in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// The sentence or sentences to read, in order; never empty.
    pub spans: Vec<Span>,
    /// What stands for the subject there.
    pub subject: Span,
    /// What stands for the object there.
    pub object: Span,
    /// The words that state it.
    pub trigger: Option<Span>,
    /// What this statement adds.
    pub qualifiers: Qualifiers,
    /// Belief in this statement, in (0, 1].
    pub confidence: f32,
    /// The rule that found it.
    pub rule: RuleId,
}

/// One relation between two entities, with everything it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Made from kind and ends.
    pub id: RelationId,
    /// What it says.
    pub kind: RelationKind,
    /// From.
    pub subject: EntityId,
    /// To.
    pub object: EntityId,
    /// The best statement's confidence, in (0, 1].
    pub confidence: f32,
    /// Qualifiers of the strongest statement, completed from the others.
    pub qualifiers: Qualifiers,
    /// The statements, ordered by document and span; never empty.
    pub evidence: Vec<Evidence>,
}
