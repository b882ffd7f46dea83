//! The program itself is killed while it takes documents in, withdraws, decides, undoes and serves, at random moments, and goes on over
//! the same store: what it acknowledged is there, nothing is half there, and nothing is there that it was not told to write.
//!
//! Two stores side by side, for two cores. A round is one process; what it may have written follows from what it was told and from how
//! far it said it was.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use maillage::model::{Contribution, DocumentId, Event, Judged, LogEntry, WithdrawalCause};
use maillage::resolve::identify;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::archive::{Archive, State, argument};
use crate::client::Client;
use crate::made_up::Dice;
use crate::press;
use crate::program::{Served, maillage, run, told};

/// How often the program is killed over each store.
const KILLS: u32 = 100;
/// Every so many rounds nothing is killed, to see how long that takes and what is acknowledged at the end.
const WHOLE: u32 = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Ingest,
    Prune,
    Withdraw,
    Decide,
    Undo,
}

/// A store, the files that it is made of, and what is known of both.
struct Desk {
    folder: TempDir,
    archive: Archive,
    state: State,
    dice: Dice,
    /// The number of the next text.
    next: usize,
    secret: String,
    /// How long each command takes.
    times: BTreeMap<Kind, Duration>,
    killed: u32,
    rounds: u32,
}

/// What became of a command.
struct Told {
    killed: bool,
    status: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("press")).unwrap();
        let data = argument(folder.path().join("store"));
        let (status, secret, err) = run(&["token", "new", "--data", &data, "ana"]);
        assert_eq!(status, Some(0), "{err}");
        let (archive, state, dice, times) = (Archive::default(), State::default(), Dice(seed), BTreeMap::new());
        let (secret, next) = (secret.trim().to_owned(), seed as usize * 10_000);
        Self { folder, archive, state, dice, next, secret, times, killed: 0, rounds: 0 }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        (!list.is_empty()).then(|| &list[self.dice.roll(list.len() as u64) as usize])
    }

    /// How long to wait before the next command of this kind is killed; none when it is not.
    fn delay(&mut self, kind: Kind) -> Option<Duration> {
        let usual = *self.times.get(&kind)?;
        // The first half of a command is its start: most must fall behind that.
        let part = 40 + self.dice.roll(55) as u32;
        (!self.rounds.is_multiple_of(WHOLE)).then(|| usual * part / 100)
    }

    /// Runs a command on the store, and perhaps kills it.
    fn command(&mut self, kind: Kind, arguments: &[String]) -> Told {
        let delay = self.delay(kind);
        let data = argument(self.data());
        let mut all: Vec<&str> = vec!["--quiet", "--data", &data];
        all.splice(0..0, arguments.iter().take(1).map(String::as_str));
        all.extend(arguments.iter().skip(1).map(String::as_str));
        let started = Instant::now();
        let mut child = maillage(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if let Some(delay) = delay {
            std::thread::sleep(delay);
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        let killed = output.status.signal() == Some(9);
        if killed {
            self.killed += 1;
        } else {
            self.times.insert(kind, delay.unwrap_or_else(|| started.elapsed()));
        }
        let (status, out, err) = told(&output);
        Told { killed, status, out, err }
    }

    /// What the last command wrote; everything that is there is whole.
    fn news(&mut self) -> (State, Vec<LogEntry>) {
        let now = self.archive.check(&self.data());
        let (before, news) = now.log.split_at(self.state.log.len());
        assert_eq!(before, self.state.log);
        let news = news.to_vec();
        (std::mem::replace(&mut self.state, now), news)
    }

    fn round(&mut self) {
        self.rounds += 1;
        match self.dice.roll(100) {
            _ if self.state.documents.len() < 12 => self.ingest(),
            0..28 => self.ingest(),
            28..40 => self.prune(),
            40..52 => self.withdraw(),
            52..64 => self.decide(),
            64..74 => self.undo(),
            _ => self.serve(),
        }
    }

    /// Files appear, change and go, and the folder is taken in.
    fn ingest(&mut self) {
        let press = self.folder.path().join("press");
        for _ in 0..1 + self.dice.roll(4) {
            let number = self.number();
            // Names anywhere between those that are there.
            self.archive.write(&press.join(format!("{:03}-{number}.txt", number * 7919 % 1000)), &press::text(number));
        }
        let lines: String = (0..1 + self.dice.roll(4)).map(|_| press::line(self.number()) + "\n").collect();
        let number = self.dice.roll(6);
        self.archive.write(&press.join(format!("{number}.jsonl")), &lines);
        let texts: Vec<String> = self.archive.files.keys().filter(|name| name.ends_with(".txt")).cloned().collect();
        let number = self.number();
        if let Some(name) = self.pick(&texts) {
            self.archive.write(Path::new(name), &press::text(number));
        }
        self.shuffle(&texts);
        let prune = self.dice.roll(2) == 0;
        self.take_in(Kind::Ingest, prune);
    }

    /// Files go and move, and nothing new comes.
    fn prune(&mut self) {
        let texts: Vec<String> = self.archive.files.keys().filter(|name| name.ends_with(".txt")).cloned().collect();
        for _ in 0..2 {
            self.shuffle(&texts);
        }
        self.take_in(Kind::Prune, true);
    }

    /// One file goes, one more has what another has, and not more are left than can be read again and again in time.
    fn shuffle(&mut self, texts: &[String]) {
        if let Some(name) = self.pick(texts).map(PathBuf::from).filter(|name| name.exists()) {
            let text = std::fs::read_to_string(&name).unwrap();
            let number = self.number();
            self.archive.write(&name.with_file_name(format!("{:03}-copy-{number}.txt", number * 7919 % 1000)), &text);
        }
        let surplus = texts.len().saturating_sub(30).max(1);
        for name in texts.iter().map(Path::new).filter(|name| name.exists()).take(surplus).collect::<Vec<_>>() {
            self.archive.remove(name);
        }
    }

    /// Takes the folder in. Each file is as it was or as it is, and only what files say comes and goes.
    fn take_in(&mut self, kind: Kind, prune: bool) {
        let mut arguments = vec!["ingest".to_owned(), argument(self.folder.path().join("press"))];
        arguments.extend(prune.then(|| "--prune".to_owned()));
        let told = self.command(kind, &arguments);
        let (before, news) = self.news();
        let (now, all) = (&self.state, self.archive.read_whole(&self.state));
        let none = Default::default();
        for (file, has) in &now.inputs {
            let was = before.inputs.get(file).unwrap_or(&none);
            assert!(has == was || Some(has) == all.get(file), "{file} is neither as it was nor as it is: {has:?}");
        }
        for entry in &news {
            let allowed = match &entry.event {
                Event::Added(id) => all.values().any(|ids| ids.contains(id)),
                Event::Withdrawn(id, WithdrawalCause::Changed) => all.values().all(|ids| !ids.contains(id)),
                Event::Withdrawn(id, WithdrawalCause::Gone) => prune && all.values().all(|ids| !ids.contains(id)),
                _ => false,
            };
            assert!(allowed, "{entry:?}");
        }
        if !told.killed {
            assert_eq!(told.status, Some(0), "{}", told.err);
            let read = |state: &State| {
                let there = |file: &String| prune || self.archive.files.contains_key(file);
                state.inputs.clone().into_iter().filter(|(file, _)| there(file)).collect::<BTreeMap<_, _>>()
            };
            assert_eq!(read(now), all);
            let count = |word: fn(&Event) -> bool| news.iter().filter(|entry| word(&entry.event)).count();
            let (added, gone) = (count(|e| matches!(e, Event::Added(_))), count(|e| matches!(e, Event::Withdrawn(..))));
            let counts = format!("{added} added, 0 extracted anew, ");
            assert!(told.out.starts_with(&counts) && told.out.contains(&format!(" {gone} withdrawn")), "{}", told.out);
        }
    }

    /// Every line that is printed is a promise.
    fn assert_promised(told: &Told, news: &[LogEntry]) {
        assert!(told.killed || told.status == Some(0), "{}", told.err);
        let lines: Vec<&str> = told.out.lines().collect();
        assert!(lines.len() <= news.len(), "{} is not in {news:?}", told.out);
        for (line, entry) in lines.iter().zip(news) {
            let id = match &entry.event {
                Event::Added(id) | Event::Extracted(id) | Event::Withdrawn(id, _) => id.as_str(),
                Event::Decided(decision) => decision.id.as_str(),
                Event::Undone(id) => id.as_str(),
            };
            assert!(
                line.trim_start().starts_with(&entry.version.to_string()) && line.contains(id),
                "{line}: {entry:?}"
            );
        }
    }

    fn withdraw(&mut self) {
        let there: Vec<DocumentId> = self.state.documents.keys().cloned().collect();
        let mut ids: Vec<DocumentId> = Vec::new();
        for _ in 0..4 {
            ids.extend(self.pick(&there).cloned());
        }
        ids.dedup();
        ids.sort();
        ids.dedup();
        let mut arguments = vec!["withdraw".to_owned()];
        arguments.extend(ids.iter().map(ToString::to_string));
        let told = self.command(Kind::Withdraw, &arguments);
        let (_, news) = self.news();
        Self::assert_promised(&told, &news);
        let gone = ids.iter().map(|id| Event::Withdrawn(id.clone(), WithdrawalCause::Request));
        assert!(news.iter().map(|entry| entry.event.clone()).eq(gone.take(news.len())), "{news:?}");
        let printed = told.out.lines().count();
        // What one command takes out goes in one write.
        assert!(news.is_empty() || news.len() == ids.len(), "{news:?}");
        assert!(told.killed || printed == ids.len(), "{printed} printed: {news:?}");
    }

    /// A verdict and the ids that it speaks of; the graph need not have them.
    fn judgement(&mut self, contributions: &[Contribution]) -> (&'static str, Vec<String>) {
        let ids: Vec<Vec<String>> = contributions
            .iter()
            .map(|c| identify(&c.document, &c.annotations).iter().map(ToString::to_string).collect())
            .collect();
        let organizations: Vec<String> =
            ids.iter().flatten().filter(|id| id.starts_with("organization:")).cloned().collect();
        let relation = contributions.iter().zip(&ids).find_map(|(contribution, ids)| {
            let relation = contribution.annotations.relations.first()?;
            let end = |at: usize| maillage::model::EntityId::from_text(ids[at].as_str());
            Judged::Relation(relation.kind, end(relation.subject), end(relation.object)).relation_id()
        });
        match (self.dice.roll(4), organizations.as_slice(), relation) {
            (0, [a, .., b], _) => ("same", vec![a.clone(), b.clone()]),
            (1, [a, .., b], _) => ("different", vec![a.clone(), b.clone()]),
            (2, _, Some(id)) => ("rejected", vec![id.to_string()]),
            (_, [a, ..], _) => ("confirmed", vec![a.clone()]),
            _ => ("confirmed", vec!["organization:iom".to_owned()]),
        }
    }

    fn some_judgement(&mut self) -> (&'static str, Vec<String>) {
        let there: Vec<DocumentId> = self.state.documents.keys().cloned().collect();
        let picked: Vec<DocumentId> = (0..3).filter_map(|_| self.pick(&there).cloned()).collect();
        let picked: Vec<Contribution> = picked.iter().map(|id| self.state.documents[id].clone()).collect();
        self.judgement(&picked)
    }

    fn decide(&mut self) {
        let (verdict, ids) = self.some_judgement();
        let mut arguments = vec!["decide".to_owned(), verdict.to_owned()];
        arguments.extend(ids);
        let told = self.command(Kind::Decide, &arguments);
        let (_, news) = self.news();
        if told.status == Some(1) || told.out.starts_with("it was decided already") {
            // What contradicts a decision in force, or speaks of what was joined or rejected, is refused.
            assert!(news.is_empty() && (told.status != Some(1) || told.err.contains("not decided")), "{}", told.err);
            return;
        }
        Self::assert_promised(&told, &news);
        let fits = |entry: &LogEntry| {
            matches!(&entry.event, Event::Decided(decision)
            if decision.judgement.verdict().as_str().eq_ignore_ascii_case(verdict))
        };
        assert!(news.len() <= 1 && news.iter().all(fits), "{news:?}");
    }

    fn undo(&mut self) {
        let made: Vec<_> = self.state.decisions.iter().map(|decision| decision.id.clone()).collect();
        let Some(id) = self.pick(&made).cloned() else { return self.decide() };
        let told = self.command(Kind::Undo, &["undo".to_owned(), id.to_string()]);
        let (_, news) = self.news();
        Self::assert_promised(&told, &news);
        assert!(news.len() <= 1 && news.iter().all(|entry| entry.event == Event::Undone(id.clone())), "{news:?}");
        assert!(told.killed || news.len() == 1);
    }

    /// A server is killed while one who writes sends it mutation after mutation.
    fn serve(&mut self) {
        let data = argument(self.data());
        let mut served = Served::start(&["--data", &data]);
        let mutations = self.mutations();
        let delay = Duration::from_millis(10 + self.dice.roll(190));
        let (client, secret) = (served.client(), self.secret.clone());
        let answers = std::thread::scope(|scope| {
            let writer = scope.spawn(|| send(client, &secret, &mutations));
            std::thread::sleep(delay);
            served.kill();
            writer.join().unwrap()
        });
        self.killed += 1;
        let (before, news) = self.news();
        let mut events = news.iter().map(|entry| &entry.event).peekable();
        let mut version = before.log.len() as u64;
        for (at, mutation) in mutations.iter().enumerate() {
            // What was under way when it died is there whole or not at all.
            let answer = answers.get(at);
            if answer.is_none() && (at > answers.len() || events.peek().is_none()) {
                break;
            }
            let refused = answer.is_some_and(|answer| answer["version"].is_null());
            let known = answer.is_some_and(|answer| answer["known"] == true);
            let written = if refused || known { Vec::new() } else { mutation.events.clone() };
            for expected in &written {
                let found = events.next();
                let fits = match (expected, found) {
                    (Some(expected), Some(found)) => expected == found,
                    (None, Some(Event::Decided(decision))) => {
                        answer.is_none_or(|answer| answer["decision"]["id"] == decision.id.as_str())
                    }
                    _ => false,
                };
                assert!(fits, "{found:?} where {expected:?} was acknowledged: {answers:?}");
            }
            version += written.len() as u64;
            assert!(refused || answer.is_none_or(|answer| answer["version"] == version), "{version}: {answer:?}");
        }
        assert_eq!(events.next(), None, "nobody sent that");
    }

    /// What will be sent to a server, and what each must write.
    fn mutations(&mut self) -> Vec<Mutation> {
        let mut there: Vec<DocumentId> = self.state.documents.keys().cloned().collect();
        let mut made: Vec<_> = self.state.decisions.iter().map(|decision| decision.id.clone()).collect();
        let mut all = Vec::new();
        for _ in 0..20 {
            let (request, events) = match self.dice.roll(10) {
                0..2 if there.len() > 20 => {
                    let id = there.swap_remove(self.dice.roll(there.len() as u64) as usize);
                    let gone = Event::Withdrawn(id.clone(), WithdrawalCause::Request);
                    (json!({ "query": WITHDRAW, "variables": { "id": id.as_str() } }), vec![Some(gone)])
                }
                2..4 => {
                    let (verdict, ids) = self.some_judgement();
                    let verdict = verdict.to_uppercase();
                    let variables = match ids[0].starts_with("relation:") {
                        true => json!({ "verdict": verdict, "relation": ids[0] }),
                        false => json!({ "verdict": verdict, "entities": ids }),
                    };
                    (json!({ "query": DECIDE, "variables": variables }), vec![None])
                }
                4 if !made.is_empty() => {
                    let id = made.swap_remove(self.dice.roll(made.len() as u64) as usize);
                    let undone = Event::Undone(id.clone());
                    (json!({ "query": UNDO, "variables": { "id": id.as_str() } }), vec![Some(undone)])
                }
                _ => {
                    let numbers: Vec<usize> = (0..1 + self.dice.roll(3)).map(|_| self.number()).collect();
                    let lines: Vec<String> = numbers.iter().map(|number| press::line(*number)).collect();
                    let ids = self.archive.send(lines.iter().map(String::as_str));
                    let documents: Vec<Value> = numbers.iter().map(|number| press::input(*number)).collect();
                    let added = ids.into_iter().map(|id| Some(Event::Added(id))).collect();
                    (json!({ "query": INGEST, "variables": { "documents": documents } }), added)
                }
            };
            all.push(Mutation { request: request.to_string(), events });
        }
        all
    }
}

/// What is sent, and the events that it makes, unless it is refused; none for a decision, whose id holds the moment.
struct Mutation {
    request: String,
    events: Vec<Option<Event>>,
}

const INGEST: &str =
    "mutation($documents: [DocumentInput!]!) { m: ingestDocuments(documents: $documents) { version } }";
const WITHDRAW: &str = "mutation($id: ID!) { m: withdrawDocument(id: $id) { version } }";
const UNDO: &str = "mutation($id: ID!) { m: undoDecision(id: $id) { version } }";
const DECIDE: &str = "mutation($verdict: Verdict!, $entities: [ID!], $relation: ID) {
    m: decide(verdict: $verdict, entities: $entities, relation: $relation) { version known decision { id } } }";

