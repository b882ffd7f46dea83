//! Invented graphs of a given shape: entities by number, relations between them, nothing else.
//!
//! `Invented { kinds: vec![Organization; 3], relations: vec![(Funds, 0, 1, 0.9)] }.snapshot()` → `organization:000 FUNDS organization:001`
//!
//! Each relation stands in a document of its own, and so does each entity, so that the same graph can be made in another order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maillage::model::{
    Annotations, Belonging, Changes, Contribution, Entity, EntityId, EntityKind, LocalEntity, Mention, MentionForm,
    Qualifiers, RelationKind, RelationMention, RuleId, Span, Stored,
};
use maillage::ontology::ontology;
use maillage::query::{Direction, EntityRow};
use maillage::snapshot::{Draft, Snapshot};
use proptest::prelude::*;

use crate::fixture::bare_document;

/// A relation: kind, number of the subject, number of the object, confidence.
pub(crate) type Line = (RelationKind, usize, usize, f32);

/// What a graph is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Invented {
    pub(crate) kinds: Vec<EntityKind>,
    pub(crate) relations: Vec<Line>,
}

/// Few confidences, so that there are ties.
const CONFIDENCES: [f32; 4] = [0.5, 0.8, 0.9, 1.0];

impl Invented {
    pub(crate) fn id(&self, number: usize) -> EntityId {
        EntityId::new(self.kinds[number], &format!("{number:03}"))
    }

    pub(crate) fn number(&self, id: &EntityId) -> usize {
        (0..self.kinds.len()).find(|number| self.id(*number) == *id).expect("an id of this graph")
    }

    pub(crate) fn number_of(&self, snapshot: &Snapshot, row: EntityRow) -> usize {
        self.number(&snapshot.graph().entity(row).id)
    }

    /// The relations as the graph has them: each once, the highest confidence, symmetric ones from the smaller id.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let mut best: BTreeMap<(RelationKind, usize, usize), f32> = BTreeMap::new();
        for (kind, subject, object, confidence) in &self.relations {
            let (mut subject, mut object) = (*subject, *object);
            if ontology().is_symmetric(*kind) && self.id(object) < self.id(subject) {
                (subject, object) = (object, subject);
            }
            let known = best.entry((*kind, subject, object)).or_default();
            *known = known.max(*confidence);
        }
        best.into_iter().map(|((kind, subject, object), confidence)| (kind, subject, object, confidence)).collect()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.made(|parts| parts)
    }

    /// The same graph, made the other way round: all rows differ.
    pub(crate) fn turned(&self) -> Snapshot {
        self.made(|mut parts| {
            parts.reverse();
            parts
        })
    }

    fn made(&self, order: impl Fn(Vec<(Stored, Belonging)>) -> Vec<(Stored, Belonging)>) -> Snapshot {
        let mut parts: Vec<_> = (0..self.kinds.len()).map(|number| self.part(number, None)).collect();
        parts.extend(
            self.lines().into_iter().enumerate().map(|(at, line)| self.part(self.kinds.len() + at, Some(line))),
        );
        let mut draft = Draft::default();
        for (stored, belonging) in order(parts) {
            let entities = (0..self.kinds.len()).map(|number| self.entity(number)).collect();
            draft.apply(&Changes { added: vec![stored], attached: vec![belonging], entities, ..Changes::default() });
        }
        draft.snapshot(1)
    }

    fn entity(&self, number: usize) -> Entity {
        Entity {
            id: self.id(number),
            kind: self.kinds[number],
            name: format!("E{number:03}"),
            names: BTreeMap::new(),
            aliases: BTreeSet::new(),
            external_ids: BTreeMap::new(),
            named: true,
            country: number.is_multiple_of(3).then(|| "SN".to_string()),
            merged_ids: BTreeSet::new(),
            resolved_from: Vec::new(),
            confirmed: false,
        }
    }

    fn part(&self, number: usize, line: Option<Line>) -> (Stored, Belonging) {
        let document = bare_document(&number.to_string(), "Un texte.".to_string());
        let mut belonging = Belonging::of(document.id.clone());
        let ends = line.map_or_else(|| vec![number], |(_, subject, object, _)| vec![subject, object]);
        let local = |(at, number): (usize, &usize)| {
            belonging.mentions.push((at as u32, self.id(*number)));
            let mention = Mention { span: Span::new(0, 2), form: MentionForm::Name, rule: RuleId::new("test") };
            let (aliases, registry, source_id, country) = Default::default();
            let (kind, name) = (self.kinds[*number], format!("E{number:03}"));
            LocalEntity { kind, name, aliases, registry, source_id, named: true, country, mentions: vec![mention] }
        };
        let entities = ends.iter().enumerate().map(local).collect();
        let mut relations = Vec::new();
        if let Some((kind, subject, object, confidence)) = line {
            belonging.statements.push((0, self.id(subject), self.id(object)));
            relations.push(RelationMention {
                kind,
                subject: 0,
                object: 1,
                subject_span: Span::new(0, 2),
                object_span: Span::new(3, 8),
                trigger: None,
                qualifiers: Qualifiers::default(),
                confidence,
                evidence: vec![Span::new(0, 9)],
                rule: RuleId::new("test"),
            });
        }
        let annotations = Arc::new(Annotations { document: document.id.clone(), entities, relations });
        let contribution = Contribution { document: Arc::new(document), annotations, extractor: "test".into() };
        (Stored { contribution, added: 1, added_at: jiff::Timestamp::UNIX_EPOCH }, belonging)
    }
}

/// Where a relation leads from an entity, walked in a direction.
pub(crate) fn leads((kind, subject, object, _): &Line, from: usize, direction: Direction) -> Option<usize> {
    let symmetric = ontology().is_symmetric(*kind);
    let out = *subject == from && (direction != Direction::In || symmetric);
    let into = *object == from && (direction != Direction::Out || symmetric);
    if out { Some(*object) } else { into.then_some(*subject) }
}

/// Graphs of a few organizations with relations of three kinds, one of them symmetric.
pub(crate) fn organizations(most: usize, relations: usize) -> impl Strategy<Value = Invented> {
    let kinds = [RelationKind::Funds, RelationKind::Supports, RelationKind::PartnersWith];
    let line = (0..kinds.len(), 0..most, 0..most, 0..CONFIDENCES.len());
    proptest::collection::vec(line, 1..=relations).prop_map(move |lines| Invented {
        kinds: vec![EntityKind::Organization; most],
        relations: lines
            .into_iter()
            .filter(|(_, subject, object, _)| subject != object)
            .map(|(kind, subject, object, confidence)| (kinds[kind], subject, object, CONFIDENCES[confidence]))
            .collect(),
    })
}

pub(crate) fn directions() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Both)]
}
