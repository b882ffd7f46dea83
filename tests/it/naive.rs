//! What the filters of the API mean, said again in the plainest way: a filter as JSON, tried on everything without any index.
//!
//! `naive::entity(&graph, &json!({ "kind": ["PROJECT"] }), row)` → whether it is a project

use std::collections::BTreeSet;

use jiff::Timestamp;
use maillage::graph::{DocumentRow, EntityRow, Graph, RelationRow};
use maillage::model::{RelationKind, fold};
use serde_json::Value;

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn among(list: &Value, text: &str) -> bool {
    texts(list).contains(&text)
}

fn any_case(list: &Value, text: Option<&String>) -> bool {
    text.is_some_and(|text| texts(list).iter().any(|known| known.to_lowercase() == text.to_lowercase()))
}

pub(crate) fn word(kind: impl ToString) -> String {
    kind.to_string().to_uppercase().replace('-', "_")
}

fn object(filter: &Value) -> impl Iterator<Item = (&str, &Value)> {
    filter.as_object().unwrap().iter().map(|(key, value)| (key.as_str(), value))
}

fn text(filter: &Value, texts_: &[&str]) -> bool {
    let folded = |value: &Value| fold(value.as_str().unwrap());
    object(filter).next().is_none()
        || texts_.iter().map(|text| fold(text)).any(|text| {
            object(filter).all(|(key, value)| match key {
                "eq" => text == folded(value),
                "in" => texts(value).iter().any(|other| fold(other) == text),
                "contains" => text.contains(&folded(value)),
                "startsWith" => text.starts_with(&folded(value)),
                _ => panic!("{key}"),
            })
        })
}

fn number(filter: &Value, number: Option<f64>, single: bool) -> bool {
    object(filter).filter(|(key, _)| *key != "of").all(|(key, bound)| {
        let bound = bound.as_f64().unwrap();
        let bound = if single { f64::from(bound as f32) } else { bound };
        number.is_some_and(|number| match key {
            "eq" => number == bound,
            "gt" => number > bound,
            "gte" => number >= bound,
            "lt" => number < bound,
            "lte" => number <= bound,
            _ => panic!("{key}"),
        })
    })
}

fn moment(filter: &Value, at: Timestamp) -> bool {
    object(filter).all(|(key, bound)| {
        let bound: Timestamp = bound.as_str().unwrap().parse().unwrap();
        if key == "from" { at >= bound } else { at <= bound }
    })
}

