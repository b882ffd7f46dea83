//! How far a noun phrase goes, read from its head to the right over adjectives and complements.
//!
//! `Comité` **national de lutte contre la traite** | présente …; `atelier` **sur la protection des enfants** | organisé par …
//!
//! There is no part-of-speech tagger: a lower-case word after a noun counts as its adjective when it is listed or ends like
//! one; a noun is what follows a preposition. Mentions found before are taken whole.

use std::ops::Range;

use super::found::Layers;
use super::language::{Phrases, Tense};
use super::page::Page;
use crate::model::EntityKind;
use crate::text::TokenKind;

/// A complement inside a noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Complement {
    /// First token of its preposition.
    pub(super) start: usize,
    /// The mention it consists of, when it is one.
    pub(super) mention: Option<usize>,
}

/// A noun phrase to the right of its head.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    /// One past its last token.
    pub(super) end: usize,
    /// Its complements in order.
    pub(super) complements: Vec<Complement>,
}

/// What a noun phrase may hold.
pub(super) struct Style<'p> {
    /// Prepositions that carry it on.
    pub(super) prepositions: &'p Phrases,
    /// Phrases after which everything up to the end of the clause belongs to it: *visant à …*.
    pub(super) goal: Option<&'p Phrases>,
    /// Whether *à* with an article carries it on: *Direction de la coopération **au développement***.
    pub(super) dative: bool,
    /// Whether capitals may follow directly: *Agence nationale Tadamoun*.
    pub(super) capitals: bool,
    /// Longest extent in tokens.
    pub(super) longest: usize,
}

/// Reads from the token after the head.
pub(super) fn read(page: &Page<'_>, layers: &Layers, from: usize, style: &Style<'_>) -> Extent {
    let end = page.sentence(from.saturating_sub(1)).end.min(from + style.longest);
    let mut reader =
        Reader { page, layers, style, end, at: from, complements: Vec::new(), base: 0, of: false, noun_open: true };
    while reader.at < reader.end && reader.step() {}
    Extent { end: reader.at, complements: reader.complements }
}

struct Reader<'a, 'd> {
    page: &'a Page<'d>,
    layers: &'a Layers,
    style: &'a Style<'a>,
    end: usize,
    at: usize,
    complements: Vec<Complement>,
    /// Base form of the last complement's preposition.
    base: u32,
    /// Whether that is the preposition of complements.
    of: bool,
    /// Whether an adjective may follow.
    noun_open: bool,
}

impl Reader<'_, '_> {
    /// Takes one more piece; `false` at the end of the phrase.
    fn step(&mut self) -> bool {
        self.goal()
            || self.complement(self.at)
            || self.dative()
            || self.conjunct()
            || self.compound()
            || self.adjective()
            || self.capital()
    }

    fn adjective(&mut self) -> bool {
        let page = self.page;
        let free = self.layers.at(self.at).is_none();
        let national = page.demonyms.contains_key(&self.at) && page.is_lower(self.at);
        let takes = free && self.noun_open && (national || page.is_lower(self.at) && self.is_adjective(self.at));
        if takes {
            self.at += 1;
            // «sociale et économique», «régionale ou nationale»
            let joined = page.is_and(self.at);
            if joined
                && self.at + 1 < self.end
                && self.layers.at(self.at + 1).is_none()
                && self.is_adjective(self.at + 1)
            {
                self.at += 2;
            }
        }
        takes
    }

    /// *on border **management***, *of Migrant **Workers***: where heads stand last, nouns follow the first one of a complement.
    fn compound(&mut self) -> bool {
        let page = self.page;
        let last = self.at.checked_sub(1).is_some_and(|before| self.layers.at(before).is_none());
        // «a workshop on erosion opens»: a form that is no infinitive either is the verb.
        let forms = page.verb_forms(self.at);
        let verb =
            !forms.is_empty() && !forms.iter().any(|form| matches!(form.tense, Tense::Infinitive | Tense::Gerund));
        let takes = page.pack.names.heads_last
            && self.noun_open
            && last
            && !verb
            && !self.complements.is_empty()
            && page.is_lower(self.at)
            && may_be_part(page, self.at)
            && self.is_noun(self.at);
        self.at += usize::from(takes);
        takes
    }

    fn is_adjective(&self, at: usize) -> bool {
        let page = self.page;
        page.is_adjective(at) && !page.is_function_word(at)
    }

