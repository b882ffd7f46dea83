//! The most that a request may ask for, and the guard that refuses what would be dangerous even to read.
//!
//! `{ entities(where: {and: [{and: [{and: [ …` → *bracket depth is 65, but at most 64 is allowed; pass nested values as variables*
//!
//! [`guard`] counts bytes, tokens and brackets in one linear pass, because the parser recurses into brackets and a crafted query would
//! overflow its stack. What a parsed query costs is measured by [`super::measure`].

use std::time::Duration;

use async_graphql::{Value, Variables};

use crate::query::Refusal;

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
    /// Fields as they are written, with those of fragments each time they are spread.
    pub fields: usize,
    /// Directives, with those of fragments each time they are spread.
    pub directives: usize,
    /// What is asked of the schema itself, in fields of the answer, roughly. GraphiQL's introspection comes to less than half of it.
    pub introspection: usize,
    /// Values in variables, those inside lists and objects too.
    pub variable_values: usize,
    /// Bytes of the query's text, comments and all.
    pub query_bytes: usize,
    /// Names, numbers, strings and punctuation marks of the query.
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
    /// Exports that are written at a time; none refuses them all. Finding what is to be written is bounded as a heavy question is.
    pub exports_at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 30,
            complexity: 1_000_000,
            aliases: 100,
            root_fields: 50,
            fields: 5_000,
            directives: 100,
            introspection: 1_500_000,
            variable_values: 20_000,
            query_bytes: 200_000,
            tokens: 20_000,
            brackets: 64,
            heavy_at_once: std::thread::available_parallelism().map_or(1, usize::from),
            heavy_waiting: 64,
            heavy_time: Duration::from_secs(5),
            heavy_steps: 500_000_000,
            exports_at_once: 4,
        }
    }
}

/// Refuses a query that would be dangerous or slow even to parse. Linear in its length.
///
/// # Errors
/// Too long a text, too many tokens or too deeply nested brackets.
pub fn guard(query: &str, limits: &Limits) -> Result<(), Refusal> {
    if query.len() > limits.query_bytes {
        let way_round = "pass long values as variables, or split the query";
        return Err(Refusal::limit("the length of the query in bytes", query.len(), limits.query_bytes, way_round));
    }
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

/// Refuses variables that hold too much or nest too deeply: reading arguments recurses into them. Linear in their size.
///
/// # Errors
/// Too many values, or lists and objects that stand in each other too deeply.
pub(super) fn guard_variables(variables: &Variables, limits: &Limits) -> Result<(), Refusal> {
    let mut waiting: Vec<(&Value, usize)> = variables.values().map(|value| (value, 1)).collect();
    let mut values = 0;
    while let Some((value, depth)) = waiting.pop() {
        values += 1;
        if values > limits.variable_values {
            let name = "the number of values in variables";
            return Err(Refusal::limit(name, values, limits.variable_values, "send them in several requests"));
        }
        if matches!(value, Value::List(_) | Value::Object(_)) && depth > limits.brackets {
            let (given, way_round) = (format!("more than {}", limits.brackets), "flatten what stands in each other");
            return Err(Refusal::limit("the depth of a variable", given, limits.brackets, way_round));
        }
        match value {
            Value::List(list) => waiting.extend(list.iter().map(|value| (value, depth + 1))),
            Value::Object(object) => waiting.extend(object.values().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    Ok(())
}
