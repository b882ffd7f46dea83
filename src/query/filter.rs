//! Conditions on entities, relations and documents, combined with and, or and not.
//!
//! `{ kinds: {Project}, relations: { some: { kinds: {Funds}, entity: { countries: {SN} } } } }` → projects that somebody in Senegal funds
//!
//! Plain values; `holds` says what they mean. All conditions of one filter hold together; an empty filter holds for everything. A
//! list means *one of these*, so that an empty one holds for nothing. Depth and size are bounded.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::graph::Direction;
use crate::model::{DocumentId, EntityId, EntityKind, Modality, PartialDate, RelationId, RelationKind};

use super::Refusal;
use super::condition::{DateFilter, MomentFilter, NumberFilter, TextFilter};

/// How deep filters may stand in each other.
pub const FILTER_DEPTH_MAX: usize = 16;
/// How many filters and values one filter may have, with all that stands in it.
pub const FILTER_SIZE_MAX: usize = 1_000;

/// Which entities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityFilter {
    /// Of one of these kinds.
    pub kinds: Option<BTreeSet<EntityKind>>,
    /// With one of these ids (ids that were merged away count).
    pub ids: Option<BTreeSet<EntityId>>,
    /// With such a name or alias.
    pub name: Option<TextFilter>,
    /// Lying in or belonging to a country with one of these ISO 3166-1 codes, in any case.
    pub countries: Option<BTreeSet<String>>,
    /// With a proper name, or without.
    pub named: Option<bool>,
    /// Confirmed by somebody, or not.
    pub confirmed: Option<bool>,
    /// With such an id elsewhere.
    pub external_id: Option<ExternalIdFilter>,
    /// Mentioned in one of these documents. What is said of documents, here and in the next two, holds for the same one.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Mentioned in a document that was published then.
    pub published: Option<DateFilter>,
    /// Mentioned in a document that the graph had at this moment.
    pub known_at: Option<Timestamp>,
    /// The first document that mentions it came in then.
    pub first_seen: Option<MomentFilter>,
    /// The last document that mentions it came in then.
    pub last_seen: Option<MomentFilter>,
    /// Mentioned so often.
    pub mention_count: Option<NumberFilter<i64>>,
    /// Mentioned in so many documents.
    pub document_count: Option<NumberFilter<i64>>,
    /// With such relations.
    pub relations: Option<Box<RelationsFilter>>,
    /// With so many relations of a sort; all of these hold.
    pub relation_counts: Vec<RelationCountFilter>,
    /// All of these hold.
    pub and: Vec<EntityFilter>,
    /// One of these holds.
    pub or: Option<Vec<EntityFilter>>,
    /// This does not hold.
    pub not: Option<Box<EntityFilter>>,
}

/// An id in a public scheme, in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalIdFilter {
    /// The scheme.
    pub scheme: String,
    /// One of these; any when absent.
    pub values: Option<BTreeSet<String>>,
}

/// Relations of an entity, with what is at their other end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelatedFilter {
    /// Of one of these kinds.
    pub kinds: Option<BTreeSet<RelationKind>>,
    /// Seen from the entity.
    pub direction: Direction,
    /// What the relation is like.
    pub relation: Option<RelationFilter>,
    /// What the entity at its other end is like.
    pub entity: Option<EntityFilter>,
}

/// What holds for the relations of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationsFilter {
    /// At least one is so.
    pub some: Option<RelatedFilter>,
    /// All of that kind and direction are so; also when there are none.
    pub every: Option<RelatedFilter>,
    /// None is so.
    pub none: Option<RelatedFilter>,
}

/// How many relations of a sort an entity has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationCountFilter {
    /// Which relations are counted.
    pub of: RelatedFilter,
    /// How many they are.
    pub count: NumberFilter<i64>,
}

/// Which relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationFilter {
    /// With one of these ids.
    pub ids: Option<BTreeSet<RelationId>>,
    /// Of one of these kinds.
    pub kinds: Option<BTreeSet<RelationKind>>,
    /// With such a subject.
    pub subject: Option<Box<EntityFilter>>,
    /// With such an object.
    pub object: Option<Box<EntityFilter>>,
    /// With such an entity at one of its ends.
    pub either: Option<Box<EntityFilter>>,
    /// Stated in one of these documents. What is said of statements, here and in the next four, holds for the same one.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Stated in a document that was published then.
    pub published: Option<DateFilter>,
    /// Stated in a document that the graph had at this moment.
    pub known_at: Option<Timestamp>,
    /// Stated by such sentences.
    pub evidence: Option<TextFilter>,
    /// Found by such a rule.
    pub rule: Option<TextFilter>,
    /// So sure.
    pub confidence: Option<NumberFilter<f64>>,
    /// Presented in one of these ways.
    pub modalities: Option<BTreeSet<Modality>>,
    /// With such a post or part.
    pub role: Option<TextFilter>,
    /// With such an amount, in whatever currency.
    pub amount: Option<NumberFilter<f64>>,
    /// With an amount in one of these currencies, in any case.
    pub currencies: Option<BTreeSet<String>>,
    /// Said of such a time.
    pub date: Option<DateFilter>,
    /// Said of a time that may include this date.
    pub valid_at: Option<PartialDate>,
    /// Confirmed by somebody, or not.
    pub confirmed: Option<bool>,
    /// The first document that states it came in then.
    pub first_seen: Option<MomentFilter>,
    /// The last document that states it came in then.
    pub last_seen: Option<MomentFilter>,
    /// Stated so often.
    pub mention_count: Option<NumberFilter<i64>>,
    /// Stated in so many documents.
    pub document_count: Option<NumberFilter<i64>>,
    /// All of these hold.
    pub and: Vec<RelationFilter>,
    /// One of these holds.
    pub or: Option<Vec<RelationFilter>>,
    /// This does not hold.
    pub not: Option<Box<RelationFilter>>,
}

