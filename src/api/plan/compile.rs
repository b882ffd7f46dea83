//! From a valid query to its plan, or to nothing: what stands here is the part of the schema that is answered from plans.
//!
//! `{ entity(id: $id) { ...Card } } fragment Card on Project { funders { nodes { name } } }` → one root field, two calls
//!
//! Only queries that the executor has answered come here, so nothing is validated again. Directives, and fields that are not named here,
//! give no plan.

use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationType, Selection, SelectionSet,
};

use super::answers::RootField;
use super::arguments::{Call, Sort};
use super::shape::{
    CallNumber, CountField, DateField, DocumentField, EdgeField, Entities, EntityField, EvidenceField, ExternalIdField,
    List, ListField, NameField, PageInfoField, RelationField, Slot, Slots,
};
use crate::api::entity_types::{WAYS, Way, type_name};
use crate::model::EntityKind;
use crate::query::Cursors;

/// The most fields of one plan, with those of fragments for each kind of entity on which they stand.
const SLOTS_MAX: usize = 2_000;

/// A query that can be answered without the executor, but for its variables.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) roots: Slots<RootField>,
    pub(super) calls: Vec<Call>,
}

/// The typed fields by kind and GraphQL name.
static BY_NAME: LazyLock<HashMap<(EntityKind, String), &'static Way>> =
    LazyLock::new(|| WAYS.iter().map(|way| ((way.kind, camel_case(way.field)), way)).collect());

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |so_far, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        so_far.chars().chain(capital).chain(letters).collect()
    })
}

/// The plan of a valid query.
pub(super) fn compile(document: &ExecutableDocument) -> Option<Compiled> {
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => operation,
        DocumentOperations::Multiple(several) => several.values().next().filter(|_| several.len() == 1)?,
    };
    let operation = &operation.node;
    if operation.ty != OperationType::Query || !operation.directives.is_empty() {
        return None;
    }
    let mut compiler = Compiler { document, calls: Vec::new(), slots: 0 };
    let roots = compiler.object(&[&operation.selection_set.node], &["Query"], Compiler::root)?;
    Some(Compiled { roots, calls: compiler.calls })
}

/// A plan in the making.
pub(super) struct Compiler<'d> {
    document: &'d ExecutableDocument,
    calls: Vec<Call>,
    slots: usize,
}

/// What stands under one key of an answer: the fields that are merged there.
pub(super) type Merged<'d> = [&'d Field];
type Sets<'d> = Vec<&'d SelectionSet>;

pub(super) fn sets<'d>(fields: &Merged<'d>) -> Sets<'d> {
    fields.iter().map(|field| &field.selection_set.node).collect()
}

pub(super) fn name<'d>(fields: &Merged<'d>) -> &'d str {
    fields[0].name.node.as_str()
}

impl<'d> Compiler<'d> {
    /// The fields of an object of a type that has these names, in the order of the answer.
    pub(super) fn object<F>(
        &mut self,
        sets: &[&'d SelectionSet],
        names: &[&str],
        mut field: impl FnMut(&mut Self, &Merged<'d>) -> Option<F>,
    ) -> Option<Slots<F>> {
        let mut merged: Vec<(&'d str, Vec<&'d Field>)> = Vec::new();
        for set in sets {
            self.gather(set, names, &mut merged)?;
        }
        self.slots += merged.len();
        if self.slots > SLOTS_MAX {
            return None;
        }
        let slot = |(key, fields): &(&str, Vec<&'d Field>)| {
            Some(Slot { key: format!(",{}:", serde_json::Value::from(*key)), field: field(self, fields)? })
        };
        merged.iter().map(slot).collect()
    }

    fn gather(&self, set: &'d SelectionSet, names: &[&str], merged: &mut Vec<(&'d str, Vec<&'d Field>)>) -> Option<()> {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let key = field.response_key().node.as_str();
                    match merged.iter_mut().find(|(known, _)| *known == key) {
                        _ if !field.directives.is_empty() => return None,
                        Some((_, fields)) => fields.push(field),
                        None => merged.push((key, vec![field])),
                    }
                }
                Selection::InlineFragment(inline) => {
                    let inline = &inline.node;
                    let condition = inline.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    if !inline.directives.is_empty() {
                        return None;
                    }
                    if condition.is_none_or(|on| names.contains(&on)) {
                        self.gather(&inline.selection_set.node, names, merged)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.document.fragments.get(&spread.node.fragment_name.node)?.node;
                    if !spread.node.directives.is_empty() || !fragment.directives.is_empty() {
                        return None;
                    }
                    if names.contains(&fragment.type_condition.node.on.node.as_str()) {
                        self.gather(&fragment.selection_set.node, names, merged)?;
                    }
                }
            }
        }
        Some(())
    }

