//! Entities of one document: found, missed, spurious; and of what sort the mistakes are.
//!
//! gold «Police nationale», record «Police nationale du Lac» → one missed, one spurious, both explained by one `boundary`
//!
//! A mistake explains at most one missed and one spurious entity: matching names of another kind first, then the greatest
//! share of words in common. Must not look at relations.

use std::collections::BTreeSet;

use super::case::Case;
use super::class::Class;
use super::evaluation::Evaluation;
use super::scope::{is_loose, is_scored};
use crate::model::RecordEntity;

/// Counts the entities of a document and puts the mistakes into classes.
pub(super) fn score(case: &Case<'_>, into: &mut Evaluation) {
    let (spurious, missed) = count(case, into);
    let (mut explained, mut excused) = (BTreeSet::new(), BTreeSet::new());
    for twin in twins(case, &spurious, &missed) {
        if explained.contains(&twin.gold) || excused.contains(&twin.predicted) {
            continue;
        }
        explained.insert(twin.gold);
        excused.insert(twin.predicted);
        let (found, wanted) = (&case.entities[twin.predicted], named(case, twin.gold));
        into.mistake(case.gold, twin.class, format!("{wanted} was read as {} «{}»", found.kind, found.name));
    }
    for at in spurious.into_iter().filter(|at| !excused.contains(at)) {
        let RecordEntity { id, kind, name, .. } = &case.entities[at];
        match case.pairing.duplicated(id) {
            Some(gold) => {
                let text = format!("{kind} «{name}» is a second node for {}", named(case, gold));
                into.mistake(case.gold, Class::Duplicate, text);
            }
            None => into.mistake(case.gold, Class::Spurious, format!("{kind} «{name}» is not in the gold")),
        }
    }
    for at in missed.into_iter().filter(|at| !explained.contains(at)) {
        into.mistake(case.gold, Class::Missed, format!("{} was not found", named(case, at)));
    }
}

/// Counts; gives the indices of spurious predictions and of missed gold entities.
fn count(case: &Case<'_>, into: &mut Evaluation) -> (Vec<usize>, Vec<usize>) {
    let (mut spurious, mut missed) = (Vec::new(), Vec::new());
    for (at, entity) in case.entities.iter().enumerate().filter(|(_, entity)| is_scored(entity.kind)) {
        let Some(gold) = case.pairing.matched(&entity.id).map(|gold| &case.gold.entities[gold]) else {
            into.entities.of(entity.kind).spurious += 1;
            spurious.push(at);
            continue;
        };
        if gold.optional {
            continue;
        }
        into.entities.of(entity.kind).found += 1;
        if let Some(iso) = &gold.iso {
            let ids = ["iso3166-1", "iso3166_1"].map(|scheme| entity.external_ids.get(scheme));
            into.countries_linked.count(ids.contains(&Some(iso)));
        }
    }
    for (at, entity) in case.gold.entities.iter().enumerate() {
        if !entity.optional && is_scored(entity.kind) && !case.pairing.is_found(at) {
            into.entities.of(entity.kind).missed += 1;
            missed.push(at);
        }
    }
    (spurious, missed)
}

/// A missed gold entity and a spurious prediction that were perhaps meant to be one.
struct Twin {
    class: Class,
    likeness: f64,
    predicted: usize,
    gold: usize,
}

/// All pairs of spurious and missed that explain each other, best first.
fn twins(case: &Case<'_>, spurious: &[usize], missed: &[usize]) -> Vec<Twin> {
    let single = |at: &&usize| case.pairing.duplicated(&case.entities[**at].id).is_none();
    let mut twins = Vec::new();
    for &predicted in spurious.iter().filter(single) {
        for &gold in missed {
            let kind = case.gold.entities[gold].kind;
            let (names, wanted) = (&case.names[predicted], &case.gold_names[gold]);
            let (class, likeness) = match case.entities[predicted].kind == kind {
                true => (Class::Boundary, names.overlap(wanted)),
                false => (Class::Kind, names.similarity(wanted, is_loose(kind))),
            };
            if likeness > 0.0 {
                twins.push(Twin { class, likeness, predicted, gold });
            }
        }
    }
    let key = |twin: &Twin| (twin.class, &case.entities[twin.predicted].id, &case.gold.entities[twin.gold].id);
    twins.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| key(a).cmp(&key(b))));
    twins
}

