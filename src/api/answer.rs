//! What resolvers share: the snapshot of their request, and ids as GraphQL writes them.
//!
//! `the(&entity.id)` → `ID("country:CA")`

use std::fmt::Display;
use std::sync::Arc;

use async_graphql::{Context, ID};

use crate::model;
use crate::query::Refusal;
use crate::snapshot::Snapshot;

use super::view::View;

/// A field that may be refused: null then, so that a refusal leaves its neighbours alone. (With a bare `Result` the error's path
/// would end above the field in async-graphql 8.0.0-rc.5, and be absent in a field of an interface.)
pub(super) type Answer<T> = Option<Result<T, Refusal>>;

/// What this request sees.
pub(super) fn view<'c>(ctx: &Context<'c>) -> &'c View {
    ctx.data_unchecked::<Arc<View>>()
}

/// The snapshot that this request keeps from beginning to end, or behind a write the one that has it.
pub(super) fn snapshot<'c>(ctx: &Context<'c>) -> &'c Snapshot {
    view(ctx).latest()
}

/// An id of ours as a GraphQL id.
pub(super) fn the(id: impl Display) -> ID {
    ID(id.to_string())
}

/// A number between 0 and 1 as it was meant: 0.9, where single precision holds 0.899999976.
pub(super) fn rounded(number: impl Into<f64>) -> f64 {
    (number.into() * 1e6).round() / 1e6
}

/// The languages that a reader asked for.
pub(super) fn languages(languages: Option<Vec<super::kinds::Language>>) -> Vec<model::Language> {
    languages.unwrap_or_default().into_iter().map(Into::into).collect()
}
