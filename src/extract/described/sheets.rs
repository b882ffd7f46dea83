//! The project that a fact sheet is about, named by a line without any word for a project.
//!
//! *FICHE DE PROJET / **Des puits pour demain** / Pays : Niger / Bailleur : …* → a project
//!
//! Near miss: the same line over running text (nothing says that it names a project).

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};

/// Adds the title of the sheet, unless the line has a project already.
pub(super) fn add(page: &Page<'_>, layers: &mut Layers) {
    const LONGEST: usize = 30;
    let Some(line) = page.sheet_title.map(|s| page.tokens.sentences[s].tokens.clone()) else { return };
    let of_kind = |kind: EntityKind| line.clone().any(|at| layers.mention_at(at).is_some_and(|f| f.kind == kind));
    let titles = &page.pack.labels.titles;
    let labelled =
        page.phrase(titles, line.start, line.end).map(|n| line.start + n).filter(|&colon| page.is_raw(colon, ":"));
    // «Title: Early Water, Early Warning: Flood Resilience in the Basin»: what a label says to be the title is no event that it holds.
    let begins = labelled.is_some_and(|colon| layers.mention_at(colon + 1).is_none_or(|f| f.kind != EntityKind::Event));
    if line.len() > LONGEST || of_kind(EntityKind::Project) && !begins || of_kind(EntityKind::Event) && !begins {
        return;
    }
    let title = past_code(page, &(labelled.map_or(line.start, |colon| colon + 1)..line.end));
    let bracket = title.clone().find(|&at| page.is_raw(at, "(")).filter(|&at| at > title.start);
    let quoted = bracket.and_then(|open| in_quotes(page, open + 1..line.end));
    let title = title.start..bracket.unwrap_or(title.end);
    if title.is_empty() {
        return;
    }
    let code = title.start > line.start + 1 && labelled.is_none();
    let range = if code { line.start } else { title.start }..if quoted.is_some() { line.end } else { title.end };
    let mut found = Found::new(range, EntityKind::Project, Reference::Name, "project/sheet");
    found.aliases.push(title.clone());
    // «Agua que queda: cosecha de lluvia»
    let short = title.clone().find(|&at| page.is_raw(at, ":")).filter(|&at| at > title.start);
    found.aliases.extend(quoted.clone());
    if code {
        found.aliases.push(line.start..title.start - 1);
    }
    found.aliases.extend(short.map(|colon| title.start..colon));
    found.title = Some(quoted.unwrap_or(title));
    // What the title holds is named within it; guesses in capitals are part of it.
    let capitals = page.in_capitals(line.start);
    let range = found.range.clone();
    layers.retain(|_, f| {
        let inside = range.start <= f.range.start && f.range.end <= range.end;
        let doing = begins && matches!(f.kind, EntityKind::Project | EntityKind::Event);
        !(inside && f.entry.is_none() && (capitals || doing || f.range.len() == range.len()))
    });
    layers.add(found);
}

/// Headings that name a project, since what follows takes them up: ***Lampes de brousse (2020-2025)** / … **ce projet** …*
///
/// Near miss: ***Vie associative** / Le forum …* (nothing takes it up).
pub(super) fn add_headings(page: &Page<'_>, layers: &mut Layers) {
    const LONGEST: usize = 10;
    let sentences = &page.tokens.sentences;
    for number in 0..sentences.len().saturating_sub(1) {
        let line = sentences[number].tokens.clone();
        let paragraph = sentences[number].paragraph;
        let alone = number == 0 || sentences[number - 1].paragraph != paragraph;
        let last = page.tokens.raw(line.end - 1);
        let short = line.len() <= LONGEST && !matches!(last, "." | "?" | "!" | ":" | "»");
        let body =
            sentences[number + 1].paragraph == paragraph + 1 && sentences[number + 1].section == SectionKind::Body;
        if !alone || !short || !body || !page.is_capital(line.start) || page.in_capitals(line.start) {
            continue;
        }
        let bracket = line.clone().find(|&at| page.is_raw(at, "(")).unwrap_or(line.end);
        let title = line.start..bracket;
        let marked = title.clone().any(|at| matches!(page.tokens.raw(at), ":" | "," | "|" | "?" | "«"));
        if title.len() < 2 || marked || !layers.is_free(&title) {
            continue;
        }
        let below = sentences[number + 1..].iter().take_while(|s| s.paragraph == paragraph + 1);
        let text = line.end..below.last().map_or(line.end, |s| s.tokens.end);
        if repeated(page, &title, &text) || pointed_to(page, &text) {
            let mut found = Found::new(title.clone(), EntityKind::Project, Reference::Name, "project/heading");
            found.title = Some(title);
            layers.add(found);
        }
    }
}

/// Whether the words come again with a capital inside a sentence.
fn repeated(page: &Page<'_>, title: &Range<usize>, text: &Range<usize>) -> bool {
    let words = page.tokens.folded_words(title.clone());
    let last = text.end.saturating_sub(title.len());
    (text.start..=last).any(|at| {
        page.is_capital(at) && page.sentence(at).start < at && page.tokens.folded_words(at..at + title.len()) == words
    })
}

/// Whether the text speaks of *this project* before it names one.
fn pointed_to(page: &Page<'_>, text: &Range<usize>) -> bool {
    let names = &page.pack.names;
    let project = |at: usize| page.phrase(&names.projects.heads, at, text.end).is_some();
    let first = text.clone().find(|&at| project(at));
    first.is_some_and(|at| at > text.start && page.is_exactly(&names.demonstrative, at - 1))
}

/// ***LAO/047 –** Appui aux métiers*: what stands behind a code and a dash.
fn past_code(page: &Page<'_>, line: &Range<usize>) -> Range<usize> {
    const CODE: usize = 6;
    let dash = line.clone().take(CODE).find(|&at| matches!(page.tokens.raw(at), "–" | "—" | ":"));
    let coded = |dash: &usize| {
        let digits = |at: usize| page.tokens.raw(at).bytes().any(|b| b.is_ascii_digit());
        (line.start..*dash).any(digits)
    };
    dash.filter(coded).map_or(line.clone(), |dash| dash + 1..line.end)
}

fn in_quotes(page: &Page<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let open = range.clone().find(|&at| super::titles::closing_mark(page.tokens.raw(at)).is_some())?;
    let mark = super::titles::closing_mark(page.tokens.raw(open))?;
    let close = (open + 1..range.end).find(|&at| page.is_raw(at, mark))?;
    (close > open + 1).then_some(open + 1..close)
}