/// A gold entity as messages name it.
fn named(case: &Case<'_>, gold: usize) -> String {
    let entity = &case.gold.entities[gold];
    format!("{} «{}»", entity.kind, entity.names[0])
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Draft, classes, evaluate};
    use super::*;

    #[test]
    fn each_mistake_has_a_class() {
        let evaluation = evaluate(
            &Draft::new()
                .entity("a", "ORGANIZATION", "Union européenne de radio")
                .entity("b", "ORGANIZATION", "OIM")
                .entity("c", "ORGANIZATION", "Organisation internationale pour les migrations")
                .entity("d", "ORGANIZATION", "Ana Ruiz")
                .entity("e", "PLACE", "Ailleurs"),
        );
        let found = classes(&evaluation, false);
        assert_eq!(
            found,
            [
                (Class::Kind, "PERSON «Ana Ruiz» was read as ORGANIZATION «Ana Ruiz»"),
                (
                    Class::Boundary,
                    "ORGANIZATION «Union européenne» was read as ORGANIZATION «Union européenne de radio»"
                ),
                (
                    Class::Duplicate,
                    "ORGANIZATION «Organisation internationale pour les migrations» is a second node for ORGANIZATION «OIM»"
                ),
                (Class::Spurious, "PLACE «Ailleurs» is not in the gold"),
                (Class::Missed, "ORGANIZATION «OIM Tchad» was not found"),
                (Class::Missed, "COUNTRY «Tchad» was not found"),
                (Class::Missed, "PLACE «Mao» was not found"),
                (Class::Missed, "PROJECT «Passages dignes» was not found"),
                (Class::Missed, "EVENT «atelier régional de Dakar» was not found"),
            ]
        );
        let total = evaluation.entities.total();
        let sum = |classes: &[Class]| classes.iter().map(|class| evaluation.mistakes_of(*class)).sum::<usize>();
        assert_eq!(total.missed, sum(&[Class::Boundary, Class::Kind, Class::Missed]));
        assert_eq!(total.spurious, sum(&[Class::Boundary, Class::Kind, Class::Duplicate, Class::Spurious]));
    }

    #[test]
    fn the_greatest_overlap_explains_first_and_only_once() {
        let draft = Draft::new().entity("a", "ORGANIZATION", "Union européenne de radio et de télévision").entity(
            "b",
            "ORGANIZATION",
            "Union européenne de radio",
        );
        let evaluation = evaluate(&draft);
        assert_eq!(evaluation.mistakes_of(Class::Boundary), 1);
        let spurious: Vec<_> = evaluation.mistakes.iter().filter(|m| m.class == Class::Spurious).collect();
        assert!(spurious.len() == 1 && spurious[0].text.contains("télévision"), "{spurious:?}");
    }

    #[test]
    fn what_is_optional_or_not_scored_does_not_count() {
        let draft = Draft::new().entity("a", "PLACE", "lac Tchad").entity("b", "TOPIC", "migration");
        let total = evaluate(&draft).entities.total();
        assert_eq!((total.found, total.spurious), (0, 0));
    }

    #[test]
    fn a_country_is_linked_by_its_code() {
        let draft = Draft::new().entity("a", "COUNTRY", "Tchad");
        assert_eq!(evaluate(&draft).countries_linked.fraction(), Some(0.0));
        assert_eq!(evaluate(&draft.iso("a", "TD")).countries_linked.fraction(), Some(1.0));
    }
}
