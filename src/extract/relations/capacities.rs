//! What somebody is to something: backer, organizer, partner, branch, author.
//!
//! *l'**Autriche**, principal bailleur du **programme*** · *la **Suède** en **est le bailleur*** · *dont l'**OIM** est le maître d'œuvre* ·
//! ***Filiale de la Banque**, la **Société** …* · *le **programme** a pour maître d'œuvre l'**Université***
//!
//! Near miss: *n'est pas le bailleur du projet* (denied), *l'hôte d'une importante communauté* (of nothing that is named).

use std::ops::Range;

use super::antecedents::{about_before, fill};
use super::companions::Place;
use super::line::Line;
use super::verb_group::VerbGroup;
use super::{Proposal, Scene};
use crate::extract::language::{Argument, Capacity, Direction, Tense};
use crate::model::{EntityKind, Modality, Qualifiers, RelationKind};

/// Applies every capacity at every token.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    let rules = &scene.page.pack.relations;
    for line in &scene.lines {
        for (at, end) in line.words_of(scene.page, &rules.capacity_nouns) {
            for capacity in &rules.capacities {
                if let Some(length) = scene.page.phrase(&capacity.nouns, at, end) {
                    let noun = Noun { scene, line, capacity, tokens: at..at + length };
                    noun.apply(proposals);
                }
            }
        }
    }
}

/// A capacity noun in its sentence.
struct Noun<'a, 'd> {
    scene: &'a Scene<'a, 'd>,
    line: &'a Line,
    capacity: &'a Capacity,
    tokens: Range<usize>,
}

impl Noun<'_, '_> {
    fn apply(&self, proposals: &mut Vec<Proposal>) {
        let start = self.start();
        let of = self.of();
        // «the programme's donor»
        let genitive = if of.is_none() { self.genitive_before(start) } else { None };
        let (start, of) = genitive.map_or((start, of), |(start, unit)| (start, Some(unit)));
        let beside = of.filter(|_| !self.capacity.by_verb);
        let stated = self
            .assigned(start)
            .or_else(|| self.labelled())
            .or_else(|| self.copula(start, of))
            .or_else(|| self.named_by_verb(start, of))
            .or_else(|| self.alone(start, of))
            .or_else(|| beside.and_then(|of| self.apposed(start, of).or_else(|| self.fronted(start, of))));
        let Some((holders, objects, modality)) = stated else { return };
        for &holder in &holders {
            for &object in objects.iter().filter(|o| **o != holder) {
                let ends = (self.scene.end(holder.0, holder.1), self.scene.end(object.0, object.1));
                let (Some(holder_end), Some(object_end)) = ends else { continue };
                let backward = self.capacity.direction == Direction::Backward;
                let (subject, object_end) = if backward { (object_end, holder_end) } else { (holder_end, object_end) };
                let mut sentences = vec![holder.0, object.0, self.line.sentence];
                sentences.sort_unstable();
                sentences.dedup();
                let mut qualifiers = Qualifiers { modality, ..Qualifiers::default() };
                self.scene.qualify(&mut qualifiers, self.capacity.kind, self.line.sentence, self.tokens.start);
                proposals.push(Proposal {
                    kind: self.capacity.kind,
                    subject,
                    object: object_end,
                    trigger: Some(self.tokens.clone()),
                    confidence: self.capacity.confidence - if sentences.len() > 1 { 0.15 } else { 0.0 },
                    sentences,
                    qualifiers,
                    rule: self.capacity.name.clone(),
                });
            }
        }
    }

    /// *Oxfam is **the programme**'s main donor*: what it is held of stands before it in the genitive; and where that begins.
    fn genitive_before(&self, start: usize) -> Option<(usize, usize)> {
        let page = self.scene.page;
        let apostrophe = start.checked_sub(1).filter(|_| page.pack.names.heads_last && page.is_raw(start, "s"))?;
        let first = self.line.units[0].tokens.start;
        let unit = self.line.unit_at(apostrophe.checked_sub(1).filter(|at| *at >= first)?);
        let fits = self.line.units[unit].tokens.end == apostrophe && self.fits(unit, &self.capacity.of);
        let mut begin = self.line.units[unit].tokens.start;
        while begin > first && page.is_exactly(&page.pack.names.determiners, begin - 1) {
            begin -= 1;
        }
        (fits && page.tokens.lower(apostrophe) == "’").then_some((begin, unit))
    }