/// All days, as text, of a date or of two joined by a slash.
fn days(date: &str) -> Vec<String> {
    let length = |year: u32, month: u32| match month {
        2 => 28 + u32::from(year.is_multiple_of(4)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let months = (2011..2015).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let all = months.flat_map(|(y, m)| (1..=length(y, m)).map(move |d| format!("{y}-{m:02}-{d:02}")));
    let (start, end) = date.split_once('/').unwrap_or((date, date));
    all.skip_while(|day| !day.starts_with(start)).take_while(|day| day.starts_with(end) || day.as_str() < end).collect()
}

fn date(filter: &Value, date: Option<String>) -> bool {
    let days_of_date = days(&date.unwrap_or_else(|| "never".into()));
    object(filter).all(|(key, bound)| {
        let bound = days(bound.as_str().unwrap());
        !days_of_date.is_empty()
            && match key {
                "from" => days_of_date.iter().all(|day| *day >= bound[0]),
                "to" => days_of_date.iter().all(|day| day <= bound.last().unwrap()),
                "touches" => days_of_date.iter().any(|day| bound.contains(day)),
                _ => panic!("{key}"),
            }
    })
}

/// What is said of documents, and for relations of their statements: all of it for the same one.
fn of_document(graph: &Graph, filter: &Value, row: DocumentRow) -> bool {
    let (document, stored) = (graph.document(row), graph.stored(row));
    object(filter).all(|(key, value)| match key {
        "document" => among(value, document.id.as_str()),
        "published" => date(value, document.published.map(|date| date.to_string())),
        "knownAt" => stored.added_at <= value.as_str().unwrap().parse().unwrap(),
        _ => true,
    })
}

pub(crate) fn added(graph: &Graph, rows: &[DocumentRow]) -> Vec<Timestamp> {
    let mut moments: Vec<_> = rows.iter().map(|row| graph.stored(*row).added_at).collect();
    moments.sort();
    moments
}

pub(crate) fn relations_of(graph: &Graph, row: EntityRow, filter: &Value, all_of_it: bool) -> Vec<RelationRow> {
    let fits = |relation: &RelationRow| {
        let (subject, object_) = graph.ends(*relation);
        let kind = graph.relation(*relation).kind;
        let other = if subject == row { object_ } else { subject };
        let both = kind == RelationKind::PartnersWith;
        (subject == row || object_ == row)
            && object(filter).all(|(key, value)| match (key, value.as_str()) {
                ("kind", _) => among(value, &word(kind)),
                ("direction", Some("OUT")) => both || subject == row,
                ("direction", Some("IN")) => both || object_ == row,
                ("direction", _) => true,
                ("relation", _) => !all_of_it || self::relation(graph, value, *relation),
                ("entity", _) => !all_of_it || entity(graph, value, other),
                _ => panic!("{key}"),
            })
    };
    graph.relation_rows().filter(fits).collect()
}

pub(crate) fn entity(graph: &Graph, filter: &Value, row: EntityRow) -> bool {
    let found = graph.entity(row);
    let documents: Vec<_> =
        graph.document_rows().filter(|document| graph.entities_in(*document).contains(&row)).collect();
    let seen = added(graph, &documents);
    let names: Vec<_> =
        found.names.values().flatten().chain(&found.aliases).chain([&found.name]).map(String::as_str).collect();
    let mentions = graph.mentions(row).count();
    let count = |filter: &Value| relations_of(graph, row, filter, true).len();
    object(filter).all(|(key, value)| match key {
        "kind" => among(value, &word(found.kind)),
        "id" => among(value, found.id.as_str()) || found.merged_ids.iter().any(|id| among(value, id.as_str())),
        "name" => text(value, &names),
        "country" => any_case(value, found.country.as_ref()),
        "named" => found.named == value.as_bool().unwrap(),
        "confirmed" => found.confirmed == value.as_bool().unwrap(),
        "externalId" => found.external_ids.iter().any(|(scheme, id)| {
            any_case(&Value::from(vec![value["scheme"].clone()]), Some(scheme))
                && value.get("value").is_none_or(|values| any_case(values, Some(id)))
        }),
        "document" | "published" | "knownAt" => documents.iter().any(|document| of_document(graph, filter, *document)),
        "firstSeen" => moment(value, seen[0]),
        "lastSeen" => moment(value, seen[seen.len() - 1]),
        "mentionCount" => number(value, Some(mentions as f64), false),
        "documentCount" => number(value, Some(documents.len() as f64), false),
        "relations" => object(value).all(|(key, value)| match key {
            "some" => count(value) > 0,
            "none" => count(value) == 0,
            "every" => count(value) == relations_of(graph, row, value, false).len(),
            _ => panic!("{key}"),
        }),
        "relationCount" => value.as_array().unwrap().iter().all(|counted| {
            let all = serde_json::json!({});
            number(counted, Some(count(counted.get("of").unwrap_or(&all)) as f64), false)
        }),
        _ => combined(key, value, |filter| entity(graph, filter, row)),
    })
}

fn combined(key: &str, value: &Value, holds: impl Fn(&Value) -> bool) -> bool {
    match key {
        "and" => value.as_array().unwrap().iter().all(holds),
        "or" => value.as_array().unwrap().iter().any(holds),
        "not" => !holds(value),
        _ => panic!("{key}"),
    }
}

pub(crate) fn relation(graph: &Graph, filter: &Value, row: RelationRow) -> bool {
    let found = graph.relation(row);
    let said = &found.qualifiers;
    let (subject, object_) = graph.ends(row);
    let statements: Vec<_> = graph.evidence(row).collect();
    let documents: BTreeSet<_> = statements.iter().map(|statement| statement.document).collect();
    let documents: Vec<_> = documents.into_iter().collect();
    let seen = added(graph, &documents);
    let when = || said.date.map(|date| date.to_string());
    let role: Vec<_> = said.role.iter().map(String::as_str).collect();
    object(filter).all(|(key, value)| match key {
        "id" => among(value, found.id.as_str()),
        "kind" => among(value, &word(found.kind)),
        "subject" => entity(graph, value, subject),
        "object" => entity(graph, value, object_),
        "either" => entity(graph, value, subject) || entity(graph, value, object_),
        "document" | "published" | "knownAt" | "evidence" | "rule" => statements.iter().any(|statement| {
            let mention = graph.statement(*statement);
            let sentence = mention.evidence[0].of(&graph.document(statement.document).text);
            of_document(graph, filter, statement.document)
                && filter.get("evidence").is_none_or(|filter| text(filter, &[sentence]))
                && filter.get("rule").is_none_or(|filter| text(filter, &[&mention.rule.0]))
        }),
        "confidence" => number(value, Some(f64::from(found.confidence)), true),
        "modality" => among(value, &format!("{:?}", said.modality).to_uppercase()),
        "role" => text(value, &role),
        "amount" => number(value, said.amount, false),
        "currency" => any_case(value, said.currency.as_ref()),
        "date" => date(value, when()),
        "validAt" => date(&serde_json::json!({ "touches": value }), when()),
        "confirmed" => found.confirmed == value.as_bool().unwrap(),
        "firstSeen" => moment(value, seen[0]),
        "lastSeen" => moment(value, seen[seen.len() - 1]),
        "mentionCount" => number(value, Some(statements.len() as f64), false),
        "documentCount" => number(value, Some(documents.len() as f64), false),
        _ => combined(key, value, |filter| relation(graph, filter, row)),
    })
}

pub(crate) fn document(graph: &Graph, filter: &Value, row: DocumentRow) -> bool {
    let (found, stored) = (graph.document(row), graph.stored(row));
    let title: Vec<_> = found.title.iter().map(String::as_str).collect();
    object(filter).all(|(key, value)| match key {
        "id" => among(value, found.id.as_str()),
        "source" => text(value, &[&found.source]),
        "title" => text(value, &title),
        "text" => text(value, &[&found.text]),
        "language" => texts(value).iter().any(|tag| {
            let (tag, language) = (tag.to_lowercase(), found.language.as_str());
            language == tag || language.split('-').next() == Some(&tag)
        }),
        "published" | "knownAt" => of_document(graph, filter, row),
        "addedAt" => moment(value, stored.added_at),
        "mentions" => graph.entities_in(row).into_iter().any(|mentioned| entity(graph, value, mentioned)),
        "states" => graph.relations_in(row).into_iter().any(|stated| relation(graph, value, stated)),
        _ => combined(key, value, |filter| document(graph, filter, row)),
    })
}
