//! Tokens, sentences, dates and amounts of a text, as byte spans.
//!
//! `Tokens::new("L’OIM finance. Elle agit.", &[whole], pack)` → 2 sentences, words `L’`, `OIM`, `finance`, …, each with its folded form
//!
//! Cannot fail: strange text gives fewer tokens. Must not know kinds of entities.

mod amounts;
mod dates;
mod pack;
mod sentences;
mod tokens;

pub use amounts::{Amount, find_amounts};
pub use dates::{FoundDate, find_dates};
pub use pack::TextPack;
pub use tokens::{Sentence, Token, TokenKind, Tokens, find_sentences};
