//! A query as it will be answered: what to write for each kind of object, in the order of the answer.
//!
//! `{ entity(id: "country:CA") { n: name } }` → `"entity":` the entity of call 0, of any kind: `"n":` its name
//!
//! Aliases, fragments and types are resolved; arguments stand apart, as calls, since variables give them other values each time.

use std::sync::Arc;

use crate::model::EntityKind;
use crate::query::{Cursors, Walk};

/// Which call of the plan gives a field its arguments.
pub(super) type CallNumber = usize;

/// A field of the answer: its key in quotes between a comma and a colon, and what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Slot<F> {
    pub(super) key: String,
    pub(super) field: F,
}

pub(super) type Slots<F> = Arc<[Slot<F>]>;

/// What is asked of entities, by the kind that one turns out to have; none for kinds that cannot stand there.
#[derive(Clone, Debug)]
pub(super) struct Entities(pub(super) [Option<Slots<EntityField>>; EntityKind::ALL.len()]);

impl Entities {
    pub(super) fn of(&self, kind: EntityKind) -> Option<&Slots<EntityField>> {
        self.0[kind as usize].as_ref()
    }
}

#[derive(Clone, Debug)]
pub(super) enum EntityField {
    Typename,
    Id,
    Kind,
    Name,
    Label(CallNumber),
    Names(Slots<NameField>),
    Aliases,
    ExternalIds(Slots<ExternalIdField>),
    CountryCode,
    Named,
    MergedIds,
    Confirmed,
    MentionCount,
    DocumentCount,
    FirstSeen,
    LastSeen,
    RelationCounts(Slots<CountField>),
    /// The entities that relations lead to.
    Related(CallNumber, Walk, List<Entities>),
    /// The relations themselves.
    Relations(CallNumber, List<Slots<RelationField>>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum NameField {
    Typename,
    Language,
    Names,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ExternalIdField {
    Typename,
    Scheme,
    Value,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum CountField {
    Typename,
    Kind,
    Count,
}

/// A page of things.
#[derive(Clone, Debug)]
pub(super) struct List<N> {
    /// The name of its type without *Connection*.
    pub(super) stem: &'static str,
    pub(super) fields: Slots<ListField<N>>,
    /// Whether the whole list is to be counted.
    pub(super) count: bool,
    /// Which cursors are read.
    pub(super) cursors: Cursors,
}

impl<N> List<N> {
    /// What is asked of the things themselves, in each place where they stand.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &N> {
        self.fields.iter().flat_map(|slot| {
            let (node, edges) = match &slot.field {
                ListField::Nodes(node) => (Some(node), None),
                ListField::Edges(slots) => (None, Some(slots)),
                ListField::Typename | ListField::PageInfo(_) | ListField::TotalCount => (None, None),
            };
            let of_edges = edges.into_iter().flat_map(|slots| slots.iter()).filter_map(|slot| match &slot.field {
                EdgeField::Node(node) => Some(node),
                _ => None,
            });
            node.into_iter().chain(of_edges)
        })
    }
}

#[derive(Clone, Debug)]
pub(super) enum ListField<N> {
    Typename,
    Nodes(N),
    Edges(Slots<EdgeField<N>>),
    PageInfo(Slots<PageInfoField>),
    TotalCount,
}

#[derive(Clone, Debug)]
pub(super) enum EdgeField<N> {
    Typename,
    Cursor,
    Node(N),
    /// Only where relations lead to entities.
    Relation(Slots<RelationField>),
    Direction,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum PageInfoField {
    Typename,
    HasPreviousPage,
    HasNextPage,
    StartCursor,
    EndCursor,
}

#[derive(Clone, Debug)]
pub(super) enum RelationField {
    Typename,
    Id,
    Kind,
    Label(CallNumber),
    InverseLabel(CallNumber),
    Subject(Entities),
    Object(Entities),
    Confidence,
    Modality,
    Role,
    Date(Slots<DateField>),
    Amount,
    Currency,
    Confirmed,
    MentionCount,
    DocumentCount,
    FirstSeen,
    LastSeen,
    Evidence(CallNumber, Slots<EvidenceField>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum DateField {
    Typename,
    Start,
    End,
    Precision,
    Text,
}

#[derive(Clone, Debug)]
pub(super) enum EvidenceField {
    Typename,
    Text,
    Rule,
    Confidence,
    Modality,
    Role,
    Date(Slots<DateField>),
    Amount,
    Currency,
    ExtractorVersion,
    Document(Slots<DocumentField>),
}

#[derive(Clone, Debug)]
pub(super) enum DocumentField {
    Typename,
    Id,
    Source,
    Title,
    Url,
    Language,
    Published(Slots<DateField>),
    AddedAt,
    AddedVersion,
    Text,
}
