//! The questions over many entities, put to the sample corpus: every answer quotes what it rests on.

use serde_json::Value;

use crate::corpus_questions::{SCHEMA, check_quotations};
use crate::fixture::answer_with;

const EVIDENCE: &str = "relation { kind evidence(first: 2) { text spans { start end text } document { source } } }";

fn ask(query: &str) -> Value {
    let answer = answer_with(&SCHEMA, query, Value::Null);
    assert_eq!(answer.get("errors"), None, "{query}: {answer:#}");
    answer["data"].clone()
}

fn quoting(query: &str) -> Value {
    let data = ask(&query.replace("RELATION", EVIDENCE));
    assert!(check_quotations(&data) > 2, "{query} quotes nothing: {data:#}");
    data
}

#[test]
fn chains_of_the_corpus_quote_every_step() {
    let found = quoting(
        r#"{ match(pattern: "[f:Organization|Country]-FUNDS->[Project|Event]-OPERATES_IN|HELD_IN->[Country|Place]", first: 50) {
            complete rows { text confidence relations { direction RELATION } } } }"#,
    );
    let rows = found["match"]["rows"].as_array().unwrap();
    assert!(rows.len() > 1, "{found:#}");
    for row in rows {
        let kinds: Vec<_> = row["relations"].as_array().unwrap().iter().map(|r| &r["relation"]["kind"]).collect();
        assert!(kinds[0] == "FUNDS" && (kinds[1] == "OPERATES_IN" || kinds[1] == "HELD_IN"), "{row:#}");
    }
}

#[test]
fn partners_of_the_corpus_share_what_is_quoted() {
    let found = quoting(
        r#"{ partners(of: "organization:iom", kinds: [ORGANIZATION, COUNTRY], first: 10) { totalCount partners { weight entity { name }
            direct { RELATION } shared { weight entity { name } ours { RELATION } theirs { RELATION } } } } }"#,
    );
    let partners = found["partners"]["partners"].as_array().unwrap();
    assert_eq!(partners.len(), 10);
    let weights: Vec<_> = partners.iter().map(|p| p["weight"].as_f64().unwrap()).collect();
    assert!(weights.is_sorted_by(|a, b| a >= b) && weights[9] > 0.0, "{weights:?}");
    assert!(partners.iter().any(|p| !p["shared"].as_array().unwrap().is_empty()));
}

#[test]
fn why_two_of_the_corpus_belong_together_is_quoted() {
    let found = quoting(
        r#"{ why(a: "organization:iom", b: "country:CA", first: 5) { best { text }
             statements { text spans { start end text } document { source } } direct { RELATION }
             paths { text confidence hops { RELATION } } shared { weight entity { name } ours { RELATION } theirs { RELATION } } } }"#,
    );
    assert!(found["why"]["best"]["text"].is_string(), "{found:#}");
}

#[test]
fn the_corpus_divides_and_has_a_shape() {
    let found = ask(r#"{ stats { entityCount relationCount mentionCount documentCount }
             entityFacets(where: { kind: [PROJECT] }, by: [FUNDER, LOCATION], first: 5) { totalCount facets { values { key count entity { name } } other missing } }
             relationFacets(by: [KIND], first: 100) { complete totalCount facets { values { count } other } }
             relations: timeline(of: RELATIONS, by: MONTH) { complete totalCount undated withoutYear periods { period count } }
             mentions: timeline(of: MENTIONS) { totalCount }
             between: centrality(measure: BETWEENNESS, first: 10) { complete sampled totalCount entities { score entity { name } } }
             rank: centrality(measure: PAGERANK, first: 10) { complete entities { score entity { name } } }
             communities(first: 10) { totalCount modularity communities { label size members { entity { name } } } }
             subgraph(ids: ["organization:iom"], maxHops: 2, first: 500) { entities { hops } relations { id } } }"#);
    let stats = &found["stats"];
    assert_eq!(found["relationFacets"]["totalCount"], stats["relationCount"]);
    let counts = found["relationFacets"]["facets"][0]["values"].as_array().unwrap();
    let sum: u64 = counts.iter().map(|value| value["count"].as_u64().unwrap()).sum();
    assert_eq!(Some(sum), stats["relationCount"].as_u64());
    assert_eq!(
        (&found["relations"]["totalCount"], &found["mentions"]["totalCount"]),
        (&stats["relationCount"], &stats["mentionCount"])
    );
    assert!(!found["relations"]["periods"].as_array().unwrap().is_empty());
    let funders = &found["entityFacets"]["facets"][0];
    assert!(!funders["values"].as_array().unwrap().is_empty() && funders["missing"].as_u64().unwrap() > 0);
    assert_eq!((&found["between"]["sampled"], &found["between"]["totalCount"]), (&Value::Null, &stats["entityCount"]));
    let central = |of: &str| found[of]["entities"][0]["entity"]["name"].as_str().unwrap().to_string();
    assert_eq!(central("between"), "Organisation internationale pour les migrations");
    assert!(found["communities"]["modularity"].as_f64().unwrap() > 0.3, "{:#}", found["communities"]);
    assert!(found["communities"]["totalCount"].as_u64().unwrap() > 3);
    assert!(found["subgraph"]["relations"].as_array().unwrap().len() > 20);
}
