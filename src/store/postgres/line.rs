//! A connection to the database that is made again when it was cut.
//!
//! the server is restarted → what is read waits for it, for as long as the line has patience; then *cannot reach …*
//!
//! What was asked within a moment in time is never asked again by itself: it would be of another moment.

use std::cell::{Cell, RefCell, RefMut};
use std::collections::HashMap;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use postgres::types::ToSql;
use postgres::{Client, NoTls, Row, Statement};

use super::address::StoreAddress;
use super::failure::{Failure, Outcome};
use super::tls;

/// How long the server lets a transaction of ours stand still: a reader that is cut off must not keep it from cleaning up.
const SESSION: &str = "SET idle_in_transaction_session_timeout = 60000";

/// How long to wait before a cut connection is made again.
const RESPITE: Duration = Duration::from_millis(50);

/// What statements are given.
pub(super) type Params<'p> = &'p [&'p (dyn ToSql + Sync)];

/// Works outside of a runtime that serves requests: the client has one of its own, and the two must not be nested.
fn outside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return work();
    }
    thread::scope(|scope| scope.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

/// A connection, with its prepared statements.
pub(super) struct Connection {
    client: Option<Client>,
    prepared: HashMap<&'static str, Statement>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        let client = self.client.take();
        outside(move || drop(client));
    }
}

impl Connection {
    fn open(address: &StoreAddress) -> Outcome<Self> {
        let tls = address.is_encrypted().then(|| tls::connector(address)).transpose()?;
        let mut client = outside(|| match tls {
            Some(tls) => address.config().connect(tls),
            None => address.config().connect(NoTls),
        })?;
        if let Err(error) = outside(|| client.batch_execute(SESSION)) {
            tracing::debug!("the server knows no limit for idle transactions: {error}");
        }
        Ok(Self { client: Some(client), prepared: HashMap::new() })
    }

    fn with<T: Send>(&mut self, work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send) -> Outcome<T> {
        let client = self.client.as_mut().ok_or_else(|| Failure::damaged("the connection is closed"))?;
        Ok(outside(|| work(client))?)
    }

    fn prepare(&mut self, sql: &'static str) -> Outcome<Statement> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.with(|client| client.prepare(sql))?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }

    /// The rows of a question.
    pub(super) fn rows(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<Vec<Row>> {
        let statement = self.prepare(sql)?;
        self.with(|client| client.query(&statement, params))
    }

    /// The first row of a question, if any.
    pub(super) fn row(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<Option<Row>> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// Executes a statement; how many rows it changed.
    pub(super) fn run(&mut self, sql: &'static str, params: Params<'_>) -> Outcome<u64> {
        let statement = self.prepare(sql)?;
        self.with(|client| client.execute(&statement, params))
    }

    /// Executes statements without parameters or rows.
    pub(super) fn batch(&mut self, sql: &str) -> Outcome<()> {
        self.with(|client| client.batch_execute(sql))
    }
}

/// A connection that is made again when it was cut.
pub(super) struct Line {
    address: Arc<StoreAddress>,
    connection: RefCell<Option<Connection>>,
    /// Whether everything that is read is of one moment.
    in_moment: Cell<bool>,
    /// How long what failed by a cut connection is tried again.
    patience: Duration,
}

impl Line {
    /// A line that is connected.
    pub(super) fn open(address: &Arc<StoreAddress>, patience: Duration) -> Outcome<Self> {
        let connection = RefCell::new(Some(Connection::open(address)?));
        Ok(Self { address: Arc::clone(address), connection, in_moment: Cell::new(false), patience })
    }

    /// Where it leads.
    pub(super) fn address(&self) -> &StoreAddress {
        &self.address
    }

    /// The connection, made again when it was lost.
    fn connected(&self) -> Outcome<RefMut<'_, Connection>> {
        let mut slot = self.connection.borrow_mut();
        if slot.is_none() {
            *slot = Some(Connection::open(&self.address)?);
        }
        RefMut::filter_map(slot, Option::as_mut).map_err(|_| Failure::damaged("the connection is closed"))
    }

    /// Works on the connection once. One that failed for whatever reason but what is stored is made anew before it is used again: nothing
    /// that was begun on it goes on.
    pub(super) fn once<T>(&self, work: impl FnOnce(&mut Connection) -> Outcome<T>) -> Outcome<T> {
        let outcome = self.connected().and_then(|mut connection| work(&mut connection));
        if matches!(outcome, Err(Failure::Postgres(_))) && !self.in_moment.get() {
            drop(self.connection.borrow_mut().take());
        }
        outcome
    }

    /// Works on the connection, and again while the way there is cut, as long as the line has patience.
    pub(super) fn patiently<T>(&self, work: impl Fn(&mut Connection) -> Outcome<T>) -> Outcome<T> {
        let until = Instant::now() + self.patience;
        loop {
            match self.once(&work) {
                Err(failure) if failure.is_passing() && !self.in_moment.get() && Instant::now() < until => {
                    tracing::debug!("{}: again, as {} cannot be reached", failure.reason(), self.address);
                    thread::sleep(RESPITE);
                }
                outcome => return outcome,
            }
        }
    }

    /// Reads several things as they are at one moment.
    pub(super) fn moment<T>(&self, read: impl FnOnce() -> T) -> Outcome<T> {
        const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        if self.in_moment.get() {
            return Ok(read());
        }
        self.patiently(|connection| connection.batch(BEGIN))?;
        self.in_moment.set(true);
        let done = read();
        self.in_moment.set(false);
        // Nothing was written: where this fails, the connection is made anew.
        if self.once(|connection| connection.batch("COMMIT")).is_err() {
            drop(self.connection.borrow_mut().take());
        }
        Ok(done)
    }

    /// Whether everything that is read now is of one moment.
    pub(super) fn is_in_moment(&self) -> bool {
        self.in_moment.get()
    }
}
