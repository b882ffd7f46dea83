//! Organizations built around a head noun, governments, and offices.
//!
//! ***Comité national de lutte contre la traite** présente* · *le **ministère de l'Emploi** du Niger* · ***OIM El Salvador***
//!
//! Near miss: *une association locale* (indefinite, no name), *les organismes partenaires* (plural).

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::{self, Style, capital_run};
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::TokenKind;

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
    // «Agence d'exécution : la GIZ» is a label.
    let label = page.phrase(&page.pack.relations.adjunct_phrases, at, page.sentence(at).end).is_some();
    if label || page.in_capitals(at) || at > 0 && page.is(&names.ordinals, at - 1) {
        return None;
    }
    if let Some(end) = shared_head(page, layers, at, length) {
        return Some(end);
    }
    let indefinite = at > 0 && (page.is_exactly(&names.indefinite, at - 1) || page.is_exactly(&names.plural, at - 1));
    let told_by_acronym = capital && acronym_bound(page, layers, at, at + length).is_some();
    if let Some(found) = introduced(page, layers, at, length).filter(|_| !told_by_acronym) {
        let end = found.range.end;
        return layers.add(found).map(|_| end);
    }
    let lower = page.phrase(&names.organization_lower, at, at + length) == Some(length);
    if !capital && !lower && !indefinite && determined(page, at) {
        return office_somewhere(page, layers, at, length);
    }
    if !capital && (!lower || indefinite) {
        return None;
    }
    let administration = page.phrase(&names.administrations, at, at + length) == Some(length);
    if administration && !(capital && determined(page, at) || page.section(at) == SectionKind::Contact) {
        return None;
    }
    // «le ministère de l'Intérieur pour la seconde fois»: an administration is one of something.
    let of_only = page.phrase(&names.of_only, at, at + length) == Some(length);
    let prepositions = if of_only { &names.of } else { &names.complement };
    let style = Style { prepositions, goal: None, capitals: capital, dative: capital, longest: 26 };
    let extent = noun_phrase::read(page, layers, at + length, &style);
    let bounded = acronym_bound(page, layers, at, extent.end);
    // A forum or a conference is a meeting, unless an acronym makes it a body.
    let acronym_behind =
        page.is_raw(extent.end, "(") && page.tokens.tokens.get(extent.end + 1).is_some_and(|t| t.acronym);
    let meeting = page.phrase(&names.meetings, at, at + length) == Some(length);
    if meeting && bounded.is_none() && !acronym_behind {
        return None;
    }
    // «la Région Bretagne», «la mission de l'OIM au Soudan»
    let next = layers.mention_at(at + length).filter(|f| administration && f.kind == EntityKind::Place);
    if let Some(place) = next.map(|f| f.range.end) {
        let mut found = Found::new(at..place, EntityKind::Organization, Reference::Name, "organization/head");
        found.head = Some(at..at + length);
        return layers.add(found).map(|_| place);
    }
    if extent.end == at + length && bounded.is_none() {
        return bare(page, layers, at, length);
    }
    // «en compagnie du ministre», «par section»: without an article it is no body; «au ministère» has one.
    let governed =
        at > page.sentence(at).start && page.is(&page.pack.relations.oblique, at - 1) && !page.is_contracted(at - 1);
    if !capital && (governed || apposed(page, layers, at)) {
        return None;
    }
    if !capital && !believable_lower(page, layers, at, length, &extent) {
        return None;
    }
    let named = capital || names_something(page, layers, at, extent.end);
    let reference = if named { Reference::Name } else { Reference::Definite };
    let undertaking = capital && page.phrase(&names.projects.heads, at, at + length) == Some(length);
    let (kind, rule) = match undertaking {
        true => (EntityKind::Project, "project/head"),
        false => (EntityKind::Organization, "organization/head"),
    };
    let extended = bounded.unwrap_or_else(|| up_to_acronym(page, layers, at, extent.end));
    let mut found = Found::new(at..extended, kind, reference, rule);
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

/// *la **mission de l'OIM au Soudan***: a common noun, but an office when it is that of a body in a place.
fn office_somewhere(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    page.phrase(&names.offices, at, at + length).filter(|n| *n == length)?;
    let style = Style { prepositions: &names.complement, goal: None, capitals: false, dative: false, longest: 12 };
    let extent = noun_phrase::read(page, layers, at + length, &style);
    let body = extent.complements.first()?.mention?;
    let owned = layers.found[body].kind == EntityKind::Organization && layers.found[body].range.end == extent.end;
    let mut found = Found::new(at..extent.end, EntityKind::Organization, Reference::Name, "organization/head");
    found.head = Some(at..at + length);
    add_location(page, layers, &mut found);
    let somewhere = found.range.end > extent.end;
    let end = found.range.end;
    (owned && somewhere).then(|| layers.add(found)).flatten().map(|_| end)
}

/// Whether an article stands before the head within its sentence.
fn determined(page: &Page<'_>, at: usize) -> bool {
    at > page.sentence(at).start && page.is_exactly(&page.pack.names.definite, at - 1)
}

/// *le Laboratoire, **unité mixte de l'Université***: a head without article behind a name and a comma says what that is.
fn apposed(page: &Page<'_>, layers: &Layers, at: usize) -> bool {
    let Some(comma) = at.checked_sub(1).filter(|c| page.is_raw(*c, ",")) else { return false };
    let before = comma.checked_sub(1);
    let body = |i: usize| layers.mention_at(i).is_some_and(|f| f.kind == EntityKind::Organization);
    before.is_some_and(|b| body(b) || page.is_raw(b, ")"))
}

