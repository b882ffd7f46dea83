//! What heavy questions cost on a large graph: 200,000 entities and 500,000 relations, a few of them in very many; each is asked once.
//!
//! `cargo bench --bench questions` → *betweenness 1.4 s, 99,980,000 steps, from 83 sources*
//!
//! Two numbers behind `--` give another size: `cargo bench --bench questions -- 20000 50000`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

mod graph;

use std::time::{Duration, Instant};

use maillage::query::{
    self, Effort, EntityFacet, EntityFilter, Measure, NetworkQuestion, PathOrder, PathQuestion, SubgraphQuestion,
    TimelineOf, TimelineQuestion,
};

use graph::{graph, id};

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (entities, relations) = (sizes.first().copied().unwrap_or(200_000), sizes.get(1).copied().unwrap_or(500_000));
    let began = Instant::now();
    let snapshot = graph(entities, relations);
    let stats = query::stats(&snapshot);
    println!("{} entities, {} relations, made in {:.1?}", stats.entities, stats.relations, began.elapsed());
    let (from, to) = (id(0).to_string(), id(entities - 1).to_string());
    for by in [PathOrder::Hops, PathOrder::Confidence] {
        let (from, to) = (from.clone(), to.clone());
        let question = PathQuestion { from, to, max_hops: 6, by, ..PathQuestion::default() };
        time(&format!("paths by {by:?}"), |effort| {
            query::paths(&snapshot, &question, effort).map(|f| (f.cut, f.paths.len()))
        });
    }
    time("why", |effort| query::why(&snapshot, (&from, &to), None, effort).map(|f| (f.cut, f.paths.len())));
    let chain =
        query::parse_chain("[Organization]-FUNDS->[Project]<-PART_OF-[Event]-HELD_IN->[Country]").expect("a chain");
    time("match", |effort| query::match_chain(&snapshot, &chain, Some(100), effort).map(|f| (f.cut, f.rows.len())));
    time("partners", |effort| query::partners(&snapshot, &from, &[], None, effort).map(|f| (f.cut, f.total)));
    let by = [EntityFacet::Kind, EntityFacet::Funder];
    time("facets", |effort| {
        query::entity_facets(&snapshot, &EntityFilter::default(), &by, None, effort).map(|f| (f.cut, f.total))
    });
    let of = TimelineOf::Mentions;
    let question = TimelineQuestion { of, by_month: true, entity: None, relations: Default::default() };
    time("timeline", |effort| query::timeline(&snapshot, &question, effort).map(|f| (f.cut, f.total)));
    let question = SubgraphQuestion { ids: vec![from.clone()], max_hops: 3, first: Some(500), ..Default::default() };
    time("subgraph", |effort| query::subgraph(&snapshot, &question, effort).map(|f| (f.cut, f.relations.len())));
    let all = NetworkQuestion::default();
    for measure in [Measure::Degree, Measure::Betweenness, Measure::PageRank] {
        time(&format!("{measure:?}"), |effort| {
            query::centrality(&snapshot, measure, &all, None, effort).map(|f| (f.cut, f.sampled.unwrap_or(f.total)))
        });
    }
    time("communities", |effort| query::communities(&snapshot, &all, None, None, effort).map(|f| (f.cut, f.total)));
}

fn time(name: &str, ask: impl FnOnce(&mut Effort) -> Result<(Option<query::Cut>, usize), query::Refusal>) {
    let began = Instant::now();
    // Long enough to see what it would cost without the server's limit.
    let mut effort = Effort::of(500_000_000).until(Instant::now() + Duration::from_secs(120));
    let (cut, found) = ask(&mut effort).expect("it is answered");
    println!("{name:20} {:>9.1?}  {:>11} steps, found {found}, cut by {cut:?}", began.elapsed(), effort.explored());
}
