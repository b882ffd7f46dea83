//! People and bodies of a contact block.
//!
//! *Pour plus d'informations, veuillez contacter **Alba Miriam Amaya**, **OIM El Salvador**, Tel …* → WORKS_FOR
//!
//! A person belongs to the body on the same line, else to the next one below before another person, else to the block's body, else
//! to the body whose acronym is in the mail address.

use super::line::Line;
use super::{Proposal, Scene};
use crate::extract::names::role_after;
use crate::extract::sheet;
use crate::model::{EntityKind, Qualifiers, RelationKind, SectionKind, fold};

/// Relates the people of contact blocks to bodies.
pub(super) fn find(scene: &Scene<'_, '_>, proposals: &mut Vec<Proposal>) {
    scene.lines.iter().for_each(|line| stands_for(scene, line, proposals));
    let sentences = &scene.page.tokens.sentences;
    let block: Vec<usize> = (0..sentences.len()).filter(|&i| sentences[i].section == SectionKind::Contact).collect();
    let items: Vec<Item> = block.iter().flat_map(|&sentence| items(scene, sentence)).collect();
    for (at, person) in items.iter().enumerate().filter(|(_, item)| item.kind == EntityKind::Person) {
        let Some(body) = body_of(&items, at).or_else(|| by_mail(scene, person.sentence)) else { continue };
        let (Some(subject), Some(object)) = (scene.thing(person.mention), scene.thing(body.mention)) else { continue };
        let mut evidence = vec![person.sentence, body.sentence];
        evidence.sort_unstable();
        evidence.dedup();
        proposals.push(Proposal {
            kind: RelationKind::WorksFor,
            subject: (subject, scene.layers.found[person.mention].range.clone()),
            object: (object, scene.layers.found[body.mention].range.clone()),
            trigger: None,
            sentences: evidence,
            qualifiers: Qualifiers::default(),
            confidence: if body.sentence == person.sentence { 0.85 } else { 0.7 },
            rule: format!("{}/works-for/contact", scene.page.pack.tag),
        });
    }
}

/// ***Pour la CPS :** Losaline Taufa, directrice*, ***UNDP Lao PDR:** Ms Ana Sosa, specialist*: a line names the body, and behind a colon who stands
/// for it. Near miss: ***Oxfam :** Awa Sow est venue* (the line says something of her).
fn stands_for(scene: &Scene<'_, '_>, line: &Line, proposals: &mut Vec<Proposal>) {
    let page = scene.page;
    let plain = |u: usize| line.units.get(u).filter(|u| u.mention.is_none()).map(|u| u.tokens.start);
    let colon = (1..line.units.len()).find(|&u| plain(u).is_some_and(|at| page.is_raw(at, ":")));
    let Some(colon) = colon.filter(|_| !line.verbs.iter().any(|v| v.finite)) else { return };
    let body = colon - 1;
    if line.kind(scene.layers, body) != Some(EntityKind::Organization) {
        return;
    }
    let start = page.sentence(line.units[body].tokens.start).start;
    let opening = sheet::past_mark(&page.tokens, &page.sentence(start));
    let from = opening..line.units[body].tokens.start;
    let for_it = page.is(&page.pack.relations.behalf, from.start);
    let modest = |t: usize| page.is_exactly(&page.pack.names.determiners, t) || t == from.start && for_it;
    let titled = |u: &usize| plain(*u).is_some_and(|at| page.is(&page.pack.names.titles, at) || page.is_raw(at, "."));
    let Some(person) = (colon + 1..line.units.len()).find(|u| !titled(u)) else { return };
    let Some(who) = line.units[person].mention.filter(|&m| scene.layers.found[m].kind == EntityKind::Person) else {
        return;
    };
    let post = role_after(page, scene.layers.found[who].range.end).is_some();
    if !from.clone().all(modest) || !(for_it || post) {
        return;
    }
    let (Some(subject), Some(object)) = (scene.end(line.sentence, person), scene.end(line.sentence, body)) else {
        return;
    };
    proposals.push(Proposal {
        kind: RelationKind::WorksFor,
        subject,
        object,
        trigger: None,
        sentences: vec![line.sentence],
        qualifiers: Qualifiers::default(),
        confidence: 0.8,
        rule: format!("{}/works-for/stands-for", page.pack.tag),
    });
}

#[derive(Clone)]
struct Item {
    kind: EntityKind,
    mention: usize,
    sentence: usize,
}

fn items(scene: &Scene<'_, '_>, sentence: usize) -> Vec<Item> {
    let mentions = scene.lines[sentence].units.iter().filter_map(|unit| unit.mention);
    let item = |mention: usize| Item { kind: scene.layers.found[mention].kind, mention, sentence };
    mentions.map(item).filter(|item| matches!(item.kind, EntityKind::Person | EntityKind::Organization)).collect()
}

fn body_of(items: &[Item], person: usize) -> Option<Item> {
    let is_body = |item: &&Item| item.kind == EntityKind::Organization;
    let line = items[person].sentence;
    let own_line =
        |range: std::ops::Range<usize>| items[range].iter().filter(|item| item.sentence == line).find(is_body).cloned();
    let next_person = (person + 1..items.len()).find(|&i| items[i].kind == EntityKind::Person).unwrap_or(items.len());
    let below = || items[person + 1..next_person].iter().find(is_body).cloned();
    let above = || items[..person].iter().rev().find(is_body).cloned();
    let anywhere = || items[next_person..].iter().find(is_body).cloned();
    own_line(person + 1..next_person).or_else(|| own_line(0..person)).or_else(below).or_else(above).or_else(anywhere)
}

/// The body whose acronym is a label of a mail address on the line: *osanda@hcr.example*.
fn by_mail(scene: &Scene<'_, '_>, sentence: usize) -> Option<Item> {
    let span = scene.page.tokens.sentences[sentence].span;
    let text = span.of(scene.page.tokens.text);
    let domain = text.split('@').nth(1)?;
    let domain: String = domain.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect();
    let labels: Vec<String> = domain.split('.').map(fold).collect();
    let found =
        scene.layers.found.iter().enumerate().filter(|(_, f)| f.kind == EntityKind::Organization && f.inside.is_none());
    let known = |f: &crate::extract::found::Found| {
        let acronyms: Vec<&str> = f
            .entry
            .map(|e| scene.page.lexicon.entry(e).acronyms.values().flatten().copied().collect())
            .unwrap_or_default();
        let own = scene.page.tokens.words(f.range.clone());
        labels.iter().any(|label| *label == own || acronyms.iter().any(|a| fold(a) == *label))
    };
    let mention = found.filter(|(_, f)| known(f)).map(|(i, _)| i).next()?;
    let sentence = scene.page.sentence_number(scene.layers.found[mention].range.start);
    Some(Item { kind: EntityKind::Organization, mention, sentence })
}
