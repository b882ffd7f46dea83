//! What is said on standard error: warnings, progress on a terminal, the log.
//!
//! `report.warn(&warning)` → `warning: a.pdf: is binary (it looks like a PDF); convert it to text first`
//!
//! Must not write to standard output.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tracing_subscriber::EnvFilter;

use super::Outcome;
use crate::corpus::Warning;
use crate::knowledge_base::Progress;

/// Speaks on standard error.
pub(super) struct Report {
    quiet: bool,
    bar: ProgressBar,
}

impl Report {
    /// Sets the log up and decides whether progress is shown: only on a terminal.
    pub(super) fn new(quiet: bool, verbose: u8) -> Self {
        let level = match (quiet, verbose) {
            (true, _) => "error",
            (_, 0) => "warn,maillage::server=info",
            (_, 1) => "maillage=info,warn",
            _ => "maillage=debug,info",
        };
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
        let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(color);
        // A second set-up in one process keeps the first.
        let _ = log.with_target(false).try_init();
        let shown = !quiet && io::stderr().is_terminal();
        let bar = if shown {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
        } else {
            ProgressBar::hidden()
        };
        let template =
            if color { "{msg:11} {wide_bar:.cyan} {pos}/{len} {eta}" } else { "{msg:11} {wide_bar} {pos}/{len} {eta}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { quiet, bar }
    }

    /// Shows how far the work is.
    pub(super) fn progress(&self, progress: Progress) {
        let (message, done, of) = match progress {
            Progress::Reading(done, of) => ("reading", done, of),
            Progress::Extracting(done, of) => ("extracting", done, of),
            Progress::Building => return self.bar.set_message("building"),
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
        self.say("warning", warning);
    }

    /// Something was read with a reservation.
    pub(super) fn note(&self, note: &Warning) {
        self.say("note", note);
    }

    /// Something was written.
    pub(super) fn written(&self, what: &dyn Display) {
        self.say("written", what);
    }

    /// The command failed.
    pub(super) fn error(&self, error: &dyn Display) {
        self.bar.suspend(|| drop(writeln!(io::stderr().lock(), "error: {error}")));
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
