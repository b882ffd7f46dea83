//! Labels and what stands behind them, as fact sheets, programmes and telegraphic notes have them.
//!
//! `Bailleurs : Canada ; Suède` → label *Bailleurs*, parts *Canada*, *Suède*; `Contributions` over `• Canada : 3 M EUR` → part *Canada : 3 M EUR*
//!
//! Near miss: *Les **bailleurs** se réunissent* (no colon, no list), *• **Financement** : à trouver* (a part without a name says nothing).
//! Reads tokens alone; what the parts name is for others.

use std::ops::Range;

use super::language::Label;
use super::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::{TokenKind, Tokens, find_dates};

/// A label with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// What it says, as indices of the language's labels.
    pub(super) labels: Vec<usize>,
    /// Its words.
    pub(super) words: Range<usize>,
    /// What stands behind it: each part within a sentence.
    pub(super) parts: Vec<Range<usize>>,
    /// Whether it opens its line.
    pub(super) opens_line: bool,
}

impl Labelled {
    /// What the label says.
    pub(super) fn rules<'p>(&self, page: &'p Page<'_>) -> impl Iterator<Item = &'p Label> {
        self.labels.iter().map(|&label| &page.pack.labels.labels[label])
    }
}

/// All labels of a document, in order of the text.
pub(super) fn read(page: &Page<'_>) -> Vec<Labelled> {
    if page.pack.labels.labels.is_empty() {
        return Vec::new();
    }
    let sentences = &page.tokens.sentences;
    (0..sentences.len())
        .filter(|&s| sentences[s].section != SectionKind::Contact)
        .flat_map(|s| in_sentence(page, s))
        .collect()
}

/// Whether a token is a mark that opens an item of a list.
pub(super) fn is_bullet(raw: &str) -> bool {
    matches!(raw, "•" | "-" | "–" | "—" | "*" | "·" | ">" | "▪" | "◦" | "‣" | "o")
}

/// The first token of a sentence behind the mark of an item: *•*, *1.*, *(a)*, *C2.*; the start itself without one.
pub(super) fn past_mark(tokens: &Tokens<'_>, sentence: &Range<usize>) -> usize {
    let raw = |at: usize| if at < sentence.end { tokens.raw(at) } else { "" };
    let start = sentence.start;
    let mut at = if is_bullet(raw(start)) { start + 1 } else { start };
    // «1.», «a)», «R2 –»
    let number = tokens.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number) || raw(at).chars().count() <= 2;
    if number && matches!(raw(at + 1), "." | ")" | "–" | "°") && at + 2 < sentence.end {
        at += 2;
    } else if raw(at) == "(" && raw(at + 2) == ")" {
        at += 3;
    }
    at.min(sentence.end)
}

fn in_sentence(page: &Page<'_>, number: usize) -> Vec<Labelled> {
    let sentence = page.tokens.sentences[number].tokens.clone();
    let opening = past_mark(&page.tokens, &sentence);
    let begins =
        |at: &usize| *at == opening || *at > opening && matches!(page.tokens.raw(*at - 1), ";" | "|" | ":" | ".");
    let labels = &page.pack.labels.phrases;
    let starts: Vec<(usize, usize, usize)> = (opening..sentence.end)
        .filter(begins)
        .filter_map(|at| {
            let noun = page.past_determiners(at, sentence.end);
            let length = page.phrase(labels, noun, sentence.end).filter(|_| noun <= at + 1)?;
            // «Cadre : le programme Eaux vives»: behind a colon only what has one itself, or needs none, is a label.
            let value = at > opening && page.is_raw(at - 1, ":");
            let colon = || page.is_raw(past_qualifiers(page, noun + length, sentence.end), ":");
            (!value || colon() || labels_at(page, noun..noun + length).any(|label| page.pack.labels.labels[label].bare))
                .then_some((at, noun, length))
        })
        .collect();
    let mut found = Vec::new();
    for (n, &(at, noun, length)) in starts.iter().enumerate() {
        let until = starts.get(n + 1).map_or(sentence.end, |next| next.0);
        let words = noun..noun + length;
        let opens_line = at == opening && is_first_of_line(page, number);
        let parts = parts(page, number, &words, until, opens_line, at > sentence.start);
        let mut fitting: Vec<usize> = labels_at(page, words.clone()).collect();
        let Some((parts, bare)) = parts else { continue };
        fitting.retain(|&i| !bare || page.pack.labels.labels[i].bare);
        if !fitting.is_empty() && !parts.is_empty() {
            found.push(Labelled { labels: fitting, words, parts, opens_line });
        }
    }
    found
}

/// The labels that these words are.
fn labels_at<'p>(page: &'p Page<'_>, words: Range<usize>) -> impl Iterator<Item = usize> + 'p {
    let labels = &page.pack.labels.labels;
    let fits = move |&i: &usize| page.phrase(&labels[i].words, words.start, words.end) == Some(words.len());
    (0..labels.len()).filter(fits)
}

