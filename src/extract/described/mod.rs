//! Projects, events and publications from their noun phrases.
//!
//! *un **projet régional de protection des femmes migrantes*** · *un **atelier intitulé Protection et aide aux migrants*** ·
//! *la **43ème réunion annuelle de la Commission*** · *projet « **Racines neuves** »*
//!
//! Norway pays for ***Clean Wells*** (counts only when something is said of it)
//!
//! Near miss: *en cours de formation* (no determiner), *le plan social* (weak head without name).

mod bare_titles;
mod facets;
mod sheets;
mod titles;

use std::ops::Range;

use super::found::{Found, Layers, Reference};
use super::language::{Frame, Tense};
use super::noun_phrase::{self, Style};
use super::page::Page;
use super::sheet::is_bullet;
use crate::model::{EntityKind, RelationKind, SectionKind};
use crate::text::TokenKind;

pub(in crate::extract) use facets::FACET;
use titles::{closing_mark, opens_with_capital, title};

/// The rule of titles that nothing announces.
pub(super) const BARE_TITLE: &str = "title/bare";

const KINDS: [EntityKind; 3] = [EntityKind::Event, EntityKind::Project, EntityKind::Publication];

/// Adds described things to the names.
pub(super) fn find(page: &Page<'_>, layers: &mut Layers) {
    // From the right, so that «le lancement du [projet X]» finds the project before it reads the launch around it.
    for at in (0..page.tokens.tokens.len()).rev() {
        let free = || page.section(at) != SectionKind::Contact && layers.at(at).is_none();
        if let Some((kind, length)) = head_at(page, at).filter(|_| free()) {
            // «session de formation» is one head, «formation» within it none.
            let inside = (1..4).any(|back| at >= back && head_at(page, at - back).is_some_and(|(_, n)| n > back));
            if !inside {
                if kind == EntityKind::Project {
                    drop_guess_before(page, layers, at);
                }
                read(page, layers, at, length, kind);
            }
        }
    }
    sheets::add(page, layers);
    sheets::add_headings(page, layers);
    titles::add(page, layers);
    bare_titles::add(page, layers);
    facets::add(page, layers);
    // «projet « Fouta Givré »»: a title is nobody's name.
    let titles: Vec<Range<usize>> = layers.found.iter().filter_map(|f| f.title.clone()).collect();
    layers.retain(|_, f| {
        let unlisted = f.entry.is_none() && matches!(f.kind, EntityKind::Person | EntityKind::Place);
        !(unlisted && f.title.is_none() && titles.contains(&f.range))
    });
}

/// *the **Kivu Seeds** programme*, *the **Court Records** project*: where heads stand last, what only looks like a body before the head is what
/// the undertaking is called. A body has its own head last, is listed, or has an acronym.
fn drop_guess_before(page: &Page<'_>, layers: &mut Layers, at: usize) {
    let Some(before) = at.checked_sub(1).filter(|_| page.pack.names.heads_last) else { return };
    let guessed = layers.mention_at(before).filter(|f| {
        let guess =
            f.head.as_ref().is_none_or(|head| head.end < f.range.end && f.range.clone().all(|i| page.is_capital(i)));
        f.kind == EntityKind::Organization && f.entry.is_none() && f.reference == Reference::Name && guess
    });
    let Some(range) = guessed.filter(|f| f.range.len() > 1).map(|f| f.range.clone()) else { return };
    layers.retain(|_, f| f.range != range || f.entry.is_some());
}

/// The longest head at a token and its kind.
fn head_at(page: &Page<'_>, at: usize) -> Option<(EntityKind, usize)> {
    if !page.may_begin(&page.pack.names.described_heads, at) {
        return None;
    }
    let end = page.sentence(at).end;
    let length = |kind: EntityKind| {
        let groups = page.pack.names.groups(kind)?;
        page.phrase(&groups.heads, at, end)
    };
    let longest = KINDS.into_iter().filter_map(|kind| length(kind).map(|n| (kind, n))).max_by_key(|(_, n)| *n)?;
    Some(longest)
}

