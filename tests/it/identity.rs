//! One identity across languages: what documents in French, English and Spanish say of one thing is said of one entity, what only looks
//! the same stays apart and is listed for people.

use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use maillage::api::{self, Limits};
use maillage::knowledge_base::{self, Judging, KnowledgeBase};
use maillage::model::{Doubt, Signature, Verdict};
use serde_json::{Value, json};

use crate::fixture::{answer_with, texts};

const FRENCH: &str = "Mali : un projet pour les éleveurs\n\nBAMAKO, Mali – L’Organisation internationale pour les migrations (OIM) met en œuvre le \
    projet « Puits du Nord », financé par l’Agence suédoise de coopération internationale au développement (Asdi). Le ministère de la Santé \
    et le bureau de l’OIM au Mali y participent. Les Etats-Unis soutiennent le HCR.";
const ENGLISH: &str = "Mali: Bright Paths opens\n\nBAMAKO, Mali – IOM implements the Bright Paths project, funded by Sida, the Swedish \
    International Development Cooperation Agency. The Ministry of Health and IOM Mali take part. The United States supports UNHCR.";
const SPANISH: &str = "Malí: el proyecto «Aldeas Vivas»\n\nBAMAKO, Malí – La Organización Internacional para las Migraciones (OIM) ejecuta el \
    proyecto «Aldeas Vivas», financiado por la Agencia Sueca de Cooperación Internacional para el Desarrollo (ASDI). El Ministerio de Salud y \
    la OIM Malí participan. Estados Unidos apoya al ACNUR.";

fn base(documents: &[&str]) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, text) in documents.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.txt")), text).expect("a file");
    }
    knowledge_base::read(&[folder.path().to_owned()], &|_| {}).expect("read").knowledge_base
}

fn ask(base: &Arc<KnowledgeBase>, query: &str) -> Value {
    let answer = answer_with(&api::schema(Arc::clone(base), &Limits::default()), query, Value::Null);
    assert_eq!(answer.get("errors"), None, "{query}: {answer:#}");
    answer["data"].clone()
}

fn ids(base: &KnowledgeBase) -> Vec<String> {
    base.snapshot().graph().entities().map(|entity| entity.id.to_string()).collect()
}

fn has(base: &KnowledgeBase, id: &str) -> bool {
    ids(base).iter().any(|found| found == id)
}

fn decide(base: &KnowledgeBase, verdict: Verdict, entities: [&str; 2]) -> String {
    let judging = Judging { verdict, entities: entities.map(str::to_owned).to_vec(), relation: None };
    let signature = Signature { author: "ana".into(), reason: String::new(), at: Timestamp::UNIX_EPOCH };
    base.decide(&judging, &signature).expect("written").expect("sensible").0.id.to_string()
}

#[test]
fn one_funder_has_the_projects_of_documents_in_three_languages() {
    let base = Arc::new(base(&[FRENCH, ENGLISH, SPANISH]));
    let found = ask(
        &base,
        r#"{ entity(name: "Sida") { id label(languages: [ES]) ... on Organization {
               projectsFunded { totalCount nodes { name documents { nodes { language } } } } } } }"#,
    );
    let funder = &found["entity"];
    assert_eq!(funder["id"], "organization:se-sida");
    assert_eq!(funder["label"], "Agencia Sueca de Cooperación Internacional para el Desarrollo");
    let projects = funder["projectsFunded"]["nodes"].as_array().expect("projects");
    let mut languages: Vec<String> =
        projects.iter().flat_map(|p| texts(&p["documents"]["nodes"], "language")).collect();
    languages.sort();
    assert_eq!(languages, ["en", "es", "fr"], "{found:#}");
    // Whatever name asks for it.
    for name in ["Asdi", "Agence suédoise de coopération internationale au développement", "ASDI"] {
        assert_eq!(
            ask(&base, &format!("{{ entity(name: {name:?}) {{ id }} }}"))["entity"]["id"],
            funder["id"],
            "{name}"
        );
    }
}

