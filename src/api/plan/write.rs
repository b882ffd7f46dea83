//! The answer of a plan, written as JSON while the graph is walked: no future, and no tree of values between.
//!
//! plan, snapshot → `{"entity":{"n":"Canada"}}`
//!
//! What the questions refuse gives nothing, and so does what grows beyond what is good to write in one go: the executor answers then.

use serde::Serialize;

use super::answers::RootField;
use super::arguments::{Arguments, RelationsWanted};
use super::heavy::Found;
use super::shape::{
    CallNumber, CountField, DateField, DocumentField, EdgeField, Entities, EntityField, EvidenceField, ExternalIdField,
    List, ListField, NameField, PageInfoField, RelationField, Slots,
};
use crate::api::answer::rounded;
use crate::api::entity_types::type_name;
use crate::api::relation::word;
use crate::model::{DatePrecision, DateRange, EntityId};
use crate::ontology::ontology;
use crate::query::{
    self, Budget, Cursors, DocumentRow, EntityRow, EvidenceRow, Page, PageRequest, Related, RelationRow, Walk,
    entity_seen, relation_counts, relation_documents, relation_seen, verbatim,
};
use crate::snapshot::Snapshot;

/// The most bytes that are written in one go.
const BYTES_MAX: usize = 4 << 20;
/// The most relations that are looked at in one go.
const RELATIONS_MAX: usize = 100_000;

/// An answer that is being written.
pub(super) struct Writer<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) arguments: &'s [Arguments],
    /// What the pool found, by the numbers of calls; empty when nothing was asked of it.
    found: &'s [Option<Found>],
    budget: Budget,
    out: Vec<u8>,
    /// How many relations may still be looked at.
    left: usize,
}

/// What a field writes; none when the executor has to answer.
pub(super) type Written = Option<()>;

