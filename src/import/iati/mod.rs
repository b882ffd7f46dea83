//! Activities of the IATI standard, version 2: each a document whose text is its very XML, and a project with who pays for it, who carries it
//! out, where it works and what it is part of.
//!
//! `<iati-activities version="2.03"><iati-activity>…` → a contribution for each activity; what is wrong with one → its line and the reason
//!
//! A file is read twice, in memory that does not grow with what it says: first for who stands in it, then for what they do; standard input
//! only once, each activity for itself. Ids are those of the standard and mean the same everywhere. Must not know a store.

mod activity;
mod aim;
mod bodies;
mod body;
mod codes;
mod markup;
mod payment;
mod scene;
mod tree;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use super::input::Input;
use super::kinds::Ends;
use super::known::{Ids, Known};
use super::{Files, Item, Reject, Side, VERSION};
use crate::error::{Error, Result};
use crate::model::{Annotations, Contribution, Document, DocumentId, ElementPlace, EntityKind, Language, Lines};
use crate::ontology::ontology;
use activity::Read;
use bodies::Bodies;
use markup::{Markup, Piece, name};
use tree::Tree;

/// The longest activity that is read, in bytes.
pub const LONGEST_ACTIVITY_BYTES: usize = 16 << 20;

/// The longest tag outside activities.
const LONGEST_TAG_BYTES: usize = 64 << 10;

/// How many names of unknown elements are counted each for itself.
const MOST_NAMES: usize = 30;

const ROOT: &[u8] = b"iati-activities";
const ACTIVITY: &[u8] = b"iati-activity";

/// Reads a file of activities.
///
/// # Errors
/// The file cannot be read at all, or is no file of activities of version 2.
pub(super) fn read(files: &Files, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    let mut bodies = Bodies::default();
    if files.entities.as_os_str() != "-" {
        once(files, Pass::First(&mut bodies), &mut |_| true)?;
    }
    once(files, Pass::Second(&bodies), give)
}

/// Reads the file once.
fn once(files: &Files, pass: Pass<'_>, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    let path = &files.entities;
    let failed = |error: std::io::Error| Error::read(path, error);
    let mut input = Input::open(path).map_err(failed)?;
    let encoding = input.reader.fill_buf().map_err(failed)?;
    if utf16(encoding).is_some() {
        return Err(Error::read(path, "it is written in UTF-16; save it as UTF-8"));
    }
    if encoding.starts_with(&[0xef, 0xbb, 0xbf]) {
        input.reader.consume(3);
    }
    let (file, digest) = (Arc::clone(&input.name), input.digest.clone());
    let read_so_far = input.counter();
    let mut reading = Reading {
        files,
        path,
        shown: if path.as_os_str() == "-" { "-".into() } else { path.to_string_lossy().into() },
        file,
        digest,
        markup: Markup::new(input.reader),
        declared: BTreeSet::new(),
        number: 0,
        ids: Ids::default(),
        ends: Ends::of(ontology()),
        pass,
        passed: BTreeMap::new(),
        give,
    };
    reading.all(&mut || read_so_far.load(std::sync::atomic::Ordering::Relaxed))
}

/// Whether a file begins as one of activities does, also in an encoding or behind a document type of which reading tells what is wrong.
pub(super) fn is_activities(head: &[u8]) -> bool {
    let Some(is_little) = utf16(head) else { return begins(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)) };
    let unit = |two: &[u8]| {
        let two = [two[0], two[1]];
        if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }
    };
    let units: Vec<u16> = head.chunks_exact(2).map(unit).filter(|unit| *unit != 0xfeff).collect();
    begins(String::from_utf16_lossy(&units).as_bytes())
}

/// Whether bytes are UTF-16, by their mark or by a first `<` of two bytes; if so, whether the smaller half of each comes first.
fn utf16(head: &[u8]) -> Option<bool> {
    match head {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(true),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(false),
        _ => None,
    }
}

