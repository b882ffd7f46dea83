//! Names and aliases of entities by their words.
//!
//! `names.find(&typed("organisaton migrations"), keep)` → *Organisation internationale pour les migrations* (one letter missing)
//!
//! Every typed word must fit a word of the name; the order of words does not matter, nor an article typed before a name. A whole name
//! scores 1, the beginning of one from 0.75 on, words of one below that: how well they fit, and how much of the name they are.
//! Work goes with the names that have the rarest typed word, and never with all there are.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use super::typed::{Fit, Typed};
use super::vocabulary::Vocabulary;
use super::words::{folded, folded_words};
use crate::collection::{Meter, Pages, Shelf, ShelfWriter, Sorted};
use crate::model::Entity;

/// A name that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit<'s> {
    /// The position under which the entity was indexed.
    pub position: usize,
    /// The name or alias that matched best, as written.
    pub name: &'s str,
    /// How well it matches, in (0, 1], to six digits.
    pub score: f64,
}

/// How exactly a name is what somebody has begun to type; the best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    /// It is the whole name.
    Whole,
    /// The name begins so.
    Begins,
    /// Words of the name are so, in any order, or begin so.
    Words,
    /// Words of the name are nearly so: with one or two typing errors.
    Nearly,
}

/// A name that somebody may be about to type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Completion<'s> {
    /// The position under which the entity was indexed.
    pub position: usize,
    /// The name or alias, as written.
    pub name: &'s str,
    /// How exactly it is what was typed.
    pub exactness: Exactness,
}

/// An index over all names of entities. Copies are cheap, and a change costs what the entity's names cost.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Names by number; gone ones leave a gap.
    names: Pages<Option<Arc<Name>>>,
    /// The numbers of each entity's names.
    names_of: Pages<Arc<[u32]>>,
    /// Words, each with the numbers of the names that have it.
    words: Vocabulary<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Name {
    position: usize,
    written: Box<str>,
    folded: Box<str>,
}

impl Name {
    fn words(&self) -> BTreeSet<&str> {
        folded_words(&self.folded).collect()
    }
}

impl Names {
    /// An index of entities, each at its position.
    pub(super) fn of(entities: &[Entity]) -> Self {
        let (mut all, mut names_of) = (Vec::new(), Vec::new());
        for (position, entity) in entities.iter().enumerate() {
            let from = all.len();
            all.extend(names(position, entity).into_iter().map(|name| Some(Arc::new(name))));
            names_of.push((from..all.len()).map(number).collect());
        }
        let mut with_word: HashMap<&str, Vec<u32>> = HashMap::new();
        for (at, name) in all.iter().enumerate() {
            for word in name.iter().flat_map(|name| name.words()) {
                with_word.entry(word).or_default().push(number(at));
            }
        }
        let words = Vocabulary::of(with_word);
        Self { names: all.into_iter().collect(), names_of: names_of.into_iter().collect(), words }
    }

    /// Writes the index to a file.
    pub(super) fn keep(&self, to: &mut ShelfWriter) -> io::Result<()> {
        self.names.keep("names", to)?;
        self.names_of.keep("names of entities", to)?;
        self.words.keep("words of names", to)
    }

    /// The index that was written to a file.
    pub(super) fn kept(shelf: &Shelf) -> io::Result<Self> {
        let (names, names_of) = (Pages::kept("names", shelf)?, Pages::kept("names of entities", shelf)?);
        Ok(Self { names, names_of, words: Vocabulary::kept("words of names", shelf) })
    }

    /// The same index, of which nothing that lies in a file is in memory; `meter` counts what is read of it.
    pub(super) fn unread(&self, meter: &Meter) -> Self {
        let (names, names_of) = (self.names.unread(meter), self.names_of.unread(meter));
        Self { names, names_of, words: self.words.unread(meter) }
    }

    /// Indexes the names of the entity at a position, in place of those that it had; `None` for an entity that is gone.
    pub(super) fn set(&mut self, position: usize, entity: Option<&Entity>) {
        while self.names_of.len() <= position {
            self.names_of.push(Arc::default());
        }
        let names = entity.map(|entity| names(position, entity)).unwrap_or_default();
        let known = self.names_of.get(position).cloned().unwrap_or_default();
        let same =
            |(number, name): (&u32, &Name)| self.name(*number).is_some_and(|known| known.written == name.written);
        if known.len() == names.len() && known.iter().zip(&names).all(same) {
            return;
        }
        known.iter().for_each(|number| self.forget(*number));
        let numbers = names.into_iter().map(|name| self.learn(name)).collect();
        if let Some(slot) = self.names_of.get_mut(position) {
            *slot = numbers;
        }
    }

    fn name(&self, number: u32) -> Option<&Name> {
        self.names.get(number as usize)?.as_deref()
    }

