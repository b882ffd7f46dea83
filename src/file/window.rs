//! The bytes of a file or a stream as they lie there, of which some can be looked at before they are taken.
//!
//! at 0 of `WARC/1.0…`: `peek(5)` → `WARC/`, and `at()` is 0 still
//!
//! A file can be gone back in, a stream cannot. Must not know what bytes mean.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// How much is read at once.
const BYTES: usize = 1 << 17;

/// Where bytes come from.
pub(super) enum Origin {
    File(File),
    Stream(Box<dyn Read + Send>),
}

/// Bytes with their places.
pub(super) struct Window {
    origin: Origin,
    buffer: Vec<u8>,
    /// What of the buffer is there and was not taken.
    start: usize,
    end: usize,
    /// Where in the file the buffer's start lies.
    at: u64,
}

impl Window {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, buffer: vec![0; BYTES], start: 0, end: 0, at: 0 }
    }

    /// The place of the next byte, in bytes from the beginning.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// The next bytes, as many as asked for unless it ends before; at most a few kilobytes may be asked for.
    pub(super) fn peek(&mut self, bytes: usize) -> io::Result<&[u8]> {
        if self.end - self.start < bytes {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            while self.end < bytes {
                match self.more()? {
                    0 => break,
                    read => self.end += read,
                }
            }
        }
        Ok(&self.buffer[self.start..self.end.min(self.start + bytes)])
    }

    /// Goes back, or on, to a place; whether that can be done here.
    pub(super) fn go_to(&mut self, place: u64) -> io::Result<bool> {
        match &mut self.origin {
            Origin::Stream(_) => Ok(false),
            Origin::File(file) => {
                file.seek(SeekFrom::Start(place))?;
                (self.start, self.end, self.at) = (0, 0, place);
                Ok(true)
            }
        }
    }

    fn more(&mut self) -> io::Result<usize> {
        let room = &mut self.buffer[self.end..];
        loop {
            let read = match &mut self.origin {
                Origin::File(file) => file.read(room),
                Origin::Stream(stream) => stream.read(room),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl Read for Window {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let read = there.len().min(into.len());
        into[..read].copy_from_slice(&there[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Window {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.end = self.more()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, bytes: usize) {
        let bytes = bytes.min(self.end - self.start);
        self.start += bytes;
        self.at += bytes as u64;
    }
}
