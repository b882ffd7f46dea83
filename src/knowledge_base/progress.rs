//! How far long work is: opening a store, taking documents in.
//!
//! two of four files of 1 MB read, a third to its middle → `Advance { inputs: 2, of_inputs: 4, bytes: 2_500_000, of_bytes: 4_000_000, … }`
//!
//! Files are of any size, and one of them may hold all documents: how much is left is told by bytes. Must not know a clock.

use std::fs;

use crate::corpus::{Input, InputKind};
use crate::model::Document;

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Documents of a store that were read, of how many.
    Opening(usize, usize),
    /// Documents of a store that were put into a snapshot in a file, of how many.
    Keeping(usize, usize),
    /// Whatever a store holds has been read, and so many documents are made one graph.
    Joining(usize),
    /// What was read and is in.
    Reading(Advance),
    /// Lines that were imported, and how many bytes of how many were read; of standard input nobody knows how many there are.
    Importing(usize, u64, u64),
}

/// How much was read, of how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Advance {
    /// Inputs that were read to their end.
    pub inputs: usize,
    /// How many there are.
    pub of_inputs: usize,
    /// Documents that were read.
    pub documents: usize,
    /// Bytes that were read, about; those of standard input do not count.
    pub bytes: u64,
    /// How many bytes there are.
    pub of_bytes: u64,
}

/// How far taking documents in is, as others see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IngestStatus {
    /// Whether it is under way.
    pub running: bool,
    /// Inputs that were worked on.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// Documents that came in since it began.
    pub added: usize,
}

/// The way through some inputs.
pub(super) struct Way {
    pub(super) advance: Advance,
    /// How large each input is, and how many bytes those before the one that is being read have.
    sizes: Vec<u64>,
    before: u64,
}

impl Way {
    pub(super) fn through(inputs: &[Input]) -> Self {
        let size = |input: &Input| match input.kind {
            InputKind::StandardInput => 0,
            _ => fs::metadata(&input.path).map_or(0, |found| found.len()),
        };
        let sizes: Vec<u64> = inputs.iter().map(size).collect();
        let advance = Advance { of_inputs: inputs.len(), of_bytes: sizes.iter().sum(), ..Advance::default() };
        Self { advance, sizes, before: 0 }
    }

    /// A document was read. Its text is about as long as what it was read from.
    pub(super) fn document(&mut self, document: &Document) {
        self.advance.documents += 1;
        let most = self.before + self.size();
        self.advance.bytes = most.min(self.advance.bytes + document.text.len() as u64);
    }

    /// An input was read to its end.
    pub(super) fn ended(&mut self) {
        self.before += self.size();
        self.advance.bytes = self.before;
        self.advance.inputs += 1;
    }

    fn size(&self) -> u64 {
        self.sizes.get(self.advance.inputs).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{find, read};

    #[test]
    fn bytes_tell_how_much_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = |id: usize| format!("{{\"id\": {id}, \"text\": \"Un texte.\"}}\n");
        let lines: String = (0..4).map(line).collect();
        std::fs::write(folder.path().join("a.jsonl"), &lines).expect("a file");
        std::fs::write(folder.path().join("b.txt"), "Un autre texte, tout aussi court.").expect("a file");
        let inputs = find(&[folder.path().to_path_buf()]).inputs;
        let mut way = Way::through(&inputs);
        assert_eq!((way.advance.of_inputs, way.advance.of_bytes), (2, lines.len() as u64 + 33));
        let mut seen = Vec::new();
        for input in &inputs {
            for reading in read(input) {
                way.document(&reading.expect("a document").document);
                seen.push((way.advance.documents, way.advance.bytes));
            }
            way.ended();
        }
        assert!(seen.is_sorted() && seen[0].1 > 0 && seen[3].1 <= lines.len() as u64, "{seen:?}");
        assert_eq!((seen[4].0, way.advance.inputs, way.advance.bytes), (5, 2, way.advance.of_bytes));
    }
}
