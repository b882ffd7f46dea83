//! What a request may cost, measured before anything is executed.
//!
//! `{ a: projects(first: 100) { nodes { events(first: 100) { nodes { name } } } } }` → cost about 20,000, depth 5, 1 alias
//!
//! Two passes: [`guard`] counts tokens and brackets in one linear pass, because the parser recurses into brackets and a
//! crafted query would overflow its stack; then the parsed query is measured, each fragment once however often it is spread.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Name, Value, Variables};

use crate::query::{PAGE_DEFAULT, Refusal};

/// The most that one request may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fields inside fields. GraphiQL's introspection needs 15.
    pub depth: usize,
    /// Fields in the answer if every page were full. Four levels of full pages, each with its evidence, come to half of it.
    pub complexity: usize,
    /// Aliases, with those of fragments each time they are spread.
    pub aliases: usize,
    /// Fields of the operation itself.
    pub root_fields: usize,
    /// Names, numbers, strings and punctuation marks.
    pub tokens: usize,
    /// Brackets inside brackets, of any sort.
    pub brackets: usize,
    /// Heavy questions (paths, patterns, counts and measures over the whole graph) that are answered at a time; none
    /// refuses them all.
    pub heavy_at_once: usize,
    /// Heavy questions that wait for a place; what comes on top is refused.
    pub heavy_waiting: usize,
    /// How long a heavy question may take, once it has a place; then its answer is cut.
    pub heavy_time: Duration,
    /// Steps that a heavy question may take; then its answer is cut.
    pub heavy_steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 30,
            complexity: 1_000_000,
            aliases: 100,
            root_fields: 50,
            tokens: 20_000,
            brackets: 64,
            heavy_at_once: std::thread::available_parallelism().map_or(1, usize::from),
            heavy_waiting: 64,
            heavy_time: Duration::from_secs(5),
            heavy_steps: 500_000_000,
        }
    }
}

/// Refuses a query that would be dangerous or slow even to parse. Linear in its length.
///
/// # Errors
/// Too many tokens or too deeply nested brackets.
pub fn guard(query: &str, limits: &Limits) -> Result<(), Refusal> {
    let (mut tokens, mut open) = (0, 0_usize);
    let mut rest = query.as_bytes();
    while let Some(first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[rest.iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count()..];
                continue;
            }
            b'"' => string_length(rest),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => {
                let word = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-');
                rest.iter().take_while(word).count()
            }
            b'{' | b'[' | b'(' => {
                open += 1;
                1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                1
            }
            _ => 1,
        };
        tokens += 1;
        rest = &rest[length..];
        if open > limits.brackets {
            return Err(Refusal::limit("bracket depth", open, limits.brackets, "pass nested values as variables"));
        }
        if tokens > limits.tokens {
            let way_round = "split the query, or use fragments for what is repeated";
            return Err(Refusal::limit("the number of tokens", tokens, limits.tokens, way_round));
        }
    }
    Ok(())
}

/// The length of the string literal at the start, with its quotation marks; to the end when it is not closed.
fn string_length(text: &[u8]) -> usize {
    let block = text.starts_with(b"\"\"\"");
    let quotes = if block { 3 } else { 1 };
    let mut at = quotes;
    while at < text.len() {
        let here = &text[at..];
        if block && here.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if !block && here[0] == b'\\' {
            at += 2;
        } else if here.starts_with(&text[..quotes]) {
            return at + quotes;
        } else if !block && matches!(here[0], b'\n' | b'\r') {
            return at;
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The names of all fields that give pages: those with an argument `first`.
#[derive(Debug)]
pub(super) struct PagedFields(HashSet<String>);

impl PagedFields {
    /// Reads them from the schema, so that no list of names has to be kept.
    pub(super) fn of(sdl: &str) -> Self {
        let document = async_graphql::parser::parse_schema(sdl).expect("the schema's own text is valid");
        let mut names = HashSet::new();
        for definition in &document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let paged = fields.iter().filter(|f| f.node.arguments.iter().any(|a| a.node.name.node == "first"));
            names.extend(paged.map(|f| f.node.name.node.to_string()));
        }
        Self(names)
    }
}

/// What a selection asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Measure {
    depth: usize,
    complexity: usize,
    aliases: usize,
    /// Fields at its top, also those of fragments spread there.
    width: usize,
}

impl Measure {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.saturating_add(other.complexity),
            aliases: self.aliases.saturating_add(other.aliases),
            width: self.width.saturating_add(other.width),
        }
    }
}

