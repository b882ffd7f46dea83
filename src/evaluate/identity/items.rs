//! From documents to items: which entity of the graph stands for which thing of the gold, document by document.
//!
//! two documents with «OIM» → two items of one thing, each with the entity that its document's OIM belongs to
//!
//! Things of the gold are one when they are countries with one ISO code, or share a name that identifies beyond its document (see
//! [`Checked`]); whatever shares a name with what is one is one, too.

use std::collections::{BTreeMap, BTreeSet};

use super::super::case::Case;
use super::super::gold::{Gold, GoldEntity};
use super::super::scope::is_scored;
use super::Resolved;
use super::checked::{Checked, Reach};
use crate::model::{EntityId, EntityKind};

/// A node of the graph that stands for a thing in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) document: String,
    pub(super) kind: EntityKind,
    /// What the gold calls it there.
    pub(super) name: String,
    /// Number of the thing.
    pub(super) thing: usize,
    /// The entity of the graph.
    pub(super) entity: EntityId,
}

/// All items, in the order of the documents.
pub(super) fn items(documents: &[Resolved], checked: &Checked) -> Vec<Item> {
    let mut things = Things::default();
    let numbers: Vec<Vec<usize>> = documents.iter().map(|document| things.of(&document.gold, checked)).collect();
    let mut items = Vec::new();
    for (document, numbers) in documents.iter().zip(&numbers) {
        let case = Case::new(&document.gold, Some(&document.record));
        let mut seen = BTreeSet::new();
        for (entity, names) in document.record.entities.iter().zip(&case.names) {
            if !is_scored(entity.kind) {
                continue;
            }
            let meant = case.pairing.meant(&entity.id);
            // What no entity of its own stands for, though this one is called so: two things that were taken for one.
            let swallowed = (0..document.gold.entities.len()).filter(|at| {
                let same_kind = document.gold.entities[*at].kind == entity.kind;
                same_kind && meant.is_some() && !case.pairing.is_found(*at) && names.agree(&case.gold_names[*at])
            });
            for at in meant.into_iter().chain(swallowed) {
                let node = document.entities.get(&entity.id).unwrap_or(&entity.id);
                let thing = things.find(numbers[at]);
                if seen.insert((node.clone(), thing)) {
                    items.push(Item {
                        document: document.gold.document().to_owned(),
                        kind: entity.kind,
                        name: document.gold.entities[at].names[0].clone(),
                        thing,
                        entity: node.clone(),
                    });
                }
            }
        }
    }
    items.sort_by(|a, b| (&a.document, a.thing, &a.entity).cmp(&(&b.document, b.thing, &b.entity)));
    items
}

/// Numbers of things, joined as names turn out to be of one.
#[derive(Debug, Default)]
struct Things {
    parent: Vec<usize>,
    keys: BTreeMap<String, usize>,
}

impl Things {
    /// The numbers of a document's entities.
    fn of(&mut self, gold: &Gold, checked: &Checked) -> Vec<usize> {
        let country = gold.entities.iter().find_map(|entity| entity.iso.clone()).unwrap_or_default();
        let number = |entity: &GoldEntity| {
            let thing = self.new_thing();
            for key in keys(entity, checked, &country) {
                let other = *self.keys.entry(key).or_insert(thing);
                self.join(other, thing);
            }
            thing
        };
        gold.entities.iter().map(number).collect()
    }

    fn new_thing(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    fn find(&self, mut thing: usize) -> usize {
        while self.parent[thing] != thing {
            thing = self.parent[thing];
        }
        thing
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// By what a thing is known beyond its document.
fn keys(entity: &GoldEntity, checked: &Checked, country: &str) -> Vec<String> {
    if let Some(iso) = &entity.iso {
        return vec![format!("iso {iso}")];
    }
    let key = |name: &String| match checked.identity(entity.kind, name) {
        (_, Reach::Document) => None,
        (name, Reach::Country) if country.is_empty() => Some(format!("{} {name}", entity.kind)),
        (name, Reach::Country) => Some(format!("{} {name} in {country}", entity.kind)),
        (name, Reach::Everywhere) => Some(format!("{} {name}", entity.kind)),
    };
    entity.names.iter().filter_map(key).collect()
}
