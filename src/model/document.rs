//! A source text with its identity, and the parts it is made of.
//!
//! Invariants: sections are in order, do not overlap and lie on character boundaries of `text`; the title, when the text
//! contains it, is the section [`SectionKind::Title`].

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{DocumentId, ElementPlace, PartialDate, Span};

/// A BCP 47 language tag such as `fr`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(Cow<'static, str>);

impl Language {
    /// The language with this tag, in lower case.
    pub fn new(tag: &str) -> Self {
        Self(Cow::Owned(tag.trim().to_lowercase()))
    }

    /// The language with a tag that the program itself holds, in lower case: it is never copied.
    pub const fn bundled(tag: &'static str) -> Self {
        Self(Cow::Borrowed(tag))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag's first part: `fr` for `fr-CA`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

/// What a part of a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectionKind {
    /// The headline.
    Title,
    /// Place and date at the head of the first paragraph: *NIAMEY, Niger, 14 février*.
    Dateline,
    /// Running text.
    Body,
    /// "Pour plus d'informations …" and what follows: names, posts, telephone numbers.
    Contact,
}

/// A part of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is for.
    pub kind: SectionKind,
    /// Where it is.
    pub span: Span,
}

/// Which lines of a data file a document's text is: those from one number on, one a line of the text. Lines that were refused are
/// blank in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// Whose ids stand in them: equal ids of one namespace are one entity.
    pub namespace: Arc<str>,
    /// The name of the file, without its folder.
    pub file: Arc<str>,
    /// SHA-256 of the file's bytes, in hexadecimal digits; none of what came over standard input.
    pub digest: Option<Arc<str>>,
    /// The number of the first line, from 1 on.
    pub first: usize,
    /// Where in its XML file the text stands; none of other files.
    pub element: Option<ElementPlace>,
}

/// One source text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Made from the bytes that were read; for lines of a data file, with their namespace before them.
    pub id: DocumentId,
    /// Where it came from: a path, a URL, or the id a JSON Lines document gave itself.
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published, when the source says so.
    pub url: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// When it was published, as precise as known.
    pub published: Option<PartialDate>,
    /// What was read, without site navigation; all spans point here.
    pub text: String,
    /// The text's parts, in order.
    pub sections: Vec<Section>,
    /// Which lines of which data file it is, when it was not written to be read.
    pub lines: Option<Lines>,
}

impl Document {
    /// The span of the headline within the text.
    pub fn title_span(&self) -> Option<Span> {
        self.sections.iter().find(|s| s.kind == SectionKind::Title).map(|s| s.span)
    }

    /// The number of the line of its data file that holds the byte at an offset; none of a text.
    pub fn line_at(&self, offset: usize) -> Option<usize> {
        let before = self.text.as_bytes().get(..offset)?;
        Some(self.lines.as_ref()?.first + before.iter().filter(|byte| **byte == b'\n').count())
    }

    /// The path of the element of its XML file that begins at an offset, or else that holds it; none of other texts.
    pub fn element_at(&self, offset: usize) -> Option<String> {
        Some(self.lines.as_ref()?.element.as_ref()?.path(&self.text, offset))
    }

    /// The number of the last line of its data file that it has; none of a text.
    pub fn last_line(&self) -> Option<usize> {
        self.line_at(self.text.len())
    }
}
