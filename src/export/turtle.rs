//! Turtle, for RDF stores: `<urn:maillage:country:CA> a schema:Country ; schema:name "Canada" .`
//!
//! Says what [`super::rdf`] says.

use std::io;

use oxrdf::{LiteralRef, NamedNodeRef, TermRef, TripleRef};
use oxttl::TurtleSerializer;

use super::content::Content;
use super::rdf::{Object, PREFIXES, each, expanded};
use super::{Format, Out, Part};

pub(super) struct Turtle;

const PARTS: [Part; 1] = [Part { name: "graph", file: "ttl", media_type: "text/turtle; charset=utf-8" }];

impl Format for Turtle {
    fn name(&self) -> &'static str {
        "turtle"
    }

    fn readers(&self) -> &'static str {
        "Oxigraph, Jena, GraphDB, rdflib"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, vocabulary) in PREFIXES {
            serializer = serializer.with_prefix(prefix, vocabulary).map_err(io::Error::other)?;
        }
        let mut turtle = serializer.for_writer(out);
        each(content, &mut |thing| {
            let subject = NamedNodeRef::new_unchecked(&thing.iri);
            for (word, object) in &thing.properties {
                let (word, named) = (expanded(word), named(object));
                let object = match object {
                    Object::Thing(_) | Object::Word(_) => TermRef::from(NamedNodeRef::new_unchecked(&named)),
                    Object::Text(text, None) => LiteralRef::new_simple_literal(text).into(),
                    Object::Text(text, Some(tag)) => {
                        LiteralRef::new_language_tagged_literal_unchecked(text, tag).into()
                    }
                    Object::Typed(text, _) => {
                        LiteralRef::new_typed_literal(text, NamedNodeRef::new_unchecked(&named)).into()
                    }
                };
                turtle.serialize_triple(TripleRef::new(subject, NamedNodeRef::new_unchecked(&word), object))?;
            }
            Ok(())
        })?;
        turtle.finish().map(drop)
    }
}

/// The IRI that a value has, or that its type has.
fn named(object: &Object) -> String {
    match object {
        Object::Thing(iri) => iri.clone(),
        Object::Word(word) => expanded(word),
        Object::Typed(_, word) => expanded(word),
        Object::Text(..) => String::new(),
    }
}
