//! Several organizations under one plural head.
//!
//! *les **ministères de la Jeunesse** et **des Affaires sociales*** → ministère de la Jeunesse, ministère des Affaires sociales
//!
//! Near miss: *le ministère de la Jeunesse et des Sports* is one.

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::{self, Style};
use crate::extract::page::Page;
use crate::model::EntityKind;

/// *les **ministères de la Jeunesse** et **des Affaires sociales***: one body for each complement.
pub(super) fn shared_head(page: &Page<'_>, layers: &mut Layers, at: usize, length: usize) -> Option<usize> {
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
