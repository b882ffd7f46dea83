//! The collector as the exporter sees it: takes bytes over HTTP, or does not.
//!
//! nobody listens → one line in the log, *traces cannot be sent to …*; somebody does again → *traces are taken again*
//!
//! Waits for the network, so it belongs on the exporter's own thread. Goes to the given address and nowhere else: no proxy, no
//! redirect. Must not know what it carries.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use ureq::Agent;

/// The most that is read of an answer: it has little to say.
const LARGEST_ANSWER_BYTES: u64 = 64 << 10;

/// Sends, and notes whether it is taken.
#[derive(Clone, Debug)]
pub(super) struct Collector {
    agent: Agent,
    endpoint: Arc<str>,
    /// Whether it did not take what was sent last.
    away: Arc<AtomicBool>,
}

impl Collector {
    pub(super) fn new(endpoint: String, timeout: Duration) -> Self {
        let settings = Agent::config_builder().timeout_global(Some(timeout)).proxy(None).max_redirects(0);
        let agent = settings.http_status_as_error(false).build().into();
        Self { agent, endpoint: endpoint.into(), away: Arc::default() }
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let (head, body) = request.into_parts();
        let (head, mut body) = self.agent.run(Request::from_parts(head, &body[..]))?.into_parts();
        let answer = body.with_config().limit(LARGEST_ANSWER_BYTES).read_to_vec()?;
        Ok(Response::from_parts(head, answer.into()))
    }

    /// Says when it begins not to be taken, and when it is taken again: not of each span.
    fn note(&self, failure: Option<String>) {
        let was_away = self.away.swap(failure.is_some(), Ordering::Relaxed);
        match failure {
            Some(reason) if !was_away => {
                let endpoint = self.endpoint();
                tracing::warn!("traces cannot be sent to {endpoint}: {reason}; spans are dropped until they can be");
            }
            None if was_away => tracing::info!("traces are taken again by {}", self.endpoint()),
            _ => {}
        }
    }
}

impl HttpClient for Collector {
    // What the macro of the trait makes of an `async fn`.
    fn send_bytes<'c, 'f>(
        &'c self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        'c: 'f,
        Self: 'f,
    {
        let sent = self.send(request);
        self.note(match &sent {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("it answers {}", answer.status())),
            Err(error) => Some(error.to_string()),
        });
        Box::pin(std::future::ready(sent.map_err(HttpError::from)))
    }
}