fn read(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize, kind: EntityKind) -> Option<()> {
    const MASTHEAD: usize = 4;
    let names = &page.pack.names;
    let groups = names.groups(kind)?;
    // «Newsletter of the Small Ports Alliance»: the text itself, whose head names who sends it out.
    let itself = kind == EntityKind::Publication && page.sentence_number(at) < MASTHEAD;
    if itself && page.sentence(at).start == at && page.phrase(&names.mastheads, at, at + length) == Some(length) {
        return None;
    }
    // «maître d'ouvrage», «chef de projet», «la semaine dernière» are no things.
    let plural_weak =
        page.phrase(&groups.weak, at, at + length) == Some(length) && page.tokens.lower(at).ends_with('s');
    let bare_of = at >= 1 && page.is_of(at - 1) && (plural_weak || !page.is_exactly(&names.determiners, at - 1));
    let of_role = at >= 2 && bare_of && page.is(&names.roles, at - 2);
    // «la semaine dernière», «la première semaine»
    let ordinal = at > 0 && (page.is(&names.ordinals, at - 1) || page.is(&names.others, at - 1));
    let time = page.is(&names.spans, at) && (page.is(&names.others, at + length) || ordinal)
        || page.is(&names.times, at) && page.is(&names.others, at + length);
    // «à l'initiative de», «dans le cadre de»
    let turn = (1..=3).any(|back| {
        at >= back
            && page
                .phrase(&page.pack.relations.adjunct_phrases, at - back, page.sentence(at).end)
                .is_some_and(|n| n > back)
    });
    // «au cours de la cérémonie», «à l'issue de»
    let article = at > 0 && page.is_exactly(&names.definite, at - 1);
    let dative = article && (page.is(&names.dative, at - 1) || at > 1 && page.is(&names.dative, at - 2));
    let adverbial = dative && page.is(&names.not_dative, at) && page.is_of(at + length);
    // «la troisième édition de son programme»: what is spoken of is the programme.
    let stage = page.phrase(&names.stages, at, at + length) == Some(length) && page.is_of(at + length) && {
        let next = page.past_determiners(at + length + 1, page.sentence(at).end);
        layers.mention_at(next).is_some_and(|f| f.kind == EntityKind::Project && f.range.start == next)
    };
    if stage || of_role || time || turn || adverbial || goes_on(page, layers, at + length) {
        return None;
    }
    let (start, reference) = determined(page, layers, at)?;
    let weak = page.phrase(&groups.weak, at, at + length) == Some(length);
    let style =
        Style { prepositions: &names.complement, goal: Some(&names.goal), capitals: true, dative: true, longest: 30 };
    let extent = noun_phrase::read(page, layers, at + length, &style);
    let title = labelled(page, at, at + length)
        .or_else(|| title(page, layers, extent.end))
        .or_else(|| title(page, layers, at + length))
        .or_else(|| proper_title(page, layers, at + length).filter(|_| takes_proper_title(page, at, length, kind)));
    if let Some(title) = &title {
        // What such a title holds is no place and nobody.
        layers.retain(|_, f| {
            let unlisted = f.entry.is_none() && f.head.is_none();
            let within = title.start <= f.range.start && f.range.end <= title.end;
            !(unlisted && within && (f.kind == EntityKind::Place || is_lone_person(f)))
        });
    }
    let end = title.as_ref().map_or(extent.end, |t| t.end.max(extent.end));
    let modified = end > at + length || start < at;
    let bare = !modified && title.is_none();
    let plural = is_plural(page, start, at);
    // «un vol affrété par l'OIM», «une soirée que …»: what follows says which.
    let told = page.verb_forms(end).iter().any(|form| form.tense == Tense::Participle)
        || page.is_raw(end, ",") && page.verb_forms(end + 1).iter().any(|form| form.tense == Tense::Participle)
        || page.is(&names.relatives, end)
        || page.is_raw(end, ",") && page.is(&names.relatives, end + 1);
    let placed = page.phrase(&page.pack.relations.place_prepositions, end, page.sentence(at).end).is_some_and(|n| {
        let place = page.past_determiners(end + n, page.sentence(at).end);
        layers.mention_at(place).is_some_and(|f| matches!(f.kind, EntityKind::Place | EntityKind::Country))
    });
    let lasting = page.is_of(end) && page.tokens.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number)
        || page.is_of(end) && page.is(&names.not_complement, end + 2);
    let told_by_verb = says_of(page, end) || is_done(page, start, kind);
    let told_which = told || placed || lasting || told_by_verb;
    if bare && reference == Reference::Indefinite && (weak && !told_which || plural && !told_by_verb) {
        return None;
    }
    let first_in_sentence = page.sentence(at).start == start;
    // «le cyclone Harold», «l'ouragan Mitch»
    let crisis = page.phrase(&names.crises, at, at + length) == Some(length);
    let christened = crisis && page.is_capital(at + length) && layers.at(at + length).is_none();
    // «the General Food Assistance programme»
    let proper = names.heads_last && start < at && page.is_capital(at - 1) && layers.at(at - 1).is_none();
    let named =
        christened || (page.is_capital(at) || proper) && !first_in_sentence && modified && !page.in_capitals(at);
    let closing = title.as_ref().is_some_and(|t| matches!(page.tokens.raw(t.end), "»" | "”" | "\""));
    let end = if closing { noun_phrase::read(page, layers, end + 1, &Style { goal: None, ..style }).end } else { end };
    // «des Assises du tourisme»: *des* is the contraction of *de* and *les* before a name.
    let some = reference == Reference::Indefinite && !(plural && start > 0 && page.is_contracted(start - 1));
    let reference = if named && title.is_none() && !some { Reference::Name } else { reference };
    let mut found = Found::new(start..end, kind, reference, rule(kind));
    found.head = Some(at..at + length);
    found.plural = plural;
    // «la mission que l'OIM a menée»: a clause says which it is.
    let published = kind == EntityKind::Publication
        && page.is_raw(end, ",")
        && page.verb_forms(end + 1).iter().any(|form| form.tense == Tense::Participle);
    let lasts =
        kind == EntityKind::Project && lasting && page.is_exactly(&names.demonstrative, start.saturating_sub(1));
    let by_relative = published
        || lasts
        || page.is(&names.object_relatives, end)
        || kind == EntityKind::Event
            && !plural
            && (says_of(page, end) || page.is_raw(end, ",") && page.is(&names.relatives, end + 1));
    found.needs_antecedent = bare && weak && reference != Reference::Indefinite && !by_relative;
    found.aliases = aliases(at, &extent, &found.range, title.as_ref());
    if proper && page.is_lower(at) && named && extent.end == at + length {
        found.aliases.push(start..at);
    }
    found.title = title;
    layers.add(found).map(|_| ())
}

