//! What a store keeps: the contribution of each document, and a log of everything that was written, in order.
//!
//! *42: ana withdrew document:8c7d… because its source was taken down*
//!
//! The position of an entry in the log is the version of the graph that has it.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Annotations, Decision, DecisionId, Document, DocumentId};

/// What one document contributes: itself, and what was observed in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The document.
    pub document: Arc<Document>,
    /// What extraction observed in it.
    pub annotations: Arc<Annotations>,
    /// The version of the extractor.
    pub extractor: Arc<str>,
}

/// A contribution as a store has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// The contribution.
    pub contribution: Contribution,
    /// The version from which on the graph has the document.
    pub added: u64,
    /// When that was.
    pub added_at: Timestamp,
}

/// Why a document was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WithdrawalCause {
    /// Somebody asked for it; reading its file again does not bring it back.
    Request,
    /// The file that it was read from has other content now.
    Changed,
    /// The file that it was read from is gone.
    Gone,
}

/// What was written to a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A document came in.
    Added(DocumentId),
    /// A document that the graph had was extracted anew.
    Extracted(DocumentId),
    /// A document went, as if it had never been read.
    Withdrawn(DocumentId, WithdrawalCause),
    /// Something was decided.
    Decided(Decision),
    /// A decision was undone, as if it had never been made.
    Undone(DecisionId),
}

/// Who writes, why and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its position, from 1 on; later entries have higher ones.
    pub version: u64,
    /// Who wrote it, why and when.
    pub signature: Signature,
    /// What was written.
    pub event: Event,
}
