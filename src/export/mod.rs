//! What leaves the program, one format per file: records of documents ([`record()`]), and a graph or a part of it ([`Format`]).
//!
//! `find("graphml")?.write(&content, part, &mut out)` → `<graphml …><node id="country:CA"> …`
//!
//! Everything is written as it is visited, documents and entities by id, relations by the document of their strongest statement and where
//! that stands: the same content gives the same bytes. Neither what is written nor what is looked at stays in memory, where the graph lies
//! in a file; the order of relations does, and what is known of documents besides their texts.
//! Each format says in its own way what it was made from. Another format is a file with its [`Format`] and a line in [`FORMATS`]. Must
//! not choose paths.

mod content;
mod csv;
mod cypher;
mod dot;
mod followthemoney;
mod gexf;
mod graphml;
mod jsonld;
mod parquet;
mod rdf;
mod record;
mod tables;
mod turtle;
mod xml;

use std::io::{self, Write};

pub use content::{Content, fingerprint};
pub use record::record;

/// One file of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// By what it is asked for: `relations`.
    pub name: &'static str,
    /// What it is called in a folder of all parts: `relations.csv`; of a format of one part, its ending.
    pub file: &'static str,
    /// What it is over HTTP.
    pub media_type: &'static str,
}

/// Where a part is written to.
pub type Out<'o> = &'o mut (dyn Write + Send);

/// A way to write a graph.
pub trait Format: Sync {
    /// By what it is asked for: `graphml`.
    fn name(&self) -> &'static str;

    /// What reads it, in a few words.
    fn readers(&self) -> &'static str;

    /// Its files; never none, and the first is the one that matters.
    fn parts(&self) -> &'static [Part];

    /// Writes one of its files.
    ///
    /// # Errors
    /// What is written to fails; nobody waits any more.
    fn write(&self, content: &Content, part: &Part, out: Out<'_>) -> io::Result<()>;
}

/// All formats.
pub static FORMATS: [&dyn Format; 9] = [
    &graphml::GraphMl,
    &gexf::Gexf,
    &csv::Csv,
    &parquet::Parquet,
    &jsonld::JsonLd,
    &turtle::Turtle,
    &followthemoney::FollowTheMoney,
    &cypher::Cypher,
    &dot::Dot,
];

/// The format of that name, in any case.
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name().eq_ignore_ascii_case(name))
}

/// The part of a format with that name.
pub fn find_part(format: &dyn Format, name: &str) -> Option<&'static Part> {
    format.parts().iter().find(|part| part.name.eq_ignore_ascii_case(name))
}

/// The names of all formats, to be told.
pub fn names() -> String {
    FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
}

/// The names of a format's parts, to be told.
pub fn part_names(format: &dyn Format) -> String {
    format.parts().iter().map(|part| part.name).collect::<Vec<_>>().join(", ")
}
