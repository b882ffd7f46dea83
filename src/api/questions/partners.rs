//! Who works with whom.
//!
//! `partners(of: "OIM") { partners { weight entity { name } shared { entity { name } weight } } }`

use async_graphql::{Context, Object, SimpleObject};

use crate::query;
use crate::snapshot::Snapshot;

use crate::api::answer::{Answer, rounded, snapshot};
use crate::api::entity::Entity;
use crate::api::entity_types::FromRow;
use crate::api::kinds::{EntityKind, TruncatedBy};
use crate::api::pool::heavy;

use super::paths::{ReadRelation, SharedEntity};

/// Who works with whom.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partnerships;

/// Who works with whom.
#[Object]
impl Partnerships {
    /// The organizations that are joined with one by shared projects, events, publications, funding and membership, or directly.
    ///
    /// weight = best confidence of a direct relation (FUNDS, SUPPORTS, PARTNERS_WITH, MEMBER_OF or PART_OF, else 0) +
    /// the sum of the weights of what is shared. What
    /// is shared weighs (best confidence on one side × best confidence on the other) / (n − 1), where n is the number of organizations and
    /// countries that share it.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An organization or country, by id or by a name that only it has. Example: \"OIM\"")]
        of: String,
        #[graphql(desc = "The kinds of partners, [ORGANIZATION] when absent. Example: [ORGANIZATION, COUNTRY]")]
        kinds: Option<Vec<EntityKind>>,
        #[graphql(desc = "How many; 20 when absent, at most 100.")] first: Option<i32>,
    ) -> Answer<PartnersAnswer> {
        let kinds: Vec<_> = kinds.into_iter().flatten().map(Into::into).collect();
        let found = heavy(ctx, move |snapshot, effort| query::partners(snapshot, &of, &kinds, first, effort)).await;
        Some(found.map(|found| PartnersAnswer::told(snapshot(ctx), found)))
    }
}

/// Somebody who is joined with the one that was asked about.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct Partner {
    /// Who.
    entity: Entity,
    /// How much joins the two.
    weight: f64,
    /// The relations between the two, most confident first, read from the one that was asked about.
    direct: Vec<ReadRelation>,
    /// What both have to do with, what weighs most first: `ours` is the side of the one that was asked about.
    shared: Vec<SharedEntity>,
}

/// The partners of an organization or country.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct PartnersAnswer {
    /// The one that was asked about.
    of: Entity,
    /// The partners, those of most weight first, then by id.
    partners: Vec<Partner>,
    /// How many there are, as far as the search went.
    total_count: usize,
    /// Whether these are all.
    complete: bool,
    /// What cut the answer, when it is not complete.
    truncated_by: Option<TruncatedBy>,
    /// How many relations were looked at.
    explored: usize,
}

impl PartnersAnswer {
    fn told(snapshot: &Snapshot, found: query::Partners) -> Self {
        let partner = |partner: query::Partner| Partner {
            entity: Entity::from_row(snapshot, partner.entity),
            weight: rounded(partner.weight),
            direct: partner.direct.into_iter().map(Into::into).collect(),
            shared: partner.shared.into_iter().map(|shared| SharedEntity::of(snapshot, shared)).collect(),
        };
        Self {
            of: Entity::from_row(snapshot, found.of),
            partners: found.partners.into_iter().map(partner).collect(),
            total_count: found.total,
            complete: found.cut.is_none(),
            truncated_by: found.cut.map(Into::into),
            explored: found.explored,
        }
    }
}
