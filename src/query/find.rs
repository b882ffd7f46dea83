//! One entity, by whatever somebody has at hand.
//!
//! `resolve_entity(snapshot, "oim")` → the organisation with that alias; two entities of that name → a refusal with both ids

use crate::graph::{EntityRow, Found};
use crate::model::EntityId;
use crate::snapshot::Snapshot;

use super::{Code, Refusal};

/// How somebody points at an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityKey {
    /// By id, also one that was merged away.
    Id(String),
    /// By a name or alias that only one entity has.
    Name(String),
    /// By an id of a public scheme.
    External {
        /// For instance `iso3166-1`.
        scheme: String,
        /// For instance `SV`.
        value: String,
    },
}

/// The entity that a key points at; `None` when there is none.
///
/// # Errors
/// A name or external id that several entities have, with their ids.
pub fn find_entity(snapshot: &Snapshot, key: &EntityKey) -> Result<Option<EntityRow>, Refusal> {
    let graph = snapshot.graph();
    match key {
        EntityKey::Id(id) => Ok(graph.find_entity(&EntityId::from_text(id.as_str())).map(Found::row)),
        EntityKey::Name(name) => only(snapshot, name, graph.find_named(name)),
        EntityKey::External { scheme, value } => {
            only(snapshot, &format!("{scheme} {value}"), graph.find_external(scheme, value))
        }
    }
}

/// The entity that an id, or else a unique name or alias, points at.
///
/// # Errors
/// Nothing of that id or name, or several of that name.
pub fn resolve_entity(snapshot: &Snapshot, id_or_name: &str) -> Result<EntityRow, Refusal> {
    if let Some(row) = find_entity(snapshot, &EntityKey::Id(id_or_name.to_string()))? {
        return Ok(row);
    }
    let named = find_entity(snapshot, &EntityKey::Name(id_or_name.to_string()))?;
    named.ok_or_else(|| Refusal::not_found("entity with the id or name", id_or_name))
}

fn only(snapshot: &Snapshot, wanted: &str, rows: &[EntityRow]) -> Result<Option<EntityRow>, Refusal> {
    let [first, _, ..] = rows else { return Ok(rows.first().copied()) };
    let graph = snapshot.graph();
    // A thing that is only described is never meant by its name alone when one thing properly has it.
    let named: Vec<_> = rows.iter().filter(|row| graph.entity(**row).named).collect();
    if let [row] = named.as_slice() {
        return Ok(Some(**row));
    }
    let candidates: Vec<_> = rows.iter().take(10).map(|row| graph.entity(*row).id.to_string()).collect();
    let kind = graph.entity(*first).kind;
    let message = format!(
        "{wanted:?} names {} entities (such as a {kind}); use one of the ids {}",
        rows.len(),
        candidates.join(", ")
    );
    Err(Refusal { code: Code::BadUserInput, message, candidates })
}
