//! Relations of one document: found, missed, spurious; and of what sort the mistakes are.
//!
//! gold «UE FUNDS projet», record «UE FUNDS atelier» → one missed (`not stated` when both ends were found), one spurious
//! (`wrong end`)
//!
//! A gold relation is found once; whoever repeats it, or states an optional one, is neither right nor wrong. Must not judge
//! names.

use std::collections::BTreeSet;

use super::case::Case;
use super::class::Class;
use super::evaluation::Evaluation;
use super::gold::GoldRelation;
use super::scope::is_scored_relation;
use crate::model::{RecordRelation, RecordSpan, RelationKind};
use crate::ontology::ontology;

/// A predicted relation between gold entities.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    kind: RelationKind,
    subject: usize,
    object: usize,
}

/// Counts the relations of a document and puts the mistakes into classes.
pub(super) fn score(case: &Case<'_>, into: &mut Evaluation) {
    let chars: Vec<char> = case.text.chars().collect();
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for relation in case.relations.iter().filter(|relation| is_scored_relation(relation.kind)) {
        into.relations_evidenced.count(is_evidenced(&relation.evidence, &chars));
        let claim = claim(case, relation);
        let fits = |at: &usize| claim.is_some_and(|claim| claim.agrees(&case.gold.relations[*at]));
        let all = 0..case.gold.relations.len();
        let required = |at: &usize| !case.gold.relations[*at].optional;
        if let Some(hit) = all.clone().filter(required).find(|at| !found.contains(at) && fits(at)) {
            found.insert(hit);
            seen.extend(claim);
            into.relations.of(relation.kind).found += 1;
            into.rules.entry(relation.rule.clone()).or_default().found += 1;
            continue;
        }
        let again = claim.is_some_and(|claim| seen.contains(&claim)) || found.iter().any(fits);
        if again || all.clone().any(|at| !required(&at) && fits(&at)) {
            continue;
        }
        into.relations.of(relation.kind).spurious += 1;
        into.rules.entry(relation.rule.clone()).or_default().spurious += 1;
        let (subject, object) = (shown(case, relation, false), shown(case, relation, true));
        let text = format!("{subject} {} {object} is not in the gold ({})", relation.kind, relation.rule);
        into.mistake(case.gold, class_of_spurious(case, relation), text);
    }
    for (at, gold) in case.gold.relations.iter().enumerate() {
        if !gold.optional && is_scored_relation(gold.kind) && !found.contains(&at) {
            miss(case, gold, into);
        }
    }
}

impl Claim {
    fn agrees(self, gold: &GoldRelation) -> bool {
        gold.kind == self.kind && self.joins(gold, ontology().is_symmetric(self.kind))
    }

    /// Whether it has the ends of the gold relation, whatever the kind.
    fn joins(self, gold: &GoldRelation, either_way: bool) -> bool {
        let joins = |s, o| gold.subjects.contains(&s) && gold.objects.contains(&o);
        joins(self.subject, self.object) || (either_way && joins(self.object, self.subject))
    }
}

/// What a prediction says of the gold's entities, when both its ends are among them.
fn claim(case: &Case<'_>, relation: &RecordRelation) -> Option<Claim> {
    let subject = case.pairing.meant(&relation.subject)?;
    let object = case.pairing.meant(&relation.object)?;
    Some(Claim { kind: relation.kind, subject, object })
}

fn is_evidenced(evidence: &[RecordSpan], chars: &[char]) -> bool {
    let verbatim = |span: &RecordSpan| {
        let quoted = chars.get(span.start..span.end).filter(|quoted| !quoted.is_empty());
        quoted.is_some_and(|quoted| quoted.iter().copied().eq(span.text.chars()))
    };
    !evidence.is_empty() && evidence.iter().all(verbatim)
}

/// Why a relation is not in the gold; optional relations explain as well as required ones.
fn class_of_spurious(case: &Case<'_>, relation: &RecordRelation) -> Class {
    let symmetric = ontology().is_symmetric(relation.kind);
    let same_ends = |gold: &GoldRelation| {
        let either_way = symmetric || ontology().is_symmetric(gold.kind);
        claim(case, relation).is_some_and(|claim| gold.kind != claim.kind && claim.joins(gold, either_way))
    };
    let is_among = |end, ends: &[usize]| case.pairing.meant(end).is_some_and(|end| ends.contains(&end));
    let one_end = |gold: &GoldRelation| {
        let (s, o) = (&relation.subject, &relation.object);
        let straight = is_among(s, &gold.subjects) || is_among(o, &gold.objects);
        let turned = is_among(s, &gold.objects) || is_among(o, &gold.subjects);
        gold.kind == relation.kind && (straight || (symmetric && turned))
    };
    match &case.gold.relations {
        gold if gold.iter().any(same_ends) => Class::WrongKind,
        gold if gold.iter().any(one_end) => Class::WrongEnd,
        _ => Class::Other,
    }
}

fn miss(case: &Case<'_>, gold: &GoldRelation, into: &mut Evaluation) {
    into.relations.of(gold.kind).missed += 1;
    let is_there = |ends: &[usize]| ends.iter().any(|end| case.pairing.is_found(*end));
    let both = is_there(&gold.subjects) && is_there(&gold.objects);
    let show = |ends: &[usize]| {
        let names: Vec<_> = ends.iter().map(|end| format!("«{}»", case.gold.entities[*end].names[0])).collect();
        names.join("|")
    };
    let text = format!("{} {} {} was not found", show(&gold.subjects), gold.kind, show(&gold.objects));
    into.mistake(case.gold, if both { Class::NotStated } else { Class::EndMissing }, text);
}

