//! Gold annotations: what a careful reader finds in one document.
//!
//! `{"doc": "001.txt", "entities": [{"id": "ue", "kind": "ORGANIZATION", "names": ["UE"]}], "relations": []}` → [`Gold`]
//!
//! Invariants of a [`Gold`]: ids are unique over required and optional entities; every entity has a name; every end is the
//! index of an entity; every end of a required relation has a partner with which the ontology allows the relation. An optional
//! one may break the ontology: it costs nobody anything. Must not touch files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};
use crate::ontology::ontology;

/// The gold annotations of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    document: String,
    pub(super) entities: Vec<GoldEntity>,
    pub(super) relations: Vec<GoldRelation>,
}

/// Something that a document names; required ones stand first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GoldEntity {
    pub(super) id: String,
    pub(super) kind: EntityKind,
    /// Never empty; the first is the one to show.
    pub(super) names: Vec<String>,
    /// ISO 3166-1 code of a country.
    pub(super) iso: Option<String>,
    pub(super) optional: bool,
}

/// Something that a document states; required ones stand first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GoldRelation {
    pub(super) kind: RelationKind,
    /// Indices of entities, any of which is right.
    pub(super) subjects: Vec<usize>,
    /// Indices of entities, any of which is right.
    pub(super) objects: Vec<usize>,
    pub(super) optional: bool,
}

#[derive(Deserialize)]
struct File {
    doc: String,
    entities: Vec<Entity>,
    #[serde(default)]
    optional_entities: Vec<Entity>,
    relations: Vec<Relation>,
    #[serde(default)]
    optional_relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct Entity {
    id: String,
    kind: String,
    names: Vec<String>,
    iso: Option<String>,
}

#[derive(Deserialize)]
struct Relation {
    kind: String,
    subject: Ends,
    object: Ends,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Ends {
    One(String),
    Any(Vec<String>),
}

impl Ends {
    fn ids(&self) -> &[String] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Any(ids) => ids,
        }
    }
}

impl Gold {
    /// Reads the gold of one document; `file` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Data`] when the text is no such JSON, a kind or id is unknown, an id stands twice, an entity has no name, or
    /// the ontology forbids a required relation.
    pub fn read(file: &str, json: &str) -> Result<Self> {
        let damaged = |reason: String| Error::data(file, reason);
        let raw: File = serde_json::from_str(json).map_err(|error| damaged(error.to_string()))?;
        if raw.doc.is_empty() {
            return Err(damaged("\"doc\" is empty; name the document's file there".into()));
        }
        let required = raw.entities.into_iter().map(|entity| (entity, false));
        let optional = raw.optional_entities.into_iter().map(|entity| (entity, true));
        let entities: Vec<GoldEntity> =
            required.chain(optional).map(read_entity).collect::<Result<_, _>>().map_err(damaged)?;
        let mut index = BTreeMap::new();
        for (at, entity) in entities.iter().enumerate() {
            if index.insert(entity.id.as_str(), at).is_some() {
                return Err(damaged(format!("two entities have the id {:?}", entity.id)));
            }
        }
        let required = raw.relations.iter().map(|relation| (relation, false));
        let optional = raw.optional_relations.iter().map(|relation| (relation, true));
        let read = |(relation, optional)| read_relation(relation, optional, &entities, &index);
        let relations = required.chain(optional).map(read).collect::<Result<_, _>>().map_err(damaged)?;
        Ok(Self { document: raw.doc, entities, relations })
    }

    /// The file name of the document that this is the gold of.
    pub fn document(&self) -> &str {
        &self.document
    }
}

fn read_entity((entity, optional): (Entity, bool)) -> Result<GoldEntity, String> {
    let Entity { id, kind, names, iso } = entity;
    let unknown = || format!("entity {id:?} has the unknown kind {kind:?}");
    let kind = EntityKind::parse(&kind).ok_or_else(unknown)?;
    if id.is_empty() {
        return Err(format!("an entity of kind {kind} has no id"));
    }
    if names.iter().all(|name| name.trim().is_empty()) {
        return Err(format!("entity {id:?} has no name"));
    }
    Ok(GoldEntity { id, kind, names, iso: iso.filter(|code| !code.is_empty()), optional })
}

