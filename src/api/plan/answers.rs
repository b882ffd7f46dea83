//! What is written of answers to questions: the shapes beside those of entities, relations and documents.
//!
//! `{ partners(of: "OIM") { partners { weight } } }` → `"partners":` of call 0, each: `"weight":` its weight

use super::shape::{CallNumber, DocumentField, Entities, List, RelationField, Slots};

/// A field of the query root.
#[derive(Clone, Debug)]
pub(super) enum RootField {
    Typename,
    Node(CallNumber, Box<NodeFields>),
    Nodes(CallNumber, Box<NodeFields>),
    Entity(CallNumber, Entities),
    Relation(CallNumber, Slots<RelationField>),
    Document(CallNumber, Slots<DocumentField>),
    Entities(CallNumber, List<Entities>),
    Relations(CallNumber, List<Slots<RelationField>>),
    Documents(CallNumber, List<Slots<DocumentField>>),
    Neighborhood(CallNumber, Slots<NeighborhoodField>),
    Suggest(CallNumber, Slots<SuggestionField>),
    Paths(CallNumber, Slots<PathsField>),
    Partners(CallNumber, Slots<PartnersField>),
    EntityFacets(CallNumber, Slots<FacetsField>),
    RelationFacets(CallNumber, Slots<FacetsField>),
}

/// What is asked of something that has an id, by what it turns out to be.
#[derive(Clone, Debug)]
pub(super) struct NodeFields {
    pub(super) entity: Entities,
    pub(super) relation: Slots<RelationField>,
    pub(super) document: Slots<DocumentField>,
}

#[derive(Clone, Debug)]
pub(super) enum NeighborhoodField {
    Typename,
    Start(Entities),
    Neighbors(Slots<NeighborField>),
    Complete,
    TruncatedBy,
    Explored,
}

#[derive(Clone, Debug)]
pub(super) enum NeighborField {
    Typename,
    Entity(Entities),
    Hops,
    Via(Slots<HopField>),
}

#[derive(Clone, Debug)]
pub(super) enum HopField {
    Typename,
    Entity(Entities),
    Relation(Slots<RelationField>),
    Direction,
    To(Entities),
    Alternatives(Slots<RelationField>),
}

#[derive(Clone, Debug)]
pub(super) enum SuggestionField {
    Typename,
    Entity(Entities),
    Kind,
    Name(CallNumber),
    MatchedName,
    Highlights(Slots<HighlightField>),
    Exactness,
    Disambiguation(CallNumber),
    MentionCount,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum HighlightField {
    Typename,
    Start,
    End,
    Text,
}

#[derive(Clone, Debug)]
pub(super) enum PathsField {
    Typename,
    Paths(Slots<PathField>),
    Complete,
    TruncatedBy,
    Explored,
}

#[derive(Clone, Debug)]
pub(super) enum PathField {
    Typename,
    Length,
    Confidence,
    Hops(Slots<HopField>),
    Text,
}

#[derive(Clone, Debug)]
pub(super) enum PartnersField {
    Typename,
    Of(Entities),
    Partners(Slots<PartnerField>),
    TotalCount,
    Complete,
    TruncatedBy,
    Explored,
}

#[derive(Clone, Debug)]
pub(super) enum PartnerField {
    Typename,
    Entity(Entities),
    Weight,
    Direct(Slots<ReadField>),
    Shared(Slots<SharedField>),
}

/// A relation with how it is read.
#[derive(Clone, Debug)]
pub(super) enum ReadField {
    Typename,
    Relation(Slots<RelationField>),
    Direction,
}

#[derive(Clone, Debug)]
pub(super) enum SharedField {
    Typename,
    Entity(Entities),
    Weight,
    Ours(Slots<ReadField>),
    Theirs(Slots<ReadField>),
}

#[derive(Clone, Debug)]
pub(super) enum FacetsField {
    Typename,
    TotalCount,
    Facets(Slots<FacetField>),
    Complete,
    TruncatedBy,
    Explored,
}

#[derive(Clone, Debug)]
pub(super) enum FacetField {
    Typename,
    By,
    Values(Slots<FacetValueField>),
    Distinct,
    Other,
    Missing,
}

#[derive(Clone, Debug)]
pub(super) enum FacetValueField {
    Typename,
    Key,
    Entity(Entities),
    Count,
}
