//! The records of a web archive: a head of names and values, and so many bytes of content.
//!
//! `WARC/1.0␍␊WARC-Type: response␍␊Content-Length: 2␍␊␍␊ab` → type *response*, content `ab`
//!
//! What is damaged is told once with its place, and the next record is looked for behind it. Heads and contents are bounded. Must not know what
//! contents mean.

use std::io::{self, BufRead, BufReader};

use super::super::read::LARGEST_FILE_BYTES;
use crate::file::{Packed, Place};

/// The longest head of a record, in bytes.
const LONGEST_HEAD_BYTES: usize = 64 << 10;

/// What every record begins with.
const BEGINNING: &[u8] = b"WARC/";

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) head: Head,
    /// Its content; none when it is larger than what is read.
    pub(super) body: Option<Vec<u8>>,
}

/// The head of a record, names in lower case.
#[derive(Debug, Default)]
pub(super) struct Head(Vec<(String, String)>);

impl Head {
    /// What stands under a name; the last one when it is there several times.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// What the record is.
    pub(super) fn kind(&self) -> &str {
        self.get("warc-type").unwrap_or_default()
    }

    /// Where its content comes from.
    pub(super) fn url(&self) -> Option<&str> {
        self.get("warc-target-uri").map(|url| url.trim_matches(['<', '>'])).filter(|url| !url.is_empty())
    }

    fn add(&mut self, line: &str) {
        match self.0.last_mut() {
            // A line that begins with a space goes on with the one before.
            Some((_, value)) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
}

/// A place where no record could be read, and why.
#[derive(Debug)]
pub(super) struct Damage {
    pub(super) place: Place,
    pub(super) reason: String,
    /// What reading the bytes said.
    pub(super) error: Option<io::Error>,
}

/// Why a record could not be read.
enum Trouble {
    /// Its bytes cannot be had.
    Bytes(io::Error),
    /// It is not written as a record is; what follows it may be.
    Form(String),
    /// It says that it is longer than what there is.
    Short(u64, u64),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Bytes(error)
    }
}

/// Reads records.
pub(super) struct Records {
    reader: BufReader<Packed>,
    /// What comes next belongs to something damaged that was told already.
    lost: bool,
}

impl Records {
    pub(super) fn new(reader: BufReader<Packed>) -> Self {
        Self { reader, lost: false }
    }

    /// The next record, or none at the end. The content of those that are not wanted is passed over, and is empty.
    ///
    /// # Errors
    /// What comes next is damaged, or cannot be read.
    pub(super) fn next(&mut self, wanted: &dyn Fn(&Head) -> bool) -> Result<Option<Record>, Damage> {
        loop {
            let place = match self.find() {
                Ok(Some((place, true))) => place,
                Ok(Some((place, false))) => {
                    return Err(Damage { place, reason: "is no record of a web archive".to_owned(), error: None });
                }
                Ok(None) => return Ok(None),
                Err(error) => match self.go_on(self.place(), error)? {
                    Some(damage) => return Err(damage),
                    None => continue,
                },
            };
            match self.record(place, wanted) {
                Ok(record) => return Ok(Some(record)),
                Err(trouble) => return Err(self.damaged(place, trouble)),
            }
        }
    }

    /// Finds where the next record begins, and takes its first line. What is none is told with its place, once.
    fn find(&mut self) -> io::Result<Option<(Place, bool)>> {
        loop {
            if !self.fill()? {
                return Ok(None);
            }
            let place = self.place();
            let (line, _) = self.line()?;
            if line.starts_with(BEGINNING) {
                self.lost = false;
                return Ok(Some((place, true)));
            }
            if !self.lost && !line.trim_ascii().is_empty() {
                self.lost = true;
                return Ok(Some((place, false)));
            }
        }
    }

    /// The rest of a record whose first line was taken.
    fn record(&mut self, place: Place, wanted: &dyn Fn(&Head) -> bool) -> Result<Record, Trouble> {
        let head = self.head()?;
        let length = head.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| Trouble::Form("does not say how long it is".to_owned()))?;
        let (keep, fits) = (wanted(&head), length <= LARGEST_FILE_BYTES);
        let body = self.body(length, keep && fits)?;
        self.end()?;
        Ok(Record { place, head, body: (fits || !keep).then_some(body) })
    }

    fn head(&mut self) -> Result<Head, Trouble> {
        let (mut head, mut bytes) = (Head::default(), 0);
        loop {
            let (line, taken) = self.line()?;
            bytes += taken;
            if taken == 0 {
                return Err(Trouble::Form("ends in its head".to_owned()));
            }
            if bytes > LONGEST_HEAD_BYTES {
                return Err(Trouble::Form(format!("has a head of more than {} KiB", LONGEST_HEAD_BYTES >> 10)));
            }
            if line.trim_ascii().is_empty() {
                return Ok(head);
            }
            head.add(&String::from_utf8_lossy(&line));
        }
    }

