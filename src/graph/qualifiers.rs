//! What statements say beyond their kind and ends: millions say the same, which is held once.
//!
//! *2019*, *2019*, *2019 as coordinator* → two entries

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::model::{DateRange, Modality, Qualifiers};

/// Something that statements say.
#[derive(Clone, Copy, Debug)]
pub(super) struct QualifiersNumber(u32);

/// All that statements say, each once.
#[derive(Debug, Default)]
pub(super) struct QualifiersTable {
    all: Vec<Qualifiers>,
    numbers: FxHashMap<Key, u32>,
}

/// Qualifiers as they are told apart; an amount by its bits.
type Key = (Modality, Option<DateRange>, Option<String>, Option<u64>, Option<String>);

impl QualifiersTable {
    /// What these qualifiers are found under.
    pub(super) fn put(&mut self, said: &Qualifiers) -> QualifiersNumber {
        let Qualifiers { modality, date, role, amount, currency } = said;
        let key = (*modality, *date, role.clone(), amount.map(f64::to_bits), currency.clone());
        match self.numbers.entry(key) {
            Entry::Occupied(known) => QualifiersNumber(*known.get()),
            Entry::Vacant(new) => {
                let number = u32::try_from(self.all.len()).expect("fewer than four billion statements");
                self.all.push(said.clone());
                QualifiersNumber(*new.insert(number))
            }
        }
    }

    /// What was found.
    pub(super) fn get(&self, said: QualifiersNumber) -> &Qualifiers {
        &self.all[said.0 as usize]
    }
}
