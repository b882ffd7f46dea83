//! From the files that the program imports, what its peers read: the same graph, with the ids and in the order of the program's answers.
//!
//! `{"kind":"FUNDS","source":"e492", …}` → `{"id":"relation:funds-00055f…","kind":"FUNDS","subject":"organization:nodes.e492", …}`
//!
//! Lines that say the same are one relation, a symmetric one has the smaller id first, and relations come by kind and id, as the program lists
//! them. Peers keep that order in their own lists and so need not sort what they are asked for.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::question::questions;

/// Kinds of relations, in the program's order.
const KINDS: [&str; 9] = [
    "FUNDS",
    "IMPLEMENTS",
    "PARTICIPATES_IN",
    "PARTNERS_WITH",
    "PUBLISHES",
    "HELD_IN",
    "OPERATES_IN",
    "PART_OF",
    "WORKS_FOR",
];
const SYMMETRIC: &str = "PARTNERS_WITH";
/// The name of the file of entities, which is the namespace of its ids.
const NAMESPACE: &str = "nodes";

/// An entity as peers read it.
pub struct Entity {
    /// Its id in the program.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    aliases: Value,
    mentions: u32,
}

/// A relation between two entities by their places.
pub struct Relation {
    /// What it says, by its place in [`KINDS`].
    kind: u8,
    digest: u64,
    /// Who.
    pub subject: u32,
    /// What.
    pub object: u32,
}

impl Relation {
    /// What it says.
    pub fn kind(&self) -> &'static str {
        KINDS[self.kind as usize]
    }
}

/// Writes `entities.jsonl`, `relations.jsonl` and `questions.json` beside the files of a graph.
pub fn prepare(data: &Path) -> Outcome<()> {
    let (mut entities, mut places) = (Vec::new(), HashMap::new());
    for line in BufReader::new(File::open(data.join("nodes.jsonl"))?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let (source, kind) = (text(&line, "id")?, text(&line, "kind")?);
        places.insert(source.to_owned(), entities.len() as u32);
        let id = format!("{}:{NAMESPACE}.{source}", kind.to_lowercase());
        let (kind, name) = (kind.to_owned(), text(&line, "name")?.to_owned());
        entities.push(Entity { id, kind, name, aliases: line["aliases"].clone(), mentions: 1 });
    }
    let mut relations = Vec::new();
    for line in BufReader::new(File::open(data.join("edges.jsonl"))?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let kind = text(&line, "kind")?;
        let at = KINDS.iter().position(|known| *known == kind).ok_or_else(|| format!("an unknown kind: {kind}"))?;
        let find = |key| Ok::<_, Box<dyn std::error::Error>>(*places.get(text(&line, key)?).ok_or("an unknown end")?);
        let (mut subject, mut object) = (find("source")?, find("target")?);
        entities[subject as usize].mentions += 1;
        entities[object as usize].mentions += 1;
        if kind == SYMMETRIC && entities[object as usize].id < entities[subject as usize].id {
            (subject, object) = (object, subject);
        }
        let digest = digest(&entities[subject as usize].id, &entities[object as usize].id);
        relations.push(Relation { kind: at as u8, digest, subject, object });
    }
    // As the program lists what is around an entity: by kind, then by the other end.
    let id = |entity: u32| entities[entity as usize].id.as_str();
    relations.sort_unstable_by_key(|relation| (relation.kind, id(relation.subject), id(relation.object)));
    relations.dedup_by_key(|relation| (relation.kind, relation.digest));
    write(data, &entities, &relations)?;
    let asked = serde_json::to_string_pretty(&questions(&entities, &relations)?)?;
    std::fs::write(data.join("questions.json"), asked)?;
    println!("{} entities, {} relations", entities.len(), relations.len());
    Ok(())
}

fn write(data: &Path, entities: &[Entity], relations: &[Relation]) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(data.join("entities.jsonl"))?);
    for Entity { id, kind, name, aliases, mentions } in entities {
        let line = json!({ "id": id, "kind": kind, "name": name, "aliases": aliases, "mentions": mentions });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    let mut file = BufWriter::new(File::create(data.join("relations.jsonl"))?);
    for relation in relations {
        let (kind, digest) = (relation.kind(), relation.digest);
        let id = format!("relation:{}-{digest:016x}", kind.to_lowercase().replace('_', "-"));
        let (subject, object) = (&entities[relation.subject as usize].id, &entities[relation.object as usize].id);
        writeln!(file, "{}", json!({ "id": id, "kind": kind, "subject": subject, "object": object }))?;
    }
    Ok(file.flush()?)
}

/// As the program makes the ids of relations.
fn digest(subject: &str, object: &str) -> u64 {
    let hash = Sha256::new().chain_update(subject).chain_update(b"\0").chain_update(object).finalize();
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn text<'v>(line: &'v Value, key: &str) -> Outcome<&'v str> {
    line[key].as_str().ok_or_else(|| format!("a line without {key}: {line}").into())
}
