//! What is counted, and `/metrics`, where it can be read as Prometheus text.
//!
//! `GET /metrics` → `maillage_http_requests_total{route="/graphql",method="POST",status="200"} 7`, …
//!
//! Labels are words of ours: routes as patterns, known methods, codes. Never what a client wrote. Each server counts for itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::Router;
use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use metrics::{
    Counter, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
    with_local_recorder,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::answer::code;
use crate::knowledge_base::{KnowledgeBase, Lag};
use crate::snapshot::Snapshot;

/// Upper bounds of the classes of time, in seconds.
const SECONDS: [f64; 13] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// After how many times measured they are sorted into their classes, if nobody asks before.
const UPKEEP: u64 = 1024;

/// How an operation came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    Http,
    Events,
    WebSocket,
}

impl Transport {
    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Events => "sse",
            Self::WebSocket => "websocket",
        }
    }
}

/// Counts, when it is switched on.
#[derive(Clone)]
pub(super) struct Meter(Option<Arc<Counted>>);

struct Counted {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    measured: AtomicU64,
    /// Counters that were found once, since finding one by its name and labels costs more than counting.
    requests: RwLock<Vec<Requests>>,
    operations: [[OnceLock<Counter>; 3]; 4],
    times: [OnceLock<Histogram>; 4],
}

/// What is counted of requests that have the same labels.
struct Requests {
    route: String,
    method: &'static str,
    status: StatusCode,
    count: Counter,
    time: Histogram,
}

impl Meter {
    pub(super) fn new(on: bool) -> Self {
        Self(on.then(|| Arc::new(Counted::new())))
    }

    fn with(&self, count: impl FnOnce(&Counted)) {
        if let Some(counted) = &self.0 {
            with_local_recorder(&counted.recorder, || count(counted));
        }
    }

    /// An operation begins.
    pub(super) fn operation(&self, kind: Option<OperationType>, transport: Transport) {
        self.with(|counted| {
            let labels = [("type", type_name(kind)), ("transport", transport.name())];
            let found = || counter!("maillage_graphql_operations_total", &labels);
            counted.operations[number(kind)][transport as usize].get_or_init(found).increment(1);
        });
    }

    /// An operation that has one answer took so long.
    pub(super) fn took(&self, kind: Option<OperationType>, time: Duration) {
        self.with(|counted| {
            let found = || histogram!("maillage_graphql_operation_duration_seconds", "type" => type_name(kind));
            counted.times[number(kind)].get_or_init(found).record(time);
            counted.keep_up();
        });
    }

    /// A request was answered, so long after it came.
    pub(super) fn answered(&self, route: &str, method: &'static str, status: StatusCode, time: Duration) {
        self.with(|counted| {
            counted.answered(route, method, status, time);
            counted.keep_up();
        });
    }

    /// Errors that a client was told.
    pub(super) fn errors(&self, errors: &[ServerError]) {
        self.with(|_| {
            for error in errors {
                counter!("maillage_graphql_errors_total", "code" => code(error).to_owned()).increment(1);
            }
        });
    }

    /// A connection is open until what this gives is dropped.
    pub(super) fn open(&self, transport: Transport) -> Open {
        Open::new(self.clone(), "maillage_connections_open", transport)
    }

    /// A subscription is followed until what this gives is dropped.
    pub(super) fn follow(&self, transport: Transport) -> Open {
        Open::new(self.clone(), "maillage_subscriptions_open", transport)
    }
}

