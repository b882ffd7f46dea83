//! Looking entities up by what is written elsewhere: a name in any form, or an id of a public scheme.
//!
//! `"OIM"`, `"oim"` and `"l’O.I.M."` do not all fold alike: folding joins case, accents and punctuation, nothing more.
//!
//! Must not rank or guess: that is `search`'s job.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Entity, fold};

use super::EntityRow;

/// Entities by the folded form of every name they have.
pub(super) fn by_folded_name(entities: &[Entity]) -> HashMap<String, Vec<EntityRow>> {
    let mut named: HashMap<String, Vec<EntityRow>> = HashMap::new();
    for (position, entity) in entities.iter().enumerate() {
        let names = entity.names.values().flatten().chain(&entity.aliases).chain([&entity.name]);
        let folded: BTreeSet<_> = names.map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
        for name in folded {
            named.entry(name).or_default().push(EntityRow::at(position));
        }
    }
    named
}

/// Entities by scheme and value of their external ids.
pub(super) fn by_external_id(entities: &[Entity]) -> HashMap<(String, String), Vec<EntityRow>> {
    let mut external: HashMap<_, Vec<EntityRow>> = HashMap::new();
    for (position, entity) in entities.iter().enumerate() {
        for (scheme, value) in &entity.external_ids {
            external.entry((scheme.clone(), value.clone())).or_default().push(EntityRow::at(position));
        }
    }
    external
}
