//! Words with a value each, made to be asked for every token of every document.
//!
//! `map.insert("senegal", 3)`; `map.get("senegal")` → `Some(&3)`
//!
//! A word of up to 15 bytes is its own key, so that a look costs no comparison of texts; one of up to 7, as frequent words are, a key of
//! half the size, so that more of the table is near at hand. Must not know what words mean.

use rustc_hash::FxHashMap;

/// The most bytes of a short word, and of one of middling length.
const SHORT: usize = 7;
const MIDDLING: usize = 15;
const BEYOND_SHORT: usize = SHORT + 1;

/// Words, each with a value.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: FxHashMap<u64, V>,
    middling: FxHashMap<(u64, u64), V>,
    long: FxHashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), middling: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// The number of words.
    pub fn len(&self) -> usize {
        self.short.len() + self.middling.len() + self.long.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        match word.len() {
            ..=SHORT => self.short.get(&short_key(word.as_bytes())),
            BEYOND_SHORT..=MIDDLING => self.middling.get(&middling_key(word.as_bytes())),
            _ => self.long.get(word),
        }
    }

    /// The value of a word, which gets this one when it has none.
    pub fn get_or_insert(&mut self, word: &str, value: V) -> &mut V {
        match word.len() {
            ..=SHORT => self.short.entry(short_key(word.as_bytes())).or_insert(value),
            BEYOND_SHORT..=MIDDLING => self.middling.entry(middling_key(word.as_bytes())).or_insert(value),
            _ => self.long.entry(word.into()).or_insert(value),
        }
    }
}

/// The bytes of a word of up to [`SHORT`], and their number.
#[inline]
fn short_key(word: &[u8]) -> u64 {
    word.iter().fold(0, |key, byte| key << 8 | u64::from(*byte)) << 8 | word.len() as u64
}

/// The bytes of a word of up to [`MIDDLING`], and the number of those behind the first eight.
#[inline]
fn middling_key(word: &[u8]) -> (u64, u64) {
    let (first, rest) = word.split_first_chunk::<8>().unwrap_or((&[0; 8], word));
    (u64::from_le_bytes(*first), short_key(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_keep_their_values() {
        let words = [
            "",
            "a",
            "a\0",
            "\0a",
            "seven_7",
            "eight__8",
            "eight__8\0",
            "fifteen_letters",
            "sixteen__letters",
            "sixteen__letters_and_more",
        ];
        let mut map = WordMap::default();
        for (value, word) in words.iter().enumerate() {
            assert_eq!(*map.get_or_insert(word, value), value, "{word:?} is new");
            assert_eq!(*map.get_or_insert(word, 99), value, "{word:?} is there");
        }
        assert_eq!(map.len(), words.len());
        for (value, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&value), "{word:?}");
        }
        assert_eq!(map.get("b"), None);
    }
}
