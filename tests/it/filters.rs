//! Filters and orders of the API against what they mean (`naive`), on random graphs that grow.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maillage::api::{self, Limits, Schema};
use maillage::graph::Graph;
use maillage::knowledge_base::KnowledgeBase;
use maillage::model::fold;
use maillage::query::{self, Budget, PageRequest};
use maillage::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::fixture::{answer_with, data, error, error_of, texts};
use crate::made_up::{Dice, moment};
use crate::naive;
use crate::random_graph::{AMOUNTS, DATES, DOCUMENTS, KINDS, NAMES, RELATIONS, document_id, entity, snapshot};

fn schema_over(snapshot: Snapshot) -> Schema {
    api::schema(Arc::new(KnowledgeBase::of(snapshot)), &Limits::default())
}

/// Some of these, now and then none.
fn some(dice: &mut Dice, from: &[Value]) -> Value {
    (0..dice.roll(4)).map(|_| from[dice.roll(from.len() as u64) as usize].clone()).collect()
}

fn words<T: ToString>(words: &[T]) -> Vec<Value> {
    words.iter().map(|word| Value::from(word.to_string())).collect()
}

/// One or two of some conditions.
fn conditions(dice: &mut Dice, keys: &[&str], mut value: impl FnMut(&mut Dice, &str) -> Value) -> Value {
    let keys: Vec<_> = (0..1 + dice.roll(2)).map(|_| dice.pick(keys)).collect();
    keys.into_iter().map(|key| (key.to_string(), value(dice, key))).collect::<serde_json::Map<_, _>>().into()
}

fn text(dice: &mut Dice, from: &[&str]) -> Value {
    if dice.roll(12) == 0 {
        return json!({});
    }
    let part = |dice: &mut Dice| dice.pick(from).split(' ').next().unwrap_or_default().to_string();
    conditions(dice, &["eq", "in", "contains", "startsWith"], |dice, key| match key {
        "eq" => dice.pick(from).into(),
        "in" => some(dice, &words(from)),
        _ => part(dice).to_uppercase().into(),
    })
}

fn number(dice: &mut Dice, from: &[f64]) -> Value {
    if dice.roll(12) == 0 {
        return json!({});
    }
    conditions(dice, &["eq", "gt", "gte", "lt", "lte"], |dice, _| dice.pick(from).into())
}

fn count(dice: &mut Dice) -> Value {
    conditions(dice, &["eq", "gt", "gte", "lt", "lte"], |dice, _| (dice.roll(6) as i64 - 1).into())
}

fn date(dice: &mut Dice) -> Value {
    let known: Vec<_> = DATES.iter().filter(|date| date.starts_with('2') && !date.contains('/')).copied().collect();
    if dice.roll(12) == 0 {
        return json!({});
    }
    conditions(dice, &["from", "to", "touches"], |dice, _| dice.pick(&known).into())
}

fn time(dice: &mut Dice) -> Value {
    conditions(dice, &["from", "to"], |dice, _| moment(dice.roll(5)).to_string().into())
}

fn document_ids() -> Vec<Value> {
    words(&(0..DOCUMENTS as u64).map(document_id).collect::<Vec<_>>())
}

fn related(dice: &mut Dice, seed: u64, depth: u64) -> Value {
    conditions(dice, &["kind", "direction", "relation", "entity"], |dice, key| match key {
        "kind" => some(dice, &words(&RELATIONS)),
        "direction" => dice.pick(&["OUT", "IN", "BOTH"]).into(),
        "relation" => relation_filter(dice, seed, depth + 1),
        _ => entity_filter(dice, seed, depth + 1),
    })
}

const ENTITY_KEYS: [&str; 19] = [
    "kind",
    "id",
    "name",
    "country",
    "named",
    "confirmed",
    "externalId",
    "document",
    "published",
    "knownAt",
    "firstSeen",
    "lastSeen",
    "mentionCount",
    "documentCount",
    "relations",
    "relationCount",
    "and",
    "or",
    "not",
];

