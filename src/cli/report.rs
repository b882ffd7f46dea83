//! What a command says on standard error: warnings, progress on a terminal. As lines for people, or through the log for machines.
//!
//! `report.warn(&warning)` → `warning: a.pdf: is binary (it looks like a PDF); convert it to text first`
//! As JSON → `{"timestamp":…,"level":"WARN","message":"a.pdf: is binary …"}`, and everything else that is said likewise
//!
//! Must not write to standard output.

use std::fmt::Display;
use std::io::{self, Write};

use super::Outcome;
use super::arguments::LogFormat;
use super::progress::Line;
use crate::corpus::Warning;
use crate::knowledge_base::Progress;

/// Speaks on standard error; clones speak for the same command.
#[derive(Clone, Debug)]
pub(super) struct Report {
    quiet: bool,
    /// Whether everything is said through the log.
    json: bool,
    line: Line,
}

impl Report {
    pub(super) fn new(quiet: bool, format: LogFormat, line: Line) -> Self {
        Self { quiet, json: format == LogFormat::Json, line }
    }

    /// Shows how far the work is.
    pub(super) fn progress(&self, progress: Progress) {
        self.line.show(progress);
    }

    /// The work is done: takes the progress off the terminal.
    pub(super) fn done(&self) {
        self.line.clear();
    }

    /// Something was not read.
    pub(super) fn warn(&self, warning: &Warning) {
        match self.json {
            true => tracing::warn!("{warning}"),
            false => self.say("warning", warning),
        }
    }

    /// A line of a data file was refused.
    pub(super) fn refused(&self, reject: &dyn Display) {
        match self.json {
            true => tracing::warn!("{reject}"),
            false => self.say("refused", reject),
        }
    }

    /// Something was read with a reservation, or is good to know.
    pub(super) fn note(&self, note: &dyn Display) {
        match self.json {
            true => tracing::info!("{note}"),
            false => self.say("note", note),
        }
    }

    /// Something was written.
    pub(super) fn written(&self, what: &dyn Display) {
        match self.json {
            true => tracing::info!("{what}"),
            false => self.say("written", what),
        }
    }

    /// The command was asked to stop.
    pub(super) fn stopping(&self, how: &dyn Display) {
        match self.json {
            true => tracing::warn!("{how}"),
            false => self.say("stopping", how),
        }
    }

    /// The command failed.
    pub(super) fn error(&self, error: &dyn Display) {
        match self.json {
            true => tracing::error!("{error}"),
            false => self.line.aside(|| drop(writeln!(io::stderr().lock(), "error: {error}"))),
        }
    }

    fn say(&self, what: &str, message: &dyn Display) {
        if !self.quiet {
            // Standard error may be closed; there is nobody to tell then.
            self.line.aside(|| drop(writeln!(io::stderr().lock(), "{what}: {message}")));
        }
    }

    /// Says what was not read and what was read with a reservation.
    pub(super) fn all(&self, skipped: &[Warning], notes: &[Warning]) -> Outcome {
        skipped.iter().for_each(|warning| self.warn(warning));
        notes.iter().for_each(|note| self.note(note));
        if skipped.is_empty() { Outcome::Complete } else { Outcome::Skipped }
    }
}
