//! Finding entities by what somebody types: any name or alias, words in any order, accents and small typing errors forgiven.
//!
//! `search("organisaton migrations", 5)` → *Organisation internationale pour les migrations* (one letter missing)
//!
//! A whole name scores above the beginning of one, that above words of one, that above words with typing errors. Who asks breaks
//! ties. An article typed before a name need not belong to it. Must not decide identity.

mod articles;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::collection::{Pages, Sorted};
use crate::model::{Entity, fold};

pub use articles::without_article;

/// A name that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The position under which the entity was indexed.
    pub position: usize,
    /// The name or alias that matched best, as written.
    pub name: String,
    /// How well it matches, in (0, 1].
    pub score: f64,
}

/// An index over all names of entities. Copies are cheap, and a change costs what the entity's names cost.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Names by number; gone ones leave a gap.
    names: Pages<Option<Arc<Name>>>,
    /// The numbers of each entity's names.
    names_of: Pages<Arc<[u32]>>,
    /// Words, each with the numbers of the names that have it.
    words: Sorted<(Arc<str>, Sorted<u32>)>,
}

#[derive(Debug)]
struct Name {
    position: usize,
    written: String,
    folded: String,
    word_count: usize,
}

impl Name {
    fn words(&self) -> BTreeSet<&str> {
        self.folded.split(' ').collect()
    }
}

/// How well a word of a name matches a typed one.
const SAME: f64 = 1.0;
const BEGINS: f64 = 0.85;
const ONE_ERROR: f64 = 0.7;
const TWO_ERRORS: f64 = 0.55;

impl Search {
    /// An index of entities by their positions, each once.
    pub fn of<'e>(entities: impl Iterator<Item = (usize, &'e Entity)>) -> Self {
        let mut entities: Vec<_> = entities.collect();
        entities.sort_unstable_by_key(|(position, _)| *position);
        let (mut all, mut names_of) = (Vec::new(), Vec::new());
        for (position, entity) in entities {
            let from = all.len();
            all.extend(names(position, entity).into_iter().map(|name| Some(Arc::new(name))));
            names_of.resize(position, Arc::default());
            names_of.push((from..all.len()).map(number).collect());
        }
        let mut with_word: HashMap<&str, Vec<u32>> = HashMap::new();
        for (at, name) in all.iter().enumerate() {
            for word in name.iter().flat_map(|name| name.words()) {
                with_word.entry(word).or_default().push(number(at));
            }
        }
        let mut words: Vec<(Arc<str>, Sorted<u32>)> =
            with_word.into_iter().map(|(word, names)| (Arc::from(word), Sorted::of_ordered(names))).collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self {
            names: all.into_iter().collect(),
            names_of: names_of.into_iter().collect(),
            words: Sorted::of_ordered(words),
        }
    }

    /// Indexes the names of the entity at a position, in place of those that it had; `None` for an entity that is gone.
    pub fn set(&mut self, position: usize, entity: Option<&Entity>) {
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
            let known = self.words.remove(|(known, _)| known.as_ref().cmp(word));
            let (word, mut numbers) = known.unwrap_or_else(|| (word.into(), Sorted::default()));
            numbers.insert(number, u32::cmp);
            self.words.insert((word, numbers), |a, b| a.0.cmp(&b.0));
        }
        number
    }

    fn forget(&mut self, number: u32) {
        let Some(name) = self.names.get_mut(number as usize).and_then(Option::take) else { return };
        for word in name.words() {
            let Some((word, mut numbers)) = self.words.remove(|(known, _)| known.as_ref().cmp(word)) else { continue };
            numbers.remove(|known| known.cmp(&number));
            if !numbers.is_empty() {
                self.words.insert((word, numbers), |a, b| a.0.cmp(&b.0));
            }
        }
    }

    /// All matching entities, best first, each with its best name; equally good ones in the order that `tie` gives their positions.
    /// Every typed word must match a word of the name.
    pub fn find(&self, text: &str, tie: impl Fn(usize, usize) -> Ordering) -> Vec<Hit> {
        let typed = fold(text);
        if typed.is_empty() {
            return Vec::new();
        }
        let mut best: BTreeMap<usize, (f64, u32, &Name)> = BTreeMap::new();
        for typed in [typed.as_str()].into_iter().chain(without_article(&typed)) {
            for (number, quality) in self.matching(typed) {
                let Some(name) = self.name(number) else { continue };
                let score = score(name, typed, quality);
                // Of equally good names the first: those of an entity are numbered in the order in which it has them.
                let better =
                    |(known, first, _): &(f64, u32, &Name)| score.total_cmp(known).then(first.cmp(&number)).is_gt();
                if best.get(&name.position).is_none_or(better) {
                    best.insert(name.position, (score, number, name));
                }
            }
        }
        let hit = |(position, (score, _, name)): (usize, (f64, u32, &Name))| Hit {
            position,
            name: name.written.clone(),
            score,
        };
        let mut hits: Vec<_> = best.into_iter().map(hit).collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| tie(a.position, b.position)));
        hits
    }

    /// The names in which every typed word is found, with the mean quality of the words.
    fn matching(&self, typed: &str) -> HashMap<u32, f64> {
        let words: Vec<_> = typed.split(' ').collect();
        let mut found: Option<HashMap<u32, f64>> = None;
        for word in &words {
            let here = self.names_with(word);
            found = Some(match found {
                None => here,
                Some(before) => before.into_iter().filter_map(|(at, q)| here.get(&at).map(|h| (at, q + h))).collect(),
            });
        }
        let count = words.len() as f64;
        found.unwrap_or_default().into_iter().map(|(at, quality)| (at, quality / count)).collect()
    }

    /// The names with a word that matches the typed one, with the best quality.
    fn names_with(&self, typed: &str) -> HashMap<u32, f64> {
        let mut found: HashMap<u32, f64> = HashMap::new();
        for (word, names) in self.words.iter() {
            let Some(quality) = match_word(typed, word) else { continue };
            for at in names.iter() {
                let best = found.entry(*at).or_default();
                *best = best.max(quality);
            }
        }
        found
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than four billion names")
}

