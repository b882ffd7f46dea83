//! Words, numbers and punctuation with their folded forms in one buffer.
//!
//! `l’OIM en Guinée-Bissau` → `l’` (elided) · `OIM` · `en` · `Guinée-Bissau`, folded text `" l oim en guinee bissau"`
//!
//! Invariants: tokens are in order and do not overlap; a token's folded form is `folded[token.folded]`; every folded word is
//! preceded by exactly one space, every sentence by a line feed, so that a name never matches across sentences.

use std::borrow::Cow;
use std::ops::Range;

use super::{TextPack, sentences};
use crate::model::{Section, SectionKind, Span, fold_into};

/// Bytes of text for each token, at least in most texts: how much room is made at first.
const BYTES_A_TOKEN: usize = 5;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word; hyphens and inner apostrophes belong to it.
    Word,
    /// An elided word with its apostrophe: `l’`.
    Elided,
    /// Digits, with inner separators.
    Number,
    /// One other character.
    Punctuation,
}

/// A token of a text.
#[derive(Clone, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
    /// Its folded form in [`Tokens::folded`]; empty for punctuation.
    pub folded: Range<usize>,
    /// Its lower-case form with accents in the buffer behind [`Tokens::lower`]; empty when the text has it already.
    lower: Range<usize>,
    /// Whether its first letter is upper case.
    pub capital: bool,
    /// Whether it has at least two letters and all are upper case.
    pub acronym: bool,
}

/// A sentence as token and byte ranges.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where, without surrounding space.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The section it belongs to.
    pub section: SectionKind,
    /// Number of its paragraph within the document, from 0.
    pub paragraph: usize,
}

/// A text cut into tokens and sentences.
#[derive(Debug)]
pub struct Tokens<'t> {
    /// The text.
    pub text: &'t str,
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
    /// The folded words, each preceded by a space, each sentence by a line feed.
    pub folded: String,
    /// Lower-case forms of the tokens that the text has otherwise.
    lowered: String,
}

impl<'t> Tokens<'t> {
    /// Cuts a text by its sections; sections must be in order.
    pub fn new(text: &'t str, sections: &[Section], pack: &TextPack) -> Self {
        let mut cut = Self {
            text,
            tokens: Vec::with_capacity(text.len() / BYTES_A_TOKEN),
            sentences: Vec::new(),
            folded: String::with_capacity(text.len() + 64),
            lowered: String::new(),
        };
        let mut paragraph = 0;
        for section in sections {
            for line in lines(text, section.span) {
                for span in sentences::split(text, line, pack) {
                    cut.add_sentence(span, section.kind, paragraph, pack);
                }
                paragraph += 1;
            }
        }
        cut
    }

