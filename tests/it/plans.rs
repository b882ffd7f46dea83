//! Queries that are answered from their plan against the same queries as the executor answers them, byte for byte, on random graphs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use async_graphql::{Request, Variables};
use maillage::api::{self, Limits, Schema};
use maillage::knowledge_base::KnowledgeBase;
use maillage::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::fixture::{self, block_on};
use crate::made_up::Dice;
use crate::random_graph;

/// What plans know of the schema: all fields of these types but some.
const TYPES: [&str; 29] = [
    "Query",
    "Relation",
    "Evidence",
    "Document",
    "PageInfo",
    "EntityConnection",
    "EntityEdge",
    "RelationConnection",
    "RelationEdge",
    "DocumentConnection",
    "DocumentEdge",
    "Neighborhood",
    "Neighbor",
    "Hop",
    "Suggestion",
    "Highlight",
    "PathsAnswer",
    "Path",
    "PartnersAnswer",
    "Partner",
    "SharedEntity",
    "ReadRelation",
    "EntityFacets",
    "EntityFacetCounts",
    "RelationFacets",
    "RelationFacetCounts",
    "FacetValue",
    "ExternalId",
    "LocalNames",
];
const LEFT_OUT: [&str; 12] = [
    "mentions",
    "documents",
    "resolvedFrom",
    "spans",
    "trigger",
    "Evidence.subject",
    "Evidence.object",
    "Document.entities",
    "Document.relations",
    "Evidence.element",
    "Evidence.line",
    "Document.lines",
];
const ROOTS: [&str; 14] = [
    "node",
    "nodes",
    "entity",
    "relation",
    "document",
    "entities",
    "relations",
    "documents",
    "neighborhood",
    "suggest",
    "paths",
    "partners",
    "entityFacets",
    "relationFacets",
];

/// The types of the schema with their fields, and what a fragment on a type may be about.
struct Types {
    fields: BTreeMap<String, BTreeMap<String, FieldDefinition>>,
    entities: Vec<String>,
}

impl Types {
    fn read() -> Self {
        let document = parse_schema(api::sdl()).unwrap();
        let mut types = Self { fields: BTreeMap::new(), entities: Vec::new() };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            let fields = match definition.node.kind {
                TypeKind::Object(object) => {
                    if object.implements.iter().any(|of| of.node == "Entity") {
                        types.entities.push(name.clone());
                    }
                    object.fields
                }
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let planned = |field: &String| match name.as_str() {
                "Query" => ROOTS.contains(&field.as_str()),
                _ => !LEFT_OUT.contains(&field.as_str()) && !LEFT_OUT.contains(&format!("{name}.{field}").as_str()),
            };
            let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), field.node));
            types.fields.insert(name.clone(), fields.filter(|(field, _)| planned(field)).collect());
        }
        types
    }
}

fn named(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}

/// A query that is being made up.
struct Author<'t> {
    types: &'t Types,
    /// Those that there are.
    relations: &'t [String],
    dice: Dice,
    aliases: usize,
    fragments: Vec<String>,
    variables: BTreeMap<&'static str, (&'static str, Option<Value>)>,
    /// What was asked of which type.
    asked: BTreeSet<(String, String)>,
}

