//! The nouns of the program as plain values with their invariants.
//!
//! A [`Document`] has [`Mention`]s; extraction groups them into [`LocalEntity`]s joined by [`RelationMention`]s;
//! resolution makes [`Entity`]s and [`Relation`]s of them, and every relation keeps its [`Evidence`].
//!
//! Must not do IO and must not know petgraph, GraphQL or HTTP.

mod annotations;
mod date;
mod document;
mod entity;
mod id;
mod kind;
mod qualifiers;
mod record;
mod span;

pub use annotations::{Annotations, LocalEntity, Mention, MentionForm, RelationMention, RuleId};
pub use date::{DatePrecision, DateRange, PartialDate};
pub use document::{Document, Language, Section, SectionKind};
pub use entity::{Entity, EntityMention, Evidence, Relation};
pub use id::{DocumentId, EntityId, RelationId, fold, fold_into, slug};
pub use kind::{EntityKind, RelationKind};
pub use qualifiers::{Modality, Qualifiers};
pub use record::{Record, RecordEntity, RecordRelation, RecordSpan};
pub use span::{CodePoints, Span};
