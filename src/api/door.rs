//! The one door for requests: guard, parse, measure, execute, and give every error its code.
//!
//! `{ entities(first: 500) { totalCount } }` → error *first is 500, but at most 100 is allowed …*, code LIMIT_EXCEEDED
//!
//! A request keeps one snapshot from beginning to end, or goes on with the one that has what it wrote; the answer tells its version.

use std::sync::Arc;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, VariableDefinition,
};
use async_graphql::{ErrorExtensionValues, Name, Request, Response, ServerError, Value, value};

use crate::knowledge_base::KnowledgeBase;
use crate::query::{Code, Refusal};

use super::limits::guard_variables;
use super::measure::{Cost, PagedFields, cost};
use super::plan::Plans;
use super::view::View;
use super::{Limits, Schema, guard};

/// What the framework cannot know of a field that only some kinds of entities have.
const KIND_HINT: &str =
    " Fields of one kind of entity stand in a fragment, such as: ... on Project { funders { nodes { name } } }";

/// The request extension by which a client asks what its request costs.
pub const COST: &str = "cost";

/// What a server without a store says to whoever would write.
const READS_ONLY: &str = "this server only reads; start it with --data DIR to write";

/// Executes a request against the current snapshot.
///
/// Every error carries `extensions.code`; the answer carries `extensions.graph.version`, and `extensions.cost` when the request has
/// the extension [`COST`] or was refused for what it costs. Errors without a path mean that nothing was executed: the answer has
/// no data then.
pub async fn execute(schema: &Schema, request: impl Into<Request>) -> Response {
    let mut request = request.into();
    let Some(base) = schema.data::<Arc<KnowledgeBase>>() else {
        return refusal(coded("this schema has no data", "INTERNAL"));
    };
    let view = Arc::new(View::new(base.snapshot()));
    let told = request.extensions.get(COST).is_some_and(|asked| *asked == Value::Boolean(true));
    let (response, cost) = match admit(schema, &mut request) {
        Err(rejected) => {
            let (error, cost) = *rejected;
            (refusal(error), cost)
        }
        Ok((document, cost)) => {
            let plans = schema.data::<Plans>().filter(|plans| plans.is_new(&request.query));
            let text = plans.map(|_| request.query.clone());
            let response = schema.run(request.data(Arc::clone(&view))).await;
            // What was answered is valid, and may come again.
            if let Some((plans, text)) = plans.zip(text).filter(|_| response.errors.is_empty()) {
                plans.learn(text, document);
            }
            (response, Some(cost))
        }
    };
    let response = answered(response, &view);
    let limits = schema.data::<Limits>().cloned().unwrap_or_default();
    if told || response.errors.iter().any(exceeds) { with_cost(response, cost, &limits) } else { response }
}

/// The answer to a request that is not executed.
pub(super) fn refusal(error: ServerError) -> Response {
    let mut response = Response::from_errors(vec![error]);
    response.errors.iter_mut().for_each(add_code);
    response
}

/// An answer with the codes of its errors and the version that it was given from.
pub(super) fn answered(mut response: Response, view: &View) -> Response {
    response.errors.iter_mut().for_each(add_code);
    // What else is wrong with a mutation where there are none is no help.
    if response.errors.iter().any(|error| error.message == READS_ONLY) {
        response.errors.retain(|error| error.message == READS_ONLY);
        response.errors.truncate(1);
    }
    response.extensions.insert("graph".into(), value!({ "version": view.latest().version() }));
    response
}

/// Whether an error says that more was asked for than is given.
fn exceeds(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code == Some(&Value::String(Code::LimitExceeded.as_str().into()))
}

/// An answer that tells what its request costs, each beside the most that is allowed; what was refused unread has no cost.
fn with_cost(mut response: Response, cost: Option<Cost>, limits: &Limits) -> Response {
    let most = value!({
        "depth": limits.depth,
        "complexity": limits.complexity,
        "aliases": limits.aliases,
        "directives": limits.directives,
        "fields": limits.fields,
        "rootFields": limits.root_fields,
        "introspection": limits.introspection,
    });
    let told = match cost {
        None => value!({ "most": most }),
        Some(cost) => value!({
            "depth": cost.depth,
            "complexity": cost.complexity,
            "aliases": cost.aliases,
            "directives": cost.directives,
            "fields": cost.fields,
            "rootFields": cost.root_fields,
            "introspection": cost.introspection,
            "most": most,
        }),
    };
    response.extensions.insert(COST.into(), told);
    response
}

/// The type of the operation that would be executed; none when there is none.
pub(super) fn operation_type(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    find_operation(document, name).map(|(_, operation)| operation.ty)
}

