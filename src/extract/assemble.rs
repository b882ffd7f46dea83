//! From things and relations to annotations: which things are worth keeping, and how they are called.
//!
//! A thing without a name is kept only when the text says something of it (a relation beside themes and people concerned); a
//! description that came back to nothing is dropped.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::coreference::Things;
use super::described::BARE_TITLE;
use super::explain::Lost;
use super::found::{Found, Layers, Reference};
use super::page::Page;
use crate::lexicon::Entry;
use crate::model::{Annotations, EntityKind, LocalEntity, Mention, MentionForm, RelationKind, RelationMention, RuleId};

/// Longest name shown, in bytes; longer descriptions are called by a shorter mention.
const LONGEST_NAME: usize = 200;

/// Builds the annotations of a document.
pub(super) fn annotations(
    page: &Page<'_>,
    layers: &Layers,
    things: &Things,
    relations: Vec<RelationMention>,
) -> Annotations {
    let kept: Vec<bool> = (0..things.things.len()).map(|thing| is_kept(layers, things, thing, &relations)).collect();
    note_dropped(page, layers, things, &kept);
    let relations: Vec<RelationMention> = relations.into_iter().filter(|r| kept[r.subject] && kept[r.object]).collect();
    let related: BTreeSet<usize> = relations.iter().flat_map(|r| [r.subject, r.object]).collect();
    let mut order: Vec<usize> = (0..things.things.len())
        .filter(|&t| kept[t] && (!is_vocabulary(things.things[t].kind) || related.contains(&t)))
        .collect();
    order.sort_by_key(|&thing| first(layers, things, thing));
    let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(to, &from)| (from, to)).collect();
    let mut rules = Rules::default();
    let mut entities: Vec<LocalEntity> = order
        .iter()
        .map(|&thing| local(page, layers, things.things[thing].kind, &things.things[thing].mentions, &mut rules))
        .collect();
    let relations: Vec<RelationMention> = relations
        .into_iter()
        .filter_map(|r| Some(RelationMention { subject: *place.get(&r.subject)?, object: *place.get(&r.object)?, ..r }))
        .collect();
    locate(&mut entities, &relations);
    Annotations { document: page.document.id.clone(), entities, relations }
}

/// Notes what is not kept: nothing is said of it, or it comes back to nothing.
fn note_dropped(page: &Page<'_>, layers: &Layers, things: &Things, kept: &[bool]) {
    let lost = |mention: usize, reason: &str| Lost {
        tokens: vec![layers.found[mention].range.clone()],
        what: layers.found[mention].kind.as_str().to_owned(),
        rule: layers.found[mention].rule.to_owned(),
        reason: reason.to_owned(),
    };
    if !page.trace.is_on() {
        return;
    }
    for (mention, thing) in things.of.iter().enumerate() {
        match thing {
            Some(thing) if !kept[*thing] => {
                page.trace.note(|| lost(mention, "it has no name and the text says nothing of it"));
            }
            None => page.trace.note(|| lost(mention, "it comes back to nothing that was named or described before")),
            Some(_) => {}
        }
    }
}

fn first(layers: &Layers, things: &Things, thing: usize) -> (usize, usize) {
    let mentions = &things.things[thing].mentions;
    mentions.first().map_or((usize::MAX, 0), |&m| (layers.found[m].range.start, usize::MAX - layers.found[m].range.end))
}

fn is_vocabulary(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Topic | EntityKind::Population)
}

fn is_kept(layers: &Layers, things: &Things, thing: usize, relations: &[RelationMention]) -> bool {
    let mentions: Vec<&Found> = things.things[thing].mentions.iter().map(|&m| &layers.found[m]).collect();
    let kind = things.things[thing].kind;
    if mentions.is_empty() {
        return false;
    }
    if is_vocabulary(kind) || mentions.iter().any(|m| m.is_named()) {
        return true;
    }
    let described = mentions.iter().any(|m| m.head.as_ref().is_some_and(|head| m.range.len() > head.len()));
    if kind == EntityKind::Organization {
        return described;
    }
    let mut themes = vec![RelationKind::Addresses, RelationKind::Benefits];
    // Bodies and people are somewhere, too.
    if mentions.iter().all(|m| m.rule == BARE_TITLE) {
        themes.extend([RelationKind::OperatesIn, RelationKind::HeldIn]);
    }
    let says = relations.iter().any(|r| (r.subject == thing || r.object == thing) && !themes.contains(&r.kind));
    says || kind == EntityKind::Publication && described && mentions.iter().any(|m| m.range.len() >= 5)
}

