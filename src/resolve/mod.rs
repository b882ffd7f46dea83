//! Which mentions, over all documents, are one thing.
//!
//! *Bureau de la population, des réfugiés et des migrations* in one document and *Bureau de la Population, des réfugiés et de la
//! migration* in another → `organization:us-prm` with both
//!
//! A document's local entities get ids from their content alone ([`identify`]); equal ids are one entity. What then still may be one thing
//! is joined only when a single candidate is left; ties are refused and listed. Pure, independent of order; rewrites no mention.

mod identify;
mod merge;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Annotations, Document, DocumentId, Entity, EntityId, EntityMention, Evidence, Language, LocalEntity, Qualifiers,
    Relation, RelationId, RelationMention,
};

pub use identify::identify;

/// A join that was not made because more than one candidate was left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The entity that stays alone.
    pub entity: EntityId,
    /// What it might have been, two or more.
    pub candidates: Vec<EntityId>,
}

/// Entities and relations over all documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// Entities by id.
    pub entities: Vec<Entity>,
    /// Relations by id.
    pub relations: Vec<Relation>,
    /// Joins refused, by entity.
    pub refusals: Vec<Refusal>,
}

/// Resolves the annotations of all documents; the order of the documents does not matter, a document given twice counts once.
pub fn resolve(documents: &[(Document, Annotations)]) -> Resolution {
    let by_id: BTreeMap<&DocumentId, &(Document, Annotations)> =
        documents.iter().map(|pair| (&pair.0.id, pair)).collect();
    let mut entities: BTreeMap<EntityId, Entity> = BTreeMap::new();
    let mut statements: Vec<(EntityId, EntityId, &DocumentId, &RelationMention)> = Vec::new();
    for (document, annotations) in by_id.values() {
        let ids = identify(document, annotations);
        for (id, local) in ids.iter().zip(&annotations.entities) {
            let entity = entities.entry(id.clone()).or_insert_with(|| empty(id, local));
            absorb(entity, &document.id, local);
        }
        for relation in &annotations.relations {
            let ends = (ids[relation.subject].clone(), ids[relation.object].clone());
            statements.push((ends.0, ends.1, &document.id, relation));
        }
    }
    let (moved, refusals) = merge::plan(&entities);
    merge::apply(&mut entities, &moved);
    let mut entities: Vec<Entity> = entities.into_values().collect();
    entities.iter_mut().for_each(tidy);
    Resolution { relations: relations(statements, &moved), entities, refusals }
}

fn empty(id: &EntityId, local: &LocalEntity) -> Entity {
    Entity {
        id: id.clone(),
        kind: local.kind,
        name: String::new(),
        names: BTreeMap::new(),
        aliases: BTreeSet::new(),
        external_ids: BTreeMap::new(),
        named: false,
        country: None,
        mentions: Vec::new(),
        merged_ids: BTreeSet::new(),
    }
}

fn absorb(entity: &mut Entity, document: &DocumentId, local: &LocalEntity) {
    merge::prefer_name(&mut entity.name, &local.name);
    entity.aliases.insert(local.name.clone());
    entity.aliases.extend(local.aliases.iter().cloned());
    for (language, names) in &local.names {
        add_names(entity.names.entry(language.clone()).or_default(), names);
    }
    entity.external_ids.extend(local.external_ids.clone());
    entity.named |= local.named;
    merge::prefer_country(&mut entity.country, local.country.as_ref());
    let mention =
        |m: &crate::model::Mention| EntityMention { document: document.clone(), span: m.span, rule: m.rule.clone() };
    entity.mentions.extend(local.mentions.iter().map(mention));
}

fn add_names(into: &mut Vec<String>, names: &[String]) {
    for name in names {
        if !into.contains(name) {
            into.push(name.clone());
        }
    }
}

/// The registry's display name in French, English or Spanish wins over what was seen; the rest are aliases.
fn tidy(entity: &mut Entity) {
    let display =
        ["fr", "en", "es"].iter().find_map(|l| entity.names.get(&Language::new(l)).and_then(|names| names.first()));
    if let Some(display) = display {
        entity.name = display.clone();
    }
    entity.aliases.extend(entity.names.values().flatten().cloned());
    entity.aliases.remove(&entity.name);
    entity.mentions.sort();
    entity.mentions.dedup();
}

/// Groups statements by kind and ends.
fn relations(
    statements: Vec<(EntityId, EntityId, &DocumentId, &RelationMention)>,
    moved: &BTreeMap<EntityId, EntityId>,
) -> Vec<Relation> {
    let mut grouped: BTreeMap<RelationId, Relation> = BTreeMap::new();
    for (subject, object, document, mention) in statements {
        let home = |id: EntityId| moved.get(&id).cloned().unwrap_or(id);
        let (mut subject, mut object) = (home(subject), home(object));
        if subject == object {
            continue;
        }
        let mut evidence = evidence(document, mention);
        // A symmetric relation is kept once, from the smaller id.
        if crate::ontology::ontology().is_symmetric(mention.kind) && object < subject {
            std::mem::swap(&mut subject, &mut object);
            std::mem::swap(&mut evidence.subject, &mut evidence.object);
        }
        let id = RelationId::new(mention.kind, &subject, &object);
        let relation = grouped.entry(id.clone()).or_insert_with(|| Relation {
            id,
            kind: mention.kind,
            subject,
            object,
            confidence: 0.0,
            qualifiers: Qualifiers::default(),
            evidence: Vec::new(),
        });
        relation.evidence.push(evidence);
    }
    let mut relations: Vec<Relation> = grouped.into_values().collect();
    relations.iter_mut().for_each(settle);
    relations
}

fn evidence(document: &DocumentId, mention: &RelationMention) -> Evidence {
    Evidence {
        document: document.clone(),
        spans: mention.evidence.clone(),
        subject: mention.subject_span,
        object: mention.object_span,
        trigger: mention.trigger,
        qualifiers: mention.qualifiers.clone(),
        confidence: mention.confidence,
        rule: mention.rule.clone(),
    }
}

/// Orders the evidence; the strongest statement's qualifiers hold, the others fill in what it leaves open.
fn settle(relation: &mut Relation) {
    relation.evidence.sort_by(|a, b| {
        (&a.document, &a.spans, a.subject, a.object, &a.rule).cmp(&(
            &b.document,
            &b.spans,
            b.subject,
            b.object,
            &b.rule,
        ))
    });
    relation.evidence.dedup();
    let mut order: Vec<&Evidence> = relation.evidence.iter().collect();
    order.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.qualifiers.modality.cmp(&b.qualifiers.modality)));
    relation.confidence = order.first().map_or(0.0, |e| e.confidence);
    relation.qualifiers = combine(order.iter().map(|e| &e.qualifiers));
}

/// The first qualifiers, completed from the later ones.
pub fn combine<'q>(qualifiers: impl Iterator<Item = &'q Qualifiers>) -> Qualifiers {
    let mut combined: Option<Qualifiers> = None;
    for next in qualifiers {
        let Some(all) = &mut combined else {
            combined = Some(next.clone());
            continue;
        };
        all.date = all.date.or(next.date);
        if all.role.is_none() {
            all.role.clone_from(&next.role);
        }
        if all.amount.is_none() {
            (all.amount, all.currency) = (next.amount, next.currency.clone());
        }
    }
    combined.unwrap_or_default()
}
