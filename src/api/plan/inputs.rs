//! Whether a variable's value has only fields that its type has: the executor refuses others, the reading of arguments does not see them.
//!
//! `fits({"kind": ["PROJECT"], "colour": 1}, EntityFilter)` → false

use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::Value;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};

/// The fields of each input type, with their types.
static FIELDS: LazyLock<HashMap<String, HashMap<String, Type>>> = LazyLock::new(|| {
    let definitions = parse_schema(crate::api::sdl()).map(|document| document.definitions).unwrap_or_default();
    let inputs = definitions.into_iter().filter_map(|definition| {
        let TypeSystemDefinition::Type(definition) = definition else { return None };
        let TypeKind::InputObject(input) = definition.node.kind else { return None };
        let fields = input.fields.into_iter().map(|field| (field.node.name.node.to_string(), field.node.ty.node));
        Some((definition.node.name.node.to_string(), fields.collect()))
    });
    inputs.collect()
});

/// Whether objects in a value have only fields of their types; what else is wrong with it is seen when it is read.
pub(super) fn fits(value: &Value, ty: &Type) -> bool {
    match (value, &ty.base) {
        (Value::Binary(_), _) => false,
        (Value::List(items), BaseType::List(inner)) => items.iter().all(|item| fits(item, inner)),
        // A list in place of one is wrong, one in place of a list stands for a list of it.
        (Value::List(items), BaseType::Named(_)) => !items.iter().any(has_object),
        (value, BaseType::List(inner)) => fits(value, inner),
        (Value::Object(fields), BaseType::Named(name)) => FIELDS.get(name.as_str()).is_some_and(|known| {
            fields.iter().all(|(field, value)| known.get(field.as_str()).is_some_and(|ty| fits(value, ty)))
        }),
        _ => true,
    }
}

fn has_object(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::List(items) => items.iter().any(has_object),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::Type;
    use async_graphql::value;

    use super::*;

    #[test]
    fn only_known_fields_fit() {
        let filter = Type::new("EntityFilter").expect("a type");
        assert!(fits(&value!({ "kind": ["PROJECT"], "and": { "not": { "named": true } } }), &filter));
        assert!(!fits(&value!({ "and": [{ "not": { "colour": 1 } }] }), &filter));
        assert!(!fits(&value!({ "kind": { "x": 1 } }), &filter));
        assert!(fits(&value!(7), &Type::new("[Int!]").expect("a type")));
    }
}
