//! What goes wrong with a store in a file: each mishap has its error, which says what, where and what to do, and harms nothing.

use std::fs;
use std::path::{Path, PathBuf};

use maillage::error::Error;
use maillage::store::{MemoryStore, SqliteStore, Store, Token, Write};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::made_up::{SMALL, contribution, decision, file, id, moment, signature};
use crate::store::whole;

/// A folder with a store of five documents and a decision, closed.
fn stored() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    store.append(&writes(0), &signature(0)).unwrap();
    store.add_token(&Token { name: "ana".to_owned(), digest: "0a".repeat(32), created_at: moment(1) }).unwrap();
    let path = folder.path().join("maillage.db");
    (folder, path)
}

fn writes(from: u64) -> Vec<Write> {
    let add = |number| Write::Add { contribution: contribution(number, 0, &SMALL), input: Some(file(number)) };
    (from..from + 5).map(add).chain([Write::Decide(decision(from))]).collect()
}

/// Changes the file as somebody with another tool would.
fn tamper(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// What both ways of opening say.
fn refusals(folder: &Path) -> [Error; 2] {
    [SqliteStore::open(folder).unwrap_err(), SqliteStore::open_read_only(folder).unwrap_err()]
}

#[test]
fn a_newer_store_is_left_alone() {
    let (folder, path) = stored();
    tamper(&path, "PRAGMA user_version = 7");
    let before = fs::read(&path).unwrap();
    for error in refusals(folder.path()) {
        assert!(matches!(error, Error::StoreNewer { format: 7, known: 3, .. }), "{error}");
        let said = "was written by a newer maillage (format 7, this one reads up to 3): update maillage";
        assert!(error.to_string().ends_with(said), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn one_process_writes_and_others_read() {
    let (folder, _) = stored();
    let mut writer = SqliteStore::open(folder.path()).unwrap();
    let error = SqliteStore::open(folder.path()).unwrap_err();
    let own = std::process::id();
    assert!(matches!(error, Error::StoreLocked { pid: Some(pid), .. } if pid == own), "{error}");
    assert!(error.to_string().contains(&format!("is in use by process {own}; stop that process")), "{error}");
    // A reader sees what was acknowledged when it asks, and may not write.
    let mut reader = SqliteStore::open_read_only(folder.path()).unwrap();
    let head = writer.append(&[Write::Withdraw(id(2))], &signature(1)).unwrap()[0].version;
    assert_eq!((reader.head().unwrap(), reader.documents().unwrap().len()), (head, 4));
    let token = Token { name: "zoé".to_owned(), digest: String::new(), created_at: moment(1) };
    for refused in [
        reader.append(&writes(9), &signature(2)).err(),
        reader.add_token(&token).err(),
        reader.revoke_token("ana").err(),
    ] {
        assert!(matches!(refused, Some(Error::StoreReadOnly(_))), "{refused:?}");
    }
    drop(writer);
    SqliteStore::open(folder.path()).unwrap();
}

#[test]
fn tokens_are_given_out_beside_the_writer() {
    let (folder, path) = stored();
    let mut writer = SqliteStore::open(folder.path()).unwrap();
    let mut beside = SqliteStore::open_for_tokens(folder.path()).unwrap();
    let token = Token { name: "zoé".to_owned(), digest: "0b".repeat(32), created_at: moment(2) };
    beside.add_token(&token).unwrap();
    assert_eq!(writer.tokens().unwrap().len(), 2);
    assert!(matches!(beside.add_token(&token), Err(Error::TokenExists(_))));
    // Nothing else: the log has one writer.
    assert!(matches!(beside.append(&writes(9), &signature(2)), Err(Error::StoreReadOnly(_))));
    writer.append(&writes(9), &signature(2)).unwrap();
    assert!(beside.revoke_token("ana").unwrap());
    assert_eq!(writer.tokens().unwrap(), [token]);
    drop(beside);
    writer.append(&writes(19), &signature(3)).unwrap();
    assert_eq!(writer.check().unwrap(), Vec::<String>::new());
    drop(writer);
    tamper(&path, "PRAGMA user_version = 7");
    assert!(matches!(SqliteStore::open_for_tokens(folder.path()), Err(Error::StoreNewer { .. })));
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(SqliteStore::open_for_tokens(&nowhere), Err(Error::NoStore(_))));
    fs::create_dir(&nowhere).unwrap();
    fs::write(nowhere.join("maillage.db"), "").unwrap();
    assert!(matches!(SqliteStore::open_for_tokens(&nowhere), Err(Error::NoStore(_))));
}

#[test]
fn a_lock_that_says_nothing_still_locks() {
    let (folder, _) = stored();
    let _writer = SqliteStore::open(folder.path()).unwrap();
    fs::write(folder.path().join("lock"), "").unwrap();
    let error = SqliteStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, Error::StoreLocked { pid: None, .. }), "{error}");
    assert!(error.to_string().contains("is in use by another process"), "{error}");
}

#[test]
fn a_folder_without_a_store_is_not_made_one_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    for place in [missing.as_path(), folder.path()] {
        let error = SqliteStore::open_read_only(place).unwrap_err();
        assert!(matches!(&error, Error::NoStore(path) if path == place), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    // A file that was made and never written, as a crash at the very first moment leaves it.
    fs::write(folder.path().join("maillage.db"), "").unwrap();
    let error = SqliteStore::open_read_only(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NoStore(_)), "{error}");
    assert_eq!(SqliteStore::open(folder.path()).unwrap().head().unwrap(), 0);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = SqliteStore::open(&file.join("store")).unwrap_err();
    assert!(
        error.to_string().starts_with("cannot make the folder ") && error.to_string().contains("file/store"),
        "{error}"
    );
    // A folder where the file should be.
    fs::create_dir_all(folder.path().join("odd/maillage.db")).unwrap();
    let error = SqliteStore::open(&folder.path().join("odd")).unwrap_err();
    assert!(error.to_string().contains("odd/maillage.db"), "{error}");
}

#[test]
fn what_is_no_store_is_left_alone() {
    let text: Vec<u8> = b"Dear diary, ".repeat(500);
    for bytes in [text, b"short".to_vec(), b"SQLite format 3\0 but no more".to_vec()] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("maillage.db");
        fs::write(&path, &bytes).unwrap();
        for error in refusals(folder.path()) {
            assert!(matches!(&error, Error::NotAStore(named) if *named == path), "{error}");
        }
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("maillage.db");
    tamper(&path, "CREATE TABLE photos (name TEXT)");
    for error in refusals(folder.path()) {
        assert!(matches!(error, Error::NotAStore(_)), "{error}");
    }
}

#[test]
fn damage_is_told_from_other_files() {
    // The head of the file, and what is further in.
    for (from, to) in [(0, 60), (100, 3000)] {
        let (folder, path) = stored();
        let mut bytes = fs::read(&path).unwrap();
        bytes[from..to].fill(0xab);
        fs::write(&path, &bytes).unwrap();
        for error in refusals(folder.path()) {
            assert!(matches!(&error, Error::StoreDamaged { path: named, .. } if *named == path), "{error}");
            assert!(
                error.to_string().ends_with("restore a backup, or move the file away and read the documents again")
            );
        }
    }
}

#[test]
fn damage_in_the_middle_shows_when_it_is_read_and_in_the_check() {
    let (folder, path) = stored();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    (1..40).for_each(|turn| drop(store.append(&writes(turn * 5), &signature(turn)).unwrap()));
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 4096 / 2;
    for page in bytes.chunks_mut(4096).skip(half) {
        page[..200].fill(0xab);
    }
    fs::write(&path, &bytes).unwrap();
    let store = SqliteStore::open_read_only(folder.path()).unwrap();
    let error = store.visit(&mut |_| Ok(())).unwrap_err();
    assert!(matches!(error, Error::StoreDamaged { .. }), "{error}");
    let found = store.check().unwrap();
    assert!(found.iter().any(|line| line.starts_with("the file is damaged")), "{found:?}");
}

#[test]
fn a_file_that_others_write_is_waited_for_and_then_given_up() {
    let (folder, path) = stored();
    let mut store = SqliteStore::open(folder.path()).unwrap();
    let before = whole(&store);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.append(&writes(9), &signature(1)).unwrap_err();
    assert!(matches!(error, Error::StoreBusy(_)), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(whole(&store), before);
    assert_eq!(store.append(&writes(9), &signature(1)).unwrap().len(), 6);
}

#[test]
fn what_contradicts_itself_is_refused_whole() {
    let broken = |breaks: fn(&mut maillage::model::Annotations)| {
        let mut one = contribution(7, 0, &SMALL);
        let mut annotations = (*one.annotations).clone();
        breaks(&mut annotations);
        one.annotations = annotations.into();
        Write::Add { contribution: one, input: None }
    };
    let cases = [
        (broken(|a| a.entities[1].mentions[0].span.end = 9999), "mention 0 of entity 1"),
        (broken(|a| a.relations[0].subject_span.start += 1), "the subject of relation 0"),
        (broken(|a| a.relations[1].object = 4), "an end of relation 1"),
        (broken(|a| a.relations[1].evidence.clear()), "relation 1"),
        (broken(|a| a.relations[2].confidence = 0.0), "the confidence of relation 2"),
        (broken(|a| a.entities[0].mentions.clear()), "entity 0"),
        (broken(|a| a.document = id(8)), "its annotations are those of document:"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut stores: [Box<dyn Store>; 2] =
        [Box::new(MemoryStore::new()), Box::new(SqliteStore::open(folder.path()).unwrap())];
    for store in &mut stores {
        for (write, reason) in &cases {
            let error = store.append(&[Write::Decide(decision(1)), write.clone()], &signature(0)).unwrap_err();
            assert!(matches!(error, Error::Unsound { .. }) && error.to_string().contains(reason), "{error}");
            assert_eq!(store.head().unwrap(), 0);
        }
        assert_eq!(store.append(&writes(0), &signature(0)).unwrap().len(), 6);
    }
}
