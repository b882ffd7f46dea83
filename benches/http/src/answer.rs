//! Whether two servers answer the same.
//!
//! `{"data":{"entity":{"name":"Trust"}},"extensions":{…}}` and `{"data":{"entity":{"name":"Trust"}}}` → the same
//!
//! Only `data` counts; the cursors in it are each server's own, and numbers may differ in their last digits (the program rounds to six), and with
//! them the order of what weighs the same.

use serde_json::Value;

use crate::Outcome;

const NEAR: f64 = 2e-6;

/// The data of an answer, or why there is none.
pub fn data(answer: &[u8]) -> Outcome<Value> {
    let mut answer: Value = serde_json::from_slice(answer)?;
    match answer.get("errors") {
        Some(errors) => Err(errors.to_string().into()),
        None => Ok(answer["data"].take()),
    }
}

/// The first place where two answers differ, with what stands there; nothing when they say the same.
pub fn difference(ours: &Value, theirs: &Value) -> Option<String> {
    differ(ours, theirs, "data")
}

fn differ(ours: &Value, theirs: &Value, at: &str) -> Option<String> {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).filter(|key| *key != "endCursor").find_map(
                |key| {
                    let there =
                        |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or("nothing".into());
                    differ(&there(a), &there(b), &format!("{at}.{key}"))
                },
            )
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let (a, b) = (by_weight(a), by_weight(b));
            (0..a.len()).find_map(|number| differ(&a[number], &b[number], &format!("{at}[{number}]")))
        }
        (Value::Number(a), Value::Number(b)) => {
            let far = (a.as_f64().unwrap_or(f64::NAN) - b.as_f64().unwrap_or(f64::NAN)).abs() >= NEAR;
            far.then(|| format!("{at}: {a} and {b}"))
        }
        _ => (ours != theirs).then(|| format!("{at}: {} and {}", short(ours), short(theirs))),
    }
}

/// A list of things with weights in an order in which those that weigh the same, but for their last digits, stand by what they are.
fn by_weight(list: &[Value]) -> Vec<Value> {
    let mut list = list.to_vec();
    if list.iter().all(|item| item["weight"].is_number()) {
        let weight = |item: &Value| item["weight"].as_f64().map_or(0, |weight| -(weight * 1e5).round() as i64);
        list.sort_by_cached_key(|item| (weight(item), item["entity"]["id"].to_string()));
    }
    list
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cursors_and_last_digits_may_differ() {
        let ours = json!({ "score": 0.010381, "pageInfo": { "endCursor": "a" } });
        let theirs = json!({ "score": 0.0103814, "pageInfo": { "endCursor": "b" } });
        assert_eq!(difference(&ours, &theirs), None);
    }

    #[test]
    fn what_weighs_the_same_may_stand_in_any_order() {
        let one = |id: u32, weight: f64| json!({ "entity": { "id": id }, "weight": weight });
        let ours = json!([one(1, 0.9), one(2, 0.333_333), one(3, 0.333_333)]);
        assert_eq!(difference(&ours, &json!([one(1, 0.9), one(3, 0.333_334), one(2, 0.333_333)])), None);
        assert!(difference(&ours, &json!([one(2, 0.9), one(1, 0.333_333), one(3, 0.333_333)])).is_some());
    }

    #[test]
    fn a_difference_is_told_with_its_place() {
        let (ours, theirs) =
            (json!({ "nodes": [{ "id": 1 }, { "id": 2 }] }), json!({ "nodes": [{ "id": 1 }, { "id": 3 }] }));
        assert_eq!(difference(&ours, &theirs).as_deref(), Some("data.nodes[1].id: 2 and 3"));
        assert!(difference(&json!([1, 2]), &json!([1])).is_some());
        assert!(difference(&json!({ "a": 1 }), &json!({})).is_some());
        assert!(difference(&json!({}), &json!({ "a": 1 })).is_some());
    }
}