#[test]
fn names_and_acronyms_in_three_languages_are_one_entity() {
    let base = base(&[FRENCH, ENGLISH, SPANISH]);
    let snapshot = base.snapshot();
    let graph = snapshot.graph();
    for id in [
        "organization:iom",
        "organization:iom-ml",
        "organization:un-unhcr",
        "organization:ministry-health-ml",
        "country:US",
        "country:ML",
    ] {
        let row = graph
            .find_entity(&maillage::model::EntityId::from_text(id))
            .unwrap_or_else(|| panic!("{id} of {:?}", ids(&base)))
            .row();
        assert_eq!(graph.documents_of(row).len(), 3, "{id}");
    }
    let organizations: Vec<_> = ids(&base).into_iter().filter(|id| id.starts_with("organization:")).collect();
    assert_eq!(organizations.len(), 5, "{organizations:?}");
}

#[test]
fn an_entity_says_what_it_was_resolved_from_and_how_each_language_calls_it() {
    let base = Arc::new(base(&[FRENCH, ENGLISH, SPANISH]));
    let found = ask(
        &base,
        r#"{ ministry: entity(id: "organization:ministry-health-ml") {
               countryCode names { language names } label(languages: [ES]) resolvedFrom { entityId rule joinedBy decisionId names } }
             iom: entity(id: "organization:iom") { resolvedFrom(first: 1) { rule } } }"#,
    );
    assert_eq!(
        found["ministry"],
        json!({
            "countryCode": "ML",
            "names": [
                { "language": "en", "names": ["Ministry of Health"] },
                { "language": "es", "names": ["Ministerio de Salud"] },
                { "language": "fr", "names": ["ministère de la Santé"] },
            ],
            "label": "Ministerio de Salud",
            "resolvedFrom": [{
                "entityId": "organization:ministry-health-ml",
                "rule": "BODY",
                "joinedBy": null,
                "decisionId": null,
                "names": ["Ministerio de Salud", "Ministry of Health", "ministère de la Santé"],
            }],
        })
    );
    assert_eq!(found["iom"]["resolvedFrom"], json!([{ "rule": "LISTED" }]));
}

#[test]
fn offices_are_entities_of_their_own_that_are_part_of_their_body() {
    let base = Arc::new(base(&[FRENCH, ENGLISH, SPANISH]));
    let found = ask(
        &base,
        r#"{ relations(where: { kind: [PART_OF], subject: { id: ["organization:iom-ml"] } }) {
               nodes { subject { id } object { id } } } }"#,
    );
    let relation = &found["relations"]["nodes"][0];
    assert_eq!(relation["object"]["id"], "organization:iom", "{found:#}");
}

const PERU: &str = "LIMA, Perú – La vocera del ACNUR, María López, visitó el albergue. El CNE participó en el taller.";
const GENEVA: &str =
    "KAMPALA, Uganda – Thousands of people arrived last week, said María López, a spokesperson for UNHCR.";
const NIGER: &str = "NIAMEY, Niger – La Commission nationale électorale (CNE) a organisé un atelier à Niamey. María López, consultante, y a \
    participé. La BAD le finance. La Police nationale y a participé.";
const BURUNDI: &str = "BUJUMBURA, Burundi – La CNE a publié les résultats lundi. Le ministère de l’Intérieur et la Police nationale ont participé \
    à la réunion.";

#[test]
fn people_with_frequent_names_are_one_only_with_an_employer_in_common() {
    let base = base(&[PERU, GENEVA, NIGER]);
    let people: Vec<_> = ids(&base).into_iter().filter(|id| id.starts_with("person:")).collect();
    assert_eq!(people.len(), 2, "{people:?}");
    assert!(people.contains(&"person:maria-lopez-un-unhcr".to_owned()), "{people:?}");
    let rare = base_of_rare_name();
    assert_eq!(ids(&rare).iter().filter(|id| id.starts_with("person:")).count(), 1, "{:?}", ids(&rare));
}

fn base_of_rare_name() -> KnowledgeBase {
    base(&[
        "NIAMEY, Niger – Clarisse Ndoumbaye, cheffe de mission de l’OIM, a ouvert l’atelier.",
        "ACCRA, Ghana – “We are ready”, said Clarisse Ndoumbaye.",
    ])
}

