//! A draft that is made at once, of documents as they come: in memory, or page by page in a file.
//!
//! `let mut maker = Maker::in_memory(changes); maker.add(stored)?; maker.finish()?` → what [`Draft::apply`] makes of nothing
//!
//! Holds of a document what its sentences and relations are found by, and not the document, when that goes into a file.

use std::io;
use std::sync::Arc;

use super::{Draft, Keeping};
use crate::collection::Place;
use crate::graph::GraphMaker;
use crate::model::{Changes, Stored};
use crate::search::{Search, TextsMaker};

/// A draft under way.
#[derive(Debug)]
pub struct Maker<'f> {
    graph: GraphMaker,
    texts: TextsMaker,
    to: Place<'f>,
}

impl<'f> Maker<'f> {
    /// What is to be made of nothing; the documents of these changes are not looked at.
    pub fn in_memory(changes: Changes) -> Self {
        Self { graph: GraphMaker::of(changes), texts: TextsMaker::default(), to: Place::Memory }
    }

    /// The same, in a file: what comes of it is empty, and found in the file when that is whole.
    ///
    /// # Errors
    /// The file is closed.
    pub fn in_file(changes: Changes, file: &'f mut Keeping) -> io::Result<Self> {
        Ok(Self { to: Place::File(file.writer()?), ..Self::in_memory(changes) })
    }

    /// Adds a document; nothing when it is there already.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, stored: Stored) -> io::Result<()> {
        let document = Arc::clone(&stored.contribution.document);
        if let Some(row) = self.graph.add(stored, &mut self.to)? {
            self.texts.add(row.position(), &document);
        }
        Ok(())
    }

    /// The draft of all documents that were added.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> io::Result<Draft> {
        let mut search = Search::of(self.graph.entities(), self.texts);
        if let Place::File(file) = &mut self.to {
            search.keep(file)?;
            search = Search::default();
        }
        Ok(Draft { graph: self.graph.finish(&mut self.to)?, search, ..Draft::default() })
    }
}
