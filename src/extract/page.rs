//! One document as the rules see it: its tokens, its language's words, and what the lexicon finds in it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::explain::Trace;
use super::language::{LanguagePack, Phrases, VerbForm, Words};
use super::sheet::{self, Labelled};
use crate::lexicon::{FormKind, Hit, Languages, Lexicon, ListedForm, lexicon, other_tongue};
use crate::model::{Document, EntityKind, SectionKind, Span};
use crate::text::{TextPack, TokenKind, Tokens};

/// A document prepared for the rules.
pub(super) struct Page<'d> {
    pub(super) document: &'d Document,
    pub(super) tokens: Tokens<'d>,
    /// The tokens as numbers of words.
    pub(super) words: Words,
    pub(super) pack: &'static LanguagePack,
    pub(super) text_pack: &'static TextPack,
    pub(super) lexicon: &'static Lexicon,
    /// Listed names and acronyms: token range and the entries that own the form. Overlapping ones included.
    pub(super) listed: Vec<(Range<usize>, Vec<usize>)>,
    /// Token → country or region whose adjective it is.
    pub(super) demonyms: FxHashMap<usize, usize>,
    /// What the lexicon found, for the tagger.
    pub(super) hits: Vec<Hit>,
    /// Number of each token's sentence.
    sentence_of: Vec<u32>,
    /// Whether each sentence is a heading in capitals.
    headings: Vec<bool>,
    /// Where readings that lost are noted.
    pub(super) trace: Trace,
    /// Labels and what stands behind them.
    pub(super) labelled: Vec<Labelled>,
    /// The sentence that names the project that a fact sheet is about.
    pub(super) sheet_title: Option<usize>,
    /// Words of controlled vocabularies: token range and entry.
    pub(super) terms: Vec<(Range<usize>, usize)>,
}

