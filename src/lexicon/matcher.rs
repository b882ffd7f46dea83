//! One automaton over the folded forms of all entries.
//!
//! Overlapping matches are wanted: *Département d'Etat américain* holds a demonym, *Bureau … des migrations* may hold other names.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::entry::{Entry, FormKind, Forms, ListedForm};
use crate::error::{Error, Result};
use crate::model::fold;

/// A listed form found in a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First byte, after the leading space.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pattern: usize,
}

#[derive(Debug)]
pub(super) struct Matcher {
    automaton: AhoCorasick,
    forms: Vec<Vec<ListedForm>>,
    patterns: HashMap<String, usize>,
}

impl Matcher {
    pub(super) fn new(entries: &[Entry]) -> Result<Self> {
        let mut patterns: HashMap<String, usize> = HashMap::new();
        let mut forms: Vec<Vec<ListedForm>> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            for (kind, listed) in entry_forms(entry) {
                for (language, written) in listed.iter().flat_map(|(l, all)| all.iter().map(move |form| (l, form))) {
                    let folded = fold(written);
                    if folded.is_empty() {
                        return Err(Error::data(
                            "lexicon",
                            format!("{}: a form without letters: {written:?}", entry.key),
                        ));
                    }
                    let at = *patterns.entry(folded).or_insert_with(|| {
                        forms.push(Vec::new());
                        forms.len() - 1
                    });
                    let same = |f: &&mut ListedForm| {
                        f.entry == index && f.kind == kind && (kind != FormKind::Acronym || f.written == *written)
                    };
                    match forms[at].iter_mut().find(same) {
                        Some(form) => form.languages.push(language.clone()),
                        None => forms[at].push(ListedForm {
                            entry: index,
                            kind,
                            languages: vec![language.clone()],
                            written: written.clone(),
                        }),
                    }
                }
            }
        }
        let mut ordered: Vec<_> = patterns.iter().map(|(text, &at)| (at, format!(" {text}"))).collect();
        ordered.sort();
        let automaton =
            AhoCorasick::new(ordered.iter().map(|(_, text)| text)).map_err(|error| Error::data("lexicon", error))?;
        Ok(Self { automaton, forms, patterns })
    }

    pub(super) fn find(&self, folded: &str) -> Vec<Hit> {
        let bytes = folded.as_bytes();
        let whole_word = |end: usize| matches!(bytes.get(end), None | Some(b' ' | b'\n'));
        let hits = self.automaton.find_overlapping_iter(folded).filter(|m| whole_word(m.end()));
        hits.map(|m| Hit { start: m.start() + 1, end: m.end(), pattern: m.pattern().as_usize() }).collect()
    }

    pub(super) fn forms(&self, hit: Hit) -> &[ListedForm] {
        &self.forms[hit.pattern]
    }

    pub(super) fn lookup(&self, folded: &str) -> &[ListedForm] {
        self.patterns.get(folded).map_or(&[], |&at| &self.forms[at])
    }
}

fn entry_forms(entry: &Entry) -> [(FormKind, &Forms); 4] {
    [
        (FormKind::Name, &entry.names),
        (FormKind::Acronym, &entry.acronyms),
        (FormKind::Demonym, &entry.demonyms),
        (FormKind::Term, &entry.terms),
    ]
}
