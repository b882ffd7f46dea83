//! What the columns of a table mean, as somebody wrote it down.
//!
//! `[[entity]] as = "funder" kind = "ORGANIZATION" name = "bailleur"` and `[[relation]] kind = "FUNDS" subject = "funder" object = "work"` → each
//! row says that what stands under *bailleur* pays for what the row calls its work
//!
//! A mapping is checked when it is read: what it names must be there, and its relations must be ones that the ontology allows. Must not know
//! rows.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::kinds::{entity_kind, entity_kinds, relation_kind, relation_kinds};
use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};
use crate::ontology::ontology;

/// What columns mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub(super) namespace: Option<String>,
    /// The character between values; the one that the first line has most often when none is given.
    pub(super) separator: Option<char>,
    /// Whether amounts are written 1.250,50 rather than 1250.50.
    pub(super) decimal_comma: bool,
    pub(super) entities: Vec<EntityColumns>,
    pub(super) relations: Vec<RelationColumns>,
}

/// Where an entity of a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityColumns {
    pub(super) called: String,
    pub(super) kind: EntityKind,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
    /// What stands between several in one value.
    pub(super) split: Option<String>,
}

/// What a row says of two of its entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RelationColumns {
    pub(super) kind: RelationKind,
    /// Places among the entities.
    pub(super) ends: (usize, usize),
    pub(super) date: Option<String>,
    pub(super) end: Option<String>,
    pub(super) role: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) currency_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    namespace: Option<String>,
    separator: Option<char>,
    decimal: Option<String>,
    #[serde(default)]
    entity: Vec<EntityRow>,
    #[serde(default)]
    relation: Vec<RelationRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityRow {
    #[serde(rename = "as")]
    called: String,
    kind: String,
    id: Option<String>,
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    split: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationRow {
    kind: String,
    subject: String,
    object: String,
    date: Option<String>,
    end: Option<String>,
    role: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    currency_code: Option<String>,
}

impl Mapping {
    /// Reads a mapping from its file.
    ///
    /// # Errors
    /// It cannot be read, or does not make sense; what, and what to write.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
        Self::parse(&text).map_err(|why| Error::read(path, why))
    }

    /// Reads a mapping from its text.
    ///
    /// # Errors
    /// It does not make sense; what, and what to write.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            format!("line {line}: {}", error.message().replace('\n', " "))
        })?;
        let decimal_comma = match file.decimal.as_deref() {
            None | Some(".") => false,
            Some(",") => true,
            Some(other) => return Err(format!("decimal {other:?} must be \".\" or \",\"")),
        };
        if file.entity.is_empty() {
            return Err(
                "says of no column what it names; write at least one [[entity]] with as, kind and name".to_owned()
            );
        }
        let entities = file.entity.into_iter().map(EntityRow::checked).collect::<std::result::Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        for entity in &entities {
            if !seen.insert(&entity.called) {
                return Err(format!(
                    "two entities are called {:?}; relations could not tell them apart",
                    entity.called
                ));
            }
        }
        let relations =
            file.relation.into_iter().map(|row| row.checked(&entities)).collect::<std::result::Result<_, _>>()?;
        Ok(Self { namespace: file.namespace, separator: file.separator, decimal_comma, entities, relations })
    }

    /// The columns that it names.
    pub(super) fn columns(&self) -> BTreeSet<&str> {
        let of_entities =
            self.entities.iter().flat_map(|entity| entity.aliases.iter().chain(&entity.id).chain(&entity.name));
        let of_relations = self.relations.iter().flat_map(|relation| {
            let RelationColumns { date, end, role, amount, currency, .. } = relation;
            [date, end, role, amount, currency].into_iter().flatten()
        });
        of_entities.chain(of_relations).map(String::as_str).collect()
    }
}

impl EntityRow {
    fn checked(self) -> std::result::Result<EntityColumns, String> {
        let Self { called, kind, id, name, aliases, split } = self;
        let kind = entity_kind(&kind).ok_or_else(|| {
            format!("entity {called:?}: kind {kind:?} is no kind of entity; those are {}", entity_kinds())
        })?;
        if id.is_none() && name.is_none() {
            return Err(format!("entity {called:?} has no column: write name = \"…\", or id = \"…\", or both"));
        }
        if split.as_ref().is_some_and(String::is_empty) {
            return Err(format!("entity {called:?}: split is empty; write what stands between several, such as \"|\""));
        }
        if split.is_some() && id.is_some() {
            return Err(format!("entity {called:?} has split and id; of several in one value only the names are told"));
        }
        Ok(EntityColumns { called, kind, id, name, aliases, split })
    }
}