    /// The folded form of the token at `index`; empty when there is none.
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.folded[token.folded.clone()])
    }

    /// The lower-case form of the token at `index`, accents kept, every apostrophe `’`; empty when there is none.
    pub fn lower(&self, index: usize) -> &str {
        let of = |token: &Token| match token.lower.is_empty() {
            true => token.span.of(self.text),
            false => &self.lowered[token.lower.clone()],
        };
        self.tokens.get(index).map_or("", of)
    }

    /// The text of the token at `index`.
    pub fn raw(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// The span from the first to the last of a token range; empty for an empty range.
    pub fn span(&self, range: &Range<usize>) -> Span {
        match self.tokens.get(range.clone()) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The folded words of a token range, one space between two.
    pub fn words(&self, range: Range<usize>) -> String {
        self.folded_words(range).into_owned()
    }

    /// The same, without a copy where they stand so in the folded text: nearly everywhere.
    pub fn folded_words(&self, range: Range<usize>) -> Cow<'_, str> {
        let range = range.start..range.end.min(self.tokens.len());
        let mut said = self.tokens.get(range.clone()).unwrap_or_default().iter().filter(|t| !t.folded.is_empty());
        let Some(first) = said.next() else { return Cow::Borrowed("") };
        let last = said.next_back().unwrap_or(first);
        let words = &self.folded[first.folded.start..last.folded.end];
        // Between two sentences stands a line feed, and around a word that folds to nothing two spaces.
        let mut before = b' ';
        let plain = words.bytes().all(|b| b != b'\n' && !(std::mem::replace(&mut before, b) == b' ' && b == b' '));
        if plain { Cow::Borrowed(words) } else { Cow::Owned(self.joined_words(range)) }
    }

    fn joined_words(&self, range: Range<usize>) -> String {
        range.map(|i| self.word(i)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The index of the sentence that holds the token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token).min(self.sentences.len().saturating_sub(1))
    }

    /// The tokens whose folded forms begin and end at these offsets. Asked in order of ends, the search goes on at `cursor`.
    pub fn tokens_of(&self, folded: Range<usize>, cursor: &mut usize) -> Option<Range<usize>> {
        let behind = self.tokens[*cursor..].iter().take_while(|t| t.folded.end < folded.end).count();
        *cursor += behind;
        let ends = |i: &usize| !self.tokens[*i].folded.is_empty();
        let last = (*cursor..self.tokens.len()).take_while(|&i| self.tokens[i].folded.end == folded.end).find(ends)?;
        let begins = (0..=last).rev().find(|i| self.tokens[*i].folded.start <= folded.start && ends(i))?;
        (self.tokens[begins].folded.start == folded.start).then_some(begins..last + 1)
    }

    fn add_sentence(&mut self, span: Span, section: SectionKind, paragraph: usize, pack: &TextPack) {
        let first = self.tokens.len();
        self.folded.push('\n');
        let mut at = span.start;
        while at < span.end {
            at = self.add_token(at, span.end, pack);
        }
        if self.tokens.len() > first {
            let tokens = first..self.tokens.len();
            self.sentences.push(Sentence { span, tokens, section, paragraph });
        }
    }

    /// Adds the token at `at`, if any, and returns where to go on.
    fn add_token(&mut self, at: usize, end: usize, pack: &TextPack) -> usize {
        let rest = &self.text[at..end];
        let Some(first) = rest.chars().next() else { return end };
        if first.is_whitespace() || first == '\u{feff}' {
            return at + first.len_utf8();
        }
        if first.is_ascii_digit() {
            let len = number_length(rest);
            self.push(at, at + len, TokenKind::Number);
            return at + len;
        }
        if !first.is_alphanumeric() {
            let span = Span::new(at, at + first.len_utf8());
            let here = self.folded.len();
            let lower = self.lower_case(span.start, span.end);
            let kind = TokenKind::Punctuation;
            self.tokens.push(Token { span, kind, folded: here..here, lower, capital: false, acronym: false });
            return span.end;
        }
        let (len, kind) = word_length(rest, pack);
        self.push(at, at + len, kind);
        at + len
    }

    fn lower_case(&mut self, start: usize, end: usize) -> Range<usize> {
        let from = self.lowered.len();
        let mut rest = &self.text[start..end];
        let is_lower = |c: char| match c {
            '\0'..='\u{7f}' => !c.is_ascii_uppercase() && c != '\'',
            c => matches!(c, 'ß'..='ÿ' | '’'),
        };
        if rest.chars().all(is_lower) {
            return 0..0;
        }
        loop {
            let plain = rest.bytes().take_while(|b| b.is_ascii() && !b.is_ascii_uppercase() && *b != b'\'').count();
            self.lowered.push_str(&rest[..plain]);
            let mut chars = rest[plain..].chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            match c {
                '\'' | 'ʼ' => self.lowered.push('’'),
                'A'..='Z' => self.lowered.push(c.to_ascii_lowercase()),
                'ß'..='ÿ' | '’' => self.lowered.push(c),
                c => self.lowered.extend(c.to_lowercase()),
            }
        }
        from..self.lowered.len()
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let raw = &self.text[start..end];
        self.folded.push(' ');
        let from = self.folded.len();
        // Most words are nothing but small letters: they are their own folded and lower-case form.
        if raw.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            self.folded.push_str(raw);
            let (span, folded) = (Span::new(start, end), from..self.folded.len());
            self.tokens.push(Token { span, kind, folded, lower: 0..0, capital: false, acronym: false });
            return;
        }
        fold_into(&mut self.folded, raw);
        let capital = raw.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let acronym = capital && kind != TokenKind::Number && is_in_capitals(raw);
        let lower = self.lower_case(start, end);
        let folded = from..self.folded.len();
        self.tokens.push(Token { span: Span::new(start, end), kind, folded, lower, capital, acronym });
    }
}

/// The sentences of a text, as [`Tokens`] has them, without its tokens: each with its section, in order.
pub fn find_sentences(text: &str, sections: &[Section], pack: &TextPack) -> Vec<(Span, SectionKind)> {
    let of_line = |line, kind| sentences::split(text, line, pack).into_iter().map(move |span| (span, kind));
    let of_section = |section: &Section| {
        let kind = section.kind;
        lines(text, section.span).into_iter().flat_map(move |line| of_line(line, kind)).collect::<Vec<_>>()
    };
    sections.iter().flat_map(of_section).collect()
}

/// Whether a text has two letters or more and all are upper case.
fn is_in_capitals(text: &str) -> bool {
    let mut letters = 0;
    text.chars().filter(|c| c.is_alphabetic()).all(|c| {
        letters += 1;
        c.is_uppercase()
    }) && letters >= 2
}

