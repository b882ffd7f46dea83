//! A visit of much of a snapshot, in memory that does not grow with it.
//!
//! `let mut pass = Pass::of(&snapshot); for row in rows { pass.view().graph().relation(row) … }` → what lies in a file is read again where
//! need be, instead of staying in memory

use super::Snapshot;

/// So much is read before all of it is forgotten: 128 MB, which take three times that in memory.
const FORGOTTEN_AFTER: u64 = 128 << 20;

/// A visit of a snapshot. What it reads is not in the memory of others.
#[derive(Debug)]
pub struct Pass<'s> {
    snapshot: &'s Snapshot,
    view: Snapshot,
}

impl<'s> Pass<'s> {
    /// A visit that begins.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, view: snapshot.unread() }
    }

    /// The snapshot, to be looked at for a short time: rows are good in all of them, and are best visited as they lie.
    pub fn view(&mut self) -> &Snapshot {
        if self.view.bytes_read() > FORGOTTEN_AFTER {
            self.view = self.snapshot.unread();
        }
        &self.view
    }
}
