//! Lists that versions share: a copy costs a few pointers, and a change copies the page that it falls into, nothing else.
//!
//! `let mut next = rows.clone(); *next.get_mut(7)? = b` → `rows` still has `a` at 7; both share all other pages
//!
//! [`Pages`] finds things by their position, [`Sorted`] by an order that its owner gives. Their pages may lie in a file ([`Shelf`]) until somebody
//! looks. Must not know what they hold.

mod making;
mod page;
mod pages;
mod shelf;
mod sorted;

use page::Page;

pub use making::{Making, Place};
pub use pages::Pages;
pub use shelf::{Meter, Shelf, ShelfWriter};
pub use sorted::{Sorted, Walk};

/// Items in full pages, but for the last.
fn cut<T>(items: impl IntoIterator<Item = T>, page: usize) -> Vec<Page<T>> {
    let mut items = items.into_iter();
    let mut pages = Vec::new();
    loop {
        let mut next: Vec<T> = items.by_ref().take(page).collect();
        if next.is_empty() {
            return pages;
        }
        next.shrink_to_fit();
        // Most lists are one page.
        pages.reserve_exact(usize::from(pages.is_empty()));
        pages.push(Page::held(next));
    }
}
