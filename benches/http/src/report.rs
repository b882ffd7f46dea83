//! The report of a run: to be written.
use std::path::Path;

use crate::Outcome;

pub fn report(_: &Path, _: &Path, _: &Path) -> Outcome<()> {
    Ok(())
}
