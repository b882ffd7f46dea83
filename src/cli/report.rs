//! What is said on standard error: warnings, progress on a terminal, the log. As lines for people, or as JSON for machines.
//!
//! `report.warn(&warning)` → `warning: a.pdf: is binary (it looks like a PDF); convert it to text first`
//! As JSON → `{"timestamp":…,"level":"WARN","message":"a.pdf: is binary …"}`, and everything else that is said likewise
//!
//! Must not write to standard output.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use tracing_subscriber::EnvFilter;

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
    /// Sets the log up and decides whether progress is shown: only on a terminal.
    pub(super) fn new(quiet: bool, verbose: u8, format: LogFormat) -> Self {
        let json = format == LogFormat::Json;
        let level = match (quiet, verbose) {
            (true, _) => "error",
            (_, 0) if json => "warn,maillage::server=info,maillage::cli=info",
            (_, 0) => "warn,maillage::server=info",
            (_, 1) => "maillage=info,warn",
            _ => "maillage=debug,info",
        };
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
        let terminal = io::stderr().is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let line = Line::new(terminal && !quiet && !json, color);
        let (beside, log) = (line.clone(), tracing_subscriber::fmt().with_env_filter(filter).with_ansi(color));
        let log = log.with_writer(move || beside.writer());
        // A second set-up in one process keeps the first.
        let _ = match json {
            true => log.json().flatten_event(true).with_target(true).try_init(),
            false => log.with_target(false).try_init(),
        };
        Self { quiet, json, line }
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