    fn body(&mut self, length: u64, keep: bool) -> Result<Vec<u8>, Trouble> {
        let (mut bytes, mut left) = (Vec::new(), length);
        while left > 0 {
            let there = self.reader.fill_buf()?;
            if there.is_empty() {
                if self.next_member()? && !self.begins() {
                    continue;
                }
                return Err(Trouble::Short(length - left, length));
            }
            let part = there.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if keep {
                bytes.extend_from_slice(&there[..part]);
            }
            self.reader.consume(part);
            left -= part as u64;
        }
        Ok(bytes)
    }

    /// Takes the blank lines behind a record. Where a member ends with it, its checksum has been compared then; where it does not end,
    /// its length or its content is wrong.
    fn end(&mut self) -> Result<(), Trouble> {
        let mut ended = false;
        loop {
            let there = self.reader.fill_buf()?;
            let blank = there.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let (ends, more) = (there.is_empty(), blank == there.len());
            self.reader.consume(blank);
            // Damage in what is packed may look like another thing behind a blank line; elsewhere it is another thing.
            ended |= blank > 0 && self.is_plain();
            if ends || !more && (ended || self.begins()) {
                return Ok(());
            }
            if !more {
                return Err(Trouble::Form("does not end where it says that it ends".to_owned()));
            }
        }
    }

    /// Says what is damaged, and goes where the next record may begin.
    fn damaged(&mut self, place: Place, trouble: Trouble) -> Damage {
        self.lost = true;
        match trouble {
            Trouble::Form(reason) => Damage { place, reason, error: None },
            Trouble::Short(there, length) => {
                let reason = format!("ends after {there} of {length} bytes");
                // Where nothing is packed, records may lie in what this one has claimed.
                let swallowed = self.reader.buffer().is_empty() && self.is_plain();
                let error = if swallowed { self.leap(place).err() } else { None };
                Damage { place, reason, error }
            }
            Trouble::Bytes(error) => match self.go_on(self.place(), error) {
                Ok(Some(damage)) => Damage { place, ..damage },
                Ok(None) => Damage { place, reason: "is damaged".to_owned(), error: None },
                Err(damage) => damage,
            },
        }
    }

    /// Goes on behind damaged bytes; what to tell of them, unless that was told already.
    fn go_on(&mut self, place: Place, error: io::Error) -> Result<Option<Damage>, Damage> {
        if !crate::file::is_broken(&error) {
            return Err(Damage { place, reason: "cannot be read".to_owned(), error: Some(error) });
        }
        let told = std::mem::replace(&mut self.lost, true);
        match self.leap(place) {
            Ok(()) if told => Ok(None),
            Ok(()) => Ok(Some(Damage { place, reason: "is damaged".to_owned(), error: Some(error) })),
            Err(error) => Err(Damage { place, reason: "cannot be read".to_owned(), error: Some(error) }),
        }
    }

    /// Leaves what was read ahead, and begins behind a damaged place.
    fn leap(&mut self, damaged: Place) -> io::Result<()> {
        let ahead = self.reader.buffer().len();
        self.reader.consume(ahead);
        self.reader.get_mut().go_on(damaged).map(drop)
    }

    fn is_plain(&self) -> bool {
        !self.reader.get_ref().place().is_packed()
    }

    fn place(&self) -> Place {
        self.reader.get_ref().place().before(self.reader.buffer().len())
    }

    fn next_member(&mut self) -> io::Result<bool> {
        self.reader.get_mut().next_member()
    }

    /// Whether what was read ahead is the beginning of a record.
    fn begins(&mut self) -> bool {
        let head = self.reader.fill_buf().unwrap_or_default();
        let length = head.len().min(BEGINNING.len());
        length > 0 && head[..length] == BEGINNING[..length]
    }

    /// Whether anything comes, in this member or in another.
    fn fill(&mut self) -> io::Result<bool> {
        while self.reader.fill_buf()?.is_empty() {
            if !self.next_member()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The next line with its end, as much of it as a head may have; and how many bytes were taken.
    fn line(&mut self) -> io::Result<(Vec<u8>, usize)> {
        let (mut line, mut taken) = (Vec::new(), 0);
        while self.fill()? {
            let there = self.reader.buffer();
            let end = there.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let part = end.unwrap_or(there.len());
            let room = LONGEST_HEAD_BYTES.saturating_sub(line.len()).min(part);
            line.extend_from_slice(&there[..room]);
            self.reader.consume(part);
            taken += part;
            if end.is_some() {
                break;
            }
        }
        Ok((line, taken))
    }
}
