//! A store on the command line, as its keeper uses it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Served, run};

/// A store with two texts in it, and the folder that they lie in.
fn store() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (texts, data) = (path("texts"), path("store"));
    fs::create_dir(&texts).expect("a folder");
    fs::write(Path::new(&texts).join("a.txt"), "Le Canada finance l’OIM.").expect("a file");
    fs::write(Path::new(&texts).join("b.txt"), "Le Japon finance le HCR.").expect("a file");
    let (status, out, err) = run(&["ingest", "--data", &data, &texts, "--author", "ana"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("2 added, 0 extracted anew, 0 unchanged, 0 withdrawn"), "{out}");
    (folder, texts, data)
}

fn relations(data: &str) -> usize {
    let (status, out, err) = run(&["stats", "--data", data, "--json"]);
    assert_eq!(status, Some(0), "{err}");
    let counts: Value = serde_json::from_str(&out).expect("JSON");
    counts["relations"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number")
}

#[test]
fn documents_come_and_go_and_the_log_says_so() {
    let (_folder, texts, data) = store();
    assert_eq!(relations(&data), 2);
    assert!(run(&["ingest", "--data", &data, &texts]).1.starts_with("0 added, 0 extracted anew, 2 unchanged"));
    let source = format!("{texts}/b.txt");
    let (status, out, _) = run(&["withdraw", "--data", &data, &source, "--author", "bo", "--reason", "taken down"]);
    assert!(status == Some(0) && out.contains("bo  withdrawn document:") && out.contains("(taken down)"), "{out}");
    assert_eq!(relations(&data), 1);
    let (status, _, err) = run(&["withdraw", "--data", &data, &source]);
    assert!(status == Some(1) && err.contains("there is no document with the id or source"), "{err}");
    let (_, out, err) = run(&["ingest", "--data", &data, &texts]);
    assert!(out.starts_with("0 added") && err.contains("was withdrawn by bo"), "{out}{err}");
    assert!(run(&["ingest", "--data", &data, &texts, "--include-withdrawn"]).1.starts_with("1 added"));

    let log = run(&["log", "--data", &data, "--json"]).1;
    let entries: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let events: Vec<_> = entries.iter().map(|entry| entry["event"].as_str().expect("a word")).collect();
    assert_eq!(events, ["added", "added", "withdrawn", "added"]);
    assert_eq!((&entries[0]["author"], &entries[2]["reason"]), (&"ana".into(), &"taken down".into()));
    assert_eq!(run(&["log", "--data", &data, "--after", "3"]).1.lines().count(), 1);
}

#[test]
fn decisions_are_made_refused_and_undone() {
    let (_folder, _, data) = store();
    let decide = |arguments: &[&str]| run(&[&["decide", "--data", &data, "--author", "ana"], arguments].concat());
    let (status, out, err) = decide(&["same", "organization:iom", "organization:un-unhcr", "--reason", "a test"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("organization:iom is the same as organization:un-unhcr") && out.contains("(a test)"), "{out}");
    let id = out.split(['(', ')']).find(|part| part.starts_with("decision:")).expect("an id").to_owned();
    assert!(decide(&["same", "organization:un-unhcr", "organization:iom"]).1.contains("it was decided already"));
    for (arguments, expected) in [
        (["different", "organization:iom", "organization:un-unhcr"], "undo that first"),
        (["same", "organization:iom", "country:CA"], "different kinds"),
        (["same", "organization:iom", "organization:nobody"], "no entity \"organization:nobody\""),
    ] {
        let (status, _, err) = decide(&arguments);
        assert!(status == Some(1) && err.contains(expected), "{err}");
    }
    let question = "{ entity(id: \"organization:un-unhcr\") { id mergedIds } }";
    let merged = || {
        let answer: Value = serde_json::from_str(&run(&["query", "--data", &data, question]).1).expect("JSON");
        answer["data"]["entity"]["mergedIds"].as_array().expect("a list").len()
    };
    assert_eq!(merged(), 1);
    assert_eq!(run(&["undo", "--data", &data, &id]).0, Some(0));
    let (status, _, err) = run(&["undo", "--data", &data, &id]);
    assert!(status == Some(1) && err.contains("no decision in force"), "{err}");
    assert_eq!(merged(), 0);
}

#[test]
fn tokens_are_given_and_taken_back_beside_a_server_and_nothing_else_is() {
    let (_folder, texts, data) = store();
    let served = Served::start(&["--data", &data]);
    let (status, secret, err) = run(&["token", "new", "--data", &data, "ana"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let write = || {
        let request = "{\"query\": \"mutation { withdrawDocument(id: \\\"document:none\\\") { version } }\"}";
        served.client().ask(request, Some(secret.trim())).expect("an answer").1
    };
    assert!(write().contains("\"version\":2"), "{}", write());
    assert!(run(&["token", "list", "--data", &data]).1.contains("ana"));
    assert_eq!(run(&["token", "revoke", "--data", &data, "ana"]).0, Some(0));
    assert!(write().contains("UNAUTHENTICATED"), "{}", write());
    for command in [&["ingest", &texts][..], &["decide", "confirmed", "organization:iom"]] {
        let (status, _, err) = run(&[&command[..1], &["--data", &data], &command[1..]].concat());
        assert_eq!(status, Some(1));
        let process = served.child.id();
        assert!(
            err.contains(&format!("is in use by process {process}; stop that process first, or write through its API")),
            "{err}"
        );
    }
}

#[test]
fn a_store_is_checked_copied_and_given_tokens() {
    let (folder, _, data) = store();
    let (status, out, _) = run(&["check", "--data", &data]);
    assert_eq!((status, out.as_str()), (Some(0), "sound: 2 documents, 2 relations, version 2\n"));
    let copy = folder.path().join("copy.db").to_string_lossy().into_owned();
    assert_eq!(run(&["backup", "--data", &data, &copy]).0, Some(0));
    assert_eq!(relations(&copy), 2);
    assert!(run(&["backup", "--data", &data, &copy]).2.contains("exists already"));

    let (status, secret, _) = run(&["token", "new", "--data", &data, "ana"]);
    assert!(status == Some(0) && secret.starts_with("mlg_") && secret.trim().len() == 68, "{secret}");
    assert!(run(&["token", "list", "--data", &data]).1.contains("ana"));
    let kept = fs::read(Path::new(&data).join("maillage.db")).expect("the file");
    assert!(!String::from_utf8_lossy(&kept).contains(secret.trim()), "the secret is not kept");
    assert_eq!(run(&["token", "revoke", "--data", &data, "ana"]).0, Some(0));
    assert!(run(&["token", "revoke", "--data", &data, "ana"]).2.contains("no token in force"));

    let nowhere = folder.path().join("nowhere").to_string_lossy().into_owned();
    for arguments in [["check", "--data"], ["log", "--data"], ["stats", "--data"]] {
        let (status, _, err) = run(&[&arguments[..], &[&nowhere]].concat());
        assert!(status == Some(1) && err.contains("there is no store in"), "{err}");
    }
}
