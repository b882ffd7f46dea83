//! Joins beyond equal ids: an acronym or a bare name joins the one entity it can belong to.
//!
//! *RNCOM* alone in one document, *Réseau régional … (RNCOM)* in another → one · *San José* without a country, *San José* in Costa Rica → one;
//! with a second San José, in the United States → refused
//!
//! A merged-away id stays known on the entity that took it in.

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use crate::model::{Entity, EntityId, EntityKind, fold};

/// Which ids move where, and what was refused.
pub(super) fn plan(entities: &BTreeMap<EntityId, Entity>) -> (BTreeMap<EntityId, EntityId>, Vec<Refusal>) {
    let mut holders: BTreeMap<(EntityKind, String), BTreeSet<&EntityId>> = BTreeMap::new();
    for entity in entities.values().filter(|e| e.named) {
        for name in entity.aliases.iter().chain([&entity.name]) {
            holders.entry((entity.kind, fold(name))).or_default().insert(&entity.id);
        }
    }
    let mut moved = BTreeMap::new();
    let mut refusals = Vec::new();
    for entity in entities.values().filter(|e| e.named && may_move(e)) {
        let name = fold(&entity.name);
        let fits = |id: &&&EntityId| ***id != entity.id && is_fuller(entity, &entities[**id], &name);
        let Some(all) = holders.get(&(entity.kind, name.clone())) else { continue };
        let candidates: Vec<EntityId> = all.iter().filter(fits).map(|id| (*id).clone()).collect();
        match candidates.as_slice() {
            [] => {}
            [only] => {
                moved.insert(entity.id.clone(), only.clone());
            }
            _ => refusals.push(Refusal { entity: entity.id.clone(), candidates }),
        }
    }
    let settled = moved.keys().map(|id| (id.clone(), end(&moved, id))).collect();
    (settled, refusals)
}

/// Follows a chain of joins to its end; `is_fuller` lets no chain close.
fn end(moved: &BTreeMap<EntityId, EntityId>, id: &EntityId) -> EntityId {
    let mut at = id;
    let mut steps = 0;
    while let Some(next) = moved.get(at) {
        at = next;
        steps += 1;
        if steps > moved.len() {
            break;
        }
    }
    at.clone()
}

/// Registry entities stay; so does what is only known from a description, and people, who share names too often.
fn may_move(entity: &Entity) -> bool {
    let kind = matches!(entity.kind, EntityKind::Organization | EntityKind::Place | EntityKind::Project);
    kind && entity.names.is_empty()
}

/// Whether `other` says more of itself under the same name: it is listed, or has a country where `entity` has none, or a longer name.
fn is_fuller(entity: &Entity, other: &Entity, name: &str) -> bool {
    let countries = match (&entity.country, &other.country) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) => false,
        _ => true,
    };
    let more_country = entity.country.is_none() && other.country.is_some();
    let longer = fold(&other.name).len() > name.len();
    countries && (!other.names.is_empty() || more_country || longer && entity.kind != EntityKind::Place)
}

/// Moves mentions, names and ids.
pub(super) fn apply(entities: &mut BTreeMap<EntityId, Entity>, moved: &BTreeMap<EntityId, EntityId>) {
    for (from, to) in moved {
        let Some(gone) = entities.remove(from) else { continue };
        let Some(home) = entities.get_mut(to) else {
            entities.insert(from.clone(), gone);
            continue;
        };
        home.merged_ids.insert(gone.id);
        home.merged_ids.extend(gone.merged_ids);
        home.aliases.insert(gone.name);
        home.aliases.extend(gone.aliases);
        home.mentions.extend(gone.mentions);
        home.external_ids.extend(gone.external_ids);
        prefer_country(&mut home.country, gone.country.as_ref());
    }
}

/// The longer name is shown; of equally long ones the first in order, whatever the order of the documents.
pub(super) fn prefer_name(shown: &mut String, other: &str) {
    let rank = |name: &str| (name.chars().count(), std::cmp::Reverse(name.to_owned()));
    if rank(other) > rank(shown) {
        *shown = other.to_owned();
    }
}

/// The first country in order, whatever the order of the documents.
pub(super) fn prefer_country(country: &mut Option<String>, other: Option<&String>) {
    if let Some(other) = other.filter(|other| country.as_ref().is_none_or(|known| *other < known)) {
        *country = Some(other.clone());
    }
}
