//! The annotations of lines of a data file, as bytes: a tenth of the room and of the time that rows take.
//!
//! 200 relations in 200 lines → some 4 KB, in place of a thousand rows
//!
//! Layout: the CRC-32 of what follows (little-endian); the structures below in postcard, packed by LZ4 with their length in front. They belong to the format of the store, not to
//! the model: fields are never added, removed or put in another order; another layout would be another column. Words and numbers are
//! those of the tables. What is damaged is told, never guessed.

use serde::{Deserialize, Serialize};

use crate::model::{
    Annotations, DateRange, DocumentId, EntityKind, LocalEntity, Mention, MentionForm, Qualifiers, RelationKind,
    RelationMention, RuleId, Span,
};

use super::failure::{Failure, Outcome};
use super::rows::{modality, modality_text, unknown};

/// A start and a length in bytes.
type Place = (u64, u64);

#[derive(Serialize, Deserialize)]
struct Packed<'p> {
    /// The names of rules; others give their number here.
    #[serde(borrow)]
    rules: Vec<&'p str>,
    entities: Vec<Entity<'p>>,
    relations: Vec<Relation<'p>>,
}

#[derive(Serialize, Deserialize)]
struct Entity<'p> {
    kind: &'p str,
    name: &'p str,
    aliases: Vec<&'p str>,
    registry: Option<&'p str>,
    source_id: Option<&'p str>,
    named: bool,
    country: Option<&'p str>,
    /// Where, whether described, by which rule.
    mentions: Vec<(Place, bool, u32)>,
}

#[derive(Serialize, Deserialize)]
struct Relation<'p> {
    kind: &'p str,
    subject: u32,
    object: u32,
    subject_place: Place,
    object_place: Place,
    trigger: Option<Place>,
    modality: &'p str,
    date: Option<String>,
    role: Option<&'p str>,
    amount: Option<f64>,
    currency: Option<&'p str>,
    confidence: f32,
    evidence: Vec<Place>,
    rule: u32,
}

/// Annotations as bytes.
pub(super) fn pack(annotations: &Annotations) -> Outcome<Vec<u8>> {
    let mut rules = Rules::default();
    let entities = annotations.entities.iter().map(|entity| rules.entity(entity)).collect();
    let relations = annotations.relations.iter().map(|relation| rules.relation(relation)).collect();
    let packed = Packed { rules: rules.0, entities, relations };
    let bytes =
        postcard::to_stdvec(&packed).map_err(|error| Failure::damaged(format!("it cannot be packed: {error}")))?;
    let bytes = lz4_flex::compress_prepend_size(&bytes);
    let mut whole = crc32fast::hash(&bytes).to_le_bytes().to_vec();
    whole.extend(bytes);
    Ok(whole)
}

/// The annotations of a document from their bytes.
pub(super) fn unpack(document: DocumentId, bytes: &[u8]) -> Outcome<Annotations> {
    let damaged = || Failure::damaged("what was observed in its lines is damaged");
    let (crc, bytes) = bytes.split_first_chunk::<4>().ok_or_else(damaged)?;
    if crc32fast::hash(bytes).to_le_bytes() != *crc {
        return Err(damaged());
    }
    let bytes = lz4_flex::decompress_size_prepended(bytes).map_err(|_| damaged())?;
    let Packed { rules, entities, relations } = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
    let rules: Vec<RuleId> = rules.into_iter().map(RuleId::new).collect();
    let rule = |number: u32| rules.get(number as usize).cloned().ok_or_else(damaged);
    let entities = entities.into_iter().map(|entity| entity.unpacked(rule)).collect::<Outcome<Vec<_>>>()?;
    let relations = relations.into_iter().map(|relation| relation.unpacked(rule)).collect::<Outcome<Vec<_>>>()?;
    if relations.iter().any(|relation| relation.subject.max(relation.object) >= entities.len()) {
        return Err(damaged());
    }
    Ok(Annotations { document, entities, relations })
}

/// The names of rules, each once.
#[derive(Default)]
struct Rules<'a>(Vec<&'a str>);

