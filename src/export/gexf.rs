//! GEXF 1.3, for Gephi: `<node id="country:CA" label="Canada"><attvalues> …`
//!
//! What the file was made from and the documents stand in the description of its `meta`.

use std::io;

use super::content::{Content, cited_as, dates, in_words, shown};
use super::xml::Xml;
use super::{Format, Out, Part};

pub(super) struct Gexf;

const PARTS: [Part; 1] = [Part { name: "graph", file: "gexf", media_type: "application/gexf+xml" }];

/// Title and type; the place is the id.
const OF_ENTITIES: [(&str, &str); 5] = [
    ("kind", "string"),
    ("country", "string"),
    ("documents", "integer"),
    ("mentions", "integer"),
    ("aliases", "string"),
];
const OF_RELATIONS: [(&str, &str); 11] = [
    ("confidence", "double"),
    ("modality", "string"),
    ("sentence", "string"),
    ("document", "string"),
    ("document_id", "string"),
    ("document_url", "string"),
    ("from", "string"),
    ("to", "string"),
    ("role", "string"),
    ("amount", "double"),
    ("currency", "string"),
];

impl Format for Gexf {
    fn name(&self) -> &'static str {
        "gexf"
    }

    fn readers(&self) -> &'static str {
        "Gephi, NetworkX"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        xml.open("gexf", &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])?;
        xml.line()?;
        let about = content.about();
        let date: String = content.date().map(|date| date.to_string().chars().take(10).collect()).unwrap_or_default();
        match date.as_str() {
            "" => xml.open("meta", &[])?,
            date => xml.open("meta", &[("lastmodifieddate", date)])?,
        }
        xml.element("creator", &[], concat!("maillage ", env!("CARGO_PKG_VERSION")))?;
        xml.open("description", &[])?;
        for (name, value) in about {
            xml.text(&format!("{name}: {value}\n"))?;
        }
        xml.text("The documents behind it:")?;
        for document in content.documents() {
            xml.text("\n")?;
            xml.text(&cited_as(document))?;
        }
        xml.close("description")?;
        xml.close("meta")?;
        xml.line()?;
        xml.open("graph", &[("defaultedgetype", "directed"), ("mode", "static"), ("idtype", "string")])?;
        attributes(&mut xml, "node", &OF_ENTITIES)?;
        attributes(&mut xml, "edge", &OF_RELATIONS)?;
        xml.line()?;
        xml.open("nodes", &[])?;
        entities(content, &mut xml)?;
        xml.close("nodes")?;
        xml.line()?;
        xml.open("edges", &[])?;
        relations(content, &mut xml)?;
        xml.close("edges")?;
        xml.line()?;
        xml.close("graph")?;
        xml.close("gexf")?;
        xml.line()
    }
}

fn attributes(xml: &mut Xml<'_>, of: &str, all: &[(&str, &str)]) -> io::Result<()> {
    xml.line()?;
    xml.open("attributes", &[("class", of)])?;
    for (at, (title, sort)) in all.iter().enumerate() {
        xml.empty("attribute", &[("id", &at.to_string()), ("title", title), ("type", sort)])?;
    }
    xml.close("attributes")
}

/// Values in the order of their attributes; empty ones are left out.
fn values(xml: &mut Xml<'_>, all: &[&str]) -> io::Result<()> {
    xml.open("attvalues", &[])?;
    for (at, value) in all.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
        xml.empty("attvalue", &[("for", &at.to_string()), ("value", value)])?;
    }
    xml.close("attvalues")
}

fn entities(content: &Content, xml: &mut Xml<'_>) -> io::Result<()> {
    content.each_entity(&mut |view, row, entity| {
        xml.line()?;
        xml.open("node", &[("id", entity.id.as_str()), ("label", &entity.name)])?;
        let aliases = entity.aliases.iter().map(String::as_str).collect::<Vec<_>>().join("|");
        let (documents, mentions) = (view.document_count(row), view.mention_count(row));
        let country = entity.country.as_deref().unwrap_or_default();
        values(xml, &[entity.kind.as_str(), country, &documents.to_string(), &mentions.to_string(), &aliases])?;
        xml.close("node")?;
        Ok(())
    })
}

fn relations(content: &Content, xml: &mut Xml<'_>) -> io::Result<()> {
    content.each_relation(&mut |view, row, relation| {
        xml.line()?;
        let confidence = shown(relation.confidence).to_string();
        let ends = [("source", relation.subject.as_str()), ("target", relation.object.as_str())];
        let said = [("label", in_words(relation.kind)), ("kind", relation.kind.as_str()), ("weight", &confidence)];
        xml.open("edge", &[("id", relation.id.as_str()), ends[0], ends[1], said[0], said[1], said[2]])?;
        let (from, to) = dates(relation);
        let cited = view.sentence(row);
        let (sentence, document) = cited.as_ref().map_or(("", None), |(text, document)| (text, Some(*document)));
        let qualifiers = &relation.qualifiers;
        let all = [
            confidence.as_str(),
            relation.qualifiers.modality.as_str(),
            sentence,
            document.map_or("", |document| &document.source),
            document.map_or("", |document| document.id.as_str()),
            document.and_then(|document| document.url.as_deref()).unwrap_or_default(),
            from.as_deref().unwrap_or_default(),
            to.as_deref().unwrap_or_default(),
            qualifiers.role.as_deref().unwrap_or_default(),
            &qualifiers.amount.map(|amount| amount.to_string()).unwrap_or_default(),
            qualifiers.currency.as_deref().unwrap_or_default(),
        ];
        values(xml, &all)?;
        xml.close("edge")?;
        Ok(())
    })
}
