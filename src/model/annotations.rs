//! What extraction observes in one document: mentions grouped into local entities, and the relations the text states.
//!
//! Invariants: every span lies in the document's text; the ends of a relation mention are indices into `entities`; every
//! relation mention has at least one evidence span, in the order of the text.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::{DocumentId, EntityKind, Qualifiers, RelationKind, Span};

/// The rule that made a mention or a relation, as `maillage` explains itself: `fr/funds/passive`. Cloning one is cheap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(pub Arc<str>);

impl RuleId {
    /// The rule of that name.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionForm {
    /// By a name, long or short, or an acronym.
    Name,
    /// By a description that introduces or repeats the thing: *un projet régional de protection …*, *l'atelier*.
    Description,
}

/// A span that names or describes something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// By name or by description.
    pub form: MentionForm,
    /// The rule that found it.
    pub rule: RuleId,
}

/// All mentions of one thing within one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalEntity {
    /// What it is.
    pub kind: EntityKind,
    /// The form to show: the registry's display name in the document's language, or the best form of the document. Empty where
    /// nothing but its id in a data file stands.
    pub name: String,
    /// Other names by which the document calls it (no pronouns or bare descriptions).
    pub aliases: BTreeSet<String>,
    /// Key in the registry of organizations, countries, regions, places, topics or populations, when one matched beyond doubt;
    /// what the registry says of it (names by language, ids of public schemes) is looked up there.
    pub registry: Option<String>,
    /// The id by which lines of a data file call it, in their namespace, or one put together of what they say (`id_of_parts`); none in a
    /// text.
    pub source_id: Option<Arc<str>>,
    /// Whether the thing has a proper name that identifies it beyond this document.
    pub named: bool,
    /// ISO 3166-1 code of the country it lies in or belongs to, when the document or the registry says so.
    pub country: Option<String>,
    /// Where it is mentioned, in the order of the text; never empty.
    pub mentions: Vec<Mention>,
}

/// A sentence stating a relation between two local entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationMention {
    /// What is said.
    pub kind: RelationKind,
    /// Index of the subject in [`Annotations::entities`].
    pub subject: usize,
    /// Index of the object.
    pub object: usize,
    /// The span that stands for the subject (possibly a pronoun or description).
    pub subject_span: Span,
    /// The span that stands for the object.
    pub object_span: Span,
    /// The words that state the relation, when it is stated by words.
    pub trigger: Option<Span>,
    /// Role, date, amount, modality.
    #[serde(with = "super::qualifiers::whole")]
    pub qualifiers: Qualifiers,
    /// Belief that the text says so, in (0, 1].
    pub confidence: f32,
    /// The sentence, or the sentences, to read.
    pub evidence: Vec<Span>,
    /// The rule that found it.
    pub rule: RuleId,
}

/// Everything extraction observed in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// The document.
    pub document: DocumentId,
    /// Local entities, ordered by first mention.
    pub entities: Vec<LocalEntity>,
    /// Relation mentions, ordered by evidence.
    pub relations: Vec<RelationMention>,
}
