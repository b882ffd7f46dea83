//! The schema as text, and as GraphiQL reads it.

use maillage::api;

use crate::fixture::data;

#[test]
fn schema_graphql_is_what_the_code_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == api::sdl(),
        "schema.graphql is out of date; regenerate it: cargo run -- schema > schema.graphql"
    );
}

#[test]
fn everything_in_the_schema_is_described() {
    let types = data(
        "{ __schema { types { name kind description fields { name description args { name description } }
           inputFields { name description } enumValues { name description } } } }",
    );
    let mut missing = Vec::new();
    for entry in types["__schema"]["types"].as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        // The specification's own types describe themselves.
        if name.starts_with("__") || ["Boolean", "Float", "ID", "Int", "String"].contains(&name) {
            continue;
        }
        let mut check = |what: String, thing: &serde_json::Value| {
            if thing["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
                missing.push(what);
            }
        };
        check(name.to_string(), entry);
        for list in ["fields", "inputFields", "enumValues"] {
            for part in entry[list].as_array().into_iter().flatten() {
                let part_name = format!("{name}.{}", part["name"].as_str().unwrap());
                check(part_name.clone(), part);
                for argument in part["args"].as_array().into_iter().flatten() {
                    check(format!("{part_name}({})", argument["name"].as_str().unwrap()), argument);
                }
            }
        }
    }
    assert!(missing.is_empty(), "without description: {missing:#?}");
}

/// What GraphiQL asks for when it opens.
const INTROSPECTION: &str = "query IntrospectionQuery {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}";

#[test]
fn introspection_passes_the_limits_and_interfaces_are_sound() {
    let schema = data(INTROSPECTION)["__schema"].clone();
    let types = schema["types"].as_array().unwrap();
    let find = |name: &str| types.iter().find(|t| t["name"] == name).unwrap_or_else(|| panic!("{name} is missing"));
    let names = |list: &serde_json::Value| crate::fixture::texts(list, "name");
    // async-graphql's introspection leaves out the interfaces of interfaces; its schema text has them.
    assert!(api::sdl().contains("interface Entity implements Node {"));
    assert_eq!(find("Entity")["possibleTypes"].as_array().unwrap().len(), 9);
    let objects = names(&find("Node")["possibleTypes"]);
    assert_eq!(objects.len(), 11);
    assert!(!objects.contains(&"Entity".to_string()), "an interface is no possible type");
    let fields = |name: &str| -> Vec<_> {
        let fields = find(name)["fields"].as_array().unwrap().clone();
        fields.into_iter().map(|field| (field["name"].clone(), field)).collect()
    };
    let shared = fields("Entity");
    for name in names(&find("Entity")["possibleTypes"]) {
        let own = fields(&name);
        assert!(shared.iter().all(|field| own.contains(field)), "{name} differs from its interface");
    }
}
