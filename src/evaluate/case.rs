//! One document's gold and record side by side, with everything that scoring asks of them more than once.
//!
//! gold of `001.txt`, record of `001.txt` → names prepared, entities paired
//!
//! A missing record is one that found nothing in an empty text. Must not count.

use super::gold::{Gold, GoldEntity};
use super::names::Names;
use super::pairing::Pairing;
use crate::model::{Record, RecordEntity, RecordRelation};

/// What one document is scored from.
pub(super) struct Case<'c> {
    pub(super) gold: &'c Gold,
    /// Names of the gold's entities, in their order.
    pub(super) gold_names: Vec<Names>,
    /// The text that was read; empty without a record.
    pub(super) text: &'c str,
    pub(super) entities: &'c [RecordEntity],
    /// Names of `entities`, in their order.
    pub(super) names: Vec<Names>,
    pub(super) relations: &'c [RecordRelation],
    pub(super) pairing: Pairing<'c>,
}

impl<'c> Case<'c> {
    /// Prepares a document.
    pub(super) fn new(gold: &'c Gold, record: Option<&'c Record>) -> Self {
        let entities = record.map_or(&[][..], |record| &record.entities);
        let gold_names: Vec<Names> = gold.entities.iter().map(gold_names).collect();
        let names: Vec<Names> = entities.iter().map(predicted_names).collect();
        Self {
            gold,
            text: record.map_or("", |record| &record.text),
            entities,
            relations: record.map_or(&[][..], |record| &record.relations),
            pairing: Pairing::new(gold, &gold_names, entities, &names),
            gold_names,
            names,
        }
    }
}

fn gold_names(entity: &GoldEntity) -> Names {
    Names::new(entity.names.iter().map(String::as_str))
}

fn predicted_names(entity: &RecordEntity) -> Names {
    let mentions = entity.mentions.iter().map(|mention| mention.text.as_str());
    Names::new(std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str)).chain(mentions))
}
