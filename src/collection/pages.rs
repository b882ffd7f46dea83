//! A list by position.
//!
//! `pages.push(a)` → 0; `*pages.get_mut(0)? = b`; `pages.get(0)` → b
//!
//! Invariant: all pages but the last are full, so that a position is a page and a place in it.

use std::sync::Arc;

/// How many items a page holds.
const PAGE: usize = 256;

/// A list whose copies share what they have in common.
#[derive(Clone, Debug)]
pub struct Pages<T> {
    pages: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { pages: Vec::new(), len: 0 }
    }
}

impl<T> FromIterator<T> for Pages<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let pages = super::cut(items, PAGE);
        let len = pages.iter().map(|page| page.len()).sum();
        Self { pages, len }
    }
}

impl<T: Clone> Pages<T> {
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
        self.pages.get(position / PAGE)?.get(position % PAGE)
    }

    /// The item at a position, to be changed; its page is copied when another list has it too.
    pub fn get_mut(&mut self, position: usize) -> Option<&mut T> {
        Arc::make_mut(self.pages.get_mut(position / PAGE)?).get_mut(position % PAGE)
    }

    /// Adds an item at the end and gives its position.
    pub fn push(&mut self, item: T) -> usize {
        if self.len.is_multiple_of(PAGE) {
            self.pages.push(Arc::new(Vec::new()));
        }
        if let Some(page) = self.pages.last_mut() {
            Arc::make_mut(page).push(item);
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
        let mut one = Pages::default();
        (0..1000).for_each(|n| assert_eq!(one.push(n), n));
        let mut other = one.clone();
        *other.get_mut(300).expect("an item") = 7;
        other.push(1000);
        assert_eq!((one.get(300), other.get(300), one.len(), other.len()), (Some(&300), Some(&7), 1000, 1001));
        assert_eq!((one.get(1000), other.get(1000), other.get(1001)), (None, Some(&1000), None));
        let shared = one.pages.iter().zip(&other.pages).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!(shared, 2, "of four pages one was changed and one added to");
    }
}
