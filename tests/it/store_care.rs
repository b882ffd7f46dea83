//! Looking after a store in a file: what a check finds, what a backup holds, that what was withdrawn is gone, how large it is.

use std::fs;
use std::path::{Path, PathBuf};

use maillage::error::Error;
use maillage::store::{MemoryStore, SqliteStore, Store, Token, Write};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::made_up::{RELEASE, SMALL, contribution, decision, file, id, moment, signature};
use crate::store::whole;

fn stored() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let add = |number| Write::Add { contribution: contribution(number, 0, &SMALL), input: Some(file(number)) };
    let decided = [Write::Decide(decision(1)), Write::Decide(decision(2)), Write::Undo(decision(1).id)];
    store.append(&(0..5).map(add).chain(decided).collect::<Vec<_>>(), &signature(0)).unwrap();
    store.add_token(&Token { name: "ana".to_owned(), digest: "0a".repeat(32), created_at: moment(1) }).unwrap();
    let path = folder.path().join("maillage.db");
    (folder, path)
}

/// What a check finds after somebody changed the file with another tool.
fn found_after(sql: &str) -> Vec<String> {
    let (folder, path) = stored();
    let other = Connection::open(path).unwrap();
    other.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    other.execute_batch(sql).unwrap();
    drop(other);
    SqliteStore::open_read_only(folder.path()).unwrap().check().unwrap()
}

#[test]
fn a_check_says_in_words_what_is_wrong() {
    assert_eq!(found_after(""), Vec::<String>::new());
    let cases = [
        ("UPDATE mentions SET length = 9999 WHERE document = 2 AND entity = 1 AND number = 0", "mention 0 of entity 1"),
        ("UPDATE relation_mentions SET subject_start = 1 WHERE number = 0", "the subject of relation 0"),
        (
            "UPDATE relation_mentions SET object = 99 WHERE document = 1 AND number = 0",
            "a row of relation_mentions refers to a row of entities",
        ),
        ("UPDATE relation_mentions SET confidence = 1.5", "is 1.5, not above 0 and at most 1"),
        ("UPDATE relation_mentions SET kind = 'LOVES' WHERE document = 1", "\"LOVES\" is no kind of relation"),
        ("DELETE FROM evidence WHERE document = 3", "has no evidence"),
        ("DELETE FROM mentions WHERE document = 3 AND entity = 0", "is not mentioned"),
        ("DELETE FROM documents WHERE key = 4", "is not stored, though entry 4 added it"),
        ("DELETE FROM inputs WHERE document = 4", "is held by no file and by nobody's request"),
        ("UPDATE documents SET added = 2 WHERE key = 4", "is said to come from entry 2, but entry 4 added it"),
        ("UPDATE documents SET id = 'document:x' WHERE key = 4", "document:x is stored, though the log never added it"),
        ("DROP TRIGGER log_is_never_cut; DELETE FROM log WHERE version = 6", "entry 7 of the log follows entry 5"),
        (
            "DROP TRIGGER log_is_never_changed; UPDATE log SET event = 'MOVED' WHERE version = 2",
            "\"MOVED\" is no event",
        ),
        ("DELETE FROM decisions WHERE undone IS NULL", "in entry 7 of the log, "),
        ("UPDATE decisions SET undone = 7 WHERE undone = 8", "is said to be undone by entry 7, which does not say so"),
        ("UPDATE decisions SET undone = NULL", "is in force, though the log never made it or has undone it"),
        ("UPDATE tokens SET digest = 'secret'", "the digest of the token ana is not 64 hexadecimal digits"),
        ("UPDATE tokens SET created_at = 'yesterday'", "\"yesterday\" is no moment"),
        ("DROP TABLE evidence", "evidence"),
    ];
    for (sql, expected) in cases {
        let found = found_after(sql);
        assert!(found.iter().any(|line| line.contains(expected)), "{sql}: {found:#?}");
    }
}