/// *Projet : « **Villages connectés** »*, *Programme : **Eaux vives**, 2021-2024*: a label and the title that it announces.
fn labelled(page: &Page<'_>, at: usize, colon: usize) -> Option<Range<usize>> {
    let sentence = page.sentence(at);
    let opens = sentence.start == at || matches!(page.tokens.raw(at - 1), "-" | "–" | "•" | "*");
    let first = colon + 1;
    if !opens || first >= sentence.end || !page.is_raw(colon, ":") {
        return None;
    }
    if let Some(mark) = closing_mark(page.tokens.raw(first)) {
        let close = (first + 1..sentence.end).find(|&i| page.is_raw(i, mark))?;
        let title = first + 1..close;
        return (!title.is_empty() && opens_with_capital(page, &title)).then_some(title);
    }
    None
}

/// A person's name of one word, which may be anything.
fn is_lone_person(found: &Found) -> bool {
    found.kind == EntityKind::Person && found.range.len() == 1
}

/// Whether capitals behind a head name the thing: not with a head in capitals (*Plan Einstein* is the name whole), and not what belongs to
/// a body (*bureau d'**études** Hydroconseil*).
fn takes_proper_title(page: &Page<'_>, at: usize, length: usize, kind: EntityKind) -> bool {
    let names = &page.pack.names;
    let alone = |list| page.phrase(list, at, at + length) == Some(length);
    let head_of_name = page.is_capital(at) && page.sentence(at).start < at;
    let crisis = alone(&names.crises);
    let weak_publication = kind == EntityKind::Publication && alone(&names.publications.weak);
    let of = at > 0 && page.is_of(at - 1) && !page.is_exactly(&names.determiners, at - 1);
    !head_of_name && !crisis && !weak_publication && !of
}

