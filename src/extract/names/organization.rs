//! Organizations built around a head noun, governments, and offices.
//!
//! ***Comité national de lutte contre la traite** présente* · *le **ministère de l'Emploi** du Niger* · ***OIM El Salvador***
//!
//! Near miss: *une association locale* (indefinite, no name), *les organismes partenaires* (plural).

use super::administration;
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::{self, Style, capital_run};
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::TokenKind;

/// *le gouvernement salvadorien*, *les autorités nigériennes* stand for the country.
pub(super) fn governments(page: &Page<'_>, layers: &mut Layers) {
    for at in 0..page.tokens.tokens.len() {
        nationality(page, layers, at);
        administration::cooperation(page, layers, at);
        if !page.may_begin(&page.pack.names.government, at) {
            continue;
        }
        let end = page.sentence(at).end;
        let Some(length) = page.phrase(&page.pack.names.government, at, end) else { continue };
        let adjective = at + length;
        government_of(page, layers, at, adjective);
        government_behind(page, layers, at, adjective);
        administration::government(page, layers, at, adjective);
        bare_government(page, layers, at, adjective);
        if let Some(country) = (adjective < end).then(|| page.demonym_country(adjective)).flatten() {
            let found = Found::new(at..adjective + 1, EntityKind::Country, Reference::Name, "country/government");
            layers.add(Found { entry: Some(country), ..found });
        }
    }
}

/// *le **gouvernement du Mali*** acts as the country does.
fn government_of(page: &Page<'_>, layers: &mut Layers, at: usize, of: usize) {
    let end = page.sentence(at).end;
    if of >= end || !page.is_of(of) || layers.at(at).is_some() {
        return;
    }
    let name = page.past_determiners(of + 1, end);
    // «gobierno de El Salvador»: a name with an article of its own
    let begins = |at: usize| at == name || at > of && at < name;
    let country = layers.mention_at(name).filter(|f| f.kind == EntityKind::Country && begins(f.range.start));
    let name = country.map_or(name, |f| f.range.start);
    if let Some((last, entry)) = country.map(|f| (f.range.end, f.entry)) {
        let mut found = Found::new(at..last, EntityKind::Country, Reference::Name, "country/government");
        found.entry = entry;
        found.aliases.push(name..last);
        layers.add(found);
    }
}

/// *the **Senegalese government***, *Niger's **authorities***: where heads stand last.
fn government_behind(page: &Page<'_>, layers: &mut Layers, at: usize, end: usize) {
    let sentence = page.sentence(at);
    let Some(before) = at.checked_sub(1).filter(|b| *b >= sentence.start && page.pack.names.heads_last) else { return };
    if layers.at(at).is_some() {
        return;
    }
    let genitive = before >= sentence.start + 2 && page.is_raw(before, "s");
    let owner = if genitive { before - 2 } else { before };
    let country = layers.mention_at(owner).filter(|f| f.kind == EntityKind::Country && f.range.end == owner + 1);
    let named = country.map(|f| (f.range.start, f.entry));
    let national = page.demonym_country(before).map(|entry| (before, Some(entry)));
    if let Some((start, entry)) = named.or(national) {
        let mut found = Found::new(start..end, EntityKind::Country, Reference::Name, "country/government");
        found.entry = entry;
        layers.add(found);
    }
}

/// The rule of a nationality beside a post: it names an employer, but no argument of a verb.
pub(in crate::extract) const NATIONALITY: &str = "country/nationality";

/// The rule of a nationality beside money: the country pays, and does nothing else.
pub(in crate::extract) const PAYER: &str = "country/payer";