impl Author<'_> {
    fn query(&mut self) -> (String, Value) {
        let body = self.selection("Query", 5);
        let body = format!("{body} {}", self.fragments.join(" "));
        let declared: Vec<_> = self.variables.iter().map(|(name, (ty, _))| format!("${name}: {ty}")).collect();
        let head = if declared.is_empty() { String::new() } else { format!("query Q({}) ", declared.join(", ")) };
        let given = self.variables.iter().filter_map(|(name, (_, value))| Some((name.to_string(), value.clone()?)));
        (format!("{head}{body}"), given.collect::<serde_json::Map<_, _>>().into())
    }

    fn selection(&mut self, of: &str, depth: u64) -> String {
        let mut parts: Vec<String> = (0..1 + self.dice.roll(3)).filter_map(|_| self.part(of, depth)).collect();
        if self.dice.roll(5) == 0 || parts.is_empty() {
            parts.push(if self.dice.roll(2) == 0 { "__typename".into() } else { "t: __typename".into() });
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn part(&mut self, of: &str, depth: u64) -> Option<String> {
        let is_entity = of == "Entity" || self.types.entities.iter().any(|known| known == of);
        let often = if of == "Node" { 1 } else { 3 };
        if (is_entity || of == "Node") && depth > 0 && self.dice.roll(often) == 0 {
            let at = self.dice.roll(self.types.entities.len() as u64) as usize;
            let on = match (of, self.dice.roll(4)) {
                ("Node", rolled) if rolled < 3 => ["Entity", "Relation", "Document"][rolled as usize].to_owned(),
                ("Node", _) => self.types.entities[at].clone(),
                ("Entity", 0) => "Node".to_owned(),
                ("Entity", _) => self.types.entities[at].clone(),
                (own, 0) => own.to_owned(),
                (_, _) => "Entity".to_owned(),
            };
            let inner = if on == "Node" { "{ id __typename }".to_owned() } else { self.selection(&on, depth - 1) };
            if self.dice.roll(2) == 0 {
                return Some(format!("... on {on} {inner}"));
            }
            let name = format!("F{}", self.fragments.len());
            self.fragments.push(format!("fragment {name} on {on} {inner}"));
            return Some(format!("...{name}"));
        }
        let fields = &self.types.fields[of];
        let at = self.dice.roll(fields.len() as u64) as usize;
        // Most of what there is to ask stands behind one entity.
        let often = fields.get_key_value("entity").filter(|_| of == "Query" && self.dice.roll(2) == 0);
        let (name, field) = often.or_else(|| fields.iter().nth(at))?;
        let field = field.clone();
        let (inner, _) = named(&field.ty.node);
        let inner = inner.to_owned();
        let composite = self.types.fields.contains_key(&inner);
        if composite && depth == 0 {
            return None;
        }
        self.asked.insert((of.to_owned(), name.clone()));
        let arguments = self.arguments(&field, of);
        let selected = if composite { self.selection(&inner, depth - 1) } else { String::new() };
        // Without an alias, fields of one name are merged: they may then differ in nothing but what is asked of them.
        let merges = arguments.is_empty() && self.dice.roll(2) == 0 && of != "Query";
        self.aliases += 1;
        let alias = if merges { String::new() } else { format!("a{}: ", self.aliases) };
        Some(format!("{alias}{name}{arguments} {selected}"))
    }

    fn arguments(&mut self, field: &FieldDefinition, of: &str) -> String {
        let mut given = Vec::new();
        let key = self.dice.roll(3);
        for argument in &field.arguments {
            let name = argument.node.name.node.as_str();
            let rolled = self.dice.roll(6);
            let value = match name {
                "id" if field.name.node == "relation" => Some(format!("\"{}\"", self.relation())),
                "id" if field.name.node == "document" && rolled > 0 => {
                    Some(format!("\"{}\"", random_graph::document_id(rolled)))
                }
                "id" if field.name.node == "node" => Some(match rolled {
                    0 => format!("\"{}\"", self.relation()),
                    1 => format!("\"{}\"", random_graph::document_id(1)),
                    _ => format!("\"{}\"", entity_id(&mut self.dice)),
                }),
                "ids" => Some(format!("[\"{}\", \"{}\"]", entity_id(&mut self.dice), self.relation())),
                "source" if key == 0 => Some("\"none\"".to_owned()),
                "id" if field.name.node == "neighborhood" && rolled < 3 => {
                    Some(self.variable("id", "ID!", |dice| Some(entity_id(dice).into())))
                }
                "id" if field.name.node == "neighborhood" => Some(format!("\"{}\"", entity_id(&mut self.dice))),
                "from" => Some(format!("\"{}\"", random_graph::entity(7, self.dice.roll(5)).id)),
                "to" => Some(format!("\"{}\"", random_graph::entity(7, 5 + self.dice.roll(6)).id)),
                "of" => Some(format!("\"{}\"", actor_id(&mut self.dice))),
                "via" | "avoid" if rolled == 0 => Some(format!("[\"{}\"]", entity_id(&mut self.dice))),
                "maxHops" if rolled < 3 => Some((2 + rolled).to_string()),
                "prefix" => {
                    Some(["\"réseau\"", "\"co\"", "\"œuvr ile\"", "\"resaeu\""][rolled as usize % 4].to_owned())
                }
                "relationKinds" if rolled == 0 => Some("[FUNDS, HELD_IN]".to_owned()),
                "kinds" if rolled == 0 && field.name.node == "neighborhood" => Some("[PARTNERS_WITH]".to_owned()),
                "kinds" if rolled == 0 => Some("[COUNTRY, PROJECT]".to_owned()),
                "by" if field.name.node == "paths" => Some(["HOPS", "CONFIDENCE"][rolled as usize % 2].to_owned()),
                "by" if rolled < 2 => Some("[KIND, COUNTRY]".to_owned()),
                "by" if field.name.node == "entityFacets" => Some("[FUNDER, YEAR]".to_owned()),
                "by" => Some("[SUBJECT, LANGUAGE]".to_owned()),
                "where" if field.name.node == "documents" && rolled < 3 => Some("{ not: { id: [] } }".to_owned()),
                "where" if field.name.node == "entities" && rolled < 3 => {
                    let kinds = ["COUNTRY", "PROJECT"];
                    Some(
                        self.variable("w", "EntityFilter", |dice| {
                            Some(json!({ "not": { "kind": [dice.pick(&kinds)] } }))
                        }),
                    )
                }
                "orderBy" if field.name.node == "documents" && rolled < 2 => Some("{ field: SOURCE }".to_owned()),
                "languages" if rolled > 3 => None,
                "id" if key == 0 && of == "Query" => {
                    Some(self.variable("id", "ID!", |dice| Some(entity_id(dice).into())))
                }
                "id" if key == 1 && of == "Query" => Some(format!("\"{}\"", entity_id(&mut self.dice))),
                "name" if key == 2 && of == "Query" => Some("\"Île d’Œuvre\"".to_owned()),
                "id" | "name" | "externalId" | "after" | "before" | "last" | "source" => None,
                "first" if rolled == 0 => Some(self.variable("n", "Int", |dice| (dice.roll(2) == 0).then(|| 2.into()))),
                "first" if rolled < 3 => Some((1 + rolled).to_string()),
                "languages" if rolled == 0 => Some(self.variable("l", "[Language!]", |_| Some(json!(["ES", "EN"])))),
                "languages" => Some("[ES, FR]".to_owned()),
                "language" => Some(["FR", "EN", "ES", "null"][rolled as usize % 4].to_owned()),
                "direction" => Some(["IN", "OUT", "BOTH"][rolled as usize % 3].to_owned()),
                "where" if rolled < 2 => Some("{ not: { confirmed: true } }".to_owned()),
                "relationWhere" if rolled < 2 => Some("{ confidence: { gte: 0.5 } }".to_owned()),
                "orderBy" if rolled < 2 => {
                    let relations = field.name.node == "relations";
                    Some(
                        if relations { "{ field: CONFIDENCE }" } else { "[{ field: MENTIONS, direction: DESC }]" }
                            .into(),
                    )
                }
                "relationOrderBy" if rolled < 2 => Some("{ field: KIND, direction: DESC }".to_owned()),
                _ => None,
            };
            given.extend(value.map(|value| format!("{name}: {value}")));
        }
        if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) }
    }

    fn relation(&mut self) -> String {
        let ids = self.relations;
        ids.get(self.dice.roll(ids.len() as u64 + 1) as usize).cloned().unwrap_or_else(|| "relation:none".to_owned())
    }

    fn variable(&mut self, name: &'static str, ty: &'static str, value: impl Fn(&mut Dice) -> Option<Value>) -> String {
        let dice = &mut self.dice;
        self.variables.entry(name).or_insert_with(|| (ty, value(dice)));
        format!("${name}")
    }
}

