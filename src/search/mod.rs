//! Finding entities by what somebody types: any name or alias, words in any order, accents and small typing errors forgiven.
//!
//! `search("organisaton migrations", 5)` → *Organisation internationale pour les migrations* (one letter missing)
//!
//! A whole name scores above the beginning of one, that above words of one, that above words with typing errors. Ties are
//! broken by how often the entity is mentioned and then by its position, so that the order is total. An article typed before
//! a name need not belong to it. Must not decide identity.

mod articles;

use std::collections::{BTreeMap, HashMap};

use crate::model::{Entity, fold};

pub use articles::without_article;

/// A name that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The entity's position in the list that was indexed.
    pub position: usize,
    /// The name or alias that matched best, as written.
    pub name: String,
    /// How well it matches, in (0, 1].
    pub score: f64,
}

/// An index over all names of a list of entities.
#[derive(Debug, Default)]
pub struct Search {
    names: Vec<Name>,
    /// Word → names that contain it, each once.
    words: BTreeMap<String, Vec<u32>>,
    /// How often each entity is mentioned.
    mentions: Vec<usize>,
}

#[derive(Debug)]
struct Name {
    position: usize,
    written: String,
    folded: String,
    word_count: usize,
}

/// How well a word of a name matches a typed one.
const SAME: f64 = 1.0;
const BEGINS: f64 = 0.85;
const ONE_ERROR: f64 = 0.7;
const TWO_ERRORS: f64 = 0.55;

impl Search {
    /// Indexes entities; hits name their positions in this list.
    pub fn build(entities: &[Entity]) -> Self {
        let mut search = Self { mentions: entities.iter().map(|e| e.mentions.len()).collect(), ..Self::default() };
        for (position, entity) in entities.iter().enumerate() {
            let written = [&entity.name].into_iter().chain(entity.names.values().flatten()).chain(&entity.aliases);
            let mut seen = Vec::new();
            for name in written {
                let folded = fold(name);
                if !folded.is_empty() && !seen.contains(&folded) {
                    search.add(position, name, &folded);
                    seen.push(folded);
                }
            }
        }
        search
    }

    fn add(&mut self, position: usize, written: &str, folded: &str) {
        let at = u32::try_from(self.names.len()).expect("fewer than four billion names");
        let mut words: Vec<_> = folded.split(' ').collect();
        let word_count = words.len();
        words.sort_unstable();
        words.dedup();
        for word in words {
            self.words.entry(word.to_string()).or_default().push(at);
        }
        self.names.push(Name { position, written: written.to_string(), folded: folded.to_string(), word_count });
    }

    /// All matching entities, best first, each with its best name. Every typed word must match a word of the name.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let typed = fold(text);
        if typed.is_empty() {
            return Vec::new();
        }
        let mut best: BTreeMap<usize, (f64, &Name)> = BTreeMap::new();
        for typed in [typed.as_str()].into_iter().chain(without_article(&typed)) {
            for (at, quality) in self.matching(typed) {
                let name = &self.names[at as usize];
                let score = score(name, typed, quality);
                if best.get(&name.position).is_none_or(|(known, _)| score > *known) {
                    best.insert(name.position, (score, name));
                }
            }
        }
        let hit =
            |(position, (score, name)): (usize, (f64, &Name))| Hit { position, name: name.written.clone(), score };
        let mut hits: Vec<_> = best.into_iter().map(hit).collect();
        let mentions = |hit: &Hit| self.mentions[hit.position];
        hits.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then(mentions(b).cmp(&mentions(a))).then(a.position.cmp(&b.position))
        });
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
        for (word, names) in &self.words {
            let Some(quality) = match_word(typed, word) else { continue };
            for at in names {
                let best = found.entry(*at).or_default();
                *best = best.max(quality);
            }
        }
        found
    }
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
