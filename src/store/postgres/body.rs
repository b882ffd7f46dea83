//! What a document contributes, as one value of JSON: what engines that keep rows on many machines read and write fastest.
//!
//! `{"language":"fr","text":"L’OIM …","entities":[{"kind":"ORGANIZATION","name":"OIM","mentions":[[0,7,false,"fr/listed"]]}], …}`
//!
//! What comes back is what was written, to the last bit. The names of fields stand in stores that exist: they are never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::model::{
    Annotations, Contribution, DateRange, Document, DocumentId, ElementPlace, EntityKind, Language, Lines, LocalEntity,
    Mention, MentionForm, PartialDate, Qualifiers, RelationKind, RelationMention, RuleId, Section, Span,
};
use crate::store::words::{MODALITIES, SECTIONS, meaning, unknown, word};

use super::failure::{Failure, Outcome};

/// A start and a length in bytes.
type Place = (usize, usize);

#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    text: String,
    sections: Vec<(String, usize, usize)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<LinesBody>,
    entities: Vec<EntityBody>,
    relations: Vec<RelationBody>,
}

#[derive(Serialize, Deserialize)]
struct LinesBody {
    namespace: String,
    file: String,
    digest: Option<String>,
    first: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    element: Option<(String, BTreeMap<String, usize>)>,
}

#[derive(Serialize, Deserialize)]
struct EntityBody {
    kind: String,
    name: String,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    aliases: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registry: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_id: Option<String>,
    named: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// Start, length, whether it is a description, rule.
    mentions: Vec<(usize, usize, bool, String)>,
}

#[derive(Serialize, Deserialize)]
struct RelationBody {
    kind: String,
    subject: usize,
    object: usize,
    subject_span: Place,
    object_span: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trigger: Option<Place>,
    modality: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    confidence: Box<RawValue>,
    evidence: Vec<Place>,
    rule: String,
}

/// A contribution in JSON; its id, source and extractor stand beside it.
pub(super) fn body(contribution: &Contribution) -> Outcome<String> {
    let Contribution { document, annotations, extractor: _ } = contribution;
    let section = |section: &Section| {
        let Section { kind, span } = section;
        (word(&SECTIONS, kind).to_owned(), span.start, span.len())
    };
    let relations = annotations.relations.iter().map(relation_body).collect::<Outcome<_>>()?;
    let body = Body {
        url: document.url.clone(),
        language: document.language.as_str().to_owned(),
        title: document.title.clone(),
        published: document.published.map(|date| date.to_string()),
        text: document.text.clone(),
        sections: document.sections.iter().map(section).collect(),
        lines: document.lines.as_ref().map(lines_body),
        entities: annotations.entities.iter().map(entity_body).collect(),
        relations,
    };
    serde_json::to_string(&body).map_err(|error| Failure::damaged(error.to_string()))
}

/// What [`body`] wrote.
pub(super) fn contribution(id: DocumentId, source: String, extractor: Arc<str>, body: &str) -> Outcome<Contribution> {
    let damaged = |reason: String| Failure::damaged(format!("in {id}, {reason}"));
    let body: Body = serde_json::from_str(body).map_err(|error| damaged(error.to_string()))?;
    let read = || -> Result<(Document, Annotations), String> {
        let date = |text: String| PartialDate::parse(&text).ok_or_else(|| unknown("date", &text));
        let section = |(kind, start, length): (String, usize, usize)| {
            Ok::<_, String>(Section { kind: meaning(&SECTIONS, &kind)?, span: span((start, length))? })
        };
        let document = Document {
            id: id.clone(),
            source,
            title: body.title,
            url: body.url,
            language: Language::new(&body.language),
            published: body.published.map(date).transpose()?,
            text: body.text,
            sections: body.sections.into_iter().map(section).collect::<Result<_, _>>()?,
            lines: body.lines.map(lines),
        };
        let entities = body.entities.into_iter().map(entity).collect::<Result<Vec<_>, _>>()?;
        let relations = body.relations.into_iter().map(relation).collect::<Result<Vec<_>, _>>()?;
        let lost = relations.iter().find(|one: &&RelationMention| one.subject.max(one.object) >= entities.len());
        match lost {
            Some(relation) => Err(format!("an end of a relation ({}) is missing", relation.kind)),
            None => Ok((document, Annotations { document: id.clone(), entities, relations })),
        }
    };
    let (document, annotations) = read().map_err(damaged)?;
    Ok(Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor })
}

fn place(span: Span) -> Place {
    (span.start, span.len())
}

fn span((start, length): Place) -> Result<Span, String> {
    start.checked_add(length).map(|end| Span::new(start, end)).ok_or_else(|| "a span ends nowhere".to_owned())
}

fn lines_body(lines: &Lines) -> LinesBody {
    let Lines { namespace, file, digest, first, element } = lines;
    LinesBody {
        namespace: namespace.to_string(),
        file: file.to_string(),
        digest: digest.as_deref().map(str::to_owned),
        first: *first,
        element: element.as_ref().map(|ElementPlace { parent, before }| (parent.to_string(), (**before).clone())),
    }
}

