//! Which predicted entity stands for which entity of the gold.
//!
//! record «OIM», «Organisation internationale pour les migrations (OIM)»; gold `iom` → the first is `iom`, the second its duplicate
//!
//! One to one, best first; of equals the required before the optional, then by id, so that order does not matter. Must not
//! count.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::Gold;
use super::names::Names;
use super::scope::is_loose;
use crate::model::{EntityId, RecordEntity};

/// Predicted entities by id with the index of the gold entity that they stand for.
#[derive(Debug, Default)]
pub(super) struct Pairing<'r> {
    taken: BTreeMap<&'r EntityId, usize>,
    duplicates: BTreeMap<&'r EntityId, usize>,
    used: BTreeSet<usize>,
}

struct Pair<'r> {
    similarity: f64,
    predicted: &'r EntityId,
    gold: usize,
}

impl<'r> Pairing<'r> {
    /// Pairs entities whose kind is equal and whose names match; `predicted_names` are those of `predicted`, in its order,
    /// and `gold_names` those of the gold's entities.
    pub(super) fn new(
        gold: &Gold,
        gold_names: &[Names],
        predicted: &'r [RecordEntity],
        predicted_names: &[Names],
    ) -> Self {
        let mut pairs = Vec::new();
        for (entity, names) in predicted.iter().zip(predicted_names) {
            for (at, wanted) in gold_names.iter().enumerate().filter(|(at, _)| gold.entities[*at].kind == entity.kind) {
                let similarity = names.similarity(wanted, is_loose(entity.kind));
                if similarity > 0.0 {
                    pairs.push(Pair { similarity, predicted: &entity.id, gold: at });
                }
            }
        }
        let key = |pair: &Pair<'r>| (gold.entities[pair.gold].optional, pair.predicted, &gold.entities[pair.gold].id);
        pairs.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then_with(|| key(a).cmp(&key(b))));
        let mut pairing = Self::default();
        pairs.iter().for_each(|pair| pairing.take(pair));
        let Self { taken, duplicates, .. } = &mut pairing;
        duplicates.retain(|id, _| !taken.contains_key(id));
        pairing
    }

    fn take(&mut self, pair: &Pair<'r>) {
        if self.taken.contains_key(pair.predicted) {
            return;
        }
        if self.used.insert(pair.gold) {
            self.taken.insert(pair.predicted, pair.gold);
        } else {
            self.duplicates.entry(pair.predicted).or_insert(pair.gold);
        }
    }

    /// The gold entity that this prediction is the node of.
    pub(super) fn matched(&self, predicted: &EntityId) -> Option<usize> {
        self.taken.get(predicted).copied()
    }

    /// The gold entity that this prediction is a second node of.
    pub(super) fn duplicated(&self, predicted: &EntityId) -> Option<usize> {
        self.duplicates.get(predicted).copied()
    }

    /// The gold entity that a relation with this end speaks of, whichever node it uses.
    pub(super) fn meant(&self, predicted: &EntityId) -> Option<usize> {
        self.matched(predicted).or_else(|| self.duplicated(predicted))
    }

    /// Whether a prediction stands for this gold entity.
    pub(super) fn is_found(&self, gold: usize) -> bool {
        self.used.contains(&gold)
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::Case;
    use super::super::sample::{Draft, gold};
    use super::*;

    fn meant(draft: &Draft) -> Vec<(String, &'static str, String)> {
        let (gold, record) = (gold(), draft.record());
        let case = Case::new(&gold, Some(&record));
        let state = |id: &EntityId| match (case.pairing.matched(id), case.pairing.duplicated(id)) {
            (Some(at), _) => ("is", gold.entities[at].id.clone()),
            (_, Some(at)) => ("repeats", gold.entities[at].id.clone()),
            _ => ("alien", String::new()),
        };
        let row = |entity: &RecordEntity| {
            let (state, id) = state(&entity.id);
            (entity.id.to_string(), state, id)
        };
        record.entities.iter().map(row).collect()
    }

    fn rows(expected: &[(&str, &'static str, &str)]) -> Vec<(String, &'static str, String)> {
        expected.iter().map(|(a, b, c)| (a.to_string(), *b, c.to_string())).collect()
    }

    #[test]
    fn kind_and_name_must_agree() {
        let draft = Draft::new().entity("a", "ORGANIZATION", "l’Union Européenne").entity("b", "PERSON", "UE").entity(
            "c",
            "ORGANIZATION",
            "Union",
        );
        assert_eq!(meant(&draft), rows(&[("a", "is", "ue"), ("b", "alien", ""), ("c", "alien", "")]));
    }

    #[test]
    fn the_best_of_several_is_the_node_and_the_rest_are_duplicates() {
        let draft = Draft::new()
            .entity("a", "EVENT", "l’atelier régional")
            .entity("b", "EVENT", "atelier régional de Dakar")
            .entity("z", "ORGANIZATION", "OIM")
            .entity("y", "ORGANIZATION", "Organisation internationale pour les migrations");
        let expected =
            [("a", "repeats", "atelier"), ("b", "is", "atelier"), ("z", "repeats", "iom"), ("y", "is", "iom")];
        assert_eq!(meant(&draft), rows(&expected));
    }

    #[test]
    fn aliases_and_mentions_are_names() {
        let draft = Draft::new().alias("a", "COUNTRY", "République du Tchad", "Tchad");
        assert_eq!(meant(&draft), rows(&[("a", "is", "td")]));
    }
}
