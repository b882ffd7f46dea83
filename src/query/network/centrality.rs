//! Which entities are central: by neighbours, by the shortest paths that pass through them, or by who points at them.
//!
//! `centrality(Betweenness, …)` → projet 0.41, OIM 0.22, …
//!
//! - **Degree**: the number of neighbours.
//! - **Betweenness**: the share of shortest paths (in hops, either way) between two others that pass through it: Brandes, *A faster algorithm
//!   for betweenness centrality*, 2001. Exact while entities × (entities + 2 × links) is at most [`EXACT_MAX`]; beyond that the paths start
//!   at a sample of entities only (Brandes and Pich, *Centrality estimation in large networks*, 2007), spread evenly over all ids.
//! - **PageRank**: where somebody ends up who follows relations from subject to object, and now and then (15 %) starts anew: Brin and Page, 1998.
//!   Who can go nowhere starts anew. Until no sum of changes exceeds 1e-9, at most 100 rounds.

use std::collections::VecDeque;

use crate::graph::{Effort, EntityRow};
use crate::query::walk::bounded;
use crate::query::{Cut, PAGE_DEFAULT, PAGE_MAX, Refusal};
use crate::snapshot::Snapshot;

use super::{Network, NetworkQuestion};

/// How many steps the exact betweenness may take, and a sample.
const EXACT_MAX: usize = 100_000_000;
/// How many entities a sample has at least.
const SAMPLE_MIN: usize = 16;
/// How likely it is to follow a relation, not to start anew.
const FOLLOWS: f64 = 0.85;
const ROUNDS_MAX: usize = 100;
const CHANGE_MAX: f64 = 1e-9;

/// What makes an entity central.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How many neighbours it has.
    Degree,
    /// Between how many others it stands.
    Betweenness,
    /// How much leads to it.
    PageRank,
}

/// An entity with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Central {
    /// The entity.
    pub entity: EntityRow,
    /// Its number of neighbours; its share of shortest paths; its share of visits.
    pub score: f64,
}

/// The most central entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Centrality {
    /// The highest score first, then by id.
    pub entities: Vec<Central>,
    /// How many entities were measured.
    pub total: usize,
    /// From how many entities shortest paths were followed, when that is not from all of them.
    pub sampled: Option<usize>,
    /// What cut the answer, when it is not complete. `First` is not told: `total` says how many there are.
    pub cut: Option<Cut>,
    /// How many steps were taken.
    pub explored: usize,
}

/// The most central entities of a part of the graph.
///
/// # Errors
/// A number beyond the limit.
pub fn centrality(
    snapshot: &Snapshot,
    measure: Measure,
    question: &NetworkQuestion,
    first: Option<i32>,
    effort: &mut Effort,
) -> Result<Centrality, Refusal> {
    let first = first.unwrap_or(PAGE_DEFAULT as i32);
    let limit = bounded("first", first, PAGE_MAX, "narrow it with kinds or relationKinds")?;
    let graph = snapshot.graph();
    let network = Network::of(graph, question, measure == Measure::PageRank, effort);
    let mut sampled = None;
    let scores = network.as_ref().and_then(|network| match measure {
        Measure::Degree => Some((0..network.len()).map(|at| network.neighbors(at).len() as f64).collect()),
        Measure::Betweenness => {
            let sources = sources(network);
            sampled = (sources.len() < network.len()).then_some(sources.len());
            let (scores, done) = betweenness(network, &sources, effort);
            sampled = if done < sources.len() { Some(done) } else { sampled };
            Some(scores)
        }
        Measure::PageRank => page_rank(network, effort),
    });
    let rows = network.map(|network| network.rows).unwrap_or_default();
    let total = rows.len();
    let scored = rows.into_iter().zip(scores.unwrap_or_default());
    let mut entities: Vec<_> = scored.map(|(entity, score)| Central { entity, score }).collect();
    // They stand by id, and a stable sort leaves equals so.
    entities.sort_by(|a, b| b.score.total_cmp(&a.score));
    entities.truncate(limit);
    Ok(Centrality { entities, total, sampled, cut: Cut::of(effort), explored: effort.explored() })
}

