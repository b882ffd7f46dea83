//! Patterns: typed chains as text or as typed input, and the ways to lay them over the graph.
//!
//! `match(pattern: "[Organization]-FUNDS->[Project]-OPERATES_IN->[Country]") { rows { text relations { relation { id } } } }`

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::query::{self, Chain, ChainEntity, ChainHop, Refusal, parse_chain};
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, rounded, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::input::{EntityFilter, RelationFilter};
use crate::api::kinds::{Direction, EntityKind, HopDirection, RelationKind, TruncatedBy};
use crate::api::pool::heavy;
use crate::api::relation::Relation;

/// Patterns laid over the graph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patterns;

/// Patterns laid over the graph.
#[Object]
impl Patterns {
    /// All ways to lay a chain of entities and relations over the graph, given as text (`pattern`) or as typed input (`chain`).
    ///
    /// An entity of a pattern is `[variable: KIND|KIND {name: "…", id: "…", country: "…"}]`, all of it optional; a relation is `-KIND->`,
    /// `<-KIND-` or, either way, `-KIND-`, with `KIND|KIND` for several kinds, nothing (`-->`) for all, and a variable as in `-f:FUNDS->`.
    /// `[o]`, when `o`
    /// was introduced before, is the same entity again. Example: `[Organization]-FUNDS->[Project]-OPERATES_IN->[Country {name: "Sénégal"}]`
    ///
    /// In one row no relation stands twice. The search starts at the entity of the pattern that fewest fit;
    /// rows come by its id, then hop by hop
    /// to its right and to its left by relation kind, confidence (highest first) and the other end's id.
    #[graphql(name = "match")]
    async fn chains(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The chain as text, with at most 6 relations. Example: \"[Organization]-FUNDS->[Project]-OPERATES_IN->[Country {name: \\\"Sénégal\\\"}]\""
        )]
        pattern: Option<String>,
        #[graphql(desc = "The chain as typed input, with at most 6 hops.")] chain: Option<ChainInput>,
        #[graphql(desc = "How many rows; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<ChainsAnswer> {
        let chain: Chain = match (pattern, chain) {
            (Some(pattern), None) => match parse_chain(&pattern) {
                Ok(chain) => chain,
                Err(refusal) => return Some(Err(refusal)),
            },
            (None, Some(chain)) => chain.into(),
            _ => return Some(Err(Refusal::bad_input("give exactly one of pattern and chain"))),
        };
        let names = Names::of(&chain);
        let found = heavy(ctx, move |snapshot, effort| query::match_chain(snapshot, &chain, first, effort)).await;
        Some(found.map(|found| ChainsAnswer::of(snapshot(ctx), &names, found)))
    }
}

/// A chain of entities and relations.
/// Example: `{ start: { kind: [ORGANIZATION] }, hops: [{ relation: { kind: [FUNDS], direction: OUT }, to: { kind: [PROJECT], as: "p" } }] }`
#[derive(Clone, Debug, InputObject)]
pub(super) struct ChainInput {
    /// The first entity.
    start: ChainEntityInput,
    /// What follows, at most 6 hops.
    hops: Vec<ChainHopInput>,
}

/// An entity of a chain. All that is given must hold. Example: `{ kind: [COUNTRY], name: "Sénégal", as: "where" }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct ChainEntityInput {
    /// Of one of these kinds; of any when absent.
    kind: Option<Vec<EntityKind>>,
    /// The entity with this id. Example: "country:SN"
    id: Option<ID>,
    /// An entity with this name or alias, in any case and with or without accents and article. Example: "l'OIM"
    name: Option<String>,
    /// What else must hold.
    #[graphql(name = "where")]
    filter: Option<Box<EntityFilter>>,
    /// What to call it in the rows. A name that is used twice stands for one entity. Example: "funder"
    #[graphql(name = "as")]
    variable: Option<String>,
}

