//! What a list starts from: neighbours of what a filter names are found without going through everything, and are the same.

use maillage::graph::Effort;
use maillage::model::{EntityKind, RelationKind};
use maillage::query::{
    self, Direction, EntityFacet, EntityFilter, NumberFilter, PageRequest, RelatedFilter, RelationFilter,
    RelationsFilter,
};
use maillage::snapshot::Snapshot;
use proptest::prelude::*;
use proptest::sample::select;

use crate::random_graph::{DOCUMENTS, KINDS, RELATIONS, snapshot};

/// The same filter said so that nothing can start from what it names.
fn from_everything(filter: &EntityFilter) -> EntityFilter {
    let not = |filter: EntityFilter| EntityFilter { not: Some(Box::new(filter)), ..Default::default() };
    not(not(filter.clone()))
}

fn list(snapshot: &Snapshot, filter: &EntityFilter) -> (Vec<usize>, Option<usize>) {
    let request = PageRequest { count: true, ..PageRequest::first(100) };
    let page = query::entities(snapshot, filter, &[], &request).expect("a small graph is listed");
    (page.items.iter().map(|item| item.row.position()).collect(), page.total)
}

fn counts(snapshot: &Snapshot, filter: &EntityFilter) -> (usize, Vec<query::Facet>) {
    let by = [EntityFacet::Kind, EntityFacet::Location, EntityFacet::Year, EntityFacet::RelationKind];
    let mut effort = Effort::of(100_000);
    let found = query::entity_facets(snapshot, filter, &by, Some(3), &mut effort).expect("a small graph is counted");
    (found.total, found.facets)
}

prop_compose! {
    fn related()(
        kinds in proptest::option::of(proptest::sample::subsequence(RELATIONS.to_vec(), 0..=2)),
        direction in select(&[Direction::Out, Direction::In, Direction::Both][..]),
        sure in proptest::option::weighted(0.3, select(&[0.5, 0.8][..])),
        end_kind in proptest::option::weighted(0.2, select(&KINDS[..])),
    ) -> (Option<Vec<RelationKind>>, Direction, Option<f64>, Option<EntityKind>) {
        (kinds, direction, sure, end_kind)
    }
}

proptest! {
    #[test]
    fn neighbours_of_what_is_named_are_those_that_a_filter_holds_for(
        seed in 0..200_u64,
        which in proptest::collection::btree_set(0..11_usize, 1..3),
        (kinds, direction, sure, end_kind) in related(),
        wanted in proptest::option::of(proptest::sample::subsequence(KINDS.to_vec(), 0..=3)),
        named in proptest::option::weighted(0.3, any::<bool>()),
    ) {
        let snapshot = snapshot(seed, DOCUMENTS);
        let graph = snapshot.graph();
        let ids = which.iter().filter_map(|at| graph.entity_rows().nth(*at)).map(|row| graph.entity(row).id.clone());
        let end = EntityFilter {
            ids: Some(ids.collect()),
            kinds: end_kind.map(|kind| [kind].into()),
            ..Default::default()
        };
        let confidence = |least| NumberFilter { gte: Some(least), ..Default::default() };
        let some = RelatedFilter {
            kinds: kinds.map(|kinds| kinds.into_iter().collect()),
            direction,
            relation: sure.map(|sure| RelationFilter { confidence: Some(confidence(sure)), ..Default::default() }),
            entity: Some(end),
        };
        let filter = EntityFilter {
            kinds: wanted.map(|kinds| kinds.into_iter().collect()),
            named,
            relations: Some(Box::new(RelationsFilter { some: Some(some), ..Default::default() })),
            ..Default::default()
        };
        let whole = from_everything(&filter);
        prop_assert_eq!(list(&snapshot, &filter), list(&snapshot, &whole));
        prop_assert_eq!(counts(&snapshot, &filter), counts(&snapshot, &whole));
    }
}
