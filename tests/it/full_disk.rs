//! The program on a disk that is full: a small one in memory, mounted where only the test sees it.
//!
//! What does not fit is refused in words, what was acknowledged stays, and when there is room again the same command goes on. The test
//! starts its own program again in a namespace of its own, with only the test [`child`]; where none can be had, it says so.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::archive::{Archive, State, argument};
use crate::client::Client;
use crate::press;
use crate::program::{Served, run};

const FOLDER: &str = "MAILLAGE_TEST_DISK";
/// What the child says when it has seen everything, and when it could not.
const DONE: &str = "seen on a full disk";
const NOT_RUN: &str = "not run:";

/// Documents in all, and room for about half of them, in bytes.
const DOCUMENTS: usize = 700;
const ROOM: u64 = 2 << 20;

/// Ways to a place where mounting is allowed: as root, or as somebody who is root there only.
const WAYS: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];

#[test]
fn a_full_disk_loses_nothing_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut reasons = Vec::new();
    for way in WAYS {
        let mut command = Command::new("unshare");
        command.args(way).arg("--").arg(env::current_exe().unwrap());
        command.args(["--exact", "full_disk::child", "--nocapture", "--test-threads=1"]).env(FOLDER, folder.path());
        let output = match command.output() {
            Ok(output) => output,
            Err(error) => {
                reasons.push(format!("unshare: {error}"));
                continue;
            }
        };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains(DONE) {
            assert!(output.status.success(), "{said}");
            return;
        }
        // The child was never reached, or it could mount nothing.
        let reason = said.lines().find(|line| line.starts_with("unshare: ") || line.starts_with(NOT_RUN));
        reasons.push(reason.unwrap_or_else(|| panic!("{said}")).to_owned());
    }
    // Not by a macro, whose output is kept back of tests that pass.
    let name = "a_full_disk_loses_nothing_and_the_same_command_goes_on";
    writeln!(io::stderr(), "{name} was not run: {}", reasons.join("; ")).unwrap();
}

/// Mounts a small disk; why not.
fn mount(place: &Path) -> Result<(), String> {
    let mut command = Command::new("mount");
    command.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(place);
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

/// Not a test by itself: what is seen on a disk of 8 MB of which most is taken by something else.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let disk = folder.join("disk");
    fs::create_dir_all(&disk).unwrap();
    if let Err(reason) = mount(&disk) {
        eprintln!("{NOT_RUN} {reason}");
        return;
    }
    let desk = Desk::new(&folder, &disk);
    desk.a_store_cannot_be_begun();
    let before = desk.ingest_until_full();
    let before = desk.reading_needs_no_room(before);
    desk.a_server_says_so_and_goes_on(&before);
    desk.the_same_command_goes_on(&before);
    eprintln!("{DONE}");
}

struct Desk {
    archive: Archive,
    press: String,
    disk: PathBuf,
    store: PathBuf,
    data: String,
    secret: String,
}

impl Desk {
    fn new(folder: &Path, disk: &Path) -> Self {
        let (press, store) = (folder.join("press"), disk.join("store"));
        fs::create_dir(&press).unwrap();
        let mut archive = Archive::default();
        // Several batches: what came in before the one that does not fit is there.
        for file in 0..7 {
            let numbers = file * DOCUMENTS / 7..(file + 1) * DOCUMENTS / 7;
            let lines: String = numbers.map(|number| press::line(number) + "\n").collect();
            archive.write(&press.join(format!("{file}.jsonl")), &lines);
        }
        let data = argument(&store);
        let (status, secret, err) = run(&["token", "new", "--data", &data, "ana"]);
        assert_eq!(status, Some(0), "{err}");
        Self {
            archive,
            press: argument(press),
            disk: disk.to_path_buf(),
            store,
            data,
            secret: secret.trim().to_owned(),
        }
    }

    /// Leaves no room at all.
    fn fill(&self) {
        let mut ballast = fs::File::options().append(true).create(true).open(self.disk.join("ballast")).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
    }

    /// Leaves so much room, in bytes.
    fn leave(&self, room: u64) {
        self.fill();
        let ballast = fs::File::options().write(true).open(self.disk.join("ballast")).unwrap();
        let length = ballast.metadata().unwrap().len();
        ballast.set_len(length.saturating_sub(room)).unwrap();
    }

    #[track_caller]
    fn is_refused(&self, arguments: &[&str]) -> String {
        let (status, _, err) = run(&[&arguments[..1], &["--data", &self.data], &arguments[1..]].concat());
        assert_eq!(status, Some(1), "{arguments:?}: {err}");
        assert!(err.contains("no room left to write to ") && err.contains("make room and try again"), "{err}");
        // Said once.
        assert_eq!(err.matches("no room left").count(), 1, "{err}");
        err
    }

