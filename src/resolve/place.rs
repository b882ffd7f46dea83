//! Moving mentions and statements to where they belong now.
//!
//! *two ids became one* → the mentions of one belong to the other now, and so do the ends of its statements; nothing else moves

use std::collections::{BTreeMap, BTreeSet};

use super::base::{BaseNumber, Site};
use super::plan::{Moved, Touched, kind_of};
use super::resolver::Resolver;
use crate::model::{Belonging, Changes, RelationId, RelationKind, Verdict};
use crate::ontology::ontology;

type Ends = (RelationKind, BaseNumber, BaseNumber);

impl Resolver {
    /// Detaches and attaches what belongs elsewhere since some ids moved.
    pub(super) fn replace(&mut self, added: &[u32], moved: &Moved, touched: &Touched, changes: &mut Changes) {
        let (mut locals, mut statements) = (BTreeSet::<Site>::new(), BTreeSet::<Site>::new());
        // All of what comes in is placed; of the rest, what is about ids that moved.
        let mut is_added = vec![false; self.parts.len()];
        added.iter().for_each(|number| is_added[*number as usize] = true);
        let was_there = |site: &&Site| !is_added[site.0 as usize];
        for number in moved.keys() {
            locals.extend(self.base(*number).locals.iter().filter(was_there));
            statements.extend(self.base(*number).statements.iter().filter(was_there));
        }
        if touched.judged || moved.keys().any(|number| self.is_judged(*number)) {
            self.judge(&mut statements, changes);
        }
        let mut sites: BTreeMap<u32, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        locals.into_iter().for_each(|(document, local)| sites.entry(document).or_default().0.push(local));
        // Judging may name statements of what comes in, which are placed with all others of their documents.
        let statements = statements.iter().filter(was_there);
        statements.for_each(|(document, at)| sites.entry(*document).or_default().1.push(*at));
        for number in added {
            let Some(Some(part)) = self.parts.get(*number as usize) else { continue };
            let all = |count: usize| (0..count as u32).collect();
            sites.insert(*number, (all(part.bases.len()), all(part.ends.len())));
        }
        for (document, (locals, statements)) in sites {
            self.replace_in(document, &locals, &statements, changes);
        }
    }

    fn replace_in(&mut self, document: u32, locals: &[u32], statements: &[u32], changes: &mut Changes) {
        let Some(part) = self.parts.get(document as usize).and_then(Option::as_ref) else { return };
        let id = |number: BaseNumber| self.base(number).id.clone();
        let (mut before, mut now) = (Belonging::of(part.id.clone()), Belonging::of(part.id.clone()));
        let (mut homes, mut ends) = (part.homes.clone(), part.ends.clone());
        for local in locals {
            let at = *local as usize;
            let home = self.home[part.bases[at] as usize];
            if home != homes[at] {
                before.mentions.extend(homes[at].map(|home| (*local, id(home))));
                now.mentions.extend(home.map(|home| (*local, id(home))));
                homes[at] = home;
            }
        }
        for statement in statements {
            let at = *statement as usize;
            let (kind, subject, object) = part.said[at];
            let placed = self.ends(kind, part.bases[subject as usize], part.bases[object as usize]);
            let placed = placed.filter(|ends| self.judged.get(ends) != Some(&Verdict::Rejected));
            let placed = placed.map(|(_, subject, object)| (subject, object));
            if placed != ends[at] {
                before.statements.extend(ends[at].map(|(subject, object)| (*statement, id(subject), id(object))));
                now.statements.extend(placed.map(|(subject, object)| (*statement, id(subject), id(object))));
                ends[at] = placed;
            }
            // A relation that comes up is confirmed when it was said to be.
            if let Some((subject, object)) = placed
                && self.judged.get(&(kind, subject, object)) == Some(&Verdict::Confirmed)
            {
                changes.confirmed.push((RelationId::new(kind, &id(subject), &id(object)), true));
            }
        }
        if !before.is_empty() {
            changes.detached.push(before);
        }
        if !now.is_empty() {
            changes.attached.push(now);
        }
        if let Some(part) = self.parts.get_mut(document as usize).and_then(Option::as_mut) {
            (part.homes, part.ends) = (homes, ends);
        }
    }

    /// What a statement about two ids joins; nothing when both are one thing or one is not shown. A symmetric relation is kept once,
    /// from the smaller id.
    fn ends(&self, kind: RelationKind, subject: BaseNumber, object: BaseNumber) -> Option<Ends> {
        let (subject, object) = (self.home[subject as usize]?, self.home[object as usize]?);
        let backwards = ontology().is_symmetric(kind) && self.base(object).id < self.base(subject).id;
        let (subject, object) = if backwards { (object, subject) } else { (subject, object) };
        (subject != object).then_some((kind, subject, object))
    }

    fn is_judged(&self, number: BaseNumber) -> bool {
        let id = &self.base(number).id;
        self.decided.relations().any(|(_, subject, object, _)| subject == id || object == id)
    }

    /// Sees what is said of which relations now, and which statements that concerns.
    fn judge(&mut self, statements: &mut BTreeSet<Site>, changes: &mut Changes) {
        let said: Vec<_> = self.decided.relations().map(|(k, s, o, v)| (k, s.clone(), o.clone(), v)).collect();
        let mut judged = BTreeMap::new();
        for (kind, subject, object, verdict) in said {
            let (subject, object) = (self.number(&subject, kind_of(&subject)), self.number(&object, kind_of(&object)));
            if let Some(ends) = self.ends(kind, subject, object) {
                // What is rejected is rejected, also when something that is the same now was confirmed.
                let known = judged.entry(ends).or_insert(verdict);
                *known = (*known).max(verdict);
            }
        }
        let before = std::mem::replace(&mut self.judged, judged);
        let changed = before.keys().chain(self.judged.keys()).filter(|ends| before.get(ends) != self.judged.get(ends));
        let changed: BTreeSet<Ends> = changed.copied().collect();
        for ends @ (kind, subject, object) in changed {
            let confirmed = self.judged.get(&ends) == Some(&Verdict::Confirmed);
            let id = RelationId::new(kind, &self.base(subject).id, &self.base(object).id);
            changes.confirmed.push((id, confirmed));
            for member in self.members(subject) {
                let of_kind = |site: &&Site| {
                    let part = self.parts.get(site.0 as usize).and_then(Option::as_ref);
                    part.is_some_and(|part| part.said[site.1 as usize].0 == kind)
                };
                statements.extend(self.base(member).statements.iter().filter(of_kind));
            }
        }
    }
}