    /// Where the phrase begins: its adjectives and determiner passed over to the left.
    fn start(&self) -> usize {
        let page = self.scene.page;
        let first = self.line.units[0].tokens.start;
        let mut at = self.tokens.start;
        while at > first
            && (page.is(&page.pack.names.before_noun, at - 1)
                || page.is(&page.pack.names.ordinals, at - 1)
                || page.is_exactly(&page.pack.names.determiners, at - 1) && !page.is_contracted(at - 1))
        {
            at -= 1;
        }
        at
    }

    /// The unit that *de* behind the noun leads to.
    fn of(&self) -> Option<usize> {
        let page = self.scene.page;
        let end = self.line.units.last()?.tokens.end;
        let mut at = self.tokens.end;
        let participle = |at: usize| page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
        while at < end && page.is_lower(at) && (page.is_adjective(at) || participle(at)) {
            at += 1;
        }
        // «une unité commune **à** l'Université», «a body answerable **to** the Agency»
        let dative = self.capacity.kind == RelationKind::PartOf && at > self.tokens.end;
        let led = at < end && (page.is_of(at) || dative && page.is(&page.pack.names.dative, at));
        if !led {
            return None;
        }
        let mut name = at + 1;
        while name < end
            && (page.is_exactly(&page.pack.names.determiners, name)
                || page.is(&page.pack.names.before_noun, name)
                || page.is(&page.pack.names.not_places, name)
                || page.is(&page.pack.names.government, name)
                || page.is(&page.pack.names.place_heads, name) && page.is_of(name + 1)
                || page.is_of(name))
        {
            name += 1;
        }
        let unit = self.line.unit_at(name);
        (name < end && self.fits(unit, &self.capacity.of)).then_some(unit)
    }

    fn fits(&self, unit: usize, kinds: &[EntityKind]) -> bool {
        self.line.is_one_of(self.scene.layers, unit, kinds)
    }

    fn list(&self, unit: usize, kinds: &[EntityKind]) -> Vec<Place> {
        self.line.list(self.scene.layers, unit, kinds).into_iter().map(|u| (self.line.sentence, u)).collect()
    }

    /// The unit that ends right before a token.
    fn unit_before(&self, at: usize) -> Option<usize> {
        let unit = self.line.unit_at(at.checked_sub(1)?);
        (self.line.units[unit].tokens.end == at).then_some(unit)
    }

    /// *l'**Autriche**, principal bailleur du programme*
    fn apposed(&self, start: usize, of: usize) -> Option<Stated> {
        let page = self.scene.page;
        let comma = start.checked_sub(1).filter(|&c| page.is_raw(c, ","))?;
        let holder = self.unit_before(comma).filter(|&u| self.fits(u, &self.capacity.holders))?;
        let several = page.tokens.lower(self.tokens.start).ends_with('s');
        let holders =
            if several { self.list(holder, &self.capacity.holders) } else { vec![(self.line.sentence, holder)] };
        Some((holders, self.list(of, &self.capacity.of), Modality::Asserted))
    }

    /// ***Filiale de la Banque**, la **Société** …*: the phrase opens the sentence, who it is said of follows.
    fn fronted(&self, start: usize, of: usize) -> Option<Stated> {
        let page = self.scene.page;
        let objects = self.list(of, &self.capacity.of);
        let comma = self.line.units[objects.last()?.1].tokens.end;
        let end = self.line.units.last()?.tokens.end;
        let first = self.line.units[0].tokens.start;
        // «**En tant que** membre du Club, le Japon …»
        let opens = page.phrase(&page.pack.relations.capacity_role, first, end).unwrap_or(0);
        if start != first && start != first + opens || !page.is_raw(comma, ",") {
            return None;
        }
        let name = page.past_determiners(comma + 1, end);
        let holder = self.line.unit_at(name);
        (name < end && self.fits(holder, &self.capacity.holders))
            .then(|| (self.list(holder, &self.capacity.holders), objects, Modality::Asserted))
    }

