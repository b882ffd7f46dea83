//! A server that follows a store to which another process writes.
//!
//! `maillage serve --store postgres://db.example/press --replica` → answers as the writer does, some milliseconds later
//!
//! Must not know how a store is followed.

use std::sync::Arc;
use std::time::Duration;

use super::place::Place;
use super::report::Report;
use super::watch::Trouble;
use crate::error::{Error, Result};
use crate::knowledge_base::KnowledgeBase;
use crate::store::{PostgresStore, StoreAddress};

/// How long a request waits for a server that cannot be reached.
const PATIENCE: Duration = Duration::from_secs(2);

/// The graph of a store, as a replica.
pub(super) fn open(place: &Place, report: &Report) -> Result<KnowledgeBase> {
    let Place::Server(address) = place else { return Err(Error::FixedGraph) };
    let store = PostgresStore::open_to_follow(address, PATIENCE)?;
    let opened = KnowledgeBase::replica(Box::new(store), &|progress| report.progress(progress));
    report.done();
    opened
}

/// Follows the store for as long as the process lives.
pub(super) fn follow(address: &StoreAddress, every: Duration, base: Arc<KnowledgeBase>) {
    let address = address.clone();
    std::thread::spawn(move || {
        let mut trouble = Trouble::default();
        loop {
            // What cannot be read is tried again at the next turn: nothing is waited for in between.
            match PostgresStore::open_to_follow(&address, Duration::ZERO) {
                Ok(store) => base.follow(&store, every, |turned| {
                    heard(turned, &mut trouble);
                    true
                }),
                Err(error) => heard(Err(error), &mut trouble),
            }
            std::thread::sleep(every);
        }
    });
}

fn heard(turned: Result<bool>, trouble: &mut Trouble) {
    match turned {
        Ok(_) if trouble.is_over() => tracing::warn!("the store is followed again"),
        Ok(_) => {}
        Err(error) if trouble.is_new(&error.to_string()) => {
            tracing::error!(%error, "the store cannot be followed, and what is shown grows old; it is tried again");
        }
        Err(_) => {}
    }
}
