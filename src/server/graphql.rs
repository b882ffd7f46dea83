//! `/graphql`: every way in. A request over GET or POST is answered once or with a stream of events, an upgrade opens a WebSocket.
//!
//! `POST {"query": "{ stats { entityCount } }"}` → 200; `GET ?query=mutation…` → 405; `Accept: text/event-stream` → events
//!
//! Follows *GraphQL over HTTP*. Must not know what a query means.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::Request;
use async_graphql::parser::types::OperationType;
use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Request as HttpRequest, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::task::JoinHandle;
use tracing::{Instrument, Span};

use super::accept::{MediaType, negotiate, takes_events};
use super::answer::{AnswerBody, Refused, not_executed, too_long, written};
use super::caller::{caller, secret_in};
use super::ending::Ending;
use super::meter::{Meter, Transport};
use super::operation::Operation;
use super::{Settings, events, incoming, trace, websocket};
use crate::api::{self, Schema};
use crate::knowledge_base::KnowledgeBase;

/// What every way in needs.
pub(super) struct Endpoint {
    pub(super) schema: Schema,
    pub(super) knowledge_base: Arc<KnowledgeBase>,
    pub(super) settings: Settings,
    pub(super) meter: Meter,
    pub(super) ending: Ending,
}

/// The endpoint's routes.
pub(super) fn routes(endpoint: Endpoint) -> Router {
    let other = || async { Refused::method("GET, POST", "the API answers GET and POST") };
    Router::new().route("/graphql", get(ask).post(tell).fallback(other)).with_state(Arc::new(endpoint))
}

/// GET: only reads, or opens a WebSocket.
async fn ask(
    State(endpoint): State<Arc<Endpoint>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if websocket::is_asked_for(&headers) {
        return websocket::open(upgrade, endpoint, &headers);
    }
    let wanted = match Wanted::of(&headers) {
        Ok(wanted) => wanted,
        Err(refused) => return refused.into_response(),
    };
    let request = incoming::from_url(query.as_deref().unwrap_or_default());
    let operation = request.map(|request| endpoint.operation(request)).and_then(|(request, kind)| match kind {
        Some(OperationType::Mutation) => {
            Err(Refused::method("POST", "only queries are answered over GET; send a POST"))
        }
        Some(OperationType::Subscription) if !wanted.events => {
            let message = "only queries are answered over GET, and subscriptions to whoever accepts text/event-stream";
            Err(Refused::method("POST", message))
        }
        _ => Ok((request, kind)),
    });
    endpoint.answer(operation, &headers, wanted).await
}

/// POST: anything, in JSON.
async fn tell(State(endpoint): State<Arc<Endpoint>>, request: HttpRequest<Body>) -> Response {
    let wanted = match Wanted::of(request.headers()) {
        Ok(wanted) => wanted,
        Err(refused) => return refused.into_response(),
    };
    let headers = request.headers().clone();
    let sent = incoming::from_post(request, endpoint.settings.largest_body_bytes).await;
    let operation = sent.map(|request| endpoint.operation(request));
    endpoint.answer(operation, &headers, wanted).await
}

/// What a client takes for an answer.
#[derive(Clone, Copy)]
struct Wanted {
    media_type: MediaType,
    /// Whether it takes a stream of events, though perhaps it would rather have something else.
    events: bool,
}

impl Wanted {
    fn of(headers: &HeaderMap) -> Result<Self, Refused> {
        // Several Accept headers count as one.
        let accept: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
        let accept = accept.join(",");
        let accept = Some(accept.as_str()).filter(|accept| !accept.is_empty());
        let media_type = negotiate(accept).ok_or_else(|| {
            let message = "answers are application/graphql-response+json, application/json or text/event-stream";
            Refused::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
        })?;
        Ok(Self { media_type, events: takes_events(accept) })
    }

    /// The media type of the answer to an operation: a subscription has only one.
    fn of_answer(self, kind: Option<OperationType>) -> Result<MediaType, Refused> {
        match (kind, self.events) {
            (Some(OperationType::Subscription), true) => Ok(MediaType::EventStream),
            (Some(OperationType::Subscription), false) => {
                let message = "a subscription is answered as text/event-stream, which the request does not accept, or over a \
                               WebSocket";
                Err(Refused::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message))
            }
            _ => Ok(self.media_type),
        }
    }
}

impl Endpoint {
    /// A request with the type of its operation.
    pub(super) fn operation(&self, mut request: Request) -> (Request, Option<OperationType>) {
        let kind = api::operation_of(&mut request, &self.settings.limits);
        (request, kind)
    }

    async fn answer(
        self: &Arc<Self>,
        operation: Result<(Request, Option<OperationType>), Refused>,
        headers: &HeaderMap,
        wanted: Wanted,
    ) -> Response {
        let agreed = operation.and_then(|(request, kind)| Ok((request, kind, wanted.of_answer(kind)?)));
        let (mut request, kind, media_type) = match agreed {
            Ok(agreed) => agreed,
            Err(refused) => return refused.with_type(wanted.media_type.header()).into_response(),
        };
        let caller = caller(&self.knowledge_base, kind, secret_in(headers)).await;
        if media_type == MediaType::EventStream {
            return events::answer(self, Operation::new(request, kind, Transport::Events), caller);
        }
        self.meter.operation(kind, Transport::Http);
        let (schema, started, span) = (self.schema.clone(), Instant::now(), trace::operation(&mut request, kind));
        let work = async move { api::execute(&schema, request.data(caller)).await };
        let work = tokio::spawn(work.instrument(span.clone()));
        match in_time(work, self.settings.request_timeout, &span).await {
            Ok(response) => {
                self.meter.took(kind, started.elapsed());
                self.meter.errors(&response.errors);
                trace::errors(&span, &response.errors);
                executed(&response, media_type)
            }
            Err(refused) => refused.with_type(media_type.header()).into_response(),
        }
    }
}

/// Waits for work that has a task of its own: the answer to a request that takes too long is not held up by its work.
async fn in_time<T>(mut work: JoinHandle<T>, most: Duration, span: &Span) -> Result<T, Refused> {
    let refused = match tokio::time::timeout(most, &mut work).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(failed)) => match failed.try_into_panic() {
            // To the layer that answers panics.
            Ok(panic) => {
                trace::failed(span, "INTERNAL");
                std::panic::resume_unwind(panic)
            }
            Err(_) => Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "the request was ended"),
        },
        Err(_) => {
            work.abort();
            Refused::new(StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT", too_long(most))
        }
    };
    trace::failed(span, refused.code);
    Err(refused)
}

/// The HTTP answer to an executed request, or to one that was refused before its execution.
fn executed(response: &async_graphql::Response, media_type: MediaType) -> Response {
    let status = match media_type {
        MediaType::GraphqlResponse if not_executed(response) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    written(status, media_type.header(), &AnswerBody::from(response))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_takes_too_long_is_given_up() {
        let (never, none) = (tokio::spawn(std::future::pending::<()>()), Span::none());
        let refused = in_time(never, Duration::from_millis(1), &none).await.expect_err("too long");
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(in_time(tokio::spawn(async { 7 }), Duration::from_secs(60), &none).await.ok(), Some(7));
    }
}
