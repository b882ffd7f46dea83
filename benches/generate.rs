//! Makes up a graph in which a few entities have most relations, as data files: the same bytes for the same size on every machine.
//!
//! `cargo run --release --example generate -- S /tmp/s` → `/tmp/s/nodes.jsonl` with 10,000 entities, `/tmp/s/edges.jsonl` with 100,000
//! relations; `M` has ten times as many of both, `L` a hundred times; `-- 500 2000 /tmp/x` has as many as are asked for
//!
//! Nothing but whole numbers is computed, so that no machine rounds otherwise than another.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Kinds with how many of a thousand entities are of one.
const KINDS: [(&str, u64); 6] =
    [("ORGANIZATION", 340), ("PERSON", 300), ("PROJECT", 200), ("EVENT", 80), ("PUBLICATION", 50), ("PLACE", 30)];

/// Kinds of relations with their ends, and how many of a thousand relations are of one.
const RELATIONS: [(&str, &str, &str, u64); 9] = [
    ("FUNDS", "ORGANIZATION", "PROJECT", 220),
    ("IMPLEMENTS", "ORGANIZATION", "PROJECT", 180),
    ("WORKS_FOR", "PERSON", "ORGANIZATION", 170),
    ("PARTNERS_WITH", "ORGANIZATION", "ORGANIZATION", 120),
    ("PARTICIPATES_IN", "PERSON", "EVENT", 90),
    ("OPERATES_IN", "PROJECT", "PLACE", 80),
    ("PUBLISHES", "ORGANIZATION", "PUBLICATION", 60),
    ("HELD_IN", "EVENT", "PLACE", 40),
    ("PART_OF", "PROJECT", "PROJECT", 40),
];

const GIVEN: [&str; 24] = [
    "Aïssatou",
    "Zoé",
    "Éloïse",
    "François",
    "Mbaye",
    "Ousmane",
    "Jérôme",
    "Noël",
    "María",
    "José",
    "Íñigo",
    "Lucía",
    "Ángel",
    "Begoña",
    "Sofía",
    "Nicolás",
    "Grace",
    "Siân",
    "Zoë",
    "Chloë",
    "Tobias",
    "Hannah",
    "Oluwaseun",
    "Renée",
];
const FAMILY: [&str; 24] = [
    "Ndoumbaye",
    "Lefèvre",
    "Châtelain",
    "Kaboré",
    "Traoré-Béyé",
    "Guéye",
    "Crèvecœur",
    "d’Almeida",
    "Peñaranda",
    "Iñárritu",
    "Zúñiga",
    "Echeverría",
    "Quiñones",
    "Bolaños",
    "Ybarra",
    "Güemes",
    "Ashworth",
    "O’Dowd",
    "Thackeray",
    "Brontë",
    "Okonkwo-Reid",
    "Fairweather",
    "Llewellyn",
    "Penhaligon",
];
const HEADS: [[&str; 8]; 6] = [
    ["Réseau", "Fondation", "Association", "Alliance", "Foundation", "Trust", "Fundación", "Asociación"],
    [""; 8],
    ["Projet", "Programme", "Initiative", "Project", "Programa", "Proyecto", "Action", "Scheme"],
    ["Atelier", "Colloque", "Forum", "Workshop", "Conference", "Taller", "Jornada", "Congreso"],
    ["Rapport", "Guide", "Étude", "Report", "Handbook", "Informe", "Manual", "Estudio"],
    ["Port", "Vallée", "Hameau", "Harbour", "Hollow", "Puerto", "Valle", "Cañada"],
];
const THEMES: [&str; 24] = [
    "de l’eau",
    "des forêts",
    "de la pêche côtière",
    "des métiers d’été",
    "du théâtre",
    "des abeilles",
    "of the Tides",
    "for Rural Light",
    "of Open Letters",
    "for Young Weavers",
    "of the Moor",
    "for Safe Harbours",
    "del río",
    "de los niños",
    "para mañana",
    "de la montaña",
    "del café",
    "de la música",
    "de l’œuvre",
    "des dunes",
    "of Clay",
    "for Night Trains",
    "de la niebla",
    "del otoño",
];

