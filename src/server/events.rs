//! Answers as Server-Sent Events, after the protocol `graphql-sse`, distinct connections mode.
//!
//! `POST /graphql` with `Accept: text/event-stream` → `event: next`, `data: {"data": …}`, …, `event: complete`
//!
//! Errors of a request that is not executed are a `next` event too, as the protocol asks: a browser shows no other. Events have no
//! id, since the version that an answer was given from may be ahead of the change it tells; whoever comes back says `sinceVersion`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::futures_util::{Stream, stream};
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;

use super::answer::AnswerBody;
use super::ending::Ending;
use super::graphql::Endpoint;
use super::meter::{Open, Transport};
use super::operation::{Happening, Operation, Running, run};
use crate::api::Caller;

/// The head of every stream. Proxies of one widespread kind keep answers back until they are whole, unless they read the last line.
const HEAD: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "text/event-stream"),
    (header::CACHE_CONTROL, "no-cache"),
    (HeaderName::from_static("x-accel-buffering"), "no"),
];

/// Shows that the stream lives, and nothing else.
const COMMENT: &[u8] = b":\n\n";

/// Without a line of data, even an empty one, browsers would not tell the event.
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// Answers an operation with a stream; dropped with the connection, it stops the operation.
pub(super) fn answer(endpoint: &Arc<Endpoint>, operation: Operation, caller: Caller) -> Response {
    // What is next is made while the last is on its way, no more.
    let (tell, told) = mpsc::channel(1);
    let running = run(endpoint, operation, std::future::ready(caller), tell, |happening| happening);
    let (open, keep_alive) = (endpoint.meter.open(Transport::Events), endpoint.settings.streams.keep_alive);
    let telling =
        Telling { told: Some(told), keep_alive, ending: endpoint.ending.clone(), _running: running, _open: open };
    (HEAD, Body::from_stream(telling.events())).into_response()
}

struct Telling {
    /// None when everything has been told.
    told: Option<mpsc::Receiver<Happening>>,
    keep_alive: Duration,
    ending: Ending,
    _running: Running,
    _open: Open,
}

impl Telling {
    fn events(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, async |mut telling| Some((Ok(telling.next().await?), telling)))
    }

    async fn next(&mut self) -> Option<Bytes> {
        let told = self.told.as_mut()?;
        let happening = tokio::select! {
            happening = told.recv() => happening?,
            // A stream that ends without being complete is taken up again elsewhere.
            () = self.ending.told() => return None,
            () = tokio::time::sleep(self.keep_alive) => return Some(Bytes::from_static(COMMENT)),
        };
        if !matches!(happening, Happening::Next(_)) {
            self.told = None;
        }
        Some(written(&happening))
    }
}

fn written(happening: &Happening) -> Bytes {
    match happening {
        Happening::Next(answer) => next(&AnswerBody::from(answer)).into(),
        Happening::Failed(errors) => {
            let mut events = next(&AnswerBody::of_errors(errors));
            events.extend_from_slice(COMPLETE);
            events.into()
        }
        Happening::Complete => Bytes::from_static(COMPLETE),
    }
}

/// JSON has no line feeds of its own, so it is one line of data.
fn next(body: &AnswerBody<'_>) -> Vec<u8> {
    let mut event = b"event: next\ndata: ".to_vec();
    if let Err(error) = serde_json::to_writer(&mut event, body) {
        tracing::error!(%error, "an answer cannot be written");
    }
    event.extend_from_slice(b"\n\n");
    event
}