fn lines(body: LinesBody) -> Lines {
    let place = |(parent, before): (String, _)| ElementPlace { parent: parent.into(), before: Arc::new(before) };
    Lines {
        namespace: body.namespace.into(),
        file: body.file.into(),
        digest: body.digest.map(Arc::from),
        first: body.first,
        element: body.element.map(place),
    }
}

fn entity_body(entity: &LocalEntity) -> EntityBody {
    let LocalEntity { kind, name, aliases, registry, source_id, named, country, mentions } = entity;
    let mention = |Mention { span, form, rule: RuleId(rule) }: &Mention| {
        (span.start, span.len(), *form == MentionForm::Description, rule.to_string())
    };
    EntityBody {
        kind: kind.as_str().to_owned(),
        name: name.clone(),
        aliases: aliases.clone(),
        registry: registry.clone(),
        source_id: source_id.as_deref().map(str::to_owned),
        named: *named,
        country: country.clone(),
        mentions: mentions.iter().map(mention).collect(),
    }
}

fn entity(body: EntityBody) -> Result<LocalEntity, String> {
    let mention = |(start, length, described, rule): (usize, usize, bool, String)| {
        let form = if described { MentionForm::Description } else { MentionForm::Name };
        Ok::<_, String>(Mention { span: span((start, length))?, form, rule: RuleId::new(rule) })
    };
    Ok(LocalEntity {
        kind: EntityKind::parse(&body.kind).ok_or_else(|| unknown("kind of entity", &body.kind))?,
        name: body.name,
        aliases: body.aliases,
        registry: body.registry,
        source_id: body.source_id.map(Arc::from),
        named: body.named,
        country: body.country,
        mentions: body.mentions.into_iter().map(mention).collect::<Result<_, _>>()?,
    })
}

fn relation_body(relation: &RelationMention) -> Outcome<RelationBody> {
    let Qualifiers { modality, date, role, amount, currency } = &relation.qualifiers;
    Ok(RelationBody {
        kind: relation.kind.as_str().to_owned(),
        subject: relation.subject,
        object: relation.object,
        subject_span: place(relation.subject_span),
        object_span: place(relation.object_span),
        trigger: relation.trigger.map(place),
        modality: word(&MODALITIES, modality).to_owned(),
        date: date.map(|date| date.to_string()),
        role: role.clone(),
        amount: amount.map(amount_text).transpose()?,
        currency: currency.clone(),
        confidence: raw(format!("{:?}", relation.confidence))?,
        evidence: relation.evidence.iter().copied().map(place).collect(),
        rule: relation.rule.0.to_string(),
    })
}

fn relation(body: RelationBody) -> Result<RelationMention, String> {
    let date = body.date.map(|text| DateRange::parse(&text).ok_or_else(|| unknown("date", &text))).transpose()?;
    let confidence = body.confidence.get();
    Ok(RelationMention {
        kind: RelationKind::parse(&body.kind).ok_or_else(|| unknown("kind of relation", &body.kind))?,
        subject: body.subject,
        object: body.object,
        subject_span: span(body.subject_span)?,
        object_span: span(body.object_span)?,
        trigger: body.trigger.map(span).transpose()?,
        qualifiers: Qualifiers {
            modality: meaning(&MODALITIES, &body.modality)?,
            date,
            role: body.role,
            amount: body.amount.map(|text| amount(text.get())).transpose()?,
            currency: body.currency,
        },
        confidence: confidence.parse().map_err(|_| unknown("confidence", confidence))?,
        evidence: body.evidence.into_iter().map(span).collect::<Result<_, _>>()?,
        rule: RuleId::new(body.rule),
    })
}

/// Numbers are written and read by ourselves: those of JSON may lose their last bit.
fn raw(text: String) -> Outcome<Box<RawValue>> {
    RawValue::from_string(text).map_err(|error| Failure::damaged(error.to_string()))
}

/// A number, or what is none of JSON's as text: `"inf"`, or the bits of what is no number at all.
fn amount_text(amount: f64) -> Outcome<Box<RawValue>> {
    raw(match amount {
        _ if amount.is_nan() => format!("\"{:016x}\"", amount.to_bits()),
        _ if amount.is_infinite() => format!("\"{amount}\""),
        _ => format!("{amount:?}"),
    })
}

fn amount(text: &str) -> Result<f64, String> {
    let bare = text.trim_matches('"');
    let bits = || (bare.len() == 16 && text.starts_with('"')).then(|| u64::from_str_radix(bare, 16).ok()).flatten();
    let number = bits().map(f64::from_bits).or_else(|| bare.parse().ok());
    number.ok_or_else(|| unknown("amount", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let odd = f64::from_bits(0x7ff8_0000_0000_1234);
        for number in [2e6, 0.1 + 0.2, -0.0, 1e200, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::NAN, odd]
        {
            let text = amount_text(number).expect("it is sound");
            assert_eq!(amount(text.get()).map(f64::to_bits), Ok(number.to_bits()), "{}", text.get());
        }
        assert!(amount("\"much\"").is_err() && amount("null").is_err());
    }
}
