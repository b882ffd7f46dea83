//! From the lines of an article to a [`Document`]: its text, its sections, its date and its language.
//!
//! title, `Lomé, le 24 novembre. Au terme …`, `Contact : …` → sections Title, Dateline, Body, Contact over one text
//!
//! Invariants: sections are in order, do not overlap, lie on character boundaries and are not empty; the text has no
//! white space at its ends. Must not know files.

use crate::model::{Document, DocumentId, Language, PartialDate, Section, SectionKind, Span, fold};

use super::article::{Article, issued_date};
use super::date::parse_date;
use super::dateline::{Dateline, find_dateline, is_running_text, parse_dateline};
use super::line::{LONGEST_LABEL, Line};
use super::metadata::Metadata;
use super::words::{first_folded_word, starts_with_any, words};

/// No more of a text is read to tell its language, in bytes.
const LANGUAGE_SAMPLE_BYTES: usize = 20_000;

/// The parts of a text that mostly settle its language, and their length in bytes.
const LANGUAGE_PARTS: usize = 4;
const LANGUAGE_PART_BYTES: usize = 160;

/// Puts a document together. `known` is what the source says about it; what it leaves open is read from the text.
pub(super) fn assemble(id: DocumentId, source: String, article: Article, known: Metadata) -> Document {
    let mut text = Text::default();
    let title = article.title.as_ref().map(|line| line.text.clone()).or(known.title);
    let mut dates = Dates::default();
    for line in &article.letterhead {
        dates.note(&line.text);
        text.push_line(&line.text, line_kind(&line.text));
    }
    if let Some(title) = &title {
        text.push_line(title, SectionKind::Title);
    }
    text.push_body(&article.body, &mut dates);
    let published = known.published.as_deref().and_then(stated_date).or(dates.best());
    let language = known.language.filter(|tag| !tag.trim().is_empty()).map(|tag| Language::new(&tag));
    let language = language.unwrap_or_else(|| language_of(&text.text));
    Document {
        id,
        source,
        title,
        url: known.url,
        language,
        published,
        text: text.text,
        sections: text.sections,
        lines: None,
    }
}

/// A date as a source states it beside the text: exact or partial.
pub(super) fn stated_date(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text).or_else(|| parse_date(text))
}

/// The dates by which a text says when it was published: an explicit date before the dateline's.
#[derive(Default)]
struct Dates {
    issued: Option<PartialDate>,
    dateline: Option<PartialDate>,
}

impl Dates {
    fn note(&mut self, line: &str) {
        self.issued = self.issued.or_else(|| issued_date(line));
        self.dateline = self.dateline.or_else(|| parse_dateline(line).and_then(|found| found.date));
    }

    fn best(&self) -> Option<PartialDate> {
        self.issued.or(self.dateline)
    }
}

fn line_kind(line: &str) -> SectionKind {
    if opens_contact(line) {
        SectionKind::Contact
    } else if parse_dateline(line).is_some() && issued_date(line).is_none() {
        SectionKind::Dateline
    } else {
        SectionKind::Body
    }
}

/// A text that grows line by line, with its sections.
#[derive(Default)]
struct Text {
    text: String,
    sections: Vec<Section>,
}

impl Text {
    fn push_line(&mut self, line: &str, kind: SectionKind) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(line);
        match kind {
            SectionKind::Dateline => self.push_dateline(start, parse_dateline(line).map(|found| found.end)),
            kind => self.push_section(kind, Span::new(start, self.text.len())),
        }
    }

    fn push_dateline(&mut self, start: usize, end: Option<usize>) {
        let end = end.map_or(self.text.len(), |end| start + end);
        self.push_section(SectionKind::Dateline, Span::new(start, end));
    }

    /// Adds a section, or lets the last one grow when it is of the same kind and running text.
    fn push_section(&mut self, kind: SectionKind, span: Span) {
        if span.is_empty() {
            return;
        }
        match self.sections.last_mut() {
            Some(last) if last.kind == kind && matches!(kind, SectionKind::Body | SectionKind::Contact) => {
                last.span.end = span.end;
            }
            _ => self.sections.push(Section { kind, span }),
        }
    }

    fn push_body(&mut self, lines: &[Line], dates: &mut Dates) {
        let contacts = contacts(lines);
        let first = lines.iter().position(is_running_text).unwrap_or(0);
        for (at, line) in lines.iter().enumerate() {
            if contacts[at] {
                self.push_line(&line.text, SectionKind::Contact);
                continue;
            }
            if at <= first {
                dates.note(&line.text);
            }
            match find_dateline(&line.text).filter(|_| at == first) {
                Some(found) => self.push_opening(&line.text, found, dates),
                None if at <= first => self.push_line(&line.text, line_kind(&line.text)),
                None => self.push_line(&line.text, SectionKind::Body),
            }
        }
    }

    /// The first paragraph, which a dateline opens.
    fn push_opening(&mut self, line: &str, found: Dateline, dates: &mut Dates) {
        dates.dateline = dates.dateline.or(found.date);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(line);
        self.push_section(SectionKind::Dateline, Span::new(start, start + found.end));
        self.push_section(SectionKind::Body, Span::new(start + found.body, self.text.len()));
    }
}

