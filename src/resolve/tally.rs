//! How often something was seen, so that it can be unseen.
//!
//! Kept as a sorted list: most have one or two items, and there are millions of them.

/// A set that counts: what was put in twice must be taken out twice.
#[derive(Clone, Debug)]
pub(super) struct Tally<T>(Vec<(T, u32)>);

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Tally<T> {
    /// Puts one in.
    pub(super) fn put(&mut self, item: T) {
        match self.place(&item) {
            Ok(at) => self.0[at].1 += 1,
            Err(at) => {
                if self.0.len() < 4 {
                    self.0.reserve_exact(1);
                }
                self.0.insert(at, (item, 1));
            }
        }
    }

    /// Takes one out.
    pub(super) fn take(&mut self, item: &T) {
        let Ok(at) = self.place(item) else { return };
        self.0[at].1 -= 1;
        if self.0[at].1 == 0 {
            self.0.remove(at);
        }
    }

    /// Each item once, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().map(|(item, _)| item)
    }

    fn place(&self, item: &T) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_twice_stays_until_it_is_taken_out_twice() {
        let mut tally = Tally::default();
        ["b", "a", "b"].into_iter().for_each(|item| tally.put(item));
        tally.take(&"b");
        tally.take(&"c");
        assert!(tally.iter().eq([&"a", &"b"]));
        tally.take(&"b");
        assert!(tally.iter().eq([&"a"]));
    }
}