/// *le programme **Mains d'or***, *l'initiative régionale **Rives propres***: capitals right behind the head, and what completes them in
/// lower case.
fn proper_title(page: &Page<'_>, layers: &Layers, from: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 6;
    let names = &page.pack.names;
    let end = page.sentence(from - 1).end;
    let mut at = from;
    while at < end && page.is_lower(at) && page.is_adjective(at) && layers.at(at).is_none() {
        at += 1;
    }
    let guess = |f: &Found| f.entry.is_none() && f.head.is_none() && (f.kind == EntityKind::Place || is_lone_person(f));
    let free = |at: usize| layers.mention_at(at).is_none_or(guess);
    if names.heads_last || at >= end || page.is_function_word(at) || page.in_capitals(at) || !free(at) {
        return None;
    }
    let run = noun_phrase::capital_run(page, at, &names.organization_particles);
    let person = run.len() > 1 && page.lexicon.is_first_name(page.tokens.word(at));
    if person || page.is(&names.titles, at) || page.is(&names.roles, at) {
        return None;
    }
    let last = run.clone().find(|&i| !free(i)).unwrap_or(run.end);
    let last = (at..last).rev().find(|&i| page.is_capital(i))? + 1;
    if noun_phrase::agrees(page, last) {
        return Some(at..last + 1);
    }
    let style = Style { prepositions: &names.complement, goal: None, capitals: true, dative: true, longest: LONGEST };
    let more = noun_phrase::read(page, layers, last, &style);
    let other = more.complements.iter().find(|c| c.mention.is_some()).map_or(more.end, |c| c.start);
    Some(at..other)
}

/// *Deux ateliers **ont eu lieu***: whether a verb right behind says something of the thing.
fn says_of(page: &Page<'_>, at: usize) -> bool {
    let verbs = &page.pack.verbs;
    [&verbs.have, &verbs.have_future, &verbs.be, &verbs.be_future, &verbs.reflexive]
        .iter()
        .any(|list| page.is_exactly(list, at))
}

/// *a **signé** jeudi à Dakar un accord*: whether a verb before it tells that the thing is held or published.
fn is_done(page: &Page<'_>, start: usize, kind: EntityKind) -> bool {
    const FURTHEST: usize = 6;
    let rules = &page.pack.relations;
    let from = start.saturating_sub(FURTHEST).max(page.sentence(start).start);
    let makes = |frame: &Frame| {
        matches!(frame.kind, RelationKind::Organizes | RelationKind::Publishes) && frame.object_kinds.contains(&kind)
    };
    let verb = (from..start).rev().take_while(|&i| !matches!(page.tokens.raw(i), "," | ";" | ":" | "»")).any(|i| {
        page.verb_forms(i)
            .iter()
            .any(|form| rules.frames_of.get(&form.verb).into_iter().flatten().any(|&frame| makes(&rules.frames[frame])))
    });
    verb && start > 0 && page.is_exactly(&page.pack.names.indefinite, start - 1)
}

fn rule(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Event => "event/noun-phrase",
        EntityKind::Project => "project/noun-phrase",
        _ => "publication/noun-phrase",
    }
}

/// Where the phrase begins (ordinals and adjectives before the head belong to it) and what its determiner makes of it.
fn determined(page: &Page<'_>, layers: &Layers, at: usize) -> Option<(usize, Reference)> {
    let names = &page.pack.names;
    let sentence = page.sentence(at);
    let mut start = noun_phrase::qualifiers_start(page, layers, at);
    while start > sentence.start && layers.at(start - 1).is_none() && before_head(page, start - 1) {
        start -= 1;
    }
    // «after Cyclone Idai»
    let crisis = page.phrase(&names.crises, at, sentence.end).unwrap_or(0);
    if names.heads_last && start == at && crisis > 0 && page.is_capital(at) && page.is_capital(at + crisis) {
        return Some((start, Reference::Definite));
    }
    let Some(before) = start.checked_sub(1).filter(|b| *b >= sentence.start) else {
        // Without a determiner at the head of a sentence or heading: «Atelier de Dakar», «Réunion à La Réunion».
        return page.is_capital(start).then_some((start, Reference::Definite));
    };
    if page.is_exactly(&names.demonstrative, before)
        || page.is_exactly(&names.definite, before)
        || page.is_exactly(&names.possessive, before)
    {
        // «des projets»: partitive, no thing in particular
        return Some((start, Reference::Definite));
    }
    if page.is_exactly(&names.indefinite, before) {
        return Some((start, Reference::Indefinite));
    }
    if let Some(reference) = named_before(page, layers, start) {
        return Some((start, reference));
    }
    let preposition = page.phrase(&names.complement, before, start).is_some()
        || page.phrase(&page.pack.relations.oblique, before, start).is_some();
    if preposition && page.is_exactly(&names.partitive, before) {
        return Some((start, Reference::Indefinite));
    }
    // «« Racines », programme confié à …»: in apposition to a title.
    let apposed =
        page.is_raw(before, ",") && before > sentence.start && matches!(page.tokens.raw(before - 1), "»" | "”" | ")");
    let title = || (sentence.start..before).rev().take(12).any(|i| matches!(page.tokens.raw(i), "»" | "”"));
    if apposed && page.is_lower(at) && title() {
        return Some((start, Reference::Definite));
    }
    // «25 juillet : réunion de coordination à Gao», «• conférence sur le climat»: a line of a programme.
    let marked = page.is_raw(before, ":") || is_bullet(page.tokens.raw(before));
    let opens = before == sentence.start && is_bullet(page.tokens.raw(before)) && layers.at(start).is_none();
    let verb = |i: usize| !page.verb_forms(i).is_empty() && !page.is_exactly(&page.pack.verbs.ambiguous, i);
    let verbless = || !(sentence.start..before).any(|i| verb(i) || says_of(page, i));
    let opening = page.phrase(&names.openings, at, sentence.end).is_some();
    if marked && (page.is_lower(at) || page.is_raw(before, ":") || opens) && !opening && verbless() {
        return Some((start, Reference::Indefinite));
    }
    let list = page.is_raw(before, ",") || page.is_and(before) || page.is_raw(before, "«");
    let modified = start < at;
    // «organized training sessions»
    let done = names.heads_last && (!page.verb_forms(before).is_empty() || page.is_and(before));
    ((preposition || done) && modified || list && page.is_capital(start)).then_some((start, Reference::Indefinite))
}

