//! A sentence as a row of units: mentions taken whole and the tokens between them.
//!
//! *L'**OIM** et la **Police nationale civile (PNC)** du **Salvador** ont inauguré …* → `L'` · [OIM] · `et` · `la` · [PNC] · `du` · [Salvador] · …
//!
//! Lists of mentions are numbered by `lists`; the arguments of verbs are found by `arguments`.

use std::ops::Range;

use super::lists;
use super::verb_group::{self, VerbGroup};
use crate::extract::coreference::Things;
use crate::extract::found::Layers;
use crate::extract::language::Phrases;
use crate::extract::names::NATIONALITY;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// A mention or a token of a sentence.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Unit {
    /// Its tokens.
    pub(in crate::extract) tokens: Range<usize>,
    /// Index of the outermost mention, when it is one.
    pub(in crate::extract) mention: Option<usize>,
    /// Number of the list it stands in.
    pub(super) list: usize,
    /// Whether it owns the mention behind it, which takes its place in the sentence: ***Fiji**'s Ministry of Fisheries*.
    pub(super) possessor: bool,
}

/// A sentence as units with its verb groups.
#[derive(Debug)]
pub(in crate::extract) struct Line {
    /// Its number.
    pub(in crate::extract) sentence: usize,
    pub(in crate::extract) units: Vec<Unit>,
    pub(in crate::extract) verbs: Vec<VerbGroup>,
}

/// An argument: units of mentions, and the number of the sentence they stand in.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Filler {
    pub(in crate::extract) units: Vec<usize>,
}

impl Line {
    pub(in crate::extract) fn new(page: &Page<'_>, layers: &Layers, things: &Things, sentence: usize) -> Self {
        let tokens = page.tokens.sentences[sentence].tokens.clone();
        let mut units: Vec<Unit> = Vec::with_capacity(tokens.len());
        let mut at = tokens.start;
        while at < tokens.end {
            let owner = layers.at(at).filter(|&m| things.of[m].is_some() && layers.found[m].rule != NATIONALITY);
            // Within a launch that was cut, the project itself and the words before it.
            let inner =
                owner.filter(|&m| layers.found[m].range.start < at).and_then(|m| launched(page, layers, things, m));
            let mention = match inner {
                Some(project) => Some(project).filter(|&p| layers.found[p].range.start == at),
                None => owner,
            };
            let end = mention.map_or(at + 1, |m| layers.found[m].range.end);
            let launched = mention.and_then(|m| launched(page, layers, things, m));
            let cut = launched.map_or(end, |project| before_complement(page, at, layers.found[project].range.start));
            units.push(Unit { tokens: at..cut, mention, list: 0, possessor: false });
            at = cut;
        }
        merge_bracketed_names(page, things, &mut units);
        merge_quotation_marks(page, &mut units);
        merge_announced_lists(page, layers, &mut units);
        mark_possessors(page, layers, &mut units);
        let mut line = Self { sentence, units, verbs: Vec::new() };
        line.verbs = verb_group::find(page, &line.units);
        lists::number(page, layers, &mut line);
        line
    }

    /// The mentions of the list that a unit stands in, those of the wanted kinds.
    pub(in crate::extract) fn list(&self, layers: &Layers, unit: usize, kinds: &[EntityKind]) -> Vec<usize> {
        let list = self.units[unit].list;
        let fits = |i: &usize| self.units[*i].list == list && self.is_one_of(layers, *i, kinds);
        (0..self.units.len()).filter(fits).collect()
    }

    pub(in crate::extract) fn kind(&self, layers: &Layers, unit: usize) -> Option<EntityKind> {
        self.units[unit].mention.filter(|_| !self.units[unit].possessor).map(|m| layers.found[m].kind)
    }

    /// Whether a unit is a mention of one of these kinds.
    pub(in crate::extract) fn is_one_of(&self, layers: &Layers, unit: usize, kinds: &[EntityKind]) -> bool {
        self.kind(layers, unit).is_some_and(|kind| kinds.contains(&kind))
    }

    /// The tokens outside mentions at which one of these phrases begins, each with the end of the sentence.
    pub(in crate::extract) fn words_of(
        &self,
        page: &Page<'_>,
        phrases: &Phrases,
    ) -> impl Iterator<Item = (usize, usize)> {
        let end = self.units.last().map_or(0, |unit| unit.tokens.end);
        let outside = self.units.iter().filter(|unit| unit.mention.is_none());
        let begins = outside.map(|unit| unit.tokens.start);
        begins.filter(move |&at| page.phrase(phrases, at, end).is_some()).map(move |at| (at, end))
    }

    /// The unit that holds a token.
    pub(in crate::extract) fn unit_at(&self, token: usize) -> usize {
        self.units.partition_point(|u| u.tokens.end <= token).min(self.units.len().saturating_sub(1))
    }

