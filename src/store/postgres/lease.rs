//! The right to write: a row that one process has for a while, and renews for as long as it lives.
//!
//! process 1 is killed → ten seconds later process 2 has the right under term 2, and whatever process 1 still tries is refused
//!
//! Time only decides who may ask for the right. What keeps two from writing is the term: every write locks the row, and is refused when
//! the term in it is not its own. So a process that was asleep, or cut off, for however long can do no harm.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::store::Standing;

use super::address::StoreAddress;
use super::failure::{Failure, Outcome};
use super::line::{Connection, Line};

/// How long the right is given for.
pub(super) const TERM: Duration = Duration::from_secs(10);

/// How often it is renewed within its time.
const RENEWED: u32 = 4;

/// How long to wait before the right is asked for again.
const RESPITE: Duration = Duration::from_millis(50);

/// The right to write; given back when dropped.
pub(super) struct Lease {
    pub(super) term: i64,
    holder: String,
    length: Duration,
    pub(super) standing: Standing,
    address: Arc<StoreAddress>,
    /// Dropped, the renewing ends.
    _renewing: Sender<()>,
}

impl Lease {
    /// Takes the right. Where another process has it, waits until it is renewed, which says that the process lives, or runs out.
    pub(super) fn take(line: &Line, address: &Arc<StoreAddress>, length: Duration) -> Outcome<Self> {
        let holder = holder();
        let until = Instant::now() + length * 2;
        let mut seen: Option<(i64, String)> = None;
        loop {
            if let Some(term) = line.patiently(|connection| ask(connection, &holder, length))? {
                return Self::begin(term, holder, length, address);
            }
            // Whoever writes at this moment holds the row, and renews the right by that.
            let now = line.patiently(state)?;
            let (other, renewed) = (now.holder, (now.term, now.expires));
            let lives = seen.as_ref().is_some_and(|before| *before != renewed);
            if lives || Instant::now() > until {
                return Err(Error::StoreHeld { path: address.place(), holder: other }.into());
            }
            seen = Some(renewed);
            thread::sleep(RESPITE.max(length / (RENEWED * 8)));
        }
    }

    fn begin(term: i64, holder: String, length: Duration, address: &Arc<StoreAddress>) -> Outcome<Self> {
        let standing = Standing::default();
        let (renewing, ended) = channel();
        let kept = Renewing {
            address: Arc::clone(address),
            term,
            holder: holder.clone(),
            length,
            standing: standing.clone(),
            ended,
        };
        let thread = thread::Builder::new().name("lease".to_owned()).spawn(move || kept.run());
        thread.map_err(|error| Error::io("cannot start the thread that keeps the right to write", error))?;
        Ok(Self { term, holder, length, standing, address: Arc::clone(address), _renewing: renewing })
    }

    /// Locks the row of the store for a write, and refuses it when the right is gone; the version of the newest entry.
    pub(super) fn lock(&self, connection: &mut Connection) -> Outcome<i64> {
        const SQL: &str = "SELECT term, head, holder FROM maillage_store WHERE name = 'store' FOR UPDATE";
        let row = connection.row(SQL, &[])?.ok_or_else(|| Failure::damaged("the row of the store is gone"))?;
        if row.get::<_, i64>(0) != self.term {
            let holder: String = row.get(2);
            self.standing.lose(&holder);
            return Err(Failure::LeaseLost(holder));
        }
        Ok(row.get(1))
    }

