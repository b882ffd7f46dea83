//! Names of the registry.
//!
//! *l'**OIM** et le **HCR** au **Salvador*** → two organizations and a country
//!
//! Near miss: *la réunion* is not La Réunion; *Tripoli* of two countries is one of them only when the document says which.

use std::collections::HashSet;
use std::ops::Range;

use crate::extract::explain::Lost;
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::lexicon::{BodyWord, Entry, bodies};
use crate::model::EntityKind;

/// Organizations, longest first.
pub(super) fn organizations(page: &Page<'_>, layers: &mut Layers) {
    add(page, layers, |kind| kind == EntityKind::Organization);
}

/// Countries, regions and places, longest first.
pub(super) fn places(page: &Page<'_>, layers: &mut Layers) {
    add(page, layers, |kind| matches!(kind, EntityKind::Country | EntityKind::Place));
}

fn add(page: &Page<'_>, layers: &mut Layers, wanted: impl Fn(EntityKind) -> bool) {
    let countries = Countries::of(page);
    let explained = super::acronym::explained_otherwise(page);
    let mut hits: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for (range, entries) in &page.listed {
        let meant = meant(page, range, entries, &countries);
        let fits = |e: usize| {
            let kind = page.lexicon.entry(e).kind;
            wanted(kind) && meant.is_none_or(|meant| meant == Some(kind)) && !countries.misplace(page, range, e)
        };
        let entries: Vec<usize> = entries.iter().copied().filter(|&e| fits(e)).collect();
        if !entries.is_empty() {
            hits.push((range.clone(), entries));
        }
    }
    hits.sort_by_key(|(range, _)| (std::cmp::Reverse(range.len()), range.start));
    for (range, entries) in hits {
        let kind = page.lexicon.entry(entries[0]).kind;
        let choice = choose(page, &entries, &countries);
        let address = matches!(kind, EntityKind::Place | EntityKind::Country)
            && range.start.checked_sub(1).is_some_and(|before| super::place::on_street(page, before));
        // «projet Lacs propres»: a title begins, no place.
        let titled = kind == EntityKind::Place && range.start.checked_sub(1).is_some_and(|b| begins_title(page, b));
        // «el Centro de Estudios», «Para …»: a common noun that bodies begin with, a function word that opens a sentence
        let noun = page.past_determiners(range.start, range.end);
        let common = kind == EntityKind::Place
            && (noun > range.start
                && (page.is_lower(range.start) || page.sentence(range.start).start == range.start)
                && page.phrase(&page.pack.names.organization_heads, noun, range.end).is_some()
                || range.len() == 1
                    && page.is_function_word(range.start)
                    && page.sentence(range.start).start == range.start);
        if address || titled || common {
            continue;
        }
        if kind == EntityKind::Place
            && (!believable(page, &range, &entries) || part_of_longer_name(page, layers, &range))
        {
            continue;
        }
        let acronym = range.len() == 1 && page.tokens.tokens[range.start].acronym;
        if acronym && explained.contains(page.tokens.raw(range.start)) {
            continue;
        }
        if kind == EntityKind::Organization && choice.is_none() && acronym && entries.len() > 1 {
            // Several bodies share the acronym and nothing here tells which.
            page.trace.note(|| undecided(page, &range, &entries));
            continue;
        }
        if acronym && choice.is_some_and(|only| is_shared(page, range.start, only)) {
            page.trace.note(|| unsupported(page, &range, entries[0]));
            continue;
        }
        let reference = if acronym { Reference::Acronym } else { Reference::Name };
        let found = Found { entry: choice, ..Found::new(range.clone(), kind, reference, "name/listed") };
        if layers.add(found).is_none() {
            add_parent(page, layers, &range, choice);
        }
    }
}

