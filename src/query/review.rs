//! Pairs of entities that look the same and were not joined, as a list to be gone through.
//!
//! `review(&snapshot, pairs, &[Person], &PageRequest::first(10))` → the ten likeliest pairs of people, each with mentions to read
//!
//! A pair of which the snapshot lacks one is left out. Must not judge.

use crate::graph::{EntityRow, Graph, MentionRow};
use crate::model::{Candidate, EntityKind, fold};
use crate::snapshot::Snapshot;

use super::order::{Part, Sorting};
use super::page::{Rows, page};
use super::{Page, PageRequest, Refusal};

/// How many mentions of each of two entities are shown.
const MENTIONS: usize = 2;
/// How many mentions are looked through for the name that both share.
const LOOKED_THROUGH: usize = 200;

/// Two entities that look the same, with where to read of them.
#[derive(Clone, Debug, PartialEq)]
pub struct InDoubt {
    /// One, with the smaller id.
    pub one: EntityRow,
    /// The other.
    pub other: EntityRow,
    /// What was found out about them.
    pub candidate: Candidate,
    /// Mentions of both by the name that they share, where there are such, the one's first.
    pub mentions: Vec<MentionRow>,
}

/// The pairs of some kinds (none: all) whose entities the snapshot has, the likeliest to be one first, then by ids.
///
/// # Errors
/// A page size beyond its limit, or a cursor of another list.
pub fn review(
    snapshot: &Snapshot,
    candidates: &[Candidate],
    kinds: &[EntityKind],
    request: &PageRequest,
) -> Result<Page<InDoubt>, Refusal> {
    let graph = snapshot.graph();
    let rows = |candidate: &Candidate| {
        let (one, other) = (graph.find_entity(&candidate.one)?.row(), graph.find_entity(&candidate.other)?.row());
        let wanted = kinds.is_empty() || kinds.contains(&graph.entity(one).kind);
        (one != other && wanted).then_some((one, other))
    };
    let found: Vec<_> = candidates.iter().filter_map(|candidate| Some((rows(candidate)?, candidate))).collect();
    let key = |at: usize| {
        let candidate = found[at].1;
        let text = |id: &crate::model::EntityId| Part::Text(id.as_str().to_owned());
        vec![Part::Number(candidate.likelihood), text(&candidate.one), text(&candidate.other)]
    };
    let sorting = Sorting::by(key, &[true, false, false]);
    let page = page(request, &Rows::Listed((0..found.len()).collect()), &sorting, |_| true)?;
    Ok(page.map(|at| {
        let ((one, other), candidate) = found[at];
        let mentions = [one, other].iter().flat_map(|row| mentions_as(graph, *row, &fold(&candidate.name))).collect();
        InDoubt { one, other, candidate: candidate.clone(), mentions }
    }))
}

/// Some mentions of an entity, those by this name first.
fn mentions_as(graph: &Graph, row: EntityRow, name: &str) -> Vec<MentionRow> {
    let called = |mention: &MentionRow| {
        let text = &graph.document(mention.document).text;
        fold(graph.mention(*mention).span.of(text)) == name
    };
    let (by_name, others): (Vec<_>, Vec<_>) = graph.mentions(row).take(LOOKED_THROUGH).partition(called);
    by_name.into_iter().chain(others).take(MENTIONS).collect()
}
