//! Lists in a file, a page at a time: written once, and read as far as somebody looks.
//!
//! `writer.list("entities", pages)?; writer.finish()?` → `Shelf::open(path)?.section("entities")?` gives the same list, and opening it reads
//! none of its pages
//!
//! Layout: a mark with the number of the format; pages, each as postcard packed with LZ4; the contents (where each page is, how many items it has
//! and its CRC-32); the place, length and CRC-32 of the contents. Read by position, not mapped into memory: a file that somebody cuts short
//! under a running program is an error then, not the end of the process. Must not know what lists hold.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The first bytes of a file; its last two are the number of the format.
const MARK: &[u8; 12] = b"maillage\r\n\x01\x00";
/// Place, length and checksum of the contents.
const TAIL: u64 = 8 + 8 + 4;

/// Where a page stands in its file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    offset: u64,
    bytes: u32,
    items: u32,
    crc: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Contents {
    lists: BTreeMap<String, Vec<Place>>,
    values: BTreeMap<String, Vec<u8>>,
}

/// Writes lists and single values to a new file.
#[derive(Debug)]
pub struct ShelfWriter {
    file: BufWriter<File>,
    at: u64,
    contents: Contents,
}

impl ShelfWriter {
    /// Begins a file; one that is there is emptied.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        file.write_all(MARK)?;
        Ok(Self { file, at: MARK.len() as u64, contents: Contents::default() })
    }

    /// Keeps a value, which is read when the file is opened.
    ///
    /// # Errors
    /// None but what its serialization says.
    pub fn value<T: Serialize>(&mut self, name: &str, value: &T) -> io::Result<()> {
        self.contents.values.insert(name.to_owned(), postcard::to_stdvec(value).map_err(io::Error::other)?);
        Ok(())
    }

    /// Keeps the next page of a list.
    pub(super) fn page<T: Serialize>(&mut self, list: &str, items: &[T]) -> io::Result<()> {
        let bytes = lz4_flex::compress_prepend_size(&postcard::to_stdvec(items).map_err(io::Error::other)?);
        self.bytes(list, &bytes, items.len())
    }

    fn bytes(&mut self, list: &str, bytes: &[u8], items: usize) -> io::Result<()> {
        let length = |length: usize| u32::try_from(length).map_err(|_| io::Error::other("a page is over 4 GB"));
        let place =
            Place { offset: self.at, bytes: length(bytes.len())?, items: length(items)?, crc: crc32fast::hash(bytes) };
        self.file.write_all(bytes)?;
        self.at += bytes.len() as u64;
        match self.contents.lists.get_mut(list) {
            Some(places) => places.push(place),
            None => drop(self.contents.lists.insert(list.to_owned(), vec![place])),
        }
        Ok(())
    }

    /// Writes the contents; without them the file is none.
    ///
    /// # Errors
    /// The file cannot be written to its end and onto the disk.
    pub fn finish(mut self) -> io::Result<()> {
        let contents = postcard::to_stdvec(&self.contents).map_err(io::Error::other)?;
        self.file.write_all(&contents)?;
        self.file.write_all(&self.at.to_le_bytes())?;
        self.file.write_all(&(contents.len() as u64).to_le_bytes())?;
        self.file.write_all(&crc32fast::hash(&contents).to_le_bytes())?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// A file of lists, opened.
#[derive(Debug)]
pub struct Shelf {
    file: Arc<File>,
    contents: Contents,
    meter: Meter,
}

/// A list in a file.
#[derive(Debug)]
pub(super) struct Section {
    file: Arc<File>,
    places: Arc<[Place]>,
    meter: Meter,
}

/// How much was read of lists in a file, in bytes as they are unpacked. Copies count together.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// How much was read.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl Shelf {
    /// Opens a file; reads its contents alone.
    ///
    /// # Errors
    /// It cannot be read, is no such file, is of another format, or its contents are damaged.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut mark = [0; MARK.len()];
        file.read_exact(&mut mark).map_err(|_| damaged("it is cut short"))?;
        if mark != *MARK {
            return Err(damaged("it is of another format"));
        }
        let end = file.seek(SeekFrom::End(0))?;
        let tail_at = end.checked_sub(TAIL).ok_or_else(|| damaged("it is cut short"))?;
        let tail: [u8; TAIL as usize] =
            read_at(&file, tail_at, TAIL as usize)?.try_into().map_err(|_| damaged("it is cut short"))?;
        let number = |at: usize| tail[at..at + 8].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let (offset, bytes) = (number(0), number(8));
        if offset.checked_add(bytes) != Some(tail_at) {
            return Err(damaged("its end is missing"));
        }
        let packed = read_at(&file, offset, usize::try_from(bytes).map_err(|_| damaged("it is too large"))?)?;
        if crc32fast::hash(&packed).to_le_bytes() != tail[16..] {
            return Err(damaged("its contents are damaged"));
        }
        let contents = postcard::from_bytes(&packed).map_err(|_| damaged("its contents are damaged"))?;
        Ok(Self { file: Arc::new(file), contents, meter: Meter::default() })
    }

    /// A value that was kept.
    ///
    /// # Errors
    /// There is none of that name and type.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> io::Result<T> {
        let bytes = self.contents.values.get(name).ok_or_else(|| damaged("a value is missing"))?;
        postcard::from_bytes(bytes).map_err(|_| damaged("a value is damaged"))
    }

    /// How many bytes its pages have.
    pub fn size(&self) -> u64 {
        self.contents.lists.values().flatten().map(|place| u64::from(place.bytes)).sum()
    }

    /// Reads all pages and compares their checksums. Calls `go_on` before each.
    ///
    /// # Errors
    /// A page cannot be read, or is not what was written.
    pub fn check(&self, mut go_on: impl FnMut() -> bool) -> io::Result<()> {
        for place in self.contents.lists.values().flatten() {
            if !go_on() {
                return Ok(());
            }
            bytes(&self.file, place)?;
        }
        Ok(())
    }

    /// A list that was kept; an empty one if none was.
    pub(super) fn section(&self, list: &str) -> Arc<Section> {
        let places = self.contents.lists.get(list).cloned().unwrap_or_default().into();
        Arc::new(Section { file: Arc::clone(&self.file), places, meter: self.meter.clone() })
    }

    /// Counts what is read of its lists.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }
}

