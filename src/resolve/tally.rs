//! How often something was seen, so that it can be unseen.

use std::collections::BTreeMap;

/// A set that counts: what was put in twice must be taken out twice.
#[derive(Clone, Debug)]
pub(super) struct Tally<T>(BTreeMap<T, u32>);

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> Tally<T> {
    /// Puts one in; whether it is the first.
    pub(super) fn put(&mut self, item: T) -> bool {
        let count = self.0.entry(item).or_default();
        *count += 1;
        *count == 1
    }

    /// Takes one out; whether it was the last.
    pub(super) fn take(&mut self, item: &T) -> bool {
        let Some(count) = self.0.get_mut(item) else { return false };
        *count -= 1;
        let last = *count == 0;
        if last {
            self.0.remove(item);
        }
        last
    }

    /// Each item once, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.keys()
    }
}
