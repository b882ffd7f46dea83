//! Ctrl-C while many documents are taken in: what is under way is finished and written, nothing is half there, and the same command goes
//! on with what is left.
//!
//! Documents come from one folder, then from standard input, then from another folder: whoever holds back the input holds the program
//! in the middle of its work, however fast it is.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Stdio};

use maillage::store::{SqliteStore, Store};
use tempfile::TempDir;

use crate::archive::{Archive, State};
use crate::program::{maillage, run, signal};

/// In each folder: more than one batch.
const FILES: usize = 300;
/// In the order of their names; `-` is standard input.
const PLACES: [&str; 3] = ["%first", "-", "last"];

/// Two folders of files that are in a store and have other content by now, and lines that are not there yet.
struct Desk {
    folder: TempDir,
    archive: Archive,
    before: State,
    lines: String,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            folder: tempfile::tempdir().unwrap(),
            archive: Archive::default(),
            before: State::default(),
            lines: (0..FILES).map(|id| format!("{{\"id\": {id}, \"text\": \"Le Mali aide l’UNICEF.\"}}\n")).collect(),
        };
        desk.write("Le Canada finance l’OIM");
        let (folder, data) = (desk.folder.path(), desk.data());
        let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let (status, out, err) =
            run(&["ingest", "--data", &data.to_string_lossy(), &place(PLACES[0]), &place(PLACES[2])]);
        assert_eq!((status, err.as_str()), (Some(0), ""));
        assert!(out.starts_with("600 added, 0 extracted anew, 0 unchanged, 0 withdrawn in "), "{out}");
        desk.before = desk.archive.check(&desk.data());
        assert_eq!(desk.before.inputs, desk.archive.files);
        desk.write("Le Japon soutient le HCR");
        desk
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn write(&mut self, said: &str) {
        self.archive.send(self.lines.lines());
        for name in [PLACES[0], PLACES[2]] {
            let folder = self.folder.path().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            for number in 0..FILES {
                self.archive.write(&folder.join(format!("{number}.txt")), &format!("{said} au {name} {number}."));
            }
        }
    }

    /// Takes everything in; what comes over standard input is for the caller to say.
    fn start(&self) -> (Child, BufReader<ChildStderr>) {
        let mut command = maillage(&[&["ingest", "--data", "store"], &PLACES[..]].concat());
        command.current_dir(self.folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        (child, said)
    }

    /// The same, told to stop when its first batch is written and its input does not come.
    fn stopping(&self) -> (Child, BufReader<ChildStderr>) {
        let (child, mut said) = self.start();
        let head = || SqliteStore::open_read_only(&self.data()).unwrap().head().unwrap();
        while head() == self.before.log.len() as u64 {
            std::thread::yield_now();
        }
        signal(&child, "-INT");
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert_eq!(line, "stopping: what is under way is finished first; once more to stop at once\n");
        (child, said)
    }

    /// How many files are as they are now, and how many documents more are there; the other files are as they were.
    fn done(&self) -> (usize, usize) {
        let now = self.archive.check(&self.data());
        assert_eq!(now.inputs.len(), 2 * FILES);
        let is = |file: &String| now.inputs[file] == self.archive.files[file];
        let was = |file: &String| now.inputs[file] == self.before.inputs[file];
        for file in now.inputs.keys() {
            assert!(is(file) || was(file), "{file} is neither as it was nor as it is: {:?}", now.inputs[file]);
        }
        (now.inputs.keys().filter(|file| is(file)).count(), now.documents.len() - 2 * FILES)
    }

    /// The same command does what is left, and nothing else.
    fn goes_on(&self, (files, more): (usize, usize)) {
        let (mut child, mut said) = self.start();
        child.stdin.take().unwrap().write_all(self.lines.as_bytes()).unwrap();
        let (status, out, err) = end(child, &mut said);
        assert_eq!((status, err.as_str()), (Some(0), ""));
        let (left, there) = (2 * FILES - files, files + more);
        let counts = format!("{} added, 0 extracted anew, {there} unchanged, {left} withdrawn", 3 * FILES - there);
        assert!(out.starts_with(&counts), "{counts}: {out}");
        let state = self.archive.check(&self.data());
        assert_eq!((&state.inputs, state.documents.len()), (&self.archive.files, 3 * FILES));
        Archive::compare_with_a_clean_start(&self.data(), &state);
    }
}

/// The status of a process that ends by itself, and what else it said.
fn end(child: Child, said: &mut impl Read) -> (Option<i32>, String, String) {
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), rest)
}

#[test]
fn what_is_under_way_is_finished_and_the_same_command_goes_on() {
    let desk = Desk::new();
    let (mut child, mut said) = desk.stopping();
    // When it was told in the middle of the second batch, that is 44 files and 212 of these; then it stops reading.
    let mut input = child.stdin.take().unwrap();
    let _ = input.write_all(desk.lines.as_bytes());
    let (status, out, rest) = end(child, &mut said);
    // Nothing of a progress bar either, since nobody sits there.
    assert_eq!((status, rest.as_str()), (Some(130), ""), "{out}");
    let (files, more) = desk.done();
    assert!([(256, 0), (300, 212)].contains(&(files, more)), "whole batches: {files} files, {more} more");
    let counts = format!("{} added, 0 extracted anew, 0 unchanged, {files} withdrawn in ", files + more);
    assert!(out.starts_with(&counts), "{counts}: {out}");
    assert!(out.ends_with(" s; interrupted: the same command goes on from here\n"), "{out}");
    desk.goes_on((files, more));
}

#[test]
fn whoever_asks_twice_need_not_wait_and_loses_nothing_either() {
    let desk = Desk::new();
    let (child, mut said) = desk.stopping();
    signal(&child, "-INT");
    // Though nothing came over its input.
    let (status, out, rest) = end(child, &mut said);
    assert_eq!((status, rest.as_str()), (Some(130), ""), "{out}");
    assert_eq!(desk.done(), (256, 0));
    desk.goes_on((256, 0));
}
