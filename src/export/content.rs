//! What an export is made from: a part of a snapshot, what was asked for, and what every format says at its head.
//!
//! `content.about()` → `[("program", "maillage 0.1.0"), ("snapshot", "7"), ("entities", "15"), …]`

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::{Document, Entity, Language, Relation, RelationKind};
use crate::ontology::ontology;
use crate::query::{Cut, EntityRow, EvidenceRow, RelationRow, Selection, label_in, verbatim};
use crate::snapshot::{Pass, Snapshot};

/// The language of labels in formats that have room for one.
const LABELS: &str = "en";

/// A part of a snapshot that is written out. What it looks at does not stay in memory where the graph lies in a file, but for the order of
/// relations (four bytes each) and what is known of documents besides their texts.
#[derive(Debug)]
pub struct Content {
    snapshot: Snapshot,
    selection: Selection,
    asked: String,
    relations: OnceLock<Vec<RelationRow>>,
    documents: OnceLock<Vec<Document>>,
}

/// What is there to be looked at of an entity or a relation while it is visited.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'v> {
    snapshot: &'v Snapshot,
}

/// Takes what is visited.
type Visit<'f, R, T> = &'f mut dyn FnMut(View<'_>, R, &T) -> io::Result<()>;

/// A stretch of a document that a relation rests on.
pub(super) struct Citation<'c> {
    /// Which of the relation's statements it belongs to, from 1 on; the first is the strongest.
    pub(super) statement: usize,
    pub(super) document: &'c Document,
    /// Code points of the document's text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands there.
    pub(super) text: &'c str,
    /// The line of the data file, when the document is one.
    pub(super) line: Option<usize>,
    pub(super) rule: &'c str,
    pub(super) confidence: f64,
}

impl Content {
    /// A selection of this snapshot, with the words in which it was asked for.
    pub fn new(snapshot: Arc<Snapshot>, selection: Selection, asked: impl Into<String>) -> Self {
        let (relations, documents) = Default::default();
        Self { snapshot: snapshot.unread(), selection, asked: asked.into(), relations, documents }
    }

    /// The version of the snapshot.
    pub fn version(&self) -> u64 {
        self.snapshot.version()
    }

    /// What cut the selection, when it is not complete.
    pub fn cut(&self) -> Option<&'static str> {
        self.selection.cut.map(|cut| match cut {
            Cut::First => "FIRST",
            Cut::Explored => "EXPLORED",
            Cut::Time => "TIME",
            Cut::Relations => "RELATIONS",
        })
    }

    /// What every format says at its head, in its own way.
    pub fn about(&self) -> Vec<(&'static str, String)> {
        let date = date(&self.snapshot).map(|date| ("date", date.to_string()));
        let complete = self.cut().is_none();
        let mut about = vec![
            ("program", concat!("maillage ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("snapshot", self.version().to_string()),
        ];
        about.extend(date);
        about.push(("selection", self.asked.clone()));
        about.push(("entities", self.selection.entity_count().to_string()));
        about.push(("relations", self.selection.relation_count().to_string()));
        about.push(("documents", self.selection.document_count().to_string()));
        about.push(("complete", complete.to_string()));
        about.extend(self.cut().map(|cut| ("truncatedBy", cut.to_owned())));
        about
    }

    pub(super) fn date(&self) -> Option<Timestamp> {
        date(&self.snapshot)
    }

    /// Visits the entities, by id.
    pub(super) fn each_entity(&self, visit: Visit<'_, EntityRow, Entity>) -> io::Result<()> {
        let mut pass = Pass::of(&self.snapshot);
        for row in self.selection.entities(&self.snapshot) {
            let snapshot = pass.view();
            visit(View { snapshot }, row, snapshot.graph().entity(row))?;
        }
        Ok(())
    }

    /// Visits the relations, by the document of their strongest statement and where that stands.
    pub(super) fn each_relation(&self, visit: Visit<'_, RelationRow, Relation>) -> io::Result<()> {
        let mut pass = Pass::of(&self.snapshot);
        for row in self.relations.get_or_init(|| self.selection.relations(&self.snapshot)) {
            let snapshot = pass.view();
            visit(View { snapshot }, *row, snapshot.graph().relation(*row))?;
        }
        Ok(())
    }

    /// The documents behind the selection, by id, without their texts.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.get_or_init(|| self.known_documents()).iter()
    }

    fn known_documents(&self) -> Vec<Document> {
        let mut rows: Vec<_> = self.selection.documents(&self.snapshot).collect();
        rows.sort_unstable();
        let mut pass = Pass::of(&self.snapshot);
        let known = |row| without_text(pass.view().graph().document(row));
        let mut documents: Vec<_> = rows.into_iter().map(known).collect();
        documents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        documents
    }
}

/// What is known of a document besides its text.
fn without_text(document: &Document) -> Document {
    Document {
        id: document.id.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        language: document.language.clone(),
        published: document.published,
        text: String::new(),
        sections: Vec::new(),
        lines: None,
    }
}

