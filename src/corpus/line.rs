//! A line of text with what is known about it before its meaning: blank lines around it, list mark, heading, markup.
//!
//! `"- Structure"` → a list item; `"Contact :"` with a blank line above → a line that stands apart
//!
//! Must not know what an article is.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::fold;

/// Longer lines are paragraphs whatever they say; their words are not compared with the lists.
pub(super) const LONGEST_LABEL: usize = 250;

/// One line, trimmed and not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Markup says that it is a heading of this rank (1 is the title); 0 when it says nothing.
    pub(super) heading: u8,
    /// It is an item of a list.
    pub(super) item: bool,
    /// A blank line, or a block's border, stands before it.
    pub(super) apart: bool,
    /// Markup made it a block of its own: never joined with another line.
    pub(super) block: bool,
}

impl Line {
    /// The words as lists spell them; empty for a line too long to be a label.
    pub(super) fn folded(&self) -> String {
        if self.text.len() > LONGEST_LABEL { String::new() } else { fold(&self.text) }
    }

    /// Whether the line ends like a sentence, closing quotes and brackets aside.
    pub(super) fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }

    /// Whether it reads like a paragraph: long enough, ending like a sentence or longer than any title.
    pub(super) fn is_paragraph(&self) -> bool {
        let long = self.text.chars().nth(60).is_some();
        (long && self.ends_sentence() && !self.item) || self.text.chars().nth(300).is_some()
    }
}

/// Cuts a text into its lines.
pub(super) fn lines_of(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut apart = true;
    for raw in text.split('\n') {
        let text = raw.trim();
        if text.is_empty() {
            apart = true;
            continue;
        }
        lines.push(Line { item: is_item(text), text: text.to_string(), apart, ..Line::default() });
        apart = false;
    }
    lines
}

/// Whether the text begins with the mark of a list item: a bullet, or a number with a point or bracket.
pub(super) fn is_item(text: &str) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[-–—•*·◦▪‣●■o]\s|[-–—•*·]$|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)").expect("a valid pattern")
    });
    MARK.is_match(text)
}

/// Whether a text ends like a sentence: `.`, `!`, `?` or `…`, possibly inside closing quotes or brackets.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "»”\"’')]›".contains(c) || c.is_whitespace()).ends_with(['.', '!', '?', '…'])
}

/// The share of capitals among the letters, from 0 to 1; 0 without letters.
pub(super) fn capitals(text: &str) -> f32 {
    let letters = text.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if letters == 0 { 0.0 } else { capitals as f32 / letters as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_sentence_ends_are_seen() {
        for item in ["- a", "• b", "1. c", "2) d", "-", "– e"] {
            assert!(is_item(item), "{item}");
        }
        for other in ["-5 degrés", "2,5 millions", "1951 : la fondation", "a posteriori"] {
            assert!(!is_item(other), "{other}");
        }
        assert!(ends_sentence("« C’est inédit. »") && ends_sentence("(voir l’annexe.)") && !ends_sentence("Structure"));
    }
}
