//! Spans around what takes long here, for whoever traces: how many documents came and went.
//!
//! three texts are sent, one of them known → a span `ingest` with `maillage.documents.added` 2 and `maillage.documents.unchanged` 1
//!
//! Where nobody takes them they cost a look at a flag. Numbers only: nothing of a text, no name.

use tracing::field::Empty;
use tracing::{Span, info_span};

use super::Ingested;
use crate::error::{Error, Result};
use crate::model::{Event, LogEntry};

/// Takes documents in.
pub(super) fn ingest(work: impl FnOnce() -> Result<Ingested>) -> Result<Ingested> {
    let span = info_span!(
        "ingest",
        "maillage.documents.added" = Empty,
        "maillage.documents.extracted" = Empty,
        "maillage.documents.unchanged" = Empty,
        "maillage.documents.withdrawn" = Empty,
        "maillage.documents.skipped" = Empty,
        "otel.status_code" = Empty,
        "error.type" = Empty,
    );
    let done = span.in_scope(work);
    match &done {
        Ok(done) => {
            count(&span, "maillage.documents.added", done.added);
            count(&span, "maillage.documents.extracted", done.extracted);
            count(&span, "maillage.documents.unchanged", done.unchanged);
            count(&span, "maillage.documents.withdrawn", done.withdrawn);
            count(&span, "maillage.documents.skipped", done.skipped.len());
        }
        Err(error) => failed(&span, error),
    }
    done
}

/// Writes to the store and to the next snapshot, all or nothing.
pub(super) fn write(work: impl FnOnce() -> Result<Vec<LogEntry>>) -> Result<Vec<LogEntry>> {
    let span = info_span!(
        "write",
        "maillage.documents.added" = Empty,
        "maillage.documents.extracted" = Empty,
        "maillage.documents.withdrawn" = Empty,
        "maillage.log.entries" = Empty,
        "otel.status_code" = Empty,
        "error.type" = Empty,
    );
    let written = span.in_scope(work);
    match &written {
        Ok(entries) if !span.is_disabled() => {
            let number = |is: fn(&Event) -> bool| entries.iter().filter(|entry| is(&entry.event)).count();
            count(&span, "maillage.documents.added", number(|event| matches!(event, Event::Added(_))));
            count(&span, "maillage.documents.extracted", number(|event| matches!(event, Event::Extracted(_))));
            count(&span, "maillage.documents.withdrawn", number(|event| matches!(event, Event::Withdrawn(..))));
            count(&span, "maillage.log.entries", entries.len());
        }
        Ok(_) => {}
        Err(error) => failed(&span, error),
    }
    written
}

fn count(span: &Span, name: &'static str, number: usize) {
    span.record(name, i64::try_from(number).unwrap_or(i64::MAX));
}

/// Why, in one word of few: the message may name a document.
fn failed(span: &Span, error: &Error) {
    let reason = match error {
        Error::StoreFull(_) => "store_full",
        Error::StoreReadOnly(_) => "store_read_only",
        Error::StoreBusy(_) => "store_busy",
        Error::StoreDamaged { .. } => "store_damaged",
        Error::StoreLost { .. } => "store_lost",
        Error::StoreUnreachable { .. } => "store_unreachable",
        Error::StoreUncertain { .. } => "store_uncertain",
        Error::Replica(_) => "replica",
        Error::Store { .. } => "store_failed",
        Error::Unsound { .. } => "unsound",
        Error::WriterFailed => "writer_failed",
        Error::FixedGraph => "fixed_graph",
        // What the conventions have for the rest.
        _ => "_OTHER",
    };
    span.record("otel.status_code", "error");
    span.record("error.type", reason);
}
