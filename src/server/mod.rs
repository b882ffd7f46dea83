//! HTTP around the API: `/graphql` with its streams, the playground, health, metrics, and what every answer needs.
//!
//! `router(knowledge_base, &Settings::default())` → a router that tests can ask without a port
//!
//! The only place that knows axum. Must not parse arguments, and must not contain domain logic.

mod accept;
mod answer;
mod caller;
mod ending;
mod events;
mod graphql;
mod health;
mod incoming;
mod layers;
mod listen;
mod meter;
mod operation;
mod origin;
mod playground;
mod trace;
mod websocket;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::api::{self, Limits};
use crate::knowledge_base::KnowledgeBase;
use ending::Ending;
use meter::Meter;

pub use listen::{bind, run, serve};

/// How the server behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What one GraphQL request may ask for.
    pub limits: Limits,
    /// The largest request body, in bytes.
    pub largest_body_bytes: usize,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// How long requests may go on after the signal to end.
    pub shutdown_timeout: Duration,
    /// Origins whose pages may ask this server, such as `https://app.example`; `*` stands for all.
    pub cors_origins: Vec<String>,
    /// What holds for WebSockets and for streams of events.
    pub streams: Streams,
    /// Whether requests are counted and `/metrics` tells.
    pub metrics: bool,
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
            request_timeout: Duration::from_secs(30),
            shutdown_timeout: Duration::from_secs(10),
            cors_origins: Vec::new(),
            streams: Streams::default(),
            metrics: true,
        }
    }
}

/// All routes over a knowledge base.
pub fn router(knowledge_base: Arc<KnowledgeBase>, settings: &Settings) -> Router {
    router_until(knowledge_base, settings, Ending::never())
}

/// All routes; what stays open closes when it is told.
fn router_until(knowledge_base: Arc<KnowledgeBase>, settings: &Settings, ending: Ending) -> Router {
    let schema = api::schema(Arc::clone(&knowledge_base), &settings.limits);
    let meter = Meter::new(settings.metrics);
    let endpoint = graphql::Endpoint {
        schema,
        knowledge_base: Arc::clone(&knowledge_base),
        settings: settings.clone(),
        meter: meter.clone(),
        ending,
    };
    let routes = Router::new()
        .route("/", get(|| async { Redirect::temporary("/graphiql") }))
        .merge(graphql::routes(endpoint))
        .merge(meter::routes(&meter, Arc::clone(&knowledge_base)))
        .merge(playground::routes(Arc::clone(&knowledge_base)))
        .merge(health::routes(knowledge_base))
        .fallback(answer::not_found);
    layers::around(routes, settings, meter)
}