/// *Agence Aga Khan **pour l'habitat** (AKAH)*: how far the name goes is told by the acronym behind it, when its letters are initials
/// from the head on, or little is between.
fn acronym_bound(page: &Page<'_>, layers: &Layers, at: usize, extent: usize) -> Option<usize> {
    const FURTHEST: usize = 12;
    const UNLIKE: usize = 6;
    let end = page.sentence(at).end;
    let bracket = (extent..end.min(extent + FURTHEST)).find(|&i| page.is_raw(i, "("))?;
    let acronym = bracket + 1;
    let told = page.tokens.tokens.get(acronym).is_some_and(|t| t.acronym) && page.is_raw(acronym + 1, ")");
    let within = extent..bracket;
    let stops = |i: usize| {
        let word = page.tokens.tokens[i].kind == TokenKind::Word;
        let other = layers.mention_at(i).is_some_and(|f| f.kind == EntityKind::Organization && f.range.end == bracket);
        let head = page.phrase(&page.pack.names.organization_heads, i, bracket).is_some() && page.is_capital(i);
        !(word || page.is_raw(i, "&") || page.is_raw(i, ","))
            || other
            || head
            || page.is_exactly(&page.pack.verbs.have, i)
            || page.is_exactly(&page.pack.verbs.be, i)
            || page.is(&page.pack.names.subject_relatives, i)
    };
    if !told || within.is_empty() || within.clone().any(stops) {
        return None;
    }
    let letters: Vec<char> = page.tokens.word(acronym).chars().collect();
    let mut initials = (at..bracket).filter_map(|i| page.tokens.word(i).chars().next());
    let spelled = letters.iter().all(|letter| initials.any(|initial| initial == *letter));
    let comma = within.clone().any(|i| page.is_raw(i, ","));
    (spelled || within.len() <= UNLIKE && !comma).then_some(bracket)
}

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

/// *Fédération des Églises évangéliques **en Italie** (FCEI)*: a place belongs to the name when the acronym behind it says so.
fn up_to_acronym(page: &Page<'_>, layers: &Layers, at: usize, extent: usize) -> usize {
    let end = page.sentence(at).end;
    let Some(length) = page.phrase(&page.pack.relations.place_prepositions, extent, end) else { return extent };
    let place = page.past_determiners(extent + length, end);
    let Some(mention) = layers.mention_at(place) else { return extent };
    let somewhere = matches!(mention.kind, EntityKind::Place | EntityKind::Country) && mention.range.start == place;
    let after = mention.range.end;
    let acronym = page.is_raw(after, "(") && page.tokens.tokens.get(after + 1).is_some_and(|t| t.acronym);
    if somewhere && acronym && page.is_raw(after + 2, ")") { after } else { extent }
}

/// *Croix-Rouge **de Sainte-Lucie***, *Croissant-Rouge **tadjik***: the society of one country.
pub(super) fn branches(page: &Page<'_>, layers: &mut Layers) {
    for at in 0..page.tokens.tokens.len() {
        let end = page.sentence(at).end;
        let Some(length) = page.phrase(&page.pack.names.branches, at, end).filter(|_| page.is_capital(at)) else {
            continue;
        };
        let next = at + length;
        let own = layers.mention_at(at).is_none_or(|f| f.range.start == at && f.range.end <= next);
        let adjective = (next < end && page.demonyms.contains_key(&next)).then_some(next + 1);
        let country = page.past_determiners(next + 1, end);
        let of = (next < end && page.is_of(next))
            .then(|| layers.mention_at(country).filter(|f| f.kind == EntityKind::Country && f.range.start == country))
            .flatten()
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
    let style = Style { prepositions: &names.complement, goal: None, capitals: true, dative: false, longest: 30 };
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
    // «les ambassades du Japon et de la Norvège»: each country is the whole complement.
    let own = extent.complements.first().is_some_and(|c| c.mention.is_some());
    for (n, part) in parts.iter().enumerate() {
        let inner = page.past_determiners(part.start + 1, part.end).max(part.start);
        let country =
            layers.mention_at(inner.min(part.end.saturating_sub(1))).is_some_and(|f| f.kind == EntityKind::Country);
        let middle =
            if n > 0 && country && !own { noun_end.map(|e| page.written(&(first..e))).unwrap_or_default() } else { "" };
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
    while name < end && page.is_lower(name) && (page.is_adjective(name) || page.demonyms.contains_key(&name)) {
        name += 1;
    }
    let quoted = page.is_raw(name, "«") || page.is_raw(name, "\"") || page.is_raw(name, "“");
    let start = if quoted { name + 1 } else { name };
    let run = if page.tokens.tokens.get(start).is_some_and(|t| t.acronym) {
        start..start + 1
    } else {
        capital_run(page, start, &names.organization_particles)
    };
    // «ONG Traducteurs sans frontières»: a few words in lower case end a name.
    let tail = if quoted || run.is_empty() { None } else { page.phrase(&names.tails, run.end, end) };
    let run = run.start..run.end + tail.unwrap_or(0);
    if run.is_empty()
        || run.end > end
        || !layers.is_free(&run)
        || run.start == at + length && page.is_capital(at) && !quoted && run.len() == 1
    {
        return None;
    }
    let mut found = Found::new(at..run.end, EntityKind::Organization, Reference::Name, "organization/introduced");
    found.head = Some(at..at + length);
    found.aliases = vec![run.clone()];
    // «la Fondation Hirondelle pour la paix»: with a capital the purpose belongs to the name.
    let style = Style { prepositions: &names.complement, goal: None, capitals: false, dative: false, longest: 6 };
    let purpose = noun_phrase::read(page, layers, run.end, &style);
    let one = purpose.complements.len() == 1 && purpose.complements[0].mention.is_none();
    if page.is_capital(at) && !quoted && one && !page.is_of(run.end) {
        found.range.end = purpose.end;
    }
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
