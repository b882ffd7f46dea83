//! The state of resolution: what every document and decision contributes, and where everything belongs.
//!
//! `resolver.apply(&Batch { added: &[release], .. })` → the [`Changes`] that the graph needs
//!
//! One step: take in what comes and goes ([`plan`](super::plan)), group anew what that touches, and move what belongs elsewhere
//! now ([`place`](super::place)).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::base::{Base, BaseNumber};
use super::decided::Decided;
use super::identify::Told;
use super::joins::Join;
use super::plan::Touched;
use super::review::Pair;
use crate::model::{
    Annotations, Changes, Decision, DecisionId, DocumentId, EntityId, EntityKind, Judgement, Language, RelationKind,
    Stored, Verdict,
};

/// Changes to documents and decisions that are made together.
#[derive(Clone, Debug, Default)]
pub struct Batch<'b> {
    /// Documents that come in.
    pub added: &'b [Stored],
    /// Documents that go, or come in anew, with what was observed in them until now.
    pub removed: &'b [(DocumentId, Arc<Annotations>)],
    /// Decisions that come into force.
    pub decided: &'b [Decision],
    /// Decisions that are undone.
    pub undone: &'b [DecisionId],
}

/// Documents that are being taken in and out.
#[derive(Debug, Default)]
pub(super) struct Intake {
    pub(super) changes: Changes,
    pub(super) touched: Touched,
    /// The numbers of those that come in.
    pub(super) added: Vec<u32>,
}

/// A document's part in the whole.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) id: DocumentId,
    /// What each statement says, of which local entities.
    pub(super) said: Vec<(RelationKind, u32, u32)>,
    /// The id of each local entity.
    pub(super) bases: Vec<BaseNumber>,
    /// What led to each of them.
    pub(super) identified: Vec<Told>,
    /// The country that it is about.
    pub(super) home: Option<String>,
    pub(super) language: Language,
    /// The namespace of the ids in lines of a data file.
    pub(super) namespace: Option<Arc<str>>,
    /// The entity to which the mentions of each local entity belong, as the graph has it.
    pub(super) homes: Vec<Option<BaseNumber>>,
    /// The entities that each statement joins, as the graph has it.
    pub(super) ends: Vec<Option<(BaseNumber, BaseNumber)>>,
}

/// Resolves documents as they come and go. What was observed in them is not kept: it stands in the graph and the store.
#[derive(Debug, Default)]
pub struct Resolver {
    pub(super) parts: Vec<Option<Part>>,
    pub(super) free: Vec<u32>,
    pub(super) documents: HashMap<DocumentId, u32>,
    pub(super) bases: Vec<Base>,
    pub(super) numbers: HashMap<EntityId, BaseNumber>,
    /// Named things by kind and folded name or alias.
    pub(super) holders: HashMap<(EntityKind, String), BTreeSet<BaseNumber>>,
    /// Things by kind and the folded name that they show: what may join the holders of that name.
    pub(super) shown: HashMap<(EntityKind, String), BTreeSet<BaseNumber>>,
    pub(super) joins: HashMap<BaseNumber, Join<BaseNumber>>,
    pub(super) joined_by: HashMap<BaseNumber, BTreeSet<BaseNumber>>,
    /// What stands for each id; none for what is not there or rejected.
    pub(super) home: Vec<Option<BaseNumber>>,
    /// The groups of more than one id, by each of their members.
    pub(super) group: HashMap<BaseNumber, Arc<BTreeSet<BaseNumber>>>,
    /// Entities that share a name, by kind and folded name.
    pub(super) contested: HashMap<(EntityKind, String), Vec<Pair>>,
    pub(super) decided: Decided,
    /// What was said of relations, by what they join now.
    pub(super) judged: BTreeMap<(RelationKind, BaseNumber, BaseNumber), Verdict>,
}

impl Resolver {
    /// Takes in a batch and says what that changes.
    pub fn apply(&mut self, batch: &Batch<'_>) -> Changes {
        let mut intake = Intake::default();
        for (id, annotations) in batch.removed {
            self.remove_document(id, annotations, &mut intake);
        }
        for stored in batch.added {
            if self.take_in(stored, &mut intake) {
                intake.changes.added.push(stored.clone());
            }
        }
        self.finish(intake, batch.decided, batch.undone)
    }

    /// The resolver of so many documents, which come one by one, and what they and decisions make of an empty graph, but for the
    /// documents themselves.
    ///
    /// # Errors
    /// What `visit` says, which gives each document once to what it is given.
    pub fn of<E>(
        visit: impl FnOnce(&mut (dyn FnMut(&Stored) + Send)) -> Result<(), E>,
        decided: impl FnOnce() -> Result<Vec<Decision>, E>,
    ) -> Result<(Self, Changes), E> {
        let (mut resolver, mut intake) = (Self::default(), Intake::default());
        visit(&mut |stored| {
            resolver.take_in(stored, &mut intake);
        })?;
        let changes = resolver.finish(intake, &decided()?, &[]);
        Ok((resolver, changes))
    }

    /// Decides, once all documents are taken in and out, what that comes to.
    fn finish(&mut self, intake: Intake, decided: &[Decision], undone: &[DecisionId]) -> Changes {
        let Intake { mut changes, mut touched, added } = intake;
        self.decide(decided, undone, &mut touched);
        let moved = self.regroup(&mut touched);
        self.contest(&touched, &moved);
        self.replace(&added, &moved, &touched, &mut changes);
        self.describe(&touched, &moved, &mut changes);
        changes
    }

    /// The decisions in force.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decided.iter()
    }

    /// The decision in force that a judgement contradicts, when there is one.
    pub fn contradiction(&self, judgement: &Judgement) -> Option<&Decision> {
        self.decided.contradicts(judgement)
    }

    /// The number of an id, known or new.
    pub(super) fn number(&mut self, id: &EntityId, kind: EntityKind) -> BaseNumber {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = BaseNumber::try_from(self.bases.len()).expect("fewer than four billion ids");
        self.bases.push(Base::new(id.clone(), kind));
        self.home.push(None);
        self.numbers.insert(id.clone(), number);
        number
    }

    pub(super) fn base(&self, number: BaseNumber) -> &Base {
        &self.bases[number as usize]
    }

    /// The ids that are one with an id, itself included.
    pub(super) fn members(&self, number: BaseNumber) -> BTreeSet<BaseNumber> {
        self.group.get(&number).map_or_else(|| BTreeSet::from([number]), |group| (**group).clone())
    }

    pub(super) fn is_rejected(&self, number: BaseNumber) -> bool {
        self.decided.says(&self.base(number).id, Verdict::Rejected)
    }
}
