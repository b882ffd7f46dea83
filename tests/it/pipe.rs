//! Extraction as a stage of a pipe: one line in, one line out, whoever stands beside it.

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::LazyLock;

use maillage::pipe::{LONGEST_LINE_BYTES, extract_lines};
use proptest::prelude::*;
use serde_json::Value;

use crate::guarantees::corpus_documents;
use crate::press;
use crate::program::{maillage, run, told};

/// The answers to lines, through the library.
fn answers(input: Vec<u8>) -> Vec<String> {
    let mut all = Vec::new();
    let mut give = |answers: &[maillage::pipe::Answer]| {
        all.extend(answers.iter().map(|answer| answer.json().to_owned()));
        Ok(true)
    };
    extract_lines(Cursor::new(input), LONGEST_LINE_BYTES, &mut give).expect("readable");
    all
}

/// Lines of which some are documents, with the answer that each has by itself.
static LINES: LazyLock<Vec<(Vec<u8>, Value)>> = LazyLock::new(|| {
    let mut lines: Vec<Vec<u8>> = (0..24).map(|number| press::line(number).into_bytes()).collect();
    let release = |number: usize| serde_json::json!({ "id": number, "text": corpus_documents()[number].text });
    lines.extend((0..2).map(|number| release(number).to_string().into_bytes()));
    // The same again, and lines of which no document can be made.
    lines.push(lines[0].clone());
    lines.extend(
        [
            &b"not json"[..],
            b"{\"id\": \"x\"}",
            b"{\"id\": \"y\", \"text\": \" \"}",
            b"{\"id\":\"z\",\"text\":\"\xff\"}",
        ]
        .map(<[u8]>::to_vec),
    );
    lines.into_iter().map(|line| (line.clone(), placeless(&answers(line)[0]))).collect()
});

/// An answer without the number of its line.
fn placeless(answer: &str) -> Value {
    let mut answer: Value = serde_json::from_str(answer).expect("JSON");
    if let Some(reject) = answer.get_mut("reject") {
        assert!(reject["line"].take().is_u64());
    }
    answer
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Each part is what one worker sees; between lines there may be blank ones, and ends of lines may be of either sort.
    #[test]
    fn any_split_and_order_gives_the_same_answers(
        order in Just((0..LINES.len()).collect::<Vec<_>>()).prop_shuffle(),
        cuts in prop::collection::vec(0..32_usize, 0..5),
        ends in prop::collection::vec(prop::sample::select(vec!["\n", "\r\n", "\n\n", "\n \r\n"]), 40),
    ) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(order.len())).chain([0, order.len()]).collect();
        cuts.sort();
        for part in cuts.windows(2).map(|ends| &order[ends[0]..ends[1]]) {
            let mut input = Vec::new();
            for (at, line) in part.iter().enumerate() {
                input.extend_from_slice(&LINES[*line].0);
                input.extend_from_slice(ends[at % ends.len()].as_bytes());
            }
            let found: Vec<Value> = answers(input).iter().map(|answer| placeless(answer)).collect();
            let expected: Vec<Value> = part.iter().map(|line| LINES[*line].1.clone()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

/// The program as a stage of a pipe, with a driver on both ends.
struct Stage {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Stage {
    fn start(arguments: &[&str]) -> Self {
        let mut command = maillage(&[&["extract", "--pipe", "--quiet"], arguments].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let out = BufReader::new(child.stdout.take().expect("an output"));
        Self { child, out }
    }

    fn write(&mut self, line: &[u8]) {
        let input = self.child.stdin.as_mut().expect("an input");
        input.write_all(line).and_then(|()| input.flush()).expect("it reads");
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"))
    }

    fn end(mut self) -> Option<i32> {
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("an end");
        assert_eq!(rest, "");
        self.child.wait().expect("it ends").code()
    }
}

#[test]
fn a_driver_sees_the_answer_to_a_line_before_it_sends_the_next() {
    let mut stage = Stage::start(&["--threads", "1"]);
    for number in 0..3 {
        stage.write(format!("{}\n", press::line(number)).as_bytes());
        assert_eq!(stage.answer()["source"].as_str(), Some(press::source(number).as_str()));
    }
    assert_eq!(stage.end(), Some(0));
}

#[test]
fn a_bad_line_is_one_reject_and_the_rest_goes_on() {
    let mut stage = Stage::start(&[]);
    let good = format!("{}\n", press::line(1));
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "Un texte. ".repeat(5 << 20));
    let bad: [(&[u8], Option<&str>, &str); 6] = [
        (b"{\"id\": \"a\", \"text\"\n", None, "is no document (EOF while parsing"),
        (b"{\"id\": \"a\"}\n", Some("a"), "missing field `text`"),
        (b"{\"id\": 7, \"text\": \"\"}\n", Some("7"), "is empty"),
        (b"{\"id\": \"a\", \"text\": \"caf\xe9\"}\n", Some("a"), "is not UTF-8 (byte 25 of the line)"),
        (long.as_bytes(), None, "is larger than 16 MiB"),
        (b"\x00\x01\x02\n", None, "is binary"),
    ];
    for (at, (line, source, reason)) in bad.into_iter().enumerate() {
        stage.write(line);
        stage.write(good.as_bytes());
        let answer = stage.answer();
        let reject = &answer["reject"];
        assert_eq!((reject["line"].as_u64(), reject["source"].as_str()), (Some(at as u64 * 2 + 1), source));
        assert!(reject["reason"].as_str().is_some_and(|told| told.contains(reason)), "{answer}");
        assert!(
            reject["id"].as_str().is_some_and(|id| id.starts_with("document:"))
                && answer.as_object().is_some_and(|o| o.len() == 1)
        );
        assert_eq!(stage.answer()["source"].as_str(), Some(press::source(1).as_str()));
    }
    assert_eq!(stage.end(), Some(3));
}

#[test]
fn rejects_go_to_a_file_when_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rejects.jsonl");
    let mut stage = Stage::start(&["--rejects", path.to_str().expect("a path"), "--longest-line", "1"]);
    stage.write(b"no\n");
    stage.write(format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "x".repeat(1 << 20)).as_bytes());
    stage.write(format!("{}\n", press::line(2)).as_bytes());
    assert_eq!(stage.answer()["source"].as_str(), Some(press::source(2).as_str()));
    assert_eq!(stage.end(), Some(3));
    let rejects = std::fs::read_to_string(&path).expect("a file");
    let told: Vec<_> = rejects
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["reject"]["line"].clone())
        .collect();
    assert_eq!(told, [1, 2]);
    let nowhere = folder.path().join("no/where");
    let (status, _, err) = told_of(&["extract", "--pipe", "--rejects", nowhere.to_str().expect("a path")]);
    assert!(status == Some(1) && err.contains("cannot write"), "{err}");
}

