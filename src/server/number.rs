//! Numbers that nobody has had before, for requests that bring none: UUIDs of version 4, as whoever reads logs expects them.
//!
//! `fresh()` → `1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed`
//!
//! They are no secrets: random bytes are drawn for many at a time, since drawing them costs a call of the system.

use std::cell::RefCell;

use axum::http::HeaderValue;

/// How many numbers are drawn at a time.
const DRAWN: usize = 64;
/// Random bytes in a number, version and variant among them.
const BYTES: usize = 16;

thread_local! {
    /// What was drawn, and how many numbers of it are left.
    static LEFT: RefCell<(usize, [u8; DRAWN * BYTES])> = const { RefCell::new((0, [0; DRAWN * BYTES])) };
}

/// A new number; none when the system has no random bytes.
pub(super) fn fresh() -> Option<HeaderValue> {
    HeaderValue::from_bytes(&text(drawn()?)).ok()
}

fn drawn() -> Option<[u8; BYTES]> {
    LEFT.with_borrow_mut(|(left, random)| {
        if *left == 0 {
            getrandom::fill(random).ok()?;
            *left = DRAWN;
        }
        *left -= 1;
        random[*left * BYTES..][..BYTES].try_into().ok()
    })
}

fn text(mut bytes: [u8; BYTES]) -> [u8; 36] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = [b'-'; 36];
    let mut at = 0;
    for (number, byte) in bytes.into_iter().enumerate() {
        // Groups of 4, 2, 2, 2 and 6 bytes.
        at += usize::from(matches!(number, 4 | 6 | 8 | 10));
        text[at] = DIGITS[usize::from(byte >> 4)];
        text[at + 1] = DIGITS[usize::from(byte & 15)];
        at += 2;
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn numbers_have_the_form_of_a_uuid_and_none_comes_twice() {
        assert_eq!(&text([0xff; BYTES]), b"ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(&text([0; BYTES]), b"00000000-0000-4000-8000-000000000000");
        let count = 3 * DRAWN;
        let all: BTreeSet<_> = (0..count).filter_map(|_| fresh()?.to_str().ok().map(str::to_owned)).collect();
        assert_eq!(all.len(), count);
    }
}
