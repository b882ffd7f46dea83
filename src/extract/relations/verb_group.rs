//! Verb groups: a listed verb with its auxiliaries, which tell voice, modality and negation.
//!
//! *a été financé* → financer, passive · *n'a pas participé* → participer, negated · *sera financé* → planned · *pourrait lancer* → proposed

use std::ops::Range;

use super::line::Unit;
use crate::extract::language::{Phrases, Tense, Voice};
use crate::extract::page::Page;
use crate::model::Modality;

/// A verb with what surrounds it.
#[derive(Clone, Debug)]
pub(in crate::extract) struct VerbGroup {
    /// The number of the infinitive.
    pub(in crate::extract) verb: u32,
    /// Active or passive.
    pub(in crate::extract) voice: Voice,
    /// Form of the verb itself.
    pub(in crate::extract) tense: Tense,
    /// Whether the group has a finite verb.
    pub(in crate::extract) finite: bool,
    /// Whether it says that something is not so.
    pub(in crate::extract) negated: bool,
    /// Asserted, planned or proposed.
    pub(in crate::extract) modality: Modality,
    /// Its tokens, auxiliaries included.
    pub(in crate::extract) tokens: Range<usize>,
    /// Its units.
    pub(in crate::extract) units: Range<usize>,
}

impl VerbGroup {
    /// *est*, *sera* as a verb of its own.
    pub(super) fn copula(tokens: Range<usize>, units: Range<usize>, modality: Modality) -> Self {
        let (voice, tense) = (Voice::Active, Tense::Finite);
        Self { verb: 0, voice, tense, finite: true, negated: false, modality, tokens, units }
    }
}

/// The verb groups of a sentence, one for every reading of every listed verb form outside mentions.
pub(super) fn find(page: &Page<'_>, units: &[Unit]) -> Vec<VerbGroup> {
    let mut groups = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        if unit.mention.is_some() {
            continue;
        }
        let at = unit.tokens.start;
        // «A ses côtés»: a preposition whose capital lost its accent.
        let participle = |at: usize| page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
        let unaccented = page.is_raw(at, "A") && !participle(at + 1);
        if unaccented {
            continue;
        }
        for form in page.verb_forms(at) {
            groups.extend(read(page, units, index, form.verb, form.tense));
        }
    }
    groups
}

/// What the words before a verb say.
#[derive(Default)]
struct Before {
    have: bool,
    be: bool,
    been: bool,
    reflexive: bool,
    negated: bool,
    negator: bool,
    merely: bool,
    planned: bool,
    proposed: bool,
    managed: bool,
    first: usize,
}

