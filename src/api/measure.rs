//! What a parsed query costs, measured before anything is executed.
//!
//! `{ a: projects(first: 100) { nodes { events(first: 100) { nodes { name } } } } }` → complexity 20,201, depth 5, 1 alias
//!
//! Each fragment is measured once however often it is spread. Must not know the graph: pages count as if they were full.

use std::collections::HashMap;

use async_graphql::parser::types::{BaseType, FieldDefinition, TypeKind, TypeSystemDefinition};
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

use super::Limits;
use crate::query::{PAGE_DEFAULT, Refusal};

/// The fields of all types: whether each gives pages, which those with an argument `first` do, and the one that a gateway asks for many
/// things at once; and the type that it leads to.
#[derive(Debug)]
pub(super) struct PagedFields(HashMap<String, Fields>);

type Fields = HashMap<String, (bool, String)>;

impl PagedFields {
    /// Reads them from the schema, so that no list of names has to be kept.
    pub(super) fn of(sdl: &str) -> Self {
        let document = async_graphql::parser::parse_schema(sdl).expect("the schema's own text is valid");
        let mut types: HashMap<String, Fields> = HashMap::new();
        for definition in &document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let field = |field: &Positioned<FieldDefinition>| {
                let paged = field.node.arguments.iter().any(|argument| argument.node.name.node == "first");
                (field.node.name.node.to_string(), (paged, named(&field.node.ty.node.base)))
            };
            types.insert(definition.node.name.node.to_string(), fields.iter().map(field).collect());
        }
        let of_many = ("_entities".to_owned(), (true, "_Entity".to_owned()));
        types.entry("Query".to_owned()).or_default().extend([of_many]);
        Self(types)
    }

    /// The fields of a type; none for one that has none, or that is unknown.
    fn of_type(&self, name: &str) -> Option<&Fields> {
        self.0.get(name)
    }
}

fn named(ty: &BaseType) -> String {
    match ty {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(&inner.base),
    }
}

/// Fields by which the schema's description of itself comes back to itself or grows wide, with how many items they have, roughly.
const INTROSPECTION: [(&str, usize); 8] = [
    ("types", 300),
    ("fields", 8),
    ("inputFields", 8),
    ("args", 3),
    ("enumValues", 8),
    ("possibleTypes", 4),
    ("interfaces", 2),
    ("directives", 8),
];

/// What a selection asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Fields inside fields.
    pub(super) depth: usize,
    /// Fields in the answer if every page were full.
    pub(super) complexity: usize,
    pub(super) aliases: usize,
    pub(super) directives: usize,
    /// Fields as they are written.
    pub(super) fields: usize,
    /// Fields at its top, also those of fragments spread there.
    pub(super) root_fields: usize,
    /// What is asked of the schema itself.
    pub(super) introspection: usize,
}

impl Cost {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.saturating_add(other.complexity),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            fields: self.fields.saturating_add(other.fields),
            root_fields: self.root_fields.saturating_add(other.root_fields),
            introspection: self.introspection.saturating_add(other.introspection),
        }
    }

    fn with_directives(self, directives: usize) -> Self {
        Self { directives: self.directives.saturating_add(directives), ..self }
    }

    /// The greater of both in everything.
    fn most(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.max(other.complexity),
            aliases: self.aliases.max(other.aliases),
            directives: self.directives.max(other.directives),
            fields: self.fields.max(other.fields),
            root_fields: self.root_fields.max(other.root_fields),
            introspection: self.introspection.max(other.introspection),
        }
    }

    /// Refuses what costs more than the limits allow.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Refusal> {
        const APART: &str = "use nodes(ids:) or several requests";
        let pages = "make pages smaller with first: (it counts as 20 when absent), or ask for fewer levels at once";
        let further_down = "ask again from an entity further down with node(id:)";
        for (name, given, most, way_round) in [
            ("depth", self.depth, limits.depth, further_down),
            ("complexity", self.complexity, limits.complexity, pages),
            ("the number of aliases", self.aliases, limits.aliases, APART),
            ("the number of root fields", self.root_fields, limits.root_fields, APART),
            ("the number of fields", self.fields, limits.fields, "ask for them in several requests"),
            (
                "the number of directives",
                self.directives,
                limits.directives,
                "leave out what is not wanted in the text",
            ),
            ("introspection", self.introspection, limits.introspection, "ask for single types with __type(name:)"),
        ] {
            if given > most {
                return Err(Refusal::limit(name, given, most, way_round));
            }
        }
        Ok(())
    }
}

