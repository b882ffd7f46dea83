//! `maillage explain`: why a document was read as it was.
//!
//! *Le Canada finance le projet.* → `COUNTRY «Canada» Canada · fr/name/listed`, `FUNDS Canada → projet 0.90 · fr/funds/verb`, and what lost
//!
//! Must not extract anything itself.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::report::Report;
use super::source::no_documents;
use super::{Outcome, print};
use crate::corpus;
use crate::error::Result;
use crate::extract::{Explanation, explain, rule_example};
use crate::model::{Document, LocalEntity, RelationMention, Span};

pub(super) fn run(paths: &[PathBuf], report: &Report) -> Result<Outcome> {
    let found = corpus::find(paths);
    let mut outcome = report.all(&found.warnings, &[]);
    let mut explained = 0;
    for reading in found.inputs.iter().flat_map(corpus::read) {
        match reading {
            Ok(reading) => {
                reading.notes.iter().for_each(|note| report.note(note));
                print(&text(&reading.document, &explain(&reading.document)))?;
                explained += 1;
            }
            Err(warning) => {
                report.warn(&warning);
                outcome = Outcome::Skipped;
            }
        }
    }
    if explained == 0 { Err(no_documents(paths)) } else { Ok(outcome) }
}

/// The explanation of one document. Writing to a string cannot fail, so its results are let go.
fn text(document: &Document, explanation: &Explanation) -> String {
    let mut out = format!("# {} ({})\n", document.source, document.language.as_str());
    let entities = &explanation.annotations.entities;
    for sentence in &explanation.sentences {
        let _ = writeln!(out, "\n{}", shown(document, *sentence));
        for (span, line) in mentions(document, entities, *sentence) {
            let _ = writeln!(out, "    {}-{} {line}", span.start, span.end);
        }
        for relation in &explanation.annotations.relations {
            if relation.evidence.last() == Some(sentence) {
                out += &statement(document, entities, relation);
            }
        }
        for lost in
            explanation.lost.iter().filter(|lost| lost.spans.last().is_some_and(|span| within(*span, *sentence)))
        {
            let spans: Vec<String> = lost.spans.iter().map(|span| format!("«{}»", shown(document, *span))).collect();
            let _ = writeln!(out, "    x {} {} · {}: {}", lost.kind, spans.join(" → "), lost.rule, lost.reason);
        }
    }
    out
}

fn mentions(document: &Document, entities: &[LocalEntity], sentence: Span) -> Vec<(Span, String)> {
    let mut lines: Vec<(Span, String)> = Vec::new();
    for entity in entities {
        for mention in entity.mentions.iter().filter(|mention| within(mention.span, sentence)) {
            let (kind, written) = (entity.kind, shown(document, mention.span));
            lines.push((mention.span, format!("{kind} «{written}» = {} · {}", entity.name, mention.rule)));
        }
    }
    lines.sort();
    lines
}

fn statement(document: &Document, entities: &[LocalEntity], relation: &RelationMention) -> String {
    let (subject, object) = (&entities[relation.subject].name, &entities[relation.object].name);
    let mut line =
        format!("    {} {subject} → {object} · {:.2} · {}", relation.kind, relation.confidence, relation.rule);
    let (from, to) = (shown(document, relation.subject_span), shown(document, relation.object_span));
    let _ = write!(line, "\n        between «{from}» and «{to}»");
    if let Some(trigger) = relation.trigger {
        let _ = write!(line, " by «{}»", shown(document, trigger));
    }
    if let Some(example) = rule_example(&relation.rule.0) {
        let _ = write!(line, ", as in «{example}»");
    }
    if relation.evidence.len() > 1 {
        let others = relation.evidence.len() - 1;
        let _ = write!(line, ", with {others} sentence before it");
    }
    line + "\n"
}

fn within(span: Span, sentence: Span) -> bool {
    sentence.start <= span.start && span.end <= sentence.end
}

/// The text of a span on one line.
fn shown(document: &Document, span: Span) -> String {
    span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
