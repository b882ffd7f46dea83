//! Folders that are looked after while the graph is served.
//!
//! a file appears → the log says `a watched folder has changed added=1`; the disk is full → an error, once, until it works again
//!
//! Must not decide what is new.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::serve_arguments::ServeArguments;
use crate::knowledge_base::{Ingested, KnowledgeBase, Watch};

/// How often watched folders are looked at.
const TURN: Duration = Duration::from_secs(1);

/// Looks after folders for as long as the process lives.
pub(super) fn follow(arguments: &ServeArguments, base: Arc<KnowledgeBase>) {
    let (mut watch, mut signature) = (Watch::new(arguments.watch.clone()), arguments.signature.sign());
    std::thread::spawn(move || {
        let mut trouble = Trouble::default();
        loop {
            signature.at = Timestamp::now();
            match watch.turn(&base, &signature) {
                Ok(done) => {
                    let _ = trouble.is_over();
                    done.iter().for_each(say);
                }
                Err(error) if trouble.is_new(&error.to_string()) => {
                    tracing::error!(%error, "what has changed in a watched folder is not taken in; it is tried again");
                }
                Err(_) => {}
            }
            std::thread::sleep(TURN);
        }
    });
}

fn say(done: &Ingested) {
    for warning in done.skipped.iter().chain(&done.notes) {
        tracing::warn!(%warning, "watched");
    }
    let Ingested { added, extracted, withdrawn, .. } = done;
    tracing::info!(added, extracted, withdrawn, "a watched folder has changed");
}

/// What went wrong at the last turn. Every turn tries again, and would say the same again.
#[derive(Debug, Default)]
pub(super) struct Trouble(Option<String>);

impl Trouble {
    pub(super) fn is_new(&mut self, what: &str) -> bool {
        let new = self.0.as_deref() != Some(what);
        self.0 = Some(what.to_owned());
        new
    }

    /// All is well; whether something was wrong before.
    pub(super) fn is_over(&mut self) -> bool {
        self.0.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_said_when_it_begins_and_when_it_changes() {
        let mut trouble = Trouble::default();
        assert_eq!(["full", "full", "busy", "full"].map(|what| trouble.is_new(what)), [true, false, true, true]);
        assert!(trouble.is_over() && !trouble.is_over());
        assert!(trouble.is_new("full"));
    }
}
