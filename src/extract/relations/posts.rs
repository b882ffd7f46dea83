//! Who holds which post where.
//!
//! ***Jorge Peraza**, chef de mission de l'**OIM** au Salvador* · *la Directrice régionale de l'**OIM** pour …, **Carmela Godeau***
//!
//! Near miss: *Bukar Kolo, 58 ans, pêcheur* (no employer is named).

use std::ops::Range;

use super::{Proposal, Scene};
use crate::extract::names::{role_after, role_before};
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind};

/// Posts of all people in running text.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    for (mention, found) in scene.layers.found.iter().enumerate() {
        let contact = scene.page.section(found.range.start) == SectionKind::Contact;
        if found.kind != EntityKind::Person || found.inside.is_some() || contact {
            continue;
        }
        let after =
            role_after(scene.page, found.range.end).map(|role| (role..role_end(scene, role), "works-for/role-after"));
        let before =
            role_before(scene.page, found.range.start).map(|role| (role..found.range.start, "works-for/role-before"));
        // «l'ambassadrice du Mali, Awa Sow, …, Mme Roy»: a role that leads to another person is not hers.
        let of_other = |role: &Range<usize>| {
            let singular = !scene.page.tokens.lower(role.start).ends_with('s');
            singular && role.clone().any(|t| scene.layers.mention_at(t).is_some_and(|f| f.kind == EntityKind::Person))
        };
        let before = before.filter(|(role, _)| !of_other(role));
        // «le préfet, A, l'ambassadrice de l'Union, B, …»: a role between two names belongs to the second when the first has its own.
        let of_next = |role: &Range<usize>| {
            let mut at = role.end;
            while at < scene.page.tokens.tokens.len()
                && (matches!(scene.page.tokens.raw(at), "," | ")") || scene.page.is(&scene.page.pack.names.titles, at))
            {
                at += 1;
            }
            at > role.end && scene.layers.mention_at(at).is_some_and(|f| f.kind == EntityKind::Person)
        };
        // «en mémoire de Paul Martin, l'ambassadrice du Mali avait envoyé …»: the role is the subject of what follows.
        let is_subject = |role: &Range<usize>| {
            let article =
                role.start.checked_sub(1).is_some_and(|b| scene.page.is_exactly(&scene.page.pack.names.definite, b));
            let line = &scene.lines[scene.page.sentence_number(role.start)];
            article && line.verbs.iter().any(|v| v.finite && v.tokens.start == role.end)
        };
        let after = after.filter(|(role, _)| (before.is_none() || !of_next(role)) && !is_subject(role));
        let trade = || trade_after(scene, found.range.end).map(|role| (role, "works-for/trade"));
        let after = after.or_else(trade);
        for (role, rule) in before.into_iter().chain(after) {
            for holder in holders(scene, mention, &role, rule) {
                post(scene, holder, &role, rule, proposals);
            }
        }
    }
}

/// *A et B, tous deux **chercheurs** à l'Université*: a role in the plural behind a list is that of all of it.
fn holders(scene: &Scene<'_, '_>, person: usize, role: &Range<usize>, rule: &str) -> Vec<usize> {
    let line = &scene.lines[scene.page.sentence_number(role.start)];
    let plural = scene.page.tokens.lower(role.start).ends_with('s');
    let unit = line.unit_at(scene.layers.found[person].range.start);
    if rule != "works-for/role-after" || !plural || line.units[unit].mention != Some(person) {
        return vec![person];
    }
    line.list(scene.layers, unit, &[EntityKind::Person]).into_iter().filter_map(|u| line.units[u].mention).collect()
}

/// *Kadiatou Bah, **frigoriste à la Compagnie des bauxites***: a trade that no list has, when a body follows it at once.
fn trade_after(scene: &Scene<'_, '_>, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 5;
    let page = scene.page;
    let sentence = page.sentence(end.saturating_sub(1)).end;
    let noun = end + 1;
    if !page.is_raw(end, ",") || noun >= sentence || !page.is_lower(noun) || page.is_function_word(noun) {
        return None;
    }
    let verb = page.verb_forms(noun);
    let other =
        !verb.is_empty() || page.is(&page.pack.verbs.adverbs, noun) || page.is(&page.pack.relations.oblique, noun);
    let body = (noun + 1..sentence.min(noun + 1 + LONGEST)).find(|&t| scene.layers.at(t).is_some())?;
    let employer = scene.layers.mention_at(body).is_some_and(|f| f.kind == EntityKind::Organization);
    let joined = (noun + 1..body).any(|t| {
        page.is_of(t)
            || page.is(&page.pack.relations.place_prepositions, t)
            || page.is(&page.pack.relations.employer_prepositions, t)
    });
    let plain = (noun + 1..body).all(|t| page.is_lower(t) || page.is_exactly(&page.pack.names.determiners, t));
    (employer && joined && plain && !other).then_some(noun..scene.layers.mention_at(body)?.range.end)
}

