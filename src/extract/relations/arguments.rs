//! Where the arguments of a verb stand in a sentence.
//!
//! *L'**OIM**, qui coordonne l'**atelier**, y a invité …* → agent [OIM], theme [atelier]
//!
//! There is no parse: subjects are sought to the left over inserted clauses, objects and agents to the right within the clause.

use std::ops::Range;

use super::line::{Filler, Line, is_contracted};
use super::verb_group::VerbGroup;
use crate::extract::found::Layers;
use crate::extract::language::{Argument, Phrases, Tense, Voice};
use crate::extract::page::Page;
use crate::model::EntityKind;

impl Line {
    /// The filler of an argument of a verb group.
    pub(in crate::extract) fn argument(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        argument: &Argument,
        kinds: &[EntityKind],
    ) -> Option<Filler> {
        let found = match argument {
            Argument::Agent => match verb.voice {
                Voice::Active => self.clause_subject(page, layers, verb, kinds),
                Voice::Passive => self.after(page, layers, verb, &page.pack.relations.agent_prepositions, kinds),
            },
            Argument::Theme => match verb.voice {
                Voice::Active => self.direct_object(page, layers, verb, kinds),
                Voice::Passive => self.passive_subject(page, layers, verb, kinds),
            },
            Argument::Itself => match verb.voice {
                Voice::Active => self.clause_subject(page, layers, verb, kinds),
                Voice::Passive => self.passive_subject(page, layers, verb, kinds),
            },
            Argument::Event => self.event(page, layers, verb, kinds),
            Argument::About => self.about(layers, verb.units.start, kinds),
            Argument::Left => self.owner_before(page, layers, verb.units.start, kinds),
            Argument::Right => self.right(page, layers, verb, kinds, |_| true),
            Argument::Place => self.place_after(page, layers, verb, kinds),
            Argument::After(prepositions) => self
                .dative_relative(page, layers, verb, kinds)
                .or_else(|| self.genitive_relative(page, layers, verb, prepositions, kinds))
                .or_else(|| self.after(page, layers, verb, prepositions, kinds)),
        };
        found.map(|unit| Filler { units: self.list(layers, unit, kinds) })
    }

