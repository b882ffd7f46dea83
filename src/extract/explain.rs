//! Why extraction read a document as it did: the rule of every mention and relation, and the readings that lost.
//!
//! *au **Tchad*** → country by `fr/name/listed`; the reading of *lac **Tchad*** that lost → *lies within «lac Tchad» (fr/place/head)*
//!
//! Readings are noted only when somebody asks, so that extraction pays nothing for it.

use std::cell::RefCell;
use std::ops::Range;

use crate::model::{Annotations, RuleId, Span};

/// A reading that lost, as rules note it.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    /// Tokens of what it is about.
    pub(super) tokens: Vec<Range<usize>>,
    /// What it would have been: a kind of entity or relation.
    pub(super) what: String,
    /// The rule that proposed it.
    pub(super) rule: String,
    /// Why it lost.
    pub(super) reason: String,
}

/// Notes lost readings, or nothing.
#[derive(Debug, Default)]
pub(super) struct Trace(Option<RefCell<Vec<Lost>>>);

impl Trace {
    pub(super) fn new(on: bool) -> Self {
        Self(on.then(RefCell::default))
    }

    pub(super) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Notes a reading that lost; its description is made only when it is noted.
    pub(super) fn note(&self, lost: impl FnOnce() -> Lost) {
        if let Some(notes) = &self.0 {
            notes.borrow_mut().push(lost());
        }
    }

    /// All that was noted.
    pub(super) fn noted(&self) -> Vec<Lost> {
        self.0.as_ref().map(|notes| notes.borrow().clone()).unwrap_or_default()
    }
}

/// A reading that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct LostReading {
    /// What it is about, in order of the text; for a relation its subject and its object.
    pub spans: Vec<Span>,
    /// The kind of entity or relation that it would have been.
    pub kind: String,
    /// The rule that proposed it.
    pub rule: RuleId,
    /// Why it lost, in English.
    pub reason: String,
}

/// A document's annotations with the readings that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What extraction observed; the same as [`super::extract`] gives.
    pub annotations: Annotations,
    /// What it did not take, in order of the text.
    pub lost: Vec<LostReading>,
    /// The sentences of the document.
    pub sentences: Vec<Span>,
}
