//! The graph as things with properties, in the words of schema.org, PROV and Web Annotation: what Turtle and JSON-LD both write.
//!
//! `FUNDS(Canada, projet)`, asserted → the project has `schema:funder` Canada; and the relation itself is a thing, an `rdf:Statement`, that
//! `prov:wasDerivedFrom` the sentence, which is `oa:exact` text of a document from `oa:start` to `oa:end`
//!
//! Only what is asserted stands as a fact by itself; what is planned or proposed is told of by its relation alone. Things are called
//! `urn:maillage:` and their id; what no vocabulary has is of `urn:maillage:term:`.

use std::io;

use crate::model::{Document, Entity, EntityKind, Modality, PartialDate, Relation, RelationKind};
use crate::query::RelationRow;

use super::content::{Content, View, dates, in_words, shown};

/// Vocabularies by prefix.
pub(super) const PREFIXES: [(&str, &str); 7] = [
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("schema", "https://schema.org/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("term", "urn:maillage:term:"),
];

/// A value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// A thing, by its IRI.
    Thing(String),
    /// A word of a vocabulary: `schema:Person`.
    Word(String),
    /// A text, in a language if known.
    Text(String, Option<String>),
    /// A text of a type: `2012-08`, `xsd:gYearMonth`.
    Typed(String, &'static str),
}

/// A thing with its properties, by words of vocabularies; `rdf:type` is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) iri: String,
    pub(super) properties: Vec<(String, Object)>,
}

impl Thing {
    fn new(iri: String, types: &[&str]) -> Self {
        let types = types.iter().map(|word| ("rdf:type".to_owned(), Object::Word((*word).to_owned())));
        Self { iri, properties: types.collect() }
    }

    fn add(&mut self, word: impl Into<String>, object: Object) {
        self.properties.push((word.into(), object));
    }

    fn text(&mut self, word: &str, text: &str) {
        self.add(word, Object::Text(text.to_owned(), None));
    }

    fn number(&mut self, word: &str, number: f64) {
        self.add(word, Object::Typed(number.to_string(), "xsd:decimal"));
    }

    fn count(&mut self, word: &str, count: usize) {
        self.add(word, Object::Typed(count.to_string(), "xsd:integer"));
    }
}

/// Visits everything: the export itself, documents, entities, relations, each with what it rests on.
pub(super) fn each(content: &Content, take: &mut dyn FnMut(Thing) -> io::Result<()>) -> io::Result<()> {
    take(export(content))?;
    content.documents().try_for_each(|document| take(of_document(document)))?;
    content.each_entity(&mut |view, row, entity| take(of_entity(entity, view.mention_count(row))))?;
    content.each_relation(&mut |view, row, relation| {
        take(of_relation(view, row, relation))?;
        fact(relation).map_or(Ok(()), &mut *take)?;
        for cited in view.citations(row) {
            let mut thing = Thing::new(
                quotation(cited.document, cited.start, cited.end),
                &["prov:Entity", "oa:TextPositionSelector", "oa:TextQuoteSelector"],
            );
            thing.text("oa:exact", cited.text);
            thing.count("oa:start", cited.start);
            thing.count("oa:end", cited.end);
            thing.add("prov:wasQuotedFrom", Object::Thing(iri(cited.document.id.as_str())));
            take(thing)?;
        }
        Ok(())
    })
}

fn export(content: &Content) -> Thing {
    let mut thing = Thing::new(iri(&format!("snapshot:{}", content.version())), &["schema:Dataset", "prov:Entity"]);
    thing.text("schema:name", "maillage");
    if let Some(date) = content.date() {
        thing.add("schema:dateModified", Object::Typed(date.to_string(), "xsd:dateTime"));
    }
    for (name, value) in content.about() {
        thing.text(&format!("term:{name}"), &value);
    }
    thing
}

fn of_document(document: &Document) -> Thing {
    let mut thing = Thing::new(iri(document.id.as_str()), &["schema:DigitalDocument", "prov:Entity"]);
    if let Some(title) = &document.title {
        thing.add("schema:name", in_language(title, document.language.as_str()));
    }
    thing.text("schema:identifier", document.id.as_str());
    thing.text("term:source", &document.source);
    thing.text("schema:inLanguage", document.language.as_str());
    if let Some(url) = &document.url {
        thing.add("schema:url", if is_iri(url) { Object::Thing(url.clone()) } else { Object::Text(url.clone(), None) });
    }
    if let Some(date) = document.published {
        thing.add("schema:datePublished", on(date));
    }
    thing
}

fn of_entity(entity: &Entity, mentions: usize) -> Thing {
    let kind = match entity.kind {
        EntityKind::Organization => "schema:Organization",
        EntityKind::Person => "schema:Person",
        EntityKind::Country => "schema:Country",
        EntityKind::Place => "schema:Place",
        EntityKind::Project => "schema:Project",
        EntityKind::Event => "schema:Event",
        EntityKind::Publication => "schema:CreativeWork",
        EntityKind::Topic => "schema:DefinedTerm",
        EntityKind::Population => "schema:Audience",
    };
    let mut thing = Thing::new(iri(entity.id.as_str()), &[kind]);
    thing.text("schema:identifier", entity.id.as_str());
    thing.text("term:kind", entity.kind.as_str());
    thing.text("schema:name", &entity.name);
    let listed = entity.names.iter().flat_map(|(language, names)| names.iter().map(move |name| (language, name)));
    for (language, name) in listed {
        thing.add("schema:alternateName", in_language(name, language.as_str()));
    }
    for alias in &entity.aliases {
        thing.text("schema:alternateName", alias);
    }
    for (scheme, id) in &entity.external_ids {
        match scheme.as_str() {
            "wikidata" if id.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                thing.add("schema:sameAs", Object::Thing(format!("http://www.wikidata.org/entity/{id}")));
            }
            _ => thing.text("schema:identifier", &format!("{scheme}:{id}")),
        }
    }
    if let Some(country) = &entity.country {
        thing.text("term:country", country);
    }
    thing.count("term:mentions", mentions);
    thing
}

