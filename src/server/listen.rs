//! Listening on a port until the process is told to end.
//!
//! `bind("127.0.0.1", 0)` → some free port; `run(listener, …)` → returns after SIGINT or SIGTERM, when requests are answered
//!
//! Must not know routes.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::ending::Ending;
use super::{Settings, router_until};
use crate::error::{Error, Result};
use crate::knowledge_base::KnowledgeBase;

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
    let (told, (ends, ending)) = (Arc::new(Notify::new()), Ending::new());
    let (tell, ends) = (Arc::clone(&told), Arc::new(ends));
    let streams = Arc::clone(&ends);
    let router = router_until(knowledge_base, settings, ending);
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        end.await;
        tracing::info!("ending: no new requests, waiting for those under way");
        ends.now();
        tell.notify_one();
    });
    let served = async {
        server.await.map_err(|error| Error::io("the server failed", error))?;
        // The HTTP server has let go of WebSockets.
        streams.done().await;
        Ok(())
    };
    let overdue = async {
        told.notified().await;
        tokio::time::sleep(settings.shutdown_timeout).await;
    };
    tokio::select! {
        result = served => result,
        () = overdue => {
            tracing::warn!("requests were still under way after {} s; ended them", settings.shutdown_timeout.as_secs());
            Ok(())
        }
    }
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
