//! The nine questions, and the ones that they are measured against: each a query with as many sets of variables as are asked in turn.
//!
//! `{"name": "lookup", "query": "query($id: ID!) { entity(id: $id) { … } }", "variables": [{"id": "organization:nodes.e492"}, …]}`
//!
//! Who is asked about is drawn as often as relations lead there, as where the well known are asked about most.

use serde_json::{Value, json};

use crate::Outcome;
use crate::prepare::{Entity, Relation};

/// How many of each.
const VARIANTS: usize = 32;

/// What each question is called in tables.
pub const TITLES: [(&str, &str); 11] = [
    ("typename", "`{ __typename }`"),
    ("lookup", "by id, five fields"),
    ("name", "name as typed, first 10"),
    ("hops", "funder → projects → places → events, 20 a hop"),
    ("hops4", "funder → projects → places → events, 4 a hop"),
    ("around", "two hops around, first 100"),
    ("path", "shortest path, up to 6 hops"),
    ("partners", "partners of an organization, first 20"),
    ("facets", "projects of a funder by place"),
    ("page", "a page of 100, of 20 pages"),
    ("whole", "components and PageRank of all"),
];

/// Those that are questions on the graph.
pub const NINE: [&str; 9] = ["lookup", "name", "hops", "around", "path", "partners", "facets", "page", "whole"];

/// All questions about a graph.
pub fn questions(entities: &[Entity], relations: &[Relation]) -> Outcome<Value> {
    let draw = |kind: &str, shift: usize, end: fn(&Relation) -> u32| -> Vec<&Entity> {
        let of_kind: Vec<_> = relations.iter().filter(|relation| relation.kind() == kind).collect();
        let at = |number: usize| of_kind[(number * 7919 + shift) * 31 % of_kind.len()];
        (0..VARIANTS).map(|number| &entities[end(at(number)) as usize]).collect()
    };
    let funders = draw("FUNDS", 0, |relation| relation.subject);
    let people = draw("WORKS_FOR", 1, |relation| relation.subject);
    let publications = draw("PUBLISHES", 2, |relation| relation.object);
    let by_id: Vec<Value> = funders.iter().map(|entity| json!({ "id": entity.id })).collect();
    let typed: Vec<Value> = funders.iter().map(|entity| json!({ "prefix": typed(&entity.name) })).collect();
    let ends: Vec<Value> = people.iter().zip(&publications).map(|(a, b)| json!({ "from": a.id, "to": b.id })).collect();
    let hops = |first: usize| {
        format!(
            "query($id: ID!) {{ entity(id: $id) {{ name ... on Organization {{ projectsFunded(first: {first}) {{ nodes {{ id name \
             places(first: {first}) {{ nodes {{ id name events(first: {first}) {{ nodes {{ id name }} }} }} }} }} }} }} }} }}"
        )
    };
    let whole = "{ stats { componentCount } centrality(measure: PAGERANK, first: 10) { entities { score entity { id name } } } }";
    let question =
        |name: &str, query: &str, variables: &[Value]| json!({ "name": name, "query": query, "variables": variables });
    Ok(json!([
        question("typename", "{ __typename }", &[json!({})]),
        question("lookup", "query($id: ID!) { entity(id: $id) { id name kind aliases mentionCount } }", &by_id),
        question(
            "name",
            "query($prefix: String!) { suggest(prefix: $prefix, first: 10) { name exactness mentionCount entity { id } } }",
            &typed
        ),
        question("hops", &hops(20), &by_id),
        question("hops4", &hops(4), &by_id),
        question(
            "around",
            "query($id: ID!) { neighborhood(id: $id, maxHops: 2, first: 100) { complete neighbors { hops entity { id name } } } }",
            &by_id
        ),
        question(
            "path",
            "query($from: String!, $to: String!) { paths(from: $from, to: $to, maxHops: 6, first: 1) { paths { length } } }",
            &ends
        ),
        question(
            "partners",
            "query($id: String!) { partners(of: $id, first: 20) { totalCount partners { weight entity { id name } } } }",
            &by_id
        ),
        question(
            "facets",
            "query($id: ID!) { entityFacets(where: {kind: [PROJECT], relations: {some: {kind: [FUNDS], direction: IN, entity: \
             {id: [$id]}}}}, by: [LOCATION], first: 20) { totalCount facets { values { key count } distinct other missing } } }",
            &by_id
        ),
        // Where the second page begins is each server's own to say: the variables are found when it is asked.
        question(
            "page",
            "query($after: String) { relations(first: 100, after: $after) { nodes { id kind subject { id name } \
             object { id name } } pageInfo { endCursor } } }",
            &[json!({})]
        ),
        question("whole", whole, &[json!({})]),
    ]))
}

/// What somebody types who looks for a name: all words but its number, the last of them begun.
fn typed(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let (family, before) = match words[..] {
        [ref before @ .., family, _number] => (family, before.join(" ")),
        _ => (name, String::new()),
    };
    let begun: String = family.chars().filter(|c| c.is_alphabetic()).take(3).collect();
    format!("{before} {begun}")
}
