//! Which mentions of a document are one thing.
//!
//! *l'Organisation internationale pour les migrations (**OIM**)* · ***l'atelier*** → the workshop before · ***ce projet*** ·
//! ***Elle*** · *la **police salvadorienne*** → the police force of El Salvador named elsewhere
//!
//! Names join by registry entry, folded name, acronym or surname; descriptions come back to the latest thing whose head agrees and
//! nothing contradicts. What comes back to nothing introduces a thing.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::described::FACET;
use super::found::{Found, Layers, Reference};
use super::page::Page;
use crate::model::{EntityKind, SectionKind, fold};

/// A thing of the document: its kind and mentions (indices of [`Layers::found`], in order of the text).
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) kind: EntityKind,
    pub(super) mentions: Vec<usize>,
}

/// Things, and the thing of each mention.
#[derive(Debug, Default)]
pub(super) struct Things {
    pub(super) things: Vec<Thing>,
    pub(super) of: Vec<Option<usize>>,
}

/// Groups the mentions of a document.
pub(super) fn resolve(page: &Page<'_>, layers: &Layers) -> Things {
    let mut order: Vec<usize> = (0..layers.found.len()).collect();
    order.sort_by_key(|&i| (layers.found[i].range.start, std::cmp::Reverse(layers.found[i].range.end)));
    let mut state = State {
        page,
        layers,
        things: Things { things: Vec::new(), of: vec![None; layers.found.len()] },
        names: FxHashMap::default(),
    };
    // Names first, so that a description may come back to a name that is only written out later in a heading's sentence.
    for &index in order.iter().filter(|&&i| is_plain_name(&layers.found[i])) {
        state.name(index);
    }
    // A heading speaks of what the body introduces: its descriptions come last.
    let described: Vec<usize> = order.iter().copied().filter(|&i| !is_plain_name(&layers.found[i])).collect();
    let (facets, described): (Vec<usize>, Vec<usize>) =
        described.into_iter().partition(|&i| layers.found[i].rule == FACET);
    let (headings, body): (Vec<usize>, Vec<usize>) = described.into_iter().partition(|&i| state.in_heading(i));
    for index in body.into_iter().chain(headings) {
        state.description(index);
    }
    for &index in &facets {
        state.facet(index);
    }
    state.undertakings();
    for thing in &mut state.things.things {
        thing.mentions.sort_by_key(|&i| layers.found[i].range.start);
    }
    state.things
}

fn is_plain_name(found: &Found) -> bool {
    matches!(found.reference, Reference::Name | Reference::Acronym)
}

struct State<'a, 'd> {
    page: &'a Page<'d>,
    layers: &'a Layers,
    things: Things,
    /// Folded name → things of that name, each with its kind; one of a kind.
    names: FxHashMap<Cow<'a, str>, Vec<(EntityKind, usize)>>,
}

