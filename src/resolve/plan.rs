//! Taking in what comes and goes, and finding what may be grouped otherwise now.
//!
//! *a document with «Réseau régional (RNCOM)» comes in* → whatever shows the name RNCOM is looked at again
//!
//! Must not say where anything belongs in the graph: that is [`place`](super::place)'s.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::base::{BaseNumber, Seen};
use super::clusters::{Around, Cluster, clusters};
use super::identify::{Told, identified};
use super::joins::{Join, join, may_move};
use super::resolver::{Intake, Part, Resolver};
use crate::model::{
    Annotations, Belonging, Decision, DecisionId, DocumentId, EntityId, EntityKind, Judged, Judgement, RelationMention,
    Stored, fold,
};

/// What a batch touches.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Ids of which more or less is known now, or of which something was decided, each once.
    pub(super) bases: Vec<BaseNumber>,
    /// Whether each id is among them.
    is_touched: Vec<bool>,
    /// Names that they had or have: what shows one of them may find other candidates now.
    pub(super) names: BTreeSet<(EntityKind, String)>,
    /// Ids that the rules join with something else than before, whether or not that moves them.
    pub(super) rejoined: Vec<BaseNumber>,
    /// Whether decisions on relations came or went.
    pub(super) judged: bool,
}

impl Touched {
    /// Whether an id is touched.
    pub(super) fn has(&self, number: BaseNumber) -> bool {
        self.is_touched.get(number as usize).copied().unwrap_or(false)
    }

    /// Touches an id; whether it was not touched yet.
    fn put(&mut self, number: BaseNumber) -> bool {
        let at = number as usize;
        if self.is_touched.len() <= at {
            // In one go for all that a batch brings.
            self.is_touched.resize((at + 1).next_power_of_two(), false);
        }
        let new = !std::mem::replace(&mut self.is_touched[at], true);
        if new {
            self.bases.push(number);
        }
        new
    }
}

/// What stood for an id before, where that has changed.
pub(super) type Moved = BTreeMap<BaseNumber, Option<BaseNumber>>;

impl Resolver {
    /// Takes decisions in and out, after documents; what all that touches is found by its names now.
    pub(super) fn decide(&mut self, decided: &[Decision], undone: &[DecisionId], touched: &mut Touched) {
        for decision in decided {
            if self.decided.put(decision) {
                self.touch_decision(decision, touched);
            }
        }
        for id in undone {
            if let Some(decision) = self.decided.take(id) {
                self.touch_decision(&decision, touched);
            }
        }
        for number in touched.bases.clone() {
            self.learn_names(number, touched);
        }
    }

    fn touch_decision(&mut self, decision: &Decision, touched: &mut Touched) {
        let ids: Vec<EntityId> = match &decision.judgement {
            Judgement::Same(a, b) | Judgement::Different(a, b) => vec![a.clone(), b.clone()],
            Judgement::Confirmed(Judged::Entity(id)) | Judgement::Rejected(Judged::Entity(id)) => vec![id.clone()],
            Judgement::Confirmed(Judged::Relation(_, a, b)) | Judgement::Rejected(Judged::Relation(_, a, b)) => {
                touched.judged = true;
                vec![a.clone(), b.clone()]
            }
        };
        for id in ids {
            let number = self.number(&id, kind_of(&id));
            self.touch(number, touched);
        }
    }

    /// Before anything is changed of an id: its names until now are looked up again.
    fn touch(&mut self, number: BaseNumber, touched: &mut Touched) {
        if !touched.put(number) {
            return;
        }
        let base = &self.bases[number as usize];
        let kind = base.kind;
        let names: Vec<_> = base.folded_names().into_iter().map(|name| (kind, name)).collect();
        let shown = (kind, fold(base.name()));
        for name in &names {
            forget(&mut self.holders, name, number);
        }
        forget(&mut self.shown, &shown, number);
        touched.names.extend(names);
    }

    /// After everything has changed: an id is found by the names that it has now.
    fn learn_names(&mut self, number: BaseNumber, touched: &mut Touched) {
        let base = &self.bases[number as usize];
        if !base.is_there() {
            return;
        }
        let kind = base.kind;
        let names: Vec<_> = base.folded_names().into_iter().map(|name| (kind, name)).collect();
        let shown = (kind, fold(base.name()));
        if base.is_named() {
            for name in &names {
                self.holders.entry(name.clone()).or_default().insert(number);
            }
        }
        if may_move(base) {
            self.shown.entry(shown).or_default().insert(number);
        }
        touched.names.extend(names);
    }

