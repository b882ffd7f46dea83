//! Quotations: spans of a document with their text, in code points.
//!
//! `quote(document, Span::new(0, 6))` → `{ start: 0, end: 5, text: "Bénin" }`

use crate::graph::{DocumentRow, Graph};
use crate::model::Span;

/// A stretch of a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text there, verbatim.
    pub text: String,
}

/// The stretch under a span.
pub fn quote(graph: &Graph, document: DocumentRow, span: Span) -> Quote {
    let code_points = graph.code_points(document);
    let text = span.of(&graph.document(document).text).to_string();
    Quote { start: code_points.at(span.start), end: code_points.at(span.end), text }
}

/// The text under several spans; what lies between them is left out and shown as `[…]`.
pub fn verbatim(graph: &Graph, document: DocumentRow, spans: &[Span]) -> String {
    let text = &graph.document(document).text;
    spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" […] ")
}