impl<'s> Writer<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, arguments: &'s [Arguments], found: &'s [Option<Found>]) -> Self {
        let out = Vec::with_capacity(4096);
        Self { snapshot, arguments, found, budget: Budget::default(), out, left: RELATIONS_MAX }
    }

    /// What the pool found for a call.
    pub(super) fn found(&self, call: CallNumber) -> Option<&'s Found> {
        self.found.get(call)?.as_ref()
    }

    /// The whole answer.
    pub(super) fn answer(mut self, roots: &Slots<RootField>) -> Option<Vec<u8>> {
        self.out.extend_from_slice(b"{\"data\":");
        self.object(roots, Self::root)?;
        self.out.extend_from_slice(b",\"extensions\":{\"graph\":{\"version\":");
        self.value(self.snapshot.version())?;
        self.out.extend_from_slice(b"}}}");
        Some(self.out)
    }

    pub(super) fn object<F>(&mut self, slots: &Slots<F>, mut write: impl FnMut(&mut Self, &F) -> Written) -> Written {
        if self.out.len() > BYTES_MAX {
            return None;
        }
        self.out.push(b'{');
        for (number, slot) in slots.iter().enumerate() {
            // What stands before the first is the brace.
            let key = slot.key.as_bytes();
            self.out.extend_from_slice(if number == 0 { &key[1..] } else { key });
            write(self, &slot.field)?;
        }
        self.out.push(b'}');
        Some(())
    }

    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Written,
    ) -> Written {
        self.out.push(b'[');
        for (number, item) in items.into_iter().enumerate() {
            if number > 0 {
                self.out.push(b',');
            }
            write(self, item)?;
        }
        self.out.push(b']');
        Some(())
    }

    pub(super) fn value(&mut self, value: impl Serialize) -> Written {
        serde_json::to_writer(&mut self.out, &value).ok()
    }

    /// A text in quotes. Most have nothing to be escaped.
    pub(super) fn text(&mut self, text: &str) -> Written {
        if !is_plain(text.as_bytes()) {
            return self.value(text);
        }
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
        Some(())
    }

    pub(super) fn null(&mut self) -> Written {
        self.value(())
    }

    pub(super) fn entity(&mut self, row: EntityRow, fields: &Entities) -> Written {
        let (graph, entity) = (self.snapshot.graph(), self.snapshot.graph().entity(row));
        let slots = fields.of(entity.kind)?;
        self.object(slots, |this, field| match field {
            EntityField::Typename => this.text(type_name(entity.kind)),
            EntityField::Id => this.text(entity.id.as_str()),
            EntityField::Kind => this.text(entity.kind.as_str()),
            EntityField::Name => this.text(&entity.name),
            EntityField::Label(call) => {
                let Arguments::Languages(languages) = &this.arguments[*call] else { return None };
                this.value(query::label(entity, languages))
            }
            EntityField::Names(slots) => this.list(&entity.names, |this, (language, names)| {
                this.object(slots, |this, field| match field {
                    NameField::Typename => this.value("LocalNames"),
                    NameField::Language => this.value(language.as_str()),
                    NameField::Names => this.value(names),
                })
            }),
            EntityField::Aliases => this.value(&entity.aliases),
            EntityField::ExternalIds(slots) => this.list(&entity.external_ids, |this, (scheme, id)| {
                this.object(slots, |this, field| match field {
                    ExternalIdField::Typename => this.value("ExternalId"),
                    ExternalIdField::Scheme => this.value(scheme),
                    ExternalIdField::Value => this.value(id),
                })
            }),
            EntityField::CountryCode => this.value(&entity.country),
            EntityField::Named => this.value(entity.named),
            EntityField::MergedIds => this.list(&entity.merged_ids, |this, id: &EntityId| this.value(id.as_str())),
            EntityField::Confirmed => this.value(entity.confirmed),
            EntityField::MentionCount => this.value(graph.mention_count(row)),
            EntityField::DocumentCount => this.value(graph.documents_of(row).len()),
            EntityField::FirstSeen => this.value(entity_seen(graph, row).map(|(first, _)| first.to_string())),
            EntityField::LastSeen => this.value(entity_seen(graph, row).map(|(_, last)| last.to_string())),
            EntityField::RelationCounts(slots) => {
                this.list(relation_counts(this.snapshot, row), |this, (kind, count)| {
                    this.object(slots, |this, field| match field {
                        CountField::Typename => this.value("RelationCount"),
                        CountField::Kind => this.value(kind.as_str()),
                        CountField::Count => this.value(count),
                    })
                })
            }
            EntityField::Related(call, walk, list) => this.related(row, *call, *walk, list),
            EntityField::Relations(call, list) => this.relations(row, *call, list),
        })
    }

    fn related(&mut self, row: EntityRow, call: CallNumber, walk: Walk, list: &List<Entities>) -> Written {
        let Arguments::Related(wanted, request, beginning) = &self.arguments[call] else { return None };
        let page = match beginning {
            Some(size) if !list.count && list.cursors == Cursors::None => {
                query::nearest(self.snapshot, row, walk, *size, &mut self.left)?
            }
            _ => {
                self.look(row)?;
                query::related(self.snapshot, row, walk, wanted, &self.request(request, list)).ok()?
            }
        };
        self.bring_entities(list, page.items.iter().map(|item| item.row.entity));
        self.page(list, &page, |this, related: &Related, field| match field {
            Part::Node(fields) => this.entity(related.entity, fields),
            Part::Relation(fields) => this.relation(related.step.relation, fields),
            Part::Direction => this.value(if related.step.forward { "FORWARD" } else { "BACKWARD" }),
        })
    }

    fn relations(&mut self, row: EntityRow, call: CallNumber, list: &List<Slots<RelationField>>) -> Written {
        self.look(row)?;
        let Arguments::Relations(wanted, request) = &self.arguments[call] else { return None };
        let RelationsWanted { filter, direction, order } = wanted.as_ref();
        let request = self.request(request, list);
        let page = query::relations_of(self.snapshot, row, *direction, filter, order, &request).ok()?;
        self.bring_relations(list, &page);
        self.page(list, &page, |this, relation: &RelationRow, field| match field {
            Part::Node(fields) => this.relation(*relation, fields),
            Part::Relation(_) | Part::Direction => None,
        })
    }

    /// Brings near the entities that a list tells something of.
    pub(super) fn bring_entities<N>(&self, list: &List<N>, rows: impl Iterator<Item = EntityRow>) {
        if list.nodes().next().is_some() {
            self.snapshot.graph().bring_entities(rows);
        }
    }

    /// Brings near the relations that a list tells something of, and their ends where it tells of those.
    pub(super) fn bring_relations(&self, list: &List<Slots<RelationField>>, page: &Page<RelationRow>) {
        let (graph, rows) = (self.snapshot.graph(), page.items.iter().map(|item| item.row));
        if list.nodes().next().is_some() {
            graph.bring_relations(rows.clone());
        }
        let is_end = |field: &RelationField| matches!(field, RelationField::Subject(_) | RelationField::Object(_));
        if list.nodes().any(|slots| slots.iter().any(|slot| is_end(&slot.field))) {
            graph.bring_entities(rows.flat_map(|row| <[EntityRow; 2]>::from(graph.ends(row))));
        }
    }

    /// Gives up before relations that would take long are gone through.
    fn look(&mut self, row: EntityRow) -> Written {
        self.left = self.left.checked_sub(self.snapshot.graph().degree(row))?;
        Some(())
    }

    pub(super) fn request<N>(&self, page: &PageRequest, list: &List<N>) -> PageRequest {
        PageRequest { count: list.count, cursors: list.cursors, budget: self.budget.clone(), ..page.clone() }
    }

    pub(super) fn page<N, R>(
        &mut self,
        list: &List<N>,
        page: &Page<R>,
        mut part: impl FnMut(&mut Self, &R, Part<'_, N>) -> Written,
    ) -> Written {
        self.object(&list.fields, |this, field| match field {
            ListField::Typename => this.value(format_args!("{}Connection", list.stem)),
            ListField::Nodes(node) => this.list(&page.items, |this, item| part(this, &item.row, Part::Node(node))),
            ListField::Edges(slots) => this.list(&page.items, |this, item| {
                this.object(slots, |this, field| match field {
                    EdgeField::Typename => this.value(format_args!("{}Edge", list.stem)),
                    EdgeField::Cursor => this.text(&item.cursor),
                    EdgeField::Node(node) => part(this, &item.row, Part::Node(node)),
                    EdgeField::Relation(fields) => part(this, &item.row, Part::Relation(fields)),
                    EdgeField::Direction => part(this, &item.row, Part::Direction),
                })
            }),
            ListField::PageInfo(slots) => this.object(slots, |this, field| match field {
                PageInfoField::Typename => this.value("PageInfo"),
                PageInfoField::HasPreviousPage => this.value(page.has_previous),
                PageInfoField::HasNextPage => this.value(page.has_next),
                PageInfoField::StartCursor => this.value(page.items.first().map(|item| &item.cursor)),
                PageInfoField::EndCursor => this.value(page.items.last().map(|item| &item.cursor)),
            }),
            ListField::TotalCount => this.value(page.total?),
        })
    }

    pub(super) fn relation(&mut self, row: RelationRow, slots: &Slots<RelationField>) -> Written {
        let (graph, relation) = (self.snapshot.graph(), self.snapshot.graph().relation(row));
        let labels = || ontology().row(relation.kind);
        self.object(slots, |this, field| match field {
            RelationField::Typename => this.value("Relation"),
            RelationField::Id => this.text(relation.id.as_str()),
            RelationField::Kind => this.text(relation.kind.as_str()),
            RelationField::Label(call) => {
                let Arguments::Language(language) = this.arguments[*call] else { return None };
                this.value(word(labels().map(|row| &row.label), language))
            }
            RelationField::InverseLabel(call) => {
                let Arguments::Language(language) = this.arguments[*call] else { return None };
                this.value(word(labels().map(|row| &row.inverse), language))
            }
            RelationField::Subject(fields) => this.entity(graph.ends(row).0, fields),
            RelationField::Object(fields) => this.entity(graph.ends(row).1, fields),
            RelationField::Confidence => this.value(rounded(relation.confidence)),
            RelationField::Modality => this.value(relation.qualifiers.modality.as_str()),
            RelationField::Role => this.value(&relation.qualifiers.role),
            RelationField::Date(slots) => this.date(relation.qualifiers.date, slots),
            RelationField::Amount => this.value(relation.qualifiers.amount),
            RelationField::Currency => this.value(&relation.qualifiers.currency),
            RelationField::Confirmed => this.value(relation.confirmed),
            RelationField::MentionCount => this.value(graph.evidence_count(row)),
            RelationField::DocumentCount => this.value(relation_documents(graph, row)),
            RelationField::FirstSeen => this.value(relation_seen(graph, row).map(|(first, _)| first.to_string())),
            RelationField::LastSeen => this.value(relation_seen(graph, row).map(|(_, last)| last.to_string())),
            RelationField::Evidence(call, slots) => {
                let Arguments::First(size) = this.arguments[*call] else { return None };
                this.list(graph.evidence(row).take(size), |this, statement| this.evidence(statement, slots))
            }
        })
    }

    fn date(&mut self, date: Option<DateRange>, slots: &Slots<DateField>) -> Written {
        let Some(date) = date else { return self.null() };
        self.object(slots, |this, field| match field {
            DateField::Typename => this.value("Date"),
            DateField::Start => this.value(date.start.to_string()),
            DateField::End => this.value(date.end.map(|end| end.to_string())),
            DateField::Precision => this.value(match date.start.precision() {
                DatePrecision::Year => "YEAR",
                DatePrecision::Month => "MONTH",
                DatePrecision::Day => "DAY",
            }),
            DateField::Text => this.value(date.to_string()),
        })
    }

    fn evidence(&mut self, row: EvidenceRow, slots: &Slots<EvidenceField>) -> Written {
        let (graph, statement) = (self.snapshot.graph(), self.snapshot.graph().statement(row));
        self.object(slots, |this, field| match field {
            EvidenceField::Typename => this.value("Evidence"),
            EvidenceField::Text => this.text(&verbatim(graph, row.document, &statement.evidence)),
            EvidenceField::Rule => this.value(statement.rule.to_string()),
            EvidenceField::Confidence => this.value(rounded(statement.confidence)),
            EvidenceField::Modality => this.value(statement.qualifiers.modality.as_str()),
            EvidenceField::Role => this.value(&statement.qualifiers.role),
            EvidenceField::Date(slots) => this.date(statement.qualifiers.date, slots),
            EvidenceField::Amount => this.value(statement.qualifiers.amount),
            EvidenceField::Currency => this.value(&statement.qualifiers.currency),
            EvidenceField::ExtractorVersion => {
                this.value(graph.stored(row.document).contribution.extractor.to_string())
            }
            EvidenceField::Document(slots) => this.document(row.document, slots),
        })
    }

    pub(super) fn document(&mut self, row: DocumentRow, slots: &Slots<DocumentField>) -> Written {
        let (stored, document) = (self.snapshot.graph().stored(row), self.snapshot.graph().document(row));
        self.object(slots, |this, field| match field {
            DocumentField::Typename => this.value("Document"),
            DocumentField::Id => this.value(document.id.as_str()),
            DocumentField::Source => this.value(&document.source),
            DocumentField::Title => this.value(&document.title),
            DocumentField::Url => this.value(&document.url),
            DocumentField::Language => this.value(document.language.as_str()),
            DocumentField::Published(slots) => this.date(document.published.map(DateRange::on), slots),
            DocumentField::AddedAt => this.value(stored.added_at.to_string()),
            DocumentField::AddedVersion => this.value(stored.added),
            DocumentField::Text => this.text(&document.text),
        })
    }
}

