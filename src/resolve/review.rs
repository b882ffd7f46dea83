//! Pairs that look the same and were not joined: what people should look at.
//!
//! *Awa Diop* of the IOM and *Awa Diop* of a ministry → two people, and a pair in doubt: a name that many have
//!
//! Pairs are kept by the name that two entities share, and found anew for the names that a change touches. Of several entities with one
//! name, each is paired with the one of which most is known, so that a name of fifty gives 49 pairs and not 1,225; a name that more than
//! a hundred ids have gives none. What a decision keeps apart, and what the lists know to be two, is in no pair.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::base::BaseNumber;
use super::joins::Join;
use super::plan::{Moved, Touched};
use super::resolver::Resolver;
use crate::model::{Candidate, Doubt, EntityId, EntityKind, ResolutionRule, fold};

/// A name that more ids than this have is not gone through pair by pair, neither by people nor with each document.
const CROWD: usize = 100;

/// Two entities, by the numbers of the ids that stand for them.
pub(super) type Pair = (BaseNumber, BaseNumber);

impl Resolver {
    /// Pairs in doubt, the likeliest to be one first, then by ids.
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut best: BTreeMap<(EntityId, EntityId), Candidate> = BTreeMap::new();
        for ((_, name), pairs) in &self.contested {
            for candidate in pairs.iter().filter_map(|pair| self.candidate(*pair, name)) {
                let known =
                    best.entry((candidate.one.clone(), candidate.other.clone())).or_insert_with(|| candidate.clone());
                let order = |c: &Candidate| (Reverse((c.likelihood * 1e6) as u64), c.name.clone());
                if order(&candidate) < order(known) {
                    *known = candidate;
                }
            }
        }
        let mut candidates: Vec<_> = best.into_values().collect();
        candidates.sort_by(|a, b| {
            b.likelihood.total_cmp(&a.likelihood).then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other)))
        });
        candidates
    }

    /// Finds the pairs of the names that were touched anew.
    pub(super) fn contest(&mut self, touched: &Touched, moved: &Moved) {
        // The names of what was touched are there; what moved with it, or is one with it, adds its own.
        let members = touched.bases.iter().filter_map(|number| self.group.get(number)).flat_map(|group| group.iter());
        let others: BTreeSet<BaseNumber> =
            moved.keys().chain(members).copied().filter(|it| !touched.has(*it)).collect();
        let mut names: BTreeSet<_> = touched.names.iter().collect();
        let of = |number: &BaseNumber| {
            let base = self.base(*number);
            base.folded_names().into_iter().map(|name| (base.kind, name))
        };
        let more: Vec<(EntityKind, String)> = others.iter().flat_map(of).collect();
        names.extend(&more);
        for name in names {
            let pairs = self.pairs(name);
            if pairs.is_empty() {
                self.contested.remove(name);
            } else {
                self.contested.insert(name.clone(), pairs);
            }
        }
    }

    fn pairs(&self, name: &(EntityKind, String)) -> Vec<Pair> {
        let holders =
            self.holders.get(name).filter(|holders| (2..=CROWD).contains(&holders.len())).into_iter().flatten();
        let homes: BTreeSet<BaseNumber> = holders.filter_map(|number| self.home[*number as usize]).collect();
        let fullness = |number: &BaseNumber| {
            let base = self.base(*number);
            (base.entry().is_some(), base.country().is_some(), base.name().chars().count(), Reverse(&base.id))
        };
        let Some(fullest) =
            homes.iter().copied().max_by(|a, b| fullness(a).cmp(&fullness(b))).filter(|_| homes.len() > 1)
        else {
            return Vec::new();
        };
        let others = homes.into_iter().filter(|number| *number != fullest);
        let (shown, acronym) = (self.is_shown(fullest, &name.1), self.is_acronym(fullest, &name.1));
        let tells =
            |other: BaseNumber| shown || self.is_shown(other, &name.1) || acronym && self.is_acronym(other, &name.1);
        others.filter(|other| self.is_open(fullest, *other) && tells(*other)).map(|other| (fullest, other)).collect()
    }

    /// Whether nobody has decided, and no list or data file says, that two are two.
    fn is_open(&self, a: BaseNumber, b: BaseNumber) -> bool {
        let listed = self.base(a).entry().is_some() && self.base(b).entry().is_some();
        let told = || self.base(a).sources().any(|(one, _)| self.base(b).sources().any(|(other, _)| one == other));
        let decided = || {
            let others = self.members(b);
            let is_other = |id: &EntityId| self.numbers.get(id).is_some_and(|number| others.contains(number));
            self.members(a).iter().any(|one| self.decided.different_from(&self.base(*one).id).any(is_other))
        };
        !listed && !told() && !decided()
    }

    /// Whether an entity is shown by a name: «Oficina Regional», short for two long names, tells nothing of either, unless it is an acronym
    /// of both.
    fn is_shown(&self, number: BaseNumber, folded: &str) -> bool {
        fold(self.base(number).name()) == folded
    }

    fn is_acronym(&self, number: BaseNumber, folded: &str) -> bool {
        let members = self.members(number);
        let names = members.iter().flat_map(|member| self.base(*member).names.iter());
        let mut capitals = names.filter(|name| !name.chars().any(char::is_lowercase));
        capitals.any(|name| fold(name) == folded)
    }

    fn candidate(&self, (a, b): Pair, folded: &str) -> Option<Candidate> {
        let doubt = self.doubt(a, b);
        let (one, other) = if self.base(a).id < self.base(b).id { (a, b) } else { (b, a) };
        let written = |number: BaseNumber| {
            let members = self.members(number);
            let names: Vec<String> =
                members.iter().flat_map(|member| self.base(*member).names.iter().cloned()).collect();
            names.into_iter().filter(|name| fold(name) == folded).min()
        };
        Some(Candidate {
            name: written(one).or_else(|| written(other))?,
            doubt,
            likelihood: self.likelihood(a, b, folded, doubt),
            one: self.base(one).id.clone(),
            other: self.base(other).id.clone(),
        })
    }

    fn doubt(&self, a: BaseNumber, b: BaseNumber) -> Doubt {
        let (one, other) = (self.base(a), self.base(b));
        let refused = |number: &BaseNumber| matches!(self.joins.get(number), Some(Join::Refused(_)));
        let told = |rule: ResolutionRule| one.rule() == rule || other.rule() == rule;
        if [a, b].iter().any(|number| self.members(*number).iter().any(refused)) {
            Doubt::SeveralCandidates
        } else if one.kind == EntityKind::Person
            && (told(ResolutionRule::Document) || told(ResolutionRule::NameAndEmployer))
        {
            Doubt::CommonName
        } else if one.country().zip(other.country()).is_some_and(|(a, b)| a != b) {
            Doubt::TwoCountries
        } else if one.is_short_acronym() || other.is_short_acronym() {
            Doubt::Acronym
        } else if told(ResolutionRule::Document) {
            Doubt::CountryUnknown
        } else {
            Doubt::SharedName
        }
    }

    /// A guess: from what kind of doubt it is, whether both are called so in the first place, and whether documents about one country
    /// speak of both.
    fn likelihood(&self, a: BaseNumber, b: BaseNumber, folded: &str, doubt: Doubt) -> f64 {
        let (one, other) = (self.base(a), self.base(b));
        let doubted = match doubt {
            Doubt::SeveralCandidates => 0.45,
            Doubt::SharedName => 0.4,
            Doubt::CountryUnknown => 0.35,
            Doubt::Acronym => 0.25,
            Doubt::CommonName => 0.2,
            Doubt::TwoCountries => 0.05,
        };
        let called = fold(one.name()) == folded && fold(other.name()) == folded;
        doubted + if called { 0.2 } else { 0.0 } + if one.shares_home_with(other) { 0.25 } else { 0.0 }
    }
}
