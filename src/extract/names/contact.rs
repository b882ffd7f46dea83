//! Bodies in the lines of a contact block, told by where they stand.
//!
//! *Brenda Pader, **Windle International**, Kampala, +256 …* → a body, though nothing in its name says so
//!
//! Near miss: *Brenda Pader, Communications Assistant, …* (a post), *Brenda Pader, Kampala* (a listed place).

use super::super::noun_phrase::capital_run;
use crate::extract::found::{Found, Layers, Reference};
use crate::extract::page::Page;
use crate::model::{EntityKind, SectionKind};
use crate::text::TokenKind;

/// Adds what stands between commas behind a person's name and no list, head or role explains.
pub(super) fn bodies(page: &Page<'_>, layers: &mut Layers) {
    let people = layers.found.iter().filter(|f| f.kind == EntityKind::Person && f.inside.is_none());
    let ends: Vec<usize> = people.map(|f| f.range.end).collect();
    for comma in ends {
        if page.section(comma) == SectionKind::Contact
            && page.is_raw(comma, ",")
            && let Some(body) = body(page, layers, comma + 1)
        {
            // Parts of it may have been taken for somebody.
            layers.retain(|_, f| !(f.entry.is_none() && body.start <= f.range.start && f.range.end <= body.end));
            layers.add(Found::new(body, EntityKind::Organization, Reference::Name, "organization/contact"));
        }
    }
}

fn body(page: &Page<'_>, layers: &Layers, at: usize) -> Option<std::ops::Range<usize>> {
    let names = &page.pack.names;
    let end = page.sentence(at).end;
    if at >= end || !page.is_capital(at) || page.is(&names.titles, at) {
        return None;
    }
    let run = capital_run(page, at, &names.organization_particles);
    let closed = run.end >= end || matches!(page.tokens.raw(run.end), "," | ";" | "(" | "|" | "." | ":");
    let explained = run.clone().any(|t| {
        page.is(&names.roles, t)
            || page.is(&names.titles, t)
            || page.phrase(&names.organization_heads, t, run.end).is_some()
            || page.tokens.tokens[t].kind == TokenKind::Number
            || layers.mention_at(t).is_some_and(|f| f.kind == EntityKind::Organization)
    });
    let place = layers.mention_at(at).is_some_and(|f| {
        f.entry.is_some() && f.range.end == run.end && matches!(f.kind, EntityKind::Place | EntityKind::Country)
    });
    // One word alone may be a town that no list has; with a place behind it, it is none.
    let behind = run.end + 1;
    let followed = behind < end
        && layers.mention_at(behind).is_some_and(|f| matches!(f.kind, EntityKind::Place | EntityKind::Country));
    let several = run.len() > 1 && !page.is_capital(run.end);
    (closed && !explained && !place && (several || followed)).then_some(run)
}
