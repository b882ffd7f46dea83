//! The weights of a model: a row of numbers for each bucket of features, and one for each pair of labels.
//!
//! `Weights::read(&weights.bytes())` → the same weights
//!
//! Kept as: magic, version, bits of a bucket number, scale, common words, pairs of labels (16 bits), buckets (8 bits), digest.
//! Invariant: `rows` has `1 << bits` rows. Must not know texts.

use super::hash;
use super::label::{LABELS, STRIDE, SUCCESSORS};
use super::window::CommonWords;
use crate::error::{Error, Result};

/// Changes whenever features, hashes or labels do.
pub(super) const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"mgtagger";
const HEAD: usize = 20;
const BIT_RANGE: std::ops::RangeInclusive<u32> = 8..=20;

/// What a step costs that cannot be: no sum of scores makes up for it, and it can be added to the lowest of them.
const FORBIDDEN: i32 = i32::MIN / 2;

/// Weights as whole numbers, each worth `scale`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weights {
    /// Number of bits of a bucket number.
    pub(super) bits: u32,
    /// What one unit is worth as a logarithm of odds.
    pub(super) scale: f32,
    /// For each bucket, a number for each label.
    pub(super) rows: Vec<[i8; STRIDE]>,
    /// For each label, a number for each label after it.
    pub(super) pairs: [[i16; LABELS]; LABELS],
    /// The pairs as they are added up: for each label the numbers of the labels after it, [`FORBIDDEN`] for those that cannot be.
    pub(super) steps: [[i32; STRIDE]; LABELS],
    /// The same backwards: for each label the numbers of the labels before it.
    pub(super) steps_back: [[i32; STRIDE]; LABELS],
    /// Words that are no names when they start a sentence.
    pub(super) common: CommonWords,
}

impl Weights {
    /// Rounds weights to whole numbers. None is cut off: cutting even one in ten thousand costs two points of F1.
    pub(super) fn round(rows: &[[f32; STRIDE]], pairs: &[[f32; LABELS]; LABELS], common: CommonWords) -> Self {
        let largest = rows.iter().flatten().fold(0f32, |largest, weight| largest.max(weight.abs()));
        let scale = largest.max(1e-3) / f32::from(i8::MAX);
        let byte = |w: f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
        let pair = |w: f32| (w / scale).round().clamp(-32000.0, 32000.0) as i16;
        Self::of(
            rows.len().ilog2(),
            scale,
            rows.iter().map(|row| row.map(byte)).collect(),
            pairs.map(|row| row.map(pair)),
            common,
        )
    }

    fn of(bits: u32, scale: f32, rows: Vec<[i8; STRIDE]>, pairs: [[i16; LABELS]; LABELS], common: CommonWords) -> Self {
        let (mut steps, mut steps_back) = ([[FORBIDDEN; STRIDE]; LABELS], [[FORBIDDEN; STRIDE]; LABELS]);
        for (before, successors) in SUCCESSORS.iter().enumerate() {
            for after in successors.iter().map(|after| usize::from(*after)) {
                steps[before][after] = i32::from(pairs[before][after]);
                steps_back[after][before] = i32::from(pairs[before][after]);
            }
        }
        Self { bits, scale, rows, pairs, steps, steps_back, common }
    }

    /// The bytes to keep.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.bits.to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.common.bytes());
        bytes.extend(self.pairs.iter().flatten().flat_map(|w| w.to_le_bytes()));
        bytes.extend(self.rows.iter().flat_map(|row| &row[..LABELS]).flat_map(|w| w.to_le_bytes()));
        let digest = digest(&bytes);
        bytes.extend(digest.to_le_bytes());
        bytes
    }

    /// Reads kept weights.
    ///
    /// # Errors
    /// [`Error::Data`] when they are not a model, of another version, cut off or damaged.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let head = (number(8), number(12), number(16));
        let (true, (Some(version), Some(bits), Some(scale))) = (bytes.starts_with(MAGIC), head) else {
            return Err(bad("not a model of the tagger"));
        };
        if version != VERSION {
            return Err(bad(&format!("version {version}, but this program reads version {VERSION}; train it anew")));
        }
        if !BIT_RANGE.contains(&bits) {
            return Err(bad("an impossible number of buckets"));
        }
        let size = HEAD + CommonWords::BYTES + 2 * LABELS * LABELS + (LABELS << bits);
        let (Some(body), Some(kept)) = (bytes.get(..size), number(size)) else {
            return Err(bad(&format!("{} bytes instead of {}: cut off", bytes.len(), size + 4)));
        };
        if digest(body) != kept || bytes.len() != size + 4 {
            return Err(bad("damaged: its digest does not fit its content"));
        }
        let (common, rest) = body[HEAD..].split_at(CommonWords::BYTES);
        let common = CommonWords::read(common).ok_or_else(|| bad("no common words"))?;
        let (pairs, rows) = rest.split_at(2 * LABELS * LABELS);
        Ok(Self::of(bits, f32::from_bits(scale), read_rows(rows), read_pairs(pairs), common))
    }
}

fn read_rows(bytes: &[u8]) -> Vec<[i8; STRIDE]> {
    let row = |kept: &[u8]| {
        let mut row = [0; STRIDE];
        row.iter_mut().zip(kept).for_each(|(weight, byte)| *weight = byte.cast_signed());
        row
    };
    bytes.chunks_exact(LABELS).map(row).collect()
}

fn read_pairs(bytes: &[u8]) -> [[i16; LABELS]; LABELS] {
    let mut pairs = [[0; LABELS]; LABELS];
    let kept = bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
    pairs.iter_mut().flatten().zip(kept).for_each(|(weight, kept)| *weight = kept);
    pairs
}

fn bad(reason: &str) -> Error {
    Error::data("tagger model", reason)
}

/// Joins the bytes, four at a time.
fn digest(bytes: &[u8]) -> u32 {
    let (fours, rest) = bytes.as_chunks::<4>();
    let sum = fours.iter().fold(bytes.len() as u32, |sum, four| hash::join(sum, u32::from_le_bytes(*four)));
    if rest.is_empty() {
        return sum;
    }
    let mut padded = [0; 4];
    padded[..rest.len()].copy_from_slice(rest);
    hash::join(sum, u32::from_le_bytes(padded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Weights {
        let mut rows = vec![[0.0; STRIDE]; 256];
        rows[3][1] = 2.5;
        rows[200][12] = -1.0;
        let mut pairs = [[0.0; LABELS]; LABELS];
        pairs[0][1] = 5.0;
        Weights::round(&rows, &pairs, CommonWords::new())
    }

    #[test]
    fn weights_survive_being_kept() {
        let weights = small();
        assert_eq!(Weights::read(&weights.bytes()).expect("own bytes"), weights);
        assert_eq!((weights.rows[3][1], weights.rows[200][12], weights.pairs[0][1]), (127, -51, 254));
    }

    #[test]
    fn what_is_no_model_is_refused_in_words() {
        let check = |bytes: &[u8], reason: &str| {
            let error = Weights::read(bytes).expect_err(reason).to_string();
            assert!(error.contains(reason), "{error}");
        };
        let good = small().bytes();
        check(b"", "not a model");
        check(b"{\"id\": 1}, and more of that sort", "not a model");
        check(&good[..good.len() - 9], "cut off");
        let mut newer = good.clone();
        newer[8] = 99;
        check(&newer, "version 99");
        let mut damaged = good.clone();
        damaged[HEAD + 100] ^= 1;
        check(&damaged, "damaged");
        let mut longer = good;
        longer.push(0);
        check(&longer, "damaged");
    }
}