fn entity_filter(dice: &mut Dice, seed: u64, depth: u64) -> Value {
    let keys = if depth > 2 { &ENTITY_KEYS[..14] } else { &ENTITY_KEYS };
    let ids: Vec<_> =
        (0..11).map(|number| entity(seed, number)).flat_map(|e| [e.id].into_iter().chain(e.merged_ids)).collect();
    conditions(dice, keys, |dice, key| match key {
        "kind" => some(dice, &words(&KINDS)),
        "id" => some(dice, &words(&ids)),
        "name" => text(dice, &NAMES),
        "country" => some(dice, &words(&["sn", "CA", "XX"])),
        "named" | "confirmed" => (dice.roll(2) == 0).into(),
        "externalId" => match dice.roll(2) {
            0 => json!({ "scheme": dice.pick(&["ISO", "wikidata"]) }),
            _ => json!({ "scheme": dice.pick(&["iso", "Wikidata"]), "value": some(dice, &words(&["a", "B"])) }),
        },
        "document" => some(dice, &document_ids()),
        "published" => date(dice),
        "knownAt" => moment(dice.roll(5)).to_string().into(),
        "firstSeen" | "lastSeen" => time(dice),
        "mentionCount" | "documentCount" => count(dice),
        "relations" => conditions(dice, &["some", "every", "none"], |dice, _| related(dice, seed, depth)),
        "relationCount" => {
            let mut counted = count(dice);
            if dice.roll(3) > 0 {
                counted["of"] = related(dice, seed, depth);
            }
            if dice.roll(6) == 0 { json!([]) } else { json!([counted]) }
        }
        "not" => entity_filter(dice, seed, depth + 1),
        _ => (0..dice.roll(3)).map(|_| entity_filter(dice, seed, depth + 1)).collect(),
    })
}

const RELATION_KEYS: [&str; 25] = [
    "id",
    "kind",
    "document",
    "published",
    "knownAt",
    "evidence",
    "rule",
    "confidence",
    "modality",
    "role",
    "amount",
    "currency",
    "date",
    "validAt",
    "confirmed",
    "firstSeen",
    "lastSeen",
    "mentionCount",
    "documentCount",
    "subject",
    "object",
    "either",
    "and",
    "or",
    "not",
];

fn relation_filter(dice: &mut Dice, seed: u64, depth: u64) -> Value {
    let keys = if depth > 2 { &RELATION_KEYS[..19] } else { &RELATION_KEYS };
    conditions(dice, keys, |dice, key| match key {
        "id" => {
            let whole = snapshot(seed, DOCUMENTS);
            let ids: Vec<_> = whole.graph().relations().map(|relation| relation.id.to_string()).collect();
            if ids.is_empty() { json!([]) } else { some(dice, &words(&ids)) }
        }
        "kind" => some(dice, &words(&RELATIONS)),
        "document" => some(dice, &document_ids()),
        "published" | "date" => date(dice),
        "knownAt" => moment(dice.roll(5)).to_string().into(),
        "evidence" => text(dice, &["Rien.", "le reseau cotier", "A hauteur"]),
        "rule" => text(dice, &["fr/funds", "fr/funds/verb", "FR held in"]),
        "confidence" => number(dice, &[0.9, 0.75, 0.5, 1.0]),
        "modality" => some(dice, &words(&["ASSERTED", "PLANNED", "PROPOSED"])),
        "role" => text(dice, &["chef", "cheffe de mission"]),
        "amount" => number(dice, &[0.1 + 0.2, 0.0, 1e6, 2.0]),
        "currency" => some(dice, &words(&["eur", "XOF"])),
        "validAt" => dice.pick(&["2012", "2012-02", "2013-01-01"]).into(),
        "confirmed" => (dice.roll(2) == 0).into(),
        "firstSeen" | "lastSeen" => time(dice),
        "mentionCount" | "documentCount" => count(dice),
        "subject" | "object" | "either" => entity_filter(dice, seed, depth + 1),
        "not" => relation_filter(dice, seed, depth + 1),
        _ => (0..dice.roll(3)).map(|_| relation_filter(dice, seed, depth + 1)).collect(),
    })
}

const DOCUMENT_KEYS: [&str; 13] = [
    "id",
    "source",
    "title",
    "text",
    "language",
    "published",
    "addedAt",
    "knownAt",
    "mentions",
    "states",
    "and",
    "or",
    "not",
];

