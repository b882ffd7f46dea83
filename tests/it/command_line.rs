//! The program as users run it: what it writes where, and the status it ends with.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

use serde_json::Value;

use crate::program::{Served, maillage, run, told};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[test]
fn extract_writes_records_in_order_and_nothing_else() {
    let (status, out, err) = run(&["extract", "corpus"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let records = lines(&out);
    let sources: Vec<_> = records.iter().filter_map(|record| record["source"].as_str()).collect();
    assert_eq!(sources.len(), 5);
    assert!(sources.is_sorted() && sources[0].starts_with("corpus/000_"), "{sources:?}");
    for record in &records {
        let text: Vec<char> = record["text"].as_str().expect("a text").chars().collect();
        assert_eq!((record["version"].as_u64(), record["language"].as_str()), (Some(1), Some("fr")));
        let mentions = record["entities"]
            .as_array()
            .expect("a list")
            .iter()
            .flat_map(|e| e["mentions"].as_array().expect("a list"));
        let evidence = record["relations"]
            .as_array()
            .expect("a list")
            .iter()
            .flat_map(|r| r["evidence"].as_array().expect("a list"));
        for span in mentions.chain(evidence) {
            let at = |key: &str| usize::try_from(span[key].as_u64().expect("an offset")).expect("small");
            assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), span["text"].as_str().expect("a text"));
        }
    }
    assert_eq!(run(&["extract", "corpus"]).1, out, "the same documents give the same records");
}

#[test]
fn the_status_tells_whether_everything_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), "Un texte sur la migration.").expect("a file");
    std::fs::write(folder.path().join("b.txt"), b"%PDF-1.4").expect("a file");
    let path = folder.path().to_str().expect("a path");
    for command in ["extract", "stats"] {
        let (status, _, err) = run(&[command, path]);
        assert_eq!(status, Some(3), "{command}: {err}");
        assert!(err.contains("b.txt: is binary (it looks like a PDF)"), "{err}");
        let (status, _, err) = run(&[command, path, "--quiet"]);
        assert_eq!((status, err.as_str()), (Some(3), ""), "{command}");
    }
    let (status, out, err) = run(&["extract", "/nowhere/at/all"]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.contains("does not exist") && err.contains("error: no readable document in /nowhere/at/all"), "{err}");
    assert_eq!(run(&["extract"]).0, Some(2));
    assert_eq!(run(&["serve", "corpus", "--cors-origin", "app"]).0, Some(2));
}

