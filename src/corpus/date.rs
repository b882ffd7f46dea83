//! Dates that stand alone: a date line, the date of a dateline, the date in a page's metadata.
//!
//! `"Jeudi 20 août 2015"` → 2015-08-20; `"le 14 février"` → XXXX-02-14
//!
//! Must not search running text for dates; `text` does that.

use super::words::words;
use crate::model::{PartialDate, fold};

/// No longer text is a date.
pub(super) const LONGEST_BYTES: usize = 80;

/// Whether a text may hold a number, without which nothing is a date. Letters and common marks hold none; of other characters some
/// do when they are folded (`²`, `①`).
pub(super) fn may_hold_number(text: &str) -> bool {
    text.chars().any(|c| match c {
        '0'..='9' => true,
        '\0'..='\u{7f}' | '\u{a0}' | '«' | '»' | '\u{c0}'..='\u{24f}' | '\u{2010}'..='\u{2027}' => false,
        _ => true,
    })
}

/// Reads a text that is nothing but a date (with weekday, articles and time of day, if it likes).
pub(super) fn parse_date(text: &str) -> Option<PartialDate> {
    if text.len() > LONGEST_BYTES || !may_hold_number(text) {
        return None;
    }
    let iso =
        text.trim().get(..10).and_then(PartialDate::parse).filter(|date| date.year.is_some() && date.day.is_some());
    iso.or_else(|| parse_words(&fold(text)))
}

fn parse_words(folded: &str) -> Option<PartialDate> {
    let words = words();
    let said: Vec<_> = folded
        .split(' ')
        .filter(|w| !w.is_empty() && !words.weekdays.contains(*w) && !words.dateline.contains(*w))
        .collect();
    let month = |word: &str| words.months.get(word).copied();
    match said.as_slice() {
        // 20 août 2015, 20 août; March 12, 2019, March 12
        [d, m, rest @ ..] if day(d).is_some() && month(m).is_some() => with_year(month(m), day(d), rest),
        [m, d, rest @ ..] if day(d).is_some() && month(m).is_some() => with_year(month(m), day(d), rest),
        [m, y] if month(m).is_some() => PartialDate::new(Some(year(y)?), month(m), None),
        // 2015-08-20, 20/08/2015
        [y, m, d, rest @ ..] if year(y).is_some() && is_time(rest) => PartialDate::new(year(y), number(m), day(d)),
        [d, m, y, rest @ ..] if year(y).is_some() && is_time(rest) => {
            // A second number above twelve can only be the day: 08/20/2015.
            let (d, m) = if number(m)? > 12 { (m, d) } else { (d, m) };
            PartialDate::new(year(y), Some(number(m)?), Some(day(d)?))
        }
        _ => None,
    }
}

fn with_year(month: Option<u8>, day: Option<u8>, rest: &[&str]) -> Option<PartialDate> {
    match rest {
        [y, time @ ..] if year(y).is_some() && is_time(time) => PartialDate::new(year(y), month, day),
        time if is_time(time) => PartialDate::new(None, month, day),
        _ => None,
    }
}

/// What may follow a date: `14h30`, `10 05 UTC`.
fn is_time(words: &[&str]) -> bool {
    words.len() <= 4
        && words.iter().all(|w| {
            let digits = w.bytes().filter(u8::is_ascii_digit).count();
            matches!(*w, "h" | "am" | "pm" | "utc" | "gmt")
                || (1..=4).contains(&digits) && w.len() <= 5 && year(w).is_none()
        })
}

fn year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|y| word.len() == 4 && (1900..=2100).contains(y))
}

fn number(word: &str) -> Option<u8> {
    word.parse().ok()
}

/// A day of the month: `20`, `1er`, `20th`.
fn day(word: &str) -> Option<u8> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let ordinal = matches!(&word[digits..], "" | "er" | "st" | "nd" | "rd" | "th" | "o");
    number(&word[..digits]).filter(|d| ordinal && (1..=31).contains(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_alone_are_read() {
        for (text, expected) in [
            ("20 août 2015", "2015-08-20"),
            ("Jeudi 1er octobre 2015, 14h30 . –", "2015-10-01"),
            ("20/08/2015", "2015-08-20"),
            ("08/20/2015", "2015-08-20"),
            ("2015-08-20T10:00:00Z", "2015-08-20"),
            ("20 August 2015", "2015-08-20"),
            ("August 20th, 2015", "2015-08-20"),
            ("29 de agosto de 2017", "2017-08-29"),
            ("19 Jun", "XXXX-06-19"),
            ("le 14 février", "XXXX-02-14"),
            ("mai 2012", "2012-05"),
        ] {
            assert_eq!(parse_date(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["", "mars", "14", "2015", "Lomé, le 24 novembre", "31 avril 2015", "les 20 ans", "20 personnes 2015"]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
