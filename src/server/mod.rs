//! HTTP around the API: `/graphql`, the playground, health, and what every answer needs.
//!
//! `router(knowledge_base, &Settings::default())` → a router that tests can ask without a port
//!
//! The only place that knows axum. Must not parse arguments, and must not contain domain logic.

mod accept;
mod answer;
mod graphql;
mod health;
mod layers;
mod listen;
mod playground;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::api::{self, Limits};
use crate::knowledge_base::KnowledgeBase;

pub use listen::{bind, run};

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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            largest_body_bytes: 1 << 20,
            request_timeout: Duration::from_secs(30),
            shutdown_timeout: Duration::from_secs(10),
            cors_origins: Vec::new(),
        }
    }
}

/// All routes over a knowledge base.
pub fn router(knowledge_base: Arc<KnowledgeBase>, settings: &Settings) -> Router {
    let schema = api::schema(Arc::clone(&knowledge_base), &settings.limits);
    let routes = Router::new()
        .route("/", get(|| async { Redirect::temporary("/graphiql") }))
        .merge(graphql::routes(schema, settings))
        .merge(playground::routes(Arc::clone(&knowledge_base)))
        .merge(health::routes(knowledge_base))
        .fallback(answer::not_found);
    layers::around(routes, settings)
}