/// Whether a sentence opens its line of the text.
fn is_first_of_line(page: &Page<'_>, number: usize) -> bool {
    let sentences = &page.tokens.sentences;
    number.checked_sub(1).is_none_or(|before| sentences[before].paragraph != sentences[number].paragraph)
}

/// What stands behind the words of a label up to the next one, and whether it stands there without a colon.
fn parts(
    page: &Page<'_>,
    number: usize,
    words: &Range<usize>,
    until: usize,
    opens_line: bool,
    marked: bool,
) -> Option<(Vec<Range<usize>>, bool)> {
    let end = page.tokens.sentences[number].tokens.end;
    let colon = past_qualifiers(page, words.end, until);
    let at_end = colon >= end;
    let announces = colon < until && page.is_raw(colon, ":");
    if at_end || announces && colon + 1 >= end {
        // Over a list; without a colon only as a line of its own.
        return Some((items_below(page, number), false)).filter(|_| opens_line);
    }
    if announces {
        let mut parts = split(page, colon + 1..until);
        let number_behind = (colon + 1..until).any(|at| page.tokens.tokens[at].kind == TokenKind::Number);
        if opens_line && number_behind && until == end {
            parts.extend(items_below(page, number));
        }
        return Some((parts, false));
    }
    // «… ; cofinancement Banque mondiale, 2 M EUR»
    let named = colon == words.end && marked && !page.is_function_word(colon) && page.verb_forms(colon).is_empty();
    let plain = page.tokens.tokens.get(colon).is_some_and(|t| t.kind == TokenKind::Word);
    (named && plain).then(|| (split(page, colon..until), true))
}

/// Past words that belong to a label: *Partenaire **technique principal** :*, *Bailleur**(s)** :*, *Lieu **(provisoire)** :*.
fn past_qualifiers(page: &Page<'_>, from: usize, until: usize) -> usize {
    const LONGEST: usize = 5;
    let mut at = from;
    while at < until && at < from + LONGEST {
        if page.is_raw(at, "(") {
            let Some(close) = (at..until.min(at + LONGEST)).find(|&i| page.is_raw(i, ")")) else { break };
            at = close + 1;
            continue;
        }
        let word = page.is_lower(at) && (page.is(&page.pack.labels.qualifiers, at) || page.is_adjective(at));
        if !word {
            break;
        }
        at += 1;
    }
    at
}

/// The parts of a range between semicolons.
fn split(page: &Page<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        if page.is_raw(at, ";") {
            parts.push(from..at);
            from = at + 1;
        }
    }
    parts.push(from..range.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The items of the list right below a sentence: the first sentence of each line that opens with a mark.
fn items_below(page: &Page<'_>, number: usize) -> Vec<Range<usize>> {
    let sentences = &page.tokens.sentences;
    let mut items = Vec::new();
    let mut line = sentences[number].paragraph;
    for sentence in &sentences[number + 1..] {
        if sentence.paragraph == line {
            continue;
        }
        let range = sentence.tokens.clone();
        let marked = is_bullet(page.tokens.raw(range.start));
        if !marked || sentence.paragraph > line + 1 {
            break;
        }
        line = sentence.paragraph;
        items.push(range.start + 1..range.end);
    }
    items
}

/// The line that names the project that a sheet is about, as the number of its sentence: the first one below what announces a sheet, or, when the
/// text opens with labels of a project, the one above them.
pub(super) fn title(page: &Page<'_>, labelled: &[Labelled]) -> Option<usize> {
    const HEAD: usize = 6;
    let project = |l: &&Labelled| {
        let about = |label: &Label| label.on.contains(&EntityKind::Project);
        l.opens_line && l.rules(page).any(about)
    };
    let mut sheets = labelled.iter().filter(project);
    let first = page.sentence_number(sheets.next()?.words.start);
    sheets.next()?;
    let sentences = &page.tokens.sentences;
    let announces = |s: &usize| {
        let range = sentences[*s].tokens.clone();
        range.clone().any(|at| page.phrase(&page.pack.labels.sheets, at, range.end).is_some())
    };
    let head = first.saturating_sub(HEAD);
    let sheet = (head..first).find(announces);
    let labels = |s: &usize| {
        let range = &sentences[*s].tokens;
        let colon = range.clone().take(HEAD).any(|at| page.is_raw(at, ":"));
        colon && labelled.iter().any(|l| range.contains(&l.words.start))
    };
    let names = |s: &usize| {
        let range = sentences[*s].tokens.clone();
        let dated = range.len() < 10 && !find_dates(&page.tokens, range.clone(), page.text_pack).is_empty();
        let opens = page.is_capital(range.start) || page.tokens.tokens[range.start].acronym;
        let last = page.tokens.raw(range.end - 1);
        let apart = is_first_of_line(page, *s) && !matches!(last, "." | ":");
        opens && apart && range.len() > 1 && !dated && !labels(s) && !announces(s)
    };
    match sheet {
        Some(sheet) => (sheet + 1..first).find(names),
        None => (head..first).rev().find(names).filter(|_| first < HEAD),
    }
}
