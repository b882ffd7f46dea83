//! What a document says of the circumstances of its entities: the country it is about, who employs whom, what it names.
//!
//! *N’DJAMENA, 12 mars – …* → it is about Chad; *María López, vocera del ACNUR* → her employer is `un-unhcr`
//!
//! The country that a document is about is that of its dateline; else the only one in its title; else the only one that it names.
//! Must not look at another document.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Standing};
use crate::lexicon::lexicon;
use crate::model::{Annotations, Document, EntityKind, LocalEntity, RelationKind, SectionKind, Span, slug};

/// The circumstances of one document's entities.
#[derive(Debug)]
pub(super) struct Context<'d> {
    annotations: &'d Annotations,
    home: Option<String>,
    /// Person → the first body, or else country, that employs them.
    employers: BTreeMap<usize, usize>,
    /// Body → the first body that it is part of.
    parents: BTreeMap<usize, usize>,
}

impl<'d> Context<'d> {
    pub(super) fn of(document: &Document, annotations: &'d Annotations) -> Self {
        let mut employers = BTreeMap::new();
        for relation in annotations.relations.iter().filter(|relation| relation.kind == RelationKind::WorksFor) {
            let rank = |at: usize| (annotations.entities[at].kind != EntityKind::Organization, at);
            let known = employers.entry(relation.subject).or_insert(relation.object);
            if rank(relation.object) < rank(*known) {
                *known = relation.object;
            }
        }
        let mut parents = BTreeMap::new();
        for relation in annotations.relations.iter().filter(|relation| relation.kind == RelationKind::PartOf) {
            let known = parents.entry(relation.subject).or_insert(relation.object);
            *known = relation.object.min(*known);
        }
        Self { annotations, home: home(document, annotations), employers, parents }
    }

    /// ISO 3166-1 code of the country that the document is about.
    pub(super) fn home(&self) -> Option<&str> {
        self.home.as_deref()
    }

    /// Whether the document speaks of a listed body.
    pub(super) fn names(&self, key: &str) -> bool {
        let body = |local: &LocalEntity| local.kind == EntityKind::Organization;
        self.annotations.entities.iter().any(|local| body(local) && local.registry.as_deref() == Some(key))
    }

    /// The listed body that a body is said to be part of.
    pub(super) fn parent(&self, body: usize) -> Option<&'static str> {
        let parent = &self.annotations.entities[*self.parents.get(&body)?];
        let listed = parent.registry.as_deref().filter(|_| parent.kind == EntityKind::Organization)?;
        lexicon().by_key(parent.kind, listed).map(|entry| entry.key.as_ref())
    }

    /// Who employs a person, as a part of an id: an office is its body.
    pub(super) fn employer(&self, person: usize) -> Option<String> {
        let at = *self.employers.get(&person)?;
        let local = &self.annotations.entities[at];
        if let Some(key) = body::owner(local, at, self) {
            return Some(key.to_lowercase());
        }
        if let Some(key) = &local.registry {
            return Some(key.to_lowercase());
        }
        match body::standing(local, at, self) {
            Standing::Known { key, .. } => Some(key),
            // Many bodies are called so: they show nothing of their people.
            Standing::National | Standing::Vague => None,
            Standing::Other => local.named.then(|| slug(&local.name)),
        }
    }
}

fn home(document: &Document, annotations: &Annotations) -> Option<String> {
    let sections =
        |kind| document.sections.iter().filter(move |section| section.kind == kind).map(|section| section.span);
    let dateline: Vec<Span> = sections(SectionKind::Dateline).collect();
    let title: Vec<Span> = sections(SectionKind::Title).collect();
    let in_dateline = countries(annotations, |local| stands(local, &dateline));
    let in_title = || countries(annotations, |local| local.kind == EntityKind::Country && stands(local, &title));
    let named = || countries(annotations, |local| local.kind == EntityKind::Country);
    only(in_dateline).or_else(|| only(in_title())).or_else(|| only(named()))
}

fn stands(local: &LocalEntity, within: &[Span]) -> bool {
    let inside = |span: &Span| within.iter().any(|whole| whole.start <= span.start && span.end <= whole.end);
    local.mentions.iter().any(|mention| inside(&mention.span))
}

fn countries(annotations: &Annotations, wanted: impl Fn(&LocalEntity) -> bool) -> BTreeSet<&String> {
    let located = |local: &&LocalEntity| matches!(local.kind, EntityKind::Country | EntityKind::Place);
    annotations
        .entities
        .iter()
        .filter(located)
        .filter(|local| wanted(local))
        .filter_map(|l| l.country.as_ref())
        .collect()
}

fn only(countries: BTreeSet<&String>) -> Option<String> {
    let mut countries = countries.into_iter();
    countries.next().filter(|_| countries.next().is_none()).cloned()
}
