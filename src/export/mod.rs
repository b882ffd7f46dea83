//! Formats for what was found, one per file.
//!
//! `record(&document, &entities, &relations)` → the extraction record of one document
//!
//! Must not choose paths.

mod record;

pub use record::record;
