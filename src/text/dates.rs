//! Dates in running text, as precise as they are written.
//!
//! `du 18 au 20 août` → `XXXX-08-18/XXXX-08-20`; `depuis janvier 2012` → `2012-01`; `June 3, 2015` → `2015-06-03`

use std::ops::Range;

use super::{TextPack, TokenKind, Tokens};
use crate::model::{DateRange, PartialDate, Span};

/// A date found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where, prepositions excluded.
    pub span: Span,
    /// What it says.
    pub date: DateRange,
}

/// The dates in a range of tokens, in order.
pub fn find_dates(tokens: &Tokens<'_>, range: Range<usize>, pack: &TextPack) -> Vec<FoundDate> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match read_date(tokens, at, range.end, pack) {
            Some((end, date)) => {
                found.push(FoundDate { span: tokens.span(&(at..end)), date });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads the longest date that starts at token `at`; returns the token after it.
fn read_date(tokens: &Tokens<'_>, at: usize, end: usize, pack: &TextPack) -> Option<(usize, DateRange)> {
    let reader = Reader { tokens, end, pack };
    reader.iso(at).or_else(|| reader.days(at)).or_else(|| reader.month_first(at)).or_else(|| reader.year_alone(at))
}

struct Reader<'a, 't> {
    tokens: &'a Tokens<'t>,
    end: usize,
    pack: &'a TextPack,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        if at < self.end { self.tokens.word(at) } else { "" }
    }

    fn day(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        if self.pack.is_first_day(word) {
            return Some(1);
        }
        // Most words begin with a letter.
        if !word.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
            return None;
        }
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let ordinal = ["", "er", "e", "st", "nd", "rd", "th"].contains(&&word[digits.len()..]);
        (ordinal && digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
    }

    fn year(&self, at: usize) -> Option<u16> {
        let word = self.word(at);
        let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| word.parse().ok()).flatten().filter(|year| (1900..=2100).contains(year))
    }

    fn month(&self, at: usize) -> Option<u8> {
        self.pack.month(self.word(at))
    }

    /// Skips one joining word such as *de* in *20 de agosto de 2015*.
    fn past_joint(&self, at: usize) -> usize {
        let joint = self.pack.is_date_word(self.word(at)) || self.tokens.raw(at) == ",";
        if at < self.end && joint { at + 1 } else { at }
    }

    /// A year after a month, possibly after a joint; returns the token after it.
    fn year_after(&self, at: usize) -> (usize, Option<u16>) {
        for next in [at, self.past_joint(at)] {
            if let Some(year) = self.year(next) {
                return (next + 1, Some(year));
            }
        }
        (at, None)
    }

    /// `2015-08-20` reads as three numbers joined by hyphens.
    fn iso(&self, at: usize) -> Option<(usize, DateRange)> {
        let raw = |i: usize| if at + i < self.end { self.tokens.raw(at + i) } else { "" };
        if raw(1) != "-" {
            return None;
        }
        let [year, dash, month, dash2, day] = [0, 1, 2, 3, 4].map(raw);
        let is_iso = year.len() == 4 && dash == "-" && dash2 == "-" && month.len() == 2 && day.len() == 2;
        let date = is_iso.then(|| PartialDate::parse(&format!("{year}-{month}-{day}"))).flatten()?;
        Some((at + 5, DateRange::on(date)))
    }

    /// `18 août 2015`, `18 au 20 août`, `30 juin au 2 juillet 2015`, `20 de agosto de 2015`.
    fn days(&self, at: usize) -> Option<(usize, DateRange)> {
        let first_day = self.day(at)?;
        let after = self.past_joint(at + 1);
        if let Some(month) = self.month(after) {
            let (next, year) = self.year_after(after + 1);
            let start = PartialDate::new(year, Some(month), Some(first_day))?;
            return Some(self.until(next, start).unwrap_or((next, DateRange::on(start))));
        }
        let joint = at + 1;
        let joins = self.pack.is_range_word(self.word(joint)) || matches!(self.tokens.raw(joint), "-" | "–" | "—");
        if !joins || joint >= self.end {
            return None;
        }
        let last_day = self.day(joint + 1)?;
        let after = self.past_joint(joint + 2);
        let month = self.month(after)?;
        let (next, year) = self.year_after(after + 1);
        let start = PartialDate::new(year, Some(month), Some(first_day))?;
        let end = PartialDate::new(year, Some(month), Some(last_day))?;
        (first_day <= last_day).then_some((next, DateRange { start, end: Some(end) }))
    }

    /// The second half of `30 juin au 2 juillet 2015`, whose year holds for both.
    fn until(&self, at: usize, start: PartialDate) -> Option<(usize, DateRange)> {
        if at >= self.end || !self.pack.is_range_word(self.word(at)) {
            return None;
        }
        let day = self.day(at + 1)?;
        let after = self.past_joint(at + 2);
        let month = self.month(after)?;
        let (next, year) = self.year_after(after + 1);
        let end = PartialDate::new(year, Some(month), Some(day))?;
        let start = year.map_or(start, |year| start.in_year(year));
        Some((next, DateRange { start, end: Some(end) }))
    }

    /// `janvier 2012`, `June 3, 2015`, and a month alone only when it cannot be another word.
    fn month_first(&self, at: usize) -> Option<(usize, DateRange)> {
        let month = self.month(at)?;
        if let Some(day) = self.day(at + 1).filter(|_| self.year(at + 1).is_none()) {
            let (next, year) = self.year_after(at + 2);
            return Some((next, DateRange::on(PartialDate::new(year, Some(month), Some(day))?)));
        }
        let (next, year) = self.year_after(at + 1);
        let alone = year.is_some() || self.word(at).len() > 4 || self.pack.is_date_word(self.word(at.wrapping_sub(1)));
        alone.then(|| Some((next, DateRange::on(PartialDate::new(year, Some(month), None)?)))).flatten()
    }

    /// A bare year counts after a word of time: *en 2014*, *début 2015*.
    fn year_alone(&self, at: usize) -> Option<(usize, DateRange)> {
        let year = self.year(at)?;
        let number = self.tokens.tokens[at].kind == TokenKind::Number;
        let announced = at > 0 && self.pack.is_date_word(self.tokens.word(at - 1));
        (number && announced)
            .then(|| Some((at + 1, DateRange::on(PartialDate::new(Some(year), None, None)?))))
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, SectionKind};

    fn check(language: &str, text: &str, expected: &[&str]) {
        let pack = TextPack::of(language);
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, pack);
        let found = find_dates(&tokens, 0..tokens.tokens.len(), pack);
        assert_eq!(found.iter().map(|f| f.date.to_string()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn french_dates() {
        check("fr", "à San Salvador du 18 au 20 août, puis le 1er mars 2016", &["XXXX-08-18/XXXX-08-20", "2016-03-01"]);
        check("fr", "Depuis janvier 2012 et jusqu’en décembre 2019", &["2012-01", "2019-12"]);
        check("fr", "au Guatemala en 2014 et au Mexique début 2015", &["2014", "2015"]);
        check("fr", "du 30 juin au 2 juillet 2015", &["2015-06-30/2015-07-02"]);
        check("fr", "537 migrants et 2000 euros, le 31 avril", &["XXXX-04"]);
    }

    #[test]
    fn english_and_spanish_dates() {
        check("en", "On June 3, 2015 and 18–20 August; she may go", &["2015-06-03", "XXXX-08-18/XXXX-08-20"]);
        check("es", "el 20 de agosto de 2015 y en enero de 2016", &["2015-08-20", "2016-01"]);
    }
}
