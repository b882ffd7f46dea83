//! `maillage ingest`: documents into a store.
//!
//! `maillage ingest --data store corpus` → `5 added, 0 extracted anew, 0 unchanged, 0 withdrawn in 0.3 s`
//!
//! Must not decide what is new.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::report::Report;
use super::source::no_documents;
use super::store_arguments::IngestArguments;
use super::{Outcome, print};
use crate::error::Result;
use crate::knowledge_base::{Ingest, IngestOptions};
use crate::model::{DocumentId, Event, LogEntry, Signature};
use crate::store::{Store, Write};

struct IntoStore {
    store: Box<dyn Store>,
    /// The version of the extractor of each document that was there at the start; none comes twice in a run.
    known: HashMap<DocumentId, Arc<str>>,
    signature: Signature,
    stopped: Arc<AtomicBool>,
    /// Documents that came in.
    added: usize,
}

impl Ingest for IntoStore {
    fn write(&mut self, writes: &[Write]) -> Result<Vec<LogEntry>> {
        let entries = self.store.append(writes, &self.signature)?;
        self.added += entries.iter().filter(|entry| matches!(entry.event, Event::Added(_))).count();
        Ok(entries)
    }

    fn read<T>(&mut self, ask: impl FnOnce(&dyn Store) -> Result<T>) -> Result<T> {
        ask(self.store.as_ref())
    }

    fn extractor(&mut self, document: &DocumentId) -> Result<Option<Arc<str>>> {
        Ok(self.known.get(document).cloned())
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

pub(super) fn run(arguments: &IngestArguments, report: &Report) -> Result<Outcome> {
    let store = arguments.store.place()?.open()?;
    let options = IngestOptions {
        prune: arguments.prune,
        include_withdrawn: arguments.include_withdrawn,
        again: arguments.again,
    };
    let started = Instant::now();
    let known = store.documents()?.into_iter().map(|(id, extractor)| (id, extractor.into())).collect();
    let stopped = super::interrupt::heard(report);
    let mut into = IntoStore { store, known, signature: arguments.signature.sign(), stopped, added: 0 };
    let done = into.ingest(&arguments.input.paths, &options, &|progress| report.progress(progress));
    report.done();
    let done = done.inspect_err(|_| {
        if into.added > 0 {
            report.note(&format!("{} documents were added; the same command goes on from there", into.added));
        }
    })?;
    let outcome = report.all(&done.skipped, &done.notes);
    let (total, seconds) = (done.added + done.extracted + done.unchanged, started.elapsed().as_secs_f32());
    let counts = format!(
        "{} added, {} extracted anew, {} unchanged, {} withdrawn in {seconds:.1} s",
        done.added, done.extracted, done.unchanged, done.withdrawn
    );
    let rest = if done.interrupted { "; interrupted: the same command goes on from here" } else { "" };
    print(&format!("{counts}{rest}\n"))?;
    match total {
        0 if done.withdrawn == 0 && done.notes.is_empty() => Err(no_documents(&arguments.input.paths)),
        _ if done.interrupted => Ok(Outcome::Interrupted),
        _ => Ok(outcome),
    }
}
