//! Example queries that find something in the loaded graph: questions about the sample corpus where the graph knows
//! everything they name, then queries made from the graph.
//!
//! A graph with Canada and Senegal → *How is Canada connected to Senegal?*; any graph with a funded project
//! → *Funders and implementers of "projet régional …"* with that project's id as variable

mod corpus_questions;

use serde_json::{Value, json};

use self::corpus_questions::corpus_questions;
use crate::model::{Entity, EntityKind, RelationKind};
use crate::query::EntityRow;
use crate::snapshot::Snapshot;

/// A query to start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it asks, as a question.
    pub title: String,
    /// The query.
    pub query: String,
    /// Its variables, as a JSON object.
    pub variables: Value,
}

impl Example {
    fn new(title: impl Into<String>, query: &str, variables: Value) -> Self {
        Self { title: title.into(), query: query.trim().to_string(), variables }
    }
}

/// Examples that find something in this graph; only the general ones when it is empty.
pub fn example_queries(snapshot: &Snapshot) -> Vec<Example> {
    let mut examples = corpus_questions(snapshot);
    examples.push(Example::new("How much is there of what?", STATS, json!({})));
    let chosen = |kind, by: &[RelationKind]| most_connected(snapshot, kind, by);
    if let Some(project) = chosen(EntityKind::Project, &[RelationKind::Funds, RelationKind::Implements]) {
        examples.push(Example::new(
            asked("Funders and implementers of", project),
            PROJECT,
            json!({ "id": project.id }),
        ));
    }
    if let Some(event) = chosen(EntityKind::Event, &[RelationKind::ParticipatesIn, RelationKind::Organizes]) {
        examples.push(Example::new(asked("Participants of", event), EVENT, json!({ "id": event.id })));
    }
    if let Some(person) = chosen(EntityKind::Person, &[RelationKind::WorksFor]) {
        examples.push(Example::new(asked("Posts held by", person), PERSON, json!({ "id": person.id })));
    }
    if let Some(funder) = funder(snapshot) {
        let title = asked("From funder to project to country and event:", funder);
        examples.push(Example::new(title, TRAVERSAL, json!({ "id": funder.id })));
        examples.push(Example::new(asked("Search for", funder), SEARCH, json!({ "text": funder.name })));
    }
    if let Some((from, to)) = far_apart(snapshot) {
        let title = format!("How are \"{}\" and \"{}\" connected?", short(&from.name), short(&to.name));
        examples.push(Example::new(title, PATHS, json!({ "from": from.id, "to": to.id })));
        let title =
            format!("What do \"{}\" and \"{}\" have to do with each other?", short(&from.name), short(&to.name));
        examples.push(Example::new(title, WHY, json!({ "a": from.id, "b": to.id })));
        let title = asked("Everything within two hops of", from);
        examples.push(Example::new(title, NEIGHBORHOOD, json!({ "id": from.id })));
    }
    let joins = [RelationKind::Organizes, RelationKind::ParticipatesIn, RelationKind::Implements, RelationKind::Funds];
    if let Some(organization) = chosen(EntityKind::Organization, &joins) {
        let title = asked("Who works with", organization);
        examples.push(Example::new(title, PARTNERS, json!({ "of": organization.id })));
    }
    examples.push(Example::new("Which relations are planned or proposed?", MODALITY, json!({})));
    examples.push(Example::new("How many, of what, where and when?", COUNTS, json!({})));
    examples.push(Example::new(
        "What holds the network together, and into which groups does it fall?",
        NETWORK,
        json!({}),
    ));
    examples
}

fn asked(question: &str, entity: &Entity) -> String {
    format!("{question} \"{}\"", short(&entity.name))
}

/// A name that fits a menu.
fn short(name: &str) -> String {
    if name.chars().count() <= 60 { name.to_string() } else { name.chars().take(59).chain(['…']).collect() }
}

/// The entity of a kind with most relations of some kinds; ties go to the smaller id.
fn most_connected<'s>(snapshot: &'s Snapshot, kind: EntityKind, by: &[RelationKind]) -> Option<&'s Entity> {
    let graph = snapshot.graph();
    let count = |row: &EntityRow| by.iter().map(|kind| graph.relations_of_kind(*row, *kind).count()).sum::<usize>();
    let of_kind = graph.entity_rows().filter(|row| graph.entity(*row).kind == kind);
    let best = of_kind.rev().max_by_key(count).filter(|row| count(row) > 0)?;
    Some(graph.entity(best))
}

/// The country, or else organization, that funds most.
fn funder(snapshot: &Snapshot) -> Option<&Entity> {
    let kinds = [EntityKind::Country, EntityKind::Organization];
    kinds.iter().find_map(|kind| most_connected(snapshot, *kind, &[RelationKind::Funds]))
}