    /// Where there is no room for a single page, nothing can be opened, and everything says why.
    fn a_store_cannot_be_begun(&self) {
        self.fill();
        for command in [&["ingest", &self.press][..], &["stats"], &["log"], &["check"], &["decide", "confirmed", "x"]] {
            self.is_refused(command);
        }
        let elsewhere = argument(self.disk.join("elsewhere"));
        let (status, _, err) = run(&["ingest", "--data", &elsewhere, &self.press]);
        assert!(status == Some(1) && err.contains("no room left"), "{err}");
    }

    fn ingest_until_full(&self) -> State {
        self.leave(ROOM);
        let err = self.is_refused(&["ingest", &self.press]);
        let state = self.archive.check(&self.store);
        let count = state.documents.len();
        assert!(count > 0 && count < DOCUMENTS, "{count}");
        assert!(err.contains(&format!("note: {count} documents were added; the same command goes on")), "{err}");
        state
    }

    #[track_caller]
    fn is_as(&self, before: &State) {
        let now = self.archive.check(&self.store);
        assert_eq!(now.log, before.log);
        assert_eq!(now.inputs, before.inputs);
    }

    /// What reads needs no room, what writes much is refused, and what writes little is done or not.
    fn reading_needs_no_room(&self, before: State) -> State {
        self.fill();
        for command in ["stats", "log", "check"] {
            let (status, _, err) = run(&[command, "--data", &self.data]);
            assert_eq!((status, err.as_str()), (Some(0), ""), "{command}");
        }
        self.is_refused(&["ingest", &self.press]);
        let copy = argument(self.disk.join("copy.db"));
        assert_eq!(run(&["backup", "--data", &self.data, &copy]).0, Some(1));
        assert!(!Path::new(&copy).exists(), "half a copy is none");
        self.is_as(&before);
        let (status, out, _) = run(&["decide", "--data", &self.data, "confirmed", "country:SN"]);
        let now = self.archive.check(&self.store);
        assert_eq!(
            (now.log.len() - before.log.len(), out.is_empty()),
            (usize::from(status == Some(0)), status != Some(0))
        );
        now
    }

    /// A server tells whoever writes, answers whoever reads, and writes when there is room.
    fn a_server_says_so_and_goes_on(&self, before: &State) {
        // Room for what the side file has, so that whoever opens the store empties that.
        self.leave(2 * ROOM);
        let served = Served::start(&["--data", &self.data]);
        self.fill();
        let mut client = served.client();
        let first = before.documents.keys().next().unwrap().as_str();
        let withdraw = json!({ "query": WITHDRAW, "variables": { "id": first } });
        let decide =
            json!({ "query": "mutation { decide(verdict: CONFIRMED, entities: [\"organization:iom\"]) { version } }" });
        let ingest = json!({ "query": INGEST, "variables": { "documents": [press::input(9999)] } });
        for mutation in [&withdraw, &decide, &ingest] {
            let refused = ask(&mut client, mutation, &self.secret);
            let error = &refused["errors"][0];
            assert_eq!(error["extensions"]["code"], "STORE_FAILED", "{refused}");
            assert!(error["message"].as_str().unwrap().contains("no room left to write to "), "{refused}");
        }
        let stats = json!({ "query": "{ stats { version documentCount } }" });
        let expected = json!({ "version": before.log.len(), "documentCount": before.documents.len() });
        assert_eq!(ask(&mut client, &stats, &self.secret)["data"]["stats"], expected);
        self.is_as(before);
        drop(served);
        self.fill();
        self.is_refused(&["decide", "confirmed", "organization:iom"]);
        self.is_refused(&["withdraw", first]);
        self.is_refused(&["ingest", &self.press]);

        self.leave(ROOM);
        self.is_as(before);
        let served = Served::start(&["--data", &self.data]);
        let done = ask(&mut served.client(), &withdraw, &self.secret);
        assert_eq!(done["data"]["withdrawDocument"]["version"], before.log.len() + 1, "{done}");
    }

    /// With room, what was read is not read again, and the rest comes.
    fn the_same_command_goes_on(&self, before: &State) {
        self.leave(3 * ROOM);
        let (status, out, err) = run(&["ingest", "--data", &self.data, &self.press]);
        assert_eq!(status, Some(0), "{err}");
        // One was withdrawn meanwhile, and stays out.
        let (there, missing) = (before.documents.len() - 1, DOCUMENTS - before.documents.len());
        assert!(
            out.starts_with(&format!("{missing} added, 0 extracted anew, {there} unchanged, 0 withdrawn")),
            "{out}"
        );
        let state = self.archive.check(&self.store);
        assert_eq!(state.inputs, self.archive.read_whole(&state));
        assert_eq!(state.documents.len(), DOCUMENTS - 1);
        Archive::compare_with_a_clean_start(&self.store, &state);
    }
}

const INGEST: &str = "mutation($documents: [DocumentInput!]!) { ingestDocuments(documents: $documents) { version } }";
const WITHDRAW: &str = "mutation($id: ID!) { withdrawDocument(id: $id) { version } }";

fn ask(client: &mut Client, request: &Value, secret: &str) -> Value {
    let (_, body) = client.ask(&request.to_string(), Some(secret)).unwrap();
    serde_json::from_str(&body).unwrap()
}
