//! `maillage serve`: reads, builds, says what there is and where, serves.
//!
//! `maillage serve corpus` → `5 documents · 121 entities · 96 relations in 0.2 s`, `GraphiQL  http://127.0.0.1:8080/graphiql`
//!
//! Must not know HTTP.

use std::sync::Arc;
use std::time::Instant;

use super::arguments::ServeArguments;
use super::report::Report;
use super::stats::load;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::knowledge_base::KnowledgeBase;
use crate::query::stats;
use crate::server::{self, Settings};

pub(super) fn run(arguments: &ServeArguments, report: &Report) -> Result<Outcome> {
    // The port first: nobody should wait for a corpus to be read and hear then that the port is taken.
    let listener = server::bind(&arguments.host, arguments.port)?;
    let address = listener.local_addr().map_err(|error| Error::io("cannot tell the port", error))?;
    let started = Instant::now();
    let (snapshot, _) = load(&arguments.input.paths, report)?;
    let counts = stats(&snapshot);
    let summary = format!(
        "{} · {} · {} in {:.1} s",
        counted(counts.documents, "document", "documents"),
        counted(counts.entities, "entity", "entities"),
        counted(counts.relations, "relation", "relations"),
        started.elapsed().as_secs_f32(),
    );
    let settings = Settings { cors_origins: arguments.cors_origins.clone(), ..Settings::default() };
    let knowledge_base = Arc::new(KnowledgeBase::new(snapshot));
    let greeting = format!("{summary}\nGraphiQL  http://{address}/graphiql\nGraphQL   http://{address}/graphql\n");
    // A closed standard output is no reason not to serve.
    server::run(listener, knowledge_base, &settings, || drop(print(&greeting)))?;
    Ok(Outcome::Complete)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
