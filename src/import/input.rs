//! The lines of a data file: packed or not, from a file, rows of Parquet or standard input, one at a time.
//!
//! `\u{feff}a\r\n\nb` → *1: a*, *2: (blank)*, *3: b*
//!
//! A line that is too long, or not UTF-8, is told by its number; its bytes are passed over and never kept. Must not know what lines say.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::rows::{self, RowLines};
use crate::file::{Joined, Packed, digest};

/// The longest line that is read. Lines are kept in documents of about this length, and no line is cut.
pub const LONGEST_LINE_BYTES: usize = 64 << 10;

/// A line without its end, or what is wrong with it.
pub(super) type Line<'l> = Result<&'l str, String>;

/// A data file that is read line by line.
pub(super) struct Input {
    pub(super) reader: Box<dyn BufRead + Send>,
    /// Bytes of the file that were read.
    read: Arc<AtomicU64>,
    line: Vec<u8>,
    number: usize,
    /// SHA-256 of the whole file; none for standard input.
    pub(super) digest: Option<Arc<str>>,
    /// The name that people know it by.
    pub(super) name: Arc<str>,
}

impl Input {
    /// Opens a file, or standard input for `-`. A file is read once for its digest before its lines are.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let read = Arc::<AtomicU64>::default();
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        if path.as_os_str() == "-" {
            let reader = Counted { reader: io::stdin(), read: Arc::clone(&read) };
            return Self::unpacked(reader, read, None, "standard input".into());
        }
        if let Some(files) = rows::files(path)? {
            let digest = Some(digest(&files)?);
            let lines = RowLines::of(files, Arc::clone(&read));
            let reader = Box::new(BufReader::with_capacity(1 << 18, lines));
            return Ok(Self { reader, read, line: Vec::new(), number: 0, digest, name: name.into() });
        }
        if !path.metadata()?.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let digest = digest(&[path])?;
        let counted = Counted { reader: File::open(path)?, read: Arc::clone(&read) };
        Self::unpacked(counted, read, Some(digest), name.into())
    }

    fn unpacked(
        reader: impl Read + Send + 'static,
        read: Arc<AtomicU64>,
        digest: Option<Arc<str>>,
        name: Arc<str>,
    ) -> io::Result<Self> {
        let packed = Packed::stream(reader)?;
        let reader = Box::new(Joined::new(BufReader::with_capacity(1 << 18, packed)));
        Ok(Self { reader, read, line: Vec::new(), number: 0, digest, name })
    }

    /// How many bytes of the file were read so far.
    pub(super) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Counts the bytes of the file that were read, for as long as it is read.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// The next line with its number, from 1 on.
    pub(super) fn next(&mut self) -> io::Result<Option<(usize, Line<'_>)>> {
        self.line.clear();
        let most = LONGEST_LINE_BYTES as u64 + 2;
        if (&mut self.reader).take(most).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > LONGEST_LINE_BYTES {
            self.reader.skip_until(b'\n')?;
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        let bytes =
            if self.number == 1 { self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line) } else { &self.line };
        let line = match std::str::from_utf8(bytes) {
            _ if bytes.len() > LONGEST_LINE_BYTES => {
                Err(format!("is longer than {} KiB; no entity or relation needs that much", LONGEST_LINE_BYTES >> 10))
            }
            Err(error) => {
                Err(format!("is not UTF-8 (byte {} of the line); save the file as UTF-8", error.valid_up_to() + 1))
            }
            Ok(text) if text.contains('\0') => Err("has a zero byte; save the file as UTF-8 text".to_owned()),
            Ok(text) => Ok(text),
        };
        Ok(Some((self.number, line)))
    }
}

/// How many bytes a data file has, or the files of a folder; 0 where nobody knows.
pub fn bytes_of(path: &Path) -> u64 {
    let files = rows::files(path).ok().flatten().unwrap_or_else(|| vec![path.to_path_buf()]);
    files.iter().filter_map(|path| Some(path.metadata().ok()?.len())).sum()
}

/// Counts what is read, beneath what unpacks it.
struct Counted<R> {
    reader: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(usize, Result<String, String>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.jsonl");
        std::fs::write(&path, bytes).expect("a file");
        let mut input = Input::open(&path).expect("a file");
        let mut lines = Vec::new();
        while let Some((number, line)) = input.next().expect("readable") {
            lines.push((number, line.map(str::to_owned)));
        }
        assert_eq!(input.read(), bytes.len() as u64);
        lines
    }

    #[test]
    fn ends_of_lines_and_marks_are_no_part_of_lines() {
        let line = |number, text: &str| (number, Ok(text.to_owned()));
        assert_eq!(lines(b"\xef\xbb\xbfa\r\n\nb"), [line(1, "a"), line(2, ""), line(3, "b")]);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_line_as_long_as_can_be_is_read_and_a_longer_one_is_passed_over() {
        let longest = "x".repeat(LONGEST_LINE_BYTES);
        let found = lines(format!("{longest}\r\n{longest}y\n{longest}{longest}{longest}\nz").as_bytes());
        let fits: Vec<_> = found.iter().map(|(number, line)| (*number, line.is_ok())).collect();
        assert_eq!(fits, [(1, true), (2, false), (3, false), (4, true)]);
    }

    #[test]
    fn what_is_no_text_is_told_by_its_place() {
        let found = lines(b"ok\nno\xff\nno\0\nok");
        let wrong = |at: usize| found[at].1.clone().expect_err("a reason");
        assert!(wrong(1).contains("byte 3") && wrong(2).contains("zero byte"), "{found:?}");
        assert_eq!(found[3], (4, Ok("ok".to_owned())));
    }
}
