//! Organizations built around a head noun, governments, and offices.
//!
//! ***Comité national de lutte contre la traite** présente* · *le **ministère de l'Emploi** du Niger* · ***OIM El Salvador***
//!
//! Near miss: *une association locale* (indefinite, no name), *les organismes partenaires* (plural).

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::{self, Style, capital_run};
use crate::extract::page::Page;
use crate::model::EntityKind;

/// *le gouvernement salvadorien*, *les autorités nigériennes* stand for the country.
pub(super) fn governments(page: &Page<'_>, layers: &mut Layers) {
    for at in 0..page.tokens.tokens.len() {
        let end = page.sentence(at).end;
        let Some(length) = page.phrase(&page.pack.names.government, at, end) else { continue };
        let adjective = at + length;
        if let Some(country) = (adjective < end).then(|| page.demonym_country(adjective)).flatten() {
            let found = Found::new(at..adjective + 1, EntityKind::Country, Reference::Name, "country/government");
            layers.add(Found { entry: Some(country), ..found });
        }
    }
}

/// Organizations by their head noun.
pub(super) fn by_head(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        let end = page.sentence(at).end;
        let length = page.phrase(&names.organization_heads, at, end);
        let Some(length) = length.filter(|_| layers.at(at).is_none()) else {
            at += 1;
            continue;
        };
        let next = read_head(page, layers, at, length);
        at = next.unwrap_or(at + 1);
    }
}

/// Reads an organization from its head; returns where to go on.
fn read_head(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    let capital = page.is_capital(at);
    let indefinite = at > 0 && (page.is_exactly(&names.indefinite, at - 1) || page.is_exactly(&names.plural, at - 1));
    if let Some(found) = introduced(page, layers, at, length) {
        let end = found.range.end;
        return layers.add(found).map(|_| end);
    }
    let lower = page.phrase(&names.organization_lower, at, at + length) == Some(length);
    if !capital && (!lower || indefinite) {
        return None;
    }
    let style = Style { prepositions: &names.complement, goal: None, capitals: capital, longest: 26 };
    let extent = noun_phrase::read(page, layers, at + length, &style);
    if extent.end == at + length {
        return bare(page, layers, at, length);
    }
    // «la mission de formation», «le bureau de vote»: in lower case a single common noun makes no name.
    let modified = extent.complements.len() > 1
        || extent.complements.iter().any(|c| c.mention.is_some())
        || extent.complements.first().is_none_or(|c| c.start > at + length)
        || (at..extent.end).any(|i| page.is_capital(i));
    if !capital && !modified {
        return None;
    }
    let reference =
        if capital || names_something(page, at, extent.end) { Reference::Name } else { Reference::Definite };
    let mut found = Found::new(at..extent.end, EntityKind::Organization, reference, "organization/head");
    found.head = Some(at..at + length);
    found.plural = page.tokens.word(at).ends_with('s') && !capital;
    let mut aliases = Vec::new();
    for complement in &extent.complements {
        let has_more = complement.start > at + length;
        if complement.mention.is_some() && has_more {
            aliases.push(at..complement.start);
        }
    }
    found.aliases = aliases;
    add_location(page, layers, &mut found);
    let end = found.range.end;
    layers.add(found).map(|_| end)
}

/// Whether a lower-case head is followed by capitals: *ministère de l'Emploi*.
fn names_something(page: &Page<'_>, at: usize, end: usize) -> bool {
    (at..end).any(|i| page.is_capital(i))
}

/// *la Commission*, *ce comité*: comes back to a body named before, or is dropped later.
fn bare(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    let before = at.checked_sub(1)?;
    let pointing = page.is_exactly(&names.definite, before) || page.is_exactly(&names.demonstrative, before);
    if !pointing || page.is_exactly(&names.plural, before) {
        return None;
    }
    let mut found = Found::new(at..at + length, EntityKind::Organization, Reference::Definite, "organization/short");
    found.head = Some(at..at + length);
    layers.add(found).map(|_| at + length)
}

/// *l'ONG nigérienne Karkara*, *l'entreprise Sogea-Satom*: a head, perhaps an adjective, and a name.
fn introduced(page: &Page<'_>, layers: &Layers, at: usize, length: usize) -> Option<Found> {
    let names = &page.pack.names;
    if page.phrase(&names.introducing, at, at + length) != Some(length) {
        return None;
    }
    let end = page.sentence(at).end;
    let mut name = at + length;
    while name < end
        && page.is_lower(name)
        && (names.is_adjective(&page.tokens, name) || page.demonyms.contains_key(&name))
    {
        name += 1;
    }
    let quoted = page.is_raw(name, "«") || page.is_raw(name, "\"") || page.is_raw(name, "“");
    let start = if quoted { name + 1 } else { name };
    let run = if page.tokens.tokens.get(start).is_some_and(|t| t.acronym) {
        start..start + 1
    } else {
        capital_run(page, start, &names.particles)
    };
    if run.is_empty()
        || run.end > end
        || !layers.is_free(&run)
        || run.start == at + length && page.is_capital(at) && !quoted && run.len() == 1
    {
        return None;
    }
    let mut found = Found::new(at..run.end, EntityKind::Organization, Reference::Name, "organization/introduced");
    found.head = Some(at..at + length);
    found.aliases = vec![run];
    Some(found)
}

/// An office's location belongs to its long name: *Bureau régional de l'OIM **à Dakar***.
fn add_location(page: &Page<'_>, layers: &Layers, found: &mut Found) {
    let names = &page.pack.names;
    let Some(head) = found.head.clone() else { return };
    let office = page.phrase(&names.offices, head.start, head.end).is_some();
    let end = page.sentence(head.start).end;
    let at = found.range.end;
    let holds_body =
        found.range.clone().any(|i| layers.mention_at(i).is_some_and(|f| f.kind == EntityKind::Organization));
    if !office || !holds_body || at >= end || !(page.is_base(at, "à") || page.is_base(at, "en")) {
        return;
    }
    let place = page.past_determiners(at + 1, end);
    if let Some(mention) =
        layers.mention_at(place).filter(|f| matches!(f.kind, EntityKind::Place | EntityKind::Country))
    {
        found.aliases.push(found.range.clone());
        found.range.end = mention.range.end;
    }
}

/// *OIM El Salvador*, *UNICEF RDC*, *OIM El Salvador, Guatemala et Honduras*: a body and where its office is.
pub(super) fn offices(page: &Page<'_>, layers: &mut Layers) {
    for index in 0..layers.found.len() {
        let body = &layers.found[index];
        if body.kind != EntityKind::Organization
            || body.inside.is_some()
            || !matches!(body.reference, Reference::Acronym | Reference::Name)
        {
            continue;
        }
        let short = body.reference == Reference::Acronym || body.range.len() <= 2;
        let place = layers.mention_at(body.range.end);
        let Some(place) = place.filter(|p| short && matches!(p.kind, EntityKind::Place | EntityKind::Country)) else {
            continue;
        };
        if place.range.start != body.range.end || place.rule == "country/government" {
            continue;
        }
        let range = body.range.start..place.range.end;
        let found = Found::new(range, EntityKind::Organization, Reference::Name, "organization/office");
        layers.add(found);
    }
}