/// Where shortest paths start: everywhere when that is affordable, else at numbers that lie evenly whatever their count.
fn sources(network: &Network) -> Vec<usize> {
    let count = network.len();
    let affordable = EXACT_MAX / (count + network.link_count()).max(1);
    if affordable >= count {
        return (0..count).collect();
    }
    // Multiples of a number near the golden section, without a common divisor, visit each number once.
    let common = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let golden = (count as u128 * 618_033_988 / 1_000_000_000) as usize;
    let stride = (golden.max(1)..count).find(|stride| common(*stride, count) == 1).unwrap_or(1);
    let at = |number: usize| (number as u128 * stride as u128 % count as u128) as usize;
    (0..affordable.max(SAMPLE_MIN).min(count)).map(at).collect()
}

/// Brandes' algorithm from some sources, scaled to all; and from how many it was done.
fn betweenness(network: &Network, sources: &[usize], effort: &mut Effort) -> (Vec<f64>, usize) {
    let count = network.len();
    let mut scores = vec![0.0; count];
    let mut distance = vec![usize::MAX; count];
    let mut paths = vec![0.0_f64; count];
    let mut share = vec![0.0_f64; count];
    let mut order = Vec::with_capacity(count);
    let mut done = 0;
    'sources: for source in sources {
        for at in order.drain(..) {
            (distance[at], paths[at], share[at]) = (usize::MAX, 0.0, 0.0);
        }
        (distance[*source], paths[*source]) = (0, 1.0);
        order.push(*source);
        let mut queue = VecDeque::from([*source]);
        while let Some(at) = queue.pop_front() {
            if !effort.steps(1 + network.neighbors(at).len()) {
                break 'sources;
            }
            for (next, _) in network.neighbors(at) {
                let next = *next as usize;
                if distance[next] == usize::MAX {
                    distance[next] = distance[at] + 1;
                    order.push(next);
                    queue.push_back(next);
                }
                if distance[next] == distance[at] + 1 {
                    paths[next] += paths[at];
                }
            }
        }
        // Back from the furthest: each gives its share to those before it. Who is before whom, the distances tell.
        for at in order.iter().rev().copied() {
            for (before, _) in network.neighbors(at) {
                let before = *before as usize;
                if distance[before].checked_add(1) == Some(distance[at]) {
                    share[before] += paths[before] / paths[at] * (1.0 + share[at]);
                }
            }
            if at != *source {
                scores[at] += share[at];
            }
        }
        done += 1;
    }
    // Each pair of others is counted from both of its ends.
    let pairs = count.saturating_sub(1) as f64 * count.saturating_sub(2) as f64;
    let scale = if pairs > 0.0 && done > 0 { count as f64 / done as f64 / pairs } else { 0.0 };
    scores.iter_mut().for_each(|score| *score *= scale);
    (scores, done)
}

fn page_rank(network: &Network, effort: &mut Effort) -> Option<Vec<f64>> {
    let count = network.len();
    let mut ranks = vec![1.0 / count as f64; count];
    let outgoing = |at: usize| network.neighbors(at).iter().map(|(_, weight)| f64::from(*weight)).sum::<f64>();
    let outgoing: Vec<_> = (0..count).map(outgoing).collect();
    for _ in 0..ROUNDS_MAX {
        let lost: f64 = (0..count).filter(|at| outgoing[*at] == 0.0).map(|at| ranks[at]).sum();
        let mut next = vec![(1.0 - FOLLOWS + FOLLOWS * lost) / count as f64; count];
        for at in 0..count {
            if !effort.steps(1 + network.neighbors(at).len()) {
                return None;
            }
            for (to, weight) in network.neighbors(at) {
                next[*to as usize] += FOLLOWS * ranks[at] * f64::from(*weight) / outgoing[at];
            }
        }
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if change < CHANGE_MAX {
            break;
        }
    }
    Some(ranks)
}
