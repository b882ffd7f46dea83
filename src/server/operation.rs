//! An operation under way: executed in a task of its own, its answers handed over one by one.
//!
//! `run(operation, …)` → `Next(answer)`, …, `Complete`; or `Failed(errors)` when it is not executed. Dropping what it gives stops it
//!
//! It waits for whoever takes its answers, so nothing is kept for a slow reader but the answer that is next. Must not know protocols.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use async_graphql::futures_util::{FutureExt, StreamExt};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, Value};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tracing::{Instrument, Span};

use super::answer::{Refused, error};
use super::graphql::Endpoint;
use super::meter::Transport;
use super::trace;
use crate::api::{self, Caller};

/// What becomes of an operation.
#[derive(Debug)]
pub(super) enum Happening {
    /// An answer.
    Next(Response),
    /// It was not executed, or cannot go on. Nothing comes after this.
    Failed(Vec<ServerError>),
    /// There will be no more answers. Nothing comes after this.
    Complete,
}

/// An operation to run.
pub(super) struct Operation {
    request: Request,
    kind: Option<OperationType>,
    transport: Transport,
    pub(super) span: Span,
}

impl Operation {
    /// An operation that begins within the current span.
    pub(super) fn new(mut request: Request, kind: Option<OperationType>, transport: Transport) -> Self {
        let span = trace::operation(&mut request, kind);
        Self { request, kind, transport, span }
    }
}

/// Runs until it is dropped.
#[derive(Debug)]
pub(super) struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs an operation for whoever the caller turns out to be, and tells what becomes of it.
pub(super) fn run<T: Send + 'static>(
    endpoint: &Arc<Endpoint>,
    operation: Operation,
    caller: impl Future<Output = Caller> + Send + 'static,
    tell: mpsc::Sender<T>,
    as_told: impl Fn(Happening) -> T + Send + Sync + 'static,
) -> Running {
    let (endpoint, span) = (Arc::clone(endpoint), operation.span.clone());
    let work = async move {
        let following = follow(&endpoint, operation, caller, &tell, &as_told);
        let last = AssertUnwindSafe(following).catch_unwind().await.unwrap_or_else(|_| {
            tracing::error!("an operation failed");
            Happening::Failed(vec![error("INTERNAL", "the server made a mistake; its log says more")])
        });
        if let Happening::Failed(errors) = &last {
            endpoint.meter.errors(errors);
            trace::errors(&Span::current(), errors);
        }
        // Nobody may be left who wants to know.
        drop(tell.send(as_told(last)).await);
    };
    Running(tokio::spawn(work.instrument(span)).abort_handle())
}

/// Hands the answers over; gives what ends them.
async fn follow<T>(
    endpoint: &Endpoint,
    Operation { request, kind, transport, span }: Operation,
    caller: impl Future<Output = Caller> + Send,
    tell: &mpsc::Sender<T>,
    as_told: &(impl Fn(Happening) -> T + Send + Sync),
) -> Happening {
    let (started, mut failed_in_part) = (Instant::now(), false);
    let subscribed = kind == Some(OperationType::Subscription);
    endpoint.meter.operation(kind, transport);
    let _open = subscribed.then(|| endpoint.meter.follow(transport));
    let caller = caller.await;
    if endpoint.settings.read_tokens && caller.0.is_none() {
        return Happening::Failed(vec![Refused::unknown_caller().error()]);
    }
    let mut answers = api::subscribe(&endpoint.schema, request, caller);
    loop {
        let most = endpoint.settings.request_timeout;
        let answer = match subscribed {
            true => answers.next().await,
            false => match timeout(most, answers.next()).await {
                Ok(answer) => answer,
                Err(_) => return Happening::Failed(vec![Refused::overdue(most).error()]),
            },
        };
        let Some(answer) = answer else { return Happening::Complete };
        if !subscribed {
            endpoint.meter.took(kind, started.elapsed());
        }
        if failed(&answer, subscribed) {
            return Happening::Failed(answer.errors);
        }
        endpoint.meter.errors(&answer.errors);
        // A subscription may tell the same errors with every event.
        if !failed_in_part {
            trace::errors(&span, &answer.errors);
            failed_in_part = !answer.errors.is_empty();
        }
        if tell.send(as_told(Happening::Next(answer))).await.is_err() {
            return Happening::Complete;
        }
    }
}

/// Whether an answer says that nothing is executed: for a subscription also that its field refuses to be followed, while an
/// error further down belongs to one event.
fn failed(answer: &Response, subscribed: bool) -> bool {
    let path = usize::from(subscribed);
    !answer.errors.is_empty() && answer.data == Value::Null && answer.errors.iter().all(|e| e.path.len() <= path)
}
