//! JSON-LD, for RDF stores and for whoever reads JSON: `{"@id": "urn:maillage:country:CA", "@type": ["schema:Country"], …}`
//!
//! Says what [`super::rdf`] says, one thing a line.

use std::io;

use serde_json::{Map, Value, json};

use super::content::Content;
use super::rdf::{Object, PREFIXES, Thing, each};
use super::{Format, Out, Part};

pub(super) struct JsonLd;

const PARTS: [Part; 1] = [Part { name: "graph", file: "jsonld", media_type: "application/ld+json" }];

impl Format for JsonLd {
    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn readers(&self) -> &'static str {
        "RDF stores, rdflib, anything that reads JSON"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        let context: Map<String, Value> = PREFIXES.iter().map(|(p, v)| ((*p).to_owned(), Value::from(*v))).collect();
        write!(out, "{{\"@context\":{},\n\"@graph\":[", Value::Object(context))?;
        let mut first = true;
        each(content, &mut |thing| {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            Ok(serde_json::to_writer(&mut *out, &object(thing))?)
        })?;
        out.write_all(b"\n]}\n")
    }
}

/// A thing as JSON; every property is a list.
fn object(thing: Thing) -> Map<String, Value> {
    let mut object = Map::from_iter([("@id".to_owned(), Value::from(thing.iri))]);
    for (word, value) in thing.properties {
        let (key, value) = match (word.as_str(), value) {
            ("rdf:type", Object::Word(kind)) => ("@type".to_owned(), Value::from(kind)),
            (_, Object::Thing(iri) | Object::Word(iri)) => (word, json!({ "@id": iri })),
            (_, Object::Text(text, None)) => (word, json!({ "@value": text })),
            (_, Object::Text(text, Some(tag))) => (word, json!({ "@value": text, "@language": tag })),
            (_, Object::Typed(text, kind)) => (word, json!({ "@value": text, "@type": kind })),
        };
        if let Value::Array(values) = object.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
            values.push(value);
        }
    }
    object
}