/// Whether the first tag is one of the standard. A document type may be longer than what is looked at.
fn begins(head: &[u8]) -> bool {
    let (mut markup, mut out) = (Markup::new(head), Vec::new());
    loop {
        out.clear();
        match markup.next(&mut out, LONGEST_TAG_BYTES) {
            Ok(Some((Piece::Text, _))) if out.iter().all(u8::is_ascii_whitespace) => {}
            Ok(Some((Piece::Comment | Piece::Instruction | Piece::Declaration, _))) => {}
            Ok(Some((Piece::Start | Piece::Empty | Piece::Broken, _))) => {
                return name(&out).starts_with(b"iati-") || out.starts_with(b"<!DOCTYPE iati-");
            }
            _ => return false,
        }
    }
}

/// What a file is read for.
enum Pass<'p> {
    /// Who stands in it.
    First(&'p mut Bodies),
    /// What they do.
    Second(&'p Bodies),
}

/// A file that is being read.
struct Reading<'r, R> {
    files: &'r Files,
    path: &'r Path,
    shown: Arc<str>,
    file: Arc<str>,
    digest: Option<Arc<str>>,
    markup: Markup<R>,
    /// Prefixes that the root declares.
    declared: BTreeSet<String>,
    /// How many activities there were.
    number: usize,
    ids: Ids,
    ends: Ends,
    pass: Pass<'r>,
    passed: BTreeMap<Cow<'static, str>, usize>,
    give: &'r mut dyn FnMut(Item) -> bool,
}

/// How the text of an activity ended.
enum Ending {
    Whole,
    TooLong,
    /// Its end is missing; another one begins, or the file ends.
    Open(bool),
}

