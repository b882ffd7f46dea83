//! Queries that come again are planned once and answered without the executor.
//!
//! The second `query Card($id: ID!) { entity(id: $id) { name … } }` → its plan, with other variables
//!
//! The executor gives every field of every object a future and a value of its own, which costs ten times what the graph does. A query that
//! it has once answered without errors is valid; when it asks for nothing but what [`compile`] knows, it is kept with its plan: what to
//! write for each type, with fragments and aliases resolved. From then on [`write`] walks the graph and writes JSON. Whatever is out of
//! the ordinary – a wrong argument, a refusal, an answer that is very large – is left to the executor, so that both always say the
//! same; `tests/it/plans.rs` compares them. Must not change what a query means.

mod answers;
mod arguments;
mod compile;
mod compile_answers;
mod heavy;
mod inputs;
mod shape;
mod write;
mod write_answers;

use std::sync::{Arc, OnceLock};

use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationDefinition};
use async_graphql::{Name, Request, Value, Variables};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use self::arguments::{Arguments, Bindings};
use self::compile::{Compiled, compile};
use self::write::Writer;
use super::door::{COST, check_variables};
use super::limits::guard_variables;
use super::measure::{Cost, PagedFields, cost};
use super::pool::Pool;
use super::{Limits, Schema};
use crate::knowledge_base::KnowledgeBase;

/// About how many queries are kept, and how many bytes of their texts at most.
const QUERIES: usize = 1_000;
const BYTES: u64 = 4 << 20;

/// The most fields of an answer, were every page full, that is written in one go; what is larger is left to the executor, which gives way
/// to others.
const COMPLEXITY_MAX: usize = 50_000;

/// Queries that were answered before, by their texts; none for those that only the executor answers.
pub(super) struct Plans(Cache<String, Option<Planned>, TextLength>);

#[derive(Clone)]
struct TextLength;

impl Weighter<String, Option<Planned>> for TextLength {
    fn weight(&self, text: &String, _: &Option<Planned>) -> u64 {
        text.len() as u64 + 1
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self(Cache::with_weighter(QUERIES, BYTES, TextLength))
    }
}

/// A query that can be answered without the executor.
#[derive(Clone, Debug)]
pub struct Planned(Arc<Plan>);

#[derive(Debug)]
struct Plan {
    compiled: Compiled,
    document: ExecutableDocument,
    /// The arguments, where no variable changes them.
    fixed: Option<Vec<Arguments>>,
    name: Option<String>,
    /// What it costs, where no variable changes that.
    cost: Option<OnceLock<Cost>>,
}

impl Plans {
    /// Whether nothing is known of a query yet.
    pub(super) fn is_new(&self, text: &str) -> bool {
        self.0.peek(text).is_none()
    }

    /// Keeps a query that was answered without errors.
    pub(super) fn learn(&self, text: String, document: ExecutableDocument) {
        let planned = compile(&document).map(|compiled| {
            let name = document.operations.iter().next().and_then(|(name, _)| name.map(ToString::to_string));
            let mut plan = Plan { compiled, document, fixed: None, name, cost: None };
            plan.cost = plan.operation().is_some_and(has_fixed_cost).then(OnceLock::new);
            plan.fixed = plan
                .operation()
                .filter(|o| o.variable_definitions.is_empty())
                .and_then(|_| plan.arguments(&Variables::default()));
            Planned(Arc::new(plan))
        });
        self.0.insert(text, planned);
    }
}

/// The plan of a request's query, when there is one that answers it as the executor would.
pub fn planned(schema: &Schema, request: &Request) -> Option<Planned> {
    let planned = schema.data::<Plans>()?.0.get(request.query.as_str())??;
    let meant = request.operation_name.is_none() || request.operation_name == planned.0.name;
    let costs = request.extensions.get(COST).is_some_and(|asked| *asked == Value::Boolean(true));
    (meant && !costs).then_some(planned)
}

impl Planned {
    /// The body of the answer, in JSON; none when the executor has to give it.
    pub async fn answer(&self, schema: &Schema, request: &Request) -> Option<Vec<u8>> {
        let plan = &self.0;
        let (limits, paged) = (schema.data::<Limits>()?, schema.data::<PagedFields>()?);
        guard_variables(&request.variables, limits).ok()?;
        check_variables(&plan.document, request).ok()?;
        let costs = || cost(&plan.document, &request.variables, paged);
        let costs = plan.cost.as_ref().map_or_else(costs, |known| *known.get_or_init(costs));
        costs.check(limits).ok().filter(|()| costs.complexity <= COMPLEXITY_MAX)?;
        let snapshot = schema.data::<Arc<KnowledgeBase>>()?.snapshot();
        let given;
        let arguments = match &plan.fixed {
            Some(fixed) => fixed,
            None => {
                given = plan.arguments(&request.variables)?;
                &given
            }
        };
        let found = match arguments.iter().any(|call| matches!(call, Arguments::Heavy(_))) {
            true => heavy::found(schema.data::<Pool>()?, &snapshot, arguments).await?,
            false => Vec::new(),
        };
        Writer::new(&snapshot, arguments, &found).answer(&plan.compiled.roots)
    }
}

/// Whether no variable can say how large a page is: the sizes of pages are whole numbers.
fn has_fixed_cost(operation: &OperationDefinition) -> bool {
    let is_number = |ty: &BaseType| *ty == BaseType::Named(Name::new("Int"));
    !operation.variable_definitions.iter().any(|definition| is_number(&definition.node.var_type.node.base))
}

impl Plan {
    fn operation(&self) -> Option<&OperationDefinition> {
        self.document.operations.iter().next().map(|(_, operation)| &operation.node)
    }

    fn arguments(&self, variables: &Variables) -> Option<Vec<Arguments>> {
        let definitions = &self.operation()?.variable_definitions;
        let bindings = Bindings { definitions, given: variables };
        self.compiled.calls.iter().map(|call| call.arguments(bindings)).collect()
    }
}
