//! From paths to a snapshot: the stages in turn, in parallel where documents do not depend on each other.
//!
//! `read(&["corpus"], &|_| {})` → a snapshot of five documents, and what to know about what was not read
//!
//! The same documents give the same snapshot in any order and on any number of cores. Must not contain extraction or graph logic.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::corpus::{self, Warning};
use crate::extract::extract;
use crate::graph::Graph;
use crate::model::{Document, DocumentId};
use crate::resolve::resolve;
use crate::snapshot::Snapshot;

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Inputs that were read, of how many.
    Reading(usize, usize),
    /// Documents from which entities and relations were extracted, of how many.
    Extracting(usize, usize),
    /// Entities are being resolved and the graph is being built.
    Building,
}

/// A snapshot, and what to know about the documents that it was made of.
#[derive(Debug)]
pub struct Built {
    /// The snapshot, version 1.
    pub snapshot: Snapshot,
    /// What was not read, sorted by path.
    pub skipped: Vec<Warning>,
    /// What was read with a reservation, sorted by path.
    pub notes: Vec<Warning>,
}

/// Reads everything under the paths and builds a snapshot of it. `progress` is called from several threads.
pub fn read(paths: &[PathBuf], progress: &(dyn Fn(Progress) + Sync)) -> Built {
    let found = corpus::find(paths);
    let (mut skipped, mut notes) = (found.warnings, Vec::new());
    let (done, of) = (AtomicUsize::new(0), found.inputs.len());
    let read_one = |input| {
        let results: Vec<_> = corpus::read(input).collect();
        progress(Progress::Reading(done.fetch_add(1, Ordering::Relaxed) + 1, of));
        results
    };
    let results: Vec<_> = found.inputs.par_iter().map(read_one).collect();
    let mut documents = Vec::new();
    for result in results.into_iter().flatten() {
        match result {
            Ok(reading) => {
                documents.push(reading.document);
                notes.extend(reading.notes);
            }
            Err(warning) => skipped.push(warning),
        }
    }
    let documents = distinct(documents, &mut notes);
    skipped.sort();
    notes.sort();
    Built { snapshot: build(1, documents, progress), skipped, notes }
}

/// Builds a snapshot of documents with different ids.
pub fn build(version: u64, documents: Vec<Document>, progress: &(dyn Fn(Progress) + Sync)) -> Snapshot {
    let (done, of) = (AtomicUsize::new(0), documents.len());
    let mut observed: Vec<_> = documents
        .into_par_iter()
        .map(|document| {
            let annotations = extract(&document);
            progress(Progress::Extracting(done.fetch_add(1, Ordering::Relaxed) + 1, of));
            (document, annotations)
        })
        .collect();
    progress(Progress::Building);
    observed.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let resolution = resolve(&observed);
    let documents = observed.into_iter().map(|(document, _)| document).collect();
    Snapshot::new(version, Graph::build(documents, resolution.entities, resolution.relations))
}

/// Documents with the same bytes count once, under the smallest of their names.
fn distinct(documents: Vec<Document>, notes: &mut Vec<Warning>) -> Vec<Document> {
    let mut by_id: BTreeMap<DocumentId, Document> = BTreeMap::new();
    let mut ordered = documents;
    ordered.sort_by(|a, b| a.source.cmp(&b.source));
    for document in ordered {
        match by_id.get(&document.id) {
            Some(first) => notes.push(Warning {
                path: document.source,
                reason: format!("is the same document as {}", first.source),
                remedy: "it counts once".into(),
            }),
            None => drop(by_id.insert(document.id.clone(), document)),
        }
    }
    by_id.into_values().collect()
}
