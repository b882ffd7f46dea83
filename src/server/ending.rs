//! Telling whatever stays open that the server ends, and waiting until it has closed.
//!
//! `let (end, ending) = Ending::new()`; `end.now()` → every `ending.told().await` returns; `end.done().await` → all are gone
//!
//! A connection that was upgraded, or that streams, is not known to the HTTP server as one under way. Must not know signals.

use tokio::sync::watch;

/// Says that the server ends.
#[derive(Debug)]
pub(super) struct End(watch::Sender<bool>);

/// Hears that the server ends. Whoever holds one is waited for.
#[derive(Clone, Debug)]
pub(super) struct Ending(watch::Receiver<bool>);

impl End {
    /// Tells everybody, also those who ask later.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }

    /// Waits until nobody is left who could be told.
    pub(super) async fn done(&self) {
        self.0.closed().await;
    }
}

impl Ending {
    pub(super) fn new() -> (End, Self) {
        let (end, ending) = watch::channel(false);
        (End(end), Self(ending))
    }

    /// One that is never told.
    pub(super) fn never() -> Self {
        Self::new().1
    }

    /// Waits until the server ends.
    pub(super) async fn told(&mut self) {
        if self.0.wait_for(|ending| *ending).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