    fn capital(&mut self) -> bool {
        let page = self.page;
        let takes = self.noun_open
            && page.is_capital(self.at)
            && self.layers.at(self.at).is_none()
            && !page.is_function_word(self.at);
        let follows = self.style.capitals || self.at > 0 && page.is_capital(self.at - 1);
        if takes && follows {
            self.at += 1;
        }
        takes && follows
    }

    /// A preposition with its noun or mention.
    fn complement(&mut self, at: usize) -> bool {
        let page = self.page;
        let Some(length) = page.phrase(self.style.prepositions, at, self.end) else { return false };
        let base = page.words.base(at);
        let noun = page.past_determiners(at + length, self.end);
        // «pour parler de la suite» is no complement.
        let infinitive = !page.pack.names.heads_last
            && noun == at + length
            && page.verb_forms(noun).iter().any(|form| form.tense == Tense::Infinitive)
            && !page.is_of(at);
        if infinitive || !self.noun(noun, at) {
            return false;
        }
        self.base = base;
        self.of = page.is_of(at);
        true
    }

    /// *au développement*, *aux frontières*, *à l'étranger*: an article and a common noun, and no turn of phrase such as *à la demande*.
    fn dative(&mut self) -> bool {
        let (page, at) = (self.page, self.at);
        if !self.style.dative || !page.is(&page.pack.names.dative, at) {
            return false;
        }
        let noun = page.past_determiners(at + 1, self.end);
        let article = page.is_contracted(at) || noun == at + 2 && page.is_exactly(&page.pack.names.definite, at + 1);
        // «unit la Ville de Liège **à la commune de** Thiès»: behind a name another body begins.
        let body = page.is_capital(at - 1)
            && page.phrase(&page.pack.names.organization_heads, noun, self.end).is_some_and(|n| page.is_of(noun + n));
        let common = page.is_lower(noun) && !page.is(&page.pack.names.not_dative, noun) && !body;
        // «Servicio Jesuita a Migrantes»
        let own = page.pack.names.bare_conjuncts
            && noun == at + 1
            && page.is_capital(noun)
            && page.is_capital(at - 1)
            && self.layers.at(noun).is_none();
        if !(article && common || own) || !self.noun(noun, at) {
            return false;
        }
        self.base = page.words.base(at);
        self.of = false;
        true
    }

