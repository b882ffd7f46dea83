//! What only shows from within: plans of statements, limits set on the connection, what the file holds.

use super::*;
use crate::model::{Decision as Made, EntityId, Judged, Judgement};

fn decisions(from: i64, to: i64) -> Vec<Write> {
    let judgement = Judgement::Confirmed(Judged::Entity(EntityId::from_text("organization:oim")));
    let decision = |number| {
        let at = jiff::Timestamp::from_millisecond(number).expect("a moment");
        Write::Decide(Made::new(judgement.clone(), "ana", &"parce que ".repeat(100), at))
    };
    (from..to).map(decision).collect()
}

fn signature() -> Signature {
    Signature { author: "ana".to_owned(), reason: String::new(), at: jiff::Timestamp::UNIX_EPOCH }
}

/// A folder that is gone when the test ends.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn nothing_is_sorted_to_visit() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).expect("a store");
    let questions = [false, true].into_iter().flat_map(|one| read::statements(one).map(|sql| (one, sql)));
    for (one, sql) in questions {
        let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
        let steps = plan
            .query_map(rusqlite::params_from_iter(one.then_some("")), |row| row.get::<_, String>(3))
            .expect("steps");
        let steps: Vec<_> = steps.map(|step| step.expect("a step")).collect();
        assert!(steps[0].starts_with(if one { "SEARCH" } else { "SCAN" }), "{steps:?}");
        assert!(steps.iter().skip(1).all(|step| !step.starts_with("SCAN") && !step.contains("TEMP")), "{steps:?}");
    }
}

#[test]
fn what_is_stored_is_listed_without_reading_texts() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).expect("a store");
    for sql in [ledger::DOCUMENTS, ledger::INPUTS] {
        let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
        let steps = plan.query_map((), |row| row.get::<_, String>(3)).expect("steps");
        let steps: Vec<_> = steps.map(|step| step.expect("a step")).collect();
        assert!(steps[0].contains("USING COVERING INDEX documents_"), "{steps:?}");
    }
}

#[test]
fn a_full_disk_changes_nothing_and_the_next_append_works() {
    let folder = folder();
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    store.append(&decisions(0, 3), &signature()).expect("room");
    let pages: i64 = store.connection.query_row("PRAGMA page_count", (), |row| row.get(0)).expect("a count");
    store.connection.pragma_update(None, "max_page_count", pages + 2).expect("a limit");
    let before = store.entries(0, usize::MAX).expect("entries");
    store.rules.insert("of a transaction that is taken back".into(), 99);
    let full = store.append(&decisions(3, 300), &signature());
    assert!(matches!(&full, Err(Error::StoreFull(path)) if path.ends_with("maillage.db")), "{full:?}");
    assert!(store.rules.is_empty(), "its keys are those of other rules by now");
    assert_eq!(store.entries(0, usize::MAX).expect("entries"), before);
    assert_eq!(store.append(&decisions(3, 4), &signature()).expect("room for one").len(), 1);
    store.connection.pragma_update(None, "max_page_count", 1_000_000).expect("a limit");
    assert_eq!(store.append(&decisions(3, 300), &signature()).expect("room").len(), 296);
    assert_eq!(store.check().expect("an answer"), Vec::<String>::new());
}

#[test]
fn a_transaction_left_open_is_ended_before_the_next() {
    let folder = folder();
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    store.connection.execute_batch("BEGIN; INSERT INTO rules (name) VALUES ('left')").expect("a transaction");
    assert_eq!(store.append(&decisions(0, 1), &signature()).expect("written").len(), 1);
    let left: i64 = store.connection.query_row("SELECT count(*) FROM rules", (), |row| row.get(0)).expect("a count");
    assert_eq!(left, 0);
}

#[test]
fn the_log_only_grows() {
    let folder = folder();
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    store.append(&decisions(0, 3), &signature()).expect("written");
    let columns = "(version, at, author, reason, event, decision)";
    for sql in [
        "UPDATE log SET reason = 'other' WHERE version = 2",
        "DELETE FROM log WHERE version = 3",
        &format!("INSERT INTO log {columns} VALUES (5, '', '', '', 'UNDONE', '')"),
        &format!("INSERT OR REPLACE INTO log {columns} VALUES (3, '', '', '', 'UNDONE', '')"),
    ] {
        let refused = store.connection.execute_batch(sql).map_err(|error| error.to_string());
        assert!(refused.as_ref().is_err_and(|reason| reason.contains("log")), "{sql}: {refused:?}");
    }
    assert_eq!(store.check().expect("an answer"), Vec::<String>::new());
}
