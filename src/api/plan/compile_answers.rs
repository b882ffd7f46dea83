//! The query root's fields, and the answers to questions, of a plan: which of them are answered from plans.
//!
//! `{ paths(from: "Canada", to: "OIM") { paths { length } } }` → one root field, one call

use super::answers::{
    FacetField, FacetValueField, FacetsField, HighlightField, HopField, NeighborField, NeighborhoodField, NodeFields,
    PartnerField, PartnersField, PathField, PathsField, ReadField, RootField, SharedField, SuggestionField,
};
use super::arguments::Sort;
use super::compile::{Compiler, Merged, name, sets};
use super::shape::Slots;
use async_graphql::parser::types::SelectionSet;

type Sets<'s, 'd> = &'s [&'d SelectionSet];

/// Whether a field of a neighbourhood says what else joins the ends of a hop.
fn asks_alternatives(field: &NeighborhoodField) -> bool {
    let of_hop = |slots: &Slots<HopField>| slots.iter().any(|slot| matches!(slot.field, HopField::Alternatives(_)));
    let of_neighbor = |field: &NeighborField| matches!(field, NeighborField::Via(slots) if of_hop(slots));
    matches!(field, NeighborhoodField::Neighbors(slots) if slots.iter().any(|slot| of_neighbor(&slot.field)))
}

impl<'d> Compiler<'d> {
    /// A field of the query root.
    pub(super) fn root(&mut self, fields: &Merged<'d>) -> Option<RootField> {
        let inner = sets(fields);
        let inner = inner.as_slice();
        Some(match name(fields) {
            "__typename" => RootField::Typename,
            "node" => RootField::Node(self.call(fields, Sort::Id), Box::new(self.node(inner)?)),
            "nodes" => RootField::Nodes(self.call(fields, Sort::Ids), Box::new(self.node(inner)?)),
            "entity" => RootField::Entity(self.call(fields, Sort::Entity), self.entities(inner, &[])?),
            "relation" => RootField::Relation(self.call(fields, Sort::Id), self.relation(inner)?),
            "document" => RootField::Document(self.call(fields, Sort::Document), self.document(inner)?),
            "entities" => {
                let list = self.list(inner, "EntityConnection", |this, sets| this.entities(sets, &[]))?;
                RootField::Entities(self.call(fields, Sort::Entities), list)
            }
            "relations" => {
                let list = self.list(inner, "RelationConnection", Self::relation)?;
                RootField::Relations(self.call(fields, Sort::AllRelations), list)
            }
            "documents" => {
                let list = self.list(inner, "DocumentConnection", Self::document)?;
                RootField::Documents(self.call(fields, Sort::Documents), list)
            }
            "neighborhood" => {
                let slots = self.neighborhood(inner)?;
                let sort = if slots.iter().any(|slot| asks_alternatives(&slot.field)) {
                    Sort::Neighborhood
                } else {
                    Sort::NeighborhoodAlone
                };
                RootField::Neighborhood(self.call(fields, sort), slots)
            }
            "suggest" => RootField::Suggest(self.call(fields, Sort::Suggest), self.suggestion(inner)?),
            "paths" => {
                let slots = self.paths(inner)?;
                let of_paths = |field: &PathsField| matches!(field, PathsField::Typename | PathsField::Paths(_));
                let alone = slots.iter().all(|slot| of_paths(&slot.field));
                RootField::Paths(self.call(fields, if alone { Sort::PathsAlone } else { Sort::Paths }), slots)
            }
            "partners" => RootField::Partners(self.call(fields, Sort::Partners), self.partners(inner)?),
            "entityFacets" => {
                RootField::EntityFacets(self.call(fields, Sort::EntityFacets), self.facets(inner, "EntityFacets")?)
            }
            "relationFacets" => RootField::RelationFacets(
                self.call(fields, Sort::RelationFacets),
                self.facets(inner, "RelationFacets")?,
            ),
            _ => return None,
        })
    }

