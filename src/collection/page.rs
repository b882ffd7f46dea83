//! A page of a list: in memory, or in a file until somebody looks.

use std::io;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::shelf::{Meter, Section, ShelfWriter};

/// Items that versions share.
#[derive(Debug)]
pub(super) enum Page<T> {
    /// In memory.
    Held(Arc<Vec<T>>),
    /// In a file, and in memory once somebody has looked.
    Kept(Arc<Kept<T>>),
}

#[derive(Debug)]
pub(super) struct Kept<T> {
    items: OnceLock<Vec<T>>,
    len: usize,
    number: usize,
    section: Arc<Section>,
    read: fn(&Section, usize) -> io::Result<Vec<T>>,
}

impl<T> Clone for Page<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Held(items) => Self::Held(Arc::clone(items)),
            Self::Kept(kept) => Self::Kept(Arc::clone(kept)),
        }
    }
}

impl<T> Page<T> {
    pub(super) fn held(items: Vec<T>) -> Self {
        Self::Held(Arc::new(items))
    }

    /// All pages of a section.
    pub(super) fn kept(section: &Arc<Section>) -> Vec<Self>
    where
        T: DeserializeOwned,
    {
        let pages = section.pages().enumerate();
        let kept = |(number, len)| {
            let (section, read) = (Arc::clone(section), Section::read as fn(&Section, usize) -> io::Result<Vec<T>>);
            Self::Kept(Arc::new(Kept { items: OnceLock::new(), len, number, section, read }))
        };
        pages.map(kept).collect()
    }

    /// Pages of a list, of which those that lie in a file are not in memory; `meter` counts what is read of them.
    pub(super) fn unread(pages: &[Self], meter: &Meter) -> Vec<Self> {
        let first = pages.iter().find_map(|page| match page {
            Self::Kept(kept) => Some(&kept.section),
            Self::Held(_) => None,
        });
        let section = first.map(|section| section.metered(meter));
        let unread = |page: &Self| match (page, &section) {
            (Self::Kept(kept), Some(section)) => {
                let Kept { len, number, read, .. } = **kept;
                Self::Kept(Arc::new(Kept { items: OnceLock::new(), len, number, section: Arc::clone(section), read }))
            }
            _ => page.clone(),
        };
        pages.iter().map(unread).collect()
    }

    /// The items, read now if need be. What was checked when it was opened and is damaged now cannot be answered from: whoever asked
    /// gets no answer rather than a wrong one.
    pub(super) fn items(&self) -> &Vec<T> {
        match self {
            Self::Held(items) => items,
            Self::Kept(kept) => kept.items.get_or_init(|| {
                let read = (kept.read)(&kept.section, kept.number);
                read.unwrap_or_else(|error| panic!("the kept snapshot cannot be read: {error}"))
            }),
        }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Held(items) => items.len(),
            Self::Kept(kept) => kept.len,
        }
    }

    /// The items, to be changed; they are copied when another list has them too, or they are in a file.
    pub(super) fn make_mut(&mut self) -> &mut Vec<T>
    where
        T: Clone,
    {
        if let Self::Kept(_) = self {
            *self = Self::held(self.items().clone());
        }
        match self {
            Self::Held(items) => Arc::make_mut(items),
            Self::Kept(_) => unreachable!("it was taken out of its file"),
        }
    }

    /// Writes the page; one that lies in a file is copied as it is.
    pub(super) fn keep(&self, list: &str, to: &mut ShelfWriter) -> io::Result<()>
    where
        T: Serialize,
    {
        match self {
            Self::Held(items) => to.page(list, items),
            Self::Kept(kept) => kept.section.copy(kept.number, list, to),
        }
    }

    /// Whether both are one.
    #[cfg(test)]
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Held(one), Self::Held(other)) => Arc::ptr_eq(one, other),
            (Self::Kept(one), Self::Kept(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}