/// *DRC* is a country and a body: which of the two it is here, or that nothing tells (`Some(None)`); `None` when the form is of one kind.
fn meant(
    page: &Page<'_>,
    range: &Range<usize>,
    entries: &[usize],
    countries: &Countries<'_>,
) -> Option<Option<EntityKind>> {
    if range.len() > 1 || !page.tokens.tokens[range.start].acronym {
        return None;
    }
    let entry = |e: usize| -> &Entry { page.lexicon.entry(e) };
    let of = |kind| entries.iter().copied().filter(|e| entry(*e).kind == kind).collect::<Vec<_>>();
    let (states, bodies) = (of(EntityKind::Country), of(EntityKind::Organization));
    if states.is_empty() || bodies.is_empty() {
        return None;
    }
    let spelled = |among: &[usize]| {
        page.listed.iter().any(|(long, owners)| long.len() > 1 && owners.iter().any(|owner| among.contains(owner)))
    };
    match (spelled(&states), spelled(&bodies)) {
        (true, false) => return Some(Some(EntityKind::Country)),
        (false, true) => return Some(Some(EntityKind::Organization)),
        _ => {}
    }
    // Wherever the text says it: «in DRC», «the DRC», a town or people of that country.
    let names = &page.pack.names;
    let placed = |at: usize| page.is(&names.place_prepositions, at) || page.is_exactly(&names.definite, at);
    let same = |(other, _): &&(Range<usize>, Vec<usize>)| {
        other.len() == 1 && page.tokens.raw(other.start) == page.tokens.raw(range.start)
    };
    let somewhere = page.listed.iter().filter(same).any(|(other, _)| other.start.checked_sub(1).is_some_and(placed));
    let spoken_of =
        states.iter().any(|state| entry(*state).country.is_some_and(|code| countries.has_town_or_people(page, code)));
    let country = !spelled(&bodies) && (somewhere || spoken_of);
    Some(country.then_some(EntityKind::Country))
}

/// Whether a name right behind this token is the title of a project or publication.
pub(super) fn begins_title(page: &Page<'_>, head: usize) -> bool {
    let names = &page.pack.names;
    page.is_lower(head) && (page.is(&names.projects.heads, head) || page.is(&names.publications.heads, head))
}

/// *ACF* alone may be a body of no list: whether nothing here says that it is the listed one. Its name spelled out does, or a listed body
/// with which it stands in a list.
fn is_shared(page: &Page<'_>, at: usize, entry: usize) -> bool {
    if !page.lexicon.entry(entry).shared.contains(&page.tokens.raw(at)) {
        return false;
    }
    let spelled = page.listed.iter().any(|(range, owners)| range.len() > 1 && owners.as_slice() == [entry]);
    let links = |between: Range<usize>| {
        let linked = |i: usize| page.is_raw(i, ",") || page.is(&page.pack.names.conjunctions, i);
        !between.is_empty()
            && page.past_determiners(between.start + 1, between.end) == between.end
            && linked(between.start)
    };
    let peer = |e: usize| {
        let other = page.lexicon.entry(e);
        other.kind == EntityKind::Organization && other.country.is_none() && other.shared.is_empty()
    };
    let company = page.listed.iter().any(|(range, owners)| {
        let beside = range.end <= at && links(range.end..at) || range.start > at && links(at + 1..range.start);
        beside && matches!(owners.as_slice(), [only] if peer(*only))
    });
    !spelled && !company
}

fn unsupported(page: &Page<'_>, range: &Range<usize>, entry: usize) -> Lost {
    Lost {
        tokens: vec![range.clone()],
        what: EntityKind::Organization.as_str().to_owned(),
        rule: "name/listed".to_owned(),
        reason: format!(
            "bodies of no list have it too, and nothing here says that it is {}",
            page.lexicon.entry(entry).key
        ),
    }
}

fn undecided(page: &Page<'_>, range: &Range<usize>, entries: &[usize]) -> Lost {
    let bodies: Vec<&str> = entries.iter().map(|&e| page.lexicon.entry(e).key.as_ref()).collect();
    Lost {
        tokens: vec![range.clone()],
        what: EntityKind::Organization.as_str().to_owned(),
        rule: "name/listed".to_owned(),
        reason: format!("several bodies share it and nothing here tells which: {}", bodies.join(", ")),
    }
}

