//! The entities of the gold that are hard to find, counted apart: nested, coordinated, metonymic.
//!
//! *l’OIM Tchad* → «Tchad» is nested; *les ministères de la Santé et de l’Éducation* → «ministère de l'Éducation» is coordinated;
//! *le Canada finance …* → «Canada» is metonymic
//!
//! Only required entities of scored kinds count; optional ones may be what they are nested in or share a name with. Must not
//! judge predictions.

use std::ops::Range;

use super::case::Case;
use super::class::Difficulty;
use super::evaluation::Evaluation;
use super::scope::{is_action, is_scored};
use super::words::Words;
use crate::model::EntityKind;
use crate::ontology::ontology;

/// Counts the difficult entities of a document, found or missed.
pub(super) fn score(case: &Case<'_>, into: &mut Evaluation) {
    let words = Words::new(case.text);
    let places: Vec<Vec<Range<usize>>> = case
        .gold
        .entities
        .iter()
        .map(|entity| entity.names.iter().flat_map(|name| words.find(name)).collect())
        .collect();
    for (at, entity) in case.gold.entities.iter().enumerate() {
        if entity.optional || !is_scored(entity.kind) {
            continue;
        }
        let first = &entity.names[0];
        let difficulties = [
            (Difficulty::Nested, is_nested(at, &places)),
            (Difficulty::Coordination, words.find(first).is_empty() && words.shares_head(first)),
            (Difficulty::Metonymy, shares_name(case, at) || is_acting_country(case, at)),
        ];
        for (difficulty, _) in difficulties.into_iter().filter(|(_, is)| *is) {
            let count = into.difficult.entry(difficulty).or_default();
            match case.pairing.is_found(at) {
                true => count.found += 1,
                false => count.missed += 1,
            }
        }
    }
}

fn is_nested(at: usize, places: &[Vec<Range<usize>>]) -> bool {
    let others = || places.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, places)| places);
    let inside = |place: &Range<usize>| {
        others().any(|other| other.len() > place.len() && other.start <= place.start && place.end <= other.end)
    };
    !places[at].is_empty() && places[at].iter().all(inside)
}

fn shares_name(case: &Case<'_>, at: usize) -> bool {
    let kind = case.gold.entities[at].kind;
    let others = case.gold.entities.iter().zip(&case.gold_names);
    others.filter(|(entity, _)| entity.kind != kind).any(|(_, names)| names.agree(&case.gold_names[at]))
}

/// Whether it is a country that a required relation makes an actor, in a symmetric relation at either end.
fn is_acting_country(case: &Case<'_>, at: usize) -> bool {
    let acts =
        case.gold.relations.iter().filter(|relation| !relation.optional && is_action(relation.kind)).any(|relation| {
            relation.subjects.contains(&at)
                || (ontology().is_symmetric(relation.kind) && relation.objects.contains(&at))
        });
    acts && case.gold.entities[at].kind == EntityKind::Country
}

#[cfg(test)]
mod tests {
    use super::super::sample::Draft;
    use super::super::{Count, Evaluation, Gold};
    use super::*;

    fn difficult(json: &str, draft: Draft) -> Vec<(Difficulty, usize, usize)> {
        let mut evaluation = Evaluation::default();
        evaluation.add(&Gold::read("d.json", json).expect("sound gold"), Some(&draft.record()));
        let row =
            |(difficulty, Count { found, missed, .. }): (&Difficulty, &Count)| (*difficulty, *found, found + missed);
        evaluation.difficult.iter().map(row).collect()
    }

    #[test]
    fn names_only_inside_longer_names_are_nested() {
        let gold = r#"{"doc":"d","entities":[
            {"id":"td","kind":"COUNTRY","names":["Tchad"]},{"id":"ne","kind":"COUNTRY","names":["Niger"]},
            {"id":"iom","kind":"ORGANIZATION","names":["OIM Tchad"]},{"id":"iomne","kind":"ORGANIZATION","names":["OIM Niger"]}],
            "relations":[]}"#;
        let draft = Draft::new().text("L’OIM Tchad et l’OIM Niger, au Niger").entity("td", "COUNTRY", "Tchad");
        assert_eq!(difficult(gold, draft), [(Difficulty::Nested, 1, 1)]);
    }

    #[test]
    fn shared_heads_are_coordination() {
        let gold = r#"{"doc":"d","entities":[
            {"id":"a","kind":"ORGANIZATION","names":["ministère de la Santé"]},
            {"id":"b","kind":"ORGANIZATION","names":["ministère de l'Éducation","Éducation"]},
            {"id":"c","kind":"ORGANIZATION","names":["ministère du Plan"]}],"relations":[]}"#;
        let draft = Draft::new().text("Les ministères de la Santé et de l’Éducation avec le ministère du Plan").entity(
            "x",
            "ORGANIZATION",
            "Ministère de la santé",
        );
        assert_eq!(difficult(gold, draft), [(Difficulty::Coordination, 1, 2)]);
    }

    #[test]
    fn shared_names_and_acting_countries_are_metonymy() {
        let gold = r#"{"doc":"d","entities":[
            {"id":"ca","kind":"COUNTRY","names":["Canada"]},{"id":"fr","kind":"COUNTRY","names":["France"]},
            {"id":"ml","kind":"COUNTRY","names":["Mali"]},{"id":"p","kind":"PROJECT","names":["Lac"]}],
            "optional_entities":[{"id":"lac","kind":"PLACE","names":["le Lac"]}],
            "relations":[{"kind":"FUNDS","subject":"ca","object":["p","ml"]},{"kind":"PARTNERS_WITH","subject":"ca","object":"fr"}]}"#;
        let draft = Draft::new().entity("x", "PROJECT", "Lac");
        assert_eq!(difficult(gold, draft), [(Difficulty::Metonymy, 1, 3)]);
    }
}