    /// *Bailleurs de « Racines » : l'**Union européenne**, la **Norvège***, *Participants au stage : **A**, **B***, *les États de l'UEMOA
    /// (**Bénin**, **Togo**)*
    fn labelled(&self) -> Option<Stated> {
        let page = self.scene.page;
        let end = self.line.units.last()?.tokens.end;
        let mut at = self.tokens.end;
        // «Sites **retenus pour** le programme : …»
        let participle = |at: usize| page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
        while at < end && page.is_lower(at) && (page.is_adjective(at) || participle(at)) {
            at += 1;
        }
        let led = at < end && page.phrase(&page.pack.names.complement, at, end).is_some();
        if at >= end || !(led || page.is_of(at) || page.is(&page.pack.names.dative, at)) {
            return None;
        }
        let object = self.line.unit_at(page.past_determiners(at + 1, end).min(end - 1));
        let mut mark = self.line.units[object].tokens.end;
        if mark < end && page.is_raw(mark, "»") {
            mark += 1;
        }
        // «les quatre pays membres de la Commission, le Cambodge, le Laos, …»
        let counted = self.tokens.start > self.line.units[0].tokens.start
            && page.pack.names.counts.iter().any(|word| page.tokens.lower(self.tokens.start - 1) == word);
        let opens = mark < end && (matches!(page.tokens.raw(mark), ":" | "(") || counted && page.is_raw(mark, ","));
        let holder = self.line.unit_at(page.past_determiners(mark + 1, end).min(end - 1));
        let fits = opens && self.fits(object, &self.capacity.of) && self.fits(holder, &self.capacity.holders);
        fits.then(|| {
            let holders = self.list(holder, &self.capacity.holders);
            (holders, vec![(self.line.sentence, object)], Modality::Asserted)
        })
    }

    /// *la **Suède** est le bailleur du programme*, *les deux **en** sont les organisateurs*, ***dont** l'OIM est le maître d'œuvre*,
    /// ***elle** en est la présidente*
    fn copula(&self, start: usize, of: Option<usize>) -> Option<Stated> {
        let page = self.scene.page;
        let verbs = &page.pack.verbs;
        let first = self.line.units[0].tokens.start;
        let mut at = start.checked_sub(1).filter(|at| *at >= first)?;
        while at > first && page.is_exactly(&verbs.adverbs, at) {
            at -= 1;
        }
        // «a été élue présidente», «devient trésorier»
        let appointed = self.line.verbs.iter().find(|v| v.tokens.end == start && verbs.appointing.has(v.verb));
        if let (Some(verb), Some(of)) = (appointed.filter(|v| !v.negated), of) {
            let (sentence, filler) = fill(self.scene, self.line, verb, &Argument::Itself, &self.capacity.holders)?;
            let holders = filler.units.iter().map(|&unit| (sentence, unit)).collect();
            return Some((holders, self.list(of, &self.capacity.of), verb.modality));
        }
        let future = page.is_exactly(&verbs.be_future, at);
        let copula = self.line.unit_at(at);
        if !future && !page.is_exactly(&verbs.be, at) || self.line.units[copula].mention.is_some() {
            return None;
        }
        let mut begin = copula;
        let mut of_it = false;
        while begin > 0 && self.line.units[begin - 1].mention.is_none() {
            let before = self.line.units[begin - 1].tokens.start;
            if page.is_exactly(&verbs.negation, before) {
                return None;
            }
            of_it |= page.is(&page.pack.names.of_it, before);
            if !page.is(&page.pack.names.of_it, before) && !page.is_exactly(&verbs.adverbs, before) {
                break;
            }
            begin -= 1;
        }
        let denied = self.line.units.get(copula + 1).is_some_and(|u| page.is_exactly(&verbs.negator, u.tokens.start));
        let modality = if future { Modality::Planned } else { Modality::Asserted };
        let verb = VerbGroup::copula(self.line.units[begin].tokens.start..at + 1, begin..copula + 1, modality);
        let (sentence, filler) = fill(self.scene, self.line, &verb, &Argument::Itself, &self.capacity.holders)?;
        if denied {
            return None;
        }
        let holders: Vec<Place> = filler.units.iter().map(|&unit| (sentence, unit)).collect();
        let holder = holders.iter().find(|h| h.0 == self.line.sentence).map_or(begin, |h| h.1);
        let about = || about_before(self.scene, self.line, holder.min(begin), &self.capacity.of);
        let object = of.map(|of| self.list(of, &self.capacity.of)).or_else(|| self.genitive(holder));
        let object = object.or_else(|| {
            let spoken_of = of_it || self.capacity.about || self.is_of_what_is_spoken_of(start);
            let found = spoken_of.then(about).flatten();
            found.map(|place| vec![place])
        });
        object.map(|objects| (holders, objects, modality))
    }

