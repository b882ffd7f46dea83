//! Which ids are one thing, and which of them it is called by.
//!
//! *RNCOM → Réseau régional (RNCOM)*, *réseau-regional same rncom-sn, says ana* → one group of three
//!
//! Decisions join first and always; what the rules propose joins unless a decision says that two of the group are different. The group
//! of an id follows from the joins and decisions around it alone, whatever came first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::base::{Base, BaseNumber};

/// The ids around those that changed, with what may join them.
pub(super) struct Around<'r> {
    pub(super) bases: &'r [Base],
    /// All ids to be grouped anew.
    pub(super) numbers: &'r BTreeSet<BaseNumber>,
    /// Pairs that decisions make one.
    pub(super) same: &'r [(BaseNumber, BaseNumber)],
    /// Pairs that decisions keep apart.
    pub(super) different: &'r BTreeSet<(BaseNumber, BaseNumber)>,
    /// Joins that the rules propose.
    pub(super) joins: &'r [(BaseNumber, BaseNumber)],
}

/// A group of ids, and the one that stands for it; none when nothing of it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    pub(super) home: Option<BaseNumber>,
    pub(super) members: BTreeSet<BaseNumber>,
}

/// Groups ids. `is_shown` says which of them may stand for a group: those that are there and not rejected.
pub(super) fn clusters(around: &Around<'_>, is_shown: impl Fn(BaseNumber) -> bool) -> Vec<Cluster> {
    let mut groups = Groups::new(around.numbers);
    around.same.iter().for_each(|(a, b)| groups.join(*a, *b));
    let id = |number: &BaseNumber| &around.bases[*number as usize].id;
    let mut joins: Vec<_> = around.joins.iter().filter(|(from, to)| is_shown(*from) && is_shown(*to)).collect();
    joins.sort_by_key(|(from, to)| (id(from), id(to)));
    let mut joined = BTreeSet::new();
    for (from, to) in joins {
        if !groups.would_join(*from, *to, around.different) {
            groups.join(*from, *to);
            joined.insert(*from);
        }
    }
    let cluster = |members: BTreeSet<BaseNumber>| {
        let shown = members.iter().copied().filter(|number| is_shown(*number));
        let home = shown.max_by_key(|number| {
            let base = &around.bases[*number as usize];
            let fullness = (base.entry().is_some(), base.country().is_some(), base.name().chars().count());
            // What joined something else does not stand for the group.
            (!joined.contains(number), fullness, Reverse(&base.id))
        });
        Cluster { home, members }
    };
    groups.members.into_values().map(cluster).collect()
}

/// Disjoint groups, each under the number of one of its members.
struct Groups {
    group: BTreeMap<BaseNumber, BaseNumber>,
    members: BTreeMap<BaseNumber, BTreeSet<BaseNumber>>,
}

impl Groups {
    fn new(numbers: &BTreeSet<BaseNumber>) -> Self {
        Self {
            group: numbers.iter().map(|number| (*number, *number)).collect(),
            members: numbers.iter().map(|number| (*number, BTreeSet::from([*number]))).collect(),
        }
    }

    fn join(&mut self, a: BaseNumber, b: BaseNumber) {
        let (Some(&a), Some(&b)) = (self.group.get(&a), self.group.get(&b)) else { return };
        if a == b {
            return;
        }
        let size = |group| self.members.get(&group).map_or(0, BTreeSet::len);
        let (from, to) = if size(a) < size(b) { (a, b) } else { (b, a) };
        let moved = self.members.remove(&from).unwrap_or_default();
        moved.iter().for_each(|number| {
            self.group.insert(*number, to);
        });
        self.members.entry(to).or_default().extend(moved);
    }

    /// Whether a join would bring together what is to be kept apart.
    fn would_join(&self, a: BaseNumber, b: BaseNumber, different: &BTreeSet<(BaseNumber, BaseNumber)>) -> bool {
        let members = |number| self.group.get(&number).and_then(|group| self.members.get(group));
        let (Some(ones), Some(others)) = (members(a), members(b)) else { return true };
        let apart = |(x, y): &(BaseNumber, BaseNumber)| {
            ones.contains(x) && others.contains(y) || ones.contains(y) && others.contains(x)
        };
        different.iter().any(apart)
    }
}
