//! FollowTheMoney, for Aleph, OpenAleph and yente: `{"id": "…", "schema": "Project", "properties": {"name": ["…"]}}`, one entity a line.
//!
//! Relations are intervals with their ends, and with the documents that state them as `proof`. A relation has the schema that fits its ends
//! (`ProjectParticipant`, `Employment`, `Membership`), or else `UnknownLink` with its kind as role. What the dataset was made from stands in
//! a file of its own, as catalogues of datasets have it.

use std::io;

use serde_json::{Map, Value, json};

use crate::model::{Document, Entity, EntityKind, PartialDate, Relation, RelationKind};
use crate::query::RelationRow;

use super::content::{Content, View, in_words};
use super::{Format, Out, Part};

pub(super) struct FollowTheMoney;

const PARTS: [Part; 2] = [
    Part { name: "entities", file: "entities.ftm.json", media_type: "application/x-ndjson" },
    Part { name: "about", file: "index.json", media_type: "application/json" },
];

impl Format for FollowTheMoney {
    fn name(&self) -> &'static str {
        "ftm"
    }

    fn readers(&self) -> &'static str {
        "FollowTheMoney: Aleph, OpenAleph, yente"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, part: &Part, out: Out<'_>) -> io::Result<()> {
        if part.name == "about" {
            return about(content, out);
        }
        for document in content.documents() {
            line(out, &of_document(document))?;
        }
        content.each_entity(&mut |_, _, entity| {
            line(out, &of_entity(entity))?;
            Ok(())
        })?;
        content.each_relation(&mut |view, row, relation| {
            line(out, &of_relation(view, row, relation))?;
            Ok(())
        })
    }
}

fn line(out: Out<'_>, value: &Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn about(content: &Content, out: Out<'_>) -> io::Result<()> {
    let about: Map<String, Value> = content.about().into_iter().map(|(n, v)| (n.to_owned(), Value::from(v))).collect();
    let index = json!({
        "name": "maillage",
        "title": "maillage",
        "version": content.version().to_string(),
        "updated_at": content.date().map(|date| date.to_string()),
        "maillage": about,
        "resources": [{ "name": "entities.ftm.json", "mime_type": "application/json+ftm" }],
    });
    serde_json::to_writer_pretty(&mut *out, &index)?;
    out.write_all(b"\n")
}

/// Properties, of which each is a list; empty values are left out.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: &str) {
        let values = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values
            && !value.is_empty()
            && !values.iter().any(|known| known == value)
        {
            values.push(value.into());
        }
    }

    fn of(self, id: &str, schema: &str) -> Value {
        let properties = self.0.into_iter().filter(|(_, values)| values != &json!([])).collect::<Map<_, _>>();
        json!({ "id": id, "schema": schema, "properties": properties, "datasets": ["maillage"] })
    }
}

fn of_document(document: &Document) -> Value {
    let mut properties = Properties::default();
    properties.add("title", document.title.as_deref().unwrap_or_default());
    properties.add("name", document.title.as_deref().unwrap_or(&document.source));
    properties.add("fileName", &document.source);
    properties.add("sourceUrl", document.url.as_deref().unwrap_or_default());
    properties.add("date", &document.published.and_then(dated).unwrap_or_default());
    properties.of(document.id.as_str(), "Document")
}

fn of_entity(entity: &Entity) -> Value {
    let mut properties = Properties::default();
    properties.add("name", &entity.name);
    entity.names.values().flatten().chain(&entity.aliases).for_each(|name| properties.add("alias", name));
    if entity.kind != EntityKind::Place {
        properties.add("country", &entity.country.as_deref().unwrap_or_default().to_lowercase());
    } else {
        properties.add("full", &entity.name);
        properties.add("country", &entity.country.as_deref().unwrap_or_default().to_lowercase());
    }
    properties.add("wikidataId", entity.external_ids.get("wikidata").map_or("", String::as_str));
    properties.add("keywords", entity.kind.as_str());
    properties.of(entity.id.as_str(), schema(entity.kind))
}

/// What an entity of a kind is there. What they have no word for is a note.
fn schema(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "Organization",
        EntityKind::Person => "Person",
        // States act: they fund and take part.
        EntityKind::Country => "PublicBody",
        EntityKind::Place => "Address",
        EntityKind::Project => "Project",
        EntityKind::Event => "Event",
        EntityKind::Publication => "Document",
        EntityKind::Topic | EntityKind::Population => "Note",
    }
}

fn of_relation(view: View<'_>, row: RelationRow, relation: &Relation) -> Value {
    let (subject, object) = view.ends(row);
    let acts =
        |entity: &Entity| matches!(entity.kind, EntityKind::Organization | EntityKind::Person | EntityKind::Country);
    let body = |entity: &Entity| matches!(entity.kind, EntityKind::Organization | EntityKind::Country);
    let (schema, of_subject, of_object) = match relation.kind {
        RelationKind::WorksFor if subject.kind == EntityKind::Person && body(object) => {
            ("Employment", "employee", "employer")
        }
        RelationKind::MemberOf if acts(subject) && body(object) => ("Membership", "member", "organization"),
        RelationKind::Funds | RelationKind::Implements | RelationKind::Supports | RelationKind::ParticipatesIn
            if acts(subject) && object.kind == EntityKind::Project =>
        {
            ("ProjectParticipant", "participant", "project")
        }
        _ => ("UnknownLink", "subject", "object"),
    };
    let mut properties = Properties::default();
    properties.add(of_subject, relation.subject.as_str());
    properties.add(of_object, relation.object.as_str());
    properties.add("role", relation.qualifiers.role.as_deref().unwrap_or(in_words(relation.kind)));
    properties.add("recordId", relation.kind.as_str());
    properties.add("status", relation.qualifiers.modality.as_str());
    if let Some(date) = relation.qualifiers.date {
        match date.end {
            None => properties.add("date", &dated(date.start).unwrap_or_default()),
            Some(end) => {
                properties.add("startDate", &dated(date.start).unwrap_or_default());
                properties.add("endDate", &dated(end).unwrap_or_default());
            }
        }
    }
    if let (Some(amount), currency) = (relation.qualifiers.amount, &relation.qualifiers.currency) {
        properties.add("summary", format!("{amount} {}", currency.as_deref().unwrap_or_default()).trim());
    }
    for cited in view.citations(row) {
        let at = format!("{} [{}, characters {}–{}]", cited.text, cited.document.id, cited.start, cited.end);
        properties.add("description", &at);
        properties.add("proof", cited.document.id.as_str());
        properties.add("sourceUrl", cited.document.url.as_deref().unwrap_or_default());
    }
    properties.of(relation.id.as_str(), schema)
}

/// A date that has a year.
fn dated(date: PartialDate) -> Option<String> {
    date.year.map(|_| date.to_string())
}