/// ***le Gouvernement** a adopté …*: that of the one country that the text names most.
fn bare_government(page: &Page<'_>, layers: &mut Layers, at: usize, end: usize) {
    let names = &page.pack.names;
    let article = at > page.sentence(at).start
        && page.is_exactly(&names.definite, at - 1)
        && !page.is_exactly(&names.plural, at - 1);
    let first = page.phrase(&names.bare_government, at, end).is_some();
    let more = page.is_of(end) || page.demonyms.contains_key(&end) || page.is_adjective(end) && page.is_lower(end);
    if !article || !first || more || layers.at(at).is_some() {
        return;
    }
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for found in layers.found.iter().filter(|f| f.kind == EntityKind::Country) {
        let Some(entry) = found.entry else { continue };
        match counts.iter_mut().find(|(e, _)| *e == entry) {
            Some((_, n)) => *n += 1,
            None => counts.push((entry, 1)),
        }
    }
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let most = match counts.as_slice() {
        [(entry, _)] => Some(*entry),
        [(entry, first), (_, second), ..] if first > second => Some(*entry),
        _ => None,
    };
    if let Some(entry) = most {
        let mut found = Found::new(at..end, EntityKind::Country, Reference::Name, "country/government");
        found.entry = Some(entry);
        layers.add(found);
    }
}

/// *la ministre **malienne** de la Santé*, *une subvention **suisse***: the nationality names whom she serves and who pays.
fn nationality(page: &Page<'_>, layers: &mut Layers, at: usize) {
    let names = &page.pack.names;
    let Some(country) = page.demonym_country(at).filter(|_| at > 0) else { return };
    if names.heads_last {
        let end = page.sentence(at).end;
        let next = at + 1 + usize::from(page.is(&names.before_noun, at + 1));
        let pays = page.phrase(&names.money, next, end).is_some();
        if pays || page.phrase(&names.state_roles, at + 1, end).is_some() {
            let rule = if pays { PAYER } else { NATIONALITY };
            let found = Found::new(at..at + 1, EntityKind::Country, Reference::Name, rule);
            layers.add(Found { entry: Some(country), ..found });
        }
        return;
    }
    if !page.is_lower(at) {
        return;
    }
    let from = page.sentence(at).start;
    let before = |list| (1..=3).any(|n| at >= from + n && page.phrase(list, at - n, at) == Some(n));
    let pays = before(&names.money) && page.is_lower(at - 1);
    if pays || before(&names.state_roles) {
        let rule = if pays { PAYER } else { NATIONALITY };
        let found = Found::new(at..at + 1, EntityKind::Country, Reference::Name, rule);
        layers.add(Found { entry: Some(country), ..found });
    }
}

/// Organizations by their head noun.
pub(super) fn by_head(page: &Page<'_>, layers: &mut Layers) {
    // «le Service … de la Ville de Liège»: towns and regions as bodies are found before the names that hold them.
    each_head(page, layers, |head| {
        page.phrase(&page.pack.names.administrations, head.start, head.end) == Some(head.len())
    });
    each_head(page, layers, |_| true);
}