    fn learn(&mut self, name: Name) -> u32 {
        let name = Arc::new(name);
        let number = number(self.names.push(Some(Arc::clone(&name))));
        for word in name.words() {
            self.words.add(word, [number]);
        }
        number
    }

    fn forget(&mut self, number: u32) {
        let Some(name) = self.names.get_mut(number as usize).and_then(Option::take) else { return };
        for word in name.words() {
            self.words.remove(word, number);
        }
    }

    /// All matching entities, each with its best name among those that are kept, in no order that matters.
    pub fn find(&self, typed: &Typed, keep: impl Fn(usize, &str) -> bool) -> Vec<Hit<'_>> {
        let mut best: FxHashMap<usize, (f64, u32, &Name)> = FxHashMap::default();
        for typed in [Some(typed), typed.without_article().as_ref()].into_iter().flatten() {
            for (number, quality) in self.matching(typed) {
                let Some(name) = self.name(number) else { continue };
                let score = (score(name, typed, quality) * 1e6).round() / 1e6;
                // Of equally good names the first: those of an entity are numbered in the order in which it has them.
                let better =
                    |(known, first, _): &(f64, u32, &Name)| score.total_cmp(known).then(first.cmp(&number)).is_gt();
                if best.get(&name.position).is_none_or(better) && keep(name.position, &name.written) {
                    best.insert(name.position, (score, number, name));
                }
            }
        }
        best.into_iter().map(|(position, (score, _, name))| Hit { position, name: &name.written, score }).collect()
    }

    /// The names in which every typed word is found, with the mean quality of the words.
    fn matching(&self, typed: &Typed) -> Vec<(u32, f64)> {
        let mut fitting: Vec<_> = typed.words.iter().map(|word| self.words.fitting(word)).collect();
        let work = |found: &Fitting<'_>| found.iter().map(|(_, list, _)| list.len()).sum::<usize>();
        fitting.sort_by_key(work);
        let Some((rarest, others)) = fitting.split_first() else { return Vec::new() };
        let mut found: Vec<(u32, f64)> =
            best_fits(rarest).into_iter().map(|(number, fit)| (number, fit.quality())).collect();
        for other in others {
            // Names of two words are those that both lists have; only where one is far longer the few names are looked at instead.
            if work(other) <= FAR_LONGER * found.len() {
                let fits = best_fits(other);
                let mut at = 0;
                found.retain_mut(|(number, quality)| {
                    at += fits[at..].iter().take_while(|(other, _)| other < number).count();
                    let fit = fits.get(at).filter(|(other, _)| other == number);
                    fit.inspect(|(_, fit)| *quality += fit.quality()).is_some()
                });
            } else {
                let fits: FxHashMap<&str, Fit> = other.iter().map(|(word, _, fit)| (*word, *fit)).collect();
                found.retain_mut(|(number, quality)| {
                    let Some(name) = self.name(*number) else { return false };
                    let fit = folded_words(&name.folded).filter_map(|word| fits.get(word)).min();
                    fit.inspect(|fit| *quality += fit.quality()).is_some()
                });
            }
        }
        let words = typed.words.len() as f64;
        found.into_iter().map(|(number, quality)| (number, quality / words)).collect()
    }

    /// The entities of which a name has all typed words, the last perhaps unfinished, each with its best name; in no order that
    /// matters. No typing errors are forgiven.
    pub fn complete(&self, typed: &Typed) -> Vec<Completion<'_>> {
        let mut best: FxHashMap<usize, (Exactness, u32, &Name)> = FxHashMap::default();
        for typed in [Some(typed), typed.without_article().as_ref()].into_iter().flatten() {
            let Some((last, finished)) = typed.words.split_last() else { continue };
            for number in self.with_words(&last.text, finished.iter().map(|word| word.text.as_str())) {
                let Some(name) = self.name(number) else { continue };
                let exactness = match name.folded.strip_prefix(typed.folded.as_str()) {
                    Some("") => Exactness::Whole,
                    Some(_) => Exactness::Begins,
                    None => Exactness::Words,
                };
                let better = |(known, first, _): &(Exactness, u32, &Name)| (exactness, number) < (*known, *first);
                if best.get(&name.position).is_none_or(better) {
                    best.insert(name.position, (exactness, number, name));
                }
            }
        }
        let named = best.into_iter();
        named.map(|(position, (exactness, _, name))| Completion { position, name: &name.written, exactness }).collect()
    }

    /// How the entity at a position completes what was typed, when it is a whole name of it or one begins so: what
    /// [`Names::complete`] says of it, without a look at any other.
    pub fn completion(&self, position: usize, typed: &Typed) -> Option<Completion<'_>> {
        if typed.is_empty() {
            return None;
        }
        let without = typed.without_article();
        let exactness = |name: &Name| {
            let rests = [Some(typed), without.as_ref()].into_iter().flatten();
            let rests = rests.filter_map(|typed| name.folded.strip_prefix(typed.folded.as_str()));
            rests.map(|rest| if rest.is_empty() { Exactness::Whole } else { Exactness::Begins }).min()
        };
        let names = self.names_of.get(position)?.iter().filter_map(|number| self.name(*number));
        let (exactness, name) = names.filter_map(|name| Some((exactness(name)?, name))).min_by_key(|found| found.0)?;
        Some(Completion { position, name: &name.written, exactness })
    }

    /// The names that have all finished words and one that begins like the last, in order.
    fn with_words<'t>(&self, last: &str, finished: impl Iterator<Item = &'t str>) -> Vec<u32> {
        let lists: Option<Vec<_>> = finished.map(|word| self.words.find(word)).collect();
        let Some(mut lists) = lists else { return Vec::new() };
        let begun: Vec<_> = self.words.beginning(last).map(|(_, list)| list).collect();
        if let [only] = begun[..] {
            // It is as good as finished.
            lists.push(only);
            return in_all(lists);
        }
        lists.sort_by_key(|list| list.len());
        let work: usize = begun.iter().map(|list| list.len()).sum();
        if lists.first().is_none_or(|rarest| work <= rarest.len()) {
            let mut found = any_of(&begun);
            lists.iter().for_each(|list| keep_those_of(&mut found, list));
            return found;
        }
        let mut found = in_all(lists);
        // Where far more names have a word that begins so, the few are looked at instead.
        if work <= FAR_LONGER * found.len() {
            keep_those_of(&mut found, &Sorted::of_ordered(any_of(&begun)));
        } else {
            let begins = |name: &Name| folded_words(&name.folded).any(|word| word.starts_with(last));
            found.retain(|number| self.name(*number).is_some_and(begins));
        }
        found
    }

    pub(super) fn words(&self) -> &Vocabulary<u32> {
        &self.words
    }
}

