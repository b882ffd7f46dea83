//! What is said on standard error: warnings, progress on a terminal, the log. As lines for people, or as JSON for machines.
//!
//! `report.warn(&warning)` → `warning: a.pdf: is binary (it looks like a PDF); convert it to text first`
//! As JSON → `{"timestamp":…,"level":"WARN","message":"a.pdf: is binary …"}`, and everything else that is said likewise
//!
//! Must not write to standard output.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tracing_subscriber::EnvFilter;

use super::Outcome;
use super::arguments::LogFormat;
use crate::corpus::Warning;
use crate::knowledge_base::Progress;

/// Speaks on standard error.
pub(super) struct Report {
    quiet: bool,
    /// Whether everything is said through the log.
    json: bool,
    bar: ProgressBar,
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
        let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(color);
        // A second set-up in one process keeps the first.
        let _ = match json {
            true => log.json().flatten_event(true).with_target(true).try_init(),
            false => log.with_target(false).try_init(),
        };
        let shown = !quiet && !json && io::stderr().is_terminal();
        let bar = if shown {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
        } else {
            ProgressBar::hidden()
        };
        let template = if color {
            "{msg:8} {wide_bar:.cyan} {pos}/{len}  {per_sec}  {eta} left"
        } else {
            "{msg:8} {wide_bar} {pos}/{len}  {per_sec}  {eta} left"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { quiet, json, bar }
    }

    /// Shows how far the work is.
    pub(super) fn progress(&self, progress: Progress) {
        let (message, done, of) = match progress {
            Progress::Opening(done, of) => ("opening", done, of),
            Progress::Joining(of) => ("joining", of, of),
            Progress::Reading(done, of) => ("reading", done, of),
        };
        self.bar.set_message(message);
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    /// The work is done: takes the progress off the terminal.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }

    /// Something was not read.
    pub(super) fn warn(&self, warning: &Warning) {
        match self.json {
            true => tracing::warn!("{warning}"),
            false => self.say("warning", warning),
        }
    }

    /// Something was read with a reservation.
    pub(super) fn note(&self, note: &Warning) {
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

    /// The command failed.
    pub(super) fn error(&self, error: &dyn Display) {
        match self.json {
            true => tracing::error!("{error}"),
            false => self.bar.suspend(|| drop(writeln!(io::stderr().lock(), "error: {error}"))),
        }
    }

    fn say(&self, what: &str, message: &dyn Display) {
        if !self.quiet {
            // Standard error may be closed; there is nobody to tell then.
            self.bar.suspend(|| drop(writeln!(io::stderr().lock(), "{what}: {message}")));
        }
    }

    /// Says what was not read and what was read with a reservation.
    pub(super) fn all(&self, skipped: &[Warning], notes: &[Warning]) -> Outcome {
        skipped.iter().for_each(|warning| self.warn(warning));
        notes.iter().for_each(|note| self.note(note));
        if skipped.is_empty() { Outcome::Complete } else { Outcome::Skipped }
    }
}
