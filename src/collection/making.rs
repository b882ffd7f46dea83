//! Lists that are made once, from their first item to their last: in memory, or page by page into a file.
//!
//! `let mut rows = Making::new("rows"); rows.push(a, &mut to)?; rows.pages(&mut to)?` → a list in memory, or, when `to` is a file, one
//! that whoever opens that file finds there

use std::io;

use serde::Serialize;

use super::page::Page;
use super::{Pages, ShelfWriter, Sorted};

/// Where lists are made.
#[derive(Debug)]
pub enum Place<'p> {
    /// In memory.
    Memory,
    /// In a file: what comes back is empty, and read from the file when it is whole.
    File(&'p mut ShelfWriter),
}

/// A list that is being made; a page has `PAGE` items.
#[derive(Debug)]
pub struct Making<T, const PAGE: usize = 256> {
    name: &'static str,
    pending: Vec<T>,
    pages: Vec<Page<T>>,
}

impl<T: Serialize, const PAGE: usize> Making<T, PAGE> {
    /// Nothing yet of the list of that name.
    pub fn new(name: &'static str) -> Self {
        Self { name, pending: Vec::new(), pages: Vec::new() }
    }

    /// Adds an item.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn push(&mut self, item: T, to: &mut Place<'_>) -> io::Result<()> {
        if self.pending.len() == PAGE {
            self.turn(to)?;
        }
        self.pending.push(item);
        Ok(())
    }

    /// Adds items.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>, to: &mut Place<'_>) -> io::Result<()> {
        items.into_iter().try_for_each(|item| self.push(item, to))
    }

    /// The list by position; empty when it is in a file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn pages(mut self, to: &mut Place<'_>) -> io::Result<Pages<T, PAGE>> {
        self.turn(to)?;
        Ok(Pages::of_pages(self.pages))
    }

    fn turn(&mut self, to: &mut Place<'_>) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        match to {
            Place::Memory => {
                let mut page = std::mem::take(&mut self.pending);
                page.shrink_to_fit();
                self.pages.push(Page::held(page));
                Ok(())
            }
            Place::File(file) => {
                file.page(self.name, &self.pending)?;
                self.pending.clear();
                Ok(())
            }
        }
    }
}

impl<T: Serialize, const PAGE: usize> Making<T, PAGE> {
    /// The list in the order in which its items came, which must be that of its owner; empty when it is in a file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn sorted(mut self, to: &mut Place<'_>) -> io::Result<Sorted<T, PAGE>> {
        self.turn(to)?;
        Ok(Sorted::of_pages(self.pages))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Shelf;
    use super::*;

    #[test]
    fn a_list_in_a_file_is_the_one_in_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lists");
        let made = |to: &mut Place<'_>| {
            let mut rows = Making::<u32, 8>::new("rows");
            rows.extend(0..100, to).expect("a list");
            let mut order = Making::<u32>::new("order");
            order.extend(1000..2000_u32, to).expect("a list");
            (rows.pages(to).expect("a list"), order.sorted(to).expect("a list"))
        };
        let (rows, order) = made(&mut Place::Memory);
        let mut writer = ShelfWriter::create(&path).expect("a file");
        let (none, nothing) = made(&mut Place::File(&mut writer));
        writer.finish().expect("a file");
        let shelf = Shelf::open(&path).expect("a file");
        let (kept, kept_order) =
            (Pages::<u32, 8>::kept("rows", &shelf).expect("a list"), Sorted::<u32>::kept("order", &shelf));
        assert_eq!((none.len(), nothing.len(), kept.len(), rows.len()), (0, 0, 100, 100));
        assert!((0..101).all(|at| kept.get(at) == rows.get(at)));
        assert!(kept_order.iter().eq(order.iter()) && order.iter().copied().eq(1000..2000));
    }
}
