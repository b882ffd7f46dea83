//! Questions that readers of the sample corpus ask, each one query, and what the releases answer.
//!
//! Every statement in an answer must quote its document: the text at the spans is what the document says there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use maillage::api::{self, Example, Limits, Schema};
use maillage::knowledge_base::{self, KnowledgeBase};
use serde_json::{Value, json};

use crate::fixture::{self, answer_with, texts};

/// The sample corpus, read once for all questions.
static CORPUS: LazyLock<Arc<KnowledgeBase>> = LazyLock::new(|| {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"));
    Arc::new(knowledge_base::read(&[folder], &|_| {}).expect("read").knowledge_base)
});

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| api::schema(Arc::clone(&CORPUS), &Limits::default()));

/// The documents' texts as code points, by source.
static TEXTS: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let answer = answer_with(&SCHEMA, "{ documents(first: 100) { nodes { source text } } }", Value::Null);
    let text = |key: &str, node: &Value| node[key].as_str().expect("a text").to_string();
    let nodes = answer["data"]["documents"]["nodes"].as_array().expect("documents").clone();
    nodes.iter().map(|node| (text("source", node), text("text", node).chars().collect())).collect()
});

const IOM: &str = "Organisation internationale pour les migrations";
const PRM: &str = "Bureau de la population, des réfugiés et des migrations";

/// The answer to a question of the corpus, whose quotations have been checked.
fn ask(operation: &str) -> Value {
    let file = api::example_queries(&CORPUS.snapshot());
    let question = file.iter().find(|e| e.query.starts_with(&format!("query {operation} {{")));
    let question = question.unwrap_or_else(|| panic!("{operation} is not among the examples"));
    let answer = answer_with(&SCHEMA, &question.query, question.variables.clone());
    assert_eq!(answer.get("errors"), None, "{operation}: {answer:#}");
    assert!(check_quotations(&answer["data"]) > 2, "{operation} quotes nothing: {answer:#}");
    answer["data"].clone()
}

/// Checks every quotation below a value against its document, and that every relation has one; counts them.
pub(crate) fn check_quotations(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(check_quotations).sum(),
        Value::Object(fields) => {
            let evidence = fields.get("evidence").or(fields.get("relation").map(|relation| &relation["evidence"]));
            assert!(evidence.is_none_or(|evidence| evidence[0].is_object()), "no evidence: {value:#}");
            let spans = fields.get("spans").and_then(Value::as_array).cloned();
            let own = fields.get("start").filter(|start| start.is_u64()).map(|_| vec![value.clone()]);
            let quoted = spans.or(own.filter(|_| fields.contains_key("document")));
            let checked = quoted.map_or(0, |spans| {
                let source = value["document"]["source"].as_str().expect("a source");
                let at = |span: &Value, key: &str| usize::try_from(span[key].as_u64().expect("an offset")).unwrap();
                let stretch =
                    |span: &Value| TEXTS[source][at(span, "start")..at(span, "end")].iter().collect::<String>();
                let stretches: Vec<_> = spans.iter().map(stretch).collect();
                assert!(!stretches.is_empty() && stretches.iter().all(|s| !s.trim().is_empty()), "{value:#}");
                assert_eq!(stretches.join(" […] "), value["text"].as_str().expect("a text"), "{source}");
                1
            });
            checked + fields.values().map(check_quotations).sum::<usize>()
        }
        _ => 0,
    }
}

fn edges(list: &Value) -> &Vec<Value> {
    list["edges"].as_array().unwrap_or_else(|| panic!("no connection: {list:#}"))
}

/// The names at the other end, in order.
fn names(list: &Value) -> Vec<&str> {
    edges(list).iter().map(|edge| edge["node"]["name"].as_str().unwrap_or_default()).collect()
}

/// Where a list leads to an entity of that name.
fn edge<'v>(list: &'v Value, name: &str) -> &'v Value {
    let found = edges(list).iter().find(|edge| edge["node"]["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not among {:?}", names(list)))
}

/// The sentence that a relation rests on first.
fn sentence(edge: &Value) -> &str {
    edge["relation"]["evidence"][0]["text"].as_str().unwrap_or_default()
}

#[test]
fn a_programme_its_money_and_who_opened_its_sessions() {
    let data = ask("Programme");
    let programme = &data["entity"];
    let prm = edge(&programme["funders"], PRM);
    assert!(sentence(prm).contains("avec le financement du Bureau de la population"), "{}", sentence(prm));
    edge(&prm["node"]["parent"], "Département d'État des États-Unis");
    assert_eq!(names(&programme["implementers"]), [IOM]);
    let sessions = &edges(&programme["events"])[0]["node"];
    assert!(sessions["name"].as_str().unwrap().contains("sessions de formation"), "{sessions:#}");
    edge(&sessions["countries"], "El Salvador");
    let posts = [
        ("Jose Bogran Acosta", "Police nationale civile", "responsable de la division du contrôle de l’immigration"),
        ("Cecilia Ramirez", IOM, "Coordinatrice du projet de l’OIM en Mésoamérique"),
    ];
    for (person, employer, post) in posts {
        let opened = edge(&sessions["organizers"], person);
        assert!(
            sentence(opened).starts_with("L’inauguration officielle a été menée à bien par"),
            "{}",
            sentence(opened)
        );
        let role = edge(&opened["node"]["positions"], employer)["relation"]["role"].as_str().unwrap_or_default();
        assert!(role.starts_with(post), "{person}: {role}");
    }
}

