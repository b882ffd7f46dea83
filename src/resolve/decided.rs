//! The decisions in force, as resolution asks for them.
//!
//! *a same b*, *b same c* → a, b and c are one; *a different c* is refused then: it contradicts them

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Decision, DecisionId, EntityId, Judged, Judgement, RelationKind, Verdict};

/// Decisions by what they are about.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    decisions: BTreeMap<DecisionId, Decision>,
    same: BTreeMap<EntityId, BTreeMap<EntityId, BTreeSet<DecisionId>>>,
    different: BTreeMap<EntityId, BTreeMap<EntityId, BTreeSet<DecisionId>>>,
    entities: BTreeMap<EntityId, BTreeMap<Verdict, BTreeSet<DecisionId>>>,
}

impl Decided {
    /// Puts a decision in force; whether it was not.
    pub(super) fn put(&mut self, decision: &Decision) -> bool {
        if self.decisions.insert(decision.id.clone(), decision.clone()).is_some() {
            return false;
        }
        let id = decision.id.clone();
        match &decision.judgement {
            Judgement::Same(a, b) => link(&mut self.same, a, b, &id),
            Judgement::Different(a, b) => link(&mut self.different, a, b, &id),
            Judgement::Confirmed(Judged::Entity(entity)) | Judgement::Rejected(Judged::Entity(entity)) => {
                let verdicts = self.entities.entry(entity.clone()).or_default();
                verdicts.entry(decision.judgement.verdict()).or_default().insert(id);
            }
            Judgement::Confirmed(_) | Judgement::Rejected(_) => {}
        }
        true
    }

    /// Takes a decision out of force and gives it back.
    pub(super) fn take(&mut self, id: &DecisionId) -> Option<Decision> {
        let decision = self.decisions.remove(id)?;
        match &decision.judgement {
            Judgement::Same(a, b) => unlink(&mut self.same, a, b, id),
            Judgement::Different(a, b) => unlink(&mut self.different, a, b, id),
            Judgement::Confirmed(Judged::Entity(entity)) | Judgement::Rejected(Judged::Entity(entity)) => {
                if let Some(verdicts) = self.entities.get_mut(entity) {
                    verdicts.values_mut().for_each(|ids| {
                        ids.remove(id);
                    });
                    verdicts.retain(|_, ids| !ids.is_empty());
                }
                self.entities.retain(|_, verdicts| !verdicts.is_empty());
            }
            Judgement::Confirmed(_) | Judgement::Rejected(_) => {}
        }
        Some(decision)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values()
    }

    /// What somebody said is the same as an entity.
    pub(super) fn same_as(&self, id: &EntityId) -> impl Iterator<Item = &EntityId> {
        self.same.get(id).into_iter().flat_map(BTreeMap::keys)
    }

    /// The first decision that makes an id one with another of these.
    pub(super) fn same_within(&self, id: &EntityId, ids: &BTreeSet<EntityId>) -> Option<DecisionId> {
        let links = self.same.get(id)?.iter().filter(|(other, _)| ids.contains(*other));
        links.flat_map(|(_, decisions)| decisions).min().cloned()
    }

    /// What somebody said is different from an entity.
    pub(super) fn different_from(&self, id: &EntityId) -> impl Iterator<Item = &EntityId> {
        self.different.get(id).into_iter().flat_map(BTreeMap::keys)
    }

    /// Whether somebody said this of an entity.
    pub(super) fn says(&self, id: &EntityId, verdict: Verdict) -> bool {
        self.entities.get(id).is_some_and(|verdicts| verdicts.contains_key(&verdict))
    }

    /// The relations of which something was said, with what.
    pub(super) fn relations(&self) -> impl Iterator<Item = (RelationKind, &EntityId, &EntityId, Verdict)> {
        self.decisions.values().filter_map(|decision| match &decision.judgement {
            Judgement::Confirmed(Judged::Relation(kind, subject, object))
            | Judgement::Rejected(Judged::Relation(kind, subject, object)) => {
                Some((*kind, subject, object, decision.judgement.verdict()))
            }
            _ => None,
        })
    }

    /// Everything that decisions make one with an entity, itself included.
    fn one_with(&self, id: &EntityId) -> BTreeSet<EntityId> {
        let mut found = BTreeSet::from([id.clone()]);
        let mut open = vec![id.clone()];
        while let Some(id) = open.pop() {
            for other in self.same_as(&id) {
                if found.insert(other.clone()) {
                    open.push(other.clone());
                }
            }
        }
        found
    }

    /// The decision that a judgement contradicts, when there is one.
    pub(super) fn contradicts(&self, judgement: &Judgement) -> Option<&Decision> {
        let id = match judgement {
            Judgement::Same(a, b) => {
                let others = self.one_with(b);
                let ones = self.one_with(a);
                ones.iter().find_map(|one| {
                    let links = self.different.get(one)?;
                    links.iter().find(|(other, _)| others.contains(*other)).and_then(|(_, ids)| ids.first())
                })
            }
            Judgement::Different(a, b) if self.one_with(a).contains(b) => {
                self.same.get(a).and_then(|links| links.values().next()?.first())
            }
            Judgement::Different(..) => None,
            Judgement::Confirmed(judged) => self.said(&Judgement::Rejected(judged.clone())),
            Judgement::Rejected(judged) => self.said(&Judgement::Confirmed(judged.clone())),
        };
        id.and_then(|id| self.decisions.get(id))
    }

    fn said(&self, judgement: &Judgement) -> Option<&DecisionId> {
        self.decisions.values().find(|decision| decision.judgement == *judgement).map(|decision| &decision.id)
    }
}

type Links = BTreeMap<EntityId, BTreeMap<EntityId, BTreeSet<DecisionId>>>;

fn link(links: &mut Links, a: &EntityId, b: &EntityId, decision: &DecisionId) {
    for (one, other) in [(a, b), (b, a)] {
        links.entry(one.clone()).or_default().entry(other.clone()).or_default().insert(decision.clone());
    }
}

fn unlink(links: &mut Links, a: &EntityId, b: &EntityId, decision: &DecisionId) {
    for (one, other) in [(a, b), (b, a)] {
        let Some(others) = links.get_mut(one) else { continue };
        if let Some(ids) = others.get_mut(other) {
            ids.remove(decision);
        }
        others.retain(|_, ids| !ids.is_empty());
        if others.is_empty() {
            links.remove(one);
        }
    }
}
