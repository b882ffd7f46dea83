//! A list by position.
//!
//! `pages.push(a)` → 0; `*pages.get_mut(0)? = b`; `pages.get(0)` → b
//!
//! Invariant: all pages but the last are full, so that a position is a page and a place in it.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::page::Page;
use super::{Meter, Shelf, ShelfWriter};

/// A list whose copies share what they have in common; a page has `PAGE` items.
#[derive(Clone, Debug)]
pub struct Pages<T, const PAGE: usize = 256> {
    pages: Vec<Page<T>>,
    len: usize,
}

impl<T, const PAGE: usize> Default for Pages<T, PAGE> {
    fn default() -> Self {
        Self { pages: Vec::new(), len: 0 }
    }
}

impl<T, const PAGE: usize> FromIterator<T> for Pages<T, PAGE> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::of_pages(super::cut(items, PAGE))
    }
}

impl<T, const PAGE: usize> Pages<T, PAGE> {
    /// The same list, of which nothing that lies in a file is in memory; `meter` counts what is read of it.
    pub fn unread(&self, meter: &Meter) -> Self {
        Self::of_pages(Page::unread(&self.pages, meter))
    }

    /// A list of pages that are full but for the last.
    pub(super) fn of_pages(pages: Vec<Page<T>>) -> Self {
        let len = pages.iter().map(Page::len).sum();
        Self { pages, len }
    }
}

impl<T: Serialize, const PAGE: usize> Pages<T, PAGE> {
    /// Writes the list to a file.
    ///
    /// # Errors
    /// The file cannot be written, or one that a page lies in cannot be read.
    pub fn keep(&self, name: &str, to: &mut ShelfWriter) -> io::Result<()> {
        self.pages.iter().try_for_each(|page| page.keep(name, to))
    }
}

impl<T: DeserializeOwned, const PAGE: usize> Pages<T, PAGE> {
    /// A list that was written to a file; none of it is read yet.
    ///
    /// # Errors
    /// Its pages are not as many as this list has.
    pub fn kept(name: &str, shelf: &Shelf) -> io::Result<Self> {
        let pages = Page::kept(&shelf.section(name));
        let full = pages.len().saturating_sub(1);
        if pages.iter().take(full).any(|page| page.len() != PAGE) || pages.last().is_some_and(|page| page.len() > PAGE)
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a list has pages of another size"));
        }
        Ok(Self::of_pages(pages))
    }
}

impl<T: Clone, const PAGE: usize> Pages<T, PAGE> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item at a position.
    pub fn get(&self, position: usize) -> Option<&T> {
        self.pages.get(position / PAGE)?.items().get(position % PAGE)
    }

    /// The item at a position, to be changed; its page is copied when another list has it too.
    pub fn get_mut(&mut self, position: usize) -> Option<&mut T> {
        self.pages.get_mut(position / PAGE)?.make_mut().get_mut(position % PAGE)
    }

    /// Adds an item at the end and gives its position.
    pub fn push(&mut self, item: T) -> usize {
        if self.len.is_multiple_of(PAGE) {
            self.pages.push(Page::held(Vec::new()));
        }
        if let Some(page) = self.pages.last_mut() {
            page.make_mut().push(item);
        }
        self.len += 1;
        self.len - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_made_at_once_is_the_one_that_grew() {
        for len in [0, 1, 255, 256, 257, 1000] {
            let mut list: Pages<usize> = (0..len).collect();
            assert_eq!((list.len(), list.get(len)), (len, None));
            assert!((0..len).all(|n| list.get(n) == Some(&n)));
            assert_eq!(list.push(7), len);
        }
    }

    #[test]
    fn copies_share_what_they_have_in_common() {
        let mut one: Pages<usize> = Pages::default();
        (0..1000).for_each(|n| assert_eq!(one.push(n), n));
        let mut other = one.clone();
        *other.get_mut(300).expect("an item") = 7;
        other.push(1000);
        assert_eq!((one.get(300), other.get(300), one.len(), other.len()), (Some(&300), Some(&7), 1000, 1001));
        assert_eq!((one.get(1000), other.get(1000), other.get(1001)), (None, Some(&1000), None));
        let shared = one.pages.iter().zip(&other.pages).filter(|(a, b)| a.is(b)).count();
        assert_eq!(shared, 2, "of four pages one was changed and one added to");
    }
}