    /// Where the possessor begins that a token, or the apostrophe before it, belongs to: *by **Fiji**'s Ministry* is governed by *by*.
    pub(super) fn possessor_start(&self, token: usize) -> Option<usize> {
        let unit = self.unit_at(token);
        let own = [Some(unit), unit.checked_sub(1)].into_iter().flatten().find(|&u| self.units[u].possessor)?;
        Some(self.units[own].tokens.start)
    }

    /// The last token before a unit that is no determiner.
    pub(in crate::extract) fn governor(&self, page: &Page<'_>, unit: usize) -> Option<usize> {
        let start = self.units.first()?.tokens.start;
        let mut at = self.units[unit].tokens.start;
        while at > start {
            at -= 1;
            if let Some(owner) = self.possessor_start(at) {
                at = owner;
                continue;
            }
            let own_article = page.is_exactly(&page.pack.names.determiners, at) && !is_contracted(page, at);
            // «dans la province du Lac» is governed by «dans»; in «en place un programme» a new phrase has begun.
            let begun = page.is_exactly(&page.pack.names.determiners, at + 1) && !is_contracted(page, at + 1);
            let qualifier =
                page.is(&page.pack.names.place_heads, at) && !begun || page.is(&page.pack.names.before_noun, at);
            if !own_article && !qualifier {
                return Some(at);
            }
        }
        None
    }

    /// The preposition of place that governs the unit, heads of places passed over: ***dans** les régions de Kolda*.
    pub(in crate::extract) fn place_preposition(&self, page: &Page<'_>, unit: usize) -> Option<usize> {
        let names = &page.pack.names;
        let start = self.units.first()?.tokens.start;
        let mut at = self.units[unit].tokens.start;
        while at > start {
            at -= 1;
            if page.is(&page.pack.relations.place_prepositions, at) {
                let turned = at > start && page.is(&page.pack.relations.not_place, at - 1);
                return (!turned).then_some(at);
            }
            let of_head = page.is_of(at) && at > start && page.is(&names.place_heads, at - 1);
            let passes = of_head
                || page.is_exactly(&names.determiners, at)
                || page.is(&names.place_heads, at)
                || page.is(&names.head_qualifiers, at)
                || page.is(&names.before_noun, at);
            if !passes || self.units.iter().any(|u| u.mention.is_some() && u.tokens.contains(&at)) {
                return None;
            }
        }
        None
    }

    /// Whether a preposition of place governs the unit.
    pub(in crate::extract) fn is_located(&self, page: &Page<'_>, unit: usize) -> bool {
        self.place_preposition(page, unit).is_some()
    }

    /// Whether a preposition other than *de* governs the unit.
    pub(in crate::extract) fn is_oblique(&self, page: &Page<'_>, unit: usize) -> bool {
        self.governor(page, unit).is_some_and(|at| page.is(&page.pack.relations.oblique, at))
    }

    pub(super) fn is_of(&self, page: &Page<'_>, unit: usize) -> bool {
        self.governor(page, unit).is_some_and(|at| page.is_of(at))
    }
}

/// *du*, *des*, *au*, *aux* are preposition and article in one.
pub(super) fn is_contracted(page: &Page<'_>, at: usize) -> bool {
    page.is_contracted(at)
}

/// *le lancement du **projet « Racines »**, qui …*: the project at the end of a launch is a thing that sentences go on about.
pub(super) fn launched(page: &Page<'_>, layers: &Layers, things: &Things, event: usize) -> Option<usize> {
    let found = &layers.found[event];
    let head = found.head.as_ref().filter(|_| found.kind == EntityKind::Event)?;
    page.phrase(&page.pack.names.launches, head.start, head.end)?;
    let inner = layers.within(event).into_iter().filter(|&i| layers.found[i].inside == Some(event));
    inner
        .filter(|&i| layers.found[i].kind == EntityKind::Project && things.of[i].is_some())
        .find(|&i| layers.found[i].range.end == found.range.end && layers.found[i].range.start > head.end)
}

/// Where the phrase before a complement ends, its preposition and article aside.
fn before_complement(page: &Page<'_>, start: usize, complement: usize) -> usize {
    let mut end = complement;
    while end > start + 1 && (page.is_of(end - 1) || page.is_exactly(&page.pack.names.determiners, end - 1)) {
        end -= 1;
    }
    end
}

