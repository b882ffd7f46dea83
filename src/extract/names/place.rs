//! Places that no list holds: after a head noun, after a preposition of place, beside a country, in a list with other places.
//!
//! *aéroport d'**Ilopango*** · *à **Ngouboua*** · *à **Athens** (Géorgie)* · *de **La Hachadura**, de **Las Chinamas***
//!
//! Near miss: *à Jorge Peraza* (a person by then).

use std::ops::Range;

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::language::Adjunct;
use crate::extract::noun_phrase::capital_run;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// Places named by a head noun and what follows it.
pub(super) fn after_heads(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    for at in 0..page.tokens.tokens.len() {
        if !page.may_begin(&names.place_heads, at) {
            continue;
        }
        let sentence = page.sentence(at);
        let Some(length) = page.phrase(&names.place_heads, at, sentence.end) else { continue };
        if names.heads_last && before_head(page, layers, at, length) {
            continue;
        }
        let mut name = at + length;
        while name < sentence.end
            && (page.is(&names.head_qualifiers, name) || page.is_of(name) || page.is_exactly(&names.definite, name))
        {
            name += 1;
        }
        let run = name_run(page, name);
        // «la Ville de Strasbourg» is the body that runs the town.
        let administration = page.is_capital(at)
            && page.phrase(&names.administrations, at, sentence.end) == Some(length)
            && at > sentence.start
            && page.is_exactly(&names.definite, at - 1);
        if administration {
            continue;
        }
        // «secrétaire d'État Doina Rusu», «Université d'État d'Ilia»
        let state = at > sentence.start && page.is(&names.government, at) && page.is_of(at - 1);
        let in_name = state || at > 1 && page.is_of(at - 1) && page.is_capital(at - 2);
        // «Programa Golfo Seguro»: the title of a project, whatever it begins with.
        let project = at > sentence.start
            && page.is_capital(at)
            && (page.is(&names.projects.heads, at - 1) && layers.at(at - 1).is_none());
        // «département de l'Université de Parakou» is no place called Université.
        let head = page.phrase(&names.organization_heads, run.start, sentence.end);
        let body = head.is_some_and(|n| run.start + n < sentence.end && page.is_of(run.start + n));
        if run.is_empty() || body || in_name || project || page.in_capitals(at) {
            continue;
        }
        let plural = page.tokens.word(at).ends_with('s');
        if page.phrase(&names.named_with_head, at, sentence.end) == Some(length) && !plural {
            add_with_head(page, layers, at..run.end, run, at..at + length);
        } else if layers.is_free(&run) {
            layers.add(Found::new(run, EntityKind::Place, Reference::Name, "place/head"));
        }
    }
}

