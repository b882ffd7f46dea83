//! Hashes of words and features: the same on every machine, so that a model can be kept.
//!
//! `word("paris")` → a 32-bit number; `row(template, value, bits)` → the bucket of a feature
//!
//! Invariant: changing anything here makes every kept model useless; [`super::weights::VERSION`] has to change with it.

/// The hash of a string (FNV-1a with a final mix).
pub(super) fn word(text: &str) -> u32 {
    finish(text.bytes().fold(START, step))
}

/// The state before the first byte.
pub(super) const START: u32 = 0x811c_9dc5;

/// The state after one more byte.
pub(super) fn step(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Spreads a state over all bits.
pub(super) fn finish(mut state: u32) -> u32 {
    state ^= state >> 16;
    state = state.wrapping_mul(0x85eb_ca6b);
    state ^ (state >> 13)
}

/// Joins two values into one.
pub(super) fn join(a: u32, b: u32) -> u32 {
    finish(a.rotate_left(11).wrapping_mul(0x9e37_79b1) ^ b)
}

/// The bucket, below `1 << bits`, of the value a template has.
pub(super) fn row(template: u32, value: u32, bits: u32) -> u32 {
    let mixed = (value ^ template.wrapping_mul(0x9e37_79b1)).wrapping_mul(0xc2b2_ae35);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x27d4_eb2f) >> (32 - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_do_not_change() {
        assert_eq!(word("paris"), word("paris"));
        assert_ne!(word("paris"), word("Paris"));
        assert_ne!(row(1, word("paris"), 16), row(2, word("paris"), 16));
        assert!((0..1000).all(|i| row(i, i * 7, 10) < 1024));
        assert_eq!(word(""), finish(START));
    }
}