fn of_relation(view: View<'_>, row: RelationRow, relation: &Relation) -> Thing {
    let mut thing = Thing::new(iri(relation.id.as_str()), &["rdf:Statement", "prov:Entity"]);
    thing.text("schema:identifier", relation.id.as_str());
    thing.add("rdf:subject", Object::Thing(iri(relation.subject.as_str())));
    thing.add("rdf:predicate", Object::Word(format!("term:{}", relation.kind.as_str())));
    thing.add("rdf:object", Object::Thing(iri(relation.object.as_str())));
    thing.add("rdfs:label", Object::Text(in_words(relation.kind).to_owned(), Some("en".into())));
    thing.number("term:confidence", shown(relation.confidence));
    thing.text("term:modality", relation.qualifiers.modality.as_str());
    let (from, to) = dates(relation);
    if let Some(from) = from {
        thing.text("schema:startDate", &from);
    }
    if let Some(to) = to {
        thing.text("schema:endDate", &to);
    }
    let qualifiers = &relation.qualifiers;
    if let Some(role) = &qualifiers.role {
        thing.text("schema:roleName", role);
    }
    if let Some(amount) = qualifiers.amount {
        thing.number("schema:amount", amount);
    }
    if let Some(currency) = &qualifiers.currency {
        thing.text("schema:currency", currency);
    }
    for cited in view.citations(row) {
        let quoted = quotation(cited.document, cited.start, cited.end);
        thing.add("prov:wasDerivedFrom", Object::Thing(quoted));
    }
    thing
}

/// A relation that is asserted as a fact of one of its ends. The words of schema.org often lead the other way.
fn fact(relation: &Relation) -> Option<Thing> {
    let (word, backwards) = match relation.kind {
        RelationKind::Funds => ("schema:funder", true),
        RelationKind::Implements => ("term:IMPLEMENTS", false),
        RelationKind::Organizes => ("schema:organizer", true),
        RelationKind::ParticipatesIn => ("schema:attendee", true),
        RelationKind::Supports => ("term:SUPPORTS", false),
        RelationKind::PartnersWith => ("term:PARTNERS_WITH", false),
        RelationKind::Publishes => ("schema:publisher", true),
        RelationKind::HeldIn => ("schema:location", false),
        RelationKind::OperatesIn => ("schema:areaServed", false),
        RelationKind::LocatedIn => ("schema:containedInPlace", false),
        RelationKind::PartOf => ("schema:isPartOf", false),
        RelationKind::MemberOf => ("schema:memberOf", false),
        RelationKind::WorksFor => ("schema:worksFor", false),
        RelationKind::Addresses => ("schema:about", false),
        RelationKind::Benefits => ("schema:audience", false),
    };
    let (from, to) = match backwards {
        true => (&relation.object, &relation.subject),
        false => (&relation.subject, &relation.object),
    };
    (relation.qualifiers.modality == Modality::Asserted).then(|| {
        let mut thing = Thing::new(iri(from.as_str()), &[]);
        thing.add(word, Object::Thing(iri(to.as_str())));
        thing
    })
}

/// The IRI of a word of a vocabulary.
pub(super) fn expanded(word: &str) -> String {
    let split = word.split_once(':').and_then(|(prefix, local)| {
        let (_, vocabulary) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("{vocabulary}{local}"))
    });
    split.unwrap_or_else(|| word.to_owned())
}

/// The IRI of an id: whatever it holds, an IRI can.
fn iri(id: &str) -> String {
    let mut iri = String::from("urn:maillage:");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => iri.push(char::from(byte)),
            _ => iri.push_str(&format!("%{byte:02X}")),
        }
    }
    iri
}

/// The IRI of a stretch of a document, counted in characters as RFC 5147 has it.
fn quotation(document: &Document, start: usize, end: usize) -> String {
    format!("{}#char={start},{end}", iri(document.id.as_str()))
}

/// Whether a URL can stand as an IRI as it is.
fn is_iri(url: &str) -> bool {
    let sound = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"{}|\\^`".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(sound)
}

fn in_language(text: &str, tag: &str) -> Object {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let begins = tag.split('-').next().is_some_and(|first| first.bytes().all(|b| b.is_ascii_alphabetic()));
    let sound = begins && tag.split('-').all(part);
    Object::Text(text.to_owned(), sound.then(|| tag.to_lowercase()))
}

/// A date as precise as it is known; one without a year is a text.
fn on(date: PartialDate) -> Object {
    match (date.year, date.month, date.day) {
        (Some(_), Some(_), Some(_)) => Object::Typed(date.to_string(), "xsd:date"),
        (Some(_), Some(_), None) => Object::Typed(date.to_string(), "xsd:gYearMonth"),
        (Some(_), None, _) => Object::Typed(date.to_string(), "xsd:gYear"),
        _ => Object::Text(date.to_string(), None),
    }
}
