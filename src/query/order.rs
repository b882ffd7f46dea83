//! Orders of lists, and the sort keys that cursors keep.
//!
//! Entities by `[Mentions descending, Name ascending]`: the most mentioned first, ties by name, then always by id.
//!
//! A key is made from content alone, never from a position, so that a cursor stays valid when the graph grows. What has no value stands
//! last, in either direction.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::graph::{DocumentRow, EntityRow, Graph, RelationRow};
use crate::model::fold;

use super::Refusal;
use super::filter::{Filter, Measure, RelatedFilter};
use super::holds::Trial;
use super::seen::{entity_seen, relation_seen};

/// How many criteria an order has at most.
pub const ORDER_MAX: usize = 5;

/// One part of a sort key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Part {
    /// A count, a confidence or an amount.
    Number(#[serde(serialize_with = "write_exactly", deserialize_with = "read_exactly")] f64),
    /// A name, a kind, a moment or an id.
    Text(String),
    /// No value.
    Absent,
}

/// A number's bits: decimal digits may be read back as a neighbour of what was written, and cannot say what is not finite.
fn write_exactly<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(number.to_bits())
}

fn read_exactly<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    u64::deserialize(deserializer).map(f64::from_bits)
}

impl Part {
    fn cmp(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            // Absent is last, and a list has one sort of part at one place.
            (a, b) => return a.sort().cmp(&b.sort()),
        };
        if descending { order.reverse() } else { order }
    }

    fn sort(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Absent => 2,
        }
    }

    /// Whether this may stand where the other one stands in the keys of a list.
    pub(super) fn fits(&self, other: &Self) -> bool {
        self.sort() == other.sort() || matches!((self, other), (Self::Absent, _) | (_, Self::Absent))
    }

    fn count(count: usize) -> Self {
        Self::Number(count as f64)
    }

    fn moment(moment: Option<Timestamp>) -> Self {
        // Nanoseconds in digits of one length, so that they sort as text; seven thousand years before 1970 they begin at 0.
        const SHIFT: i128 = 1_000_000_000_000_000_000_000;
        moment.map_or(Self::Absent, |moment| Self::Text(format!("{:022}", moment.as_nanosecond() + SHIFT)))
    }

    fn text(text: Option<String>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

/// What a row is sorted by; the last part is always an id, so that no two rows have equal keys.
pub(super) type Key = Vec<Part>;

/// How a list is sorted: the key of each row, and which parts of it count backwards (missing: forwards).
pub(super) struct Sorting<'s, T> {
    pub(super) key: Box<dyn Fn(T) -> Key + 's>,
    pub(super) descending: Vec<bool>,
}

impl<'s, T: Copy + 's> Sorting<'s, T> {
    /// By a key of its own.
    pub(super) fn by(key: impl Fn(T) -> Key + 's, descending: &[bool]) -> Self {
        Self { key: Box::new(key), descending: descending.to_vec() }
    }

    /// By criteria, and where these do not tell two rows apart by another sorting.
    pub(super) fn of<C: Criterion<Row = R>, R: Copy>(
        trial: Trial<'s>,
        order: &'s [C],
        row: impl Fn(T) -> R + 's,
        then: Self,
    ) -> Self {
        if order.is_empty() {
            return then;
        }
        let descending = order.iter().flat_map(Criterion::descending).copied();
        let descending = descending.chain(then.descending.iter().copied()).collect();
        let key = move |item| {
            let parts = order.iter().flat_map(|by| by.parts(&trial, row(item)));
            parts.chain((then.key)(item)).collect()
        };
        Self { key: Box::new(key), descending }
    }

    pub(super) fn compare(&self, a: &Key, b: &Key) -> Ordering {
        let backwards = self.descending.iter().copied().chain(std::iter::repeat(false));
        let mut orderings = a.iter().zip(b).zip(backwards).map(|((a, b), back)| a.cmp(b, back));
        orderings.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// Rows in this order.
    pub(super) fn sorted(&self, rows: impl Iterator<Item = T>) -> Vec<T> {
        let mut keyed: Vec<_> = rows.map(|row| ((self.key)(row), row)).collect();
        keyed.sort_by(|(a, _), (b, _)| self.compare(a, b));
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// One criterion of an order.
pub(super) trait Criterion: std::fmt::Debug {
    /// What is ordered.
    type Row;

    /// The parts that it adds to a key.
    fn parts(&self, trial: &Trial<'_>, row: Self::Row) -> Vec<Part>;

    /// Which of these parts count backwards.
    fn descending(&self) -> &'static [bool];

    /// Whether it follows from the graph and the field alone, so that the order can be remembered.
    fn is_plain(&self) -> bool {
        true
    }

    /// Refuses what makes no sense.
    fn check(&self) -> Result<(), Refusal> {
        Ok(())
    }
}

/// Refuses orders that are too long or make no sense.
pub(super) fn check_order<C: Criterion>(order: &[C]) -> Result<(), Refusal> {
    if order.len() > ORDER_MAX {
        let way_round = "leave out the last ones; ties go by id";
        return Err(Refusal::limit("the number of criteria in orderBy", order.len(), ORDER_MAX, way_round));
    }
    order.iter().try_for_each(Criterion::check)
}

/// Whether all criteria follow from the graph and their fields alone.
pub(super) fn is_plain<C: Criterion>(order: &[C]) -> bool {
    order.iter().all(Criterion::is_plain)
}

fn one(descending: bool) -> &'static [bool] {
    if descending { &[true] } else { &[false] }
}

/// What entities can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityField {
    /// Kind, in alphabetical order.
    Kind,
    /// Name, folded.
    Name,
    /// Number of mentions.
    Mentions,
    /// Number of documents.
    Documents,
    /// Number of relations.
    Relations,
    /// When the first document that mentions it came in.
    FirstSeen,
    /// When the last document that mentions it came in.
    LastSeen,
}

/// One criterion of an order of entities.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityOrder {
    /// What to sort by.
    pub field: EntityField,
    /// Which relations count, for [`EntityField::Relations`]; all when absent.
    pub of: Option<RelatedFilter>,
    /// From large to small.
    pub descending: bool,
}

