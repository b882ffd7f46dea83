//! A run: servers are started, their answers compared, and then they are measured in turn, in rounds.
//!
//! `load run data/M results.json --rounds 3 --seconds 0.5 --server 'maillage 8931 …' --server 'networkx 8932 …'`
//!
//! Each round measures every question on every server before the next begins, so that what disturbs the machine disturbs all of them; what counts
//! is the median of the rounds. A question that takes longer than [`SLOW`] is asked on one connection only, a few times.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::task::LocalSet;

use crate::Outcome;
use crate::answer::{data, difference};
use crate::client::{Ask, Asks, Connection};
use crate::load::{Done, closed, open, quantile};
use crate::server::{Server, machine_time};

/// A question that takes longer is measured one request after the other.
const SLOW: Duration = Duration::from_millis(50);
/// How many pages a list is followed for.
const PAGES: usize = 20;
/// What a connection pool may be for requests that are due by the clock.
const CONNECTIONS: usize = 64;
/// The share of what a server can do at which its times are measured.
const LOAD: f64 = 0.5;
/// The most requests a second, so that the asking takes no noticeable part of the machine.
const RATE_MAX: f64 = 1000.0;
/// What heavy work is, when light work is measured beside it.
const HEAVY: [&str; 3] = ["path", "partners", "facets"];
/// On how many of the connections there is heavy work.
const HEAVY_CONNECTIONS: usize = 8;

/// What is said on the command line.
#[derive(Default)]
struct Settings<'a> {
    size: &'a str,
    rounds: usize,
    time: Duration,
    /// What makes a server's data.
    before: Vec<&'a str>,
    /// What opens it for the first time, and may keep what makes the next time faster.
    first: Vec<&'a str>,
    servers: Vec<&'a str>,
}

/// What was measured of a question on a server, a number a round.
#[derive(Default)]
struct Cell {
    bytes: usize,
    slow: bool,
    numbers: HashMap<&'static str, Vec<f64>>,
    /// All times at the steady rate, for what is rare.
    times: Vec<Duration>,
}

/// Runs everything and writes the results as JSON.
pub fn run(folder: &Path, results: &Path, arguments: &[&str]) -> Outcome<()> {
    let mut settings = Settings { rounds: 3, time: Duration::from_millis(500), ..Settings::default() };
    for pair in arguments.chunks(2) {
        match pair {
            ["--size", size] => settings.size = size,
            ["--rounds", rounds] => settings.rounds = rounds.parse()?,
            ["--seconds", seconds] => settings.time = Duration::from_secs_f64(seconds.parse()?),
            ["--before", command] => settings.before.push(command),
            ["--first", command] => settings.first.push(command),
            ["--server", described] => settings.servers.push(described),
            _ => return Err(format!("what is meant by {pair:?}?").into()),
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(folder, results, &settings))
}

async fn measure(folder: &Path, results: &Path, settings: &Settings<'_>) -> Outcome<()> {
    let imported = timed("imports", &settings.before)?;
    let first = timed("opens for the first time", &settings.first)?;
    let mut servers = Vec::new();
    for described in &settings.servers {
        let name = described.split(' ').next().unwrap_or_default();
        let server = Server::start(described, &folder.join(format!("{name}.log"))).await?;
        println!("{}: open in {:.1?}, {} MB", server.name, server.opened_in, server.opened_bytes >> 20);
        servers.push(server);
    }
    let (questions, asks, missing) = compare(folder, &servers).await?;
    let mut cells: HashMap<(String, usize), Cell> = HashMap::new();
    let (mut others, mut loads) = (Vec::new(), Vec::new());
    for round in 1..=settings.rounds {
        loads.push(std::fs::read_to_string("/proc/loadavg")?.split(' ').next().and_then(|n| n.parse::<f64>().ok()));
        let (began, busy) = (Instant::now(), ours_and_all(&servers)?);
        for question in &questions {
            for (at, server) in servers.iter().enumerate() {
                let Some((asks, slow)) = asks.get(&(question.clone(), at)) else { continue };
                let cell = cells.entry((question.clone(), at)).or_default();
                (cell.bytes, cell.slow) = (asks.iter().map(|ask| ask.answer_bytes).sum::<usize>() / asks.len(), *slow);
                one(server, asks, settings.time, cell).await?;
            }
        }
        let (took, after) = (began.elapsed(), ours_and_all(&servers)?);
        let foreign = (after.1 - busy.1).saturating_sub(after.0 - busy.0);
        others.push(foreign.as_secs_f64() / took.as_secs_f64());
        println!("round {round} of {}: {took:.0?}", settings.rounds);
    }
    let mut mixed = Vec::new();
    for (at, server) in servers.iter().enumerate() {
        mixed.extend(beside(server, at, &asks, settings.time * 4).await?);
    }
    let described = servers.iter().map(|server| {
        Ok(json!({
            "name": server.name, "import_s": imported.get(server.name.as_str()),
            "first_s": first.get(server.name.as_str()),
            "open_s": server.opened_in.as_secs_f64(), "open_cpu_s": server.opened_with.as_secs_f64(),
            "open_mb": server.opened_bytes >> 20, "end_mb": server.memory("VmRSS")? >> 20,
            "most_mb": server.memory("VmHWM")? >> 20,
        }))
    });
    let described: Outcome<Vec<Value>> = described.collect();
    let cells: Vec<Value> =
        cells.iter().map(|((question, at), cell)| written(question, &servers[*at].name, cell)).collect();
    let lines = |name: &str| Ok::<_, std::io::Error>(std::fs::read_to_string(folder.join(name))?.lines().count());
    let all = json!({
        "size": settings.size, "entities": lines("entities.jsonl")?, "relations": lines("relations.jsonl")?,
        "rounds": settings.rounds, "seconds": settings.time.as_secs_f64(),
        "cores": std::thread::available_parallelism()?.get(), "loads": loads, "others": median(&others),
        "servers": described?, "cells": cells, "missing": missing, "mixed": mixed,
    });
    Ok(std::fs::write(results, serde_json::to_string_pretty(&all)?)?)
}

/// Runs commands, each behind the name of a server, and says how many seconds they took.
fn timed<'a>(does: &str, commands: &[&'a str]) -> Outcome<HashMap<&'a str, f64>> {
    let mut took = HashMap::new();
    for command in commands {
        let (name, command) = command.split_once(' ').ok_or("not a name and a command")?;
        println!("{name}: {does}");
        let began = Instant::now();
        if !Command::new("sh").args(["-c", command]).stdout(Stdio::null()).status()?.success() {
            return Err(format!("{name}: this failed: {command}").into());
        }
        took.insert(name, began.elapsed().as_secs_f64());
    }
    Ok(took)
}

