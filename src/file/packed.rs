//! Bytes as they were before they were packed: gzip and zstd, member by member, or as they lie there.
//!
//! `a.warc.gz` → the bytes of its first member, then `next_member()` and those of the second, …; one is damaged → `go_on(place)` → those of the
//! next that is whole
//!
//! What is packed is told by its first bytes, not by a name. Memory is bounded by the windows of the formats. Must not know what the bytes mean.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::GzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::window::{Origin, Window};

/// How far a zstd frame may look back, as a power of two: 64 MiB, which is what it keeps in memory. Larger windows are refused.
const LARGEST_WINDOW_LOG: u32 = 26;

/// The largest dictionary at the head of a zstd file, in bytes, as it lies there and unpacked.
const LARGEST_DICTIONARY_BYTES: u64 = 16 << 20;

/// How often one file is gone back in, to look for what is whole behind what is damaged. Past that, what damaged members have
/// swallowed is lost, and no file can make reading take more than a multiple of its length.
const MOST_RETURNS: usize = 1_000;

const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A frame that is passed over has this behind a byte from 0x50 to 0x5f; a dictionary has 0x5d.
const SKIPPED: &[u8] = &[0x2a, 0x4d, 0x18];
const DICTIONARY: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Not,
    Gzip,
    Zstd,
}

/// A place in a file: where in it a member begins, and how far behind that, unpacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Bytes from the beginning of the file; 0 when nothing is packed.
    pub member: u64,
    /// Bytes of what the member unpacks to.
    pub inside: u64,
    packed: bool,
}

impl Place {
    /// Whether what lies there is packed.
    pub fn is_packed(self) -> bool {
        self.packed
    }

    /// The place so many bytes before, in the same member.
    #[must_use]
    pub fn before(self, bytes: usize) -> Self {
        Self { inside: self.inside.saturating_sub(bytes as u64), ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { packed: false, inside, .. } => write!(f, "byte {inside}"),
            Self { member, inside: 0, .. } => write!(f, "byte {member}"),
            Self { member, inside, .. } => write!(f, "byte {member}, {inside} bytes into what is packed there"),
        }
    }
}

/// Whether an error says that bytes are damaged; any other says that they cannot be had.
pub fn is_broken(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.kind() != io::ErrorKind::Unsupported
}

enum State {
    /// Not packed, or between two members.
    Open(Window),
    Gzip(Box<GzDecoder<Window>>),
    Zstd(Box<ZstdDecoder<'static, Window>>),
    /// For the moment in which one becomes another.
    Nothing,
}

/// Bytes that may be packed. Reading ends at the end of a member, and goes on in the next one after [`Packed::next_member`].
pub struct Packed {
    state: State,
    packing: Packing,
    dictionary: Vec<u8>,
    place: Place,
    returns: usize,
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packed").field("packing", &self.packing).field("place", &self.place).finish_non_exhaustive()
    }
}

