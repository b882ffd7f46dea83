//! The place and date at the head of a release.
//!
//! `NIAMEY, Niger, 14 février – Le HCR …` → dateline `NIAMEY, Niger, 14 février`, the paragraph beginning at `Le HCR`
//!
//! Conservative: at most 80 characters, of which every word is a name, a number, a month or a small word. Must not know
//! countries or places.

use std::sync::LazyLock;

use regex::Regex;

use super::date::{LONGEST_BYTES, may_hold_number, parse_date};
use super::line::Line;
use super::words::words;
use crate::model::{PartialDate, fold};

const LONGEST: usize = 80;

/// A dateline at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Where it ends; it begins at 0.
    pub(super) end: usize,
    /// Where the paragraph proper begins; the end of the text when the dateline has a line of its own.
    pub(super) body: usize,
    /// Its date, often without the year.
    pub(super) date: Option<PartialDate>,
}

/// Finds the dateline that opens a paragraph.
pub(super) fn find_dateline(text: &str) -> Option<Dateline> {
    // A dash with spaces (or a point) before it, two dashes, a bar; a point or colon alone only after a date.
    static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*\.\s?[-–—−]+\s+|\s[-–—−]{1,2}\s+|\s?[–—]\s+|\s?--\s*|\s\|\s+|\s?[.:]\s+")
            .expect("a valid pattern")
    });
    let head_end = text.char_indices().nth(LONGEST + 8).map_or(text.len(), |(at, _)| at);
    SEPARATOR.find_iter(&text[..head_end]).find_map(|separator| {
        let head = text[..separator.start()].trim_end();
        let rest = &text[separator.end()..];
        if !is_head(head) || !begins(rest) {
            return None;
        }
        let date = date_in(head);
        let needs_date = matches!(separator.as_str().trim(), "." | ":");
        let fits = date.is_some() || !needs_date && !is_apposition(head, rest);
        fits.then_some(Dateline { end: head.len(), body: separator.end(), date })
    })
}

/// Whether a line is running text: a paragraph by its length, or a short sentence that a dateline opens.
pub(super) fn is_running_text(line: &Line) -> bool {
    line.is_paragraph() || line.ends_sentence() && find_dateline(&line.text).is_some()
}

/// Reads a line that is nothing but a dateline with a date.
pub(super) fn parse_dateline(line: &str) -> Option<Dateline> {
    let head = line.trim_end_matches(|c: char| ".:-–—−|,".contains(c) || c.is_whitespace());
    let date = Some(head).filter(|head| is_head(head)).and_then(date_in)?;
    Some(Dateline { end: head.len(), body: line.len(), date: Some(date) })
}

/// The date at the end of a head, brackets aside, or at its beginning: `Lomé, le 24 novembre (OIM)`, `12 mars 2016, Lomé`.
fn date_in(head: &str) -> Option<PartialDate> {
    let head =
        head.split_once(" (").filter(|(before, _)| before.chars().any(|c| c.is_ascii_digit())).map_or(head, |(h, _)| h);
    if !may_hold_number(head) {
        return None;
    }
    let starts = std::iter::once(0).chain(head.match_indices([',', ' ', ')']).map(|(at, _)| at + 1));
    starts
        .filter(|&at| head.len() - at <= LONGEST_BYTES)
        .filter(|&at| !head[at..].starts_with(' '))
        .find_map(|at| parse_date(&head[at..]))
        .or_else(|| parse_date(head.split(',').next().unwrap_or(head)))
}

fn is_head(head: &str) -> bool {
    if parse_date(head).is_some() {
        return true;
    }
    if head.chars().nth(LONGEST).is_some() {
        return false;
    }
    let mut chars = head.chars();
    let begins = chars.next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() && date_in(head).is_some());
    // "L’OIM – …" introduces an organization, not a place.
    let elided = head.starts_with("L’") || head.starts_with("L'");
    begins && !elided && head.len() > 2 && words_of(head).all(is_head_word)
}

fn words_of(head: &str) -> impl Iterator<Item = &str> {
    head.split(|c: char| c.is_whitespace() || ",/()·;–".contains(c)).filter(|w| !w.is_empty())
}

