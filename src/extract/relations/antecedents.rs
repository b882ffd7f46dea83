//! What stands for an argument that the sentence does not name: a pronoun, a missing subject, what the text is about.
//!
//! *L'OIM conduit le **projet**. La Suède **l'**a financé.* → theme [projet] · *L'**UNICEF** et l'**OIM** … **Elles** ont publié …* → agents of both
//!
//! Near miss: *Deux agences ont publié …* (some agencies, not those named).

use super::Scene;
use super::chains;
use super::line::{Filler, Line, launched};
use super::publisher::{self, is_quoted};
use super::verb_group::VerbGroup;
use crate::extract::language::{Argument, Voice};
use crate::model::EntityKind;

/// The filler of an argument in this sentence; for a pronoun or a missing subject, in a sentence before.
pub(super) fn fill(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    argument: &Argument,
    kinds: &[EntityKind],
) -> Option<(usize, Filler)> {
    let doer = matches!(argument, Argument::Agent | Argument::Itself);
    if doer && publisher::speaks(scene, line, verb) {
        let (sentence, unit) = publisher::who_speaks(scene, verb.tokens.start)?;
        let fits = scene.lines[sentence].is_one_of(scene.layers, unit, kinds);
        return fits.then(|| (sentence, Filler { units: vec![unit] }));
    }
    if points_behind(scene, line, verb, argument) {
        return done_to(scene, line, verb, kinds);
    }
    if let Some(filler) = line.argument(scene.page, scene.layers, verb, argument, kinds) {
        return Some((line.sentence, filler));
    }
    let names = &scene.page.pack.names;
    let near: Vec<usize> = (0..verb.units.start)
        .rev()
        .take(3)
        .filter(|&i| line.units[i].mention.is_none())
        .map(|i| line.units[i].tokens.start)
        .collect();
    let latter = |at: usize| scene.page.phrase(&names.latter, at, verb.tokens.start).is_some();
    // «She joined the unit» says it of a person, whatever else was named before.
    let personal = near.iter().any(|&at| scene.page.is_exactly(&names.personal_pronouns, at));
    let somebody = [EntityKind::Person];
    let kinds: &[EntityKind] = match personal && doer {
        true if kinds.contains(&EntityKind::Person) => &somebody,
        true => return None,
        false => kinds,
    };
    let pronoun = near.iter().any(|&at| scene.page.is(&names.pronouns, at) || latter(at));
    if matches!(argument, Argument::Place) {
        let there =
            near.iter().chain(&verb.tokens.clone().collect::<Vec<_>>()).any(|&t| scene.page.is(&names.there, t));
        return there.then(|| place_before(scene, line, verb, kinds)).flatten();
    }
    let counted = counted_bodies(scene, line, verb);
    // A participle that opens a sentence with a verb of its own speaks of that verb's subject.
    let opening = !verb.finite && verb.units.start <= 1 && speaks_of_before(scene, line);
    let clitic = line.has_clitic_object(scene.page, verb);
    let dropped = names.drops_subject && has_no_subject(scene, line, verb);
    let of_it = verb.tokens.clone().chain(near.iter().copied()).any(|t| scene.page.is(&names.of_it, t));
    let reaches = match argument {
        // «Doté de 4 millions, …»: who does it stands behind «par» or is not said.
        Argument::Agent if verb.voice == Voice::Passive => false,
        Argument::Agent | Argument::Itself => pronoun || opening || dropped || counted.is_some(),
        Argument::Theme => pronoun || opening || of_it || clitic || dropped && verb.voice == Voice::Passive,
        Argument::Event => pronoun || opening || dropped || meets(scene, line, verb),
        Argument::About => true,
        _ => false,
    };
    if !reaches {
        return None;
    }
    if matches!(argument, Argument::Event) && meets(scene, line, verb) {
        return following(scene, line, kinds);
    }
    if matches!(argument, Argument::About) {
        return about(scene, line, verb, kinds);
    }
    // «Doté de 4 millions, celui-ci est financé par …»: an undertaking sooner than a body.
    let spoken_of =
        (pronoun || opening || dropped) && verb.voice == Voice::Passive && kinds.contains(&EntityKind::Project);
    if matches!(argument, Argument::Theme) && (clitic || of_it || spoken_of) {
        return done_to(scene, line, verb, kinds);
    }
    if let Some(number) = counted.filter(|_| !pronoun) {
        return all_named(scene, line, kinds, number);
    }
    // «L'OIM annonce qu'elle financera …»: who has been named in the sentence is meant first.
    let fits = |i: &usize| line.is_one_of(scene.layers, *i, kinds);
    let bare = |i: &usize| fits(i) && !line.is_oblique(scene.page, *i) && !line.is_of(scene.page, *i);
    let doer = matches!(argument, Argument::Agent | Argument::Itself) && pronoun;
    let here = (0..verb.units.start).find(bare).filter(|_| doer);
    let here = here.map(|unit| (line.sentence, Filler { units: vec![unit] }));
    // A pronoun after a pronoun stands for the same.
    let chained = line.sentence.checked_sub(1).is_some_and(|s| speaks_by_pronoun(scene, &scene.lines[s]));
    let plural = near.iter().any(|&at| scene.page.is_exactly(&names.plural_pronouns, at));
    let acts_alone = matches!(argument, Argument::Agent | Argument::Itself) && (pronoun || dropped) && !plural;
    let somebody = || {
        let who =
            (acts_alone && !is_quoted(scene, verb.tokens.start)).then(|| chains::who(scene, line, kinds, pronoun));
        who.flatten()
    };
    let before = here.or_else(somebody).or_else(|| earlier(scene, line, kinds, 1 + usize::from(chained)));
    if acts_alone && before.as_ref().is_some_and(|found| is_about_somebody(scene, line, found, kinds)) {
        return None;
    }
    // «Elle se poursuit à Lusaka» may be said of much, and a pronoun that acts is no theme: of an event only what is done to it.
    let goes_on = match argument {
        Argument::Theme => verb.voice == Voice::Passive,
        Argument::Agent | Argument::Itself => kinds.contains(&EntityKind::Project),
        _ => false,
    };
    // «It is active in Mallaig», sentences after the project was named: a text goes on about its main thing.
    let (sentence, mut filler) = before
        .or_else(|| main_thing(scene, line, kinds).filter(|_| goes_on && !plural && !opening && counted.is_none()))?;
    if plural {
        filler.units = scene.lines[sentence].list(scene.layers, filler.units[0], kinds);
    }
    Some((sentence, filler))
}

