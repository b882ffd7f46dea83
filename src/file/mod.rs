//! What lies in files, whatever they hold: bytes that are packed or not, rows of Parquet.
//!
//! `a.warc.gz` → its bytes, member by member, and what is behind a damaged one · `a.parquet` → its rows, one at a time
//!
//! Memory is bounded by what is unpacked at once, never by the file. Bytes that are no such file are an error in words, never a panic.
//! Must not know what bytes and rows mean.

mod hash;
mod packed;
mod rows;
mod window;

pub use hash::digest;
pub use packed::{Joined, Packed, Place, is_broken};
pub use rows::{Cell, Row, Rows, is_parquet};
