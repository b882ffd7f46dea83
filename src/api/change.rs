//! What was written to the graph, version by version.
//!
//! `changes(sinceVersion: 41) { changes { version kind document { title } } }` → `42 ADDED "Atelier à Dakar"`

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use crate::model::{self, DocumentId, Event, LogEntry, WithdrawalCause};
use crate::query::{self, PAGE_MAX, Refusal, RelationRow};

use super::answer::{Answer, snapshot, the, view};
use super::decision::Decision;
use super::input::DateTime;
use super::relation::Relation;
use super::source::Document;

/// What happened.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeKind {
    /// A document came in.
    Added,
    /// A document that was there was extracted anew.
    Extracted,
    /// A document was withdrawn because somebody asked for it.
    Withdrawn,
    /// A document went because its file has other content now.
    Replaced,
    /// A document went because its file is gone.
    Gone,
    /// Something was decided.
    Decided,
    /// A decision was undone.
    Undone,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub(super) struct Change {
    entry: LogEntry,
    /// Which of the relations that its document states are listed.
    filter: query::RelationFilter,
}

impl Change {
    pub(super) fn new(entry: LogEntry, filter: query::RelationFilter) -> Self {
        Self { entry, filter }
    }

    /// The relations that its document states, as far as the filter holds for them.
    pub(super) fn rows(&self, ctx: &Context<'_>) -> Result<Vec<RelationRow>, Refusal> {
        let document = self.id().and_then(|id| snapshot(ctx).graph().find_document(id));
        let stated = |row| query::stated(snapshot(ctx), row, &self.filter, view(ctx).budget());
        document.map(stated).unwrap_or_else(|| Ok(Vec::new()))
    }

    fn id(&self) -> Option<&DocumentId> {
        match &self.entry.event {
            Event::Added(id) | Event::Extracted(id) | Event::Withdrawn(id, _) => Some(id),
            Event::Decided(_) | Event::Undone(_) => None,
        }
    }
}

/// Something that was written to the graph.
#[Object]
impl Change {
    /// The version of the graph from which on it holds. Versions count up; each has one change.
    async fn version(&self) -> u64 {
        self.entry.version
    }

    /// What happened.
    async fn kind(&self) -> ChangeKind {
        match &self.entry.event {
            Event::Added(_) => ChangeKind::Added,
            Event::Extracted(_) => ChangeKind::Extracted,
            Event::Withdrawn(_, WithdrawalCause::Request) => ChangeKind::Withdrawn,
            Event::Withdrawn(_, WithdrawalCause::Changed) => ChangeKind::Replaced,
            Event::Withdrawn(_, WithdrawalCause::Gone) => ChangeKind::Gone,
            Event::Decided(_) => ChangeKind::Decided,
            Event::Undone(_) => ChangeKind::Undone,
        }
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.entry.signature.at)
    }

    /// Who wrote it; empty when nobody is known.
    async fn author(&self) -> &str {
        &self.entry.signature.author
    }

    /// Why; may be empty.
    async fn reason(&self) -> &str {
        &self.entry.signature.reason
    }

    /// The document that came or went.
    async fn document_id(&self) -> Option<ID> {
        self.id().map(the)
    }

    /// The document that came; null when it is gone by now.
    async fn document(&self, ctx: &Context<'_>) -> Option<Document> {
        snapshot(ctx).graph().find_document(self.id()?).map(Document)
    }

    /// The relations that the document states, by id, at most 100; in a subscription with conditions only those that meet them.
    async fn relations(&self, ctx: &Context<'_>) -> Answer<Vec<Relation>> {
        Some(self.rows(ctx).map(|rows| rows.into_iter().take(PAGE_MAX).map(Relation).collect()))
    }

    /// What was decided.
    async fn decision(&self) -> Option<Decision> {
        match &self.entry.event {
            Event::Decided(decision) => Some(Decision(decision.clone())),
            _ => None,
        }
    }

    /// The decision that was made or undone.
    async fn decision_id(&self) -> Option<ID> {
        match &self.entry.event {
            Event::Decided(model::Decision { id, .. }) | Event::Undone(id) => Some(the(id)),
            _ => None,
        }
    }
}

/// What was written since a version.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct ChangesAnswer {
    /// The changes, oldest first.
    pub(super) changes: Vec<Change>,
    /// Whether these are all until now.
    pub(super) complete: bool,
    /// The version to ask from next.
    pub(super) version: u64,
}
