//! The same questions as walks over rows of numbers.
//!
//! Entities are numbered by id, so that comparing numbers compares ids; each kind of relation has its lists in both directions, contiguous, in the
//! order in which the program lists relations.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use maillage::model::fold;
use serde_json::Value;

use super::Said;

/// Lists of numbers, one for each entity, in one piece.
#[derive(Default)]
struct Rows {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Rows {
    fn of(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; count + 1];
        pairs.clone().for_each(|(from, _)| starts[from as usize + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let (mut next, mut ends) = (starts.clone(), vec![0; starts[count] as usize]);
        for (from, to) in pairs {
            ends[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        }
        Self { starts, ends }
    }

    fn at(&self, entity: u32) -> &[u32] {
        &self.ends[self.starts[entity as usize] as usize..self.starts[entity as usize + 1] as usize]
    }
}

/// A name by which an entity is found.
struct Name {
    entity: u32,
    written: String,
    folded: String,
}

/// The graph.
pub(crate) struct ByHand {
    ids: Vec<String>,
    by_id: HashMap<String, u32>,
    mentions: Vec<u32>,
    names: Vec<Name>,
    /// Words in order, each with its names.
    words: BTreeMap<String, Vec<u32>>,
    /// By kind: subjects to objects, objects to subjects.
    of_kind: HashMap<String, (Rows, Rows)>,
    /// Everything in either direction, each neighbour once, in order.
    around: Rows,
    /// Links as PageRank follows them, with how many relations each stands for.
    links: Rows,
    weights: Vec<u32>,
    /// All relations by id.
    relations: Vec<(u32, u32)>,
    /// When an entity was last come by, on one side and the other: numbers of searches.
    seen: RefCell<(u32, Vec<(u32, bool)>)>,
}

impl ByHand {
    /// Reads what `benches/http` has prepared.
    pub(crate) fn read(data: &Path) -> Self {
        let lines = |name: &str| -> Vec<Value> {
            let text = std::fs::read_to_string(data.join(name)).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut entities = lines("entities.jsonl");
        entities.sort_by_cached_key(|entity| text(&entity["id"]));
        let ids: Vec<String> = entities.iter().map(|entity| text(&entity["id"])).collect();
        let by_id: HashMap<String, u32> = ids.iter().cloned().zip(0..).collect();
        let (mut names, mut words) = (Vec::new(), BTreeMap::<String, Vec<u32>>::new());
        for (entity, of) in (0..).zip(&entities) {
            for written in [&of["name"]].into_iter().chain(of["aliases"].as_array().unwrap()).map(text) {
                let folded = fold(&written);
                let mut own: Vec<&str> = folded.split(' ').collect();
                own.sort_unstable();
                own.dedup();
                own.iter().for_each(|word| words.entry((*word).to_owned()).or_default().push(names.len() as u32));
                names.push(Name { entity, written, folded });
            }
        }
        let mut relations: Vec<(String, String, u32, u32)> = Vec::new();
        for of in lines("relations.jsonl") {
            let end = |key: &str| by_id[of[key].as_str().unwrap()];
            relations.push((text(&of["id"]), text(&of["kind"]), end("subject"), end("object")));
        }
        relations.sort_unstable();
        let mut pairs: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
        for (_, kind, subject, object) in &relations {
            let pairs = pairs.entry(kind.clone()).or_default();
            pairs.push((*subject, *object));
            if kind == "PARTNERS_WITH" {
                pairs.push((*object, *subject));
            }
        }
        // What is around an entity stands in the order of the other ends.
        pairs.values_mut().for_each(|pairs| pairs.sort_unstable());
        let count = ids.len();
        let rows = |pairs: &[(u32, u32)]| {
            let back = pairs.iter().map(|(from, to)| (*to, *from));
            (Rows::of(count, pairs.iter().copied()), Rows::of(count, back))
        };
        let directed: BTreeMap<(u32, u32), u32> = pairs.values().flatten().fold(BTreeMap::new(), |mut links, pair| {
            *links.entry(*pair).or_default() += 1;
            links
        });
        let mut either: Vec<(u32, u32)> = directed.keys().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
        either.sort_unstable();
        either.dedup();
        Self {
            mentions: entities.iter().map(|entity| entity["mentions"].as_u64().unwrap() as u32).collect(),
            of_kind: pairs.iter().map(|(kind, pairs)| (kind.clone(), rows(pairs))).collect(),
            around: Rows::of(count, either.iter().copied()),
            links: Rows::of(count, directed.keys().copied()),
            weights: directed.values().copied().collect(),
            relations: relations.iter().map(|(_, _, subject, object)| (*subject, *object)).collect(),
            seen: RefCell::new((0, vec![(0, false); count])),
            ids,
            by_id,
            names,
            words,
        }
    }

    /// The id of an entity that an answer names.
    pub(crate) fn id(&self, at: usize) -> &str {
        &self.ids[at]
    }

    fn out(&self, kind: &str, of: u32) -> &[u32] {
        self.of_kind.get(kind).map_or(&[], |(out, _)| out.at(of))
    }

    fn into(&self, kind: &str, of: u32) -> &[u32] {
        self.of_kind.get(kind).map_or(&[], |(_, into)| into.at(of))
    }

    /// Answers a question.
    pub(crate) fn ask(&self, name: &str, given: &Value) -> Said {
        let entity = |key: &str| self.by_id[given[key].as_str().unwrap()];
        match name {
            "lookup" => {
                let at = entity("id");
                Said { entities: vec![at as usize], numbers: vec![f64::from(self.mentions[at as usize])] }
            }
            "name" => self.suggest(given["prefix"].as_str().unwrap()),
            "hops" => self.hops(entity("id"), 20),
            "hops4" => self.hops(entity("id"), 4),
            "around" => self.neighborhood(entity("id"), 100),
            "path" => {
                Said { entities: vec![], numbers: self.distance(entity("from"), entity("to"), 6).into_iter().collect() }
            }
            "partners" => self.partners(entity("id")),
            "facets" => self.facets(entity("id")),
            "page" => {
                let from = given["from"].as_u64().unwrap() as usize;
                let ends = self.relations[from..].iter().take(100);
                let entities = ends.flat_map(|(subject, object)| [*subject as usize, *object as usize]);
                Said { entities: entities.collect(), numbers: vec![] }
            }
            "whole" => self.whole(),
            _ => panic!("an unknown question: {name}"),
        }
    }

    fn suggest(&self, prefix: &str) -> Said {
        let typed = fold(prefix);
        let (finished, last) = typed.rsplit_once(' ').unwrap_or(("", &typed));
        let finished: Vec<&str> = finished.split(' ').filter(|word| !word.is_empty()).collect();
        let lists = finished.iter().map(|word| self.words.get(*word).map_or(&[][..], Vec::as_slice));
        let begun: Vec<u32>;
        let numbers = match lists.min_by_key(|list| list.len()) {
            Some(list) => list,
            None => {
                let words = self.words.range(last.to_owned()..).take_while(|(word, _)| word.starts_with(last));
                begun = words.flat_map(|(_, list)| list.iter().copied()).collect();
                &begun
            }
        };
        let mut best: HashMap<u32, (u8, u32)> = HashMap::new();
        for number in numbers {
            let name = &self.names[*number as usize];
            let mut words = name.folded.split(' ');
            let all = finished.iter().all(|word| name.folded.split(' ').any(|known| known == *word));
            if !all || !words.any(|word| word.starts_with(last)) {
                continue;
            }
            let exactness = 2 - u8::from(name.folded.starts_with(&typed)) - u8::from(name.folded == typed);
            let found = best.entry(name.entity).or_insert((exactness, *number));
            *found = (*found).min((exactness, *number));
        }
        let mut found: Vec<_> = best.into_iter().collect();
        found.sort_unstable_by_key(|(entity, (exactness, number))| {
            let written = self.names[*number as usize].written.as_str();
            (*exactness, u32::MAX - self.mentions[*entity as usize], written, *entity)
        });
        Said { entities: found.iter().take(10).map(|(entity, _)| *entity as usize).collect(), numbers: vec![] }
    }

    fn hops(&self, start: u32, first: usize) -> Said {
        let mut entities = Vec::new();
        for project in self.out("FUNDS", start).iter().take(first) {
            entities.push(*project as usize);
            for place in self.out("OPERATES_IN", *project).iter().take(first) {
                entities.push(*place as usize);
                entities.extend(self.into("HELD_IN", *place).iter().take(first).map(|event| *event as usize));
            }
        }
        Said { entities, numbers: vec![] }
    }

    fn neighborhood(&self, start: u32, first: usize) -> Said {
        let (search, seen) = &mut *self.seen.borrow_mut();
        *search += 1;
        seen[start as usize].0 = *search;
        let (mut said, mut layer) = (Said::default(), vec![start]);
        for hops in 1..=2 {
            let mut next = Vec::new();
            for far in layer.iter().flat_map(|near| self.around.at(*near)) {
                if said.entities.len() == first {
                    return said;
                }
                if std::mem::replace(&mut seen[*far as usize].0, *search) != *search {
                    next.push(*far);
                    said.entities.push(*far as usize);
                    said.numbers.push(f64::from(hops));
                }
            }
            layer = next;
        }
        said
    }

    /// From both ends, always from the side that has less to look at.
    fn distance(&self, from: u32, to: u32, most: u32) -> Option<f64> {
        let (search, seen) = &mut *self.seen.borrow_mut();
        *search += 1;
        (seen[from as usize], seen[to as usize]) = ((*search, false), (*search, true));
        let (mut near, mut far, mut near_side) = (vec![from], vec![to], false);
        for length in 1..=most {
            if near.len() > far.len() {
                (near, far, near_side) = (far, near, !near_side);
            }
            let mut next = Vec::new();
            for end in near.iter().flat_map(|entity| self.around.at(*entity)) {
                match &mut seen[*end as usize] {
                    (when, side) if *when == *search && *side != near_side => return Some(f64::from(length)),
                    (when, _) if *when == *search => {}
                    slot => {
                        *slot = (*search, near_side);
                        next.push(*end);
                    }
                }
            }
            near = next;
        }
        None
    }

    fn partners(&self, of: u32) -> Said {
        const TIES: [&str; 3] = ["FUNDS", "IMPLEMENTS", "PUBLISHES"];
        let mut shared: Vec<u32> = TIES.iter().flat_map(|kind| self.out(kind, of)).copied().collect();
        shared.sort_unstable();
        shared.dedup();
        let (mut weights, mut actors) = (HashMap::<u32, f64>::new(), Vec::new());
        for shared in shared {
            actors.clear();
            actors.extend(TIES.iter().flat_map(|kind| self.into(kind, shared)));
            actors.sort_unstable();
            actors.dedup();
            let weight = 1.0 / (actors.len().max(2) - 1) as f64;
            actors.iter().for_each(|actor| *weights.entry(*actor).or_default() += weight);
        }
        for actor in self.out("PARTNERS_WITH", of) {
            *weights.entry(*actor).or_default() += 1.0;
        }
        weights.remove(&of);
        let mut found: Vec<_> =
            weights.into_iter().map(|(actor, weight)| ((weight * -1e9).round() as i64, actor)).collect();
        let total = found.len();
        if total > 20 {
            found.select_nth_unstable(19);
            found.truncate(20);
        }
        found.sort_unstable();
        let numbers = [total as f64].into_iter().chain(found.iter().map(|(weight, _)| *weight as f64 / -1e9)).collect();
        Said { entities: found.iter().map(|(_, actor)| *actor as usize).collect(), numbers }
    }

    fn facets(&self, funder: u32) -> Said {
        let projects = self.out("FUNDS", funder);
        let (mut counts, mut missing) = (HashMap::<u32, usize>::new(), 0);
        for project in projects {
            let places = self.out("OPERATES_IN", *project);
            missing += usize::from(places.is_empty());
            places.iter().for_each(|place| *counts.entry(*place).or_default() += 1);
        }
        let mut values: Vec<_> = counts.into_iter().collect();
        values.sort_unstable_by_key(|(place, count)| (usize::MAX - count, *place));
        let other = values.iter().skip(20).map(|(_, count)| count).sum::<usize>();
        let listed = &values[..values.len().min(20)];
        let counted =
            [projects.len(), values.len(), other, missing].into_iter().chain(listed.iter().map(|value| value.1));
        let entities = listed.iter().map(|value| value.0 as usize).collect();
        Said { entities, numbers: counted.map(|count| count as f64).collect() }
    }

    fn whole(&self) -> Said {
        let count = self.ids.len();
        let (mut group, mut components, mut open) = (vec![false; count], 0, Vec::new());
        for start in 0..count as u32 {
            if !std::mem::replace(&mut group[start as usize], true) {
                components += 1;
                open.push(start);
            }
            while let Some(at) = open.pop() {
                for next in self.around.at(at) {
                    if !std::mem::replace(&mut group[*next as usize], true) {
                        open.push(*next);
                    }
                }
            }
        }
        let weights = |at: usize| self.links.starts[at] as usize..self.links.starts[at + 1] as usize;
        let outgoing: Vec<f64> = (0..count).map(|at| self.weights[weights(at)].iter().sum::<u32>().into()).collect();
        let mut ranks = vec![1.0 / count as f64; count];
        for _ in 0..100 {
            let lost: f64 = (0..count).filter(|at| outgoing[*at] == 0.0).map(|at| ranks[at]).sum();
            let mut next = vec![(0.15 + 0.85 * lost) / count as f64; count];
            for at in (0..count).filter(|at| outgoing[*at] > 0.0) {
                let share = 0.85 * ranks[at] / outgoing[at];
                for link in weights(at) {
                    next[self.links.ends[link] as usize] += share * f64::from(self.weights[link]);
                }
            }
            let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            ranks = next;
            if change < 1e-9 {
                break;
            }
        }
        let mut best: Vec<_> = ranks.iter().copied().enumerate().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1));
        best.truncate(10);
        let numbers = [f64::from(components)].into_iter().chain(best.iter().map(|(_, rank)| *rank)).collect();
        Said { entities: best.into_iter().map(|(at, _)| at).collect(), numbers }
    }
}