fn document_filter(dice: &mut Dice, seed: u64, depth: u64) -> Value {
    let keys = if depth > 2 { &DOCUMENT_KEYS[..8] } else { &DOCUMENT_KEYS };
    conditions(dice, keys, |dice, key| match key {
        "id" => some(dice, &document_ids()),
        "source" => text(dice, &["ete", "corpus/3.txt"]),
        "title" => text(dice, &["atelier", "Atelier a Dakar"]),
        "text" => text(dice, &["Rien.", "reseau", "œuvre"]),
        "language" => some(dice, &words(&["FR", "fr-ca", "en"])),
        "published" => date(dice),
        "addedAt" => time(dice),
        "knownAt" => moment(dice.roll(5)).to_string().into(),
        "mentions" => entity_filter(dice, seed, depth + 1),
        "states" => relation_filter(dice, seed, depth + 1),
        "not" => document_filter(dice, seed, depth + 1),
        _ => (0..dice.roll(3)).map(|_| document_filter(dice, seed, depth + 1)).collect(),
    })
}

/// The ids of all things of a list for which the plain reference holds, by id.
fn expected(graph: &Graph, list: &str, filter: &Value) -> Vec<String> {
    let entities = || graph.entity_rows().filter(|row| naive::entity(graph, filter, *row));
    let relations = || graph.relation_rows().filter(|row| naive::relation(graph, filter, *row));
    match list {
        "entities" => entities().map(|row| graph.entity(row).id.to_string()).collect(),
        "relations" => relations().map(|row| graph.relation(row).id.to_string()).collect(),
        _ => graph
            .document_rows()
            .filter(|row| naive::document(graph, filter, *row))
            .map(|row| graph.document(row).id.to_string())
            .collect(),
    }
}

fn type_of(list: &str) -> &'static str {
    match list {
        "entities" => "Entity",
        "relations" => "Relation",
        _ => "Document",
    }
}

fn ask(schema: &Schema, list: &str, filter: &Value) -> Value {
    let query = format!(
        "query($f: {}Filter) {{ {list}(where: $f, first: 100) {{ totalCount nodes {{ id }} }} }}",
        type_of(list)
    );
    let answer = answer_with(schema, &query, json!({ "f": filter }));
    assert_eq!(answer.get("errors"), None, "{filter}");
    answer["data"][list].clone()
}

#[test]
fn every_filter_means_what_the_plain_reference_says() {
    let mut told_apart: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for seed in 0..20 {
        let whole = snapshot(seed, DOCUMENTS);
        let graph = whole.graph().clone();
        let schema = schema_over(whole);
        let mut dice = Dice(seed);
        for _ in 0..40 {
            let filters = [
                ("entities", entity_filter(&mut dice, seed, 0)),
                ("relations", relation_filter(&mut dice, seed, 0)),
                ("documents", document_filter(&mut dice, seed, 0)),
            ];
            for (list, filter) in filters {
                let (found, expected) = (ask(&schema, list, &filter), self::expected(&graph, list, &filter));
                assert_eq!(texts(&found["nodes"], "id"), expected, "{list} of seed {seed} where {filter}");
                assert_eq!(found["totalCount"], expected.len());
                let all = self::expected(&graph, list, &json!({})).len();
                if !expected.is_empty() && expected.len() < all {
                    told_apart.entry(list).or_default().extend(filter.as_object().unwrap().keys().cloned());
                }
            }
        }
    }
    // A condition that never tells two things apart would be tested by nothing.
    let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(told_apart["entities"], keys(&ENTITY_KEYS));
    assert_eq!(told_apart["relations"], keys(&RELATION_KEYS));
    assert_eq!(told_apart["documents"], keys(&DOCUMENT_KEYS));
}

