//! Listening on a port until the process is told to end.
//!
//! `bind("127.0.0.1", 0)` → some free port; `run(listener, …)` → returns after SIGINT or SIGTERM, when requests are answered
//!
//! Takes no more connections than the settings allow, and waits for none that is slow to say what it wants.
//!
//! Must not know routes.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ending::Ending;
use super::{Settings, router_until};
use crate::error::{Error, Result};
use crate::knowledge_base::KnowledgeBase;
use crate::query::Refusal;

/// Takes a port; 0 stands for any free one.
///
/// # Errors
/// The port is taken, may not be used, or the host is unknown.
pub fn bind(host: &str, port: u16) -> Result<TcpListener> {
    TcpListener::bind((host, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Error::PortTaken { host: host.into(), port },
        ErrorKind::PermissionDenied => {
            Error::io(format!("port {port} on {host} may not be used; choose one above 1023 with --port"), error)
        }
        _ => Error::io(format!("cannot listen on {host}, port {port}"), error),
    })
}

/// Serves until SIGINT or SIGTERM; requests that are under way then may finish, for as long as the settings say.
/// `started` is called when requests are answered and signals are heard.
///
/// # Errors
/// The socket fails.
pub fn run(
    listener: TcpListener,
    knowledge_base: Arc<KnowledgeBase>,
    settings: &Settings,
    started: impl FnOnce(),
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Resolvers recurse into a query as deep as the limits allow.
        .thread_stack_size(8 << 20)
        .build()
        .map_err(|error| Error::io("cannot start the server's threads", error))?;
    let result = runtime.block_on(async {
        // Signals are heard from here on.
        let end = told_to_end();
        started();
        serve(listener, knowledge_base, settings, end).await
    });
    // What is still under way after its time is dropped; of what was closed, the last is said and traced.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

/// One of the connections that there may be; whoever holds it counts as one.
pub(super) type Place = Arc<OwnedSemaphorePermit>;

/// How long the server waits when the system gives it no connection, for want of file handles or memory.
const RESPITE: Duration = Duration::from_millis(200);
/// How long a peer that is turned away has to hear why.
const FAREWELL: Duration = Duration::from_secs(2);

/// Serves until `end`. Requests that are under way then may finish, for as long as the settings say; streams are closed.
///
/// # Errors
/// The socket fails.
pub async fn serve(
    listener: TcpListener,
    knowledge_base: Arc<KnowledgeBase>,
    settings: &Settings,
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let listen = |error| Error::io("cannot listen", error);
    listener.set_nonblocking(true).map_err(listen)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(listen)?;
    let (ends, ending) = Ending::new();
    let router = router_until(knowledge_base, settings, ending.clone());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(settings.read_timeout);
    let places = Arc::new(Semaphore::new(settings.most_connections));
    let mut end = pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) if is_of_peer(&error) => continue,
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(RESPITE).await;
                continue;
            }
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => {
                let connection = Connection { stream, router: router.clone(), place: Arc::new(place) };
                tokio::spawn(connection.serve(http.clone(), ending.clone()));
            }
            Err(_) => drop(tokio::spawn(turn_away(stream, settings.most_connections))),
        }
    }
    tracing::info!("ending: no new requests, waiting for those under way");
    drop((listener, router, ending));
    ends.now();
    if tokio::time::timeout(settings.shutdown_timeout, ends.done()).await.is_err() {
        tracing::warn!("requests were still under way after {} s; ended them", settings.shutdown_timeout.as_secs());
    }
    Ok(())
}

/// Whether a connection failed by itself, which says nothing of the next.
fn is_of_peer(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused)
}

/// A connection with its place among those that there may be.
struct Connection {
    stream: TcpStream,
    router: Router,
    place: Place,
}

impl Connection {
    /// Answers requests until the peer leaves, is too slow, or the server ends.
    async fn serve(self, http: http1::Builder, mut ending: Ending) {
        let Self { stream, router, place } = self;
        // Answers and events are written whole: waiting for more to send only holds them up.
        drop(stream.set_nodelay(true));
        let routes = TowerToHyperService::new(router);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Arc::clone(&place));
            routes.call(request)
        });
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
        let served = tokio::select! {
            served = connection.as_mut() => served,
            () = ending.told() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = served {
            tracing::debug!(%error, "a connection failed");
        }
    }
}

/// Says that there are too many connections, to one that is not answered.
async fn turn_away(mut stream: TcpStream, most: usize) {
    tracing::warn!(most, "a connection was turned away: there are too many");
    let refusal = Refusal::limit("the number of connections", most + 1, most, "close some, or come back later");
    let body = json!({ "errors": [{ "message": refusal.message, "extensions": { "code": refusal.code.as_str() } }] })
        .to_string();
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\
         Retry-After: 1\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let told = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // The answer is lost when the connection ends with a request unread.
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    drop(tokio::time::timeout(FAREWELL, told).await);
}

/// Waits for SIGINT or SIGTERM. Registered when made, not when first waited for: no signal in between is lost.
#[cfg(unix)]
fn told_to_end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut signals = (signal(SignalKind::interrupt()).ok(), signal(SignalKind::terminate()).ok());
    async move {
        let (interrupt, terminate) = (heard(&mut signals.0), heard(&mut signals.1));
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

#[cfg(unix)]
async fn heard(signal: &mut Option<tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
