//! Where sentences end: at `.`, `!`, `?` or `…` before a space and a capital, a digit or an opening quotation mark, but not
//! after an abbreviation or an initial.
//!
//! `M. Diop est venu. Il a parlé.` → 2 sentences, not 3
//!
//! UAX #29 breaks after *M.* and *U.S.*; hence a splitter of our own with abbreviations as data.

use super::TextPack;
use crate::model::Span;

/// The sentences of one line, without surrounding space.
pub(super) fn split(text: &str, line: Span, pack: &TextPack) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = line.start;
    let inside = line.of(text);
    // «…» begins with this byte, as dashes and quotation marks do.
    const ELLIPSIS: u8 = 0xe2;
    let may_mark = |(_, b): &(usize, u8)| matches!(b, b'.' | b'!' | b'?' | &ELLIPSIS);
    for (at, _) in inside.bytes().enumerate().filter(may_mark) {
        let Some(c) = inside[at..].chars().next() else { break };
        let after = line.start + at + c.len_utf8();
        let marks = matches!(c, '.' | '!' | '?' | '…') && after > start;
        if let Some(end) = marks.then(|| end_of_sentence(text, start, after, line.end, c, pack)).flatten() {
            push(text, Span::new(start, end), &mut sentences);
            start = end;
        }
    }
    push(text, Span::new(start, line.end), &mut sentences);
    sentences
}

/// Where the sentence ends (after closing quotation marks) if the mark that ends at `after` ends one.
fn end_of_sentence(
    text: &str,
    start: usize,
    after: usize,
    line_end: usize,
    mark: char,
    pack: &TextPack,
) -> Option<usize> {
    let rest = &text[after..line_end];
    let closing: usize =
        rest.chars().take_while(|c| matches!(c, '»' | '”' | '"' | ')' | '.' | '…')).map(char::len_utf8).sum();
    // « … . » : a French closing mark stands after a space; what follows tells whether the sentence goes on.
    let spaced = rest[closing..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let (end, next) = match spaced.strip_prefix(['»', '”']) {
        Some(beyond) => (line_end - beyond.len(), beyond),
        None => (after + closing, &rest[closing..]),
    };
    let trimmed = next.trim_start();
    if trimmed.is_empty() {
        return None; // the line ends here anyway
    }
    if trimmed.len() == next.len() {
        return None; // no space after the mark
    }
    let opens = trimmed.chars().next().is_some_and(|c| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '«' | '“' | '"' | '¿' | '¡' | '—' | '–' | '(')
    });
    let stops = mark != '.' || !is_abbreviated(&text[start..after - 1], pack);
    (opens && stops).then_some(end)
}

/// Whether the text before a full stop ends in an abbreviation, an initial or dotted letters (*S.E.*, *U.S.*).
fn is_abbreviated(before: &str, pack: &TextPack) -> bool {
    let last =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '\'' | '’' | '"')).next().unwrap_or("");
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    let initial = letters == 1 && last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    let dotted = last.contains('.') && last.split('.').all(|part| part.chars().count() <= 2);
    initial || dotted || pack.is_abbreviation(&last.to_lowercase()) && letters > 0
}

fn push(text: &str, span: Span, sentences: &mut Vec<Span>) {
    let inside = span.of(text);
    let lead = inside.len() - inside.trim_start().len();
    let trimmed = inside.trim();
    if !trimmed.is_empty() {
        sentences.push(Span::new(span.start + lead, span.start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let spans = split(text, Span::new(0, text.len()), TextPack::of("fr"));
        assert_eq!(spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        check("M. Diop et Mme. Sow sont venus. Il a parlé.", &["M. Diop et Mme. Sow sont venus.", "Il a parlé."]);
        check("J. Peraza est là. L’art. 4 dit non.", &["J. Peraza est là.", "L’art. 4 dit non."]);
    }

    #[test]
    fn a_quotation_goes_on_into_its_speaker() {
        check("« Oui. Nous agissons », a dit Ana. Fin.", &["« Oui.", "Nous agissons », a dit Ana.", "Fin."]);
        check("« C’est fini ! » Elle part.", &["« C’est fini ! »", "Elle part."]);
    }

    #[test]
    fn numbers_and_addresses_stay_whole() {
        check(
            "Il y a 2.500 personnes. Voir www.iom.int pour plus.",
            &["Il y a 2.500 personnes.", "Voir www.iom.int pour plus."],
        );
    }
}
