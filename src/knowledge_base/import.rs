//! Importing a graph that others made: two data files into a store, both whole or not at all.
//!
//! `import(&mut store, &files, …)` → 100,000 entities and 1,000,000 relations in 2,117 documents; again → nothing changes
//!
//! Lines are read in a thread of their own while others are written, a few documents ahead. What the same files had before and have no
//! more goes in the same write; what was withdrawn on request stays out. Must not know what a line may say.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::Progress;
use crate::error::{Error, Result};
use crate::import::{self, Files, Item, Reject, Side};
use crate::model::{Contribution, DocumentId, Event, Signature};
use crate::store::{Store, Write};

/// How many documents are read ahead of the one that is written.
const AHEAD: usize = 16;

/// How data files are imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Refuse everything at the first line that is refused.
    pub strict: bool,
    /// Take in also what somebody asked to withdraw.
    pub include_withdrawn: bool,
}

/// What became of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Entities that lines are about.
    pub entities: usize,
    /// Relations that lines state.
    pub relations: usize,
    /// Lines that were refused.
    pub refused: usize,
    /// Of these, activities that were refused as a whole.
    pub refused_activities: usize,
    /// What says nothing that a relation means, and how often it was there.
    pub passed: BTreeMap<Cow<'static, str>, usize>,
    /// Documents of lines that came in.
    pub added: usize,
    /// Documents that were there, of which something is known otherwise now.
    pub replaced: usize,
    /// Documents that were there as they are.
    pub unchanged: usize,
    /// Documents that went: the files have them no more.
    pub withdrawn: usize,
    /// Documents that stay out, because somebody asked to withdraw them.
    pub kept_out: usize,
}

/// Imports two files. Each refused line is told as it is found.
///
/// # Errors
/// A file cannot be read, a line is refused and none may be, or the store cannot be written: nothing has changed then.
pub fn import(
    store: &mut dyn Store,
    files: &Files,
    options: ImportOptions,
    signature: &Signature,
    refused: &mut dyn FnMut(&Reject) -> Result<()>,
    progress: &dyn Fn(Progress),
) -> Result<Imported> {
    let withdrawn: HashSet<DocumentId> = match options.include_withdrawn {
        true => HashSet::new(),
        false => store.withdrawn()?.into_iter().collect(),
    };
    let inputs = [Some(&files.entities), files.relations.as_ref()].map(|path| path.and_then(|path| key_of(path)));
    let before: Vec<(String, DocumentId)> =
        store.inputs()?.into_iter().filter(|(input, _)| inputs.iter().flatten().any(|known| known == input)).collect();
    let of_bytes = inputs.iter().flatten().map(|path| import::bytes_of(Path::new(path))).sum();
    let (entries, mut done, seen) = thread::scope(|scope| {
        let (give, take) = sync_channel(AHEAD);
        scope.spawn(move || read(files, &give));
        let (seen, left, bytes, done) = Default::default();
        // Owned here, so that whoever reads ends when nobody takes what is read any more.
        let mut run =
            Run { options, refused, progress, take, inputs, withdrawn, before, seen, left, bytes, of_bytes, done };
        let entries = store.append_each(&mut run, signature)?;
        Ok::<_, Error>((entries, run.done, run.seen.len()))
    })?;
    for entry in entries {
        match entry.event {
            Event::Added(_) => done.added += 1,
            Event::Extracted(_) => done.replaced += 1,
            Event::Withdrawn(..) => done.withdrawn += 1,
            Event::Decided(_) | Event::Undone(_) => {}
        }
    }
    done.unchanged = seen - done.added - done.replaced;
    Ok(done)
}

/// Reads in a thread of its own.
fn read(files: &Files, give: &SyncSender<Result<Item>>) {
    if let Err(error) = import::read(files, &mut |item| give.send(Ok(item)).is_ok()) {
        // Nobody is there to be told when this fails, too.
        let _ = give.send(Err(error));
    }
}

/// One import under way: what was read becomes what is written.
struct Run<'r> {
    options: ImportOptions,
    refused: &'r mut dyn FnMut(&Reject) -> Result<()>,
    progress: &'r dyn Fn(Progress),
    take: Receiver<Result<Item>>,
    /// The names under which the store knows the files.
    inputs: [Option<String>; 2],
    withdrawn: HashSet<DocumentId>,
    /// The documents that the files had.
    before: Vec<(String, DocumentId)>,
    seen: BTreeSet<DocumentId>,
    /// How many of the documents that the files had were looked at, once everything is read.
    left: usize,
    bytes: u64,
    of_bytes: u64,
    done: Imported,
}

impl Iterator for Run<'_> {
    type Item = Result<Write>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Ok(read) = self.take.recv() {
            match read {
                Err(error) => return Some(Err(error)),
                Ok(Item::Refused(reject)) => {
                    self.done.refused += 1;
                    if let Err(error) = (self.refused)(&reject) {
                        return Some(Err(error));
                    }
                    if self.options.strict {
                        return Some(Err(Error::Refused(reject.to_string())));
                    }
                }
                Ok(Item::Record(taken)) => {
                    self.done.entities += usize::from(taken);
                    self.done.refused_activities += usize::from(!taken);
                }
                Ok(Item::Passed(what, times)) => *self.done.passed.entry(what).or_insert(0) += times,
                Ok(Item::Read(bytes)) => {
                    self.bytes += bytes;
                    let lines = self.done.entities + self.done.relations;
                    (self.progress)(Progress::Importing(lines, self.bytes, self.of_bytes));
                }
                Ok(Item::Lines(side, contribution)) => {
                    if let Some(write) = self.add(side, contribution) {
                        return Some(Ok(write));
                    }
                }
            }
        }
        self.unlink().map(Ok)
    }
}

impl Run<'_> {
    /// What is written of some lines; nothing when they were there before in this run, or are to stay out.
    fn add(&mut self, side: Side, contribution: Contribution) -> Option<Write> {
        let id = &contribution.document.id;
        if self.withdrawn.contains(id) {
            self.done.kept_out += 1;
            return None;
        }
        match side {
            Side::Entities => self.done.entities += contribution.annotations.entities.len(),
            Side::Relations | Side::Both => self.done.relations += contribution.annotations.relations.len(),
        }
        let input = self.inputs[usize::from(side == Side::Relations)].clone();
        self.seen.insert(id.clone()).then_some(Write::Add { contribution, input })
    }

    /// The next of the documents that the files had and have no more.
    fn unlink(&mut self) -> Option<Write> {
        while let Some((input, document)) = self.before.get(self.left) {
            self.left += 1;
            if !self.seen.contains(document) {
                return Some(Write::Unlink { input: input.clone(), document: document.clone(), gone: false });
            }
        }
        None
    }
}

/// The name under which a store knows a file; none for standard input.
fn key_of(path: &Path) -> Option<String> {
    let key = || path.canonicalize().unwrap_or_else(|_| path.to_path_buf()).to_string_lossy().into_owned();
    (path.as_os_str() != "-").then(key)
}
