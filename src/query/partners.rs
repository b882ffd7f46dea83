//! Who works with whom: organizations and countries joined with one by what both have to do with.
//!
//! `partners("OIM")` → Canada, weight 1.7: directly SUPPORTS; shared: the project that one funds and the other implements …
//!
//! Two partners share an entity (a project, event or publication; a funder, a beneficiary or a body of which both are members) when each is
//! joined with it by a relation that says so: see [`ties`]. Behind each weight stands what it is made of.

use rustc_hash::FxHashMap;

use crate::graph::{Direction, Effort, EntityRow, Graph, Link, Step};
use crate::model::{EntityKind, RelationKind};
use crate::snapshot::Snapshot;

use super::walk::bounded;
use super::why::{Shared, strongest_first};
use super::{Cut, PAGE_DEFAULT, PAGE_MAX, Refusal, resolve_entity};

/// What partners have in common: one shared entity, with the relations of both sides.
pub type SharedBy = Shared;

/// Somebody joined with the one that was asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Who.
    pub entity: EntityRow,
    /// The sum of the confidence of the best direct relation and of the weights of what is shared, to nine digits behind the point.
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
    let wanted = |kind: EntityKind| match kinds {
        [] => kind == EntityKind::Organization,
        kinds => kinds.contains(&kind),
    };
    let direct = direct(graph, of, effort);
    let ours = ties(graph, of, effort);
    let mut weights: FxHashMap<EntityRow, f64> = FxHashMap::default();
    for (row, tie) in direct.iter().filter(|(_, tie)| wanted(tie.kind)) {
        weights.insert(*row, tie.best);
    }
    let shared = weigh(graph, of, &ours, effort, |row, kind, weight| {
        if wanted(kind) {
            *weights.entry(row).or_default() += weight;
        }
    });
    let total = weights.len();
    let explain = |entity: EntityRow| {
        let (direct, best) = direct.get(&entity).map_or_else(Default::default, |tie| (tie.steps.clone(), tie.best));
        let shared = explained(graph, (of, entity), &ours, &shared);
        let weight = shared.iter().map(|shared| shared.weight).fold(best, |sum, w| sum + w);
        // What differs by the rounding of a sum alone is equal, and goes by id.
        Partner { entity, weight: (weight * 1e9).round() / 1e9, direct, shared }
    };
    let mut partners: Vec<_> = heaviest(weights, limit).into_iter().map(explain).collect();
    partners.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| graph.compare_entities(a.entity, b.entity)));
    partners.truncate(limit);
    let cut = if total > limit { Some(Cut::First) } else { Cut::of(effort) };
    Ok(Partners { of, partners, total, cut, explored: effort.explored() })
}

/// The relations that lead to an entity, with what their links say of them: neither they nor the entity have to be looked at.
#[derive(Debug)]
struct Tie {
    /// The most confident first.
    steps: Vec<Step>,
    /// The confidence of the first.
    best: f64,
    /// What the entity is.
    kind: EntityKind,
}

impl Tie {
    fn of(kind: EntityKind) -> Self {
        Self { steps: Vec::new(), best: 0.0, kind }
    }

    fn add(&mut self, step: Step, confidence: f32) {
        self.steps.push(step);
        self.best = self.best.max(f64::from(confidence));
    }
}

/// Relations by the entity at their other end.
type Ties = FxHashMap<EntityRow, Tie>;

/// Of what is shared: our best confidence, by how many others what it weighs is divided.
type Weighed = FxHashMap<EntityRow, (f64, f64)>;