#[test]
fn filters_mean_the_same_within_documents_and_around_entities() {
    for seed in 0..12 {
        let whole = snapshot(seed, DOCUMENTS);
        let graph = whole.graph().clone();
        let schema = schema_over(whole);
        let mut dice = Dice(seed);
        for row in graph.document_rows() {
            let (entities, relations) = (entity_filter(&mut dice, seed, 1), relation_filter(&mut dice, seed, 1));
            let query = "query($id: ID!, $e: EntityFilter, $r: RelationFilter) { document(id: $id) {
                entities(where: $e) { nodes { id } } relations(where: $r) { nodes { id } } } }";
            let variables = json!({ "id": graph.document(row).id.to_string(), "e": entities, "r": relations });
            let found = answer_with(&schema, query, variables)["data"]["document"].clone();
            let kept = graph.entities_in(row).into_iter().filter(|e| naive::entity(&graph, &entities, *e));
            let kept: Vec<_> = kept.map(|e| graph.entity(e).id.to_string()).collect();
            assert_eq!(texts(&found["entities"]["nodes"], "id"), kept, "{entities}");
            let kept = graph.relations_in(row).into_iter().filter(|r| naive::relation(&graph, &relations, *r));
            let kept: Vec<_> = kept.map(|r| graph.relation(r).id.to_string()).collect();
            assert_eq!(texts(&found["relations"]["nodes"], "id"), kept, "{relations}");
        }
        for row in graph.entity_rows() {
            let (relations, documents) = (relation_filter(&mut dice, seed, 1), document_filter(&mut dice, seed, 1));
            let entities = entity_filter(&mut dice, seed, 1);
            let query = "query($id: ID!, $e: EntityFilter, $r: RelationFilter, $d: DocumentFilter) { entity(id: $id) {
                relations(where: $r, first: 100) { nodes { id } } documents(where: $d) { nodes { id } }
                ... on Organization { staff: funds(where: $e, relationWhere: $r, first: 100) { edges { relation { id } } } }
                ... on Country { staff: funds(where: $e, relationWhere: $r, first: 100) { edges { relation { id } } } }
                ... on Project { staff: funds(where: $e, relationWhere: $r, first: 100) { edges { relation { id } } } } } }";
            let id = graph.entity(row).id.to_string();
            let variables = json!({ "id": id, "e": entities, "r": relations, "d": documents });
            let found = answer_with(&schema, query, variables)["data"]["entity"].clone();
            let sorted = |list: &Value| BTreeSet::from_iter(texts(list, "id"));
            let ids = |filter: &Value| {
                let rows = naive::relations_of(&graph, row, filter, true).into_iter();
                rows.map(|row| graph.relation(row).id.to_string()).collect::<BTreeSet<_>>()
            };
            assert_eq!(sorted(&found["relations"]["nodes"]), ids(&json!({ "relation": relations })), "{relations}");
            let kept = graph.documents_of(row).into_iter().filter(|d| naive::document(&graph, &documents, *d));
            let kept: Vec<_> = kept.map(|d| graph.document(d).id.to_string()).collect();
            assert_eq!(texts(&found["documents"]["nodes"], "id"), kept, "{documents}");
            if let Some(edges) = found["staff"]["edges"].as_array() {
                let found: BTreeSet<_> =
                    edges.iter().map(|e| e["relation"]["id"].as_str().unwrap().to_string()).collect();
                let funded =
                    json!({ "kind": ["FUNDS"], "direction": "OUT", "entity": entities, "relation": relations });
                assert_eq!(found, ids(&funded), "{funded}");
            }
        }
    }
}

/// What a thing is sorted by, as plain values: `None` where it has none.
#[derive(Clone, Debug, PartialEq)]
enum Plain {
    Number(f64),
    Text(String),
}

const ENTITY_FIELDS: [&str; 8] =
    ["KIND", "NAME", "MENTIONS", "DOCUMENTS", "RELATIONS", "FIRST_SEEN", "LAST_SEEN", "RELATIONS of"];
const RELATION_FIELDS: [&str; 8] =
    ["KIND", "CONFIDENCE", "DATE", "AMOUNT", "MENTIONS", "DOCUMENTS", "FIRST_SEEN", "LAST_SEEN"];
const DOCUMENT_FIELDS: [&str; 4] = ["PUBLISHED", "SOURCE", "TITLE", "ADDED"];

fn fields(list: &str) -> &'static [&'static str] {
    match list {
        "entities" => &ENTITY_FIELDS,
        "relations" => &RELATION_FIELDS,
        _ => &DOCUMENT_FIELDS,
    }
}

fn of() -> Value {
    json!({ "kind": ["PARTNERS_WITH", "HELD_IN"], "direction": "OUT", "entity": { "named": true } })
}