    /// *dont l'hôte **sera l'Université***, *le bailleur du projet **est la Suède***, *ses auteurs **sont A et B***: who holds it follows.
    fn named_by_verb(&self, start: usize, of: Option<usize>) -> Option<Stated> {
        let page = self.scene.page;
        let verbs = &page.pack.verbs;
        let end = self.line.units.last()?.tokens.end;
        let at = of.map_or(self.tokens.end, |of| self.line.units[of].tokens.end);
        let future = at < end && page.is_exactly(&verbs.be_future, at);
        let copula = future || at < end && page.is_exactly(&verbs.be, at);
        // «Speakers **included** A and B»
        let linked = page.phrase(&page.pack.relations.linking, at, end).filter(|_| !copula);
        if at >= end || !copula && linked.is_none() {
            return None;
        }
        let name = page.past_determiners(at + linked.unwrap_or(1), end);
        let holder = self.line.unit_at(name.min(end - 1));
        if !self.fits(holder, &self.capacity.holders) || self.line.units[holder].tokens.start > name {
            return None;
        }
        let first = self.line.unit_at(start);
        let possessive = page.is_exactly(&page.pack.names.possessive, start);
        let object = of.map(|of| self.list(of, &self.capacity.of)).or_else(|| {
            let relative = |unit: usize| {
                let unit = &self.line.units[unit];
                unit.mention.is_none() && page.is(&page.pack.names.genitive_relatives, unit.tokens.start)
            };
            let genitive = first.checked_sub(1).is_some_and(relative);
            let spoken_of = genitive || possessive || self.is_of_what_is_spoken_of(start);
            let found = spoken_of.then(|| about_before(self.scene, self.line, first, &self.capacity.of));
            found.flatten().map(|place| vec![place])
        })?;
        let modality = if future { Modality::Planned } else { Modality::Asserted };
        Some((self.list(holder, &self.capacity.holders), object, modality))
    }

