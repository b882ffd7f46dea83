//! Everything that a graph says, as text in which no row shows: two graphs with the same text are the same to every reader.

use std::fmt::Write as _;

use maillage::graph::{EntityRow, Graph};
use maillage::query::{self, Fields, PageRequest, SearchQuestion};
use maillage::snapshot::Snapshot;

/// A graph as text.
pub(crate) fn graph(graph: &Graph) -> String {
    let mut text = String::new();
    let mut line = |what: String| writeln!(text, "{what}").expect("text grows");
    for row in graph.document_rows() {
        let id = |row: &EntityRow| graph.entity(*row).id.to_string();
        let entities: Vec<_> = graph.entities_in(row).iter().map(id).collect();
        let relations: Vec<_> = graph.relations_in(row).iter().map(|row| graph.relation(*row).id.to_string()).collect();
        line(format!("{:?} {entities:?} {relations:?}", graph.document(row)));
    }
    for row in graph.entity_rows() {
        let mentions: Vec<_> = graph
            .mentions(row)
            .map(|mention| (graph.document(mention.document).id.to_string(), graph.mention(mention)))
            .collect();
        let relations: Vec<_> = graph.relations_of(row).map(|row| graph.relation(row).id.to_string()).collect();
        let entity = graph.entity(row);
        assert_eq!(mentions.len(), graph.mention_count(row), "{}", entity.id);
        line(format!("{entity:?} {mentions:?} {relations:?}"));
        for id in &entity.merged_ids {
            let found = graph.find_entity(id).map(|found| graph.entity(found.row()).id.to_string());
            line(format!("{id} is {found:?}"));
        }
        for (scheme, value) in &entity.external_ids {
            let found: Vec<_> =
                graph.find_external(scheme, value).iter().map(|row| graph.entity(*row).id.to_string()).collect();
            line(format!("{scheme} {value} {found:?}"));
        }
        let named: Vec<_> =
            graph.find_named(&entity.name).iter().map(|row| graph.entity(*row).id.to_string()).collect();
        line(format!("{} {named:?}", entity.name));
    }
    for row in graph.relation_rows() {
        let evidence: Vec<_> = graph
            .evidence(row)
            .map(|at| (graph.document(at.document).id.to_string(), graph.statement(at), at.swapped))
            .map(|(id, s, swapped)| {
                (
                    id,
                    &s.evidence,
                    s.subject_span,
                    s.object_span,
                    s.trigger,
                    &s.qualifiers,
                    s.confidence,
                    &s.rule,
                    swapped,
                )
            })
            .collect::<Vec<_>>()
            .iter()
            .map(|evidence| format!("{evidence:?}"))
            .collect();
        line(format!("{:?} {evidence:?}", graph.relation(row)));
    }
    line(format!("{:?} {:?} {}", graph.entity_counts(), graph.relation_counts(), graph.total_mention_count()));
    line(format!("{} groups", graph.components()));
    text
}

/// What is looked for in every snapshot: whole names, words with errors, beginnings, what stands in texts, what nothing has.
const SOUGHT: [&str; 9] = [
    "oim",
    "organisation internationale",
    "projet regional",
    "senegla",
    "a",
    "ministere de la sante",
    "le projet de l’OIM",
    "finansé atelier",
    "migr",
];

/// A snapshot as text: its graph, and what some searches find.
pub(crate) fn snapshot(snapshot: &Snapshot) -> String {
    let mut text = graph(snapshot.graph());
    for sought in SOUGHT {
        writeln!(text, "{}", search(snapshot, sought)).expect("text grows");
    }
    text
}

/// What a search finds, as text in which no row shows.
pub(crate) fn search(snapshot: &Snapshot, sought: &str) -> String {
    let graph = snapshot.graph();
    let page = PageRequest { count: true, ..PageRequest::first(100) };
    let fields = Fields { names: true, sentences: true };
    let question = SearchQuestion { text: sought.into(), kinds: Vec::new(), languages: Vec::new(), fields };
    let id = |row: EntityRow| graph.entity(row).id.to_string();
    let found = query::search(snapshot, &question, &page).expect("a page");
    let names: Vec<_> = found.page.items.into_iter().map(|item| (id(item.row.entity), item.row, item.cursor)).collect();
    let names: Vec<_> = names.iter().map(|(id, hit, at)| (id, hit.score, &hit.name, &hit.highlights, at)).collect();
    let sentences = query::search_sentences(snapshot, &question, &page).expect("a page");
    let sentence = |item: query::Item<query::SentenceHit>| {
        let hit = item.row;
        let entities: Vec<_> = hit.entities.into_iter().map(id).collect();
        let document = graph.document(hit.document).id.to_string();
        format!("{document} {:?} {:?} {:?} {} {entities:?}", hit.section, hit.sentence, hit.highlights, hit.score)
    };
    let total = sentences.total;
    let sentences: Vec<_> = sentences.items.into_iter().map(sentence).collect();
    let unknown = query::unknown_words(snapshot, &question).expect("short");
    let suggested = query::suggest(snapshot, sought, &[], Some(100)).expect("short");
    let suggested: Vec<_> = suggested
        .into_iter()
        .map(|found| (id(found.entity), found.name.clone(), found.exactness, found.highlights()))
        .collect();
    let kinds = found.kinds;
    format!("{sought}: {names:?} {kinds:?} {total:?} {sentences:?} {unknown:?} {suggested:?}")
}

/// The first difference of two texts, rather than both.
#[track_caller]
pub(crate) fn assert_same(left: &str, right: &str) {
    if let Some((left, right)) = left.lines().zip(right.lines()).find(|(left, right)| left != right) {
        panic!("differ:\n{left}\n{right}");
    }
    assert_eq!(left.len(), right.len(), "one is longer");
}
