//! The words of a text as search compares them: folded, each with where it stands.
//!
//! `words("l’Œuvre")` → `l` at 0..1, `oeuvre` at 4..10
//!
//! The same words in the same order as [`fold`] gives. Of a word longer than [`LETTERS_MAX`] only so many letters count, here and
//! in what is typed.

use crate::model::{Span, fold, fold_into};

/// How many letters of a word count.
pub(super) const LETTERS_MAX: usize = 64;

/// Calls for each word of a text, in order, with its folded form and its span.
pub(super) fn each_word(text: &str, mut found: impl FnMut(&str, Span)) {
    let (mut word, mut start, mut end) = (String::new(), 0, 0);
    each_piece(text, |piece, span| match piece {
        Some(letters) => {
            if word.is_empty() {
                start = span.start;
            }
            word.push_str(letters);
            end = span.end;
        }
        None => {
            if !word.is_empty() {
                found(short(&word), Span::new(start, end));
            }
            word.clear();
        }
    });
    if !word.is_empty() {
        found(short(&word), Span::new(start, end));
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    each_word(text, |word, span| words.push((word.to_owned(), span)));
    words
}

/// The letters of a word that count.
pub(super) fn short(word: &str) -> &str {
    // Most words have not so many bytes.
    if word.len() <= LETTERS_MAX {
        return word;
    }
    match word.char_indices().nth(LETTERS_MAX) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// The part of a word as written that folds to its first so many bytes, or to a little more where a letter is a ligature. What
/// belongs to the last letter, as an accent of its own, belongs to the part.
pub(super) fn beginning(written: &str, folded_bytes: usize) -> &str {
    let (mut folded, mut end) = (0, 0);
    each_piece(written, |piece, span| {
        let letters = piece.map_or(0, str::len);
        if folded < folded_bytes || letters == 0 && piece.is_some() && end == span.start {
            end = span.end;
        }
        folded += letters;
    });
    &written[..end]
}

/// Calls for each character with the letters that it folds to (none for a mark on the letter before), or `None` where it ends a word.
fn each_piece(text: &str, mut found: impl FnMut(Option<&str>, Span)) {
    let mut folded = String::new();
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        match c {
            'a'..='z' | '0'..='9' => found(Some(&text[at..at + 1]), span),
            c if c.is_ascii_uppercase() => found(Some(c.to_ascii_lowercase().encode_utf8(&mut [0; 4])), span),
            c if c.is_ascii() => found(None, span),
            c => {
                // Between two letters: whether it joins or parts them shows what it is.
                folded.clear();
                fold_into(&mut folded, &format!("a{c}a"));
                let inside = &folded[1..folded.len() - 1];
                for (number, letters) in inside.split(' ').enumerate() {
                    if number > 0 {
                        found(None, span);
                    }
                    if !letters.is_empty() || inside.is_empty() {
                        found(Some(letters), span);
                    }
                }
            }
        }
    }
}

/// The words of a name as compared, without where they stand.
pub(super) fn folded_words(folded: &str) -> impl Iterator<Item = &str> + Clone {
    folded.split(' ').filter(|word| !word.is_empty()).map(short)
}

/// A text as it is compared.
pub(super) fn folded(text: &str) -> String {
    fold(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stand_where_they_are_written() {
        let text = "L’Œuvre — N’Djamena, 1½ e\u{301}te\u{301} 🐟 Straße";
        let found: Vec<_> = words(text).into_iter().map(|(word, span)| (word, span.of(text))).collect();
        let found: Vec<_> = found.iter().map(|(word, written)| (word.as_str(), *written)).collect();
        let expected = [
            ("l", "L"),
            ("oeuvre", "Œuvre"),
            ("n", "N"),
            ("djamena", "Djamena"),
            ("11", "1½"),
            ("2", "½"),
            ("ete", "e\u{301}te\u{301}"),
            ("strasse", "Straße"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_beginning_of_a_word_ends_with_a_whole_character() {
        assert_eq!(beginning("Œuvre", 1), "Œ");
        assert_eq!(beginning("Œuvre", 3), "Œu");
        assert_eq!(beginning("e\u{301}te\u{301}", 1), "e\u{301}");
        assert_eq!(beginning("Senegal", 4), "Sene");
    }

    proptest! {
        #[test]
        fn words_are_those_of_folding(text in ".{0,40}|[a-zœßéÉ½㈱\u{301}\u{b4}’ -]{0,30}") {
            let joined: Vec<_> = words(&text).into_iter().map(|(word, _)| word).collect();
            prop_assert_eq!(joined.join(" "), folded(&text));
        }
    }
}