fn read(page: &Page<'_>, units: &[Unit], index: usize, verb: u32, tense: Tense) -> Option<VerbGroup> {
    let before = look_left(page, units, index, tense);
    let at = units[index].tokens.start;
    if is_other_reading(page, units, index, tense) {
        return None;
    }
    // «finance» after an article is a noun.
    let noun = tense == Tense::Finite
        && index > 0
        && page.is_exactly(&page.pack.names.determiners, at - 1)
        && !before.reflexive
        && !clitic(page, units, index);
    // «six membres de la Commission»: a noun of their own.
    // «la mise en œuvre», «le produit»
    // «un représentant de l'OIM», «le commandant»
    let person = tense == Tense::Gerund && index > 0 && page.is_exactly(&page.pack.names.determiners, at - 1);
    let own_noun = person
        || tense == Tense::Participle
            && index > 0
            && !before.have
            && !before.be
            && (page.is_exactly(&page.pack.names.definite, at - 1)
                || page.is_exactly(&page.pack.names.possessive, at - 1));
    if own_noun {
        return None;
    }
    let members = tense == Tense::Participle
        && page.pack.verbs.nominal.has(verb)
        && index > 0
        && (page.is_exactly(&page.pack.names.determiners, at - 1) || page.is_of(at - 1));
    if members {
        return None;
    }
    // «n'est pas un État membre»
    let denied_noun = page.pack.verbs.nominal.has(verb)
        && units[..index]
            .iter()
            .rev()
            .take(4)
            .any(|u| u.mention.is_none() && page.is_exactly(&page.pack.verbs.negator, u.tokens.start));
    let own_article = index > 0 && page.is_of(at - 1);
    let other_word = tense == Tense::Finite
        && page.is_exactly(&page.pack.verbs.ambiguous, at)
        && !behind_subject(page, units, before.first)
        && !clitic(page, units, index);
    if noun || other_word || tense == Tense::Finite && own_article {
        return None;
    }
    let with_be = page.pack.verbs.with_be.has(verb);
    // «se organizó un taller»
    let done = before.reflexive && page.pack.verbs.reflexive_passive && !page.pack.verbs.truly_reflexive.has(verb);
    let voice = match tense {
        Tense::Finite | Tense::Future | Tense::Conditional if done => Voice::Passive,
        Tense::Participle if done && before.have => Voice::Passive,
        Tense::Participle if with_be => Voice::Active,
        Tense::Participle if before.been || before.be && !before.reflexive => Voice::Passive,
        Tense::Participle if before.have || before.reflexive => Voice::Active,
        Tense::Participle => Voice::Passive,
        _ => Voice::Active,
    };
    let finite = match tense {
        Tense::Participle => before.have || before.be,
        Tense::Finite | Tense::Future | Tense::Conditional => true,
        Tense::Infinitive => before.planned || before.proposed,
        Tense::Gerund => false,
    };
    let infinitive = tense == Tense::Infinitive;
    let modality = if before.proposed || tense == Tense::Conditional {
        Modality::Proposed
    } else if before.planned || tense == Tense::Future || infinitive && !before.managed {
        Modality::Planned
    } else {
        Modality::Asserted
    };
    let after = units
        .get(index + 1)
        .is_some_and(|u| u.mention.is_none() && page.is_exactly(&page.pack.verbs.negator, u.tokens.start));
    let not =
        index > 0 && tense == Tense::Participle && page.is_exactly(&page.pack.verbs.not, units[index - 1].tokens.start);
    let near = |words: &Phrases, reach: usize| {
        units[index + 1..].iter().take(reach).any(|u| u.mention.is_none() && page.is_exactly(words, u.tokens.start))
    };
    // «ne finance que …», «n'a pas seulement financé …» deny nothing.
    let pas = before.negator || after;
    let only = !pas && near(&page.pack.verbs.only, 3) || pas && (before.merely || near(&page.pack.verbs.merely, 3));
    let conditional = index > 0
        && (0..before.first).rev().take_while(|&i| !page.is_raw(units[i].tokens.start, ",")).any(|i| {
            units[i].mention.is_none() && page.is_exactly(&page.pack.verbs.conditional, units[i].tokens.start)
        });
    let modality = if conditional && modality == Modality::Asserted { Modality::Proposed } else { modality };
    let negated = not || denied_noun || before.negated || tense != Tense::Participle && after && before.first < index;
    let first = units[before.first].tokens.start;
    let negated = negated && !only;
    Some(VerbGroup {
        verb,
        voice,
        tense,
        finite: finite || infinitive,
        negated,
        modality,
        tokens: first..units[index].tokens.end,
        units: before.first..index + 1,
    })
}

/// In a language whose forms look alike, whether the words around one say that this reading is not meant: *did not **fund*** is no
/// present, *was **funded*** and *the workshop **funded** by Oxfam* are no past, *Oxfam **funded** the workshop* is no participle.
fn is_other_reading(page: &Page<'_>, units: &[Unit], index: usize, tense: Tense) -> bool {
    let verbs = &page.pack.verbs;
    let at = units[index].tokens.start;
    let has = |tense: Tense| page.verb_forms(at).iter().any(|form| form.tense == tense);
    if let Some(markers) = &verbs.infinitive_markers
        && has(Tense::Infinitive)
    {
        let marked = behind_marker(page, units, index, markers);
        if tense == Tense::Infinitive && !marked || tense == Tense::Finite && marked {
            return true;
        }
    }
    if !verbs.participle_is_past || !has(Tense::Participle) || !has(Tense::Finite) {
        return false;
    }
    let before = look_left(page, units, index, Tense::Participle);
    let by = (index + 1..units.len().min(index + 4))
        .take_while(|&u| units[u].mention.is_none())
        .any(|u| page.is(&page.pack.relations.agent_prepositions, units[u].tokens.start));
    if before.have || before.be || before.been || by {
        return tense == Tense::Finite;
    }
    let next = units.get(index + 1);
    let object =
        next.is_some_and(|u| u.mention.is_some() || page.is_exactly(&page.pack.names.determiners, u.tokens.start));
    if object {
        return tense == Tense::Participle;
    }
    let predicate = later_predicate(page, units, index);
    if predicate { tense == Tense::Finite } else { false }
}