/// *le coût de **« Racines »***: the marks around a title belong to it.
fn merge_quotation_marks(page: &Page<'_>, units: &mut Vec<Unit>) {
    let mark = |u: &Unit, marks: [&str; 2]| u.mention.is_none() && marks.contains(&page.tokens.raw(u.tokens.start));
    let mut at = 1;
    while at + 1 < units.len() {
        let quoted =
            units[at].mention.is_some() && mark(&units[at - 1], ["«", "“"]) && mark(&units[at + 1], ["»", "”"]);
        // «un projet, « Voly Soa », …»: the mark that closes a title within the phrase.
        let closing = units[at].mention.is_some()
            && mark(&units[at + 1], ["»", "”"])
            && units[at].tokens.clone().any(|t| matches!(page.tokens.raw(t), "«" | "“"));
        if closing {
            units[at].tokens.end = units[at + 1].tokens.end;
            units.remove(at + 1);
        } else if quoted {
            units[at].tokens = units[at - 1].tokens.start..units[at + 1].tokens.end;
            units.remove(at + 1);
            units.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// *par **trois agences : l'OIM**, le HCR et l'UNICEF*: what counts the members of a list belongs to its first member.
fn merge_announced_lists(page: &Page<'_>, layers: &Layers, units: &mut Vec<Unit>) {
    let names = &page.pack.names;
    let body = |u: &Unit| {
        let kind = u.mention.map(|m| layers.found[m].kind);
        matches!(kind, Some(EntityKind::Organization | EntityKind::Country | EntityKind::Place))
    };
    for at in (1..units.len()).rev() {
        let plain = |i: usize| units.get(i).is_some_and(|u| u.mention.is_none());
        let noun = units[at].tokens.start;
        let counted = plain(at)
            && page.is(&names.counted_bodies, noun)
            && plain(at - 1)
            && page.is_exactly(&names.plural, units[at - 1].tokens.start);
        if !counted {
            continue;
        }
        let word = |i: usize| {
            let start = units[i].tokens.start;
            let modest = page.is_adjective(start) || page.is(&names.counted_bodies, start);
            plain(i) && page.is_lower(start) && modest
        };
        let mark = (at + 1..units.len()).find(|&i| !word(i)).filter(|&i| plain(i));
        let Some(mark) = mark.filter(|&i| matches!(page.tokens.raw(units[i].tokens.start), ":" | ",")) else {
            continue;
        };
        let article = |i: &usize| !(plain(*i) && page.is_exactly(&names.determiners, units[*i].tokens.start));
        let Some(first) = (mark + 1..units.len()).find(article).filter(|&i| body(&units[i])) else { continue };
        let listed = (first + 1..units.len()).find(|&i| {
            let small = plain(i)
                && (page.is_exactly(&names.determiners, units[i].tokens.start)
                    || page.is_raw(units[i].tokens.start, ",")
                    || page.is_and(units[i].tokens.start));
            !small
        });
        if listed.is_some_and(|i| i > first + 1 && body(&units[i])) {
            units[first].tokens.start = units[at - 1].tokens.start;
            units.drain(at - 1..first);
        }
    }
}

/// ***Fiji**'s Ministry of Fisheries*, ***USAID**'s Bureau*: a genitive before another name.
fn mark_possessors(page: &Page<'_>, layers: &Layers, units: &mut [Unit]) {
    const BETWEEN: usize = 2;
    for at in 0..units.len() {
        let mark = |n: usize| units.get(at + n).filter(|u| u.mention.is_none()).map(|u| u.tokens.start);
        let (Some(apostrophe), Some(s)) = (mark(1), mark(2)) else { continue };
        let genitive = page.tokens.lower(apostrophe) == "’" && page.is_raw(s, "s");
        if !genitive || units[at].mention.is_none() {
            continue;
        }
        // «KfW's office in Amman»: what a preposition leads to is not owned.
        let next = units[at + 3..].iter().take(BETWEEN + 1).find(|u| {
            let start = u.tokens.start;
            u.mention.is_some() || !page.is_lower(start) || page.is(&page.pack.relations.oblique, start)
        });
        let owned = next.and_then(|u| u.mention).is_some_and(|m| layers.found[m].kind != EntityKind::Person);
        units[at].possessor = owned;
    }
}

/// *Police nationale civile (PNC)*: a bracketed name of the same thing belongs to the unit before.
fn merge_bracketed_names(page: &Page<'_>, things: &Things, units: &mut Vec<Unit>) {
    let mut at = 0;
    while at + 3 < units.len() {
        let thing = |i: usize| units[i].mention.and_then(|m| things.of[m]);
        let bracketed = page.is_raw(units[at + 1].tokens.start, "(") && page.is_raw(units[at + 3].tokens.start, ")");
        if bracketed && thing(at).is_some() && thing(at) == thing(at + 2) {
            let end = units[at + 3].tokens.end;
            units[at].tokens.end = end;
            units.drain(at + 1..at + 4);
        }
        at += 1;
    }
}