    fn event(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<usize> {
        match verb.voice {
            Voice::Active => self
                .right(page, layers, verb, kinds, |unit| {
                    !self.is_oblique(page, unit)
                        || self
                            .governor(page, unit)
                            .is_some_and(|at| page.is(&page.pack.relations.place_prepositions, at))
                })
                .or_else(|| self.clause_subject(page, layers, verb, kinds)),
            Voice::Passive => self.passive_subject(page, layers, verb, kinds),
        }
    }

    /// The nearest fitting mention before the unit, else after it.
    pub(in crate::extract) fn about(&self, layers: &Layers, unit: usize, kinds: &[EntityKind]) -> Option<usize> {
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        (0..unit).rev().find(fits).or_else(|| (unit..self.units.len()).find(fits))
    }

    /// The nearest fitting mention after the verb within its clause.
    fn right(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
        fits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        self.clause_after(page, verb)
            .find(|&i| self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind)) && fits(i))
    }

    /// Units after a verb up to the end of its clause.
    fn clause_after(&self, page: &Page<'_>, verb: &VerbGroup) -> Range<usize> {
        let from = verb.units.end;
        // «finance et met en œuvre le projet»: verbs side by side share what follows.
        let side_by_side = |start: usize| {
            let mut between = verb.units.end..start;
            between.len() <= 2
                && between.all(|u| {
                    let at = self.units[u].tokens.start;
                    self.units[u].mention.is_none()
                        && (page.is_and(at) || page.is_raw(at, ",") || page.is_exactly(&page.pack.verbs.adverbs, at))
                })
        };
        let stops = |i: usize| {
            let at = self.units[i].tokens.start;
            let goes_on = page.is(&page.pack.relations.agent_prepositions, at + 1)
                || page.is(&page.pack.relations.place_prepositions, at + 1);
            let boundary = self.units[i].mention.is_none()
                && !goes_on
                && page.phrase(&page.pack.relations.clause_ends, at, at + 1).is_some();
            let verb_starts = self.verbs.iter().any(|v| {
                v.units.start == i
                    && v.tense != Tense::Participle
                    && v.tense != Tense::Infinitive
                    && v.tense != Tense::Gerund
                    && !side_by_side(i)
            });
            boundary || verb_starts
        };
        from..(from..self.units.len()).find(|&i| stops(i)).unwrap_or(self.units.len())
    }

    /// What an active verb is done to: right of it and not governed by a preposition; or what *que* stands for.
    fn direct_object(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<usize> {
        if let Some(pronoun) = self.object_relative(page, verb) {
            return self.nearest_before(layers, pronoun, kinds, 8);
        }
        let mut crossed = 0;
        for i in self.clause_after(page, verb) {
            let at = self.units[i].tokens.start;
            let Some(kind) = self.kind(layers, i) else {
                // «commande le poste, **et avec** les antennes …»: what follows is no object.
                if page.is_and(at) && page.is(&page.pack.relations.oblique, at + 1) {
                    return None;
                }
                continue;
            };
            let oblique = self.is_oblique(page, i);
            if kinds.contains(&kind) && !oblique {
                let deep = self.is_of(page, i) && crossed > 0;
                return (!deep).then_some(i);
            }
            crossed += usize::from(!oblique);
            if crossed > 3 {
                return None;
            }
        }
        None
    }

    /// The relative pronoun that stands for the object of a verb: *que l'Union européenne finance*.
    fn object_relative(&self, page: &Page<'_>, verb: &VerbGroup) -> Option<usize> {
        let from = verb.units.start.saturating_sub(8);
        (from..verb.units.start).rev().take_while(|&i| !page.is_raw(self.units[i].tokens.start, ",")).find(|&i| {
            // «a rappelé **que** son pays …» opens what is said, it stands for nothing.
            let saying = self.verbs.iter().any(|v| v.finite && v.units.end == i);
            self.units[i].mention.is_none()
                && !saying
                && (page.is(&page.pack.names.object_relatives, self.units[i].tokens.start)
                    || page
                        .phrase(
                            &page.pack.names.dative_relatives,
                            self.units[i].tokens.start,
                            self.units[i].tokens.start + 2,
                        )
                        .is_some())
        })
    }

    /// The nearest thing before a unit that is no complement of another: *le **Parlement**, organe de l'Union, dont le siège …*
    fn owner_before(&self, page: &Page<'_>, layers: &Layers, unit: usize, kinds: &[EntityKind]) -> Option<usize> {
        const FURTHEST: usize = 14;
        let from = unit.saturating_sub(FURTHEST);
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let head = (from..unit).rev().find(|i| fits(i) && !self.is_of(page, *i));
        head.or_else(|| (from..unit).rev().find(fits))
    }

    fn nearest_before(&self, layers: &Layers, unit: usize, kinds: &[EntityKind], furthest: usize) -> Option<usize> {
        let from = unit.saturating_sub(furthest);
        (from..unit).rev().find(|&i| self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind)))
    }

    /// What a passive verb or a participle says something of.
    fn passive_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        const FURTHEST: usize = 20;
        if verb.finite {
            return self.clause_subject(page, layers, verb, kinds);
        }
        let from = verb.units.start.saturating_sub(FURTHEST);
        for i in (from..verb.units.start).rev() {
            let title = i > 0 && self.units[i - 1].mention.is_some();
            let raw = page.tokens.raw(self.units[i].tokens.start);
            if matches!(raw, ";" | ":") || raw == "»" && !title {
                break;
            }
            if self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind)) {
                return Some(i);
            }
        }
        // A participle that opens the sentence speaks of its subject: «Mis en œuvre par X, le projet …».
        let opens = verb.units.start <= 1;
        opens
            .then(|| {
                (verb.units.end..self.units.len()).find(|&i| {
                    self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind))
                        && !self.is_oblique(page, i)
                        && !self.is_of(page, i)
                })
            })
            .flatten()
    }

    /// The grammatical subject of a finite verb: the first fitting mention of its clause that no preposition governs.
    fn clause_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let mut i = verb.units.start;
        let mut seen: Vec<usize> = Vec::new();
        while i > 0 {
            i -= 1;
            let at = self.units[i].tokens.start;
            if self.units[i].mention.is_some() {
                seen.push(i);
                continue;
            }
            let raw = page.tokens.raw(at);
            if raw == "," {
                let quoted = i > 0 && page.is_raw(self.units[i - 1].tokens.start, "»");
                if quoted {
                    break;
                }
                if seen.is_empty() {
                    // The comma closes an inserted clause: go on before it opens. A name in apposition is who is meant.
                    match self.opening_comma(page, i) {
                        Some(open) => {
                            let inserted = open + 1..i;
                            let mentions: Vec<usize> =
                                inserted.clone().filter(|&u| self.units[u].mention.is_some()).collect();
                            if let [person] = mentions.as_slice() {
                                let only =
                                    self.kind(layers, *person) == Some(EntityKind::Person) && inserted.len() <= 3;
                                if only && kinds.contains(&EntityKind::Person) {
                                    return Some(*person);
                                }
                            }
                            i = open;
                        }
                        None => break,
                    }
                    continue;
                }
                let in_list = seen.last().is_some_and(|&s| i > 0 && self.same_list_across(i, s));
                if in_list {
                    continue;
                }
                break;
            }
            // «l'Agence suédoise (Asdi) a attribué», «le projet « Racines », qui …»: a bracket and a title's mark belong to what they follow.
            if raw == ")"
                && let Some(open) = (0..i).rev().find(|&u| page.is_raw(self.units[u].tokens.start, "("))
            {
                i = open;
                continue;
            }
            let closes_title = raw == "»" && i > 0 && self.units[i - 1].mention.is_some();
            if closes_title {
                continue;
            }
            if matches!(raw, ";" | ":" | "«" | "»" | "(") {
                break;
            }
            if is_subject_relative(page, at) {
                return self.nearest_before(layers, i, kinds, 14);
            }
            if page.is(&page.pack.names.relatives, at) {
                break;
            }
            if let Some(previous) = self.verbs.iter().find(|v| v.units.contains(&i) && v.finite) {
                if seen.is_empty() {
                    return self.clause_subject(page, layers, previous, kinds);
                }
                break;
            }
        }
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let plain = seen.iter().rev().copied().find(|i| fits(i) && !self.is_oblique(page, *i) && !self.is_of(page, *i));
        let partitive = || {
            let blocked = seen.iter().any(|&i| !self.is_oblique(page, i) && !self.is_of(page, i));
            seen.iter().rev().copied().find(|i| fits(i) && !blocked && self.is_of(page, *i))
        };
        let inverted = || {
            let relative = self.inverted_subject(page, layers, verb, kinds);
            relative.or_else(|| self.announced_subject(page, layers, verb, kinds))
        };
        plain.or_else(partitive).or_else(inverted)
    }

    /// *que finance l'AFD*, *À ses côtés se tenaient …*, *« … », a déclaré X*: a subject right behind the verb, when none can stand before it.
    fn inverted_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        if !verb.finite || !self.opens_clause(page, verb) {
            return None;
        }
        let partitive = |i: usize| {
            let before = self.units[i].tokens.start.checked_sub(1);
            before.is_some_and(|b| page.is_exactly(&page.pack.names.partitive, b))
        };
        self.right(page, layers, verb, kinds, |i| !self.is_oblique(page, i) && (!self.is_of(page, i) || partitive(i)))
    }

    /// Whether nothing before a verb can be its subject: only adverbs, prepositional phrases, an object relative or a quotation.
    fn opens_clause(&self, page: &Page<'_>, verb: &VerbGroup) -> bool {
        let names = &page.pack.names;
        for i in (0..verb.units.start).rev() {
            let at = self.units[i].tokens.start;
            if self.units[i].mention.is_some() {
                if !self.is_oblique(page, i) && !self.is_of(page, i) {
                    return false;
                }
                continue;
            }
            let relative = page.is(&names.object_relatives, at)
                || page.phrase(&names.dative_relatives, at, at + 2).is_some()
                || page.is(&names.genitive_relatives, at);
            if relative || matches!(page.tokens.raw(at), "»" | ";" | ":" | "—" | "–") {
                return true;
            }
            let governed = i > 0 && {
                let before = self.units[i - 1].tokens.start;
                page.is(&page.pack.relations.oblique, before) || page.is_of(before)
            };
            let determiner = page.is_exactly(&names.determiners, at) && !is_contracted(page, at);
            let verb_before = self.verbs.iter().any(|v| v.finite && v.units.contains(&i));
            if determiner && !governed || page.is(&names.pronouns, at) || is_subject_relative(page, at) || verb_before {
                return false;
            }
        }
        true
    }

    /// *Ont également pris la parole : le maire, M. Sow ; …*: who acts stands after the colon.
    fn announced_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let colon = (verb.units.end..self.units.len()).find(|&u| page.is_raw(self.units[u].tokens.start, ":"));
        let near =
            colon.is_some_and(|colon| (verb.units.end..colon).all(|u| self.verbs.iter().all(|v| v.units.start != u)));
        let opens = near && self.opens_clause(page, verb);
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let people = |i: &usize| fits(i) && self.kind(layers, *i) == Some(EntityKind::Person);
        let after = colon.unwrap_or(verb.units.end)..self.units.len();
        opens.then(|| after.clone().find(people).or_else(|| after.clone().find(fits))).flatten()
    }

    fn same_list_across(&self, comma: usize, right: usize) -> bool {
        let list = self.units[right].list;
        (0..comma).any(|i| self.units[i].mention.is_some() && self.units[i].list == list)
    }

    /// The comma or relative that opens the inserted clause which the comma at `closing` ends.
    fn opening_comma(&self, page: &Page<'_>, closing: usize) -> Option<usize> {
        (0..closing).rev().find(|&i| {
            self.units[i].mention.is_none() && matches!(page.tokens.raw(self.units[i].tokens.start), "," | "(")
        })
    }

    /// *le programme **auquel** l'Union européenne consacre …*: what the pronoun stands for.
    fn dative_relative(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let dative = |u: &usize| {
            let at = self.units[*u].tokens.start;
            page.phrase(&page.pack.names.dative_relatives, at, at + 2).is_some()
        };
        let pronoun = self.object_relative(page, verb).filter(dative)?;
        self.nearest_before(layers, pronoun, kinds, 6)
    }

    /// *l'Union, **dont** les deux pays sont membres*: what the pronoun stands for.
    fn genitive_relative(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        prepositions: &Phrases,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        const FURTHEST: usize = 16;
        let names = &page.pack.names;
        if !names.of.shares_word(prepositions) {
            return None;
        }
        let from = verb.units.start.saturating_sub(FURTHEST);
        let genitive = |i: &usize| {
            self.units[*i].mention.is_none() && page.is(&names.genitive_relatives, self.units[*i].tokens.start)
        };
        let pronoun = (from..verb.units.start).rev().find(genitive)?;
        self.nearest_before(layers, pronoun, kinds, 6)
    }

    /// The first place behind the verb that a preposition of place governs, else one that opens the sentence.
    fn place_after(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<usize> {
        const FURTHEST: usize = 26;
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let mut clause = self.clause_after(page, verb).take(FURTHEST);
        clause.find(|i| fits(i) && self.is_located(page, *i)).or_else(|| {
            self.opening(page, &page.pack.relations.place_prepositions).filter(|i| *i < verb.units.start && fits(i))
        })
    }

    /// The fitting mentions after one of these prepositions behind the verb.
    fn after(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        prepositions: &Phrases,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        const FURTHEST: usize = 26;
        let fits = |i: usize| self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind));
        for i in self.clause_after(page, verb).take(FURTHEST) {
            if fits(i) && self.governed_by(page, verb, i, prepositions) {
                return Some(i);
            }
        }
        self.opening(page, prepositions).filter(|&i| i < verb.units.start && fits(i))
    }

    /// ***Lors de la conférence**, le HCR a annoncé …*: the first mention of a sentence that opens with one of these prepositions.
    fn opening(&self, page: &Page<'_>, prepositions: &Phrases) -> Option<usize> {
        const MODEST: usize = 5;
        let start = self.units.first()?.tokens.start;
        let first = (0..self.units.len()).find(|&i| self.units[i].mention.is_some())?;
        let length = page.phrase(prepositions, start, self.units[first].tokens.start)?;
        (self.units[first].tokens.start - start - length <= MODEST).then_some(first)
    }

    /// Whether the words between verb and unit end in one of the prepositions, a few modest words aside.
    fn governed_by(&self, page: &Page<'_>, verb: &VerbGroup, unit: usize, prepositions: &Phrases) -> bool {
        const MODEST: usize = 7;
        let start = verb.tokens.end;
        let unit_start = self.units[unit].tokens.start;
        // «par le Premier ministre togolais, Komlan Agbodjan»: the preposition stands before the post.
        let post = crate::extract::names::role_before(page, unit_start).filter(|role| *role > start);
        let mut at = post.unwrap_or(unit_start);
        let mut modest = 0;
        while at > start {
            at -= 1;
            if let Some(length) =
                (1..=6).find(|n| at + 1 >= start + n && page.phrase(prepositions, at + 1 - n, unit_start) == Some(*n))
            {
                // «non par A mais par B»: what is denied is no argument.
                let first = at + 1 - length;
                let verbs = &page.pack.verbs;
                let denied = first > start
                    && (page.is_exactly(&verbs.not, first - 1) || page.is_exactly(&verbs.negator, first - 1));
                return !denied;
            }
            let names = &page.pack.names;
            let crosses = self.units.iter().any(|u| u.mention.is_some() && u.tokens.contains(&at));
            let passes = page.is(&names.titles, at)
                || page.is(&names.introducing, at)
                || page.is_raw(at, ".")
                || post.is_some() && page.is(&names.before_noun, at)
                || page.is_exactly(&names.determiners, at)
                || page.is_of(at)
                || page.is_lower(at) && !page.is(&page.pack.relations.oblique, at);
            modest += 1;
            if crosses || !passes || modest > MODEST {
                return false;
            }
        }
        false
    }
}

/// *qui* as subject.
fn is_subject_relative(page: &Page<'_>, at: usize) -> bool {
    page.is(&page.pack.names.subject_relatives, at)
}
