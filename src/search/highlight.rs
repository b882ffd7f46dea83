//! What of a name or sentence is why it was found.
//!
//! `highlights("Organisation internationale", &typed("internat"))` → *internat*
//!
//! Spans of whole characters, in order, without overlaps: whole words, or the beginning of one when only that was typed.

use super::typed::{Fit, Typed};
use super::words::{beginning, words};
use crate::model::Span;

/// Where a text has what was typed.
pub fn highlights(text: &str, typed: &Typed) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (word, span) in words(text) {
        let fits = typed.words.iter().filter_map(|typed| Some((typed.fit(&word)?, typed)));
        let Some((fit, typed)) = fits.min_by_key(|(fit, _)| *fit) else { continue };
        let end = match fit {
            Fit::Begins => span.start + beginning(span.of(text), typed.text.len()).len(),
            _ => span.end,
        };
        // A character that stands for the end of one word and the beginning of the next is marked once.
        let start = found.last().map_or(span.start, |last| span.start.max(last.end));
        if start < end {
            found.push(Span::new(start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked<'t>(text: &'t str, typed: &str) -> Vec<&'t str> {
        let typed = Typed::of(typed).expect("short");
        highlights(text, &typed).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn what_was_typed_is_marked_as_it_is_written() {
        assert_eq!(marked("🐟 L’Œuvre d’État", "etat oeuvre"), ["Œuvre", "État"]);
        assert_eq!(marked("Œuvre", "oe"), ["Œ"]);
        assert_eq!(marked("E\u{301}tat-major", "etat major"), ["E\u{301}tat", "major"]);
        assert_eq!(marked("atelier de formation", "fromation"), ["formation"]);
        assert_eq!(marked("½ litre", "1 2"), ["½"]);
        assert!(marked("— <b>", "c").is_empty());
    }
}
