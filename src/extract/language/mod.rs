//! What extraction knows of a language, as data: words around names, verbs, and how relations are stated.
//!
//! `LanguagePack::of("fr")` → the French pack; a language without data gets an empty one, so that listed names are still found.
//!
//! A language is a folder of TOML; nothing here branches on a language.

mod labels;
mod names;
mod phrases;
mod relations;
mod verbs;
mod words;

use std::sync::{LazyLock, OnceLock};

pub(super) use labels::{Label, Labels};
pub(super) use names::NameWords;
pub(super) use phrases::Phrases;
pub(super) use relations::{Adjunct, Argument, Capacity, Direction, Frame, Link, Nominal, RelationRules, Voice};
pub(super) use verbs::{Tense, VerbForm, VerbWords};
pub(super) use words::Words;

use crate::error::Result;

/// Everything about one language.
#[derive(Debug, Default)]
pub(super) struct LanguagePack {
    /// Its tag, the first part of rule names.
    pub(super) tag: &'static str,
    /// Words around names.
    pub(super) names: NameWords,
    /// Verbs and auxiliaries.
    pub(super) verbs: VerbWords,
    /// How relations are stated.
    pub(super) relations: RelationRules,
    /// The labels of fact sheets.
    pub(super) labels: Labels,
    /// Function words in exactly these forms.
    pub(super) function_forms: Phrases,
    /// Function words by what they stand for.
    pub(super) function_words: Phrases,
}

impl LanguagePack {
    fn load(tag: &'static str, files: [&str; 5]) -> Result<Self> {
        let [names, adjectives, verbs, relations, labels] = files;
        let names = NameWords::parse(tag, names, adjectives)?;
        let verbs = VerbWords::parse(tag, verbs)?;
        let relations = RelationRules::parse(tag, relations, &names, &verbs)?;
        let labels = Labels::parse(tag, labels, &names, &verbs)?;
        let forms = [&names.determiners, &names.indefinite, &verbs.have, &verbs.be, &verbs.been, &verbs.negation];
        let words = [&names.relatives, &names.pronouns, &names.conjunctions, &relations.oblique, &names.complement];
        let (function_forms, function_words) = (Phrases::words_of(forms), Phrases::words_of(words));
        Ok(Self { tag, names, verbs, relations, labels, function_forms, function_words })
    }

    /// The pack of a language by its primary tag, loaded when it is first asked for; an empty one for a language without data.
    pub(super) fn of(language: &str) -> &'static Self {
        static PACKS: [OnceLock<LanguagePack>; DATA.len()] = [const { OnceLock::new() }; DATA.len()];
        static NONE: LazyLock<LanguagePack> = LazyLock::new(|| LanguagePack { tag: "any", ..LanguagePack::default() });
        let Some(number) = DATA.iter().position(|(tag, _)| *tag == language) else { return &NONE };
        PACKS[number].get_or_init(|| {
            let _turn = words::begin(number);
            let (tag, files) = DATA[number];
            Self::load(tag, files).unwrap_or_else(|e| panic!("{e}"))
        })
    }
}

/// The languages with data: names, adjectives, verbs, relations and labels of each.
const DATA: [(&str, [&str; 5]); 3] = [
    (
        "fr",
        [
            include_str!("../../languages/fr/names.toml"),
            include_str!("../../lexicon/data/adjectives_fr.toml"),
            include_str!("../../languages/fr/verbs.toml"),
            include_str!("../../languages/fr/relations.toml"),
            include_str!("../../languages/fr/labels.toml"),
        ],
    ),
    (
        "es",
        [
            include_str!("../../languages/es/names.toml"),
            include_str!("../../lexicon/data/adjectives_es.toml"),
            include_str!("../../languages/es/verbs.toml"),
            include_str!("../../languages/es/relations.toml"),
            include_str!("../../languages/es/labels.toml"),
        ],
    ),
    (
        "en",
        [
            include_str!("../../languages/en/names.toml"),
            include_str!("../../lexicon/data/adjectives_en.toml"),
            include_str!("../../languages/en/verbs.toml"),
            include_str!("../../languages/en/relations.toml"),
            include_str!("../../languages/en/labels.toml"),
        ],
    ),
];

/// An example of what a relation rule reads, by the rule's name: `fr/funds/verb`.
pub fn rule_example(rule: &str) -> Option<&'static str> {
    let language = rule.split('/').next()?;
    let pack = LanguagePack::of(language);
    pack.relations.examples.get(rule).or_else(|| pack.labels.examples.get(rule)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_packs_load() {
        assert_eq!(LanguagePack::of("en").tag, "en");
        assert_eq!(LanguagePack::of("fr").tag, "fr");
        assert_eq!(LanguagePack::of("es").tag, "es");
        assert_eq!(LanguagePack::of("sw").tag, "any");
    }

    #[test]
    fn every_relation_kind_of_the_ontology_has_a_rule() {
        use crate::model::RelationKind;
        // Themes and populations come from controlled vocabularies, not from rules of a language.
        let from_vocabulary = [RelationKind::Addresses, RelationKind::Benefits];
        for (tag, _) in DATA {
            let rules = &LanguagePack::of(tag).relations;
            for kind in RelationKind::ALL.iter().filter(|kind| !from_vocabulary.contains(kind)) {
                let frames = rules.frames.iter().any(|f| f.kind == *kind);
                let adjuncts = rules.adjuncts.iter().any(|a| a.kind == *kind);
                assert!(frames || adjuncts || rules.links.iter().any(|l| l.kind == *kind), "{tag}: {kind}");
            }
        }
    }
}
