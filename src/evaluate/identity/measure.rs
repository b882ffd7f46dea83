//! B³ and pairs over items, and every merge and split that is wrong.
//!
//! items of things A A B in entities x x x → precision 5/9, recall 1; one wrong merge of x
//!
//! Orders are those of entities' ids and documents, so that equal items give equal lists.

use std::collections::{BTreeMap, BTreeSet};

use super::items::Item;
use crate::model::{EntityId, EntityKind};

/// How the entities of a graph agree with the identity of the gold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// How many documents have items.
    pub documents: usize,
    /// How many items there are.
    pub items: usize,
    /// How many things of the gold they stand for.
    pub things: usize,
    /// How many entities of the graph they are in.
    pub entities: usize,
    /// B³ of all items.
    pub all: Agreed,
    /// B³ of the items of things that stand in several documents: the difficult part of them.
    pub shared: Agreed,
    /// Pairs of items: those of one entity that are of one thing, and the other way round.
    pub pairs: Agreed,
    /// B³ by kind.
    pub by_kind: BTreeMap<EntityKind, (usize, Agreed)>,
    /// Entities that stand for several things, in words.
    pub merges: Vec<String>,
    /// Things that several entities stand for, in words.
    pub splits: Vec<String>,
}

/// Precision and recall, each between 0 and 1; 1 where nothing could be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreed {
    /// Of what is together, the part that belongs together.
    pub precision: f64,
    /// Of what belongs together, the part that is together.
    pub recall: f64,
}

impl Default for Agreed {
    fn default() -> Self {
        Self { precision: 1.0, recall: 1.0 }
    }
}

impl Agreed {
    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }

    fn mean(items: impl Iterator<Item = Self>) -> Self {
        let (mut precision, mut recall, mut count) = (0.0, 0.0, 0_usize);
        for item in items {
            precision += item.precision;
            recall += item.recall;
            count += 1;
        }
        if count == 0 {
            return Self::default();
        }
        Self { precision: precision / count as f64, recall: recall / count as f64 }
    }
}

/// Compares.
pub(super) fn measure(items: &[Item]) -> Agreement {
    let (mut by_thing, mut by_entity) =
        (BTreeMap::<usize, Vec<&Item>>::new(), BTreeMap::<&EntityId, Vec<&Item>>::new());
    for item in items {
        by_thing.entry(item.thing).or_default().push(item);
        by_entity.entry(&item.entity).or_default().push(item);
    }
    let agreed = |item: &Item| {
        let (of_thing, of_entity) = (&by_thing[&item.thing], &by_entity[&item.entity]);
        let both = of_entity.iter().filter(|other| other.thing == item.thing).count() as f64;
        Agreed { precision: both / of_entity.len() as f64, recall: both / of_thing.len() as f64 }
    };
    let documents = |items: &[&Item]| items.iter().map(|item| &item.document).collect::<BTreeSet<_>>().len();
    let is_shared = |item: &&Item| documents(&by_thing[&item.thing]) > 1;
    let kinds: BTreeSet<EntityKind> = items.iter().map(|item| item.kind).collect();
    let of_kind = |kind: EntityKind| {
        let of_kind = || items.iter().filter(move |item| item.kind == kind);
        (kind, (of_kind().count(), Agreed::mean(of_kind().map(agreed))))
    };
    Agreement {
        documents: items.iter().map(|item| &item.document).collect::<BTreeSet<_>>().len(),
        items: items.len(),
        things: by_thing.len(),
        entities: by_entity.len(),
        all: Agreed::mean(items.iter().map(agreed)),
        shared: Agreed::mean(items.iter().filter(is_shared).map(agreed)),
        pairs: pairs(&by_thing, &by_entity),
        by_kind: kinds.into_iter().map(of_kind).collect(),
        merges: by_entity.iter().filter_map(|(entity, items)| merge(entity, items)).collect(),
        splits: by_thing.values().filter_map(|items| split(items)).collect(),
    }
}

fn pairs(by_thing: &BTreeMap<usize, Vec<&Item>>, by_entity: &BTreeMap<&EntityId, Vec<&Item>>) -> Agreed {
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let mut both = BTreeMap::<(usize, &EntityId), usize>::new();
    by_thing.values().flatten().for_each(|item| *both.entry((item.thing, &item.entity)).or_default() += 1);
    let both: usize = both.into_values().map(pairs).sum();
    let part = |all: usize| if all == 0 { 1.0 } else { both as f64 / all as f64 };
    Agreed {
        precision: part(by_entity.values().map(|items| pairs(items.len())).sum()),
        recall: part(by_thing.values().map(|items| pairs(items.len())).sum()),
    }
}

fn merge(entity: &EntityId, items: &[&Item]) -> Option<String> {
    let things = parts(items, |item| item.thing);
    (things.len() > 1).then(|| format!("{entity} stands for {}", things.join(" and for ")))
}

fn split(items: &[&Item]) -> Option<String> {
    let entities = parts(items, |item| item.entity.clone());
    let first = items.first()?;
    (entities.len() > 1).then(|| format!("{} «{}» is {}", first.kind, first.name, entities.join(" and ")))
}

/// The items by a key, each part in words.
fn parts<K: Ord>(items: &[&Item], key: impl Fn(&Item) -> K) -> Vec<String> {
    let mut parts = BTreeMap::<K, BTreeSet<String>>::new();
    for item in items {
        let text = format!("«{}» ({}, {})", item.name, item.document, item.entity);
        parts.entry(key(item)).or_default().insert(text);
    }
    parts.into_values().map(|texts| texts.into_iter().collect::<Vec<_>>().join(", ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(rows: &[(&str, usize, &str)]) -> Vec<Item> {
        let item = |(document, thing, entity): &(&str, usize, &str)| Item {
            document: (*document).into(),
            kind: EntityKind::Organization,
            name: format!("thing {thing}"),
            thing: *thing,
            entity: EntityId::from_text(*entity),
        };
        rows.iter().map(item).collect()
    }

    #[test]
    fn what_is_together_wrongly_costs_precision() {
        let found = measure(&items(&[("a", 1, "x"), ("b", 1, "x"), ("b", 2, "x")]));
        assert!((found.all.precision - 5.0 / 9.0).abs() < 1e-12 && found.all.recall == 1.0, "{found:?}");
        assert!((found.pairs.precision - 1.0 / 3.0).abs() < 1e-12 && found.pairs.recall == 1.0);
        assert_eq!((found.merges.len(), found.splits.len()), (1, 0));
    }

    #[test]
    fn what_is_apart_wrongly_costs_recall() {
        let found = measure(&items(&[("a", 1, "x"), ("b", 1, "y"), ("b", 2, "z")]));
        assert_eq!(found.all, Agreed { precision: 1.0, recall: 2.0 / 3.0 });
        assert_eq!(found.shared, Agreed { precision: 1.0, recall: 0.5 });
        assert_eq!(found.pairs.recall, 0.0);
        assert_eq!(found.splits, ["ORGANIZATION «thing 1» is «thing 1» (a, x) and «thing 1» (b, y)"]);
    }

    #[test]
    fn nothing_is_not_wrong() {
        assert_eq!(measure(&[]), Agreement::default());
    }
}
