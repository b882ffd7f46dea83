//! A Cypher script, for Neo4j, Memgraph and Kùzu: `MERGE (e:Country {id: 'country:CA'}) SET e.name = 'Canada';`
//!
//! One statement a line; every statement may be run again and changes nothing then. Texts are only ever string literals: see [`literal`].

use std::io;

use crate::model::EntityKind;

use super::content::{Content, cited_as, dates, in_words, on_one_line, shown};
use super::{Format, Out, Part};

pub(super) struct Cypher;

const PARTS: [Part; 1] = [Part { name: "graph", file: "cypher", media_type: "application/x-cypher-query" }];

impl Format for Cypher {
    fn name(&self) -> &'static str {
        "cypher"
    }

    fn readers(&self) -> &'static str {
        "Neo4j, Memgraph, Kùzu"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, _: &Part, out: Out<'_>) -> io::Result<()> {
        for (name, value) in content.about() {
            writeln!(out, "// {name}: {}", on_one_line(&value))?;
        }
        writeln!(out, "// Much faster behind these, where they are understood:")?;
        for kind in EntityKind::ALL {
            writeln!(out, "// CREATE CONSTRAINT IF NOT EXISTS FOR (e:{}) REQUIRE e.id IS UNIQUE;", of(*kind))?;
        }
        entities(content, out)?;
        relations(content, out)?;
        for document in content.documents() {
            writeln!(out, "// document: {}", cited_as(document))?;
        }
        Ok(())
    }
}

fn entities(content: &Content, out: Out<'_>) -> io::Result<()> {
    content.each_entity(&mut |view, row, entity| {
        let (kind, id, name) = (of(entity.kind), literal(entity.id.as_str()), literal(&entity.name));
        write!(out, "MERGE (e:{kind} {{id: {id}}}) SET e.name = {name}, e.mentions = {}", view.mention_count(row))?;
        if let Some(country) = &entity.country {
            write!(out, ", e.country = {}", literal(country))?;
        }
        if !entity.aliases.is_empty() {
            let aliases: Vec<_> = entity.aliases.iter().map(|alias| literal(alias)).collect();
            write!(out, ", e.aliases = [{}]", aliases.join(", "))?;
        }
        writeln!(out, ";")?;
        Ok(())
    })
}

fn relations(content: &Content, out: Out<'_>) -> io::Result<()> {
    content.each_relation(&mut |view, row, relation| {
        let (subject, object) = view.ends(row);
        write!(
            out,
            "MATCH (s:{} {{id: {}}}), (o:{} {{id: {}}}) MERGE (s)-[r:{} {{id: {}}}]->(o) \
             SET r.label = {}, r.confidence = {:?}, r.modality = {}, r.statements = {}",
            of(subject.kind),
            literal(relation.subject.as_str()),
            of(object.kind),
            literal(relation.object.as_str()),
            relation.kind.as_str(),
            literal(relation.id.as_str()),
            literal(in_words(relation.kind)),
            shown(relation.confidence),
            literal(relation.qualifiers.modality.as_str()),
            view.evidence_count(row),
        )?;
        let (from, to) = dates(relation);
        let cited = view.sentence(row);
        let (sentence, document) = cited.as_ref().map(|(text, document)| (text.as_str(), *document)).unzip();
        let texts = [
            ("from_date", from.as_deref()),
            ("to_date", to.as_deref()),
            ("role", relation.qualifiers.role.as_deref()),
            ("currency", relation.qualifiers.currency.as_deref()),
            ("sentence", sentence),
            ("document", document.map(|document| document.id.as_str())),
            ("document_source", document.map(|document| document.source.as_str())),
            ("document_url", document.and_then(|document| document.url.as_deref())),
        ];
        for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            write!(out, ", r.{name} = {}", literal(text))?;
        }
        if let Some(amount) = relation.qualifiers.amount {
            write!(out, ", r.amount = {amount:?}")?;
        }
        writeln!(out, ";")?;
        Ok(())
    })
}

/// The label of entities of a kind.
fn of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "Organization",
        EntityKind::Person => "Person",
        EntityKind::Country => "Country",
        EntityKind::Place => "Place",
        EntityKind::Project => "Project",
        EntityKind::Event => "Event",
        EntityKind::Publication => "Publication",
        EntityKind::Topic => "Topic",
        EntityKind::Population => "Population",
    }
}

/// A string literal that ends where it should.
///
/// Some readers turn `\u0027` into a quotation mark before they look for the end of a literal, whatever stands before the backslash. So a
/// backslash and a `u` never stand together: `'a\\' + 'u0027'`. Control characters are written as U+FFFD, but for line breaks and tabs.
fn literal(text: &str) -> String {
    let mut literal = String::from('\'');
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                literal.push_str("\\\\");
                if signs.peek().is_some_and(|next| matches!(next, 'u' | 'U')) {
                    literal.push_str("' + '");
                }
            }
            '\'' => literal.push_str("\\'"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            sign if sign.is_control() => literal.push(char::REPLACEMENT_CHARACTER),
            sign => literal.push(sign),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_where_it_should() {
        assert_eq!(literal("l’été d'Ana"), "'l’été d\\'Ana'");
        assert_eq!(literal("a'}) DETACH DELETE e; //"), "'a\\'}) DETACH DELETE e; //'");
        assert_eq!(literal("\\' \\u0027\n\0"), "'\\\\\\' \\\\' + 'u0027\\n\u{fffd}'");
    }
}