/// *a workshop held in Dakar **brought** …*: whether the verb of the clause is still to come.
fn later_predicate(page: &Page<'_>, units: &[Unit], index: usize) -> bool {
    let verbs = &page.pack.verbs;
    let names = &page.pack.names;
    for unit in units[index + 1..].iter().filter(|u| u.mention.is_none()) {
        let at = unit.tokens.start;
        let ends = matches!(page.tokens.raw(at), "," | ";" | ":" | "(" | "”" | "“" | "\"")
            || page.is_and(at)
            || page.is(&names.relatives, at)
            || page.is_exactly(&page.pack.relations.contrasts, at);
        if ends {
            return false;
        }
        let auxiliary = [&verbs.have, &verbs.be, &verbs.modal_planned, &verbs.modal_proposed]
            .iter()
            .any(|list| page.is_exactly(list, at));
        let finite = page.verb_forms(at).iter().any(|form| form.tense == Tense::Finite);
        let infinitive = page.verb_forms(at).iter().any(|form| form.tense == Tense::Infinitive);
        if auxiliary || finite && !infinitive && !page.is_exactly(&verbs.ambiguous, at) {
            return true;
        }
    }
    false
}

/// Whether a word that makes an infinitive stands before the verb, adverbs and negation aside: *will not **fund***.
fn behind_marker(page: &Page<'_>, units: &[Unit], index: usize, markers: &Phrases) -> bool {
    const FURTHEST: usize = 4;
    let verbs = &page.pack.verbs;
    for unit in units[index.saturating_sub(FURTHEST)..index].iter().rev() {
        let at = unit.tokens.start;
        if unit.mention.is_some() {
            return false;
        }
        if page.is_exactly(markers, at) {
            return true;
        }
        let small = page.is_exactly(&verbs.adverbs, at) || page.is_exactly(&verbs.negator, at);
        if !small {
            return false;
        }
    }
    false
}

/// *le HCR **l'**organise*, *qui **le** met en œuvre*: the word before the verb stands for what is spoken of, it is no article.
fn clitic(page: &Page<'_>, units: &[Unit], index: usize) -> bool {
    let names = &page.pack.names;
    let Some(article) = index.checked_sub(1).map(|i| units[i].tokens.start) else { return false };
    let own = units[index].tokens.start;
    // «La financia la Unión Europea»
    let opens = names.drops_subject
        && page.is_exactly(&names.definite, article)
        && !page.is_contracted(article)
        && !page.is_exactly(&page.pack.verbs.ambiguous, own)
        && page.verb_forms(own).iter().any(|form| form.tense != Tense::Participle && form.tense != Tense::Infinitive);
    let Some(before) = index.checked_sub(2).filter(|_| !opens) else { return opens };
    let at = units[before].tokens.start;
    page.is_exactly(&page.pack.verbs.inside, article)
        && (units[before].mention.is_some()
            || page.is(&names.pronouns, at)
            || page.is(&names.subject_relatives, at)
            || page.is_exactly(&page.pack.verbs.negation, at))
}

/// Whether what stands before can be a subject, so that *note*, *porte*, *entre* is a verb.
fn behind_subject(page: &Page<'_>, units: &[Unit], first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let at = units[before].tokens.start;
    let names = &page.pack.names;
    units[before].mention.is_some()
        || page.is(&names.pronouns, at)
        || page.is_exactly(&names.we, at)
        || page.is(&names.relatives, at)
        || page.is_exactly(&page.pack.verbs.negation, at)
        || page.is_exactly(&page.pack.verbs.reflexive, at)
        // «UNICEF **also** supports», where adverbs stand before the verb
        || (page.is_exactly(&page.pack.verbs.inside, at)
            || names.heads_last && page.is_exactly(&page.pack.verbs.adverbs, at))
            && !page.is_exactly(&names.determiners, at)
            && !page.is_of(at)
            && behind_subject(page, units, before)
        || matches!(page.tokens.raw(at), "," | ")" | "»")
        || page.is_and(at)
        || determined_noun(page, units, before)
}

/// *l'association* before an ambiguous form; not *représentant* in *représentant résident*.
fn determined_noun(page: &Page<'_>, units: &[Unit], noun: usize) -> bool {
    let at = units[noun].tokens.start;
    let article = noun.checked_sub(1).map(|b| units[b].tokens.start);
    page.is_lower(at)
        && !page.is_function_word(at)
        && article.is_some_and(|a| page.is_exactly(&page.pack.names.definite, a))
        && !page.is(&page.pack.names.roles, at)
}