#[test]
fn standard_input_is_read() {
    let mut child = maillage(&["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let input = "{\"id\": \"a\", \"text\": \"Un texte.\"}\n{\"id\": \"b\", \"text\": \"Un autre.\"}\n";
    child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
    let (status, out, _) = told(&child.wait_with_output().expect("it ends"));
    let sources: Vec<_> = lines(&out).iter().map(|record| record["source"].to_string()).collect();
    assert_eq!((status, sources), (Some(0), vec!["\"a\"".to_string(), "\"b\"".to_string()]));
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = format!("{{\"id\": \"a\", \"text\": \"{}\"}}\n", "Un texte assez long. ".repeat(500));
    std::fs::write(folder.path().join("a.jsonl"), line.repeat(2000)).expect("a file");
    let path = folder.path().to_str().expect("a path");
    let mut child =
        maillage(&["extract", path]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut first = [0; 10];
    child.stdout.take().expect("an output").read_exact(&mut first).expect("some output");
    let (status, _, err) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!((status, err.as_str()), (Some(0), ""));
}

#[test]
fn questions_are_answered_without_a_server() {
    let query = "query($n: Int) { documents(first: $n) { nodes { id } } }";
    let (status, out, err) = run(&["query", "corpus", query, "--variables", "{\"n\": 2}"]);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["data"]["documents"]["nodes"].as_array().map(Vec::len), Some(2), "{out}");
    let (status, out, err) = run(&["query", "corpus", "{ nothing }"]);
    assert!(out.contains("\"errors\""), "{out}");
    assert_eq!((status, err.as_str()), (Some(1), "error: the query has errors\n"));
    assert_eq!(run(&["query", "corpus", "{ x }", "--variables", "[]"]).0, Some(2));
}

#[test]
fn counts_come_as_a_table_or_as_json() {
    let (status, out, _) = run(&["stats", "corpus"]);
    assert!(status == Some(0) && out.starts_with("documents "), "{out}");
    let counts: Value = serde_json::from_str(&run(&["stats", "corpus", "--json"]).1).expect("JSON");
    assert_eq!(counts["documents"], 5);
}

#[test]
fn help_has_examples_for_every_command() {
    for arguments in [
        vec!["--help"],
        vec!["serve", "--help"],
        vec!["extract", "--help"],
        vec!["query", "--help"],
        vec!["schema", "--help"],
        vec!["stats", "--help"],
        vec!["explain", "--help"],
        vec!["eval", "--help"],
        vec!["train", "--help"],
    ] {
        let (status, out, _) = run(&arguments);
        assert!(status == Some(0) && out.contains("Examples:\n  maillage "), "{arguments:?}: {out}");
    }
    assert!(run(&["--version"]).1.starts_with("maillage 0."));
    assert!(run(&["extract", "--help"]).1.contains("3  done, but something was not read"));
    assert!(run(&["schema"]).1.contains("type Query"));
}

#[test]
fn explain_shows_rules_and_what_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.txt");
    let text = "Le Canada finance l'atelier de Dakar. L'OIM n'a pas financé l'atelier de Dakar au bord du lac Tchad.";
    std::fs::write(&file, text).expect("a file");
    let (status, out, err) = run(&["explain", file.to_str().expect("a path")]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    for line in [
        "COUNTRY «Canada» = Canada · fr/name/listed",
        "FUNDS Canada → atelier de Dakar · 0.90 · fr/funds/verb",
        "between «Canada» and «atelier de Dakar» by «finance», as in «",
        "x FUNDS «OIM» → «atelier de Dakar» · fr/funds/verb: the sentence denies it",
        "PLACE «lac Tchad» = lac Tchad · fr/place/head",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
    assert_eq!(run(&["explain", "/nowhere/at/all"]).0, Some(1));
}

#[test]
fn eval_measures_and_names_what_is_missing() {
    let (status, out, err) = run(&["eval", "tests/gold/corpus", "--documents", "corpus", "--format", "json"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let measured: Value = serde_json::from_str(&out).expect("JSON");
    assert!(measured.to_string().contains("\"f1\""), "{out}");
    let (status, out, err) = run(&["eval", "tests/gold/corpus"]);
    assert_eq!(status, Some(3), "{err}");
    assert!(err.contains("000_00632b965ebe82c2.txt") && err.contains("--documents"), "{err}");
    assert!(out.contains("corpus"), "{out}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    assert_eq!(run(&["eval", path]).0, Some(1), "an empty folder");
    std::fs::write(folder.path().join("a.json"), "{\"doc\": \"a.txt\", \"entities\": [{}]}").expect("a file");
    let (status, _, err) = run(&["eval", path]);
    assert!(status == Some(1) && err.contains("a.json"), "{err}");
}

#[test]
fn eval_measures_identity_and_lists_what_is_wrong() {
    let folders = ["eval", "tests/gold/corpus", "tests/gold/identity", "--documents", "corpus"];
    let identity = ["--identity", "tests/gold/identity/checked.toml"];
    let (status, out, err) = run(&[&folders[..], &identity, &["--format", "json"]].concat());
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let measured: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(measured["documents"], 29, "{out}");
    assert!(measured["b_cubed"]["precision"].as_f64().is_some_and(|p| p > 0.9 && p <= 1.0), "{out}");
    let (_, out, _) = run(&[&folders[..], &identity, &["--errors"]].concat());
    let lines = |start: &str| out.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(measured["wrong_merges"], lines("wrong merge: "), "{out}");
    assert_eq!(measured["splits"], lines("split: "), "{out}");
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.toml");
    std::fs::write(&list, "same = [[\"TOWN\", \"A\", \"B\"]]").expect("a file");
    let (status, _, err) = run(&["eval", "tests/gold/identity", "--identity", list.to_str().expect("a path")]);
    assert!(status == Some(1) && err.contains("unknown kind \"TOWN\""), "{err}");
}

#[test]
fn review_lists_pairs_in_doubt_until_they_are_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    std::fs::create_dir(path("press")).expect("a folder");
    std::fs::write(path("press/a.txt"), "LIMA, Perú – La vocera del ACNUR, María López, visitó el albergue.")
        .expect("a file");
    std::fs::write(path("press/b.txt"), "NIAMEY, Niger – María López, consultante, a participé à l’atelier de l’OIM.")
        .expect("a file");
    let (press, store) = (path("press"), path("store"));
    assert_eq!(run(&["ingest", "--data", &store, &press]).0, Some(0));
    let (status, out, err) = run(&["review", "--data", &store, "--kind", "person"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let first = out.lines().next().expect("a pair");
    assert!(first.ends_with("«María López»: many people have this name, and no common employer is told"), "{out}");
    assert!(out.contains("«María López» in ") && out.lines().count() == 3, "{out}");
    let pair: Vec<&str> = first.split_whitespace().skip(1).take(2).collect();
    let (_, json, _) = run(&["review", &press, "--json"]);
    let read: Value = serde_json::from_str(json.lines().next().expect("a pair")).expect("JSON");
    assert_eq!(read["entities"], serde_json::json!(pair));
    assert_eq!(run(&["decide", "--data", &store, "different", pair[0], pair[1]]).0, Some(0));
    assert_eq!(run(&["review", "--data", &store]).1, "");
    assert_eq!(run(&["review", &press, "--kind", "TOWN"]).0, Some(2));
}

#[test]
fn train_makes_a_model_and_says_how_good_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (texts, model) = (folder.path().join("texts.jsonl"), folder.path().join("fr.model"));
    let line = |n: usize| {
        let text = format!("Le ministre Paul Durand {n} est arrivé à Dakar avec la Banque mondiale.");
        let end = 24 + n.to_string().len();
        let place = end + 17;
        serde_json::json!({"id": n.to_string(), "text": text, "entities": [
            {"start": 12, "end": 23, "kind": "PERSON"},
            {"start": place - 1, "end": place + 4, "kind": "LOCATION"},
        ]})
        .to_string()
    };
    let all: Vec<String> = (0..12).map(line).collect();
    std::fs::write(&texts, all.join("\n")).expect("a file");
    let (texts, output) = (texts.to_str().expect("a path"), model.to_str().expect("a path"));
    let (status, out, err) = run(&["train", texts, "--folds", "3", "--output", output]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("3 folds, 12 texts") && out.contains("PERSON"), "{out}");
    assert!(err.contains("written") && std::fs::metadata(&model).is_ok_and(|m| m.len() > 1000), "{err}");
    assert_eq!(run(&["train", texts]).0, Some(2), "nothing is asked for");
    std::fs::write(folder.path().join("bad.jsonl"), "{}").expect("a file");
    let bad = folder.path().join("bad.jsonl");
    assert_eq!(run(&["train", bad.to_str().expect("a path"), "--folds", "2"]).0, Some(1));
}

#[test]
fn a_taken_port_is_named_at_once() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (status, out, err) = run(&["serve", "corpus", "--port", &port]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    let expected = format!(
        "error: port {port} on 127.0.0.1 is already in use; choose another with --port, or --port 0 for any free one\n"
    );
    assert_eq!(err, expected);
}

#[cfg(unix)]
#[test]
fn serve_answers_and_ends_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let server = Served::start_logged(&["corpus"]);
        assert!(server.greeting.starts_with("5 documents · "), "{}", server.greeting);
        assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
        assert!(server.get("/graphql?query=%7Bstats%7BdocumentCount%7D%7D").contains("\"documentCount\":5"));
        // A connection that waits for a next request does not keep it alive.
        let _idle = TcpStream::connect(&server.address).expect("it listens");
        let (status, log) = server.end(signal);
        assert_eq!(status, Some(0), "{signal}");
        assert!(
            log.contains("path=\"/graphql\"") && log.contains("status=200") && !log.contains("documentCount"),
            "{log}"
        );
    }
}

#[test]
fn documents_are_missed_before_a_server_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, _, err) = run(&["serve", folder.path().to_str().expect("a path"), "--port", "0"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("no readable document in"), "{err}");
}
