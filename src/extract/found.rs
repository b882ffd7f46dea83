//! Mentions as the rules find them, and the layers in which they lie.
//!
//! Later layers may cover earlier ones whole (*Bureau régional de l'OIM à Dakar* covers *OIM* and *Dakar*) but never cut across them.

use std::ops::Range;

use super::explain::Lost;
use super::page::Page;
use crate::model::EntityKind;

/// How a found mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A name.
    Name,
    /// An acronym.
    Acronym,
    /// *un projet régional*: introduces a thing.
    Indefinite,
    /// *le projet*, *ce projet*: may come back to a thing.
    Definite,
    /// A word of a controlled vocabulary.
    Description,
}

/// A mention before it is known what it refers to.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens, determiner excluded.
    pub(super) range: Range<usize>,
    /// Proposed kind.
    pub(super) kind: EntityKind,
    /// How it refers.
    pub(super) reference: Reference,
    /// The registry entry, beyond doubt.
    pub(super) entry: Option<usize>,
    /// Name of the rule, without the language.
    pub(super) rule: &'static str,
    /// The head noun's tokens, when it is built around one.
    pub(super) head: Option<Range<usize>>,
    /// The proper title, when a description gives one: *projet « Racines »*.
    pub(super) title: Option<Range<usize>>,
    /// The title that it stands in apposition to: *« Racines », un **projet de l'OIM***.
    pub(super) apposed: Option<Range<usize>>,
    /// Other token ranges that name the same thing.
    pub(super) aliases: Vec<Range<usize>>,
    /// The name in full where the text shortens it: *[ministères de la Santé et] des Affaires sociales*.
    pub(super) name: Option<String>,
    /// Whether it counts only when it comes back to something: *la session*.
    pub(super) needs_antecedent: bool,
    /// Whether it is plural.
    pub(super) plural: bool,
    /// Whether it counts only when something is said of it: a title in quotation marks without a head noun.
    pub(super) tentative: bool,
    /// Outermost mention that covers it.
    pub(super) inside: Option<usize>,
}

impl Found {
    pub(super) fn new(range: Range<usize>, kind: EntityKind, reference: Reference, rule: &'static str) -> Self {
        Self {
            range,
            kind,
            reference,
            entry: None,
            rule,
            head: None,
            title: None,
            apposed: None,
            aliases: Vec::new(),
            name: None,
            needs_antecedent: false,
            plural: false,
            tentative: false,
            inside: None,
        }
    }

    /// Whether it is a name or an acronym, or has a title.
    pub(super) fn is_named(&self) -> bool {
        (matches!(self.reference, Reference::Name | Reference::Acronym) || self.title.is_some()) && !self.tentative
    }
}

/// All mentions of a document, each token owned by the outermost one that covers it.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) found: Vec<Found>,
    owner: Vec<Option<usize>>,
    /// All mentions by their first token, the longest first; once none is added any more.
    in_order: Vec<usize>,
    /// What was refused and the mention that was there, when somebody wants to know.
    refused: Option<Vec<(Found, Found)>>,
}

impl Layers {
    pub(super) fn new(tokens: usize, tracing: bool) -> Self {
        Self { found: Vec::new(), owner: vec![None; tokens], in_order: Vec::new(), refused: tracing.then(Vec::new) }
    }

    /// The outermost mention that covers a token.
    pub(super) fn at(&self, token: usize) -> Option<usize> {
        self.owner.get(token).copied().flatten()
    }

    /// The outermost mention that covers a token.
    pub(super) fn mention_at(&self, token: usize) -> Option<&Found> {
        self.at(token).map(|i| &self.found[i])
    }

    /// Whether no mention covers any of the tokens.
    pub(super) fn is_free(&self, range: &Range<usize>) -> bool {
        range.clone().all(|token| self.at(token).is_none())
    }

