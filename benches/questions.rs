//! What heavy questions cost on a large graph: 200,000 entities and 500,000 relations, a few of them in very many; each is asked once.
//!
//! `cargo bench --bench questions` → *betweenness 1.4 s, 99,980,000 steps, from 83 sources*
//!
//! Two numbers behind `--` give another size: `cargo bench --bench questions -- 20000 50000`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a program that measures and prints")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use maillage::model::{
    Annotations, Belonging, Changes, Contribution, Document, DocumentId, Entity, EntityId, EntityKind, Language,
    LocalEntity, Mention, MentionForm, Qualifiers, RelationKind, RelationMention, RuleId, Span, Stored,
};
use maillage::query::{
    self, Effort, EntityFacet, EntityFilter, Measure, NetworkQuestion, PathOrder, PathQuestion, SubgraphQuestion,
    TimelineOf, TimelineQuestion,
};
use maillage::snapshot::{Draft, Snapshot};

const KINDS: [EntityKind; 4] = [EntityKind::Organization, EntityKind::Project, EntityKind::Event, EntityKind::Country];

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

fn kind(number: usize) -> EntityKind {
    KINDS[number % KINDS.len()]
}

fn id(number: usize) -> EntityId {
    EntityId::new(kind(number), &format!("{number:06}"))
}

/// Numbers that look random: the same everywhere.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}

fn graph(entities: usize, relations: usize) -> Snapshot {
    let span = Span::new(0, 2);
    let text = "Un texte.".to_string();
    let document = Document {
        id: DocumentId::of_bytes(text.as_bytes()),
        source: "1.txt".into(),
        title: None,
        url: None,
        language: Language::new("fr"),
        published: None,
        text,
        sections: Vec::new(),
        lines: None,
    };
    let mut belonging = Belonging::of(document.id.clone());
    let (mut locals, mut values, mut statements) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..entities {
        let (name, kind) = (format!("E{number}"), kind(number));
        belonging.mentions.push((number as u32, id(number)));
        let mentions = vec![Mention { span, form: MentionForm::Name, rule: RuleId::new("bench") }];
        let (aliases, registry, source_id, country) = Default::default();
        locals.push(LocalEntity {
            kind,
            name: name.clone(),
            aliases,
            registry,
            source_id,
            named: true,
            country,
            mentions,
        });
        values.push(Entity {
            id: id(number),
            kind,
            name,
            names: BTreeMap::new(),
            aliases: BTreeSet::new(),
            external_ids: BTreeMap::new(),
            named: true,
            country: None,
            merged_ids: BTreeSet::new(),
            resolved_from: Vec::new(),
            confirmed: false,
        });
    }
    let mut seed = 0;
    while statements.len() < relations {
        seed += 1;
        // Small numbers come more often than large ones: hubs.
        let place = |n: u64| ((mixed(n) % 1_000_000) as f64 / 1e6).powi(2) * entities as f64;
        let (subject, object) = (place(seed * 2) as usize, place(seed * 2 + 1) as usize);
        let Some(kind) = fitting(kind(subject), kind(object)).filter(|_| subject != object) else { continue };
        belonging.statements.push((statements.len() as u32, id(subject), id(object)));
        statements.push(RelationMention {
            kind,
            subject,
            object,
            subject_span: span,
            object_span: span,
            trigger: None,
            qualifiers: Qualifiers::default(),
            confidence: 0.5 + (mixed(seed) % 50) as f32 / 100.0,
            evidence: vec![span],
            rule: RuleId::new("bench"),
        });
    }
    let annotations = Annotations { document: document.id.clone(), entities: locals, relations: statements };
    let contribution =
        Contribution { document: Arc::new(document), annotations: Arc::new(annotations), extractor: "bench".into() };
    let stored = Stored { contribution, added: 1, added_at: jiff::Timestamp::UNIX_EPOCH };
    let changes = Changes { added: vec![stored], attached: vec![belonging], entities: values, ..Changes::default() };
    Draft::of(changes).snapshot(1)
}

fn fitting(subject: EntityKind, object: EntityKind) -> Option<RelationKind> {
    match (subject, object) {
        (EntityKind::Organization | EntityKind::Country, EntityKind::Project) => Some(RelationKind::Funds),
        (EntityKind::Organization, EntityKind::Event) => Some(RelationKind::Organizes),
        (EntityKind::Event, EntityKind::Project) => Some(RelationKind::PartOf),
        (EntityKind::Event, EntityKind::Country) => Some(RelationKind::HeldIn),
        (EntityKind::Project | EntityKind::Organization, EntityKind::Country) => Some(RelationKind::OperatesIn),
        _ => None,
    }
}
