//! Conditions on single values: texts, numbers, moments and dates of the world.
//!
//! `TextFilter { starts_with: "reseau" }` holds for *Réseau côtier*; `DateFilter { from: 2012-08 }` does not for *2012*
//!
//! What is given must hold together; a condition without anything in it holds for all, also where there is no value. With anything
//! in it, it never holds where there is no value.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::model::{DateRange, PartialDate, fold};

/// A condition on a text: case, accents and punctuation do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFilter {
    // All folded, so that it is done once and not for each text.
    eq: Option<String>,
    any_of: Option<BTreeSet<String>>,
    contains: Option<String>,
    starts_with: Option<String>,
}

impl TextFilter {
    /// The whole text, one of these texts, a part of it, its beginning.
    pub fn new(eq: Option<&str>, any_of: Option<&[String]>, contains: Option<&str>, starts_with: Option<&str>) -> Self {
        Self {
            eq: eq.map(fold),
            any_of: any_of.map(|texts| texts.iter().map(|text| fold(text)).collect()),
            contains: contains.map(fold),
            starts_with: starts_with.map(fold),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it holds for a text.
    pub fn holds(&self, text: Option<&str>) -> bool {
        self.holds_for_one(text.into_iter())
    }

    /// Whether all of it holds for the same one of some texts.
    pub(super) fn holds_for_one<'t>(&self, mut texts: impl Iterator<Item = &'t str>) -> bool {
        self.is_empty() || texts.any(|text| self.fits(&fold(text)))
    }

    fn fits(&self, folded: &str) -> bool {
        self.eq.as_ref().is_none_or(|text| folded == text)
            && self.any_of.as_ref().is_none_or(|texts| texts.contains(folded))
            && self.contains.as_ref().is_none_or(|text| folded.contains(text.as_str()))
            && self.starts_with.as_ref().is_none_or(|text| folded.starts_with(text.as_str()))
    }

    /// The folded texts of which one must be the whole text, when there are such.
    pub(super) fn whole(&self) -> Option<Vec<&str>> {
        let any_of = || self.any_of.as_ref().map(|texts| texts.iter().map(String::as_str).collect());
        self.eq.as_deref().map(|text| vec![text]).or_else(any_of)
    }

    /// How many values it has.
    pub(super) fn size(&self) -> usize {
        let given = [&self.eq, &self.contains, &self.starts_with].into_iter().flatten().count();
        given + self.any_of.as_ref().map_or(0, BTreeSet::len)
    }
}

/// A condition on a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NumberFilter<T> {
    /// This number.
    pub eq: Option<T>,
    /// More.
    pub gt: Option<T>,
    /// As much or more.
    pub gte: Option<T>,
    /// Less.
    pub lt: Option<T>,
    /// As much or less.
    pub lte: Option<T>,
}

impl<T: PartialOrd + Copy> NumberFilter<T> {
    /// Whether it holds for a number.
    pub fn holds(&self, number: Option<T>) -> bool {
        let holds = |bound: Option<T>, test: fn(&T, &T) -> bool| {
            bound.is_none_or(|bound| number.as_ref().is_some_and(|number| test(number, &bound)))
        };
        holds(self.eq, T::eq)
            && holds(self.gt, T::gt)
            && holds(self.gte, T::ge)
            && holds(self.lt, T::lt)
            && holds(self.lte, T::le)
    }

    /// The same condition on other numbers.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> NumberFilter<U> {
        let Self { eq, gt, gte, lt, lte } = self;
        NumberFilter { eq: eq.map(&f), gt: gt.map(&f), gte: gte.map(&f), lt: lt.map(&f), lte: lte.map(&f) }
    }
}

/// A condition on a moment; both bounds belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MomentFilter {
    /// Then or later.
    pub from: Option<Timestamp>,
    /// Then or earlier.
    pub to: Option<Timestamp>,
}

impl MomentFilter {
    /// Whether it holds for a moment.
    pub fn holds(&self, moment: Option<Timestamp>) -> bool {
        self.from.is_none_or(|from| moment.is_some_and(|moment| from <= moment))
            && self.to.is_none_or(|to| moment.is_some_and(|moment| moment <= to))
    }
}

/// A condition on a date of the world, which may be known to the year, the month or the day. A date stands for all its days: *2012-08*
/// for 1 to 31 August. What has no year meets no condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateFilter {
    /// Certainly not before the first day of this: 2012-08 and 2012-08-18 are from 2012-08 on, 2012 may not be.
    pub from: Option<PartialDate>,
    /// Certainly not after the last day of this.
    pub to: Option<PartialDate>,
    /// Perhaps on a day of this: 2012, 2012-08 and 2012-08-18 all touch 2012-08-18.
    pub touches: Option<PartialDate>,
}

impl DateFilter {
    /// Whether it holds for a date.
    pub fn holds(&self, date: Option<DateRange>) -> bool {
        let days = date.and_then(|date| date.days());
        let bound = |bound: Option<PartialDate>, test: fn(_, _) -> bool| {
            bound.is_none_or(|bound| {
                days.zip(DateRange::on(bound).days()).is_some_and(|(days, bound)| test(days, bound))
            })
        };
        type Day = (u16, u8, u8);
        bound(self.from, |days: (Day, Day), bound: (Day, Day)| bound.0 <= days.0)
            && bound(self.to, |days, bound| days.1 <= bound.1)
            && bound(self.touches, |days, bound| days.0 <= bound.1 && bound.0 <= days.1)
    }
}