/// A relation of a chain. All that is given must hold. Example: `{ kind: [FUNDS], direction: OUT, as: "money" }`
#[derive(Clone, Debug, Default, InputObject)]
pub(super) struct ChainRelationInput {
    /// Of one of these kinds; of any when absent.
    kind: Option<Vec<RelationKind>>,
    /// Whether the entity before it is its subject (OUT) or object (IN); either when absent.
    direction: Option<Direction>,
    /// What else must hold.
    #[graphql(name = "where")]
    filter: Option<Box<RelationFilter>>,
    /// What to call it in the rows. Example: "money"
    #[graphql(name = "as")]
    variable: Option<String>,
}

/// A step of a chain: a relation, and the entity that it leads to.
#[derive(Clone, Debug, InputObject)]
pub(super) struct ChainHopInput {
    /// The relation; any when absent.
    relation: Option<ChainRelationInput>,
    /// The entity that it leads to.
    to: ChainEntityInput,
}

impl From<ChainEntityInput> for ChainEntity {
    fn from(input: ChainEntityInput) -> Self {
        Self {
            kinds: input.kind.into_iter().flatten().map(Into::into).collect(),
            id: input.id.map(|id| id.0),
            name: input.name,
            country: None,
            filter: input.filter.map(|filter| (*filter).into()),
            variable: input.variable,
        }
    }
}

impl From<ChainInput> for Chain {
    fn from(input: ChainInput) -> Self {
        let hop = |hop: ChainHopInput| {
            let relation = hop.relation.unwrap_or_default();
            ChainHop {
                kinds: relation.kind.into_iter().flatten().map(Into::into).collect(),
                direction: relation.direction.map(Into::into).unwrap_or_default(),
                filter: relation.filter.map(|filter| (*filter).into()),
                variable: relation.variable,
                to: hop.to.into(),
            }
        };
        Self { start: input.start.into(), hops: input.hops.into_iter().map(hop).collect() }
    }
}

/// What the places of a chain are called.
struct Names {
    entities: Vec<Option<String>>,
    relations: Vec<Option<String>>,
}

impl Names {
    fn of(chain: &Chain) -> Self {
        let relations = chain.hops.iter().map(|hop| hop.variable.clone()).collect();
        Self { entities: chain.entities().map(|place| place.variable.clone()).collect(), relations }
    }
}

/// An entity in a row.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct MatchedEntity {
    /// What the pattern calls it.
    variable: Option<String>,
    /// The entity.
    entity: Entity,
}

/// A relation in a row.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct MatchedRelation {
    /// What the pattern calls it.
    variable: Option<String>,
    /// The relation, with its evidence.
    relation: Relation,
    /// How it is read, from left to right.
    direction: HopDirection,
}

/// One way to lay a pattern over the graph.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct MatchRow {
    /// The entities, in the order of the pattern.
    entities: Vec<MatchedEntity>,
    /// The relations between them, one fewer, in the order of the pattern.
    relations: Vec<MatchedRelation>,
    /// The product of the confidences of the relations.
    confidence: f64,
    /// The row in one line. Example: "Canada —FUNDS→ projet régional —OPERATES_IN→ Sénégal"
    text: String,
}

/// The ways to lay a pattern over the graph.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct ChainsAnswer {
    /// The ways.
    rows: Vec<MatchRow>,
    /// Whether these are all.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many entities and relations were tried.
    explored: usize,
}

impl ChainsAnswer {
    fn of(snapshot: &Snapshot, names: &Names, found: query::Chains) -> Self {
        let row = |row: query::ChainRow| {
            let (text, confidence) = (query::row_text(snapshot, &row), query::row_confidence(snapshot, &row));
            let entities = row.entities.into_iter().zip(&names.entities).map(|(entity, name)| MatchedEntity {
                variable: name.clone(),
                entity: Entity::from_row(snapshot, entity),
            });
            let relations = row.steps.into_iter().zip(&names.relations).map(|(step, name)| MatchedRelation {
                variable: name.clone(),
                relation: Relation(step.relation),
                direction: step.forward.into(),
            });
            let (entities, relations) = (entities.collect(), relations.collect());
            MatchRow { entities, relations, confidence: rounded(confidence), text }
        };
        Self {
            rows: found.rows.into_iter().map(row).collect(),
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
