//! Folders whose documents come in by themselves.
//!
//! a file appears → its document is in one or two turns later; it changes → so does the document; it goes → the document goes
//!
//! A file is read when it looked the same in two turns: what is still being written is left alone until then. Must not sleep: who
//! calls decides how often to look.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::{IngestOptions, Ingested, KnowledgeBase};
use crate::corpus::{self, InputKind};
use crate::error::Result;
use crate::model::Signature;

/// How a file looks from outside: its length and when it was written.
type Look = (u64, Option<SystemTime>);

/// Looks after folders and files.
#[derive(Debug)]
pub struct Watch {
    paths: Vec<PathBuf>,
    /// How files looked at the last turn, and whether what they hold is in.
    seen: BTreeMap<PathBuf, (Look, bool)>,
}

impl Watch {
    /// Looks after these; nothing is read before the first turn.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths, seen: BTreeMap::new() }
    }

    /// Looks once, and takes in what has changed; none when nothing has.
    ///
    /// # Errors
    /// The store cannot be read or written. The next turn tries again.
    pub fn turn(&mut self, base: &KnowledgeBase, signature: &Signature) -> Result<Option<Ingested>> {
        let found = corpus::find(&self.paths);
        let files = found.inputs.into_iter().filter(|input| input.kind != InputKind::StandardInput);
        let mut now: BTreeMap<PathBuf, (Look, bool)> = BTreeMap::new();
        for path in files.map(|input| input.path) {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            let look = (metadata.len(), metadata.modified().ok());
            let is_in = self.seen.get(&path).is_some_and(|(before, is_in)| *before == look && *is_in);
            now.insert(path, (look, is_in));
        }
        let settled = |(path, (look, is_in)): &(&PathBuf, &(Look, bool))| {
            !is_in && self.seen.get(*path).is_some_and(|(before, _)| before == look)
        };
        let changed: Vec<PathBuf> = now.iter().filter(settled).map(|(path, _)| path.clone()).collect();
        let gone: Vec<PathBuf> = self.seen.keys().filter(|path| !now.contains_key(*path)).cloned().collect();
        let mut paths = changed.clone();
        paths.extend(gone.iter().cloned());
        if paths.is_empty() {
            self.seen = now;
            return Ok(None);
        }
        let options = IngestOptions { prune: true, ..IngestOptions::default() };
        let mut done = base.ingest(&paths, &options, signature, &|_| {})?;
        done.skipped.retain(|warning| !gone.iter().any(|path| *path.to_string_lossy() == warning.path));
        for path in changed {
            now.entry(path).and_modify(|(_, is_in)| *is_in = true);
        }
        self.seen = now;
        Ok(Some(done))
    }
}