    pub(super) fn call(&mut self, fields: &Merged<'d>, sort: Sort) -> CallNumber {
        let given = fields[0].arguments.iter().map(|(name, value)| (name.node.clone(), value.node.clone()));
        self.calls.push(Call { sort, given: given.collect() });
        self.calls.len() - 1
    }

    /// Entities of these kinds; of none: of any.
    pub(super) fn entities(&mut self, sets: &[&'d SelectionSet], kinds: &[EntityKind]) -> Option<Entities> {
        let mut all = Entities(Default::default());
        let fragments = |set: &&SelectionSet| set.items.iter().any(|item| !matches!(item.node, Selection::Field(_)));
        if kinds.is_empty() && !sets.iter().any(fragments) {
            // Only fields that all kinds have: the same for each.
            let same = self.entity(sets, EntityKind::ALL[0])?;
            all.0.fill(Some(same));
            return Some(all);
        }
        let kinds = if kinds.is_empty() { EntityKind::ALL } else { kinds };
        for kind in kinds {
            all.0[*kind as usize] = Some(self.entity(sets, *kind)?);
        }
        Some(all)
    }

    fn entity(&mut self, sets: &[&'d SelectionSet], kind: EntityKind) -> Option<Slots<EntityField>> {
        self.object(sets, &[type_name(kind), "Entity", "Node"], |this, fields| this.entity_field(fields, kind))
    }

    fn entity_field(&mut self, fields: &Merged<'d>, kind: EntityKind) -> Option<EntityField> {
        let inner = sets(fields);
        Some(match name(fields) {
            "__typename" => EntityField::Typename,
            "id" => EntityField::Id,
            "kind" => EntityField::Kind,
            "name" => EntityField::Name,
            "label" => EntityField::Label(self.call(fields, Sort::Languages)),
            "names" => EntityField::Names(self.object(&inner, &["LocalNames"], |_, fields| {
                Some(match name(fields) {
                    "__typename" => NameField::Typename,
                    "language" => NameField::Language,
                    "names" => NameField::Names,
                    _ => return None,
                })
            })?),
            "aliases" => EntityField::Aliases,
            "externalIds" => EntityField::ExternalIds(self.object(&inner, &["ExternalId"], |_, fields| {
                Some(match name(fields) {
                    "__typename" => ExternalIdField::Typename,
                    "scheme" => ExternalIdField::Scheme,
                    "value" => ExternalIdField::Value,
                    _ => return None,
                })
            })?),
            "countryCode" => EntityField::CountryCode,
            "named" => EntityField::Named,
            "mergedIds" => EntityField::MergedIds,
            "confirmed" => EntityField::Confirmed,
            "mentionCount" => EntityField::MentionCount,
            "documentCount" => EntityField::DocumentCount,
            "firstSeen" => EntityField::FirstSeen,
            "lastSeen" => EntityField::LastSeen,
            "relationCounts" => EntityField::RelationCounts(self.object(&inner, &["RelationCount"], |_, fields| {
                Some(match name(fields) {
                    "__typename" => CountField::Typename,
                    "kind" => CountField::Kind,
                    "count" => CountField::Count,
                    _ => return None,
                })
            })?),
            "relations" => {
                let list = self.list(&inner, "RelationConnection", Self::relation)?;
                EntityField::Relations(self.call(fields, Sort::Relations), list)
            }
            other => {
                let way = BY_NAME.get(&(kind, other.to_owned()))?;
                let list = self.list(&inner, way.connection, |this, sets| this.entities(sets, way.walk.ends))?;
                EntityField::Related(self.call(fields, Sort::Related), way.walk, list)
            }
        })
    }

    pub(super) fn list<N>(
        &mut self,
        sets_of_list: &[&'d SelectionSet],
        connection: &'static str,
        mut node: impl FnMut(&mut Self, &[&'d SelectionSet]) -> Option<N>,
    ) -> Option<List<N>> {
        let stem = connection.strip_suffix("Connection")?;
        let edge = format!("{stem}Edge");
        let fields = self.object(sets_of_list, &[connection], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => ListField::Typename,
                "nodes" => ListField::Nodes(node(this, &inner)?),
                "edges" => ListField::Edges(this.object(&inner, &[&edge], |this, fields| {
                    let inner = sets(fields);
                    Some(match name(fields) {
                        "__typename" => EdgeField::Typename,
                        "cursor" => EdgeField::Cursor,
                        "node" => EdgeField::Node(node(this, &inner)?),
                        "relation" => EdgeField::Relation(this.relation(&inner)?),
                        "direction" => EdgeField::Direction,
                        _ => return None,
                    })
                })?),
                "pageInfo" => ListField::PageInfo(this.object(&inner, &["PageInfo"], |_, fields| {
                    Some(match name(fields) {
                        "__typename" => PageInfoField::Typename,
                        "hasPreviousPage" => PageInfoField::HasPreviousPage,
                        "hasNextPage" => PageInfoField::HasNextPage,
                        "startCursor" => PageInfoField::StartCursor,
                        "endCursor" => PageInfoField::EndCursor,
                        _ => return None,
                    })
                })?),
                "totalCount" => ListField::TotalCount,
                _ => return None,
            })
        })?;
        let count = fields.iter().any(|slot| matches!(slot.field, ListField::TotalCount));
        let each = |slot: &Slot<ListField<N>>| match &slot.field {
            ListField::Edges(edges) => edges.iter().any(|slot| matches!(slot.field, EdgeField::Cursor)),
            _ => false,
        };
        let end = |field: &PageInfoField| matches!(field, PageInfoField::StartCursor | PageInfoField::EndCursor);
        let ends = |slot: &Slot<ListField<N>>| match &slot.field {
            ListField::PageInfo(told) => told.iter().any(|slot| end(&slot.field)),
            _ => false,
        };
        let cursors = match () {
            () if fields.iter().any(each) => Cursors::All,
            () if fields.iter().any(ends) => Cursors::Ends,
            () => Cursors::None,
        };
        Some(List { stem, fields, count, cursors })
    }

    pub(super) fn relation(&mut self, sets_of_relation: &[&'d SelectionSet]) -> Option<Slots<RelationField>> {
        self.object(sets_of_relation, &["Relation", "Node"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => RelationField::Typename,
                "id" => RelationField::Id,
                "kind" => RelationField::Kind,
                "label" => RelationField::Label(this.call(fields, Sort::Language)),
                "inverseLabel" => RelationField::InverseLabel(this.call(fields, Sort::Language)),
                "subject" => RelationField::Subject(this.entities(&inner, &[])?),
                "object" => RelationField::Object(this.entities(&inner, &[])?),
                "confidence" => RelationField::Confidence,
                "modality" => RelationField::Modality,
                "role" => RelationField::Role,
                "date" => RelationField::Date(this.date(&inner)?),
                "amount" => RelationField::Amount,
                "currency" => RelationField::Currency,
                "confirmed" => RelationField::Confirmed,
                "mentionCount" => RelationField::MentionCount,
                "documentCount" => RelationField::DocumentCount,
                "firstSeen" => RelationField::FirstSeen,
                "lastSeen" => RelationField::LastSeen,
                "evidence" => RelationField::Evidence(this.call(fields, Sort::First), this.evidence(&inner)?),
                _ => return None,
            })
        })
    }

    fn date(&mut self, sets: &[&'d SelectionSet]) -> Option<Slots<DateField>> {
        self.object(sets, &["Date"], |_, fields| {
            Some(match name(fields) {
                "__typename" => DateField::Typename,
                "start" => DateField::Start,
                "end" => DateField::End,
                "precision" => DateField::Precision,
                "text" => DateField::Text,
                _ => return None,
            })
        })
    }

    fn evidence(&mut self, sets_of_evidence: &[&'d SelectionSet]) -> Option<Slots<EvidenceField>> {
        self.object(sets_of_evidence, &["Evidence"], |this, fields| {
            let inner = sets(fields);
            Some(match name(fields) {
                "__typename" => EvidenceField::Typename,
                "text" => EvidenceField::Text,
                "rule" => EvidenceField::Rule,
                "confidence" => EvidenceField::Confidence,
                "modality" => EvidenceField::Modality,
                "role" => EvidenceField::Role,
                "date" => EvidenceField::Date(this.date(&inner)?),
                "amount" => EvidenceField::Amount,
                "currency" => EvidenceField::Currency,
                "extractorVersion" => EvidenceField::ExtractorVersion,
                "document" => EvidenceField::Document(this.document(&inner)?),
                _ => return None,
            })
        })
    }

    pub(super) fn document(&mut self, sets_of_document: &[&'d SelectionSet]) -> Option<Slots<DocumentField>> {
        self.object(sets_of_document, &["Document", "Node"], |this, fields| {
            Some(match name(fields) {
                "__typename" => DocumentField::Typename,
                "id" => DocumentField::Id,
                "source" => DocumentField::Source,
                "title" => DocumentField::Title,
                "url" => DocumentField::Url,
                "language" => DocumentField::Language,
                "published" => DocumentField::Published(this.date(&sets(fields))?),
                "addedAt" => DocumentField::AddedAt,
                "addedVersion" => DocumentField::AddedVersion,
                "text" => DocumentField::Text,
                _ => return None,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_rust_and_in_graphql_are_the_same_words() {
        assert_eq!(camel_case("projects_funded"), "projectsFunded");
        assert_eq!(camel_case("parts"), "parts");
    }
}