    /// Writes how far the log goes now, which also renews the right. Refused when that is gone, which cannot be while the row is locked.
    pub(super) fn advance(&self, connection: &mut Connection, head: i64) -> Outcome<()> {
        const SQL: &str =
            "UPDATE maillage_store SET head = $1, expires = clock_timestamp() + $2 * INTERVAL '1 millisecond'
            WHERE name = 'store' AND term = $3 AND holder = $4";
        match connection.run(SQL, &[&head, &milliseconds(self.length), &self.term, &self.holder])? {
            0 => Err(Failure::LeaseLost(String::new())),
            _ => Ok(()),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        const SQL: &str = "UPDATE maillage_store SET holder = '', expires = TIMESTAMPTZ '1970-01-01 00:00:00+00'
            WHERE name = 'store' AND term = $1 AND holder = $2";
        if self.standing.lost().is_some() {
            return;
        }
        let (term, holder) = (self.term, &self.holder);
        let given = Line::open(&self.address, Duration::ZERO)
            .and_then(|line| line.once(|connection| connection.run(SQL, &[&term, holder])));
        if let Err(failure) = given {
            tracing::debug!("the right to write is not given back, and runs out: {}", failure.reason());
        }
    }
}

/// What the row of the store says of the right.
struct Held {
    term: i64,
    holder: String,
    expires: String,
}

fn state(connection: &mut Connection) -> Outcome<Held> {
    const SQL: &str = "SELECT term, holder, CAST(expires AS TEXT) FROM maillage_store WHERE name = 'store'";
    let row = connection.row(SQL, &[])?.ok_or_else(|| Failure::damaged("the row of the store is gone"))?;
    Ok(Held { term: row.get(0), holder: row.get(1), expires: row.get(2) })
}

/// Asks for the right; the term when it is given.
fn ask(connection: &mut Connection, holder: &str, length: Duration) -> Outcome<Option<i64>> {
    // Whoever holds the row writes, and is not waited for.
    const SQL: &str = "UPDATE maillage_store SET term = term + 1, holder = $1,
        expires = clock_timestamp() + $2 * INTERVAL '1 millisecond'
        WHERE name IN (SELECT name FROM maillage_store WHERE name = 'store' AND expires < clock_timestamp()
            FOR UPDATE SKIP LOCKED) RETURNING term";
    Ok(connection.row(SQL, &[&holder, &milliseconds(length)])?.map(|row| row.get(0)))
}

fn milliseconds(length: Duration) -> f64 {
    length.as_secs_f64() * 1e3
}

/// Who asks: a process of a machine.
fn holder() -> String {
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
    let machine = machine.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let machine = machine.unwrap_or_else(|| "an unnamed machine".to_owned());
    format!("process {} on {machine}", std::process::id())
}

/// The thread that renews the right.
struct Renewing {
    address: Arc<StoreAddress>,
    term: i64,
    holder: String,
    length: Duration,
    standing: Standing,
    ended: Receiver<()>,
}

impl Renewing {
    fn run(self) {
        let mut line = None;
        while self.ended.recv_timeout(self.length / RENEWED) == Err(RecvTimeoutError::Timeout) {
            match self.renew(&mut line) {
                Ok(true) => {}
                Ok(false) => {
                    let holder = line.as_ref().and_then(|line: &Line| line.once(state).ok());
                    // Given back by whoever has it: then nobody waits for us.
                    if self.ended.recv_timeout(Duration::ZERO) == Err(RecvTimeoutError::Timeout) {
                        let holder = holder.map(|held| held.holder).unwrap_or_default();
                        tracing::error!("the right to write to {} went to {}", self.address, named(&holder));
                        self.standing.lose(&holder);
                    }
                    return;
                }
                Err(failure) => {
                    tracing::warn!("the right to write to {} is not renewed: {}", self.address, failure.reason());
                }
            }
        }
    }

    fn renew(&self, line: &mut Option<Line>) -> Outcome<bool> {
        const SQL: &str = "UPDATE maillage_store SET expires = clock_timestamp() + $1 * INTERVAL '1 millisecond'
            WHERE name = 'store' AND term = $2 AND holder = $3";
        if line.is_none() {
            *line = Some(Line::open(&self.address, Duration::ZERO)?);
        }
        let Some(line) = line else { return Ok(true) };
        let length = milliseconds(self.length);
        Ok(line.once(|connection| connection.run(SQL, &[&length, &self.term, &self.holder]))? > 0)
    }
}

/// A holder in a sentence.
pub(super) fn named(holder: &str) -> &str {
    if holder.is_empty() { "another process" } else { holder }
}