impl<R: BufRead> Reading<'_, R> {
    fn all(&mut self, so_far: &mut dyn FnMut() -> u64) -> Result<()> {
        let (mut out, mut in_root, mut read) = (Vec::new(), false, 0);
        // The tag of an activity that was read while looking for the end of another.
        let mut ahead: Option<usize> = None;
        loop {
            let (line, piece, fits) = match ahead.take() {
                Some(line) => (line, Piece::Start, true),
                None => {
                    out.clear();
                    let line = self.markup.line;
                    let next =
                        self.markup.next(&mut out, LONGEST_TAG_BYTES).map_err(|error| Error::read(self.path, error))?;
                    let Some((piece, fits)) = next else { break };
                    (line, piece, fits)
                }
            };
            match piece {
                Piece::Start | Piece::Empty if !in_root => {
                    self.root(&out)?;
                    in_root = true;
                }
                Piece::Start | Piece::Empty if name(&out) == ACTIVITY => {
                    self.number += 1;
                    let ending = if piece == Piece::Empty { Ending::Whole } else { self.rest(&mut out, &mut ahead)? };
                    let ending = if fits || !matches!(ending, Ending::Whole) { ending } else { Ending::TooLong };
                    let wanted = self.activity(&out, line, &ending);
                    if let Ending::Open(true) = ending {
                        // What begins the next one stands at the end.
                        let start = out.iter().rposition(|byte| *byte == b'<').unwrap_or(0);
                        out.drain(..start);
                    }
                    let now = so_far();
                    if !wanted || now > read && !(self.give)(Item::Read(now - read)) {
                        return Ok(());
                    }
                    read = now;
                }
                Piece::Declaration if !in_root => {
                    self.count("document type (nothing that it declares is read)".into());
                }
                Piece::Instruction if !in_root => self.encoding(&out)?,
                Piece::Broken => {
                    let what: String = String::from_utf8_lossy(&out).chars().take(40).collect();
                    if !self.refuse(line, format!("{what:?} begins something that is never closed")) {
                        return Ok(());
                    }
                }
                Piece::Start | Piece::Empty => self.count("element beside activities".into()),
                _ => {}
            }
        }
        if !in_root {
            return Err(Error::read(self.path, "it has no element iati-activities: it is no file of IATI activities"));
        }
        for (what, times) in std::mem::take(&mut self.passed) {
            if !(self.give)(Item::Passed(what, times)) {
                break;
            }
        }
        let rest = so_far() - read;
        if rest > 0 {
            (self.give)(Item::Read(rest));
        }
        Ok(())
    }

    /// The first tag of the file.
    fn root(&mut self, tag: &[u8]) -> Result<()> {
        let refused = |reason: String| Err(Error::read(self.path, reason));
        let root = name(tag);
        if root == b"iati-organisations" {
            return refused("it is a file of IATI organisations; only files of activities are read".to_owned());
        }
        if root != ROOT {
            let root: String = String::from_utf8_lossy(root).chars().take(40).collect();
            return refused(format!("its outermost element is {root:?}; that of IATI activities is iati-activities"));
        }
        let Ok(tag) = std::str::from_utf8(tag) else { return refused("its first tag is not UTF-8".to_owned()) };
        // A root with nothing in it has the same attributes.
        let alone = if tag.ends_with("/>") { tag.to_owned() } else { format!("{}/>", tag.trim_end_matches('>')) };
        let tree = match Tree::parse(&alone, &BTreeSet::new()) {
            Ok(tree) => tree,
            Err((_, why)) => return refused(format!("its element iati-activities {why}")),
        };
        match tree.attribute(0, "version").map(|said| said.text.as_str()) {
            Some(version) if version.starts_with("2.") => {}
            Some(version) => {
                return refused(format!(
                    "it is written in version {version}; versions 2.01 to 2.03 are read: ask its publisher for one"
                ));
            }
            None => {
                return refused("it does not say its version; write version=\"2.03\" in iati-activities".to_owned());
            }
        }
        self.declared = tree.prefixes();
        Ok(())
    }

    fn encoding(&self, declaration: &[u8]) -> Result<()> {
        let text = String::from_utf8_lossy(declaration).to_ascii_lowercase();
        let Some(at) = text.find("encoding") else { return Ok(()) };
        let named: String = text[at + 8..].chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        match named.as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(()),
            other => Err(Error::read(
                self.path,
                format!("it is written in {other}; convert it: iconv -f {other} -t utf-8, and say encoding=\"UTF-8\""),
            )),
        }
    }

    /// Reads an activity to its end, whose tag is there.
    fn rest(&mut self, out: &mut Vec<u8>, ahead: &mut Option<usize>) -> Result<Ending> {
        let mut whole = true;
        // What is too long is passed over with one piece of room.
        let mut scratch = Vec::new();
        loop {
            let (line, start) = (self.markup.line, out.len());
            let room = LONGEST_ACTIVITY_BYTES.saturating_sub(start);
            let (into, most) = if whole { (&mut *out, start + room) } else { (&mut scratch, LONGEST_TAG_BYTES) };
            let from = if whole { start } else { 0 };
            let next = self.markup.next(into, most).map_err(|error| Error::read(self.path, error))?;
            let Some((piece, fits)) = next else { return Ok(Ending::Open(false)) };
            let found = match piece {
                Piece::Start | Piece::End => name(&into[from..]).to_vec(),
                _ => Vec::new(),
            };
            if piece == Piece::End && found == ACTIVITY {
                return Ok(if whole && fits { Ending::Whole } else { Ending::TooLong });
            }
            if piece == Piece::Start && found == ACTIVITY {
                if !whole {
                    out.extend_from_slice(&scratch);
                }
                *ahead = Some(line);
                return Ok(Ending::Open(true));
            }
            if piece == Piece::End && found == ROOT {
                return Ok(Ending::Open(false));
            }
            if !whole {
                scratch.clear();
            } else if !fits {
                out.truncate(start);
                whole = false;
            }
        }
    }

    /// Gives away what an activity says, or why it is refused; whether more is wanted.
    fn activity(&mut self, bytes: &[u8], line: usize, ending: &Ending) -> bool {
        let refused = |at: usize, why: String| {
            let before = bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
            (line + before, why)
        };
        let found = match ending {
            Ending::Open(true) => Err((line, "is not closed: another activity begins within".to_owned())),
            Ending::Open(false) => Err((line, "is not closed: the file ends within".to_owned())),
            Ending::TooLong => {
                let (most, tag) = (LONGEST_ACTIVITY_BYTES >> 20, LONGEST_TAG_BYTES >> 10);
                Err((line, format!("is longer than {most} MiB, or its tag is longer than {tag} KiB; split it")))
            }
            Ending::Whole => match std::str::from_utf8(bytes) {
                Err(error) => Err(refused(error.valid_up_to(), "is not UTF-8; save the file as UTF-8".to_owned())),
                Ok(text) if text.contains('\0') => {
                    Err((line, "has a zero byte; save the file as UTF-8 text".to_owned()))
                }
                Ok(text) => match Tree::parse(text, &self.declared) {
                    Ok(tree) => self.tree(text, &tree).map_err(|(at, why)| refused(at, why)),
                    Err((at, why)) => Err(refused(at, why)),
                },
            },
        };
        let (text, read) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return true,
            Err((line, why)) => return self.refuse_activity(line, &why),
        };
        if !self.ids.keep(self.ids.key(&read.id), Known { kind: EntityKind::Project, entry: None }) {
            let why = format!("has the iati-identifier {:?} of an earlier one; the first one counts", read.id);
            return self.refuse_activity(line, &why);
        }
        for what in read.passed {
            self.count(what);
        }
        if !(self.give)(Item::Record(true)) {
            return false;
        }
        for (at, why) in read.refused {
            let (line, why) = refused(at, why);
            if !self.refuse(line, why) {
                return false;
            }
        }
        let title = read.title.as_deref().unwrap_or(&read.id);
        for (at, part) in (1..).zip(read.parts) {
            let of_part = if at == 1 { String::new() } else { format!(", part {at}") };
            let title = format!("{title} ({}, iati-activity[{}]{of_part})", self.file, self.number);
            let before = bytes[..part.text.start].iter().filter(|byte| **byte == b'\n').count();
            let element = match part.before {
                None => ElementPlace {
                    parent: "/iati-activities".into(),
                    before: Arc::new([("iati-activity".to_owned(), self.number - 1)].into()),
                },
                Some(before) => ElementPlace {
                    parent: format!("/iati-activities/iati-activity[{}]", self.number).into(),
                    before: Arc::new(before),
                },
            };
            let text = text[part.text].to_owned();
            let document = Document {
                id: DocumentId::of_lines(&self.files.namespace, &text),
                source: self.files.source(),
                title: Some(title),
                url: None,
                language: Language::bundled("und"),
                published: read.updated,
                text,
                sections: Vec::new(),
                lines: Some(Lines {
                    namespace: Arc::clone(&self.files.namespace),
                    file: Arc::clone(&self.file),
                    digest: self.digest.clone(),
                    first: line + before,
                    element: Some(element),
                }),
            };
            let annotations =
                Annotations { document: document.id.clone(), entities: part.entities, relations: part.relations };
            let (document, annotations) = (Arc::new(document), Arc::new(annotations));
            let contribution = Contribution { document, annotations, extractor: VERSION.into() };
            if !(self.give)(Item::Lines(Side::Both, contribution)) {
                return false;
            }
        }
        true
    }

    /// What an activity says with its text; nothing while only who stands in the file is sought.
    #[allow(clippy::type_complexity)]
    fn tree<'x>(
        &mut self,
        text: &'x str,
        tree: &Tree,
    ) -> std::result::Result<Option<(&'x str, Read)>, (usize, String)> {
        match &mut self.pass {
            Pass::First(bodies) => {
                bodies.add(tree);
                Ok(None)
            }
            Pass::Second(_) if self.path.as_os_str() == "-" => {
                let mut alone = Bodies::default();
                alone.add(tree);
                activity::read(text, tree, &self.ends, &alone).map(|read| Some((text, read)))
            }
            Pass::Second(bodies) => activity::read(text, tree, &self.ends, bodies).map(|read| Some((text, read))),
        }
    }

    fn refuse_activity(&mut self, line: usize, why: &str) -> bool {
        let reason = format!("iati-activity[{}] {why}", self.number);
        (self.give)(Item::Record(false)) && self.refuse(line, reason)
    }

    fn refuse(&mut self, line: usize, reason: String) -> bool {
        (self.give)(Item::Refused(Reject { file: Arc::clone(&self.shown), line, reason }))
    }

    /// Counts what says nothing that a relation means. Names of unknown elements are not counted one by one without end.
    fn count(&mut self, what: Cow<'static, str>) {
        let is_new_name = matches!(what, Cow::Owned(_)) && !self.passed.contains_key(&what);
        let names = self.passed.keys().filter(|what| matches!(what, Cow::Owned(_))).count();
        let what = if is_new_name && names >= MOST_NAMES { Cow::Borrowed("other element") } else { what };
        *self.passed.entry(what).or_insert(0) += 1;
    }
}
