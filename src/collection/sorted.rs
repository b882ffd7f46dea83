//! A list in an order that its owner gives at every change and search, so that items need not carry what they are sorted by.
//!
//! `rows.insert(row, |a, b| name(a).cmp(name(b)))`, `rows.find(|row| name(row).cmp("iom"))`
//!
//! Invariants: no page is empty; items of a page and pages are in order; the owner must always give the same order.

use std::cmp::Ordering;
use std::io;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::page::Page;
use super::{Meter, Shelf, ShelfWriter};

/// A sorted list whose copies share what they have in common; a page has `PAGE` items at most, and a full one is cut in halves. Small pages are for
/// items that cost something to copy, as those do that share memory with others.
#[derive(Debug)]
pub struct Sorted<T, const PAGE: usize = 256> {
    /// Shared, since lists are items of other lists, whose pages are copied.
    pages: Arc<[Page<T>]>,
    len: usize,
}

impl<T, const PAGE: usize> Clone for Sorted<T, PAGE> {
    fn clone(&self) -> Self {
        Self { pages: Arc::clone(&self.pages), len: self.len }
    }
}

impl<T, const PAGE: usize> Default for Sorted<T, PAGE> {
    fn default() -> Self {
        Self { pages: Arc::default(), len: 0 }
    }
}

/// A walk through a list that goes forward only, and over what it need not see.
#[derive(Debug)]
pub struct Walk<'s, T, const PAGE: usize = 256> {
    list: &'s Sorted<T, PAGE>,
    place: Place,
}

/// A place between two items: the page, and the item in it that stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    page: usize,
    at: usize,
}

impl<T, const PAGE: usize> Sorted<T, PAGE> {
    /// A list of items that are in order already, each once.
    pub fn of_ordered(items: impl IntoIterator<Item = T>) -> Self {
        Self::of_pages(super::cut(items, PAGE))
    }

    /// The same list, of which nothing that lies in a file is in memory; `meter` counts what is read of it.
    pub fn unread(&self, meter: &Meter) -> Self {
        Self::of_pages(Page::unread(&self.pages, meter))
    }

    /// A list of pages in order, none of them empty.
    pub(super) fn of_pages(pages: Vec<Page<T>>) -> Self {
        let len = pages.iter().map(Page::len).sum();
        Self { pages: pages.into(), len }
    }
}

impl<T: Serialize, const PAGE: usize> Sorted<T, PAGE> {
    /// Writes the list to a file.
    ///
    /// # Errors
    /// The file cannot be written, or one that a page lies in cannot be read.
    pub fn keep(&self, name: &str, to: &mut ShelfWriter) -> io::Result<()> {
        self.pages.iter().try_for_each(|page| page.keep(name, to))
    }
}

impl<T: DeserializeOwned, const PAGE: usize> Sorted<T, PAGE> {
    /// A list that was written to a file; none of it is read yet.
    pub fn kept(name: &str, shelf: &Shelf) -> Self {
        Self::of_pages(Page::kept(&shelf.section(name)))
    }
}

/// A list within an item: all of it, in order.
impl<T: Serialize, const PAGE: usize> Serialize for Sorted<T, PAGE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;
        let mut list = serializer.serialize_seq(Some(self.len))?;
        self.pages.iter().flat_map(Page::items).try_for_each(|item| list.serialize_element(item))?;
        list.end()
    }
}

impl<'de, T: Deserialize<'de>, const PAGE: usize> Deserialize<'de> for Sorted<T, PAGE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::of_ordered)
    }
}