    /// Takes the noun at `noun` that a piece starting at `start` introduces.
    fn noun(&mut self, noun: usize, start: usize) -> bool {
        let page = self.page;
        if noun >= self.end {
            return false;
        }
        if let Some(index) = self.layers.at(noun) {
            let mention = &self.layers.found[index];
            // «Universidad de El Salvador»: a name with an article of its own
            let own = mention.range.start > start && mention.range.start < noun;
            let noun = if own { mention.range.start } else { noun };
            let described = mention.head.is_some() && !matches!(mention.kind, EntityKind::Person);
            // «le programme pour Oxfam»: for whom it is led is no part of its name.
            let for_body = mention.kind == EntityKind::Organization
                && page.is(&page.pack.relations.employer_prepositions, start)
                && mention.head.is_none();
            let taken = !for_body
                && (described
                    || matches!(mention.kind, EntityKind::Organization | EntityKind::Place | EntityKind::Country));
            // «the University of The Gambia»: the article may belong to the name.
            let own_article =
                page.pack.names.heads_last && mention.range.start > start && mention.range.end <= self.end;
            if taken && (mention.range.start == noun || own_article) && mention.range.end <= self.end {
                self.complements.push(Complement { start, mention: Some(index) });
                self.at = mention.range.end;
                self.noun_open = false;
            }
            return taken && (self.noun_open_after(index, noun) || own_article);
        }
        let mut at = noun;
        while at + 1 < self.end
            && (page.is(&page.pack.names.before_noun, at) || self.is_adjective(at) && self.is_noun(at + 1))
        {
            at += 1;
        }
        let year = page.tokens.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 4);
        let is_noun = at < self.end && (self.is_noun(at) || year) && !page.is(&page.pack.names.not_complement, at);
        if is_noun {
            self.complements.push(Complement { start, mention: None });
            self.at = at + 1;
            self.noun_open = true;
        }
        is_noun
    }

    /// A word that may be a noun: no function word, no adverb.
    fn is_noun(&self, at: usize) -> bool {
        let page = self.page;
        let word = page.tokens.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 2);
        word && !page.is_function_word(at)
            && !page.is_exactly(&page.pack.verbs.adverbs, at)
            && self.layers.at(at).is_none()
    }

    fn noun_open_after(&self, index: usize, noun: usize) -> bool {
        self.layers.found[index].range.start == noun
    }

    /// *et de …*, *et la …*, *, des … et de …*: a conjunct in parallel with the last complement.
    fn conjunct(&mut self) -> bool {
        let page = self.page;
        let comma = page.is_raw(self.at, ",");
        let and = page.is_and(self.at);
        if self.base == 0 || !(and || comma) {
            return false;
        }
        if self.bare_conjunct(and) {
            return true;
        }
        if !and && !self.list_closes() {
            return false;
        }
        let next = self.at + 1;
        let parallel = next < self.end && page.words.base(next) == self.base;
        let noun =
            if parallel { page.past_determiners(next + 1, self.end) } else { page.past_determiners(next, self.end) };
        let capitals = page.pack.names.heads_last && self.at > 0 && page.is_capital(self.at - 1);
        let bare_or_same = parallel || !self.of || noun == next && (page.is_lower(noun) || capitals);
        let stops = self.layers.at(noun).is_some()
            || page.phrase(&page.pack.names.organization_heads, noun, self.end).is_some()
            || page.is(&page.pack.names.roles, noun)
            || page.phrase(&page.pack.relations.place_prepositions, next, self.end).is_some()
            || page.phrase(&page.pack.relations.agent_prepositions, next, self.end).is_some()
            || page.pack.names.drops_subject && self.is_predicate(noun);
        bare_or_same && !stops && !(noun == next && self.opens_passive(noun)) && self.noun(noun, self.at)
    }

    /// *Ministerio de Agricultura, **Ganadería** y **Pesca***: capitals that share the preposition of the capital before them.
    fn bare_conjunct(&mut self, and: bool) -> bool {
        const LONGEST: usize = 3;
        let page = self.page;
        let names = &page.pack.names;
        let capital = |at: usize| {
            let noun = page.is_capital(at) && self.layers.at(at).is_none() && !page.tokens.tokens[at].acronym;
            let listed = page.listed.iter().any(|(range, _)| range.start == at);
            let other = page.phrase(&names.organization_heads, at, self.end).is_some()
                || page.is(&names.roles, at)
                || page.lexicon.is_first_name(page.tokens.word(at));
            noun && !listed && !other && !page.is_function_word(at)
        };
        let last = self.at - 1;
        let fits = names.bare_conjuncts && self.of && page.is_capital(last) && self.layers.at(last).is_none();
        let noun = self.at + 1;
        if !fits || noun >= self.end || !capital(noun) {
            return false;
        }
        let word = |at: usize| page.is_capital(at) && capital(at) || page.is_lower(at) && self.is_adjective(at);
        let end = (noun..self.end.min(noun + LONGEST)).find(|&i| !word(i)).unwrap_or(self.end.min(noun + LONGEST));
        // Between commas a list must close with «y».
        let closes = and || page.is_and(end) && capital(end + 1) || page.is_raw(end, ",") && capital(end + 1);
        if closes {
            self.at = end;
            self.noun_open = true;
        }
        closes
    }

    /// *… et **organisé par** Oxfam*, *… et **confié à** …*: another participle says something else of the thing.
    fn opens_passive(&self, at: usize) -> bool {
        let page = self.page;
        let relations = &page.pack.relations;
        let participle = page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
        participle
            && (at + 1..at + 4).any(|i| {
                page.is(&relations.agent_prepositions, i)
                    || page.is(&relations.place_prepositions, i)
                    || page.is(&relations.companion_prepositions, i)
            })
    }

    /// Whether a list that goes on after the comma closes with a conjunct of the same preposition, nothing else between.
    fn list_closes(&self) -> bool {
        let page = self.page;
        if page.words.base(self.at + 1) != self.base {
            return false;
        }
        let ahead = self.at + 1..self.end.min(self.at + 14);
        for at in ahead {
            if self.layers.at(at).is_some() || matches!(page.tokens.raw(at), ";" | ":" | "(" | "«" | "." | "»") {
                return false;
            }
            if page.is_and(at) {
                return page.words.base(at + 1) == self.base;
            }
        }
        false
    }

    /// *visant à …*: up to the end of the clause.
    fn goal(&mut self) -> bool {
        let page = self.page;
        let Some(goal) = self.style.goal else { return false };
        let Some(length) = page.phrase(goal, self.at, self.end) else { return false };
        let mut at = self.at + length;
        while at < self.end && !self.ends_clause(at) && !self.is_predicate(at) {
            at += 1;
        }
        let moved = at > self.at + length;
        if moved {
            self.at = at;
            self.noun_open = false;
            self.end = at;
        }
        moved
    }

    /// Whether the verb of the sentence stands here: *un atelier consacré à l'échange de données **réunira** …*
    fn is_predicate(&self, at: usize) -> bool {
        let page = self.page;
        let verbs = &page.pack.verbs;
        let auxiliary =
            [&verbs.have, &verbs.have_future, &verbs.be, &verbs.be_future].iter().any(|l| page.is_exactly(l, at));
        let form = |tense: &[Tense]| page.verb_forms(at).iter().any(|form| tense.contains(&form.tense));
        let certain = form(&[Tense::Future, Tense::Conditional]);
        let likely = form(&[Tense::Finite]) && !page.is_exactly(&verbs.ambiguous, at);
        let before = at.checked_sub(1);
        let noun = before.is_some_and(|b| {
            page.is_exactly(&page.pack.names.determiners, b)
                || page.is_of(b)
                || page.is(&page.pack.relations.oblique, b)
        });
        page.is_lower(at) && self.layers.at(at).is_none() && !noun && (auxiliary || certain || likely)
    }

    fn ends_clause(&self, at: usize) -> bool {
        let page = self.page;
        let punctuation =
            page.tokens.tokens[at].kind == TokenKind::Punctuation && !matches!(page.tokens.raw(at), "-" | "–" | "/");
        punctuation || page.is(&page.pack.names.relatives, at) && !page.is_exactly(&page.pack.names.determiners, at)
    }
}