    /// Adds a mention over free tokens or whole mentions; refuses one that cuts across or lies within another.
    pub(super) fn add(&mut self, found: Found) -> Option<usize> {
        if found.range.is_empty() {
            return None;
        }
        let mut covered: Vec<usize> = found.range.clone().filter_map(|token| self.at(token)).collect();
        covered.dedup();
        let whole = |&i: &usize| {
            let inner = &self.found[i].range;
            found.range.start <= inner.start && inner.end <= found.range.end && *inner != found.range
        };
        if let Some(&holder) = covered.iter().find(|i| !whole(i)) {
            if let Some(refused) = &mut self.refused {
                refused.push((found, self.found[holder].clone()));
            }
            return None;
        }
        let index = self.found.len();
        for i in covered {
            self.found[i].inside = Some(index);
        }
        for token in found.range.clone() {
            self.owner[token] = Some(index);
        }
        self.found.push(found);
        Some(index)
    }

    /// Adds a mention within another, without owning its tokens.
    pub(super) fn add_inside(&mut self, mut found: Found, outer: usize) {
        found.inside = Some(outer);
        self.found.push(found);
    }

    /// Adds a mention that owns no tokens, so that no rule takes it for an argument.
    pub(super) fn add_loose(&mut self, found: Found) {
        self.found.push(found);
    }

    /// Removes mentions that a stronger reading replaces. Indices of the others change.
    pub(super) fn retain(&mut self, keep: impl Fn(usize, &Found) -> bool) {
        let kept: Vec<bool> = self.found.iter().enumerate().map(|(i, f)| keep(i, f)).collect();
        if kept.iter().all(|keep| *keep) {
            return;
        }
        let mut renumbered = Vec::with_capacity(kept.len());
        let mut next = 0;
        for flag in &kept {
            renumbered.push(flag.then_some(next));
            next += usize::from(*flag);
        }
        let old = std::mem::take(&mut self.found);
        self.found = old.into_iter().zip(&kept).filter(|(_, keep)| **keep).map(|(found, _)| found).collect();
        for found in &mut self.found {
            found.inside = found.inside.and_then(|outer| renumbered[outer]);
        }
        self.owner.iter_mut().for_each(|owner| *owner = None);
        for (index, found) in self.found.iter().enumerate() {
            if found.inside.is_none() {
                found.range.clone().for_each(|token| self.owner[token] = Some(index));
            }
        }
    }

    /// Notes the readings that other mentions kept out.
    pub(super) fn note_refused(&mut self, page: &Page<'_>) {
        for (found, holder) in self.refused.take().unwrap_or_default() {
            if (&found.range, found.kind) == (&holder.range, holder.kind) {
                continue;
            }
            let inside = holder.range.start <= found.range.start && found.range.end <= holder.range.end;
            let how = if inside { "lies within" } else { "cuts across" };
            let reason = format!(
                "{how} {} «{}» ({}/{})",
                holder.kind.as_str(),
                page.written(&holder.range),
                page.pack.tag,
                holder.rule
            );
            page.trace.note(|| Lost {
                tokens: vec![found.range.clone()],
                what: found.kind.as_str().to_owned(),
                rule: found.rule.to_owned(),
                reason,
            });
        }
    }

    /// Says that all mentions are there: from now on it can be asked which lie within which.
    pub(super) fn complete(&mut self) {
        self.in_order = (0..self.found.len()).collect();
        self.in_order.sort_by_key(|&i| (self.found[i].range.start, std::cmp::Reverse(self.found[i].range.end)));
    }

    /// Mentions that lie directly or deeper within another, in order of the text; asked once all are there.
    pub(super) fn within(&self, outer: usize) -> Vec<usize> {
        let range = &self.found[outer].range;
        let lies = |i: &usize| {
            let inner = &self.found[*i].range;
            *i != outer && range.start <= inner.start && inner.end <= range.end && *inner != *range
        };
        let from = self.in_order.partition_point(|&i| self.found[i].range.start < range.start);
        let near = self.in_order[from..].iter().take_while(|i| self.found[**i].range.start < range.end);
        near.copied().filter(lies).collect()
    }
}