/// Which lines say whom to ask.
fn contacts(lines: &[Line]) -> Vec<bool> {
    let opening: Vec<bool> = lines.iter().map(|line| opens_contact(&line.text)).collect();
    let says = |at: &usize| lines[*at].is_paragraph() && !opening[*at] && !reaches(&lines[*at].text);
    let last = (0..lines.len()).rfind(says);
    let after_text = |at: usize| last.is_none_or(|last| at > last) && last.is_some();
    let mut contacts = vec![false; lines.len()];
    let mut inside = false;
    for (at, line) in lines.iter().enumerate() {
        let opens = opening[at] || after_text(at) && (holds_contact(&line.text) || reaches(&line.text));
        if opens && !inside {
            // Names and offices stand above the first line that gives them away.
            let office = |above: &usize| after_text(*above) && is_office(&lines[*above], opening[at]);
            let offices = (0..at).rev().take_while(office).take(3).count();
            contacts[at - offices..at].fill(true);
        }
        inside = opens || inside && !ends_contact(line);
        contacts[at] = inside;
    }
    contacts
}

/// Whether a line opens a contact block: `Pour plus d’informations, …`, `Contacts médias`, `Media contact: …`.
pub(super) fn opens_contact(line: &str) -> bool {
    let head = line.char_indices().nth(100).map_or(line, |(at, _)| &line[..at]);
    let words = words();
    // Most lines begin with another word.
    let first = first_folded_word(head);
    if !words.contact_open.may_begin(&first) && !words.contact_label.may_begin(&first) {
        return false;
    }
    let folded = fold(head);
    if starts_with_any(&words.contact_open, &folded) || words.contact_label.contains(&folded) {
        return true;
    }
    let label = head.split_once(':').map(|(before, _)| fold(before)).filter(|label| label.len() <= 60);
    label.is_some_and(|label| starts_with_any(&words.contact_label, &label))
}

/// Whether some part of a short line opens a contact: `PNUD · Comunicaciones · Contacto: Y. Barahona`.
fn holds_contact(line: &str) -> bool {
    line.len() <= LONGEST_LABEL
        && line.split(['·', '|', '.', ',', '–', ';']).any(|part| {
            let label = part.split_once(':').map(|(before, _)| fold(before));
            label.is_some_and(|l| starts_with_any(&words().contact_label, &l) || words().contact_unit.contains(&l))
        })
}

/// Whether a line gives an address or a number to reach somebody.
fn reaches(line: &str) -> bool {
    let digits = || line.bytes().filter(u8::is_ascii_digit).count();
    line.len() <= LONGEST_LABEL && (line.contains('@') || line.contains("[at]") || line.contains('+') && digits() >= 8)
}

/// Whether a line names the office or person above a contact's address. Above a line that already opens the block by its words,
/// only a press office does.
fn is_office(line: &Line, named: bool) -> bool {
    let folded = line.folded();
    let short = !folded.is_empty() && !line.is_paragraph() && !line.item && !line.ends_sentence();
    let unit = || folded.split(' ').any(|word| words().contact_unit.contains(word));
    short && (!named || unit()) && !starts_with_any(&words().about, &folded)
}

/// Whether a line stands below a contact block: a heading about an organization, or a paragraph that reaches nobody.
fn ends_contact(line: &Line) -> bool {
    let about = starts_with_any(&words().about, &line.folded()) && line.text.chars().count() <= 120;
    about && !reaches(&line.text)
        || line.is_paragraph() && line.text.chars().nth(200).is_some() && !line.text.contains('@')
}

/// The language a text is written in, as far as its letters tell. Four parts of a longer text that agree settle it: looking at all of
/// it costs as much as a stage of extraction.
fn language_of(text: &str) -> Language {
    let sample = &text[..boundary(text, LANGUAGE_SAMPLE_BYTES)];
    let part = |number: usize| {
        let from = boundary(sample, number * sample.len() / LANGUAGE_PARTS);
        whichlang::detect_language(&sample[from..boundary(sample, from + LANGUAGE_PART_BYTES)])
    };
    let agreed = || Some(part(0)).filter(|language| (1..LANGUAGE_PARTS).all(|number| part(number) == *language));
    let long = sample.len() > LANGUAGE_PARTS * LANGUAGE_PART_BYTES;
    let settled = long.then(agreed).flatten();
    Language::new(tag(settled.unwrap_or_else(|| whichlang::detect_language(sample))))
}

/// The last character boundary up to an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn tag(language: whichlang::Lang) -> &'static str {
    match language.three_letter_code() {
        "ara" => "ar",
        "cmn" => "zh",
        "deu" => "de",
        "eng" => "en",
        "fra" => "fr",
        "hin" => "hi",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "por" => "pt",
        "rus" => "ru",
        "spa" => "es",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => "und",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_told_from_text() {
        for line in [
            "Pour plus d’informations, veuillez contacter Alba Amaya",
            "CONTACTS PRESSE",
            "Personnes à contacter :",
            "Contact média\u{A0}: Nino Gori",
            "Press inquiries: Chad Milwaukee",
            "Más información: Oficina Técnica",
            "Contactos:",
        ] {
            assert!(opens_contact(line), "{line}");
        }
        for line in [
            "Le contact avec les familles est rompu",
            "Contacté par l’AFP, le ministre a dit : non.",
            "Informations utiles",
        ] {
            assert!(!opens_contact(line), "{line}");
        }
        assert!(holds_contact("Boletín 214. Información: Comunicación Social"));
    }
}