impl<'d> Page<'d> {
    pub(super) fn new(document: &'d Document, trace: Trace, done: &mut dyn FnMut(&'static str)) -> Self {
        let language = document.language.primary();
        let text_pack = TextPack::of(language);
        let tokens = Tokens::new(&document.text, &document.sections, text_pack);
        done("tokens");
        // The language first: another thread may be loading the lexicon meanwhile.
        let pack = LanguagePack::of(language);
        let lexicon = lexicon();
        let mut page = Self {
            document,
            words: Words::new(&tokens, &pack.names.bases),
            tokens,
            pack,
            text_pack,
            lexicon,
            listed: Vec::new(),
            demonyms: FxHashMap::default(),
            terms: Vec::new(),
            hits: Vec::new(),
            trace,
            sentence_of: Vec::new(),
            headings: Vec::new(),
            labelled: Vec::new(),
            sheet_title: None,
        };
        page.sentence_of = Self::number_sentences(&page.tokens);
        page.headings = page.tokens.sentences.iter().map(|s| page.is_heading(s.tokens.clone())).collect();
        page.labelled = sheet::read(&page);
        page.sheet_title = sheet::title(&page, &page.labelled);
        let hits = lexicon.find(&page.tokens.folded);
        page.look_up(&hits);
        done("lexicon");
        page.hits = hits;
        page
    }

    fn number_sentences(tokens: &Tokens<'_>) -> Vec<u32> {
        let mut numbers = vec![0; tokens.tokens.len()];
        for (number, sentence) in tokens.sentences.iter().enumerate() {
            numbers[sentence.tokens.clone()].iter_mut().for_each(|n| *n = number as u32);
        }
        numbers
    }

    /// Whether the token is one of a list of words of the language.
    #[inline]
    pub(super) fn is(&self, list: &Phrases, at: usize) -> bool {
        self.pack.names.is(list, &self.words, at)
    }

    /// Whether the token is one of a list of function words, in exactly its form.
    #[inline]
    pub(super) fn is_exactly(&self, list: &Phrases, at: usize) -> bool {
        self.pack.names.is_exactly(list, &self.words, at)
    }

    /// The readings of a token as a form of verbs.
    #[inline]
    pub(super) fn verb_forms(&self, at: usize) -> &'static [VerbForm] {
        self.pack.verbs.forms(self.words.exact(at))
    }

    /// Whether the token contracts a preposition and an article: *du*, *aux*.
    #[inline]
    pub(super) fn is_contracted(&self, at: usize) -> bool {
        self.words.exact(at) != self.words.base(at)
    }

    /// Whether the lower-case word looks like an adjective.
    pub(super) fn is_adjective(&self, at: usize) -> bool {
        self.pack.names.is_adjective(&self.tokens, &self.words, at)
    }

    /// Whether a phrase of a list may begin at a token: a look at one word, to be taken before anything is prepared for the phrase.
    #[inline]
    pub(super) fn may_begin(&self, list: &Phrases, at: usize) -> bool {
        list.may_begin(&self.words, at)
    }

    /// The length of the longest phrase of a list at a token.
    #[inline]
    pub(super) fn phrase(&self, list: &Phrases, at: usize, end: usize) -> Option<usize> {
        self.pack.names.phrase(list, &self.words, at, end)
    }

    /// Whether the token is the preposition of complements (*de*) in any of its forms.
    #[inline]
    pub(super) fn is_of(&self, at: usize) -> bool {
        self.is(&self.pack.names.of, at)
    }

    /// Whether the token joins the members of a list (*et*, *ou*).
    #[inline]
    pub(super) fn is_and(&self, at: usize) -> bool {
        self.is(&self.pack.names.and, at)
    }

    /// Whether the token is this text.
    #[inline]
    pub(super) fn is_raw(&self, at: usize, raw: &str) -> bool {
        let bytes = self.tokens.text.as_bytes();
        self.tokens
            .tokens
            .get(at)
            .is_some_and(|t| t.span.len() == raw.len() && bytes[t.span.start..t.span.end] == *raw.as_bytes())
    }

    /// Whether the token is a form of a verb of speech: *déclare*, *a glissé*.
    pub(super) fn speaks(&self, at: usize) -> bool {
        let names = &self.pack.names;
        let mut forms = self.verb_forms(at).iter();
        self.is(&names.speech, at) || self.is_lower(at) && forms.any(|form| names.speech_verbs.has(form.verb))
    }

    /// Whether the token is a word with a capital.
    #[inline]
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
    }

    /// Whether the token is a lower-case word.
    #[inline]
    pub(super) fn is_lower(&self, at: usize) -> bool {
        self.tokens.tokens.get(at).is_some_and(|t| !t.capital && t.kind == TokenKind::Word)
    }

    /// Whether the token is a determiner, preposition, conjunction or another function word.
    pub(super) fn is_function_word(&self, at: usize) -> bool {
        self.is_exactly(&self.pack.function_forms, at) || self.is(&self.pack.function_words, at)
    }

    /// Whether the sentence is a heading in capitals, where capitals say nothing.
    pub(super) fn in_capitals(&self, at: usize) -> bool {
        self.headings.get(self.sentence_number(at)).copied().unwrap_or(false)
    }

    fn is_heading(&self, sentence: Range<usize>) -> bool {
        let words = sentence.clone().filter(|&i| self.is_capital(i) || self.is_lower(i)).count();
        let sentence_words = sentence.clone();
        let capitals = sentence.filter(|&i| self.tokens.tokens[i].acronym).count();
        let longest =
            sentence_words.clone().filter(|&i| self.tokens.tokens[i].acronym).map(|i| self.tokens.word(i).len()).max();
        // «- UNESCO» is an item of a list.
        let item = matches!(self.tokens.raw(sentence_words.start), "-" | "–" | "•" | "*" | "·");
        let alone = capitals > 0
            && !item
            && sentence_words.len() <= 6
            && longest > Some(5)
            && !sentence_words.clone().any(|i| self.is_lower(i));
        words > 2 && capitals * 2 > words || alone
    }

    /// The number of the sentence that holds a token; that of the last one for a token behind the text.
    #[inline]
    pub(super) fn sentence_number(&self, at: usize) -> usize {
        self.sentence_of.get(at).or(self.sentence_of.last()).map_or(0, |number| *number as usize)
    }

    /// The tokens of the sentence that holds a token.
    #[inline]
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        self.tokens.sentences.get(self.sentence_number(at)).map_or(at..at, |s| s.tokens.clone())
    }

    /// The section of the sentence that holds a token.
    pub(super) fn section(&self, at: usize) -> SectionKind {
        self.tokens.sentences.get(self.sentence_number(at)).map_or(SectionKind::Body, |s| s.section)
    }

    /// The text of a token range as written.
    pub(super) fn written(&self, range: &Range<usize>) -> &'d str {
        self.tokens.span(range).of(self.tokens.text)
    }

    /// The byte span of a token range.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.tokens.span(range)
    }

    /// Skips determiners from a token on; returns the first that is none.
    pub(super) fn past_determiners(&self, mut at: usize, end: usize) -> usize {
        while at < end && self.is_exactly(&self.pack.names.determiners, at) {
            at += 1;
        }
        at
    }

    /// The country whose adjective or inhabitants the token names.
    pub(super) fn demonym_country(&self, at: usize) -> Option<usize> {
        let entry = *self.demonyms.get(&at)?;
        (self.lexicon.entry(entry).kind == EntityKind::Country).then_some(entry)
    }

    fn look_up(&mut self, hits: &[Hit]) {
        let language = self.lexicon.language(self.document.language.primary());
        // The sentence of the hit before, and its language when it is another one.
        let mut other: Option<(usize, Option<Languages>)> = None;
        let mut cursor = 0;
        for &hit in hits {
            let Some(range) = self.tokens.tokens_of(hit.start..hit.end, &mut cursor) else { continue };
            let first = range.start;
            let mut owners = Vec::new();
            let number = self.sentence_number(first);
            for form in self.lexicon.forms(hit) {
                let own_language = form.languages.meet(language) || {
                    let (_, other) = *match &mut other {
                        Some(known) if known.0 == number => known,
                        unknown => unknown.insert((number, self.other_language(number))),
                    };
                    other.is_some_and(|other| form.languages.meet(other))
                };
                match form.kind {
                    FormKind::Name if self.looks_like_name(&range) && self.may_be_written(form, own_language) => {
                        owners.push((form.entry, own_language));
                    }
                    FormKind::Acronym
                        if (self.is_written_as(&range, form.written) || self.is_spoken_as_word(&range, form))
                            && !self.in_capitals(first) =>
                    {
                        owners.push((form.entry, own_language));
                    }
                    FormKind::Demonym if own_language => {
                        self.demonyms.entry(first).or_insert(form.entry);
                    }
                    FormKind::Term if own_language => self.terms.push((range.clone(), form.entry)),
                    _ => {}
                }
            }
            // A form of the document's own language wins over the same form in another one.
            if owners.iter().any(|(_, own)| *own) {
                owners.retain(|(_, own)| *own);
            }
            let mut entries: Vec<usize> = owners.into_iter().map(|(entry, _)| entry).collect();
            entries.sort_unstable();
            entries.dedup();
            if !entries.is_empty() {
                self.listed.push((range, entries));
            }
        }
    }

    /// The language of a sentence that is in another one than the document: a contact block, a title.
    fn other_language(&self, sentence: usize) -> Option<Languages> {
        let words = self.tokens.sentences.get(sentence)?.tokens.clone().map(|at| self.tokens.word(at));
        Some(self.lexicon.language(other_tongue(words, self.document.language.primary())?))
    }

    /// Countries and places are written in the language of the text (*seul* is not *Seúl*), bodies in any.
    fn may_be_written(&self, form: &ListedForm, own_language: bool) -> bool {
        let somewhere = matches!(self.lexicon.entry(form.entry).kind, EntityKind::Country | EntityKind::Place);
        own_language || !somewhere || !self.lexicon.entry(form.entry).names.contains_key(&self.document.language)
    }

    /// A name begins with a capital once determiners are passed: «La Réunion», not «La réunion».
    fn looks_like_name(&self, range: &Range<usize>) -> bool {
        let first = self.past_determiners(range.start, range.end).min(range.end - 1);
        self.is_capital(first)
    }

    /// *l'Unicef*, *l'Otan*: an acronym of a body that is spoken as a word may be written as one, behind an article when it is short.
    fn is_spoken_as_word(&self, range: &Range<usize>, form: &ListedForm) -> bool {
        const LONG: usize = 5;
        const SHORT: usize = 3;
        let body = self.lexicon.entry(form.entry).kind == EntityKind::Organization;
        let written = self.written(range);
        let mut rest = written.chars();
        let name = rest.next().is_some_and(char::is_uppercase) && rest.all(char::is_lowercase);
        let article = range.start > 0 && self.is_exactly(&self.pack.names.definite, range.start - 1);
        let enough = form.written.len() >= LONG || form.written.len() >= SHORT && article;
        body && name && enough && range.len() == 1 && form.written.eq_ignore_ascii_case(written)
    }

    /// Acronyms count only as written, dots aside.
    fn is_written_as(&self, range: &Range<usize>, written: &str) -> bool {
        let plain = |c: &char| c.is_alphanumeric();
        self.written(range).chars().filter(plain).eq(written.chars().filter(plain))
    }
}