/// *the **Upper River Region***, ***Zaatari** camp*: where heads stand last, the name is before the head.
fn before_head(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> bool {
    let names = &page.pack.names;
    let start = crate::extract::noun_phrase::name_start(page, layers, at);
    let plural = page.tokens.word(at + length - 1).ends_with('s') && page.is_lower(at);
    let named = page.phrase(&names.named_with_head, at, at + length) == Some(length);
    let national = start + 1 == at && page.demonyms.contains_key(&start);
    // «Batken Region» may be listed; «Skills Bridge Project» is none.
    let other = super::organization::followed_by_head(page, at + length);
    if other || layers.at(at).is_some() {
        return true;
    }
    if start < at && named && !plural && !national && !page.in_capitals(at) {
        add_with_head(page, layers, start..at + length, start..at, at..at + length);
        return true;
    }
    // «Region of X», «Lake X»; not «in Kolda region Oxfam …», «Camp Access Project»
    let feature = page.is_capital(at)
        && page.phrase(&names.nature, at, at + length).is_some()
        && !super::organization::before_undertaking(page, at + length);
    !page.is_of(at + length) && !feature
}

/// *aéroport d'Ilopango*: the whole is the name, the bare name an alias.
fn add_with_head(page: &Page<'_>, layers: &mut Layers, whole: Range<usize>, bare: Range<usize>, head: Range<usize>) {
    let inner = layers.mention_at(bare.start);
    // «lac Tchad», «golfe du Mexique» are no countries.
    let nature = page.phrase(&page.pack.names.nature, head.start, head.end) == Some(head.len());
    let country = inner.is_some_and(|f| f.kind == EntityKind::Country && f.range == bare);
    if nature && country {
        let mut found = Found::new(whole, EntityKind::Place, Reference::Name, "place/head");
        found.head = Some(head);
        layers.retain(|_, f| f.range != bare);
        layers.add(found);
        return;
    }
    let known_place = inner.is_some_and(|f| f.kind == EntityKind::Place && f.range == bare);
    let entry = inner.filter(|_| known_place).and_then(|f| f.entry);
    // «région de Zinder» where Zinder is listed stays what is listed; «Port-au-Prince» was found before.
    if !layers.is_free(&bare) && !known_place {
        return;
    }
    // A facility is not the town it is named after, when the document speaks of the town too.
    let elsewhere = || {
        let name = page.tokens.folded_words(bare.clone());
        page.listed.iter().any(|(range, _)| *range != bare && page.tokens.folded_words(range.clone()) == name)
    };
    let facility = page.phrase(&page.pack.names.facilities, head.start, head.end).is_some() && elsewhere();
    let region_word = (page.is_lower(head.start) || page.pack.names.heads_last) && !facility;
    if known_place && region_word {
        let mut found = Found::new(whole, EntityKind::Place, Reference::Name, "place/head");
        found.aliases = vec![bare.clone()];
        found.head = Some(head);
        found.entry = entry;
        layers.retain(|_, f| f.range != bare);
        layers.add(found);
        return;
    }
    let mut found = Found::new(whole, EntityKind::Place, Reference::Name, "place/head");
    found.aliases = if known_place { Vec::new() } else { vec![bare] };
    found.head = Some(head);
    layers.add(found);
}

/// Places by their company, until nothing new is found.
pub(super) fn by_company(page: &Page<'_>, layers: &mut Layers) {
    // What may be a name stays the same; what is found changes its company.
    let runs = name_runs(page);
    loop {
        let mut added = false;
        for run in &runs {
            let free = layers.is_free(run) && !page.is_function_word(run.start);
            if let Some(rule) = free.then(|| company(page, layers, run)).flatten() {
                added |= layers.add(Found::new(run.clone(), EntityKind::Place, Reference::Name, rule)).is_some();
            }
        }
        if !added {
            return;
        }
    }
}

fn company(page: &Page<'_>, layers: &Layers, run: &Range<usize>) -> Option<&'static str> {
    let names = &page.pack.names;
    let start = page.sentence(run.start).start;
    let before = run.start.checked_sub(1).filter(|at| *at >= start);
    let preposition = before.is_some_and(|at| {
        (1..=4).any(|n| at + 1 >= start + n && page.phrase(&names.place_prepositions, at + 1 - n, run.start) == Some(n))
    });
    let bare_head = page.phrase(&names.place_heads, run.start, run.end) == Some(run.len());
    if bare_head
        || page.is(&names.not_places, run.start)
        || before.is_some_and(|at| on_street(page, at))
        || page.is(&page.pack.verbs.adverbs, run.start)
    {
        return None;
    }
    if page.in_capitals(run.start) || page.phrase(&names.titles, run.start, run.end + 1).is_some() {
        return None;
    }
    let heads = [&names.organization_heads, &names.projects.heads, &names.events.heads, &names.publications.heads];
    if heads.iter().any(|heads| page.phrase(heads, run.start, run.end).is_some()) {
        return None;
    }
    if preposition {
        return Some("place/preposition");
    }
    if labelled(page, run.start, start) {
        return Some("place/label");
    }
    if country_follows(page, layers, run.end) {
        return Some("place/country-beside");
    }
    let person = page.lexicon.may_be_first_name(page.tokens.word(run.start)) && run.len() > 1;
    if !person && said_to_be_place(page, run.end) {
        return Some("place/apposition");
    }
    let in_list = |index: Option<usize>| index.is_some_and(|i| layers.found[i].kind == EntityKind::Place);
    let previous = before.and_then(|at| list_neighbour_before(page, layers, at, start));
    if in_list(previous) || in_list(list_neighbour_after(page, layers, run.end)) {
        return Some("place/list");
    }
    None
}

/// ***Venue:** Mongu*: behind a label that only places follow.
fn labelled(page: &Page<'_>, name: usize, start: usize) -> bool {
    const LONGEST: usize = 4;
    let rules = &page.pack.relations;
    let colon = name.checked_sub(1).is_some_and(|at| at >= start && page.is_raw(at, ":"));
    colon
        && (name.saturating_sub(LONGEST).max(start)..name - 1).any(|at| {
            let placing = |adjunct: &Adjunct| {
                adjunct.kinds.contains(&EntityKind::Place)
                    && !adjunct.kinds.contains(&EntityKind::Organization)
                    && page.phrase(&adjunct.phrases, at, name) == Some(name - at)
            };
            page.phrase(&rules.adjunct_phrases, at, name).is_some() && rules.adjuncts.iter().any(placing)
        })
}

/// *4, rue **du** Port*: what follows a street's head noun is an address.
pub(super) fn on_street(page: &Page<'_>, mut at: usize) -> bool {
    let start = page.sentence(at).start;
    while at > start && (page.is_of(at) || page.is_exactly(&page.pack.names.definite, at)) {
        at -= 1;
    }
    page.is(&page.pack.names.streets, at)
}

/// ***X**, petite **ville** du nord*, ***X** est un **village** de …*: a noun behind a name says that it is a place.
fn said_to_be_place(page: &Page<'_>, end: usize) -> bool {
    let names = &page.pack.names;
    let last = page.sentence(end.saturating_sub(1)).end;
    let copula = page.is_exactly(&page.pack.verbs.be, end) && page.is_exactly(&names.indefinite, end + 1);
    if end >= last || !(page.is_raw(end, ",") || copula) {
        return false;
    }
    let mut noun = page.past_determiners(end + 1, last);
    while noun < last && (page.is(&names.before_noun, noun) || page.is(&names.ordinals, noun)) {
        noun += 1;
    }
    let Some(length) = page.phrase(&names.place_heads, noun, last) else { return false };
    let next = noun + length;
    page.is_lower(noun)
        && next < last
        && (page.is_of(next) || page.phrase(&names.locative, next, last).is_some() || page.is_adjective(next))
}

/// *X (Pays)*, *X, Pays*, *X, au Pays*
fn country_follows(page: &Page<'_>, layers: &Layers, end: usize) -> bool {
    if !matches!(page.tokens.raw(end), "(" | ",") {
        return false;
    }
    let sentence_end = page.sentence(end).end;
    let mut at = end + 1;
    if at < sentence_end && page.phrase(&page.pack.names.locative, at, sentence_end) == Some(1) {
        at += 1;
    } else if page.is_raw(end, ",") {
        return false; // «X, Pays» may be any list
    }
    let at = page.past_determiners(at, sentence_end);
    layers.mention_at(at).is_some_and(|f| f.kind == EntityKind::Country)
}

/// The mention before a list joint that ends at token `at`, or before joint and preposition.
fn list_neighbour_before(page: &Page<'_>, layers: &Layers, at: usize, start: usize) -> Option<usize> {
    let mut i = at;
    while i > start
        && (page.is_of(i) || page.is(&page.pack.names.locative, i) || page.is_exactly(&page.pack.names.definite, i))
    {
        i -= 1;
    }
    let joint = page.is_raw(i, ",") || page.is_and(i);
    (joint && i > start).then(|| layers.at(i - 1)).flatten()
}

/// The mention after a list joint at token `at`.
fn list_neighbour_after(page: &Page<'_>, layers: &Layers, at: usize) -> Option<usize> {
    let end = page.sentence(at.saturating_sub(1)).end;
    let joint = at < end && (page.is_raw(at, ",") || page.is_and(at));
    if !joint {
        return None;
    }
    let mut i = at + 1;
    while i < end
        && (page.is_of(i) || page.is(&page.pack.names.locative, i) || page.is_exactly(&page.pack.names.definite, i))
    {
        i += 1;
    }
    layers.at(i)
}

/// All runs of capitals that may name a place, in order.
fn name_runs(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < page.tokens.tokens.len() {
        let run = if page.is_capital(at) { name_run(page, at) } else { at..at };
        at = run.end.max(at + 1);
        if !run.is_empty() {
            runs.push(run);
        }
    }
    runs
}

/// Capitals that may name a place; a place has no particles inside but may begin with a capital article.
fn name_run(page: &Page<'_>, at: usize) -> Range<usize> {
    capital_run(page, at, &crate::extract::language::Phrases::default())
}
