//! One entity, by whatever somebody has at hand.
//!
//! `resolve_entity(snapshot, "l’OIM")` → the organisation with that alias; two entities of that name → a refusal with both ids;
//! none → a refusal with the ids of those that are called nearly so

use crate::graph::{EntityRow, Found};
use crate::model::{EntityId, fold};
use crate::search::without_article;
use crate::snapshot::Snapshot;

use super::search::named_nearly;
use super::{Code, Refusal};

/// How many entities a refusal lists.
const CANDIDATES_MAX: usize = 5;

/// How somebody points at an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityKey {
    /// By id, also one that was merged away.
    Id(String),
    /// By a name or alias that only one entity has; case, accents, punctuation and an article in front do not matter.
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
        EntityKey::Name(name) => only(snapshot, name, &find_named(snapshot, name)),
        EntityKey::External { scheme, value } => {
            // Schemes are written small and their ids in capitals, whatever somebody types.
            let mut rows = graph.find_external(scheme, value);
            if rows.is_empty() {
                rows = graph.find_external(&scheme.to_lowercase(), &value.to_uppercase());
            }
            only(snapshot, &format!("{scheme} {value}"), &rows)
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
    named.ok_or_else(|| unknown(snapshot, id_or_name))
}

/// The entities of a name as written, or else without the article in front of it.
pub(super) fn find_named(snapshot: &Snapshot, name: &str) -> Vec<EntityRow> {
    let graph = snapshot.graph();
    let folded = fold(name);
    let rows = graph.find_named(&folded);
    match without_article(&folded) {
        Some(bare) if rows.is_empty() => graph.find_named(bare),
        _ => rows,
    }
}

fn only(snapshot: &Snapshot, wanted: &str, rows: &[EntityRow]) -> Result<Option<EntityRow>, Refusal> {
    if let [] | [_] = rows {
        return Ok(rows.first().copied());
    }
    // A thing that is only described is never meant by its name alone when one thing properly has it.
    let named: Vec<_> = rows.iter().filter(|row| snapshot.graph().entity(**row).named).collect();
    if let [row] = named.as_slice() {
        return Ok(Some(**row));
    }
    let listed = &rows[..rows.len().min(CANDIDATES_MAX)];
    let message = format!("{wanted:?} names {} entities; use the id of one: {}", rows.len(), told(snapshot, listed));
    Err(Refusal { code: Code::BadUserInput, message, candidates: ids(snapshot, listed) })
}

fn unknown(snapshot: &Snapshot, wanted: &str) -> Refusal {
    let Refusal { code, message, .. } = Refusal::not_found("entity with the id or name", wanted);
    let near = near(snapshot, wanted);
    let hint = match near.as_slice() {
        [] => "look for it with search(text:)".to_string(),
        near => format!("did you mean {}?", told(snapshot, near)),
    };
    Refusal { code, message: format!("{message}; {hint}"), candidates: ids(snapshot, &near) }
}

/// Entities that may have been meant: the id in another case, or else names that match with typing errors.
fn near(snapshot: &Snapshot, wanted: &str) -> Vec<EntityRow> {
    let graph = snapshot.graph();
    let written_so = |row: &EntityRow| graph.entity(*row).id.as_str().eq_ignore_ascii_case(wanted);
    if let Some(row) = graph.entity_rows().find(written_so) {
        return vec![row];
    }
    let name = wanted.split_once(':').map_or(wanted, |(_, key)| key);
    let mut rows = named_nearly(snapshot, name);
    rows.truncate(CANDIDATES_MAX);
    rows
}

/// Ids with the names behind them: `country:CA (Canada), country:SN (Sénégal)`.
fn told(snapshot: &Snapshot, rows: &[EntityRow]) -> String {
    let told = |row: &EntityRow| {
        let entity = snapshot.graph().entity(*row);
        format!("{} ({})", entity.id, entity.name)
    };
    rows.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn ids(snapshot: &Snapshot, rows: &[EntityRow]) -> Vec<String> {
    rows.iter().map(|row| snapshot.graph().entity(*row).id.to_string()).collect()
}