/// Numbers that look random, the same from the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides.max(1)
    }

    /// One of so many, of which the first come up far more often than the last: the square of a roll. How many have how many relations
    /// then falls with the third power, as where whoever joins a network joins those who are known.
    fn skewed(&mut self, count: u64) -> u64 {
        const SCALE: u64 = 1 << 20;
        let roll = self.roll(SCALE);
        count * (roll * roll / SCALE) / SCALE
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.roll(from.len() as u64) as usize]
    }

    /// The first whose share of a thousand is rolled.
    fn share<T: Copy>(&mut self, of: &[T], share: impl Fn(&T) -> u64) -> T {
        let mut left = self.roll(of.iter().map(&share).sum());
        for item in of {
            match left.checked_sub(share(item)) {
                None => return *item,
                Some(rest) => left = rest,
            }
        }
        of[0]
    }
}

#[allow(dead_code, reason = "the tests make graphs without it")]
fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (entities, relations, folder) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["S", folder] => (10_000, 100_000, folder),
        ["M", folder] => (100_000, 1_000_000, folder),
        ["L", folder] => (1_000_000, 10_000_000, folder),
        [entities, relations, folder] => (number(entities)?, number(relations)?, folder),
        _ => {
            return Err(io::Error::other(
                "say how large and where: generate S|M|L FOLDER, or ENTITIES RELATIONS FOLDER",
            ));
        }
    };
    fs::create_dir_all(folder)?;
    generate(entities, relations, Path::new(folder))
}

/// Writes the two files into a folder.
pub(crate) fn generate(entities: u64, relations: u64, folder: &Path) -> io::Result<()> {
    let mut dice = Dice(0x6d61_696c_6c61_6765);
    let open = |name: &str| File::create(folder.join(name)).map(|file| BufWriter::with_capacity(1 << 20, file));
    let mut of_kind: Vec<Vec<u64>> = vec![Vec::new(); KINDS.len()];
    let mut nodes = open("nodes.jsonl")?;
    for entity in 0..entities {
        // The first few are one of each kind, so that every relation finds its ends in the smallest graph.
        let first = KINDS.get(entity as usize / 2).copied();
        let (kind, _) = first.unwrap_or_else(|| dice.share(&KINDS, |(_, share)| *share));
        let at = KINDS.iter().position(|(known, _)| *known == kind).unwrap_or_default();
        of_kind[at].push(entity);
        let name = name(&mut dice, at);
        let aliases = match dice.roll(4) {
            0 => format!("[\"{}\"]", initials(&name, entity)),
            _ => "[]".to_owned(),
        };
        writeln!(nodes, r#"{{"id":"e{entity}","kind":"{kind}","name":"{name}","aliases":{aliases}}}"#)?;
    }
    nodes.flush()?;
    let mut edges = open("edges.jsonl")?;
    for relation in 0..relations {
        let (kind, from, to, _) = dice.share(&RELATIONS, |(.., share)| *share);
        let find = |dice: &mut Dice, kind: &str| {
            let at = KINDS.iter().position(|(known, _)| *known == kind).unwrap_or_default();
            of_kind[at][dice.skewed(of_kind[at].len() as u64) as usize]
        };
        let (source, mut target) = (find(&mut dice, from), find(&mut dice, to));
        while source == target {
            target = find(&mut dice, to);
        }
        let year = 2000 + dice.roll(27);
        let documents: Vec<String> =
            (0..1 + dice.roll(3)).map(|_| format!("\"doc-{}\"", dice.roll(relations / 4 + 1))).collect();
        let documents = documents.join(",");
        writeln!(
            edges,
            r#"{{"id":"r{relation}","kind":"{kind}","source":"e{source}","target":"e{target}","year":{year},"documents":[{documents}]}}"#
        )?;
    }
    edges.flush()
}

#[allow(dead_code, reason = "the tests make graphs without it")]
fn number(text: &str) -> io::Result<u64> {
    let number: u64 = text.parse().map_err(io::Error::other)?;
    if number < 12 { Err(io::Error::other("twelve at least: two of each kind")) } else { Ok(number) }
}

fn name(dice: &mut Dice, kind: usize) -> String {
    match kind {
        1 => format!("{} {} {}", dice.pick(&GIVEN), dice.pick(&FAMILY), dice.pick(&FAMILY)),
        _ => {
            let (head, theme, of) = (dice.pick(&HEADS[kind]), dice.pick(&THEMES), dice.pick(&FAMILY));
            format!("{head} {theme} {of} {}", dice.roll(10_000))
        }
    }
}

/// An acronym that nothing else has.
fn initials(name: &str, entity: u64) -> String {
    let letters: String = name.split([' ', '’', '-']).filter_map(|word| word.chars().next()).collect();
    format!("{}{entity}", letters.to_uppercase())
}