fn read_relation(
    relation: &Relation,
    optional: bool,
    entities: &[GoldEntity],
    index: &BTreeMap<&str, usize>,
) -> Result<GoldRelation, String> {
    let (subject, object) = (relation.subject.ids(), relation.object.ids());
    let about = || format!("the relation {} {} {}", subject.join("|"), relation.kind, object.join("|"));
    let kind = RelationKind::parse(&relation.kind).ok_or_else(|| format!("{} is of unknown kind", about()))?;
    let find = |ids: &[String]| {
        let find = |id: &String| {
            index.get(id.as_str()).copied().ok_or_else(|| format!("{} has the unknown end {id:?}", about()))
        };
        match ids {
            [] => Err(format!("{} has an empty list as an end", about())),
            ids => ids.iter().map(find).collect::<Result<Vec<_>, _>>(),
        }
    };
    let (subjects, objects) = (find(subject)?, find(object)?);
    let allowed = |s: usize, o: usize| ontology().allows(kind, entities[s].kind, entities[o].kind);
    let lonely = subjects.iter().find(|s| !objects.iter().any(|o| allowed(**s, *o)));
    let lonely = lonely.or_else(|| objects.iter().find(|o| !subjects.iter().any(|s| allowed(*s, **o))));
    match lonely.filter(|_| !optional).map(|at| &entities[*at]) {
        Some(end) => Err(format!("{} is forbidden by the ontology: {:?} is of kind {}", about(), end.id, end.kind)),
        None => Ok(GoldRelation { kind, subjects, objects, optional }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{GOLD, damaged};
    use super::*;

    #[test]
    fn gold_is_read_with_required_things_first() {
        let gold = Gold::read("001.json", GOLD).expect("sound gold");
        assert_eq!(gold.document(), "001.txt");
        assert_eq!(gold.entities.iter().filter(|entity| entity.optional).count(), 1);
        assert!(gold.entities.last().is_some_and(|entity| entity.optional));
        assert!(gold.relations.iter().any(|relation| relation.objects.len() == 2));
    }

    #[test]
    fn an_optional_relation_may_break_the_ontology() {
        let text = damaged("\"OPERATES_IN\",\"subject\":\"projet\"", "\"OPERATES_IN\",\"subject\":\"ana\"");
        assert!(Gold::read("001.json", &text).is_ok());
    }

    #[test]
    fn damaged_gold_is_refused_with_file_and_reason() {
        let cases = [
            ("\"UE\"]", "\"UE\"", "bad data in 001.json: expected"),
            ("\"ue\",\"kind\":\"ORGANIZATION\"", "\"ue\",\"kind\":\"ORGANISATION\"", "unknown kind \"ORGANISATION\""),
            ("\"FUNDS\"", "\"PAYS\"", "the relation ue PAYS projet is of unknown kind"),
            ("\"subject\":\"ue\"", "\"subject\":\"eu\"", "the relation eu FUNDS projet has the unknown end \"eu\""),
            ("\"subject\":\"ue\"", "\"subject\":[]", "has an empty list as an end"),
            ("\"subject\":\"ue\"", "\"subject\":\"ana\"", "forbidden by the ontology: \"ana\" is of kind PERSON"),
            (
                "[\"iomtd\",\"iom\"]",
                "[\"iomtd\",\"atelier\"]",
                "forbidden by the ontology: \"atelier\" is of kind EVENT",
            ),
            ("\"id\":\"ue\"", "\"id\":\"iom\"", "two entities have the id \"iom\""),
            ("[\"Union européenne\",\"UE\"]", "[\" \"]", "entity \"ue\" has no name"),
            ("\"doc\":\"001.txt\",", "", "missing field `doc`"),
        ];
        for (from, to, reason) in cases {
            let message = Gold::read("001.json", &damaged(from, to)).expect_err("damaged").to_string();
            assert!(message.starts_with("bad data in 001.json: ") && message.contains(reason), "{message}");
        }
    }
}
