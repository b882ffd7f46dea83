//! One tree of words over the folded forms of all entries.
//!
//! `"\n l oim au lac tchad"` → *oim*, *lac tchad*, *tchad*: overlapping matches are wanted, for *Département d'Etat américain* holds a
//! demonym and *Bureau … des migrations* may hold other names.
//!
//! Forms are whole words, so a text is looked at word by word and not byte by byte: a word that no form holds costs one look. Must not
//! know tokens.

use rustc_hash::FxHashMap;

use super::WordMap;
use super::entry::{Entry, FormKind, Forms, Languages, ListedForm};
use crate::error::{Error, Result};
use crate::model::{Language, fold_into};

/// A listed form found in a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First byte, after the leading space.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pattern: u32,
}

/// Number of a node of the tree. The root is 0, to which nothing leads.
type NodeId = u32;

/// What some words in a row come to.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Where the forms of just these words are; [`NO_FORM`] when there are none.
    pattern: u32,
    /// Whether longer forms go on from here.
    goes_on: bool,
}

/// A word of some form.
#[derive(Clone, Copy, Debug)]
struct Word {
    number: u32,
    /// The node of the forms that begin with it; the root when none does.
    begins: NodeId,
}

/// Listed forms by their words.
#[derive(Debug)]
pub(super) struct Matcher {
    words: WordMap<Word>,
    /// What follows the first word: a node and the number of a word → the next node.
    steps: FxHashMap<(NodeId, u32), NodeId>,
    nodes: Vec<Node>,
    forms: Vec<Vec<ListedForm>>,
    /// The languages of the forms; their order gives them numbers.
    languages: Vec<Language>,
}

const ROOT: NodeId = 0;
const NO_FORM: u32 = u32::MAX;
const NEW: Node = Node { pattern: NO_FORM, goes_on: false };

impl Matcher {
    pub(super) fn new(entries: &[Entry]) -> Result<Self> {
        let mut matcher = Self {
            words: WordMap::default(),
            steps: FxHashMap::default(),
            nodes: vec![NEW],
            forms: Vec::with_capacity(entries.len()),
            languages: Vec::new(),
        };
        let mut folded = String::new();
        // The forms of an entry so far with their patterns: most names are the same text in several languages.
        let mut known: Vec<(&'static str, u32)> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            known.clear();
            for (kind, listed) in entry_forms(entry) {
                for (language, written) in listed.iter().flat_map(|(l, all)| all.iter().map(move |form| (l, *form))) {
                    let pattern = match known.iter().find(|(form, _)| std::ptr::eq(*form, written)) {
                        Some((_, pattern)) => *pattern,
                        None => {
                            folded.clear();
                            fold_into(&mut folded, written);
                            if folded.is_empty() {
                                let reason = format!("{}: a form without letters: {written:?}", entry.key);
                                return Err(Error::data("lexicon", reason));
                            }
                            let pattern = matcher.pattern_of(&folded);
                            known.push((written, pattern));
                            pattern
                        }
                    };
                    let languages = matcher.number(language)?;
                    let written = if kind == FormKind::Acronym { written } else { "" };
                    let forms = &mut matcher.forms[pattern as usize];
                    let same = |f: &&mut ListedForm| f.entry == index && f.kind == kind && f.written == written;
                    match forms.iter_mut().find(same) {
                        Some(form) => form.languages.add(languages),
                        None => forms.push(ListedForm { entry: index, kind, languages, written }),
                    }
                }
            }
        }
        Ok(matcher)
    }

    /// The language as a set, numbered when it is new.
    fn number(&mut self, language: &Language) -> Result<Languages> {
        let known = self.languages.iter().position(|known| known == language);
        let number = known.unwrap_or(self.languages.len());
        if number == Languages::MOST {
            return Err(Error::data("lexicon", format!("more than {number} languages")));
        }
        if known.is_none() {
            self.languages.push(language.clone());
        }
        Ok(Languages::one(number))
    }

    /// The language of a tag as a set; the empty one when no form is of it.
    pub(super) fn language(&self, tag: &str) -> Languages {
        let number = self.languages.iter().position(|known| known.as_str() == tag);
        number.map(Languages::one).unwrap_or_default()
    }

    /// The pattern of a folded name, which is made one when it is none.
    fn pattern_of(&mut self, folded: &str) -> u32 {
        let mut node = ROOT;
        for word in folded.split(' ') {
            node = self.grow(node, word);
        }
        let pattern = &mut self.nodes[node as usize].pattern;
        if *pattern == NO_FORM {
            *pattern = self.forms.len() as u32;
            self.forms.push(Vec::with_capacity(1));
        }
        *pattern
    }

    /// The node that a word leads to, which is made when there is none.
    fn grow(&mut self, from: NodeId, word: &str) -> NodeId {
        let next = self.nodes.len() as NodeId;
        let number = self.words.len() as u32;
        let word = self.words.get_or_insert(word, Word { number, begins: ROOT });
        let node = if from == ROOT { &mut word.begins } else { self.steps.entry((from, word.number)).or_insert(ROOT) };
        if *node == ROOT {
            *node = next;
            self.nodes[from as usize].goes_on = true;
            self.nodes.push(NEW);
        }
        *node
    }

    pub(super) fn find(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        // Names that began at earlier words and may go on: where each began, and the node it has come to.
        let mut open: Vec<(usize, NodeId)> = Vec::new();
        for (start, end) in words(folded) {
            let Some(word) = self.words.get(&folded[start..end]) else {
                open.clear();
                continue;
            };
            if !open.is_empty() {
                open.retain_mut(|(_, node)| match self.steps.get(&(*node, word.number)) {
                    Some(next) => {
                        *node = *next;
                        true
                    }
                    None => false,
                });
            }
            if word.begins != ROOT {
                open.push((start, word.begins));
            }
            if open.is_empty() {
                continue;
            }
            let sentence_ends = folded.as_bytes().get(end) == Some(&b'\n');
            open.retain(|&(start, node)| {
                let Node { pattern, goes_on } = self.nodes[node as usize];
                if pattern != NO_FORM {
                    hits.push(Hit { start, end, pattern });
                }
                goes_on && !sentence_ends
            });
        }
        hits
    }

    pub(super) fn forms(&self, hit: Hit) -> &[ListedForm] {
        &self.forms[hit.pattern as usize]
    }

    pub(super) fn lookup(&self, folded: &str) -> &[ListedForm] {
        let mut node = ROOT;
        for word in folded.split(' ') {
            let Some(word) = self.words.get(word) else { return &[] };
            let next = if node == ROOT { Some(&word.begins) } else { self.steps.get(&(node, word.number)) };
            let Some(&next) = next.filter(|next| **next != ROOT) else { return &[] };
            node = next;
        }
        self.forms.get(self.nodes[node as usize].pattern as usize).map_or(&[], Vec::as_slice)
    }
}

/// The words of a folded text, which spaces and line feeds part. Between two spaces lies an empty word, which is none of any form.
fn words(folded: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = folded.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        // Every word is preceded by one space.
        let start = at + usize::from(bytes.get(at) == Some(&b' '));
        let rest = bytes.get(start..).filter(|_| at < bytes.len())?;
        let length = rest.iter().position(|b| matches!(b, b' ' | b'\n')).unwrap_or(rest.len());
        at = start + length;
        Some((start, at))
    })
}

fn entry_forms(entry: &Entry) -> [(FormKind, &Forms); 4] {
    [
        (FormKind::Name, &entry.names),
        (FormKind::Acronym, &entry.acronyms),
        (FormKind::Demonym, &entry.demonyms),
        (FormKind::Term, &entry.terms),
    ]
}