/// One that can have partners.
fn actor_id(dice: &mut Dice) -> String {
    let mut ids = std::iter::repeat_with(|| entity_id(dice));
    ids.find(|id| id.starts_with("country:") || id.starts_with("organization:")).unwrap()
}

fn entity_id(dice: &mut Dice) -> String {
    let (seed, number) = (7, dice.roll(11));
    random_graph::entity(seed, number).id.to_string()
}

fn schema_over(snapshot: Snapshot) -> Schema {
    api::schema(Arc::new(KnowledgeBase::of(snapshot)), &Limits::default())
}

fn request(query: &str, variables: &Value) -> Request {
    Request::new(query).variables(Variables::from_json(variables.clone()))
}

/// What the executor answers, as it is written.
fn executed(schema: &Schema, query: &str, variables: &Value) -> (String, bool) {
    let response = block_on(api::execute(schema, request(query, variables)));
    let (data, extensions) = (serde_json::to_string(&response.data), serde_json::to_string(&response.extensions));
    (format!("{{\"data\":{},\"extensions\":{}}}", data.unwrap(), extensions.unwrap()), response.errors.is_empty())
}

fn from_plan(schema: &Schema, query: &str, variables: &Value) -> Option<String> {
    let request = request(query, variables);
    let body = block_on(api::planned(schema, &request)?.answer(schema, &request))?;
    Some(String::from_utf8(body).unwrap())
}