/// The lines of a span that hold something, without surrounding space.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = span.start;
    for piece in span.of(text).split_inclusive('\n') {
        let lead = piece.len() - piece.trim_start().len();
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            lines.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start += piece.len();
    }
    lines
}

/// Digits with inner `.`, `,`, spaces before three digits, and a glued suffix as in *43ème*, *1er*.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    loop {
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let tail = &rest[at..];
        let Some(separator) = tail.chars().next() else { return at };
        let after = &tail.as_bytes()[separator.len_utf8()..];
        let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
        let spaced = matches!(separator, ' ' | '\u{a0}' | '\u{202f}') && digits == 3 && at <= 3 + at / 4 * 4;
        let pointed = matches!(separator, '.' | ',') && digits > 0;
        if spaced || pointed {
            at += separator.len_utf8();
            continue;
        }
        let suffix: usize = tail.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        return at + suffix;
    }
}

/// The length of the word at the start of `rest`, and whether it is elided before an apostrophe.
fn word_length(rest: &str, pack: &TextPack) -> (usize, TokenKind) {
    let mut at = 0;
    loop {
        at += letters_length(&rest[at..]);
        let mut tail = rest[at..].chars();
        let (Some(joint), next) = (tail.next(), tail.next()) else { return (at, TokenKind::Word) };
        let goes_on = next.is_some_and(char::is_alphanumeric);
        match joint {
            '\'' | '’' | 'ʼ' => {
                let after = at + joint.len_utf8();
                if elides(&rest[..at], next, pack) {
                    return (after, TokenKind::Elided);
                }
                let tail_word: String = rest[after..].chars().take_while(|c| is_word_char(*c)).collect();
                if !goes_on || pack.is_clitic(&tail_word.to_lowercase()) {
                    return (at, TokenKind::Word);
                }
                at = after;
            }
            '-' | '\u{2010}' | '\u{2011}' if goes_on => {
                let after = at + joint.len_utf8();
                if pack.ends_compound(&rest[after..after + letters_length(&rest[after..])]) {
                    return (at, TokenKind::Word);
                }
                at = after;
            }
            _ => return (at, TokenKind::Word),
        }
    }
}

/// How many bytes at the start of a text are letters and digits.
fn letters_length(text: &str) -> usize {
    let mut at = 0;
    loop {
        at += text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        match text[at..].chars().next() {
            Some(c) if is_word_char(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        'ß'..='ö' => true,
        // Dashes, quotation marks, points.
        '\u{2010}'..='\u{2027}' => false,
        c => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
    }
}

/// *l'OIM*, *L'OIM*, *d'Ivoire* elide; *N'Djamena*, *M'Bour* are names: a capital before a capital is only an article or *D'*.
fn elides(before: &str, next: Option<char>, pack: &TextPack) -> bool {
    let lower = before.bytes().all(|b| b.is_ascii_lowercase());
    let folded = if lower { Cow::Borrowed(before) } else { Cow::Owned(before.to_lowercase()) };
    let capitals = before.starts_with(char::is_uppercase) && next.is_some_and(char::is_uppercase);
    pack.is_elision(&folded) && next.is_some() && (!capitals || matches!(folded.as_ref(), "l" | "d" | "qu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, TextPack::of("fr"));
        tokens.tokens.iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn names_with_apostrophes_stay_whole() {
        assert_eq!(words("L’OIM à N’Djamena, aujourd'hui"), ["L’", "OIM", "à", "N’Djamena", ",", "aujourd'hui"]);
        assert_eq!(
            words("la Côte d’Ivoire et la Guinée-Bissau"),
            ["la", "Côte", "d’", "Ivoire", "et", "la", "Guinée-Bissau"]
        );
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(
            words("120 000 personnes, 2,5 millions, la 43ème"),
            ["120 000", "personnes", ",", "2,5", "millions", ",", "la", "43ème"]
        );
    }

    #[test]
    fn folded_offsets_lead_back_to_tokens() {
        let text = "L’État. La Côte d’Ivoire !";
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, TextPack::of("fr"));
        assert_eq!(tokens.folded, "\n l etat\n la cote d ivoire");
        let at = tokens.folded.find("cote").expect("folded");
        let name = tokens.tokens_of(at..tokens.folded.len(), &mut 0).expect("tokens");
        assert_eq!(tokens.span(&name).of(text), "Côte d’Ivoire");
        assert_eq!(tokens.tokens_of(at + 1..tokens.folded.len(), &mut 0), None);
        assert_eq!(tokens.sentences.len(), 2);
        let found = find_sentences(text, &sections, TextPack::of("fr"));
        let expected: Vec<_> = tokens.sentences.iter().map(|sentence| (sentence.span, sentence.section)).collect();
        assert_eq!(found, expected);
    }
}