/// A listed long form may end in its parent's name, which stays a mention of its own: *Bureau … du **Département d'Etat américain***.
fn add_parent(page: &Page<'_>, layers: &mut Layers, range: &Range<usize>, choice: Option<usize>) {
    let (Some(entry), Some(outer)) = (choice, layers.at(range.start)) else { return };
    let key = &page.lexicon.entry(entry).key;
    let holder = &layers.found[outer];
    let Some(holder_entry) = holder.entry else { return };
    let is_parent = page.lexicon.entry(holder_entry).parent == Some(key.as_ref());
    let at_end = holder.range.start < range.start && range.end == holder.range.end;
    // What stands before must be a name of the holder by itself: «Comité international de la Croix-Rouge» is one name.
    let own = page.listed.iter().any(|(r, entries)| {
        r.start == holder.range.start
            && r.end < range.start
            && r.end + 2 >= range.start
            && entries.contains(&holder_entry)
    });
    let head = page.phrase(&page.pack.names.organization_heads, holder.range.start, range.start);
    let bare_head = head.is_some_and(|n| {
        let of = holder.range.start + n;
        page.is_of(of) && page.past_determiners(of + 1, range.end) == range.start
    });
    if is_parent && at_end && (own || bare_head) {
        let found = Found {
            entry: choice,
            ..Found::new(range.clone(), EntityKind::Organization, Reference::Name, "name/listed")
        };
        layers.add_inside(found, outer);
    }
}

/// The one entry that is meant, or none when nothing decides between several.
fn choose(page: &Page<'_>, entries: &[usize], countries: &Countries<'_>) -> Option<usize> {
    let entry = |i: &usize| -> &Entry { page.lexicon.entry(*i) };
    let one = |chosen: Vec<usize>| (chosen.len() == 1).then(|| chosen[0]);
    if let [only] = entries {
        let fits = entry(only).kind != EntityKind::Place || countries.fit(entry(only));
        return fits.then_some(*only);
    }
    if entry(&entries[0]).kind == EntityKind::Organization {
        let spelled =
            |e: &usize| page.listed.iter().any(|(range, owners)| range.len() > 1 && owners.as_slice() == [*e]);
        return one(entries.iter().copied().filter(spelled).collect())
            .or_else(|| countries.only_one_at_home(page, entries));
    }
    // A country before a place of the same name; then what lies in a country of the document; then the capital.
    let country = one(entries.iter().copied().filter(|e| entry(e).kind == EntityKind::Country).collect());
    let lies = |named: &HashSet<&str>| {
        one(entries.iter().copied().filter(|e| entry(e).country.is_some_and(|c| named.contains(c))).collect())
    };
    let capital = || one(entries.iter().copied().filter(|e| entry(e).capital).collect());
    country.or_else(|| lies(&countries.named)).or_else(capital).or_else(|| lies(&countries.of_adjectives))
}

/// The countries of a document: those it names, and those whose adjective it uses.
struct Countries<'p> {
    named: HashSet<&'p str>,
    of_adjectives: HashSet<&'p str>,
}

impl<'p> Countries<'p> {
    fn of(page: &'p Page<'_>) -> Self {
        let country =
            |e: usize| Some(page.lexicon.entry(e)).filter(|e| e.kind == EntityKind::Country).map(|e| e.key.as_ref());
        let single = page.listed.iter().filter(|(_, entries)| entries.len() == 1).map(|(_, entries)| entries[0]);
        Self {
            named: single.filter_map(country).collect(),
            of_adjectives: page.demonyms.values().filter_map(|&e| country(e)).collect(),
        }
    }