/// Where a name begins whose head stands last: *the **Danish Refugee** Council*, ***Disaster Management and Relief** Agency*. Places and
/// countries belong to it, and an acronym at its beginning.
pub(super) fn name_start(page: &Page<'_>, layers: &Layers, head: usize) -> usize {
    let names = &page.pack.names;
    let from = page.sentence(head).start;
    if !names.heads_last || page.in_capitals(head) {
        return head;
    }
    let word = |at: usize| {
        page.is_capital(at)
            && !page.is_function_word(at)
            && !page.is(&names.roles, at)
            && !page.is(&names.titles, at)
            && !page.is_exactly(&page.pack.verbs.adverbs, at)
    };
    let mut start = head;
    while start > from {
        let before = start - 1;
        let mention = layers.mention_at(before);
        if let Some(found) = mention {
            let place = matches!(found.kind, EntityKind::Place | EntityKind::Country);
            let body = found.kind == EntityKind::Organization
                && (found.range.len() == 1 && (page.tokens.tokens[before].acronym || page.is_capital(head))
                    || page.phrase(&names.branches, found.range.start, start).is_some());
            let short = place && found.range.len() < 4;
            if short || body {
                start = found.range.start;
            }
            if !short {
                break;
            }
            continue;
        }
        let joined = (page.is_and(before) || page.is_raw(before, ",") && start < head && page.is_and(head - 2))
            && before > from
            && word(before - 1)
            && layers.at(before - 1).is_none()
            && !page.tokens.tokens[before - 1].acronym
            && page.phrase(&names.organization_heads, before - 1, before).is_none();
        if word(before) {
            start = before;
        } else if let Some(owner) = plural_owner(page, layers, before).filter(|&owner| owner >= from && word(owner)) {
            start = owner;
        } else if joined {
            start = before - 1;
        } else {
            break;
        }
    }
    start
}

/// *Fishers**’** Association*, *Women**’s** Desk*: many who own something are part of what it is called.
fn plural_owner(page: &Page<'_>, layers: &Layers, at: usize) -> Option<usize> {
    let mark = |at: usize| page.tokens.lower(at) == "’" || page.tokens.lower(at) == "'";
    let (owner, regular) = if mark(at) {
        (at.checked_sub(1)?, true)
    } else {
        (at.checked_sub(2).filter(|_| page.is_raw(at, "s") && mark(at - 1))?, false)
    };
    let plural = if regular {
        page.tokens.lower(owner).ends_with('s') && page.tokens.word(owner).len() > 3
    } else {
        page.is(&page.pack.names.people, owner)
    };
    (plural && layers.at(owner).is_none()).then_some(owner)
}