#[test]
fn plans_answer_as_the_executor_does() {
    let types = Types::read();
    let mut asked = BTreeSet::new();
    let mut answered = 0;
    let graphs: Vec<_> = (1..10).map(|documents| random_graph::snapshot(7, documents)).collect();
    let ids = |graph: &Snapshot| graph.graph().relations().map(|relation| relation.id.to_string()).collect::<Vec<_>>();
    let graphs: Vec<_> = graphs.into_iter().map(|graph| (ids(&graph), schema_over(graph))).collect();
    for seed in 0..7_000 {
        let (relations, schema) = &graphs[(seed % 9) as usize];
        let (aliases, fragments, variables, asked_here) = Default::default();
        let dice = Dice(seed);
        let mut author = Author { types: &types, relations, dice, aliases, fragments, variables, asked: asked_here };
        let (query, variables) = author.query();
        let (expected, valid) = executed(schema, &query, &variables);
        let found = from_plan(schema, &query, &variables);
        if valid {
            assert_eq!(found.as_deref(), Some(expected.as_str()), "{query} {variables}");
            answered += 1;
            asked.append(&mut author.asked);
        } else {
            assert_eq!(found, None, "what is refused is left to the executor: {query} {variables} {expected}");
        }
    }
    assert!(answered > 4_500, "{answered} queries were answered");
    // Every field that plans know was compared.
    let all = types.fields.iter().filter(|(name, _)| {
        TYPES.contains(&name.as_str()) || types.entities.contains(name) || name.starts_with("Related")
    });
    let all = all.flat_map(|(name, fields)| fields.keys().map(|field| (name.clone(), field.clone())));
    let never: Vec<_> = all.filter(|field| !asked.contains(field)).collect();
    assert!(never.is_empty(), "never asked: {never:?}");
}

const CARD: &str = "query Card($id: ID!, $n: Int) { entity(id: $id) { name relations(first: $n) { nodes { kind } } } }";

