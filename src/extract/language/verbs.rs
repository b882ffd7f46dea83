//! Verb forms of a language: every form of every listed verb, and the auxiliaries around it.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::phrases::Phrases;
use super::words::{NumberSet, number};
use crate::error::{Error, Result};

/// What a verb form expresses by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Tense {
    /// Past participle.
    Participle,
    /// Present or past.
    Finite,
    /// Future.
    Future,
    /// Conditional.
    Conditional,
    /// Infinitive.
    Infinitive,
    /// Gerund.
    Gerund,
}

/// A form of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct VerbForm {
    /// The number of the infinitive.
    pub(in crate::extract) verb: u32,
    /// The tense.
    pub(in crate::extract) tense: Tense,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    conjugation: BTreeMap<String, Conjugation>,
    verbs: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    ambiguous: Ambiguous,
    auxiliary: Auxiliary,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conjugation {
    ending: String,
    participle: Vec<String>,
    finite: Vec<String>,
    future: Vec<String>,
    conditional: Vec<String>,
    infinitive: Vec<String>,
    gerund: Vec<String>,
}

/// Finite forms that are other words too.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ambiguous {
    forms: Vec<String>,
    never: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Auxiliary {
    #[serde(default)]
    participle_is_past: bool,
    #[serde(default)]
    infinitive_markers: Vec<String>,
    #[serde(default)]
    modal_planned: Vec<String>,
    #[serde(default)]
    modal_proposed: Vec<String>,
    have: Vec<String>,
    have_future: Vec<String>,
    have_conditional: Vec<String>,
    be: Vec<String>,
    be_future: Vec<String>,
    be_conditional: Vec<String>,
    been: Vec<String>,
    with_be: Vec<String>,
    denying: Vec<String>,
    joint: Vec<String>,
    seating: Vec<String>,
    nominal: Vec<String>,
    managed: Vec<String>,
    appointing: Vec<String>,
    cancelling: Vec<String>,
    not: Vec<String>,
    conditional: Vec<String>,
    merely: Vec<String>,
    only: Vec<String>,
    planned: Vec<String>,
    proposed: Vec<String>,
    reflexive: Vec<String>,
    negation: Vec<String>,
    negator: Vec<String>,
    weak_negator: Vec<String>,
    without: Vec<String>,
    #[serde(default)]
    none_of: Vec<String>,
    jointly: Vec<String>,
    inside: Vec<String>,
    adverbs: Vec<String>,
    #[serde(default)]
    reflexive_passive: bool,
    #[serde(default)]
    truly_reflexive: Vec<String>,
}

