//! The sum of what was scored so far.
//!
//! `evaluation.add(&gold, Some(&record))` for each document → `evaluation.entities.total().scores().f1`
//!
//! Invariants: entities missed = boundary + kind + missed; entities spurious = boundary + kind + duplicate + spurious;
//! relations missed and spurious are each the sum of their classes. Must not show itself.

use std::collections::BTreeMap;

use super::case::Case;
use super::class::{Class, Difficulty, Mistake};
use super::gold::Gold;
use super::tally::{Count, Tally};
use super::{difficult, entities, relations};
use crate::model::{EntityKind, Record, RelationKind};

/// Some of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many have the property.
    pub some: usize,
    /// How many could have it.
    pub all: usize,
}

impl Share {
    /// The part that has it, between 0 and 1; `None` when none could.
    pub fn fraction(self) -> Option<f64> {
        (self.all > 0).then(|| self.some as f64 / self.all as f64)
    }

    pub(super) fn count(&mut self, has: bool) {
        self.all += 1;
        self.some += usize::from(has);
    }

    fn merge(&mut self, other: Self) {
        self.all += other.all;
        self.some += other.some;
    }
}

/// How extraction did on a number of documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// How many gold documents were scored, missing ones included.
    pub documents: usize,
    /// The gold documents without a record, in the order of adding; all that they hold counts as missed.
    pub missing: Vec<String>,
    /// Entities by kind.
    pub entities: Tally<EntityKind>,
    /// Relations by kind.
    pub relations: Tally<RelationKind>,
    /// What each rule found right and wrong; what is missed is nobody's.
    pub rules: BTreeMap<String, Count>,
    /// Of the entities found whose gold has an ISO 3166-1 code, those that carry it.
    pub countries_linked: Share,
    /// Of the predicted relations, those whose evidence is there and verbatim.
    pub relations_evidenced: Share,
    /// Every mistake, in the order of adding.
    pub mistakes: Vec<Mistake>,
    /// Entities of the gold that are difficult, found or missed. Without a record, names cannot be looked up in the text:
    /// then only metonymy shows.
    pub difficult: BTreeMap<Difficulty, Count>,
}

impl Evaluation {
    /// Scores one document; without a record everything in it is missed.
    pub fn add(&mut self, gold: &Gold, record: Option<&Record>) {
        self.documents += 1;
        if record.is_none() {
            self.missing.push(gold.document().to_owned());
        }
        let case = Case::new(gold, record);
        entities::score(&case, self);
        relations::score(&case, self);
        difficult::score(&case, self);
    }

    /// Adds what another evaluation counted, as if its documents had been added here.
    pub fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.missing.extend_from_slice(&other.missing);
        self.entities.merge(&other.entities);
        self.relations.merge(&other.relations);
        for (rule, count) in &other.rules {
            self.rules.entry(rule.clone()).or_default().merge(*count);
        }
        self.countries_linked.merge(other.countries_linked);
        self.relations_evidenced.merge(other.relations_evidenced);
        self.mistakes.extend_from_slice(&other.mistakes);
        for (difficulty, count) in &other.difficult {
            self.difficult.entry(*difficulty).or_default().merge(*count);
        }
    }

    /// How many mistakes are of this class.
    pub fn mistakes_of(&self, class: Class) -> usize {
        self.mistakes.iter().filter(|mistake| mistake.class == class).count()
    }

    pub(super) fn mistake(&mut self, gold: &Gold, class: Class, text: String) {
        self.mistakes.push(Mistake { document: gold.document().to_owned(), class, text });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Draft, evaluate, gold};
    use super::*;

    #[test]
    fn without_a_record_everything_is_missed() {
        let mut evaluation = Evaluation::default();
        evaluation.add(&gold(), None);
        let (entities, relations) = (evaluation.entities.total(), evaluation.relations.total());
        assert_eq!((entities.found, entities.spurious, entities.missed), (0, 0, 8));
        assert_eq!((relations.found, relations.spurious, relations.missed), (0, 0, 5));
        assert_eq!(evaluation.missing, ["001.txt"]);
        assert_eq!(evaluation.relations_evidenced.fraction(), None);
    }

    #[test]
    fn merging_equals_adding() {
        let drafts =
            [Draft::new().entity("a", "COUNTRY", "Tchad").iso("a", "TD"), Draft::new().entity("b", "PLACE", "Mao")];
        let mut both = Evaluation::default();
        let mut merged = Evaluation::default();
        for draft in &drafts {
            both.add(&gold(), Some(&draft.record()));
            merged.merge(&evaluate(draft));
        }
        both.add(&gold(), None);
        let mut missing = Evaluation::default();
        missing.add(&gold(), None);
        merged.merge(&missing);
        assert_eq!(both, merged);
        assert_eq!((both.documents, both.countries_linked), (3, Share { some: 1, all: 1 }));
    }
}