fn post(scene: &Scene<'_, '_>, person: usize, role: &Range<usize>, rule: &str, proposals: &mut Vec<Proposal>) {
    let page = scene.page;
    let Some(subject) = scene.thing(person) else { return };
    let sentence = page.sentence_number(role.start);
    for (object, range) in employers(scene, role) {
        // «NRC's Country Director»: the post is named behind the body.
        let own = page.is_exactly(&page.pack.names.definite, range.end + 1) && range.start == role.start;
        let from = if own { range.end + 2 } else { role.start };
        let from = if page.pack.names.heads_last && from < role.end { from } else { role.start };
        let written = page.written(&trimmed(page, &(from..role.end))).trim_end_matches([',', ' ']).to_owned();
        proposals.push(Proposal {
            kind: RelationKind::WorksFor,
            subject: (subject, scene.layers.found[person].range.clone()),
            object: (object, range),
            trigger: Some(role.start..role.start + 1),
            sentences: vec![sentence],
            qualifiers: Qualifiers { role: Some(written), ..Qualifiers::default() },
            confidence: 0.85,
            rule: format!("{}/{rule}", page.pack.tag),
        });
    }
}

/// The role without the comma and title before the name.
fn trimmed(page: &crate::extract::page::Page<'_>, role: &Range<usize>) -> Range<usize> {
    let mut end = role.end;
    while end > role.start + 1 {
        let title = (1..=4).find(|n| {
            end > role.start + n
                && page.phrase(&page.pack.names.titles, end - n, end) == Some(*n)
                && page.is_raw(end - n - 1, ",")
        });
        match title {
            Some(length) => end -= length,
            None if matches!(page.tokens.raw(end - 1), "," | ".") => end -= 1,
            None => break,
        }
    }
    role.start..end
}

/// The bodies named in a role, the first of them and those in list with it; a nationality stands for its country.
fn employers(scene: &Scene<'_, '_>, role: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let body = |kind: EntityKind| matches!(kind, EntityKind::Organization | EntityKind::Country);
    let mut employers = Vec::new();
    let mut at = role.start;
    while at < role.end {
        let Some(mention) = scene.layers.at(at) else {
            at += 1;
            continue;
        };
        let found = &scene.layers.found[mention];
        at = found.range.end;
        let holder = if body(found.kind) { Some(mention) } else { inner_body(scene, mention) };
        let Some(holder) = holder else { continue };
        let Some(thing) = scene.thing(holder) else { continue };
        let first = employers.is_empty();
        let country = scene.kind(thing) == EntityKind::Country;
        let locative = country && is_locative(scene, scene.layers.found[mention].range.start)
            || country && !scene.page.is(&scene.page.pack.names.officials, role.start) && !official(scene, role);
        if (first || !country) && !locative {
            employers.push((thing, scene.layers.found[holder].range.clone()));
        }
        // A department known only from this text is named together with the body it belongs to.
        if scene.layers.found[holder].entry.is_none() && scene.kind(thing) == EntityKind::Organization {
            let inner =
                inner_body(scene, holder).and_then(|i| Some((scene.thing(i)?, scene.layers.found[i].range.clone())));
            employers.extend(inner.filter(|(i, _)| scene.kind(*i) == EntityKind::Organization));
        }
        if !lists_on(scene, at, role.end) && !locative {
            break;
        }
    }
    if employers.is_empty() {
        let unnamed = body_before(scene, role)
            .or_else(|| latter(scene, role))
            .or_else(|| behind_comma(scene, role))
            .or_else(|| nationality(scene, role).filter(|_| official(scene, role)))
            .or_else(|| owner(scene, role))
            .or_else(|| publisher(scene, role))
            .or_else(|| own_state(scene, role));
        employers.extend(unnamed);
    }
    employers
}

/// *the **WHO** Representative in Mozambique*: where heads stand last, the body may stand before the post.
fn body_before(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let before = role.start.checked_sub(1).filter(|_| scene.page.pack.names.heads_last)?;
    let mention = scene.layers.at(before)?;
    let found = &scene.layers.found[mention];
    let body = found.range.end == role.start && found.kind == EntityKind::Organization;
    body.then(|| Some((scene.thing(mention)?, found.range.clone()))).flatten()
}