/// Words that a typed one finds, with the names that have each, and how well it fits.
type Fitting<'s> = Vec<(&'s str, &'s Sorted<u32>, Fit)>;

/// So many times as many names as were found so far are too many to go through.
const FAR_LONGER: usize = 16;

/// The names that have any of the words, in order, each with the word of it that fits best.
fn best_fits(words: &Fitting<'_>) -> Vec<(u32, Fit)> {
    let mut all: Vec<(u32, Fit)> =
        words.iter().flat_map(|(_, list, fit)| list.iter().map(move |number| (*number, *fit))).collect();
    if words.len() > 1 {
        all.sort_unstable();
        all.dedup_by_key(|(number, _)| *number);
    }
    all
}

/// The names that any of these lists has, in order.
fn any_of(lists: &[&Sorted<u32>]) -> Vec<u32> {
    let mut found: Vec<u32> = lists.iter().flat_map(|list| list.iter()).copied().collect();
    if lists.len() > 1 {
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// The names that all of these lists have, in order.
fn in_all(mut lists: Vec<&Sorted<u32>>) -> Vec<u32> {
    lists.sort_by_key(|list| list.len());
    let mut lists = lists.into_iter();
    let mut found: Vec<u32> = lists.next().into_iter().flat_map(Sorted::iter).copied().collect();
    lists.for_each(|list| keep_those_of(&mut found, list));
    found
}

/// Leaves of names in order those that a list has.
fn keep_those_of(found: &mut Vec<u32>, list: &Sorted<u32>) {
    let mut walk = list.walk();
    found.retain(|number| {
        walk.skip(|item| item < number);
        walk.item() == Some(number)
    });
}

fn number(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than four billion names")
}

/// All names of an entity, each folded form once, its shown name first.
fn names(position: usize, entity: &Entity) -> Vec<Name> {
    let written = [&entity.name].into_iter().chain(entity.names.values().flatten()).chain(&entity.aliases);
    let mut known = BTreeSet::new();
    let mut names: Vec<Name> = Vec::new();
    for written in written {
        let folded = folded(written);
        if !folded.is_empty() && known.insert(folded.clone()) {
            names.push(Name { position, written: written.as_str().into(), folded: folded.into() });
        }
    }
    names
}

/// Whole names first, then beginnings, then the share of the name that was typed.
fn score(name: &Name, typed: &Typed, quality: f64) -> f64 {
    if *name.folded == *typed.folded {
        return 1.0;
    }
    let share = typed.words.len() as f64 / folded_words(&name.folded).count().max(1) as f64;
    let base = if name.folded.starts_with(&typed.folded) { 0.75 } else { 0.5 * quality };
    base + 0.2 * share.min(1.0) * quality
}
