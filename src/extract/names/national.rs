//! Organizations named with a country, or told by their last word.
//!
//! *Croix-Rouge **de Sainte-Lucie*** · ***Vodacom** Lesotho* · *Copperbelt **University*** · ***OIM** El Salvador*
//!
//! Near miss: *le Lesotho* alone, *Mardi, Haïti …*.

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::lexicon::{BodyWord, bodies};
use crate::model::EntityKind;

/// *Copperbelt **University***, *First Quantum **Minerals***: capitals that end in a word for a body.
pub(super) fn by_last_word(page: &Page<'_>, layers: &mut Layers) {
    for at in 0..page.tokens.tokens.len() {
        if !page.is_capital(at) || !page.is(&page.pack.names.last_words, at) || page.in_capitals(at) {
            continue;
        }
        let sentence = page.sentence(at);
        let mut start = at;
        while start > sentence.start
            && (page.is_capital(start - 1) || page.is_raw(start - 1, "&"))
            && !page.is_function_word(start - 1)
            && layers.mention_at(start - 1).is_none_or(|f| f.range.end <= start && f.kind != EntityKind::Organization)
        {
            start -= 1;
        }
        let end = if page.is_capital(at + 1) && at + 1 < sentence.end && page.is(&page.pack.names.last_words, at + 1) {
            at + 2
        } else {
            at + 1
        };
        if start < at {
            layers.add(Found::new(start..end, EntityKind::Organization, Reference::Name, "organization/last-word"));
        }
    }
}

/// *Croix-Rouge **de Sainte-Lucie***, *Croissant-Rouge **tadjik***: the society of one country.
pub(super) fn branches(page: &Page<'_>, layers: &mut Layers) {
    for at in 0..page.tokens.tokens.len() {
        if !page.may_begin(&page.pack.names.branches, at) {
            continue;
        }
        let end = page.sentence(at).end;
        let Some(length) = page.phrase(&page.pack.names.branches, at, end).filter(|_| page.is_capital(at)) else {
            continue;
        };
        let next = at + length;
        let own = layers.mention_at(at).is_none_or(|f| f.range.start == at && f.range.end <= next);
        let adjective = (next < end && page.demonyms.contains_key(&next)).then_some(next + 1);
        let country = page.past_determiners(next + 1, end);
        let of = (next < end && page.is_of(next))
            .then(|| layers.mention_at(country).filter(|f| f.range.start == country))
            .flatten()
            .filter(|f| matches!(f.kind, EntityKind::Country | EntityKind::Place) && f.head.is_none())
            .map(|f| f.range.end);
        if let Some(last) = adjective.or(of).filter(|_| own) {
            layers.add(Found::new(at..last, EntityKind::Organization, Reference::Name, "organization/branch"));
        }
    }
    join_short_branches(page, layers);
}

/// *la Croix-Rouge malgache … **la Croix-Rouge***: the short form means the one society that the text names in full.
fn join_short_branches(page: &Page<'_>, layers: &mut Layers) {
    let length = |range: &std::ops::Range<usize>| page.phrase(&page.pack.names.branches, range.start, range.end);
    let full: Vec<std::ops::Range<usize>> = layers
        .found
        .iter()
        .filter(|f| f.inside.is_none() && length(&f.range).is_some_and(|n| n < f.range.len()))
        .map(|f| f.range.clone())
        .collect();
    let mut names: Vec<String> = full.iter().map(|range| page.tokens.words(range.clone())).collect();
    names.sort_unstable();
    names.dedup();
    let ([_], Some(full)) = (names.as_slice(), full.first().cloned()) else { return };
    let entry = layers.mention_at(full.start).and_then(|f| f.entry);
    for found in &mut layers.found {
        if found.inside.is_none() && length(&found.range) == Some(found.range.len()) {
            found.entry = entry;
            found.aliases = vec![full.clone()];
            found.rule = "organization/branch";
        }
    }
}