impl Packed {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened or read, or is no file; its dictionary is damaged.
    pub fn open(path: &Path) -> io::Result<Self> {
        // Nothing is opened that could block: what was a file when it was found may be a pipe by now.
        if !path.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "it is no file"));
        }
        Self::of(Origin::File(File::open(path)?))
    }

    /// Takes a stream, which cannot be gone back in.
    ///
    /// # Errors
    /// As for [`Packed::open`].
    pub fn stream(stream: impl Read + Send + 'static) -> io::Result<Self> {
        Self::of(Origin::Stream(Box::new(stream)))
    }

    fn of(origin: Origin) -> io::Result<Self> {
        let mut window = Window::new(origin);
        let head = window.peek(4)?;
        let packing = match head {
            head if head.starts_with(GZIP) => Packing::Gzip,
            head if head == ZSTD || begins_skipped(head) => Packing::Zstd,
            _ => Packing::Not,
        };
        let dictionary = if head == DICTIONARY { dictionary(&mut window)? } else { Vec::new() };
        let place = Place { packed: packing != Packing::Not, ..Place::default() };
        let mut packed = Self { state: State::Open(window), packing, dictionary, place, returns: 0 };
        if packed.place.packed {
            // A damaged beginning is told to whoever reads: something may be whole behind it.
            packed.next_member().or_else(|error| if is_broken(&error) { Ok(false) } else { Err(error) })?;
        }
        Ok(packed)
    }

    /// Where the next byte lies.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Goes on to the next member, past what is left of this one; whether there is one.
    ///
    /// # Errors
    /// What is left of this one is damaged, or no member follows where one should.
    pub fn next_member(&mut self) -> io::Result<bool> {
        while !matches!(self.state, State::Open(_)) && io::copy(&mut self.by_ref().take(1 << 30), &mut io::sink())? > 0
        {
        }
        if self.packing == Packing::Not {
            return Ok(false);
        }
        let mut window = self.closed();
        if self.packing == Packing::Gzip {
            // Some programs fill up their last block.
            while window.peek(1)? == [0] {
                window.consume(1);
            }
        }
        self.begin(window)
    }

    /// Goes on behind a place where something is damaged, where the next member begins; whether there is one. Of what is not
    /// packed, where the next byte lies.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn go_on(&mut self, damaged: Place) -> io::Result<bool> {
        let mut window = self.closed();
        self.returns += 1;
        let packed = damaged.packed;
        let behind = if packed { damaged.member + 1 } else { damaged.inside + 1 };
        if self.returns <= MOST_RETURNS {
            window.go_to(behind)?;
        }
        if !packed {
            self.place.inside = window.at();
            let more = !window.peek(1)?.is_empty();
            self.state = State::Open(window);
            return Ok(more);
        }
        loop {
            let head = window.peek(4)?;
            if head.is_empty() {
                self.state = State::Open(window);
                return Ok(false);
            }
            if self.begins(head) {
                return self.begin(window);
            }
            let first = if self.packing == Packing::Gzip { GZIP[0] } else { ZSTD[0] };
            let rest = &window.fill_buf()?[1..];
            let step = 1 + rest.iter().position(|byte| *byte == first).unwrap_or(rest.len());
            window.consume(step);
        }
    }

    /// Whether a member begins so. Bits that gzip keeps for later tell a beginning from what only looks like one.
    fn begins(&self, head: &[u8]) -> bool {
        match self.packing {
            Packing::Gzip => head.starts_with(GZIP) && head.get(3).is_some_and(|flags| flags & 0xe0 == 0),
            Packing::Zstd => head == ZSTD || begins_skipped(head),
            Packing::Not => false,
        }
    }

    /// Begins a member; whether there is one.
    fn begin(&mut self, mut window: Window) -> io::Result<bool> {
        self.place = Place { member: window.at(), inside: 0, packed: true };
        let head = window.peek(4)?;
        let (ends, fits) = (head.is_empty(), self.begins(head));
        if ends || !fits {
            self.state = State::Open(window);
            let strange =
                || io::Error::new(io::ErrorKind::InvalidData, "what follows is not packed as what comes before");
            return if ends { Ok(false) } else { Err(strange()) };
        }
        self.state = match self.packing {
            Packing::Gzip => State::Gzip(Box::new(GzDecoder::new(window))),
            _ => {
                let mut decoder = ZstdDecoder::with_dictionary(window, &self.dictionary)?.single_frame();
                decoder.window_log_max(LARGEST_WINDOW_LOG)?;
                State::Zstd(Box::new(decoder))
            }
        };
        Ok(true)
    }

    /// The bytes as they lie there, with no member open.
    fn closed(&mut self) -> Window {
        match std::mem::replace(&mut self.state, State::Nothing) {
            State::Open(window) => window,
            State::Gzip(decoder) => decoder.into_inner(),
            State::Zstd(decoder) => decoder.finish(),
            State::Nothing => Window::new(Origin::Stream(Box::new(io::empty()))),
        }
    }
}

impl Read for Packed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.state {
            State::Open(window) if self.packing == Packing::Not => window.read(into)?,
            State::Open(_) | State::Nothing => 0,
            State::Gzip(decoder) => decoder.read(into)?,
            State::Zstd(decoder) => decoder.read(into)?,
        };
        self.place.inside += read as u64;
        if read == 0 && self.packing != Packing::Not {
            self.state = State::Open(self.closed());
        }
        Ok(read)
    }
}

/// All members one behind the other, as one stream.
#[derive(Debug)]
pub struct Joined(BufReader<Packed>);

impl Joined {
    /// Joins what is left of the present member and all behind it.
    pub fn new(reader: BufReader<Packed>) -> Self {
        Self(reader)
    }
}

