//! Pages of long lists: the first or last so many, after or before a cursor.
//!
//! `first: 2` → items 1 and 2; `first: 2, after: <cursor of 2>` → items 3 and 4, also when something was added meanwhile
//!
//! A cursor is the sort key of its item, so it needs no item and no position to be found again. Clients must not read it.

use std::cmp::Ordering;
use std::sync::Arc;

use super::order::{Key, Part, Sorting};
use super::{Budget, Refusal};

/// How many items a page has when nobody says.
pub const PAGE_DEFAULT: usize = 20;
/// How many items a page has at most.
pub const PAGE_MAX: usize = 100;

/// Which cursors of a page somebody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursors {
    /// That of each item.
    #[default]
    All,
    /// Those of the first item and of the last.
    Ends,
    /// None.
    None,
}

impl Cursors {
    /// Whether the cursor of an item is read, by its number and how many there are.
    fn has(self, number: usize, count: usize) -> bool {
        match self {
            Self::All => true,
            Self::Ends => number == 0 || number + 1 == count,
            Self::None => false,
        }
    }
}

/// Which page of a list.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    /// How many items from the start (or after `after`).
    pub first: Option<i32>,
    /// Only items behind this cursor.
    pub after: Option<String>,
    /// How many items from the end (or before `before`).
    pub last: Option<i32>,
    /// Only items in front of this cursor.
    pub before: Option<String>,
    /// Whether to count the whole list, which may take long.
    pub count: bool,
    /// Which items need their cursors; those of the others stay empty.
    pub cursors: Cursors,
    /// What the conditions and the order of the list may cost; shared by all lists of a request.
    pub budget: Budget,
}

impl PageRequest {
    /// The first so many items.
    pub fn first(count: i32) -> Self {
        Self { first: Some(count), ..Self::default() }
    }
}

/// An item with its cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<T> {
    /// The item.
    pub row: T,
    /// Where it stands in the list.
    pub cursor: String,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The items in the list's order, whether paged forwards or backwards.
    pub items: Vec<Item<T>>,
    /// Whether there are items in front of these.
    pub has_previous: bool,
    /// Whether there are items behind these.
    pub has_next: bool,
    /// How many items the whole list has, when asked for.
    pub total: Option<usize>,
}

impl<T> Page<T> {
    /// The same page of other items.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Page<U> {
        self.with_cursors(|_, row| f(row))
    }

    /// The same page of other items, made from the former with their cursors.
    pub fn with_cursors<U>(self, mut f: impl FnMut(String, T) -> U) -> Page<U> {
        let item = |item: Item<T>| Item { row: f(item.cursor.clone(), item.row), cursor: item.cursor };
        let items = self.items.into_iter().map(item).collect();
        Page { items, has_previous: self.has_previous, has_next: self.has_next, total: self.total }
    }
}

/// How many items to give, and from which end.
struct Window {
    size: usize,
    from_end: bool,
}

impl PageRequest {
    /// How many rows decide what the page is, when only the first ones do.
    pub(super) fn needs_first(&self) -> Result<Option<usize>, Refusal> {
        let Window { size, from_end } = self.window()?;
        let whole = from_end || self.count || self.after.is_some() || self.before.is_some();
        Ok((!whole).then_some(size + 1))
    }

    /// How many items a page has that is the uncounted beginning of its list; none when something else is asked for, or makes no sense.
    pub fn beginning(&self) -> Option<usize> {
        let Window { size, from_end } = self.window().ok()?;
        let elsewhere = from_end || self.count || self.after.is_some() || self.before.is_some();
        (!elsewhere).then_some(size)
    }

    fn window(&self) -> Result<Window, Refusal> {
        let (name, given, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(Refusal::bad_input("give first or last, not both")),
            (None, Some(last)) => ("last", last, true),
            (first, None) => ("first", first.unwrap_or(PAGE_DEFAULT as i32), false),
        };
        let size = usize::try_from(given)
            .map_err(|_| Refusal::bad_input(format!("{name} is {given}, but cannot be negative")))?;
        if size > PAGE_MAX {
            let way_round = "ask for the next page with after: pageInfo.endCursor (or before: pageInfo.startCursor)";
            return Err(Refusal::limit(name, given, PAGE_MAX, way_round));
        }
        Ok(Window { size, from_end })
    }
}

/// The rows of a list in their order.
pub(super) enum Rows<T> {
    /// As they are.
    Listed(Vec<T>),
    /// As positions that a snapshot remembers: nothing is copied for one page.
    Remembered(Arc<[usize]>, fn(usize) -> T),
}

impl<T: Copy> Rows<T> {
    fn len(&self) -> usize {
        match self {
            Self::Listed(rows) => rows.len(),
            Self::Remembered(positions, _) => positions.len(),
        }
    }

    fn at(&self, number: usize) -> T {
        match self {
            Self::Listed(rows) => rows[number],
            Self::Remembered(positions, row) => row(positions[number]),
        }
    }

    /// How many rows a test holds for.
    fn count(&self, test: impl Fn(T) -> bool) -> usize {
        match self {
            Self::Listed(rows) => rows.iter().filter(|row| test(**row)).count(),
            Self::Remembered(positions, row) => positions.iter().filter(|at| test(row(**at))).count(),
        }
    }

