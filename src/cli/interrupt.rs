//! Being told to stop: what is under way is finished first, the second time it is dropped.
//!
//! Ctrl-C while documents are taken in → the batch that is being extracted is written, then the command ends

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::report::Report;

/// The exit status of a command that was interrupted, as shells have it: 128 and the number of the signal.
pub(super) const STATUS: u8 = 130;

/// Becomes true at the first SIGINT; the second one ends the process.
pub(super) fn heard(report: &Report) -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let (told, report) = (Arc::clone(&stopped), report.clone());
    let wait = move || {
        // Without a way to hear signals the first one ends the process, which loses nothing that was written.
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_err() {
                return;
            }
            told.store(true, Ordering::Relaxed);
            report.stopping(&"what is under way is finished first; once more to stop at once");
            if tokio::signal::ctrl_c().await.is_ok() {
                report.done();
                std::process::exit(i32::from(STATUS));
            }
        });
    };
    std::thread::spawn(wait);
    stopped
}
