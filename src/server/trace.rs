//! Spans for whoever traces: one for each HTTP request and one for each GraphQL operation, after OpenTelemetry's conventions.
//!
//! `POST /graphql` with `query Funders { … }` → a span `POST /graphql`, in it a span `query` with `graphql.operation.name` *Funders*
//!
//! They are spans of `tracing`: where nobody takes them they cost a look at a flag. Of what a client wrote there is in them the
//! name of an operation, cut, and the trace that its request belongs to. Must not know where they go.

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::field::Empty;
use tracing::{Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::answer::code;
use super::meter::{method_name, type_name};
use crate::api;

/// The most characters of an operation's name.
const LONGEST_NAME: usize = 64;

/// The most bytes of `tracestate`, which every span of a trace carries: what everybody must let through, says its specification.
const LONGEST_STATE: usize = 512;

/// The span of an HTTP request; a part of the trace that its headers name.
pub(super) fn http(request: &Request) -> Span {
    let span = info_span!(
        "HTTP",
        "otel.name" = Empty,
        "otel.kind" = "server",
        "otel.status_code" = Empty,
        "http.request.method" = Empty,
        "http.route" = Empty,
        "http.response.status_code" = Empty,
        "url.scheme" = "http",
        "url.path" = Empty,
        "error.type" = Empty,
    );
    if span.is_disabled() {
        return span;
    }
    let (method, name) = match method_name(request.method()) {
        "other" => ("_OTHER", "HTTP"),
        method => (method, method),
    };
    span.record("http.request.method", method);
    match request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) {
        Some(route) => {
            span.record("otel.name", format!("{name} {route}"));
            span.record("http.route", route);
            // Any other path holds something that a client wrote.
            if request.uri().path() == route {
                span.record("url.path", route);
            }
        }
        None => drop(span.record("otel.name", name)),
    }
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Carrier(request.headers())));
    if parent.span().span_context().is_valid() {
        // Refused only where nobody takes the span.
        drop(span.set_parent(parent));
    }
    span
}

/// A request was answered. What is wrong with a request is no failure of the server.
pub(super) fn answered(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        failed(span, status.as_str());
    }
}

/// The trace that a span belongs to, for the log; none where nobody traces.
pub(super) fn id(span: &Span) -> Option<String> {
    let context = (!span.is_disabled()).then(|| span.context())?;
    let id = context.span().span_context().trace_id();
    Some(id.to_string())
}

/// The span of an operation, within the current one.
pub(super) fn operation(request: &mut async_graphql::Request, kind: Option<OperationType>) -> Span {
    let span = info_span!(
        "GraphQL Operation",
        "otel.name" = Empty,
        "otel.kind" = "server",
        "otel.status_code" = Empty,
        "graphql.operation.name" = Empty,
        "graphql.operation.type" = Empty,
        "error.type" = Empty,
    );
    if span.is_disabled() {
        return span;
    }
    if kind.is_some() {
        span.record("otel.name", type_name(kind));
        span.record("graphql.operation.type", type_name(kind));
    }
    if let Some(name) = kind.and_then(|_| api::operation_name(request)) {
        span.record("graphql.operation.name", cut(&name));
    }
    span
}

/// An operation was told errors, of which the first stands for all; said of a span once.
pub(super) fn errors(span: &Span, errors: &[ServerError]) {
    if let Some(error) = errors.first() {
        failed(span, code(error));
    }
}

/// What a span stands for has failed, for a reason in one word.
pub(super) fn failed(span: &Span, reason: &str) {
    span.record("otel.status_code", "error");
    span.record("error.type", reason);
}

/// The current span, for others to be linked to when it is long over.
pub(super) fn current() -> SpanContext {
    Span::current().context().span().span_context().clone()
}

/// Links a span to one that it is no part of.
pub(super) fn link(span: &Span, to: &SpanContext) {
    span.add_link(to.clone());
}

fn cut(name: &str) -> &str {
    name.char_indices().nth(LONGEST_NAME).map_or(name, |(end, _)| &name[..end])
}

/// What the headers of a request say of a trace.
struct Carrier<'h>(&'h HeaderMap);

impl Extractor for Carrier<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let value = self.0.get(key)?.to_str().ok()?;
        (key != "tracestate" || value.len() <= LONGEST_STATE).then_some(value)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_between_characters() {
        let long = "é".repeat(LONGEST_NAME + 1);
        assert_eq!((cut("Funders"), cut(&long).chars().count()), ("Funders", LONGEST_NAME));
    }

    #[test]
    fn a_state_that_is_too_long_is_left_out() {
        let mut headers = HeaderMap::new();
        headers.insert("traceparent", "00-a-b-01".parse().expect("a value"));
        for (length, is_kept) in [(LONGEST_STATE, true), (LONGEST_STATE + 1, false)] {
            headers.insert("tracestate", "a".repeat(length).parse().expect("a value"));
            assert_eq!(Carrier(&headers).get("tracestate").is_some(), is_kept);
            assert_eq!(Carrier(&headers).get("traceparent"), Some("00-a-b-01"));
        }
    }
}