    /// How many of the first rows a test holds for, when it holds for none behind them.
    fn partition_point(&self, test: impl Fn(T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if test(self.at(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// All rows by id, or those behind an id.
pub(super) type RowsAfter<'r, T> = &'r dyn Fn(Option<&str>) -> Box<dyn Iterator<Item = T> + 'r>;

/// A page of rows that stand by id, for which only the rows of the page are looked at. `None` when more is asked for: the end of the list, or
/// how many it has where `total` does not say so.
pub(super) fn forward<T: Copy>(
    request: &PageRequest,
    rows: RowsAfter<'_, T>,
    total: Option<usize>,
    by_id: &Sorting<'_, T>,
    keep: impl Fn(T) -> bool,
) -> Result<Option<Page<T>>, Refusal> {
    let Window { size, from_end } = request.window()?;
    if from_end || request.before.is_some() || (request.count && total.is_none()) {
        return Ok(None);
    }
    let sample = request.after.as_ref().and_then(|_| rows(None).next()).map(|row| (by_id.key)(row));
    let after = request.after.as_deref().map(|text| decode(text, sample.as_ref())).transpose()?;
    let id = after.as_ref().map(|key| match key.as_slice() {
        [Part::Text(id)] => id.as_str(),
        _ => "",
    });
    let mut kept: Vec<T> = rows(id).filter(|row| keep(*row)).take(size + 1).collect();
    let has_next = kept.len() > size;
    kept.truncate(size);
    let in_front = |key: &Key| {
        let mut rows = rows(None).take_while(|row| by_id.compare(&(by_id.key)(*row), key).is_le());
        rows.any(&keep)
    };
    let has_previous = after.as_ref().is_some_and(in_front);
    request.budget.check()?;
    let items = items(request, kept.len(), kept.into_iter(), by_id);
    Ok(Some(Page { items, has_previous, has_next, total: total.filter(|_| request.count) }))
}

/// The part of a list that was asked for. `rows` stand in the order of `sorting`; keys are made, and `keep`, which filters, is
/// called, no more often than needed.
pub(super) fn page<T: Copy>(
    request: &PageRequest,
    rows: &Rows<T>,
    sorting: &Sorting<'_, T>,
    keep: impl Fn(T) -> bool,
) -> Result<Page<T>, Refusal> {
    let Window { size, from_end } = request.window()?;
    let continued = request.after.is_some() || request.before.is_some();
    let sample = (continued && rows.len() > 0).then(|| (sorting.key)(rows.at(0)));
    let cursor = |given: &Option<String>| given.as_deref().map(|text| decode(text, sample.as_ref())).transpose();
    let (after, before) = (cursor(&request.after)?, cursor(&request.before)?);
    let against = |row: T, cursor: &Key| sorting.compare(&(sorting.key)(row), cursor);
    let behind = |cursor: &Key| rows.partition_point(|row| against(row, cursor) != Ordering::Greater);
    let in_front = |cursor: &Key| rows.partition_point(|row| against(row, cursor) == Ordering::Less);
    let start = after.as_ref().map_or(0, behind);
    let end = before.as_ref().map_or(rows.len(), in_front).max(start);

    let kept = |at: &usize| keep(rows.at(*at));
    let mut positions: Vec<usize> = match from_end {
        false => (start..end).filter(kept).take(size + 1).collect(),
        true => (start..end).rev().filter(kept).take(size + 1).collect(),
    };
    let more = positions.len() > size;
    positions.truncate(size);
    if from_end {
        positions.reverse();
    }
    // The nearest ones first: what stands beside a page is mostly like what stands in it.
    let outside_front = (0..start).rev().any(|at| kept(&at));
    let outside_back = (end..rows.len()).any(|at| kept(&at));
    let total = request.count.then(|| rows.count(&keep));
    // A condition that could not be tried to its end says nothing.
    request.budget.check()?;
    let items = items(request, positions.len(), positions.iter().map(|at| rows.at(*at)), sorting);
    request.budget.check()?;
    Ok(Page {
        items,
        has_previous: outside_front || (from_end && more),
        has_next: outside_back || (!from_end && more),
        total,
    })
}

/// The items of a page, with the cursors that are read.
fn items<T: Copy>(
    request: &PageRequest,
    count: usize,
    rows: impl Iterator<Item = T>,
    sorting: &Sorting<'_, T>,
) -> Vec<Item<T>> {
    let cursor = |number, row| match request.cursors.has(number, count) {
        true => encode(&(sorting.key)(row)),
        false => String::new(),
    };
    rows.enumerate().map(|(number, row)| Item { row, cursor: cursor(number, row) }).collect()
}

/// A key as text that nobody is tempted to read: hexadecimal digits.
fn encode(key: &Key) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let json = serde_json::to_vec(key).expect("a key is plain data");
    let mut text = String::with_capacity(2 * json.len());
    for byte in json {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
    }
    text
}

/// The key of a cursor, checked to be of the same shape as a key of the list.
fn decode(cursor: &str, sample: Option<&Key>) -> Result<Key, Refusal> {
    let refusal =
        || Refusal::bad_input(format!("{cursor:?} is no cursor of this list; take one from its pageInfo or edges"));
    let pair = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
    let bytes: Option<Vec<u8>> = cursor.as_bytes().chunks(2).map(pair).collect();
    let key: Key = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(refusal)?;
    let fits = |sample: &Key| sample.len() == key.len() && sample.iter().zip(&key).all(|(a, b)| a.fits(b));
    if sample.is_none_or(fits) { Ok(key) } else { Err(refusal()) }
}
