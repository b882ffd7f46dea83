//! How good extraction is: records against gold annotations, counted, and every mistake put into a class.
//!
//! gold «OIM Tchad», record «OIM» → one entity of kind ORGANIZATION missed, one that the gold does not have, class `boundary`
//!
//! An [`Evaluation`] counts documents one by one and can be merged with another; [`text`], [`markdown`] and [`json`] show
//! several of them side by side. What is optional in the gold is neither rewarded nor penalised; kinds with a closed
//! vocabulary (TOPIC, POPULATION) and the relations to them are not scored. The same input gives the same numbers and
//! bytes, in any order of adding but for the lists of documents and mistakes, which keep the order in which they came.
//!
//! Must not extract, must not know where documents or gold files lie, and must not measure time.

mod case;
mod class;
mod difficult;
mod entities;
mod evaluation;
mod gold;
mod identity;
mod json;
mod names;
mod pairing;
mod relations;
mod scope;
mod table;
mod tables;
mod tally;
mod words;

#[cfg(test)]
mod sample;

pub use class::{Class, Difficulty, Mistake};
pub use evaluation::{Evaluation, Share};
pub use gold::Gold;
pub use identity::{
    Agreement, Checked, Resolved, agreement, agreement_json, agreement_markdown, agreement_text, disagreements,
};
pub use json::json;
pub use tables::{markdown, mistakes, text};
pub use tally::{Count, Scores, Tally};

/// Gold files that were scored together, under the name of their folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// What tables call it.
    pub name: String,
    /// How extraction did on it.
    pub evaluation: Evaluation,
}