/// Refuses a parsed query that asks for more than the limits allow.
pub(super) fn measure(
    document: &ExecutableDocument,
    variables: &Variables,
    paged: &PagedFields,
    limits: &Limits,
) -> Result<(), Refusal> {
    for (_, operation) in document.operations.iter() {
        let mut ruler = Ruler { document, operation: &operation.node, variables, paged, fragments: HashMap::new() };
        let found = ruler.selection(&operation.node.selection_set.node);
        let refuse = |name, given, most, way_round| Err(Refusal::limit(name, given, most, way_round));
        if found.depth > limits.depth {
            return refuse("depth", found.depth, limits.depth, "ask again from an entity further down with node(id:)");
        }
        if found.complexity > limits.complexity {
            let way_round =
                "make pages smaller with first: (it counts as 20 when absent), or ask for fewer levels at once";
            return refuse("complexity", found.complexity, limits.complexity, way_round);
        }
        if found.aliases > limits.aliases {
            return refuse(
                "the number of aliases",
                found.aliases,
                limits.aliases,
                "use nodes(ids:) or several requests",
            );
        }
        if found.width > limits.root_fields {
            return refuse(
                "the number of root fields",
                found.width,
                limits.root_fields,
                "use nodes(ids:) or several requests",
            );
        }
    }
    Ok(())
}

struct Ruler<'q> {
    document: &'q ExecutableDocument,
    operation: &'q OperationDefinition,
    variables: &'q Variables,
    paged: &'q PagedFields,
    /// What each fragment measures; zero while it is being measured, so that cycles end (validation refuses them later).
    fragments: HashMap<&'q Name, Measure>,
}

impl<'q> Ruler<'q> {
    fn selection(&mut self, set: &'q SelectionSet) -> Measure {
        let parts = set.items.iter().map(|item| match &item.node {
            Selection::Field(field) => self.field(&field.node),
            Selection::InlineFragment(inline) => self.selection(&inline.node.selection_set.node),
            Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
        });
        parts.fold(Measure::default(), Measure::beside)
    }

    fn field(&mut self, field: &'q Field) -> Measure {
        let inner = self.selection(&field.selection_set.node);
        let size = if self.paged.0.contains(field.name.node.as_str()) { self.page_size(field) } else { 1 };
        Measure {
            depth: inner.depth + 1,
            complexity: inner.complexity.saturating_mul(size).saturating_add(1),
            aliases: inner.aliases.saturating_add(usize::from(field.alias.is_some())),
            width: 1,
        }
    }

    fn fragment(&mut self, name: &'q Name) -> Measure {
        if let Some(known) = self.fragments.get(name) {
            return *known;
        }
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Measure::default() };
        self.fragments.insert(name, Measure::default());
        let found = self.selection(&fragment.node.selection_set.node);
        self.fragments.insert(name, found);
        found
    }

    /// The number of items that a field is asked for; a size that makes no sense is refused later.
    fn page_size(&self, field: &Field) -> usize {
        let size = |name: &str| {
            let value =
                field.get_argument(name)?.node.clone().into_const_with(|variable| self.variable(&variable).ok_or(()));
            let Ok(Value::Number(number)) = value else { return None };
            number.as_u64().and_then(|n| usize::try_from(n).ok())
        };
        size("first").or_else(|| size("last")).unwrap_or(PAGE_DEFAULT)
    }

    /// The value of a variable in this request.
    fn variable(&self, name: &Name) -> Option<Value> {
        let definition = self.operation.variable_definitions.iter().find(|d| d.node.name.node == *name);
        let default = || definition.and_then(|d| d.node.default_value().cloned());
        self.variables.get(name).cloned().or_else(default)
    }
}
