//! Where the arguments of a verb stand in a sentence.
//!
//! *L'**OIM**, qui coordonne l'**atelier**, y a invité …* → agent [OIM], theme [atelier]
//!
//! There is no parse: subjects are sought to the left over inserted clauses, objects and agents to the right within the clause.

use std::ops::Range;

use super::line::{Filler, Line};
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
            Argument::Place => self.after(page, layers, verb, &page.pack.relations.place_prepositions, kinds),
            Argument::After(prepositions) => self
                .dative_relative(page, layers, verb, kinds)
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
        let stops = |i: usize| {
            let at = self.units[i].tokens.start;
            let boundary = self.units[i].mention.is_none()
                && (page.phrase(&page.pack.relations.clause_ends, at, at + 1).is_some());
            let verb_starts = self.verbs.iter().any(|v| {
                v.units.start == i
                    && v.tense != Tense::Participle
                    && v.tense != Tense::Infinitive
                    && v.tense != Tense::Gerund
            });
            boundary || verb_starts
        };
        from..(from..self.units.len()).find(|&i| stops(i)).unwrap_or(self.units.len())
    }

    /// What an active verb is done to: right of it and not governed by a preposition; or what *que* stands for.
    fn direct_object(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<usize> {
        if let Some(pronoun) = self.object_relative(page, verb) {
            return self.nearest_before(layers, pronoun, kinds, 4);
        }
        let mut crossed = 0;
        for i in self.clause_after(page, verb) {
            let Some(kind) = self.kind(layers, i) else { continue };
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
            self.units[i].mention.is_none()
                && (page.is(&page.pack.names.object_relatives, self.units[i].tokens.start)
                    || page.is(&page.pack.names.dative_relatives, self.units[i].tokens.start))
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
        const FURTHEST: usize = 12;
        if verb.finite {
            return self.clause_subject(page, layers, verb, kinds);
        }
        let from = verb.units.start.saturating_sub(FURTHEST);
        for i in (from..verb.units.start).rev() {
            if matches!(page.tokens.raw(self.units[i].tokens.start), ";" | ":" | "»") {
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

    /// *que finance l'AFD*, *a déclaré …*: a subject right behind the verb after an object relative.
    fn inverted_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let before = verb.units.start.checked_sub(1)?;
        let relative = page.is(&page.pack.names.object_relatives, self.units[before].tokens.start);
        relative.then(|| self.right(page, layers, verb, kinds, |i| !self.is_oblique(page, i))).flatten()
    }

    /// *Ont également pris la parole : le maire, M. Sow ; …*: who acts stands after the colon.
    fn announced_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let opens =
            verb.units.start == 0 && self.units.get(verb.units.end).is_some_and(|u| page.is_raw(u.tokens.start, ":"));
        let fits = |i: &usize| self.kind(layers, *i).is_some_and(|kind| kinds.contains(&kind));
        let people = |i: &usize| fits(i) && self.kind(layers, *i) == Some(EntityKind::Person);
        let after = verb.units.end..self.units.len();
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
        let dative = |u: &usize| page.is(&page.pack.names.dative_relatives, self.units[*u].tokens.start);
        let pronoun = self.object_relative(page, verb).filter(dative)?;
        self.nearest_before(layers, pronoun, kinds, 6)
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
        for i in self.clause_after(page, verb).take(FURTHEST) {
            let fits = self.kind(layers, i).is_some_and(|kind| kinds.contains(&kind));
            if fits && self.governed_by(page, verb, i, prepositions) {
                return Some(i);
            }
        }
        None
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
                (1..=3).find(|n| at + 1 >= start + n && page.phrase(prepositions, at + 1 - n, unit_start) == Some(*n))
            {
                return length > 0;
            }
            let names = &page.pack.names;
            let crosses = self.units.iter().any(|u| u.mention.is_some() && u.tokens.contains(&at));
            let passes = page.is(&names.titles, at)
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
