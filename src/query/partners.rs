//! Who works with whom: organizations and countries joined with one by what both have to do with.
//!
//! `partners("OIM")` → Canada, weight 1.7: directly SUPPORTS; shared: the project that one funds and the other implements …
//!
//! Two partners share an entity (a project, event or publication; a funder, a beneficiary or a body of which both are members) when each is
//! joined with it by a relation that says so: see [`ties`]. Behind each weight stands what it is made of.

use std::collections::BTreeMap;

use crate::graph::{Direction, Effort, EntityRow, Graph, Link, Step};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::walk::bounded;
use super::why::{Shared, best_confidence, strongest_first};
use super::{Cut, PAGE_DEFAULT, PAGE_MAX, Refusal, resolve_entity};

/// What partners have in common: one shared entity, with the relations of both sides.
pub type SharedBy = Shared;

/// Somebody joined with the one that was asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Who.
    pub entity: EntityRow,
    /// The sum of the confidence of the best direct relation and of the weights of what is shared.
    pub weight: f64,
    /// The relations between the two, most confident first, read from the one that was asked about.
    pub direct: Vec<Step>,
    /// What both have to do with, what counts most first.
    pub shared: Vec<SharedBy>,
}

/// Partners, those of most weight first.
#[derive(Clone, Debug, PartialEq)]
pub struct Partners {
    /// The one that was asked about.
    pub of: EntityRow,
    /// The partners; equal weights go by id.
    pub partners: Vec<Partner>,
    /// How many there are, as far as the search went.
    pub total: usize,
    /// What cut the list, when it is not complete.
    pub cut: Option<Cut>,
    /// How many relations were looked at.
    pub explored: usize,
}

/// The partners of an organization or country, by id or unique name; those of the given kinds (none: organizations).
///
/// The weight is the best confidence of a direct relation (FUNDS, SUPPORTS, PARTNERS_WITH, MEMBER_OF, PART_OF; none: 0), and for each
/// shared entity best confidence on the one side × best confidence on the other / (n − 1), where n is the number of organizations and
/// countries that are so joined with it (Newman, *Scientific collaboration networks II*, 2001): two who carry one project alone are closer
/// than two of a hundred at a conference.
///
/// # Errors
/// An unknown or ambiguous entity, one that is neither organization nor country, a number beyond the limit.
pub fn partners(
    snapshot: &Snapshot,
    of: &str,
    kinds: &[EntityKind],
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Partners, Refusal> {
    let graph = snapshot.graph();
    let of = resolve_entity(snapshot, of)?;
    if !acts(graph.entity(of).kind) {
        let entity = graph.entity(of);
        let message = format!(
            "{} is a {}, but only an ORGANIZATION or COUNTRY has partners; use neighborhood",
            entity.id, entity.kind
        );
        return Err(Refusal::bad_input(message));
    }
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, "narrow it with kinds")?;
    let wanted = |row: EntityRow| match kinds {
        [] => graph.entity(row).kind == EntityKind::Organization,
        kinds => kinds.contains(&graph.entity(row).kind),
    };
    let mut found: BTreeMap<EntityRow, (Vec<Step>, Vec<SharedBy>)> = BTreeMap::new();
    for (row, steps) in direct(graph, of, effort) {
        found.entry(row).or_default().0 = steps;
    }
    let mut shared: Vec<_> = ties(graph, of, effort).into_iter().collect();
    // What few share counts most: an answer that is cut loses the little first.
    shared.sort_by(|(a, _), (b, _)| graph.degree(*a).cmp(&graph.degree(*b)).then(graph.compare_entities(*a, *b)));
    for (entity, ours) in shared {
        let those = tied(graph, entity, effort);
        if effort.over().is_some() {
            break;
        }
        let others = those.len().saturating_sub(1).max(1) as f64;
        for (row, theirs) in those.into_iter().filter(|(row, _)| *row != of && *row != entity) {
            let weight = best_confidence(graph, &ours) * best_confidence(graph, &theirs) / others;
            found.entry(row).or_default().1.push(Shared { entity, weight, ours: ours.clone(), theirs });
        }
    }
    let partner = |(entity, (direct, mut shared)): (EntityRow, (Vec<Step>, Vec<SharedBy>))| {
        shared.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| graph.compare_entities(a.entity, b.entity)));
        let weight = shared.iter().map(|shared| shared.weight).fold(best_confidence(graph, &direct), |sum, w| sum + w);
        Partner { entity, weight, direct, shared }
    };
    let mut partners: Vec<_> = found.into_iter().filter(|(row, _)| wanted(*row)).map(partner).collect();
    partners.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| graph.compare_entities(a.entity, b.entity)));
    let total = partners.len();
    partners.truncate(limit);
    let cut = if total > limit { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Partners { of, partners, total, cut, explored: effort.explored() })
}

/// Whether an entity can be a partner.
fn acts(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Country)
}

/// Whether a relation ties the actor at one end, as which it is read, to what may be shared at the other.
fn is_tie(kind: RelationKind, forward: bool, shared: EntityKind) -> bool {
    use RelationKind::{Funds, Implements, MemberOf, Organizes, PartOf, ParticipatesIn, Publishes, Supports};
    match kind {
        Implements | Organizes | ParticipatesIn | Publishes => forward,
        // The same funder, the same beneficiary, or money for the same thing.
        Funds | Supports => true,
        MemberOf | PartOf => forward && shared == EntityKind::Organization,
        _ => false,
    }
}

/// What an actor may share, each with the relations that tie it, most confident first.
fn ties(graph: &Graph, actor: EntityRow, effort: &mut Effort) -> BTreeMap<EntityRow, Vec<Step>> {
    collect(graph, actor, effort, |link, step| is_tie(link.kind, step.forward, link.end_kind).then_some(step))
}

/// Those who are tied to something, each with the relations, most confident first, read from the actor.
fn tied(graph: &Graph, shared: EntityRow, effort: &mut Effort) -> BTreeMap<EntityRow, Vec<Step>> {
    let kind = graph.entity(shared).kind;
    collect(graph, shared, effort, |link, step| {
        let step = Step { forward: !step.forward, ..step };
        (acts(link.end_kind) && is_tie(link.kind, step.forward, kind)).then_some(step)
    })
}

/// The relations between an actor and other actors.
fn direct(graph: &Graph, actor: EntityRow, effort: &mut Effort) -> BTreeMap<EntityRow, Vec<Step>> {
    use RelationKind::{Funds, MemberOf, PartOf, PartnersWith, Supports};
    collect(graph, actor, effort, |link, step| {
        let joins = matches!(link.kind, Funds | Supports | PartnersWith | MemberOf | PartOf) && acts(link.end_kind);
        joins.then_some(step)
    })
}

fn collect(
    graph: &Graph,
    entity: EntityRow,
    effort: &mut Effort,
    pick: impl Fn(Link, Step) -> Option<Step>,
) -> BTreeMap<EntityRow, Vec<Step>> {
    let mut found: BTreeMap<EntityRow, Vec<Step>> = BTreeMap::new();
    for link in graph.links(entity) {
        if !effort.step() {
            break;
        }
        let step = link.step(Direction::Both).filter(|_| link.end != entity);
        if let Some(picked) = step.and_then(|step| pick(link, step)) {
            found.entry(link.end).or_default().push(picked);
        }
    }
    found.values_mut().for_each(|steps| strongest_first(graph, steps));
    found
}