impl<'a> Rules<'a> {
    fn number(&mut self, RuleId(name): &'a RuleId) -> u32 {
        // Lines are read by few rules.
        let at = self.0.iter().position(|known| **known == **name).unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        });
        small(at)
    }

    fn entity(&mut self, entity: &'a LocalEntity) -> Entity<'a> {
        let LocalEntity { kind, name, aliases, registry, source_id, named, country, mentions } = entity;
        let mention = |mention: &'a Mention| {
            (place(mention.span), mention.form == MentionForm::Description, self.number(&mention.rule))
        };
        Entity {
            mentions: mentions.iter().map(mention).collect(),
            kind: kind.as_str(),
            name,
            aliases: aliases.iter().map(String::as_str).collect(),
            registry: registry.as_deref(),
            source_id: source_id.as_deref(),
            named: *named,
            country: country.as_deref(),
        }
    }

    fn relation(&mut self, relation: &'a RelationMention) -> Relation<'a> {
        let said = &relation.qualifiers;
        Relation {
            kind: relation.kind.as_str(),
            subject: small(relation.subject),
            object: small(relation.object),
            subject_place: place(relation.subject_span),
            object_place: place(relation.object_span),
            trigger: relation.trigger.map(place),
            modality: modality_text(said.modality),
            date: said.date.map(|date| date.to_string()),
            role: said.role.as_deref(),
            amount: said.amount,
            currency: said.currency.as_deref(),
            confidence: relation.confidence,
            evidence: relation.evidence.iter().copied().map(place).collect(),
            rule: self.number(&relation.rule),
        }
    }
}

impl Entity<'_> {
    fn unpacked(self, rule: impl Fn(u32) -> Outcome<RuleId>) -> Outcome<LocalEntity> {
        let mention = |(at, described, number)| {
            let form = if described { MentionForm::Description } else { MentionForm::Name };
            Ok(Mention { span: span(at)?, form, rule: rule(number)? })
        };
        Ok(LocalEntity {
            kind: EntityKind::parse(self.kind).ok_or_else(|| unknown("kind of entity", self.kind))?,
            name: self.name.to_owned(),
            aliases: self.aliases.into_iter().map(str::to_owned).collect(),
            registry: self.registry.map(str::to_owned),
            source_id: self.source_id.map(Into::into),
            named: self.named,
            country: self.country.map(str::to_owned),
            mentions: self.mentions.into_iter().map(mention).collect::<Outcome<_>>()?,
        })
    }
}

impl Relation<'_> {
    fn unpacked(self, rule: impl Fn(u32) -> Outcome<RuleId>) -> Outcome<RelationMention> {
        let date = self.date.map(|text| DateRange::parse(&text).ok_or_else(|| unknown("date", &text))).transpose()?;
        Ok(RelationMention {
            kind: RelationKind::parse(self.kind).ok_or_else(|| unknown("kind of relation", self.kind))?,
            subject: self.subject as usize,
            object: self.object as usize,
            subject_span: span(self.subject_place)?,
            object_span: span(self.object_place)?,
            trigger: self.trigger.map(span).transpose()?,
            qualifiers: Qualifiers {
                modality: modality(self.modality)?,
                date,
                role: self.role.map(str::to_owned),
                amount: self.amount,
                currency: self.currency.map(str::to_owned),
            },
            confidence: self.confidence,
            evidence: self.evidence.into_iter().map(span).collect::<Outcome<_>>()?,
            rule: rule(self.rule)?,
        })
    }
}

/// A number within a document; what is too large for it does not occur in memory.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn place(span: Span) -> Place {
    (span.start as u64, span.len() as u64)
}

fn span((start, length): Place) -> Outcome<Span> {
    let nowhere = || Failure::damaged("a span ends nowhere");
    let (start, length) = (usize::try_from(start), usize::try_from(length));
    let (Ok(start), Ok(length)) = (start, length) else { return Err(nowhere()) };
    start.checked_add(length).map(|end| Span::new(start, end)).ok_or_else(nowhere)
}
