//! What a verb says something of: its subject.
//!
//! *Le **HCR**, qui a financé …, organise …* · *que finance l'**AFD*** · *« … », a déclaré **X*** · *Ont pris la parole : le maire, **M. Sow***
//!
//! Sought to the left over inserted clauses and brackets; behind the verb when nothing before it can be the subject.

use super::arguments::{closes_dative, opens_dative};
use super::line::{Line, is_contracted};
use super::publisher;
use super::verb_group::VerbGroup;
use crate::extract::found::Layers;
use crate::extract::language::{Tense, Voice};
use crate::extract::page::Page;
use crate::model::EntityKind;

impl Line {
    /// What a passive verb or a participle says something of.
    pub(super) fn passive_subject(
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
        // «confié à A et doté de 3 millions par B»: participles side by side say something of the same.
        if let Some(first) = self.participle_joined_to(page, verb)
            && let Some(subject) = self.passive_subject(page, layers, first, kinds)
        {
            return Some(subject);
        }
        for i in (from..verb.units.start).rev() {
            let title = i > 0 && self.units[i - 1].mention.is_some();
            let raw = page.tokens.raw(self.units[i].tokens.start);
            if matches!(raw, ";" | ":") || raw == "»" && !title {
                break;
            }
            if self.is_one_of(layers, i, kinds) {
                return Some(i);
            }
        }
        // A participle that opens the sentence speaks of its subject: «Mis en œuvre par X, le projet …».
        let opens = verb.units.start <= 1;
        opens
            .then(|| {
                (verb.units.end..self.units.len())
                    .find(|&i| self.is_one_of(layers, i, kinds) && !self.is_oblique(page, i) && !self.is_of(page, i))
            })
            .flatten()
    }

    /// The participle that *et* joins this one to.
    fn participle_joined_to(&self, page: &Page<'_>, verb: &VerbGroup) -> Option<&VerbGroup> {
        const FURTHEST: usize = 20;
        let and = verb.units.start.checked_sub(1)?;
        let at = self.units[and].tokens.start;
        let joined = self.units[and].mention.is_none()
            && (page.is_and(at) || page.is_exactly(&page.pack.relations.contrasts, at));
        let from = verb.units.start.saturating_sub(FURTHEST);
        // «was hosted by A and supported by B»
        let passive = page.pack.verbs.participle_is_past && verb.voice == Voice::Passive;
        let participle = |v: &&VerbGroup| {
            v.tense == Tense::Participle && (!v.finite || passive && v.voice == Voice::Passive) && v.units.end <= and
        };
        let before = self.verbs.iter().filter(|v| v.units.start >= from && v.units.end <= and);
        let nearest = before.max_by_key(|v| v.units.end)?;
        (joined && verb.tense == Tense::Participle && participle(&nearest)).then_some(nearest)
    }