/// The cost of a parsed query: of several operations, the most of each.
pub(super) fn cost(document: &ExecutableDocument, variables: &Variables, paged: &PagedFields) -> Cost {
    let costs = document.operations.iter().map(|(_, operation)| {
        let mut ruler = Ruler { document, operation: &operation.node, variables, paged, fragments: HashMap::new() };
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let found = ruler.selection(&operation.node.selection_set.node, paged.of_type(root), false);
        found.with_directives(operation.node.directives.len())
    });
    costs.fold(Cost::default(), Cost::most)
}

struct Ruler<'q> {
    document: &'q ExecutableDocument,
    operation: &'q OperationDefinition,
    variables: &'q Variables,
    paged: &'q PagedFields,
    /// What each fragment measures; zero while it is being measured, so that cycles end (validation refuses them later).
    fragments: HashMap<(&'q Name, bool), Cost>,
}

impl<'q> Ruler<'q> {
    /// `inside` the schema's description of itself, other fields are wide.
    fn selection(&mut self, set: &'q SelectionSet, of: Option<&'q Fields>, inside: bool) -> Cost {
        let parts = set.items.iter().map(|item| match &item.node {
            Selection::Field(field) => self.field(&field.node, of, inside).with_directives(field.node.directives.len()),
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                let of = condition.map_or(of, |on| self.paged.of_type(on));
                let inner = self.selection(&inline.node.selection_set.node, of, inside);
                inner.with_directives(inline.node.directives.len())
            }
            Selection::FragmentSpread(spread) => {
                let inner = self.fragment(&spread.node.fragment_name.node, inside);
                inner.with_directives(spread.node.directives.len())
            }
        });
        parts.fold(Cost::default(), Cost::beside)
    }

    fn field(&mut self, field: &'q Field, of: Option<&'q Fields>, inside: bool) -> Cost {
        let name = field.name.node.as_str();
        let inside = inside || matches!(name, "__schema" | "__type");
        let known = of.and_then(|fields| fields.get(name));
        let of = known.and_then(|(_, ty)| self.paged.of_type(ty));
        let inner = self.selection(&field.selection_set.node, of, inside);
        let times = |cost: usize, size: usize| cost.saturating_mul(size).saturating_add(1);
        let wide = || INTROSPECTION.iter().find(|(wide, _)| *wide == name).map_or(1, |(_, size)| *size);
        let paged = !inside && known.is_some_and(|(paged, _)| *paged);
        let size = if paged { self.page_size(field) } else { 1 };
        Cost {
            depth: inner.depth + 1,
            complexity: if inside { 1 } else { times(inner.complexity, size) },
            aliases: inner.aliases.saturating_add(usize::from(field.alias.is_some())),
            directives: inner.directives,
            fields: inner.fields.saturating_add(1),
            root_fields: 1,
            introspection: if inside { times(inner.introspection, wide()) } else { inner.introspection },
        }
    }

    fn fragment(&mut self, name: &'q Name, inside: bool) -> Cost {
        if let Some(known) = self.fragments.get(&(name, inside)) {
            return *known;
        }
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Cost::default() };
        self.fragments.insert((name, inside), Cost::default());
        let of = self.paged.of_type(&fragment.node.type_condition.node.on.node);
        let found = self.selection(&fragment.node.selection_set.node, of, inside);
        self.fragments.insert((name, inside), found);
        found
    }

    /// The number of items that a field is asked for; a size that makes no sense is refused later.
    fn page_size(&self, field: &Field) -> usize {
        if let Some(Value::List(list)) = self.argument(field, "representations") {
            return list.len();
        }
        let size = |name: &str| {
            let Some(Value::Number(number)) = self.argument(field, name) else { return None };
            number.as_u64().and_then(|n| usize::try_from(n).ok())
        };
        size("first").or_else(|| size("last")).unwrap_or(PAGE_DEFAULT)
    }

    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let given = field.get_argument(name)?.node.clone();
        given.into_const_with(|variable| self.variable(&variable).ok_or(())).ok()
    }

    /// The value of a variable in this request.
    fn variable(&self, name: &Name) -> Option<Value> {
        let definition = self.operation.variable_definitions.iter().find(|d| d.node.name.node == *name);
        let default = || definition.and_then(|d| d.node.default_value().cloned());
        self.variables.get(name).cloned().or_else(default)
    }
}