#[test]
fn a_meeting_with_its_hosts_its_eleven_countries_its_place_and_date() {
    let data = ask("Meeting");
    let meeting = &data["entity"];
    for host in [IOM, "Haut-Commissariat des Nations Unies pour les réfugiés", "Comité international de la Croix-Rouge"]
    {
        assert!(sentence(edge(&meeting["organizers"], host)).contains("L’OIM, le HCR et le CICR ont terminé"));
    }
    let participants = edges(&meeting["participants"]);
    let countries = participants.iter().filter(|edge| edge["node"]["kind"] == "COUNTRY");
    let mut codes: Vec<_> = countries.map(|edge| edge["node"]["countryCode"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["BZ", "CA", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "SV", "US"]);
    edge(&meeting["participants"], "Réseau régional d’organisations civiles pour la migration");
    let held = edge(&meeting["places"], "San Salvador");
    let date = held["relation"]["date"]["text"].as_str().unwrap();
    assert!(
        matches!(date.split_once('/'), Some((from, to)) if from.ends_with("-08-18") && to.ends_with("-08-20")),
        "{date}"
    );
    let funder = &edges(&meeting["funders"])[0];
    assert!(sentence(funder).contains("soutien financier du programme régional de l'OIM en Mésoamérique"));
    assert_eq!(names(&funder["node"]["implementers"]), [IOM]);
    edge(&funder["node"]["places"], "Mésoamérique");
}

#[test]
fn from_canada_over_a_project_and_a_workshop_to_senegal() {
    let data = ask("CanadaToSenegal");
    let path = &data["paths"]["paths"][0];
    let hops = path["hops"].as_array().unwrap();
    let expected = [
        ("Canada", "FUNDS", "FORWARD", "financé par le Canada"),
        ("projet régional de l’OIM", "PART_OF", "BACKWARD", "s’inscrit dans le cadre d’un projet régional"),
        ("atelier de Dakar", "HELD_IN", "FORWARD", "Sénégal"),
    ];
    assert_eq!((hops.len(), &path["length"]), (3, &json!(3)));
    for (hop, (from, kind, direction, words)) in hops.iter().zip(expected) {
        let found = (&hop["entity"]["name"], &hop["relation"]["kind"], &hop["direction"]);
        assert_eq!(found, (&json!(from), &json!(kind), &json!(direction)));
        let evidence = hop["relation"]["evidence"][0]["text"].as_str().unwrap();
        assert!(evidence.contains(words), "{evidence}");
    }
    assert_eq!(hops[2]["to"]["name"], "Sénégal");
}

#[test]
fn names_that_differ_are_one_entity() {
    let data = ask("Identity");
    let written = |key: &str| texts(&data[key]["mentions"]["nodes"], "text");
    let documents = |key: &str| data[key]["documentCount"].as_u64();
    let same = |a: &String, b: &str| a.to_lowercase().starts_with(&b.to_lowercase());
    for form in [
        "Bureau de la population, des réfugiés et des migrations",
        "Bureau de la Population, des réfugiés et de la migration",
    ] {
        assert!(
            written("prm").iter().any(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(form)),
            "{form}: {:?}",
            written("prm")
        );
        let shown =
            [vec![data["prm"]["name"].as_str().unwrap().to_string()], strings(&data["prm"]["aliases"])].concat();
        assert!(shown.iter().any(|name| same(name, form)), "{form}: {shown:?}");
    }
    assert_eq!((documents("prm"), documents("iom"), documents("amaya")), (Some(2), Some(5), Some(3)));
    for key in ["elSalvador", "leSalvador", "salvador"] {
        assert_eq!(data[key]["id"], "country:SV", "{key}");
    }
    assert_eq!(data["typed"]["edges"][0]["node"]["id"], "country:SV");
    assert_eq!(data["police"]["name"], "Police nationale civile");
    assert!(written("police").contains(&"police salvadorienne".to_string()), "{:?}", written("police"));
    let costa_rica = json!({ "id": "country:CR", "name": "Costa Rica" });
    assert_eq!((&data["sanJose"]["countryCode"], documents("sanJose")), (&json!("CR"), Some(2)));
    assert_eq!(data["sanJose"]["relations"]["nodes"][0]["object"], costa_rica);
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(ToString::to_string).collect()
}

#[test]
fn an_annual_meeting_and_a_project_that_is_only_proposed() {
    let data = ask("AnnualMeeting");
    assert_eq!(names(&data["meeting"]["countries"]), ["Panama"]);
    edge(&data["meeting"]["organizers"], "Commission centraméricaine des directeurs des migrations");
    edge(&data["meeting"]["participants"], IOM);
    let implements = &edge(&data["project"]["implementers"], IOM)["relation"];
    assert_eq!((&implements["kind"], &implements["modality"]), (&json!("IMPLEMENTS"), &json!("PROPOSED")));
    let proposed = implements["evidence"].as_array().unwrap().iter().find(|e| e["modality"] == "PROPOSED").unwrap();
    assert!(
        proposed["text"]
            .as_str()
            .unwrap()
            .contains("a présenté une proposition pour mettre en œuvre un projet régional")
    );
}

#[test]
fn a_manual_with_its_publisher_its_supporter_and_its_funders() {
    let data = ask("Manual");
    let publication = &edges(&data["entity"]["publications"])[0];
    assert!(sentence(publication).starts_with("Le Comité national de lutte contre la traite présente"));
    let manual = &publication["node"];
    assert_eq!(names(&manual["publishers"]), ["Comité national de lutte contre la traite"]);
    assert_eq!(names(&manual["supporters"]), [IOM]);
    assert_eq!(sorted(names(&manual["funders"])), sorted(vec![PRM, "Fonds des Nations Unies pour l'enfance"]));
    for funder in edges(&manual["funders"]) {
        assert!(sentence(funder).contains("financée par"), "{funder:#}");
    }
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

#[test]
fn what_connects_unicef_and_canada_is_listed_hop_by_hop() {
    let example =
        api::example_queries(&CORPUS.snapshot()).into_iter().find(|e| e.query.contains("UnicefAndCanada")).unwrap();
    let ask = |query: &str| {
        let answer = answer_with(&SCHEMA, query, Value::Null);
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        check_quotations(&answer["data"]);
        answer["data"]["paths"]["paths"].as_array().unwrap().clone()
    };
    let (near, far) = (ask(&example.query), ask(&example.query.replace("maxHops: 4", "maxHops: 6")));
    let through_the_manual =
        |path: &Value| path["text"].as_str().is_some_and(|t| t.contains("manuel") && t.contains("projet régional"));
    assert!(near.iter().any(through_the_manual), "within four hops: {near:#?}");
    let within_four: Vec<_> = far.iter().filter(|path| path["length"].as_u64() <= Some(4)).cloned().collect();
    assert_eq!(near, within_four);
    for path in far {
        let hops = path["hops"].as_array().unwrap();
        let (first, last) = (&hops[0]["entity"]["name"], &hops[hops.len() - 1]["to"]["name"]);
        assert_eq!((first, last), (&json!("Fonds des Nations Unies pour l'enfance"), &json!("Canada")));
        assert!(hops.windows(2).all(|pair| pair[0]["to"] == pair[1]["entity"]), "{path:#}");
        assert!(hops.iter().all(|hop| hop["relation"]["evidence"][0]["text"].is_string()), "{path:#}");
    }
}

#[test]
fn every_example_runs_on_the_corpus_and_its_questions_come_first() {
    let examples = api::example_queries(&CORPUS.snapshot());
    let operation = |example: &Example| example.query.split([' ', '(', '{']).nth(1).unwrap_or_default().to_string();
    let operations: Vec<_> = examples.iter().map(operation).collect();
    let first = [
        "Programme",
        "Meeting",
        "CanadaToSenegal",
        "Identity",
        "AnnualMeeting",
        "Manual",
        "UnicefAndCanada",
        "HowMuch",
    ];
    assert_eq!(operations[..8], first);
    assert!(examples.len() > first.len());
    let titles: std::collections::BTreeSet<_> = examples.iter().map(|example| &example.title).collect();
    let distinct: std::collections::BTreeSet<_> = operations.iter().collect();
    assert_eq!((titles.len(), distinct.len()), (examples.len(), examples.len()));
    for Example { title, query, variables } in examples {
        assert!(query.starts_with("query "), "{title} has no name");
        let answer = answer_with(&SCHEMA, &query, variables);
        assert_eq!(answer.get("errors"), None, "{title}: {answer:#}");
    }
}

#[test]
fn questions_about_the_corpus_stay_away_from_other_graphs() {
    let examples = api::example_queries(&fixture::snapshot());
    let titles: Vec<_> = examples.iter().map(|example| example.title.as_str()).collect();
    // Canada, Senegal and nothing else of the corpus is known there: only the question about these two may be asked.
    assert_eq!(titles.iter().filter(|title| title.contains("Senegal")).count(), 1, "{titles:?}");
    assert!(
        titles.iter().all(|title| !["UNICEF", "manual", "OCAM", "Renforcer"].iter().any(|w| title.contains(w))),
        "{titles:?}"
    );
    assert_eq!(titles[1], "How much is there of what?");
}
