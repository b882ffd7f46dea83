//! What an entity is like, from the ids that are one with it.
//!
//! *organization:iom*, listed, with «Organisation mondiale …» that ana says is the same → the registry's names, all aliases, both ids

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::base::BaseNumber;
use super::joins::Join;
use super::plan::{Moved, Touched};
use super::resolver::Resolver;
use crate::model::{Changes, Entity, EntityId, Language, Resolution, ResolutionRule, Verdict, last_part};

impl Resolver {
    /// Says what the entities are like that were touched.
    pub(super) fn describe(&self, touched: &Touched, moved: &Moved, changes: &mut Changes) {
        let now = touched.bases.iter().chain(&touched.rejoined).chain(moved.keys()).flat_map(|number| {
            // An id that is not there may still be a former id of what it is one with.
            self.members(*number).into_iter().filter_map(|member| self.home[member as usize])
        });
        let before = moved.values().flatten().filter_map(|home| self.home[*home as usize]);
        let homes: BTreeSet<BaseNumber> = now.chain(before).collect();
        changes.entities = homes.into_iter().map(|home| self.entity(home)).collect();
        changes.entities.sort_by(|a, b| a.id.cmp(&b.id));
    }

    fn entity(&self, home: BaseNumber) -> Entity {
        let base = self.base(home);
        let members = self.members(home);
        let shown = || members.iter().filter(|member| self.home[**member as usize] == Some(home));
        let mut entity = Entity {
            id: base.id.clone(),
            kind: base.kind,
            name: base.name().to_owned(),
            names: Default::default(),
            aliases: BTreeSet::new(),
            external_ids: Default::default(),
            named: shown().any(|member| self.base(*member).is_named()),
            country: shown().filter_map(|member| self.base(*member).country()).min().cloned(),
            merged_ids: BTreeSet::new(),
            resolved_from: Vec::new(),
            confirmed: members.iter().any(|member| self.decided.says(&self.base(*member).id, Verdict::Confirmed)),
        };
        // The entity's own registry entry first; those of others it was said to be the same as fill in.
        let mut order: Vec<_> = shown().collect();
        order.sort_by_key(|member| (**member != home, &self.base(**member).id));
        for entry in order.iter().filter_map(|member| self.base(**member).entry()) {
            for (language, names) in entry.names_shown() {
                let known = entity.names.entry(language).or_default();
                names.into_iter().for_each(|name| {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                });
            }
            for (scheme, value) in entry.ids() {
                entity.external_ids.entry(scheme).or_insert(value);
            }
        }
        let sources = order.iter().flat_map(|member| self.base(**member).sources());
        for (namespace, id) in sources.filter(|(_, id)| last_part(id).is_none()) {
            entity.external_ids.entry(namespace.to_owned()).or_insert_with(|| id.to_owned());
        }
        if entity.name.is_empty() {
            // Nothing but relations names it: it is called by its id until its own line is there.
            let called = |(_, id)| last_part(id).unwrap_or(id).to_owned();
            entity.name = base.sources().next().map_or_else(|| base.id.to_string(), called);
        }
        for member in order {
            entity.aliases.extend(self.base(*member).names.iter().cloned());
        }
        let rejected = |member: &BaseNumber| self.is_rejected(*member);
        let others = members.iter().filter(|member| **member != home && !rejected(member));
        entity.merged_ids = others.map(|member| self.base(*member).id.clone()).collect();
        entity.resolved_from = self.resolutions(home, &members);
        tidy(&mut entity);
        if entity.names.is_empty() && entity.named {
            let shown = members.iter().filter(|member| self.home[**member as usize] == Some(home));
            // The longest of each language stays.
            let mut spoken: Vec<_> = shown.flat_map(|member| self.base(*member).spoken()).collect();
            spoken.sort_by_key(|(_, name)| (name.chars().count(), Reverse(*name)));
            entity.names =
                spoken.into_iter().map(|(language, name)| (language.clone(), vec![name.to_owned()])).collect();
        }
        entity
    }

    /// What documents alone make ids of, and what led from there to the entity.
    fn resolutions(&self, home: BaseNumber, members: &BTreeSet<BaseNumber>) -> Vec<Resolution> {
        let there = members.iter().copied().filter(|member| self.home[*member as usize] == Some(home));
        let resolution = |member: BaseNumber| {
            let base = self.base(member);
            let decision = (member != home).then(|| self.decided.same_within(&base.id, &self.ids(members))).flatten();
            let joined = (member != home).then(|| match self.joins.get(&member) {
                // A decision may have kept what the rules propose from being done.
                Some(Join::To(other)) if members.contains(other) => ResolutionRule::OnlyCandidate,
                _ => ResolutionRule::Decision,
            });
            let decision = decision.filter(|_| joined == Some(ResolutionRule::Decision));
            Resolution {
                id: base.id.clone(),
                rule: base.rule(),
                joined,
                decision,
                names: base.names.iter().cloned().collect(),
            }
        };
        let mut resolutions: Vec<_> = there.map(resolution).collect();
        resolutions.sort_by(|a, b| (a.joined.is_some(), &a.id).cmp(&(b.joined.is_some(), &b.id)));
        resolutions
    }

    pub(super) fn ids(&self, numbers: &BTreeSet<BaseNumber>) -> BTreeSet<EntityId> {
        numbers.iter().map(|number| self.base(*number).id.clone()).collect()
    }
}

/// The registry's display name in French, English or Spanish wins over what was seen; the rest are aliases.
fn tidy(entity: &mut Entity) {
    let display =
        ["fr", "en", "es"].iter().find_map(|l| entity.names.get(&Language::new(l)).and_then(|names| names.first()));
    if let Some(display) = display {
        entity.name = display.clone();
    }
    entity.aliases.extend(entity.names.values().flatten().cloned());
    entity.aliases.remove(&entity.name);
}