/// The processor time of the servers and this program, and of everything.
fn ours_and_all(servers: &[Server]) -> Outcome<(Duration, Duration)> {
    let (all, mut ours) = machine_time()?;
    for server in servers {
        ours += server.processor_time()?;
    }
    Ok((ours, all))
}

type AllAsks = HashMap<(String, usize), (Asks, bool)>;

/// Asks every server everything, compares with what the first one answers, and keeps what is asked with the lengths of answers.
async fn compare(folder: &Path, servers: &[Server]) -> Outcome<(Vec<String>, AllAsks, Vec<Value>)> {
    let questions: Value = serde_json::from_slice(&std::fs::read(folder.join("questions.json"))?)?;
    let (mut names, mut asks, mut missing) = (Vec::new(), HashMap::new(), Vec::new());
    for question in questions.as_array().ok_or("questions.json is no list")? {
        let name = question["name"].as_str().unwrap_or_default().to_owned();
        let mut reference: Vec<Value> = Vec::new();
        for (at, server) in servers.iter().enumerate() {
            let mut connection = Connection::open(server.port).await?;
            let (mut answered, began) = (Vec::new(), Instant::now());
            let mut variables = question["variables"].as_array().cloned().unwrap_or_default();
            let mut number = 0;
            while let Some(given) = variables.get(number).cloned() {
                let body = Bytes::from(
                    json!({ "query": question["query"], "operationName": null, "variables": given }).to_string(),
                );
                let (_, answer) = connection.ask(body.clone()).await?;
                let found = match data(&answer) {
                    Ok(found) => found,
                    Err(errors) if errors.to_string().contains("NOT_OFFERED") => {
                        println!("{}: {name} is not offered: {errors}", server.name);
                        missing.push(json!({ "server": server.name, "question": name, "why": errors.to_string() }));
                        break;
                    }
                    Err(errors) => return Err(format!("{}: {name} {given}: {errors}", server.name).into()),
                };
                if name == "page" && variables.len() < PAGES {
                    variables.push(json!({ "after": found["relations"]["pageInfo"]["endCursor"] }));
                }
                if at == 0 {
                    reference.push(found);
                } else if let Some(difference) = difference(&reference[number], &found) {
                    let (first, second) = (&servers[0].name, &server.name);
                    return Err(format!("{first} and {second} differ on {name} {given}: {difference}").into());
                }
                answered.push(Ask { body, answer_bytes: answer.len() });
                number += 1;
            }
            if !answered.is_empty() {
                let slow = began.elapsed() / answered.len() as u32 > SLOW;
                asks.insert((name.clone(), at), (answered.into(), slow));
            }
        }
        names.push(name);
    }
    println!("all servers answer the same");
    Ok((names, asks, missing))
}