/// *La **doctora Sosa** dirige la Fundación. Inició en 1969 …*: whether the sentence before has a person for its subject, and no person can be meant.
fn is_about_somebody(scene: &Scene<'_, '_>, line: &Line, found: &(usize, Filler), kinds: &[EntityKind]) -> bool {
    let before = &scene.lines[found.0];
    if kinds.contains(&EntityKind::Person) || found.0 == line.sentence {
        return false;
    }
    let unit = found.1.units.first().copied().unwrap_or_default();
    let person = |i: usize| before.kind(scene.layers, i) == Some(EntityKind::Person);
    (0..unit).any(|i| person(i) && !before.is_oblique(scene.page, i) && !before.is_of(scene.page, i))
}

/// *Norway funds **it***, *Norway pays for **it***: whether a pronoun right behind the verb stands for what it is done to.
fn points_behind(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, argument: &Argument) -> bool {
    let (page, pronouns) = (scene.page, &scene.page.pack.names.object_pronouns);
    let end = line.units.last().map_or(verb.tokens.end, |u| u.tokens.end);
    let at = verb.tokens.end;
    if pronouns.is_empty() || verb.voice == Voice::Passive || at >= end {
        return false;
    }
    match argument {
        Argument::Theme => page.is_exactly(pronouns, at),
        Argument::After(prepositions) => {
            let length = page.phrase(prepositions, at, end);
            length.is_some_and(|n| at + n < end && page.is_exactly(pronouns, at + n))
        }
        _ => false,
    }
}

