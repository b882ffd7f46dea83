//! What an activity says, as documents of up to 64 KB whose text is its very XML.
//!
//! `<participating-org ref="CA-3" role="1"><narrative>Canada</narrative></participating-org>` → *Global Affairs Canada* FUNDS the activity,
//! which is a project; the evidence is that element
//!
//! A wrong code takes its element out, not the activity. Must not know where in the file the activity stands but for what it is told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::bodies::Bodies;
use super::body::Named;
use super::scene::{Scene, Silent, Statement};
use super::tree::Tree;
use crate::import::chunk::LONGEST_TEXT_BYTES;
use crate::import::kinds::Ends;
use crate::model::{EntityKind, LocalEntity, Mention, MentionForm, PartialDate, RelationMention, RuleId, Span};

/// A part of an activity as a document will have it: which bytes of it, and what they say.
pub(super) struct Part {
    pub(super) text: Range<usize>,
    pub(super) entities: Vec<LocalEntity>,
    pub(super) relations: Vec<RelationMention>,
    /// How many elements of each name stand in the activity before it; nothing for what begins with the activity itself.
    pub(super) before: Option<BTreeMap<String, usize>>,
    /// How long the name is in the tag that it begins with.
    tag: usize,
}

/// What was read of an activity.
pub(super) struct Read {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) updated: Option<PartialDate>,
    pub(super) parts: Vec<Part>,
    /// What says nothing that a relation means, by what it is.
    pub(super) passed: Vec<Cow<'static, str>>,
    /// The elements that make no sense: where they stand, and why.
    pub(super) refused: Vec<(usize, String)>,
}

/// Reads an activity from its tree.
///
/// # Errors
/// It is nothing without the element that is missing or makes no sense; which one, and what to do.
pub(super) fn read(text: &str, tree: &Tree, ends: &Ends, bodies: &Bodies) -> Result<Read, (usize, String)> {
    let scene = Scene::of(tree, bodies)?;
    let mut parts = parts(text, tree);
    let (mut passed, mut refused) = (Vec::new(), Vec::new());
    for (at, within) in scene.elements() {
        let span = tree.at(at).span;
        let part = parts.iter_mut().find(|part| part.text.contains(&span.start));
        let said = match (scene.statements(at).map_err(Silent::counted), &part) {
            (Err(Ok(what)), _) => {
                passed.push(what);
                continue;
            }
            (Err(Err(why)), _) => Err(why),
            (Ok(_), None) => {
                let stands = if within.is_some() { "stands in what is" } else { "is" };
                Err(format!("{stands} longer than {} KiB", LONGEST_TEXT_BYTES >> 10))
            }
            (Ok(said), Some(_)) => Ok(said),
        };
        let said = said.unwrap_or_else(|why| {
            refused.push((span.start, scene.place(at, within) + " " + &why));
            Vec::new()
        });
        let Some(part) = part else { continue };
        for statement in said {
            if !part.state(statement, span, &scene, ends) {
                passed.push("element that joins what its relation may not join".into());
            }
        }
    }
    for part in &mut parts {
        part.introduce(&scene, tree);
    }
    Ok(Read {
        id: scene.activity.id.clone(),
        title: Some(scene.activity.name.clone()).filter(|name| !name.is_empty()),
        updated: tree.attribute(0, "last-updated-datetime").and_then(|said| PartialDate::parse(&said.text)),
        parts,
        passed,
        refused,
    })
}

