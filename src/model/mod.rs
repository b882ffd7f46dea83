//! The nouns of the program as plain values with their invariants.
//!
//! A [`Document`] has [`Mention`]s; extraction groups them into [`LocalEntity`]s joined by [`RelationMention`]s;
//! resolution makes [`Entity`]s and [`Relation`]s of them, and the statements behind a relation are its evidence.
//!
//! Must not do IO and must not know petgraph, GraphQL or HTTP.

mod annotations;
mod changes;
mod date;
mod decision;
mod document;
mod element;
mod entity;
mod id;
mod kind;
mod log;
mod qualifiers;
mod record;
mod resolution;
mod span;

pub use annotations::{Annotations, LocalEntity, Mention, MentionForm, RelationMention, RuleId};
pub use changes::{Belonging, Changes};
pub use date::{DatePrecision, DateRange, PartialDate};
pub use decision::{Decision, Judged, Judgement, Verdict};
pub use document::{Document, Language, Lines, Section, SectionKind};
pub use element::ElementPlace;
pub use entity::{Entity, Relation};
pub use id::{
    DecisionId, DocumentDigest, DocumentId, EntityId, RelationId, fold, fold_into, id_of_parts, last_part, slug,
};
pub use kind::{EntityKind, RelationKind};
pub use log::{Contribution, Event, LogEntry, Signature, Stored, WithdrawalCause};
pub use qualifiers::{Modality, Qualifiers};
pub use record::{Record, RecordEntity, RecordReject, RecordRelation, RecordSpan};
pub use resolution::{Candidate, Doubt, Resolution, ResolutionRule};
pub use span::{CodePoints, Span};
