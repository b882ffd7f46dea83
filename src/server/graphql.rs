//! `/graphql`: every way in. A request over GET or POST is answered once or with a stream of events, an upgrade opens a WebSocket.
//!
//! `POST {"query": "{ stats { entityCount } }"}` → 200; `GET ?query=mutation…` → 405; `Accept: text/event-stream` → events
//!
//! Follows *GraphQL over HTTP*. Must not know what a query means.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Value};
use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Extension, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, Request as HttpRequest, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::task::JoinHandle;
use tracing::{Instrument, Span};

use super::accept::{MediaType, negotiate, takes_events};
use super::answer::{AnswerBody, Refused, not_executed, written, written_as};
use super::caller::{caller, secret_in};
use super::ending::Ending;
use super::incoming::Asked;
use super::listen::Place;
use super::meter::{Meter, Transport};
use super::operation::Operation;
use super::persisted::{Persisted, named};
use super::{HttpProfile, Settings, events, incoming, trace, websocket};
use crate::api::{self, Planned, Schema};
use crate::knowledge_base::KnowledgeBase;

/// The header by which a client asks what its request costs, for those that cannot set a request's extensions.
pub(super) const COST: HeaderName = HeaderName::from_static("x-graphql-cost");

/// What every way in needs.
pub(super) struct Endpoint {
    pub(super) schema: Schema,
    pub(super) knowledge_base: Arc<KnowledgeBase>,
    pub(super) settings: Settings,
    pub(super) meter: Meter,
    pub(super) ending: Ending,
    pub(super) persisted: Persisted,
}

/// The endpoint's routes.
pub(super) fn routes(endpoint: Arc<Endpoint>) -> Router {
    let other = || async { Refused::method("GET, POST", "the API answers GET and POST") };
    Router::new().route("/graphql", get(ask).post(tell).fallback(other)).with_state(endpoint)
}

/// GET: only reads, or opens a WebSocket.
async fn ask(
    State(endpoint): State<Arc<Endpoint>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    place: Option<Extension<Place>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if websocket::is_asked_for(&headers) {
        return websocket::open(upgrade, endpoint, &headers, place.map(|Extension(place)| place));
    }
    let wanted = match Wanted::of(&headers) {
        Ok(wanted) => wanted,
        Err(refused) => return refused.into_response(),
    };
    let asked = incoming::from_url(query.as_deref().unwrap_or_default());
    let operation = asked.and_then(|asked| endpoint.operation(asked)).and_then(|operation| match operation.kind {
        Some(OperationType::Mutation) => {
            Err(Refused::method("POST", "only queries are answered over GET; send a POST"))
        }
        Some(OperationType::Subscription) if !wanted.events => {
            let message = "only queries are answered over GET, and subscriptions to whoever accepts text/event-stream";
            Err(Refused::method("POST", message))
        }
        _ => Ok(operation),
    });
    endpoint.answer(operation, &headers, wanted).await
}

/// POST: anything, in JSON.
async fn tell(State(endpoint): State<Arc<Endpoint>>, request: HttpRequest<Body>) -> Response {
    let wanted = match Wanted::of(request.headers()) {
        Ok(wanted) => wanted,
        Err(refused) => return refused.into_response(),
    };
    let (head, body) = request.into_parts();
    let sent = incoming::from_post(&head.headers, body, &endpoint.settings).await;
    let operation = sent.and_then(|asked| endpoint.operation(asked));
    endpoint.answer(operation, &head.headers, wanted).await
}

/// An operation that is asked for.
pub(super) struct Found {
    pub(super) request: Request,
    pub(super) kind: Option<OperationType>,
    /// What answers it, when it has come before.
    planned: Option<Planned>,
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
        let mut accept = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let first = accept.next();
        let several = first.and_then(|first| {
            let others: Vec<_> = accept.collect();
            (!others.is_empty()).then(|| format!("{first},{}", others.join(",")))
        });
        let accept = several.as_deref().or(first).filter(|accept| !accept.is_empty());
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
    /// The operation that is asked for, whether by its text or by what the server knows it by, with its type.
    pub(super) fn operation(&self, asked: Asked) -> Result<Found, Refused> {
        let Asked { mut request, document_id } = asked;
        let kept = match &self.settings.trusted {
            Some(trusted) => {
                let id = document_id.map_or_else(|| named(&request), |id| Ok(Some(id)))?;
                match id.and_then(|id| trusted.find(&id).cloned()) {
                    Some(text) => request.query = text.to_string(),
                    None if trusted.has(&request.query) => {}
                    None => {
                        let message =
                            "only operations that this server was given are executed here; ask whoever runs it";
                        return Err(Refused::new(StatusCode::FORBIDDEN, "OPERATION_NOT_TRUSTED", message));
                    }
                }
                None
            }
            None if document_id.is_some() && request.query.trim().is_empty() => {
                let message = "no operation has an id here; send its text, or start the server with --trusted";
                return Err(Refused::new(StatusCode::BAD_REQUEST, "PERSISTED_QUERY_NOT_SUPPORTED", message));
            }
            None => self.persisted.resolve(&mut request)?,
        };
        let planned = api::planned(&self.schema, &request);
        let kind = match planned {
            Some(_) => Some(OperationType::Query),
            None => api::operation_of(&mut request, &self.settings.limits),
        };
        // What cannot be read is not worth keeping.
        if let (Some(hash), Some(_)) = (kept, kind) {
            self.persisted.keep(hash, &request.query);
        }
        Ok(Found { request, kind, planned })
    }

