//! Lists that versions share: a copy costs a few pointers, and a change copies the page that it falls into, nothing else.
//!
//! `let next = rows.clone(); next.set(7, b)` → `rows` still has `a` at 7; both share all other pages
//!
//! [`Pages`] finds things by their position, [`Sorted`] by an order that its owner gives. Must not know what they hold.

mod pages;
mod sorted;

pub use pages::Pages;
pub use sorted::Sorted;
