//! How much is worked on at once.
//!
//! 256 short documents, or one of 16 MiB → full
//!
//! Large enough that all cores have something to do, small enough for memory, and for whoever waits for what is under way to end.

use crate::model::Document;

/// The most documents, and the most text in bytes, of a batch; the last one may go beyond it.
const DOCUMENTS: usize = 256;
const BYTES: usize = 16 << 20;

/// How much is in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    documents: usize,
    bytes: usize,
}

impl Batch {
    /// Counts a document that goes into it.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        self.bytes += document.text.len();
    }

    /// Whether it should be worked on before more is read.
    pub fn is_full(&self) -> bool {
        self.documents >= DOCUMENTS || self.bytes >= BYTES
    }
}