    async fn answer(
        self: &Arc<Self>,
        operation: Result<Found, Refused>,
        headers: &HeaderMap,
        wanted: Wanted,
    ) -> Response {
        let agreed = operation.and_then(|found| wanted.of_answer(found.kind).map(|media_type| (found, media_type)));
        let (Found { mut request, kind, mut planned }, media_type) = match agreed {
            Ok(agreed) => agreed,
            Err(refused) => return self.refused(refused, wanted.media_type),
        };
        let caller = caller(&self.knowledge_base, self.asks_who(kind), secret_in(headers)).await;
        if self.settings.read_tokens && caller.0.is_none() {
            return self.refused(Refused::unknown_caller(), wanted.media_type);
        }
        if headers.get(COST).is_some_and(|asked| asked == "1" || asked == "true") {
            request.extensions.insert(api::COST.into(), Value::Boolean(true));
            // The executor alone tells it.
            planned = None;
        }
        if media_type == MediaType::EventStream {
            return events::answer(self, Operation::new(request, kind, Transport::Events), caller);
        }
        self.meter.operation(kind, Transport::Http);
        let (schema, started, span) = (self.schema.clone(), Instant::now(), trace::operation(&mut request, kind));
        match self.planned(planned, &request, &span).await {
            Ok(Some(body)) => {
                self.meter.took(kind, started.elapsed());
                return written_as(StatusCode::OK, media_type.header(), body);
            }
            Ok(None) => {}
            Err(refused) => return self.refused(refused, media_type),
        }
        let work = async move { api::execute(&schema, request.data(caller)).await };
        let work = tokio::spawn(work.instrument(span.clone()));
        match in_time(work, self.settings.request_timeout, &span).await {
            Ok(response) => {
                self.meter.took(kind, started.elapsed());
                self.meter.errors(&response.errors);
                trace::errors(&span, &response.errors);
                executed(&response, media_type, self.settings.http_profile)
            }
            Err(refused) => self.refused(refused, media_type),
        }
    }

    /// The answer to a query that has a plan; none when the executor has to give it.
    async fn planned(
        &self,
        planned: Option<Planned>,
        request: &Request,
        span: &Span,
    ) -> Result<Option<Vec<u8>>, Refused> {
        let Some(planned) = planned else { return Ok(None) };
        let (answer, most) = (planned.answer(&self.schema, request), self.settings.request_timeout);
        tokio::time::timeout(most, answer.instrument(span.clone())).await.map_err(|_| {
            let refused = Refused::overdue(most);
            trace::failed(span, refused.code);
            refused
        })
    }

    /// Whether it matters who sends an operation.
    pub(super) fn asks_who(&self, kind: Option<OperationType>) -> bool {
        self.settings.read_tokens || kind == Some(OperationType::Mutation)
    }

    fn refused(&self, refused: Refused, media_type: MediaType) -> Response {
        let mut refused = refused.with_type(media_type.header());
        if refused.misshapen && self.settings.http_profile == HttpProfile::September2026 {
            refused.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        refused.into_response()
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
            Refused::overdue(most)
        }
    };
    trace::failed(span, refused.code);
    Err(refused)
}

/// The HTTP answer to an executed request, or to one that was refused before its execution.
fn executed(response: &async_graphql::Response, media_type: MediaType, profile: HttpProfile) -> Response {
    let refused = not_executed(response);
    let status = match (media_type, profile) {
        (MediaType::GraphqlResponse, HttpProfile::September2026) if refused && !unreadable(response) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        (MediaType::GraphqlResponse, _) if refused => StatusCode::BAD_REQUEST,
        (MediaType::GraphqlResponse, HttpProfile::September2026) if !response.errors.is_empty() => partial(),
        _ => StatusCode::OK,
    };
    written(status, media_type.header(), &AnswerBody::from(response))
}

/// Whether a query could not be parsed.
fn unreadable(response: &async_graphql::Response) -> bool {
    let code = |error: &async_graphql::ServerError| error.extensions.as_ref()?.get("code").cloned();
    response.errors.iter().any(|error| code(error) == Some(Value::String("GRAPHQL_PARSE_FAILED".into())))
}

/// *Partial Success*: there are data and errors. A code of the edition of September 2026, which no other standard knows.
fn partial() -> StatusCode {
    StatusCode::from_u16(294).unwrap_or(StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_takes_too_long_is_given_up() {
        let (never, none) = (tokio::spawn(std::future::pending::<()>()), Span::none());
        let refused = in_time(never, Duration::from_millis(1), &none).await.expect_err("too long");
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        let error = refused.error();
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        assert_eq!(code, Some(&Value::String("LIMIT_EXCEEDED".into())));
        assert!(error.message.contains("the time of execution") && error.message.contains("ask for less"), "{error:?}");
        assert_eq!(in_time(tokio::spawn(async { 7 }), Duration::from_secs(60), &none).await.ok(), Some(7));
    }
}
