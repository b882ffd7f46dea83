//! What must hold of a contribution: spans lie in the text, relations have ends and evidence, dates are dates.
//!
//! A mention at 10–20 of a text of 15 bytes → *mention 0 of entity 2 («OIM») lies at 10–20, which is not in the text*
//!
//! A store refuses what is not sound, so that nobody who reads it has to doubt it. Must not know how a store keeps it.

use crate::error::{Error, Result};
use crate::model::{Annotations, Contribution, DateRange, Language, PartialDate, Span};

use super::{Token, Write};

/// Refuses the first contribution that contradicts itself.
pub(super) fn refuse_unsound(writes: &[Write]) -> Result<()> {
    for write in writes {
        let Write::Add { contribution, .. } = write else { continue };
        if let Some(reason) = flaws(contribution).into_iter().next() {
            return Err(Error::Unsound { document: contribution.document.id.to_string(), reason });
        }
    }
    Ok(())
}

/// What is wrong with a contribution, in words; nothing in a sound one.
pub(super) fn flaws(contribution: &Contribution) -> Vec<String> {
    let Contribution { document, annotations, .. } = contribution;
    let mut flaws = Flaws { text: &document.text, found: Vec::new() };
    if annotations.document != document.id {
        flaws.found.push(format!("its annotations are those of {}", annotations.document));
    }
    for (number, section) in document.sections.iter().enumerate() {
        flaws.fits(section.span, || format!("section {number}"));
    }
    if document.published.is_some_and(|date| PartialDate::parse(&date.to_string()) != Some(date)) {
        flaws.found.push("the date of its publication is no date".to_owned());
    }
    if Language::new(document.language.as_str()) != document.language {
        flaws.found.push(format!("{:?} is no tag of a language", document.language.as_str()));
    }
    flaws.entities(annotations);
    flaws.relations(annotations);
    flaws.found
}

/// What is wrong with a write token, in words; nothing with a sound one.
pub(super) fn token_flaws(token: &Token) -> Vec<String> {
    let mut found = Vec::new();
    let hexadecimal = token.digest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
    if token.name.trim().is_empty() {
        found.push("a token has no name".to_owned());
    }
    if token.digest.len() != 64 || !hexadecimal {
        found.push(format!("the digest of the token {} is not 64 hexadecimal digits", token.name));
    }
    found
}

struct Flaws<'t> {
    text: &'t str,
    found: Vec<String>,
}

impl Flaws<'_> {
    fn fits(&mut self, span: Span, what: impl Fn() -> String) {
        if self.text.get(span.start..span.end).is_none() {
            let Span { start, end } = span;
            self.found.push(format!("{} lies at {start}–{end}, which is not in the text", what()));
        }
    }

    fn entities(&mut self, annotations: &Annotations) {
        for (number, entity) in annotations.entities.iter().enumerate() {
            if entity.mentions.is_empty() {
                self.found.push(format!("entity {number} («{}») is not mentioned", entity.name));
            }
            for (at, mention) in entity.mentions.iter().enumerate() {
                self.fits(mention.span, || format!("mention {at} of entity {number} («{}»)", entity.name));
            }
        }
    }

    fn relations(&mut self, annotations: &Annotations) {
        for (number, relation) in annotations.relations.iter().enumerate() {
            let what = |part: &str| format!("{part} relation {number} ({})", relation.kind);
            if relation.subject.max(relation.object) >= annotations.entities.len() {
                self.found.push(format!("{} does not exist", what("an end of")));
            }
            if relation.evidence.is_empty() {
                self.found.push(format!("{} has no evidence", what("a statement, ")));
            }
            if !(relation.confidence > 0.0 && relation.confidence <= 1.0) {
                self.found.push(format!(
                    "{} is {}, not above 0 and at most 1",
                    what("the confidence of"),
                    relation.confidence
                ));
            }
            if relation.qualifiers.date.is_some_and(|date| DateRange::parse(&date.to_string()) != Some(date)) {
                self.found.push(format!("{} is no date", what("the date of")));
            }
            self.fits(relation.subject_span, || what("the subject of"));
            self.fits(relation.object_span, || what("the object of"));
            if let Some(trigger) = relation.trigger {
                self.fits(trigger, || what("the trigger of"));
            }
            for span in &relation.evidence {
                self.fits(*span, || what("evidence of"));
            }
        }
    }
}