#[test]
fn acronyms_and_bodies_that_every_country_has_are_told_apart_by_country() {
    let base = base(&[PERU, NIGER, BURUNDI]);
    for id in ["organization:cne-pe", "organization:commission-nationale-electorale-ne", "organization:cne-bi"] {
        assert!(has(&base, id), "{id} of {:?}", ids(&base));
    }
    for id in ["organization:police-ne", "organization:police-bi", "organization:ministry-interior-bi"] {
        assert!(has(&base, id), "{id} of {:?}", ids(&base));
    }
}

#[test]
fn an_acronym_of_two_listed_bodies_is_decided_by_the_countries_of_its_text_or_refused() {
    let of =
        |text: &str| ids(&base(&[text])).into_iter().filter(|id| id.starts_with("organization:")).collect::<Vec<_>>();
    assert_eq!(of("NIAMEY, Niger – La BAD finance l’atelier, lundi."), ["organization:afdb"]);
    assert_eq!(of("HANOÏ, Vietnam – La BAD finance l’atelier, lundi."), ["organization:adb"]);
    assert_eq!(of("PARIS, France – Le Niger et le Vietnam ont remercié la BAD, lundi."), ["organization:bad-fr"]);
    assert_eq!(
        of(
            "PARIS, France – Le Niger a remercié la Banque asiatique de développement (BAD) lundi. La BAD finance l’atelier."
        ),
        ["organization:adb"]
    );
    assert_eq!(of("LIMA, Perú – El BID financia el taller desde el lunes."), ["organization:idb"]);
    assert_eq!(of("RABAT, Morocco – The IDB funded the workshop on Monday."), ["organization:isdb"]);
    assert_eq!(of("RABAT, Maroc – La DGME a participé à l’atelier lundi."), ["organization:dgme-ma"]);
    assert_eq!(of("BAMAKO, Mali – La DGME a participé à l’atelier lundi."), ["organization:ml-dgme"]);
}

#[test]
fn an_acronym_that_bodies_of_no_list_have_names_the_listed_one_only_with_support() {
    let alone = base(&["BANGUI, République centrafricaine – L’ACF a publié les résultats lundi."]);
    assert!(has(&alone, "organization:acf-cf") && !has(&alone, "organization:acf"), "{:?}", ids(&alone));
    let spelled = base(&[
        "BANGUI, République centrafricaine – Action contre la faim a ouvert un centre. ACF y travaille avec         l’UNICEF.",
    ]);
    assert!(has(&spelled, "organization:acf") && !has(&spelled, "organization:acf-cf"), "{:?}", ids(&spelled));
    let listed = base(&["BANGUI, République centrafricaine – L’OIM, l’UNICEF et ACF ont ouvert un centre lundi."]);
    assert!(has(&listed, "organization:acf"), "{:?}", ids(&listed));
}

#[test]
fn an_acronym_of_a_country_and_a_body_is_decided_by_its_text_or_refused() {
    let body = base(&[
        "BANGUI, Central African Republic – The Danish Refugee Council (DRC) opened a centre. DRC works with UNHCR.",
    ]);
    assert!(has(&body, "organization:danish-refugee-council") && !has(&body, "country:CD"), "{:?}", ids(&body));
    let country =
        base(&["KAMPALA, Uganda – People fled from DRC to Uganda. The DRC government welcomed the support of UNHCR."]);
    assert!(
        has(&country, "country:CD") && !has(&country, "organization:danish-refugee-council"),
        "{:?}",
        ids(&country)
    );
    let neither = base(&["DHAKA, Bangladesh – DRC distributed blankets on Monday with UNHCR."]);
    assert!(
        !has(&neither, "country:CD") && !has(&neither, "organization:danish-refugee-council"),
        "{:?}",
        ids(&neither)
    );
}

#[test]
fn a_listed_body_of_one_country_is_not_that_of_another() {
    let text = "Chad – El Instituto Nacional de Estadística del Chad y la OIM presentaron el informe el lunes.";
    assert!(has(&base(&[text]), "organization:statistics-institute-td"), "{:?}", ids(&base(&[text])));
}

