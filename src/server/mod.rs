//! HTTP around the API: `/graphql` with its streams, files at `/export`, the explorer and the playground, health, metrics, and what every answer needs.
//!
//! `router(knowledge_base, &Settings::default())` → a router that tests can ask without a port
//!
//! The only place that knows axum. Must not parse arguments, and must not contain domain logic.

mod accept;
mod answer;
mod assets;
mod caller;
mod ending;
mod events;
mod explorer;
mod export;
mod graphql;
mod health;
mod incoming;
mod layers;
mod listen;
mod meter;
mod number;
mod operation;
mod origin;
mod persisted;
mod playground;
mod trace;
mod trusted;
mod websocket;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;

use crate::api::{self, Limits, Offer};
use crate::knowledge_base::KnowledgeBase;
use ending::Ending;
use meter::Meter;
use persisted::Persisted;

pub use listen::{bind, run, serve};
pub use trusted::Trusted;

/// How the server behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What one GraphQL request may ask for.
    pub limits: Limits,
    /// The largest request body, in bytes.
    pub largest_body_bytes: usize,
    /// How long the head of a request may take to arrive, and again its body.
    pub read_timeout: Duration,
    /// The most connections at a time, WebSockets and streams among them.
    pub most_connections: usize,
    /// How long a request may take to be executed.
    pub request_timeout: Duration,
    /// How long requests may go on after the signal to end.
    pub shutdown_timeout: Duration,
    /// Origins whose pages may ask this server, such as `https://app.example`; `*` stands for all.
    pub cors_origins: Vec<String>,
    /// What holds for WebSockets and for streams of events.
    pub streams: Streams,
    /// Whether requests are counted and `/metrics` tells.
    pub metrics: bool,
    /// Whether the explorer at `/` and `/graphiql` are served.
    pub playground: bool,
    /// Whether reading needs a token too.
    pub read_tokens: bool,
    /// The only operations to execute; all when absent.
    pub trusted: Option<Arc<Trusted>>,
    /// What of the schema is offered.
    pub offer: Offer,
    /// Which edition of *GraphQL over HTTP* says what status an answer has.
    pub http_profile: HttpProfile,
    /// How far a replica may be behind and still be ready.
    pub most_behind: Duration,
}

/// Which edition of *GraphQL over HTTP* is followed where they differ. Answers in `application/json` are the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HttpProfile {
    /// What clients and the audit of `graphql-http` expect: 400 for whatever is not executed, 200 for partial success.
    #[default]
    Audited,
    /// The edition of September 2026: 422 for what can be read but not executed, 294 for partial success.
    September2026,
}

/// How long-lived connections behave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streams {
    /// How long a WebSocket may take to say `connection_init`.
    pub init_timeout: Duration,
    /// How often a sign of life is sent; a WebSocket that returns none twice is closed.
    pub keep_alive: Duration,
    /// How long a WebSocket may stay without an operation.
    pub idle_timeout: Duration,
    /// The most operations at a time on a WebSocket.
    pub most_operations: usize,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            init_timeout: Duration::from_secs(10),
            keep_alive: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(600),
            most_operations: 100,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            largest_body_bytes: 1 << 20,
            read_timeout: Duration::from_secs(10),
            most_connections: 1_024,
            request_timeout: Duration::from_secs(30),
            shutdown_timeout: Duration::from_secs(10),
            cors_origins: Vec::new(),
            streams: Streams::default(),
            metrics: true,
            playground: true,
            read_tokens: false,
            trusted: None,
            offer: Offer::default(),
            http_profile: HttpProfile::default(),
            most_behind: Duration::from_secs(5),
        }
    }
}

/// All routes over a knowledge base.
pub fn router(knowledge_base: Arc<KnowledgeBase>, settings: &Settings) -> Router {
    router_until(knowledge_base, settings, Ending::never())
}

/// All routes; what stays open closes when it is told.
fn router_until(knowledge_base: Arc<KnowledgeBase>, settings: &Settings, ending: Ending) -> Router {
    let schema = api::schema_offering(Arc::clone(&knowledge_base), &settings.limits, settings.offer);
    let meter = Meter::new(settings.metrics);
    let endpoint = Arc::new(graphql::Endpoint {
        schema,
        knowledge_base: Arc::clone(&knowledge_base),
        settings: settings.clone(),
        meter: meter.clone(),
        ending,
        persisted: Persisted::default(),
    });
    let routes = Router::new()
        .merge(graphql::routes(Arc::clone(&endpoint)))
        .merge(export::routes(Arc::clone(&endpoint)))
        .merge(meter::routes(&meter, Arc::clone(&knowledge_base)))
        .merge(health::routes(knowledge_base, settings.most_behind))
        .fallback(answer::not_found);
    let routes = match settings.playground {
        true => routes.merge(explorer::routes()).merge(playground::routes(endpoint)),
        false => routes,
    };
    layers::around(routes, settings, meter)
}
