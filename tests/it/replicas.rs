//! A store on a server that one process writes to at a time, and the replicas that follow it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use maillage::error::Error;
use maillage::knowledge_base::{KnowledgeBase, new_token};
use maillage::server::{Settings, router};
use maillage::store::{PostgresStore, SqliteStore, Store, StoreAddress, Write};
use tower::ServiceExt;

use crate::dump;
use crate::made_up::{Dice, SMALL, change, contribution, decision, id, moment, signature};
use crate::postgres::{Database, Server, database, sql};
use crate::program::run;
use crate::store::whole;

fn at(database: &Database) -> StoreAddress {
    StoreAddress::parse(&database.address, None).unwrap()
}

fn add(document: u64) -> Write {
    Write::Add { contribution: contribution(document, 0, &SMALL), input: None }
}

/// Lets the right to write run out, as if whoever has it had been silent for long.
fn run_out(database: &Database) {
    sql(database, "UPDATE maillage_store SET expires = TIMESTAMPTZ 'epoch'");
}

#[test]
fn one_process_writes_and_the_next_is_told_which() {
    let Some(database) = database() else { return };
    let address = at(&database);
    let mut first = PostgresStore::open_for(&address, Duration::from_secs(2)).unwrap();
    let own = format!("process {} on ", std::process::id());
    let error = PostgresStore::open_for(&address, Duration::from_secs(2)).unwrap_err();
    assert!(matches!(&error, Error::StoreHeld { holder, .. } if holder.starts_with(&own)), "{error}");
    first.append(&[add(1)], &signature(0)).unwrap();
    // Readers and keepers of tokens are not kept out.
    let reader = PostgresStore::open_read_only(&address).unwrap();
    assert_eq!(whole(&reader), whole(&first));
    new_token(&mut PostgresStore::open_for_tokens(&address).unwrap(), "ana", moment(1)).unwrap();
    let mut beside = PostgresStore::open_for_tokens(&address).unwrap();
    assert!(matches!(beside.append(&[add(2)], &signature(1)), Err(Error::StoreReadOnly(_))));
    // It outlives its time for as long as its process lives, and is given back when that ends.
    std::thread::sleep(Duration::from_millis(2_500));
    assert!(PostgresStore::open_for(&address, Duration::from_secs(2)).is_err());
    first.append(&[add(2)], &signature(1)).unwrap();
    drop(first);
    let began = Instant::now();
    let again = PostgresStore::open_for(&address, Duration::from_secs(60)).unwrap();
    assert!(began.elapsed() < Duration::from_secs(20), "it was not waited for");
    assert_eq!((again.head().unwrap(), again.check().unwrap()), (2, vec![]));
}

