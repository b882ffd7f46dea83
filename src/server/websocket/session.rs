//! One WebSocket from its opening to its end: who says what when.
//!
//! init → ack; subscribe → next, …, complete; subscribe before init → closed with 4401; silence → pings, then closed
//!
//! One task reads and writes by turns, and each operation runs in a task of its own that waits until its answer is written: a slow
//! reader holds up nobody else and loses nothing. Ends with the connection, and everything under way with it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::futures_util::stream::{SplitSink, SplitStream};
use async_graphql::futures_util::{SinkExt, StreamExt};
use axum::extract::ws::{Message, WebSocket};
use opentelemetry::trace::SpanContext;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::message::{Close, Heard, acknowledged, pong, refused, told};
use crate::query::Refusal;
use crate::server::answer::error;
use crate::server::caller::caller;
use crate::server::graphql::{Endpoint, Found};
use crate::server::incoming::Asked;
use crate::server::meter::{Open, Transport};
use crate::server::operation::{Happening, Operation, Running, run};
use crate::server::trace;

/// Replies that may wait before anything more is read.
const MOST_REPLIES: usize = 64;
/// Pings in a row that may stay without any sign of life.
const MOST_UNANSWERED: u32 = 2;
/// How long the peer has to say goodbye too.
const FAREWELL: Duration = Duration::from_secs(2);

/// What became of an operation. Its number tells it from an earlier one with the same id.
struct Told {
    id: String,
    number: u64,
    happening: Happening,
}

/// A connection.
pub(super) struct Session {
    endpoint: Arc<Endpoint>,
    sink: SplitSink<WebSocket, Message>,
    stream: SplitStream<WebSocket>,
    /// Whether something is on its way to the peer.
    writing: bool,
    replies: VecDeque<Message>,
    operations: HashMap<String, (u64, Running)>,
    started: u64,
    tell: mpsc::Sender<Told>,
    told: mpsc::Receiver<Told>,
    secret: Option<String>,
    /// The span of the request that opened it.
    opened_by: SpanContext,
    initialised: bool,
    unanswered: u32,
    /// When it was opened, or had an operation last.
    idle_since: Instant,
    _open: Open,
}

impl Session {
    pub(super) fn new(
        socket: WebSocket,
        endpoint: Arc<Endpoint>,
        secret: Option<String>,
        opened_by: SpanContext,
    ) -> Self {
        let (sink, stream) = socket.split();
        let (tell, told) = mpsc::channel(1);
        let _open = endpoint.meter.open(Transport::WebSocket);
        let (writing, initialised, started, unanswered) = Default::default();
        let (replies, operations, idle_since) = (VecDeque::new(), HashMap::new(), Instant::now());
        Self {
            endpoint,
            sink,
            stream,
            writing,
            replies,
            operations,
            started,
            tell,
            told,
            secret,
            opened_by,
            initialised,
            unanswered,
            idle_since,
            _open,
        }
    }

    /// Lives until one of both ends it. Nothing is said where the protocol is not understood.
    pub(super) async fn run(mut self, understood: bool) {
        let close = match understood {
            true => self.talk().await,
            false => Close(4406, "Subprotocol not acceptable".into()),
        };
        tracing::debug!(code = close.0, reason = close.1, operations = self.started, "a WebSocket was closed");
        self.operations.clear();
        if close == Close::gone() {
            return;
        }
        let goodbye = async {
            if self.sink.send(close.message()).await.is_ok() {
                // The close is lost when the connection ends before the peer has read it.
                while let Some(Ok(_)) = self.stream.next().await {}
            }
        };
        drop(timeout(FAREWELL, goodbye).await);
    }