/// Reads the heads that fit, from the left.
fn each_head(page: &Page<'_>, layers: &mut Layers, fits: impl Fn(&std::ops::Range<usize>) -> bool) {
    let names = &page.pack.names;
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        if !page.may_begin(&names.organization_heads, at) {
            at += 1;
            continue;
        }
        let end = page.sentence(at).end;
        let length = page.phrase(&names.organization_heads, at, end);
        let Some(length) = length.filter(|n| layers.at(at).is_none() && fits(&(at..at + n))) else {
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
    let homely = page.phrase(&names.homely, at, at + length) == Some(length);
    let title =
        names.heads_last && (followed_by_head(page, at + length) || homely && before_undertaking(page, at + length));
    if title {
        return None;
    }
    let start = start_before(page, layers, at, length);
    let capital = page.is_capital(at) || start < at;
    // «Agence d'exécution : la GIZ» is a label.
    let label = page.phrase(&page.pack.relations.adjunct_phrases, at, page.sentence(at).end).is_some()
        || page.labelled.iter().any(|l| l.words.start == at && l.opens_line);
    // «une Ecole de printemps», «l'Université d'été» are events.
    let school = page.phrase(&names.venues, at, at + length).is_some();
    let event = page.phrase(&names.events.heads, at, page.sentence(at).end).is_some_and(|n| n > length);
    if school && event || label || page.in_capitals(at) || at > 0 && page.is(&names.ordinals, at - 1) {
        return None;
    }
    if let Some(end) = super::shared_head::shared_head(page, layers, at, length) {
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
    if let Some(end) = after_body(page, layers, at, length) {
        return Some(end);
    }
    let administration = page.phrase(&names.administrations, at, at + length) == Some(length);
    let entitled = determined(page, at) || on_list(page, at);
    if administration && !(capital && entitled || page.section(at) == SectionKind::Contact) {
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
    if extent.end == at + length && bounded.is_none() && start == at {
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
    let mut found = Found::new(start..extended, kind, reference, rule);
    found.head = Some(at..at + length);
    found.plural = page.tokens.word(at).ends_with('s') && !capital;
    let mut aliases = Vec::new();
    for complement in &extent.complements {
        let has_more = complement.start > at + length || start < at;
        if complement.mention.is_some() && has_more {
            aliases.push(start..complement.start);
        }
    }
    found.aliases = aliases;
    // «Press Officer» is a post.
    if names.heads_last && page.is(&names.roles, found.range.end - 1) && page.is_capital(found.range.end - 1) {
        return None;
    }
    add_location(page, layers, &mut found);
    let end = found.range.end;
    layers.add(found).map(|_| end)
}

/// *la **Fondation Toyota***, *la **Universidad BRAC***: a head and the listed body that it is called after.
fn after_body(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
    let names = &page.pack.names;
    let office = page.phrase(&names.offices, at, at + length).is_some();
    let body = layers.mention_at(at + length).filter(|f| {
        let one = f.range.start == at + length && f.range.len() == 1;
        one && f.kind == EntityKind::Organization && f.entry.is_some()
    })?;
    let end = body.range.end;
    let fits = !names.heads_last && page.is_capital(at) && !office && length == 1;
    let event =
        [&names.projects.heads, &names.events.heads].iter().any(|list| page.phrase(list, at, at + length).is_some());
    if !fits || event {
        return None;
    }
    let mut found = Found::new(at..end, EntityKind::Organization, Reference::Name, "organization/head");
    found.head = Some(at..at + length);
    layers.add(found).map(|_| end)
}

/// Where the name begins whose head this is: before it where heads stand last. A head in lower case needs two words of its own, or must be
/// one that makes a name by itself: *the European Humanitarian Aid **department***, *the Irish **embassy***.
fn start_before(page: &Page<'_>, layers: &Layers, at: usize, length: usize) -> usize {
    let names = &page.pack.names;
    let start = noun_phrase::name_start(page, layers, at);
    let own = (start..at).filter(|&i| page.is_capital(i) && layers.at(i).is_none()).count();
    let lower = page.phrase(&names.organization_lower, at, at + length) == Some(length);
    let acronym = page.is_raw(at + length, "(") && page.tokens.tokens.get(at + length + 1).is_some_and(|t| t.acronym);
    let country = start + 1 == at && page.demonyms.contains_key(&start);
    let believable = page.is_capital(at) || acronym || own >= 2 || lower && own >= 1;
    // «the Canadian Government»
    if believable && !(country && page.is_lower(at) && !lower) { start } else { at }
}

/// *Disaster Management **Agency Council***: of several heads in a row of capitals the last one counts.
pub(super) fn followed_by_head(page: &Page<'_>, next: usize) -> bool {
    let names = &page.pack.names;
    let end = page.sentence(next.saturating_sub(1)).end;
    let heads = [
        &names.organization_heads,
        &names.projects.heads,
        &names.events.heads,
        &names.publications.heads,
        &names.place_heads,
    ];
    (next..end)
        .take_while(|&i| page.is_capital(i) || page.is_raw(i, "&"))
        .any(|i| heads.iter().any(|heads| page.phrase(heads, i, end).is_some()))
}

/// *the River Nurses **scheme***, *the Court Records **project***: capitals and then the common noun that they are the name of.
pub(super) fn before_undertaking(page: &Page<'_>, next: usize) -> bool {
    let end = page.sentence(next.saturating_sub(1)).end;
    let noun = (next..end).find(|&i| !page.is_capital(i)).unwrap_or(end);
    noun < end && page.phrase(&page.pack.names.projects.heads, noun, end).is_some()
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

/// *Contributeurs : l'Agence, **Ville de Genève***: an item of a list has no article.
fn on_list(page: &Page<'_>, at: usize) -> bool {
    let of = (at..at + 3).any(|i| page.is_of(i));
    of && at > page.sentence(at).start && matches!(page.tokens.raw(at - 1), "," | ":" | ";" | "•" | "-" | "–")
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
    let words: Vec<&str> = (at..bracket).map(|i| page.tokens.word(i)).collect();
    let spelled = is_spelled(&letters, &words);
    let comma = within.clone().any(|i| page.is_raw(i, ","));
    (spelled || within.len() <= UNLIKE && !comma).then_some(bracket)
}

/// Whether words tell an acronym in their order, each by some of its first letters or not at all: *Familiares de Secuestrados* → FASE.
fn is_spelled(letters: &[char], words: &[&str]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((word, rest)) = words.split_first() else { return false };
    let shared = word.chars().zip(letters).take_while(|(own, letter)| own == *letter).count();
    (0..=shared).rev().any(|taken| is_spelled(&letters[taken..], rest))
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
    // «la police des frontières albanaise»
    let adjective = adjective || (at..extent.end).any(|i| page.demonyms.contains_key(&i) && layers.at(i).is_none());
    if needs_adjective && !adjective && !capitals && first.and_then(mention) != Some(EntityKind::Organization) {
        return false;
    }
    let place_word = page.phrase(&names.place_heads, at, at + length).is_some();
    if place_word && !adjective && first.and_then(mention).is_some_and(|kind| kind != EntityKind::Organization) {
        return false;
    }
    let apposed = layers.mention_at(extent.end).is_some_and(|f| f.kind == EntityKind::Organization);
    // «l'agence de coopération allemande GIZ»
    let common_noun = page.phrase(&names.generic_bodies, at, at + length).is_some();
    if apposed && (extent.complements.is_empty() || common_noun) {
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
    // «l'ONG Oxfam»: the common noun says what the listed body is.
    let body = layers.mention_at(start).filter(|f| f.kind == EntityKind::Organization && f.range.start == start);
    let generic = !page.is_capital(at) || page.tokens.tokens[at].acronym;
    if let Some(body) = body.filter(|_| generic && page.phrase(&names.generic_bodies, at, at + length) == Some(length))
    {
        let mut found =
            Found::new(at..body.range.end, EntityKind::Organization, Reference::Name, "organization/introduced");
        found.entry = body.entry;
        found.aliases = vec![body.range.clone()];
        return Some(found);
    }
    // «ONG Traducteurs sans frontières»: a few words in lower case end a name.
    let tail = if quoted || run.is_empty() { None } else { page.phrase(&names.tails, run.end, end) };
    let tail = tail.or_else(|| if quoted || run.is_empty() { None } else { completed(page, layers, &run) });
    let run = run.start..run.end + tail.unwrap_or(0);
    // «l'ONG Handicap Congo»: a country behind the name belongs to it.
    let place = |f: &Found| matches!(f.kind, EntityKind::Country | EntityKind::Place) && f.range.end <= run.end;
    let held = |i: usize| layers.mention_at(i).is_none_or(|f| i > run.start && f.range.start > run.start && place(f));
    if run.is_empty()
        || run.end > end
        || !run.clone().all(held)
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

/// *Terres **partagées***, *Pompiers **sans rivages***, *Étoiles **du Togo***: how many words in lower case complete a name in capitals.
fn completed(page: &Page<'_>, layers: &Layers, run: &std::ops::Range<usize>) -> Option<usize> {
    let names = &page.pack.names;
    let end = page.sentence(run.start).end;
    if noun_phrase::agrees(page, run.end) {
        return Some(1);
    }
    let plain = |at: usize| at < end && page.is_lower(at) && layers.at(at).is_none() && !page.is_function_word(at);
    let tail = page.is(&names.tail_prepositions, run.end) && plain(run.end + 1);
    if tail {
        return Some(2);
    }
    let plural = run.len() == 1 && page.tokens.lower(run.start).ends_with('s') && page.tokens.word(run.start).len() > 3;
    if !plural || run.end >= end || !page.is_of(run.end) {
        return None;
    }
    let noun = page.past_determiners(run.end + 1, end);
    let place = layers
        .mention_at(noun)
        .filter(|f| f.range.start == noun && matches!(f.kind, EntityKind::Country | EntityKind::Place));
    let last = place.map(|f| f.range.end).or_else(|| {
        (plain(noun) || noun < end && page.is_capital(noun) && layers.at(noun).is_none()).then_some(noun + 1)
    })?;
    Some(last - run.end)
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