impl Read for Joined {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let read = there.len().min(into.len());
        into[..read].copy_from_slice(&there[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Joined {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.0.fill_buf()?.is_empty() && self.0.get_mut().next_member()? {}
        Ok(self.0.buffer())
    }

    fn consume(&mut self, bytes: usize) {
        self.0.consume(bytes);
    }
}

fn begins_skipped(head: &[u8]) -> bool {
    head.len() == 4 && head[0] & 0xf0 == 0x50 && &head[1..] == SKIPPED
}

/// The dictionary in the frame that begins here, which may be packed itself.
fn dictionary(window: &mut Window) -> io::Result<Vec<u8>> {
    let length = match window.peek(8)? {
        [_, _, _, _, length @ ..] if length.len() == 4 => {
            length.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        }
        _ => return Err(io::ErrorKind::UnexpectedEof.into()),
    };
    let large = || io::Error::other(format!("its dictionary is larger than {} MiB", LARGEST_DICTIONARY_BYTES >> 20));
    if length > LARGEST_DICTIONARY_BYTES {
        return Err(large());
    }
    window.consume(8);
    let mut bytes = Vec::new();
    window.take(length).read_to_end(&mut bytes)?;
    if bytes.starts_with(ZSTD) {
        let mut decoder = ZstdDecoder::with_buffer(bytes.as_slice())?;
        decoder.window_log_max(LARGEST_WINDOW_LOG)?;
        let mut unpacked = Vec::new();
        decoder.take(LARGEST_DICTIONARY_BYTES + 1).read_to_end(&mut unpacked)?;
        if unpacked.len() as u64 > LARGEST_DICTIONARY_BYTES {
            return Err(large());
        }
        bytes = unpacked;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// With a checksum, without which what is cut short may be taken for something else.
    fn zstd(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 3).expect("an encoder");
        encoder.include_checksum(true).expect("memory");
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn in_file(bytes: &[u8]) -> Packed {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("a file");
        std::io::Seek::rewind(&mut file).expect("a file");
        Packed::of(Origin::File(file)).expect("readable")
    }

    /// What each member unpacks to, with where it lies; a damaged one is passed over.
    fn members(mut packed: Packed) -> Vec<(u64, Result<String, ()>)> {
        let mut members = Vec::new();
        loop {
            let (mut bytes, place) = (Vec::new(), packed.place());
            let read = packed.read_to_end(&mut bytes).map(drop);
            members.push((place.member, read.map(|()| String::from_utf8(bytes).expect("text")).map_err(drop)));
            let more = match members.last() {
                Some((_, Err(()))) => packed.go_on(place),
                _ => packed.next_member(),
            };
            if !more.expect("readable") {
                return members;
            }
        }
    }

    #[test]
    fn members_come_one_by_one_and_joined_they_are_what_was_packed() {
        for pack in [gzip, zstd] {
            let (one, two) = (pack(b"one"), pack(&b"two".repeat(100_000)));
            let all = [&one[..], &two, &pack(b"")].concat();
            let ok = |at: usize, text: &str| (at as u64, Ok(text.to_owned()));
            let expected = [ok(0, "one"), ok(one.len(), &"two".repeat(100_000)), ok(one.len() + two.len(), "")];
            assert_eq!(members(in_file(&all)), expected);
            assert_eq!(members(Packed::stream(std::io::Cursor::new(all.clone())).expect("readable")), expected);
            let mut joined = String::new();
            Joined::new(BufReader::with_capacity(7, in_file(&all))).read_to_string(&mut joined).expect("readable");
            assert_eq!(joined, "one".to_owned() + &"two".repeat(100_000));
        }
        assert_eq!(members(in_file(b"plain")), [(0, Ok("plain".to_owned()))]);
        assert_eq!(members(in_file(b"")), [(0, Ok(String::new()))]);
        assert_eq!(members(in_file(&[gzip(b"one"), vec![0; 40]].concat())).len(), 1, "filled up with zeros");
    }

    #[test]
    fn behind_a_damaged_member_the_next_one_is_found() {
        for pack in [gzip, zstd] {
            let (one, two) = (pack(b"one"), pack(b"two"));
            let cut = &one[..one.len() - 3];
            let all = [&one[..], cut, &two, &one].concat();
            let at = |count: usize| (count * one.len()) as u64;
            let found = members(in_file(&all));
            let after = at(2) - 3;
            let expected = [
                (0, Ok("one".to_owned())),
                (at(1), Err(())),
                (after, Ok("two".to_owned())),
                (after + two.len() as u64, Ok("one".to_owned())),
            ];
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_dictionary_at_the_head_is_used() {
        let content = b"WARC/1.0 WARC-Type: response Content-Length: WARC-Target-URI: https://".repeat(4);
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, &content).expect("an encoder");
        encoder.write_all(b"WARC/1.0 WARC-Type: response and more").expect("memory");
        let frame = encoder.finish().expect("memory");
        for dictionary in [content.clone(), zstd(&content)] {
            let length = u32::try_from(dictionary.len()).expect("short").to_le_bytes();
            let all = [DICTIONARY, &length, &dictionary, &frame].concat();
            let found = members(in_file(&all));
            assert_eq!(found[0].1.as_deref(), Ok("WARC/1.0 WARC-Type: response and more"));
        }
    }
}