#[test]
fn a_passage_in_another_language_is_read_as_such() {
    let text = "NIAMEY, Niger – L’OIM a ouvert un centre lundi. Le Canada le finance.\n\nPara más información, póngase en contacto con la \
        oficina de la OIM en los Países Bajos o en Alemania.";
    let base = base(&[text]);
    assert!(has(&base, "country:DE") && has(&base, "country:NL"), "{:?}", ids(&base));
    let titled = "NIAMEY, Niger – L’OIM met en œuvre le projet « Water for All », financé par le Canada.";
    let base = Arc::new(self::base(&[titled]));
    let found = ask(&base, "{ entities(where: { kind: [PROJECT] }) { nodes { names { language names } } } }");
    assert_eq!(
        found["entities"]["nodes"][0]["names"],
        json!([{ "language": "en", "names": ["Water for All"] }]),
        "{found:#}"
    );
}

#[test]
fn pairs_in_doubt_are_listed_until_somebody_decides() {
    let base = Arc::new(base(&[PERU, NIGER, BURUNDI]));
    const QUERY: &str = r#"{ candidates(kinds: [PERSON], first: 10) { totalCount pageInfo { hasNextPage } nodes {
        entities { id } doubt reason sharedName likelihood mentions { text document { source } } } } }"#;
    let found = ask(&base, QUERY);
    let pair = &found["candidates"]["nodes"][0];
    assert_eq!((&found["candidates"]["totalCount"], &pair["doubt"]), (&json!(1), &json!("COMMON_NAME")), "{found:#}");
    assert_eq!(pair["sharedName"], "María López");
    assert_eq!(texts(&pair["mentions"], "text"), ["María López", "María López"]);
    let both = texts(&pair["entities"], "id");
    let all = base.candidates().expect("a store");
    assert!(all.windows(2).all(|two| two[0].likelihood >= two[1].likelihood), "{all:#?}");
    assert!(all.iter().any(|pair| pair.doubt == Doubt::TwoCountries), "{all:#?}");

    decide(&base, Verdict::Different, [&both[0], &both[1]]);
    assert_eq!(ask(&base, QUERY)["candidates"]["totalCount"], 0);
}

#[test]
fn what_is_decided_to_be_the_same_is_off_the_list_and_explained() {
    let base = Arc::new(base(&[PERU, NIGER]));
    let people: Vec<_> = ids(&base).into_iter().filter(|id| id.starts_with("person:")).collect();
    let decision = decide(&base, Verdict::Same, [&people[0], &people[1]]);
    let found = ask(
        &base,
        "{ candidates(kinds: [PERSON]) { totalCount }
           entities(where: { kind: [PERSON] }) { nodes { id resolvedFrom { entityId rule joinedBy decisionId } } } }",
    );
    assert_eq!(found["candidates"]["totalCount"], 0);
    let resolved = found["entities"]["nodes"][0]["resolvedFrom"].as_array().expect("ids");
    let joined = |n: usize| (resolved[n]["joinedBy"].clone(), resolved[n]["decisionId"].clone());
    assert_eq!(joined(0), (Value::Null, Value::Null), "{found:#}");
    assert_eq!(joined(1), (json!("DECISION"), json!(decision)), "{found:#}");
}

#[test]
fn the_list_of_pairs_is_paged_like_other_lists() {
    let base = Arc::new(base(&[PERU, NIGER, BURUNDI]));
    let whole = ask(&base, "{ candidates { edges { cursor node { entities { id } } } } }");
    let edges = whole["candidates"]["edges"].as_array().expect("edges").clone();
    assert!(edges.len() > 2, "{whole:#}");
    let mut paged = Vec::new();
    let mut after = String::new();
    for _ in 0..edges.len() {
        let page = ask(
            &base,
            &format!("{{ candidates(first: 1{after}) {{ edges {{ cursor node {{ entities {{ id }} }} }} }} }}"),
        );
        let edge = page["candidates"]["edges"][0].clone();
        after = format!(", after: {}", edge["cursor"]);
        paged.push(edge);
    }
    assert_eq!(paged, edges);
}
