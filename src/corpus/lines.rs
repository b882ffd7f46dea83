//! The lines of a stream, one at a time, with the ids of the documents in them.
//!
//! `a\r\n\nb` → *1: a*, *2: (blank)*, *3: b*
//!
//! A line that is too long is passed over: its bytes are counted and digested, never kept, so that memory is bounded by the longest line
//! that is read. Must not know what a line says.

use std::io::{self, BufRead};

use crate::model::{DocumentDigest, DocumentId};

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// The id of the document that it is, from all of its bytes.
    pub id: DocumentId,
    /// Its bytes; none when it is longer than what is read.
    pub bytes: Option<Vec<u8>>,
}

/// Reads lines.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    longest_bytes: usize,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// Lines of a stream; those of more than so many bytes are passed over.
    pub fn new(reader: R, longest_bytes: usize) -> Self {
        Self { reader, longest_bytes, number: 0 }
    }

    /// The next line, or none at the end.
    ///
    /// # Errors
    /// The stream cannot be read; what was read of a line is lost.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let (mut parts, mut any) = (Parts::default(), false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            parts.add(part, self.longest_bytes);
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        let Parts { digest, bytes, long, .. } = parts;
        Ok(Some(Line { number: self.number, id: digest.id(), bytes: (!long).then_some(bytes) }))
    }
}

/// A line of which some parts are there.
#[derive(Default)]
struct Parts {
    digest: DocumentDigest,
    bytes: Vec<u8>,
    long: bool,
    /// How many returns stood last: they belong to the end of the line unless something follows them.
    returns: usize,
}

impl Parts {
    fn add(&mut self, part: &[u8], longest_bytes: usize) {
        let returns = part.iter().rev().take_while(|byte| **byte == b'\r').count();
        let text = &part[..part.len() - returns];
        if text.is_empty() {
            self.returns += returns;
            return;
        }
        let before = vec![b'\r'; std::mem::replace(&mut self.returns, returns)];
        self.long |= self.bytes.len() + before.len() + text.len() > longest_bytes;
        if self.long {
            self.bytes = Vec::new();
        }
        for piece in [&before, text] {
            self.digest.add(piece);
            if !self.long {
                self.bytes.extend_from_slice(piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn read(bytes: &[u8], longest: usize, buffer: usize) -> Vec<Line> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, bytes), longest);
        std::iter::from_fn(|| lines.next_line().expect("readable")).collect()
    }

    #[test]
    fn lines_are_the_same_however_they_arrive() {
        let bytes = b"a\r\n\nb\rc\r\r\n12345\n123456\r\n\r\nlast";
        for buffer in 1..12 {
            let lines = read(bytes, 5, buffer);
            let texts: Vec<_> = lines.iter().map(|line| line.bytes.as_deref()).collect();
            let expected = ["a", "", "b\rc", "12345", "(too long)", "", "last"];
            let expected = expected.map(|text| (text != "(too long)").then_some(text.as_bytes()));
            assert_eq!(texts, expected, "{buffer}");
            assert!(lines.iter().map(|line| line.number).eq(1..=7));
            let ids = lines.iter().zip(["a", "", "b\rc", "12345", "123456", "", "last"]);
            ids.for_each(|(line, text)| assert_eq!(line.id, DocumentId::of_bytes(text.as_bytes())));
        }
        assert_eq!(read(b"", 5, 8), []);
    }
}