impl RelationFilter {
    /// Refuses a filter that is too deep or too large, before there is anything to try it on.
    ///
    /// # Errors
    /// It is beyond a limit.
    pub fn check(&self) -> Result<(), Refusal> {
        Filter::check(self)
    }
}

/// Which documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFilter {
    /// With one of these ids.
    pub ids: Option<BTreeSet<DocumentId>>,
    /// From such a place.
    pub source: Option<TextFilter>,
    /// With such a headline.
    pub title: Option<TextFilter>,
    /// With such a text.
    pub text: Option<TextFilter>,
    /// In one of these languages, in any case; `fr` takes in `fr-CA`.
    pub languages: Option<BTreeSet<String>>,
    /// Published then.
    pub published: Option<DateFilter>,
    /// Come in then.
    pub added_at: Option<MomentFilter>,
    /// Had by the graph at this moment.
    pub known_at: Option<Timestamp>,
    /// Mentioning at least one such entity.
    pub mentions: Option<EntityFilter>,
    /// Stating at least one such relation.
    pub states: Option<RelationFilter>,
    /// All of these hold.
    pub and: Vec<DocumentFilter>,
    /// One of these holds.
    pub or: Option<Vec<DocumentFilter>>,
    /// This does not hold.
    pub not: Option<Box<DocumentFilter>>,
}

/// How deep and large a filter is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    depth: usize,
    size: usize,
}

impl Measure {
    /// Refuses what is too deep or too large.
    pub(super) fn check(self) -> Result<(), Refusal> {
        if self.depth > FILTER_DEPTH_MAX {
            let way_round =
                "put what stands in and: of and:, or not: of not:, on one level, or ask in several steps by id";
            return Err(Refusal::limit("the depth of a filter", self.depth, FILTER_DEPTH_MAX, way_round));
        }
        if self.size > FILTER_SIZE_MAX {
            let way_round = "give several values of one condition as a list instead of or:, or ask in several requests";
            return Err(Refusal::limit("the size of a filter", self.size, FILTER_SIZE_MAX, way_round));
        }
        Ok(())
    }

    fn open(&mut self, depth: usize) {
        self.depth = self.depth.max(depth);
        self.size += 1;
    }

    fn set<T>(&mut self, values: &Option<BTreeSet<T>>) {
        self.size += values.as_ref().map_or(0, BTreeSet::len);
    }

    fn text(&mut self, text: &Option<TextFilter>) {
        self.size += text.as_ref().map_or(0, TextFilter::size);
    }
}

/// A filter that can be measured.
pub(super) trait Filter {
    /// Adds itself to a measure, as what stands at a depth.
    fn measure(&self, depth: usize, into: &mut Measure);

    /// Refuses what is too deep or too large.
    fn check(&self) -> Result<(), Refusal> {
        let mut measure = Measure::default();
        self.measure(1, &mut measure);
        measure.check()
    }
}

impl<F: Filter> Filter for Box<F> {
    fn measure(&self, depth: usize, into: &mut Measure) {
        (**self).measure(depth, into);
    }
}

/// Measures all filters that stand in one.
fn inside<'f, F: Filter + 'f>(filters: impl IntoIterator<Item = &'f F>, depth: usize, into: &mut Measure) {
    filters.into_iter().for_each(|filter| filter.measure(depth + 1, into));
}

impl Filter for EntityFilter {
    fn measure(&self, depth: usize, into: &mut Measure) {
        into.open(depth);
        into.set(&self.kinds);
        into.set(&self.ids);
        into.text(&self.name);
        into.set(&self.countries);
        into.set(&self.documents);
        if let Some(id) = &self.external_id {
            into.set(&id.values);
        }
        let related = self.relations.iter().flat_map(|r| [&r.some, &r.every, &r.none]).flatten();
        related.chain(self.relation_counts.iter().map(|count| &count.of)).for_each(|r| r.measure(depth, into));
        inside(&self.and, depth, into);
        inside(self.or.iter().flatten(), depth, into);
        inside(&self.not, depth, into);
    }
}

impl Filter for RelatedFilter {
    fn measure(&self, depth: usize, into: &mut Measure) {
        into.open(depth);
        into.set(&self.kinds);
        inside(&self.relation, depth, into);
        inside(&self.entity, depth, into);
    }
}

impl Filter for RelationFilter {
    fn measure(&self, depth: usize, into: &mut Measure) {
        into.open(depth);
        into.set(&self.ids);
        into.set(&self.kinds);
        into.set(&self.documents);
        into.set(&self.modalities);
        into.set(&self.currencies);
        [&self.evidence, &self.rule, &self.role].into_iter().for_each(|text| into.text(text));
        inside([&self.subject, &self.object, &self.either].into_iter().flatten(), depth, into);
        inside(&self.and, depth, into);
        inside(self.or.iter().flatten(), depth, into);
        inside(&self.not, depth, into);
    }
}

impl Filter for DocumentFilter {
    fn measure(&self, depth: usize, into: &mut Measure) {
        into.open(depth);
        into.set(&self.ids);
        into.set(&self.languages);
        [&self.source, &self.title, &self.text].into_iter().for_each(|text| into.text(text));
        inside(&self.mentions, depth, into);
        inside(&self.states, depth, into);
        inside(&self.and, depth, into);
        inside(self.or.iter().flatten(), depth, into);
        inside(&self.not, depth, into);
    }
}
