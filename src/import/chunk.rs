//! Lines side by side as documents of up to 64 KB, with what they say as annotations.
//!
//! lines 1 to 480 of `edges.jsonl` → a document of the title *edges.jsonl, lines 1–480*, whose text is those lines
//!
//! The text has a line for each line of the file from the first on, so that a place in it tells the number of the line; refused lines are
//! blank. Must not judge what a line says.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::known::{self, Key, Known};
use super::{Files, VERSION};
use crate::model::{
    Annotations, Contribution, DateRange, Document, DocumentId, EntityKind, Language, Lines, LocalEntity, Mention,
    MentionForm, Qualifiers, RelationKind, RelationMention, RuleId, Span,
};

/// The longest text of a document, in bytes: one is opened in a moment.
pub(super) const LONGEST_TEXT_BYTES: usize = 64 << 10;

/// The language of what is in none.
const UNDETERMINED: Language = Language::bundled("und");

/// One end of a relation: where its id stands in the line, and what it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct End<'l> {
    pub(super) key: Key,
    pub(super) known: Known,
    pub(super) id: &'l str,
    pub(super) span: Span,
}

/// Something that a line names.
pub(super) struct Thing<'l> {
    pub(super) known: Known,
    pub(super) id: &'l str,
    /// What it is called; nothing where only its id stands.
    pub(super) name: Option<String>,
    pub(super) aliases: BTreeSet<String>,
    /// ISO 3166-1 code of the country that it belongs to.
    pub(super) country: Option<String>,
    /// Where in the line it is named.
    pub(super) span: Span,
}

/// The lines that the next document will have.
pub(super) struct Chunk {
    lines: Lines,
    source: String,
    text: String,
    /// The number of the last line that the text has.
    last: usize,
    entities: Vec<LocalEntity>,
    relations: Vec<RelationMention>,
    /// The places of entities that relations name.
    places: FxHashMap<Key, usize>,
    /// The places of things, by kind and id.
    things: FxHashMap<(EntityKind, Arc<str>), usize>,
    rules: [RuleId; 3],
}

impl Chunk {
    /// Nothing yet of a file.
    pub(super) fn of(files: &Files, file: &Arc<str>, digest: Option<&Arc<str>>) -> Self {
        let lines = Lines {
            namespace: Arc::clone(&files.namespace),
            file: Arc::clone(file),
            digest: digest.cloned(),
            first: 0,
            element: None,
        };
        Self {
            lines,
            source: files.source(),
            text: String::new(),
            last: 0,
            entities: Vec::new(),
            relations: Vec::new(),
            places: FxHashMap::default(),
            things: FxHashMap::default(),
            rules: ["import/name", "import/end", "import/relation"].map(RuleId::new),
        }
    }

    /// Puts a line behind the others. Gives where it begins, and the document that was full before it.
    pub(super) fn line(&mut self, number: usize, line: &str) -> (usize, Option<Contribution>) {
        let mut full = None;
        let gap = number.saturating_sub(self.last);
        if !self.text.is_empty() && self.text.len() + gap + line.len() > LONGEST_TEXT_BYTES {
            full = self.end();
        }
        if self.text.is_empty() {
            self.lines.first = number;
        } else {
            self.text.extend(std::iter::repeat_n('\n', gap));
        }
        self.last = number;
        let start = self.text.len();
        self.text.push_str(line);
        (start, full)
    }

    /// Adds what the last line says of an entity, whose name stands at a place in that line.
    pub(super) fn entity(
        &mut self,
        start: usize,
        known: Known,
        id: &str,
        name: (String, Span),
        aliases: BTreeSet<String>,
    ) {
        let (name, span) = name;
        let mention = Mention { span: shifted(span, start), form: MentionForm::Name, rule: self.rules[0].clone() };
        let country = known.entry.and_then(|entry| known::entry(entry).country).map(str::to_owned);
        self.entities.push(LocalEntity { name, aliases, country, ..local(known, id, mention) });
    }

