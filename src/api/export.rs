//! Exports as far as they touch the API: their conditions are its filters, and they take as much of the machine as its limits let them.
//!
//! `export_filters(&schema, Some("{ kind: [PROJECT] }".into()), None).await` → the filter of entities, as an argument `where` would have it
//!
//! Conditions are checked by the schema itself, so that a mistake is told in the same words. Must not know formats.

use std::time::Instant;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, Selection};
use async_graphql::{InputType, Request, Value, Variables};
use serde_json::Value as Json;
use tokio::sync::OwnedSemaphorePermit;

use crate::query::{self, Code, Effort, Refusal};

use super::filters::{EntityFilter, RelationFilter};
use super::pool::Pool;
use super::{Limits, Schema, execute, guard};

/// Conditions that are checked and never tried.
const CHECKED: &str = "query($entities: EntityFilter, $relations: RelationFilter) { \
    entities(where: $entities) @skip(if: true) { totalCount } \
    relations(where: $relations) @skip(if: true) { totalCount } }";

/// What an export may take of the machine; as long as it is held, it counts as one that is written.
#[derive(Debug)]
pub struct ExportPlace {
    /// What finding the selection may cost.
    pub effort: Effort,
    _place: OwnedSemaphorePermit,
}

/// A place for an export.
///
/// # Errors
/// There are too many already, or this server writes none.
pub fn export_place(schema: &Schema) -> Result<ExportPlace, Refusal> {
    let limits = schema.data::<Limits>().cloned().unwrap_or_default();
    let none = || Refusal::new(Code::Forbidden, "this server writes no exports");
    let pool = schema.data::<Pool>().filter(|_| limits.exports_at_once > 0).ok_or_else(none)?;
    let effort = Effort::of(limits.heavy_steps).until(Instant::now() + limits.heavy_time);
    Ok(ExportPlace { effort, _place: pool.export()? })
}

/// An input object as it is written: in JSON, or as in a query.
///
/// # Errors
/// It is neither.
pub fn written_filter(text: &str) -> Result<Json, Refusal> {
    if let Ok(json) = serde_json::from_str(text) {
        return Ok(json);
    }
    // The parser recurses into brackets.
    guard(text, &Limits::default())?;
    let unread = || {
        let message = format!("{text:?} is no input object; write it in JSON, or as in a query: {{ kind: [FUNDS] }}");
        Refusal::bad_input(message)
    };
    // The line break ends a comment.
    let document = parse_query(format!("{{ f(x: {text}\n) }}")).map_err(|_| unread())?;
    let DocumentOperations::Single(operation) = document.operations else { return Err(unread()) };
    let fields = operation.node.selection_set.node.items;
    let [Selection::Field(field)] = fields.iter().map(|item| &item.node).collect::<Vec<_>>()[..] else {
        return Err(unread());
    };
    match &field.node.arguments[..] {
        [(_, value)] => {
            let value = value.node.clone().into_const().ok_or_else(unread)?;
            value.into_json().map_err(|_| unread())
        }
        _ => Err(unread()),
    }
}

/// The conditions on entities and on relations, as input objects in JSON; none where there is `null`.
///
/// # Errors
/// They are no filters, as the schema says.
pub async fn export_filters(
    schema: &Schema,
    entities: Option<Json>,
    relations: Option<Json>,
) -> Result<(Option<query::EntityFilter>, Option<query::RelationFilter>), Refusal> {
    if entities.is_none() && relations.is_none() {
        return Ok((None, None));
    }
    let given = serde_json::json!({ "entities": entities, "relations": relations });
    let request = Request::new(CHECKED).variables(Variables::from_json(given));
    let answer = execute(schema, request).await;
    if let Some(error) = answer.errors.first() {
        return Err(Refusal::bad_input(error.message.clone()));
    }
    let entities = read::<EntityFilter>(entities)?.map(Into::into);
    Ok((entities, read::<RelationFilter>(relations)?.map(Into::into)))
}

fn read<F: InputType>(given: Option<Json>) -> Result<Option<F>, Refusal> {
    let Some(json) = given.filter(|json| !json.is_null()) else { return Ok(None) };
    let value = Value::from_json(json).map_err(|error| Refusal::bad_input(error.to_string()))?;
    let read =
        F::parse(Some(value)).map_err(|error| Refusal::bad_input(error.into_server_error(Default::default()).message));
    read.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_are_read_and_nothing_else() {
        let expected = serde_json::json!({ "kind": ["FUNDS"], "object": { "country": ["SN"] } });
        for text in [
            r#"{"kind": ["FUNDS"], "object": {"country": ["SN"]}}"#,
            r#"{ kind: [FUNDS], object: { country: ["SN"] } }"#,
            "{ kind: FUNDS, object: { country: [\"SN\"] } } # why",
        ] {
            let read = written_filter(text).expect(text);
            assert!(read == expected || read["kind"] == "FUNDS", "{read}");
        }
        for text in ["", "{ kind: $k }", "{}) { stats } f(x: {}", "{} y: {}", "{ kind: [FUNDS] } ) { a }", "{ kind: "] {
            assert!(written_filter(text).is_err(), "{text}");
        }
        assert!(written_filter(&"[".repeat(100_000)).is_err());
    }
}
