//! The answers to questions of a plan, written as JSON.
//!
//! what the pool found → `{"partners":[{"weight":1.7}]}`

use async_graphql::InputType;

use super::answers::{
    FacetField, FacetValueField, FacetsField, HighlightField, HopField, NeighborField, NeighborhoodField, NodeFields,
    PartnerField, PartnersField, PathField, PathsField, ReadField, RootField, SharedField, SuggestionField,
};
use super::arguments::{Arguments, DocumentKey};
use super::heavy::{Found, Question};
use super::shape::Slots;
use super::write::{Part, Writer, Written};
use crate::api::answer::rounded;
use crate::api::kinds::TruncatedBy;
use crate::api::search::Exactness;
use crate::model::{DocumentId, RelationId};
use crate::query::{self, Cut, DocumentRow, EntityKey, EntityRow, Hop, RelationRow, Step, find_entity};

impl Writer<'_> {
    /// A field of the query root.
    pub(super) fn root(&mut self, field: &RootField) -> Written {
        let (snapshot, all) = (self.snapshot, self.arguments);
        let graph = snapshot.graph();
        match field {
            RootField::Typename => self.value("Query"),
            RootField::Node(call, fields) => {
                let Arguments::Id(id) = &all[*call] else { return None };
                self.node(id, fields)
            }
            RootField::Nodes(call, fields) => {
                let Arguments::Ids(ids) = &all[*call] else { return None };
                self.list(ids, |this, id| this.node(id, fields))
            }
            RootField::Entity(call, fields) => {
                let Arguments::Entity(key) = &all[*call] else { return None };
                match find_entity(snapshot, key).ok()? {
                    Some(row) => self.entity(row, fields),
                    None => self.null(),
                }
            }
            RootField::Relation(call, fields) => {
                let Arguments::Id(id) = &all[*call] else { return None };
                match graph.find_relation(&RelationId::from_text(id.as_str())) {
                    Some(row) => self.relation(row, fields),
                    None => self.null(),
                }
            }
            RootField::Document(call, fields) => {
                let Arguments::Document(key) = &all[*call] else { return None };
                let row = match key {
                    DocumentKey::Id(id) => graph.find_document(&DocumentId::from_text(id.as_str())),
                    DocumentKey::Source(source) => {
                        graph.document_rows().find(|row| graph.document(*row).source == *source)
                    }
                };
                match row {
                    Some(row) => self.document(row, fields),
                    None => self.null(),
                }
            }
            RootField::Entities(call, list) => {
                let Arguments::Entities(asked, request) = &all[*call] else { return None };
                let page = query::entities(snapshot, &asked.0, &asked.1, &self.request(request, list)).ok()?;
                self.bring_entities(list, page.items.iter().map(|item| item.row));
                self.page(list, &page, |this, row: &EntityRow, field| match field {
                    Part::Node(fields) => this.entity(*row, fields),
                    Part::Relation(_) | Part::Direction => None,
                })
            }
            RootField::Relations(call, list) => {
                let Arguments::AllRelations(asked, request) = &all[*call] else { return None };
                let page = query::relations(snapshot, &asked.0, &asked.1, &self.request(request, list)).ok()?;
                self.bring_relations(list, &page);
                self.page(list, &page, |this, row: &RelationRow, field| match field {
                    Part::Node(fields) => this.relation(*row, fields),
                    Part::Relation(_) | Part::Direction => None,
                })
            }
            RootField::Documents(call, list) => {
                let Arguments::Documents(asked, request) = &all[*call] else { return None };
                let page = query::documents(snapshot, &asked.0, &asked.1, &self.request(request, list)).ok()?;
                self.page(list, &page, |this, row: &DocumentRow, field| match field {
                    Part::Node(fields) => this.document(*row, fields),
                    Part::Relation(_) | Part::Direction => None,
                })
            }
            RootField::Neighborhood(call, slots) => {
                let Arguments::Neighborhood(question) = &all[*call] else { return None };
                let found = query::neighborhood(snapshot, question).ok()?;
                self.neighborhood(&found, slots)
            }
            RootField::Suggest(call, slots) => {
                let Arguments::Suggest(prefix, kinds, first) = &all[*call] else { return None };
                let found = query::suggest(snapshot, prefix, kinds, *first).ok()?;
                self.list(&found, |this, suggestion| this.suggestion(suggestion, slots))
            }
            RootField::Paths(call, slots) => match self.found(*call) {
                Some(Found::Paths(found)) => self.paths(found, slots),
                _ => None,
            },
            RootField::Partners(call, slots) => match self.found(*call) {
                Some(Found::Partners(found)) => self.partners(found, slots),
                _ => None,
            },
            RootField::EntityFacets(call, slots) | RootField::RelationFacets(call, slots) => {
                match (self.found(*call), &all[*call]) {
                    (Some(Found::Facets(found)), Arguments::Heavy(question)) => self.facets(question, found, slots),
                    _ => None,
                }
            }
        }
    }

    fn node(&mut self, id: &str, fields: &NodeFields) -> Written {
        let graph = self.snapshot.graph();
        if let Some(row) = find_entity(self.snapshot, &EntityKey::Id(id.to_owned())).ok()? {
            return self.entity(row, &fields.entity);
        }
        if let Some(row) = graph.find_relation(&RelationId::from_text(id)) {
            return self.relation(row, &fields.relation);
        }
        match graph.find_document(&DocumentId::from_text(id)) {
            Some(row) => self.document(row, &fields.document),
            None => self.null(),
        }
    }

    fn cut(&mut self, cut: Option<Cut>) -> Written {
        self.value(cut.map(|cut| InputType::to_value(&TruncatedBy::from(cut))))
    }

    fn direction(&mut self, forward: bool) -> Written {
        self.value(if forward { "FORWARD" } else { "BACKWARD" })
    }

    fn neighborhood(&mut self, found: &query::Neighborhood, slots: &Slots<NeighborhoodField>) -> Written {
        self.object(slots, |this, field| match field {
            NeighborhoodField::Typename => this.value("Neighborhood"),
            NeighborhoodField::Start(fields) => this.entity(found.start, fields),
            NeighborhoodField::Neighbors(slots) => this.list(&found.neighbors, |this, neighbor| {
                this.object(slots, |this, field| match field {
                    NeighborField::Typename => this.value("Neighbor"),
                    NeighborField::Entity(fields) => this.entity(neighbor.last.to, fields),
                    NeighborField::Hops => this.value(neighbor.hops),
                    NeighborField::Via(slots) => this.hop(&neighbor.last, slots),
                })
            }),
            NeighborhoodField::Complete => this.value(found.cut.is_none()),
            NeighborhoodField::TruncatedBy => this.cut(found.cut),
            NeighborhoodField::Explored => this.value(found.explored),
        })
    }

    fn hop(&mut self, hop: &Hop, slots: &Slots<HopField>) -> Written {
        self.object(slots, |this, field| match field {
            HopField::Typename => this.value("Hop"),
            HopField::Entity(fields) => this.entity(hop.from, fields),
            HopField::Relation(fields) => this.relation(hop.step.relation, fields),
            HopField::Direction => this.direction(hop.step.forward),
            HopField::To(fields) => this.entity(hop.to, fields),
            HopField::Alternatives(fields) => {
                this.list(&hop.alternatives, |this, step| this.relation(step.relation, fields))
            }
        })
    }

    fn suggestion(&mut self, found: &query::Suggestion, slots: &Slots<SuggestionField>) -> Written {
        let (snapshot, all) = (self.snapshot, self.arguments);
        let entity = snapshot.graph().entity(found.entity);
        self.object(slots, |this, field| match field {
            SuggestionField::Typename => this.value("Suggestion"),
            SuggestionField::Entity(fields) => this.entity(found.entity, fields),
            SuggestionField::Kind => this.value(entity.kind.as_str()),
            SuggestionField::Name(call) => {
                let Arguments::Languages(languages) = &all[*call] else { return None };
                this.value(query::label(entity, languages))
            }
            SuggestionField::MatchedName => this.text(&found.name),
            SuggestionField::Highlights(slots) => this.list(found.highlights(), |this, quote| {
                this.object(slots, |this, field| match field {
                    HighlightField::Typename => this.value("Highlight"),
                    HighlightField::Start => this.value(quote.start),
                    HighlightField::End => this.value(quote.end),
                    HighlightField::Text => this.value(&quote.text),
                })
            }),
            SuggestionField::Exactness => this.value(InputType::to_value(&Exactness::from(found.exactness))),
            SuggestionField::Disambiguation(call) => {
                let Arguments::Languages(languages) = &all[*call] else { return None };
                this.value(query::disambiguation(snapshot, found.entity, languages))
            }
            SuggestionField::MentionCount => this.value(snapshot.graph().mention_count(found.entity)),
        })
    }

    fn paths(&mut self, found: &query::Paths, slots: &Slots<PathsField>) -> Written {
        self.object(slots, |this, field| match field {
            PathsField::Typename => this.value("PathsAnswer"),
            PathsField::Paths(slots) => this.list(&found.paths, |this, path| {
                this.object(slots, |this, field| match field {
                    PathField::Typename => this.value("Path"),
                    PathField::Length => this.value(path.hops.len()),
                    PathField::Confidence => this.value(rounded(query::path_confidence(this.snapshot, path))),
                    PathField::Hops(slots) => this.list(&path.hops, |this, hop| this.hop(hop, slots)),
                    PathField::Text => this.value(query::path_text(this.snapshot, path)),
                })
            }),
            PathsField::Complete => this.value(found.cut.is_none()),
            PathsField::TruncatedBy => this.cut(found.cut),
            PathsField::Explored => this.value(found.explored),
        })
    }

    fn partners(&mut self, found: &query::Partners, slots: &Slots<PartnersField>) -> Written {
        self.object(slots, |this, field| match field {
            PartnersField::Typename => this.value("PartnersAnswer"),
            PartnersField::Of(fields) => this.entity(found.of, fields),
            PartnersField::Partners(slots) => this.list(&found.partners, |this, partner| this.partner(partner, slots)),
            PartnersField::TotalCount => this.value(found.total),
            PartnersField::Complete => this.value(found.cut.is_none()),
            PartnersField::TruncatedBy => this.cut(found.cut),
            PartnersField::Explored => this.value(found.explored),
        })
    }

    fn partner(&mut self, partner: &query::Partner, slots: &Slots<PartnerField>) -> Written {
        self.object(slots, |this, field| match field {
            PartnerField::Typename => this.value("Partner"),
            PartnerField::Entity(fields) => this.entity(partner.entity, fields),
            PartnerField::Weight => this.value(rounded(partner.weight)),
            PartnerField::Direct(slots) => this.read(&partner.direct, slots),
            PartnerField::Shared(slots) => this.list(&partner.shared, |this, shared| {
                this.object(slots, |this, field| match field {
                    SharedField::Typename => this.value("SharedEntity"),
                    SharedField::Entity(fields) => this.entity(shared.entity, fields),
                    SharedField::Weight => this.value(rounded(shared.weight)),
                    SharedField::Ours(slots) => this.read(&shared.ours, slots),
                    SharedField::Theirs(slots) => this.read(&shared.theirs, slots),
                })
            }),
        })
    }

    fn read(&mut self, steps: &[Step], slots: &Slots<ReadField>) -> Written {
        self.list(steps, |this, step| {
            this.object(slots, |this, field| match field {
                ReadField::Typename => this.value("ReadRelation"),
                ReadField::Relation(fields) => this.relation(step.relation, fields),
                ReadField::Direction => this.direction(step.forward),
            })
        })
    }

    fn facets(&mut self, question: &Question, found: &query::Facets, slots: &Slots<FacetsField>) -> Written {
        let (of, by): (_, Vec<_>) = match question {
            Question::EntityFacets { by, .. } => ("EntityFacet", by.iter().map(InputType::to_value).collect()),
            Question::RelationFacets { by, .. } => ("RelationFacet", by.iter().map(InputType::to_value).collect()),
            _ => return None,
        };
        self.object(slots, |this, field| match field {
            FacetsField::Typename => this.value(format_args!("{of}s")),
            FacetsField::TotalCount => this.value(found.total),
            FacetsField::Facets(slots) => this.list(found.facets.iter().zip(&by), |this, (facet, by)| {
                this.object(slots, |this, field| match field {
                    FacetField::Typename => this.value(format_args!("{of}Counts")),
                    FacetField::By => this.value(by),
                    FacetField::Values(slots) => this.facet_values(facet, slots),
                    FacetField::Distinct => this.value(facet.distinct),
                    FacetField::Other => this.value(facet.other),
                    FacetField::Missing => this.value(facet.missing),
                })
            }),
            FacetsField::Complete => this.value(found.cut.is_none()),
            FacetsField::TruncatedBy => this.cut(found.cut),
            FacetsField::Explored => this.value(found.explored),
        })
    }

    fn facet_values(&mut self, facet: &query::Facet, slots: &Slots<FacetValueField>) -> Written {
        self.list(&facet.values, |this, (key, count)| {
            this.object(slots, |this, field| match field {
                FacetValueField::Typename => this.value("FacetValue"),
                FacetValueField::Key => this.text(&key.key),
                FacetValueField::Entity(fields) => match key.entity {
                    Some(row) => this.entity(row, fields),
                    None => this.null(),
                },
                FacetValueField::Count => this.value(count),
            })
        })
    }
}
