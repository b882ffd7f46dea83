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
                Voice::Passive => self
                    .after(page, layers, verb, &page.pack.relations.agent_prepositions, kinds)
                    .filter(|&unit| !self.is_agent_of_next(page, verb, unit)),
            },
            Argument::Theme => match verb.voice {
                Voice::Active => self.direct_object(page, layers, verb, kinds),
                // «is run by Oxfam and is funded by Norway»: who acts in one clause is not what the next is done to.
                Voice::Passive => self.passive_subject(page, layers, verb, kinds).filter(|&unit| {
                    let agents = &page.pack.relations.agent_prepositions;
                    !self.governor(page, unit).is_some_and(|at| unit < verb.units.start && page.is(agents, at))
                }),
            },
            Argument::Itself => match verb.voice {
                Voice::Active => self.clause_subject(page, layers, verb, kinds),
                Voice::Passive => self.passive_subject(page, layers, verb, kinds),
            },
            Argument::Event => self.event(page, layers, verb, kinds),
            Argument::About => self.about(page, layers, verb.units.start, kinds),
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
    pub(in crate::extract) fn about(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        unit: usize,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        let fits = |i: &usize| self.is_one_of(layers, *i, kinds);
        // What begins behind a semicolon is said by itself.
        let same = |i: &usize| self.units[*i].mention.is_some() || !page.is_raw(self.units[*i].tokens.start, ";");
        let before = (0..unit).rev().find(fits);
        before.or_else(|| (unit..self.units.len()).take_while(same).find(fits))
    }

    /// The nearest fitting mention after the verb within its clause.
    pub(super) fn right(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
        fits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        self.clause_after(page, verb).find(|&i| self.is_one_of(layers, i, kinds) && fits(i))
    }

    /// Units after a verb up to the end of its clause.
    pub(super) fn clause_after(&self, page: &Page<'_>, verb: &VerbGroup) -> Range<usize> {
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
                    && (v.tense != Tense::Participle || v.finite)
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
        if let Some(pronoun) = self.object_relative(page, layers, verb) {
            return self.relative_object(page, layers, pronoun, kinds);
        }
        if self.has_clitic_object(page, verb) {
            return None;
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
            let oblique = self.is_oblique(page, i) && !self.is_personal(page, i, kind);
            if kinds.contains(&kind) && !oblique {
                let deep = self.is_of(page, i) && crossed > 0;
                return (!deep && !self.begins_clause(page, verb, i)).then_some(i);
            }
            crossed += usize::from(!oblique);
            if crossed > 3 {
                return None;
            }
        }
        self.of_which(page, layers, verb, kinds)
    }

    /// What the pronoun of a relative clause stands for: the nearest thing before it, but of *le **programme** lancé par le ministère **et que** finance …*
    /// the undertaking.
    fn relative_object(&self, page: &Page<'_>, layers: &Layers, pronoun: usize, kinds: &[EntityKind]) -> Option<usize> {
        const NEAR: usize = 8;
        const FAR: usize = 24;
        let nearest = self.nearest_before(layers, pronoun, kinds, NEAR)?;
        let joined = page.is_and(self.units[pronoun - 1].tokens.start);
        let body = self.is_one_of(layers, nearest, &[EntityKind::Organization, EntityKind::Country]);
        if !(joined && body && (self.is_oblique(page, nearest) || self.is_of(page, nearest))) {
            return Some(nearest);
        }
        let doing: Vec<EntityKind> = kinds
            .iter()
            .copied()
            .filter(|k| matches!(k, EntityKind::Project | EntityKind::Event | EntityKind::Publication))
            .collect();
        self.nearest_before(layers, nearest, &doing, FAR).or(Some(nearest))
    }

    /// *une **enquête dont** A et B ont livré **les résultats***: what is done to a side of the thing that the pronoun stands for.
    fn of_which(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<usize> {
        const FURTHEST: usize = 12;
        const BEHIND: usize = 4;
        let names = &page.pack.names;
        let undertaking =
            |k: &EntityKind| matches!(k, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
        let plain = |u: usize| self.units.get(u).filter(|u| u.mention.is_none()).map(|u| u.tokens.start);
        let from = verb.units.start.saturating_sub(FURTHEST);
        let relative = |u: &usize| plain(*u).is_some_and(|at| page.is(&names.genitive_relatives, at));
        let pronoun = kinds.iter().all(undertaking).then(|| (from..verb.units.start).rev().find(relative)).flatten()?;
        if self.verbs.iter().any(|v| v.finite && v.units.start > pronoun && v.units.end <= verb.units.start) {
            return None;
        }
        let mut behind = (verb.units.end..verb.units.end + BEHIND).filter_map(plain);
        let noun = behind.find(|&at| page.is_exactly(&names.definite, at) && !page.is_contracted(at))? + 1;
        let common = page.is_lower(noun) && !page.is_function_word(noun);
        let thing = self.nearest_before(layers, pronoun, EntityKind::ALL, 4)?;
        (common && self.is_one_of(layers, thing, kinds)).then_some(thing)
    }

    /// *held in Lima and **paid for by Norway***: whether a participle that is joined to this one stands nearer to the agent.
    fn is_agent_of_next(&self, page: &Page<'_>, verb: &VerbGroup, unit: usize) -> bool {
        self.verbs.iter().any(|v| {
            v.tense == Tense::Participle
                && v.voice == Voice::Passive
                && v.units.start > verb.units.end + 1
                && v.units.end <= unit
                && page.is_and(self.units[v.units.start - 1].tokens.start)
        })
    }

    /// *supports the training, and **the Ministry lends** …*: whether a unit is the subject of a clause that follows.
    fn begins_clause(&self, page: &Page<'_>, verb: &VerbGroup, unit: usize) -> bool {
        let joined = (verb.units.end..unit).any(|u| {
            let at = self.units[u].tokens.start;
            self.units[u].mention.is_none() && (page.is_and(at) || page.is_raw(at, ","))
        });
        let acts = |v: &VerbGroup| v.finite && v.units.start == unit + 1 && v.tense != Tense::Infinitive;
        joined && self.verbs.iter().any(acts)
    }

    /// *apoya **a** la Cruz Roja*: the preposition marks an object that can act.
    fn is_personal(&self, page: &Page<'_>, unit: usize, kind: EntityKind) -> bool {
        let acting = [EntityKind::Organization, EntityKind::Country, EntityKind::Person, EntityKind::Project];
        acting.contains(&kind) && self.governor(page, unit).is_some_and(|at| page.is(&page.pack.relations.personal, at))
    }

    /// *le HCR **l'**organise*: a pronoun between subject and verb stands for what the verb is done to.
    pub(super) fn has_clitic_object(&self, page: &Page<'_>, verb: &VerbGroup) -> bool {
        let Some(before) = verb.units.start.checked_sub(1) else { return false };
        let at = self.units[before].tokens.start;
        self.units[before].mention.is_none()
            && verb.finite
            && verb.tense != Tense::Infinitive
            && page.is_exactly(&page.pack.names.definite, at)
            && !page.is_contracted(at)
    }

    /// The relative pronoun that stands for the object of a verb: *que l'Union européenne finance*.
    pub(super) fn object_relative(&self, page: &Page<'_>, layers: &Layers, verb: &VerbGroup) -> Option<usize> {
        let from = verb.units.start.saturating_sub(8);
        (from..verb.units.start).rev().take_while(|&i| !page.is_raw(self.units[i].tokens.start, ",")).find(|&i| {
            // «a rappelé **que** son pays …» opens what is said, it stands for nothing.
            let saying = self.verbs.iter().any(|v| v.finite && v.units.end == i);
            self.units[i].mention.is_none()
                && !saying
                && (self.stands_for_object(page, layers, i, verb) || opens_dative(page, self.units[i].tokens.start))
        })
    }

    /// Whether a relative pronoun stands for the object of a verb. Where its form does not tell, what stands around it does: *el taller
    /// **que** organiza la OIM*, *la OIM, **que** organiza el taller*.
    pub(super) fn stands_for_object(&self, page: &Page<'_>, layers: &Layers, pronoun: usize, verb: &VerbGroup) -> bool {
        const NEAR: usize = 4;
        const ACTING: [EntityKind; 3] = [EntityKind::Organization, EntityKind::Country, EntityKind::Person];
        let names = &page.pack.names;
        let at = self.units[pronoun].tokens.start;
        let object = page.is(&names.object_relatives, at);
        if !object || !page.is(&names.subject_relatives, at) {
            return object;
        }
        if closes_dative(page, at) {
            return false;
        }
        let bare = |i: &usize| self.units[*i].mention.is_some() && !self.is_oblique(page, *i) && !self.is_of(page, *i);
        if (pronoun + 1..verb.units.start).any(|i| bare(&i)) {
            return true;
        }
        let named = |i: &usize| self.units[*i].mention.is_some();
        let behind = (verb.units.end..self.units.len()).take(NEAR).find(named).filter(bare);
        // «que financia Noruega y que ejecuta la OIM»: both stand for the same.
        let joined = pronoun > 0 && page.is_and(self.units[pronoun - 1].tokens.start);
        let relative = |i: &usize| !named(i) && page.is(&names.object_relatives, self.units[*i].tokens.start);
        let first = (0..pronoun).rev().take(2 * NEAR).find(relative).filter(|_| joined).unwrap_or(pronoun);
        let before = (0..first).rev().take(NEAR).find(named);
        let acts = |i: usize| self.is_one_of(layers, i, &ACTING);
        // A subject behind its verb is read where subjects may also be absent: elsewhere the order of words is fixed.
        names.drops_subject && behind.is_some_and(acts) && !before.is_some_and(acts)
    }

    /// The nearest thing before a unit that is no complement of another: *le **Parlement**, organe de l'Union, dont le siège …*
    fn owner_before(&self, page: &Page<'_>, layers: &Layers, unit: usize, kinds: &[EntityKind]) -> Option<usize> {
        const FURTHEST: usize = 14;
        let from = unit.saturating_sub(FURTHEST);
        let fits = |i: &usize| self.is_one_of(layers, *i, kinds);
        let head = (from..unit).rev().find(|i| fits(i) && !self.is_of(page, *i));
        head.or_else(|| (from..unit).rev().find(fits))
    }

    pub(super) fn nearest_before(
        &self,
        layers: &Layers,
        unit: usize,
        kinds: &[EntityKind],
        furthest: usize,
    ) -> Option<usize> {
        let from = unit.saturating_sub(furthest);
        (from..unit).rev().find(|&i| self.is_one_of(layers, i, kinds))
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
            opens_dative(page, at)
        };
        let pronoun = self.object_relative(page, layers, verb).filter(dative)?;
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
        let fits = |i: &usize| self.is_one_of(layers, *i, kinds);
        let mut clause = self.clause_after(page, verb).take(FURTHEST);
        let after = clause.find(|i| fits(i) && self.is_located(page, *i));
        after.or_else(|| self.where_relative(page, layers, verb, kinds)).or_else(|| {
            self.opening(page, &page.pack.relations.place_prepositions)
                .filter(|i| *i < verb.units.start && fits(i))
                .or_else(|| self.cleft_place(page, verb).filter(fits))
        })
    }

    /// *le **Laos**, où Handicap International démine …*: what *où* stands for.
    fn where_relative(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        const NEAR: usize = 6;
        let relative = |i: &usize| {
            self.units[*i].mention.is_none()
                && page.is_exactly(&page.pack.names.place_relatives, self.units[*i].tokens.start)
        };
        let pronoun = (verb.units.start.saturating_sub(NEAR)..verb.units.start).rev().find(relative)?;
        self.nearest_before(layers, pronoun, kinds, 3)
    }

    /// *c'est **à Maseru** que se réunira …*: the place between *c'est* and *que*.
    fn cleft_place(&self, page: &Page<'_>, verb: &VerbGroup) -> Option<usize> {
        const NEAR: usize = 5;
        let relative = |i: &usize| {
            self.units[*i].mention.is_none() && page.is(&page.pack.names.object_relatives, self.units[*i].tokens.start)
        };
        let that = (verb.units.start.saturating_sub(NEAR)..verb.units.start).rev().find(relative)?;
        let mut place = that.checked_sub(1)?;
        if page.is_raw(self.units[place].tokens.start, ",") {
            place = place.checked_sub(1)?;
        }
        let last = place;
        let first = (0..=last).rev().take_while(|&i| !page.is_exactly(&page.pack.verbs.be, self.units[i].tokens.start));
        first.filter(|&i| self.units[i].mention.is_some() && self.is_located(page, i)).last()
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
        let fits = |i: usize| self.is_one_of(layers, i, kinds);
        for i in self.clause_after(page, verb).take(FURTHEST) {
            if fits(i) && !self.is_of_role(page, layers, i) && self.governed_by(page, verb, i, prepositions) {
                return Some(i);
            }
        }
        self.opening(page, prepositions).filter(|&i| i < verb.units.start && fits(i))
    }

    /// *by the **WHO** Representative in Mozambique, Ada Lund*: whether a body stands before the post of somebody who is named behind it.
    fn is_of_role(&self, page: &Page<'_>, layers: &Layers, unit: usize) -> bool {
        const NEAR: usize = 7;
        let acting = matches!(self.kind(layers, unit), Some(EntityKind::Organization | EntityKind::Country));
        let Some(next) = self.units.get(unit + 1).filter(|u| acting && u.mention.is_none()) else { return false };
        let role = page.pack.names.heads_last && page.is(&page.pack.names.roles, next.tokens.start);
        role && (unit + 2..self.units.len())
            .take(NEAR)
            .take_while(|&u| !page.is_and(self.units[u].tokens.start))
            .any(|u| self.kind(layers, u) == Some(EntityKind::Person))
    }

    /// ***Lors de la conférence**, le HCR a annoncé …*: the first mention of a sentence that opens with one of these prepositions.
    fn opening(&self, page: &Page<'_>, prepositions: &Phrases) -> Option<usize> {
        const MODEST: usize = 5;
        let mut start = self.units.first()?.tokens.start;
        let first = (0..self.units.len()).find(|&i| self.units[i].mention.is_some())?;
        // «C'est à Oxfam qu'il revient de …»
        let cleft = page.is(&page.pack.relations.it_is, start) && page.is_exactly(&page.pack.verbs.be, start + 1);
        start += if cleft { 2 } else { 0 };
        if start >= self.units[first].tokens.start {
            return None;
        }
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
        // «by the **WHO** Representative in Mozambique, Ada Lund»
        let body = post.filter(|_| page.pack.names.heads_last).and_then(|role| {
            let before = self.unit_at(role.checked_sub(1)?);
            let ends = self.units[before].mention.is_some() && self.units[before].tokens.end == role;
            (ends && role > start).then_some(self.units[before].tokens.start)
        });
        at = body.filter(|&b| b > start).unwrap_or(at);
        let mut modest = 0;
        while at > start {
            at -= 1;
            if let Some(owner) = self.possessor_start(at) {
                at = owner;
                continue;
            }
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

/// The longest relative pronoun with a preposition, in tokens: *a los que*.
const LONGEST_RELATIVE: usize = 3;

/// ***auquel***, ***a la** que*: whether a relative pronoun with a preposition begins at a token.
pub(super) fn opens_dative(page: &Page<'_>, at: usize) -> bool {
    page.phrase(&page.pack.names.dative_relatives, at, at + LONGEST_RELATIVE).is_some()
}

/// *a la **que***: whether a pronoun ends one that begins with a preposition.
pub(super) fn closes_dative(page: &Page<'_>, at: usize) -> bool {
    let dative = &page.pack.names.dative_relatives;
    (1..LONGEST_RELATIVE).any(|back| at >= back && page.phrase(dative, at - back, at + 1) == Some(back + 1))
}