/// Tells what everybody who shares something with one gains by it; gives what was looked at.
fn weigh(
    graph: &Graph,
    of: EntityRow,
    ours: &Ties,
    effort: &mut Effort,
    mut tell: impl FnMut(EntityRow, EntityKind, f64),
) -> Weighed {
    let mut shared: Vec<EntityRow> = ours.keys().copied().collect();
    if shared.iter().map(|row| graph.degree(*row)).sum::<usize>() > effort.left() {
        // What few share counts most: an answer that is cut loses the little first.
        shared.sort_by(|a, b| graph.degree(*a).cmp(&graph.degree(*b)).then_with(|| graph.compare_entities(*a, *b)));
    }
    let mut weighed = Weighed::default();
    let mut those: Vec<(EntityRow, EntityKind, f32)> = Vec::new();
    for entity in shared {
        if !effort.steps(graph.degree(entity)) {
            break;
        }
        let Tie { best, kind, .. } = ours[&entity];
        those.clear();
        those.extend(
            graph
                .links(entity)
                .filter(|link| theirs(*link, entity, kind).is_some())
                .map(|link| (link.end, link.end_kind, link.confidence)),
        );
        those.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.2.total_cmp(&a.2)));
        those.dedup_by_key(|(row, ..)| *row);
        let others = those.len().saturating_sub(1).max(1) as f64;
        weighed.insert(entity, (best, others));
        for (row, kind, confidence) in those.iter().filter(|(row, ..)| *row != of) {
            tell(*row, *kind, best * f64::from(*confidence) / others);
        }
    }
    weighed
}

/// Those of most weight: so many, and who weighs the same but for the rounding of sums.
fn heaviest(weights: FxHashMap<EntityRow, f64>, count: usize) -> Vec<EntityRow> {
    let mut all: Vec<(EntityRow, f64)> = weights.into_iter().collect();
    if all.len() > count {
        let (_, (_, least), _) = all.select_nth_unstable_by(count - 1, |a, b| b.1.total_cmp(&a.1));
        let least = *least - 2e-9;
        all.retain(|(_, weight)| *weight >= least);
    }
    all.into_iter().map(|(row, _)| row).collect()
}

/// What two have to do with both, what weighs most first.
fn explained(graph: &Graph, (of, partner): (EntityRow, EntityRow), ours: &Ties, weighed: &Weighed) -> Vec<SharedBy> {
    let mut theirs = Ties::default();
    for link in graph.links(partner).filter(|link| link.end != of && weighed.contains_key(&link.end)) {
        let step = link.step(Direction::Both).filter(|_| link.end != partner);
        if let Some(step) = step.filter(|step| is_tie(link.kind, step.forward, link.end_kind)) {
            theirs.entry(link.end).or_insert_with(|| Tie::of(link.end_kind)).add(step, link.confidence);
        }
    }
    let shared = theirs.into_iter().filter_map(|(entity, mut theirs)| {
        strongest_first(graph, &mut theirs.steps);
        let (best, others) = weighed.get(&entity)?;
        let weight = best * theirs.best / others;
        Some(Shared { entity, weight, ours: ours.get(&entity)?.steps.clone(), theirs: theirs.steps })
    });
    let mut shared: Vec<_> = shared.collect();
    shared.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| graph.compare_entities(a.entity, b.entity)));
    shared
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

/// What an actor may share, each with the relations that tie it.
fn ties(graph: &Graph, actor: EntityRow, effort: &mut Effort) -> Ties {
    collect(graph, actor, effort, |link, step| is_tie(link.kind, step.forward, link.end_kind))
}

/// The step by which somebody is tied to something of a kind, read from there to them.
fn theirs(link: Link, shared: EntityRow, kind: EntityKind) -> Option<Step> {
    let step = link.step(Direction::Both).filter(|_| link.end != shared && acts(link.end_kind))?;
    is_tie(link.kind, !step.forward, kind).then_some(step)
}

/// The relations between an actor and other actors.
fn direct(graph: &Graph, actor: EntityRow, effort: &mut Effort) -> Ties {
    use RelationKind::{Funds, MemberOf, PartOf, PartnersWith, Supports};
    collect(graph, actor, effort, |link, _| {
        matches!(link.kind, Funds | Supports | PartnersWith | MemberOf | PartOf) && acts(link.end_kind)
    })
}

/// The relations of an entity that are picked, by their other ends.
fn collect(graph: &Graph, entity: EntityRow, effort: &mut Effort, pick: impl Fn(Link, Step) -> bool) -> Ties {
    let mut found = Ties::default();
    for link in graph.links(entity) {
        if !effort.step() {
            break;
        }
        let step = link.step(Direction::Both).filter(|_| link.end != entity);
        if let Some(picked) = step.filter(|step| pick(link, *step)) {
            found.entry(link.end).or_insert_with(|| Tie::of(link.end_kind)).add(picked, link.confidence);
        }
    }
    let several = found.values_mut().filter(|tie| tie.steps.len() > 1);
    several.for_each(|tie| strongest_first(graph, &mut tie.steps));
    found
}