    /// *Japan is **the** main donor*, ***The** organizers are A and B*, ***Speakers** included A*: what an undertaking has, said with an article
    /// or at the head of the sentence, is had by the one that the text speaks of.
    fn is_of_what_is_spoken_of(&self, start: usize) -> bool {
        let page = self.scene.page;
        let doing =
            |kind: &EntityKind| matches!(kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
        let end = self.line.units.last().map_or(start, |u| u.tokens.end);
        let opens = start == self.line.units[0].tokens.start;
        let definite = page.is_exactly(&page.pack.names.definite, start);
        let led = self.tokens.end < end && page.phrase(&page.pack.names.complement, self.tokens.end, end).is_some();
        let of_other = led || self.tokens.end < end && page.is_of(self.tokens.end);
        // «Elle est la présidente»: who presides may preside over much.
        let post = self.capacity.kind == RelationKind::Organizes;
        self.capacity.of.iter().all(doing) && (opens || definite) && !of_other && !post
    }

    /// *le **Kirghizistan**, pays hôte, …*, *Puissance invitante, le **Guatemala** …*: of what the text speaks of.
    fn alone(&self, start: usize, of: Option<usize>) -> Option<Stated> {
        let page = self.scene.page;
        let end = self.line.units.last()?.tokens.end;
        const LONGEST: usize = 4;
        let close = (self.tokens.end..end.min(self.tokens.end + LONGEST)).find(|&t| page.is_raw(t, ","));
        let modest = |close: usize| (self.tokens.end..close).all(|t| !page.is_of(t) && !page.is_capital(t));
        let closed = close == Some(self.tokens.end);
        // «la Ville de Liège et la Ville de Lubumbashi, partenaires depuis 2002, …»
        let mutual = self.capacity.holders == self.capacity.of && of.is_none() && close.is_some_and(modest);
        if mutual {
            let comma = start.checked_sub(1).filter(|&c| page.is_raw(c, ","))?;
            let holder = self.unit_before(comma).filter(|&u| self.fits(u, &self.capacity.holders))?;
            let all = self.list(holder, &self.capacity.holders);
            return (all.len() > 1).then(|| (all.clone(), all, Modality::Asserted));
        }
        if of.is_some() || !closed || self.capacity.by_verb {
            return None;
        }
        let comma = start.checked_sub(1).filter(|&c| page.is_raw(c, ","));
        let before = comma.and_then(|comma| self.unit_before(comma));
        let behind = || {
            let opens = start == self.line.units[0].tokens.start;
            let name = page.past_determiners(self.tokens.end + 1, end);
            (opens && name < end).then(|| self.line.unit_at(name))
        };
        let holder = before.or_else(behind).filter(|&u| self.fits(u, &self.capacity.holders))?;
        let object = about_before(self.scene, self.line, holder, &self.capacity.of)?;
        Some((vec![(self.line.sentence, holder)], vec![object], Modality::Asserted))
    }

    /// What *dont* before the holder stands for.
    fn genitive(&self, holder: usize) -> Option<Vec<Place>> {
        let page = self.scene.page;
        let mut unit = holder.checked_sub(1)?;
        while unit > 0 && page.is_exactly(&page.pack.names.determiners, self.line.units[unit].tokens.start) {
            unit -= 1;
        }
        let relative = self.line.units[unit].mention.is_none()
            && page.is(&page.pack.names.genitive_relatives, self.line.units[unit].tokens.start);
        let object = self.line.nearest_before(self.scene.layers, unit, &self.capacity.of, 8).filter(|_| relative)?;
        Some(vec![(self.line.sentence, object)])
    }

    /// *le **programme** a pour maître d'œuvre l'**Université***
    fn assigned(&self, start: usize) -> Option<Stated> {
        const FURTHEST: usize = 10;
        let page = self.scene.page;
        let end = self.line.units.last()?.tokens.end;
        let role = start.checked_sub(1)?;
        let verb = role.checked_sub(1)?;
        let assigns = page.is(&page.pack.relations.capacity_role, role)
            && (page.is_exactly(&page.pack.verbs.have, verb) || page.is_exactly(&page.pack.verbs.have_future, verb));
        let mut name = page.past_determiners(self.tokens.end, end);
        // «a pour terrain **les communes** de A et de B»
        let place = |at: usize| page.is(&page.pack.names.place_heads, at) && page.is_of(at + 1);
        while name < end && page.is_lower(name) && (page.is_adjective(name) || place(name)) {
            name = page.past_determiners(name + 1 + usize::from(place(name)), end);
        }
        let holder = self.line.unit_at(name.min(end.saturating_sub(1)));
        if !assigns || name >= end || !self.fits(holder, &self.capacity.holders) {
            return None;
        }
        let object =
            self.line.nearest_before(self.scene.layers, self.line.unit_at(verb), &self.capacity.of, FURTHEST)?;
        let holders = self.list(holder, &self.capacity.holders);
        Some((holders, vec![(self.line.sentence, object)], Modality::Asserted))
    }
}

/// Who holds it, of what, and how the sentence means it.
type Stated = (Vec<Place>, Vec<Place>, Modality);