impl RelationRow {
    fn checked(self, entities: &[EntityColumns]) -> std::result::Result<RelationColumns, String> {
        let Self { kind, subject, object, date, end, role, amount, currency, currency_code } = self;
        let of = relation_kind(&kind)
            .ok_or_else(|| format!("relation {kind:?} is no kind of relation; those are {}", relation_kinds()))?;
        let find = |which: &str, called: &str| {
            let known = || entities.iter().map(|entity| format!("{:?}", entity.called)).collect::<Vec<_>>().join(", ");
            let at = entities.iter().position(|entity| entity.called == called);
            at.ok_or_else(|| {
                format!("relation {kind}: {which} {called:?} is no entity of this mapping; those are {}", known())
            })
        };
        let ends = (find("subject", &subject)?, find("object", &object)?);
        if ends.0 == ends.1 {
            return Err(format!("relation {kind}: subject and object are both {subject:?}"));
        }
        let kinds = (entities[ends.0].kind, entities[ends.1].kind);
        if !ontology().allows(of, kinds.0, kinds.1) {
            return Err(format!(
                "relation {kind}: {of} may not join a {} (subject) to a {} (object)",
                kinds.0, kinds.1
            ));
        }
        if amount.is_some() && currency.is_none() && currency_code.is_none() {
            return Err(format!(
                "relation {kind} has an amount without currency; write currency = \"column\" or currency_code = \"EUR\""
            ));
        }
        if currency_code.as_ref().is_some_and(|code| !is_currency(code)) {
            return Err(format!("relation {kind}: currency_code must be a code of ISO 4217 such as \"EUR\""));
        }
        if end.is_some() && date.is_none() {
            return Err(format!("relation {kind} has an end but no date to begin with"));
        }
        Ok(RelationColumns { kind: of, ends, date, end, role, amount, currency, currency_code })
    }
}

/// Whether a text is written as a code of ISO 4217.
pub(super) fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_that_makes_no_sense_says_why() {
        let two = "[[entity]]\nas='a'\nkind='ORGANIZATION'\nname='n'\n[[entity]]\nas='b'\nkind='PROJECT'\nid='i'\n";
        let with = |relation: &str| format!("{two}[[relation]]\n{relation}");
        for (text, why) in [
            (String::new(), "at least one [[entity]]"),
            ("x = 1".to_owned(), "line 1: unknown field"),
            ("[[entity]]\nas='a'\nkind='BODY'\nname='n'".to_owned(), "no kind of entity"),
            ("[[entity]]\nas='a'\nkind='PERSON'".to_owned(), "has no column"),
            ("decimal=';'\n[[entity]]\nas='a'\nkind='PERSON'\nname='n'".to_owned(), "decimal"),
            (format!("{two}[[entity]]\nas='a'\nkind='PERSON'\nname='n'"), "two entities"),
            (with("kind='PAYS'\nsubject='a'\nobject='b'"), "no kind of relation"),
            (with("kind='FUNDS'\nsubject='c'\nobject='b'"), "subject \"c\""),
            (with("kind='FUNDS'\nsubject='a'\nobject='a'"), "both"),
            (with("kind='IMPLEMENTS'\nsubject='b'\nobject='a'"), "may not join a PROJECT"),
            (with("kind='FUNDS'\nsubject='a'\nobject='b'\namount='m'"), "without currency"),
            (with("kind='FUNDS'\nsubject='a'\nobject='b'\nend='e'"), "no date"),
            (with("kind='FUNDS'\nsubject='a'\nobject='b'\ncurrency_code='euro'"), "ISO 4217"),
        ] {
            let found = Mapping::parse(&text).expect_err(&text);
            assert!(found.contains(why), "{text}: {found}");
        }
        let mapping = Mapping::parse(&with("kind='finance'\nsubject='a'\nobject='b'\ndate='d'")).expect("a mapping");
        assert_eq!(mapping.columns(), ["d", "i", "n"].into());
        assert_eq!((mapping.relations[0].kind, mapping.relations[0].ends), (RelationKind::Funds, (0, 1)));
    }
}
