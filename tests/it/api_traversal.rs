//! From one entity to the next through typed fields, with the sentence behind each step.

use serde_json::json;

use crate::fixture::{block_on, data, schema, texts};

#[test]
fn funder_to_project_to_country_to_event_with_the_sentence_behind_each_step() {
    let found = data(
        r#"{ entity(id: "country:ca") { ... on Country { projectsFunded { edges {
            relation { kind amount currency evidence { text document { text } spans { start end text } } }
            node { name countries { edges {
                relation { evidence { text document { text } spans { start end text } } }
                node { name events { edges { node { name } relation { date { start end precision text } } } } }
            } } }
        } } } } }"#,
    );
    let step = &found["entity"]["projectsFunded"]["edges"][0];
    assert_eq!(step["node"]["name"], "projet régional de protection");
    assert_eq!((step["relation"]["amount"].clone(), step["relation"]["currency"].clone()), (json!(2e6), json!("EUR")));
    assert_verbatim(&step["relation"]["evidence"][0], "Le projet régional de protection est financé par le Canada");

    let countries = step["node"]["countries"]["edges"].as_array().unwrap();
    let names: Vec<_> = countries.iter().map(|edge| edge["node"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Sénégal", "Mali"], "the more confident relation comes first");
    assert_verbatim(&countries[0]["relation"]["evidence"][0], "L’OIM le met en œuvre au Sénégal et au Mali.");

    let event = &countries[0]["node"]["events"]["edges"][0];
    assert_eq!(event["node"]["name"], "atelier de formation");
    let date =
        json!({ "start": "XXXX-08-18", "end": "XXXX-08-20", "precision": "DAY", "text": "XXXX-08-18/XXXX-08-20" });
    assert_eq!(event["relation"]["date"], date);
}

/// The quotation is what stands in the document at the code points that it names.
fn assert_verbatim(evidence: &serde_json::Value, begins: &str) {
    let text: Vec<char> = evidence["document"]["text"].as_str().unwrap().chars().collect();
    let span = &evidence["spans"][0];
    let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    let quoted: String = text[at("start")..at("end")].iter().collect();
    assert_eq!(evidence["text"], quoted);
    assert_eq!(span["text"], quoted);
    assert!(quoted.starts_with(begins), "{quoted}");
}

#[test]
fn every_typed_field_finds_what_its_words_say() {
    let found = data(
        r#"{
            project: entity(name: "projet régional") { ... on Project {
                funders { nodes { name } } implementers { nodes { name } } events { nodes { name } }
                populations { nodes { name } } parts { nodes { name } } places { nodes { name } } partOf { nodes { name } }
            } }
            event: entity(id: "event:atelier") { ... on Event {
                participants { edges { node { name } direction } } organizers { nodes { name } } funders { nodes { name } }
                places { nodes { name } } countries { nodes { name } } partOf { nodes { name } }
            } }
            oim: entity(name: "oim") { ... on Organization {
                funds { nodes { name } } fundedBy { nodes { name } } projectsImplemented { nodes { name } }
                eventsOrganized { nodes { name } } partners { nodes { name } } operatesIn { nodes { name } }
                staff { edges { node { name } relation { role } } }
            } }
            senegal: entity(externalId: { scheme: "iso3166-1", value: "SN" }) { ... on Country {
                projects { nodes { name } } events { nodes { name } } places { nodes { name } }
                organizations { nodes { name } }
            } }
            dakar: entity(name: "DAKAR") { ... on Place { locatedIn { nodes { name } } events { nodes { name } } } }
            awa: entity(name: "awa ndiaye") { ... on Person {
                positions { nodes { name } } eventsAttended { nodes { name } }
            } }
            manual: entity(id: "publication:manuel") { ... on Publication {
                publishers { nodes { name } } topics { nodes { name } }
            } }
            topic: entity(id: "topic:traite") { ... on Topic { about { nodes { name } } } }
            children: entity(id: "population:enfants") { ... on Population { about { nodes { name } } } }
        }"#,
    );
    let oim = "Organisation internationale pour les migrations";
    let (project, event) = ("projet régional de protection", "atelier de formation");
    let expected: &[(&str, &str, &[&str])] = &[
        ("project", "funders", &["Canada"]),
        ("project", "implementers", &[oim]),
        ("project", "events", &[event]),
        ("project", "populations", &["enfants migrants"]),
        ("project", "parts", &[event]),
        ("project", "places", &[]),
        ("project", "partOf", &[]),
        ("event", "organizers", &[oim]),
        ("event", "funders", &["Canada"]),
        ("event", "places", &["Dakar"]),
        ("event", "countries", &["Sénégal"]),
        ("event", "partOf", &[project]),
        ("oim", "funds", &[]),
        ("oim", "fundedBy", &["Canada"]),
        ("oim", "projectsImplemented", &[project]),
        ("oim", "eventsOrganized", &[event]),
        ("oim", "partners", &["Réseau côtier"]),
        ("oim", "operatesIn", &["Sénégal"]),
        ("senegal", "projects", &[project]),
        ("senegal", "events", &[event]),
        ("senegal", "places", &["Dakar"]),
        ("senegal", "organizations", &[oim]),
        ("dakar", "locatedIn", &["Sénégal"]),
        ("dakar", "events", &[event]),
        ("awa", "positions", &[oim]),
        ("awa", "eventsAttended", &[event]),
        ("manual", "publishers", &["École navale"]),
        ("manual", "topics", &["traite"]),
        ("topic", "about", &["manuel de sauvetage"]),
        ("children", "about", &[project]),
    ];
    for (entity, field, names) in expected {
        assert_eq!(texts(&found[entity][field]["nodes"], "name"), *names, "{entity}.{field}");
    }
    let participants = found["event"]["participants"]["edges"].as_array().unwrap();
    let read: Vec<_> = participants.iter().map(|e| (e["node"]["name"].clone(), e["direction"].clone())).collect();
    assert_eq!(read, [(json!("Awa Ndiaye"), json!("BACKWARD")), (json!("Mali"), json!("BACKWARD"))]);
    assert_eq!(found["oim"]["staff"]["edges"][0]["relation"]["role"], "cheffe de mission");
}