/// Cuts an activity between its elements. One that is longer than a document may be is in no part.
fn parts(text: &str, tree: &Tree) -> Vec<Part> {
    let part = |text, before, tag| Part { text, entities: Vec::new(), relations: Vec::new(), before, tag };
    let tag = tree.at(0).name.len();
    if text.len() <= LONGEST_TEXT_BYTES {
        return vec![part(0..text.len(), None, tag)];
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = part(0..0, None, tag);
    for child in tree.children(0) {
        let element = tree.at(child);
        let (span, tag) = (element.span, element.name.len());
        let is_empty = next.text.is_empty() && next.before.is_some();
        if is_empty || span.end - next.text.start > LONGEST_TEXT_BYTES {
            let full = std::mem::replace(&mut next, part(span.start..span.start, Some(counts.clone()), tag));
            parts.extend((!full.text.is_empty()).then_some(full));
        }
        *counts.entry(element.name.clone()).or_insert(0) += 1;
        if span.len() <= LONGEST_TEXT_BYTES {
            next.text.end = span.end;
        }
    }
    parts.extend((!next.text.is_empty()).then_some(next));
    parts
}

impl Part {
    /// Adds a statement; whether the ontology allows it.
    fn state(&mut self, statement: Statement, evidence: Span, scene: &Scene<'_>, ends: &Ends) -> bool {
        let Statement { kind, mut subject, mut object, trigger, qualifiers } = statement;
        let is_one = |a: &Named, b: &Named| match (a.entry, b.entry) {
            (Some(one), Some(other)) => a.kind == b.kind && one.key == other.key,
            (None, None) => a.kind == b.kind && a.id == b.id,
            _ => false,
        };
        if !ends.allow(kind, subject.kind, object.kind) || is_one(&subject, &object) {
            return false;
        }
        for end in [&mut subject, &mut object] {
            if end.id == scene.activity.id && end.kind == EntityKind::Project {
                end.span = self.place_of_activity(scene);
            }
        }
        let spans = (subject.span, object.span);
        let (subject, object) = (self.entity(subject, "iati/end"), self.entity(object, "iati/end"));
        let start = self.text.start;
        self.relations.push(RelationMention {
            kind,
            subject,
            object,
            subject_span: within(spans.0, start),
            object_span: within(spans.1, start),
            trigger: trigger.map(|span| within(span, start)),
            qualifiers,
            confidence: 1.0,
            evidence: vec![within(evidence, start)],
            rule: RuleId::new("iati/element"),
        });
        true
    }

    /// Adds the activity itself, and who publishes it, where they are named in this part.
    fn introduce(&mut self, scene: &Scene<'_>, tree: &Tree) {
        if self.text.contains(&scene.activity.span.start) {
            self.entity(scene.activity.clone(), "iati/activity");
        }
        for at in tree.named(0, "reporting-org") {
            if self.text.contains(&tree.at(at).span.start)
                && let Ok(Some(body)) = scene.body(at)
            {
                self.entity(body, "iati/publisher");
            }
        }
        for local in &mut self.entities {
            local.mentions.sort_by_key(|mention| mention.span);
            local.mentions.dedup();
        }
    }

    /// What stands for the activity: its identifier, or the name of the first element of a part without it.
    fn place_of_activity(&self, scene: &Scene<'_>) -> Span {
        let span = scene.activity.span;
        match self.text.contains(&span.start) {
            true => span,
            false => Span::new(self.text.start + 1, self.text.start + 1 + self.tag),
        }
    }

    /// The place of an entity among those of this part, with one mention more.
    fn entity(&mut self, named: Named, rule: &str) -> usize {
        let span = within(named.span, self.text.start);
        let mention = Mention { span, form: MentionForm::Name, rule: RuleId::new(rule) };
        let registry = named.entry.map(|entry| entry.key.to_string());
        let source_id = (!named.id.is_empty()).then(|| Arc::<str>::from(named.id.as_str()));
        let same = |local: &LocalEntity| {
            local.kind == named.kind
                && match (&local.registry, &registry) {
                    (None, None) => local.source_id.as_deref() == Some(&*named.id),
                    (one, other) => one == other,
                }
        };
        let at = self.entities.iter().position(same).unwrap_or_else(|| {
            self.entities.push(LocalEntity {
                kind: named.kind,
                name: String::new(),
                aliases: BTreeSet::new(),
                registry,
                source_id: source_id.clone(),
                named: true,
                country: named.entry.and_then(|entry| entry.country).map(str::to_owned),
                mentions: Vec::new(),
            });
            self.entities.len() - 1
        });
        let local = &mut self.entities[at];
        if local.name.is_empty() {
            local.name = named.name;
        } else if !named.name.is_empty() && named.name != local.name {
            local.aliases.insert(named.name);
        }
        local.aliases.extend(named.aliases);
        local.aliases.remove(&local.name);
        local.mentions.push(mention);
        // A list may know by name first whom an id names later.
        local.source_id = local.source_id.take().or(source_id);
        at
    }
}

/// A place in the activity as a place in a part of it.
fn within(span: Span, start: usize) -> Span {
    Span::new(span.start - start, span.end - start)
}