    /// Adds that the last line names something, which lines beside it may name, too; its place among what is named.
    pub(super) fn thing(&mut self, start: usize, thing: Thing<'_>) -> usize {
        let Thing { known, id, name, aliases, country, span } = thing;
        let rule = self.rules[usize::from(name.is_none())].clone();
        let mention = Mention { span: shifted(span, start), form: MentionForm::Name, rule };
        let key = (known.kind, Arc::from(id));
        let at = *self.things.entry(key).or_insert_with(|| {
            self.entities.push(LocalEntity { mentions: Vec::new(), ..local(known, id, mention.clone()) });
            self.entities.len() - 1
        });
        let entity = &mut self.entities[at];
        entity.mentions.push(mention);
        if let Some(name) = name {
            match entity.name.is_empty() {
                true => entity.name = name,
                false if entity.name != name => drop(entity.aliases.insert(name)),
                false => {}
            }
        }
        entity.aliases.extend(aliases);
        entity.aliases.remove(&entity.name);
        let listed = || known.entry.and_then(|entry| known::entry(entry).country).map(str::to_owned);
        entity.country = entity.country.take().or(country).or_else(listed);
        at
    }

    /// Adds what the last line says of two things.
    pub(super) fn statement(
        &mut self,
        start: usize,
        kind: (RelationKind, Option<Span>),
        (subject, object): ((usize, Span), (usize, Span)),
        qualifiers: Qualifiers,
    ) {
        self.relations.push(RelationMention {
            kind: kind.0,
            subject: subject.0,
            object: object.0,
            subject_span: shifted(subject.1, start),
            object_span: shifted(object.1, start),
            trigger: kind.1.map(|span| shifted(span, start)),
            qualifiers,
            confidence: 1.0,
            evidence: vec![Span::new(start, self.text.len())],
            rule: self.rules[2].clone(),
        });
    }

    /// Adds what the last line says of two entities.
    pub(super) fn relation(
        &mut self,
        start: usize,
        kind: (RelationKind, Span),
        (subject, object): (End<'_>, End<'_>),
        date: Option<DateRange>,
    ) {
        let backwards = object.span.start < subject.span.start;
        let (first, second) = if backwards { (object, subject) } else { (subject, object) };
        let places = (self.end_of(start, first), self.end_of(start, second));
        let (subject_at, object_at) = if backwards { (places.1, places.0) } else { places };
        self.relations.push(RelationMention {
            kind: kind.0,
            subject: subject_at,
            object: object_at,
            subject_span: shifted(subject.span, start),
            object_span: shifted(object.span, start),
            trigger: Some(shifted(kind.1, start)),
            qualifiers: Qualifiers { date, ..Qualifiers::default() },
            confidence: 1.0,
            evidence: vec![Span::new(start, self.text.len())],
            rule: self.rules[2].clone(),
        });
    }

    /// The place of an entity among those that this document mentions.
    fn end_of(&mut self, start: usize, end: End<'_>) -> usize {
        let mention = Mention { span: shifted(end.span, start), form: MentionForm::Name, rule: self.rules[1].clone() };
        if let Some(at) = self.places.get(&end.key) {
            self.entities[*at].mentions.push(mention);
            return *at;
        }
        self.places.insert(end.key, self.entities.len());
        self.entities.push(local(end.known, end.id, mention));
        self.entities.len() - 1
    }

    /// The document of the lines so far, unless there are none; from here on there are none.
    pub(super) fn end(&mut self) -> Option<Contribution> {
        if self.text.is_empty() {
            return None;
        }
        let (text, lines) = (std::mem::take(&mut self.text), self.lines.clone());
        self.places.clear();
        self.things.clear();
        // Mentions of one thing may come in the order in which relations are told.
        self.entities.iter_mut().for_each(|entity| entity.mentions.sort_by_key(|mention| mention.span));
        let document = Document {
            id: DocumentId::of_lines(&lines.namespace, &text),
            source: self.source.clone(),
            title: Some(format!("{}, lines {}–{}", lines.file, lines.first, self.last)),
            url: None,
            language: UNDETERMINED,
            published: None,
            text,
            sections: Vec::new(),
            lines: Some(lines),
        };
        let (mut entities, mut relations) = (std::mem::take(&mut self.entities), std::mem::take(&mut self.relations));
        entities.shrink_to_fit();
        relations.shrink_to_fit();
        let annotations = Arc::new(Annotations { document: document.id.clone(), entities, relations });
        Some(Contribution { document: Arc::new(document), annotations, extractor: VERSION.into() })
    }
}

/// An entity of which only the id is told.
fn local(known: Known, id: &str, mention: Mention) -> LocalEntity {
    LocalEntity {
        kind: known.kind,
        name: String::new(),
        aliases: BTreeSet::new(),
        registry: known.entry.map(|entry| known::entry(entry).key.to_string()),
        source_id: Some(id.into()),
        named: true,
        country: None,
        mentions: vec![mention],
    }
}

/// Where in the text a place in a line is.
fn shifted(span: Span, start: usize) -> Span {
    Span::new(span.start + start, span.end + start)
}
