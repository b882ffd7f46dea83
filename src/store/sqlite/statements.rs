//! Statements of one transaction, each prepared once, when it is first needed.
//!
//! `statements.run("DELETE FROM documents WHERE key = ?1", [7])` a thousand times → prepared once

use rusqlite::{Connection, Params, Statement};

use super::failure::Outcome;

/// The statements of one transaction.
pub(super) struct Statements<'c> {
    connection: &'c Connection,
    prepared: Vec<(&'static str, Statement<'c>)>,
}

impl<'c> Statements<'c> {
    /// No statements yet.
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { connection, prepared: Vec::new() }
    }

    /// The connection that they are of.
    pub(super) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// A statement, prepared.
    pub(super) fn prepare(&mut self, sql: &'static str) -> Outcome<&mut Statement<'c>> {
        // The same text stands at the same place; where it does not, it is prepared once more, which is no mistake.
        let known = self.prepared.iter().position(|(known, _)| std::ptr::eq(*known, sql));
        let at = match known {
            Some(at) => at,
            None => {
                self.prepared.push((sql, self.connection.prepare(sql)?));
                self.prepared.len() - 1
            }
        };
        Ok(&mut self.prepared[at].1)
    }

    /// Executes a statement that gives no rows; how many rows it changed.
    pub(super) fn run(&mut self, sql: &'static str, params: impl Params) -> Outcome<usize> {
        Ok(self.prepare(sql)?.execute(params)?)
    }

    /// Adds a row; its key.
    pub(super) fn insert(&mut self, sql: &'static str, params: impl Params) -> Outcome<i64> {
        Ok(self.prepare(sql)?.insert(params)?)
    }
}