#[test]
fn a_backup_is_a_file_that_opens_as_it_is() {
    let (folder, _) = stored();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let expected = whole(&store);
    let to = folder.path().join("copy.db");
    // Beside the writer, by somebody who only reads.
    SqliteStore::open_read_only(folder.path()).unwrap().backup(&to).unwrap();
    store.append(&[Write::Withdraw(id(0))], &signature(1)).unwrap();
    let error = store.backup(&to).unwrap_err();
    assert!(matches!(error, Error::BackupExists(_)), "{error}");
    let copy = SqliteStore::open_read_only(&to).unwrap();
    assert_eq!((whole(&copy), copy.check().unwrap()), (expected, vec![]));
    drop(copy);
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| name.to_string_lossy().starts_with("copy"));
    assert_eq!(names, ["copy.db"], "it needs nothing beside it");
    // In a folder of its own it is a store to write to.
    let again = folder.path().join("again");
    fs::create_dir(&again).unwrap();
    fs::rename(&to, again.join("maillage.db")).unwrap();
    let mut again = SqliteStore::open(&again).unwrap();
    assert_eq!(again.append(&[Write::Withdraw(id(0))], &signature(2)).unwrap().len(), 1);
}

#[test]
fn a_backup_that_cannot_be_made_leaves_nothing() {
    let (folder, _) = stored();
    let nowhere = folder.path().join("no/such/folder.db");
    let error = SqliteStore::open(folder.path()).unwrap().backup(&nowhere).unwrap_err();
    assert!(error.to_string().contains("no/such/folder.db"), "{error}");
    let error = MemoryStore::new().backup(&nowhere).unwrap_err();
    assert!(error.to_string().contains("only in memory"), "{error}");
}

#[test]
fn a_reader_takes_in_what_a_crash_left_and_changes_nothing() {
    let (folder, path) = stored();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let writes = [Write::Add { contribution: contribution(9, 0, &SMALL), input: None }];
    store.append(&writes, &signature(1)).unwrap();
    // As a process that is killed leaves it.
    let left = tempfile::tempdir().unwrap();
    for name in ["maillage.db", "maillage.db-wal"] {
        fs::copy(path.with_file_name(name), left.path().join(name)).unwrap();
    }
    let bytes = || ["maillage.db", "maillage.db-wal"].map(|name| fs::read(left.path().join(name)).unwrap());
    let before = bytes();
    assert!(before[1].len() > 4096, "there is something in the side file");
    let reader = SqliteStore::open_read_only(left.path()).unwrap();
    assert_eq!(whole(&reader), whole(&store));
    assert_eq!(reader.check().unwrap(), Vec::<String>::new());
    drop(reader);
    assert!(bytes() == before);
}

/// Whether any file of a folder has these bytes.
fn anywhere(folder: &Path, words: &str) -> bool {
    let holds = |path: PathBuf| fs::read(path).unwrap().windows(words.len()).any(|part| part == words.as_bytes());
    fs::read_dir(folder).unwrap().any(|entry| holds(entry.unwrap().path()))
}

#[test]
fn what_was_withdrawn_is_gone_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let words = "une phrase que personne d’autre n’écrit";
    let secret = |text: String| {
        let mut one = contribution(7, 0, &SMALL);
        let document = maillage::model::Document { text, ..(*one.document).clone() };
        one.document = document.into();
        Write::Add { contribution: one, input: None }
    };
    let text = contribution(7, 0, &SMALL).document.text.clone();
    // Long enough for pages of its own, too.
    for more in [words.to_owned(), words.repeat(400)] {
        store.append(&[secret(format!("{text}{more}"))], &signature(0)).unwrap();
        assert!(anywhere(folder.path(), words));
        store.append(&[secret(text.clone())], &signature(1)).unwrap();
        assert!(!anywhere(folder.path(), words), "replaced");
        store.append(&[secret(format!("{text}{more}"))], &signature(2)).unwrap();
        store.append(&[Write::Withdraw(id(7))], &signature(3)).unwrap();
        assert!(!anywhere(folder.path(), words), "withdrawn");
    }
    assert!(anywhere(folder.path(), id(7).as_str()), "the log still names it");
}