/// *Vodacom Lesotho*, *Radio Kenya*: capitals that no list holds, with the name of a country right behind them.
pub(super) fn with_country(page: &Page<'_>, layers: &mut Layers) {
    let countries: Vec<std::ops::Range<usize>> = layers
        .found
        .iter()
        .filter(|f| f.kind == EntityKind::Country && f.inside.is_none() && f.rule == "name/listed")
        .map(|f| f.range.clone())
        .collect();
    for country in countries {
        let sentence = page.sentence(country.start);
        let names = &page.pack.names;
        let mut start = country.start;
        while start > sentence.start
            && page.is_capital(start - 1)
            && layers.at(start - 1).is_none()
            && !page.is_function_word(start - 1)
            && !page.is(&page.pack.verbs.adverbs, start - 1)
        {
            start -= 1;
        }
        let alone = start == sentence.start && country.start - start == 1 && page.words.exact(start) != 0;
        let role = page.is(&names.roles, start) || page.is(&names.titles, start) || page.is(&names.place_heads, start);
        let described = [&names.projects, &names.events, &names.publications].iter().any(|g| page.is(&g.heads, start));
        if start == country.start || alone || role || described || page.in_capitals(start) {
            continue;
        }
        layers.add(Found::new(start..country.end, EntityKind::Organization, Reference::Name, "organization/national"));
    }
}

/// *OIM El Salvador*, *UNICEF RDC*, *OIM El Salvador, Guatemala et Honduras*: a body and where its office is.
pub(super) fn offices(layers: &mut Layers) {
    let mut national = Vec::new();
    for index in 0..layers.found.len() {
        let body = &layers.found[index];
        if body.kind != EntityKind::Organization
            || body.inside.is_some()
            || !matches!(body.reference, Reference::Acronym | Reference::Name)
        {
            continue;
        }
        let short = body.reference == Reference::Acronym || body.range.len() == 1;
        let place = layers.mention_at(body.range.end);
        let Some(place) = place.filter(|p| short && matches!(p.kind, EntityKind::Place | EntityKind::Country)) else {
            continue;
        };
        if place.range.start != body.range.end || place.rule == "country/government" {
            continue;
        }
        let range = body.range.start..place.range.end;
        let acronym = body.reference == Reference::Acronym;
        let body_range = body.range.clone();
        let rule = if acronym { "organization/office" } else { "organization/national" };
        let added = layers.add(Found::new(range, EntityKind::Organization, Reference::Name, rule));
        // «Caritas Togo» is a body of its own, no office of another.
        if !acronym && added.is_some() {
            national.push(body_range);
        }
    }
    layers.retain(|_, f| !(f.kind == EntityKind::Organization && f.inside.is_some() && national.contains(&f.range)));
}

/// *IOM's **office in** Chad*, *UNHCR **Regional Office in** Bangkok*: the same where heads stand last.
pub(super) fn offices_behind(page: &Page<'_>, layers: &mut Layers) {
    const LONGEST: usize = 3;
    if !page.pack.names.heads_last {
        return;
    }
    let bodies_named: Vec<std::ops::Range<usize>> = layers
        .found
        .iter()
        .filter(|f| f.kind == EntityKind::Organization && f.inside.is_none() && f.entry.is_some())
        .map(|f| f.range.clone())
        .collect();
    for body in bodies_named {
        let end = page.sentence(body.start).end;
        let genitive = page.is_raw(body.end + 1, "s") && body.end + 2 < end;
        let from = if genitive { body.end + 2 } else { body.end };
        let is_office = |length: &usize| {
            from + length < end
                && matches!(bodies().word(&page.tokens.words(from..from + length)), Some(BodyWord::Office(_)))
        };
        let Some(length) = (1..=LONGEST).rev().find(is_office) else { continue };
        let preposition = from + length;
        let place = page.past_determiners(preposition + 1, end);
        let lies = layers
            .mention_at(place)
            .filter(|f| f.range.start == place && matches!(f.kind, EntityKind::Place | EntityKind::Country));
        let Some(last) =
            lies.map(|f| f.range.end).filter(|_| page.is(&page.pack.names.place_prepositions, preposition))
        else {
            continue;
        };
        layers.add(Found::new(body.start..last, EntityKind::Organization, Reference::Name, "organization/office"));
        // «Regional Office» in it is no body by itself.
        let bare = |f: &Found| f.kind == EntityKind::Organization && f.range == (from..preposition);
        layers.retain(|_, f| !(bare(f) && f.inside.is_some()));
    }
}
