//! Progress on a terminal: one line that says what is done, how fast, and how long it will take; gone when it is done.
//!
//! `reading 12800 documents, 512/s  ━━━━━━━━━━━━╸───────────────   45 %  31 s left`
//!
//! Whatever else is said on standard error is said through [`Line::aside`] or [`Line::writer`], so that no line is torn. Must not be
//! seen where nobody sits: not in a file, not in a pipe.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{Arguments, LogFormat};
use crate::knowledge_base::{Advance, Progress};

/// How often the line is drawn when nothing happens: the terminal may have changed.
const TICK: Duration = Duration::from_millis(250);

/// The line that shows progress; clones are the same line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    shown: bool,
    pub(super) color: bool,
    work: Arc<Mutex<Option<Work>>>,
}

/// Work that is under way.
#[derive(Debug)]
struct Work {
    doing: &'static str,
    since: Instant,
    bar: ProgressBar,
}

impl Line {
    /// Progress is shown on a terminal only, and not beside a log for machines.
    pub(super) fn new(arguments: &Arguments) -> Self {
        let terminal = io::stderr().is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let shown = terminal && !arguments.quiet && arguments.log_format != LogFormat::Json;
        Self { shown, color, work: Arc::default() }
    }

    fn work(&self) -> MutexGuard<'_, Option<Work>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows how far the work is.
    pub(super) fn show(&self, progress: Progress) {
        if !self.shown {
            return;
        }
        let (doing, documents, done, of) = match progress {
            Progress::Opening(done, of) => ("opening", done, done as u64, of as u64),
            Progress::Keeping(done, of) => ("ordering", done, done as u64, of as u64),
            Progress::Joining(of) => ("joining", of, 0, 0),
            Progress::Importing(lines, bytes, of_bytes) => ("importing", lines, bytes, of_bytes),
            Progress::Reading(Advance { documents, bytes, of_bytes, .. }) => ("reading", documents, bytes, of_bytes),
        };
        let mut work = self.work();
        if work.as_ref().is_none_or(|work| work.doing != doing) {
            clear(work.take());
        }
        let work = work.get_or_insert_with(|| Work { doing, since: Instant::now(), bar: self.bar(doing, of > 0) });
        let seconds = work.since.elapsed().as_secs_f64();
        work.bar.set_length(of);
        work.bar.set_position(done);
        work.bar.set_message(left(done, of, seconds));
        if documents > 0 {
            // Joining is one step: it has no pace.
            let pace = if doing == "joining" { String::new() } else { pace(documents, seconds) };
            let what = if doing == "importing" { "lines" } else { "documents" };
            work.bar.set_prefix(format!("{doing} {documents} {what}{pace}"));
        }
    }

    fn bar(&self, doing: &'static str, measured: bool) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_prefix(doing);
        let template = match (measured, self.color) {
            (false, _) => "{prefix}",
            (true, true) => "{prefix}  {wide_bar:.cyan/dim}  {percent:>3} %  {msg}",
            (true, false) => "{prefix}  {wide_bar}  {percent:>3} %  {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.enable_steady_tick(TICK);
        bar
    }

    /// The work is done: takes the line off the terminal.
    pub(super) fn clear(&self) {
        clear(self.work().take());
    }

    /// Says something else; the line comes back behind it.
    pub(super) fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        match &*self.work() {
            Some(work) => work.bar.suspend(say),
            None => say(),
        }
    }

    /// Standard error, for whoever says something else.
    pub(super) fn writer(&self) -> Aside {
        Aside(self.clone())
    }
}

fn clear(work: Option<Work>) {
    if let Some(work) = work {
        work.bar.finish_and_clear();
    }
}

/// How many a second, once that can be told.
fn pace(documents: usize, seconds: f64) -> String {
    if documents == 0 || seconds < 0.1 { String::new() } else { format!(", {:.0}/s", documents as f64 / seconds) }
}

/// How long the rest takes at this pace.
fn left(done: u64, of: u64, seconds: f64) -> String {
    if done == 0 || done >= of || seconds < 1.0 {
        return String::new();
    }
    let left = (seconds * of.saturating_sub(done) as f64 / done as f64).ceil() as u64;
    match left {
        0..120 => format!("{left} s left"),
        120..7200 => format!("{} min left", left.div_ceil(60)),
        _ => format!("{} h left", left.div_ceil(3600)),
    }
}

/// Standard error beside the line.
pub(super) struct Aside(Line);

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.aside(|| io::stderr().lock().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_in_the_unit_that_fits() {
        assert_eq!([left(0, 10, 5.0), left(1, 10, 0.5), left(10, 10, 5.0)], [""; 3]);
        assert_eq!(left(3, 4, 9.0), "3 s left");
        assert_eq!((left(1, 100, 3.0), left(1, 10_000, 3.0)), ("5 min left".into(), "9 h left".into()));
        assert_eq!((pace(0, 9.0), pace(900, 3.0)), (String::new(), ", 300/s".into()));
    }
}