/// ***Our** chair, Awa Sow*: the body that sends the text out.
fn publisher(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let page = scene.page;
    let ours = role.start.checked_sub(1).is_some_and(|t| page.is_exactly(&page.pack.names.our, t));
    let (sentence, unit) = scene.publisher.filter(|_| ours && !super::publisher::is_quoted(scene, role.start))?;
    scene.end(sentence, unit)
}

/// *le directeur général **de celle-ci***: the body named last before.
fn latter(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let (page, names) = (scene.page, &scene.page.pack.names);
    let pointing = role.clone().find(|&t| {
        let latter = page.phrase(&names.latter, t, role.end).is_some() || page.is(&names.pronouns, t);
        latter && page.is_of(t - 1)
    })?;
    let sentence = page.sentence_number(role.start);
    let body = |line: &super::Line, i: usize, until: usize| {
        let kind = line.kind(scene.layers, i);
        line.units[i].tokens.end <= until && matches!(kind, Some(EntityKind::Organization | EntityKind::Country))
    };
    let here = &scene.lines[sentence];
    let unit = (0..here.units.len()).rev().find(|&i| body(here, i, pointing));
    if let Some(unit) = unit {
        return scene.end(sentence, unit);
    }
    let before = scene.lines.get(sentence.checked_sub(1)?)?;
    let unit = (0..before.units.len()).rev().find(|&i| body(before, i, usize::MAX))?;
    scene.end(before.sentence, unit)
}

/// *Safiya Zentani, porte-parole, **OIM Libye***: in a line without a verb the body stands behind the role.
fn behind_comma(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let page = scene.page;
    let sentence = page.sentence_number(role.start);
    let line = &scene.lines[sentence];
    let end = page.sentence(role.start).end;
    // «press officer»: a word of the post is no verb.
    let verbless = !line.verbs.iter().any(|v| v.finite && !role.contains(&v.tokens.start));
    if !verbless || role.end + 1 >= end || !page.is_raw(role.end, ",") {
        return None;
    }
    let unit = line.unit_at(role.end + 1);
    let body = line.units[unit].tokens.start == role.end + 1;
    let organization = line.kind(scene.layers, unit) == Some(EntityKind::Organization);
    (body && organization).then(|| scene.end(sentence, unit)).flatten()
}

/// Whether the role is one in which a person may serve a country: *ministre*, not *chanteuse*.
fn official(scene: &Scene<'_, '_>, role: &Range<usize>) -> bool {
    let officials = &scene.page.pack.names.officials;
    let reach = if scene.page.pack.names.heads_last { 8 } else { 3 };
    (role.start..role.end.min(role.start + reach)).any(|at| scene.page.phrase(officials, at, role.end).is_some())
}

/// *ambassadeur **au** Togo* is not Togo's.
fn is_locative(scene: &Scene<'_, '_>, start: usize) -> bool {
    let names = &scene.page.pack.names;
    let before = start.checked_sub(1).map(|b| {
        if scene.page.is_exactly(&names.determiners, b) && !scene.page.is_contracted(b) {
            b.saturating_sub(1)
        } else {
            b
        }
    });
    // «Danish Ambassador **to** Kenya»
    let abroad = |b: usize| names.heads_last && scene.page.is_exactly(&scene.page.pack.verbs.inside, b);
    before.is_some_and(|b| scene.page.is(&scene.page.pack.relations.place_prepositions, b) || abroad(b))
}

/// *Le **Japon**, par la voix de **son** ambassadeur*, *le **Réseau**, **dont la** présidente*: whose post it is stands before.
fn owner(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let page = scene.page;
    let names = &page.pack.names;
    let before = role.start.checked_sub(1)?;
    let possessive = page.is_exactly(&names.possessive, before);
    let genitive = before > 0 && page.is(&names.genitive_relatives, before - 1);
    // «notre directrice»: those who speak, not those of whom they spoke.
    if !possessive && !genitive || page.is_exactly(&names.our, before) {
        return None;
    }
    let sentence = page.sentence_number(role.start);
    let body = |&i: &usize| {
        let unit = &scene.lines[sentence].units[i];
        let kind = scene.lines[sentence].kind(scene.layers, i);
        unit.tokens.end <= role.start && matches!(kind, Some(EntityKind::Organization | EntityKind::Country))
    };
    // «A was represented by its chair, and **B by its** director»: whose name stands right before.
    let line = &scene.lines[sentence];
    let at = line.unit_at(before);
    let preposition = at.checked_sub(1).filter(|&u| line.units[u].mention.is_none());
    let led = preposition.filter(|&u| page.is(&page.pack.relations.agent_prepositions, line.units[u].tokens.start));
    if let Some(near) = led.and_then(|u| u.checked_sub(1)).filter(|u| body(u) && possessive) {
        return scene.end(sentence, near);
    }
    let units = 0..line.units.len();
    let unit = if genitive { units.rev().find(body) } else { units.clone().find(body) };
    if let Some(unit) = unit {
        return scene.end(sentence, unit);
    }
    if genitive {
        return None;
    }
    // The owner is the subject of the sentence before, when this one begins with what is owned.
    const BEGINS: usize = 3;
    if before > page.sentence(before).start + BEGINS {
        return None;
    }
    let previous = scene.lines.get(sentence.checked_sub(1)?)?;
    let unit = (0..previous.units.len())
        .find(|&i| matches!(previous.kind(scene.layers, i), Some(EntityKind::Organization | EntityKind::Country)))?;
    scene.end(previous.sentence, unit)
}