#[test]
fn what_a_reader_still_saw_goes_with_a_later_append() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let withdrawn = contribution(7, 0, &SMALL);
    let words = withdrawn.document.text.lines().last().unwrap().to_owned();
    store.append(&[Write::Add { contribution: withdrawn, input: None }], &signature(0)).unwrap();
    let reader = Connection::open(folder.path().join("maillage.db")).unwrap();
    let count = || reader.query_row("SELECT count(*) FROM documents", (), |row| row.get::<_, i64>(0)).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(count(), 1);
    store.append(&[Write::Withdraw(id(7))], &signature(1)).unwrap();
    assert_eq!(count(), 1, "it reads what was there when it began");
    assert!(anywhere(folder.path(), &words));
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(count(), 0);
    store.append(&[Write::Decide(decision(1))], &signature(2)).unwrap();
    assert!(!anywhere(folder.path(), &words));
}

#[test]
fn ordinary_tools_read_it() {
    let (_folder, path) = stored();
    let tool = Connection::open(path).unwrap();
    let one = contribution(3, 0, &SMALL);
    let (document, annotations) = (&one.document, &one.annotations);
    let question = "SELECT kind, subject, object, sentence FROM relations_readable WHERE source = ?1";
    let mut relations = tool.prepare(question).unwrap();
    let rows = relations
        .query_map([&document.source], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
        .unwrap();
    let mut rows: Vec<[String; 4]> = rows.map(Result::unwrap).collect();
    let name = |end: usize| annotations.entities[end].name.clone();
    let sentence = |spans: &[maillage::model::Span]| {
        spans.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>().join(" … ")
    };
    let mut expected: Vec<[String; 4]> = annotations
        .relations
        .iter()
        .map(|r| [r.kind.to_string(), name(r.subject), name(r.object), sentence(&r.evidence)])
        .collect();
    rows.sort();
    expected.sort();
    assert_eq!(rows, expected);
    let said = |sql: &str| tool.query_row(sql, (), |row| row.get::<_, String>(0)).unwrap();
    let words = said(
        "SELECT group_concat(words, '|' ORDER BY start) FROM mentions_readable WHERE source = 'communiqués/3.txt'",
    );
    let mut spans: Vec<_> =
        annotations.entities.iter().flat_map(|entity| entity.mentions.iter().map(|m| m.span)).collect();
    spans.sort();
    assert_eq!(words, spans.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>().join("|"));
    assert_eq!(
        said("SELECT group_concat(event, ' ') FROM log_readable"),
        "ADDED ADDED ADDED ADDED ADDED DECIDED DECIDED UNDONE"
    );
    assert_eq!(
        said("SELECT decision FROM log_readable WHERE version = 8"),
        "organization:oim DIFFERENT organization:onu"
    );
    assert_eq!(said("SELECT document FROM inputs_readable WHERE input = 'communiqués/3.txt'"), id(3).to_string());
}

#[test]
fn a_store_is_at_most_three_times_its_texts() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let add = |number| Write::Add { contribution: contribution(number, 0, &RELEASE), input: Some(file(number)) };
    let writes: Vec<_> = (0..200).map(add).collect();
    store.append(&writes, &signature(0)).unwrap();
    let mut text = 0;
    store
        .visit(&mut |one| {
            text += one.contribution.document.text.len();
            Ok(())
        })
        .unwrap();
    drop(store);
    let file = fs::metadata(folder.path().join("maillage.db")).unwrap().len() as usize;
    assert!((3_000..4_000).contains(&(text / 200)), "{} bytes a text", text / 200);
    assert!(file < 3 * text, "{:.2} times", file as f64 / text as f64);
}
