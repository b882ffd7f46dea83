//! `maillage serve`: reads, builds, says what there is and where, serves.
//!
//! `maillage serve corpus` → `5 documents · 121 entities · 96 relations in 0.2 s`, `GraphiQL  http://127.0.0.1:8080/graphiql`
//!
//! Must not know HTTP.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::arguments::ServeArguments;
use super::report::Report;
use super::source::{load, open};
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base::{IngestOptions, Ingested, KnowledgeBase, Watch};
use crate::query::stats;
use crate::server::{self, Settings};
use crate::store::SqliteStore;

pub(super) fn run(arguments: &ServeArguments, report: &Report) -> Result<Outcome> {
    // The port first: nobody should wait for a corpus to be read and hear then that the port is taken.
    let listener = server::bind(&arguments.host, arguments.port)?;
    let address = listener.local_addr().map_err(|error| Error::io("cannot tell the port", error))?;
    let started = Instant::now();
    let knowledge_base = Arc::new(knowledge_base(arguments, report)?);
    let counts = stats(&knowledge_base.snapshot());
    let summary = format!(
        "{} · {} · {} in {:.1} s",
        counted(counts.documents, "document", "documents"),
        counted(counts.entities, "entity", "entities"),
        counted(counts.relations, "relation", "relations"),
        started.elapsed().as_secs_f32(),
    );
    if !arguments.watch.is_empty() {
        watch(arguments, Arc::clone(&knowledge_base));
    }
    let (cors_origins, metrics) = (arguments.cors_origins.clone(), !arguments.no_metrics);
    let settings = Settings { cors_origins, metrics, ..Settings::default() };
    let greeting = format!("{summary}\nGraphiQL  http://{address}/graphiql\nGraphQL   http://{address}/graphql\n");
    // A closed standard output is no reason not to serve.
    server::run(listener, knowledge_base, &settings, || drop(print(&greeting)))?;
    Ok(Outcome::Complete)
}

/// How often watched folders are looked at.
const TURN: Duration = Duration::from_secs(1);

/// Looks after folders for as long as the process lives.
fn watch(arguments: &ServeArguments, base: Arc<KnowledgeBase>) {
    let (mut watch, mut signature) = (Watch::new(arguments.watch.clone()), arguments.signature.sign());
    std::thread::spawn(move || {
        loop {
            signature.at = Timestamp::now();
            match watch.turn(&base, &signature) {
                Ok(None) => {}
                Ok(Some(done)) => {
                    for warning in done.skipped.iter().chain(&done.notes) {
                        tracing::warn!(%warning, "watched");
                    }
                    let Ingested { added, extracted, withdrawn, .. } = done;
                    tracing::info!(added, extracted, withdrawn, "a watched folder has changed");
                }
                Err(error) => tracing::error!(%error, "what has changed in a watched folder is not taken in"),
            }
            std::thread::sleep(TURN);
        }
    });
}

/// The documents given, or a store with them taken in.
fn knowledge_base(arguments: &ServeArguments, report: &Report) -> Result<KnowledgeBase> {
    let Some(data) = &arguments.data else { return Ok(load(&arguments.paths, None, report)?.0) };
    let base = open(Box::new(SqliteStore::open(data)?), report)?;
    if !arguments.paths.is_empty() {
        let signature = arguments.signature.sign();
        let ingested = base.ingest(&arguments.paths, &IngestOptions::default(), &signature, &|p| report.progress(p));
        report.done();
        let ingested = ingested?;
        report.all(&ingested.skipped, &ingested.notes);
    }
    Ok(base)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
