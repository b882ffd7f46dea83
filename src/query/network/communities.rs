//! Which entities belong together: more relations among themselves than chance would have.
//!
//! `communities(…)` → *OIM, Canada, projet …* (8 entities), *École navale, manuel, traite* (3); modularity 0.36
//!
//! The method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre, *Fast unfolding of communities in large networks*, 2008): entities move, in the
//! order of their ids, to the community of the neighbour where modularity gains most, until none moves; then communities are taken
//! for entities, and so on. Gains are compared in whole numbers, ties go to the smaller number, so the same graph gives the same
//! communities everywhere. What falls apart without links inside is then parted, as Leiden's authors ask (Traag, Waltman and van Eck,
//! 2019), which only raises modularity.

use std::collections::BTreeMap;

use crate::graph::{Effort, EntityRow};
use crate::query::walk::bounded;
use crate::query::{Cut, PAGE_DEFAULT, PAGE_MAX, Refusal};
use crate::snapshot::Snapshot;

use super::{Network, NetworkQuestion};

/// How many members a label names.
const LABEL_MEMBERS: usize = 3;

/// Entities that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// The names of its most central members.
    pub label: String,
    /// Its members, each with the number of its relations within; those with most come first, then by id. As many as were asked for.
    pub members: Vec<(EntityRow, usize)>,
    /// How many members it has.
    pub size: usize,
    /// How many relations are among its members.
    pub relations_within: usize,
    /// How many relations lead from its members to others.
    pub relations_out: usize,
}

/// Communities, the largest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Communities {
    /// Those asked for; equally large ones by the smallest id in them.
    pub communities: Vec<Community>,
    /// How many there are with two members or more.
    pub total: usize,
    /// How many entities have no relation to another one.
    pub isolated: usize,
    /// How much more is within than chance would have: from -0.5 to 1; above 0.3 the parting is clear.
    pub modularity: f64,
    /// What cut the answer, when it is not complete.
    pub cut: Option<Cut>,
    /// How many steps were taken.
    pub explored: usize,
}

/// The communities of a part of the graph: `first` of them, with `members` members each.
///
/// # Errors
/// A number beyond the limit.
pub fn communities(
    snapshot: &Snapshot,
    question: &NetworkQuestion,
    first: Option<i32>,
    members: Option<i32>,
    effort: &mut Effort,
) -> Result<Communities, Refusal> {
    let way_round = "narrow it with kinds or relationKinds";
    let limit = bounded("first", first.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, way_round)?;
    let shown = bounded("members", members.unwrap_or(PAGE_DEFAULT as i32), PAGE_MAX, way_round)?;
    let Some(network) = Network::of(snapshot.graph(), question, false, effort) else {
        let (total, isolated, modularity) = (0, 0, 0.0);
        let cut = Cut::of(effort);
        return Ok(Communities {
            communities: Vec::new(),
            total,
            isolated,
            modularity,
            cut,
            explored: effort.explored(),
        });
    };
    let of = parted(&network, &louvain(&network, effort));
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, community) in of.iter().enumerate() {
        groups.entry(*community).or_default().push(at);
    }
    let modularity = modularity(&network, &of);
    let isolated = groups.values().filter(|group| group.len() == 1 && network.neighbors(group[0]).is_empty()).count();
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    let total = groups.len();
    let community = |group: &Vec<usize>| describe(snapshot, &network, &of, group, shown);
    let communities = groups.iter().take(limit).map(community).collect();
    let cut = Cut::of(effort).or((total > limit).then_some(Cut::First));
    Ok(Communities { communities, total, isolated, modularity, cut, explored: effort.explored() })
}

fn describe(snapshot: &Snapshot, network: &Network, of: &[usize], group: &[usize], shown: usize) -> Community {
    let within = |at: usize| {
        let links = network.neighbors(at).iter().filter(|(next, _)| of[*next as usize] == of[at]);
        links.map(|(_, weight)| *weight as usize).sum::<usize>()
    };
    let all = |at: usize| network.neighbors(at).iter().map(|(_, weight)| *weight as usize).sum::<usize>();
    let mut members: Vec<_> = group.iter().map(|at| (*at, within(*at))).collect();
    let inside: usize = members.iter().map(|(_, within)| within).sum();
    let relations_out = group.iter().map(|at| all(*at)).sum::<usize>() - inside;
    // They stand by id, and a stable sort leaves equals so.
    members.sort_by_key(|(_, within)| std::cmp::Reverse(*within));
    let mut members: Vec<_> = members.into_iter().map(|(at, within)| (network.rows[at], within)).collect();
    let name = |(row, _): &(EntityRow, usize)| snapshot.graph().entity(*row).name.as_str();
    let label = members.iter().take(LABEL_MEMBERS).map(name).collect::<Vec<_>>().join(", ");
    members.truncate(shown);
    Community { label, members, size: group.len(), relations_within: inside / 2, relations_out }
}