    /// The grammatical subject of a finite verb: the first fitting mention of its clause that no preposition governs.
    pub(super) fn clause_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        // «Prenant la parole au forum, Awa Sow a plaidé …»: what opens a sentence is said of its subject.
        if verb.tense == Tense::Gerund && verb.units.start <= 1 {
            let comma = (verb.units.end..self.units.len()).find(|&u| page.is_raw(self.units[u].tokens.start, ","))?;
            let fits = |u: &usize| self.is_one_of(layers, *u, kinds);
            return (comma..self.units.len()).find(|u| fits(u) && !self.is_oblique(page, *u) && !self.is_of(page, *u));
        }
        if let Some(subject) = self.joined_to(page, verb).and_then(|v| self.clause_subject(page, layers, v, kinds)) {
            return Some(subject);
        }
        let mut i = verb.units.start;
        let mut seen: Vec<usize> = Vec::new();
        let mut jumped = false;
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
                // «un rapport, « Loin du sol », a été publié»: the commas are the title's.
                let titled = i > 0 && self.units[i - 1].mention.is_some() && {
                    let mut inside = self.units[i - 1].tokens.clone();
                    let end = inside.end;
                    let announced = |t: usize| page.phrase(&page.pack.names.titled, t, end).is_some();
                    inside.any(|t| {
                        page.is_raw(t, ",") && (matches!(page.tokens.raw(t + 1), "«" | "“") || announced(t + 1))
                    })
                };
                if titled && seen.is_empty() {
                    continue;
                }
                let opens_clause = || {
                    let next = &self.units[i + 1];
                    next.mention.is_none()
                        && (page.is(&page.pack.names.relatives, next.tokens.start)
                            || self.verbs.iter().any(|v| v.units.start == i + 1 && !v.finite))
                };
                if seen.is_empty() && jumped && opens_clause() {
                    continue;
                }
                if seen.is_empty() {
                    // The comma closes an inserted clause: go on before it opens. A name in apposition is who is meant.
                    match self.opening_comma(page, i) {
                        Some(open) => {
                            let inserted = open + 1..i;
                            let mentions: Vec<usize> =
                                inserted.clone().filter(|&u| self.units[u].mention.is_some()).collect();
                            // «Quinze pays, dont le Vietnam et le Cambodge, ont …»: some of the subject are named.
                            let among = page.is(&page.pack.names.genitive_relatives, self.units[open + 1].tokens.start)
                                && !self.verbs.iter().any(|v| inserted.contains(&v.units.start));
                            if let Some(named) =
                                mentions.iter().copied().find(|&u| among && self.is_one_of(layers, u, kinds))
                            {
                                return Some(named);
                            }
                            if let [person] = mentions.as_slice() {
                                let only =
                                    self.kind(layers, *person) == Some(EntityKind::Person) && inserted.len() <= 3;
                                if only && kinds.contains(&EntityKind::Person) {
                                    return Some(*person);
                                }
                            }
                            i = open;
                            jumped = true;
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
            if is_subject_relative(page, at) && !self.stands_for_object(page, layers, i, verb) {
                let opens = self.first_of_relatives(page, i);
                return self.nearest_before(layers, opens, kinds, 14);
            }
            if page.is(&page.pack.names.relatives, at) {
                break;
            }
            if let Some(previous) = self.verbs.iter().find(|v| v.units.contains(&i) && v.finite) {
                // «El taller reunió a Chile y Cuba **y fue** patrocinado por …»: verbs side by side say something of the same.
                let joined = page.pack.names.drops_subject
                    && verb.units.start > 0
                    && page.is_and(self.units[verb.units.start - 1].tokens.start);
                if seen.is_empty() || joined {
                    return self.clause_subject(page, layers, previous, kinds);
                }
                break;
            }
        }
        let fits = |i: &usize| self.is_one_of(layers, *i, kinds);
        // «La red la ejecuta **la Oficina**»: what stands before is what it is done to, and a pronoun says so again.
        let doubled = page.pack.names.drops_subject && self.has_clitic_object(page, verb);
        if doubled && !seen.iter().any(|i| self.acts(layers, *i)) {
            let bare = |i: usize| self.acts(layers, i) && !self.is_oblique(page, i) && !self.is_of(page, i);
            let behind = self.right(page, layers, verb, kinds, bare);
            if behind.is_some() {
                return behind;
            }
        }
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

    /// *The project **is run** by Oxfam **and is funded** by Norway*: the verb before one that follows *and* at once, and says more of its subject.
    /// Near miss: *the agency that **runs** the port, **and is funded** …* (the verb before stands in a clause of its own).
    fn joined_to(&self, page: &Page<'_>, verb: &VerbGroup) -> Option<&VerbGroup> {
        let plain = |u: usize| self.units[u].mention.is_none();
        let token = |u: usize| self.units[u].tokens.start;
        // Where subjects may be left out, what stands between is read first.
        if page.pack.names.drops_subject {
            return None;
        }
        let joint = verb.units.start.checked_sub(1).filter(|&u| verb.finite && plain(u) && page.is_and(token(u)))?;
        let finite = |v: &&VerbGroup| v.finite && v.units.end <= joint;
        let before = self.verbs.iter().filter(finite).max_by_key(|v| v.units.start)?;
        let relative = |u: usize| plain(u) && page.is(&page.pack.names.relatives, token(u));
        let parted = |u: usize| plain(u) && matches!(page.tokens.raw(token(u)), ";" | ":" | "«" | "»" | "“" | "”");
        // «…, qui dirige Oxfam et soutient …»: a clause of its own is left to where its pronoun is read.
        let own = (before.units.start.saturating_sub(3)..before.units.start).any(relative);
        (!own && !(before.units.end..joint).any(parted)).then_some(before)
    }

    /// Whether a unit can act: a body, a country or somebody.
    fn acts(&self, layers: &Layers, unit: usize) -> bool {
        self.is_one_of(layers, unit, &[EntityKind::Organization, EntityKind::Country, EntityKind::Person])
    }

    /// *que finance l'AFD*, *À ses côtés se tenaient …*, *« … », a déclaré X*: a subject right behind the verb, when none can stand before it.
    pub(super) fn inverted_subject(
        &self,
        page: &Page<'_>,
        layers: &Layers,
        verb: &VerbGroup,
        kinds: &[EntityKind],
    ) -> Option<usize> {
        if !verb.finite || publisher::by_ending(page, verb) || !self.opens_clause(page, verb) {
            return None;
        }
        let partitive = |i: usize| {
            let before = self.units[i].tokens.start.checked_sub(1);
            before.is_some_and(|b| page.is_exactly(&page.pack.names.partitive, b))
        };
        // «les districts de Kolda»: the head of a place and its name are one.
        let headed = |i: usize| {
            let of = self.governor(page, i);
            let names = &page.pack.names;
            // «des délégations du Bénin» too
            let own = |at: usize| page.is_exactly(&names.determiners, at);
            let some =
                |at: usize| page.is_exactly(&names.partitive, at) || page.is_exactly(&names.indefinite, at) || !own(at);
            let head = |at: usize| page.is(&names.place_heads, at) || page.is(&names.delegates, at) && some(at - 1);
            of.is_some_and(|of| of > verb.tokens.end && head(of - 1))
        };
        let bare = |i: usize| !self.is_of(page, i) || partitive(i) || headed(i);
        self.right(page, layers, verb, kinds, |i| !self.is_oblique(page, i) && bare(i))
    }

    /// Whether nothing before a verb can be its subject: only adverbs, prepositional phrases, an object relative or a quotation.
    pub(super) fn opens_clause(&self, page: &Page<'_>, verb: &VerbGroup) -> bool {
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
                || opens_dative(page, at)
                || page.is(&names.genitive_relatives, at);
            if relative || matches!(page.tokens.raw(at), "»" | "”" | ";" | ":" | "—" | "–") {
                return true;
            }
            let governed = i > 0 && {
                let before = self.units[i - 1].tokens.start;
                page.is(&page.pack.relations.oblique, before) || page.is_of(before)
            };
            let determiner = page.is_exactly(&names.determiners, at) && !is_contracted(page, at);
            let verb_before = self.verbs.iter().any(|v| v.finite && v.units.contains(&i));
            let pronoun = page.is(&names.pronouns, at) || page.is_exactly(&names.we, at);
            if (determiner || pronoun) && !governed || is_subject_relative(page, at) || verb_before {
                return false;
            }
        }
        true
    }

    /// *Ont également pris la parole : le maire, M. Sow ; …*: who acts stands after the colon.
    pub(super) fn announced_subject(
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
        let fits = |i: &usize| self.is_one_of(layers, *i, kinds);
        let people = |i: &usize| fits(i) && self.kind(layers, *i) == Some(EntityKind::Person);
        let after = colon.unwrap_or(verb.units.end)..self.units.len();
        opens.then(|| after.clone().find(people).or_else(|| after.clone().find(fits))).flatten()
    }

    /// *le programme **que** la Suède finance, **que** la FAO soutient **et qui** couvre le Mali*: relative clauses side by side are about one
    /// thing, which stands before the first.
    fn first_of_relatives(&self, page: &Page<'_>, relative: usize) -> usize {
        let plain = |u: usize| self.units[u].mention.is_none();
        let token = |u: usize| self.units[u].tokens.start;
        let joined = |u: usize| u > 0 && plain(u - 1) && page.is_and(token(u - 1));
        if !joined(relative) {
            return relative;
        }
        let before = |from: usize| {
            let opens = |u: &usize| plain(*u) && page.is(&page.pack.names.relatives, token(*u));
            let earlier = (0..from).rev().find(opens)?;
            let said = self.verbs.iter().filter(|v| v.finite && v.units.start > earlier && v.units.end <= from).count();
            let apart = (earlier..from).any(|u| plain(u) && matches!(page.tokens.raw(token(u)), ";" | ":"));
            (said == 1 && !apart).then_some(earlier)
        };
        let Some(mut first) = before(relative) else { return relative };
        while let Some(earlier) = before(first) {
            let comma = first > 0 && plain(first - 1) && page.is_raw(token(first - 1), ",");
            if !comma || page.tokens.lower(token(earlier)) != page.tokens.lower(token(first)) {
                break;
            }
            first = earlier;
        }
        first
    }

    fn same_list_across(&self, comma: usize, right: usize) -> bool {
        let list = self.units[right].list;
        (0..comma).any(|i| self.units[i].mention.is_some() && self.units[i].list == list)
    }

    /// The comma or bracket that opens the inserted clause which the comma at `closing` ends. Commas within the clause are passed over:
    /// *l'Agence**,** dont l'Angola, la Zambie et le Congo sont membres, publiera …*
    pub(super) fn opening_comma(&self, page: &Page<'_>, closing: usize) -> Option<usize> {
        let opens = |i: &usize| {
            self.units[*i].mention.is_none() && matches!(page.tokens.raw(self.units[*i].tokens.start), "," | "(")
        };
        let relative = |i: usize| {
            let next = self.units[i + 1].tokens.start;
            self.units[i + 1].mention.is_none() && page.is(&page.pack.names.relatives, next)
        };
        let nearest = (0..closing).rev().find(opens)?;
        let verb = |from: usize| self.verbs.iter().any(|v| v.finite && v.units.start > from && v.units.end <= closing);
        if relative(nearest) {
            return Some(nearest);
        }
        if !verb(nearest) {
            // «, qui a son siège à Melbourne, dans l'État de Victoria,»: the clause goes on behind its first comma.
            let own = |i: usize| {
                self.verbs.iter().filter(|v| v.finite && v.units.start > i && v.units.end <= nearest).count()
            };
            let before = (0..nearest).rev().find(opens).filter(|&i| relative(i) && own(i) == 1);
            return before.or(Some(nearest));
        }
        let before = (0..nearest).rev().filter(opens);
        let alone = |i: &usize| !self.verbs.iter().any(|v| v.finite && v.units.start > *i && v.units.end <= nearest);
        before.take_while(alone).find(|&i| relative(i)).or(Some(nearest))
    }
}

/// *qui* as subject.
fn is_subject_relative(page: &Page<'_>, at: usize) -> bool {
    // «à laquelle appartient le Togo», «dans lequel …»: behind a preposition it is none.
    let governed = at > 0 && (page.is(&page.pack.relations.oblique, at - 1) || page.is_of(at - 1));
    page.is(&page.pack.names.subject_relatives, at) && !governed && !closes_dative(page, at)
}