/// Ministers and governors without a body named serve the country that the document speaks of most.
fn own_state(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let page = scene.page;
    page.phrase(&page.pack.names.state_roles, role.start, role.end)?;
    // «le ministre de l'Éducation du comté de Turkana» serves no country.
    let placed = |t: usize| {
        let kind = scene.layers.mention_at(t).map(|found| found.kind);
        matches!(kind, Some(EntityKind::Place | EntityKind::Organization)) || page.is(&page.pack.names.place_heads, t)
    };
    if role.clone().any(placed) {
        return None;
    }
    let countries = (0..scene.things.things.len()).filter(|&t| scene.kind(t) == EntityKind::Country);
    // «l'ambassadrice de Belgique» is no reason why the minister should be Belgian.
    let own = |t: usize| {
        let abroad = |&&m: &&usize| {
            let start = scene.layers.found[m].range.start;
            start >= 2
                && page.is_of(start - 1)
                && (page.is(&page.pack.names.officials, start - 2) || page.is_capital(start - 2))
        };
        scene.things.things[t].mentions.iter().filter(|m| !abroad(m)).count()
    };
    let mut counted: Vec<(usize, std::cmp::Reverse<usize>)> =
        countries.map(|t| (own(t), std::cmp::Reverse(t))).collect();
    counted.sort_unstable();
    let (times, std::cmp::Reverse(most)) = counted.pop()?;
    // Where a text speaks of two countries as much, the minister may be of either.
    if counted.last().is_some_and(|next| next.0 == times) {
        return None;
    }
    let mention = *scene.things.things[most].mentions.first()?;
    Some((most, scene.layers.found[mention].range.clone()))
}

/// *de la division du contrôle, **de** l'unité de la PNC*: the list of employers goes on.
fn lists_on(scene: &Scene<'_, '_>, at: usize, end: usize) -> bool {
    let joint = scene.page.is_raw(at, ",") || scene.page.is_and(at);
    joint && at + 1 < end && scene.page.is_of(at + 1)
}

/// The body a project or office belongs to: *coordinatrice du **projet de l'OIM***.
fn inner_body(scene: &Scene<'_, '_>, outer: usize) -> Option<usize> {
    let inner = scene.layers.within(outer);
    inner.into_iter().find(|&i| {
        scene.layers.found[i].kind == EntityKind::Organization && scene.layers.found[i].inside == Some(outer)
    })
}

/// *le Premier ministre **togolais***: the country, when the document names it.
fn nationality(scene: &Scene<'_, '_>, role: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let (token, entry) = role.clone().find_map(|t| scene.page.demonym_country(t).map(|entry| (t, entry)))?;
    let mention = scene.layers.found.iter().position(|f| f.entry == Some(entry))?;
    Some((scene.thing(mention)?, token..token + 1))
}

/// How far a role behind a name goes.
fn role_end(scene: &Scene<'_, '_>, role: usize) -> usize {
    const LONGEST: usize = 34;
    let page = scene.page;
    let end = page.sentence(role).end.min(role + LONGEST);
    let line = &scene.lines[page.sentence_number(role)];
    let mut at = role + 1;
    while at < end {
        let raw = page.tokens.raw(at);
        let next_of = page.is_of(at + 1);
        let comma_goes_on = raw == ","
            && next_of
            && scene
                .layers
                .mention_at(page.past_determiners(at + 2, end))
                .is_none_or(|f| f.kind == EntityKind::Organization);
        let person = scene.layers.mention_at(at).is_some_and(|f| f.kind == EntityKind::Person);
        let verb = line.verbs.iter().any(|v| v.finite && v.tokens.start == at);
        let stops = matches!(raw, ";" | ":" | ")" | "»" | "«" | ".") && !page.is_lower(at)
            || raw == "," && !comma_goes_on
            || person
            || verb;
        if stops || page.is(&page.pack.names.relatives, at) && !page.is_exactly(&page.pack.names.determiners, at) {
            break;
        }
        at += 1;
    }
    at
}