    /// *BAD* is the African bank where a text speaks of African countries, and of none in which the Asian one works.
    fn only_one_at_home(&self, page: &Page<'_>, entries: &[usize]) -> Option<usize> {
        let entry = |e: &usize| -> &Entry { page.lexicon.entry(*e) };
        let told = |e: &usize| entry(e).country.is_some() || !entry(e).countries.is_empty();
        let speaks = |country: &&str| self.named.contains(*country) || self.of_adjectives.contains(*country);
        let at_home = |e: &&usize| entry(e).country.iter().chain(&entry(e).countries).any(speaks);
        let fitting: Vec<usize> = entries.iter().filter(at_home).copied().collect();
        (fitting.len() == 1 && entries.iter().all(told)).then(|| fitting[0])
    }

    /// *Instituto Nacional de Estadística* is not Spain's where a text speaks of other countries only.
    fn misplace(&self, page: &Page<'_>, range: &Range<usize>, entry: usize) -> bool {
        let entry = page.lexicon.entry(entry);
        let Some(country) = entry.country.filter(|_| entry.kind == EntityKind::Organization) else { return false };
        let speaks = self.named.contains(country) || self.of_adjectives.contains(country);
        let silent = self.named.is_empty() && self.of_adjectives.is_empty();
        let national = |at: usize| bodies().word(page.tokens.word(at)) == Some(BodyWord::National);
        let head = || matches!(bodies().word(&page.tokens.words(range.clone())), Some(BodyWord::Head(_)));
        !speaks && !silent && (range.clone().any(national) || head())
    }

    /// Whether the text names a town that only this country has, or its people.
    fn has_town_or_people(&self, page: &Page<'_>, country: &str) -> bool {
        let town = |entries: &[usize]| {
            let all = entries.iter().map(|e| page.lexicon.entry(*e));
            all.clone().next().is_some()
                && all.into_iter().all(|e| e.kind == EntityKind::Place && e.country == Some(country))
        };
        self.of_adjectives.contains(country) || page.listed.iter().any(|(_, entries)| town(entries))
    }

    /// A listed town is taken for the one of that name when the document speaks of its country, or of no country, or it is a capital.
    fn fit(&self, entry: &Entry) -> bool {
        let Some(country) = entry.country else { return true };
        let speaks = self.named.contains(country) || self.of_adjectives.contains(country);
        speaks || entry.capital || self.named.is_empty() && self.of_adjectives.is_empty()
    }
}

/// A single word that is often something else needs a preposition of place before it or a country beside it.
fn believable(page: &Page<'_>, range: &Range<usize>, entries: &[usize]) -> bool {
    if range.len() > 1 || !entries.iter().all(|&e| page.lexicon.entry(e).ambiguous) {
        return true;
    }
    let before = range.start.checked_sub(1);
    let names = &page.pack.names;
    let placed = before.is_some_and(|at| page.is(&names.place_prepositions, at));
    let bracketed = page.is_raw(range.end, "(");
    placed || bracketed
}

/// A single town's name with another capital right beside it is part of another name: *Komadougou **Yobé***.
fn part_of_longer_name(page: &Page<'_>, layers: &Layers, range: &Range<usize>) -> bool {
    if range.len() > 1 || page.tokens.tokens[range.start].acronym {
        return false;
    }
    let sentence = page.sentence(range.start);
    let loose = |at: usize| {
        let names = &page.pack.names;
        page.is_capital(at)
            && !page.tokens.tokens[at].acronym
            && layers.at(at).is_none()
            && !page.is_function_word(at)
            && !page.is(&names.roles, at)
            && !page.is(&names.place_heads, at)
            && !page.listed.iter().any(|(r, _)| r.contains(&at))
    };
    // A word at the head of a sentence has a capital anyway, unless no list knows it in lower case: *Wendell **Castries***.
    let begins = range.start == sentence.start + 1 && page.words.exact(sentence.start) != 0;
    let before = range.start > sentence.start && !begins && loose(range.start - 1);
    before || range.end < sentence.end && loose(range.end)
}