impl Criterion for EntityOrder {
    type Row = EntityRow;

    fn parts(&self, trial: &Trial<'_>, row: EntityRow) -> Vec<Part> {
        let graph = trial.graph;
        let entity = graph.entity(row);
        let part = match (self.field, &self.of) {
            (EntityField::Kind, _) => Part::Text(entity.kind.to_string()),
            (EntityField::Name, _) => Part::Text(fold(&entity.name)),
            (EntityField::Mentions, _) => Part::count(graph.mention_count(row)),
            (EntityField::Documents, _) => Part::count(graph.documents_of(row).len()),
            (EntityField::Relations, None) => Part::count(graph.degree(row)),
            (EntityField::Relations, Some(of)) => Part::count(trial.related(of, row).count()),
            (EntityField::FirstSeen, _) => Part::moment(entity_seen(graph, row).map(|(first, _)| first)),
            (EntityField::LastSeen, _) => Part::moment(entity_seen(graph, row).map(|(_, last)| last)),
        };
        vec![part]
    }

    fn descending(&self) -> &'static [bool] {
        one(self.descending)
    }

    fn is_plain(&self) -> bool {
        self.of.is_none()
    }

    fn check(&self) -> Result<(), Refusal> {
        let Some(of) = &self.of else { return Ok(()) };
        if self.field != EntityField::Relations {
            return Err(Refusal::bad_input("of says which relations count: give it with field: RELATIONS only"));
        }
        let mut measure = Measure::default();
        of.measure(1, &mut measure);
        measure.check()
    }
}

/// What relations can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationField {
    /// Kind, in alphabetical order.
    Kind,
    /// Confidence.
    Confidence,
    /// The stated date by its beginning, the less precise first; what has no year counts as undated.
    Date,
    /// Amount, by currency first, since amounts of different currencies cannot be compared.
    Amount,
    /// Number of statements.
    Mentions,
    /// Number of documents.
    Documents,
    /// When the first document that states it came in.
    FirstSeen,
    /// When the last document that states it came in.
    LastSeen,
}

/// One criterion of an order of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationOrder {
    /// What to sort by.
    pub field: RelationField,
    /// From large to small.
    pub descending: bool,
}

impl Criterion for RelationOrder {
    type Row = RelationRow;

    fn parts(&self, trial: &Trial<'_>, row: RelationRow) -> Vec<Part> {
        let graph = trial.graph;
        let relation = graph.relation(row);
        let said = &relation.qualifiers;
        let part = match self.field {
            RelationField::Kind => Part::Text(relation.kind.to_string()),
            RelationField::Confidence => Part::Number(f64::from(relation.confidence)),
            RelationField::Date => {
                Part::text(said.date.filter(|date| date.start.year.is_some()).map(|date| date.to_string()))
            }
            RelationField::Amount => {
                let currency = said.amount.map(|_| said.currency.clone().unwrap_or_default());
                return vec![Part::text(currency), said.amount.map_or(Part::Absent, Part::Number)];
            }
            RelationField::Mentions => Part::count(graph.evidence_count(row)),
            RelationField::Documents => Part::count(relation_documents(graph, row)),
            RelationField::FirstSeen => Part::moment(relation_seen(graph, row).map(|(first, _)| first)),
            RelationField::LastSeen => Part::moment(relation_seen(graph, row).map(|(_, last)| last)),
        };
        vec![part]
    }

    fn descending(&self) -> &'static [bool] {
        match (self.field, self.descending) {
            // Currencies go from A to Z in either direction.
            (RelationField::Amount, true) => &[false, true],
            (RelationField::Amount, false) => &[false, false],
            (_, descending) => one(descending),
        }
    }
}

/// How many documents state a relation.
pub fn relation_documents(graph: &Graph, row: RelationRow) -> usize {
    graph.evidence(row).map(|statement| statement.document).collect::<std::collections::BTreeSet<_>>().len()
}

/// What documents can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentField {
    /// Date of publication, the less precise first; what has no year counts as undated.
    Published,
    /// Where it came from, folded.
    Source,
    /// Headline, folded.
    Title,
    /// When it came in.
    Added,
}

/// One criterion of an order of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentOrder {
    /// What to sort by.
    pub field: DocumentField,
    /// From large to small.
    pub descending: bool,
}

impl Criterion for DocumentOrder {
    type Row = DocumentRow;

    fn parts(&self, trial: &Trial<'_>, row: DocumentRow) -> Vec<Part> {
        let document = trial.graph.document(row);
        let part = match self.field {
            DocumentField::Published => {
                Part::text(document.published.filter(|date| date.year.is_some()).map(|date| date.to_string()))
            }
            DocumentField::Source => Part::Text(fold(&document.source)),
            DocumentField::Title => Part::text(document.title.as_deref().map(fold)),
            DocumentField::Added => Part::moment(Some(trial.graph.stored(row).added_at)),
        };
        vec![part]
    }

    fn descending(&self) -> &'static [bool] {
        one(self.descending)
    }
}