/// Measures a question on a server once more.
async fn one(server: &Server, asks: &Asks, time: Duration, cell: &mut Cell) -> Outcome<()> {
    let mut keep = |name, number: f64| cell.numbers.entry(name).or_default().push(number);
    let before = server.processor_time()?;
    let alone = closed(server.port, 1, asks, time).await?;
    keep("c1", alone.rate());
    if cell.slow {
        let spent = server.processor_time()? - before;
        keep("cpu_us", spent.as_secs_f64() * 1e6 / alone.requests as f64);
        keep("p50_us", 1e6 / alone.rate());
        return Ok(());
    }
    let before = server.processor_time()?;
    let few = closed(server.port, 8, asks, time).await?;
    let spent = server.processor_time()? - before;
    keep("c8", few.rate());
    keep("cpu_us", spent.as_secs_f64() * 1e6 / few.requests as f64);
    keep("c64", closed(server.port, 64, asks, time).await?.rate());
    let rate = (few.rate() * LOAD).min(RATE_MAX);
    let times = open(server.port, CONNECTIONS, asks, rate, time * 2).await?;
    keep("rate", rate);
    keep("p50_us", quantile(&times, 500).as_secs_f64() * 1e6);
    keep("p99_us", quantile(&times, 990).as_secs_f64() * 1e6);
    cell.times.extend(times);
    Ok(())
}

/// Light work by itself, and beside heavy work on other connections: what the heavy work does to its times.
async fn beside(server: &Server, at: usize, asks: &AllAsks, time: Duration) -> Outcome<Option<Value>> {
    let Some((light, _)) = asks.get(&("lookup".to_owned(), at)) else { return Ok(None) };
    let heavy: Vec<_> = HEAVY.iter().filter_map(|name| asks.get(&((*name).to_owned(), at))).collect();
    if heavy.len() < HEAVY.len() {
        return Ok(None);
    }
    // The questions in turn, as each has as many.
    let count = heavy.iter().map(|(asks, _)| asks.len()).min().unwrap_or(0);
    let heavy: Asks = (0..count).flat_map(|number| heavy.iter().map(move |(asks, _)| asks[number].clone())).collect();
    let rate = (closed(server.port, 8, light, time / 8).await?.rate() * 0.1).min(200.0);
    let connections = CONNECTIONS - HEAVY_CONNECTIONS;
    let idle = open(server.port, connections, light, rate, time).await?;
    let (busy, work) = tokio::join!(
        open(server.port, connections, light, rate, time),
        closed(server.port, HEAVY_CONNECTIONS, &heavy, time)
    );
    let (busy, work): (Vec<Duration>, Done) = (busy?, work?);
    let micros = |times: &[Duration], per_mille: usize| quantile(times, per_mille).as_secs_f64() * 1e6;
    Ok(Some(json!({
        "server": server.name, "rate": rate, "heavy": work.rate(),
        "idle_p50_us": micros(&idle, 500), "idle_p99_us": micros(&idle, 990),
        "busy_p50_us": micros(&busy, 500), "busy_p99_us": micros(&busy, 990),
    })))
}

fn written(question: &str, server: &str, cell: &Cell) -> Value {
    let mut written = json!({ "question": question, "server": server, "bytes": cell.bytes, "slow": cell.slow });
    for (name, numbers) in &cell.numbers {
        written[*name] = json!(median(numbers));
    }
    // Of fewer requests, the slowest of a thousand would be the slowest of all.
    if cell.times.len() >= 1000 {
        let mut times = cell.times.clone();
        times.sort_unstable();
        written["p999_us"] = json!(quantile(&times, 999).as_secs_f64() * 1e6);
    }
    written["samples"] = json!(cell.times.len());
    written
}

/// The middle one, or of an even number the higher of the two.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