/// All names of an entity, each folded form once, its shown name first.
fn names(position: usize, entity: &Entity) -> Vec<Name> {
    let written = [&entity.name].into_iter().chain(entity.names.values().flatten()).chain(&entity.aliases);
    let mut names: Vec<Name> = Vec::new();
    for written in written {
        let folded = fold(written);
        if !folded.is_empty() && !names.iter().any(|name| name.folded == folded) {
            let word_count = folded.split(' ').count();
            names.push(Name { position, written: written.clone(), folded, word_count });
        }
    }
    names
}

/// Whole names first, then beginnings, then the share of the name that was typed.
fn score(name: &Name, typed: &str, quality: f64) -> f64 {
    if name.folded == typed {
        return 1.0;
    }
    let share = typed.split(' ').count() as f64 / name.word_count.max(1) as f64;
    let base = if name.folded.starts_with(typed) { 0.75 } else { 0.5 * quality };
    base + 0.2 * share.min(1.0) * quality
}

/// How well a word matches: the same, its beginning, or within one error from 4 letters on and two from 8 letters on.
fn match_word(typed: &str, word: &str) -> Option<f64> {
    if typed == word {
        return Some(SAME);
    }
    let letters = typed.chars().count();
    if letters >= 2 && word.starts_with(typed) {
        return Some(BEGINS);
    }
    let allowed = match letters {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    match errors_within(typed, word, allowed)? {
        1 => Some(ONE_ERROR),
        _ => Some(TWO_ERRORS),
    }
}

/// The number of letters added, dropped, changed or swapped with their neighbour, when it is at most `allowed`.
fn errors_within(a: &str, b: &str, allowed: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|errors| *errors <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_counted() {
        assert_eq!(errors_within("sengeal", "senegal", 1), Some(1));
        assert_eq!(errors_within("migrtaons", "migrations", 2), Some(2));
        assert_eq!(errors_within("mali", "malawi", 1), None);
        assert_eq!(match_word("oim", "oit"), None, "short words are taken as they are");
    }
}
