//! The words of a text in plain form, in which names are looked up.
//!
//! `Words::new("l’OIM Tchad")` → `l`, `oim`, `tchad`; `find("OIM")` → `1..2`
//!
//! Only good enough to say which gold names are difficult. Must not know entities.

use std::ops::Range;

use super::names::{is_stop_word, plain};

/// Words that join the members of a list, in plain form.
const CONJUNCTIONS: &str = include_str!("conjunctions.txt");
/// The most words between a shared head in the plural and the rest of a name.
const FAR: usize = 12;
/// The same when nothing but a conjunction shows that the head is shared.
const NEAR: usize = 4;

/// A text, or a name, as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    plain: String,
    /// The number of its sentence.
    sentence: usize,
}

impl Words {
    /// Cuts a text.
    pub(super) fn new(text: &str) -> Self {
        let sentences = text.split(['.', '!', '?', ':', ';', '\n']).enumerate();
        let words = |(sentence, text): (usize, &str)| {
            let word = |word: &str| Word { plain: word.to_owned(), sentence };
            plain(text).split(' ').filter(|word| !word.is_empty()).map(word).collect::<Vec<_>>()
        };
        Self(sentences.flat_map(words).collect())
    }

    /// Where a name stands, as ranges of words.
    pub(super) fn find(&self, name: &str) -> Vec<Range<usize>> {
        let name = Self::new(name).0;
        if name.is_empty() {
            return Vec::new();
        }
        let places = self.0.windows(name.len()).enumerate();
        let here = places.filter(|(_, window)| alike(window, &name));
        here.map(|(at, window)| at..at + window.len()).collect()
    }

    /// Whether a name that does not stand here can be put together from a head that it shares with others: `ministère de
    /// l'Éducation` from *les ministères de la Santé et de l'Éducation*, `Health Ministry` from *the Health and Education
    /// Ministries*.
    pub(super) fn shares_head(&self, name: &str) -> bool {
        let name = Self::new(name);
        self.shares_first(&name) || self.reversed().shares_first(&name.reversed())
    }

    fn reversed(&self) -> Self {
        Self(self.0.iter().rev().cloned().collect())
    }

    fn shares_first(&self, name: &Self) -> bool {
        (1..name.0.len()).any(|at| {
            let (head, rest) = name.0.split_at(at);
            let own = rest.iter().position(|word| !is_stop_word(&word.plain)).map_or(&[][..], |from| &rest[from..]);
            let names = head.iter().any(|word| !is_stop_word(&word.plain));
            names
                && !own.is_empty()
                && self.0.windows(at).enumerate().any(|(from, window)| {
                    forms_of(window, head).is_some_and(|plural| self.continues(from + at, own, plural))
                })
        })
    }

    /// Whether the words from `from` on are a list in which `own` is a member.
    fn continues(&self, from: usize, own: &[Word], plural: bool) -> bool {
        let far = if plural { FAR } else { NEAR } + own.len();
        let sentence = self.0.get(from.wrapping_sub(1)).map(|word| word.sentence);
        let list: Vec<&Word> =
            self.0[from..].iter().take(far).take_while(|word| Some(word.sentence) == sentence).collect();
        let members = list.windows(own.len()).enumerate();
        members.filter(|(_, window)| window.iter().zip(own).all(|(a, b)| a.plain == b.plain)).any(|(at, _)| {
            let before = list[..at].iter().rev().find(|word| is_conjunction(word) || !is_stop_word(&word.plain));
            let joined = before.is_some_and(|word| is_conjunction(word));
            joined || (plural && list[at + own.len()..].iter().any(|word| is_conjunction(word)))
        })
    }
}

fn alike(a: &[Word], b: &[Word]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.plain == b.plain)
}

fn is_conjunction(word: &Word) -> bool {
    CONJUNCTIONS.split_whitespace().any(|conjunction| conjunction == word.plain)
}

/// Whether the words of a text are those of a head, and if so, whether one of them is in the plural there.
fn forms_of(window: &[Word], head: &[Word]) -> Option<bool> {
    let mut plural = false;
    for (word, single) in window.iter().zip(head) {
        let more = is_plural_of(&word.plain, &single.plain);
        if word.plain != single.plain && !more {
            return None;
        }
        plural |= more;
    }
    Some(plural)
}

/// Plurals of French, English and Spanish nouns and adjectives, in plain form.
fn is_plural_of(word: &str, single: &str) -> bool {
    let ends = |stem: Option<&str>, ending| stem.is_some_and(|stem| word.strip_prefix(stem) == Some(ending));
    ["s", "x", "es"].iter().any(|ending| ends(Some(single), ending))
        || ends(single.strip_suffix('y'), "ies")
        || ends(single.strip_suffix("al"), "aux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words() {
        let words = Words::new("L’OIM Tchad. À N’Djamena, l'O.I.M. et l’OIM");
        assert_eq!(words.find("OIM"), [1..2, 12..13]);
        assert_eq!(words.find("n'djamena").first(), Some(&(4..6)));
        assert!(words.find("Tcha").is_empty() && words.find("—").is_empty());
    }

    #[test]
    fn a_shared_head_is_seen_in_three_languages() {
        let shares = |text: &str, name: &str| Words::new(text).shares_head(name);
        let text = "Les ministères de la Santé, de l’Éducation et du Travail se sont réunis";
        for name in ["ministère de la Santé", "ministère de l'Education", "Ministère du Travail"] {
            assert!(shares(text, name), "{name}");
        }
        assert!(shares("les polices malienne et nigérienne", "police nigérienne"));
        assert!(shares("the Health and Education Ministries", "Health Ministry"));
        assert!(shares("the Ministries of Health and Education", "Ministry of Education"));
        assert!(shares("los ministerios de Salud y Educación", "Ministerio de Educación"));
        assert!(shares("Jean et Marie Dupont", "Jean Dupont"));
    }

    #[test]
    fn a_paraphrase_is_no_shared_head() {
        let shares = |text: &str, name: &str| Words::new(text).shares_head(name);
        assert!(!shares(
            "Deux ateliers régionaux sont prévus: le premier à Windhoek et à Lilongwe",
            "atelier régional de Windhoek"
        ));
        assert!(!shares("les ministères. La Santé et l’Éducation", "ministère de l'Education"));
        assert!(!shares("le ministère de la Santé", "ministère de l'Education"));
        assert!(!shares("OIM", "OIM"));
    }
}
