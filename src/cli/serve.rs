//! `maillage serve`: reads, builds, says what there is and where, serves.
//!
//! `maillage serve corpus` → `5 documents · 121 entities · 96 relations in 0.2 s`, `GraphiQL  http://127.0.0.1:8080/graphiql`
//!
//! Must not know HTTP.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::place::Place;
use super::report::Report;
use super::serve_arguments::ServeArguments;
use super::source::{Keep, keep_now, load, open_to_keep};
use super::{Outcome, print, replica, watch};
use crate::error::{Error, Result};
use crate::knowledge_base::{IngestOptions, KnowledgeBase};
use crate::server::{self, Settings};

/// How often it is looked at how much of a graph was read from its file.
const RELIEVED_EVERY: Duration = Duration::from_secs(1);

/// Serves until the process is told to end; `traces` is where they go.
pub(super) fn run(arguments: &ServeArguments, report: &Report, traces: Option<&str>) -> Result<Outcome> {
    let settings = arguments.wire.settings(arguments.place()?.is_some())?;
    // The port first: nobody should wait for a corpus to be read and hear then that the port is taken.
    let listener = server::bind(&arguments.host, arguments.port)?;
    let address = listener.local_addr().map_err(|error| Error::io("cannot tell the port", error))?;
    let started = Instant::now();
    let place = arguments.place()?;
    let (knowledge_base, keep) = knowledge_base(arguments, place.as_ref(), report)?;
    let knowledge_base = Arc::new(knowledge_base);
    let snapshot = knowledge_base.snapshot();
    let graph = snapshot.graph();
    let summary = format!(
        "{} · {} · {} in {:.1} s",
        counted(graph.document_count(), "document", "documents"),
        counted(graph.entity_count(), "entity", "entities"),
        counted(graph.relation_count(), "relation", "relations"),
        started.elapsed().as_secs_f32(),
    );
    let begun_with = snapshot.version();
    drop(snapshot);
    let folder = place.as_ref().and_then(Place::folder).map(Path::to_owned);
    if let Some(data) = folder.clone().filter(|_| keep == Keep::Worth) {
        let base = Arc::clone(&knowledge_base);
        std::thread::spawn(move || keep_now(&base, &data));
    }
    if folder.is_some() {
        relieve(&knowledge_base, arguments.graph_memory << 20);
    }
    if let Some(Place::Server(address)) = place.as_ref().filter(|_| arguments.replica) {
        replica::follow(address, Duration::from_millis(arguments.follow_every), Arc::clone(&knowledge_base));
    }
    if !arguments.watch.is_empty() {
        watch::follow(arguments, Arc::clone(&knowledge_base));
    }
    let (cors_origins, metrics) = (arguments.cors_origins.clone(), !arguments.no_metrics);
    let most_behind = Duration::from_millis(arguments.max_lag);
    let settings = Settings { cors_origins, metrics, most_behind, ..settings };
    let traces = traces.map(|to| format!("Traces    {to}\n")).unwrap_or_default();
    let page = if settings.playground {
        format!("Explorer  http://{address}/\nGraphiQL  http://{address}/graphiql\n")
    } else {
        String::new()
    };
    let greeting = format!("{summary}\n{traces}{page}GraphQL   http://{address}/graphql\n");
    // A closed standard output is no reason not to serve.
    server::run(listener, Arc::clone(&knowledge_base), &settings, || drop(print(&greeting)))?;
    if let Some(data) = &folder
        && keep != Keep::No
        && knowledge_base.snapshot().version() != begun_with
    {
        keep_now(&knowledge_base, data);
    }
    Ok(Outcome::Complete)
}

/// Looks now and then whether too much of a graph in a file was read, as long as it is served.
fn relieve(base: &Arc<KnowledgeBase>, most: u64) {
    let base = Arc::downgrade(base);
    std::thread::spawn(move || {
        while let Some(base) = base.upgrade() {
            if base.relieve(most) {
                tracing::debug!("what was read of the graph is forgotten: it took more than {} MB", most >> 20);
            }
            drop(base);
            std::thread::sleep(RELIEVED_EVERY);
        }
    });
}

/// The documents given, or a store with them taken in; and whether that is worth keeping.
fn knowledge_base(arguments: &ServeArguments, place: Option<&Place>, report: &Report) -> Result<(KnowledgeBase, Keep)> {
    let Some(place) = place else { return Ok((load(&arguments.paths, None, report)?.0, Keep::No)) };
    if arguments.replica {
        return Ok((replica::open(place, report)?, Keep::No));
    }
    let store = place.open_for(Duration::from_secs(arguments.lease))?;
    let (base, keep) = open_to_keep(store, place, report)?;
    if !arguments.paths.is_empty() {
        let signature = arguments.signature.sign();
        let ingested = base.ingest(&arguments.paths, &IngestOptions::default(), &signature, &|p| report.progress(p));
        report.done();
        let ingested = ingested?;
        report.all(&ingested.skipped, &ingested.notes);
    }
    Ok((base, keep))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