impl Counted {
    fn new() -> Self {
        let builder = PrometheusBuilder::new();
        // Refused only when there are no classes.
        let recorder = builder.set_buckets(&SECONDS).unwrap_or_default().build_recorder();
        let handle = recorder.handle();
        with_local_recorder(&recorder, || {
            describe();
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            gauge!("process_start_time_seconds").set(now.as_secs_f64());
            gauge!("maillage_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
            for transport in [Transport::Events, Transport::WebSocket] {
                gauge!("maillage_connections_open", "transport" => transport.name()).set(0.0);
                gauge!("maillage_subscriptions_open", "transport" => transport.name()).set(0.0);
            }
        });
        let (requests, operations, times) = Default::default();
        Self { recorder, handle, measured: AtomicU64::new(0), requests, operations, times }
    }

    fn answered(&self, route: &str, method: &'static str, status: StatusCode, time: Duration) {
        let same = |known: &&Requests| (known.status, known.method, known.route.as_str()) == (status, method, route);
        let count = |known: &Requests| {
            known.time.record(time);
            known.count.increment(1);
        };
        // Nothing is left half done in there.
        let known = self.requests.read().unwrap_or_else(PoisonError::into_inner).iter().find(same).map(count);
        if known.is_none() {
            let new = Requests {
                route: route.to_owned(),
                method,
                status,
                count: counter!(
                    "maillage_http_requests_total",
                    "route" => route.to_owned(), "method" => method, "status" => status.as_str().to_owned()
                ),
                time: histogram!("maillage_http_request_duration_seconds", "route" => route.to_owned()),
            };
            count(&new);
            let mut all = self.requests.write().unwrap_or_else(PoisonError::into_inner);
            // Two that came first at once count in the same place, whichever is kept.
            all.push(new);
        }
    }

    /// What is measured is kept one by one until it is sorted into classes; where nobody asks, it would pile up.
    fn keep_up(&self) {
        if self.measured.fetch_add(1, Ordering::Relaxed) % UPKEEP == UPKEEP - 1 {
            self.handle.run_upkeep();
        }
    }

    fn render(&self, snapshot: &Snapshot, lag: Option<&Lag>) -> String {
        with_local_recorder(&self.recorder, || {
            if let Some(lag) = lag {
                gauge!("maillage_replica_behind_versions").set(lag.versions as f64);
                gauge!("maillage_replica_behind_seconds").set(lag.time.as_secs_f64());
            }
            let graph = snapshot.graph();
            gauge!("maillage_graph_version").set(snapshot.version() as f64);
            gauge!("maillage_documents").set(graph.document_count() as f64);
            gauge!("maillage_entities").set(graph.entity_count() as f64);
            gauge!("maillage_relations").set(graph.relation_count() as f64);
        });
        self.handle.render()
    }
}

fn describe() {
    describe_counter!("maillage_http_requests_total", "HTTP requests by route, method and status.");
    describe_histogram!("maillage_http_request_duration_seconds", "Time until an answer begins, by route.");
    describe_counter!("maillage_graphql_operations_total", "GraphQL operations begun, by type and transport.");
    describe_histogram!("maillage_graphql_operation_duration_seconds", "Time of queries and mutations, by type.");
    describe_counter!("maillage_graphql_errors_total", "Errors in GraphQL answers, by code.");
    describe_gauge!("maillage_connections_open", "Streams that are open, by transport.");
    describe_gauge!("maillage_subscriptions_open", "Subscriptions that are followed, by transport.");
    describe_gauge!("maillage_graph_version", "Version of the graph that is served.");
    describe_gauge!("maillage_replica_behind_versions", "Versions that a replica knows of and does not show yet.");
    describe_gauge!("maillage_replica_behind_seconds", "Time since what a replica shows was known to be the newest.");
    describe_gauge!("maillage_documents", "Documents in the graph.");
    describe_gauge!("maillage_entities", "Entities in the graph.");
    describe_gauge!("maillage_relations", "Relations in the graph.");
    describe_gauge!("maillage_build_info", "Always 1; the label tells the version of the program.");
    describe_gauge!("process_start_time_seconds", "When the server was started, in seconds since 1970.");
}

/// The type of an operation as a number.
const fn number(kind: Option<OperationType>) -> usize {
    match kind {
        Some(OperationType::Query) => 0,
        Some(OperationType::Mutation) => 1,
        Some(OperationType::Subscription) => 2,
        None => 3,
    }
}

/// The type of an operation in a word.
pub(super) const fn type_name(kind: Option<OperationType>) -> &'static str {
    match kind {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "unknown",
    }
}

/// Something that is open; dropped, it is closed.
pub(super) struct Open {
    meter: Meter,
    name: &'static str,
    transport: Transport,
}

impl Open {
    fn new(meter: Meter, name: &'static str, transport: Transport) -> Self {
        meter.with(|_| gauge!(name, "transport" => transport.name()).increment(1.0));
        Self { meter, name, transport }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let (name, transport) = (self.name, self.transport);
        self.meter.with(|_| gauge!(name, "transport" => transport.name()).decrement(1.0));
    }
}

/// The route, when there is anything to read.
pub(super) fn routes(meter: &Meter, knowledge_base: Arc<KnowledgeBase>) -> Router {
    let Some(counted) = meter.0.clone() else { return Router::new() };
    let read = async move || {
        let media_type = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
        (media_type, counted.render(&knowledge_base.snapshot(), knowledge_base.lag().as_ref())).into_response()
    };
    Router::new().route("/metrics", get(read))
}

/// A method as one of few words.
pub(super) fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
