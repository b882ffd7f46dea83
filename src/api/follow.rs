//! Subscriptions as a stream of answers.
//!
//! `subscribe(&schema, request)` → one answer for each change, and one alone when the request is refused
//!
//! Driven by the log, not by what happens to be published: whoever is slow misses nothing and holds nothing up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_graphql::futures_util::stream::{self, BoxStream};
use async_graphql::futures_util::{Stream, StreamExt};
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, Variables};
use tokio::sync::watch;

use super::Schema;
use super::door::{admit, answered, operation_type};
use super::mutation::Caller;
use super::subscription::{Asked, Occasion};
use super::view::View;
use crate::knowledge_base::{IngestStatus, KnowledgeBase};
use crate::model::LogEntry;

/// How many log entries are read at a time.
const PAGE: usize = 256;

/// Executes any request: a subscription gives an answer for each event until it is dropped, anything else gives one.
pub fn subscribe(schema: &Schema, mut request: Request, caller: Caller) -> BoxStream<'static, Response> {
    let schema = schema.clone();
    let admitted = admit(&schema, &mut request);
    let subscribes =
        |document| operation_type(document, request.operation_name.as_deref()) == Some(OperationType::Subscription);
    let document = match admitted {
        Ok((document, _)) if subscribes(&document) => document,
        // The door answers it, or says why not.
        _ => return stream::once(async move { super::execute(&schema, request.data(caller)).await }).boxed(),
    };
    let Request { query, operation_name: operation, variables, .. } = request;
    let asking = Asking { query, operation, variables, document, caller };
    stream::once(Following::open(schema, asking)).flatten().boxed()
}

/// A request that is executed many times.
struct Asking {
    query: String,
    document: ExecutableDocument,
    variables: Variables,
    operation: Option<String>,
    caller: Caller,
}

impl Asking {
    fn request(&self) -> Request {
        let mut request = Request::new(self.query.clone()).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation);
        request.set_parsed_query(self.document.clone());
        request
    }

    async fn on(&self, schema: &Schema, base: &KnowledgeBase, occasion: Occasion) -> (Vec<Response>, Arc<Occasion>) {
        let (view, occasion) = (Arc::new(View::new(base.snapshot())), Arc::new(occasion));
        let request = self.request().data(Arc::clone(&view)).data(Arc::clone(&occasion)).data(self.caller.clone());
        let responses: Vec<_> = schema.run_stream(request).collect().await;
        (responses.into_iter().map(|response| answered(response, &view)).collect(), occasion)
    }
}

/// What a subscription waits for.
enum Source {
    Changes { since: u64, read: VecDeque<LogEntry>, version: watch::Receiver<u64> },
    Progress(watch::Receiver<IngestStatus>),
    Nothing,
}

struct Following {
    schema: Schema,
    base: Arc<KnowledgeBase>,
    asking: Asking,
    source: Source,
    ready: VecDeque<Response>,
}

impl Following {
    /// Executes the subscription once to see what it asks for; errors are its only answers then.
    async fn open(schema: Schema, asking: Asking) -> impl Stream<Item = Response> + Send {
        let base = schema.data::<Arc<KnowledgeBase>>().cloned();
        let Some(base) = base else { return stream::empty().left_stream() };
        let (responses, occasion) = asking.on(&schema, &base, Occasion::Open(Mutex::default())).await;
        let asked = match &*occasion {
            Occasion::Open(asked) => *asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
            Occasion::Changed(_) | Occasion::Ingesting(_) => None,
        };
        let source = match asked.filter(|_| responses.is_empty()) {
            Some(Asked::Changes(since)) => Source::Changes { since, read: VecDeque::new(), version: base.watch() },
            Some(Asked::Progress) => {
                let mut progress = base.watch_ingest();
                progress.mark_changed();
                Source::Progress(progress)
            }
            None => Source::Nothing,
        };
        let following = Self { schema, base, asking, source, ready: responses.into() };
        let next = |mut following: Self| async move {
            let response = following.next().await?;
            Some((response, following))
        };
        stream::unfold(following, next).right_stream()
    }

    async fn next(&mut self) -> Option<Response> {
        loop {
            if let Some(response) = self.ready.pop_front() {
                return Some(response);
            }
            let occasion = self.occasion().await?;
            let (responses, _) = self.asking.on(&self.schema, &self.base, occasion).await;
            self.ready.extend(responses);
        }
    }

    /// Waits for the next event; none when there will be no more.
    async fn occasion(&mut self) -> Option<Occasion> {
        match &mut self.source {
            Source::Nothing => None,
            Source::Progress(progress) => {
                progress.changed().await.ok()?;
                let status = *progress.borrow_and_update();
                Some(Occasion::Ingesting(status))
            }
            Source::Changes { since, read, version } => loop {
                if let Some(entry) = read.pop_front() {
                    *since = entry.version;
                    return Some(Occasion::Changed(entry));
                }
                // What is written from here on wakes us again.
                let current = *version.borrow_and_update();
                if current <= *since {
                    version.changed().await.ok()?;
                    continue;
                }
                let (base, after) = (Arc::clone(&self.base), *since);
                let entries = tokio::task::spawn_blocking(move || base.entries(after, PAGE)).await;
                match entries {
                    Ok(Ok(entries)) => {
                        // Many documents at once are in the log before readers see them: a change is told when it can be seen.
                        read.extend(entries.into_iter().take_while(|entry| entry.version <= current));
                        if read.is_empty() {
                            *since = current;
                        }
                    }
                    Ok(Err(error)) => {
                        tracing::error!(%error, "the log cannot be read for a subscription");
                        return None;
                    }
                    Err(_) => return None,
                }
            },
        }
    }
}