fn criterion(field: &str, descending: bool) -> Value {
    let direction = if descending { "DESC" } else { "ASC" };
    match field.strip_suffix(" of") {
        Some(field) => json!({ "field": field, "direction": direction, "of": of() }),
        None => json!({ "field": field, "direction": direction }),
    }
}

/// The value of a field and, before it, what it is grouped by.
fn plain(graph: &Graph, list: &str, id: &str, field: &str) -> [Option<Plain>; 2] {
    let number = |number: usize| [None, Some(Plain::Number(number as f64))];
    let text = |text: Option<String>| [None, text.map(Plain::Text)];
    let at = |moment: jiff::Timestamp| [None, Some(Plain::Text(moment.as_nanosecond().to_string()))];
    let year = |date: String| (!date.starts_with('X')).then_some(date);
    match list {
        "entities" => {
            let row = graph.entity_rows().find(|row| graph.entity(*row).id.as_str() == id).unwrap();
            let seen = naive::added(graph, &graph.documents_of(row));
            match field {
                "KIND" => text(Some(naive::word(graph.entity(row).kind))),
                "NAME" => text(Some(fold(&graph.entity(row).name))),
                "MENTIONS" => number(graph.mentions(row).count()),
                "DOCUMENTS" => number(graph.documents_of(row).len()),
                "RELATIONS" => number(naive::relations_of(graph, row, &json!({}), true).len()),
                "RELATIONS of" => number(naive::relations_of(graph, row, &of(), true).len()),
                "FIRST_SEEN" => at(seen[0]),
                _ => at(seen[seen.len() - 1]),
            }
        }
        "relations" => {
            let row = graph.relation_rows().find(|row| graph.relation(*row).id.as_str() == id).unwrap();
            let found = graph.relation(row);
            let said = &found.qualifiers;
            let documents: BTreeSet<_> = graph.evidence(row).map(|statement| statement.document).collect();
            let seen = naive::added(graph, &Vec::from_iter(documents.iter().copied()));
            match field {
                "KIND" => text(Some(naive::word(found.kind))),
                "CONFIDENCE" => [None, Some(Plain::Number(f64::from(found.confidence)))],
                "DATE" => text(said.date.map(|date| date.to_string()).and_then(year)),
                "AMOUNT" => {
                    let currency = said.amount.map(|_| Plain::Text(said.currency.clone().unwrap_or_default()));
                    [currency, said.amount.map(Plain::Number)]
                }
                "MENTIONS" => number(graph.evidence(row).count()),
                "DOCUMENTS" => number(documents.len()),
                "FIRST_SEEN" => at(seen[0]),
                _ => at(seen[seen.len() - 1]),
            }
        }
        _ => {
            let row = graph.document_rows().find(|row| graph.document(*row).id.as_str() == id).unwrap();
            let found = graph.document(row);
            match field {
                "PUBLISHED" => text(found.published.map(|date| date.to_string()).and_then(year)),
                "SOURCE" => text(Some(fold(&found.source))),
                "TITLE" => text(found.title.as_deref().map(fold)),
                _ => at(graph.stored(row).added_at),
            }
        }
    }
}

fn compare_plain(a: &Option<Plain>, b: &Option<Plain>, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Some(Plain::Number(a)), Some(Plain::Number(b))) => a.total_cmp(b),
        (Some(Plain::Text(a)), Some(Plain::Text(b))) => a.cmp(b),
        (None, None) => Ordering::Equal,
        // What has no value is last, whatever the direction.
        (a, b) => return a.is_none().cmp(&b.is_none()),
    };
    if descending { order.reverse() } else { order }
}

