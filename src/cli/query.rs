//! `maillage query`: one GraphQL question, answered without a server.
//!
//! `maillage query corpus '{ stats { documentCount } }'` → `{ "data": { "stats": { "documentCount": 5 } } }`
//!
//! Must not know GraphQL beyond its door.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::arguments::QueryArguments;
use super::report::Report;
use super::source::load;
use super::{Outcome, print};
use crate::api::{self, Limits};
use crate::error::{Error, Result};

pub(super) fn run(arguments: &QueryArguments, report: &Report) -> Result<Outcome> {
    let Some((query, paths)) = arguments.paths_and_query.split_last() else { return Err(Error::Query) };
    let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
    let place = arguments.place()?;
    if paths.is_empty() == place.is_none() {
        return Err(Error::NoDocuments(
            "the command line: give paths, or --data or --store, and then the query".into(),
        ));
    }
    let (base, outcome) = load(&paths, place.as_ref(), report)?;
    let schema = api::schema(Arc::new(base), &Limits::default());
    let mut request = Map::from_iter([("query".to_string(), Value::from(query.as_str()))]);
    request.extend(arguments.variables.clone().map(|variables| ("variables".to_string(), variables)));
    request.extend(arguments.operation.clone().map(|name| ("operationName".to_string(), Value::from(name))));
    let failed = |context: &'static str| move |error: serde_json::Error| Error::io(context, error.into());
    let request = api::request_from_json(Value::Object(request)).map_err(failed("cannot read the query"))?;
    // One worker, because resolvers recurse into a query as deep as the limits allow, and only a worker's stack can be sized.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).thread_stack_size(8 << 20).build();
    let runtime = runtime.map_err(|error| Error::io("cannot start", error))?;
    let asked = async { tokio::spawn(async move { api::execute(&schema, request).await }).await };
    let answer = runtime
        .block_on(asked)
        .map_err(|error| Error::io("the query was not answered", std::io::Error::other(error)))?;
    // Written as it is: the order of its fields is the order in which the query asks for them.
    print(&(serde_json::to_string_pretty(&answer).map_err(failed("cannot write the answer"))? + "\n"))?;
    if answer.errors.is_empty() { Ok(outcome) } else { Err(Error::Query) }
}