/// Whether JSON has nothing to escape in a text: eight bytes are looked at in one go, the last eight of a text that is no multiple of
/// eight once more with those before them.
fn is_plain(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The high bit of a byte is set where it is 0, and above such a one perhaps, which does not matter here.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let escapes = |word: u64| {
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        controls | zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')))
    };
    let (words, _) = text.as_chunks::<8>();
    match text.last_chunk::<8>() {
        None => text.iter().all(|byte| *byte >= b' ' && *byte != b'"' && *byte != b'\\'),
        Some(last) => words.iter().chain([last]).fold(0, |found, word| found | escapes(u64::from_le_bytes(*word))) == 0,
    }
}

/// What is asked of an item of a page.
pub(super) enum Part<'p, N> {
    Node(&'p N),
    Relation(&'p Slots<RelationField>),
    Direction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_to_be_escaped_is_seen_wherever_it_stands() {
        let texts = ["", "a", "Québec", "Bogotá D.C", "Fonds «été» 東京 — 2026 \u{7f}\u{80}"];
        for text in texts {
            assert!(is_plain(text.as_bytes()), "{text}");
            for (at, _) in text.char_indices() {
                for sign in (0..=u8::MAX).map(char::from) {
                    let mut other = text.to_owned();
                    other.insert(at, sign);
                    let written = serde_json::to_string(&other).expect("a text is JSON");
                    assert_eq!(is_plain(other.as_bytes()), written[1..written.len() - 1] == other, "{other:?}");
                }
            }
        }
    }
}