#[test]
fn a_writer_that_lost_its_right_cannot_write() {
    let Some(database) = database() else { return };
    let address = at(&database);
    let mut old = PostgresStore::open(&address).unwrap();
    old.append(&[add(1)], &signature(0)).unwrap();
    run_out(&database);
    // Nobody has taken it: it is still the only one.
    old.append(&[add(2)], &signature(1)).unwrap();
    run_out(&database);
    let mut new = PostgresStore::open(&address).unwrap();
    new.append(&[add(3)], &signature(2)).unwrap();
    let before = whole(&new);
    assert_eq!(old.standing().lost(), None, "it has not noticed yet");
    for refused in [
        old.append(&[add(4)], &signature(3)),
        old.append_each(&mut std::iter::once(Ok(add(4))), &signature(3)),
        old.append(&[], &signature(3)),
    ] {
        assert!(matches!(&refused, Err(Error::StoreLost { .. })), "{refused:?}");
    }
    assert!(old.standing().lost().is_some() && new.standing().lost().is_none());
    assert_eq!(whole(&new), before);
    // Nor does it take the right along when it ends.
    drop(old);
    new.append(&[add(4)], &signature(3)).unwrap();
    assert_eq!(new.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_cut_connection_is_made_again() {
    let Some(database) = database() else { return };
    let address = StoreAddress::parse(&format!("{}&application_name=cut", database.address), None).unwrap();
    let mut store = PostgresStore::open(&address).unwrap();
    for turn in 0..5 {
        store.append(&[add(turn)], &signature(turn)).unwrap();
        let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'cut'";
        sql(&database, cut);
        assert_eq!(store.documents().unwrap().len() as u64, turn + 1);
        sql(&database, cut);
        store.append(&[Write::Decide(decision(turn))], &signature(turn)).unwrap();
    }
    assert_eq!((store.head().unwrap(), store.check().unwrap()), (10, vec![]));
}

#[test]
fn a_newer_store_and_other_tables_are_left_alone() {
    let Some(newer) = database() else { return };
    drop(PostgresStore::open(&at(&newer)).unwrap());
    sql(&newer, "UPDATE maillage_store SET format = 7");
    for error in
        [PostgresStore::open(&at(&newer)).unwrap_err(), PostgresStore::open_read_only(&at(&newer)).unwrap_err()]
    {
        assert!(matches!(error, Error::StoreNewer { format: 7, known: 1, .. }), "{error}");
    }
    let other = database().unwrap();
    assert!(matches!(PostgresStore::open_read_only(&at(&other)), Err(Error::NoStore(_))));
    sql(&other, "CREATE TABLE maillage_store (photo TEXT)");
    for error in
        [PostgresStore::open(&at(&other)).unwrap_err(), PostgresStore::open_read_only(&at(&other)).unwrap_err()]
    {
        assert!(matches!(error, Error::NotAStore(_)), "{error}");
    }
}

#[test]
fn a_check_says_in_words_what_is_wrong_on_a_server() {
    if database().is_none() {
        return;
    }
    let cases = [
        ("DELETE FROM maillage_log WHERE version = 2", "entry 3 of the log follows entry 1"),
        ("DELETE FROM maillage_documents WHERE added = 2", "is not stored, though entry 2 added it"),
        (
            "UPDATE maillage_documents SET added = 1 WHERE added = 2",
            "is said to come from entry 1, but entry 2 added it",
        ),
        ("UPDATE maillage_documents SET written = 1 WHERE added = 2", "is said to be as entry 1 wrote it"),
        ("UPDATE maillage_documents SET body = '{}' WHERE added = 2", "cannot be read"),
        ("UPDATE maillage_documents SET kept = FALSE WHERE added = 2", "is held by no file and by nobody's request"),
        ("UPDATE maillage_documents SET source = 'x' WHERE added = 2", "is not found by its source"),
        ("UPDATE maillage_decisions SET undone = NULL", "is in force, though the log never made it or has undone it"),
        ("UPDATE maillage_decisions SET undone = 1", "is said to be undone by entry 1, which does not say so"),
        ("DELETE FROM maillage_withdrawals", "the list of what was withdrawn on request"),
        ("UPDATE maillage_store SET head = 4", "the newest entry is said to be 4"),
        ("INSERT INTO maillage_inputs VALUES ('document:x', 'y', 'z')", "refers to document:x, which is not stored"),
    ];
    for (tampered, expected) in cases {
        let database = database().unwrap();
        let mut store = PostgresStore::open(&at(&database)).unwrap();
        let writes =
            [add(1), add(2), Write::Decide(decision(1)), Write::Undo(decision(1).id), add(3), Write::Withdraw(id(3))];
        store.append(&writes, &signature(0)).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        sql(&database, tampered);
        let found = store.check().unwrap();
        assert!(found.iter().any(|line| line.contains(expected)), "{tampered}: {found:#?}");
    }
}

/// A writer and a replica through a random history: the replica shows nothing but versions that were, and in the end the last.
fn follows(write: Box<dyn Store>, read: &dyn Fn() -> Box<dyn Store>, seed: u64) {
    let mut dice = Dice(seed);
    let writer = KnowledgeBase::open(write, &|_| {}).unwrap();
    let mut were = BTreeMap::from([(0, dump::snapshot(&writer.snapshot()))]);
    let replica = KnowledgeBase::replica(read(), &|_| {}).unwrap();
    let store = read();
    for turn in 0..25 {
        for _ in 0..dice.roll(4) {
            let changes = (0..dice.roll(4)).map(|_| change(dice.roll(8) as u8, dice.roll(6), dice.roll(4)));
            let written = writer.write(&changes.collect::<Vec<_>>(), &signature(turn)).unwrap();
            were.insert(written.snapshot.version(), dump::snapshot(&written.snapshot));
        }
        let behind = writer.snapshot().version() > replica.snapshot().version();
        assert_eq!(replica.turn(store.as_ref()).unwrap(), behind);
        let (shown, lag) = (replica.snapshot(), replica.lag().unwrap());
        assert_eq!((shown.version(), lag.versions), (writer.snapshot().version(), 0));
        dump::assert_same(&dump::snapshot(&shown), &were[&shown.version()]);
        assert!(matches!(replica.withdraw(&id(1), &signature(0)), Err(Error::Replica(_))));
    }
    // One that begins now shows the same, and so do the log and the decisions that it tells.
    let late = KnowledgeBase::replica(read(), &|_| {}).unwrap();
    let version = writer.snapshot().version();
    assert!(version > 10, "{version}");
    dump::assert_same(&dump::snapshot(&late.snapshot()), &were[&version]);
    assert_eq!(late.entries(0, usize::MAX).unwrap(), writer.entries(0, usize::MAX).unwrap());
    assert_eq!(replica.decisions(version / 2).unwrap(), writer.decisions(version / 2).unwrap());
}

#[test]
fn a_replica_shows_versions_that_were_and_then_the_last() {
    for seed in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        let writer = SqliteStore::open(folder.path()).unwrap();
        follows(Box::new(writer), &|| Box::new(SqliteStore::open_read_only(folder.path()).unwrap()), seed);
        if let Some(database) = database() {
            let address = at(&database);
            let writer = PostgresStore::open(&address).unwrap();
            follows(Box::new(writer), &|| Box::new(PostgresStore::open_read_only(&address).unwrap()), seed);
        }
    }
}

#[test]
fn a_replica_that_looks_while_others_write_shows_whole_versions() {
    let Some(database) = database() else { return };
    let address = at(&database);
    let writer = KnowledgeBase::open(Box::new(PostgresStore::open(&address).unwrap()), &|_| {}).unwrap();
    let replica = KnowledgeBase::replica(Box::new(PostgresStore::open_read_only(&address).unwrap()), &|_| {}).unwrap();
    let mut were = BTreeMap::from([(0, dump::snapshot(&writer.snapshot()))]);
    let mut shown = BTreeMap::new();
    std::thread::scope(|scope| {
        let following = scope.spawn(|| {
            let store = PostgresStore::open_read_only(&address).unwrap();
            let mut looks = 0;
            // Two documents that come and go together: any mixed version has one of them.
            while replica.snapshot().version() < 320 {
                replica.turn(&store).unwrap();
                let snapshot = replica.snapshot();
                assert_ne!(snapshot.graph().document_count(), 1, "a mixed version");
                shown.insert(snapshot.version(), dump::snapshot(&snapshot));
                looks += 1;
            }
            looks
        });
        for turn in 0..80 {
            for writes in [[add(1), add(2)], [Write::Withdraw(id(1)), Write::Withdraw(id(2))]] {
                let written = writer.write(&writes, &signature(turn)).unwrap();
                were.insert(written.snapshot.version(), dump::snapshot(&written.snapshot));
            }
        }
        assert!(following.join().unwrap() > 1);
    });
    assert!(shown.len() > 2, "{}", shown.len());
    for (version, seen) in &shown {
        dump::assert_same(seen, &were[version]);
    }
}

#[test]
fn another_store_under_the_same_address_is_read_anew() {
    let Some(database) = database() else { return };
    let address = at(&database);
    let mut first = PostgresStore::open(&address).unwrap();
    first.append(&[add(1), add(2)], &signature(0)).unwrap();
    let replica = KnowledgeBase::replica(Box::new(PostgresStore::open_read_only(&address).unwrap()), &|_| {}).unwrap();
    let store = PostgresStore::open_read_only(&address).unwrap();
    assert!(!replica.turn(&store).unwrap());
    // The same store, as a backup had it, and then on: as long as before, but other.
    first.append(&[add(3)], &signature(1)).unwrap();
    replica.turn(&store).unwrap();
    sql(
        &database,
        "DELETE FROM maillage_log WHERE version = 3; DELETE FROM maillage_documents WHERE added = 3;
        UPDATE maillage_store SET head = 2",
    );
    first.append(&[add(4), add(5)], &signature(2)).unwrap();
    replica.turn(&store).unwrap();
    let expected = KnowledgeBase::open(Box::new(PostgresStore::open_read_only(&address).unwrap()), &|_| {}).unwrap();
    dump::assert_same(&dump::snapshot(&replica.snapshot()), &dump::snapshot(&expected.snapshot()));
    drop(first);
    // Another one altogether.
    sql(
        &database,
        "DROP TABLE maillage_store, maillage_log, maillage_documents, maillage_inputs, maillage_withdrawals,
        maillage_decisions, maillage_tokens",
    );
    assert!(replica.turn(&store).is_err());
    let mut second = PostgresStore::open(&address).unwrap();
    second.append(&[add(7)], &signature(3)).unwrap();
    // A reader's prepared questions were those of the old tables.
    let store = PostgresStore::open_read_only(&address).unwrap();
    replica.turn(&store).unwrap();
    let shown = replica.snapshot();
    assert_eq!((shown.version(), shown.graph().document_count()), (1, 1));
}

async fn ask(base: &Arc<KnowledgeBase>, settings: &Settings, request: Request<Body>) -> (u16, String) {
    let response = router(Arc::clone(base), settings).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn a_replica_says_how_far_it_is_behind_and_refuses_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = SqliteStore::open(folder.path()).unwrap();
    let secret = new_token(&mut writer, "ana", moment(1)).unwrap();
    let read = || SqliteStore::open_read_only(folder.path()).unwrap();
    let replica = Arc::new(KnowledgeBase::replica(Box::new(read()), &|_| {}).unwrap());
    let ready = || Request::get("/readyz").body(Body::empty()).unwrap();
    let patient = Settings { most_behind: Duration::from_secs(3600), ..Settings::default() };
    let (status, body) = ask(&replica, &patient, ready()).await;
    assert!(status == 503 && body.starts_with("not ready: no snapshot is published yet\nversion 0\n"), "{body}");
    writer.append(&[add(1), add(2)], &signature(0)).unwrap();
    assert!(replica.turn(&read()).unwrap());
    let (status, body) = ask(&replica, &patient, ready()).await;
    assert!(status == 200 && body.starts_with("ready\nversion 2\nversions_behind 0\nmilliseconds_behind "), "{body}");
    let metrics = Request::get("/metrics").body(Body::empty()).unwrap();
    let (_, body) = ask(&replica, &patient, metrics).await;
    assert!(
        body.contains("maillage_replica_behind_versions 0") && body.contains("maillage_replica_behind_seconds"),
        "{body}"
    );
    let strict = Settings { most_behind: Duration::from_millis(1), ..Settings::default() };
    std::thread::sleep(Duration::from_millis(10));
    let (status, body) = ask(&replica, &strict, ready()).await;
    assert!(status == 503 && body.starts_with("not ready: more than 1 ms behind the store\n"), "{body}");
    let query = format!(r#"{{"query": "mutation {{ withdrawDocument(id: \"{}\") {{ version }} }}"}}"#, id(1));
    let post = Request::post("/graphql").header("content-type", "application/json");
    let post = post.header("authorization", format!("Bearer {secret}")).body(Body::from(query)).unwrap();
    let (_, body) = ask(&replica, &patient, post).await;
    assert!(body.contains("this is a replica, which only reads") && body.contains("FORBIDDEN"), "{body}");
    assert_eq!(replica.snapshot().version(), 2);
}

#[test]
fn no_message_has_the_password() {
    for address in
        ["postgres://ana:geheim@127.0.0.1:1/press", "postgres://ana:geheim@@:x", "mysql://ana:geheim@db/press"]
    {
        for command in ["stats", "log", "check"] {
            let (status, out, err) = run(&[command, "--store", address, "-vv"]);
            assert!(status == Some(1) && !err.is_empty() && !err.contains("geheim") && out.is_empty(), "{err}");
        }
        let (status, _, err) = run(&["serve", "--store", address, "--data", "x", "--port", "0"]);
        assert!(status == Some(2) && !err.contains("geheim"), "{err}");
    }
    let (_, _, err) = run(&["stats", "--store", "postgres://ana:geheim@127.0.0.1:1/press"]);
    assert!(err.contains("cannot reach postgres://ana@127.0.0.1:1/press"), "{err}");
}

#[test]
fn commands_work_on_a_server() {
    let Some(database) = database() else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Le Canada finance l’OIM.").unwrap();
    let texts = folder.path().to_string_lossy().into_owned();
    let with = |command: &str, more: &[&str]| run(&[&[command, "--store", &database.address], more].concat());
    let (status, out, err) = with("ingest", &[&texts, "--author", "ana"]);
    assert!(status == Some(0) && out.starts_with("1 added"), "{out}{err}");
    assert!(with("ingest", &[&texts]).1.starts_with("0 added, 0 extracted anew, 1 unchanged"));
    let (status, out, err) = with("decide", &["same", "organization:iom", "organization:un-unhcr"]);
    assert_eq!(
        (status, err.as_str()),
        (Some(1), "error: not decided: no entity \"organization:un-unhcr\" in this graph; ids are in its answers\n"),
        "{out}"
    );
    assert!(with("decide", &["confirmed", "organization:iom"]).1.contains("is confirmed"));
    assert_eq!(with("log", &["--json"]).1.lines().count(), 2);
    let (status, out, err) = with("check", &[]);
    assert!(status == Some(0) && out.starts_with("sound: 1 documents, 1 relations, version 2"), "{out}{err}");
    assert!(with("stats", &["--json"]).1.contains("\"relations\""));
    let copy = folder.path().join("copy.db");
    let (status, _, err) = with("backup", &[&copy.to_string_lossy()]);
    assert!(status == Some(1) && err.contains("pg_dump"), "{err}");
    let (status, out, err) = run(&["token", "new", "--store", &database.address, "ana"]);
    assert!(status == Some(0) && out.starts_with("mlg_"), "{err}");
}

/// Whether a command is there and ends well.
fn works(command: &mut std::process::Command) -> bool {
    command.output().is_ok_and(|said| said.status.success())
}

#[test]
fn an_encrypted_connection_is_one_to_the_server_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (key, certificate) = (path("key.pem"), path("certificate.pem"));
    let wanted = "[req]\ndistinguished_name = dn\nx509_extensions = v3\nprompt = no\n[dn]\nCN = localhost\n[v3]\n\
        subjectAltName = DNS:localhost\nbasicConstraints = CA:FALSE\n";
    std::fs::write(path("wanted"), wanted).unwrap();
    let mut openssl = std::process::Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config", &path("wanted")]);
    let made = works(openssl.args(["-keyout", &key, "-out", &certificate]));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let Some(server) = made.then(|| Server::start_encrypted(port, Path::new(&key), Path::new(&certificate))).flatten()
    else {
        return;
    };
    let open = |host: &str, parameters: &str| {
        let address = format!("postgres://maillage@{host}:{port}/postgres?{parameters}");
        PostgresStore::open(&StoreAddress::parse(&address, None).unwrap())
    };
    let mut store = open("localhost", &format!("sslmode=verify-full&sslrootcert={certificate}")).unwrap();
    store.append(&[add(1)], &signature(0)).unwrap();
    let encrypted = server.sql("SELECT bool_or(ssl) FROM pg_stat_ssl").unwrap();
    assert_eq!(encrypted, "t");
    drop(store);
    for (host, parameters) in [
        ("localhost", "sslmode=require".to_owned()),
        ("127.0.0.1", format!("sslmode=require&sslrootcert={certificate}")),
    ] {
        let refused = open(host, &parameters).unwrap_err();
        assert!(refused.to_string().contains("certificate"), "{refused}");
    }
}
