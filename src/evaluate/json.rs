//! Evaluations as one JSON object: every set by itself, then all together.
//!
//! `{"sets": [{"name": "seeds", "documents": 5, "entities": {"precision": 1.0, …}, …}], "all": {…}}`
//!
//! Numbers are not rounded. Must not count.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Set;
use super::class::{Class, Difficulty, Mistake};
use super::evaluation::{Evaluation, Share};
use super::tables::merged;
use super::tally::{Scores, Tally};
use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};

#[derive(Serialize)]
struct All<'s> {
    sets: Vec<Named<'s>>,
    all: Summary<'s>,
}

#[derive(Serialize)]
struct Named<'s> {
    name: &'s str,
    #[serde(flatten)]
    summary: Summary<'s>,
}

#[derive(Serialize)]
struct Summary<'s> {
    documents: usize,
    documents_missing: &'s [String],
    entities: Scores,
    relations: Scores,
    countries_linked: Option<f64>,
    relations_evidenced: Option<f64>,
    entities_by_kind: BTreeMap<EntityKind, Scores>,
    relations_by_kind: BTreeMap<RelationKind, Scores>,
    entity_mistakes: BTreeMap<Class, usize>,
    relation_mistakes: BTreeMap<Class, usize>,
    difficult_entities: BTreeMap<Difficulty, Recall>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistakes: Option<&'s [Mistake]>,
}

#[derive(Serialize)]
struct Recall {
    gold: usize,
    found: usize,
    recall: Option<f64>,
}

/// One JSON object and a line feed; every mistake of every set when `with_mistakes`.
///
/// # Errors
/// [`Error::Io`] when the numbers cannot be written as JSON.
pub fn json(sets: &[Set], with_mistakes: bool) -> Result<String> {
    let all = merged(sets);
    let sets = sets.iter().map(|set| Named { name: &set.name, summary: summary(&set.evaluation, with_mistakes) });
    let written = All { sets: sets.collect(), all: summary(&all, false) };
    let text = serde_json::to_string_pretty(&written);
    text.map(|text| text + "\n").map_err(|error| Error::io("cannot write the scores", error.into()))
}

fn summary(evaluation: &Evaluation, with_mistakes: bool) -> Summary<'_> {
    let classes = |classes: [Class; 5]| classes.map(|class| (class, evaluation.mistakes_of(class))).into();
    let recall = |difficulty| {
        let count = evaluation.difficult.get(&difficulty).copied().unwrap_or_default();
        let share = Share { some: count.found, all: count.found + count.missed };
        (difficulty, Recall { gold: share.all, found: share.some, recall: share.fraction() })
    };
    Summary {
        documents: evaluation.documents,
        documents_missing: &evaluation.missing,
        entities: evaluation.entities.total().scores(),
        relations: evaluation.relations.total().scores(),
        countries_linked: evaluation.countries_linked.fraction(),
        relations_evidenced: evaluation.relations_evidenced.fraction(),
        entities_by_kind: by_kind(&evaluation.entities),
        relations_by_kind: by_kind(&evaluation.relations),
        entity_mistakes: classes(Class::ENTITY),
        relation_mistakes: classes(Class::RELATION),
        difficult_entities: Difficulty::ALL.map(recall).into(),
        mistakes: with_mistakes.then_some(&evaluation.mistakes),
    }
}

fn by_kind<K: Copy + Ord>(tally: &Tally<K>) -> BTreeMap<K, Scores> {
    tally.by_kind().map(|(kind, count)| (kind, count.scores())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::sample::{Draft, evaluate};
    use super::*;

    #[test]
    fn sets_stand_by_themselves_and_together() {
        let draft = Draft::new().entity("a", "COUNTRY", "Tchad");
        let sets = ["a", "b"].map(|name| Set { name: name.into(), evaluation: evaluate(&draft) });
        let read = |with| serde_json::from_str::<Value>(&json(&sets, with).expect("JSON")).expect("JSON");
        let written = read(true);
        assert_eq!(written["sets"][1]["name"], "b");
        assert_eq!(written["sets"][1]["entities"]["fn"], 7);
        assert_eq!(written["all"]["entities_by_kind"]["COUNTRY"]["tp"], 2);
        assert_eq!(written["all"]["relation_mistakes"]["end_missing"], 10);
        assert_eq!(written["sets"][0]["mistakes"][0]["class"], "missed");
        assert!(read(false)["sets"][0].get("mistakes").is_none());
    }
}