fn told_of(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&maillage(arguments).output().expect("it runs"))
}

#[test]
fn a_pipe_without_lines_is_no_error_and_one_with_paths_makes_no_sense() {
    assert_eq!(run(&["extract", "--pipe"]), (Some(0), String::new(), String::new()));
    assert_eq!(run(&["extract", "--pipe", "corpus"]).0, Some(2));
    assert_eq!(run(&["extract", "corpus", "--rejects", "x"]).0, Some(2));
    assert_eq!(run(&["extract", "--pipe", "--threads", "0"]).0, Some(2));
    let (_, alone, _) = run(&["extract", "corpus", "--threads", "1"]);
    assert_eq!(run(&["extract", "corpus"]).1, alone);
}

/// A whole run of long lines would not fit into what the program may have.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_lines() {
    let mut stage = Stage::start(&[]);
    let peak = |stage: &Stage| {
        let status = std::fs::read_to_string(format!("/proc/{}/status", stage.child.id())).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak").to_owned();
        line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") << 10
    };
    stage.write(format!("{}\n", press::line(3)).as_bytes());
    stage.answer();
    let before = peak(&stage);
    let line = format!("{{\"id\": 1, \"txt\": \"{}\"}}\n", "x".repeat(1 << 20)).into_bytes();
    let mut input = stage.child.stdin.take().expect("an input");
    let driver = std::thread::spawn(move || {
        (0..400).for_each(|_| input.write_all(&line).expect("it reads"));
        input
    });
    (0..400).for_each(|_| assert!(stage.answer()["reject"].is_object()));
    stage.child.stdin = Some(driver.join().expect("written"));
    let grown = peak(&stage).saturating_sub(before);
    assert!(grown < 200 << 20, "400 MiB of lines took {} MiB", grown >> 20);
    assert_eq!(stage.end(), Some(3));
}
