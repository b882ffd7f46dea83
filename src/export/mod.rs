//! What leaves the program, one format per file.
//!
//! Must not choose paths.

mod record;

pub use record::record;