/// *the **UNICEF** project*, *an **EU-funded** project*: what the article before a body in front of the phrase makes of it.
fn named_before(page: &Page<'_>, layers: &Layers, start: usize) -> Option<Reference> {
    let names = &page.pack.names;
    let before = start.checked_sub(1).filter(|_| names.heads_last)?;
    let compound = before >= 2 && page.is_raw(before - 1, "-");
    let last = if compound { before - 2 } else { before };
    let body = layers
        .mention_at(last)
        .filter(|f| f.range.end == last + 1 && matches!(f.kind, EntityKind::Organization | EntityKind::Country))?;
    let article = body.range.start.checked_sub(1);
    let indefinite = article.is_some_and(|a| page.is_exactly(&names.indefinite, a));
    Some(if indefinite { Reference::Indefinite } else { Reference::Definite })
}

/// *project **activities***, *Conference **Centre***: where heads stand last, one with another noun behind it is none.
fn goes_on(page: &Page<'_>, layers: &Layers, next: usize) -> bool {
    let names = &page.pack.names;
    let end = page.sentence(next.saturating_sub(1)).end;
    if !names.heads_last || next >= end || layers.at(next).is_some() {
        return false;
    }
    let noun = page.is_lower(next) && page.verb_forms(next).is_empty() && noun_phrase::may_be_part(page, next);
    let adverbial = page.is(&page.pack.names.others, next) || page.tokens.lower(next).ends_with("ly");
    let heads = [&names.organization_heads, &names.place_heads, &names.roles];
    let head = page.is_capital(next) && heads.iter().any(|heads| page.phrase(heads, next, end).is_some());
    noun && !adverbial || head
}

/// *43ème*, *troisième*, *prochaine*, *vaste* before a head.
fn before_head(page: &Page<'_>, at: usize) -> bool {
    let names = &page.pack.names;
    let number = page.tokens.tokens[at].kind == TokenKind::Number
        && page.tokens.lower(at).ends_with(|c: char| c.is_alphabetic());
    let roman = page.tokens.tokens[at].acronym && page.tokens.raw(at).chars().all(|c| "IVXLCDM".contains(c));
    let word = page.is(&names.before_noun, at) || page.is(&names.ordinals, at) || page.is(&names.others, at);
    number || roman || word && !page.is_exactly(&names.determiners, at)
}

fn is_plural(page: &Page<'_>, start: usize, head: usize) -> bool {
    let before = start.checked_sub(1).is_some_and(|b| page.is_exactly(&page.pack.names.plural, b));
    before
        || page.tokens.lower(head).ends_with('s')
            && page.tokens.word(head).len() > 3
            && !page.is(&page.pack.names.invariable, head)
}

/// Shorter ways to name it: the title alone, the phrase without its last complements.
fn aliases(
    head: usize,
    extent: &noun_phrase::Extent,
    whole: &Range<usize>,
    title: Option<&Range<usize>>,
) -> Vec<Range<usize>> {
    let mut aliases: Vec<Range<usize>> = title.into_iter().cloned().collect();
    for complement in &extent.complements {
        if complement.start > head + 1 && complement.mention.is_some() {
            aliases.push(whole.start..complement.start);
        }
    }
    aliases
}