    fn node(&mut self, sets: Sets<'_, 'd>) -> Option<NodeFields> {
        Some(NodeFields {
            entity: self.entities(sets, &[])?,
            relation: self.relation(sets)?,
            document: self.document(sets)?,
        })
    }

    fn neighborhood(&mut self, sets_of_answer: Sets<'_, 'd>) -> Option<Slots<NeighborhoodField>> {
        self.object(sets_of_answer, &["Neighborhood"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => NeighborhoodField::Typename,
                "start" => NeighborhoodField::Start(this.entities(&inner, &[])?),
                "neighbors" => NeighborhoodField::Neighbors(this.neighbor(&inner)?),
                "complete" => NeighborhoodField::Complete,
                "truncatedBy" => NeighborhoodField::TruncatedBy,
                "explored" => NeighborhoodField::Explored,
                _ => return None,
            })
        })
    }

    fn neighbor(&mut self, sets_of_neighbor: Sets<'_, 'd>) -> Option<Slots<NeighborField>> {
        self.object(sets_of_neighbor, &["Neighbor"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => NeighborField::Typename,
                "entity" => NeighborField::Entity(this.entities(&inner, &[])?),
                "hops" => NeighborField::Hops,
                "via" => NeighborField::Via(this.hop(&inner)?),
                _ => return None,
            })
        })
    }

    fn hop(&mut self, sets_of_hop: Sets<'_, 'd>) -> Option<Slots<HopField>> {
        self.object(sets_of_hop, &["Hop"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => HopField::Typename,
                "entity" => HopField::Entity(this.entities(&inner, &[])?),
                "relation" => HopField::Relation(this.relation(&inner)?),
                "direction" => HopField::Direction,
                "to" => HopField::To(this.entities(&inner, &[])?),
                "alternatives" => HopField::Alternatives(this.relation(&inner)?),
                _ => return None,
            })
        })
    }

    fn suggestion(&mut self, sets_of_suggestion: Sets<'_, 'd>) -> Option<Slots<SuggestionField>> {
        self.object(sets_of_suggestion, &["Suggestion"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => SuggestionField::Typename,
                "entity" => SuggestionField::Entity(this.entities(&inner, &[])?),
                "kind" => SuggestionField::Kind,
                "name" => SuggestionField::Name(this.call(fields, Sort::Languages)),
                "matchedName" => SuggestionField::MatchedName,
                "highlights" => SuggestionField::Highlights(this.highlight(&inner)?),
                "exactness" => SuggestionField::Exactness,
                "disambiguation" => SuggestionField::Disambiguation(this.call(fields, Sort::Languages)),
                "mentionCount" => SuggestionField::MentionCount,
                _ => return None,
            })
        })
    }

    fn highlight(&mut self, sets: Sets<'_, 'd>) -> Option<Slots<HighlightField>> {
        self.object(sets, &["Highlight"], |_, fields| {
            Some(match name(fields) {
                "__typename" => HighlightField::Typename,
                "start" => HighlightField::Start,
                "end" => HighlightField::End,
                "text" => HighlightField::Text,
                _ => return None,
            })
        })
    }

    fn paths(&mut self, sets_of_answer: Sets<'_, 'd>) -> Option<Slots<PathsField>> {
        self.object(sets_of_answer, &["PathsAnswer"], |this, fields| {
            Some(match name(fields) {
                "__typename" => PathsField::Typename,
                "paths" => PathsField::Paths(this.path(&sets(fields))?),
                "complete" => PathsField::Complete,
                "truncatedBy" => PathsField::TruncatedBy,
                "explored" => PathsField::Explored,
                _ => return None,
            })
        })
    }

    fn path(&mut self, sets_of_path: Sets<'_, 'd>) -> Option<Slots<PathField>> {
        self.object(sets_of_path, &["Path"], |this, fields| {
            Some(match name(fields) {
                "__typename" => PathField::Typename,
                "length" => PathField::Length,
                "confidence" => PathField::Confidence,
                "hops" => PathField::Hops(this.hop(&sets(fields))?),
                "text" => PathField::Text,
                _ => return None,
            })
        })
    }

    fn partners(&mut self, sets_of_answer: Sets<'_, 'd>) -> Option<Slots<PartnersField>> {
        self.object(sets_of_answer, &["PartnersAnswer"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => PartnersField::Typename,
                "of" => PartnersField::Of(this.entities(&inner, &[])?),
                "partners" => PartnersField::Partners(this.partner(&inner)?),
                "totalCount" => PartnersField::TotalCount,
                "complete" => PartnersField::Complete,
                "truncatedBy" => PartnersField::TruncatedBy,
                "explored" => PartnersField::Explored,
                _ => return None,
            })
        })
    }

    fn partner(&mut self, sets_of_partner: Sets<'_, 'd>) -> Option<Slots<PartnerField>> {
        self.object(sets_of_partner, &["Partner"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => PartnerField::Typename,
                "entity" => PartnerField::Entity(this.entities(&inner, &[])?),
                "weight" => PartnerField::Weight,
                "direct" => PartnerField::Direct(this.read(&inner)?),
                "shared" => PartnerField::Shared(this.shared(&inner)?),
                _ => return None,
            })
        })
    }

    fn shared(&mut self, sets_of_shared: Sets<'_, 'd>) -> Option<Slots<SharedField>> {
        self.object(sets_of_shared, &["SharedEntity"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => SharedField::Typename,
                "entity" => SharedField::Entity(this.entities(&inner, &[])?),
                "weight" => SharedField::Weight,
                "ours" => SharedField::Ours(this.read(&inner)?),
                "theirs" => SharedField::Theirs(this.read(&inner)?),
                _ => return None,
            })
        })
    }

    fn read(&mut self, sets_of_relation: Sets<'_, 'd>) -> Option<Slots<ReadField>> {
        self.object(sets_of_relation, &["ReadRelation"], |this, fields| {
            Some(match name(fields) {
                "__typename" => ReadField::Typename,
                "relation" => ReadField::Relation(this.relation(&sets(fields))?),
                "direction" => ReadField::Direction,
                _ => return None,
            })
        })
    }

    fn facets(&mut self, sets_of_answer: Sets<'_, 'd>, type_name: &str) -> Option<Slots<FacetsField>> {
        let counts = format!("{}Counts", type_name.strip_suffix('s')?);
        self.object(sets_of_answer, &[type_name], |this, fields| {
            Some(match name(fields) {
                "__typename" => FacetsField::Typename,
                "totalCount" => FacetsField::TotalCount,
                "facets" => FacetsField::Facets(this.facet(&sets(fields), &counts)?),
                "complete" => FacetsField::Complete,
                "truncatedBy" => FacetsField::TruncatedBy,
                "explored" => FacetsField::Explored,
                _ => return None,
            })
        })
    }

    fn facet(&mut self, sets_of_facet: Sets<'_, 'd>, type_name: &str) -> Option<Slots<FacetField>> {
        self.object(sets_of_facet, &[type_name], |this, fields| {
            Some(match name(fields) {
                "__typename" => FacetField::Typename,
                "by" => FacetField::By,
                "values" => FacetField::Values(this.object(&sets(fields), &["FacetValue"], |this, fields| {
                    Some(match name(fields) {
                        "__typename" => FacetValueField::Typename,
                        "key" => FacetValueField::Key,
                        "entity" => FacetValueField::Entity(this.entities(&sets(fields), &[])?),
                        "count" => FacetValueField::Count,
                        _ => return None,
                    })
                })?),
                "distinct" => FacetField::Distinct,
                "other" => FacetField::Other,
                "missing" => FacetField::Missing,
                _ => return None,
            })
        })
    }
}