/// Sends one after the other until the server is gone; the answers.
fn send(mut client: Client, secret: &str, mutations: &[Mutation]) -> Vec<Value> {
    let mut answers = Vec::new();
    for mutation in mutations {
        let Ok((status, body)) = client.ask(&mutation.request, Some(secret)) else { break };
        assert_eq!(status, 200, "{body}");
        let mut answer: Value = serde_json::from_str(&body).unwrap();
        let code = &answer["errors"][0]["extensions"]["code"];
        assert!(["NOT_FOUND", "CONFLICT", "BAD_USER_INPUT"].iter().any(|c| code == c) || code.is_null(), "{body}");
        answers.push(answer["data"]["m"].take());
    }
    answers
}

/// Kills until it was killed often enough, then compares what is left with a clean start.
fn work(seed: u64) -> String {
    let mut desk = Desk::new(seed);
    while desk.killed < KILLS {
        desk.round();
    }
    // The same command goes on where the last was killed.
    let (data, press) = (argument(desk.data()), argument(desk.folder.path().join("press")));
    let (status, _, err) = run(&["ingest", "--data", &data, "--prune", &press]);
    assert_eq!(status, Some(0), "{err}");
    let (_, _) = desk.news();
    assert_eq!(desk.state.inputs, desk.archive.read_whole(&desk.state));
    let (status, out, err) = run(&["check", "--data", &data]);
    assert!(status == Some(0) && out.starts_with("sound: "), "{out}{err}");
    Archive::compare_with_a_clean_start(&desk.data(), &desk.state);
    let (entries, documents) = (desk.state.log.len(), desk.state.documents.len());
    format!("{} rounds, {} killed; {entries} entries, {documents} documents at the end", desk.rounds, desk.killed)
}

#[test]
fn the_program_loses_nothing_that_it_acknowledged_when_it_is_killed() {
    let work = |seed| std::thread::spawn(move || work(seed));
    for desk in [work(1), work(2)] {
        eprintln!("{}", desk.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
    }
}
