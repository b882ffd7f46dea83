//! Ids of one document's entities, from content alone.
//!
//! registry entry → its key (`country:SV`, `organization:iom`); name → `person:jorge-peraza`, `place:ngouboua-td`; description without a
//! name → scoped to its document (`event:atelier-de-dakar-45a304`)

use std::collections::BTreeMap;

use crate::model::{Annotations, Document, EntityId, EntityKind, LocalEntity, slug};

/// The ids of the local entities, in their order. Two that share a name are one entity and get one id; two that are only described
/// alike are told apart by their order in the text.
pub fn identify(document: &Document, annotations: &Annotations) -> Vec<EntityId> {
    let mut seen: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut ids = Vec::with_capacity(annotations.entities.len());
    for local in &annotations.entities {
        let id = EntityId::new(local.kind, &key(document, local));
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        let described_again = *count > 1 && !local.named;
        ids.push(if described_again { EntityId::from_text(format!("{id}-{count}")) } else { id });
    }
    ids
}

fn key(document: &Document, local: &LocalEntity) -> String {
    if let Some(key) = &local.registry {
        return key.clone();
    }
    let name = slug(&local.name);
    let name = if name.is_empty() { "unnamed".to_owned() } else { name };
    if !local.named {
        return format!("{name}-{}", &document.id.digits()[..6.min(document.id.digits().len())]);
    }
    match (&local.country, local.kind) {
        (Some(country), EntityKind::Place | EntityKind::Organization) => format!("{name}-{}", country.to_lowercase()),
        _ => name,
    }
}