/// Where the words begin that qualify a head from before it: *the **second regional migration** workshop*.
pub(super) fn qualifiers_start(page: &Page<'_>, layers: &Layers, head: usize) -> usize {
    const LONGEST: usize = 9;
    let names = &page.pack.names;
    let from = page.sentence(head).start.max(head.saturating_sub(LONGEST));
    if !names.heads_last || page.in_capitals(head) {
        return head;
    }
    let mut start = head;
    while start > from {
        let at = start - 1;
        if let Some(found) = layers.mention_at(at) {
            let place = matches!(found.kind, EntityKind::Place | EntityKind::Country);
            if !place || found.range.start < from {
                break;
            }
            start = found.range.start;
            continue;
        }
        // «donor-funded»
        let compound = at > from + 1 && page.is_raw(at - 1, "-") && layers.at(at - 2).is_none();
        if compound && page.is_lower(at) {
            start = at - 2;
            continue;
        }
        if let Some(owner) = plural_owner(page, layers, at).filter(|&owner| owner >= from && may_be_part(page, owner)) {
            start = owner;
            continue;
        }
        let number = page.tokens.tokens[at].kind == TokenKind::Number;
        let counted = number && (page.tokens.lower(at).contains('-') || page.tokens.tokens[at].span.len() == 4);
        let determined = at > 0 && page.is_exactly(&names.determiners, at - 1);
        let forms = page.verb_forms(at);
        let participle = forms.iter().any(|form| form.tense == Tense::Participle);
        if !(counted || may_be_part(page, at) || participle && determined) {
            break;
        }
        start = at;
    }
    start
}

/// Whether a word may be a noun or an adjective within a phrase: no function word, no adverb, and no verb without doubt.
pub(super) fn may_be_part(page: &Page<'_>, at: usize) -> bool {
    let verbs = &page.pack.verbs;
    let word = page.is_lower(at) || page.is_capital(at);
    let verb = page.verb_forms(at).iter().any(|form| form.tense != Tense::Gerund);
    let certain = verb && !page.is_exactly(&verbs.ambiguous, at);
    let auxiliary = [&verbs.modal_planned, &verbs.modal_proposed, &verbs.negator, &verbs.conditional]
        .iter()
        .any(|list| page.is_exactly(list, at));
    word && !page.is_function_word(at)
        && !page.is_exactly(&verbs.adverbs, at)
        && !auxiliary
        && (!certain || page.is_capital(at) && at != page.sentence(at).start)
}

/// *Villages **connectés***, *Mains **vertes***: whether a word in lower case agrees with the plural in capitals right before it, and nobody
/// acts and no place follows: *Journées **organisées** par …*.
pub(super) fn agrees(page: &Page<'_>, at: usize) -> bool {
    let plural = |at: usize| page.tokens.lower(at).ends_with(['s', 'x']) && page.tokens.word(at).len() > 3;
    let relations = &page.pack.relations;
    let Some(noun) = at.checked_sub(1).filter(|_| at < page.sentence(at - 1).end) else { return false };
    let participle = || page.verb_forms(at).iter().any(|form| form.tense == Tense::Participle);
    let goes_on = || {
        [&relations.agent_prepositions, &relations.oblique].iter().any(|list| page.is(list, at + 1))
            || page.is_of(at + 1)
    };
    page.is_capital(noun)
        && page.is_lower(at)
        && plural(noun)
        && plural(at)
        && !page.is_function_word(at)
        && (page.is_adjective(at) || participle() && !goes_on())
}

/// The maximal run of capitals from a token on: `Ngarbolnan`, `El Poy`, `Mohamed Ould Ahmed`; acronyms end it.
pub(super) fn capital_run(page: &Page<'_>, from: usize, particles: &Phrases) -> Range<usize> {
    if !page.is_capital(from) {
        return from..from;
    }
    let end = page.sentence(from).end;
    let is_part = |at: usize| at < end && page.is_capital(at) && !page.tokens.tokens[at].acronym;
    let mut at = from;
    while is_part(at) {
        at += 1;
        let mut next = at;
        while next < end && !page.is_capital(next) && page.is(particles, next) {
            next += 1;
        }
        // «Fundación Paz **y el** Instituto»: another name begins.
        let other = page.is_and(at) && next > at + 1;
        if next > at && is_part(next) && !other {
            at = next;
        }
    }
    from..at
}
