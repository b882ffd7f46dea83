//! Governments of parts of a country, and the aid of a state that is called after it.
//!
//! *le **gouvernement du Québec*** · *the **Kaduna State Government*** · *el **Gobierno Vasco*** · *la **coopération italienne***
//!
//! Near miss: *le **gouvernement du Mali*** (acts as the country does), *la **coopération régionale*** (no state's).

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::capital_run;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// The government that a word for one names, when it is no country's.
pub(super) fn government(page: &Page<'_>, layers: &mut Layers, at: usize, after: usize) {
    let names = &page.pack.names;
    let one = page.phrase(&names.bare_government, at, after) == Some(after - at);
    if !one || layers.at(at).is_some() || page.in_capitals(at) {
        return;
    }
    let found = behind(page, layers, at, after).or_else(|| before(page, layers, at, after));
    if let Some(range) = found {
        let mut found = Found::new(range, EntityKind::Organization, Reference::Name, "organization/government");
        found.head = Some(at..after);
        layers.add(found);
    }
}

/// *gouvernement **provincial de la Karnali***, *gouvernement **du Québec***, *Gobierno **Vasco***.
fn behind(page: &Page<'_>, layers: &Layers, at: usize, after: usize) -> Option<Range<usize>> {
    let names = &page.pack.names;
    let end = page.sentence(at).end;
    let mut next = after;
    while next < end && page.is(&names.regional, next) {
        next += 1;
    }
    if next >= end {
        return None;
    }
    if page.is_of(next) {
        let name = page.past_determiners(next + 1, end);
        let place = layers.mention_at(name).filter(|f| f.kind == EntityKind::Place && f.range.start == name);
        let place = place.map(|f| f.range.end);
        // «gouvernement régional de Natitingou»: what no list holds is a place when the adjective says so.
        let unlisted = || {
            let run = capital_run(page, name, &names.organization_particles);
            (next > after && !run.is_empty() && layers.is_free(&run)).then_some(run.end)
        };
        return place.or_else(unlisted).map(|last| at..last);
    }
    // «le gouvernement québécois»
    if is_regional_demonym(page, next) {
        return Some(at..next + 1);
    }
    let adjective = page.is_capital(at) && page.is_capital(next) && layers.at(next).is_none();
    let national = page.is(&names.national, next) || page.demonym_country(next).is_some();
    let alone = !page.is_capital(next + 1);
    (adjective && !names.heads_last && next == after && !national && alone).then_some(at..next + 1)
}

/// *the **Kaduna State** Government*, *the **Flemish** Government*: where heads stand last.
fn before(page: &Page<'_>, layers: &Layers, at: usize, after: usize) -> Option<Range<usize>> {
    let names = &page.pack.names;
    let start = page.sentence(at).start;
    if !names.heads_last || !page.is_capital(at) || at <= start {
        return None;
    }
    if is_regional_demonym(page, at - 1) {
        return Some(at - 1..after);
    }
    let part = at - 1;
    let mut from = part;
    while from > start && page.is_capital(from - 1) && !page.is_function_word(from - 1) {
        from -= 1;
    }
    let country = (from..part).any(|i| layers.mention_at(i).is_some_and(|f| f.kind == EntityKind::Country));
    (page.is_capital(part) && page.is(&names.regional, part) && from < part && !country).then_some(from..after)
}

fn is_regional_demonym(page: &Page<'_>, at: usize) -> bool {
    let entry = page.demonyms.get(&at).map(|&entry| page.lexicon.entry(entry));
    entry.is_some_and(|entry| entry.kind == EntityKind::Place)
}

/// *la **coopération italienne***, *the **Swiss Cooperation***: the aid that a state gives through a body of its own.
pub(super) fn cooperation(page: &Page<'_>, layers: &mut Layers, at: usize) {
    let names = &page.pack.names;
    if !page.is(&names.cooperation, at) || layers.at(at).is_some() || page.in_capitals(at) {
        return;
    }
    let sentence = page.sentence(at);
    let range = if names.heads_last {
        let national = at > sentence.start && page.is_capital(at) && page.demonym_country(at - 1).is_some();
        national.then(|| at - 1..at + 1)
    } else {
        let definite = at > sentence.start && page.is_exactly(&names.definite, at - 1);
        let national = at + 1 < sentence.end && page.demonym_country(at + 1).is_some();
        // «la coopération italienne en matière de …», «la coopération franco-italienne»
        let plain = !page.is_and(at + 2) && !page.is_raw(at + 2, "-");
        (national && plain && (definite || page.is_capital(at))).then(|| at..at + 2)
    };
    // «la coopération allemande GIZ»: the common noun says what the body is.
    let named = |end: usize| layers.mention_at(end).is_some_and(|f| f.kind == EntityKind::Organization);
    let free = |range: &Range<usize>| range.clone().all(|i| layers.at(i).is_none()) && !named(range.end);
    let Some(range) = range.filter(free) else { return };
    let mut found = Found::new(range, EntityKind::Organization, Reference::Name, "organization/cooperation");
    found.head = Some(at..at + 1);
    layers.add(found);
}