impl<'a> State<'a, '_> {
    fn name(&mut self, index: usize) {
        let (found, tokens) = (&self.layers.found[index], &self.page.tokens);
        let forms = [&found.range].into_iter().chain(&found.aliases).chain(&found.title);
        let keys: Vec<Cow<'a, str>> = match found.entry {
            Some(entry) => vec![Cow::Owned(format!("#{entry}"))],
            None => forms.map(|range| tokens.folded_words(range.clone())).collect(),
        };
        let thing = self
            .bound_to(index)
            .or_else(|| keys.iter().find_map(|key| self.named(found.kind, key)))
            .or_else(|| self.by_surname(found))
            .unwrap_or_else(|| self.new_thing(found.kind));
        self.join(index, thing);
        for key in keys {
            self.learn(found.kind, key, thing);
        }
        if found.entry.is_some() {
            self.learn(found.kind, tokens.folded_words(found.range.clone()), thing);
        }
    }

    /// The thing of a kind that is called so.
    fn named(&self, kind: EntityKind, name: &str) -> Option<usize> {
        self.names.get(name)?.iter().find(|(of, _)| *of == kind).map(|(_, thing)| *thing)
    }

    /// Calls a thing so, unless another of its kind is called so already.
    fn learn(&mut self, kind: EntityKind, name: Cow<'a, str>, thing: usize) {
        let things = self.names.entry(name).or_default();
        if things.iter().all(|(of, _)| *of != kind) {
            things.push((kind, thing));
        }
    }

    fn new_thing(&mut self, kind: EntityKind) -> usize {
        self.things.things.push(Thing { kind, mentions: Vec::new() });
        self.things.things.len() - 1
    }

    fn join(&mut self, index: usize, thing: usize) {
        self.things.of[index] = Some(thing);
        self.things.things[thing].mentions.push(index);
    }

    /// A name in brackets behind another: *Long Name (ACR)*, *ACR (Long Name)*, *Name (initialement l'Autre Nom – ACR)*.
    fn bound_to(&self, index: usize) -> Option<usize> {
        let found = &self.layers.found[index];
        let start = self.page.sentence(found.range.start).start;
        let mut at = found.range.start;
        let mut steps = 0;
        while at > start && !self.page.is_raw(at, "(") {
            at -= 1;
            steps += 1;
            let passes = self.page.is_raw(at, "(")
                || self.page.is_lower(at)
                || self.page.is_exactly(&self.page.pack.names.definite, at)
                || self.page.is_raw(at, "–")
                || self.page.is_raw(at, "-")
                || self.layers.mention_at(at).is_some_and(|m| m.kind == found.kind);
            if steps > 14 || !passes {
                return None;
            }
        }
        let bracket = at;
        let end = at.checked_sub(1).filter(|b| *b >= start)?;
        self.layers.at(end)?;
        let both = |i: usize| {
            let outer = &self.layers.found[i];
            let conflict = matches!((outer.entry, found.entry), (Some(a), Some(b)) if a != b);
            let plausible = found.reference == Reference::Acronym || outer.reference == Reference::Acronym || steps > 1;
            outer.range.end == bracket && outer.kind == found.kind && !conflict && plausible && i != index
        };
        let nameable = !matches!(found.kind, EntityKind::Country | EntityKind::Place);
        let holders: Vec<usize> = (0..self.layers.found.len()).filter(|&i| nameable && both(i)).collect();
        let acronym = self.page.written(&found.range);
        let listed = |i: &usize| {
            let entry = self.layers.found[*i].entry.map(|e| self.page.lexicon.entry(e));
            entry.is_some_and(|e| e.acronyms.values().flatten().any(|a| *a == acronym))
        };
        let holder = holders
            .iter()
            .copied()
            .find(listed)
            .or_else(|| holders.iter().copied().max_by_key(|&i| self.layers.found[i].range.len()))?;
        self.things.of[holder]
    }

    fn by_surname(&self, found: &Found) -> Option<usize> {
        if found.kind != EntityKind::Person {
            return None;
        }
        let words = self.page.tokens.folded_words(found.range.clone());
        let ends_so = |i: usize| {
            let full = self.page.tokens.folded_words(self.layers.found[i].range.clone());
            full.strip_suffix(words.as_ref()).is_some_and(|rest| rest.ends_with(' '))
        };
        let people = self.things.things.iter().enumerate().filter(|(_, t)| t.kind == EntityKind::Person);
        people.filter(|(_, t)| t.mentions.iter().any(|&i| ends_so(i))).map(|(i, _)| i).next_back()
    }

    fn description(&mut self, index: usize) {
        let found = &self.layers.found[index];
        let title = found.title.as_ref().or(found.apposed.as_ref());
        let titled = title.map(|title| (found.kind, self.page.tokens.folded_words(title.clone())));
        let known = titled.as_ref().and_then(|(kind, name)| self.named(*kind, name));
        let antecedent = known.or_else(|| self.bound_to(index)).or_else(|| match found.reference {
            Reference::Definite if found.title.is_none() => self.antecedent(index),
            _ => None,
        });
        let antecedent = antecedent.or_else(|| self.acronym_behind(index));
        let antecedent = antecedent.or_else(|| self.in_heading(index).then(|| self.announced(index)).flatten());
        if antecedent.is_none() && found.needs_antecedent && !self.introduces(index) {
            return;
        }
        let thing = antecedent.unwrap_or_else(|| self.new_thing(found.kind));
        self.join(index, thing);
        if let Some((kind, name)) = titled {
            self.learn(kind, name, thing);
        }
    }

    /// Whether a description that comes back to nothing is what the text begins to speak of: with an article, where nothing of its kind was
    /// spoken of (*The **hearing** was chaired by …*), or the only one of its kind in the whole text (*Les **négociations** reprendront*).
    fn introduces(&self, index: usize) -> bool {
        let found = &self.layers.found[index];
        let names = &self.page.pack.names;
        let rival =
            |(i, f): (usize, &Found)| i != index && f.kind == found.kind && f.inside.is_none() && f.rule != FACET;
        if found.reference == Reference::Definite && !self.layers.found.iter().enumerate().any(rival) {
            return true;
        }
        let article = found.range.start.checked_sub(1).is_some_and(|b| self.page.is_exactly(&names.definite, b));
        let told =
            |list| found.head.as_ref().is_some_and(|head| self.page.phrase(list, head.start, head.end).is_some());
        // «the opening», «the flight», «the construction» are steps of what was not recognized.
        let step = found.kind == EntityKind::Project
            || told(&names.openings)
            || told(&names.transports)
            || told(&names.crises);
        let one = !found.plural || found.kind == EntityKind::Event;
        article && one && !step && self.things.things.iter().all(|thing| thing.kind != found.kind)
    }

    /// ***Les activités** couvrent …*, ***the second phase** is financed by …*: of the undertaking that the paragraph spoke of last, else of the
    /// one that the text speaks of most, from its heading or its first sentences on.
    fn facet(&mut self, index: usize) {
        const LEAD: usize = 4;
        let found = &self.layers.found[index];
        let (kind, at) = (found.kind, found.range.start);
        let starts = |thing: &Thing| -> Vec<usize> {
            let spoken = thing.mentions.iter().map(|&m| &self.layers.found[m]).filter(|f| !self.is_crisis(f));
            spoken.map(|f| f.range.start).filter(|&s| s < at).collect()
        };
        let number = |at: usize| self.page.sentence_number(at);
        let paragraph = |at: usize| self.page.tokens.sentences.get(number(at)).map(|s| s.paragraph);
        let spoken: Vec<(usize, Vec<usize>)> = self
            .things
            .things
            .iter()
            .enumerate()
            .filter(|(_, thing)| thing.kind == kind)
            .map(|(i, thing)| (i, starts(thing)))
            .filter(|(_, starts)| !starts.is_empty())
            .collect();
        let near = |(i, starts): &(usize, Vec<usize>)| {
            let last = *starts.iter().max()?;
            (paragraph(last) == paragraph(at)).then_some((last, *i))
        };
        let main = |(i, starts): &(usize, Vec<usize>)| {
            let first = *starts.iter().min()?;
            let leads = number(first) < LEAD || starts.len() > 1;
            leads.then_some((starts.len(), std::cmp::Reverse(first), *i))
        };
        let thing = spoken.iter().filter_map(near).max().map(|(_, i)| i);
        let thing = thing.or_else(|| spoken.iter().filter_map(main).max().map(|(.., i)| i));
        if let Some(thing) = thing {
            self.join(index, thing);
        }
    }

    fn is_crisis(&self, found: &Found) -> bool {
        let crises = &self.page.pack.names.crises;
        found.head.as_ref().is_some_and(|head| self.page.phrase(crises, head.start, head.end).is_some())
    }

    /// *programme « Passer sans payer » (**PSP**)*
    fn acronym_behind(&self, index: usize) -> Option<usize> {
        let found = &self.layers.found[index];
        let opened = self.page.is_raw(found.range.end, "(");
        let behind = self.layers.at(found.range.end + 1).filter(|_| opened)?;
        let acronym = &self.layers.found[behind];
        // The bracket may belong to a name at the end of the phrase: *groupe de la [Conférence] (**CRM**)*.
        let nearer = self
            .layers
            .found
            .iter()
            .enumerate()
            .any(|(i, f)| i != index && f.range.end == found.range.end && f.kind == found.kind);
        let same = acronym.kind == found.kind && acronym.reference == Reference::Acronym && !nearer;
        same.then_some(self.things.of[behind]).flatten()
    }

    fn in_heading(&self, index: usize) -> bool {
        self.page.section(self.layers.found[index].range.start) == SectionKind::Title
    }

    fn head_words(&self, found: &Found) -> Option<Cow<'_, str>> {
        found.head.clone().map(|head| self.page.tokens.folded_words(head))
    }

    /// ***Cette initiative** a été financée par …* without a project spoken of before: what the heading announces is meant.
    fn undertakings(&mut self) {
        let announced = self.things.things.iter().position(|thing| {
            let doing = matches!(thing.kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication);
            doing && thing.mentions.iter().any(|&m| self.in_heading(m))
        });
        let Some(announced) = announced else { return };
        for thing in (0..self.things.things.len()).filter(|&t| t != announced) {
            // «ce projet» is no conference.
            let doing = self.things.things[announced].kind == EntityKind::Project;
            let pointing = |&m: &usize| self.points_to_undertaking(m) && (doing || !self.is_project_proper(m));
            if self.things.things[thing].mentions.iter().all(pointing) {
                for mention in std::mem::take(&mut self.things.things[thing].mentions) {
                    self.join(mention, announced);
                }
            }
        }
    }

    /// Whether the head is one that only projects have: *projet*, *programme*.
    fn is_project_proper(&self, index: usize) -> bool {
        let names = &self.page.pack.names;
        let head = self.layers.found[index].head.as_ref();
        head.is_some_and(|head| self.page.phrase(&names.projects_proper, head.start, head.end).is_some())
    }

    /// *cette initiative*, *ce projet*: a demonstrative and a head that stands for any undertaking, no more.
    fn points_to_undertaking(&self, index: usize) -> bool {
        let (found, names) = (&self.layers.found[index], &self.page.pack.names);
        let Some(head) = found.head.as_ref().filter(|head| found.kind == EntityKind::Project && **head == found.range)
        else {
            return false;
        };
        let generic = self.page.phrase(&names.projects.generic, head.start, head.end) == Some(head.len());
        let before = head.start.checked_sub(1);
        generic && before.is_some_and(|b| self.page.is_exactly(&names.demonstrative, b))
    }

    /// What a heading announces in other words: *Un **manuel** pour le retour des mineurs* … *un **manuel** de procédures sur le retour des
    /// enfants*. The first thing of the body with the same head, when the heading says no more, or with half of its content words.
    fn announced(&self, index: usize) -> Option<usize> {
        let heading = &self.layers.found[index];
        let stems = |f: &Found| -> Vec<String> {
            let words = f.range.clone().filter(|&i| !self.page.is_function_word(i)).map(|i| self.page.tokens.word(i));
            words.filter(|w| w.len() > 3).map(|w| w.chars().take(5).collect()).collect()
        };
        let own = stems(heading);
        let bare = heading.head.as_ref().is_some_and(|h| h.end == heading.range.end);
        let fits = |m: &usize| {
            let body = &self.layers.found[*m];
            let theirs = stems(body);
            let common = own.iter().filter(|w| theirs.contains(w)).count();
            let same_head = body.head.is_some()
                && self.head_words(heading) == self.head_words(body)
                && heading.plural == body.plural;
            common >= 2 && 2 * common >= theirs.len().min(own.len()) || bare && same_head
        };
        let things = self
            .things
            .things
            .iter()
            .enumerate()
            .filter(|(_, t)| t.kind == heading.kind && t.mentions.iter().any(fits));
        things.min_by_key(|(_, t)| t.mentions.iter().map(|&m| self.layers.found[m].range.start).min()).map(|(i, _)| i)
    }

    /// The thing that a definite description comes back to.
    fn antecedent(&self, index: usize) -> Option<usize> {
        let found = &self.layers.found[index];
        let scored = self.things.things.iter().enumerate().filter(|(_, thing)| thing.kind == found.kind).filter_map(
            |(i, thing)| {
                let score = thing.mentions.iter().filter_map(|&m| self.agreement(index, m)).max()?;
                let latest = thing
                    .mentions
                    .iter()
                    .map(|&m| self.layers.found[m].range.start)
                    .filter(|s| *s < found.range.start)
                    .max();
                // An opening is that of the first event spoken of; anything else comes back to the latest.
                let first = thing.mentions.iter().map(|&m| std::cmp::Reverse(self.layers.found[m].range.start)).max();
                let first = first.filter(|_| self.is_opening(found));
                Some((score, first, latest, std::cmp::Reverse(i), i))
            },
        );
        scored.max().map(|(.., i)| i)
    }

    /// How well a description agrees with an earlier mention: 4 same words, 3 same head, 2 head inside, 1 related or generic head.
    fn agreement(&self, index: usize, earlier: usize) -> Option<u8> {
        let (found, other) = (&self.layers.found[index], &self.layers.found[earlier]);
        if found.kind == EntityKind::Organization {
            return self.organization_agreement(found, other);
        }
        if self.is_opening(found) && other.range.start < found.range.start && other.kind == EntityKind::Event {
            return (!self.is_opening(other)).then_some(1);
        }
        let before = other.range.start < found.range.start;
        if !before || other.rule.starts_with("acronym") {
            return None;
        }
        let (head, other_head) = (found.head.clone()?, other.head.clone());
        if self.differs(found, other) {
            return None;
        }
        let same_number = found.plural == other.plural;
        let words = |range: &Range<usize>| self.page.tokens.folded_words(range.clone());
        if same_number && words(&found.range) == words(&other.range) {
            return Some(4);
        }
        let stem = |word: &str| word.trim_end_matches(['s', 'x']).to_owned();
        let own = stem(&words(&head));
        let theirs = other_head.as_ref().map(|h| stem(&words(h)));
        let demonstrative = head.start > 0
            && self.page.is_exactly(&self.page.pack.names.demonstrative, found.range.start.saturating_sub(1));
        if theirs.as_ref() == Some(&own) {
            return same_number.then_some(3);
        }
        let inside = words(&other.range).split(' ').any(|word| stem(word) == own);
        if inside && !self.adds_something(found) {
            return Some(2);
        }
        let groups = self.page.pack.names.groups(found.kind)?;
        let end = self.page.sentence(head.start).end;
        let generic = self.page.phrase(&groups.generic, head.start, end) == Some(head.len());
        let related = other_head.is_some_and(|h| {
            let theirs = groups.of(&self.page.words, h.start, h.end);
            groups.of(&self.page.words, head.start, head.end).iter().any(|g| theirs.contains(g))
        });
        let bare = self.is_bare(found);
        ((generic && bare || related || demonstrative && bare) && same_number).then_some(1)
    }

    /// Whether the phrase is its head alone, but for how long it lasts: *the **three-year** initiative*.
    fn is_bare(&self, found: &Found) -> bool {
        let Some(head) = found.head.as_ref().filter(|head| head.end == found.range.end) else { return false };
        let lasts = |t: usize| {
            let counts = self.page.is_exactly(&self.page.pack.names.plural, t)
                || self.page.tokens.tokens[t].kind == crate::text::TokenKind::Number;
            counts || self.page.is_raw(t, "-") || self.page.is(&self.page.pack.names.durations, t)
        };
        (found.range.start..head.start).all(lasts)
    }

    /// Ordinals, *prochain*, *précédentes* or another place tell two things of one head apart.
    fn differs(&self, found: &Found, other: &Found) -> bool {
        let names = &self.page.pack.names;
        let markers = |f: &Found| -> Vec<String> {
            let head = f.head.as_ref().map_or(f.range.start, |h| h.start);
            let before = f.range.start..head;
            let after = f.head.as_ref().map_or(f.range.end, |h| h.end)..f.range.end;
            let marks = |i: &usize| {
                self.page.is(&names.others, *i)
                    || self.page.is(&names.ordinals, *i)
                    || self.page.tokens.tokens[*i].kind == crate::text::TokenKind::Number
            };
            before.chain(after).filter(marks).map(|i| self.page.tokens.word(i).to_owned()).collect()
        };
        let (own, theirs) = (markers(found), markers(other));
        if !own.is_empty() && own != theirs {
            return true;
        }
        self.adds_something(found) && self.adds_something(other) && !self.shares_word(found, other)
    }

    /// Whether the phrase says more than its head.
    fn adds_something(&self, found: &Found) -> bool {
        found.head.as_ref().is_some_and(|head| found.range.end > head.end)
    }

    /// Whether two phrases share a content word besides the head.
    fn shares_word(&self, found: &Found, other: &Found) -> bool {
        let content = |f: &Found| -> Vec<String> {
            let from = f.head.as_ref().map_or(f.range.start, |h| h.end);
            let words =
                (from..f.range.end).filter(|&i| !self.page.is_function_word(i)).map(|i| self.page.tokens.word(i));
            words.filter(|word| word.len() > 2).map(|word| word.trim_end_matches('s').to_owned()).collect()
        };
        let theirs = content(other);
        content(found).iter().any(|word| theirs.contains(word)) || self.only_places(found)
    }

    /// *l'atelier de Dakar*: only a place is added, which an earlier mention need not have said.
    fn only_places(&self, found: &Found) -> bool {
        let from = found.head.as_ref().map_or(found.range.start, |h| h.end);
        (from..found.range.end)
            .filter(|&i| !self.page.is_function_word(i))
            .all(|i| self.layers.found.iter().any(|f| f.kind == EntityKind::Place && f.range.contains(&i)))
    }

    /// *l'inauguration officielle*: of what was spoken of, when it does not say of what.
    fn is_opening(&self, found: &Found) -> bool {
        let Some(head) = &found.head else { return false };
        let opening = self.page.phrase(&self.page.pack.names.openings, head.start, head.end).is_some();
        opening && (head.end..found.range.end).all(|i| self.page.is_lower(i) && !self.page.is_function_word(i))
    }

    /// *ce comité* → the committee named; *la police salvadorienne* → the police of El Salvador.
    fn organization_agreement(&self, found: &Found, other: &Found) -> Option<u8> {
        if found.plural {
            return None;
        }
        let head = found.head.clone()?;
        if !is_plain_name(other) {
            return self.described_alike(found, other);
        }
        let name = match other.entry {
            Some(entry) => fold(self.page.lexicon.entry(entry).name(&[self.page.document.language.primary()])),
            None => self.page.tokens.words(other.range.clone()),
        };
        let first = self.page.tokens.folded_words(head.clone());
        let first = first.as_ref();
        let starts_so = name.strip_prefix(first).is_some_and(|rest| rest.starts_with(' '));
        // «the Kazakh Geographical Society … the Society», «the United Nations Children's Fund … the Fund»
        let behind = || name.split(' ').skip(1).any(|word| word == first);
        let starts_so = starts_so || self.page.pack.names.heads_last && behind();
        let heading = self.page.section(found.range.start) == SectionKind::Title;
        let before = other.range.start < found.range.start || heading;
        if !starts_so || !before {
            return None;
        }
        let modifiers: Vec<usize> = (head.end..found.range.end).filter(|&i| !self.page.is_function_word(i)).collect();
        let fits = |i: &usize| name.contains(self.page.tokens.word(*i)) || self.page.demonyms.contains_key(i);
        modifiers.iter().all(fits).then_some(3)
    }

    /// Two descriptions of one body: the same head and most content words of the shorter one.
    fn described_alike(&self, found: &Found, other: &Found) -> Option<u8> {
        let (head, theirs) = (found.head.clone()?, other.head.clone()?);
        let same_head = self.page.tokens.folded_words(head) == self.page.tokens.folded_words(theirs);
        let content = |f: &Found| -> Vec<String> {
            let from = f.head.as_ref().map_or(f.range.start, |h| h.end);
            (from..f.range.end)
                .filter(|&i| !self.page.is_function_word(i))
                .map(|i| self.page.tokens.word(i).to_owned())
                .collect()
        };
        let (own, others) = (content(found), content(other));
        let common = own.iter().filter(|w| others.contains(w)).count();
        let shorter = own.len().min(others.len());
        let bare = own.is_empty();
        (same_head && other.range.start < found.range.start && (bare || shorter > 0 && 5 * common >= 3 * shorter))
            .then_some(2)
    }
}