/// *L'UNESCO est de retour à **Tombouctou**. Elle **y** organise …*: the place named last before.
fn place_before(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    let here = line.nearest_before(scene.layers, verb.units.start, kinds, verb.units.start);
    if let Some(unit) = here {
        return Some((line.sentence, Filler { units: vec![unit] }));
    }
    let previous = scene.lines.get(line.sentence.checked_sub(1)?)?;
    let fits = |i: &usize| previous.is_one_of(scene.layers, *i, kinds);
    let located = |i: &usize| fits(i) && previous.is_located(scene.page, *i);
    let alone = |i: &usize| fits(i) && previous.units.len() <= 3;
    let unit = (0..previous.units.len()).rev().find(located).or_else(|| (0..previous.units.len()).find(alone))?;
    Some((previous.sentence, Filler { units: vec![unit] }))
}

/// *Ont pris part à la réunion **:*** and then lines that each begin with a mark: the first fitting name of each line.
pub(super) fn listed_below(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Vec<(usize, usize)> {
    let page = scene.page;
    let last = line.units.last().filter(|u| u.mention.is_none()).map(|u| page.tokens.raw(u.tokens.start));
    let colon = last == Some(":");
    let marked = |l: &&Line| {
        let first = l.units.first().map(|u| page.tokens.raw(u.tokens.start));
        first.is_some_and(|raw| matches!(raw, "•" | "-" | "–" | "*" | "·"))
    };
    // A heading needs no colon: «Who took part».
    const LONGEST_HEADING: usize = 10;
    let ends = matches!(last, Some("." | "!" | "»" | "”" | "," | ";"));
    let bodies = kinds.contains(&EntityKind::Organization);
    let heading = bodies && !ends && line.units.len() <= LONGEST_HEADING && !marked(&line);
    if !colon && !heading {
        return Vec::new();
    }
    let lines = scene.lines[line.sentence + 1..].iter().take_while(marked);
    lines
        .filter_map(|l| {
            let fits = |i: &usize| l.is_one_of(scene.layers, *i, kinds);
            // A line that says more than who it is has its own story.
            let first = (0..l.units.len()).find(|&i| l.units[i].mention.is_some()).filter(|&i| i <= 4 && fits(&i))?;
            let verbless = !l.verbs.iter().any(|v| v.finite);
            (verbless || !kinds.contains(&EntityKind::Organization)).then_some((l.sentence, first))
        })
        .collect()
}

/// ***Organizará** un taller*: whether a verb stands without a subject, as some languages let it, neither before nor behind it.
pub(super) fn has_no_subject(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    const NEAR: usize = 4;
    let (page, names) = (scene.page, &scene.page.pack.names);
    let behind = verb.tokens.end..(verb.tokens.end + NEAR).min(page.sentence(verb.tokens.start).end);
    let of_verb =
        |at: &usize| !matches!(page.tokens.raw(*at), "," | ";" | "(") && !page.is(&page.pack.relations.oblique, *at);
    // «Asistió el alcalde»: somebody without a name.
    let somebody = |at: usize| page.is(&names.roles, at) || page.is(&names.delegates, at);
    verb.finite && line.opens_clause(page, verb) && !behind.take_while(of_verb).any(somebody)
}

/// What a pronoun before the verb stands for: an undertaking sooner than a body, and never who acts. When the nearest undertaking is
/// none of the wanted kinds, it is what is meant all the same, and there is nothing of those kinds.
fn done_to(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    const UNDERTAKINGS: [EntityKind; 3] = [EntityKind::Project, EntityKind::Event, EntityKind::Publication];
    if fronted_noun(scene, line, verb) {
        return None;
    }
    let fits = |found: &(usize, Filler)| agrees(scene, line, verb, found);
    let here = line.nearest_before(scene.layers, verb.units.start, &UNDERTAKINGS, verb.units.start);
    let here = here.map(|unit| (line.sentence, Filler { units: vec![unit] })).filter(fits);
    // «Le HCR le coordonne. Le Japon l'appuie»: a pronoun after a pronoun stands for the same.
    let previous = line.sentence.checked_sub(1).map(|s| &scene.lines[s]);
    let chained = previous
        .is_some_and(|p| p.verbs.iter().any(|v| p.has_clitic_object(scene.page, v)) || speaks_by_pronoun(scene, p));
    let before = |kinds: &[EntityKind], furthest: usize| earlier(scene, line, kinds, furthest).filter(fits);
    let wanted: Vec<EntityKind> = kinds.iter().filter(|k| UNDERTAKINGS.contains(k)).copied().collect();
    let found = here
        .or_else(|| before(&UNDERTAKINGS, 1 + usize::from(chained)))
        .or_else(|| before(kinds, 1))
        .or_else(|| before(&UNDERTAKINGS, 4))
        .or_else(|| main_thing(scene, line, &wanted).filter(fits))?;
    let wanted_kind = |found: &(usize, Filler)| {
        let kind = scene.lines[found.0].kind(scene.layers, found.1.units[0]);
        kind.is_some_and(|kind| kinds.contains(&kind))
    };
    // «L'atelier relève du projet. L'OIM l'exécute»: of two in one sentence the verb takes what it can be done to.
    let beside = |found: &(usize, Filler)| {
        let own = || line.nearest_before(scene.layers, verb.units.start, &wanted, verb.units.start);
        let own = || own().map(|unit| (line.sentence, Filler { units: vec![unit] })).filter(fits);
        if found.0 == line.sentence { own() } else { before(&wanted, 1).filter(|other| other.0 == found.0) }
    };
    let found = if wanted_kind(&found) { Some(found) } else { beside(&found) };
    found.filter(wanted_kind)
}

/// ***El dinero lo** pone la OIM*: the pronoun says again what stands right before it, and that is nothing that was found.
fn fronted_noun(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    let (page, names) = (scene.page, &scene.page.pack.names);
    let word = |back: usize| {
        let unit = &line.units[verb.units.start.checked_sub(back)?];
        unit.mention.is_none().then_some(unit.tokens.start)
    };
    let (Some(noun), Some(article)) = (word(2), word(3)) else { return false };
    names.drops_subject
        && line.has_clitic_object(page, verb)
        && page.is_lower(noun)
        && !page.is_function_word(noun)
        && page.is_exactly(&names.definite, article)
}

/// Whether the pronoun before the verb agrees in number: *les* stands for several.
fn agrees(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup, found: &(usize, Filler)) -> bool {
    let pronoun = verb.units.start.checked_sub(1).map(|i| line.units[i].tokens.start);
    let several = pronoun.is_some_and(|at| scene.page.is_exactly(&scene.page.pack.names.plural, at));
    let plural = |&unit: &usize| {
        let mention = scene.lines[found.0].units[unit].mention;
        mention.is_some_and(|m| scene.layers.found[m].plural)
    };
    !line.has_clitic_object(scene.page, verb) || several == found.1.units.iter().any(plural)
}

/// Whether a finite verb of the sentence has a pronoun for its subject.
pub(super) fn speaks_by_pronoun(scene: &Scene<'_, '_>, line: &Line) -> bool {
    let names = &scene.page.pack.names;
    line.verbs.iter().filter(|v| v.finite && v.units.start > 0).any(|v| {
        let before = &line.units[v.units.start - 1];
        before.mention.is_none() && scene.page.is(&names.pronouns, before.tokens.start)
    })
}

/// ***Les deux agences** ont publié …*: how many bodies named before the subject of the verb stands for.
fn counted_bodies(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> Option<usize> {
    let (page, names) = (scene.page, &scene.page.pack.names);
    let noun = verb.units.start.checked_sub(1).filter(|&i| line.units[i].mention.is_none())?;
    let at = line.units[noun].tokens.start;
    let article = at.checked_sub(2).filter(|_| noun >= 2)?;
    let definite = page.is_exactly(&names.definite, article) || page.is_exactly(&names.demonstrative, article);
    let fits = definite && !page.is_contracted(article) && page.is(&names.counted_bodies, at);
    fits.then(|| names.counts.iter().position(|word| page.tokens.lower(at - 1) == word)).flatten().map(|n| n + 2)
}

/// The list of exactly so many bodies, within the two sentences before.
fn all_named(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind], number: usize) -> Option<(usize, Filler)> {
    const FURTHEST: usize = 2;
    (1..=FURTHEST).find_map(|back| {
        let previous = scene.lines.get(line.sentence.checked_sub(back)?)?;
        let body = |i: &usize| {
            matches!(previous.kind(scene.layers, *i), Some(k) if k != EntityKind::Person && kinds.contains(&k))
        };
        let lists = (0..previous.units.len()).filter(body).map(|i| previous.list(scene.layers, i, kinds));
        let units = lists.into_iter().find(|list| list.len() == number)?;
        Some((previous.sentence, Filler { units }))
    })
}

/// Whether the sentence has no subject of its own, or only a pronoun: *Affrété par l'OIM, **il** …*
fn speaks_of_before(scene: &Scene<'_, '_>, line: &Line) -> bool {
    let Some(first) = line.verbs.iter().filter(|v| v.finite).map(|v| v.units.start).min() else { return true };
    first > 0 && scene.page.is(&scene.page.pack.names.pronouns, line.units[first - 1].tokens.start)
}

/// What the sentence speaks of without naming it as an argument: the nearest thing in it, in the sentences before, or the one thing
/// that the whole document is about.
pub(super) fn about(
    scene: &Scene<'_, '_>,
    line: &Line,
    verb: &VerbGroup,
    kinds: &[EntityKind],
) -> Option<(usize, Filler)> {
    if let Some(unit) = line.about(scene.page, scene.layers, verb.units.start, kinds) {
        return Some((line.sentence, Filler { units: vec![unit] }));
    }
    if of_another(scene, line, verb) {
        return None;
    }
    spoken_of(scene, line, kinds, 4)
}

/// *une assistance **dont** le Fonds assume le coût*: what the relative clause says is of what stands right before it, and of nothing earlier.
fn of_another(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    const FURTHEST: usize = 10;
    let page = scene.page;
    let plain = |u: usize| line.units[u].mention.is_none();
    let ends = |u: usize| plain(u) && matches!(page.tokens.raw(line.units[u].tokens.start), ";" | ":" | ",");
    let finite = |u: usize| line.verbs.iter().any(|v| v.finite && v.units.contains(&u));
    let from = verb.units.start.saturating_sub(FURTHEST);
    let mut clause = (from..verb.units.start).rev().take_while(|&u| !ends(u) && !finite(u));
    clause.any(|u| plain(u) && page.is(&page.pack.names.genitive_relatives, line.units[u].tokens.start))
}

/// The nearest thing of these kinds before a unit, in its sentence or in those before.
pub(super) fn about_before(
    scene: &Scene<'_, '_>,
    line: &Line,
    unit: usize,
    kinds: &[EntityKind],
) -> Option<(usize, usize)> {
    let here = line.nearest_before(scene.layers, unit, kinds, unit).map(|unit| (line.sentence, unit));
    here.or_else(|| spoken_of(scene, line, kinds, 3).map(|(sentence, filler)| (sentence, filler.units[0])))
}

/// What the sentences before speak of: the nearest thing of these kinds in the paragraph, else what the whole text is about.
pub(super) fn spoken_of(
    scene: &Scene<'_, '_>,
    line: &Line,
    kinds: &[EntityKind],
    furthest: usize,
) -> Option<(usize, Filler)> {
    earlier(scene, line, kinds, furthest).or_else(|| main_thing(scene, line, kinds))
}

/// The thing that the document speaks of most, in the last sentence before this one that names it.
pub(super) fn main_thing(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    let doing = |kind: &EntityKind| matches!(kind, EntityKind::Project | EntityKind::Event);
    let things = (0..scene.things.things.len())
        .filter(|&t| kinds.iter().filter(|kind| doing(kind)).any(|kind| *kind == scene.kind(t)));
    let first = |t: usize| scene.things.things[t].mentions.iter().map(|&m| scene.layers.found[m].range.start).min();
    let held = |t: &usize| !scene.is_crisis(*t);
    let main =
        things.filter(held).max_by_key(|&t| (scene.things.things[t].mentions.len(), std::cmp::Reverse(first(t))))?;
    let held = |m: usize| scene.kind(main) == EntityKind::Event && scene.is_held(m);
    let leads = scene.things.things[main].mentions.iter().any(|&m| in_lead(scene, m, held(m)));
    let said_again = scene.things.things[main].mentions.len() > 1 || leads;
    scene.lines[..line.sentence].iter().rev().find_map(|previous| {
        let speaks = |i: &usize| previous.units[*i].mention.and_then(|m| scene.thing(m)) == Some(main);
        let unit = (0..previous.units.len()).find(speaks).filter(|_| said_again)?;
        Some((previous.sentence, Filler { units: vec![unit] }))
    })
}

/// Whether a mention stands in the heading or the first sentences of the text, or in the first one below a title that has a verb and
/// lines without one (who sends it out, a dateline); what stands there must be an event
/// that is `held` somewhere.
fn in_lead(scene: &Scene<'_, '_>, mention: usize, held: bool) -> bool {
    const LEAD: usize = 4;
    const HEADINGS: usize = 5;
    let sentence = scene.page.sentence_number(scene.layers.found[mention].range.start);
    let said = |line: &Line| line.verbs.iter().any(|verb| verb.finite);
    sentence < LEAD
        || held && sentence < LEAD + HEADINGS && scene.lines[..sentence].iter().filter(|line| said(line)).count() < 2
}

/// What a sentence before is about: the first thing of the kind that no preposition governs, within the paragraph.
fn earlier(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind], furthest: usize) -> Option<(usize, Filler)> {
    let sentences = &scene.page.tokens.sentences;
    let paragraph = sentences[line.sentence].paragraph;
    for back in 1..=furthest {
        let previous = scene.lines.get(line.sentence.checked_sub(back)?)?;
        let here = &sentences[previous.sentence];
        if paragraph - here.paragraph > usize::from(back == 1) || here.section != crate::model::SectionKind::Body {
            return heading_above(scene, line, kinds);
        }
        let fits = |i: &usize| previous.is_one_of(scene.layers, *i, kinds);
        let plain = (0..previous.units.len()).find(|i| fits(i) && !previous.is_oblique(scene.page, *i));
        if let Some(unit) = plain.or_else(|| (0..previous.units.len()).find(fits)) {
            // «annonce le lancement du projet. L'Union y consacre …»: the project is meant.
            let project =
                previous.units[unit].mention.and_then(|m| launched(scene.page, scene.layers, scene.things, m));
            let project = project.filter(|_| kinds.contains(&EntityKind::Project));
            let unit = project
                .and_then(|p| (0..previous.units.len()).find(|&u| previous.units[u].mention == Some(p)))
                .unwrap_or(unit);
            return Some((previous.sentence, Filler { units: vec![unit] }));
        }
    }
    heading_above(scene, line, kinds)
}