/// A network whose places stand for communities of a former one; `own` is the weight within, counted from both ends.
struct Level {
    links: Vec<Vec<(usize, u64)>>,
    own: Vec<u64>,
}

impl Level {
    fn of(network: &Network) -> Self {
        let link = |(next, weight): &(u32, u32)| (*next as usize, u64::from(*weight));
        let links = (0..network.len()).map(|at| network.neighbors(at).iter().map(link).collect()).collect();
        Self { links, own: vec![0; network.len()] }
    }

    fn weight(&self, at: usize) -> u64 {
        self.own[at] + self.links[at].iter().map(|(_, weight)| weight).sum::<u64>()
    }

    /// Moves places between communities while that gains anything; whether any moved.
    fn settle(&self, community: &mut [usize], effort: &mut Effort) -> bool {
        let count = self.links.len();
        let weights: Vec<_> = (0..count).map(|at| self.weight(at)).collect();
        let whole = i128::from(weights.iter().sum::<u64>());
        let mut totals = weights.clone();
        let mut any = false;
        loop {
            let mut moved = false;
            for at in 0..count {
                if !effort.steps(1 + self.links[at].len()) {
                    return any;
                }
                let mut towards: BTreeMap<usize, u64> = BTreeMap::from([(community[at], 0)]);
                for (next, weight) in &self.links[at] {
                    *towards.entry(community[*next]).or_default() += weight;
                }
                let from = community[at];
                totals[from] -= weights[at];
                // The gain of modularity, times a positive constant.
                let gain = |to: usize, weight: u64| {
                    i128::from(weight) * whole - i128::from(totals[to]) * i128::from(weights[at])
                };
                let mut best = (gain(from, towards[&from]), from);
                for (to, weight) in &towards {
                    let gain = gain(*to, *weight);
                    if gain > best.0 {
                        best = (gain, *to);
                    }
                }
                totals[best.1] += weights[at];
                community[at] = best.1;
                moved |= best.1 != from;
            }
            any |= moved;
            if !moved {
                return any;
            }
        }
    }

    /// The network of the communities, which are numbered without gaps.
    fn joined(&self, community: &[usize], count: usize) -> Self {
        let mut own = vec![0; count];
        let mut links: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); count];
        for (at, here) in community.iter().enumerate() {
            own[*here] += self.own[at];
            for (next, weight) in &self.links[at] {
                match community[*next] {
                    there if there == *here => own[*here] += weight,
                    there => *links[*here].entry(there).or_default() += weight,
                }
            }
        }
        Self { links: links.into_iter().map(|links| links.into_iter().collect()).collect(), own }
    }
}

/// Of each entity, the community.
fn louvain(network: &Network, effort: &mut Effort) -> Vec<usize> {
    let mut of: Vec<usize> = (0..network.len()).collect();
    let mut level = Level::of(network);
    loop {
        let mut community: Vec<usize> = (0..level.links.len()).collect();
        if !level.settle(&mut community, effort) {
            return of;
        }
        let count = number(&mut community);
        of.iter_mut().for_each(|place| *place = community[*place]);
        if effort.over().is_some() || count == level.links.len() {
            return of;
        }
        level = level.joined(&community, count);
    }
}

/// Numbers communities in the order of their first member; how many there are.
fn number(community: &mut [usize]) -> usize {
    let mut numbers = vec![usize::MAX; community.len()];
    let mut count = 0;
    for place in community {
        if numbers[*place] == usize::MAX {
            numbers[*place] = count;
            count += 1;
        }
        *place = numbers[*place];
    }
    count
}

/// The same communities, each as far as it hangs together.
fn parted(network: &Network, of: &[usize]) -> Vec<usize> {
    let mut parts = vec![usize::MAX; of.len()];
    for start in 0..of.len() {
        if parts[start] != usize::MAX {
            continue;
        }
        parts[start] = start;
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for (next, _) in network.neighbors(at) {
                let next = *next as usize;
                if parts[next] == usize::MAX && of[next] == of[start] {
                    parts[next] = start;
                    open.push(next);
                }
            }
        }
    }
    parts
}

/// Newman and Girvan's modularity: the share of relations within, less what it would be by chance.
fn modularity(network: &Network, of: &[usize]) -> f64 {
    let mut within = 0_u64;
    let mut totals = vec![0_u64; of.len()];
    for at in 0..of.len() {
        for (next, weight) in network.neighbors(at) {
            totals[of[at]] += u64::from(*weight);
            within += if of[*next as usize] == of[at] { u64::from(*weight) } else { 0 };
        }
    }
    let whole: u64 = totals.iter().sum();
    if whole == 0 {
        return 0.0;
    }
    let square = |total: &u64| u128::from(*total) * u128::from(*total);
    let chance: u128 = totals.iter().map(square).sum();
    within as f64 / whole as f64 - chance as f64 / (whole as f64 * whole as f64)
}