type By = [(&'static str, bool); 2];

/// What things are sorted by with some criteria.
fn keys(graph: &Graph, list: &str, by: &By, id: &str) -> Vec<[Option<Plain>; 2]> {
    by.iter().map(|(field, _)| plain(graph, list, id, field)).collect()
}

fn compare(by: &By, a: (&[[Option<Plain>; 2]], &str), b: (&[[Option<Plain>; 2]], &str)) -> Ordering {
    let parts = a.0.iter().zip(b.0).zip(by);
    let orders = parts.map(|((a, b), (_, descending))| {
        compare_plain(&a[0], &b[0], false).then_with(|| compare_plain(&a[1], &b[1], *descending))
    });
    orders.fold(Ordering::Equal, Ordering::then).then_with(|| a.1.cmp(b.1))
}

fn page(schema: &Schema, list: &str, by: &By, arguments: &str) -> Value {
    let query = format!(
        "query($o: [{}Order!]) {{ {list}(orderBy: $o, {arguments}) {{ nodes {{ id }}
           pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}",
        type_of(list)
    );
    let order: Vec<_> = by.iter().map(|(field, descending)| criterion(field, *descending)).collect();
    let answer = answer_with(schema, &query, json!({ "o": order }));
    assert_eq!(answer.get("errors"), None, "{by:?} {arguments}");
    answer["data"][list].clone()
}

/// Every field of every list in both directions, each with a second one behind it.
fn orders(dice: &mut Dice) -> Vec<(&'static str, By)> {
    let mut orders = Vec::new();
    for list in ["entities", "relations", "documents"] {
        for field in fields(list) {
            for descending in [false, true] {
                orders.push((list, [(*field, descending), (dice.pick(fields(list)), dice.roll(2) == 0)]));
            }
        }
    }
    orders
}

#[test]
fn every_order_is_what_the_plain_reference_says_and_pages_joined_are_the_whole_list() {
    for seed in 100..106 {
        let whole = snapshot(seed, DOCUMENTS);
        let graph = whole.graph().clone();
        let schema = schema_over(whole);
        let mut dice = Dice(seed);
        for (list, by) in orders(&mut dice) {
            let ids = texts(&page(&schema, list, &by, "first: 100")["nodes"], "id");
            let mut sorted = expected(&graph, list, &json!({}));
            sorted.sort_by(|a, b| compare(&by, (&keys(&graph, list, &by, a), a), (&keys(&graph, list, &by, b), b)));
            assert_eq!(ids, sorted, "{list} by {by:?} of seed {seed}");
            let size = 1 + dice.roll(4);
            let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
            let (mut after, mut before) = (Value::Null, Value::Null);
            while forwards.len() < ids.len() {
                let found = page(&schema, list, &by, &format!("first: {size}, after: {after}"));
                forwards.extend(texts(&found["nodes"], "id"));
                after = found["pageInfo"]["endCursor"].clone();
                assert_eq!(found["pageInfo"]["hasNextPage"], forwards.len() < ids.len(), "{list} by {by:?}");
            }
            while backwards.len() < ids.len() {
                let found = page(&schema, list, &by, &format!("last: {size}, before: {before}"));
                backwards = texts(&found["nodes"], "id").into_iter().chain(backwards).collect();
                before = found["pageInfo"]["startCursor"].clone();
                assert_eq!(found["pageInfo"]["hasPreviousPage"], backwards.len() < ids.len(), "{list} by {by:?}");
            }
            assert_eq!((&forwards, &backwards), (&ids, &ids), "{list} by {by:?}");
        }
    }
}

#[test]
fn a_cursor_stays_where_it_is_while_the_graph_grows() {
    for seed in 200..206 {
        let (few, many) = (snapshot(seed, 4), snapshot(seed, DOCUMENTS));
        let (before, now) = (few.graph().clone(), many.graph().clone());
        let (old, new) = (schema_over(few), schema_over(many));
        let mut dice = Dice(seed);
        for (list, by) in orders(&mut dice) {
            let seen = page(&old, list, &by, "first: 2");
            let Some(last) = texts(&seen["nodes"], "id").last().cloned() else { continue };
            let cursor = (keys(&before, list, &by, &last), last.as_str());
            let mut behind = expected(&now, list, &json!({}));
            behind.retain(|id| compare(&by, (&keys(&now, list, &by, id), id), (&cursor.0, cursor.1)).is_gt());
            behind.sort_by(|a, b| compare(&by, (&keys(&now, list, &by, a), a), (&keys(&now, list, &by, b), b)));
            let found = page(&new, list, &by, &format!("first: 100, after: {}", seen["pageInfo"]["endCursor"]));
            assert_eq!(texts(&found["nodes"], "id"), behind, "{list} by {by:?} of seed {seed} behind {last}");
        }
    }
}

#[test]
fn related_entities_are_ordered_by_the_entity_then_by_the_relation() {
    let find = |order: &str| {
        let query = format!(
            r#"{{ entity(id: "country:ca") {{ ... on Country {{ funds({order}) {{ edges {{ node {{ id }} }} }} }} }} }}"#
        );
        let edges = data(&query)["entity"]["funds"]["edges"].clone();
        let ids = edges.as_array().unwrap().iter().map(|edge| edge["node"]["id"].as_str().unwrap().to_string());
        ids.collect::<Vec<_>>()
    };
    let sure = ["project:protection", "event:atelier", "organization:oim"];
    assert_eq!(find("first: 20"), sure, "by confidence when nobody says");
    assert_eq!(find("orderBy: [{ field: KIND }]"), [sure[1], sure[2], sure[0]]);
    assert_eq!(find("relationOrderBy: [{ field: CONFIDENCE }]"), [sure[2], sure[1], sure[0]]);
    assert_eq!(find("where: { named: false }, orderBy: [{ field: NAME }]"), [sure[1], sure[0]]);
    assert_eq!(find("relationWhere: { amount: { gte: 2000000 }, currency: [\"eur\"] }"), [sure[0]]);
    let counted = "orderBy: [{ field: RELATIONS, of: { kind: [PARTICIPATES_IN] }, direction: DESC }]";
    assert_eq!(find(counted), [sure[1], sure[0], sure[2]], "ties by confidence");
}

#[test]
fn an_empty_list_holds_for_none_and_an_empty_object_for_all() {
    let counts = |list: &str, filter: &str| {
        data(&format!("{{ {list}(where: {filter}) {{ totalCount }} }}"))[list]["totalCount"].as_u64().unwrap()
    };
    let empty = [
        ("entities", "kind id country document or"),
        ("relations", "kind id document modality currency or"),
        ("documents", "id language or"),
    ];
    for (list, keys) in empty {
        for key in keys.split(' ') {
            assert_eq!(counts(list, &format!("{{ {key}: [] }}")), 0, "{list} {key}");
        }
        let all = counts(list, "{}");
        assert!(all > 0);
        assert_eq!(counts(list, "{ and: [], not: { or: [] } }"), all);
    }
    assert_eq!(counts("entities", "{ name: { in: [] } }"), 0);
    assert_eq!(counts("entities", "{ name: {}, mentionCount: {}, relations: {}, relationCount: [], kind: null }"), 15);
    assert_eq!(counts("relations", "{ role: {}, amount: {}, date: {}, subject: {}, published: {} }"), 20);
    assert_eq!(counts("relations", r#"{ role: { contains: "" } }"#), 1, "only where there is one");
    assert_eq!(counts("entities", "{ relations: { every: { kind: [] } } }"), 15, "all of none");
    assert_eq!(counts("entities", "{ relations: { some: {} } }"), 13);
}

#[test]
fn deep_and_large_filters_are_refused_with_the_way_round() {
    let schema = schema_over(snapshot(1, 3));
    let refused = |filter: Value| {
        let query = "query($f: EntityFilter) { entities(where: $f) { totalCount } }";
        let (code, message) = error_of(&answer_with(&schema, query, json!({ "f": filter })));
        assert_eq!(code, "LIMIT_EXCEEDED", "{message}");
        message
    };
    let nested = |key: &str, depth: usize| {
        (1..depth).fold(json!({}), |inner, _| match key {
            "not" => json!({ "not": inner }),
            "and" => json!({ "and": [inner] }),
            _ => json!({ "relations": { "some": { "entity": inner } } }),
        })
    };
    for key in ["not", "and", "relations"] {
        let message = refused(nested(key, 17));
        assert!(message.starts_with("the depth of a filter is 17, but at most 16"), "{message}");
        assert!(ask(&schema, "entities", &nested(key, 16))["totalCount"].is_u64());
    }
    let message = refused(nested("not", 500));
    assert!(message.starts_with("the depth of a variable is more than 64, but at most 64"), "{message}");
    let message = refused(json!({ "or": vec![json!({ "kind": ["EVENT"] }); 3_000] }));
    assert!(message.starts_with("the size of a filter is 6001, but at most 1000"), "{message}");
    assert!(message.contains("as a list instead of or:"), "{message}");
    assert!(refused(json!({ "id": words(&Vec::from_iter(0..1000)) })).contains("the size of a filter is 1001"));
    assert!(refused(json!({ "name": { "in": words(&Vec::from_iter(0..1000)) } })).contains("size"));
    let order = format!("{{ entities(orderBy: [{}]) {{ totalCount }} }}", "{ field: NAME } ".repeat(6));
    assert!(error(&order).1.contains("criteria in orderBy is 6, but at most 5"), "{}", error(&order).1);
    let (code, message) = error("{ entities(orderBy: [{ field: NAME, of: {} }]) { totalCount } }");
    assert_eq!((code.as_str(), message.contains("RELATIONS only")), ("BAD_USER_INPUT", true));
}

#[test]
fn work_over_relations_is_bounded_for_the_whole_request() {
    let deep =
        (0..14).fold("{}".to_string(), |inner, _| format!("{{ relations: {{ every: {{ entity: {inner} }} }} }}"));
    let (code, message) = error(&format!("{{ entities(where: {deep}) {{ totalCount }} }}"));
    assert_eq!(code, "LIMIT_EXCEEDED");
    assert!(message.contains("more than 2000000 steps") && message.contains("begin from few entities"), "{message}");
    let order = format!("[{{ field: RELATIONS, of: {{ entity: {deep} }} }}]");
    assert_eq!(error(&format!("{{ entities(orderBy: {order}) {{ nodes {{ id }} }} }}")).0, "LIMIT_EXCEEDED");
    let nested =
        format!(r#"{{ entity(id: "country:ca") {{ relations(where: {{ object: {deep} }}) {{ totalCount }} }} }}"#);
    assert_eq!(error(&nested).0, "LIMIT_EXCEEDED");
}

fn steps(snapshot: &Snapshot, most: usize, ask: impl FnOnce(&Snapshot, &PageRequest)) -> usize {
    let request = PageRequest { budget: Budget::of(most), ..PageRequest::first(1) };
    ask(snapshot, &request);
    request.budget.spent()
}

#[test]
fn lists_start_from_what_is_named_and_stop_when_the_page_is_full() {
    let whole = snapshot(3, DOCUMENTS);
    let graph = whole.graph();
    let row = graph.entity_rows().max_by_key(|row| graph.degree(*row)).unwrap();
    let one = query::EntityFilter { ids: Some([graph.entity(row).id.clone()].into()), ..Default::default() };
    let around = query::RelationFilter { either: Some(Box::new(one)), ..Default::default() };
    let all = |count: bool| {
        steps(&whole, 100_000, |whole, request| {
            let request = PageRequest { count, ..request.clone() };
            assert_eq!(
                query::relations(whole, &around, &[], &request).unwrap().total,
                count.then_some(graph.degree(row))
            );
        })
    };
    // One step for each of its relations, and at most two ends looked at for each that is tried.
    assert!(all(true) <= 6 * graph.degree(row), "{} for {}", all(true), graph.degree(row));
    let any = query::RelatedFilter::default();
    let relations = query::RelationsFilter { some: Some(any), ..Default::default() };
    let related = query::EntityFilter { relations: Some(Box::new(relations)), ..Default::default() };
    let walked = |count: bool| {
        steps(&whole, 100_000, |whole, request| {
            query::entities(whole, &related, &[], &PageRequest { count, ..request.clone() }).unwrap();
        })
    };
    assert!(walked(false) < walked(true), "{} {}", walked(false), walked(true));
    let refused = steps(&whole, 1, |whole, request| {
        assert_eq!(query::entities(whole, &related, &[], request).unwrap_err().code, query::Code::LimitExceeded);
    });
    assert!(refused <= 3, "nothing is done behind the end");
}

#[test]
fn the_graph_tells_since_when_and_until_when_it_was_told_of_something() {
    let query =
        r#"{ entity(id: "country:ca") { firstSeen lastSeen relations(first: 1) { nodes { firstSeen lastSeen } } } }"#;
    let at = json!("2026-01-01T00:00:00Z");
    let both = json!({ "firstSeen": at, "lastSeen": at });
    let mut expected = both.clone();
    expected["relations"] = json!({ "nodes": [both] });
    assert_eq!(data(query)["entity"], expected);
    assert!(AMOUNTS.iter().any(|amount| amount.is_infinite()), "orders meet what JSON cannot say");
}
