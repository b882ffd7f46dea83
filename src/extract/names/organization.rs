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
    if page.in_capitals(at) || at > 0 && page.is(&names.ordinals, at - 1) {
        return None;
    }
    if let Some(end) = shared_head(page, layers, at, length) {
        return Some(end);
    }
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
    if !capital && !believable_lower(page, layers, at, length, &extent) {
        return None;
    }
    let named = capital || names_something(page, layers, at, extent.end);
    let reference = if named { Reference::Name } else { Reference::Definite };
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

/// Whether a lower-case head is followed by capitals of its own: *ministère de l'Emploi*, not *groupe spécial de la CRM*.
fn names_something(page: &Page<'_>, layers: &Layers, at: usize, end: usize) -> bool {
    (at..end).any(|i| page.is_capital(i) && layers.at(i).is_none())
}

/// What keeps a lower-case phrase from being a common noun: *le bureau de vote*, *la police de la région*, *le département de X*,
/// *la banque publique KfW*.
fn believable_lower(page: &Page<'_>, layers: &Layers, at: usize, length: usize, extent: &noun_phrase::Extent) -> bool {
    let names = &page.pack.names;
    let first = extent.complements.first();
    let adjective = first.is_none_or(|c| c.start > at + length);
    let mention = |c: &noun_phrase::Complement| c.mention.map(|m| layers.found[m].kind);
    let needs_adjective = page.phrase(&names.needs_adjective, at, at + length) == Some(length);
    let capitals = (at..extent.end).any(|i| page.is_capital(i) && layers.at(i).is_none());
    if needs_adjective && !adjective && !capitals && first.and_then(mention) != Some(EntityKind::Organization) {
        return false;
    }
    let place_word = page.phrase(&names.place_heads, at, at + length).is_some();
    if place_word && !adjective && first.and_then(mention).is_some_and(|kind| kind != EntityKind::Organization) {
        return false;
    }
    let apposed = layers.mention_at(extent.end).is_some_and(|f| f.kind == EntityKind::Organization);
    if apposed && extent.complements.is_empty() {
        return false;
    }
    // An office or a common service with one common noun is any of them; a committee or a unit of something is one.
    let common = page.phrase(&names.introducing, at, at + length).is_some()
        || page.phrase(&names.offices, at, at + length).is_some();
    adjective
        || extent.complements.len() > 1
        || extent.complements.iter().any(|c| c.mention.is_some())
        || capitals
        || !common
}

/// *les **ministères de la Jeunesse** et **des Affaires sociales***: one body for each complement.
fn shared_head(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    let singular = names.shared.get(page.tokens.lower(at)).filter(|_| length == 1)?.clone();
    let end = page.sentence(at).end;
    let style = Style { prepositions: &names.complement, goal: None, capitals: true, longest: 30 };
    let extent = noun_phrase::read(page, layers, at + 1, &style);
    let first = extent.complements.first()?.start;
    // The parts: complements of the head itself, up to a joint, and what follows each joint with «de».
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut from = first;
    let mut i = first + 1;
    let limit = end.min(at + 30);
    let mut last = extent.end;
    while i < limit {
        let joint = (page.is_raw(i, ",") || page.is_and(i)) && page.is_of(i + 1);
        if joint {
            parts.push(from..i);
            from = i + 1;
            let piece = noun_phrase::read(page, layers, i + 1, &style);
            last = last.max(piece.end);
            i = piece.end.max(i + 2);
            continue;
        }
        if i >= last {
            break;
        }
        i += 1;
    }
    parts.push(from..last);
    if parts.len() < 2 {
        return None;
    }
    // «de la Santé du Congo et de la RDC»: a country alone takes the first part's own noun.
    let noun_end = extent.complements.get(1).filter(|c| c.mention.is_some()).map(|c| c.start);
    for (n, part) in parts.iter().enumerate() {
        let inner = page.past_determiners(part.start + 1, part.end).max(part.start);
        let country =
            layers.mention_at(inner.min(part.end.saturating_sub(1))).is_some_and(|f| f.kind == EntityKind::Country);
        let middle =
            if n > 0 && country { noun_end.map(|e| page.written(&(first..e))).unwrap_or_default() } else { "" };
        let name = [singular.as_str(), middle, page.written(part)]
            .iter()
            .filter(|s| !s.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        let range = if n == 0 { at..part.end } else { inner..part.end };
        let mut found =
            Found::new(range.clone(), EntityKind::Organization, Reference::Name, "organization/shared-head");
        found.name = Some(name);
        found.head = (n == 0).then(|| at..at + 1);
        let same_as_mention = layers.mention_at(range.start).is_some_and(|f| f.range == range);
        if same_as_mention {
            // The country's own tokens stay the country; the body is mentioned by the whole part.
            found.range = part.start..part.end;
        }
        layers.add(found);
    }
    Some(last)
}

/// *la Commission*, *ce comité*: comes back to a body named before, or is dropped later.
fn bare(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    let before = at.checked_sub(1)?;
    if page.is_capital(at) && page.phrase(&names.alone, at, at + length).is_some() && page.sentence(at).start != at {
        layers.add(Found::new(at..at + length, EntityKind::Organization, Reference::Name, "organization/head"))?;
        return Some(at + length);
    }
    if page.phrase(&names.events.heads, at, at + length).is_some() {
        return None;
    }
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
    if !office || !holds_body || at >= end || !page.is(&page.pack.relations.place_prepositions, at) {
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