#[test]
fn a_plan_serves_other_variables_and_leaves_wrong_ones_to_the_executor() {
    let schema = fixture::schema();
    let ask = |variables: Value| (from_plan(&schema, CARD, &variables), executed(&schema, CARD, &variables));
    let (before, _) = ask(json!({ "id": "country:ca" }));
    assert_eq!(before, None);
    for id in ["country:ca", "project:protection", "nobody"] {
        let (planned, (executed, _)) = ask(json!({ "id": id, "n": 3 }));
        assert_eq!(planned, Some(executed));
    }
    for wrong in [
        json!({}),
        json!({ "id": null }),
        json!({ "id": ["country:ca"], "n": 2 }),
        json!({ "id": "country:ca", "n": "2" }),
        json!({ "id": "country:ca", "n": 2.5 }),
        json!({ "id": "country:ca", "n": -1 }),
        json!({ "id": "country:ca", "n": 101 }),
        json!({ "id": { "x": 1 } }),
    ] {
        let (planned, (executed, valid)) = ask(wrong.clone());
        assert!(planned.is_none() && !valid, "{wrong} {executed}");
    }
}

#[test]
fn conditions_may_come_as_variables_and_only_known_fields_may_stand_in_them() {
    let schema = fixture::schema();
    let query = "query L($w: EntityFilter, $o: [EntityOrder!]) { entities(where: $w, orderBy: $o) { nodes { id } } }";
    let ask = |variables: Value| (from_plan(&schema, query, &variables), executed(&schema, query, &variables));
    ask(json!({}));
    for given in [
        json!({}),
        json!({ "w": null }),
        json!({ "w": { "kind": ["PROJECT"], "relations": { "some": { "kind": ["FUNDS"] } } } }),
        json!({ "w": { "or": [{ "named": true }, { "country": "SN" }] }, "o": { "field": "NAME" } }),
    ] {
        let (planned, (executed, valid)) = ask(given.clone());
        assert!(valid, "{given} {executed}");
        assert_eq!(planned, Some(executed), "{given}");
    }
    for wrong in [
        json!({ "w": { "colour": 1 } }),
        json!({ "w": { "or": [{ "not": { "colour": 1 } }] } }),
        json!({ "w": { "kind": ["NONSENSE"] } }),
        json!({ "w": { "kind": { "eq": "PROJECT" } } }),
        json!({ "w": [{ "named": true }] }),
        json!({ "o": { "field": "NAME", "nulls": "LAST" } }),
    ] {
        let (planned, (executed, valid)) = ask(wrong.clone());
        assert!(planned.is_none() && !valid, "{wrong} {executed}");
    }
}

#[test]
fn what_plans_do_not_know_is_left_to_the_executor() {
    let schema = fixture::schema();
    for query in [
        "{ stats { entityCount } }",
        "{ entity(id: \"country:ca\") { mentions { nodes { text } } } }",
        "{ entity(id: \"country:ca\") { name @include(if: true) } }",
        "{ __schema { queryType { name } } }",
        "{ entity(id: \"country:ca\") { name } stats { entityCount } }",
        "{ search(text: \"canada\") { nodes { name } } }",
        "query A { entity(id: \"country:ca\") { name } } query B { entity(id: \"country:sn\") { name } }",
    ] {
        executed(&schema, query, &json!({}));
        assert_eq!(from_plan(&schema, query, &json!({})), None, "{query}");
    }
    let query = "query A { entity(id: \"country:ca\") { name } }";
    executed(&schema, query, &json!({}));
    let request = || Request::new(query);
    assert!(api::planned(&schema, &request().operation_name("A")).is_some());
    assert!(api::planned(&schema, &request().operation_name("B")).is_none());
    let mut costs = request();
    costs.extensions.insert(api::COST.into(), async_graphql::Value::Boolean(true));
    assert!(api::planned(&schema, &costs).is_none(), "the executor's door tells what a request costs");
}
