//! What people decided, as objects.
//!
//! `decisions { verdict author reason entities { name } }` → `SAME`, `ana`, …

use async_graphql::{Context, Enum, ID, Object};

use crate::model::{self, EntityId, Judged, Judgement};

use super::answer::{snapshot, the};
use super::entity::Entity;
use super::entity_types::FromRow;
use super::input::DateTime;
use super::relation::Relation;

/// What somebody says of entities and relations.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Verdict")]
pub(super) enum Verdict {
    /// Two entities are one thing.
    Same,
    /// Two entities are two things, whatever the rules find.
    Different,
    /// It is as the graph says.
    Confirmed,
    /// It is not: the graph leaves it out.
    Rejected,
}

/// Something that somebody decided.
#[derive(Clone, Debug)]
pub(super) struct Decision(pub(super) model::Decision);

impl Decision {
    fn ids(&self) -> Vec<&EntityId> {
        match &self.0.judgement {
            Judgement::Same(a, b) | Judgement::Different(a, b) => vec![a, b],
            Judgement::Confirmed(Judged::Entity(id)) | Judgement::Rejected(Judged::Entity(id)) => vec![id],
            Judgement::Confirmed(Judged::Relation(..)) | Judgement::Rejected(Judged::Relation(..)) => Vec::new(),
        }
    }

    fn judged(&self) -> Option<model::RelationId> {
        match &self.0.judgement {
            Judgement::Confirmed(judged) | Judgement::Rejected(judged) => judged.relation_id(),
            Judgement::Same(..) | Judgement::Different(..) => None,
        }
    }
}

/// What somebody decided of entities or of a relation. It outlives a newer extraction of the same documents and can be undone.
#[Object]
impl Decision {
    /// Made from all the rest. Example: "decision:1f2e3d4c5b6a7988"
    async fn id(&self) -> ID {
        the(&self.0.id)
    }

    /// What was decided.
    async fn verdict(&self) -> Verdict {
        self.0.judgement.verdict().into()
    }

    /// The ids of the entities that it speaks of, as they were given: two for the same and different.
    async fn entity_ids(&self) -> Vec<ID> {
        self.ids().into_iter().map(the).collect()
    }

    /// The entities that it speaks of, as they are now; null where there is none.
    async fn entities(&self, ctx: &Context<'_>) -> Vec<Option<Entity>> {
        let snapshot = snapshot(ctx);
        let find = |id| snapshot.graph().find_entity(id).map(|found| Entity::from_row(snapshot, found.row()));
        self.ids().into_iter().map(find).collect()
    }

    /// The id of the relation that it speaks of.
    async fn relation_id(&self) -> Option<ID> {
        self.judged().map(the)
    }

    /// The relation that it speaks of; null when the graph leaves it out.
    async fn relation(&self, ctx: &Context<'_>) -> Option<Relation> {
        snapshot(ctx).graph().find_relation(&self.judged()?).map(Relation)
    }

    /// Who decided.
    async fn author(&self) -> &str {
        &self.0.author
    }

    /// Why; may be empty.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// The decision in words.
    async fn text(&self) -> String {
        self.0.judgement.to_string()
    }
}