impl<'v> View<'v> {
    fn entity(self, row: EntityRow) -> &'v Entity {
        self.snapshot.graph().entity(row)
    }

    /// The subject and the object of a relation.
    pub(super) fn ends(self, row: RelationRow) -> (&'v Entity, &'v Entity) {
        let (subject, object) = self.snapshot.graph().ends(row);
        (self.entity(subject), self.entity(object))
    }

    pub(super) fn mention_count(self, row: EntityRow) -> usize {
        self.snapshot.graph().mention_count(row)
    }

    /// How many documents mention an entity.
    pub(super) fn document_count(self, row: EntityRow) -> usize {
        self.snapshot.graph().documents_of(row).len()
    }

    /// How many statements a relation rests on.
    pub(super) fn evidence_count(self, row: RelationRow) -> usize {
        self.snapshot.graph().evidence_count(row)
    }

    /// The sentences of a relation's strongest statement, with their document.
    pub(super) fn sentence(self, row: RelationRow) -> Option<(String, &'v Document)> {
        let first = self.snapshot.graph().evidence(row).next()?;
        let text = verbatim(self.snapshot.graph(), first.document, &self.snapshot.graph().statement(first).evidence);
        Some((text, self.snapshot.graph().document(first.document)))
    }

    /// All that a relation rests on, the strongest statement first.
    pub(super) fn citations(self, row: RelationRow) -> impl Iterator<Item = Citation<'v>> {
        let statements = self.snapshot.graph().evidence(row).enumerate();
        statements.flat_map(move |(number, statement)| self.cited(number + 1, statement))
    }

    fn cited(self, number: usize, row: EvidenceRow) -> impl Iterator<Item = Citation<'v>> {
        let (statement, document) =
            (self.snapshot.graph().statement(row), self.snapshot.graph().document(row.document));
        let code_points = self.snapshot.graph().code_points(row.document);
        statement.evidence.iter().map(move |span| Citation {
            statement: number,
            document,
            start: code_points.at(span.start),
            end: code_points.at(span.end),
            text: span.of(&document.text),
            line: document.line_at(span.start),
            rule: &statement.rule.0,
            confidence: shown(statement.confidence),
        })
    }
}

/// What tells one content from another without looking at it: the program, the snapshot and its documents.
pub fn fingerprint(snapshot: &Snapshot) -> Sha256 {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    digest.update(snapshot.version().to_be_bytes());
    for ((id, _), added) in snapshot.graph().document_ids().zip(added(snapshot).iter()) {
        digest.update(id.as_str());
        digest.update(added.to_be_bytes());
    }
    digest
}

/// When each of a snapshot's documents came in, by their ids: in nanoseconds since 1970.
fn added(snapshot: &Snapshot) -> Arc<[usize]> {
    snapshot.order("when documents came in", || {
        let mut rows: Vec<_> = snapshot.graph().document_ids().map(|(_, row)| row).zip(0..).collect();
        rows.sort_unstable();
        let mut added = vec![0; rows.len()];
        let mut pass = Pass::of(snapshot);
        for (row, rank) in rows {
            let at = pass.view().graph().stored(row).added_at.as_nanosecond();
            added[rank] = usize::try_from(at).unwrap_or_default();
        }
        added
    })
}

/// When the last of a snapshot's documents came in.
fn date(snapshot: &Snapshot) -> Option<Timestamp> {
    let last = added(snapshot).iter().copied().max()?;
    Timestamp::from_nanosecond(i128::try_from(last).ok()?).ok()
}

/// A confidence as people wrote it: 0.95, not 0.949999988.
pub(super) fn shown(confidence: f32) -> f64 {
    (f64::from(confidence) * 1e6).round() / 1e6
}

/// A relation kind in words, read from subject to object.
pub(super) fn in_words(kind: RelationKind) -> &'static str {
    let row = ontology().row(kind);
    row.and_then(|row| label_in(&row.label, &[Language::bundled(LABELS)])).unwrap_or(kind.as_str())
}

/// The first and the last date of a relation, as written in ISO 8601-2.
pub(super) fn dates(relation: &Relation) -> (Option<String>, Option<String>) {
    let date = relation.qualifiers.date;
    (date.map(|date| date.start.to_string()), date.and_then(|date| date.end).map(|end| end.to_string()))
}

/// A text in which what `bad` says of is replaced by U+FFFD.
pub(super) fn without(text: &str, bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    match text.contains(&bad) {
        true => Cow::Owned(text.chars().map(|c| if bad(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// A text on one line, for formats whose comments end with it.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    match text.contains(breaks) {
        true => Cow::Owned(text.replace(breaks, " ")),
        false => Cow::Borrowed(text),
    }
}

/// What a document is cited as, on one line: title, source, URL, date and id, as far as known.
pub(super) fn cited_as(document: &Document) -> String {
    let published = document.published.map(|date| date.to_string());
    let parts = [document.title.as_deref(), Some(document.source.as_str()), document.url.as_deref()];
    let parts = parts.into_iter().flatten().chain(published.as_deref()).chain([document.id.as_str()]);
    on_one_line(&parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")).into_owned()
}