/// The verbs of one language.
#[derive(Debug, Default)]
pub(in crate::extract) struct VerbWords {
    /// The readings of all forms.
    readings: Vec<VerbForm>,
    /// For each number of a form, where its readings begin; they end where those of the next begin.
    begins: Vec<u32>,
    verbs: NumberSet,
    /// Finite forms that are nouns or prepositions too.
    pub(in crate::extract) ambiguous: Phrases,
    /// Whether the past and the participle of most verbs look alike: *funded*.
    pub(in crate::extract) participle_is_past: bool,
    /// What tells an infinitive from a present of the same form: ***to** fund*, ***did** not fund*.
    pub(in crate::extract) infinitive_markers: Option<Phrases>,
    /// Modals of what will be: ***will** be funded*.
    pub(in crate::extract) modal_planned: Phrases,
    /// Modals of what might be: ***would** fund*.
    pub(in crate::extract) modal_proposed: Phrases,
    pub(in crate::extract) have: Phrases,
    pub(in crate::extract) have_future: Phrases,
    pub(in crate::extract) have_conditional: Phrases,
    pub(in crate::extract) be: Phrases,
    pub(in crate::extract) be_future: Phrases,
    pub(in crate::extract) be_conditional: Phrases,
    pub(in crate::extract) been: Phrases,
    /// Verbs that say that an event does not take place.
    pub(in crate::extract) cancelling: NumberSet,
    /// Verbs that several do together: *coorganiser*, *signer*.
    pub(in crate::extract) joint: NumberSet,
    /// Verbs whose participle says where a body sits or somebody was born.
    pub(in crate::extract) seating: NumberSet,
    /// Verbs made of *être* and a noun.
    pub(in crate::extract) nominal: NumberSet,
    /// Participles that say that somebody managed to do something: *a **pu** financer*.
    pub(in crate::extract) managed: Phrases,
    /// Verbs that give somebody a post.
    pub(in crate::extract) appointing: NumberSet,
    /// Words that make a negation mean *only*: *ne finance **que***.
    pub(in crate::extract) only: Phrases,
    /// Words after a negator with which nothing is denied: *pas **seulement***.
    pub(in crate::extract) merely: Phrases,
    /// Words that make a clause a condition: *si*.
    pub(in crate::extract) conditional: Phrases,
    /// Words that deny the participle behind them: *non financé*.
    pub(in crate::extract) not: Phrases,
    /// Verbs that deny the verb that follows: *refuser de financer*.
    pub(in crate::extract) denying: NumberSet,
    /// Verbs whose active past is made with *être*.
    pub(in crate::extract) with_be: NumberSet,
    pub(in crate::extract) planned: Phrases,
    pub(in crate::extract) proposed: Phrases,
    pub(in crate::extract) reflexive: Phrases,
    pub(in crate::extract) negation: Phrases,
    pub(in crate::extract) negator: Phrases,
    /// Words that deny only beside a negation: *ne … plus*.
    pub(in crate::extract) weak_negator: Phrases,
    pub(in crate::extract) without: Phrases,
    /// What denies a list before its first name: ***neither** Oxfam nor CARE*.
    pub(in crate::extract) none_of: Phrases,
    /// Adverbs that make those who act partners.
    pub(in crate::extract) jointly: Phrases,
    pub(in crate::extract) inside: Phrases,
    pub(in crate::extract) adverbs: Phrases,
    /// All words that may stand between a verb and its auxiliaries, these included.
    pub(in crate::extract) before_verb: Phrases,
    /// Whether a reflexive verb is a passive: ***se organizó** un taller*.
    pub(in crate::extract) reflexive_passive: bool,
    /// Verbs whose subject acts all the same: *se alió con*.
    pub(in crate::extract) truly_reflexive: NumberSet,
}

