//! One writer a store: a lock on `DIR/lock` for as long as the store is open for writing.
//!
//! The second writer is told *the store in DIR is in use by process 4711*
//!
//! The operating system lets go of the lock when its process ends, however it ends; the file stays and means nothing by itself.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, Write as _};
use std::path::Path;

use crate::error::{Error, Result};

/// The name of the file that is locked.
const NAME: &str = "lock";

/// The right to write, given back when dropped.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing would do, were it not for a process that this one is just starting: it has the file, too, until it runs its program.
        if let Err(error) = self.0.unlock() {
            tracing::warn!("cannot unlock the store: {error}");
        }
    }
}

/// Takes the lock of a folder that exists.
pub(super) fn take(folder: &Path) -> Result<Lock> {
    let path = folder.join(NAME);
    let context = || format!("cannot lock {}", path.display());
    // Not emptied before it is ours: who has it is written there.
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = file.map_err(|error| Error::io(context(), error))?;
    match file.try_lock() {
        Ok(()) => {
            // Who has it is a courtesy to the next one; the lock holds without it. A disk that is full says so when it matters.
            if let Err(error) = sign(&mut file) {
                tracing::debug!("cannot write to {}: {error}", path.display());
            }
            Ok(Lock(file))
        }
        Err(TryLockError::WouldBlock) => {
            let pid = std::fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
            Err(Error::StoreLocked { folder: folder.to_path_buf(), pid })
        }
        Err(TryLockError::Error(error)) => Err(Error::io(context(), error)),
    }
}

fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}