impl<T: Clone, const PAGE: usize> Sorted<T, PAGE> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All items, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + use<'_, T, PAGE> {
        self.between(Place { page: 0, at: 0 }, self.end())
    }

    /// The items from the first one on that is not below, in order.
    pub fn onwards<F: FnMut(&T) -> bool>(&self, below: F) -> impl DoubleEndedIterator<Item = &T> + use<'_, T, F, PAGE> {
        self.between(self.seek(below), self.end())
    }

    /// The items that compare as equal to what is sought, in order.
    pub fn range<F: FnMut(&T) -> Ordering>(
        &self,
        mut against: F,
    ) -> impl DoubleEndedIterator<Item = &T> + use<'_, T, F, PAGE> {
        let start = self.seek(|item| against(item) == Ordering::Less);
        let end = self.seek(|item| against(item) != Ordering::Greater);
        self.between(start, end)
    }

    /// The first item that compares as equal to what is sought.
    pub fn find(&self, mut against: impl FnMut(&T) -> Ordering) -> Option<&T> {
        let place = self.seek(|item| against(item) == Ordering::Less);
        self.at(place).filter(|item| against(item) == Ordering::Equal)
    }

    /// The first item that compares as equal to what is sought, to be changed in what its order does not depend on; its page is
    /// copied when another list has it too.
    pub fn find_mut(&mut self, mut against: impl FnMut(&T) -> Ordering) -> Option<&mut T> {
        let place = self.seek(|item| against(item) == Ordering::Less);
        self.at(place).filter(|item| against(item) == Ordering::Equal)?;
        Arc::make_mut(&mut self.pages).get_mut(place.page)?.make_mut().get_mut(place.at)
    }

    /// A walk from the first item on.
    pub fn walk(&self) -> Walk<'_, T, PAGE> {
        Walk { list: self, place: Place { page: 0, at: 0 } }
    }

    /// Puts an item in its place; whether it was not there yet. One that compares as equal stays.
    pub fn insert(&mut self, item: T, mut order: impl FnMut(&T, &T) -> Ordering) -> bool {
        // Most come in order, behind all others.
        let behind_all =
            self.pages.last().and_then(|page| page.items().last()).is_none_or(|last| order(last, &item).is_lt());
        let place = if behind_all { self.end() } else { self.seek(|other| order(other, &item).is_lt()) };
        if !behind_all && self.at(place).is_some_and(|other| order(other, &item).is_eq()) {
            return false;
        }
        self.put(place, item);
        self.len += 1;
        true
    }

    /// Takes the first item that compares as equal to what is sought out of the list.
    pub fn remove(&mut self, mut against: impl FnMut(&T) -> Ordering) -> Option<T> {
        let place = self.seek(|item| against(item) == Ordering::Less);
        self.at(place).filter(|item| against(item) == Ordering::Equal)?;
        let page = Arc::make_mut(&mut self.pages).get_mut(place.page)?.make_mut();
        let item = page.remove(place.at);
        if page.is_empty() {
            let (before, after) = (&self.pages[..place.page], &self.pages[place.page + 1..]);
            self.pages = before.iter().chain(after).cloned().collect();
        }
        self.len -= 1;
        Some(item)
    }

    fn put(&mut self, place: Place, item: T) {
        // A place behind the last page belongs to it, as long as it has room.
        let (page, at) = match self.pages.get(place.page) {
            Some(_) => (place.page, place.at),
            None if self.pages.last().is_some_and(|last| last.len() < PAGE) => {
                (self.pages.len() - 1, self.pages.last().map_or(0, Page::len))
            }
            None => return self.put_page(self.pages.len(), vec![item]),
        };
        let items = Arc::make_mut(&mut self.pages)[page].make_mut();
        items.insert(at, item);
        if items.len() > PAGE {
            let back = items.split_off(PAGE / 2);
            self.put_page(page + 1, back);
        }
    }

    fn put_page(&mut self, at: usize, items: Vec<T>) {
        let (before, after) = self.pages.split_at(at);
        self.pages = before.iter().cloned().chain([Page::held(items)]).chain(after.iter().cloned()).collect();
    }

    /// In front of the first item that is not below.
    fn seek(&self, mut below: impl FnMut(&T) -> bool) -> Place {
        let page = self.pages.partition_point(|page| page.items().last().is_some_and(&mut below));
        let at = self.pages.get(page).map_or(0, |page| page.items().partition_point(below));
        Place { page, at }
    }

    fn at(&self, place: Place) -> Option<&T> {
        self.pages.get(place.page)?.items().get(place.at)
    }

    fn end(&self) -> Place {
        Place { page: self.pages.len(), at: 0 }
    }

    fn between(&self, start: Place, end: Place) -> impl DoubleEndedIterator<Item = &T> + use<'_, T, PAGE> {
        (start.page..=end.page).flat_map(move |number| {
            let page: &[T] = self.pages.get(number).map_or(&[], |page| page.items());
            let from = if number == start.page { start.at } else { 0 };
            let to = if number == end.page { end.at } else { page.len() };
            &page[from.min(to)..to]
        })
    }
}