/// An end of a prediction as messages name it: by name, or by id when the record has no such entity.
fn shown(case: &Case<'_>, relation: &RecordRelation, object: bool) -> String {
    let id = if object { &relation.object } else { &relation.subject };
    let entity = case.entities.iter().find(|entity| entity.id == *id);
    format!("«{}»", entity.map_or(id.as_str(), |entity| &entity.name))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Draft, classes, evaluate};
    use super::*;

    fn counts(draft: &Draft) -> (usize, usize, usize) {
        let total = evaluate(draft).relations.total();
        (total.found, total.spurious, total.missed)
    }

    fn everyone() -> Draft {
        Draft::new()
            .entity("ue", "ORGANIZATION", "Union européenne")
            .entity("iom", "ORGANIZATION", "OIM")
            .entity("iomtd", "ORGANIZATION", "OIM Tchad")
            .entity("ana", "PERSON", "Ana Ruiz")
            .entity("td", "COUNTRY", "Tchad")
            .entity("projet", "PROJECT", "Passages dignes")
            .entity("atelier", "EVENT", "atelier régional")
            .entity("lac", "PLACE", "lac Tchad")
    }

    #[test]
    fn a_relation_is_found_once_and_repeating_it_is_no_mistake() {
        let twice = everyone().relation("FUNDS", "ue", "projet").relation("FUNDS", "ue", "projet");
        assert_eq!(counts(&twice), (1, 0, 4));
        assert_eq!(counts(&everyone().relation("FUNDS", "projet", "ue")), (0, 1, 5), "direction matters");
    }

    #[test]
    fn symmetric_relations_hold_either_way() {
        assert_eq!(counts(&everyone().relation("PARTNERS_WITH", "td", "iom")), (1, 0, 4));
        let both = everyone().relation("PARTNERS_WITH", "iom", "td").relation("PARTNERS_WITH", "td", "iom");
        assert_eq!(counts(&both), (1, 0, 4));
    }

    #[test]
    fn any_end_of_a_list_is_right() {
        assert_eq!(counts(&everyone().relation("WORKS_FOR", "ana", "iom")), (1, 0, 4));
        let both = everyone().relation("WORKS_FOR", "ana", "iom").relation("WORKS_FOR", "ana", "iomtd");
        assert_eq!(counts(&both), (1, 0, 4));
    }

    #[test]
    fn optional_relations_and_unscored_kinds_do_not_count() {
        let draft = everyone().relation("OPERATES_IN", "projet", "lac").relation("ADDRESSES", "projet", "ue");
        assert_eq!(counts(&draft), (0, 0, 5));
    }

    #[test]
    fn a_relation_may_use_a_second_node() {
        let draft = everyone().entity("zz", "ORGANIZATION", "UE").relation("FUNDS", "zz", "projet");
        assert_eq!(counts(&draft), (1, 0, 4));
    }

    #[test]
    fn each_mistake_has_a_class() {
        let draft = everyone()
            .relation("FUNDS", "ue", "atelier")
            .relation("IMPLEMENTS", "ue", "projet")
            .relation("SUPPORTS", "iom", "td")
            .relation("MEMBER_OF", "ana", "ue")
            .relation("FUNDS", "ue", "nobody");
        let evaluation = evaluate(&draft);
        let spurious = [
            (Class::WrongEnd, "«Union européenne» FUNDS «atelier régional» is not in the gold ()"),
            (Class::WrongKind, "«Union européenne» IMPLEMENTS «Passages dignes» is not in the gold ()"),
            (Class::WrongKind, "«OIM» SUPPORTS «Tchad» is not in the gold ()"),
            (Class::Other, "«Ana Ruiz» MEMBER_OF «Union européenne» is not in the gold ()"),
            (Class::WrongEnd, "«Union européenne» FUNDS «nobody» is not in the gold ()"),
        ];
        let missed = [
            (Class::NotStated, "«Union européenne» FUNDS «Passages dignes» was not found"),
            (Class::NotStated, "«Ana Ruiz» WORKS_FOR «OIM Tchad»|«OIM» was not found"),
            (Class::NotStated, "«Tchad» PARTNERS_WITH «OIM» was not found"),
            (Class::NotStated, "«Tchad» ORGANIZES «atelier régional de Dakar» was not found"),
            (Class::EndMissing, "«atelier régional de Dakar» HELD_IN «Mao» was not found"),
        ];
        assert_eq!(classes(&evaluation, true), [spurious, missed].concat());
    }

    #[test]
    fn evidence_must_be_there_and_verbatim() {
        let fraction = |start, end, text: &str| {
            let draft = everyone().relation("FUNDS", "ue", "projet").evidence(start, end, text);
            evaluate(&draft).relations_evidenced.fraction()
        };
        assert_eq!(fraction(0, 8, "À Mao, l"), Some(1.0));
        assert_eq!(fraction(0, 8, "À Mao, d"), Some(0.0));
        assert_eq!(fraction(0, 0, ""), Some(0.0));
        assert_eq!(fraction(8, 2, ""), Some(0.0));
        assert_eq!(fraction(0, 9_999, "À Mao"), Some(0.0));
        assert_eq!(evaluate(&everyone().relation("FUNDS", "ue", "projet")).relations_evidenced.fraction(), Some(0.0));
    }
}