/// The operation that would be executed, with its name if it has one.
fn find_operation<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Option<(Option<&'d Name>, &'d OperationDefinition)> {
    let mut all = document.operations.iter();
    let found = match (&document.operations, name) {
        (DocumentOperations::Multiple(_), Some(asked)) => all.find(|(name, _)| name.is_some_and(|name| name == asked)),
        // One that has a name is meant without being named.
        _ => all.next().filter(|_| all.next().is_none()),
    };
    found.map(|(name, operation)| (name, &operation.node))
}

/// The type of the operation that a request would execute, without executing anything; none when that cannot be told. The parsed
/// query stays in the request, so that it is parsed once.
pub fn operation_of(request: &mut Request, limits: &Limits) -> Option<OperationType> {
    // The parser recurses into brackets: nothing is parsed that the guard refuses.
    guard(&request.query, limits).ok()?;
    let name = request.operation_name.clone();
    operation_type(request.parsed_query().ok()?, name.as_deref())
}

/// The name of the operation that a request would execute, for a request that [`operation_of`] has read; none when it has none.
pub fn operation_name(request: &mut Request) -> Option<String> {
    let asked = request.operation_name.clone();
    let (name, _) = find_operation(request.parsed_query().ok()?, asked.as_deref())?;
    name.map(ToString::to_string)
}

/// Why a request is not let through, and what it would cost when that is known.
pub(super) type Rejected = Box<(ServerError, Option<Cost>)>;

/// Lets a request through when it can be parsed and does not ask for too much; keeps the parsed query for its execution.
pub(super) fn admit(schema: &Schema, request: &mut Request) -> Result<(ExecutableDocument, Cost), Rejected> {
    let default = Limits::default();
    let limits = schema.data::<Limits>().unwrap_or(&default);
    let unread = |refusal| Box::new((refused(refusal), None));
    guard(&request.query, limits).map_err(unread)?;
    guard_variables(&request.variables, limits).map_err(unread)?;
    let parsed = request.parsed_query().cloned();
    let document = parsed.map_err(|mut error| {
        set_code(&mut error, "GRAPHQL_PARSE_FAILED");
        Box::new((error, None))
    })?;
    let found =
        schema.data::<PagedFields>().map(|paged| cost(&document, &request.variables, paged)).unwrap_or_default();
    let measured = |refusal| Box::new((refused(refusal), Some(found)));
    found.check(limits).map_err(measured)?;
    check_variables(&document, request).map_err(measured)?;
    Ok((document, found))
}

/// Refuses a request that leaves out a variable which cannot be null; the framework would take it for null.
pub(super) fn check_variables(document: &ExecutableDocument, request: &Request) -> Result<(), Refusal> {
    let asked = |name: Option<&Name>| {
        request.operation_name.is_none() || name.map(Name::as_str) == request.operation_name.as_deref()
    };
    let operations = document.operations.iter().filter(|(name, _)| asked(*name));
    for definition in operations.flat_map(|(_, operation)| &operation.node.variable_definitions) {
        let VariableDefinition { name, var_type, default_value, .. } = &definition.node;
        let given = request.variables.get(&name.node).is_some_and(|value| *value != Value::Null);
        if !given && !var_type.node.nullable && default_value.is_none() {
            return Err(Refusal::bad_input(format!("variable ${} of type {} is missing", name.node, var_type.node)));
        }
    }
    Ok(())
}

fn refused(refusal: Refusal) -> ServerError {
    coded(&refusal.message, refusal.code.as_str())
}

fn coded(message: &str, code: &str) -> ServerError {
    let mut error = ServerError::new(message, None);
    set_code(&mut error, code);
    error
}

/// Gives an error its code. What our resolvers refuse carries the refusal; what has no path was refused before execution;
/// the rest is the framework's conversion of arguments.
fn add_code(error: &mut ServerError) {
    error.message.truncate(error.message.trim_end().len());
    if error.message.starts_with("Unknown field") && error.message.contains("on type \"Entity\"") {
        error.message.push_str(KIND_HINT);
    }
    if error.extensions.as_ref().is_some_and(|e| e.get("code").is_some()) {
        return;
    }
    if error.message.ends_with("not configured for mutations.")
        || error.message.ends_with("not configured for mutations")
    {
        error.message = READS_ONLY.into();
        return set_code(error, Code::Forbidden.as_str());
    }
    if let Some(refusal) = error.source::<Refusal>().cloned() {
        set_code(error, refusal.code.as_str());
        if !refusal.candidates.is_empty() {
            let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
            extensions.set("candidates", refusal.candidates);
        }
        return;
    }
    let code = match error.message.as_str() {
        message if message.to_lowercase().contains("operation name") => "OPERATION_RESOLUTION_FAILURE",
        message if message.starts_with("Unknown operation") => "OPERATION_RESOLUTION_FAILURE",
        message if message.starts_with("internal:") || message.starts_with("Data `") => "INTERNAL",
        _ if error.path.is_empty() => "GRAPHQL_VALIDATION_FAILED",
        _ => "BAD_USER_INPUT",
    };
    set_code(error, code);
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}
