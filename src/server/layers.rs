//! What lies around every route: request ids, a line in the log, a span, counting, security headers, CORS, and an answer even to a panic.
//!
//! `GET /graphql?query=…` → log `GET /graphql 200 3 ms`; the query itself is never logged
//!
//! Must not know routes.

use std::any::Any;
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tracing::Instrument;

use super::Settings;
use super::answer::Refused;
use super::graphql::COST;
use super::meter::{Meter, measured};
use super::trace;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a page may do that somebody makes of an answer: nothing.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";

/// Puts the layers around the routes; the last is the outermost.
pub(super) fn around(routes: Router, settings: &Settings, meter: Meter) -> Router {
    let routes = routes.layer(CatchPanicLayer::custom(after_panic)).layer(from_fn(secured));
    let routes = match cors(&settings.cors_origins) {
        Some(cors) => routes.layer(cors),
        None => routes,
    };
    routes
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(from_fn(logged))
        .layer(from_fn_with_state(meter, measured))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
}

/// A panic is a mistake of ours: the request fails, the server goes on.
fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = said.unwrap_or("without a message"), "a request failed");
    let message = "the server made a mistake; its log says more";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message).into_response()
}

async fn secured(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Pages have a policy of their own; data is no page.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    response
}

async fn logged(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_string());
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default().to_string();
    let (span, started) = (trace::http(&request), Instant::now());
    let response = next.run(request).instrument(span.clone()).await;
    trace::answered(&span, response.status());
    let trace_id = trace::id(&span);
    // As a number also in JSON, which knows none of 128 bits.
    let latency_ms = started.elapsed().as_millis() as u64;
    tracing::info!(%method, path, status = response.status().as_u16(), latency_ms, id, trace_id, "answered");
    response
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