impl Section {
    /// The same list, whose reading another meter counts.
    pub(super) fn metered(&self, meter: &Meter) -> Arc<Self> {
        Arc::new(Self { file: Arc::clone(&self.file), places: Arc::clone(&self.places), meter: meter.clone() })
    }

    /// How many items each page has.
    pub(super) fn pages(&self) -> impl Iterator<Item = usize> + use<'_> {
        self.places.iter().map(|place| place.items as usize)
    }

    /// The items of a page.
    pub(super) fn read<T: DeserializeOwned>(&self, page: usize) -> io::Result<Vec<T>> {
        let packed = bytes(&self.file, self.places.get(page).ok_or_else(|| damaged("a page is missing"))?)?;
        let unpacked = lz4_flex::decompress_size_prepended(&packed).map_err(|_| damaged("a page is damaged"))?;
        self.meter.0.fetch_add(unpacked.len() as u64, Ordering::Relaxed);
        postcard::from_bytes(&unpacked).map_err(|_| damaged("a page is damaged"))
    }

    /// Writes a page to another file as it is.
    pub(super) fn copy(&self, page: usize, list: &str, to: &mut ShelfWriter) -> io::Result<()> {
        let place = self.places.get(page).ok_or_else(|| damaged("a page is missing"))?;
        to.bytes(list, &bytes(&self.file, place)?, place.items as usize)
    }
}

fn bytes(file: &File, place: &Place) -> io::Result<Vec<u8>> {
    let bytes = read_at(file, place.offset, place.bytes as usize)?;
    if crc32fast::hash(&bytes) == place.crc { Ok(bytes) } else { Err(damaged("a page is damaged")) }
}

#[cfg(unix)]
fn read_at(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, offset)?;
    Ok(bytes)
}

#[cfg(windows)]
fn read_at(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut done = 0;
    while done < length {
        match std::os::windows::fs::FileExt::seek_read(file, &mut bytes[done..], offset + done as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => done += more,
        }
    }
    Ok(bytes)
}
