//! What resolvers share: the snapshot of their request, and ids as GraphQL writes them.
//!
//! `the(&entity.id)` → `ID("country:ca")`

use std::fmt::Display;
use std::sync::Arc;

use async_graphql::{Context, ID};

use crate::model::{self, DocumentId};
use crate::query::{DocumentRow, Refusal};
use crate::snapshot::Snapshot;

/// The snapshot that this request keeps from beginning to end.
pub(super) fn snapshot<'c>(ctx: &Context<'c>) -> &'c Snapshot {
    ctx.data_unchecked::<Arc<Snapshot>>()
}

/// An id of ours as a GraphQL id.
pub(super) fn the(id: impl Display) -> ID {
    ID(id.to_string())
}

/// The document that something rests on.
pub(super) fn document_row(snapshot: &Snapshot, id: &DocumentId) -> Result<DocumentRow, Refusal> {
    snapshot.graph().find_document(id).ok_or_else(|| Refusal::not_found("document", id))
}

/// The languages that a reader asked for.
pub(super) fn languages(languages: Option<Vec<super::kinds::Language>>) -> Vec<model::Language> {
    languages.unwrap_or_default().into_iter().map(Into::into).collect()
}
