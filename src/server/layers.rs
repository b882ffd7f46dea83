//! What lies around every route: request ids, a line in the log, a span, counting, security headers, CORS, and an answer even to a panic.
//!
//! `GET /graphql?query=…` → log `GET /graphql 200 3 ms`; the query itself is never logged
//!
//! Must not know routes.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use async_graphql::futures_util::FutureExt;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tracing::Instrument;

use super::answer::Refused;
use super::graphql::COST;
use super::meter::{Meter, method_name};
use super::{Settings, number, trace};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a page may do that somebody makes of an answer: nothing.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";

/// Puts around the routes what every answer needs.
pub(super) fn around(routes: Router, settings: &Settings, meter: Meter) -> Router {
    let routes = match cors(&settings.cors_origins) {
        Some(cors) => routes.layer(cors),
        None => routes,
    };
    routes.layer(from_fn_with_state(meter, attended))
}

/// Everything around a request but CORS, in one layer: each of its own would copy the service and put its future in a box once more, which together
/// cost as much as a light question.
async fn attended(State(meter): State<Meter>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request.headers().get(REQUEST_ID).cloned().or_else(number::fresh);
    if let Some(id) = &id {
        request.headers_mut().insert(REQUEST_ID, id.clone());
    }
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = trace::http(&request);
    let answer = AssertUnwindSafe(next.run(request).instrument(span.clone())).catch_unwind().await;
    let mut response = answer.unwrap_or_else(after_panic);
    secure(&mut response, id.as_ref());
    trace::answered(&span, response.status());
    log(&method, &path, &response, started.elapsed(), id.as_ref(), trace::id(&span));
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    meter.answered(route, method_name(&method), response.status(), started.elapsed());
    response
}

/// A panic is a mistake of ours: the request fails, the server goes on.
fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = said.unwrap_or("without a message"), "a request failed");
    let message = "the server made a mistake; its log says more";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message).into_response()
}

/// Says what a browser may make of an answer, and which request it answers.
fn secure(response: &mut Response, id: Option<&HeaderValue>) {
    let headers = response.headers_mut();
    headers.reserve(5);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Pages have a policy of their own; data is no page.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    if let Some(id) = id {
        headers.entry(REQUEST_ID).or_insert_with(|| id.clone());
    }
}

/// One line.
fn log(
    method: &Method,
    path: &str,
    response: &Response,
    time: Duration,
    id: Option<&HeaderValue>,
    trace_id: Option<String>,
) {
    let id = id.and_then(|id| id.to_str().ok()).unwrap_or_default();
    // As a number also in JSON, which knows none of 128 bits.
    let latency_ms = time.as_millis() as u64;
    tracing::info!(%method, path, status = response.status().as_u16(), latency_ms, id, trace_id, "answered");
}

/// Leave for pages of other origins; none by default.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let allowed = match origins.iter().any(|origin| origin == "*") {
        true => AllowOrigin::any(),
        false => AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok())),
    };
    let layer = CorsLayer::new().allow_origin(allowed).allow_methods([Method::GET, Method::POST]);
    let layer = layer.allow_headers([header::CONTENT_TYPE, header::ACCEPT, header::AUTHORIZATION, COST]);
    Some(layer.expose_headers([REQUEST_ID]))
}