impl VerbWords {
    /// Reads the verbs and makes all their forms.
    pub(in crate::extract) fn parse(tag: &str, text: &str) -> Result<Self> {
        let file = format!("{tag}/verbs.toml");
        let source: Source = toml::from_str(text).map_err(|e| Error::data(&file, e))?;
        let mut forms: Vec<(u32, VerbForm)> = Vec::new();
        let mut written = String::new();
        let mut known = NumberSet::default();
        for (name, verbs) in &source.verbs {
            let conjugation =
                source.conjugation.get(name).ok_or_else(|| Error::data(&file, format!("no conjugation {name:?}")))?;
            for verb in verbs {
                let infinitive = number(verb);
                known.insert(infinitive);
                let stem = verb
                    .strip_suffix(conjugation.ending.as_str())
                    .ok_or_else(|| Error::data(&file, format!("{verb:?} does not end in {:?}", conjugation.ending)))?;
                for (tense, endings) in conjugation.tenses() {
                    for ending in endings {
                        written.clear();
                        written.push_str(stem);
                        written.push_str(ending);
                        forms.push((number(&written), VerbForm { verb: infinitive, tense }));
                    }
                }
            }
        }
        let never = NumberSet::of(&source.ambiguous.never);
        forms.retain(|(form, _)| !never.has(*form));
        let aux = source.auxiliary;
        let none = HashMap::new();
        let list = |words: &Vec<String>| Phrases::new(words, &none);
        let (readings, begins) = flat(forms);
        let mut verbs = Self {
            readings,
            begins,
            verbs: known,
            before_verb: Phrases::default(),
            ambiguous: list(&source.ambiguous.forms),
            participle_is_past: aux.participle_is_past,
            infinitive_markers: (!aux.infinitive_markers.is_empty()).then(|| list(&aux.infinitive_markers)),
            modal_planned: list(&aux.modal_planned),
            modal_proposed: list(&aux.modal_proposed),
            have: list(&aux.have),
            have_future: list(&aux.have_future),
            have_conditional: list(&aux.have_conditional),
            be: list(&aux.be),
            be_future: list(&aux.be_future),
            be_conditional: list(&aux.be_conditional),
            been: list(&aux.been),
            not: list(&aux.not),
            conditional: list(&aux.conditional),
            merely: list(&aux.merely),
            only: list(&aux.only),
            cancelling: NumberSet::of(&aux.cancelling),
            managed: list(&aux.managed),
            joint: NumberSet::of(&aux.joint),
            seating: NumberSet::of(&aux.seating),
            nominal: NumberSet::of(&aux.nominal),
            appointing: NumberSet::of(&aux.appointing),
            denying: NumberSet::of(&aux.denying),
            with_be: NumberSet::of(&aux.with_be),
            planned: list(&aux.planned),
            proposed: list(&aux.proposed),
            reflexive: list(&aux.reflexive),
            negation: list(&aux.negation),
            negator: list(&aux.negator),
            weak_negator: list(&aux.weak_negator),
            without: list(&aux.without),
            none_of: list(&aux.none_of),
            jointly: list(&aux.jointly),
            inside: list(&aux.inside),
            adverbs: list(&aux.adverbs),
            reflexive_passive: aux.reflexive_passive,
            truly_reflexive: NumberSet::of(&aux.truly_reflexive),
        };
        verbs.before_verb = verbs.words_before_verb();
        Ok(verbs)
    }

    fn words_before_verb(&self) -> Phrases {
        let auxiliaries = [&self.have, &self.have_future, &self.have_conditional, &self.be, &self.be_future];
        let modals = [&self.be_conditional, &self.been, &self.modal_planned, &self.modal_proposed, &self.managed];
        let negations = [&self.negation, &self.negator, &self.merely, &self.weak_negator];
        let others = [&self.reflexive, &self.planned, &self.proposed, &self.adverbs, &self.inside];
        Phrases::words_of(auxiliaries.into_iter().chain(modals).chain(negations).chain(others))
    }

    /// The readings of a form by its number.
    pub(in crate::extract) fn forms(&self, form: u32) -> &[VerbForm] {
        let at = form as usize;
        let bounds = self.begins.get(at..at + 2).map_or(0..0, |bounds| bounds[0] as usize..bounds[1] as usize);
        &self.readings[bounds]
    }

    /// Whether the verb is listed.
    pub(in crate::extract) fn knows(&self, verb: &str) -> bool {
        self.verbs.has(number(verb))
    }
}

/// The readings of forms in the order of their numbers, and where those of each number begin.
fn flat(mut forms: Vec<(u32, VerbForm)>) -> (Vec<VerbForm>, Vec<u32>) {
    forms.sort_by_key(|(form, _)| *form);
    let mut begins = Vec::new();
    for (at, (form, _)) in forms.iter().enumerate() {
        let known = begins.len();
        begins.resize(known.max(*form as usize + 1), at as u32);
    }
    begins.push(forms.len() as u32);
    (forms.into_iter().map(|(_, reading)| reading).collect(), begins)
}

impl Conjugation {
    fn tenses(&self) -> [(Tense, &Vec<String>); 6] {
        [
            (Tense::Participle, &self.participle),
            (Tense::Finite, &self.finite),
            (Tense::Future, &self.future),
            (Tense::Conditional, &self.conditional),
            (Tense::Infinitive, &self.infinitive),
            (Tense::Gerund, &self.gerund),
        ]
    }
}
