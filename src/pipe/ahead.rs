//! Lines that were read and wait to be worked on: a few hundred, or a few megabytes.
//!
//! a reader puts lines, and waits while there is no room; whoever works takes all that is there, and waits only while there is nothing
//!
//! Must not know what is done with lines.

use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::corpus::Line;

/// The most lines, and the most bytes, that wait or are taken at once; a single line may be longer.
const LINES: usize = 256;
const BYTES: usize = 16 << 20;

/// The lines that wait.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Line>,
    bytes: usize,
    /// How reading ended, once it has.
    ended: Option<io::Result<()>>,
    unwanted: bool,
}

impl Ahead {
    /// Puts a line behind the others when there is room; whether anybody wants more.
    pub(super) fn put(&self, line: Line) -> bool {
        let size = size(&line);
        let full = |state: &mut State| {
            let room = state.lines.len() < LINES && state.bytes + size <= BYTES;
            !state.unwanted && !room && !state.lines.is_empty()
        };
        let mut state = self.changed.wait_while(self.state(), full).unwrap_or_else(PoisonError::into_inner);
        state.bytes += size;
        state.lines.push_back(line);
        self.changed.notify_all();
        !state.unwanted
    }

    /// Nothing more will come.
    pub(super) fn end(&self, outcome: io::Result<()>) {
        self.state().ended = Some(outcome);
        self.changed.notify_all();
    }

    /// Takes all that waits, and waits when nothing does; empty at the end.
    ///
    /// # Errors
    /// Reading failed. What was read before that is given first.
    pub(super) fn take(&self) -> io::Result<Vec<Line>> {
        let nothing = |state: &mut State| state.lines.is_empty() && state.ended.is_none();
        let mut state = self.changed.wait_while(self.state(), nothing).unwrap_or_else(PoisonError::into_inner);
        if state.lines.is_empty() {
            return state.ended.take().unwrap_or(Ok(())).map(|()| Vec::new());
        }
        state.bytes = 0;
        self.changed.notify_all();
        Ok(state.lines.drain(..).collect())
    }

    /// Nobody wants more.
    pub(super) fn refuse(&self) {
        self.state().unwanted = true;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(line: &Line) -> usize {
    line.bytes.as_ref().map_or(0, Vec::len)
}