    async fn talk(&mut self) -> Close {
        let mut ending = self.endpoint.ending.clone();
        let keep_alive = self.endpoint.settings.streams.keep_alive;
        let mut probe = interval_at(Instant::now() + keep_alive, keep_alive);
        probe.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if !self.writing
                && let Some(reply) = self.replies.pop_front()
            {
                if self.sink.feed(reply).await.is_err() {
                    return Close::gone();
                }
                self.writing = true;
            }
            let (deadline, overdue) = self.deadline();
            let goes_on = tokio::select! {
                () = ending.told() => Err(Close(1001, "the server ends".into())),
                heard = self.stream.next(), if self.replies.len() < MOST_REPLIES => self.receive(heard),
                flushed = self.sink.flush(), if self.writing => {
                    self.writing = false;
                    flushed.map_err(|_| Close::gone())
                }
                Some(told) = self.told.recv(), if !self.writing && self.replies.is_empty() => {
                    self.pass_on(&told);
                    Ok(())
                }
                _ = probe.tick() => self.probe(),
                () = sleep_until(deadline), if self.operations.is_empty() => Err(overdue),
            };
            if let Err(close) = goes_on {
                return close;
            }
        }
    }

    /// Until when something must happen while no operation runs, and how it ends otherwise.
    fn deadline(&self) -> (Instant, Close) {
        let streams = &self.endpoint.settings.streams;
        match self.initialised {
            false => (self.idle_since + streams.init_timeout, Close(4408, "Connection initialisation timeout".into())),
            true => (self.idle_since + streams.idle_timeout, Close(1000, "no operation for a long time".into())),
        }
    }

    fn receive(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), Close> {
        self.unanswered = 0;
        let largest = self.endpoint.settings.largest_body_bytes;
        let too_large = || Close(1009, format!("a message has at most {largest} bytes"));
        match message {
            Some(Ok(Message::Text(text))) if text.len() > largest => Err(too_large()),
            Some(Ok(Message::Text(text))) => self.hear(Heard::parse(&text)?),
            Some(Ok(Message::Binary(_))) => Err(Close::invalid("a message must be text")),
            // Pings are answered, and a close is returned, by the connection itself.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_))) => Ok(()),
            Some(Err(error)) if error.to_string().contains("too long") => Err(too_large()),
            Some(Err(_)) | None => Err(Close::gone()),
        }
    }

    fn hear(&mut self, heard: Heard) -> Result<(), Close> {
        match heard {
            Heard::Init(_) if self.initialised => return Err(Close(4429, "Too many initialisation requests".into())),
            Heard::Init(authorization) => {
                self.initialised = true;
                self.idle_since = Instant::now();
                if let Some(secret) = authorization {
                    self.secret = secret;
                }
                self.replies.push_back(acknowledged());
            }
            Heard::Ping(payload) => self.replies.push_back(pong(payload)),
            Heard::Pong => {}
            Heard::Subscribe(..) if !self.initialised => return Err(Close(4401, "Unauthorized".into())),
            Heard::Subscribe(id, _) if self.operations.contains_key(&id) => {
                return Err(Close(4409, format!("Subscriber for {id} already exists")));
            }
            Heard::Subscribe(id, asked) => self.start(id, *asked),
            Heard::Complete(id) => self.stop(&id),
        }
        Ok(())
    }

    fn start(&mut self, id: String, asked: Asked) {
        let most = self.endpoint.settings.streams.most_operations;
        if self.operations.len() >= most {
            let name = "the number of operations of a connection";
            let refusal = Refusal::limit(name, most + 1, most, "complete some, or open another connection");
            let errors = [error(refusal.code.as_str(), refusal.message)];
            self.endpoint.meter.errors(&errors);
            self.replies.push_back(refused(&id, &errors));
            return;
        }
        self.started += 1;
        let Found { request, kind, .. } = match self.endpoint.operation(asked) {
            Ok(operation) => operation,
            Err(refusal) => {
                let errors = [refusal.error()];
                self.endpoint.meter.errors(&errors);
                self.replies.push_back(refused(&id, &errors));
                return;
            }
        };
        let operation = Operation::new(request, kind, Transport::WebSocket);
        // No part of that request, which is over: a connection may last for days.
        trace::link(&operation.span, &self.opened_by);
        // Asked each time: a token that was revoked counts no more, however long the connection lasts.
        let (base, secret) = (Arc::clone(&self.endpoint.knowledge_base), self.secret.clone());
        let needed = self.endpoint.asks_who(kind);
        let caller = async move { caller(&base, needed, secret.as_deref()).await };
        let (named, number) = (id.clone(), self.started);
        let as_told = move |happening| Told { id: named.clone(), number, happening };
        let running = run(&self.endpoint, operation, caller, self.tell.clone(), as_told);
        self.operations.insert(id, (number, running));
    }

    fn stop(&mut self, id: &str) {
        if self.operations.remove(id).is_some() {
            self.idle_since = Instant::now();
        }
    }

    /// What was on its way when an operation was stopped is not passed on.
    fn pass_on(&mut self, Told { id, number, happening }: &Told) {
        if self.operations.get(id).is_none_or(|(current, _)| current != number) {
            return;
        }
        self.replies.push_back(told(id, happening));
        if !matches!(happening, Happening::Next(_)) {
            self.stop(id);
        }
    }

    /// Asks for a sign of life; whoever gave none for several times, and took nothing either, is gone.
    fn probe(&mut self) -> Result<(), Close> {
        if self.unanswered >= MOST_UNANSWERED {
            return Err(Close(1001, "no sign of life".into()));
        }
        self.unanswered += 1;
        // Behind what is on its way it would only wait.
        if !self.writing {
            self.replies.push_back(Message::Ping(Vec::new().into()));
        }
        Ok(())
    }
}
