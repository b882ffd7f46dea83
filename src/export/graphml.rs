//! GraphML, for NetworkX, igraph, yEd, Gephi and Cytoscape: `<node id="country:CA"><data key="node_name">Canada</data> …`
//!
//! Keys are those of the explorer's own file, and more. What the file was made from stands in the description of the whole, the documents
//! in that of the graph.

use std::io;

use super::content::{Content, cited_as, dates, in_words, shown};
use super::xml::Xml;
use super::{Format, Out, Part};

pub(super) struct GraphMl;

const PARTS: [Part; 1] = [Part { name: "graph", file: "graphml", media_type: "application/graphml+xml" }];

/// Name, what has it, type.
const KEYS: [(&str, &str, &str); 23] = [
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("country", "node", "string"),
    ("documents", "node", "int"),
    ("aliases", "node", "string"),
    ("external_ids", "node", "string"),
    ("mentions", "node", "int"),
    ("relation", "edge", "string"),
    ("label", "edge", "string"),
    ("confidence", "edge", "double"),
    ("modality", "edge", "string"),
    ("from", "edge", "string"),
    ("to", "edge", "string"),
    ("weight", "edge", "double"),
    ("sentence", "edge", "string"),
    ("document", "edge", "string"),
    ("document_id", "edge", "string"),
    ("document_title", "edge", "string"),
    ("document_url", "edge", "string"),
    ("statements", "edge", "int"),
    ("role", "edge", "string"),
    ("amount", "edge", "double"),
    ("currency", "edge", "string"),
];

impl Format for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn readers(&self) -> &'static str {
        "NetworkX, igraph, yEd, Gephi, Cytoscape"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
        xml.line()?;
        let about: Vec<_> = content.about().into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        xml.element("desc", &[], &about.join("\n"))?;
        for (name, of, sort) in KEYS {
            xml.line()?;
            let id = format!("{of}_{name}");
            xml.empty("key", &[("id", &id), ("for", of), ("attr.name", name), ("attr.type", sort)])?;
        }
        xml.line()?;
        xml.open("graph", &[("edgedefault", "directed")])?;
        xml.line()?;
        xml.open("desc", &[])?;
        xml.text("The documents behind it:")?;
        for document in content.documents() {
            xml.text("\n")?;
            xml.text(&cited_as(document))?;
        }
        xml.close("desc")?;
        entities(content, &mut xml)?;
        relations(content, &mut xml)?;
        xml.line()?;
        xml.close("graph")?;
        xml.line()?;
        xml.close("graphml")?;
        xml.line()
    }
}

fn entities(content: &Content, xml: &mut Xml<'_>) -> io::Result<()> {
    content.each_entity(&mut |view, row, entity| {
        xml.line()?;
        xml.open("node", &[("id", entity.id.as_str())])?;
        let mut data = |key: &str, value: &str| data(xml, key, value);
        data("node_name", &entity.name)?;
        data("node_kind", entity.kind.as_str())?;
        data("node_country", entity.country.as_deref().unwrap_or_default())?;
        data("node_documents", &view.document_count(row).to_string())?;
        data("node_aliases", &entity.aliases.iter().map(String::as_str).collect::<Vec<_>>().join("|"))?;
        let ids: Vec<_> = entity.external_ids.iter().map(|(scheme, id)| format!("{scheme}:{id}")).collect();
        data("node_external_ids", &ids.join("|"))?;
        data("node_mentions", &view.mention_count(row).to_string())?;
        xml.close("node")?;
        Ok(())
    })
}

fn relations(content: &Content, xml: &mut Xml<'_>) -> io::Result<()> {
    content.each_relation(&mut |view, row, relation| {
        xml.line()?;
        let ends = [("source", relation.subject.as_str()), ("target", relation.object.as_str())];
        xml.open("edge", &[("id", relation.id.as_str()), ends[0], ends[1]])?;
        let mut data = |key: &str, value: &str| data(xml, key, value);
        let (from, to) = dates(relation);
        let confidence = shown(relation.confidence).to_string();
        data("edge_relation", relation.kind.as_str())?;
        data("edge_label", in_words(relation.kind))?;
        data("edge_confidence", &confidence)?;
        data("edge_modality", relation.qualifiers.modality.as_str())?;
        data("edge_from", &from.unwrap_or_default())?;
        data("edge_to", &to.unwrap_or_default())?;
        data("edge_weight", &confidence)?;
        if let Some((sentence, document)) = view.sentence(row) {
            data("edge_sentence", &sentence)?;
            data("edge_document", &document.source)?;
            data("edge_document_id", document.id.as_str())?;
            data("edge_document_title", document.title.as_deref().unwrap_or_default())?;
            data("edge_document_url", document.url.as_deref().unwrap_or_default())?;
        }
        data("edge_statements", &view.evidence_count(row).to_string())?;
        data("edge_role", relation.qualifiers.role.as_deref().unwrap_or_default())?;
        data("edge_amount", &relation.qualifiers.amount.map(|amount| amount.to_string()).unwrap_or_default())?;
        data("edge_currency", relation.qualifiers.currency.as_deref().unwrap_or_default())?;
        xml.close("edge")?;
        Ok(())
    })
}

/// A value, unless there is none.
fn data(xml: &mut Xml<'_>, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { xml.element("data", &[("key", key)], value) }
}