#[test]
fn a_symmetric_relation_is_found_from_both_ends() {
    let found = data(
        r#"{
            subject: entity(id: "organization:reseau") { ... on Organization { partners { nodes { id } } } }
            object: entity(id: "organization:oim") { ... on Organization { partners { nodes { id } } } }
            out: entity(id: "organization:oim") { relations(where: { kind: [PARTNERS_WITH] }, direction: OUT) { totalCount } }
        }"#,
    );
    assert_eq!(texts(&found["subject"]["partners"]["nodes"], "id"), ["organization:oim"]);
    assert_eq!(texts(&found["object"]["partners"]["nodes"], "id"), ["organization:reseau"]);
    assert_eq!(found["out"]["relations"]["totalCount"], 1);
}

#[test]
fn labels_fall_back_along_the_languages_asked_for() {
    let found = data(
        r#"{ entity(id: "country:sn") {
            name
            none: label
            es: label(languages: [ES])
            esEn: label(languages: [ES, EN])
            names { language names }
        } relations(where: { kind: [FUNDS] }, first: 1) { nodes { fr: label(language: FR) label inverseLabel(language: FR) } } }"#,
    );
    let entity = &found["entity"];
    assert_eq!((&entity["none"], &entity["es"]), (&json!("Sénégal"), &json!("Sénégal")));
    assert_eq!(entity["esEn"], "Senegal");
    assert_eq!(entity["names"], json!([{ "language": "en", "names": ["Senegal", "Republic of Senegal"] }]));
    let words = json!({ "fr": "finance", "label": "funds", "inverseLabel": "financé par" });
    assert_eq!(found["relations"]["nodes"][0], words);
}

#[test]
fn fields_come_in_the_order_of_the_query() {
    let query =
        r#"{ b: stats { relationCount entityCount } entity(id: "country:ca") { name id kind } a: stats { version } }"#;
    let response = block_on(maillage::api::execute(&schema(), query));
    let text = serde_json::to_string(&response).unwrap();
    let places: Vec<_> =
        ["\"b\"", "relationCount", "entityCount", "\"entity\"", "\"name\"", "\"id\"", "\"kind\"", "\"a\"", "version"]
            .iter()
            .map(|key| text.find(*key).unwrap_or_else(|| panic!("{key} in {text}")))
            .collect();
    assert!(places.is_sorted(), "{text}");
}