/// Walks left over auxiliaries, adverbs, pronouns and negation.
fn look_left(page: &Page<'_>, units: &[Unit], index: usize, tense: Tense) -> Before {
    const FURTHEST: usize = 9;
    let verbs = &page.pack.verbs;
    let mut before = Before { first: index, ..Before::default() };
    let mut i = index;
    let mut inserted = 0;
    while i > 0 && index - i - inserted < FURTHEST {
        i -= 1;
        let unit = &units[i];
        if unit.mention.is_some() {
            break;
        }
        let at = unit.tokens.start;
        // «n'est pas, contrairement à l'affiche, parrainé par»: what is inserted between auxiliary and participle is passed over.
        if let Some(open) = (tense == Tense::Participle && i + 1 == before.first && page.is_raw(at, ","))
            .then(|| inserted_after_auxiliary(page, units, i))
            .flatten()
        {
            inserted = i - open;
            i = open;
            before.first = open;
            continue;
        }
        let denying = || page.verb_forms(at).iter().any(|f| verbs.denying.has(f.verb));
        // «aurait voulu financer»: what was wished and did not come to be.
        let wished = tense == Tense::Infinitive
            && i > 0
            && units[i - 1].mention.is_none()
            && page.is_exactly(&verbs.have_conditional, units[i - 1].tokens.start)
            && page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
        if wished {
            before.negated = true;
            before.first = i - 1;
            break;
        }
        // Most words are none of those that are told apart below.
        if !(page.is_exactly(&verbs.before_verb, at) || tense == Tense::Infinitive && denying()) {
            break;
        }
        let is = |list| page.is_exactly(list, at);
        let auxiliary = [
            (&verbs.have, 0),
            (&verbs.have_future, 1),
            (&verbs.have_conditional, 2),
            (&verbs.be, 3),
            (&verbs.be_future, 4),
            (&verbs.be_conditional, 5),
            (&verbs.been, 6),
        ];
        let found = auxiliary.iter().find(|(list, _)| is(list)).map(|(_, n)| *n);
        // After an auxiliary the participle's group is complete but for negation and reflexive.
        if let Some(kind) =
            found.filter(|_| tense == Tense::Participle || before.planned || before.proposed || before.managed)
        {
            if before.have || before.be && kind != 6 {
                break;
            }
            before.have |= kind <= 2;
            before.be |= (3..=5).contains(&kind);
            before.been |= kind == 6;
            before.planned |= matches!(kind, 1 | 4);
            before.proposed |= matches!(kind, 2 | 5);
        } else if is(&verbs.modal_planned) || is(&verbs.modal_proposed) {
            before.planned |= is(&verbs.modal_planned);
            before.proposed |= is(&verbs.modal_proposed);
        } else if is(&verbs.negation) || is(&verbs.negator) {
            before.negated = true;
            before.negator |= is(&verbs.negator);
        } else if is(&verbs.merely) {
            before.merely = true;
        } else if is(&verbs.weak_negator) {
            // «n'a plus»: the negation itself stands further left
        } else if tense == Tense::Infinitive && denying() {
            before.negated = true;
        } else if is(&verbs.reflexive) {
            before.reflexive = true;
        } else if is(&verbs.planned) && tense == Tense::Infinitive {
            before.planned = true;
        } else if is(&verbs.managed) && tense == Tense::Infinitive {
            // «n'a pu faire»
            before.managed = true;
        } else if is(&verbs.proposed) && (tense == Tense::Infinitive || before.be) {
            before.proposed = true;
        } else if !(is(&verbs.adverbs)
            || is(&verbs.inside) && (tense == Tense::Infinitive || clitic(page, units, i + 1)))
        {
            break;
        } else {
            continue;
        }
        before.first = i;
    }
    before
}

/// The comma that opens what the comma at `closing` ends, when an auxiliary or a negation stands right before it.
fn inserted_after_auxiliary(page: &Page<'_>, units: &[Unit], closing: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let verbs = &page.pack.verbs;
    let comma = |i: &usize| units[*i].mention.is_none() && page.is_raw(units[*i].tokens.start, ",");
    let open = (closing.saturating_sub(LONGEST)..closing).rev().find(comma)?;
    let before = open.checked_sub(1).filter(|b| units[*b].mention.is_none())?;
    let at = units[before].tokens.start;
    let held = [&verbs.have, &verbs.have_future, &verbs.be, &verbs.be_future, &verbs.been, &verbs.negator];
    held.iter().any(|list| page.is_exactly(list, at)).then_some(open)
}
