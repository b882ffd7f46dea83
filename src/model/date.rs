//! Dates as precise as a text states them.
//!
//! `du 18 au 20 août` → `XXXX-08-18/XXXX-08-20`, `janvier 2012` → `2012-01`; the notation is ISO 8601-2 (EDTF), where `X` stands
//! for a digit that is not stated.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// Only the year.
    Year,
    /// Year (when known) and month.
    Month,
    /// Month and day, and the year when known.
    Day,
}

/// A calendar date of which year, month or day may be unknown. A day is never known without its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year, when stated or inferable (1000–9999).
    pub year: Option<u16>,
    /// The month, 1–12.
    pub month: Option<u8>,
    /// The day of the month, 1–31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A date from its parts; `None` when no such date can exist (31 April, month 13, a day without a month, nothing at all).
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let year_fits = year.is_none_or(|y| (1000..=9999).contains(&y));
        let month_fits = month.is_none_or(|m| (1..=12).contains(&m));
        let day_fits = match (month, day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(m), Some(d)) => (1..=days_in(year, m)).contains(&d),
        };
        let known = year.is_some() || month.is_some();
        (year_fits && month_fits && day_fits && known).then_some(Self { year, month, day })
    }

    /// How exactly the date is known.
    pub fn precision(&self) -> DatePrecision {
        match (self.month, self.day) {
            (_, Some(_)) => DatePrecision::Day,
            (Some(_), None) => DatePrecision::Month,
            (None, None) => DatePrecision::Year,
        }
    }

    /// The same date with the year filled in when it was unknown and fits.
    pub fn in_year(self, year: u16) -> Self {
        if self.year.is_some() { self } else { Self::new(Some(year), self.month, self.day).unwrap_or(self) }
    }

    /// Reads `2015`, `2015-08`, `2015-08-20`, `XXXX-08`, `XXXX-08-18`, or a timestamp that begins with a full date.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.split(['T', ' ']).next()?;
        let mut parts = date.split('-');
        let year = match parts.next()? {
            "XXXX" => None,
            y if y.len() == 4 => Some(y.parse().ok()?),
            _ => return None,
        };
        let mut number = || parts.next().map(str::parse::<u8>).transpose();
        let (month, day) = (number().ok()?, number().ok()?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, month, day)
    }
}

fn days_in(year: Option<u16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "XXXX")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// A date, or an interval when `end` is present (`start <= end` as far as both are known).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    /// The date, or the first day of the interval.
    pub start: PartialDate,
    /// The last day of the interval.
    pub end: Option<PartialDate>,
}

/// A day as year, month and day.
type Day = (u16, u8, u8);

impl DateRange {
    /// A single date.
    pub const fn on(date: PartialDate) -> Self {
        Self { start: date, end: None }
    }

    /// Whether some day of a date may lie in this one: `2012-08` may be within `2012`. Never without years.
    pub fn touches(&self, date: PartialDate) -> bool {
        let bounds = self.days().zip(Self::on(date).days());
        bounds.is_some_and(|((first, last), (from, to))| first <= to && from <= last)
    }

    /// The first and the last day that it may stand for, as year, month and day: `2012-02` for the 1st to the 29th. `None` without
    /// a year.
    pub fn days(&self) -> Option<(Day, Day)> {
        let end = self.end.map_or(self.start, |end| self.start.year.map_or(end, |year| end.in_year(year)));
        let first = (self.start.year?, self.start.month.unwrap_or(1), self.start.day.unwrap_or(1));
        let month = end.month.unwrap_or(12);
        let last = (end.year?, month, end.day.unwrap_or_else(|| days_in(end.year, month)));
        Some((first, last))
    }

    /// Reads what [`fmt::Display`] writes: one date, or two joined by `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (start, Some(PartialDate::parse(end)?)),
            None => (text, None),
        };
        Some(Self { start: PartialDate::parse(start)?, end })
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        self.end.map_or(Ok(()), |end| write!(f, "/{end}"))
    }
}

macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a date: {text:?}")))
            }
        }
    };
}

as_text!(PartialDate);
as_text!(DateRange);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_touches_what_may_be_the_same_day() {
        let touches = |range: &str, date: &str| {
            DateRange::parse(range).expect("a range").touches(PartialDate::parse(date).expect("a date"))
        };
        for (range, date) in [("2012", "2012-08"), ("2012-08-18/2012-09-02", "2012-09-02"), ("2012-08-18", "2012")] {
            assert!(touches(range, date), "{date} in {range}");
        }
        for (range, date) in [("2012", "2013"), ("2012-08-18/2012-09-02", "2012-09-03"), ("XXXX-08-18", "2012-08-18")] {
            assert!(!touches(range, date), "{date} in {range}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["2015", "2015-08", "2015-08-20", "XXXX-08-18/XXXX-08-20", "XXXX-02-29", "2012-01/2012-03"] {
            assert_eq!(DateRange::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for text in ["", "XXXX", "2015-13", "2015-02-29", "20-08-2015", "2015-04-31", "2015-1-1-1", "août 2015"] {
            assert_eq!(DateRange::parse(text), None, "{text}");
        }
    }
}