impl<'s, T: Clone, const PAGE: usize> Walk<'s, T, PAGE> {
    /// The item that the walk has come to; `None` at the end.
    pub fn item(&self) -> Option<&'s T> {
        self.list.at(self.place)
    }

    /// Goes on to the next item.
    pub fn step(&mut self) {
        self.place.at += 1;
        if self.page().is_some_and(|page| self.place.at >= page.len()) {
            self.place = Place { page: self.place.page + 1, at: 0 };
        }
    }

    /// Goes on to the first item from here on that is not below. Costs little when that is near.
    pub fn skip(&mut self, mut below: impl FnMut(&T) -> bool) {
        let is_below = |page: Option<&Page<T>>, below: &mut dyn FnMut(&T) -> bool| {
            page.and_then(|page| page.items().last()).is_some_and(below)
        };
        let pages = &self.list.pages;
        if is_below(pages.get(self.place.page), &mut below) {
            // Twice as far each time, until a page is too far; then back by halves.
            let (mut near, mut reach) = (self.place.page + 1, 1);
            while is_below(pages.get(near + reach - 1), &mut below) {
                near += reach;
                reach *= 2;
            }
            let far = (near + reach).min(pages.len());
            let within = pages[near.min(far)..far].partition_point(|page| page.items().last().is_some_and(&mut below));
            self.place = Place { page: near + within, at: 0 };
        }
        if let Some(page) = self.page() {
            self.place.at += first_not(below, &page[self.place.at.min(page.len())..]);
        }
    }

    fn page(&self) -> Option<&'s Vec<T>> {
        self.list.pages.get(self.place.page).map(Page::items)
    }
}

/// The place of the first item that is not below. Costs little when that is near: twice as far each time, then back by halves.
fn first_not<T>(mut below: impl FnMut(&T) -> bool, items: &[T]) -> usize {
    let mut reach = 1;
    while items.get(reach - 1).is_some_and(&mut below) {
        reach *= 2;
    }
    let near = reach / 2;
    near + items[near..items.len().min(reach)].partition_point(below)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const PAGE: usize = 64;

    proptest! {
        #[test]
        fn is_what_a_sorted_set_is(changes in prop::collection::vec((any::<bool>(), 0..900_u32), 0..3000)) {
            let (mut sorted, mut set) = (Sorted::<_, PAGE>::default(), BTreeSet::new());
            let before = sorted.clone();
            let half = changes.len() / 2;
            for (n, (put, item)) in changes.into_iter().enumerate() {
                if n == half {
                    // A list made at once goes on like the one that grew.
                    sorted = Sorted::of_ordered(set.iter().copied());
                }
                if put {
                    prop_assert_eq!(sorted.insert(item, Ord::cmp), set.insert(item));
                } else {
                    prop_assert_eq!(sorted.remove(|other| other.cmp(&item)).is_some(), set.remove(&item));
                }
            }
            prop_assert!(sorted.iter().eq(set.iter()) && sorted.iter().rev().eq(set.iter().rev()));
            prop_assert_eq!((sorted.len(), sorted.is_empty(), before.len()), (set.len(), set.is_empty(), 0));
            prop_assert!(sorted.pages.iter().all(|page| (1..=PAGE).contains(&page.len())));
            for tens in 0..90 {
                prop_assert!(sorted.onwards(|item| item / 10 < tens).eq(set.range(tens * 10..)));
                let range = sorted.range(|item| (item / 10).cmp(&tens));
                prop_assert!(range.eq(set.range(tens * 10..tens * 10 + 10)));
                prop_assert_eq!(sorted.find(|item| item.cmp(&tens)), set.get(&tens));
                prop_assert_eq!(sorted.find_mut(|item| item.cmp(&tens)).copied(), set.get(&tens).copied());
            }
            for stride in [1, 7, 60, 300, 1000] {
                let (mut walk, mut seen) = (sorted.walk(), Vec::new());
                while let Some(item) = walk.item() {
                    seen.push(*item);
                    if item % 2 == 0 { walk.step() } else { walk.skip(|other| *other < item + stride) }
                }
                let mut expected = Vec::new();
                let mut next = set.first().copied();
                while let Some(item) = next {
                    expected.push(item);
                    next = set.range(if item % 2 == 0 { item + 1 } else { item + stride }..).next().copied();
                }
                prop_assert_eq!(seen, expected);
            }
        }
    }
}