    /// Takes a document out; `annotations` is what was observed in it until now.
    pub(super) fn remove_document(&mut self, id: &DocumentId, annotations: &Annotations, intake: &mut Intake) {
        let Some(number) = self.documents.remove(id) else { return };
        let Some(part) = self.parts.get_mut(number as usize).and_then(Option::take) else { return };
        self.free.push(number);
        let mut gone = Belonging::of(id.clone());
        for (((local, base), told), entity) in (0..).zip(&part.bases).zip(&part.identified).zip(&annotations.entities) {
            self.touch(*base, &mut intake.touched);
            if let Some(home) = part.homes[local as usize] {
                gone.mentions.push((local, self.base(home).id.clone()));
            }
            self.bases[*base as usize].remove((number, local), entity, &seen(told, &part));
        }
        for ((at, (_, subject, object)), ends) in (0..).zip(&part.said).zip(&part.ends) {
            if let Some((subject, object)) = ends {
                gone.statements.push((at, self.base(*subject).id.clone(), self.base(*object).id.clone()));
            }
            for end in [*subject, *object] {
                self.bases[part.bases[end as usize] as usize].statements.remove(&(number, at));
            }
        }
        intake.changes.detached.push(gone);
        intake.changes.removed.insert(id.clone());
    }

    /// Takes a document in; whether it was not there.
    pub(super) fn take_in(&mut self, stored: &Stored, intake: &mut Intake) -> bool {
        let (document, annotations) = (&stored.contribution.document, &stored.contribution.annotations);
        if self.documents.contains_key(&document.id) {
            return false;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.parts.push(None);
            u32::try_from(self.parts.len() - 1).expect("fewer than four billion documents")
        });
        let (identified, home) = identified(document, annotations);
        let bases: Vec<_> = identified
            .iter()
            .zip(&annotations.entities)
            .map(|(found, local)| self.number(&found.id, local.kind))
            .collect();
        let said = |relation: &RelationMention| (relation.kind, relation.subject as u32, relation.object as u32);
        let part = Part {
            id: document.id.clone(),
            said: annotations.relations.iter().map(said).collect(),
            homes: vec![None; bases.len()],
            ends: vec![None; annotations.relations.len()],
            bases,
            identified: identified.into_iter().map(|found| Told { rule: found.rule, country: found.country }).collect(),
            home,
            language: document.language.clone(),
            namespace: document.lines.as_ref().map(|lines| Arc::clone(&lines.namespace)),
        };
        let bases = &part.bases;
        let found = annotations.entities.iter().zip(&part.identified);
        for ((local, base), (entity, found)) in (0..).zip(bases).zip(found) {
            self.touch(*base, &mut intake.touched);
            self.bases[*base as usize].add((number, local), entity, &seen(found, &part));
        }
        for (at, (_, subject, object)) in (0..).zip(&part.said) {
            for end in [*subject, *object] {
                self.bases[bases[end as usize] as usize].statements.insert((number, at));
            }
        }
        self.parts[number as usize] = Some(part);
        self.documents.insert(document.id.clone(), number);
        intake.added.push(number);
        true
    }

    /// Groups what was touched, and what is joined with it, anew. Gives what stood for the ids of which that has changed.
    pub(super) fn regroup(&mut self, touched: &mut Touched) -> Moved {
        let asking = touched.names.iter().filter_map(|name| self.shown.get(name)).flatten().copied();
        let affected: BTreeSet<BaseNumber> = touched.bases.iter().copied().chain(asking).collect();
        let mut around = affected.clone();
        for number in &affected {
            around.extend(self.members(*number));
            if self.plan(*number) {
                touched.rejoined.push(*number);
            }
        }
        self.reach(&mut around);
        let (mut same, mut different, mut joins) = (Vec::new(), BTreeSet::new(), Vec::new());
        for number in &around {
            let id = &self.base(*number).id;
            let numbers = |id: &EntityId| self.numbers.get(id).copied();
            same.extend(self.decided.same_as(id).filter_map(numbers).map(|other| (*number, other)));
            different.extend(self.decided.different_from(id).filter_map(numbers).map(|other| (*number, other)));
            if let Some(Join::To(other)) = self.joins.get(number) {
                joins.push((*number, *other));
            }
        }
        let shown = |number: BaseNumber| self.base(number).is_there() && !self.is_rejected(number);
        // Most stand alone, and are no matter of groups.
        let joined: HashSet<BaseNumber> = same.iter().chain(&joins).flat_map(|(a, b)| [*a, *b]).collect();
        let alone = around.iter().copied().filter(|number| !joined.contains(number));
        let alone: Vec<_> = alone.map(|number| (number, shown(number).then_some(number))).collect();
        around.retain(|number| joined.contains(number));
        let around = Around { bases: &self.bases, numbers: &around, same: &same, different: &different, joins: &joins };
        let clusters = clusters(&around, shown);
        let mut moved = self.settle(clusters);
        for (number, home) in alone {
            let before = std::mem::replace(&mut self.home[number as usize], home);
            if before != home {
                moved.insert(number, before);
            }
            self.group.remove(&number);
        }
        moved
    }

    /// What an id joins by the rules, now; whether that is something else than before.
    fn plan(&mut self, number: BaseNumber) -> bool {
        let base = self.base(number);
        let join = if may_move(base) && !self.is_rejected(number) {
            let name = (base.kind, fold(base.name()));
            let holders = self.holders.get(&name).into_iter().flatten().copied();
            join(base, holders.filter(|other| !self.is_rejected(*other)).map(|other| (other, self.base(other))))
        } else {
            Join::None
        };
        let before = match join {
            Join::None => self.joins.remove(&number),
            ref join => {
                if let Join::To(other) = join {
                    self.joined_by.entry(*other).or_default().insert(number);
                }
                self.joins.insert(number, join.clone())
            }
        };
        let before = before.unwrap_or_default();
        if before == join {
            return false;
        }
        if let Join::To(other) = before {
            forget(&mut self.joined_by, &other, number);
        }
        true
    }

    /// Everything that joins or decisions lead to.
    fn reach(&self, around: &mut BTreeSet<BaseNumber>) {
        let mut open: Vec<_> = around.iter().copied().collect();
        while let Some(number) = open.pop() {
            let same = self.decided.same_as(&self.base(number).id).filter_map(|id| self.numbers.get(id));
            let joined = match self.joins.get(&number) {
                Some(Join::To(other)) => Some(other),
                _ => None,
            };
            let joining = self.joined_by.get(&number).into_iter().flatten();
            for next in same.chain(joined).chain(joining) {
                if around.insert(*next) {
                    open.push(*next);
                }
            }
        }
    }

    /// Keeps new groups.
    fn settle(&mut self, clusters: Vec<Cluster>) -> Moved {
        let mut moved = Moved::new();
        for Cluster { home, members } in clusters {
            for number in &members {
                let shown = self.base(*number).is_there() && !self.is_rejected(*number);
                let home = home.filter(|_| shown);
                let before = std::mem::replace(&mut self.home[*number as usize], home);
                if before != home {
                    moved.insert(*number, before);
                }
            }
            let alone = members.len() == 1;
            let members = Arc::new(members);
            for number in members.iter() {
                if alone {
                    self.group.remove(number);
                } else {
                    self.group.insert(*number, Arc::clone(&members));
                }
            }
        }
        moved
    }
}

fn seen<'i>(identified: &'i Told, part: &'i Part) -> Seen<'i> {
    Seen {
        rule: identified.rule,
        language: &part.language,
        country: identified.country.as_ref(),
        home: part.home.as_ref(),
        namespace: part.namespace.as_ref(),
    }
}

fn forget<K: std::hash::Hash + Eq>(
    index: &mut std::collections::HashMap<K, BTreeSet<BaseNumber>>,
    key: &K,
    number: BaseNumber,
) {
    if let Some(numbers) = index.get_mut(key) {
        numbers.remove(&number);
        if numbers.is_empty() {
            index.remove(key);
        }
    }
}

/// The kind that an id begins with.
pub(super) fn kind_of(id: &EntityId) -> EntityKind {
    let kind = id.as_str().split(':').next().unwrap_or_default();
    EntityKind::parse(&kind.to_uppercase()).unwrap_or(EntityKind::Topic)
}
