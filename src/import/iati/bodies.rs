//! Who stands in a file, before it is read: which ids are those of organizations, which are those of activities, and what a publisher calls
//! those to whom it gives ids of its own.
//!
//! `<provider-org ref="ORG-7"><narrative>UNICEF</narrative></provider-org>` in the last activity → `ORG-7` is *UNICEF* in the first one, too
//!
//! Of an id 128 bits stay. What is found does not depend on the order of the activities. Must not know what anybody does.

use rustc_hash::{FxHashMap, FxHashSet};

use super::body::{is_body_name, is_id, is_own_id};
use super::codes;
use super::tree::Tree;
use crate::import::known::{Ids, Key, listed};
use crate::model::EntityKind;

/// Elements that name an organization, beside the activity or within its payments.
const NAMING: [&str; 4] = ["reporting-org", "participating-org", "provider-org", "receiver-org"];

/// The bodies of a file.
#[derive(Default)]
pub(super) struct Bodies {
    ids: Ids,
    bodies: FxHashSet<Key>,
    activities: FxHashSet<Key>,
    /// What those are called who bear a publisher's own id.
    own: FxHashMap<Key, Called>,
}

/// What a publisher calls somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// By the name of one organization of the lists, and of no other.
    Listed(u32),
    /// As a sort of bodies.
    Sort,
    /// Otherwise.
    Otherwise,
}

impl Bodies {
    /// Takes in who stands in an activity.
    pub(super) fn add(&mut self, tree: &Tree) {
        if let Some(said) = tree.named(0, "iati-identifier").next().and_then(|at| tree.text(at)) {
            self.activities.insert(self.ids.key(&said.text));
        }
        let publisher = publisher(tree);
        for child in tree.children(0) {
            let within = matches!(tree.at(child).name.as_str(), "transaction" | "planned-disbursement");
            let elements = std::iter::once(child).chain(tree.children(child).filter(|_| within));
            for at in elements.filter(|at| NAMING.contains(&tree.at(*at).name.as_str())) {
                self.body(tree, at, publisher);
            }
        }
    }

    fn body(&mut self, tree: &Tree, at: usize, publisher: &str) {
        let Some(id) = tree.attribute(at, "ref").map(|said| said.text.as_str()).filter(|id| is_id(id)) else { return };
        self.bodies.insert(self.ids.key(id));
        if publisher.is_empty() || !is_own_id(id) {
            return;
        }
        let key = self.own_key(publisher, id);
        for name in tree.narratives(at).iter().filter(|name| is_body_name(&name.text)) {
            let called = match listed(EntityKind::Organization, &name.text) {
                Some((place, _)) => Called::Listed(place),
                None if codes::is_name_of_sort(&name.text) => Called::Sort,
                None => continue,
            };
            let known = self.own.entry(key).or_insert(called);
            *known = known.and(called);
        }
    }

    /// Whether an organization bears the id somewhere.
    pub(super) fn is_body(&self, id: &str) -> bool {
        self.bodies.contains(&self.ids.key(id))
    }

    /// Whether an activity has the id.
    pub(super) fn is_activity(&self, id: &str) -> bool {
        self.activities.contains(&self.ids.key(id))
    }

    /// What a publisher calls who bears its own id.
    pub(super) fn called(&self, publisher: &str, id: &str) -> Called {
        self.own.get(&self.own_key(publisher, id)).copied().unwrap_or(Called::Otherwise)
    }

    fn own_key(&self, publisher: &str, id: &str) -> Key {
        self.ids.key(&format!("{publisher}\0{id}"))
    }
}

impl Called {
    /// What both say: a listed name says more than a sort, and two listed names say nothing.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Listed(place), Self::Sort) | (Self::Sort, Self::Listed(place)) => Self::Listed(place),
            _ => Self::Otherwise,
        }
    }
}

/// Whose activity it is; empty when that has no id.
pub(super) fn publisher(tree: &Tree) -> &str {
    let reporting = tree.named(0, "reporting-org").next();
    reporting.and_then(|at| tree.attribute(at, "ref")).map_or("", |said| &said.text)
}
