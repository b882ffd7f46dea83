//! Following the graph: each change once and in order, from any version on.
//!
//! `subscription { graphChanged(sinceVersion: 41) { version kind document { title } } }` → 42, 43, … as they come
//!
//! A subscription is opened once, which checks its arguments, and then executed for each event on the snapshot of that moment
//! ([`super::follow`]): fields below an event see one version.

use std::sync::{Arc, Mutex};

use async_graphql::futures_util::Stream;
use async_graphql::futures_util::stream;
use async_graphql::{Context, SimpleObject, Subscription};

use crate::knowledge_base::IngestStatus;
use crate::model::LogEntry;
use crate::query::{self, Refusal};

use super::answer::snapshot;
use super::change::Change;
use super::input::{RelationFilter, conditions};

/// Why a subscription is executed: to open it, or for one event.
#[derive(Debug)]
pub(super) enum Occasion {
    /// To see what it asks for.
    Open(Mutex<Option<Asked>>),
    /// Something was written.
    Changed(LogEntry),
    /// Documents are being taken in.
    Ingesting(IngestStatus),
}

/// What a subscription asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Changes after a version.
    Changes(u64),
    /// The progress of taking documents in.
    Progress,
}

/// How far the server is with taking documents in.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(super) struct IngestProgress {
    /// Whether it is under way.
    running: bool,
    /// Files, or documents sent, that were worked on.
    done: usize,
    /// How many there are.
    total: usize,
    /// Documents that came in since it began.
    added: usize,
}

/// The root of all subscriptions.
#[derive(Clone, Copy, Debug)]
pub struct Subscription;

/// Following the graph. Over WebSocket with the protocol `graphql-transport-ws`, or as Server-Sent Events.
#[Subscription]
impl Subscription {
    /// Everything that is written to the graph, each change once and in order. With conditions only documents that state a relation
    /// that meets them, with those relations.
    async fn graph_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Begin behind this version; with the version seen last, nothing is missed after a break. Absent: from now on."
        )]
        since_version: Option<u64>,
        #[graphql(name = "where", desc = "Only documents that state such a relation. Example: {kind: [FUNDS]}")]
        filter: Option<Box<RelationFilter>>,
    ) -> Result<impl Stream<Item = Change>, Refusal> {
        let conditional = filter.is_some();
        let filter: query::RelationFilter = conditions(filter);
        filter.check()?;
        let change = match &**ctx.data_unchecked::<Arc<Occasion>>() {
            Occasion::Open(asked) => {
                let current = snapshot(ctx).version();
                let since = since_version.unwrap_or(current);
                if since > current {
                    let message = format!("sinceVersion is {since}, but the graph is at version {current}");
                    return Err(Refusal::bad_input(message));
                }
                open(asked, Asked::Changes(since));
                None
            }
            Occasion::Changed(entry) => {
                let change = Change::new(entry.clone(), filter);
                (!conditional || !change.rows(ctx)?.is_empty()).then_some(change)
            }
            Occasion::Ingesting(_) => None,
        };
        Ok(stream::iter(change))
    }

    /// How far the server is with taking documents in: now, and whenever that changes.
    async fn ingest_progress(&self, ctx: &Context<'_>) -> impl Stream<Item = IngestProgress> {
        let progress = match &**ctx.data_unchecked::<Arc<Occasion>>() {
            Occasion::Open(asked) => {
                open(asked, Asked::Progress);
                None
            }
            Occasion::Ingesting(status) => {
                let IngestStatus { running, done, total, added } = *status;
                Some(IngestProgress { running, done, total, added })
            }
            Occasion::Changed(_) => None,
        };
        stream::iter(progress)
    }
}

fn open(asked: &Mutex<Option<Asked>>, what: Asked) {
    *asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(what);
}