/// What the heading right above the paragraph names: a line of its own without a verb.
fn heading_above(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    const LONGEST: usize = 12;
    let sentences = &scene.page.tokens.sentences;
    let paragraph = sentences[line.sentence].paragraph;
    let first = (0..=line.sentence).rev().take_while(|&s| sentences[s].paragraph == paragraph).last()?;
    let above = &scene.lines[first.checked_sub(1)?];
    let alone = above.sentence == 0 || sentences[above.sentence - 1].paragraph != sentences[above.sentence].paragraph;
    let last = above.units.last().map(|u| scene.page.tokens.raw(u.tokens.end - 1));
    let heading = alone && above.verbs.iter().all(|v| !v.finite) && above.units.len() <= LONGEST;
    if !heading || matches!(last, Some("." | "?" | "!" | ":")) {
        return None;
    }
    let unit = (0..above.units.len()).find(|&u| above.is_one_of(scene.layers, u, kinds))?;
    Some((above.sentence, Filler { units: vec![unit] }))
}

/// *Des fonctionnaires **se réunissent** à Dakar*: the verb says that people meet; the meeting itself is named in what follows.
fn meets(scene: &Scene<'_, '_>, line: &Line, verb: &VerbGroup) -> bool {
    let page = scene.page;
    let start = verb.tokens.start;
    let reflexive = verb.tokens.clone().any(|t| page.is_exactly(&page.pack.verbs.reflexive, t));
    let meeting = page.pack.names.meeting_verbs.has(verb.verb);
    let no_event = (0..line.units.len()).all(|i| line.kind(scene.layers, i) != Some(EntityKind::Event));
    reflexive && meeting && no_event && start < verb.tokens.end
}

fn following(scene: &Scene<'_, '_>, line: &Line, kinds: &[EntityKind]) -> Option<(usize, Filler)> {
    let next = scene.lines.get(line.sentence + 1)?;
    let unit = (0..next.units.len()).find(|&i| next.is_one_of(scene.layers, i, kinds))?;
    Some((next.sentence, Filler { units: vec![unit] }))
}