fn is_head_word(word: &str) -> bool {
    let first = word.chars().next();
    if first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) {
        return !word.ends_with(['!', '?']);
    }
    let word = fold(word);
    // An elided article: "d Ivoire" from "d’Ivoire".
    let word = word.split(' ').next().unwrap_or_default();
    word.is_empty()
        || words().dateline.contains(word)
        || words().months.contains_key(word)
        || words().weekdays.contains(word)
}

/// Whether a sentence can begin here.
fn begins(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "«“\"'‘¿¡(".contains(c))
}

/// `Le HCR – Agence des Nations Unies – a lancé`: a second dash closes what the first opened. A head of one small word and a
/// name is no place either when a verb follows right after the dash; that cannot be told here and is accepted.
fn is_apposition(head: &str, rest: &str) -> bool {
    let near = rest.char_indices().nth(120).map_or(rest, |(at, _)| &rest[..at]);
    let near = near.split(['.', '!', '?']).next().unwrap_or(near);
    let closed = [" – ", " — ", " - "]
        .iter()
        .filter_map(|dash| near.split_once(dash))
        .any(|(_, after)| after.chars().next().is_some_and(char::is_lowercase));
    closed || words_of(head).count() > 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str, Option<&str>)>) {
        let found = find_dateline(text).map(|d| (&text[..d.end], &text[d.body..], d.date.map(|d| d.to_string())));
        let found = found.as_ref().map(|(head, body, date)| (*head, *body, date.as_deref()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn datelines_are_found() {
        check("El Salvador - Ce week-end, l’OIM", Some(("El Salvador", "Ce week-end, l’OIM", None)));
        check("Sénégal − Des hauts", Some(("Sénégal", "Des hauts", None)));
        check("NIAMEY, Niger, 14 février – Le HCR", Some(("NIAMEY, Niger, 14 février", "Le HCR", Some("XXXX-02-14"))));
        check("Lomé, le 24 novembre. Au terme", Some(("Lomé, le 24 novembre", "Au terme", Some("XXXX-11-24"))));
        check("La Paz, 29 de agosto de 2017.- El", Some(("La Paz, 29 de agosto de 2017", "El", Some("2017-08-29"))));
        check("Tegucigalpa, November 21 — Four", Some(("Tegucigalpa, November 21", "Four", Some("XXXX-11-21"))));
        check("BRASILIA, 8 de mayo (OPS/OMS) - La", Some(("BRASILIA, 8 de mayo (OPS/OMS)", "La", Some("XXXX-05-08"))));
        check("TIJUANA, B. C.– El Ayuntamiento", Some(("TIJUANA, B. C", "El Ayuntamiento", None)));
        check("MANILA, 4 October -- The", Some(("MANILA, 4 October", "The", Some("XXXX-10-04"))));
        check("Dollo Ado, Ethiopia | Some 11,500", Some(("Dollo Ado, Ethiopia", "Some 11,500", None)));
        check("Dajabón, República Dominicana.- Los", Some(("Dajabón, República Dominicana", "Los", None)));
        check("2 mars 2017 . – Hier", Some(("2 mars 2017", "Hier", Some("2017-03-02"))));
        check("N'Djamena/Maiduguri (ICRC) - For", Some(("N'Djamena/Maiduguri (ICRC)", "For", None)));
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "Le Niger – pays enclavé – accueille",
            "Le HCR – Agence des Nations Unies – a lancé",
            "L’OIM – Organisation internationale",
            "Ce week-end, l’OIM et la Police",
            "Le HCR. Il a",
            "La police arrête des passeurs - Le ministre",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_dateline_may_have_its_own_line() {
        let line = "Ferkessédougou (Côte d’Ivoire), 27 juin";
        assert_eq!(parse_dateline(line).and_then(|d| d.date).map(|d| d.to_string()).as_deref(), Some("XXXX-06-27"));
        for line in ["1er janvier 2016, 14h30 . –", "7 janvier 2016, 11 h 40 UTC . –", "12 mars 2016, Montpellier . –"]
        {
            assert!(parse_dateline(line).is_some(), "{line}");
        }
        assert_eq!(parse_dateline("Une réunion de mai 2012"), None);
        assert_eq!(parse_dateline("Libye : 140 migrants secourus"), None);
    }
}