/// One local entity from its mentions.
fn local(page: &Page<'_>, layers: &Layers, kind: EntityKind, mentions: &[usize], rules: &mut Rules) -> LocalEntity {
    let found: Vec<&Found> = mentions.iter().map(|&m| &layers.found[m]).collect();
    let entry = found.iter().find_map(|f| f.entry).map(|e| page.lexicon.entry(e));
    let name = name(page, &found, entry);
    let mut aliases: BTreeSet<String> = BTreeSet::new();
    for mention in &found {
        let forms = std::iter::once(&mention.range).chain(&mention.aliases).chain(&mention.title);
        let bare = !mention.is_named() && mention.head.as_ref() == Some(&mention.range);
        for form in forms.filter(|_| !bare) {
            let form = tidy(page.written(form));
            if !aliases.contains(form.as_ref()) {
                aliases.insert(form.into_owned());
            }
        }
    }
    aliases.remove(&name);
    LocalEntity {
        kind,
        registry: entry.map(|e| e.key.to_string()),
        country: entry.and_then(|e| e.country).map(str::to_owned),
        named: entry.is_some() || found.iter().any(|f| f.is_named()),
        mentions: found.iter().map(|f| mention(page, f, rules)).collect(),
        name,
        aliases,
        source_id: None,
    }
}

/// The full names of rules so far by their names without the language: a document's mentions share them.
#[derive(Default)]
struct Rules(Vec<(&'static str, RuleId)>);

impl Rules {
    fn id(&mut self, page: &Page<'_>, rule: &'static str) -> RuleId {
        if let Some((_, id)) = self.0.iter().find(|(known, _)| *known == rule) {
            return id.clone();
        }
        let id = RuleId::new([page.pack.tag, "/", rule].concat());
        self.0.push((rule, id.clone()));
        id
    }
}

fn mention(page: &Page<'_>, found: &Found, rules: &mut Rules) -> Mention {
    let form = match found.reference {
        Reference::Name | Reference::Acronym => MentionForm::Name,
        _ if found.title.is_some() => MentionForm::Name,
        _ => MentionForm::Description,
    };
    Mention { span: page.span(&found.range), form, rule: rules.id(page, found.rule) }
}

/// The registry's display name, else a title, else the fullest name or description.
fn name(page: &Page<'_>, found: &[&Found], entry: Option<&Entry>) -> String {
    if let Some(entry) = entry {
        return entry.name(&[page.document.language.primary(), "fr", "en", "es"]).to_owned();
    }
    let written = |range: &Range<usize>| tidy(page.written(range));
    if let Some(name) = found.iter().find_map(|f| f.name.as_ref()) {
        return tidy(name).into_owned();
    }
    if let Some(title) = found.iter().find_map(|f| f.title.as_ref()) {
        return written(title).into_owned();
    }
    let named = found.iter().any(|f| f.reference == Reference::Name);
    let pool = found.iter().filter(|f| !named || f.reference == Reference::Name);
    let pool: Vec<Cow<'_, str>> = pool.map(|f| written(&f.range)).collect();
    let fits = pool.iter().filter(|n| n.len() <= LONGEST_NAME);
    let longest =
        fits.max_by_key(|n| (n.chars().count(), std::cmp::Reverse(*n))).or_else(|| pool.iter().min_by_key(|n| n.len()));
    longest.map(|name| name.clone().into_owned()).unwrap_or_default()
}

/// One space between words.
fn tidy(text: &str) -> Cow<'_, str> {
    let mut before = ' ';
    let tidy = text.chars().all(|c| {
        let apart = std::mem::replace(&mut before, c) != ' ';
        !c.is_whitespace() || c == ' ' && apart
    });
    if tidy && before != ' ' {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A place lies in the country that the text puts it in, a body belongs to the state it is said to be of.
fn locate(entities: &mut [LocalEntity], relations: &[RelationMention]) {
    for relation in relations {
        let country =
            entities[relation.object].country.clone().filter(|_| entities[relation.object].kind == EntityKind::Country);
        let places = relation.kind == RelationKind::LocatedIn && entities[relation.subject].kind == EntityKind::Place;
        let bodies =
            relation.kind == RelationKind::PartOf && entities[relation.subject].kind == EntityKind::Organization;
        if let (Some(country), true) = (country, places || bodies) {
            entities[relation.subject].country.get_or_insert(country);
        }
    }
}