/// The best connected entity, and the best connected of those two to four hops away.
fn far_apart(snapshot: &Snapshot) -> Option<(&Entity, &Entity)> {
    let graph = snapshot.graph();
    let from = graph.entity_rows().rev().max_by_key(|row| graph.degree(*row))?;
    let request = crate::query::around(from, 3);
    let near = graph.neighborhood(&request).neighbors;
    let to = near.iter().rev().filter(|n| n.hops > 1).max_by_key(|n| graph.degree(n.last.to))?;
    Some((graph.entity(from), graph.entity(to.last.to)))
}

const STATS: &str = r"
query HowMuch {
  stats {
    version documentCount entityCount relationCount mentionCount
    entitiesByKind { kind count }
    relationsByKind { kind count }
  }
}";

const PROJECT: &str = r"
query Project($id: ID!) {
  entity(id: $id) {
    name
    ... on Project {
      funders { edges { node { name } relation { amount currency evidence(first: 1) { text document { title } } } } }
      implementers { edges { node { name } relation { evidence(first: 1) { text } } } }
      countries { nodes { name } }
      events { nodes { name } }
      topics { nodes { name } }
    }
  }
}";

const EVENT: &str = r"
query Event($id: ID!) {
  entity(id: $id) {
    name
    ... on Event {
      participants { edges { node { kind name } relation { role evidence(first: 1) { text } } } }
      organizers { nodes { kind name } }
      places { nodes { name } }
      countries { nodes { name } }
      partOf { nodes { kind name } }
    }
  }
}";

const PERSON: &str = r"
query Posts($id: ID!) {
  entity(id: $id) {
    name
    ... on Person {
      positions { edges { node { kind name } relation { role evidence(first: 1) { text document { title published { text } } } } } }
      eventsAttended { nodes { name } }
    }
  }
}";

const TRAVERSAL: &str = r"
query Traversal($id: ID!) {
  entity(id: $id) {
    name
    ... on Country { projectsFunded(first: 10) { ...projects } }
    ... on Organization { projectsFunded(first: 10) { ...projects } }
  }
}

fragment projects on RelatedProjectConnection {
  totalCount
  edges {
    relation { evidence(first: 1) { text } }
    node {
      name
      countries(first: 10) { edges { relation { evidence(first: 1) { text } } node { name events(first: 5) { nodes { name } } } } }
      events(first: 10) { edges { relation { evidence(first: 1) { text } } node { name } } }
    }
  }
}";

const SEARCH: &str = r"
query Search($text: String!) {
  search(text: $text, first: 10) {
    totalCount
    facets { kind count }
    didYouMean { typed known }
    edges { score matchedName node { id kind name mentionCount relationCounts { kind count } } }
    sentences(first: 3) { totalCount nodes { text document { title } } }
  }
}";

const PATHS: &str = r"
query Connection($from: String!, $to: String!) {
  paths(from: $from, to: $to, maxHops: 4, first: 5) {
    complete
    truncatedBy
    paths {
      text
      confidence
      hops { entity { name } direction relation { kind evidence(first: 1) { text } } to { name } }
    }
  }
}";

const NEIGHBORHOOD: &str = r"
query Around($id: ID!) {
  neighborhood(id: $id, maxHops: 2, first: 30) {
    complete
    explored
    neighbors { hops entity { kind name } via { direction relation { kind } entity { name } } }
  }
}";

const MODALITY: &str = r"
query NotYet {
  relations(where: { modality: [PLANNED, PROPOSED] }, orderBy: [{ field: CONFIDENCE, direction: DESC }], first: 10) {
    totalCount
    nodes { subject { name } kind object { name } modality confidence evidence(first: 1) { text } }
  }
}";

const WHY: &str = r"
query Why($a: String!, $b: String!) {
  why(a: $a, b: $b, first: 3) {
    a { name }
    b { name }
    best { text confidence }
    statements { text document { title } }
    shared { entity { kind name } weight ours { relation { kind } } theirs { relation { kind } } }
    complete
    truncatedBy
  }
}";

const PARTNERS: &str = r"
query Partners($of: String!) {
  partners(of: $of, first: 10) {
    of { name }
    totalCount
    partners {
      entity { kind name }
      weight
      direct { relation { kind evidence(first: 1) { text } } }
      shared { entity { kind name } weight }
    }
  }
}";

const COUNTS: &str = r"
query Counts {
  entityFacets(by: [KIND, COUNTRY, LOCATION], first: 10) {
    totalCount
    facets { by values { key entity { name } count } other missing }
  }
  relationFacets(by: [KIND, MODALITY], first: 10) { facets { by values { key count } } }
  timeline(of: RELATIONS, by: MONTH) { periods { period count } undated }
}";

const NETWORK: &str = r"
query Network {
  centrality(measure: BETWEENNESS, first: 10) { entities { score entity { kind name } } complete sampled }
  communities(first: 5, members: 5) {
    communities { label size members { entity { kind name } } }
    totalCount
    modularity
    complete
  }
}";
